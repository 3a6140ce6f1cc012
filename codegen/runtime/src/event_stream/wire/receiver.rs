//! Streams that receive. It must not know how bytes become messages.

use std::fmt;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;

use super::heads::is_initial_response;
use super::incoming::Incoming;
use super::sender;
use crate::error::Error;
use crate::event_stream::{
    Blank, Context, EventStream, EventStreamError, Initial, Message, RawMessage, Source,
};
use crate::value::{Ref, Slot, Union, Value};

/// Receives the events of a stream, one at a time.
pub struct EventReceiver<T, E> {
    incoming: Incoming,
    unmarshaller: Unmarshaller<T, E>,
}

/// What a message is to the stream: an event, or the error in its place.
type Read<T, E> = fn(Context, &Message) -> Result<Result<T, E>, Error>;

/// What messages are to the stream. Functions stand for the types, so that these needn't be known where
/// events are received.
struct Unmarshaller<T, E> {
    /// None as long as there is no stream to receive from.
    context: Option<Context>,
    read: Read<T, E>,
    type_name: fn() -> &'static str,
}

impl<T, E> EventReceiver<T, E> {
    /// Waits for the next event; `None` after the last one.
    ///
    /// Nothing is lost if the future is dropped before it is ready.
    ///
    /// # Errors
    /// [`SdkError::ServiceError`] with the error that the service sent in the place of an event,
    /// [`SdkError::ResponseError`] if what came isn't a message of the stream, and
    /// [`SdkError::DispatchFailure`] if nothing can be received. Each of them ends the stream.
    pub async fn recv(&mut self) -> Result<Option<T>, SdkError<E, RawMessage>> {
        let Some(context) = self.unmarshaller.context else { return Ok(None) };
        let message = loop {
            match self.incoming.next().await {
                // One that nobody waited for: services may begin to send it at any time.
                Ok(Some(message)) if is_initial_response(context, &message) => {}
                Ok(Some(message)) => break message,
                Ok(None) => return Ok(None),
                Err(failure) => return Err(failure.into_sdk_error()),
            }
        };
        let error = match (self.unmarshaller.read)(context, &message) {
            Ok(Ok(event)) => return Ok(Some(event)),
            Ok(Err(error)) => SdkError::service_error(error, RawMessage::Decoded(message)),
            Err(error) => SdkError::response_error(error, RawMessage::Decoded(message)),
        };
        self.incoming.end();
        Err(error)
    }
}

impl<T, E> EventReceiver<T, E>
where
    T: Union + Value + 'static,
    E: EventStreamError,
{
    fn new(context: Option<Context>, body: SdkBody) -> Self {
        let unmarshaller = Unmarshaller {
            context,
            read: sender::read::<T, E>,
            type_name: || T::empty().schema().type_name(),
        };
        Self { incoming: Incoming::new(body), unmarshaller }
    }
}

impl<T, E> fmt::Debug for Unmarshaller<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Unmarshaller", (self.type_name)())
    }
}

impl<T, E> fmt::Debug for EventReceiver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReceiver")
            .field("unmarshaller", &self.unmarshaller)
            .field("incoming", &self.incoming)
            .finish()
    }
}

impl<T, E> Value for EventReceiver<T, E>
where
    T: Union + Value + 'static,
    E: EventStreamError,
{
    #[inline]
    fn get(&self) -> Ref<'_> {
        Ref::EventStream(self)
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::EventStream(self)
    }
    fn empty() -> Self {
        Self::new(None, SdkBody::empty())
    }
}

impl<T, E> EventStream for EventReceiver<T, E>
where
    T: Union + Value + 'static,
    E: EventStreamError,
{
    fn blank(&self) -> Blank {
        sender::blank::<T, E>()
    }

    fn take(&mut self) -> Option<Box<dyn Source>> {
        None
    }

    fn fill(&mut self, context: Context, body: SdkBody) -> Result<(), Error> {
        *self = Self::new(Some(context), body);
        Ok(())
    }

    fn initial_response(&mut self) -> Initial<'_> {
        let Some(context) = self.unmarshaller.context else {
            return Box::pin(std::future::ready(Ok(None)));
        };
        let incoming = &mut self.incoming;
        Box::pin(async move {
            let first = incoming.first(|message| is_initial_response(context, message)).await;
            first.map_err(|failure| {
                Error::new("the initial response can't be received").caused_by(failure.into_error())
            })
        })
    }
}
