//! The member that is the body:
//! [`@httpPayload`](https://smithy.io/2.0/spec/http-bindings.html#httppayload-trait). It must not
//! know what else a message has.

use aws_smithy_types::Blob;
use aws_smithy_types::byte_stream::ByteStream;

use crate::codec::{self, Codec};
use crate::error::Error;
use crate::event_stream;
use crate::schema::{Member, Payload, XmlNamespace};
use crate::value::{Ref, Slot, Value};

const BYTES: &str = "application/octet-stream";
const TEXT: &str = "text/plain";

/// A body and its media type.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// The body that carries this value: the bytes of a blob or string as they are, a document of anything
/// else.
///
/// # Errors
/// If the value can't be written, or is a stream that isn't in memory.
pub(super) fn write(
    codec: &dyn Codec,
    member: &'static Member,
    value: Ref<'_>,
    namespace: Option<XmlNamespace>,
) -> Result<Body, Error> {
    let (media_type, bytes) = match value {
        Ref::Blob(blob) => (BYTES, blob.as_ref().to_vec()),
        Ref::Stream(stream) => (BYTES, codec::buffered(stream)?.to_vec()),
        // The events follow the head.
        Ref::EventStream(_) => (event_stream::MEDIA_TYPE, Vec::new()),
        Ref::String(text) => (TEXT, text.as_bytes().to_vec()),
        Ref::Enum(value) => (TEXT, value.as_str().as_bytes().to_vec()),
        value => (codec.media_type(), codec.write_payload(member, value, namespace)?),
    };
    Ok(Body { media_type: member.media_type().unwrap_or(media_type), bytes })
}

/// The body of a request whose payload isn't set. Like the official SDK it says what would be there;
/// in the place of a structure stands `structure`.
pub(super) fn unset(codec: &dyn Codec, member: &Member, structure: &'static [u8]) -> Option<Body> {
    let (media_type, bytes) = match member.payload()? {
        Payload::Blob => (BYTES, Vec::new()),
        Payload::String => (TEXT, Vec::new()),
        Payload::Structure => (codec.media_type(), structure.to_vec()),
        Payload::Document => (codec.media_type(), Vec::new()),
    };
    Some(Body { media_type: member.media_type().unwrap_or(media_type), bytes })
}

/// Reads what [`write`] wrote. An empty body is a payload that isn't set.
///
/// # Errors
/// If the body isn't one of the member's type.
pub(super) fn read(
    codec: &dyn Codec,
    member: &'static Member,
    body: &[u8],
    value: &mut dyn Value,
) -> Result<(), Error> {
    if body.is_empty() {
        return Ok(());
    }
    match value.slot() {
        Slot::Blob(blob) => *blob = Blob::new(body),
        Slot::Stream(stream) => *stream = ByteStream::from(body.to_vec()),
        Slot::EventStream(_) => {}
        Slot::String(string) => text(body)?.clone_into(string),
        Slot::Enum(value) => value.set(text(body)?),
        _ => codec.read_payload(body, member, value)?,
    }
    Ok(())
}

fn text(body: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(body).map_err(|error| {
        Error::new("the body isn't UTF-8").at(error.valid_up_to()).caused_by(error)
    })
}
