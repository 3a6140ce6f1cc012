//! A model's documentation as Markdown that rustdoc, clippy and rustc accept: HTML converted, everything that
//! could become code, a broken link or a hidden character made harmless. Must not know the model or the IR.
//!
//! `markdown` reads: clean the characters → HTML subset ([`scan`]) → Markdown ([`html`]) → blocks
//! ([`blocks`]) → guarded, wrapped lines ([`inline`]). Text without HTML enters at the blocks.

mod blocks;
mod html;
mod inline;
mod scan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use blocks::Block;
use inline::Entities;

/// Documentation, HTML or CommonMark, as the lines of a doc comment.
///
/// Paragraphs are wrapped at about 96 columns. There are no trailing spaces, no blank lines at either end and
/// never two in a row. All code is fenced as `text`; headings become bold paragraphs, because an item's
/// documentation is a small part of the page it appears on; every link is absolute.
pub(crate) fn markdown(text: &str) -> String {
    let (blocks, entities) = read(text);
    blocks::print(&blocks, entities)
}

/// The first sentence of the documentation, on one line; empty if it does not begin with text.
pub(crate) fn summary(text: &str) -> String {
    let (blocks, entities) = read(text);
    summary_of(&blocks, entities)
}

/// [`markdown`] and [`summary`] of one text, which is read once.
pub(crate) fn markdown_and_summary(text: &str) -> (String, String) {
    let (blocks, entities) = read(text);
    (blocks::print(&blocks, entities), summary_of(&blocks, entities))
}

fn read(text: &str) -> (Vec<Block>, Entities) {
    let text = clean(text);
    let (source, entities) = to_commonmark(&text);
    (blocks::parse(&source), entities)
}

fn summary_of(blocks: &[Block], entities: Entities) -> String {
    let paragraph = blocks::first_paragraph(blocks);
    paragraph.map(|p| inline::first_sentence(p, entities)).unwrap_or_default()
}

/// CommonMark of unknown quality, and what a character reference in it means.
fn to_commonmark(text: &str) -> (Cow<'_, str>, Entities) {
    let trimmed = text.trim();
    if let Some(paragraph) = plain_paragraph(trimmed) {
        return (
            Cow::Owned(paragraph.split_whitespace().collect::<Vec<_>>().join(" ")),
            Entities::Data,
        );
    }
    if !scan::has_tags(trimmed) {
        return (Cow::Borrowed(text), Entities::Markup);
    }
    let converted = html::to_markdown(&scan::subset(trimmed));
    // Character references may have hidden what `clean` removes.
    let converted = if text.contains('&') { clean(&converted).into_owned() } else { converted };
    (Cow::Owned(converted), Entities::Data)
}

/// The text of `<p>text</p>` if nothing in it needs the converter: most documentation is of this form.
fn plain_paragraph(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("<p>")?.strip_suffix("</p>")?;
    let special = |c| matches!(c, '<' | '&' | '\\' | '`' | '*' | '_' | '[' | ']' | '~');
    let first = inner.trim_start().chars().next()?;
    (first.is_alphabetic() && !inner.contains(special)).then_some(inner)
}

/// Removes control, bidirectional and invisible characters; tabs and exotic spaces become plain ones, line
/// ends `\n`.
fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b == b'\n' || (b' '..=b'~').contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => cleaned.push('\n'),
            // Half of a line end: the rest follows, or it was one of its own.
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => cleaned.push('\n'),
            '\t' => cleaned.push_str("    "),
            c if c.is_whitespace() => cleaned.push(' '),
            c if c.is_control() || is_invisible(c) => {}
            c => cleaned.push(c),
        }
    }
    Cow::Owned(cleaned)
}

/// Characters without a shape of their own: rustc denies the bidirectional ones in comments.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
