//! The buffer that CBOR is written to. It must not know shapes.
//!
//! Requests are many short pieces. Each asks for room once, for head and content together, and is
//! copied in steps of a fixed size, which costs half of what `Vec::push` and `memcpy` do.

use super::major;
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

    /// An item of one byte.
    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// An item of one byte and a number of a fixed width.
    #[inline]
    pub(super) fn fixed<const N: usize>(&mut self, first: u8, number: [u8; N]) {
        if let Some((head, rest)) = self.0.room(1 + N).split_first_mut() {
            *head = first;
            rest.copy_from_slice(&number);
        }
        self.0.advance(1 + N);
    }

    /// The first bytes of an item, in the shortest form.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "checked to fit")]
    pub(super) fn head(&mut self, major: u8, argument: u64) {
        let major = major << 5;
        match argument {
            0..24 => self.push(major | argument as u8),
            24..0x100 => self.fixed(major | 24, (argument as u8).to_be_bytes()),
            0x100..0x1_0000 => self.fixed(major | 25, (argument as u16).to_be_bytes()),
            0x1_0000..0x1_0000_0000 => self.fixed(major | 26, (argument as u32).to_be_bytes()),
            _ => self.fixed(major | 27, argument.to_be_bytes()),
        }
    }

    #[inline]
    pub(super) fn text(&mut self, text: &str) {
        self.string(major::TEXT, text.as_bytes());
    }

    /// Text or bytes, with their length before them.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "checked to fit")]
    pub(super) fn string(&mut self, major: u8, bytes: &[u8]) {
        let length = bytes.len();
        match self.0.room_left() {
            [head, room @ ..] if length < 24 && length <= room.len() => {
                *head = major << 5 | length as u8;
                copy(&mut room[..length], bytes);
                self.0.advance(1 + length);
            }
            [head, next, room @ ..] if (24..0x100).contains(&length) && length <= room.len() => {
                *head = major << 5 | 24;
                *next = length as u8;
                copy(&mut room[..length], bytes);
                self.0.advance(2 + length);
            }
            _ => self.long_string(major, bytes),
        }
    }

    /// The same if they are long, or there is no room.
    #[inline(never)]
    fn long_string(&mut self, major: u8, bytes: &[u8]) {
        self.head(major, bytes.len() as u64);
        self.0.raw(bytes);
    }
}

/// Copies `bytes` to `room`, which is as long: in chunks of a fixed size of which the last ones overlap.
#[inline]
fn copy(room: &mut [u8], bytes: &[u8]) {
    if let Some(last) = bytes.last_chunk::<16>() {
        let (rooms, _) = room.as_chunks_mut::<16>();
        for (room, chunk) in rooms.iter_mut().zip(bytes.as_chunks::<16>().0) {
            *room = *chunk;
        }
        if let Some(room) = room.last_chunk_mut::<16>() {
            *room = *last;
        }
    } else if !copy_ends::<8>(room, bytes) && !copy_ends::<4>(room, bytes) {
        for (room, byte) in room.iter_mut().zip(bytes) {
            *room = *byte;
        }
    }
}

/// Copies the first and the last `N` bytes, if there are so many.
#[inline]
fn copy_ends<const N: usize>(room: &mut [u8], bytes: &[u8]) -> bool {
    let (Some(first), Some(last)) = (bytes.first_chunk::<N>(), bytes.last_chunk::<N>()) else {
        return false;
    };
    if let Some(room) = room.first_chunk_mut::<N>() {
        *room = *first;
    }
    if let Some(room) = room.last_chunk_mut::<N>() {
        *room = *last;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::buffer::INITIAL;

    #[test]
    fn strings_of_all_lengths() {
        for length in (0..300).chain([65_535, 65_536, 70_000]) {
            let text: String = ('a'..='z').cycle().take(length).collect();
            let mut out = Out::new();
            out.text(&text);
            out.string(major::BYTES, text.as_bytes());
            let mut expected = minicbor::Encoder::new(Vec::new());
            expected.str(&text).unwrap().bytes(text.as_bytes()).unwrap();
            assert_eq!(out.into_bytes(), expected.into_writer());
        }
    }

    #[test]
    fn heads_take_the_shortest_form() {
        for bits in 0..64 {
            for argument in [(1_u64 << bits) - 1, 1 << bits] {
                let mut out = Out::new();
                out.head(major::POSITIVE, argument);
                let mut expected = minicbor::Encoder::new(Vec::new());
                expected.u64(argument).unwrap();
                assert_eq!(out.into_bytes(), expected.into_writer());
            }
        }
    }

    #[test]
    fn grows_at_every_place() {
        for before in INITIAL - 40..INITIAL + 40 {
            let mut out = Out::new();
            for _ in 0..before {
                out.push(0xF6);
            }
            out.text("twelve bytes");
            out.fixed(0xFB, [7; 8]);
            let expected = [&vec![0xF6; before][..], b"\x6Ctwelve bytes\xFB", &[7; 8]].concat();
            assert_eq!(out.into_bytes(), expected);
        }
    }
}
