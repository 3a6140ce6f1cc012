//! The errors of services: structures, the enums of an operation's and of a whole service's, and what they hold, without
//! their types. It must not know how a response says which one it is.

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::ErrorKind;

use crate::unknown::Unhandled;
use crate::value::{Structure, Value};

/// An error structure.
pub trait ErrorStructure: Structure + std::error::Error + Send + Sync + 'static {
    /// Code, message and request ID, as the response had them.
    fn meta(&self) -> &ErrorMetadata;

    /// The same, to fill in.
    fn meta_mut(&mut self) -> &mut ErrorMetadata;

    /// How to try again, if the model says that one may
    /// ([`@retryable`](https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait)).
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        None
    }
}

/// An error enum, of an operation or of the whole service: what it holds at the moment.
pub trait ServiceError: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static {
    /// What it holds.
    fn as_any(&self) -> AnyError<'_>;

    /// The ID that the service gave the request, if the response had one.
    fn request_id(&self) -> Option<&str> {
        self.as_any().meta().extra(REQUEST_ID)
    }
}

/// The error enum of an operation.
pub trait OperationError: ServiceError {
    /// An error that the operation doesn't model.
    fn from_unhandled(unhandled: Unhandled) -> Self
    where
        Self: Sized;

    /// Becomes an error that the operation doesn't model.
    fn set_unhandled(&mut self, unhandled: Unhandled);

    /// Becomes the modeled error at `index` of [`OperationSchema::errors`](crate::OperationSchema::errors), once `fill` has read
    /// into it. Says whether there is one; otherwise nothing changes.
    fn select(&mut self, index: usize, fill: &mut dyn FnMut(&mut dyn ErrorStructure)) -> bool;
}

/// What the error enum of an operation says of itself to be an [`OperationError`].
pub trait OperationErrorShape: ServiceError + Sized {
    /// As [`OperationError::from_unhandled`].
    fn from_unhandled(unhandled: Unhandled) -> Self;

    /// The modeled error at `index` of [`OperationSchema::errors`](crate::OperationSchema::errors), if there is one.
    fn modeled(index: usize, fill: Fill<'_>) -> Option<Self>;
}

/// What reads into the error that was selected.
pub struct Fill<'a>(&'a mut dyn FnMut(&mut dyn ErrorStructure));

impl Fill<'_> {
    /// The error with all that was read into it.
    pub fn error<E: ErrorStructure + Value>(self) -> E {
        let mut error = E::empty();
        (self.0)(&mut error);
        error
    }
}

impl<T: OperationErrorShape> OperationError for T {
    #[inline]
    fn from_unhandled(unhandled: Unhandled) -> Self {
        <T as OperationErrorShape>::from_unhandled(unhandled)
    }
    #[inline]
    fn set_unhandled(&mut self, unhandled: Unhandled) {
        *self = <T as OperationErrorShape>::from_unhandled(unhandled);
    }
    #[inline]
    fn select(&mut self, index: usize, fill: &mut dyn FnMut(&mut dyn ErrorStructure)) -> bool {
        T::modeled(index, Fill(fill)).map(|error| *self = error).is_some()
    }
}

/// What an error enum holds: one body for the error traits of all of them.
#[derive(Clone, Copy)]
pub enum AnyError<'a> {
    /// An error that the model has.
    Modeled(&'a dyn ErrorStructure),
    /// Any other error.
    Unhandled(&'a Unhandled),
}

impl<'a> AnyError<'a> {
    /// What this error enum holds.
    #[inline]
    pub fn of<E: ServiceError>(error: &'a E) -> Self {
        error.as_any()
    }

    /// Code, message and request ID, as far as the response had them.
    #[must_use]
    pub fn meta(self) -> &'a ErrorMetadata {
        match self {
            Self::Modeled(error) => error.meta(),
            Self::Unhandled(error) => error.meta(),
        }
    }

    /// How to try again, if the model says that one may.
    #[must_use]
    pub fn retryable_error_kind(self) -> Option<ErrorKind> {
        match self {
            Self::Modeled(error) => error.retryable_error_kind(),
            Self::Unhandled(_) => None,
        }
    }

    /// The error inside the enum.
    #[must_use]
    pub fn cause(self) -> &'a (dyn std::error::Error + 'static) {
        match self {
            Self::Modeled(error) => error,
            Self::Unhandled(error) => error.source(),
        }
    }

    /// What caused the error, for an enum that displays as the error itself.
    #[must_use]
    pub fn source(self) -> Option<&'a (dyn std::error::Error + 'static)> {
        match self {
            Self::Modeled(error) => error.source(),
            Self::Unhandled(error) => Some(error.source()),
        }
    }

    /// Displays the error.
    ///
    /// # Errors
    /// If the formatter fails.
    pub fn fmt(self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Modeled(error) => std::fmt::Display::fmt(error, f),
            Self::Unhandled(error) => error.fmt(f),
        }
    }
}

/// The custom field of [`ErrorMetadata`] in which the AWS crates look for the request ID.
pub(crate) const REQUEST_ID: &str = "aws_request_id";

/// An error to become another one.
pub(crate) fn blank_error<E: OperationError>() -> E {
    E::from_unhandled(Unhandled::generic(ErrorMetadata::default()))
}
