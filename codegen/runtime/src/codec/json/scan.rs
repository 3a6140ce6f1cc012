//! JSON text as tokens: strings, numbers, literals, and how to skip over a value. It must not know
//! shapes.

use std::borrow::Cow;

use aws_smithy_types::Number;

use crate::codec::too_deep;
use crate::error::Error;

/// How deeply a value may nest that is only skipped.
const MAX_SKIPPED_DEPTH: usize = 512;

/// Whether a byte can't stand for itself in a JSON string: a quote, a backslash, a control character.
#[inline]
fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Written so that the compiler looks at all of them at once.
#[inline]
pub(super) fn has_special<const N: usize>(chunk: &[u8; N]) -> bool {
    chunk.iter().fold(false, |found, &byte| found | is_special(byte))
}

/// Which of eight bytes are special: the high bit of the lowest of them is set, bits above it mean
/// nothing, and there are none if no byte is. For eight there is no vector.
#[inline]
fn special_bits(chunk: [u8; 8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let word = u64::from_le_bytes(chunk);
    // High bits say where a byte is zero, or lower than a space.
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let quote = zero(word ^ (ONES * u64::from(b'"')));
    let backslash = zero(word ^ (ONES * u64::from(b'\\')));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote | backslash | control) & HIGH
}

/// Whether any of eight bytes is special.
#[inline]
pub(super) fn word_has_special(chunk: [u8; 8]) -> bool {
    special_bits(chunk) != 0
}

/// The position of the first special byte; the length if there is none. Most strings end within a few
/// words, so a word at a time finds their ends sooner than longer vectors do.
#[inline]
pub(super) fn special(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some((chunk, _)) = bytes.get(at..).and_then(<[u8]>::split_first_chunk::<8>) {
        let bits = special_bits(*chunk);
        if bits != 0 {
            return at + (bits.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

/// Reads JSON text, a token at a time.
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// Reads this text from its start.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Reads these bytes, if they are UTF-8.
    pub fn from_utf8(bytes: &'a [u8]) -> Result<Self, Error> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(text)),
            Err(error) => Err(Error::new("not valid UTF-8").at(error.valid_up_to())),
        }
    }

    /// The offset of the next byte.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Whether all has been read.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The byte that comes next after white space.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Steps over `byte` if it comes next after white space.
    #[inline]
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// An error that says what was expected and what came.
    #[cold]
    pub fn expected(&mut self, what: &str) -> Error {
        let found = match self.peek() {
            None => "the end",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(byte) if byte.is_ascii_graphic() => {
                return Error::new(format!("expected {what}, found `{}`", char::from(byte)))
                    .at(self.at);
            }
            Some(byte) => {
                return Error::new(format!("expected {what}, found the byte 0x{byte:02X}"))
                    .at(self.at);
            }
        };
        Error::new(format!("expected {what}, found {found}")).at(self.at)
    }

    /// Reads `true`, `false` or `null`.
    fn literal(&mut self, literal: &'static str) -> Result<(), Error> {
        match self.text.as_bytes().get(self.at..) {
            Some(rest) if rest.starts_with(literal.as_bytes()) => {
                self.at += literal.len();
                Ok(())
            }
            _ => Err(Error::new(format!("expected `{literal}`")).at(self.at)),
        }
    }

    /// Steps over `null` if it comes next.
    #[inline]
    pub fn null(&mut self) -> Result<bool, Error> {
        if self.peek() != Some(b'n') {
            return Ok(false);
        }
        self.literal("null").map(|()| true)
    }

    /// Reads a boolean.
    pub fn boolean(&mut self) -> Result<bool, Error> {
        match self.peek() {
            Some(b't') => self.literal("true").map(|()| true),
            Some(b'f') => self.literal("false").map(|()| false),
            _ => Err(self.expected("a boolean")),
        }
    }

    /// Reads a string, unescaped; borrowed where nothing was escaped.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        if !self.take(b'"') {
            return Err(self.expected("a string"));
        }
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let length = special(rest);
        if rest.get(length) == Some(&b'"') {
            self.at = start + length + 1;
            return self.slice(start, start + length).map(Cow::Borrowed);
        }
        self.escaped_string(start, start + length).map(Cow::Owned)
    }

    /// Goes on with a string that began at `start` and has something special at `at`.
    fn escaped_string(&mut self, start: usize, at: usize) -> Result<String, Error> {
        let mut unescaped = String::new();
        let (mut plain, mut at) = (start, at);
        loop {
            match self.text.as_bytes().get(at) {
                Some(b'"') => {
                    unescaped.push_str(self.slice(plain, at)?);
                    self.at = at + 1;
                    return Ok(unescaped);
                }
                Some(b'\\') => {
                    unescaped.push_str(self.slice(plain, at)?);
                    self.at = at + 1;
                    unescaped.push(self.escape()?);
                    plain = self.at;
                    at = plain;
                }
                Some(_) => {
                    return Err(Error::new("a control character in a string").at(at));
                }
                None => return Err(Error::new("a string without its end").at(at)),
            }
            at += special(self.text.as_bytes().get(at..).unwrap_or_default());
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self) -> Result<char, Error> {
        let byte = self.text.as_bytes().get(self.at).copied();
        self.at += 1;
        Ok(match byte {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(Error::new("an invalid escape in a string").at(self.at - 2)),
        })
    }

    /// Reads what follows `\u`: four hexadecimal digits, and a second escape after a high surrogate.
    fn unicode_escape(&mut self) -> Result<char, Error> {
        let start = self.at - 2;
        let invalid = || Error::new("an invalid `\\u` escape in a string").at(start);
        let first = self.hex().ok_or_else(invalid)?;
        let code = match first {
            0xD800..=0xDBFF => {
                let follows = self.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u");
                self.at += 2;
                match self.hex().filter(|_| follows) {
                    Some(second @ 0xDC00..=0xDFFF) => {
                        0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
                    }
                    _ => return Err(invalid()),
                }
            }
            _ => first,
        };
        char::from_u32(code).ok_or_else(invalid)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
        self.at += 4;
        digits.iter().try_fold(0, |code, &digit| Some(code << 4 | char::from(digit).to_digit(16)?))
    }

    /// Reads a number, as it is written. Like the official SDK it takes what Rust takes: zeros at the
    /// start, and a point with no digit behind it, though JSON has neither.
    pub fn number(&mut self) -> Result<&'a str, Error> {
        let text = self.number_text()?;
        let is_valid = text.parse::<f64>().is_ok();
        let start = self.at - text.len();
        if is_valid { Ok(text) } else { Err(Error::new("an invalid number").at(start)) }
    }

    /// The same for a caller that finds out itself whether it is a valid one.
    #[inline]
    pub(super) fn number_text(&mut self) -> Result<&'a str, Error> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.expected("a number"));
        }
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'0'..=b'9' | b'.' | b'e' | b'E' => {}
                b'+' | b'-' if matches!(bytes.get(at - 1), Some(b'e' | b'E')) => {}
                _ => break,
            }
            at += 1;
        }
        self.at = at;
        self.slice(start, at)
    }

    fn slice(&self, start: usize, end: usize) -> Result<&'a str, Error> {
        // Both ends are ASCII bytes, so this never fails; but it isn't worth a panic.
        self.text.get(start..end).ok_or_else(|| Error::new("not valid UTF-8").at(start))
    }

    /// Steps over a value of any kind.
    pub fn skip(&mut self) -> Result<(), Error> {
        self.skip_nested(0)
    }

    fn skip_nested(&mut self, depth: usize) -> Result<(), Error> {
        if depth > MAX_SKIPPED_DEPTH {
            return Err(too_deep(self.at));
        }
        match self.peek() {
            Some(b'{') => {
                self.open_object()?;
                let mut first = true;
                while self.next_entry(&mut first)? {
                    self.skip_string()?;
                    self.colon()?;
                    self.skip_nested(depth + 1)?;
                }
                Ok(())
            }
            Some(b'[') => {
                self.open_array()?;
                let mut first = true;
                while self.next_element(&mut first)? {
                    self.skip_nested(depth + 1)?;
                }
                Ok(())
            }
            Some(b'"') => self.skip_string(),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            Some(b't' | b'f') => self.boolean().map(drop),
            Some(b'n') => self.null().map(drop),
            _ => Err(self.expected("a value")),
        }
    }

    /// Steps over a string without unescaping it.
    fn skip_string(&mut self) -> Result<(), Error> {
        if !self.take(b'"') {
            return Err(self.expected("a string"));
        }
        loop {
            self.at += special(self.text.as_bytes().get(self.at..).unwrap_or_default());
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                // Whether it is a right escape matters to nobody: the official SDK doesn't look either.
                Some(b'\\') => self.at = (self.at + 2).min(self.text.len()),
                Some(_) => return Err(Error::new("a control character in a string").at(self.at)),
                None => return Err(Error::new("a string without its end").at(self.at)),
            }
        }
    }

    /// Steps over the colon between a key and its value.
    #[inline]
    fn colon(&mut self) -> Result<(), Error> {
        if self.take(b':') { Ok(()) } else { Err(self.expected("`:`")) }
    }

    /// Steps into an object, or says that one was expected.
    #[inline]
    pub fn open_object(&mut self) -> Result<(), Error> {
        if self.take(b'{') { Ok(()) } else { Err(self.expected("an object")) }
    }

    /// Steps into an array, or says that one was expected.
    #[inline]
    pub fn open_array(&mut self) -> Result<(), Error> {
        if self.take(b'[') { Ok(()) } else { Err(self.expected("an array")) }
    }

    /// Steps to the key of the next entry of an object, and says whether there is one; `first`
    /// starts out as true.
    #[inline]
    pub fn next_entry(&mut self, first: &mut bool) -> Result<bool, Error> {
        self.next(first, b'}', "`,` or `}`")
    }

    /// Steps to the next element of an array, and says whether there is one; `first` starts out as
    /// true.
    #[inline]
    pub fn next_element(&mut self, first: &mut bool) -> Result<bool, Error> {
        self.next(first, b']', "`,` or `]`")
    }

    #[inline]
    fn next(&mut self, first: &mut bool, close: u8, expected: &str) -> Result<bool, Error> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                *first = false;
                Ok(false)
            }
            Some(b',') if !*first => {
                self.at += 1;
                // A comma promises another one.
                if self.peek() == Some(close) { Err(self.expected("a value")) } else { Ok(true) }
            }
            Some(_) if std::mem::take(first) => Ok(true),
            _ => Err(self.expected(expected)),
        }
    }

    /// Reads the key of an entry and the colon behind it.
    #[inline]
    pub fn key(&mut self) -> Result<Cow<'a, str>, Error> {
        let key = self.string()?;
        self.colon()?;
        Ok(key)
    }

    /// Expects that nothing but white space is left.
    pub fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end")),
        }
    }
}

/// Whether the text is a number by the grammar of JSON.
pub(super) fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || whole > 1 && rest.starts_with('0') {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let count = digits(exponent);
        return count > 0 && count == exponent.len();
    }
    rest.is_empty()
}

/// A JSON number as the document type has it. Whole numbers beyond 64 bits become floats.
pub(super) fn document_number(text: &str) -> Option<Number> {
    if let Ok(value) = text.parse::<u64>() {
        return Some(Number::PosInt(value));
    }
    if let Ok(value) = text.parse::<i64>() {
        return Some(Number::NegInt(value));
    }
    text.parse::<f64>().ok().map(Number::Float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_finds_what_a_byte_loop_finds() {
        for length in 0..40 {
            for byte in [b'"', b'\\', 0, 0x1F, b'\n'] {
                for at in 0..length {
                    let mut bytes = vec![0xC3; length];
                    bytes[at] = byte;
                    assert_eq!(special(&bytes), at);
                    bytes[length - 1] = b'"';
                    assert_eq!(special(&bytes), at);
                }
            }
            assert_eq!(special(&vec![b' '; length]), length);
            assert_eq!(special(&vec![0x7F; length]), length);
            assert_eq!(special(&vec![0xFF; length]), length);
        }
    }

    #[test]
    fn numbers_follow_the_grammar() {
        for good in ["0", "-0", "10", "0.5", "1e9", "1E+9", "-1.25e-7"] {
            assert!(is_number(good), "{good}");
            assert_eq!(Scanner::new(good).number().unwrap(), good);
        }
        for bad in ["", "-", "01", "1.", ".5", "1e", "1e+", "+1", "-a", "00", "1.e5", "1e5.", "1 "]
        {
            assert!(!is_number(bad), "{bad}");
        }
        for lenient in ["01", "1.", "1.e5"] {
            assert_eq!(Scanner::new(lenient).number().unwrap(), lenient);
        }
        for bad in ["", "-", ".5", "1e", "1e+", "+1", "-a", "1.2.3", "1e5.", "1ee5"] {
            assert!(Scanner::new(bad).number().is_err(), "{bad}");
        }
    }

    #[test]
    fn strings_unescape() {
        let read = |text| Scanner::new(text).string().map(Cow::into_owned);
        assert_eq!(read(r#""a\"\\\/\b\f\n\r\tz""#).unwrap(), "a\"\\/\u{8}\u{c}\n\r\tz");
        assert_eq!(read(r#""\u00e9\ud83d\ude00""#).unwrap(), "é😀");
        for bad in [
            r#""\ud83d""#,
            r#""\ud83dx12345""#,
            r#""\ude00""#,
            r#""\u12"#,
            r#""\x""#,
            "\"\n\"",
            "\"a",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert_eq!(read(r#""\u+123""#).unwrap_err().offset(), Some(1));
    }

    #[test]
    fn skipping_is_bounded() {
        let deep = "[".repeat(100_000);
        assert_eq!(Scanner::new(&deep).skip().unwrap_err().message(), "nested too deeply");
        assert!(Scanner::new(r#"{"a":[1,{"b":null}],"c":"\"}"}"#).skip().is_ok());
    }
}
