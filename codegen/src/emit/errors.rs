//! Error enums: of an operation, and of the whole service. It must not know what an error holds.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::types::Prelude;
use super::{deprecated, docs, path};
use crate::ir::{Crate, ErrorVariant, Operation, Path, Place, StreamErrors};
use crate::naming::ident;

fn error_path(variant: &ErrorVariant) -> TokenStream {
    path(&Path { name: variant.name.clone(), place: Place::Errors })
}

/// The schema of an error, as a constant expression.
pub(super) fn schema(variant: &ErrorVariant) -> TokenStream {
    let path = error_path(variant);
    quote!(<#path as tinsmith_runtime::StructureShape>::SCHEMA)
}

fn variants<'a>(errors: impl Iterator<Item = &'a ErrorVariant>) -> TokenStream {
    let variants = errors.map(|error| {
        let text = format!("The error `{}`.", error.name);
        let about = docs(if error.docs.is_empty() { &text } else { &error.docs });
        let (name, path) = (ident(&error.name), error_path(error));
        let deprecated = deprecated(error.deprecated.as_deref());
        quote!(#about #deprecated #name(#path),)
    });
    quote! {
        #(#variants)*
        /// Any other error, or a response that couldn't be read.
        #[deprecated(note = "a later version may model the error: match with `_` and look at `code()`")]
        Unhandled(tinsmith_runtime::Unhandled),
    }
}

/// `ServiceError`: what the enum holds.
fn holds(name: &TokenStream, names: &[Ident]) -> TokenStream {
    quote! {
        impl tinsmith_runtime::ServiceError for #name {
            #[allow(deprecated)]
            #[inline]
            fn as_any(&self) -> tinsmith_runtime::AnyError<'_> {
                match self {
                    #(Self::#names(error) => {
                        tinsmith_runtime::AnyError::Modeled(error)
                    })*
                    Self::Unhandled(error) => {
                        tinsmith_runtime::AnyError::Unhandled(error)
                    }
                }
            }
        }
    }
}

/// The error enum of an operation.
pub(super) fn operation_error(operation: &Operation) -> Vec<TokenStream> {
    let prelude = Prelude::new([operation.error_type.as_str(), operation.type_name.as_str()]);
    let about = format!(" Why `{}` failed.", operation.name);
    if operation.errors.is_empty() {
        let (name, input) = (ident(&operation.error_type), ident(&operation.input.type_name));
        return vec![quote! {
            #[doc = #about]
            pub type #name = tinsmith_runtime::UnmodeledError<#input>;
        }];
    }
    let places: Vec<usize> = (0..operation.errors.len()).collect();
    error_enum(&operation.error_type, &about, &operation.errors, &places, &prelude)
}

/// The error enum of a stream of events.
pub(super) fn stream_error(errors: &StreamErrors) -> Vec<TokenStream> {
    let name = ident(&errors.type_name);
    let prelude = Prelude::new([errors.type_name.as_str()]);
    let about = format!(" What may come in the place of one of the events `{}`.", errors.union);
    let places: Vec<usize> = errors.members.iter().map(|(_, variant)| *variant).collect();
    let mut items = error_enum(&errors.type_name, &about, &errors.variants, &places, &prelude);
    let members = errors.members.iter().map(|(member, variant)| {
        let schema = schema(&errors.variants[*variant]);
        quote! {
            tinsmith_runtime::event_stream::ErrorMember {
                name: #member,
                schema: #schema,
            }
        }
    });
    items.push(quote! {
        static MEMBERS: &[tinsmith_runtime::event_stream::ErrorMember] = &[#(#members),*];
    });
    items.push(quote! {
        impl tinsmith_runtime::event_stream::EventStreamError for #name {
            #[inline]
            fn members(&self) -> &'static [tinsmith_runtime::event_stream::ErrorMember] {
                MEMBERS
            }
        }
    });
    items
}

/// An enum of errors. `places` has for each error to select the position of its variant.
fn error_enum(
    type_name: &str,
    about: &str,
    errors: &[ErrorVariant],
    places: &[usize],
    prelude: &Prelude<'_>,
) -> Vec<TokenStream> {
    let name = ident(type_name);
    let variants = variants(errors.iter());
    let definition = quote! {
        #[doc = #about]
        #[non_exhaustive]
        pub enum #name {
            #variants
        }
    };
    let names: Vec<_> = errors.iter().map(|error| ident(&error.name)).collect();
    let checks = errors.iter().map(|error| {
        let (variant, is) = (ident(&error.name), format_ident!("is_{}", error.snake));
        let about = format!(" Whether it is [`{0}`](Self::{0}).", error.name);
        quote! {
            #[doc = #about]
            #[inline]
            pub fn #is(&self) -> bool {
                matches!(self, Self::#variant(_))
            }
        }
    });
    let checks = (!names.is_empty()).then(|| quote!(impl #name { #(#checks)* }));
    let access = access(&name, &names, places, prelude);
    let holds = holds(&quote!(#name), &names);
    let plumbing = quote!(tinsmith_runtime::operation_error!(#name););
    vec![definition, checks.unwrap_or_default(), holds, access, plumbing]
}

/// `OperationErrorShape`: the variants by position.
fn access(name: &Ident, names: &[Ident], places: &[usize], prelude: &Prelude<'_>) -> TokenStream {
    let this = prelude.option(&quote!(Self));
    let (some, none) = (prelude.option_variant("Some"), prelude.option_variant("None"));
    let (params, modeled) = if places.is_empty() {
        (quote!(_index: usize, _fill: tinsmith_runtime::Fill<'_>), none)
    } else {
        let positions = (0..places.len()).map(Literal::usize_unsuffixed);
        let selected = places.iter().map(|place| &names[*place]);
        let modeled = quote! {
            #some(match index {
                #(#positions => Self::#selected(fill.error()),)*
                _ => return #none,
            })
        };
        (quote!(index: usize, fill: tinsmith_runtime::Fill<'_>), modeled)
    };
    quote! {
        impl tinsmith_runtime::OperationErrorShape for #name {
            #[allow(deprecated)]
            #[inline]
            fn from_unhandled(unhandled: tinsmith_runtime::Unhandled) -> Self {
                Self::Unhandled(unhandled)
            }
            #[allow(deprecated)]
            #[inline]
            fn modeled(#params) -> #this {
                #modeled
            }
        }
    }
}

/// The error enum of the whole service.
pub(super) fn service_error(lowered: &Crate) -> Vec<TokenStream> {
    let of_operations = lowered.operations.iter().flat_map(|operation| &operation.errors);
    let of_streams = lowered.stream_errors.iter().flat_map(|errors| &errors.variants);
    let all: BTreeMap<&str, &ErrorVariant> =
        of_streams.chain(of_operations).map(|error| (error.name.as_str(), error)).collect();
    let names: Vec<_> = all.keys().map(|name| ident(name)).collect();
    let variants = variants(all.values().copied());
    let definition = quote! {
        /// Any error of the service's operations.
        #[non_exhaustive]
        pub enum Error {
            #variants
        }
    };
    let mut items = vec![definition, holds(&quote!(Error), &names)];
    items.push(quote!(tinsmith_runtime::service_error!(Error);));
    let (unmodeled, modeled): (Vec<_>, Vec<_>) =
        lowered.operations.iter().partition(|operation| operation.errors.is_empty());
    if !unmodeled.is_empty() {
        items.push(quote!(tinsmith_runtime::service_error_from_unmodeled!(Error);));
    }
    let of_operations = modeled.into_iter().map(|operation| {
        let (module, name) = (ident(&operation.module), ident(&operation.error_type));
        (quote!(crate::operation::#module::#name), "Operation", &operation.errors)
    });
    let of_streams = lowered.stream_errors.iter().map(|errors| {
        let name = ident(&errors.type_name);
        (quote!(crate::types::error::#name), "Stream", &errors.variants)
    });
    items.extend(
        of_operations
            .chain(of_streams)
            .map(|(path, alias, errors)| conversion(&path, alias, errors)),
    );
    items.push(quote!(tinsmith_runtime::client_error_from!(Error);));
    if lowered.operations.iter().any(|operation| !operation.waiters.is_empty()) {
        items.push(quote!(tinsmith_runtime::client_error_from_waiters!(Error);));
    }
    items
}

/// From the enum at this path.
fn conversion(path: &TokenStream, alias: &str, errors: &[ErrorVariant]) -> TokenStream {
    let alias = ident(alias);
    let names: Vec<_> = errors.iter().map(|error| ident(&error.name)).collect();
    quote! {
        impl From<#path> for Error {
            #[allow(deprecated)]
            #[inline]
            fn from(error: #path) -> Self {
                use #path as #alias;
                match error {
                    #(#alias::#names(error) => Self::#names(error),)*
                    #alias::Unhandled(error) => Self::Unhandled(error),
                }
            }
        }
    }
}
