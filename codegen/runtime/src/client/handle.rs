//! A client without its service's types: its configuration, and the plugins that all of its calls have. It
//! must not know any operation.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_runtime::user_agent::UserAgentInterceptor;
#[expect(
    deprecated,
    reason = "its successor would send requests unsigned that the official clients refuse"
)]
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePlugin;
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::metrics::MetricsRuntimePlugin;
use aws_smithy_runtime::client::orchestrator::AuthSchemeAndEndpointOrchestrationV2;
use aws_smithy_runtime::client::retries::classifiers::HttpStatusCodeClassifier;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{
    Order, RuntimePlugin, RuntimePlugins, StaticRuntimePlugin,
};
use aws_smithy_types::config_bag::{CloneableLayer, ConfigBag, FrozenLayer, Layer};

use super::call::{Call, OperationPlugin};
use super::config::{Config, ConfigBuilder, retry_partition, set_signing_region};
use super::idempotency::IdempotencyTokenProvider;
use super::schema::ClientSchema;
use super::{auth, endpoint, feature};

/// A client without its service's types. A clone is the same client.
#[derive(Clone)]
pub struct Handle(Arc<Inner>);

struct Inner {
    schema: &'static ClientSchema,
    config: Config,
    plugins: RuntimePlugins,
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("config", &self.0.config).finish_non_exhaustive()
    }
}

impl Handle {
    /// The client of this service with this configuration.
    ///
    /// # Panics
    /// If the configuration is invalid: without a behavior version, or with retries or timeouts but nothing
    /// to sleep with.
    #[track_caller]
    pub fn new(schema: &'static ClientSchema, mut config: Config, latest: bool) -> Self {
        if latest && config.behavior_version.is_none() {
            config.behavior_version = Some(BehaviorVersion::latest());
        }
        let Some(version) = config.behavior_version else {
            panic!(
                "Invalid client configuration: no behavior version is set. Set one with \
                 `config::Builder::behavior_version`, take it from `aws_config::defaults`, or enable the \
                 feature `behavior-version-latest`."
            );
        };
        let configured = std::mem::take(&mut config.plugins);
        let mut plugins = base_plugins(schema, &config, version);
        for plugin in configured {
            plugins = plugins.with_client_plugin(plugin);
        }
        if let Err(error) = validate(&plugins) {
            panic!("Invalid client configuration: {error}");
        }
        Self(Arc::new(Inner { schema, config, plugins }))
    }

    /// The service.
    #[must_use]
    pub fn schema(&self) -> &'static ClientSchema {
        self.0.schema
    }

    /// The plugins of a call: the client's, the operation's, the override's.
    pub(crate) fn plugins(
        &self,
        call: &'static dyn Call,
        config_override: Option<ConfigBuilder>,
    ) -> RuntimePlugins {
        let Inner { schema, plugins, .. } = &*self.0;
        let operation = OperationPlugin { call, client: schema };
        let mut plugins = plugins.clone().with_operation_plugin(operation);
        if let Some(config_override) = config_override {
            let (layer, components, more) = config_override.into_parts();
            for plugin in more {
                plugins = plugins.with_operation_plugin(plugin);
            }
            plugins = plugins.with_operation_plugin(override_plugin(layer, components));
        }
        plugins
    }
}

fn validate(plugins: &RuntimePlugins) -> Result<(), BoxError> {
    let mut cfg = ConfigBag::base();
    plugins.apply_client_configuration(&mut cfg)?.validate_base_client_config(&cfg)?;
    Ok(())
}

/// The defaults, the configuration, what the service needs, and metrics.
#[expect(deprecated, reason = "see the import")]
fn base_plugins(
    schema: &'static ClientSchema,
    config: &Config,
    version: BehaviorVersion,
) -> RuntimePlugins {
    let defaults = DefaultPluginParams::new()
        .with_retry_partition_name(retry_partition(config, schema.api()))
        .with_behavior_version(version)
        .with_is_aws_sdk(true);
    let configuration = StaticRuntimePlugin::new()
        .with_config(config.layer.clone())
        .with_runtime_components(config.components.clone());
    let plugins = RuntimePlugins::new()
        .with_client_plugins(default_plugins(defaults))
        .with_client_plugin(configuration)
        .with_client_plugin(ServicePlugin::new(schema))
        .with_client_plugin(NoAuthRuntimePlugin::new());
    let metrics = MetricsRuntimePlugin::builder()
        .with_scope(schema.package())
        .with_time_source(config.components.time_source().unwrap_or_default())
        .build();
    match metrics {
        Ok(metrics) => plugins.with_client_plugin(metrics),
        Err(error) => unreachable!("scope and time source are set: {error}"),
    }
}

/// What all calls of a service have.
#[derive(Debug)]
struct ServicePlugin {
    config: FrozenLayer,
    components: RuntimeComponentsBuilder,
}

impl ServicePlugin {
    fn new(schema: &'static ClientSchema) -> Self {
        let mut layer = Layer::new(schema.service().name());
        layer.store_put(AuthSchemeAndEndpointOrchestrationV2);
        layer.store_put(IdempotencyTokenProvider::random());
        let mut components = RuntimeComponentsBuilder::new("service");
        components.set_auth_scheme_option_resolver(Some((schema.hooks().auth_resolver)()));
        components.set_endpoint_resolver(Some((schema.hooks().endpoints.resolver)()));
        let mut push = |interceptor: SharedInterceptor| {
            components.push_interceptor(interceptor);
        };
        if schema.service().protocol().id() == "smithy.protocols#rpcv2Cbor" {
            let feature = SmithySdkFeature::ProtocolRpcV2Cbor;
            push(permanent(feature::FeatureInterceptor::of_protocol(feature)));
        }
        push(permanent(ConnectionPoisoningInterceptor::new()));
        push(permanent(feature::RetryModeInterceptor));
        push(SharedInterceptor::new(ServiceClockSkewInterceptor::new()));
        push(SharedInterceptor::new(RequestInfoInterceptor::new()));
        push(SharedInterceptor::new(UserAgentInterceptor::new()));
        push(SharedInterceptor::new(InvocationIdInterceptor::new()));
        push(permanent(RecursionDetectionInterceptor::new()));
        let account_id_endpoints = schema.has_account_id_endpoints();
        push(permanent(endpoint::FeaturesInterceptor { account_id_endpoints }));
        push(permanent(feature::ObservabilityInterceptor));
        components.push_retry_classifier(HttpStatusCodeClassifier::default());
        auth::push_schemes(&mut components, schema);
        Self { config: layer.freeze(), components }
    }
}

fn permanent(interceptor: impl Intercept + 'static) -> SharedInterceptor {
    SharedInterceptor::permanent(interceptor)
}

impl RuntimePlugin for ServicePlugin {
    fn config(&self) -> Option<FrozenLayer> {
        Some(self.config.clone())
    }

    fn order(&self) -> Order {
        Order::Defaults
    }

    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.components)
    }
}

/// What overrides the configuration of a client for one call.
fn override_plugin(
    mut layer: CloneableLayer,
    mut components: RuntimeComponentsBuilder,
) -> StaticRuntimePlugin {
    set_signing_region(&mut layer);
    // Identities that only this call has don't belong into the cache that all calls share; a cache of its own
    // serves the call's retries.
    if components.has_identity_resolvers() && components.identity_cache().is_none() {
        let cache = IdentityCache::lazy().max_partitions(1).build();
        components.set_identity_cache(Some(cache));
    }
    StaticRuntimePlugin::new()
        .with_config(Layer::from(layer).with_name("config override").freeze())
        .with_runtime_components(components)
}
