//! Examples in documentation, which are programs as well: each as a text whose lines are where they are in the file. It
//! must not know what is in them.

/// Words after the fence of an example that is compiled; so is one without a word.
const COMPILED: [&str; 5] = ["rust", "no_run", "should_panic", "test_harness", "standalone_crate"];

/// The examples in a file's documentation comments, each wrapped in a function as rustdoc does it, unless it has one.
pub(super) fn examples(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(String, Option<Example>)> = None;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let Some(line) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            open = None;
            continue;
        };
        let line = line.trim_start();
        let marks = line.len() - line.trim_start_matches('`').len();
        match &mut open {
            None if marks >= 3 => {
                let (fence, words) = line.split_at(marks);
                open = Some((fence.to_owned(), is_compiled(words).then(|| Example::new(at + 1))));
            }
            None => {}
            Some((fence, example)) if line.starts_with(fence.as_str()) => {
                found.extend(example.take().map(Example::finish));
                open = None;
            }
            Some((_, Some(example))) => example.push(line),
            Some((_, None)) => {}
        }
    }
    found
}

fn is_compiled(words: &str) -> bool {
    let mut words = words.split([',', ' ', '\t']).filter(|word| !word.is_empty());
    words.all(|word| COMPILED.contains(&word) || word.starts_with("edition"))
}

/// An example as it grows.
struct Example {
    /// As many empty lines as there are before it.
    before: String,
    lines: Vec<String>,
}

impl Example {
    fn new(lines: usize) -> Self {
        Self { before: "\n".repeat(lines), lines: Vec::new() }
    }

    fn push(&mut self, line: &str) {
        // A line that begins so isn't shown; `##` stands for the sign itself.
        let line = match line.strip_prefix('#') {
            Some(rest) if rest.starts_with('#') => rest,
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => rest,
            _ => line,
        };
        self.lines.push(line.to_owned());
    }

    fn finish(self) -> String {
        let (before, code) = (self.before, self.lines.join("\n"));
        if code.contains("fn main(") {
            return format!("{before}{code}\n");
        }
        format!("{before}async fn main() {{ {code}\n}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_where_they_are_in_the_file() {
        let text = "//! ```\n//! # use a::b;\n//! b();\n//! ```\n\n/// ````rust,no_run\n/// fn main() {}\n/// ````\n\
                    fn f() {}\n/// ```text\n/// no\n/// ```\n/// ```ignore\n/// no\n/// ```\n/// ```\n/// open\n";
        let found = examples(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0], "\nasync fn main() {  use a::b;\nb();\n}\n");
        let lines: Vec<&str> = found[1].lines().collect();
        assert_eq!((lines.len(), lines[6]), (7, "fn main() {}"));
    }
}
