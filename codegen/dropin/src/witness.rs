//! An interceptor that is there at every hook, and writes down what it finds: the configuration, the input, which
//! headers the request has by then, and what came of it. It must not know services.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_runtime_api::client::endpoint::{EndpointPrefix, EndpointResolverParams};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
    BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
    FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, Metadata, SensitiveOutput};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::retries::classifiers::ClassifyRetry;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::telemetry::CapturedTelemetryAttributes;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::app_name::AppName;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::{Region, SigningRegion, SigningRegionSet};
use serde_json::{Value, json};

use crate::Transcript;

/// The interceptor. Clones know what the others have written.
#[derive(Clone, Debug)]
pub struct Witness {
    transcript: Transcript,
    told: Arc<Mutex<BTreeMap<&'static str, String>>>,
}

impl Witness {
    /// One that writes to this transcript.
    pub fn new(transcript: Transcript) -> Self {
        Self { transcript, told: Arc::default() }
    }

    fn tell(&self, hook: &str, config: &ConfigBag, more: Value) -> Result<(), BoxError> {
        let mut told = self.told.lock().expect("nobody panics meanwhile");
        let now = settings(config);
        // What has not changed since the last hook would only be in the way.
        let changed: BTreeMap<_, _> =
            now.iter().filter(|(name, value)| told.get(*name) != Some(*value)).collect();
        self.transcript.event(hook, json!({ "changed": changed, "more": more }));
        *told = now;
        Ok(())
    }
}

/// What is in the configuration, by name.
fn settings(config: &ConfigBag) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    let mut add = |name, value: Option<String>| found.extend(value.map(|value| (name, value)));
    add("region", of::<Region>(config));
    add("signing region", of::<SigningRegion>(config));
    add("signing region set", of::<SigningRegionSet>(config));
    add("signing name", of::<SigningName>(config));
    add("endpoint URL", of::<EndpointUrl>(config));
    add("FIPS", of::<UseFips>(config));
    add("dual-stack", of::<UseDualStack>(config));
    add("account ID in endpoints", of::<AccountIdEndpointMode>(config));
    add("app name", of::<AppName>(config));
    add("retries", of::<RetryConfig>(config));
    add("retry partition", of::<RetryPartition>(config));
    add("timeouts", of::<TimeoutConfig>(config));
    add("attempts", of::<RequestAttempts>(config));
    add("metadata", of::<Metadata>(config));
    add("sensitive", config.load::<SensitiveOutput>().map(|_| "yes".to_owned()));
    add("stalled streams", of::<StalledStreamProtectionConfig>(config));
    add("preferred auth schemes", of::<AuthSchemePreference>(config));
    add("request checksums", of::<RequestChecksumCalculation>(config));
    add("response checksums", of::<ResponseChecksumValidation>(config));
    add("no clock skew correction", of::<DisableClockSkewCorrection>(config));
    add("endpoint parameters", of::<EndpointResolverParams>(config));
    add("captured from the input", of::<CapturedTelemetryAttributes>(config));
    add("endpoint prefix", of::<EndpointPrefix>(config));
    add("endpoint", of::<Endpoint>(config));
    found
}

fn of<T: Storable<Storer = StoreReplace<T>> + Debug>(config: &ConfigBag) -> Option<String> {
    config.load::<T>().map(|value| without_type_ids(&format!("{value:?}")))
}

/// A type's ID is another in each build of the crate that it comes from: which one it is says nothing.
fn without_type_ids(text: &str) -> String {
    const ID: &str = "TypeId(";
    let mut pieces = text.split(ID);
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(ID);
        plain.push_str(piece.find(')').map_or(piece, |end| &piece[end..]));
    }
    plain
}

/// The names of the headers, in order.
fn headers(request: &HttpRequest) -> Value {
    request.headers().iter().map(|(name, _)| name).collect()
}

fn debug(value: impl Debug) -> Value {
    format!("{value:?}").into()
}

/// Auth schemes and retry classifiers that the call may use.
fn components(components: &RuntimeComponents) -> Value {
    let schemes = ["sigv4", "sigv4a", "no_auth", "http-bearer-auth"];
    let there =
        |scheme: &&'static str| components.auth_scheme(AuthSchemeId::from(*scheme)).is_some();
    let classifiers = components.retry_classifiers().map(|it| it.name().to_owned());
    json!({
        "auth schemes": schemes.iter().copied().filter(|scheme| there(scheme)).collect::<Vec<_>>(),
        "retry classifiers": classifiers.collect::<Vec<_>>(),
    })
}

macro_rules! hooks {
    ($($hook:ident($context:ident: $type:ty) $more:expr;)+) => {
        $(
            fn $hook(
                &self,
                $context: $type,
                _: &RuntimeComponents,
                config: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                self.tell(stringify!($hook), config, $more)
            }
        )+
    };
}

impl Intercept for Witness {
    fn name(&self) -> &'static str {
        "Witness"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.tell("read_before_execution", config, debug(context.input()))
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        runtime: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let more = json!([debug(context.input()), components(runtime)]);
        self.tell("modify_before_serialization", config, more)
    }

    hooks! {
        read_before_serialization(context: &BeforeSerializationInterceptorContextRef<'_>) debug(context.input());
        read_after_serialization(context: &BeforeTransmitInterceptorContextRef<'_>) headers(context.request());
        modify_before_retry_loop(context: &mut BeforeTransmitInterceptorContextMut<'_>) headers(context.request());
        read_before_attempt(context: &BeforeTransmitInterceptorContextRef<'_>) headers(context.request());
        modify_before_signing(context: &mut BeforeTransmitInterceptorContextMut<'_>) headers(context.request());
        read_before_signing(context: &BeforeTransmitInterceptorContextRef<'_>) headers(context.request());
        read_after_signing(context: &BeforeTransmitInterceptorContextRef<'_>) headers(context.request());
        modify_before_transmit(context: &mut BeforeTransmitInterceptorContextMut<'_>) headers(context.request());
        read_before_transmit(context: &BeforeTransmitInterceptorContextRef<'_>) headers(context.request());
        read_after_transmit(context: &BeforeDeserializationInterceptorContextRef<'_>) debug(context.response());
        modify_before_deserialization(context: &mut BeforeDeserializationInterceptorContextMut<'_>) debug(context.response());
        read_before_deserialization(context: &BeforeDeserializationInterceptorContextRef<'_>) debug(context.response());
        read_after_deserialization(context: &AfterDeserializationInterceptorContextRef<'_>) debug(context.output_or_error());
        modify_before_attempt_completion(context: &mut FinalizerInterceptorContextMut<'_>) debug(context.output_or_error());
        read_after_attempt(context: &FinalizerInterceptorContextRef<'_>) debug(context.output_or_error());
        modify_before_completion(context: &mut FinalizerInterceptorContextMut<'_>) debug(context.output_or_error());
        read_after_execution(context: &FinalizerInterceptorContextRef<'_>) debug(context.output_or_error());
    }
}
