//! What changed, to read and as JSON. It must not know how it was found out.

use serde::Serialize;

use super::compare::Change;
use crate::screen::{Screen, Style};

/// All that changed for some operations.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) old: String,
    pub(super) new: String,
    /// The name of the crate.
    pub(super) package: String,
    pub(super) operations: Vec<String>,
    pub(super) changes: Vec<Change>,
}

impl Report {
    pub(super) fn breaks(&self) -> bool {
        self.changes.iter().any(|change| change.breaking)
    }

    /// A heading for each operation and type, and a line for each change.
    pub(super) fn show(&self, screen: &mut Screen) {
        let mut item = "";
        for change in &self.changes {
            if change.item != item {
                item = &change.item;
                screen.line(screen.paint(Style::Bold, item));
            }
            let word = match change.breaking {
                true => screen.paint(Style::Red, "breaking"),
                false => "        ".to_owned(),
            };
            screen.line(format_args!("  {word}  {}", change.change));
        }
        screen.line(self.summary());
    }

    fn summary(&self) -> String {
        let plural = |count: usize, word: &str| {
            format!("{count} {word}{}", if count == 1 { "" } else { "s" })
        };
        let breaking = self.changes.iter().filter(|change| change.breaking).count();
        format!(
            "{}, {} → {}, {}: {}, {breaking} of them breaking",
            self.package,
            self.old,
            self.new,
            plural(self.operations.len(), "operation"),
            plural(self.changes.len(), "change"),
        )
    }
}
