//! The lines between a generated type and the traits of this crate: what would be the same in every
//! generated file stands here once. They only delegate; they must not know any shape.

/// Implements [`Structure`](crate::Structure), [`Value`](crate::Value) and `Debug` for a structure.
///
/// Each line is a member: its position, its field, its Smithy name, what its schema adds, and after
/// `=` what it holds when nothing was read, if that isn't [`Value::empty`](crate::Value::empty).
/// A field behind `+` isn't a member: `Debug` shows it last.
///
/// ```
/// #[derive(Clone, PartialEq)]
/// pub struct Filter {
///     pub key: String,
///     pub limit: Option<i32>,
/// }
///
/// tinsmith_runtime::structure! {
///     Filter("example#Filter") {
///         0: key("Key"),
///         1: limit("Limit").optional(),
///     }
/// }
///
/// let filter = Filter { key: "Status".to_owned(), limit: None };
/// assert_eq!(format!("{filter:?}"), r#"Filter { key: "Status", limit: None }"#);
/// ```
#[macro_export]
macro_rules! structure {
    (
        $type:ident($id:literal) {$(
            $index:literal: $field:ident($name:literal)
                $(. $trait:ident($($argument:expr),*))* $(= $empty:expr)?,
        )*}
        $(+ $extra:ident)?
    ) => {
        const _: () = {
            static SCHEMA: $crate::Schema = $crate::Schema::new(
                $id,
                ::core::stringify!($type),
                &[$(
                    $crate::Member::new($name, ::core::stringify!($field))
                        $(.$trait($($argument),*))*
                ),*],
            );

            impl $type {
                /// What the shape says of itself.
                #[doc(hidden)]
                pub const SCHEMA: &'static $crate::Schema = &SCHEMA;
            }
        };

        impl $crate::Structure for $type {
            #[inline]
            fn schema(&self) -> &'static $crate::Schema {
                Self::SCHEMA
            }
            #[inline]
            #[allow(deprecated)]
            fn member(&self, index: usize) -> &dyn $crate::Value {
                match index {
                    $($index => &self.$field,)*
                    _ => $crate::value::no_member(Self::SCHEMA, index),
                }
            }
            #[inline]
            #[allow(deprecated)]
            fn member_mut(&mut self, index: usize) -> &mut dyn $crate::Value {
                match index {
                    $($index => &mut self.$field,)*
                    _ => $crate::value::no_member(Self::SCHEMA, index),
                }
            }
            $(
                #[inline]
                fn extra(
                    &self,
                ) -> ::core::option::Option<(&'static str, &dyn ::core::fmt::Debug)> {
                    ::core::option::Option::Some((::core::stringify!($extra), &self.$extra))
                }
            )?
        }

        impl $crate::Value for $type {
            #[inline]
            fn get(&self) -> $crate::Ref<'_> {
                $crate::Ref::Structure(self)
            }
            #[inline]
            fn slot(&mut self) -> $crate::Slot<'_> {
                $crate::Slot::Structure(self)
            }
            #[inline]
            #[allow(deprecated)]
            fn empty() -> Self {
                Self {
                    $($field: $crate::empty!($($empty)?),)*
                    $($extra: ::core::default::Default::default(),)?
                }
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug::structure(self, f)
            }
        }
    };
}

/// What a member holds when nothing was read.
#[doc(hidden)]
#[macro_export]
macro_rules! empty {
    () => {
        $crate::Value::empty()
    };
    ($empty:expr) => {
        $empty
    };
}

/// [`structure!`](crate::structure) and [`Output`](crate::Output) for the output of an operation,
/// which has a field `_request_id`.
#[macro_export]
macro_rules! output {
    ($type:ident $($rest:tt)*) => {
        $crate::structure! { $type $($rest)* + _request_id }

        impl $crate::Output for $type {
            #[inline]
            fn set_request_id(
                &mut self,
                id: ::core::option::Option<::std::string::String>,
            ) {
                self._request_id = id;
            }
        }
    };
}

/// [`structure!`](crate::structure), [`ErrorStructure`](crate::ErrorStructure) and what goes with it
/// for an error structure, which has a field `meta`. `message` is the field that holds the text.
#[macro_export]
macro_rules! error_structure {
    ($type:ident, message: $message:expr; $($rest:tt)*) => {
        $crate::structure! { $type $($rest)* + meta }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let message: fn(&$type) -> ::core::option::Option<&str> = $message;
                $crate::debug::error(::core::stringify!($type), message(self), f)
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
        }

        impl $crate::ProvideErrorMetadata for $type {
            #[inline]
            fn meta(&self) -> &$crate::ErrorMetadata {
                &self.meta
            }
        }
    };
}

/// `Default` and `Debug` for a builder that wraps the structure it builds.
#[macro_export]
macro_rules! builder {
    ($builder:ident) => {
        impl ::core::default::Default for $builder {
            #[inline]
            fn default() -> Self {
                Self { inner: $crate::Value::empty() }
            }
        }

        impl ::core::fmt::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug::structure_as(::core::stringify!($builder), &self.inner, f)
            }
        }
    };
}

/// Implements [`Union`](crate::Union), [`Value`](crate::Value) and `Debug` for a union with a
/// variant `Unknown`.
#[macro_export]
macro_rules! union {
    (
        $type:ident($id:literal) {$(
            $index:literal: $variant:ident($name:literal)
                $(. $trait:ident($($argument:expr),*))*,
        )*}
    ) => {
        const _: () = {
            static SCHEMA: $crate::Schema = $crate::Schema::new(
                $id,
                ::core::stringify!($type),
                &[$(
                    $crate::Member::new($name, ::core::stringify!($variant))
                        $(.$trait($($argument),*))*
                ),*],
            );

            impl $type {
                /// What the shape says of itself.
                #[doc(hidden)]
                pub const SCHEMA: &'static $crate::Schema = &SCHEMA;
            }
        };

        impl $crate::Union for $type {
            #[inline]
            fn schema(&self) -> &'static $crate::Schema {
                Self::SCHEMA
            }
            #[inline]
            #[allow(deprecated)]
            fn variant(&self) -> ::core::option::Option<(usize, &dyn $crate::Value)> {
                match self {
                    $(Self::$variant(value) => ::core::option::Option::Some(($index, value)),)*
                    _ => ::core::option::Option::None,
                }
            }
            #[inline]
            #[allow(deprecated)]
            fn select(
                &mut self,
                index: usize,
            ) -> ::core::option::Option<&mut dyn $crate::Value> {
                *self = match index {
                    $($index => Self::$variant($crate::Value::empty()),)*
                    _ => Self::Unknown,
                };
                match self {
                    $(Self::$variant(value) => ::core::option::Option::Some(value),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

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

/// What every string enum has: its values as text and back, and [`Value`](crate::Value). The enum
/// has a variant `Unknown` that keeps what the model doesn't have.
#[macro_export]
macro_rules! string_enum {
    ($type:ident { $($variant:ident = $value:literal,)* }) => {
        impl $type {
            /// The value as text.
            #[inline]
            #[allow(deprecated)]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// All values that this version of the crate knows.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }

            /// The value with this text.
            ///
            /// # Errors
            /// If this version of the crate doesn't know it.
            #[inline]
            #[allow(deprecated)]
            pub fn try_parse(
                value: &str,
            ) -> ::core::result::Result<Self, $crate::UnknownVariantError> {
                match Self::from(value) {
                    Self::Unknown(_) => {
                        ::core::result::Result::Err($crate::UnknownVariantError::new(value))
                    }
                    known => ::core::result::Result::Ok(known),
                }
            }
        }

        impl ::core::convert::From<&str> for $type {
            #[inline]
            #[allow(deprecated)]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown($crate::UnknownVariantValue::new(other)),
                }
            }
        }

        $crate::enum_value!($type, #[allow(deprecated)] Self::Unknown($crate::UnknownVariantValue::NOT_SET));
    };
}

/// What the `From<&str>` and `as_str` of a string enum make of it: the other conversions, and
/// [`Value`](crate::Value).
#[doc(hidden)]
#[macro_export]
macro_rules! enum_value {
    ($type:ident, #[$attribute:meta] $empty:expr) => {
        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
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

        impl $crate::Value for $type {
            #[inline]
            fn get(&self) -> $crate::Ref<'_> {
                $crate::Ref::Enum(self)
            }
            #[inline]
            fn slot(&mut self) -> $crate::Slot<'_> {
                $crate::Slot::Enum(self)
            }
            #[inline]
            #[$attribute]
            fn empty() -> Self {
                $empty
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
    };
}

/// What the error enum of an operation has besides its variants, the last of which is `Unhandled`.
#[macro_export]
macro_rules! operation_error {
    ($type:ident { $($index:literal: $variant:ident,)* }) => {
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
            #[allow(deprecated)]
            pub fn meta(&self) -> &$crate::ErrorMetadata {
                match self {
                    $(Self::$variant(error) => $crate::ProvideErrorMetadata::meta(error),)*
                    Self::Unhandled(error) => error.meta(),
                }
            }
        }

        impl $crate::OperationError for $type {
            #[inline]
            #[allow(deprecated)]
            fn unhandled(unhandled: $crate::Unhandled) -> Self {
                Self::Unhandled(unhandled)
            }
            #[inline]
            #[allow(deprecated)]
            fn set_unhandled(&mut self, unhandled: $crate::Unhandled) {
                *self = Self::Unhandled(unhandled);
            }
            #[inline]
            #[allow(deprecated)]
            fn select(
                &mut self,
                index: usize,
            ) -> ::core::option::Option<&mut dyn $crate::ErrorStructure> {
                match index {
                    $($index => *self = Self::$variant($crate::Value::empty()),)*
                    _ => return ::core::option::Option::None,
                }
                match self {
                    $(Self::$variant(error) => ::core::option::Option::Some(error),)*
                    Self::Unhandled(_) => ::core::option::Option::None,
                }
            }
            #[inline]
            #[allow(deprecated)]
            fn modeled(
                &self,
            ) -> ::core::option::Option<(usize, &dyn $crate::ErrorStructure)> {
                match self {
                    $(Self::$variant(error) => ::core::option::Option::Some(($index, error)),)*
                    Self::Unhandled(_) => ::core::option::Option::None,
                }
            }
        }

        impl $crate::ProvideErrorKind for $type {
            #[inline]
            fn code(&self) -> ::core::option::Option<&str> {
                $crate::ProvideErrorMetadata::code(self)
            }
            #[inline]
            fn retryable_error_kind(&self) -> ::core::option::Option<$crate::ErrorKind> {
                $crate::OperationError::modeled(self)
                    .and_then(|(_, error)| error.retryable_error_kind())
            }
        }

        impl ::core::error::Error for $type {
            #[inline]
            #[allow(deprecated)]
            fn source(
                &self,
            ) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => ::core::option::Option::Some(error),)*
                    Self::Unhandled(error) => ::core::option::Option::Some(error.source()),
                }
            }
        }

        $crate::error_enum! { $type { $($variant,)* } }
    };
}

/// What every enum of errors has whose last variant is `Unhandled`: the error traits, delegating.
#[macro_export]
macro_rules! error_enum {
    ($type:ident { $($variant:ident,)* }) => {
        impl ::core::fmt::Display for $type {
            #[inline]
            #[allow(deprecated)]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::core::fmt::Display::fmt(error, f),)*
                    Self::Unhandled(error) => error.fmt(f),
                }
            }
        }

        impl $crate::ProvideErrorMetadata for $type {
            #[inline]
            #[allow(deprecated)]
            fn meta(&self) -> &$crate::ErrorMetadata {
                match self {
                    $(Self::$variant(error) => $crate::ProvideErrorMetadata::meta(error),)*
                    Self::Unhandled(error) => error.meta(),
                }
            }
        }
    };
}

/// What the error enum of a whole service has besides its variants, the last of which is `Unhandled`.
#[macro_export]
macro_rules! service_error {
    ($type:ident { $($variant:ident,)* }) => {
        impl ::core::convert::From<$crate::BuildError> for $type {
            #[inline]
            #[allow(deprecated)]
            fn from(error: $crate::BuildError) -> Self {
                Self::Unhandled($crate::Unhandled::new(error))
            }
        }

        impl ::core::error::Error for $type {
            #[inline]
            #[allow(deprecated)]
            fn source(
                &self,
            ) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => ::core::error::Error::source(error),)*
                    Self::Unhandled(error) => ::core::option::Option::Some(error.source()),
                }
            }
        }

        $crate::error_enum! { $type { $($variant,)* } }
    };
}

/// The error of the whole service from the error of one operation.
#[macro_export]
macro_rules! error_from {
    ($type:ident, $operation_error:path { $($variant:ident,)* }) => {
        impl ::core::convert::From<$operation_error> for $type {
            #[inline]
            #[allow(deprecated)]
            fn from(error: $operation_error) -> Self {
                use $operation_error as Operation;
                match error {
                    $(Operation::$variant(error) => Self::$variant(error),)*
                    Operation::Unhandled(error) => Self::Unhandled(error),
                }
            }
        }
    };
}
