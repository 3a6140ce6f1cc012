//! What stands for values and errors that the model doesn't have. It must not know any shape.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use aws_smithy_types::error::ErrorMetadata;

/// The text of an enum value that the model doesn't have.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UnknownVariantValue(Cow<'static, str>);

impl UnknownVariantValue {
    /// What client error correction puts in the place of a missing `@required` enum.
    pub const NOT_SET: Self = Self(Cow::Borrowed("no value was set"));

    /// The value as it came.
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(Cow::Owned(value.to_owned()))
    }

    /// The value's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is not one of the enum's known values.
#[derive(Debug)]
pub struct UnknownVariantError {
    value: String,
}

impl UnknownVariantError {
    /// The error for this text.
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self { value: value.to_owned() }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: '{}'", self.value)
    }
}

impl StdError for UnknownVariantError {}

/// An error that the operation doesn't model, or a response that couldn't be read.
#[derive(Debug)]
pub struct Unhandled {
    source: Box<dyn StdError + Send + Sync + 'static>,
    // Boxed, because errors are moved around far more often than they are made.
    meta: Box<ErrorMetadata>,
}

impl Unhandled {
    /// An error without metadata.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync + 'static>>) -> Self {
        Self { source: source.into(), meta: Box::default() }
    }

    /// An error of which only the metadata is known.
    #[must_use]
    pub fn generic(meta: ErrorMetadata) -> Self {
        Self { source: meta.clone().into(), meta: Box::new(meta) }
    }

    /// An error with its metadata.
    pub fn with_meta(
        source: impl Into<Box<dyn StdError + Send + Sync + 'static>>,
        meta: ErrorMetadata,
    ) -> Self {
        Self { source: source.into(), meta: Box::new(meta) }
    }

    /// The cause.
    #[must_use]
    pub fn source(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.source
    }

    /// Code, message and request ID, as far as the response had them.
    #[must_use]
    pub fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }

    /// What an error enum with this variant displays.
    pub fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meta.code() {
            Some(code) => write!(f, "unhandled error ({code})"),
            None => f.write_str("unhandled error"),
        }
    }
}
