//! Interceptors, and calls that are customized.

use std::error::Error;
use std::fmt;

use aws_sdk_sts::Client;
use aws_sdk_sts::config::interceptors::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextMut,
    BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextMut,
};
use aws_sdk_sts::config::{ConfigBag, Intercept, Region, RuntimeComponents};
use aws_sdk_sts::error::BoxError;
use aws_sdk_sts::operation::assume_role::AssumeRoleInput;
use aws_sdk_sts::operation::get_caller_identity::{
    GetCallerIdentityError, GetCallerIdentityOutput,
};
use aws_smithy_runtime_api::client::interceptors::context::{Error as AnyError, Output};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use dropin::{Reply, Scene, Witness};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::replies;
use crate::settings::builder;

pub async fn all_of_them(scene: Scene) {
    let config = builder(&scene, [replies::role(), replies::identity()]);
    let config = config.interceptor(Witness::new(scene.transcript()));
    let client = Client::from_conf(config.build());
    let call = client.assume_role().role_arn("arn").role_session_name("session");
    scene.result("role", &call.send().await);
    scene.result("identity", &client.get_caller_identity().send().await);
}

/// What a caller wants to see of inputs in its telemetry.
pub async fn captured_attributes(scene: Scene) {
    let config = builder(&scene, [replies::role()])
        .emit_input_attributes(["RoleArn", "WebIdentityToken"])
        .interceptor(Witness::new(scene.transcript()));
    let client = Client::from_conf(config.build());
    let call = client.assume_role().role_arn("arn").role_session_name("session");
    scene.result("role", &call.send().await);
}

pub async fn failing_attempts(scene: Scene) {
    let replies = [
        replies::error(500, "InternalFailure"),
        Reply::Broken,
        replies::error(400, "AccessDenied"),
    ];
    let config = builder(&scene, replies).interceptor(Witness::new(scene.transcript()));
    let client = Client::from_conf(config.build());
    scene.result("identity", &client.get_caller_identity().send().await);
}

/// Something that a user keeps in the configuration.
#[derive(Debug)]
struct Mark(u8);

impl Storable for Mark {
    type Storer = StoreReplace<Self>;
}

#[derive(Debug)]
struct Changes;

impl Intercept for Changes {
    fn name(&self) -> &'static str {
        "Changes"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config.interceptor_state().store_put(Mark(7));
        let input = context.input_mut().downcast_mut::<AssumeRoleInput>();
        input.ok_or("another input")?.external_id = Some("changed".to_owned());
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mark = config.load::<Mark>().map_or(0, |mark| mark.0);
        let headers = context.request_mut().headers_mut();
        headers.insert("x-signed", mark.to_string());
        headers.append("x-signed", "twice");
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().headers_mut().insert("x-unsigned", "yes");
        Ok(())
    }
}

pub async fn changes_to_requests(scene: Scene) {
    let config = builder(&scene, [replies::role(), replies::identity()]).interceptor(Changes);
    let client = Client::from_conf(config.build());
    let call = client.assume_role().role_arn("arn").role_session_name("session");
    scene.result("role", &call.send().await);
    scene.result("identity", &client.get_caller_identity().send().await);
}

/// Puts another response, then another output, in the place of what came.
#[derive(Debug)]
struct Replaces;

impl Intercept for Replaces {
    fn name(&self) -> &'static str {
        "Replaces"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = replies::IDENTITY.replace("123456789012", "210987654321");
        *context.response_mut().body_mut() = SdkBody::from(body);
        Ok(())
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(Ok(output)) = context.output_or_error_mut() else { return Ok(()) };
        let output = output.downcast_mut::<GetCallerIdentityOutput>().ok_or("another output")?;
        output.user_id = Some("changed".to_owned());
        Ok(())
    }
}

/// Makes an output of any error, in the end.
#[derive(Debug)]
struct Recovers;

impl Intercept for Recovers {
    fn name(&self) -> &'static str {
        "Recovers"
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(result) = context.output_or_error_mut()
            && result.is_err()
        {
            let output = GetCallerIdentityOutput::builder().account("made by hand").build();
            *result = Ok(Output::erase(output));
        }
        Ok(())
    }
}

/// Makes a service's error of any output, in the end.
#[derive(Debug)]
struct Spoils;

impl Intercept for Spoils {
    fn name(&self) -> &'static str {
        "Spoils"
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(result) = context.output_or_error_mut() {
            let metadata = aws_sdk_sts::error::ErrorMetadata::builder().code("MadeByHand").build();
            let error = GetCallerIdentityError::generic(metadata);
            *result = Err(OrchestratorError::operation(AnyError::erase(error)));
        }
        Ok(())
    }
}

pub async fn changes_to_responses(scene: Scene) {
    let client =
        Client::from_conf(builder(&scene, [replies::identity()]).interceptor(Replaces).build());
    scene.result("replaced", &client.get_caller_identity().send().await);
    let replies = [replies::error(400, "AccessDenied")];
    let client = Client::from_conf(builder(&scene, replies).interceptor(Recovers).build());
    scene.result("recovered", &client.get_caller_identity().send().await);
    let client =
        Client::from_conf(builder(&scene, [replies::identity()]).interceptor(Spoils).build());
    scene.result("spoilt", &client.get_caller_identity().send().await);
}

/// Fails at one hook.
#[derive(Debug)]
struct Fails(&'static str);

impl Fails {
    fn at(&self, hook: &str) -> Result<(), BoxError> {
        if self.0 == hook { Err(format!("failed on purpose at {hook}").into()) } else { Ok(()) }
    }
}

macro_rules! fails {
    ($($hook:ident($($context:ty),+);)+) => {
        impl Intercept for Fails {
            fn name(&self) -> &'static str {
                "Fails"
            }

            $(
                fn $hook(&self, $(_: $context),+) -> Result<(), BoxError> {
                    self.at(stringify!($hook))
                }
            )+
        }

        const HOOKS: &[&str] = &[$(stringify!($hook)),+];
    };
}

use aws_smithy_runtime_api::client::interceptors::context as on;

fails! {
    read_before_execution(&on::BeforeSerializationInterceptorContextRef<'_>, &mut ConfigBag);
    modify_before_serialization(&mut on::BeforeSerializationInterceptorContextMut<'_>, &RuntimeComponents, &mut ConfigBag);
    read_before_serialization(&on::BeforeSerializationInterceptorContextRef<'_>, &RuntimeComponents, &mut ConfigBag);
    read_after_serialization(&on::BeforeTransmitInterceptorContextRef<'_>, &RuntimeComponents, &mut ConfigBag);
    modify_before_retry_loop(&mut on::BeforeTransmitInterceptorContextMut<'_>, &RuntimeComponents, &mut ConfigBag);
    read_before_attempt(&on::BeforeTransmitInterceptorContextRef<'_>, &RuntimeComponents, &mut ConfigBag);
    modify_before_signing(&mut on::BeforeTransmitInterceptorContextMut<'_>, &RuntimeComponents, &mut ConfigBag);
    read_after_signing(&on::BeforeTransmitInterceptorContextRef<'_>, &RuntimeComponents, &mut ConfigBag);
    modify_before_transmit(&mut on::BeforeTransmitInterceptorContextMut<'_>, &RuntimeComponents, &mut ConfigBag);
    read_after_transmit(&on::BeforeDeserializationInterceptorContextRef<'_>, &RuntimeComponents, &mut ConfigBag);
    modify_before_deserialization(&mut on::BeforeDeserializationInterceptorContextMut<'_>, &RuntimeComponents, &mut ConfigBag);
    read_after_deserialization(&on::AfterDeserializationInterceptorContextRef<'_>, &RuntimeComponents, &mut ConfigBag);
    modify_before_attempt_completion(&mut on::FinalizerInterceptorContextMut<'_>, &RuntimeComponents, &mut ConfigBag);
    read_after_attempt(&on::FinalizerInterceptorContextRef<'_>, &RuntimeComponents, &mut ConfigBag);
    modify_before_completion(&mut on::FinalizerInterceptorContextMut<'_>, &RuntimeComponents, &mut ConfigBag);
    read_after_execution(&on::FinalizerInterceptorContextRef<'_>, &RuntimeComponents, &mut ConfigBag);
}

pub async fn errors_of_hooks(scene: Scene) {
    for hook in HOOKS {
        scene.event("hook", *hook);
        let config = builder(&scene, [replies::identity()]).interceptor(Fails(hook));
        let client = Client::from_conf(config.build());
        scene.result("identity", &client.get_caller_identity().send().await);
    }
}

#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused by the user")
    }
}

impl Error for Refused {}

pub async fn customized_calls(scene: Scene) {
    let client = Client::from_conf(builder(&scene, [(); 4].map(|()| replies::identity())).build());
    let call = client.get_caller_identity().customize().mutate_request(|request| {
        request.headers_mut().insert("x-mutated", "yes");
    });
    scene.result("mutated", &call.send().await);
    let call = client.get_caller_identity().customize().map_request(|mut request| {
        request.headers_mut().insert("x-mapped", "yes");
        let uri = format!("{}?mapped=yes", request.uri());
        request.set_uri(uri).map(|()| request)
    });
    scene.result("mapped", &call.send().await);
    let call = client.get_caller_identity().customize().map_request(|_| Err(Refused));
    scene.result("refused", &call.send().await);
    let override_ = aws_sdk_sts::Config::builder()
        .region(Region::new("us-west-2"))
        .app_name(aws_sdk_sts::config::AppName::new("overridden").expect("it is sound"));
    let call = client
        .get_caller_identity()
        .customize()
        .config_override(override_)
        .interceptor(Witness::new(scene.transcript()))
        .mutate_request(|request| {
            request.headers_mut().insert("x-order", "1");
        })
        .mutate_request(|request| {
            request.headers_mut().append("x-order", "2");
        });
    scene.result("overridden", &call.send().await);
    scene.result("as before", &client.get_caller_identity().send().await);
}

/// Writes down the spans of calls.
struct Spans(Scene);

/// The fields of a span, but for the number that is drawn for it.
#[derive(Default)]
struct Fields(Vec<String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() != "sdk_invocation_id" {
            self.0.push(format!("{field} = {value:?}"));
        }
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.fields().field("rpc.service").is_some()
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        let metadata = span.metadata();
        self.0.event(
            "span",
            format!(
                "{} {} {}: {}",
                metadata.level(),
                metadata.target(),
                metadata.name(),
                fields.0.join(", ")
            ),
        );
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

pub async fn spans(scene: Scene) {
    let _guard = tracing::subscriber::set_default(Spans(scene.clone()));
    let client = Client::from_conf(builder(&scene, [replies::identity()]).build());
    scene.result("identity", &client.get_caller_identity().send().await);
}
