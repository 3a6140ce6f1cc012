//! What generated crates have of requests that are signed ahead, as macros: see `surface.rs`. They must not know any
//! service.

/// What builders have besides whose operations' requests can be signed ahead, for a crate's module `builder`.
#[macro_export]
#[expect(clippy::crate_in_macro_def, reason = "it is the generated crate's own types")]
macro_rules! client_builders_presigned {
    () => {
        impl<I: $crate::client::presign::Presigned> Builder<I, Call<I>> {
            /// Makes the request and signs it, for others to send: they need no credentials. It is valid for as long as
            /// `presigning_config` says, and the credentials are that sign it.
            ///
            /// # Errors
            /// If the input lacks a member, or the request can't be made or signed.
            #[inline]
            pub async fn presigned(
                self,
                presigning_config: $crate::client::presign::PresigningConfig,
            ) -> ::core::result::Result<
                $crate::client::presign::PresignedRequest,
                $crate::client::SdkError<I::Error, $crate::client::HttpResponse>,
            > {
                let Builder { fields, state: Call { handle, .. } } = self;
                $crate::client::presign::presigned::<I>(
                    handle,
                    ::core::option::Option::None,
                    $crate::Fields::build(fields),
                    presigning_config,
                )
                .await
            }
        }

        impl<I: $crate::client::presign::Presigned>
            crate::client::customize::presigned::CustomizablePresigned<I::Error>
            for Builder<I, Call<I>>
        {
            fn presign(
                self,
                config_override: crate::config::Builder,
                presigning_config: $crate::client::presign::PresigningConfig,
            ) -> $crate::client::BoxFuture<
                $crate::client::SendResult<$crate::client::presign::PresignedRequest, I::Error>,
            > {
                let Builder { fields, state: Call { handle, .. } } = self;
                $crate::client::presign::presigned::<I>(
                    handle,
                    ::core::option::Option::Some(config_override.inner),
                    $crate::Fields::build(fields),
                    presigning_config,
                )
            }
        }
    };
}

/// What a crate's module `client::customize` has besides.
#[macro_export]
#[expect(clippy::crate_in_macro_def, reason = "it is the generated crate's own types")]
macro_rules! client_customize_presigned {
    () => {
        impl<T, E, B> CustomizableOperation<T, E, B> {
            /// Makes the request and signs it, for others to send.
            ///
            /// # Errors
            /// If the input lacks a member, or the request can't be made or signed.
            #[inline]
            pub async fn presigned(
                self,
                presigning_config: $crate::client::presign::PresigningConfig,
            ) -> internal::SendResult<$crate::client::presign::PresignedRequest, E>
            where
                E: ::core::error::Error + ::core::marker::Send + ::core::marker::Sync + 'static,
                B: presigned::CustomizablePresigned<E>,
            {
                let (customizable_send, config_override) = self.into_parts();
                customizable_send.presign(config_override, presigning_config).await
            }
        }

        pub(crate) mod presigned {
            //! What signs the request of a customized operation ahead.

            use $crate::client::presign::{PresignedRequest, PresigningConfig};
            use $crate::client::{BoxFuture, SendResult};

            /// A call whose request can be signed ahead with other settings than the client's.
            pub trait CustomizablePresigned<E>:
                ::core::marker::Send + ::core::marker::Sync
            {
                /// Signs the request ahead.
                fn presign(
                    self,
                    config_override: crate::config::Builder,
                    presigning_config: PresigningConfig,
                ) -> BoxFuture<SendResult<PresignedRequest, E>>;
            }
        }
    };
}
