//! A body as the messages that come in it. It must not know what a message means.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::body::SdkBody;
use bytes::{Bytes, BytesMut};
use http_body::Body as _;

use super::frame;
use crate::error::Error;
use crate::event_stream::{Message, RawMessage};

/// The messages of a body.
pub(super) struct Incoming {
    body: SdkBody,
    /// What came after the last message. It grows with what comes, whatever that claims to be.
    buffer: BytesMut,
    /// The first message, where it was received to find out whether it is the initial one.
    first: Option<Message>,
    has_ended: bool,
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").field("body", &self.body).finish_non_exhaustive()
    }
}

/// Why no message can be received any more.
pub(super) enum Failure {
    /// Nothing comes.
    Body(Box<dyn std::error::Error + Send + Sync>),
    /// What comes isn't a message.
    Message(Error, Option<Bytes>),
}

impl Failure {
    pub(super) fn into_sdk_error<E>(self) -> SdkError<E, RawMessage> {
        match self {
            Self::Body(error) => SdkError::dispatch_failure(ConnectorError::io(error)),
            Self::Message(error, bytes) => {
                SdkError::response_error(error, RawMessage::invalid(bytes))
            }
        }
    }

    pub(super) fn into_error(self) -> Error {
        match self {
            Self::Body(error) => Error::new("the stream can't be received").caused_by(error),
            Self::Message(error, _) => error,
        }
    }
}

impl Incoming {
    pub(super) fn new(body: SdkBody) -> Self {
        Self { body, buffer: BytesMut::new(), first: None, has_ended: false }
    }

    /// Waits for the next message; `None` after the last one, or one that was wrong.
    pub(super) async fn next(&mut self) -> Result<Option<Message>, Failure> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        while !self.has_ended {
            match self.take_message() {
                Ok(Some(message)) => return Ok(Some(message)),
                Ok(None) => self.receive().await?,
                Err(error) => {
                    self.end();
                    return Err(Failure::Message(error, None));
                }
            }
        }
        Ok(None)
    }

    /// Waits for the first message, which comes again unless it is the one that is looked for.
    pub(super) async fn first(
        &mut self,
        is_it: impl Fn(&Message) -> bool,
    ) -> Result<Option<Message>, Failure> {
        match self.next().await? {
            Some(message) if is_it(&message) => Ok(Some(message)),
            other => {
                self.first = other;
                Ok(None)
            }
        }
    }

    /// Gives up what is left: of a stream with a gap nothing more can be understood.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
        self.buffer = BytesMut::new();
        self.body = SdkBody::empty();
    }

    /// The first message in the buffer, if all of it is there.
    fn take_message(&mut self) -> Result<Option<Message>, Error> {
        let Some(length) = frame::length(&self.buffer)? else { return Ok(None) };
        if self.buffer.len() < length {
            return Ok(None);
        }
        let message = self.buffer.split_to(length);
        frame::read_one(&message).map(Some)
    }

    /// Waits for more bytes, or the end.
    async fn receive(&mut self) -> Result<(), Failure> {
        let body = &mut self.body;
        match poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await {
            Some(Ok(frame)) => {
                // Trailers say nothing of events.
                if let Ok(bytes) = frame.into_data() {
                    self.buffer.extend_from_slice(&bytes);
                }
                Ok(())
            }
            Some(Err(error)) => {
                self.end();
                Err(Failure::Body(error))
            }
            None => {
                let rest = std::mem::take(&mut self.buffer);
                self.end();
                if rest.is_empty() {
                    return Ok(());
                }
                let what = format!("the stream ends within a message, after {} bytes", rest.len());
                Err(Failure::Message(Error::new(what), Some(rest.freeze())))
            }
        }
    }
}
