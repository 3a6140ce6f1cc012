//! Page after page: one generic shell over [`Pagination`], which knows no types. It must not know any operation.

use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_async::future::pagination_stream::{PaginationStream, TryFlatMap};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::operation::BuildError;

use super::call::ClientOperation;
use super::handle::Handle;
use super::send::{Caller, SendResult, orchestrate, runtime_plugins};
use crate::pagination::Pagination;

/// An operation whose answers come in pages.
pub trait PaginatedOperation: ClientOperation<Input: Clone> {
    /// What it says of its pages.
    fn pagination() -> &'static Pagination;
}

/// The pages, each asked for when the one before was taken. An error is the last.
pub fn pages<O: PaginatedOperation>(
    handle: &Handle,
    input: Result<O::Input, BuildError>,
    stop_on_duplicate_token: bool,
) -> PaginationStream<SendResult<O::Output, O::Error>> {
    let client = handle.schema();
    let plugins = runtime_plugins::<O>(handle, None, Caller::Paginator);
    PaginationStream::new(FnStream::new(move |sender| {
        Box::pin(async move {
            let mut input = match input {
                Ok(input) => input,
                Err(error) => {
                    // Nobody may be there to take it.
                    let _ = sender.send(Err(SdkError::construction_failure(error))).await;
                    return;
                }
            };
            loop {
                let page = orchestrate::<O>(client, &plugins, input.clone()).await;
                let goes_on = page.as_ref().is_ok_and(|output| {
                    O::pagination().advance(output, &mut input, stop_on_duplicate_token)
                });
                if sender.send(page).await.is_err() || !goes_on {
                    return;
                }
            }
        })
    }))
}

/// The items of all pages.
pub fn items<P, E, I>(
    pages: PaginationStream<Result<P, SdkError<E, HttpResponse>>>,
    items: fn(P) -> Option<I>,
) -> PaginationStream<Result<I::Item, SdkError<E, HttpResponse>>>
where
    P: Send + 'static,
    E: Send + 'static,
    I: IntoIterator<Item: Send + 'static, IntoIter: Send> + Send + 'static,
{
    TryFlatMap::new(pages).flat_map(move |page| items(page).into_iter().flatten())
}
