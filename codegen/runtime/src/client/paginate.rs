//! Page after page: one generic shell over [`Pagination`], which knows no types. It must not know any operation.

use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_async::future::pagination_stream::{PaginationStream, TryFlatMap};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::operation::BuildError;

use super::call::CallInput;
use super::handle::Handle;
use super::send::{Caller, SendResult, orchestrate, runtime_plugins};
use crate::operation_of::OperationOf;
use crate::pagination::Pagination;

/// The input of an operation whose answers come in pages.
pub trait Paginated: CallInput + Clone {
    /// What the operation says of its pages.
    const PAGINATION: &'static Pagination;
}

/// The input of an operation that can be told how much is on a page.
pub trait PageSize: Paginated {
    /// The type of the member that says so.
    type Size;

    /// Says so.
    fn set_page_size(&mut self, size: Self::Size);
}

/// The input of an operation whose pages have items.
pub trait PaginatedItems: Paginated {
    /// An item.
    type Item: Send + 'static;
    /// The items of a page.
    type Items: IntoIterator<Item = Self::Item, IntoIter: Send> + Send + 'static;

    /// Takes them from an answer.
    fn items(page: Self::Output) -> Option<Self::Items>;
}

/// The pages of an operation, by its input.
pub struct Paginator<I: Paginated> {
    handle: Handle,
    input: Result<I, BuildError>,
    stop_on_duplicate_token: bool,
}

impl<I: Paginated> Paginator<I> {
    /// The pages for this input.
    pub fn new(handle: Handle, input: Result<I, BuildError>) -> Self {
        Self { handle, input, stop_on_duplicate_token: true }
    }

    /// Whether a page is the last if it has the token that it was asked for with; it is unless this is called with
    /// `false`, as is of use where pages go on for ever.
    pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
        self.stop_on_duplicate_token = stop_on_duplicate_token;
        self
    }

    /// The pages. Each is asked for when it is awaited; an error is the last.
    pub fn send(self) -> PaginationStream<SendResult<I::Output, I::Error>> {
        let Self { handle, input, stop_on_duplicate_token } = self;
        pages(&handle, input, stop_on_duplicate_token)
    }
}

impl<I: PageSize> Paginator<I> {
    /// Sets how much is on a page.
    pub fn page_size(mut self, limit: I::Size) -> Self {
        if let Ok(input) = &mut self.input {
            input.set_page_size(limit);
        }
        self
    }
}

impl<I: PaginatedItems> Paginator<I> {
    /// The items of the pages, one by one.
    pub fn items(self) -> PaginatorItems<I> {
        PaginatorItems(self)
    }
}

/// The items of an operation's pages, by its input.
pub struct PaginatorItems<I: PaginatedItems>(Paginator<I>);

impl<I: PaginatedItems> PaginatorItems<I> {
    /// The items. A page is asked for when its first item is awaited; an error is the last.
    pub fn send(self) -> PaginationStream<SendResult<I::Item, I::Error>> {
        let pages = TryFlatMap::new(self.0.send());
        pages.flat_map(|page| I::items(page).into_iter().flatten())
    }
}

/// The pages, each asked for when the one before was taken. An error is the last.
fn pages<I: Paginated>(
    handle: &Handle,
    input: Result<I, BuildError>,
    stop_on_duplicate_token: bool,
) -> PaginationStream<SendResult<I::Output, I::Error>> {
    let client = handle.schema();
    let plugins = runtime_plugins::<OperationOf<I>>(handle, None, Caller::Paginator);
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
                let page = orchestrate::<OperationOf<I>>(client, &plugins, input.clone()).await;
                let goes_on = page.as_ref().is_ok_and(|output| {
                    I::PAGINATION.advance(output, &mut input, stop_on_duplicate_token)
                });
                if sender.send(page).await.is_err() || !goes_on {
                    return;
                }
            }
        })
    }))
}
