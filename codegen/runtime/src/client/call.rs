//! An operation without its types, as the orchestrator wants it: what serializes its input and reads its
//! responses, and the plugin that every call of it has. It must not know any operation.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::retries::classifiers::{AwsErrorCodeClassifier, TRANSIENT_ERRORS};
use aws_runtime::service_clock_skew::ServiceClockSkewClassifier;
use aws_sigv4::http_request::SignableBody;
use aws_smithy_runtime::client::retries::classifiers::{
    ModeledAsRetryableClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output, OutputOrError};
use aws_smithy_runtime_api::client::orchestrator::{
    HttpRequest, HttpResponse, Metadata, OrchestratorError, SensitiveOutput,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::retry::ProvideErrorKind;
use aws_types::request_id::RequestId as _;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::schema::ClientSchema;
use super::{endpoint, finish, idempotency, telemetry};
use crate::builder::Build;
use crate::event_stream::{Context, SignMessage};
use crate::finish::Finish;
use crate::operation::{self, Operation, Streamed};
use crate::operation_of::{OperationInput, OperationOf};
use crate::service::OperationSchema;
use crate::value::Structure;

/// An operation that a client can call: its values can be sent between threads, and shown.
pub trait ClientOperation:
    Operation<
        Input: fmt::Debug + Send + Sync + 'static,
        Output: fmt::Debug + Send + Sync + 'static,
        Error: ProvideErrorKind + 'static,
    > + 'static
{
}

impl<O> ClientOperation for O
where
    O: Operation + 'static,
    O::Input: fmt::Debug + Send + Sync + 'static,
    O::Output: fmt::Debug + Send + Sync + 'static,
    O::Error: ProvideErrorKind + 'static,
{
}

/// The input of an operation that a client can call.
pub trait CallInput:
    OperationInput<Output: fmt::Debug + Send + Sync + 'static, Error: ProvideErrorKind + 'static>
    + Build<Built = Result<Self, BuildError>, Fields: Send + Sync + 'static>
    + fmt::Debug
    + Send
    + Sync
    + 'static
{
}

impl<I> CallInput for I
where
    I: OperationInput + fmt::Debug + Send + Sync + 'static,
    I: Build<Built = Result<I, BuildError>, Fields: Send + Sync + 'static>,
    I::Output: fmt::Debug + Send + Sync + 'static,
    I::Error: ProvideErrorKind + 'static,
{
}

/// An operation without its types.
pub(crate) trait Call: Send + Sync {
    fn schema(&self) -> &'static OperationSchema;

    /// The path of its input's type.
    fn path(&self) -> &'static str;

    /// The input, if it is one of this operation.
    fn input<'a>(&self, input: &'a Input) -> Option<&'a dyn Structure>;

    /// The same, to change.
    fn input_mut<'a>(&self, input: &'a mut Input) -> Option<&'a mut dyn Structure>;

    /// What a response means whose body was read.
    fn response(&self, response: &http::Response<&[u8]>) -> OutputOrError;

    /// What a response means whose body the output streams; nothing if that must be read first.
    fn stream(&self, response: http::Response<SdkBody>) -> Result<OutputOrError, SdkBody>;

    /// What tells errors of the operation's own type which may pass.
    fn classifiers(
        &self,
        components: RuntimeComponentsBuilder,
        transient_errors: &'static [&'static str],
    ) -> RuntimeComponentsBuilder;
}

/// The types of an operation, gone but for this.
pub(crate) struct Typed<O>(PhantomData<fn() -> O>);

impl<O: ClientOperation> Typed<O> {
    pub(crate) const CALL: &'static dyn Call = &Self(PhantomData);
}

fn erase<T, E>(result: Result<T, E>) -> OutputOrError
where
    T: fmt::Debug + Send + Sync + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    match result {
        Ok(output) => Ok(Output::erase(output)),
        Err(error) => Err(OrchestratorError::operation(Error::erase(error))),
    }
}

impl<O: ClientOperation> Call for Typed<O> {
    fn schema(&self) -> &'static OperationSchema {
        O::schema()
    }

    fn path(&self) -> &'static str {
        std::any::type_name::<O::Input>()
    }

    fn input<'a>(&self, input: &'a Input) -> Option<&'a dyn Structure> {
        input.downcast_ref::<O::Input>().map(|input| input as &dyn Structure)
    }

    fn input_mut<'a>(&self, input: &'a mut Input) -> Option<&'a mut dyn Structure> {
        input.downcast_mut::<O::Input>().map(|input| input as &mut dyn Structure)
    }

    fn response(&self, response: &http::Response<&[u8]>) -> OutputOrError {
        erase(O::response(response))
    }

    fn stream(&self, response: http::Response<SdkBody>) -> Result<OutputOrError, SdkBody> {
        match O::stream_response(response) {
            Streamed::Answer(answer) => Ok(erase(answer)),
            Streamed::Unread(response) => Err(response.into_body()),
        }
    }

    fn classifiers(
        &self,
        components: RuntimeComponentsBuilder,
        transient_errors: &'static [&'static str],
    ) -> RuntimeComponentsBuilder {
        let codes = AwsErrorCodeClassifier::<O::Error>::builder()
            .transient_errors(all_transient_errors(transient_errors));
        components
            .with_retry_classifier(TransientErrorClassifier::<O::Error>::new())
            .with_retry_classifier(ModeledAsRetryableClassifier::<O::Error>::new())
            .with_retry_classifier(codes.build())
            .with_retry_classifier(ServiceClockSkewClassifier::<O::Error>::new())
    }
}

fn all_transient_errors(more: &'static [&'static str]) -> Cow<'static, [&'static str]> {
    if more.is_empty() {
        return TRANSIENT_ERRORS.into();
    }
    [TRANSIENT_ERRORS, more].concat().into()
}

/// The codec of an operation, as the orchestrator wants it.
pub(crate) struct Codec(pub(crate) &'static dyn Call);

impl fmt::Debug for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Codec").field(&self.0.schema().name()).finish()
    }
}

/// An input that isn't the operation's own is a mistake of whoever put it there: an interceptor.
pub(crate) fn wrong_input(schema: &OperationSchema) -> BoxError {
    format!("the call's input isn't one of {}: has an interceptor replaced it?", schema.name())
        .into()
}

impl SerializeRequest for Codec {
    fn serialize_input(
        &self,
        mut input: Input,
        cfg: &mut ConfigBag,
    ) -> Result<HttpRequest, BoxError> {
        let schema = self.0.schema();
        let structure = self.0.input_mut(&mut input).ok_or_else(|| wrong_input(schema))?;
        let context = Context { protocol: schema.service().protocol(), operation: schema };
        let signer = if schema.has_events_in_input() { Some(event_signer(cfg)?) } else { None };
        let request = operation::into_request(context, structure, signer, Finish::Later)?;
        Ok(HttpRequest::try_from(request)?)
    }
}

/// Events are signed once the request is, whose signature theirs begin with.
#[cfg(feature = "event-stream")]
fn event_signer(cfg: &mut ConfigBag) -> Result<Box<dyn SignMessage + Send + Sync>, BoxError> {
    let (signer, sender) = aws_smithy_eventstream::frame::DeferredSigner::new();
    cfg.interceptor_state().store_put(sender);
    Ok(Box::new(signer))
}

#[cfg(not(feature = "event-stream"))]
fn event_signer(_cfg: &mut ConfigBag) -> Result<Box<dyn SignMessage + Send + Sync>, BoxError> {
    Err("streams of events need the feature `event-stream` of tinsmith-runtime".into())
}

/// The head of a response, as the codecs want it.
fn head<B>(response: &HttpResponse, body: B) -> Result<http::Response<B>, BoxError> {
    let mut headers = HeaderMap::with_capacity(response.headers().len());
    for (name, value) in response.headers().iter_bytes() {
        let name = HeaderName::from_bytes(name.as_bytes())?;
        headers.append(name, HeaderValue::from_bytes(value)?);
    }
    let mut head = http::Response::new(body);
    *head.status_mut() = http::StatusCode::from_u16(response.status().as_u16())?;
    *head.headers_mut() = headers;
    Ok(head)
}

impl DeserializeResponse for Codec {
    fn deserialize_streaming_with_config(
        &self,
        response: &mut HttpResponse,
        _cfg: &ConfigBag,
    ) -> Option<OutputOrError> {
        let schema = self.0.schema();
        if !schema.streams_output() {
            return None;
        }
        tracing::debug!(request_id = ?response.request_id());
        let body = response.take_body();
        let head = match head(response, body) {
            Ok(head) => head,
            Err(error) => return Some(Err(OrchestratorError::other(error))),
        };
        match self.0.stream(head) {
            Ok(answer) => Some(answer),
            Err(body) => {
                *response.body_mut() = body;
                None
            }
        }
    }

    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        _cfg: &ConfigBag,
    ) -> OutputOrError {
        tracing::debug!(request_id = ?response.request_id());
        let Some(body) = response.body().bytes() else {
            return Err(OrchestratorError::other("the response's body wasn't read"));
        };
        match head(response, body) {
            Ok(head) => self.0.response(&head),
            Err(error) => Err(OrchestratorError::other(error)),
        }
    }
}

/// What every call of an operation has.
pub(crate) struct OperationPlugin {
    pub(crate) call: &'static dyn Call,
    pub(crate) client: &'static ClientSchema,
}

impl fmt::Debug for OperationPlugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OperationPlugin").field(&self.call.schema().name()).finish()
    }
}

impl RuntimePlugin for OperationPlugin {
    fn config(&self) -> Option<FrozenLayer> {
        let schema = self.call.schema();
        let name = schema.name();
        let mut layer = Layer::new(name);
        layer.store_put(SharedRequestSerializer::new(Codec(self.call)));
        layer.store_put(SharedResponseDeserializer::new(Codec(self.call)));
        layer.store_put((self.client.hooks().auth_params)(name));
        if schema.has_sensitive_output() {
            layer.store_put(SensitiveOutput);
        }
        layer.store_put(Metadata::new(name, self.client.sdk_id()));
        let mut signing_options = SigningOptions::default();
        signing_options.double_uri_encode = true;
        signing_options.content_sha256_header = self.client.has_content_sha256_header();
        signing_options.normalize_uri_path = true;
        signing_options.payload_override = if schema.has_unsigned_payload() {
            Some(SignableBody::UnsignedPayload)
        } else if schema.has_events_in_input() {
            // What is signed are the events, one by one.
            Some(SignableBody::Bytes(&[]))
        } else {
            None
        };
        layer.store_put(SigV4OperationSigningConfig {
            signing_options,
            ..SigV4OperationSigningConfig::default()
        });
        Some(layer.freeze())
    }

    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        self.components()
    }
}

/// The operation's type as a plugin, as the official crates have it.
impl<I: CallInput> RuntimePlugin for OperationOf<I> {
    fn config(&self) -> Option<FrozenLayer> {
        OperationPlugin::of::<Self>()?.config()
    }

    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        match OperationPlugin::of::<Self>() {
            Some(plugin) => plugin.components(),
            None => Cow::Owned(RuntimeComponentsBuilder::new(Self::schema().name())),
        }
    }
}

impl OperationPlugin {
    /// The plugin of an operation, if its crate has a client.
    fn of<O: ClientOperation>() -> Option<Self> {
        let client = O::schema().service().modeled_client()?;
        Some(Self { call: Typed::<O>::CALL, client })
    }

    /// What every call uses.
    pub(crate) fn components(&self) -> Cow<'static, RuntimeComponentsBuilder> {
        let schema = self.call.schema();
        let mut components = RuntimeComponentsBuilder::new(schema.name()).with_interceptor(
            SharedInterceptor::permanent(telemetry::AttributesInterceptor(self.call)),
        );
        if !schema.is_stall_allowed() {
            components = components.with_interceptor(SharedInterceptor::permanent(
                StalledStreamProtectionInterceptor::default(),
            ));
        }
        components = components.with_interceptor(SharedInterceptor::permanent(
            endpoint::ParamsInterceptor { call: self.call, client: self.client },
        ));
        if schema.has_idempotency_token() {
            components = components.with_interceptor(SharedInterceptor::permanent(
                idempotency::TokenInterceptor(self.call),
            ));
        }
        if schema.modeled_endpoint_member().is_some() {
            components = components.with_interceptor(SharedInterceptor::permanent(
                endpoint::NamedEndpointInterceptor(self.call),
            ));
        }
        finish::push_interceptors(&mut components, schema);
        Cow::Owned(self.call.classifiers(components, self.client.more_transient_errors()))
    }
}
