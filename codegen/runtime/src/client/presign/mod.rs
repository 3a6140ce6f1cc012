//! Requests that are signed ahead: made as a call makes them, with the signature in the query, and given to the caller
//! in the place of being sent. It must not know any service.

mod config;
mod request;

use std::borrow::Cow;
use std::fmt;

use aws_runtime::auth::{HttpSignatureType, SigV4OperationSigningConfig};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_runtime::user_agent::UserAgentInterceptor;
use aws_sigv4::http_request::SignableBody;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_smithy_runtime::client::orchestrator::StopPoint;
use aws_smithy_runtime::client::retries::strategy::NeverRetryStrategy;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, Input,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, disable_interceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::SharedRetryStrategy;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
use aws_smithy_types::error::operation::BuildError;

pub use config::{PresigningConfig, PresigningConfigBuilder, PresigningConfigError};
pub use request::PresignedRequest;

use super::call::{Call, CallInput, Typed, wrong_input};
use super::config::ConfigBuilder;
use super::handle::Handle;
use super::send::{BoxFuture, SendResult, call_until, typed_error};
use crate::event_stream::Context;
use crate::finish::Finish;
use crate::operation;
use crate::operation_of::OperationOf;
use crate::schema::Binding;
use crate::value::{Ref, Structure};

/// What an operation's request is like when it is signed ahead.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Presigning {
    /// The same as ever; its body isn't signed, because whoever sends the request brings one.
    UnsignedPayload,
    /// Without a body, so that a browser can make it: a `GET` with the members in its query that would be in the
    /// document.
    Query,
}

/// The input of an operation whose requests can be signed ahead.
pub trait Presigned: CallInput {
    /// How.
    const PRESIGNING: Presigning;
}

/// Signs a request ahead.
///
/// # Errors
/// If the input can't be built, or the request can't be made or signed.
pub fn presigned<I: Presigned>(
    handle: Handle,
    config_override: Option<ConfigBuilder>,
    input: Result<I, BuildError>,
    config: PresigningConfig,
) -> BoxFuture<SendResult<PresignedRequest, I::Error>> {
    Box::pin(async move {
        let input = Input::erase(input.map_err(SdkError::construction_failure)?);
        let (call, presigning) = (Typed::<OperationOf<I>>::CALL, I::PRESIGNING);
        let plugins = handle
            .plugins(call, config_override)
            .with_client_plugin(PresigningPlugin::new(&config, presigning))
            .with_operation_plugin(SerializerPlugin { call, presigning });
        let stop = StopPoint::BeforeTransmit;
        let called = call_until(handle.schema(), call, &plugins, input, stop).await;
        let mut context = called.map_err(typed_error::<OperationOf<I>>)?;
        let request = context.take_request().ok_or("the request was never made");
        let request = request.map_err(SdkError::construction_failure)?;
        PresignedRequest::new(request).map_err(SdkError::construction_failure)
    })
}

/// What replaces the serializer of the operation.
struct SerializerPlugin {
    call: &'static dyn Call,
    presigning: Presigning,
}

impl fmt::Debug for SerializerPlugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SerializerPlugin").field(&self.call.schema().name()).finish()
    }
}

impl RuntimePlugin for SerializerPlugin {
    fn config(&self) -> Option<FrozenLayer> {
        let mut layer = Layer::new("presigning serializer");
        let &Self { call, presigning } = self;
        layer.store_put(SharedRequestSerializer::new(Serializer { call, presigning }));
        Some(layer.freeze())
    }
}

/// Makes requests without what tells of a body that isn't there yet.
struct Serializer {
    call: &'static dyn Call,
    presigning: Presigning,
}

impl fmt::Debug for Serializer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PresigningSerializer").field(&self.call.schema().name()).finish()
    }
}

impl SerializeRequest for Serializer {
    fn serialize_input(
        &self,
        mut input: Input,
        _: &mut ConfigBag,
    ) -> Result<HttpRequest, BoxError> {
        let schema = self.call.schema();
        let structure = self.call.input_mut(&mut input).ok_or_else(|| wrong_input(schema))?;
        let protocol = schema.service().protocol();
        if self.presigning == Presigning::Query {
            let request = protocol.request(&schema.in_query(), structure)?;
            return Ok(HttpRequest::try_from(request.map(Into::into))?);
        }
        let bound = ["content-type", "content-length"].map(|name| is_bound(structure, name));
        let context = Context { protocol, operation: schema };
        let request = operation::into_request(context, structure, None, Finish::Later)?;
        let mut request = HttpRequest::try_from(request)?;
        for (name, is_bound) in ["content-type", "content-length"].into_iter().zip(bound) {
            if !is_bound {
                request.headers_mut().remove(name);
            }
        }
        Ok(request)
    }
}

/// Whether a member that is set goes into this header.
fn is_bound(input: &dyn Structure, header: &str) -> bool {
    input.schema().members().iter().enumerate().any(|(index, member)| match member.binding() {
        Binding::Header(name) if name.eq_ignore_ascii_case(header) => {
            !matches!(input.member(index).get(), Ref::Unset)
        }
        _ => false,
    })
}

/// Signs in the query, as of the time that the caller wants, and leaves out what is about sending.
#[derive(Debug)]
struct PresigningPlugin(RuntimeComponentsBuilder);

impl PresigningPlugin {
    fn new(config: &PresigningConfig, presigning: Presigning) -> Self {
        let time = SharedTimeSource::new(StaticTimeSource::new(config.start_time()));
        let interceptor = PresigningInterceptor { config: config.clone(), presigning };
        let components = RuntimeComponentsBuilder::new("PresigningPlugin")
            .with_interceptor(SharedInterceptor::permanent(interceptor))
            .with_retry_strategy(Some(SharedRetryStrategy::new(NeverRetryStrategy::new())))
            .with_time_source(Some(time));
        Self(components)
    }
}

impl RuntimePlugin for PresigningPlugin {
    fn config(&self) -> Option<FrozenLayer> {
        let mut layer = Layer::new("presigning");
        let cause = "the request isn't sent";
        layer.store_put(disable_interceptor::<InvocationIdInterceptor>(cause));
        layer.store_put(disable_interceptor::<RequestInfoInterceptor>(cause));
        layer.store_put(disable_interceptor::<UserAgentInterceptor>(cause));
        layer.store_put(disable_interceptor::<ServiceClockSkewInterceptor>(cause));
        Some(layer.freeze())
    }

    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.0)
    }
}

#[derive(Debug)]
struct PresigningInterceptor {
    config: PresigningConfig,
    presigning: Presigning,
}

#[dyn_dispatch_hint]
impl Intercept for PresigningInterceptor {
    fn name(&self) -> &'static str {
        "PresigningInterceptor"
    }

    fn modify_before_signing(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let config = cfg.load::<SigV4OperationSigningConfig>();
        let mut config = config.ok_or("how to sign isn't configured")?.clone();
        config.signing_options.expires_in = Some(self.config.expires());
        config.signing_options.signature_type = HttpSignatureType::HttpRequestQueryParams;
        config.signing_options.payload_override = Some(match self.presigning {
            Presigning::UnsignedPayload => SignableBody::UnsignedPayload,
            Presigning::Query => SignableBody::Bytes(&[]),
        });
        cfg.interceptor_state().store_put(config);
        Ok(())
    }
}
