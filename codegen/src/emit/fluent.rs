//! Fluent builders: the input's setters on a builder that makes the call. It must not know how calls are made.

use proc_macro2::TokenStream;
use quote::quote;

use super::builder::Setter;
use super::deprecated;
use super::types::Prelude;
use crate::ir::{Operation, Presigning, Structure};
use crate::naming::ident;

/// The items of an operation's `fluent.rs`.
pub(super) fn fluent(operation: &Operation) -> Vec<TokenStream> {
    let input = &operation.input;
    let (builder, inner) = (operation.fluent_builder(), input.builder_name());
    let (output, error) = (ident(&operation.output.type_name), ident(&operation.error_type));
    let prelude = Prelude::new([
        builder.as_str(),
        inner.as_str(),
        operation.type_name.as_str(),
        operation.output.type_name.as_str(),
        operation.error_type.as_str(),
    ]);
    let setters = setters(input, &prelude);
    let paginator = operation.paginator.as_ref().map(|paginator| {
        let paginator = ident(&paginator.type_name);
        quote! {
            /// The pages of the answer.
            #[inline]
            pub fn into_paginator(self) -> super::paginator::#paginator {
                super::paginator::#paginator::new(self.handle, self.inner)
            }
        }
    });
    let about = format!(" Builds the input of `{}`, and calls it.", operation.name);
    let derives = if input.streams() { quote!(Debug) } else { quote!(Clone, Debug) };
    let (builder, inner) = (ident(&builder), ident(&inner));
    let name = ident(&operation.type_name);
    // It is what the method of the client gives; the operation's type isn't deprecated.
    let note = deprecated(operation.deprecated.as_deref());
    vec![
        quote! {
            use super::builders::#inner;
            use super::{#error, #name, #output};
        },
        quote! {
            #[doc = #about]
            #note
            #[derive(#derives)]
            pub struct #builder {
                handle: tinsmith_runtime::client::Handle,
                inner: #inner,
                config_override: std::option::Option<crate::config::Builder>,
            }
        },
        quote!(tinsmith_runtime::fluent_builder!(#builder, #inner, #name, #output, #error);),
        presigned(operation).unwrap_or_default(),
        quote!(impl #builder { #paginator #setters }),
    ]
}

/// What makes a request that is signed ahead, where that can be.
fn presigned(operation: &Operation) -> Option<TokenStream> {
    let how = match operation.presigning? {
        Presigning::UnsignedPayload => quote!(UnsignedPayload),
        Presigning::Query => quote!(Query),
    };
    let builder = ident(&operation.fluent_builder());
    let (name, error) = (ident(&operation.type_name), ident(&operation.error_type));
    Some(quote!(tinsmith_runtime::presigned!(#builder, #name, #error, #how);))
}

/// The setters and getters of an input, on what holds its builder in a field `inner`.
pub(super) fn setters(input: &Structure, prelude: &Prelude<'_>) -> TokenStream {
    let setters = input.members.iter().map(|member| {
        let Setter { about, note, parameters, arguments, .. } = Setter::of(member, prelude);
        let (name, set, get) = (ident(&member.field), member.set(), member.get());
        let whole = prelude.option(&prelude.held(&member.ty, member.boxed));
        let (about_set, about_get) = (member.set_docs(), member.get_docs());
        quote! {
            #about
            #note
            #[inline]
            pub fn #name(mut self, #parameters) -> Self {
                self.inner = self.inner.#name(#arguments);
                self
            }
            #[doc = #about_set]
            #note
            #[inline]
            pub fn #set(mut self, input: #whole) -> Self {
                self.inner = self.inner.#set(input);
                self
            }
            #[doc = #about_get]
            #note
            #[inline]
            pub fn #get(&self) -> &#whole {
                self.inner.#get()
            }
        }
    });
    quote!(#(#setters)*)
}
