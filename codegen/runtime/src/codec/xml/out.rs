//! The buffer that XML is written to. It must not know shapes.

use crate::error::Error;

/// Most requests fit; one that doesn't is seldom just a little longer.
const INITIAL: usize = 1024;

/// Bytes written so far.
#[derive(Debug)]
pub(super) struct Out(Vec<u8>);

impl Out {
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(INITIAL))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Text as it is.
    #[inline]
    pub(super) fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// `</name>`
    #[inline]
    pub(super) fn end(&mut self, name: &str) {
        self.0.reserve(name.len() + 3);
        self.0.extend_from_slice(b"</");
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'>');
    }

    /// Text, escaped where it must be.
    ///
    /// # Errors
    /// If it has a character that XML can't hold.
    #[inline]
    pub(super) fn text(&mut self, text: &str) -> Result<(), Error> {
        let plain = special(text.as_bytes());
        match text.split_at_checked(plain) {
            Some((plain, rest)) if !rest.is_empty() => {
                self.raw(plain);
                self.escaped(rest)
            }
            _ => {
                self.raw(text);
                Ok(())
            }
        }
    }

    /// Text whose first character may need escaping.
    fn escaped(&mut self, text: &str) -> Result<(), Error> {
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            match (entity(character), character) {
                (Some(entity), _) => self.raw(entity),
                // The ends of lines, which a reader is free to change where they aren't escaped.
                (_, '\n') => self.raw("&#xA;"),
                (_, '\r') => self.raw("&#xD;"),
                (_, '\u{85}') => self.raw("&#x85;"),
                (_, '\u{2028}') => self.raw("&#x2028;"),
                (_, '\t') => self.push(b'\t'),
                (_, '\0'..' ' | '\u{FFFE}' | '\u{FFFF}') => return Err(unspeakable(character)),
                (_, other) => self.raw(other.encode_utf8(&mut [0; 4])),
            }
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            let plain = special(rest.as_bytes());
            let (plain, after) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            self.raw(plain);
            rest = after;
        }
        Ok(())
    }

    /// A URI of the model, in which nothing but the predefined entities needs escaping.
    pub(super) fn uri(&mut self, uri: &str) {
        for character in uri.chars() {
            self.raw(entity(character).unwrap_or(character.encode_utf8(&mut [0; 4])));
        }
    }
}

/// The predefined entity that stands for this character.
fn entity(character: char) -> Option<&'static str> {
    Some(match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&apos;",
        _ => return None,
    })
}

#[cold]
fn unspeakable(character: char) -> Error {
    let code = u32::from(character);
    Error::new(format!("the character U+{code:04X} can't be written: XML has no way to say it"))
}

/// Whether a character that begins with this byte may need escaping.
#[inline]
const fn is_special(byte: u8) -> bool {
    // The last three begin U+0085, U+2028, U+FFFE and U+FFFF among many others.
    byte < 0x20 || matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0xC2 | 0xE2 | 0xEF)
}

/// Written so that the compiler looks at all of them at once.
#[inline]
fn has_special<const N: usize>(chunk: &[u8; N]) -> bool {
    chunk.iter().fold(false, |found, &byte| found | is_special(byte))
}

/// The position of the first special byte; the length if there is none.
#[inline]
fn special(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some((chunk, _)) = bytes.get(at..).and_then(<[u8]>::split_first_chunk::<16>) {
        if has_special(chunk) {
            break;
        }
        at += 16;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Result<String, Error> {
        let mut out = Out::new();
        out.text(text)?;
        Ok(String::from_utf8(out.into_bytes()).unwrap())
    }

    #[test]
    fn escapes() {
        assert_eq!(text("a<b>&\"c\"'d'").unwrap(), "a&lt;b&gt;&amp;&quot;c&quot;&apos;d&apos;");
        assert_eq!(text("\t\r\n\u{85}\u{2028}").unwrap(), "\t&#xD;&#xA;&#x85;&#x2028;");
        assert_eq!(text("é“ﬁ\u{A0}\u{FFFD}😀&").unwrap(), "é“ﬁ\u{A0}\u{FFFD}😀&amp;");
        for bad in ['\0', '\u{1}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
            let error = text(&format!("some text {bad}")).unwrap_err();
            assert!(error.message().contains(&format!("U+{:04X}", u32::from(bad))));
        }
    }

    #[test]
    fn texts_of_all_lengths() {
        for length in 0..70 {
            let plain: String = ('a'..='z').cycle().take(length).collect();
            assert_eq!(text(&plain).unwrap(), plain);
            for at in 0..length {
                for (special, escaped) in [("&", "&amp;"), ("\u{85}", "&#x85;"), ("“", "“")] {
                    let (mut from, mut to) = (plain.clone(), plain.clone());
                    from.replace_range(at..=at, special);
                    to.replace_range(at..=at, escaped);
                    assert_eq!(text(&from).unwrap(), to);
                }
            }
        }
    }
}
