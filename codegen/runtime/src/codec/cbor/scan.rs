//! CBOR data items as tokens: heads, strings, numbers, and how to skip over an item. It must not know
//! shapes.

use std::borrow::Cow;

use super::{item, major, number};
use crate::codec::too_deep;
use crate::error::Error;

/// How deeply an item may nest that is only skipped.
const MAX_SKIPPED_DEPTH: usize = 512;

/// In the low five bits of an item's first byte: the length is indefinite.
const INDEFINITE: u8 = 31;

/// Reads CBOR, an item at a time.
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// How many items a list has left, or how many entries a map.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Length {
    /// So many.
    Definite(usize),
    /// All until a break.
    Indefinite,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number that isn't negative.
    Positive(u64),
    /// The whole number that is so far below -1.
    Negative(u64),
    /// A float of any width.
    Float(f64),
}

/// The first bytes of an item.
#[derive(Clone, Copy)]
struct Head {
    /// What kind of item it is: one of [`major`].
    major: u8,
    /// The low five bits of the first byte.
    info: u8,
    /// What the head says of the item: its value, its length, or its tag.
    argument: u64,
}

impl<'a> Scanner<'a> {
    /// Reads these bytes from their start.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The offset of the next byte.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.at
    }

    /// The next byte.
    #[inline]
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// An error that says what was expected and what came.
    #[cold]
    #[must_use]
    pub fn expected(&self, what: &str) -> Error {
        let Some(byte) = self.peek() else {
            return Error::new(format!("expected {what}, found the end")).at(self.at);
        };
        let found = match byte >> 5 {
            major::POSITIVE | major::NEGATIVE => "a whole number",
            major::BYTES => "bytes",
            major::TEXT => "a string",
            major::LIST => "a list",
            major::MAP => "a map",
            major::TAG => "a tag",
            _ => match byte {
                item::FALSE | item::TRUE => "a boolean",
                item::NULL => "null",
                item::UNDEFINED => "undefined",
                item::HALF | item::SINGLE | item::DOUBLE => "a float",
                item::BREAK => "a break",
                _ => "a simple value",
            },
        };
        Error::new(format!("expected {what}, found {found}")).at(self.at)
    }

    #[cold]
    fn truncated(&self) -> Error {
        Error::new("the bytes end within a value").at(self.bytes.len())
    }

    /// Takes this many bytes.
    #[inline]
    fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        match self.at.checked_add(length).and_then(|end| self.bytes.get(self.at..end)) {
            Some(taken) => {
                self.at += length;
                Ok(taken)
            }
            None => Err(self.truncated()),
        }
    }

    #[inline]
    fn take_array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        match self.rest().first_chunk::<N>() {
            Some(taken) => {
                self.at += N;
                Ok(*taken)
            }
            None => Err(self.truncated()),
        }
    }

    /// Reads the head of an item.
    #[inline]
    fn head(&mut self) -> Result<Head, Error> {
        let Some(first) = self.peek() else {
            return Err(self.expected("a value"));
        };
        let (major, info) = (first >> 5, first & 0x1F);
        if info < 24 {
            self.at += 1;
            return Ok(Head { major, info, argument: u64::from(info) });
        }
        self.long_head(major, info)
    }

    fn long_head(&mut self, major: u8, info: u8) -> Result<Head, Error> {
        let start = self.at;
        self.at += 1;
        let argument = match info {
            24 => u64::from(u8::from_be_bytes(self.take_array()?)),
            25 => u64::from(u16::from_be_bytes(self.take_array()?)),
            26 => u64::from(u32::from_be_bytes(self.take_array()?)),
            27 => u64::from_be_bytes(self.take_array()?),
            INDEFINITE if matches!(major, major::BYTES..=major::MAP) => 0,
            INDEFINITE if major == major::SIMPLE => {
                self.at = start;
                return Err(self.expected("a value"));
            }
            _ => return Err(Error::new("not the start of a CBOR item").at(start)),
        };
        Ok(Head { major, info, argument })
    }

    /// Reads the head of an item of this kind, or says what was expected.
    #[inline]
    fn head_of(&mut self, major: u8, what: &str) -> Result<Head, Error> {
        match self.peek() {
            Some(byte) if byte >> 5 == major => self.head(),
            _ => Err(self.expected(what)),
        }
    }

    /// Steps over `null`, or over `undefined`, which stands for it, if one of them comes next.
    #[inline]
    pub fn null(&mut self) -> bool {
        let found = self.is_null();
        self.at += usize::from(found);
        found
    }

    /// Whether `null` or `undefined` comes next.
    #[inline]
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.peek(), Some(item::NULL | item::UNDEFINED))
    }

    /// Reads a boolean.
    pub fn boolean(&mut self) -> Result<bool, Error> {
        let value = match self.peek() {
            Some(item::FALSE) => false,
            Some(item::TRUE) => true,
            _ => return Err(self.expected("a boolean")),
        };
        self.at += 1;
        Ok(value)
    }

    /// Whether a string comes next.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.peek().is_some_and(|byte| byte >> 5 == major::TEXT)
    }

    /// Steps over this text if it comes next in the shortest form, which all known writers use.
    #[inline]
    pub fn take_text(&mut self, text: &str) -> bool {
        let length = text.len();
        let rest = self.rest();
        let (head, rest) = match rest {
            #[expect(clippy::cast_possible_truncation, reason = "compared to what is short enough")]
            [head, rest @ ..] if length < 24 && *head == major::TEXT << 5 | length as u8 => {
                (1, rest)
            }
            [0x78, next, rest @ ..] if length == usize::from(*next) => (2, rest),
            _ => return false,
        };
        let found = rest.starts_with(text.as_bytes());
        if found {
            self.at += head + length;
        }
        found
    }

    /// Reads a string; borrowed unless it comes in chunks.
    #[inline]
    pub fn text(&mut self) -> Result<Cow<'a, str>, Error> {
        let head = self.head_of(major::TEXT, "a string")?;
        if head.info == INDEFINITE {
            return self.chunked_text().map(Cow::Owned);
        }
        self.rest_of_text(head).map(Cow::Borrowed)
    }

    #[inline]
    fn rest_of_text(&mut self, head: Head) -> Result<&'a str, Error> {
        let bytes = self.rest_of_bytes(head)?;
        std::str::from_utf8(bytes).map_err(|error| {
            Error::new("not valid UTF-8").at(self.at - bytes.len() + error.valid_up_to())
        })
    }

    #[inline]
    fn rest_of_bytes(&mut self, head: Head) -> Result<&'a [u8], Error> {
        match usize::try_from(head.argument) {
            Ok(length) => self.take(length),
            Err(_) => Err(self.truncated()),
        }
    }

    #[cold]
    fn chunked_text(&mut self) -> Result<String, Error> {
        let mut text = String::new();
        while let Some(head) = self.chunk(major::TEXT, "a chunk of a string")? {
            text.push_str(self.rest_of_text(head)?);
        }
        Ok(text)
    }

    /// Reads bytes; borrowed unless they come in chunks.
    pub fn bytes(&mut self) -> Result<Cow<'a, [u8]>, Error> {
        let head = self.head_of(major::BYTES, "bytes")?;
        if head.info != INDEFINITE {
            return self.rest_of_bytes(head).map(Cow::Borrowed);
        }
        let mut bytes = Vec::new();
        while let Some(head) = self.chunk(major::BYTES, "a chunk of bytes")? {
            bytes.extend_from_slice(self.rest_of_bytes(head)?);
        }
        Ok(Cow::Owned(bytes))
    }

    /// Reads the head of the next chunk of a string of indefinite length, or the break after the last.
    fn chunk(&mut self, major: u8, what: &str) -> Result<Option<Head>, Error> {
        if self.is_break() {
            self.at += 1;
            return Ok(None);
        }
        let start = self.at;
        let head = self.head_of(major, what)?;
        // Chunks have a length of their own.
        match head.info {
            INDEFINITE => Err(Error::new("a chunk of indefinite length").at(start)),
            _ => Ok(Some(head)),
        }
    }

    fn is_break(&self) -> bool {
        self.peek() == Some(item::BREAK)
    }

    /// Steps into a list.
    #[inline]
    pub fn open_list(&mut self) -> Result<Length, Error> {
        let head = self.head_of(major::LIST, "a list")?;
        self.length(head, 1)
    }

    /// Steps into a map.
    #[inline]
    pub fn open_map(&mut self) -> Result<Length, Error> {
        let head = self.head_of(major::MAP, "a map")?;
        self.length(head, 2)
    }

    /// The length of a list or map, of which each element takes `least` bytes or more: one that can't
    /// fit into what is left is an error before anything is read.
    #[inline]
    fn length(&self, head: Head, least: usize) -> Result<Length, Error> {
        if head.info == INDEFINITE {
            return Ok(Length::Indefinite);
        }
        match usize::try_from(head.argument) {
            Ok(length) if length <= self.rest().len() / least => Ok(Length::Definite(length)),
            _ => Err(self.truncated()),
        }
    }

    /// Steps to the next element of a list or entry of a map, and says whether there is one.
    #[inline]
    pub fn next(&mut self, left: &mut Length) -> bool {
        match left {
            Length::Definite(0) => false,
            Length::Definite(left) => {
                *left -= 1;
                true
            }
            Length::Indefinite => {
                let ended = self.is_break();
                self.at += usize::from(ended);
                !ended
            }
        }
    }

    /// Reads a tag: what stands before an item and says what is meant by it.
    pub fn tag(&mut self, what: &str) -> Result<u64, Error> {
        self.head_of(major::TAG, what).map(|head| head.argument)
    }

    /// Whether a tag comes next.
    #[must_use]
    pub fn is_tag(&self) -> bool {
        self.peek().is_some_and(|byte| byte >> 5 == major::TAG)
    }

    /// Reads a number.
    #[inline]
    pub fn number(&mut self) -> Result<Number, Error> {
        match self.peek() {
            Some(byte) if byte >> 5 == major::POSITIVE => {
                self.head().map(|head| Number::Positive(head.argument))
            }
            Some(byte) if byte >> 5 == major::NEGATIVE => {
                self.head().map(|head| Number::Negative(head.argument))
            }
            Some(item::DOUBLE) => {
                self.at += 1;
                self.take_array().map(|bytes| Number::Float(f64::from_be_bytes(bytes)))
            }
            Some(item::SINGLE) => {
                self.at += 1;
                self.take_array().map(|bytes| Number::Float(f32::from_be_bytes(bytes).into()))
            }
            Some(item::HALF) => {
                self.at += 1;
                let bits = self.take_array().map(u16::from_be_bytes)?;
                Ok(Number::Float(number::half(bits).into()))
            }
            _ => Err(self.expected("a number")),
        }
    }

    /// Expects that nothing is left.
    pub fn end(&self) -> Result<(), Error> {
        if self.at >= self.bytes.len() { Ok(()) } else { Err(self.expected("the end")) }
    }

    /// Steps over an item of any kind, without recursion.
    pub fn skip(&mut self) -> Result<(), Error> {
        let mut levels: Vec<Level> = Vec::new();
        loop {
            if let Some(level) = self.skip_head()? {
                if levels.len() >= MAX_SKIPPED_DEPTH {
                    return Err(too_deep(self.at));
                }
                levels.push(level);
            }
            // An item or a head is done: leave the lists and maps that end here.
            loop {
                let Some(level) = levels.last_mut() else { return Ok(()) };
                if level.expects_value {
                    level.expects_value = false;
                    break;
                }
                if self.next(&mut level.left) {
                    level.expects_value = level.is_map;
                    break;
                }
                levels.pop();
            }
        }
    }

    /// Steps over an item that has no items in it, or into one that has.
    fn skip_head(&mut self) -> Result<Option<Level>, Error> {
        loop {
            let start = self.at;
            let head = self.head()?;
            let is_map = head.major == major::MAP;
            match head.major {
                // The item that is tagged follows.
                major::TAG => continue,
                major::TEXT => {
                    self.at = start;
                    self.text()?;
                }
                major::BYTES => {
                    self.at = start;
                    self.bytes()?;
                }
                major::LIST | major::MAP => {
                    let left = self.length(head, 1 + usize::from(is_map))?;
                    return Ok(Some(Level { left, is_map, expects_value: false }));
                }
                _ => {}
            }
            return Ok(None);
        }
    }
}

/// A list or map that is being skipped.
struct Level {
    left: Length,
    is_map: bool,
    /// Whether a key has been read.
    expects_value: bool,
}
