//! The block structure of Markdown, read leniently and printed in one canonical form: no lazy lines, no
//! indented code, lists aligned with their markers. Must not know HTML, nor what paragraphs hold.

use super::inline::{self, Entities};

/// Where text ends, counted with its indentation.
const WIDTH: usize = 96;

/// Paragraphs in deep lists stay at least this wide.
const MIN_WIDTH: usize = 48;

/// Lists nested deeper than this are text.
const MAX_NESTING: usize = 12;

/// One block with its place in the lists around it.
#[derive(Debug)]
pub(super) struct Block {
    /// The column at which its text starts.
    column: usize,
    /// The list markers in front of its first line; more than one if a list starts with a list.
    markers: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// Text as found, its lines joined, and whether it was a heading.
    Paragraph { text: String, heading: bool },
    /// The lines of a fenced code block.
    Code(Vec<String>),
    /// The rows of a table, the second of which delimits.
    Table(Vec<String>),
}

/// Reads Markdown. Quotes and rules are not kept; there is no indented code.
pub(super) fn parse(markdown: &str) -> Vec<Block> {
    let mut parser = Parser::default();
    for line in markdown.lines() {
        parser.line(line);
    }
    parser.flush();
    parser.blocks
}

/// The text of the first block, if it is a paragraph.
pub(super) fn first_paragraph(blocks: &[Block]) -> Option<&str> {
    match &blocks.first()?.content {
        Content::Paragraph { text, .. } => Some(text),
        Content::Code(_) | Content::Table(_) => None,
    }
}

/// A list item that is open.
#[derive(Debug)]
struct Item {
    /// The column at which its content starts in the source.
    source: usize,
    /// The same in what is printed.
    printed: usize,
    numbered: bool,
}

#[derive(Debug, Default)]
struct Parser {
    blocks: Vec<Block>,
    items: Vec<Item>,
    /// Markers read, before the block that they belong to.
    markers: String,
    /// The block that grows.
    current: Option<Content>,
    /// The fence that closes the current code, and the indentation to take from its lines.
    fence: Option<(String, usize)>,
}

impl Parser {
    fn line(&mut self, line: &str) {
        let body = line.trim();
        let indent = line.len() - line.trim_start().len();
        if let Some((fence, fence_indent)) = &self.fence {
            if body.starts_with(fence.as_str()) && body.chars().all(|c| fence.starts_with(c)) {
                self.flush();
            } else if let Some(Content::Code(lines)) = &mut self.current {
                lines.push(line[indent.min(*fence_indent)..].trim_end().to_owned());
            }
        } else if body.is_empty() {
            self.flush();
        } else if !self.continues(body) {
            self.flush();
            self.open(indent, body);
        }
    }

    /// Whether the line was part of the block before it.
    fn continues(&mut self, body: &str) -> bool {
        let numbered = self.items.iter().any(|item| item.numbered);
        match &mut self.current {
            Some(Content::Paragraph { text, heading }) => {
                let underline = body.bytes().all(|b| b == b'=') || body.bytes().all(|b| b == b'-');
                if underline && !*heading {
                    *heading = true;
                    self.flush();
                } else if is_delimiter_row(body) && text.contains('|') {
                    let rows = vec![std::mem::take(text), body.to_owned()];
                    self.current = Some(Content::Table(rows));
                } else if *heading || starts_block(body, numbered) {
                    return false;
                } else {
                    // A hard line break becomes a space.
                    let end = text.trim_end_matches('\\').len();
                    if (text.len() - end) % 2 == 1 {
                        text.pop();
                    }
                    text.push(' ');
                    text.push_str(body);
                }
                true
            }
            Some(Content::Table(rows)) if body.contains('|') => {
                rows.push(body.to_owned());
                true
            }
            _ => false,
        }
    }

    /// Starts the block that begins with `body`, at `indent` of the source.
    fn open(&mut self, indent: usize, body: &str) {
        let (mut indent, mut body) = (indent, body);
        while self.items.last().is_some_and(|item| indent < item.source) {
            self.items.pop();
        }
        while let Some(marker) = Marker::read(body).filter(|_| self.items.len() < MAX_NESTING) {
            indent += marker.source_width;
            body = marker.rest;
            let printed = self.column() + marker.text.len();
            self.markers.push_str(&marker.text);
            let numbered = marker.text != "* ";
            self.items.push(Item { source: indent, printed, numbered });
        }
        self.current = if let Some(fence) = opening_fence(body) {
            self.fence = Some((fence.to_owned(), indent));
            Some(Content::Code(Vec::new()))
        } else if is_rule(body) || body == "*" {
            // Neither a rule nor a list item without content says anything.
            None
        } else if let Some(title) = heading(body) {
            Some(Content::Paragraph { text: title.to_owned(), heading: true })
        } else {
            Some(Content::Paragraph { text: body.to_owned(), heading: false })
        };
    }

    fn column(&self) -> usize {
        self.items.last().map_or(0, |item| item.printed)
    }

    fn flush(&mut self) {
        self.fence = None;
        let Some(content) = self.current.take() else {
            self.markers.clear();
            return;
        };
        let markers = std::mem::take(&mut self.markers);
        self.blocks.push(Block { column: self.column(), markers, content });
    }
}

/// The marker of a list item, with content after it.
struct Marker<'a> {
    /// As printed, with its space.
    text: String,
    /// Columns of the source from the marker to the content.
    source_width: usize,
    rest: &'a str,
}

impl<'a> Marker<'a> {
    fn read(body: &'a str) -> Option<Self> {
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        let text = match (digits, body.as_bytes().get(digits)?) {
            (0, b'*' | b'-' | b'+') if !is_rule(body) => "* ".to_owned(),
            (1..=9, b'.' | b')') => format!("{}. ", body[..digits].parse::<u32>().ok()?),
            _ => return None,
        };
        let after = &body[digits + 1..];
        let rest = after.strip_prefix(' ')?.trim_start();
        (!rest.is_empty()).then(|| Self { text, source_width: body.len() - rest.len(), rest })
    }
}

/// Whether the line ends a paragraph before it. Outside a numbered list only the number 1 does.
fn starts_block(body: &str, numbered: bool) -> bool {
    let interrupts =
        Marker::read(body).is_some_and(|m| numbered || m.text == "* " || m.text == "1. ");
    interrupts || opening_fence(body).is_some() || heading(body).is_some() || is_rule(body)
}

/// The fence that `body` is, without its info string.
fn opening_fence(body: &str) -> Option<&str> {
    let mark = body.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let len = body.len() - body.trim_start_matches(mark).len();
    (len >= 3 && !(mark == '`' && body[len..].contains('`'))).then(|| &body[..len])
}

/// The title, if the line is a heading.
fn heading(body: &str) -> Option<&str> {
    let title = body.trim_start_matches('#');
    let level = body.len() - title.len();
    let title = title.strip_prefix(' ')?.trim_end_matches('#').trim();
    ((1..=6).contains(&level) && !title.is_empty()).then_some(title)
}

fn is_rule(body: &str) -> bool {
    ['*', '-', '_'].iter().any(|&mark| {
        body.chars().all(|c| c == mark || c == ' ')
            && body.chars().filter(|&c| c == mark).count() >= 3
    })
}

fn is_delimiter_row(body: &str) -> bool {
    body.contains('-')
        && body.contains('|')
        && body.chars().all(|c| matches!(c, '-' | '|' | ':' | ' '))
}

/// Prints the blocks, separated by blank lines except within tight lists.
pub(super) fn print(blocks: &[Block], entities: Entities) -> String {
    let mut out = String::new();
    let mut previous: Option<&Block> = None;
    for block in blocks {
        let start = out.len();
        if let Some(previous) = previous {
            out.push_str(if is_tight(previous, block) { "\n" } else { "\n\n" });
        }
        let before = out.len();
        block.print(&mut out, entities);
        if out.len() == before {
            out.truncate(start);
        } else {
            previous = Some(block);
        }
    }
    out
}

/// Whether `next` may follow on the next line: a list item after one line of a list.
fn is_tight(previous: &Block, next: &Block) -> bool {
    let in_list = previous.column > 0 && matches!(previous.content, Content::Paragraph { .. });
    let first = next.markers.starts_with("* ") || next.markers.starts_with("1. ");
    let follows = previous.markers.starts_with(|c: char| c.is_ascii_digit())
        && previous.outer() == next.outer();
    in_list && !next.markers.is_empty() && (first || follows)
}

impl Block {
    /// The column of its first marker.
    fn outer(&self) -> usize {
        self.column - self.markers.len()
    }

    fn print(&self, out: &mut String, entities: Entities) {
        let hang = " ".repeat(self.column);
        let lead = " ".repeat(self.outer()) + &self.markers;
        let lines = match &self.content {
            Content::Paragraph { text, heading } => {
                let width = WIDTH.saturating_sub(self.column).max(MIN_WIDTH);
                inline::wrap(text, *heading, width, entities)
            }
            Content::Code(lines) => fenced(lines),
            Content::Table(rows) => {
                rows.iter().map(|row| inline::one_line(row, entities)).collect()
            }
        };
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                out.push('\n');
            }
            if i == 0 || !line.is_empty() {
                out.push_str(if i == 0 { &lead } else { &hang });
            }
            out.push_str(line);
        }
    }
}

/// Code with fences that nothing in it closes, marked as text: rustdoc would compile it otherwise.
fn fenced(lines: &[String]) -> Vec<String> {
    let run = |line: &String| line.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(lines.iter().map(run).max().unwrap_or_default().max(2) + 1);
    let mut fenced = vec![format!("{fence}text")];
    let mut blank = true;
    for line in lines {
        // Blank lines collapse here too, so that the whole text has no two in a row.
        if !(blank && line.is_empty()) {
            fenced.push(line.clone());
        }
        blank = line.is_empty();
    }
    if fenced.last().is_some_and(String::is_empty) {
        fenced.pop();
    }
    fenced.push(fence);
    fenced
}
