//! A form as its pairs, which are decoded and brought together part by part of their keys, as far as
//! somebody asks. It must not know shapes.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::shown;
use crate::error::Error;

/// The pairs of a form. Besides the keys' text, it takes 20 bytes a pair.
#[derive(Debug)]
pub struct Form<'a> {
    text: Text<'a>,
    pairs: Vec<Pair>,
}

/// What the pairs of a form refer to.
#[derive(Debug)]
pub(super) struct Text<'a> {
    body: &'a [u8],
    /// The decoded keys, one after the other; each of them is UTF-8.
    keys: Vec<u8>,
}

/// A pair. Its value is decoded when it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// Where the key starts and ends in the decoded keys.
    key: (u32, u32),
    /// Where the part of the key that was [sorted](sort) last ends in the decoded keys.
    part: u32,
    /// Where the key starts in the body.
    offset: u32,
    /// Where the value starts in the body.
    value: u32,
}

impl Pair {
    /// Where the pair starts in the body.
    pub(super) fn offset(self) -> usize {
        self.offset as usize
    }

    /// Where its value starts in the body.
    pub(super) fn value_offset(self) -> usize {
        self.value as usize
    }

    /// Whether the key ends where the part does that was sorted last.
    pub(super) fn is_whole(self) -> bool {
        self.part == self.key.1
    }
}

impl<'a> Form<'a> {
    /// The pairs of this body. A key without `=` has an empty value, and nothing between two
    /// ampersands is no pair.
    ///
    /// # Errors
    /// If a key isn't UTF-8 or has a `%` that two hexadecimal digits don't follow, or the body is
    /// longer than 4 GiB.
    pub fn parse(body: &'a [u8]) -> Result<Self, Error> {
        if u32::try_from(body.len()).is_err() {
            return Err(Error::new("a form longer than 4 GiB"));
        }
        // A pair takes two bytes at least.
        let count = body.iter().filter(|byte| **byte == b'&').count().min(body.len() / 2) + 1;
        let text = Text { body, keys: Vec::with_capacity(body.len()) };
        let mut form = Self { text, pairs: Vec::with_capacity(count) };
        let mut at = 0;
        while let Some(byte) = body.get(at) {
            at = if *byte == b'&' { at + 1 } else { form.push(at)? };
        }
        Ok(form)
    }

    /// Adds the pair that starts at this offset, and says where it ends.
    #[expect(clippy::cast_possible_truncation, reason = "the body has been measured")]
    fn push(&mut self, offset: usize) -> Result<usize, Error> {
        let Text { body, keys } = &mut self.text;
        let start = keys.len();
        let end = decode(body, offset, |byte| matches!(byte, b'=' | b'&'), keys)?;
        if let Err(error) = std::str::from_utf8(&keys[start..]) {
            return Err(Error::new("a key that isn't UTF-8").at(offset).caused_by(error));
        }
        let value = if body.get(end) == Some(&b'=') { end + 1 } else { end };
        self.pairs.push(Pair {
            key: (start as u32, keys.len() as u32),
            part: start as u32,
            offset: offset as u32,
            value: value as u32,
        });
        let rest = &body[value..];
        Ok(value + rest.iter().position(|byte| *byte == b'&').unwrap_or(rest.len()))
    }

    /// Takes a parameter that isn't part of a shape out of the form.
    ///
    /// # Errors
    /// If it is there more than once, or its value can't be read.
    pub fn take(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, Error> {
        let (name, text) = (name.as_bytes(), &self.text);
        let mut found = self.pairs.iter().enumerate().filter(|(_, pair)| text.key(**pair) == name);
        let Some((at, pair)) = found.next() else { return Ok(None) };
        if let Some((_, again)) = found.next() {
            return Err(twice(name, again.offset()));
        }
        let value = text.value(*pair).map(Some);
        self.pairs.remove(at);
        value
    }

    /// What the pairs refer to, and all of them.
    pub(super) fn parts(&mut self) -> (&Text<'a>, &mut [Pair]) {
        (&self.text, &mut self.pairs)
    }
}

impl<'a> Text<'a> {
    /// The pair's key. It is UTF-8.
    pub(super) fn key(&self, pair: Pair) -> &[u8] {
        &self.keys[pair.key.0 as usize..pair.key.1 as usize]
    }

    /// The part of the key that was [sorted](sort) last, which starts `at` bytes into the key.
    pub(super) fn part(&self, pair: Pair, at: usize) -> &[u8] {
        self.keys.get(pair.key.0 as usize + at..pair.part as usize).unwrap_or_default()
    }

    /// The pair's value.
    pub(super) fn value(&self, pair: Pair) -> Result<Cow<'a, str>, Error> {
        let start = pair.value_offset();
        let rest = &self.body[start..];
        let plain = rest.iter().position(|byte| matches!(byte, b'&' | b'%' | b'+'));
        let plain = &rest[..plain.unwrap_or(rest.len())];
        let invalid = |error: std::str::Utf8Error| {
            Error::new("a value that isn't UTF-8").at(start).caused_by(error)
        };
        if matches!(rest.get(plain.len()), None | Some(b'&')) {
            return std::str::from_utf8(plain).map(Cow::Borrowed).map_err(invalid);
        }
        let mut decoded = Vec::with_capacity(plain.len() + 32);
        decode(self.body, start, |byte| byte == b'&', &mut decoded)?;
        match String::from_utf8(decoded) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => Err(invalid(error.utf8_error())),
        }
    }
}

/// A parameter is there more than once.
#[cold]
pub(super) fn twice(key: &[u8], offset: usize) -> Error {
    Error::new(format!("the parameter `{}` comes twice", shown(key))).at(offset)
}

/// Sorts pairs whose keys are the same up to `at`, where a part of the key starts, by this part:
/// indexes by their number and before names, names by their bytes. Of the same part, pairs whose keys
/// end there come first.
///
/// Pairs in the order in which a writer writes them are sorted already, or nearly so.
#[expect(clippy::cast_possible_truncation, reason = "the keys are no longer than the body")]
pub(super) fn sort(text: &Text<'_>, pairs: &mut [Pair], at: usize) {
    for pair in &mut *pairs {
        let rest = text.key(*pair).get(at..).unwrap_or_default();
        let dot = rest.iter().position(|byte| *byte == b'.').unwrap_or(rest.len());
        pair.part = pair.key.1 - (rest.len() - dot) as u32;
    }
    pairs.sort_by(|a, b| {
        let parts = order(text.part(*a, at), text.part(*b, at));
        parts.then_with(|| b.is_whole().cmp(&a.is_whole()))
    });
}

fn order(a: &[u8], b: &[u8]) -> Ordering {
    match (is_index(a), is_index(b)) {
        (true, true) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.cmp(b),
    }
}

fn is_index(part: &[u8]) -> bool {
    !part.is_empty() && part.iter().all(u8::is_ascii_digit)
}

/// Appends what starts at `start` of the body, without its percent-encoding, up to a byte that is an
/// end or to the end of the body, and says where that is.
#[inline]
fn decode(
    body: &[u8],
    start: usize,
    is_end: impl Fn(u8) -> bool,
    out: &mut Vec<u8>,
) -> Result<usize, Error> {
    let mut at = start;
    loop {
        let rest = body.get(at..).unwrap_or_default();
        let plain = rest.iter().position(|byte| is_end(*byte) || matches!(byte, b'%' | b'+'));
        let (plain, after) = rest.split_at(plain.unwrap_or(rest.len()));
        out.extend_from_slice(plain);
        at += plain.len();
        match after {
            [b'+', ..] => {
                out.push(b' ');
                at += 1;
            }
            [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(digit(*high) << 4 | digit(*low));
                at += 3;
            }
            [b'%', ..] => {
                return Err(Error::new("expected two hexadecimal digits after `%`").at(at));
            }
            _ => return Ok(at),
        }
    }
}

/// The value of a hexadecimal digit.
fn digit(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_sorted_by_a_part() {
        let mut form = Form::parse(b"x.b&x.10&x.9.z&x.1a&x.010&x.9.y&x.9&x.&x.b-a.1&x.9").unwrap();
        let (text, pairs) = form.parts();
        sort(text, pairs, 2);
        let keys: Vec<_> = pairs.iter().map(|pair| shown(text.key(*pair))).collect();
        let expected =
            ["x.9", "x.9", "x.9.z", "x.9.y", "x.10", "x.010", "x.", "x.1a", "x.b", "x.b-a.1"];
        assert_eq!(keys, expected);
        assert_eq!(text.part(pairs[3], 2), b"9");
    }

    #[test]
    fn bytes_are_decoded() {
        let mut out = Vec::new();
        let end = decode(b"&a+b%2b%C3%bC%00=1", 1, |byte| byte == b'=', &mut out).unwrap();
        assert_eq!((end, &*out), (16, "a b+\u{FC}\0".as_bytes()));
        for (text, at) in [("%", 0), ("ab%4", 2), ("%41%G0", 3), ("%%41", 0), ("%+1", 0)] {
            let error = decode(text.as_bytes(), 0, |_| false, &mut Vec::new()).unwrap_err();
            assert_eq!(error.offset(), Some(at), "{text}");
        }
    }

    #[test]
    fn memory_is_bounded_by_the_body() {
        for body in ["&".repeat(1000), "a&".repeat(500), "=&".repeat(500), "%41".repeat(333)] {
            let form = Form::parse(body.as_bytes()).unwrap();
            let bytes = form.text.keys.capacity() + form.pairs.capacity() * size_of::<Pair>();
            assert!(bytes <= 11 * body.len() + 64, "{bytes} for {}", body.len());
        }
    }
}
