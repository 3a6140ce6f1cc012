//! What moves events: values to messages, messages to bytes, and both the other way round. It must not
//! know any shape.

mod body;
mod documents;
mod frame;
mod header;
mod heads;
mod incoming;
mod marshal;
mod receiver;
mod sender;
#[cfg(test)]
mod tests;
mod unmarshal;

pub(crate) use documents::{normal_event, read_event, write_event};
pub(crate) use heads::{
    initial_response, into_request, parse_request, read_response, request, stream_response,
    write_response,
};
pub use receiver::EventReceiver;

use super::{Context, EventStream, EventStreamError};
use crate::error::Error;
use crate::schema::{Member, Schema};
use crate::value::{Ref, Slot, Structure, Union, Value};

/// What the names of headers are that say what a message is.
mod name {
    pub(super) const MESSAGE_TYPE: &str = ":message-type";
    pub(super) const EVENT_TYPE: &str = ":event-type";
    pub(super) const EXCEPTION_TYPE: &str = ":exception-type";
    pub(super) const CONTENT_TYPE: &str = ":content-type";
    pub(super) const ERROR_CODE: &str = ":error-code";
    pub(super) const ERROR_MESSAGE: &str = ":error-message";
}

/// What the header `:message-type` says of a message.
mod kind {
    pub(super) const EVENT: &str = "event";
    pub(super) const EXCEPTION: &str = "exception";
    pub(super) const ERROR: &str = "error";
}

impl Context {
    /// The bytes of the message that carries an event, or an error in its place.
    ///
    /// # Errors
    /// If a value can't be written, such as the `Unknown` variant of the union.
    pub fn write<T: Union, E: EventStreamError>(
        self,
        event: &Result<T, E>,
    ) -> Result<Vec<u8>, Error> {
        let message = match event {
            Ok(event) => marshal::event(self, event),
            Err(error) => marshal::error(self, error),
        };
        frame::write(&message?)
    }

    /// Reads what [`write`](Context::write) wrote.
    ///
    /// # Errors
    /// If the bytes aren't one whole message, or it isn't one of the stream's. An event that the union
    /// doesn't have is its `Unknown` variant.
    pub fn read<T: Union + Value, E: EventStreamError>(
        self,
        message: &[u8],
    ) -> Result<Result<T, E>, Error> {
        sender::read(self, &frame::read_one(message)?)
    }
}

/// The position of the member that is a stream of events.
fn position(structure: &dyn Structure) -> Result<usize, Error> {
    let position = structure.schema().members().iter().position(Member::is_event_stream);
    position.ok_or_else(|| {
        Error::new(format!("{} has no stream of events", structure.schema().type_name()))
    })
}

/// The stream of events, to look at.
fn stream_of(structure: &dyn Structure) -> Result<&dyn EventStream, Error> {
    match structure.member(position(structure)?).get() {
        Ref::EventStream(stream) => Ok(stream),
        _ => Err(not_a_stream(structure.schema())),
    }
}

/// The stream of events, to use.
fn stream_in(structure: &mut dyn Structure) -> Result<&mut dyn EventStream, Error> {
    let (index, schema) = (position(structure)?, structure.schema());
    match structure.member_mut(index).slot() {
        Slot::EventStream(stream) => Ok(stream),
        _ => Err(not_a_stream(schema)),
    }
}

#[cold]
fn not_a_stream(schema: &Schema) -> Error {
    Error::new(format!("the stream of events of {} is a value of another type", schema.type_name()))
}
