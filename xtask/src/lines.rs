//! Lines: of code, how many; of a text, the last ones. It must not know what they are for.

use std::fs;
use std::io;
use std::path::Path;

use tinsmith_codegen::Files;

/// How many lines of Rust the files of a crate have.
pub(crate) fn of_files(files: &Files) -> usize {
    files.iter().filter(|(path, _)| path.ends_with(".rs")).map(|(_, text)| of_text(text)).sum()
}

/// How many lines of Rust there are below a folder.
pub(crate) fn below(folder: &Path) -> io::Result<usize> {
    let mut lines = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lines += below(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += of_text(&fs::read_to_string(path)?);
        }
    }
    Ok(lines)
}

/// How many lines are neither blank nor a comment.
fn of_text(text: &str) -> usize {
    let lines = text.lines().map(str::trim_start);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// So many of the last lines of a text.
pub(crate) fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_text() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a", 2), "a");
        assert_eq!(last_lines("", 2), "");
    }

    #[test]
    fn blank_lines_and_comments_are_not_code() {
        assert_eq!(of_text("//! A module.\n\n/// A function.\nfn f() {\n    // Nothing.\n}\n"), 2);
    }

    #[test]
    fn only_rust_counts() {
        let temp = tempfile::tempdir().unwrap();
        fs::create_dir(temp.path().join("a")).unwrap();
        fs::write(temp.path().join("lib.rs"), "mod a;\n").unwrap();
        fs::write(temp.path().join("a/mod.rs"), "fn f() {}\n").unwrap();
        fs::write(temp.path().join("a/notes.md"), "three\nmore\nlines\n").unwrap();
        assert_eq!(below(temp.path()).unwrap(), 2);
    }
}
