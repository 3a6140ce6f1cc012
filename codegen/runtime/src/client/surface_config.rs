//! What a generated crate's `config` holds, as a macro: see `surface.rs`. It must not know any service.

/// The content of a crate's module `config`, but for settings that only some services have.
#[macro_export]
macro_rules! client_config {
    ($schema:path) => {
        pub use $crate::client::aws_credential_types::Credentials;
        pub use $crate::client::aws_credential_types::provider::{
            ProvideCredentials, SharedCredentialsProvider,
        };
        pub use $crate::client::aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
        pub use $crate::client::aws_smithy_runtime::client::identity::IdentityCache;
        pub use $crate::client::aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
        pub use $crate::client::aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
        pub use $crate::client::aws_smithy_runtime_api::client::identity::{
            ResolveCachedIdentity, SharedIdentityCache,
        };
        pub use $crate::client::aws_smithy_runtime_api::client::interceptors::{
            Intercept, SharedInterceptor,
        };
        pub use $crate::client::aws_smithy_runtime_api::client::runtime_components::{
            RuntimeComponents, RuntimeComponentsBuilder,
        };
        pub use $crate::client::aws_smithy_runtime_api::client::runtime_plugin::{
            RuntimePlugin, SharedRuntimePlugin,
        };
        pub use $crate::client::aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
        pub use $crate::client::aws_smithy_runtime_api::shared::IntoShared;
        pub use $crate::client::aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
        pub use $crate::client::aws_types::app_name::AppName;
        pub use $crate::client::aws_types::region::Region;
        pub use $crate::client::aws_types::sdk_ua_metadata::FrameworkMetadata;

        use $crate::client::aws_runtime;
        use $crate::client::aws_smithy_async::time::{SharedTimeSource, TimeSource};
        use $crate::client::aws_smithy_runtime_api::client::{auth as api_auth, retries as api_retries};
        use $crate::client::aws_smithy_types::retry::RetryConfig;
        use $crate::client::aws_smithy_types::timeout::TimeoutConfig;
        use $crate::client::aws_types;

        /// The configuration of a client.
        #[derive(Clone, Debug)]
        pub struct Config {
            pub(crate) inner: $crate::client::Config,
        }

        /// A builder for [`Config`], and what overrides one for a single call.
        #[derive(Clone, Debug, Default)]
        pub struct Builder {
            pub(crate) inner: $crate::client::ConfigBuilder,
        }

        impl Config {
            /// A builder for [`Config`].
            #[inline]
            pub fn builder() -> Builder {
                Builder::default()
            }
            /// A builder that begins with this configuration.
            #[inline]
            pub fn to_builder(&self) -> Builder {
                Builder { inner: self.inner.to_builder() }
            }
            /// The configuration that all services share, for this one.
            #[inline]
            pub fn new(config: &aws_types::sdk_config::SdkConfig) -> Self {
                Self::from(config)
            }
            /// What is done about streams that stand still.
            #[inline]
            pub fn stalled_stream_protection(
                &self,
            ) -> ::core::option::Option<&StalledStreamProtectionConfig> {
                self.inner.load()
            }
            /// What sends requests.
            #[inline]
            pub fn http_client(&self) -> ::core::option::Option<SharedHttpClient> {
                self.inner.components.http_client()
            }
            /// Ways to authenticate requests that were added.
            #[inline]
            pub fn auth_schemes(
                &self,
            ) -> impl ::core::iter::Iterator<Item = api_auth::SharedAuthScheme> + '_ {
                self.inner.components.auth_schemes()
            }
            /// What chooses how a request is authenticated, if that was replaced.
            #[inline]
            pub fn auth_scheme_resolver(
                &self,
            ) -> ::core::option::Option<api_auth::SharedAuthSchemeOptionResolver> {
                self.inner.components.auth_scheme_option_resolver()
            }
            /// Which ways to authenticate requests are preferred.
            #[inline]
            pub fn auth_scheme_preference(
                &self,
            ) -> ::core::option::Option<&api_auth::AuthSchemePreference> {
                self.inner.load()
            }
            /// What resolves endpoints, where that was replaced.
            ///
            /// # Panics
            /// If it wasn't.
            #[inline]
            pub fn endpoint_resolver(&self) -> endpoint::SharedEndpointResolver {
                self.inner.components.endpoint_resolver().expect("an endpoint resolver was set")
            }
            /// How failed requests are tried again.
            #[inline]
            pub fn retry_config(&self) -> ::core::option::Option<&RetryConfig> {
                self.inner.load()
            }
            /// What sleeps between retries and for timeouts.
            #[inline]
            pub fn sleep_impl(&self) -> ::core::option::Option<SharedAsyncSleep> {
                self.inner.components.sleep_impl()
            }
            /// How long things may take.
            #[inline]
            pub fn timeout_config(&self) -> ::core::option::Option<&TimeoutConfig> {
                self.inner.load()
            }
            /// What the client shares its limits on retries with.
            #[inline]
            pub fn retry_partition(&self) -> ::core::option::Option<&retry::RetryPartition> {
                self.inner.load()
            }
            /// Where identities are kept until they expire.
            #[inline]
            pub fn identity_cache(&self) -> ::core::option::Option<SharedIdentityCache> {
                self.inner.components.identity_cache()
            }
            /// The interceptors of all calls.
            #[inline]
            pub fn interceptors(
                &self,
            ) -> impl ::core::iter::Iterator<Item = SharedInterceptor> + '_ {
                self.inner.components.interceptors()
            }
            /// What tells the time.
            #[inline]
            pub fn time_source(&self) -> ::core::option::Option<SharedTimeSource> {
                self.inner.components.time_source()
            }
            /// What tells which failures may pass, where more was added.
            #[inline]
            pub fn retry_classifiers(
                &self,
            ) -> impl ::core::iter::Iterator<Item = api_retries::classifiers::SharedRetryClassifier> + '_
            {
                self.inner.components.retry_classifiers()
            }
            /// What the program is called in the user agent.
            #[inline]
            pub fn app_name(&self) -> ::core::option::Option<&AppName> {
                self.inner.load()
            }
            /// What frameworks say of themselves in the user agent.
            #[inline]
            pub fn framework_metadata(&self) -> ::std::vec::Vec<&FrameworkMetadata> {
                self.inner.framework_metadata()
            }
            /// Whether the difference between the service's clock and this machine's is left alone.
            #[inline]
            pub fn disable_clock_skew_correction(&self) -> ::core::option::Option<bool> {
                self.inner.disable_clock_skew_correction()
            }
            /// What makes the IDs of invocations, if that was replaced.
            #[inline]
            pub fn invocation_id_generator(
                &self,
            ) -> ::core::option::Option<aws_runtime::invocation_id::SharedInvocationIdGenerator> {
                self.inner.load().cloned()
            }
            /// What requests are signed for.
            #[inline]
            pub fn signing_name(&self) -> &'static str {
                match $schema.modeled_signing_name() {
                    ::core::option::Option::Some(name) => name,
                    ::core::option::Option::None => "",
                }
            }
            /// The region that requests go to.
            #[inline]
            pub fn region(&self) -> ::core::option::Option<&Region> {
                self.inner.load()
            }
            /// Always nothing: it is here because the official crate has it.
            #[deprecated(note = "it never gave what its name says, and always gives `None`")]
            #[inline]
            pub fn credentials_provider(
                &self,
            ) -> ::core::option::Option<SharedCredentialsProvider> {
                ::core::option::Option::None
            }
        }

        $crate::client_config_builder!($schema);
        $crate::client_config_modules!($schema);
    };
}
