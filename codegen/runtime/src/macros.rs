//! The lines between a generated type and the traits of this crate: what would be the same in every
//! generated file stands here once. They only delegate; they must not know any shape.

/// `Debug` for a type that implements [`Structure`](crate::Structure).
#[macro_export]
macro_rules! structure {
    ($type:ident) => {
        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug::structure(self, f)
            }
        }
    };
}

/// `PartialEq` for a structure without streams, and without other fields than its members and the ones named here.
#[macro_export]
macro_rules! equal_structure {
    ($type:ident $(, $extra:ident)?) => {
        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::equal::structures(self, other) $(&& self.$extra == other.$extra)?
            }
        }
    };
}

/// `PartialEq` for a union without streams.
#[macro_export]
macro_rules! equal_union {
    ($type:ident) => {
        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::equal::unions(self, other)
            }
        }
    };
}

/// [`structure!`](crate::structure) and the client's traits for the output of an operation, whose schema says that
/// it has a [request ID](crate::Schema::request_id).
#[macro_export]
macro_rules! output {
    ($type:ident) => {
        $crate::structure!($type);
        $crate::client_output!($type);
    };
}

/// [`structure!`](crate::structure), [`ErrorStructure`](crate::ErrorStructure) and the error traits
/// for an error structure, which has a field `meta`; with its [`ErrorKind`](crate::ErrorKind) if it
/// is retryable.
#[macro_export]
macro_rules! error_structure {
    ($type:ident $(, $retry:ident)?) => {
        $crate::structure!($type);
        $crate::client_error!($type);

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug::error(self, f)
            }
        }

        impl ::core::error::Error for $type {}

        impl $crate::ErrorStructure for $type {
            #[inline]
            fn meta(&self) -> &$crate::ErrorMetadata {
                &self.meta
            }
            #[inline]
            fn meta_mut(&mut self) -> &mut $crate::ErrorMetadata {
                &mut self.meta
            }
            $(
                #[inline]
                fn retryable_error_kind(&self) -> ::core::option::Option<$crate::ErrorKind> {
                    ::core::option::Option::Some($crate::ErrorKind::$retry)
                }
            )?
        }

        impl $crate::ProvideErrorMetadata for $type {
            #[inline]
            fn meta(&self) -> &$crate::ErrorMetadata {
                &self.meta
            }
        }
    };
}

/// [`Value`](crate::Value) and `Debug` for a type that implements [`Union`](crate::Union) and has a
/// variant `Unknown`.
#[macro_export]
macro_rules! union {
    ($type:ident) => {
        impl $crate::Value for $type {
            #[inline]
            fn get(&self) -> $crate::Ref<'_> {
                $crate::Ref::Union(self)
            }
            #[inline]
            fn slot(&mut self) -> $crate::Slot<'_> {
                $crate::Slot::Union(self)
            }
            #[inline]
            fn empty() -> Self {
                Self::Unknown
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug::union(self, f)
            }
        }
    };
}

/// [`Value`](crate::Value) for a box around a union: of a union that holds itself.
#[macro_export]
macro_rules! boxed_union {
    ($type:ident) => {
        impl $crate::Value for ::std::boxed::Box<$type> {
            #[inline]
            fn get(&self) -> $crate::Ref<'_> {
                $crate::Ref::Union(&**self)
            }
            #[inline]
            fn slot(&mut self) -> $crate::Slot<'_> {
                $crate::Slot::Union(&mut **self)
            }
            #[inline]
            fn empty() -> Self {
                ::std::boxed::Box::new(<$type>::Unknown)
            }
        }
    };
}

/// [`open_enum!`](crate::open_enum) and `try_parse` for an enum that has `as_str`, `From<&str>` and
/// a variant `Unknown` that keeps what the model doesn't have.
#[macro_export]
macro_rules! string_enum {
    ($type:ident) => {
        impl $type {
            /// The value with this text.
            ///
            /// # Errors
            /// If this version of the crate doesn't know it.
            #[inline]
            pub fn try_parse(
                value: &str,
            ) -> ::core::result::Result<Self, $crate::UnknownVariantError> {
                $crate::value::known(value, Self::values())
            }
        }

        // What a derive makes of these three is longer, and compiled for each enum.
        impl ::core::cmp::Eq for $type {}

        impl ::core::cmp::PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl ::core::hash::Hash for $type {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(self.as_str(), state)
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`, which may be a variant.
            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl $crate::EnumShape for $type {}

        $crate::open_enum!(
            $type,
            #[allow(deprecated)]
            Self::Unknown($crate::UnknownVariantValue::NOT_SET)
        );
    };
}

/// What a string enum whose values have no names has, a newtype of a `String`. `AsRef<str>` is not among
/// it: the conversion from whatever has that would be one from itself, which everything has already.
#[macro_export]
macro_rules! unnamed_enum {
    ($type:ident) => {
        // A shape may be called `T`, but none like the parameter.
        impl<TEXT: ::core::convert::AsRef<str>> ::core::convert::From<TEXT> for $type {
            #[inline]
            fn from(value: TEXT) -> Self {
                Self(::std::borrow::ToOwned::to_owned(value.as_ref()))
            }
        }

        impl $crate::StringEnum for $type {
            #[inline]
            fn as_str(&self) -> &str {
                self.as_str()
            }
            #[inline]
            fn set(&mut self, value: &str) {
                *self = Self::from(value);
            }
        }

        impl $crate::value::Key for $type {
            #[inline]
            fn as_str(&self) -> &str {
                self.as_str()
            }
            #[inline]
            fn from_str(text: &str) -> Self {
                Self::from(text)
            }
        }

        $crate::open_enum!(
            $type,
            #[inline]
            Self::from($crate::UnknownVariantValue::NOT_SET.as_str())
        );
    };
}

/// What every string enum has that has `as_str` and is a [`StringEnum`](crate::StringEnum).
#[macro_export]
macro_rules! open_enum {
    ($type:ident, #[$attribute:meta] $empty:expr) => {
        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::Value for $type {
            #[inline]
            fn get(&self) -> $crate::Ref<'_> {
                $crate::Ref::Enum(self)
            }
            #[inline]
            fn slot(&mut self) -> $crate::Slot<'_> {
                $crate::Slot::Enum(self)
            }
            #[$attribute]
            fn empty() -> Self {
                $empty
            }
        }
    };
}

/// What the error enum of an operation has besides its variants, if it implements
/// [`OperationError`](crate::OperationError): constructors and the error traits.
#[macro_export]
macro_rules! operation_error {
    ($type:ident) => {
        impl $type {
            /// An error that the operation doesn't model, from any error type.
            #[inline]
            #[allow(deprecated)]
            pub fn unhandled(
                error: impl ::core::convert::Into<
                    ::std::boxed::Box<
                        dyn ::core::error::Error
                            + ::core::marker::Send
                            + ::core::marker::Sync
                            + 'static,
                    >,
                >,
            ) -> Self {
                Self::Unhandled($crate::Unhandled::new(error))
            }

            /// An error that the operation doesn't model, from its metadata.
            #[inline]
            #[allow(deprecated)]
            pub fn generic(error: $crate::ErrorMetadata) -> Self {
                Self::Unhandled($crate::Unhandled::generic(error))
            }

            /// Code, message and request ID, as far as the response had them.
            #[inline]
            pub fn meta(&self) -> &$crate::ErrorMetadata {
                $crate::AnyError::of(self).meta()
            }
        }

        impl $crate::ProvideErrorKind for $type {
            #[inline]
            fn code(&self) -> ::core::option::Option<&str> {
                $crate::ProvideErrorMetadata::code(self)
            }
            #[inline]
            fn retryable_error_kind(&self) -> ::core::option::Option<$crate::ErrorKind> {
                $crate::AnyError::of(self).retryable_error_kind()
            }
        }

        impl ::core::error::Error for $type {
            #[inline]
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                ::core::option::Option::Some($crate::AnyError::of(self).cause())
            }
        }

        $crate::error_enum!($type);
        $crate::client_operation_error!($type);
    };
}

/// What the error enum of a whole service has besides its variants, if it implements
/// [`ServiceError`](crate::ServiceError).
#[macro_export]
macro_rules! service_error {
    ($type:ident) => {
        impl ::core::convert::From<$crate::BuildError> for $type {
            #[inline]
            #[allow(deprecated)]
            fn from(error: $crate::BuildError) -> Self {
                Self::Unhandled($crate::Unhandled::new(error))
            }
        }

        impl ::core::error::Error for $type {
            #[inline]
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                $crate::AnyError::of(self).source()
            }
        }

        $crate::error_enum!($type);
        $crate::client_error!($type);
    };
}

/// The error enum of the whole service from those of operations that model no errors.
#[macro_export]
macro_rules! service_error_from_unmodeled {
    ($type:ident) => {
        impl<I> ::core::convert::From<$crate::UnmodeledError<I>> for $type {
            #[inline]
            #[allow(deprecated)]
            fn from(error: $crate::UnmodeledError<I>) -> Self {
                Self::Unhandled(error.into_unhandled())
            }
        }
    };
}

/// The traits that every enum of errors has.
#[doc(hidden)]
#[macro_export]
macro_rules! error_enum {
    ($type:ident) => {
        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug::error_enum(self, f)
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::AnyError::of(self).fmt(f)
            }
        }

        impl $crate::ProvideErrorMetadata for $type {
            #[inline]
            fn meta(&self) -> &$crate::ErrorMetadata {
                $crate::AnyError::of(self).meta()
            }
        }
    };
}
