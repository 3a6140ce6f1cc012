//! A client's configuration, which is the same for all services: the layer of settings and the components
//! that the orchestrator reads. It must not know any service; generated crates wrap it in types of their own.

use std::borrow::Cow;

use aws_credential_types::provider::SharedCredentialsProvider;
#[cfg(feature = "test-util")]
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_runtime::user_agent::ApiMetadata;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;
use aws_smithy_types::config_bag::{CloneableLayer, FrozenLayer, Layer, Storable, StoreReplace};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::endpoint_config::EndpointUrl;
use aws_types::region::{Region, SigningRegion};
use aws_types::sdk_config::SdkConfig;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use aws_types::service_config::ServiceConfigKey;

#[cfg(feature = "test-util")]
use super::idempotency::IdempotencyTokenProvider;
use super::schema::ClientSchema;
use crate::endpoint::{ClientParam, ParamValue};
#[cfg(feature = "test-util")]
use crate::service::Auth;

/// A client's configuration, complete.
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) layer: FrozenLayer,
    /// The same as `layer`, for a builder that begins with it.
    cloneable: CloneableLayer,
    /// How to get what the orchestrator works with: HTTP client, identities, interceptors.
    pub components: RuntimeComponentsBuilder,
    pub(crate) plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
}

/// A builder for [`Config`], and what overrides one for a single call.
#[derive(Clone, Debug)]
pub struct ConfigBuilder {
    layer: CloneableLayer,
    /// How to get what the orchestrator works with: HTTP client, identities, interceptors.
    pub components: RuntimeComponentsBuilder,
    pub(crate) plugins: Vec<SharedRuntimePlugin>,
    behavior_version: Option<BehaviorVersion>,
}

impl Default for ConfigBuilder {
    fn default() -> Self {
        Self {
            layer: CloneableLayer::default(),
            components: RuntimeComponentsBuilder::new("service config"),
            plugins: Vec::new(),
            behavior_version: None,
        }
    }
}

impl Config {
    /// A builder that begins with this configuration.
    #[must_use]
    pub fn to_builder(&self) -> ConfigBuilder {
        ConfigBuilder {
            layer: self.cloneable.clone(),
            components: self.components.clone(),
            plugins: self.plugins.clone(),
            behavior_version: self.behavior_version,
        }
    }

    /// The setting of this type.
    #[must_use]
    pub fn load<T: Storable<Storer = StoreReplace<T>>>(&self) -> Option<&T> {
        self.layer.load::<T>()
    }

    /// What frameworks add to the user agent, in the order in which it was given.
    #[must_use]
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        let mut metadata: Vec<_> = self.layer.load::<FrameworkMetadata>().collect();
        metadata.reverse();
        metadata
    }

    /// Whether the difference between the service's clock and this machine's is left alone, if it was said.
    #[must_use]
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.load::<DisableClockSkewCorrection>().map(DisableClockSkewCorrection::is_disabled)
    }
}

impl ConfigBuilder {
    /// Stores a setting, or removes it.
    pub fn store<T: Storable<Storer = StoreReplace<T>> + Clone>(&mut self, setting: Option<T>) {
        self.layer.store_or_unset(setting);
    }

    /// Stores a setting; nothing leaves what is there as it is.
    pub fn store_some<T: Storable<Storer = StoreReplace<T>> + Clone>(
        &mut self,
        setting: Option<T>,
    ) {
        if let Some(setting) = setting {
            self.layer.store_put(setting);
        }
    }

    /// The setting of this type.
    #[must_use]
    pub fn load<T: Storable<Storer = StoreReplace<T>>>(&self) -> Option<&T> {
        self.layer.load::<T>()
    }

    /// Stores timeouts; those that they don't say stay as they are.
    pub fn set_timeouts(&mut self, timeouts: Option<TimeoutConfig>) {
        let Some(mut timeouts) = timeouts else { return };
        if let Some(before) = self.layer.load::<TimeoutConfig>() {
            timeouts.take_defaults_from(before);
        }
        self.layer.store_put(timeouts);
    }

    /// Adds what a framework says of itself to the user agent.
    pub fn push_framework_metadata(&mut self, metadata: FrameworkMetadata) {
        self.layer.store_append(metadata);
    }

    /// Names members of inputs whose values are captured for telemetry, and emitted if `emit`.
    pub fn request_attributes(&mut self, names: Vec<String>, emit: bool) {
        let before = self.layer.load::<RequestedTelemetryAttributes>().cloned();
        let mut requested = before.unwrap_or_default();
        if emit {
            requested.emit(names);
        } else {
            requested.capture_only(names);
        }
        self.layer.store_put(requested);
    }

    /// Where credentials come from, for each way of signing with them.
    pub fn set_credentials_provider(&mut self, provider: Option<SharedCredentialsProvider>) {
        if let Some(provider) = provider {
            #[cfg(feature = "sigv4a")]
            self.components
                .set_identity_resolver(aws_runtime::auth::sigv4a::SCHEME_ID, provider.clone());
            self.components.set_identity_resolver(aws_runtime::auth::sigv4::SCHEME_ID, provider);
        }
    }

    /// Stores the value of a parameter of the service's endpoints, or that it has none.
    pub fn set_endpoint_param(&mut self, name: &'static str, value: Option<ParamValue>) {
        self.layer.store_append(ClientParam::new(name, value));
    }

    /// Stores whether the difference between the service's clock and this machine's is left alone.
    pub fn set_disable_clock_skew_correction(&mut self, disable: Option<bool>) {
        self.store::<DisableClockSkewCorrection>(disable.map(Into::into));
    }

    /// Adds a plugin.
    pub fn push_plugin(&mut self, plugin: SharedRuntimePlugin) {
        self.plugins.push(plugin);
    }

    /// Sets the version of the client's behaviour.
    pub fn set_behavior_version(&mut self, version: Option<BehaviorVersion>) {
        self.behavior_version = version;
    }

    /// Sends requests without authentication where no other way is possible.
    pub fn allow_no_auth(&mut self) {
        self.push_plugin(SharedRuntimePlugin::new(NoAuthRuntimePluginV2::new()));
    }

    /// What tests want to be the same each time: the time, the user agent, credentials, tokens, the latest
    /// behavior version.
    #[cfg(feature = "test-util")]
    pub fn apply_test_defaults(&mut self, schema: &ClientSchema) {
        use aws_smithy_async::time::StaticTimeSource;
        use std::time::{Duration, UNIX_EPOCH};

        // The values are those of the official crates, which users' recorded requests have.
        let time = StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_234_567_890));
        self.components.set_time_source(Some(SharedTimeSource::new(time)));
        self.layer
            .store_put(IdempotencyTokenProvider::fixed("00000000-0000-4000-8000-000000000000"));
        self.layer.store_put(aws_runtime::user_agent::AwsUserAgent::for_tests());
        let credentials = aws_credential_types::Credentials::for_tests();
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials)));
        if schema.has_auth(Auth::Bearer) {
            let token = aws_credential_types::Token::for_tests();
            self.set_token_provider(Some(SharedTokenProvider::new(token)));
        }
        self.behavior_version = Some(BehaviorVersion::latest());
    }

    /// What overrides a client's configuration, in parts.
    pub(crate) fn into_parts(
        self,
    ) -> (CloneableLayer, RuntimeComponentsBuilder, Vec<SharedRuntimePlugin>) {
        (self.layer, self.components, self.plugins)
    }

    /// The configuration of a client of this service.
    #[must_use]
    pub fn build(mut self, schema: &'static ClientSchema) -> Config {
        if self.components.time_source().is_none() {
            self.components.set_time_source(Some(SharedTimeSource::default()));
        }
        self.layer.store_put(ApiMetadata::new(schema.api(), schema.version()));
        if let Some(name) = schema.modeled_signing_name() {
            self.layer.store_put(SigningName::from_static(name));
        }
        set_signing_region(&mut self.layer);
        Config {
            layer: Layer::from(self.layer.clone()).with_name("service config").freeze(),
            cloneable: self.layer,
            components: self.components,
            plugins: self.plugins,
            behavior_version: self.behavior_version,
        }
    }

    /// What the configuration of all services says for this one.
    #[must_use]
    pub fn from_sdk_config(input: &SdkConfig, schema: &'static ClientSchema) -> Self {
        let mut builder = Self::default();
        builder.set_credentials_provider(input.credentials_provider());
        builder.store(input.region().cloned());
        builder.store(input.sigv4a_signing_region_set().cloned());
        builder.store(input.use_fips().map(aws_types::endpoint_config::UseFips));
        builder.store(input.use_dual_stack().map(aws_types::endpoint_config::UseDualStack));
        builder.store(endpoint_url(input, schema.sdk_id()).map(EndpointUrl));
        builder.store_some::<RetryConfig>(input.retry_config().cloned());
        builder.set_timeouts(input.timeout_config().cloned());
        builder.components.set_sleep_impl(input.sleep_impl());
        builder.components.set_http_client(input.http_client());
        builder.components.set_time_source(input.time_source());
        builder.behavior_version = input.behavior_version();
        builder.store(input.auth_scheme_preference().cloned());
        builder.store_some(input.stalled_stream_protection());
        if let Some(cache) = input.identity_cache() {
            builder.components.set_identity_cache(Some(cache));
        }
        builder.set_disable_clock_skew_correction(input.disable_clock_skew_correction());
        builder.store(input.app_name().cloned());
        for metadata in input.framework_metadata() {
            builder.push_framework_metadata(metadata.clone());
        }
        builder.take_bearer(input, schema);
        if schema.has_request_compression() {
            builder.take_compression(input);
        }
        if schema.has_account_id_endpoints() {
            builder.store(input.account_id_endpoint_mode().cloned());
        }
        builder
    }
}

/// Requests are signed for the region in the layer, if there is one.
pub(crate) fn set_signing_region(layer: &mut CloneableLayer) {
    if let Some(region) = layer.load::<Region>().cloned() {
        layer.store_put(SigningRegion::from(region));
    }
}

/// What is configured in code counts first, then what environment and profile say for the service, then what
/// they say for all.
fn endpoint_url(input: &SdkConfig, sdk_id: &str) -> Option<String> {
    let for_all = || input.endpoint_url().map(str::to_owned);
    if input.get_origin("endpoint_url").is_client_config() {
        return for_all();
    }
    let of_service = || {
        let key = ServiceConfigKey::builder()
            .service_id(sdk_id)
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok()?;
        input.service_config()?.load_config(key)
    };
    of_service().or_else(for_all)
}

/// What the tokens of the client's own rate limiter are shared by: all clients of the service in the region.
pub(crate) fn retry_partition(config: &Config, api: &'static str) -> Cow<'static, str> {
    match config.load::<Region>() {
        Some(region) => format!("{api}-{region}").into(),
        None => api.into(),
    }
}
