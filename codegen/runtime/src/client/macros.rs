//! The lines between a generated type and the client: what would be the same in every generated crate stands
//! here once. They only delegate; they must not know any service.

/// The traits of the client for an operation's output.
#[macro_export]
macro_rules! client_output {
    ($type:ident) => {
        impl $crate::client::RequestId for $type {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                $crate::Output::request_id(self)
            }
        }
    };
}

/// The traits of the client for anything that has the metadata of an error.
#[macro_export]
macro_rules! client_error {
    ($type:ident) => {
        impl $crate::client::RequestId for $type {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                $crate::client::RequestId::request_id($crate::ProvideErrorMetadata::meta(self))
            }
        }
    };
}

/// The traits of the client for an operation's error enum.
#[macro_export]
macro_rules! client_operation_error {
    ($type:ident) => {
        $crate::client_error!($type);

        impl $crate::client::CreateUnhandledError for $type {
            #[inline]
            fn create_unhandled_error(
                source: $crate::client::BoxError,
                meta: ::core::option::Option<$crate::ErrorMetadata>,
            ) -> Self {
                $crate::OperationError::from_unhandled($crate::Unhandled::with_meta(
                    source,
                    meta.unwrap_or_default(),
                ))
            }
        }
    };
}

/// The error of the whole service from what the client gives for an operation.
#[macro_export]
macro_rules! client_error_from {
    ($type:ident) => {
        impl<E, R> ::core::convert::From<$crate::client::SdkError<E, R>> for $type
        where
            Self: ::core::convert::From<E>,
            E: $crate::ServiceError,
            R: ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
        {
            #[allow(deprecated)]
            #[inline]
            fn from(error: $crate::client::SdkError<E, R>) -> Self {
                match error {
                    $crate::client::SdkError::ServiceError(context) => {
                        Self::from(context.into_err())
                    }
                    error => {
                        let meta = $crate::ProvideErrorMetadata::meta(&error).clone();
                        Self::Unhandled($crate::Unhandled::with_meta(error, meta))
                    }
                }
            }
        }
    };
}

/// The error of the whole service from what waiters give.
#[macro_export]
macro_rules! client_error_from_waiters {
    ($type:ident) => {
        impl<O, E>
            ::core::convert::From<
                $crate::client::aws_smithy_runtime_api::client::waiters::error::WaiterError<O, E>,
            > for $type
        where
            O: ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
            E: ::core::error::Error + ::core::marker::Send + ::core::marker::Sync + 'static,
        {
            #[allow(deprecated)]
            #[inline]
            fn from(
                error: $crate::client::aws_smithy_runtime_api::client::waiters::error::WaiterError<
                    O,
                    E,
                >,
            ) -> Self {
                Self::Unhandled($crate::Unhandled::new(error))
            }
        }
    };
}
