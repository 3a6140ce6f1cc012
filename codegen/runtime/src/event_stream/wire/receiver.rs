//! Streams that receive. It must not know how messages are read.

use std::fmt;
use std::marker::PhantomData;

use aws_smithy_eventstream::error::Error as EventStreamFailure;
use aws_smithy_eventstream::frame::{UnmarshallMessage, UnmarshalledMessage};
use aws_smithy_http::event_stream::{InitialMessageType, Receiver};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;

use super::sender;
use crate::error::Error;
use crate::event_stream::{
    Blank, Context, EventStream, EventStreamError, Initial, Message, RawMessage, Source,
};
use crate::value::{Ref, Slot, Union, Value};

/// Receives the events of a stream, one at a time.
pub struct EventReceiver<T, E> {
    inner: Receiver<T, E>,
    /// A stream with a gap, or one that an error ended, has nothing more to give.
    has_failed: bool,
}

impl<T, E> EventReceiver<T, E> {
    /// Waits for the next event; `None` after the last one.
    ///
    /// # Errors
    /// [`SdkError::ServiceError`] with the error that the service sent in the place of an event,
    /// [`SdkError::ResponseError`] if what came isn't a message of the stream, and
    /// [`SdkError::DispatchFailure`] if nothing can be received. Each of them ends the stream.
    pub async fn recv(&mut self) -> Result<Option<T>, SdkError<E, RawMessage>> {
        if self.has_failed {
            return Ok(None);
        }
        let next = self.inner.recv().await;
        self.has_failed = next.is_err();
        next
    }
}

impl<T, E> EventReceiver<T, E>
where
    T: Union + Value + Send + Sync + 'static,
    E: EventStreamError,
{
    fn new(context: Option<Context>, body: SdkBody) -> Self {
        let unmarshaller = Unmarshaller { context, types: PhantomData };
        Self { inner: Receiver::new(unmarshaller, body), has_failed: false }
    }
}

impl<T: fmt::Debug, E: fmt::Debug> fmt::Debug for EventReceiver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReceiver").field("inner", &self.inner).finish()
    }
}

impl<T, E> Value for EventReceiver<T, E>
where
    T: Union + Value + fmt::Debug + Send + Sync + 'static,
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
    T: Union + Value + fmt::Debug + Send + Sync + 'static,
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
        Box::pin(async {
            let initial = self.inner.try_recv_initial(InitialMessageType::Response).await;
            self.has_failed = initial.is_err();
            initial.map_err(|error| {
                Error::new("the initial response can't be received").caused_by(error)
            })
        })
    }
}

/// Messages → events, as the receiver wants it.
struct Unmarshaller<T, E> {
    /// None as long as there is no stream to receive from.
    context: Option<Context>,
    types: PhantomData<fn() -> (T, E)>,
}

impl<T: Union + Value, E> fmt::Debug for Unmarshaller<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Unmarshaller", T::empty().schema().type_name())
    }
}

impl<T, E> UnmarshallMessage for Unmarshaller<T, E>
where
    T: Union + Value + Send + Sync + 'static,
    E: EventStreamError,
{
    type Output = T;
    type Error = E;

    fn unmarshall(
        &self,
        message: &Message,
    ) -> Result<UnmarshalledMessage<T, E>, EventStreamFailure> {
        let Some(context) = self.context else {
            return Err(EventStreamFailure::unmarshalling("there is no stream to receive from"));
        };
        match sender::read::<T, E>(context, message) {
            Ok(Ok(event)) => Ok(UnmarshalledMessage::Event(event)),
            Ok(Err(error)) => Ok(UnmarshalledMessage::Error(error)),
            Err(error) => Err(EventStreamFailure::unmarshalling(error.to_string())),
        }
    }
}
