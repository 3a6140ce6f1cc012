//! The modules below a generated crate's `config`, and settings that only some services have, as macros: see
//! `surface.rs`. They must not know any service.

/// The part of [`client_config!`](crate::client_config) that is modules.
#[doc(hidden)]
#[macro_export]
macro_rules! client_config_modules {
    ($schema:path) => {
        /// Messages of HTTP.
        pub mod http {
            pub use $crate::client::aws_smithy_runtime_api::client::orchestrator::{
                HttpRequest, HttpResponse,
            };
        }

        /// What interceptors are given.
        pub mod interceptors {
            pub use $crate::client::aws_smithy_runtime_api::client::interceptors::context::{
                AfterDeserializationInterceptorContextRef,
                BeforeDeserializationInterceptorContextMut,
                BeforeDeserializationInterceptorContextRef,
                BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
                BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
                FinalizerInterceptorContextMut, FinalizerInterceptorContextRef, InterceptorContext,
            };
        }

        /// How failed requests are tried again.
        pub mod retry {
            pub use $crate::client::aws_smithy_runtime::client::retries::{
                ClientRateLimiter, RetryPartition, TokenBucket,
            };
            pub use $crate::client::aws_smithy_runtime_api::client::retries::ShouldAttempt;
            pub use $crate::client::aws_smithy_runtime_api::client::retries::classifiers::{
                ClassifyRetry, RetryAction,
            };
            pub use $crate::client::aws_smithy_types::retry::{
                ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode,
            };
        }

        /// How long things may take.
        pub mod timeout {
            pub use $crate::client::aws_smithy_types::timeout::{
                TimeoutConfig, TimeoutConfigBuilder,
            };
        }

        /// How requests are authenticated.
        pub mod auth {
            $crate::client_auth!($schema);
        }
    };
}

/// The content of a crate's module `config::auth`.
#[doc(hidden)]
#[macro_export]
macro_rules! client_auth {
    ($schema:path) => {
        use $crate::client::aws_smithy_runtime_api::client::auth as api;
        use $crate::client::aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
        use $crate::client::aws_smithy_types::config_bag::ConfigBag;

        /// Chooses how a request is authenticated.
        pub trait ResolveAuthScheme:
            ::core::marker::Send + ::core::marker::Sync + ::core::fmt::Debug
        {
            /// The ways in which a request of these parameters may be authenticated, best first.
            fn resolve_auth_scheme<'a>(
                &'a self,
                params: &'a Params,
                cfg: &'a ConfigBag,
                runtime_components: &'a RuntimeComponents,
            ) -> api::AuthSchemeOptionsFuture<'a>;

            /// The same without its type.
            #[inline]
            fn into_shared_resolver(self) -> api::SharedAuthSchemeOptionResolver
            where
                Self: ::core::marker::Sized + 'static,
            {
                api::SharedAuthSchemeOptionResolver::new(DowncastParams(self))
            }
        }

        #[derive(Debug)]
        struct DowncastParams<T>(T);

        impl<T: ResolveAuthScheme> api::ResolveAuthSchemeOptions for DowncastParams<T> {
            #[inline]
            fn resolve_auth_scheme_options_v2<'a>(
                &'a self,
                params: &'a api::AuthSchemeOptionResolverParams,
                cfg: &'a ConfigBag,
                runtime_components: &'a RuntimeComponents,
            ) -> api::AuthSchemeOptionsFuture<'a> {
                match params.get::<Params>() {
                    ::core::option::Option::Some(params) => {
                        self.0.resolve_auth_scheme(params, cfg, runtime_components)
                    }
                    ::core::option::Option::None => $crate::client::foreign_auth_params(),
                }
            }
        }

        /// Chooses what the service's model says.
        #[derive(Debug, Default)]
        pub struct DefaultAuthSchemeResolver(());

        impl ResolveAuthScheme for DefaultAuthSchemeResolver {
            #[inline]
            fn resolve_auth_scheme<'a>(
                &'a self,
                params: &'a Params,
                _: &'a ConfigBag,
                _: &'a RuntimeComponents,
            ) -> api::AuthSchemeOptionsFuture<'a> {
                $crate::client::modeled_auth(&$schema, params.operation_name())
            }
        }

        /// What decides how a request is authenticated.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Params {
            operation_name: ::std::borrow::Cow<'static, str>,
        }

        impl Params {
            /// A builder for [`Params`].
            #[inline]
            pub fn builder() -> ParamsBuilder {
                ParamsBuilder::default()
            }
            /// The operation's name.
            #[inline]
            pub fn operation_name(&self) -> &str {
                &self.operation_name
            }
        }

        /// A builder for [`Params`].
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct ParamsBuilder {
            operation_name: ::core::option::Option<::std::borrow::Cow<'static, str>>,
        }

        impl ParamsBuilder {
            /// The operation's name.
            #[inline]
            pub fn operation_name(
                self,
                operation_name: impl ::core::convert::Into<::std::borrow::Cow<'static, str>>,
            ) -> Self {
                self.set_operation_name(::core::option::Option::Some(operation_name.into()))
            }
            /// Sets or clears the operation's name.
            #[inline]
            pub fn set_operation_name(
                mut self,
                operation_name: ::core::option::Option<::std::borrow::Cow<'static, str>>,
            ) -> Self {
                self.operation_name = operation_name;
                self
            }
            /// The [`Params`].
            ///
            /// # Errors
            /// If the operation's name wasn't given.
            #[inline]
            pub fn build(self) -> ::core::result::Result<Params, BuildError> {
                match self.operation_name {
                    ::core::option::Option::Some(operation_name) => {
                        ::core::result::Result::Ok(Params { operation_name })
                    }
                    ::core::option::Option::None => ::core::result::Result::Err(BuildError(())),
                }
            }
        }

        /// [`Params`] were built without the operation's name.
        #[derive(Debug)]
        pub struct BuildError(());

        impl ::core::fmt::Display for BuildError {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str("a required field was missing: `operation_name`")
            }
        }

        impl ::core::error::Error for BuildError {}

        #[inline]
        pub(crate) fn params(operation: &'static str) -> api::AuthSchemeOptionResolverParams {
            let operation_name = ::std::borrow::Cow::Borrowed(operation);
            api::AuthSchemeOptionResolverParams::new(Params { operation_name })
        }

        #[inline]
        pub(crate) fn default_resolver() -> api::SharedAuthSchemeOptionResolver {
            DefaultAuthSchemeResolver::default().into_shared_resolver()
        }
    };
}

/// Settings of services whose endpoints may be of a region set, which Signature Version 4a signs for.
#[macro_export]
macro_rules! client_sigv4a {
    () => {
        impl Config {
            /// The regions that requests are signed for by Signature Version 4a.
            #[inline]
            pub fn sigv4a_signing_region_set(
                &self,
            ) -> ::core::option::Option<&aws_types::region::SigningRegionSet> {
                self.inner.load()
            }
        }

        impl Builder {
            /// The regions that requests are signed for by Signature Version 4a.
            #[inline]
            pub fn sigv4a_signing_region_set(
                mut self,
                v: impl ::core::convert::Into<aws_types::region::SigningRegionSet>,
            ) -> Self {
                self.set_sigv4a_signing_region_set(::core::option::Option::Some(v.into()));
                self
            }
            /// The regions that requests are signed for by Signature Version 4a.
            #[inline]
            pub fn set_sigv4a_signing_region_set(
                &mut self,
                v: ::core::option::Option<aws_types::region::SigningRegionSet>,
            ) -> &mut Self {
                self.inner.store(v);
                self
            }
        }
    };
}

/// Settings of services whose operations take idempotency tokens.
#[macro_export]
macro_rules! client_idempotency {
    () => {
        pub use $crate::client::IdempotencyTokenProvider;

        impl Config {
            /// What makes the tokens of requests that have none, if that was replaced.
            ///
            /// # Panics
            /// If it wasn't.
            #[inline]
            pub fn idempotency_token_provider(&self) -> IdempotencyTokenProvider {
                self.inner.load().cloned().expect("an idempotency token provider was set")
            }
        }

        impl Builder {
            /// What makes the tokens of requests that have none.
            #[inline]
            pub fn idempotency_token_provider(
                mut self,
                idempotency_token_provider: impl ::core::convert::Into<IdempotencyTokenProvider>,
            ) -> Self {
                self.set_idempotency_token_provider(::core::option::Option::Some(
                    idempotency_token_provider.into(),
                ));
                self
            }
            /// What makes the tokens of requests that have none.
            #[inline]
            pub fn set_idempotency_token_provider(
                &mut self,
                idempotency_token_provider: ::core::option::Option<IdempotencyTokenProvider>,
            ) -> &mut Self {
                self.inner.store(idempotency_token_provider);
                self
            }
        }
    };
}

/// Settings of services with operations whose requests are compressed.
#[macro_export]
macro_rules! client_request_compression {
    () => {
        impl Config {
            /// Whether requests are never compressed, if it was said.
            #[inline]
            pub fn disable_request_compression(&self) -> ::core::option::Option<bool> {
                self.inner.disable_request_compression()
            }
            /// The bytes that a body must have to be compressed, if they were said.
            #[inline]
            pub fn request_min_compression_size_bytes(&self) -> ::core::option::Option<u32> {
                self.inner.request_min_compression_size_bytes()
            }
        }

        impl Builder {
            /// Whether requests are never compressed.
            #[inline]
            pub fn disable_request_compression(
                mut self,
                disable_request_compression: impl ::core::convert::Into<::core::option::Option<bool>>,
            ) -> Self {
                self.set_disable_request_compression(disable_request_compression.into());
                self
            }
            /// Whether requests are never compressed.
            #[inline]
            pub fn set_disable_request_compression(
                &mut self,
                disable_request_compression: ::core::option::Option<bool>,
            ) -> &mut Self {
                self.inner.set_disable_request_compression(disable_request_compression);
                self
            }
            /// The bytes that a body must have to be compressed: 10,240 unless something else is said.
            #[inline]
            pub fn request_min_compression_size_bytes(
                mut self,
                request_min_compression_size_bytes: impl ::core::convert::Into<
                    ::core::option::Option<u32>,
                >,
            ) -> Self {
                self.set_request_min_compression_size_bytes(request_min_compression_size_bytes.into());
                self
            }
            /// The bytes that a body must have to be compressed: 10,240 unless something else is said.
            #[inline]
            pub fn set_request_min_compression_size_bytes(
                &mut self,
                request_min_compression_size_bytes: ::core::option::Option<u32>,
            ) -> &mut Self {
                self.inner.set_request_min_compression_size_bytes(request_min_compression_size_bytes);
                self
            }
        }
    };
}

/// Settings of services whose endpoints the caller's account may be part of.
#[macro_export]
macro_rules! client_account_id_endpoints {
    () => {
        impl Builder {
            $crate::client_setting!(
                #[doc = " Whether the caller's account is part of endpoints."]
                account_id_endpoint_mode, set_account_id_endpoint_mode,
                account_id_endpoint_mode: aws_types::endpoint_config::AccountIdEndpointMode => store
            );
        }
    };
}
