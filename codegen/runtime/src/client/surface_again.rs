//! What a generated crate's paginators and waiters hold besides their data, as macros: see `surface.rs`. They must not
//! know any operation.

/// The paginator of an operation, but for what only some have: the size of a page, items.
#[macro_export]
macro_rules! paginator {
    (
        $paginator:ident, $operation:ident($input_builder:ident) -> $output:ident or $error:ident,
        $pagination:ident
    ) => {
        impl $crate::client::PaginatedOperation for $operation {
            #[inline]
            fn pagination() -> &'static $crate::pagination::Pagination {
                &$pagination
            }
        }

        #[doc = ::core::concat!("The pages of [`", ::core::stringify!($operation), "`].")]
        pub struct $paginator {
            handle: $crate::client::Handle,
            inner: $input_builder,
            stop_on_duplicate_token: bool,
        }

        impl $paginator {
            #[inline]
            pub(crate) fn new(handle: $crate::client::Handle, inner: $input_builder) -> Self {
                Self { handle, inner, stop_on_duplicate_token: true }
            }

            /// Whether a page is the last if it has the token that it was asked for with; it is unless this is
            /// called with `false`, as is of use where pages go on for ever.
            #[inline]
            pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                self.stop_on_duplicate_token = stop_on_duplicate_token;
                self
            }

            /// The pages. Each is asked for when it is awaited; an error is the last.
            #[inline]
            pub fn send(
                self,
            ) -> $crate::client::aws_smithy_async::future::pagination_stream::PaginationStream<
                ::core::result::Result<
                    $output,
                    $crate::client::SdkError<$error, $crate::client::HttpResponse>,
                >,
            > {
                let Self { handle, inner, stop_on_duplicate_token } = self;
                $crate::client::pages::<$operation>(&handle, inner.build(), stop_on_duplicate_token)
            }
        }
    };
}

/// The items of a paginator's pages.
#[macro_export]
macro_rules! paginator_items {
    ($items:ident, $paginator:ident, $error:ident, $item:ty, $of_page:expr) => {
        #[doc = ::core::concat!("The items of the pages of [`", ::core::stringify!($paginator), "`].")]
        pub struct $items($paginator);

        impl $paginator {
            /// The items of the pages, one by one.
            #[inline]
            pub fn items(self) -> $items {
                $items(self)
            }
        }

        impl $items {
            /// The items. A page is asked for when its first item is awaited; an error is the last.
            #[inline]
            pub fn send(
                self,
            ) -> $crate::client::aws_smithy_async::future::pagination_stream::PaginationStream<
                ::core::result::Result<
                    $item,
                    $crate::client::SdkError<$error, $crate::client::HttpResponse>,
                >,
            > {
                $crate::client::items(self.0.send(), $of_page)
            }
        }
    };
}

/// The builder of a waiter, but for the setters of its input.
#[macro_export]
macro_rules! waiter {
    (
        $builder:ident -> $poll:ident or $wait_error:ident,
        $operation:ident($input_builder:ident) -> $output:ident or $error:ident,
        $waiter:ident
    ) => {
        impl $builder {
            #[inline]
            pub(crate) fn new(handle: $crate::client::Handle) -> Self {
                Self { handle, inner: ::core::default::Default::default() }
            }

            /// The input as it was built so far.
            #[inline]
            pub fn as_input(&self) -> &$input_builder {
                &self.inner
            }

            /// Waits, but no longer than `max_wait`.
            ///
            /// # Errors
            /// If it took longer, what is waited for can't be any more, or a call failed.
            #[inline]
            pub async fn wait(
                self,
                max_wait: ::core::time::Duration,
            ) -> ::core::result::Result<$poll, $wait_error> {
                let input = self.inner.build();
                $crate::client::wait::<$operation>(self.handle, input, &$waiter, max_wait).await
            }
        }

        /// How waiting ends well: the last answer.
        pub type $poll = $crate::client::aws_smithy_runtime_api::client::waiters::FinalPoll<
            $output,
            $crate::client::SdkError<$error, $crate::client::HttpResponse>,
        >;

        /// How waiting ends badly.
        pub type $wait_error =
            $crate::client::aws_smithy_runtime_api::client::waiters::error::WaiterError<
                $output,
                $error,
            >;
    };
}
