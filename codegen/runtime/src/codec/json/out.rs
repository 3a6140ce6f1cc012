//! The buffer that JSON is written to. It must not know shapes.
//!
//! Requests are many short pieces: a quote, a name, a quote, a colon. Each piece asks for room once
//! and is copied in steps of a fixed size, which costs half of what `Vec::push` and `memcpy` do.

use super::scan::{has_special, special, word_has_special};
use crate::codec::buffer::Buffer;

/// What is written so far.
#[derive(Debug)]
pub(super) struct Out(Buffer);

impl Out {
    pub(super) fn new() -> Self {
        Self(Buffer::new())
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Text as it is.
    pub(super) fn raw(&mut self, text: &[u8]) {
        self.0.raw(text);
    }

    /// The key of an entry, after a comma unless it is the first. Nothing in it needs escaping.
    #[inline]
    pub(super) fn plain_key(&mut self, first: bool, name: &str) {
        let (comma, name) = (usize::from(!first), name.as_bytes());
        let length = comma + name.len() + 3;
        let room = self.0.room(length);
        room[0] = b',';
        let room = &mut room[comma..];
        room[0] = b'"';
        copy(&mut room[1..], name);
        room[name.len() + 1] = b'"';
        room[name.len() + 2] = b':';
        self.0.advance(length);
    }

    /// A string that holds nothing that must be escaped.
    #[inline]
    pub(super) fn plain_string(&mut self, text: &[u8]) {
        let room = self.0.room(text.len() + 2);
        room[0] = b'"';
        copy(&mut room[1..], text);
        room[text.len() + 1] = b'"';
        self.0.advance(text.len() + 2);
    }

    /// A string, escaped where it must be.
    #[inline]
    pub(super) fn string(&mut self, text: &str) {
        let text = text.as_bytes();
        let room = self.0.room(text.len() + 2);
        room[0] = b'"';
        if copy_clean(&mut room[1..], text) {
            room[text.len() + 1] = b'"';
            self.0.advance(text.len() + 2);
        } else {
            self.escaped_string(text);
        }
    }

    fn escaped_string(&mut self, text: &[u8]) {
        self.push(b'"');
        let mut rest = text;
        loop {
            let (plain, after) = rest.split_at(special(rest));
            self.raw(plain);
            let Some((&byte, after)) = after.split_first() else { break };
            self.escape(byte);
            rest = after;
        }
        self.push(b'"');
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            0x0C => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => return self.raw(format!("\\u{byte:04x}").as_bytes()),
        };
        self.raw(&[b'\\', short]);
    }
}

/// Copies `text` to the start of `room`, which is at least as long.
#[inline]
fn copy(room: &mut [u8], text: &[u8]) {
    copy_checked::<false>(room, text);
}

/// The same; false, with part of it copied, if something in it must be escaped.
#[inline]
fn copy_clean(room: &mut [u8], text: &[u8]) -> bool {
    copy_checked::<true>(room, text)
}

#[inline]
fn copy_checked<const CHECK: bool>(room: &mut [u8], text: &[u8]) -> bool {
    let room = &mut room[..text.len()];
    let (chunks, rest) = text.as_chunks::<16>();
    let (rooms, room_rest) = room.as_chunks_mut::<16>();
    for (room, chunk) in rooms.iter_mut().zip(chunks) {
        *room = *chunk;
        if CHECK && has_special(chunk) {
            return false;
        }
    }
    // What is left is copied in chunks that overlap, as far as there are any.
    let mut dirty = false;
    if let (Some(first), Some(last)) = (rest.first_chunk::<8>(), rest.last_chunk::<8>()) {
        if let Some(room) = room_rest.first_chunk_mut::<8>() {
            *room = *first;
        }
        if let Some(room) = room_rest.last_chunk_mut::<8>() {
            *room = *last;
        }
        dirty = CHECK && (word_has_special(*first) || word_has_special(*last));
    } else if let (Some(first), Some(last)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        if let Some(room) = room_rest.first_chunk_mut::<4>() {
            *room = *first;
        }
        if let Some(room) = room_rest.last_chunk_mut::<4>() {
            *room = *last;
        }
        let [a, b, c, d] = *first;
        let [e, f, g, h] = *last;
        dirty = CHECK && word_has_special([a, b, c, d, e, f, g, h]);
    } else {
        for (room, byte) in room_rest.iter_mut().zip(rest) {
            *room = *byte;
            dirty |= CHECK && has_special(&[*byte]);
        }
    }
    !dirty
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::buffer::INITIAL;

    #[test]
    fn strings_of_all_lengths() {
        for length in 0..70 {
            let text: String = ('a'..='z').cycle().take(length).collect();
            let mut out = Out::new();
            out.string(&text);
            out.plain_string(text.as_bytes());
            out.plain_key(true, &text);
            out.plain_key(false, &text);
            let expected = format!("\"{text}\"\"{text}\"\"{text}\":,\"{text}\":");
            assert_eq!(String::from_utf8(out.into_bytes()).unwrap(), expected);
            for at in 0..length {
                let mut escaped = text.clone();
                escaped.replace_range(at..=at, "\n");
                let mut out = Out::new();
                out.string(&escaped);
                let expected = format!("\"{}\"", escaped.replace('\n', "\\n"));
                assert_eq!(String::from_utf8(out.into_bytes()).unwrap(), expected);
            }
        }
    }

    #[test]
    fn grows() {
        let mut out = Out::new();
        let text = "x".repeat(INITIAL - 3);
        out.string(&text);
        out.push(b'1');
        out.push(b'2');
        out.string(&text.repeat(5));
        assert_eq!(out.into_bytes().len(), 6 * text.len() + 6);
    }
}
