//! One call: generic shells over one function that doesn't know the operation's types.

use std::pin::Pin;

use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::interceptors::context::{
    Error, Input, InterceptorContext, Output,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use aws_smithy_types::error::operation::BuildError;
use tracing::Instrument as _;

use super::call::{Call, ClientOperation, Typed};
use super::config::ConfigBuilder;
use super::feature::CallerPlugin;
use super::handle::Handle;
use super::schema::ClientSchema;
use super::span;

/// What a call gives.
pub type SendResult<T, E> = Result<T, SdkError<E, HttpResponse>>;

/// The future of a call, without its type.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What makes a call, which the user agent tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Caller {
    /// The program itself.
    Program,
    /// A paginator.
    Paginator,
    /// A waiter.
    Waiter,
}

/// The plugins of a call: the client's, the operation's, the override's.
pub fn runtime_plugins<O: ClientOperation>(
    handle: &Handle,
    config_override: Option<ConfigBuilder>,
    caller: Caller,
) -> RuntimePlugins {
    let plugins = handle.plugins(Typed::<O>::CALL, config_override);
    let feature = match caller {
        Caller::Program => return plugins,
        Caller::Paginator => SmithySdkFeature::Paginator,
        Caller::Waiter => SmithySdkFeature::Waiter,
    };
    plugins.with_operation_plugin(CallerPlugin::new(feature))
}

/// Makes a call: its future has no type of its own, so that whoever awaits it needn't look into it.
///
/// # Errors
/// If the input can't be built, the request can't be made or sent, the response can't be read, or the service
/// answers with an error.
pub fn send<O: ClientOperation>(
    handle: Handle,
    config_override: Option<ConfigBuilder>,
    input: Result<O::Input, BuildError>,
) -> BoxFuture<SendResult<O::Output, O::Error>> {
    Box::pin(async move {
        let input = input.map_err(SdkError::construction_failure)?;
        let plugins = runtime_plugins::<O>(&handle, config_override, Caller::Program);
        orchestrate::<O>(handle.schema(), &plugins, input).await
    })
}

/// Makes a call with these plugins.
///
/// # Errors
/// See [`send`].
pub async fn orchestrate<O: ClientOperation>(
    client: &'static ClientSchema,
    plugins: &RuntimePlugins,
    input: O::Input,
) -> SendResult<O::Output, O::Error> {
    let called = call(client, Typed::<O>::CALL, plugins, Input::erase(input)).await;
    let output = called.map_err(typed_error::<O>)?;
    let Ok(mut output) = output.downcast::<O::Output>() else {
        panic!("the output isn't one of {}: has an interceptor replaced it?", O::schema().name());
    };
    initial_response::<O>(&mut output).await?;
    Ok(output)
}

pub(crate) fn typed_error<O: ClientOperation>(
    error: SdkError<Error, HttpResponse>,
) -> SdkError<O::Error, HttpResponse> {
    error.map_service_error(|error| match error.downcast::<O::Error>() {
        Ok(error) => error,
        Err(error) => panic!(
            "the error isn't one of {}: has an interceptor replaced it? {error:?}",
            O::schema().name()
        ),
    })
}

/// Reads the members beside a stream of events that its first message carries.
#[cfg(feature = "event-stream")]
async fn initial_response<O: ClientOperation>(
    output: &mut O::Output,
) -> Result<(), SdkError<O::Error, HttpResponse>> {
    let schema = O::schema();
    if !schema.has_events_in_output() || !schema.service().protocol().initial_messages_in_stream() {
        return Ok(());
    }
    let read = O::via_default().read_initial_response(output).await;
    read.map_err(|error| {
        SdkError::dispatch_failure(aws_smithy_runtime_api::client::result::ConnectorError::other(
            error.into(),
            None,
        ))
    })
}

#[cfg(not(feature = "event-stream"))]
async fn initial_response<O: ClientOperation>(
    _output: &mut O::Output,
) -> Result<(), SdkError<O::Error, HttpResponse>> {
    Ok(())
}

/// What comes of a call, whatever its types.
type Called = Result<Output, SdkError<Error, HttpResponse>>;

/// Makes a call, whatever its types.
fn call<'a>(
    client: &'static ClientSchema,
    operation: &'static dyn Call,
    plugins: &'a RuntimePlugins,
    input: Input,
) -> Pin<Box<dyn Future<Output = Called> + Send + 'a>> {
    Box::pin(async move {
        call_until(client, operation, plugins, input, StopPoint::None).await?.finalize()
    })
}

/// Makes a call, or only its request.
pub(crate) async fn call_until(
    client: &'static ClientSchema,
    operation: &'static dyn Call,
    plugins: &RuntimePlugins,
    input: Input,
    stop: StopPoint,
) -> Result<InterceptorContext, SdkError<Error, HttpResponse>> {
    let (service, name) = (client.sdk_id(), operation.schema().name());
    let span = span::of(span::Called { service, operation: name, path: operation.path() });
    invoke_with_stop_point(service, name, input, plugins, stop).instrument(span).await
}
