//! Features of the client that its user agent counts. It must not know how they are written down.

use std::borrow::Cow;

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::{RetryConfig, RetryMode};

/// Counts the mode of retries.
#[derive(Debug)]
pub(crate) struct RetryModeInterceptor;

#[dyn_dispatch_hint]
impl Intercept for RetryModeInterceptor {
    fn name(&self) -> &'static str {
        "RetryModeFeatureInterceptor"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let feature = match cfg.load::<RetryConfig>().map(RetryConfig::mode) {
            Some(RetryMode::Standard) => SmithySdkFeature::RetryModeStandard,
            Some(RetryMode::Adaptive) => SmithySdkFeature::RetryModeAdaptive,
            _ => return Ok(()),
        };
        cfg.interceptor_state().store_append(feature);
        Ok(())
    }
}

/// Counts that metrics go to OpenTelemetry.
#[derive(Debug)]
pub(crate) struct ObservabilityInterceptor;

#[dyn_dispatch_hint]
impl Intercept for ObservabilityInterceptor {
    fn name(&self) -> &'static str {
        "ObservabilityFeatureInterceptor"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // The provider is known by its name alone: to name its type would make everybody compile it.
        if let Ok(provider) = aws_smithy_observability::global::get_telemetry_provider()
            && provider.meter_provider().provider_name() == "AwsSmithyObservabilityOtelProvider"
        {
            cfg.interceptor_state().store_append(SmithySdkFeature::ObservabilityOtelMetrics);
        }
        Ok(())
    }
}

/// Counts a feature of all calls that it is put on.
#[derive(Debug)]
pub(crate) struct FeatureInterceptor {
    name: &'static str,
    feature: SmithySdkFeature,
}

impl FeatureInterceptor {
    /// Counts a protocol.
    pub(crate) fn of_protocol(feature: SmithySdkFeature) -> Self {
        Self { name: "ProtocolFeatureInterceptor", feature }
    }

    /// Counts what makes calls in the caller's place: a paginator or a waiter.
    fn of_caller(feature: SmithySdkFeature) -> Self {
        Self { name: "CallerFeatureInterceptor", feature }
    }
}

#[dyn_dispatch_hint]
impl Intercept for FeatureInterceptor {
    fn name(&self) -> &'static str {
        self.name
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        cfg.interceptor_state().store_append(self.feature.clone());
        Ok(())
    }
}

/// A plugin of one call, which counts a feature.
#[derive(Debug)]
pub(crate) struct CallerPlugin(RuntimeComponentsBuilder);

impl CallerPlugin {
    pub(crate) fn new(feature: SmithySdkFeature) -> Self {
        let interceptor = SharedInterceptor::permanent(FeatureInterceptor::of_caller(feature));
        Self(RuntimeComponentsBuilder::new("CallerPlugin").with_interceptor(interceptor))
    }
}

impl RuntimePlugin for CallerPlugin {
    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.0)
    }
}
