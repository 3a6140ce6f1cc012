//! Why a call or a list failed, in words for people. It must not know who reads them.

use std::error::Error as StdError;
use std::fmt;

use aws_sdk_forecast::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_forecast::operation::list_forecast_export_jobs::ListForecastExportJobsError;
use http::{Response, StatusCode};

/// An error of a part of which nothing more needs to be known.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call gave no output.
#[derive(Debug, thiserror::Error)]
pub enum CallError<E> {
    /// There is no request for this input.
    #[error("the request can't be made: {0}")]
    Request(#[source] BoxError),
    /// The request can't be signed.
    #[error("the request can't be signed: {0}")]
    Signature(#[source] BoxError),
    /// No whole response came back.
    #[error("the service can't be reached: {0}")]
    Transport(#[source] ureq::Error),
    /// A response came back, but no output.
    #[error("{0}")]
    Refused(#[source] Box<Refusal<E>>),
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
            (None, None) => match self.error.source() {
                Some(cause) => write!(f, "can't be read: {} (", DisplayErrorContext(cause))?,
                None => write!(f, "can't be read: {} (", self.error)?,
            },
        }
        write!(f, "HTTP {}", self.status.as_u16())?;
        match &self.request_id {
            Some(id) => write!(f, ", request ID {id})"),
            None => f.write_str(")"),
        }
    }
}

impl<E: ProvideErrorMetadata + StdError + 'static> StdError for Refusal<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}

/// Why there is no list, or not the whole of it.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// A page can't be had.
    #[error("{}", Explained(.0))]
    Call(#[from] CallError<ListForecastExportJobsError>),
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
            error if error.code().is_some() => "the service refused the request",
            _ => "the service's response",
        };
        write!(f, "{meaning}: {refusal}")
    }
}
