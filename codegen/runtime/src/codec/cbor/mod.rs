//! CBOR ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949)), as the protocol RPC v2 CBOR uses it. It
//! must not know HTTP or any shape.
//!
//! Reading takes hostile input: nesting is limited, a claimed length never makes room for more than
//! the bytes that came, nothing panics, and an error says where in the bytes and in which member it
//! happened.

mod number;
mod out;
mod read;
mod scan;
mod write;

pub(crate) use read::ErrorBody;
pub use read::{Reader, read, read_part, read_value};
pub use scan::{Length, Number, Scanner};
pub use write::{Writer, write, write_part, write_value};

pub use super::MAX_DEPTH;
use super::{Codec, Part};
use crate::error::Error;
use crate::schema::{Member, XmlNamespace};
use crate::value::{Ref, Structure, Value};

/// The kinds of data items: the three high bits of an item's first byte.
mod major {
    pub(super) const POSITIVE: u8 = 0;
    pub(super) const NEGATIVE: u8 = 1;
    pub(super) const BYTES: u8 = 2;
    pub(super) const TEXT: u8 = 3;
    pub(super) const LIST: u8 = 4;
    pub(super) const MAP: u8 = 5;
    pub(super) const TAG: u8 = 6;
    pub(super) const SIMPLE: u8 = 7;
}

/// Items that are one byte each.
mod item {
    pub(super) const FALSE: u8 = 0xF4;
    pub(super) const TRUE: u8 = 0xF5;
    pub(super) const NULL: u8 = 0xF6;
    pub(super) const UNDEFINED: u8 = 0xF7;
    pub(super) const HALF: u8 = 0xF9;
    pub(super) const SINGLE: u8 = 0xFA;
    pub(super) const DOUBLE: u8 = 0xFB;
    pub(super) const BREAK: u8 = 0xFF;
    /// The start of a map of indefinite length.
    pub(super) const OPEN_MAP: u8 = 0xBF;
}

/// What the tags mean that the protocol knows.
mod tag {
    pub(super) const TIMESTAMP: u64 = 1;
    pub(super) const POSITIVE_BIGNUM: u64 = 2;
    pub(super) const NEGATIVE_BIGNUM: u64 = 3;
    pub(super) const DECIMAL_FRACTION: u64 = 4;
}

#[cold]
fn no_documents() -> Error {
    Error::new("CBOR has no form for values of the type document")
}

/// CBOR as the document that a message's body or payload holds.
#[derive(Debug)]
pub struct Cbor;

impl Codec for Cbor {
    fn media_type(&self) -> &'static str {
        "application/cbor"
    }

    fn write(
        &self,
        structure: &dyn Structure,
        part: Part,
        _namespace: Option<XmlNamespace>,
    ) -> Result<Vec<u8>, Error> {
        write_part(structure, part)
    }

    fn read(&self, body: &[u8], part: Part, structure: &mut dyn Structure) -> Result<(), Error> {
        read_part(body, structure, part)
    }

    fn write_payload(
        &self,
        member: &'static Member,
        value: Ref<'_>,
        _namespace: Option<XmlNamespace>,
    ) -> Result<Vec<u8>, Error> {
        write_value(member, value)
    }

    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        read_value(body, member, value)
    }
}
