//! Streams that send as values. It must not know how messages are made or sent.

use std::pin::Pin;
use std::task::{self, Poll};

use aws_smithy_http::event_stream::EventStreamSender;
use aws_smithy_types::body::SdkBody;
use futures_core::Stream;

use super::{frame, marshal, unmarshal};
use crate::error::Error;
use crate::event_stream::{
    Blank, Context, EventStream, EventStreamError, Initial, Message, Source,
};
use crate::service_error::blank_error;
use crate::value::{Ref, Slot, Union, Value};
use unmarshal::Found;

impl<T, E> Value for EventStreamSender<T, E>
where
    T: Union + Value + Send + Sync + 'static,
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
        Self::from(Events(Vec::new().into_iter()))
    }
}

impl<T, E> EventStream for EventStreamSender<T, E>
where
    T: Union + Value + Send + Sync + 'static,
    E: EventStreamError,
{
    fn blank(&self) -> Blank {
        blank::<T, E>()
    }

    fn take(&mut self) -> Option<Box<dyn Source>> {
        let stream = std::mem::replace(self, Self::empty()).into_inner();
        Some(Box::new(Typed { stream }))
    }

    fn fill(&mut self, context: Context, body: SdkBody) -> Result<(), Error> {
        let Some(bytes) = body.bytes() else {
            return Err(Error::new("a stream of events is read from a body in memory only"));
        };
        let messages = frame::read_all(bytes)?.into_iter();
        let events: Result<Vec<_>, Error> =
            messages.map(|message| read::<T, E>(context, &message)).collect();
        *self = Self::from(Events(events?.into_iter()));
        Ok(())
    }

    fn initial_response(&mut self) -> Initial<'_> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

pub(super) fn blank<T: Value + 'static, E: EventStreamError>() -> Blank {
    Blank { event: Box::new(T::empty()), error: Box::new(blank_error::<E>()) }
}

/// The event that a message carries, or the error in its place.
pub(super) fn read<T: Union + Value, E: EventStreamError>(
    context: Context,
    message: &Message,
) -> Result<Result<T, E>, Error> {
    let (mut event, mut error) = (T::empty(), blank_error::<E>());
    match unmarshal::message(context, message, &mut event, &mut error)? {
        Found::Event => Ok(Ok(event)),
        Found::Error => Ok(Err(error)),
    }
}

/// Events that are all there.
struct Events<T, E>(std::vec::IntoIter<Result<T, E>>);

// Nothing in it is ever pinned.
impl<T, E> Unpin for Events<T, E> {}

impl<T, E> Stream for Events<T, E> {
    type Item = Result<T, E>;

    fn poll_next(self: Pin<&mut Self>, _cx: &mut task::Context<'_>) -> Poll<Option<Result<T, E>>> {
        Poll::Ready(self.get_mut().0.next())
    }
}

/// The caller's events on their way to messages.
struct Typed<T, E> {
    stream: Pin<Box<dyn Stream<Item = Result<T, E>> + Send + Sync>>,
}

impl<T: Union, E: EventStreamError> Source for Typed<T, E> {
    fn poll_next(
        &mut self,
        context: Context,
        cx: &mut task::Context<'_>,
    ) -> Poll<Option<Result<Message, Error>>> {
        self.stream.as_mut().poll_next(cx).map(|next| {
            next.map(|event| match event {
                Ok(event) => marshal::event(context, &event),
                Err(error) => marshal::error(context, &error),
            })
        })
    }
}
