//! A model's text and places in it: byte offsets, lines, columns, excerpts. It must not know what the text means.

use std::sync::{Arc, OnceLock};

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// How many bytes of a long line an excerpt keeps on either side of the place it shows.
const WINDOW: usize = 48;
/// Lines up to this length are shown whole.
const LONG_LINE: usize = 160;
/// A highlight never spans more than this, so that an excerpt stays an excerpt.
const MAX_HIGHLIGHT: usize = 64;

/// A half-open range of bytes in a [`Source`].
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Span {
    /// The offset of the first byte.
    pub start: usize,
    /// The offset after the last byte.
    pub end: usize,
}

/// The text a model was read from, under the name that errors give it.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: Arc<str>,
    /// Only errors need lines, so they are counted on the first one.
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    pub(crate) fn new(name: &str, text: impl Into<Arc<str>>) -> Self {
        Source { name: name.to_owned(), text: text.into(), line_starts: OnceLock::new() }
    }

    /// The file's name as errors print it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The one-based line and column (in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        let start = self.line_starts()[line];
        (line + 1, self.text[start..offset].chars().count() + 1)
    }

    /// The one-based line of a byte offset; unlike the column it is found without reading the line.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.line_of(offset) + 1
    }

    /// Where `part`, a slice of this source's text, lies in it.
    ///
    /// A string from elsewhere has no place here and gives an empty span at the start.
    pub(crate) fn span_of(&self, part: &str) -> Span {
        self.find(part).unwrap_or_default()
    }

    /// Where `part` lies, if it is a slice of this source's text.
    pub(crate) fn find(&self, part: &str) -> Option<Span> {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let end = start.checked_add(part.len()).filter(|end| *end <= self.text.len())?;
        Some(Span { start, end })
    }

    /// The byte offset of a one-based line and a one-based column in bytes, as serde_json counts them.
    pub(crate) fn offset_of(text: &str, line: usize, byte_column: usize) -> usize {
        let mut start = 0;
        for _ in 1..line {
            start += text[start..].find('\n').map_or(text.len() - start, |newline| newline + 1);
        }
        (start + byte_column.saturating_sub(1)).min(text.len())
    }

    /// The span to highlight for `span`: never empty (but at the end of the text), never long, never across lines.
    pub(crate) fn highlight(&self, span: Span) -> SourceSpan {
        let start = self.floor(span.start);
        let line_end = self.line_end(self.line_of(start));
        let wanted = span.end.clamp(start, line_end.max(start)).min(start + MAX_HIGHLIGHT);
        let end = self.floor(wanted).max(self.ceil(start + 1)).min(self.text.len());
        (start, end.saturating_sub(start)).into()
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect()
        })
    }

    /// The zero-based line that holds `offset`.
    fn line_of(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The end of a zero-based line, its newline left out.
    fn line_end(&self, line: usize) -> usize {
        self.line_starts().get(line + 1).map_or(self.text.len(), |next| next - 1)
    }

    fn floor(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn ceil(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// The bytes an excerpt of `span` shows: whole lines, or a window of a line too long to show.
    fn excerpt(&self, span: Span, before: usize, after: usize) -> Span {
        let first = self.line_of(span.start);
        let last = self.line_of(span.end.saturating_sub(1).max(span.start));
        let mut start = self.line_starts()[first];
        let mut end = self.line_end(last);
        if span.start - start > LONG_LINE / 2 || end.saturating_sub(span.end) > LONG_LINE {
            // A minified file is one line: its neighbours would be as long.
            start = self.floor(start.max(span.start.saturating_sub(WINDOW)));
            end = self.ceil(end.min(span.end + WINDOW));
            return Span { start, end };
        }
        for line in (first.saturating_sub(before)..first).rev() {
            let candidate = self.line_starts()[line];
            if start - candidate > LONG_LINE {
                break;
            }
            start = candidate;
        }
        for line in last + 1..(last + 1 + after).min(self.line_starts().len()) {
            let candidate = self.line_end(line);
            if candidate - end > LONG_LINE {
                break;
            }
            end = candidate;
        }
        Span { start, end }
    }
}

impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset().checked_add(span.len()).ok_or(MietteError::OutOfBounds)?;
        if end > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let wanted = Span { start: span.offset(), end };
        // No context asked for: the caller wants the place alone, to print its line and column.
        let shown = if before == 0 { wanted } else { self.excerpt(wanted, before, after) };
        let data =
            self.text.as_bytes().get(shown.start..shown.end).ok_or(MietteError::OutOfBounds)?;
        let (line, column) = self.line_column(shown.start);
        let line_count = self.line_of(shown.end) + 1 - self.line_of(shown.start);
        let covered = (shown.start, data.len()).into();
        let name = self.name.clone();
        Ok(Box::new(MietteSpanContents::new_named(
            name,
            data,
            covered,
            line - 1,
            column - 1,
            line_count,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        let source = Source::new("m", "ab\nçd\n");
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(2), (1, 3));
        assert_eq!(source.line_column(3), (2, 1));
        assert_eq!(source.line_column(5), (2, 2));
        assert_eq!(source.line_column(99), (3, 1));
    }

    #[test]
    fn an_offset_inside_a_character_is_moved_to_its_start() {
        let source = Source::new("m", "ç");
        assert_eq!(source.line_column(1), (1, 1));
        assert_eq!(source.highlight(Span { start: 1, end: 2 }), (0, 2).into());
    }

    #[test]
    fn a_part_is_found_where_it_lies_and_a_stranger_nowhere() {
        let source = Source::new("m", "one two");
        let part = &source.text()[4..];
        assert_eq!(source.span_of(part), Span { start: 4, end: 7 });
        assert_eq!(source.span_of(&String::from("two")), Span::default());
    }

    #[test]
    fn line_and_column_become_an_offset_within_the_text() {
        assert_eq!(Source::offset_of("ab\ncd", 2, 2), 4);
        assert_eq!(Source::offset_of("ab\ncd", 9, 9), 5);
        assert_eq!(Source::offset_of("", 1, 0), 0);
    }

    #[test]
    fn a_long_line_is_shown_as_a_window() {
        let text = format!("{}TARGET{}", "x".repeat(5_000_000), "y".repeat(5_000_000));
        let source = Source::new("m", text);
        let contents = source.read_span(&(5_000_000, 6).into(), 1, 1).unwrap();
        assert_eq!(contents.data().len(), 6 + 2 * WINDOW);
        assert_eq!(contents.column(), 5_000_000 - WINDOW);
    }

    #[test]
    fn a_short_line_is_shown_with_its_neighbours() {
        let source = Source::new("m", "one\ntwo\nthree\nfour\n");
        let contents = source.read_span(&(8, 5).into(), 1, 1).unwrap();
        assert_eq!(contents.data(), b"two\nthree\nfour");
        assert_eq!((contents.line(), contents.column()), (1, 0));
    }

    #[test]
    fn a_span_past_the_end_is_out_of_bounds() {
        let source = Source::new("m", "abc");
        assert!(source.read_span(&(2, 5).into(), 1, 1).is_err());
        assert!(source.read_span(&(usize::MAX, 5).into(), 1, 1).is_err());
        assert!(source.read_span(&(3, 0).into(), 1, 1).is_ok());
    }
}
