//! Waiters: their acceptors as data, and builders of their inputs. It must not know how one waits.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::path::expression;
use super::{docs, module_docs};
use crate::ir::{Acceptor, Crate, Expected, Matcher, Operation, State, Waiter};
use crate::naming::ident;

/// The waiters with their operations, by name.
pub(super) fn all(lowered: &Crate) -> Vec<(&Operation, &Waiter)> {
    let operations = lowered.operations.iter();
    let waiters = operations.flat_map(|it| it.waiters.iter().map(move |waiter| (it, waiter)));
    let mut waiters: Vec<_> = waiters.collect();
    waiters.sort_by(|(_, one), (_, other)| one.module.cmp(&other.module));
    waiters
}

/// `waiters.rs`.
pub(super) fn waiters(all: &[(&Operation, &Waiter)]) -> Vec<TokenStream> {
    let about = module_docs("Waiters, a module each. The client's trait `Waiters` begins them.");
    let modules = all.iter().map(|(_, waiter)| ident(&waiter.module));
    vec![quote!(#about), quote!(#(pub mod #modules;)*)]
}

/// The trait by which a client waits, and its implementation.
pub(super) fn client(lowered: &Crate) -> Vec<TokenStream> {
    let waiters = all(lowered);
    if waiters.is_empty() {
        return Vec::new();
    }
    let (mut declared, mut defined) = (Vec::new(), Vec::new());
    for (operation, waiter) in waiters {
        let (module, builder) = (ident(&waiter.module), ident(&waiter.fluent_builder()));
        let method = ident(&format!("wait_until_{}", waiter.snake));
        let about = format!(" Asks `{}` until it says so.", operation.name);
        declared.push(quote! {
            #[doc = #about]
            fn #method(&self) -> crate::waiters::#module::#builder;
        });
        defined.push(quote! {
            #[inline]
            fn #method(&self) -> crate::waiters::#module::#builder {
                crate::builder::wait(self.handle.clone(), &crate::waiters::#module::WAITER)
            }
        });
    }
    vec![
        quote! {
            /// What a client can wait for.
            pub trait Waiters {
                #(#declared)*
            }
        },
        quote!(impl Waiters for Client { #(#defined)* }),
    ]
}

/// The items of a waiter's file.
pub(super) fn waiter(operation: &Operation, waiter: &Waiter) -> Vec<TokenStream> {
    let about = match waiter.docs.as_str() {
        "" => format!("The waiter `{}`.", waiter.name),
        docs => format!("The waiter `{}`.\n\n{docs}", waiter.name),
    };
    let about = module_docs(&about);
    let (builder, poll) =
        (ident(&waiter.fluent_builder()), ident(&format!("{}FinalPoll", waiter.pascal)));
    let wait_error = ident(&format!("WaitUntil{}Error", waiter.pascal));
    let module = ident(&operation.module);
    let of_operation = |name: &str| {
        let name = ident(name);
        quote!(crate::operation::#module::#name)
    };
    let input = of_operation(&operation.input.type_name);
    let (output, error) =
        (of_operation(&operation.output.type_name), of_operation(&operation.error_type));
    let data = data(waiter);
    let about_builder = docs(&format!("Builds the input of `{}`, and waits.", operation.name));
    vec![
        quote!(#about),
        quote! {
            pub(crate) static WAITER: tinsmith_runtime::waiter::Waiter = #data;
        },
        quote! {
            #about_builder
            pub type #builder = crate::builder::Builder<#input, crate::builder::Wait<#input>>;

            /// How waiting ends well: the last answer.
            pub type #poll =
                tinsmith_runtime::client::aws_smithy_runtime_api::client::waiters::FinalPoll<
                    #output,
                    tinsmith_runtime::client::SdkError<#error, tinsmith_runtime::client::HttpResponse>,
                >;

            /// How waiting ends badly.
            pub type #wait_error =
                tinsmith_runtime::client::aws_smithy_runtime_api::client::waiters::error::WaiterError<
                    #output,
                    #error,
                >;
        },
    ]
}

/// The waiter as the runtime has it.
fn data(waiter: &Waiter) -> TokenStream {
    let min_delay = Literal::u64_unsuffixed(waiter.min_delay);
    let max_delay = Literal::u64_unsuffixed(waiter.max_delay);
    let acceptors = waiter.acceptors.iter().map(acceptor);
    quote!(tinsmith_runtime::waiter::Waiter::new(#min_delay, #max_delay, &[#(#acceptors),*]))
}

fn acceptor(Acceptor { state, matcher }: &Acceptor) -> TokenStream {
    let state = ident(match state {
        State::Success => "Success",
        State::Failure => "Failure",
        State::Retry => "Retry",
    });
    let matcher = match matcher {
        Matcher::Success(success) => quote!(Success(#success)),
        Matcher::ErrorType(name) => quote!(ErrorType(#name)),
        Matcher::Output(path, expected) => {
            let (path, expected) = (expression(path), self::expected(expected));
            quote!(Output(#path, #expected))
        }
        Matcher::InputOutput(path, expected) => {
            let (path, expected) = (expression(path), self::expected(expected));
            quote!(InputOutput(#path, #expected))
        }
    };
    quote! {
        tinsmith_runtime::waiter::Acceptor::new(
            tinsmith_runtime::waiter::State::#state,
            tinsmith_runtime::waiter::Matcher::#matcher,
        )
    }
}

fn expected(expected: &Expected) -> TokenStream {
    let expected = match expected {
        Expected::String(text) => quote!(String(#text)),
        Expected::Boolean(value) => quote!(Boolean(#value)),
        Expected::AllStrings(text) => quote!(AllStrings(#text)),
        Expected::AnyString(text) => quote!(AnyString(#text)),
    };
    quote!(tinsmith_runtime::waiter::Expected::#expected)
}
