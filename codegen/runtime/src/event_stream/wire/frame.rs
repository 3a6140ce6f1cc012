//! Messages as bytes, and streams of them: see the
//! [message format](https://smithy.io/2.0/aws/amazon-eventstream.html#message-format). It must not know
//! what a message means.

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_eventstream::message_size_hint::MessageSizeHint as _;

use crate::error::Error;
use crate::event_stream::Message;

/// The bytes of a message without headers or payload: two lengths and two checksums.
const SMALLEST: usize = 16;

/// The bytes of a message.
pub(super) fn write(message: &Message) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(message.size_hint());
    write_message_to(message, &mut bytes)
        .map_err(|error| Error::new("the message of an event can't be written").caused_by(error))?;
    Ok(bytes)
}

/// The message that these bytes are.
pub(super) fn read_one(bytes: &[u8]) -> Result<Message, Error> {
    let (message, length) = read_first(bytes)?;
    if length == bytes.len() {
        return Ok(message);
    }
    Err(Error::new("expected one message, found more after it").at(length))
}

/// All messages that these bytes are.
pub(super) fn read_all(bytes: &[u8]) -> Result<Vec<Message>, Error> {
    let (mut messages, mut at) = (Vec::new(), 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (message, length) = read_first(rest).map_err(|error| {
            let offset = at + error.offset().unwrap_or(0);
            error.at(offset)
        })?;
        messages.push(message);
        at += length;
    }
    Ok(messages)
}

/// The message at the start of these bytes, and its length. The bytes after it aren't looked at.
pub(super) fn read_first(bytes: &[u8]) -> Result<(Message, usize), Error> {
    let length = length(bytes)?.unwrap_or(SMALLEST);
    let Some(message) = bytes.get(..length) else {
        return Err(Error::new(format!(
            "the message is cut off: it has {length} bytes, of which {} are there",
            bytes.len()
        ))
        .at(bytes.len()));
    };
    match read_message_from(message) {
        Ok(message) => Ok((message, length)),
        Err(error) => Err(invalid(&error)),
    }
}

/// The length of the message at the start of these bytes, if that much of it is there: its checksum
/// tells a length from noise.
pub(super) fn length(bytes: &[u8]) -> Result<Option<usize>, Error> {
    let Some(prelude) = bytes.first_chunk::<12>() else { return Ok(None) };
    let [length, _, checksum] = [0, 4, 8].map(|at| {
        u32::from_be_bytes([prelude[at], prelude[at + 1], prelude[at + 2], prelude[at + 3]])
    });
    if crc32fast::hash(&prelude[..8]) != checksum {
        return Err(invalid("the checksum of its lengths is wrong"));
    }
    match usize::try_from(length) {
        Ok(length) if length >= SMALLEST => Ok(Some(length)),
        _ => Err(invalid(format_args!("it can't have {length} bytes"))),
    }
}

#[cold]
fn invalid(why: impl std::fmt::Display) -> Error {
    Error::new(format!("not a message of a stream: {why}")).at(0)
}
