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
    let claimed = match bytes.first_chunk::<4>() {
        Some(length) => u32::from_be_bytes(*length) as usize,
        None => return Err(cut_off(bytes.len(), SMALLEST)),
    };
    if claimed < SMALLEST {
        return Err(Error::new(format!(
            "a message of a stream has at least {SMALLEST} bytes, this one says that it has {claimed}"
        ))
        .at(0));
    }
    let Some(message) = bytes.get(..claimed) else { return Err(cut_off(bytes.len(), claimed)) };
    match read_message_from(message) {
        Ok(message) => Ok((message, claimed)),
        Err(error) => Err(Error::new(format!("not a message of a stream: {error}")).at(0)),
    }
}

#[cold]
fn cut_off(there: usize, expected: usize) -> Error {
    Error::new(format!("the message is cut off: it has {expected} bytes, of which {there} are there"))
        .at(there)
}
