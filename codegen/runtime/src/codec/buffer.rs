//! A growing buffer for formats of many short pieces, where `Vec::push` and `memcpy` for each piece would
//! cost twice as much. It must not know any format.

/// Most requests fit; one that doesn't is seldom just a little longer.
pub(super) const INITIAL: usize = 2048;

/// So many bytes are initialized first, and so many at a time at most: memory that isn't written to needn't be there.
const FIRST: usize = 512;
const AHEAD: usize = 1 << 14;

/// Bytes written so far: the first `at` of `bytes`, all of which are initialized.
#[derive(Debug)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    at: usize,
}

impl Buffer {
    pub(super) fn new() -> Self {
        let mut bytes = Vec::with_capacity(INITIAL);
        bytes.resize(FIRST, 0);
        Self { bytes, at: 0 }
    }

    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.at);
        self.bytes
    }

    /// Room for `length` more bytes, which count once they are [written](Self::advance).
    #[inline]
    pub(super) fn room(&mut self, length: usize) -> &mut [u8] {
        if self.bytes.len() - self.at < length {
            self.grow(length);
        }
        &mut self.bytes[self.at..self.at + length]
    }

    /// The room that there is without growing.
    #[cfg(feature = "cbor")]
    #[inline]
    pub(super) fn room_left(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.at..).unwrap_or_default()
    }

    /// Says that so many bytes of the room are written.
    #[inline]
    pub(super) fn advance(&mut self, length: usize) {
        self.at += length;
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, length: usize) {
        let needed = self.at + length;
        if needed > self.bytes.capacity() {
            let capacity = self.bytes.capacity();
            let capacity = capacity * if capacity == INITIAL { 4 } else { 2 };
            self.bytes.reserve_exact(capacity.max(needed) - self.bytes.len());
        }
        let length = self.bytes.len();
        let ahead = (length + length.min(AHEAD)).min(self.bytes.capacity());
        self.bytes.resize(ahead.max(needed), 0);
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.room(1)[0] = byte;
        self.at += 1;
    }

    /// Bytes as they are.
    #[inline]
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.room(bytes.len()).copy_from_slice(bytes);
        self.at += bytes.len();
    }
}
