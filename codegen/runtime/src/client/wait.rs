//! Asking until something is so: one generic shell over [`Waiter`], which knows no types. It must not know any
//! operation.

use std::time::Duration;

use aws_smithy_runtime::client::waiters::{
    AcceptorState, WaiterOrchestrator, attach_waiter_tracing_span,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{CreateUnhandledError, SdkError};
use aws_smithy_runtime_api::client::runtime_components::TimeComponents;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use aws_smithy_runtime_api::client::waiters::FinalPoll;
use aws_smithy_runtime_api::client::waiters::error::WaiterError;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::error::operation::BuildError;

use super::BoxError;
use super::call::{CallInput, ClientOperation};
use super::handle::Handle;
use super::send::{BoxFuture, Caller, orchestrate, runtime_plugins};
use crate::value::Structure;
use crate::waiter::{State, Waiter};

/// The input of an operation that can be waited with.
pub trait Waited: CallInput<Error: CreateUnhandledError> + Clone {}

/// How waiting ends.
pub type WaitResult<T, E> = Result<FinalPoll<T, SdkError<E, HttpResponse>>, WaiterError<T, E>>;

/// Makes the call again and again until the waiter is content or can't be any more, or `max_wait` is over. The future
/// has no type of its own, so that whoever awaits it needn't look into it.
///
/// # Errors
/// If the input can't be built, the waiter fails, a call fails in a way that the waiter doesn't expect, or it took
/// too long.
pub fn wait<O>(
    handle: Handle,
    input: Result<O::Input, BuildError>,
    waiter: &'static Waiter,
    max_wait: Duration,
) -> BoxFuture<WaitResult<O::Output, O::Error>>
where
    O: ClientOperation<Input: Clone, Error: CreateUnhandledError>,
{
    Box::pin(async move {
        let input = input.map_err(WaiterError::construction_failure)?;
        let plugins = runtime_plugins::<O>(&handle, None, Caller::Waiter);
        let time = time(&plugins).map_err(WaiterError::construction_failure)?;
        let (Some(sleep), Some(source)) = (time.sleep_impl(), time.time_source()) else {
            return Err(WaiterError::construction_failure(
                "a waiter needs what sleeps and what tells the time: set `sleep_impl` and `time_source` in the \
                 configuration",
            ));
        };
        let (client, asked) = (handle.schema(), input.clone());
        let orchestrator = WaiterOrchestrator::builder()
            .min_delay(Duration::from_secs(waiter.min_delay()))
            .max_delay(Duration::from_secs(waiter.max_delay()))
            .max_wait(max_wait)
            .time_source(source)
            .sleep_impl(sleep)
            .acceptor(move |answer: Result<&O::Output, &O::Error>| {
                let answer = match answer {
                    Ok(output) => Ok(output as &dyn Structure),
                    Err(error) => Err(ProvideErrorMetadata::code(error)),
                };
                state(waiter.accept(&asked, answer))
            })
            .operation(move || {
                let (plugins, input) = (plugins.clone(), input.clone());
                async move { orchestrate::<O>(client, &plugins, input).await }
            });
        attach_waiter_tracing_span(orchestrator.build().orchestrate()).await
    })
}

fn state(accepted: Option<State>) -> AcceptorState {
    match accepted {
        Some(State::Success) => AcceptorState::Success,
        Some(State::Failure) => AcceptorState::Failure,
        Some(State::Retry) => AcceptorState::Retry,
        None => AcceptorState::NoAcceptorsMatched,
    }
}

/// What sleeps and what tells the time.
fn time(plugins: &RuntimePlugins) -> Result<TimeComponents, BoxError> {
    let mut cfg = ConfigBag::base();
    Ok(plugins.apply_client_configuration(&mut cfg)?.into_time_components())
}
