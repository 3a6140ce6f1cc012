//! How differences between what is there and what should be there are shown. It must not know where either
//! comes from.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};
use tinsmith_codegen::{Change, Difference};

use crate::screen::{Screen, Style};

/// This many lines of a file's differences are shown; the rest are counted.
const LINES: usize = 40;

/// This many files are shown with their differences; the rest are named.
const FILES: usize = 10;

/// A diff that takes longer may become coarser.
const PATIENCE: Duration = Duration::from_secs(1);

/// Names each file, and shows what differs in the first of them.
pub(crate) fn show(folder: &str, differences: &[Difference], screen: &mut Screen) {
    let mut shown = 0;
    for Difference { path, change } in differences {
        let word = match change {
            Change::Missing { .. } => "missing",
            Change::Changed { .. } => "changed",
            Change::Stale => "stale",
        };
        let word = screen.paint(Style::Bold, &format!("{word:>9}"));
        screen.line(format_args!("{word} {folder}/{path}"));
        if let Change::Changed { there, expected } = change {
            shown += 1;
            if shown <= FILES {
                show_texts(there, expected, screen);
            }
        }
    }
    if shown > FILES {
        screen.line(format_args!(
            "The first {FILES} changed files are shown with their differences."
        ));
    }
}

fn show_texts(there: &str, expected: &str, screen: &mut Screen) {
    if there.replace("\r\n", "\n") == expected {
        screen.line("  only its line ends differ: they are CRLF, and should be LF");
        return;
    }
    let lines = unified(there, expected);
    screen.line(screen.paint(Style::Red, "  --- there"));
    screen.line(screen.paint(Style::Green, "  +++ generated"));
    for (style, line) in lines.iter().take(LINES) {
        let line = style.map_or(line.clone(), |style| screen.paint(style, line));
        screen.line(format_args!("  {line}"));
    }
    match lines.len().saturating_sub(LINES) {
        0 => {}
        1 => screen.line("  … and 1 more line"),
        more => screen.line(format_args!("  … and {more} more lines")),
    }
}

/// The lines of a unified diff, without its two headers.
fn unified(there: &str, expected: &str) -> Vec<(Option<Style>, String)> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(there, expected);
    let mut lines = Vec::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        lines.push((Some(Style::Cyan), hunk.header().to_string()));
        for change in hunk.iter_changes() {
            let style = match change.tag() {
                ChangeTag::Delete => Some(Style::Red),
                ChangeTag::Insert => Some(Style::Green),
                ChangeTag::Equal => None,
            };
            let text = change.value().trim_end_matches(['\r', '\n']);
            lines.push((style, format!("{}{text}", change.tag())));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_has_hunks_of_lines() {
        let lines: Vec<String> =
            unified("a\nb\nc\n", "a\nB\nc\n").into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines, ["@@ -1,3 +1,3 @@", " a", "-b", "+B", " c"]);
    }
}
