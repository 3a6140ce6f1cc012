//! Messages to send as a body, signed one by one. It must not know what they carry.

use std::pin::Pin;
use std::task::{Poll, ready};

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};

use super::frame;
use crate::error::Error;
use crate::event_stream::{Context, Message, SignMessage, SignMessageError, Source};

/// A body of messages: the initial one, if there is one, and those of the source.
pub(super) fn body(
    context: Context,
    initial: Option<Message>,
    source: Box<dyn Source>,
    signer: Option<Box<dyn SignMessage + Send + Sync>>,
) -> SdkBody {
    SdkBody::from_body_1_x(Messages { context, initial, source, signer, is_done: false })
}

struct Messages {
    context: Context,
    initial: Option<Message>,
    source: Box<dyn Source>,
    signer: Option<Box<dyn SignMessage + Send + Sync>>,
    is_done: bool,
}

impl Messages {
    /// The next message's bytes.
    fn poll_next(
        &mut self,
        cx: &mut std::task::Context<'_>,
    ) -> Poll<Option<Result<Vec<u8>, Error>>> {
        if self.is_done {
            return Poll::Ready(None);
        }
        let next = match self.initial.take() {
            Some(message) => Some(Ok(message)),
            None => ready!(self.source.poll_next(self.context, cx)),
        };
        let signed = match next {
            Some(Ok(message)) => Some(self.sign(message)),
            Some(Err(error)) => Some(Err(error)),
            None => self.last(),
        };
        let bytes = signed.map(|message| frame::write(&message?));
        // Of a stream with a gap nothing more is sent.
        self.is_done |= !matches!(bytes, Some(Ok(_)));
        Poll::Ready(bytes)
    }

    fn sign(&mut self, message: Message) -> Result<Message, Error> {
        match &mut self.signer {
            Some(signer) => signer.sign(message).map_err(unsigned),
            None => Ok(message),
        }
    }

    /// The message that ends the stream, where signatures need one.
    fn last(&mut self) -> Option<Result<Message, Error>> {
        self.is_done = true;
        let last = self.signer.as_mut()?.sign_empty()?;
        Some(last.map_err(unsigned))
    }
}

#[cold]
fn unsigned(error: SignMessageError) -> Error {
    Error::new("the message of an event can't be signed").caused_by(error)
}

impl Body for Messages {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let next = ready!(self.get_mut().poll_next(cx));
        Poll::Ready(next.map(|bytes| Ok(Frame::data(Bytes::from(bytes?)))))
    }
}
