//! What a generated crate's builders have that make calls, as a macro: see `surface.rs`. It must not know any operation.

/// The states of builders that call and that wait, for a crate's module `builder`, and what such builders do.
#[macro_export]
#[expect(clippy::crate_in_macro_def, reason = "it is the generated crate's own types")]
macro_rules! client_builders {
    () => {
        /// The state of a builder that makes a call of what it builds.
        pub struct Call<I: $crate::Build> {
            handle: $crate::client::Handle,
            seen: $crate::client::Seen<Builder<I>>,
        }

        impl<I: $crate::Build> ::core::clone::Clone for Call<I> {
            fn clone(&self) -> Self {
                Self::of(self.handle.clone())
            }
        }

        impl<I: $crate::Build> Call<I> {
            #[inline]
            fn of(handle: $crate::client::Handle) -> Self {
                Self { handle, seen: ::core::default::Default::default() }
            }
        }

        impl<I: $crate::client::CallInput> ::core::fmt::Debug for Builder<I, Call<I>> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug::fluent_builder::<I>(
                    &self.state.handle,
                    &::core::fmt::from_fn(|f| $crate::Fields::fmt_builder(&self.fields, f)),
                    f,
                )
            }
        }

        /// A builder of a call.
        #[inline]
        pub(crate) fn call<I: $crate::client::CallInput>(
            handle: $crate::client::Handle,
        ) -> Builder<I, Call<I>> {
            Builder { fields: $crate::Fields::none(), state: Call::of(handle) }
        }

        impl<I: $crate::client::CallInput> Builder<I, Call<I>> {
            /// The input as it was built so far, but for streams.
            pub fn as_input(&self) -> &Builder<I> {
                self.state
                    .seen
                    .keep(Builder { fields: $crate::Fields::copy(&self.fields), state: () })
            }

            /// Makes the call.
            ///
            /// # Errors
            /// If the input lacks a member, the request can't be made or sent, the response can't be read, or
            /// the service answers with an error.
            #[inline]
            pub async fn send(
                self,
            ) -> ::core::result::Result<
                I::Output,
                $crate::client::SdkError<I::Error, $crate::client::HttpResponse>,
            > {
                let Builder { fields, state: Call { handle, .. } } = self;
                $crate::client::send::<$crate::OperationOf<I>>(
                    handle,
                    ::core::option::Option::None,
                    $crate::Fields::build(fields),
                )
                .await
            }

            /// The call, to be customized before it is sent.
            #[inline]
            pub fn customize(
                self,
            ) -> crate::client::customize::CustomizableOperation<I::Output, I::Error, Self> {
                crate::client::customize::CustomizableOperation::new(self)
            }
        }

        impl<I: $crate::client::CallInput>
            crate::client::customize::internal::CustomizableSend<I::Output, I::Error>
            for Builder<I, Call<I>>
        {
            fn send(
                self,
                config_override: crate::config::Builder,
            ) -> $crate::client::BoxFuture<$crate::client::SendResult<I::Output, I::Error>> {
                let Builder { fields, state: Call { handle, .. } } = self;
                $crate::client::send::<$crate::OperationOf<I>>(
                    handle,
                    ::core::option::Option::Some(config_override.inner),
                    $crate::Fields::build(fields),
                )
            }
        }

        impl<I: $crate::client::CallInput> Builder<I> {
            /// Makes the call with this input.
            ///
            /// # Errors
            /// As the call's own builder.
            #[inline]
            pub async fn send_with(
                self,
                client: &crate::Client,
            ) -> ::core::result::Result<
                I::Output,
                $crate::client::SdkError<I::Error, $crate::client::HttpResponse>,
            > {
                let state = Call::of(client.handle.clone());
                Builder::<I, Call<I>> { fields: self.fields, state }.send().await
            }
        }

        impl<I: $crate::client::Paginated> Builder<I, Call<I>> {
            /// The pages of the answer.
            #[inline]
            pub fn into_paginator(self) -> $crate::client::Paginator<I> {
                $crate::client::Paginator::new(
                    self.state.handle,
                    $crate::Fields::build(self.fields),
                )
            }
        }

        /// The state of a builder that waits with what it builds.
        pub struct Wait<I: $crate::Build> {
            call: Call<I>,
            waiter: &'static $crate::waiter::Waiter,
        }

        impl<I: $crate::Build> ::core::clone::Clone for Wait<I> {
            fn clone(&self) -> Self {
                Self { call: self.call.clone(), waiter: self.waiter }
            }
        }

        impl<I: $crate::client::Waited> ::core::fmt::Debug for Builder<I, Wait<I>> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug::fluent_builder::<I>(
                    &self.state.call.handle,
                    &::core::fmt::from_fn(|f| $crate::Fields::fmt_builder(&self.fields, f)),
                    f,
                )
            }
        }

        /// A builder that waits.
        #[inline]
        #[allow(dead_code)] // A service may have no waiters.
        pub(crate) fn wait<I: $crate::client::Waited>(
            handle: $crate::client::Handle,
            waiter: &'static $crate::waiter::Waiter,
        ) -> Builder<I, Wait<I>> {
            let state = Wait { call: Call::of(handle), waiter };
            Builder { fields: $crate::Fields::none(), state }
        }

        impl<I: $crate::client::Waited> Builder<I, Wait<I>> {
            /// The input as it was built so far, but for streams.
            pub fn as_input(&self) -> &Builder<I> {
                self.state
                    .call
                    .seen
                    .keep(Builder { fields: $crate::Fields::copy(&self.fields), state: () })
            }

            /// Waits, but no longer than `max_wait`.
            ///
            /// # Errors
            /// If it took longer, what is waited for can't be any more, or a call failed.
            #[inline]
            pub async fn wait(
                self,
                max_wait: ::core::time::Duration,
            ) -> $crate::client::WaitResult<I::Output, I::Error> {
                let Builder { fields, state: Wait { call: Call { handle, .. }, waiter } } = self;
                $crate::client::wait::<$crate::OperationOf<I>>(
                    handle,
                    $crate::Fields::build(fields),
                    waiter,
                    max_wait,
                )
                .await
            }
        }
    };
}
