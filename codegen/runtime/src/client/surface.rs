//! What a generated crate's `config`, `client` and `client::customize` hold, as macros: the types are each
//! crate's own, as those of the official crates are, and what they do is here. They must not know any service.

/// The content of a crate's module `client`, but for the operations.
#[macro_export]
#[expect(clippy::crate_in_macro_def, reason = "it is the generated crate's own types")]
macro_rules! client {
    ($schema:path, $latest:expr) => {
        /// A client of the service. A clone shares connections and caches with it.
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) handle: $crate::client::Handle,
            conf: ::std::sync::Arc<crate::config::Config>,
        }

        impl Client {
            /// The client with this configuration.
            ///
            /// # Panics
            /// If it is invalid: without a behavior version, or with retries or timeouts but nothing to sleep
            /// with.
            #[inline]
            #[track_caller]
            pub fn from_conf(conf: crate::config::Config) -> Self {
                Self {
                    handle: $crate::client::Handle::new(&$schema, conf.inner.clone(), $latest),
                    conf: ::std::sync::Arc::new(conf),
                }
            }

            /// The client with the configuration that all services share.
            ///
            /// # Panics
            /// If it is invalid: see [`from_conf`](Self::from_conf).
            #[inline]
            #[track_caller]
            pub fn new(sdk_config: &$crate::client::aws_types::sdk_config::SdkConfig) -> Self {
                Self::from_conf(::core::convert::From::from(sdk_config))
            }

            /// The client's configuration.
            #[inline]
            pub fn config(&self) -> &crate::config::Config {
                &self.conf
            }
        }
    };
}

/// The content of a crate's module `client::customize`.
#[macro_export]
#[expect(clippy::crate_in_macro_def, reason = "it is the generated crate's own types")]
macro_rules! client_customize {
    () => {
        /// A call that can be customized before it is sent.
        pub struct CustomizableOperation<T, E, B> {
            customizable_send: B,
            config_override: ::core::option::Option<crate::config::Builder>,
            interceptors: ::std::vec::Vec<crate::config::SharedInterceptor>,
            types: ::core::marker::PhantomData<(T, E)>,
        }

        impl<T, E, B> CustomizableOperation<T, E, B> {
            #[inline]
            pub(crate) fn new(customizable_send: B) -> Self {
                Self {
                    customizable_send,
                    config_override: ::core::option::Option::None,
                    interceptors: ::std::vec::Vec::new(),
                    types: ::core::marker::PhantomData,
                }
            }

            /// Adds an interceptor, which runs after those of the client.
            #[inline]
            pub fn interceptor(
                mut self,
                interceptor: impl crate::config::Intercept + 'static,
            ) -> Self {
                self.interceptors.push(crate::config::SharedInterceptor::new(interceptor));
                self
            }

            /// Lets `f` replace the request before it is signed, or refuse it.
            #[inline]
            pub fn map_request<F, MapE>(self, f: F) -> Self
            where
                F: ::core::ops::Fn(
                        crate::config::http::HttpRequest,
                    )
                        -> ::core::result::Result<crate::config::http::HttpRequest, MapE>
                    + ::core::marker::Send
                    + ::core::marker::Sync
                    + 'static,
                MapE: ::core::error::Error
                    + ::core::marker::Send
                    + ::core::marker::Sync
                    + 'static,
            {
                use $crate::client::aws_smithy_runtime::client::interceptors::MapRequestInterceptor;
                self.interceptor(MapRequestInterceptor::new(f))
            }

            /// Lets `f` change the request before it is signed.
            #[inline]
            pub fn mutate_request<F>(self, f: F) -> Self
            where
                F: ::core::ops::Fn(&mut crate::config::http::HttpRequest)
                    + ::core::marker::Send
                    + ::core::marker::Sync
                    + 'static,
            {
                use $crate::client::aws_smithy_runtime::client::interceptors::MutateRequestInterceptor;
                self.interceptor(MutateRequestInterceptor::new(f))
            }

            /// Overrides the client's configuration for this call.
            #[inline]
            pub fn config_override(
                mut self,
                config_override: impl ::core::convert::Into<crate::config::Builder>,
            ) -> Self {
                self.config_override = ::core::option::Option::Some(config_override.into());
                self
            }

            /// Makes the call.
            ///
            /// # Errors
            /// If the request can't be made or sent, the response can't be read, or the service answers with
            /// an error.
            #[inline]
            pub async fn send(self) -> internal::SendResult<T, E>
            where
                E: ::core::error::Error
                    + ::core::marker::Send
                    + ::core::marker::Sync
                    + 'static,
                B: internal::CustomizableSend<T, E>,
            {
                let (customizable_send, config_override) = self.into_parts();
                customizable_send.send(config_override).await
            }

            /// The call, and what overrides the client's configuration.
            #[inline]
            fn into_parts(self) -> (B, crate::config::Builder) {
                let mut config_override = self.config_override.unwrap_or_default();
                for interceptor in self.interceptors {
                    config_override.push_interceptor(interceptor);
                }
                (self.customizable_send, config_override)
            }
        }

        pub(crate) mod internal {
            //! What calls a customized operation.

            pub use $crate::client::{BoxFuture, SendResult};

            /// A call that can be made with other settings than the client's.
            pub trait CustomizableSend<T, E>:
                ::core::marker::Send + ::core::marker::Sync
            {
                /// Makes the call.
                fn send(
                    self,
                    config_override: crate::config::Builder,
                ) -> BoxFuture<SendResult<T, E>>;
            }
        }
    };
}
