//! Why a call or a list failed, in words for people: what an error displays has its causes in it. It
//! must not know who reads them.

use std::error::Error as StdError;
use std::fmt;

use aws_sdk_forecast::error::{ErrorMetadata, ProvideErrorMetadata};
use aws_sdk_forecast::operation::list_forecast_export_jobs::ListForecastExportJobsError;
use http::{Response, StatusCode};

/// An error of a part of which nothing more needs to be known.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call gave no output.
#[derive(Debug, thiserror::Error)]
pub enum CallError<E> {
    /// There is no request for this input.
    #[error("the request can't be made: {0}")]
    Request(BoxError),
    /// The request can't be signed.
    #[error("the request can't be signed: {0}")]
    Signature(BoxError),
    /// No whole response came back.
    #[error("{endpoint} can't be reached: {error}")]
    Transport {
        /// Where the request went.
        endpoint: String,
        /// What happened on the way.
        error: ureq::Error,
    },
    /// A response came back, but no output.
    #[error("{0}")]
    Refused(Box<Refusal<E>>),
}

/// A response that is an error or that can't be read.
#[derive(Debug)]
pub struct Refusal<E> {
    /// The status of the response.
    pub status: StatusCode,
    /// The ID under which AWS finds the request.
    pub request_id: Option<String>,
    /// What the generated crate made of the response.
    pub error: E,
}

impl<E> Refusal<E> {
    /// Status and ID are taken from the response: an error that can't be read has neither.
    pub(crate) fn new<B>(response: &Response<B>, error: E) -> Self {
        let id = response.headers().get("x-amzn-requestid");
        let id = id.and_then(|id| id.to_str().ok());
        Self { status: response.status(), request_id: id.map(str::to_owned), error }
    }
}

impl<E: ProvideErrorMetadata + StdError + 'static> fmt::Display for Refusal<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.error.code(), self.error.message()) {
            (Some(code), Some(message)) => write!(f, "{message} ({code}, ")?,
            (Some(text), None) | (None, Some(text)) => write!(f, "{text} (")?,
            (None, None) => write!(f, "{} (", Unexplained(self.error.source()))?,
        }
        write!(f, "HTTP {}", self.status.as_u16())?;
        match &self.request_id {
            Some(id) => write!(f, ", request ID {id})"),
            None => f.write_str(")"),
        }
    }
}

/// What there is to say of a response without code and message.
struct Unexplained<'a>(Option<&'a (dyn StdError + 'static)>);

impl fmt::Display for Unexplained<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Metadata as the cause: the response could be read, there was nothing in it.
        let Some(mut cause) = self.0.filter(|cause| !cause.is::<ErrorMetadata>()) else {
            return f.write_str("the response doesn't say why");
        };
        write!(f, "the response can't be read: {cause}")?;
        while let Some(next) = cause.source() {
            write!(f, ": {next}")?;
            cause = next;
        }
        Ok(())
    }
}

/// Why there is no list, or not the whole of it.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// A page can't be had.
    #[error("{}", Explained(.0))]
    Call(CallError<ListForecastExportJobsError>),
    /// The service gave a token for the second time.
    #[error("the service gives the same page token again and again: the list has no end")]
    TokenRepeated,
}

/// A failed call with what the operation's own errors mean for the list.
struct Explained<'a>(&'a CallError<ListForecastExportJobsError>);

impl fmt::Display for Explained<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CallError::Refused(refusal) = self.0 else {
            return self.0.fmt(f);
        };
        let meaning = match &refusal.error {
            ListForecastExportJobsError::InvalidNextTokenException(_) => {
                "the page token expired, list again from the start"
            }
            ListForecastExportJobsError::InvalidInputException(_) => {
                "the service doesn't accept the filters or the page size"
            }
            _ => "the service gave no list",
        };
        write!(f, "{meaning}: {refusal}")
    }
}
