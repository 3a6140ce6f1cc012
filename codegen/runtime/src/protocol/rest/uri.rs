//! The [URI pattern](https://smithy.io/2.0/spec/http-bindings.html#uri) of an operation: expanded
//! with the labels of an input, or matched against a request. It must not know HTTP messages.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::text::{self, Place};
use crate::error::Error;
use crate::value::{Ref, Structure};

/// All that [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) doesn't call unreserved.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, but for the slashes between the segments of a greedy label.
const ESCAPED_GREEDY: &AsciiSet = &ESCAPED.remove(b'/');

/// Appends text, escaped as the value of a label or a part of the query.
pub(super) fn escape(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, ESCAPED));
}

/// The text that was escaped.
pub(super) fn unescape(escaped: &str) -> Result<Cow<'_, str>, Error> {
    percent_decode_str(escaped)
        .decode_utf8()
        .map_err(|error| Error::new("not percent-encoded UTF-8").caused_by(error))
}

/// A segment of a pattern's path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Segment<'a> {
    Literal(&'a str),
    Label(&'a str),
    Greedy(&'a str),
}

impl<'a> Segment<'a> {
    fn of(text: &'a str) -> Self {
        match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(label) => match label.strip_suffix('+') {
                Some(label) => Self::Greedy(label),
                None => Self::Label(label),
            },
            None => Self::Literal(text),
        }
    }
}

/// A pattern, path and query apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern<'a> {
    path: &'a str,
    query: &'a str,
}

/// The labels that a path has, by name, still escaped.
pub(super) type Labels<'a> = Vec<(&'a str, &'a str)>;

impl<'a> Pattern<'a> {
    /// The pattern of `@http`.
    pub(super) fn new(uri: &'a str) -> Self {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        // A slash at the end says nothing: the official SDK leaves it out.
        let path = path.strip_suffix('/').unwrap_or(path);
        Self { path, query }
    }

    /// The segments of the path: what follows each slash.
    fn segments(self) -> impl Iterator<Item = Segment<'a>> {
        self.path.split('/').skip(1).map(Segment::of)
    }

    /// The parameters that every request has in its query; a value may be missing.
    pub(super) fn literals(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.query
            .split('&')
            .filter(|literal| !literal.is_empty())
            .map(|literal| literal.split_once('=').unwrap_or((literal, "")))
    }

    /// Appends the path of a request with this input.
    ///
    /// # Errors
    /// If a label isn't set, or is empty: the path would be another operation's.
    pub(super) fn write_path(
        self,
        input: &dyn Structure,
        out: &mut String,
        scratch: &mut String,
    ) -> Result<(), Error> {
        for segment in self.segments() {
            out.push('/');
            match segment {
                Segment::Literal(text) => out.push_str(text),
                Segment::Label(name) => label(input, name, ESCAPED, out, scratch)?,
                Segment::Greedy(name) => label(input, name, ESCAPED_GREEDY, out, scratch)?,
            }
        }
        if self.path.is_empty() {
            out.push('/');
        }
        Ok(())
    }

    /// The labels of a path, or nothing if it isn't one of this pattern.
    ///
    /// A slash at the end is ignored, but for one that a greedy label ends with: that is part of the
    /// label's value, as in the key of an object of Amazon S3.
    pub(super) fn match_path(self, path: &'a str) -> Option<Labels<'a>> {
        let mut labels = Labels::new();
        let mut pattern = self.path;
        let mut rest = path;
        while !pattern.is_empty() {
            let (segment, after) = first(pattern)?;
            if let Segment::Greedy(name) = Segment::of(segment) {
                let value = match_end(after, rest, &mut labels)?.strip_prefix('/')?;
                labels.push((name, non_empty(value)?));
                return Some(labels);
            }
            let (found, after_found) = first(rest)?;
            match_segment(segment, found, &mut labels)?;
            (pattern, rest) = (after, after_found);
        }
        matches!(rest, "" | "/").then_some(labels)
    }
}

/// The first segment of a path, without its slash, and what follows it.
fn first(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('/')?;
    Some(path.split_at(path.find('/').unwrap_or(path.len())))
}

fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn match_segment<'a>(segment: &'a str, found: &'a str, labels: &mut Labels<'a>) -> Option<()> {
    match Segment::of(segment) {
        Segment::Literal(text) => is_literal(text, found).then_some(()),
        Segment::Label(name) | Segment::Greedy(name) => {
            labels.push((name, non_empty(found)?));
            Some(())
        }
    }
}

/// Whether a segment is this literal; other senders may have escaped some of it.
fn is_literal(text: &str, found: &str) -> bool {
    found == text || found.contains('%') && percent_decode_str(found).eq(text.bytes())
}

/// Matches the segments behind a greedy label from the end of the path, and returns what is left for
/// the label.
fn match_end<'a>(mut pattern: &'a str, path: &'a str, labels: &mut Labels<'a>) -> Option<&'a str> {
    if pattern.is_empty() {
        return Some(path);
    }
    let mut rest = path.strip_suffix('/').unwrap_or(path);
    while let Some((before, segment)) = pattern.rsplit_once('/') {
        let (before_found, found) = rest.rsplit_once('/')?;
        match_segment(segment, found, labels)?;
        (pattern, rest) = (before, before_found);
    }
    Some(rest)
}

/// Appends the value of a label.
fn label(
    input: &dyn Structure,
    name: &str,
    escaped: &'static AsciiSet,
    out: &mut String,
    scratch: &mut String,
) -> Result<(), Error> {
    let schema = input.schema();
    let index = schema.position(name);
    let Some((index, member)) = index.and_then(|index| Some((index, schema.members().get(index)?)))
    else {
        return Err(Error::new(format!("the URI has a label `{name}`, the input no such member")));
    };
    let text = match (input.member(index).get(), member.when_empty()) {
        (Ref::Unset, Some(text)) => Ok(text),
        (Ref::Unset, None) => Err(Error::new("not set, though the URI can't be made without it")),
        (value, _) => text::write(value, member, Place::Uri, scratch),
    };
    let text = text.map(|text| {
        let rest = member.prefixes().iter().find_map(|prefix| text.strip_prefix(prefix));
        rest.unwrap_or(text)
    });
    let text = text.and_then(|text| match (text, member.when_empty()) {
        ("", Some(text)) => Ok(text),
        ("", None) => Err(Error::new("empty, though the URI can't be made without it")),
        (text, _) => Ok(text),
    });
    out.extend(utf8_percent_encode(text.map_err(|error| error.in_member(member.name()))?, escaped));
    Ok(())
}
