//! What a generated crate's builders have that make calls, as a macro: see `surface.rs`. It must not know any operation.

/// The states of builders that call and that wait, for a crate's module `builder`, and what such builders do.
#[macro_export]
#[expect(clippy::crate_in_macro_def, reason = "it is the generated crate's own types")]
macro_rules! client_builders {
    () => {
        /// The state of a builder that makes a call of what it builds.
        pub struct Call<I: $crate::Build> {
            handle: $crate::client::Handle,
            input: Builder<I>,
        }

        impl<I: $crate::Build> $crate::Holds<I::Fields> for Call<I> {
            #[inline]
            fn fields(&self) -> &I::Fields {
                &self.input.state.0
            }
            #[inline]
            fn fields_mut(&mut self) -> &mut I::Fields {
                &mut self.input.state.0
            }
        }

        impl<I: $crate::Build<Fields: ::core::clone::Clone>> ::core::clone::Clone for Call<I> {
            fn clone(&self) -> Self {
                Self { handle: self.handle.clone(), input: self.input.clone() }
            }
        }

        impl<I: $crate::client::CallInput> ::core::fmt::Debug for Builder<I, Call<I>> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let Call { handle, input } = &self.state;
                $crate::debug::fluent_builder::<I>(handle, input, f)
            }
        }

        /// A builder of a call.
        #[inline]
        pub(crate) fn call<I: $crate::client::CallInput>(
            handle: $crate::client::Handle,
        ) -> Builder<I, Call<I>> {
            Builder::of(Call { handle, input: $crate::builder() })
        }

        impl<I: $crate::client::CallInput> Builder<I, Call<I>> {
            /// The input as it was built so far.
            #[inline]
            pub fn as_input(&self) -> &Builder<I> {
                &self.state.input
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
                let Call { handle, input } = self.state;
                $crate::client::send::<$crate::OperationOf<I>>(
                    handle,
                    ::core::option::Option::None,
                    input.build(),
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
                let Call { handle, input } = self.state;
                $crate::client::send::<$crate::OperationOf<I>>(
                    handle,
                    ::core::option::Option::Some(config_override.inner),
                    input.build(),
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
                Builder::of(Call { handle: client.handle.clone(), input: self }).send().await
            }
        }

        impl<I: $crate::client::Paginated> Builder<I, Call<I>> {
            /// The pages of the answer.
            #[inline]
            pub fn into_paginator(self) -> $crate::client::Paginator<I> {
                $crate::client::Paginator::new(self.state.handle, self.state.input.build())
            }
        }

        /// The state of a builder that waits with what it builds.
        pub struct Wait<I: $crate::Build> {
            call: Call<I>,
            waiter: &'static $crate::waiter::Waiter,
        }

        impl<I: $crate::Build> $crate::Holds<I::Fields> for Wait<I> {
            #[inline]
            fn fields(&self) -> &I::Fields {
                self.call.fields()
            }
            #[inline]
            fn fields_mut(&mut self) -> &mut I::Fields {
                self.call.fields_mut()
            }
        }

        impl<I: $crate::Build<Fields: ::core::clone::Clone>> ::core::clone::Clone for Wait<I> {
            fn clone(&self) -> Self {
                Self { call: self.call.clone(), waiter: self.waiter }
            }
        }

        impl<I: $crate::client::Waited> ::core::fmt::Debug for Builder<I, Wait<I>> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let Call { handle, input } = &self.state.call;
                $crate::debug::fluent_builder::<I>(handle, input, f)
            }
        }

        /// A builder that waits.
        #[inline]
        #[allow(dead_code)] // A service may have no waiters.
        pub(crate) fn wait<I: $crate::client::Waited>(
            handle: $crate::client::Handle,
            waiter: &'static $crate::waiter::Waiter,
        ) -> Builder<I, Wait<I>> {
            let call = Call { handle, input: $crate::builder() };
            Builder::of(Wait { call, waiter })
        }

        impl<I: $crate::client::Waited> Builder<I, Wait<I>> {
            /// The input as it was built so far.
            #[inline]
            pub fn as_input(&self) -> &Builder<I> {
                &self.state.call.input
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
                let Wait { call: Call { handle, input }, waiter } = self.state;
                $crate::client::wait::<$crate::OperationOf<I>>(
                    handle,
                    input.build(),
                    waiter,
                    max_wait,
                )
                .await
            }
        }
    };
}
