//! A form as its pairs, which are decoded and brought together part by part of their keys, as far as
//! somebody asks. It must not know shapes.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::shown;
use crate::error::Error;

/// The pairs of a form. Besides the keys' text, it takes 16 bytes a pair.
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
        let text = Text { body, keys: Vec::with_capacity(body.len()) };
        let mut form = Self { text, pairs: Vec::with_capacity(split(body).count()) };
        for (offset, pair) in split(body) {
            form.push(offset, pair)?;
        }
        Ok(form)
    }

    /// Adds the pair that starts at this offset.
    #[expect(clippy::cast_possible_truncation, reason = "the body has been measured")]
    fn push(&mut self, offset: usize, pair: &[u8]) -> Result<(), Error> {
        let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let keys = &mut self.text.keys;
        let start = keys.len();
        decode(&pair[..end], offset, keys)?;
        if let Err(error) = std::str::from_utf8(&keys[start..]) {
            return Err(Error::new("a key that isn't UTF-8").at(offset).caused_by(error));
        }
        self.pairs.push(Pair {
            key: (start as u32, keys.len() as u32),
            offset: offset as u32,
            value: (offset + pair.len().min(end + 1)) as u32,
        });
        Ok(())
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

    /// All pairs, with what they refer to.
    pub(super) fn parts(&mut self) -> (&Text<'a>, &mut [Pair]) {
        (&self.text, &mut self.pairs)
    }
}

impl<'a> Text<'a> {
    /// The pair's key. It is UTF-8.
    pub(super) fn key(&self, pair: Pair) -> &[u8] {
        &self.keys[pair.key.0 as usize..pair.key.1 as usize]
    }

    /// The pair's value.
    pub(super) fn value(&self, pair: Pair) -> Result<Cow<'a, str>, Error> {
        let start = pair.value_offset();
        let rest = &self.body[start..];
        let end = rest.iter().position(|byte| *byte == b'&').unwrap_or(rest.len());
        let raw = &rest[..end];
        let invalid = |error: std::str::Utf8Error| {
            Error::new("a value that isn't UTF-8").at(start).caused_by(error)
        };
        if !raw.iter().any(|byte| matches!(byte, b'%' | b'+')) {
            return std::str::from_utf8(raw).map(Cow::Borrowed).map_err(invalid);
        }
        let mut decoded = Vec::with_capacity(raw.len());
        decode(raw, start, &mut decoded)?;
        match String::from_utf8(decoded) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => Err(invalid(error.utf8_error())),
        }
    }
}

/// Sorts pairs whose keys are the same up to `at`, where a part of the key starts, by this part:
/// indexes by their number and before names, names by their bytes. Of the same part, pairs whose keys
/// end there come first.
///
/// Pairs in the order in which a writer writes them are sorted already, or nearly so.
pub(super) fn sort(text: &Text<'_>, pairs: &mut [Pair], at: usize) {
    let rest = |pair: &Pair| text.key(*pair).get(at..).unwrap_or_default();
    pairs.sort_by(|a, b| order(rest(a), rest(b)));
}

/// A parameter is there more than once.
#[cold]
pub(super) fn twice(key: &[u8], offset: usize) -> Error {
    Error::new(format!("the parameter `{}` comes twice", shown(key))).at(offset)
}

/// The parts between ampersands that aren't empty, with their offsets.
fn split(body: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut offset = 0;
    let parts = body.split(|byte| *byte == b'&').map(move |part| {
        let start = offset;
        offset += part.len() + 1;
        (start, part)
    });
    parts.filter(|(_, part)| !part.is_empty())
}

/// Appends the text, which starts at `offset` of the body, without its percent-encoding.
fn decode(text: &[u8], offset: usize, out: &mut Vec<u8>) -> Result<(), Error> {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.iter().position(|byte| matches!(byte, b'%' | b'+'));
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
            [] => {}
            _ => {
                let what = "expected two hexadecimal digits after `%`";
                return Err(Error::new(what).at(offset + at));
            }
        }
    }
    Ok(())
}

/// The value of a hexadecimal digit.
fn digit(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

/// The part of a key up to the next dot.
pub(super) fn part(key: &[u8]) -> &[u8] {
    let end = key.iter().position(|byte| *byte == b'.').unwrap_or(key.len());
    &key[..end]
}

/// The order in which [`sort`] brings two keys.
fn order(a: &[u8], b: &[u8]) -> Ordering {
    let (a_part, b_part) = (part(a), part(b));
    let parts = match (is_index(a_part), is_index(b_part)) {
        (true, true) => a_part.len().cmp(&b_part.len()).then_with(|| a_part.cmp(b_part)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a_part.cmp(b_part),
    };
    parts.then_with(|| (a.len() > a_part.len()).cmp(&(b.len() > b_part.len())))
}

fn is_index(part: &[u8]) -> bool {
    !part.is_empty() && part.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_by_a_part() {
        let sorted: [&[u8]; 12] =
            [b"1", b"1.b", b"2", b"10.a", b"010", b"", b".", b"1a", b"a", b"a.2", b"a-b.c", b"b"];
        for (index, a) in sorted.iter().enumerate() {
            for (other, b) in sorted.iter().enumerate() {
                assert_eq!(order(a, b), index.cmp(&other), "{} {}", shown(a), shown(b));
            }
        }
        assert_eq!(order(b"a.2", b"a.1"), Ordering::Equal);
    }

    #[test]
    fn bytes_are_decoded() {
        let mut out = Vec::new();
        decode(b"a+b%2b%C3%bC%00", 0, &mut out).unwrap();
        assert_eq!(out, "a b+\u{FC}\0".as_bytes());
        for (text, at) in [("%", 7), ("ab%4", 9), ("%41%G0", 10), ("%%41", 7), ("%+1", 7)] {
            let error = decode(text.as_bytes(), 7, &mut Vec::new()).unwrap_err();
            assert_eq!(error.offset(), Some(at), "{text}");
        }
    }
}
