//! The error of operations whose model names none: the same type for all of them, but for which operation's it is. It must not
//! know any operation.

use std::convert::Infallible;
use std::fmt::{Debug, Display, Formatter, Result as FmtResult};
use std::marker::PhantomData;

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};

use crate::service_error::{AnyError, Fill, OperationErrorShape, ServiceError};
use crate::unknown::Unhandled;

/// Why the operation with the input `I` failed, which models no errors.
#[non_exhaustive]
pub enum UnmodeledError<I> {
    /// Any error, or a response that couldn't be read.
    #[deprecated(note = "a later version may model the error: match with `_` and look at `code()`")]
    Unhandled(Unhandled),
    /// No value has this variant.
    #[doc(hidden)]
    Never(Never<I>),
}

/// What no value has.
#[doc(hidden)]
pub struct Never<I>(Infallible, PhantomData<fn() -> I>);

#[allow(deprecated)]
impl<I> UnmodeledError<I> {
    /// An error that the operation doesn't model, from any error type.
    pub fn unhandled(error: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>) -> Self {
        Self::Unhandled(Unhandled::new(error))
    }

    /// An error that the operation doesn't model, from its metadata.
    pub fn generic(error: ErrorMetadata) -> Self {
        Self::Unhandled(Unhandled::generic(error))
    }

    /// Code, message and request ID, as far as the response had them.
    pub fn meta(&self) -> &ErrorMetadata {
        self.held().meta()
    }

    /// The error, which may be of any operation.
    pub fn into_unhandled(self) -> Unhandled {
        match self {
            Self::Unhandled(error) => error,
            Self::Never(never) => match never.0 {},
        }
    }

    fn held(&self) -> &Unhandled {
        match self {
            Self::Unhandled(error) => error,
            Self::Never(never) => match never.0 {},
        }
    }
}

impl<I> Debug for UnmodeledError<I> {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        f.debug_tuple("Unhandled").field(self.held()).finish()
    }
}

impl<I> Display for UnmodeledError<I> {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        self.held().fmt(f)
    }
}

impl<I> std::error::Error for UnmodeledError<I> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.held().source())
    }
}

impl<I> ProvideErrorMetadata for UnmodeledError<I> {
    fn meta(&self) -> &ErrorMetadata {
        self.held().meta()
    }
}

impl<I> ProvideErrorKind for UnmodeledError<I> {
    fn code(&self) -> Option<&str> {
        ProvideErrorMetadata::code(self)
    }
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        None
    }
}

impl<I: 'static> ServiceError for UnmodeledError<I> {
    fn as_any(&self) -> AnyError<'_> {
        AnyError::Unhandled(self.held())
    }
}

#[allow(deprecated)]
impl<I: 'static> OperationErrorShape for UnmodeledError<I> {
    fn from_unhandled(unhandled: Unhandled) -> Self {
        Self::Unhandled(unhandled)
    }
    fn modeled(_index: usize, _fill: Fill<'_>) -> Option<Self> {
        None
    }
}

#[cfg(feature = "client")]
impl<I> crate::client::RequestId for UnmodeledError<I> {
    fn request_id(&self) -> Option<&str> {
        crate::client::RequestId::request_id(self.held().meta())
    }
}

#[cfg(feature = "client")]
#[allow(deprecated)]
impl<I> crate::client::CreateUnhandledError for UnmodeledError<I> {
    fn create_unhandled_error(
        source: crate::client::BoxError,
        meta: Option<ErrorMetadata>,
    ) -> Self {
        Self::Unhandled(Unhandled::with_meta(source, meta.unwrap_or_default()))
    }
}
