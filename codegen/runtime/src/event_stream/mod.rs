//! [Streams of events](https://smithy.io/2.0/spec/streaming.html#event-streams) in the
//! [Amazon event stream](https://smithy.io/2.0/aws/amazon-eventstream.html) format: events and errors
//! to messages and back, both directions and both sides, written once over schemas. It must not know
//! any shape, nor which protocol it works for: documents in events are its codec's.
//!
//! ```text
//! EventStreamSender<T, E> ─ ─ events ─ ─▶ messages ─ ─▶ SdkBody      what a client sends
//! EventReceiver<T, E>     ◀─ ─ events ─ ─ messages ◀─ ─ SdkBody      what it receives
//! ```
//!
//! The members of an operation's input or output beside the stream are its
//! [initial message](https://smithy.io/2.0/spec/streaming.html#initial-messages). Protocols with HTTP
//! bindings put it into the head of the HTTP message, others into the stream's first message: see
//! [`Protocol::initial_messages_in_stream`].
//!
//! What moves bytes needs the feature `event-stream`; the traits are there without it, because values
//! are looked at by them.

#[cfg(not(feature = "event-stream"))]
mod missing;
#[cfg(feature = "event-stream")]
mod wire;

#[cfg(feature = "event-stream")]
pub use aws_smithy_http::event_stream::EventStreamSender;
#[cfg(feature = "event-stream")]
pub use wire::EventReceiver;

#[cfg(not(feature = "event-stream"))]
use missing as wire;
#[cfg(feature = "event-stream")]
pub(crate) use wire::initial_response;
pub(crate) use wire::{
    into_request, normal_event, parse_request, read_event, read_response, request, stream_response,
    write_event, write_response,
};

use std::fmt;
use std::pin::Pin;
use std::task;

use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
pub use aws_smithy_types::event_stream::{
    Header, HeaderValue, Message, RawMessage, SignMessage, SignMessageError,
};
pub use aws_smithy_types::str_bytes::StrBytes;

use crate::error::Error;
use crate::protocol::Protocol;
use crate::schema::Schema;
use crate::service::OperationSchema;
use crate::service_error::OperationError;
use crate::value::Value;

/// The media type of a stream of messages.
pub const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";

/// Which way events go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// From client to service, as a member of the input says.
    Request,
    /// From service to client, as a member of the output says.
    Response,
}

/// What the events of a stream belong to: all that decides how they look besides their shapes.
#[derive(Clone, Copy)]
pub struct Context {
    /// The protocol, whose documents events hold.
    pub protocol: &'static dyn Protocol,
    /// The operation.
    pub operation: &'static OperationSchema,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Context").field(&self.operation.name()).field(&self.protocol.id()).finish()
    }
}

/// A stream of events, whatever their types: a member that targets a `@streaming` union.
pub trait EventStream: fmt::Debug {
    /// An event and an error of the stream's types, both empty, to read into.
    fn blank(&self) -> Blank;

    /// Takes out the events that are to be sent, which leaves none. `None` if the stream only
    /// receives.
    fn take(&mut self) -> Option<Box<dyn Source>>;

    /// Puts in the events that this body holds. A stream that sends needs a body in memory.
    ///
    /// # Errors
    /// If the stream can't be read from the body.
    fn fill(&mut self, context: Context, body: SdkBody) -> Result<(), Error>;

    /// Waits for the first message. If it is the initial response it is taken off the stream.
    fn initial_response(&mut self) -> Initial<'_>;
}

/// The initial response, once it is there.
pub type Initial<'a> = Pin<Box<dyn Future<Output = Result<Option<Message>, Error>> + Send + 'a>>;

/// The events of a stream that sends, as messages.
pub trait Source: Send + Sync {
    /// The next message, as [`Stream::poll_next`](https://docs.rs/futures-core) would give it.
    fn poll_next(
        &mut self,
        context: Context,
        cx: &mut task::Context<'_>,
    ) -> task::Poll<Option<Result<Message, Error>>>;
}

/// An event and an error, both empty, of which one is to be read into.
pub struct Blank {
    /// The event: a union.
    pub event: Box<dyn Value>,
    /// What may come in its place.
    pub error: Box<dyn EventStreamError>,
}

impl fmt::Debug for Blank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blank").finish_non_exhaustive()
    }
}

/// The error enum of a stream of events: the
/// [errors among its members](https://smithy.io/2.0/spec/streaming.html#modeled-errors-in-event-streams),
/// each of which ends the stream.
pub trait EventStreamError: OperationError {
    /// The union's members that are errors, in the order in which
    /// [`select`](OperationError::select) counts.
    fn members(&self) -> &'static [ErrorMember];
}

/// A member of a `@streaming` union that targets an error.
#[derive(Clone, Copy, Debug)]
pub struct ErrorMember {
    /// The member's name.
    pub name: &'static str,
    /// The error's schema.
    pub schema: &'static Schema,
}

/// What a message of a stream is, as a document.
#[derive(Debug)]
pub enum EventAnswer {
    /// An event: the union as a document.
    Event(Vec<u8>),
    /// An event of this name, which the union doesn't have.
    Unknown(String),
    /// An error that the union has.
    Error {
        /// Its shape ID.
        id: &'static str,
        /// Its code and its message, as the message had them.
        meta: ErrorMetadata,
        /// Itself, as a document.
        document: Vec<u8>,
    },
    /// Any other error: its code and its text.
    Unhandled(Option<String>, String),
}
