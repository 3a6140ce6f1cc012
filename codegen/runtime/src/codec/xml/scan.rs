//! XML text as elements and the text in them, on top of quick-xml. It must not know shapes.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::ANY;
use crate::codec::too_deep;
use crate::error::Error;

/// How deeply elements may nest that are only skipped.
const MAX_SKIPPED_DEPTH: usize = 512;

const ILL_FORMED_ATTRIBUTE: &str = "an attribute isn't well-formed";

/// Most texts in pieces aren't longer.
const JOINED: usize = 1024;

/// Reads XML text, an element at a time. White space and other text around elements means nothing.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    reader: Reader<&'a [u8]>,
    /// Bytes before those that `reader` counts from.
    before: usize,
    /// Whether the element that was stepped into last is `<name/>`, which has nothing in it.
    is_empty: bool,
    /// Where the pieces of a text are joined.
    joined: String,
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The element's name, as it is written.
    #[inline]
    pub(super) fn name(&self) -> &str {
        self.0.name().0
    }

    /// The element's name as an error shows it.
    pub(super) fn shown_name(&self) -> String {
        self.name().chars().take(64).collect()
    }

    /// Whether the element is called so.
    pub(super) fn is(&self, name: &str) -> bool {
        name == ANY || is_called(self.name(), name)
    }

    /// Whether there is anything besides the name.
    #[inline]
    pub(super) fn has_attributes(&self) -> bool {
        self.0.len() > self.name().len()
    }

    /// Calls `each` with the name and value of every attribute.
    pub(super) fn attributes(
        &self,
        mut each: impl FnMut(&str, Cow<'_, str>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for attribute in self.0.attributes().with_checks(false) {
            let attribute =
                attribute.map_err(|error| Error::new(ILL_FORMED_ATTRIBUTE).caused_by(error))?;
            if attribute.value.contains('<') {
                return Err(Error::new(ILL_FORMED_ATTRIBUTE));
            }
            let value = unescape(&attribute.value)
                .map_err(|error| Error::new(error.to_string()).caused_by(error))?;
            each(attribute.key.0, value)?;
        }
        Ok(())
    }
}

/// Whether an element or attribute of the name `found` is the one called `name`. If `name` has no
/// prefix, that of `found` doesn't count.
#[inline]
pub(super) fn is_called(found: &str, name: &str) -> bool {
    found == name || found.split_once(':').is_some_and(|(_, local)| local == name)
}

impl<'a> Scanner<'a> {
    /// Reads these bytes, if they are UTF-8 and nothing but what may occur in XML.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Error> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return Err(Error::new("not valid UTF-8").at(error.valid_up_to())),
        };
        let marked = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let before = text.len() - marked.len();
        if let Some((at, character)) = unspeakable(marked) {
            let code = u32::from(character);
            return Err(
                Error::new(format!("the character U+{code:04X}, which XML hasn't")).at(before + at)
            );
        }
        Ok(Self {
            reader: Reader::from_str(marked),
            before,
            is_empty: false,
            joined: String::new(),
        })
    }

    /// The offset of what comes next.
    #[inline]
    pub(super) fn offset(&self) -> usize {
        self.offset_of(self.reader.buffer_position())
    }

    #[inline]
    fn offset_of(&self, position: u64) -> usize {
        usize::try_from(position).unwrap_or(usize::MAX).saturating_add(self.before)
    }

    #[inline]
    fn event(&mut self) -> Result<Event<'a>, Error> {
        match self.reader.read_event() {
            Ok(event) => Ok(event),
            Err(error) => Err(self.ill_formed(error)),
        }
    }

    #[cold]
    fn ill_formed(&self, error: quick_xml::Error) -> Error {
        let at = self.offset_of(self.reader.error_position());
        let message: String = error.to_string().chars().take(200).collect();
        Error::new(message).at(at).caused_by(error)
    }

    /// Where the tag that was read last begins.
    fn start_of(&self, tag: &BytesStart<'_>) -> usize {
        let brackets = if self.is_empty { "</>" } else { "<>" };
        self.offset().saturating_sub(tag.len() + brackets.len())
    }

    #[cold]
    fn unclosed(&self) -> Error {
        Error::new("expected the end of an element, found the end").at(self.offset())
    }

    #[cold]
    fn declaration(&self) -> Error {
        Error::new("a document type declaration, which isn't read").at(self.offset())
    }

    /// Steps into the root element. Its name is `name`, unless that is [`ANY`].
    pub(super) fn root(&mut self, name: &str) -> Result<Tag<'a>, Error> {
        loop {
            match self.event()? {
                Event::Start(tag) => return self.check_root(self.checked(tag)?, name),
                Event::Empty(tag) => {
                    self.is_empty = true;
                    return self.check_root(self.checked(tag)?, name);
                }
                other => self.check_around(&other, "the root element")?,
            }
        }
    }

    /// The tag, whose attributes must be well-formed, whether or not they are read.
    #[inline]
    fn checked(&self, tag: BytesStart<'a>) -> Result<Tag<'a>, Error> {
        let tag = Tag(tag);
        if tag.has_attributes() {
            self.check_attributes(&tag)?;
        }
        Ok(tag)
    }

    fn check_attributes(&self, tag: &Tag<'_>) -> Result<(), Error> {
        tag.attributes(|name, _| match is_name(name) {
            true => Ok(()),
            false => Err(Error::new(ILL_FORMED_ATTRIBUTE)),
        })
        .map_err(|error| error.at(self.start_of(&tag.0)))
    }

    fn check_root(&self, tag: Tag<'a>, name: &str) -> Result<Tag<'a>, Error> {
        if tag.is(name) {
            return Ok(tag);
        }
        let found = tag.shown_name();
        let message = format!("expected the root element `{name}`, found `{found}`");
        Err(Error::new(message).at(self.start_of(&tag.0)))
    }

    /// Expects that nothing comes after the root element.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                other => self.check_around(&other, "the end")?,
            }
        }
    }

    /// Expects that an event is one of those that may stand outside of the root element.
    fn check_around(&self, event: &Event<'_>, expected: &str) -> Result<(), Error> {
        let found = match event {
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => return Ok(()),
            Event::Text(text) if text.trim_ascii().is_empty() => return Ok(()),
            Event::DocType(_) => return Err(self.declaration()),
            Event::Start(_) | Event::Empty(_) => "an element",
            Event::Eof => "the end",
            _ => "text",
        };
        Err(Error::new(format!("expected {expected}, found {found}")).at(self.offset()))
    }

    /// Steps into the next child of the element that was stepped into last, or out of that element
    /// if there is none.
    #[inline]
    pub(super) fn child(&mut self) -> Result<Option<Tag<'a>>, Error> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(None);
        }
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => return self.checked(tag).map(Some),
                Ok(Event::End(_)) => return Ok(None),
                Ok(Event::Text(_)) => {}
                Ok(Event::Empty(tag)) => {
                    self.is_empty = true;
                    return self.checked(tag).map(Some);
                }
                Ok(other) => self.check_between(&other)?,
                Err(error) => return Err(self.ill_formed(error)),
            }
        }
    }

    /// Expects that an event, which isn't of an element, is one of those that may stand between
    /// elements.
    fn check_between(&self, event: &Event<'_>) -> Result<(), Error> {
        match event {
            Event::GeneralRef(reference) => self.resolve(reference).map(drop),
            Event::Eof => Err(self.unclosed()),
            Event::DocType(_) => Err(self.declaration()),
            _ => Ok(()),
        }
    }

    /// Reads the text of the element that was stepped into last, and steps out of it. The text is
    /// borrowed where it is in one piece.
    #[inline]
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Error> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(Cow::Borrowed(""));
        }
        let (text, event) = match self.reader.read_event() {
            Ok(Event::Text(text)) => (text.into_inner(), self.reader.read_event()),
            other => (Cow::Borrowed(""), other),
        };
        match event {
            Ok(Event::End(_)) => Ok(text),
            Ok(other) => self.more_text(text, other),
            Err(error) => Err(self.ill_formed(error)),
        }
    }

    /// Goes on with text that doesn't end after its first piece.
    fn more_text(
        &mut self,
        mut text: Cow<'a, str>,
        mut event: Event<'a>,
    ) -> Result<Cow<'a, str>, Error> {
        // Pieces are joined where there is room already, so that the text is allocated once and as long as it is.
        let mut joined = std::mem::take(&mut self.joined);
        joined.clear();
        loop {
            let piece = match event {
                Event::End(_) => break,
                Event::Text(piece) => piece.into_inner(),
                Event::CData(piece) => piece.into_inner(),
                Event::GeneralRef(reference) => {
                    let character = self.resolve(&reference)?;
                    join(&mut joined, &mut text).push(character);
                    Cow::Borrowed("")
                }
                Event::Start(tag) => return Err(self.element_in_text(&Tag(tag))),
                Event::Empty(tag) => {
                    self.is_empty = true;
                    return Err(self.element_in_text(&Tag(tag)));
                }
                other => {
                    self.check_between(&other)?;
                    Cow::Borrowed("")
                }
            };
            if text.is_empty() && joined.is_empty() {
                text = piece;
            } else if !piece.is_empty() {
                join(&mut joined, &mut text).push_str(&piece);
            }
            event = self.event()?;
        }
        if !joined.is_empty() {
            text = Cow::Owned(joined.as_str().to_owned());
        }
        self.joined = joined;
        Ok(text)
    }

    #[cold]
    fn element_in_text(&self, tag: &Tag<'_>) -> Error {
        let name = tag.shown_name();
        Error::new(format!("expected text, found the element `{name}`")).at(self.start_of(&tag.0))
    }

    /// The character that a reference stands for: one by its number, or one of the five that XML
    /// predefines. Documents that define more are not read.
    fn resolve(&self, reference: &BytesRef<'_>) -> Result<char, Error> {
        let predefined = resolve_predefined_entity(reference).and_then(|text| text.chars().next());
        let found = match predefined {
            None => reference.resolve_char_ref().ok().flatten(),
            found => found,
        };
        found.ok_or_else(|| {
            let name: String = reference.chars().take(64).collect();
            let start = self.offset().saturating_sub(reference.len() + "&;".len());
            Error::new(format!("`&{name};` stands for no character")).at(start)
        })
    }

    /// Steps out of the element that was stepped into last.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let mut depth = 0;
        loop {
            match self.child()? {
                Some(_) if depth >= MAX_SKIPPED_DEPTH => return Err(too_deep(self.offset())),
                Some(_) => depth += 1,
                None if depth == 0 => return Ok(()),
                None => depth -= 1,
            }
        }
    }
}

/// Whether this may be an attribute's name, as far as ASCII goes.
fn is_name(name: &str) -> bool {
    let may_begin = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | 0x80..);
    let may_be = |byte: u8| may_begin(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    name.bytes().next().is_some_and(may_begin) && name.bytes().all(may_be)
}

/// The first character that may not occur in XML, not even within an element that is skipped.
fn unspeakable(text: &str) -> Option<(usize, char)> {
    // U+FFFE and U+FFFF begin with 0xEF. One pass without a branch, since there is hardly ever one of these.
    let is_suspect =
        |byte: u8| (byte < b' ') & !matches!(byte, b'\t' | b'\n' | b'\r') | (byte == 0xEF);
    if !text.bytes().fold(false, |any, byte| any | is_suspect(byte)) {
        return None;
    }
    text.char_indices().find(|(_, character)| match character {
        '\t' | '\n' | '\r' => false,
        '\0'..' ' | '\u{FFFE}' | '\u{FFFF}' => true,
        _ => false,
    })
}

/// What is joined so far, with the first piece in it.
fn join<'j>(joined: &'j mut String, text: &mut Cow<'_, str>) -> &'j mut String {
    if joined.capacity() == 0 {
        joined.reserve(JOINED);
    }
    joined.push_str(&std::mem::take(text));
    joined
}
