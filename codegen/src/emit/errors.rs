//! Error enums: of an operation, and of the whole service. It must not know what an error holds.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::types::Prelude;
use super::{docs, path};
use crate::ir::{Crate, ErrorVariant, Operation, Path, Place};
use crate::naming::ident;

fn error_path(variant: &ErrorVariant) -> TokenStream {
    path(&Path { name: variant.name.clone(), place: Place::Errors })
}

fn variants<'a>(errors: impl Iterator<Item = &'a ErrorVariant>) -> TokenStream {
    let variants = errors.map(|error| {
        let text = format!("The error `{}`.", error.name);
        let about = docs(if error.docs.is_empty() { &text } else { &error.docs });
        let (name, path) = (ident(&error.name), error_path(error));
        quote!(#about #name(#path),)
    });
    quote! {
        #(#variants)*
        /// Any other error, or a response that couldn't be read.
        #[deprecated(note = "a later version may model the error: match with `_` and look at `code()`")]
        Unhandled(tinsmith_runtime::Unhandled),
    }
}

/// `ServiceError`: what the enum holds.
fn holds(name: &TokenStream, names: &[proc_macro2::Ident]) -> TokenStream {
    quote! {
        impl tinsmith_runtime::ServiceError for #name {
            #[allow(deprecated)]
            #[inline]
            fn as_any(&self) -> tinsmith_runtime::operation::AnyError<'_> {
                match self {
                    #(Self::#names(error) => {
                        tinsmith_runtime::operation::AnyError::Modeled(error)
                    })*
                    Self::Unhandled(error) => {
                        tinsmith_runtime::operation::AnyError::Unhandled(error)
                    }
                }
            }
        }
    }
}

/// The error enum of an operation.
pub(super) fn operation_error(operation: &Operation) -> Vec<TokenStream> {
    let name = ident(&operation.error_type);
    let prelude = Prelude::new([operation.error_type.as_str(), operation.type_name.as_str()]);
    let about = format!(" Why `{}` failed.", operation.name);
    let variants = variants(operation.errors.iter());
    let definition = quote! {
        #[doc = #about]
        #[non_exhaustive]
        #[derive(Debug)]
        pub enum #name {
            #variants
        }
    };
    let names: Vec<_> = operation.errors.iter().map(|error| ident(&error.name)).collect();
    let checks = operation.errors.iter().map(|error| {
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
    let positions: Vec<_> = (0..names.len()).map(Literal::usize_unsuffixed).collect();
    let place = prelude.option(&quote!(&mut dyn tinsmith_runtime::ErrorStructure));
    let index = if names.is_empty() { quote!(_index) } else { quote!(index) };
    let (some, none) = (prelude.option_variant("Some"), prelude.option_variant("None"));
    let select = if names.is_empty() {
        quote!(#none)
    } else {
        quote! {
            *self = match index {
                #(#positions => Self::#names(tinsmith_runtime::Value::empty()),)*
                _ => return #none,
            };
            match self {
                #(Self::#names(error) => #some(error),)*
                Self::Unhandled(_) => #none,
            }
        }
    };
    let access = quote! {
        impl tinsmith_runtime::OperationError for #name {
            #[allow(deprecated)]
            #[inline]
            fn from_unhandled(unhandled: tinsmith_runtime::Unhandled) -> Self {
                Self::Unhandled(unhandled)
            }
            #[allow(deprecated)]
            #[inline]
            fn set_unhandled(&mut self, unhandled: tinsmith_runtime::Unhandled) {
                *self = Self::Unhandled(unhandled);
            }
            #[allow(deprecated)]
            #[inline]
            fn select(&mut self, #index: usize) -> #place {
                #select
            }
        }
    };
    let holds = holds(&quote!(#name), &names);
    let plumbing = quote!(tinsmith_runtime::operation_error!(#name););
    vec![definition, checks.unwrap_or_default(), holds, access, plumbing]
}

/// The error enum of the whole service.
pub(super) fn service_error(lowered: &Crate) -> Vec<TokenStream> {
    let all: BTreeMap<&str, &ErrorVariant> = lowered
        .operations
        .iter()
        .flat_map(|operation| &operation.errors)
        .map(|error| (error.name.as_str(), error))
        .collect();
    let names: Vec<_> = all.keys().map(|name| ident(name)).collect();
    let variants = variants(all.values().copied());
    let definition = quote! {
        /// Any error of the service's operations.
        #[non_exhaustive]
        #[derive(Debug)]
        pub enum Error {
            #variants
        }
    };
    let mut items = vec![definition, holds(&quote!(Error), &names)];
    items.push(quote!(tinsmith_runtime::service_error!(Error);));
    items.extend(lowered.operations.iter().map(conversion));
    let modules = lowered.operations.iter().map(|operation| ident(&operation.module));
    let errors = lowered.operations.iter().map(|operation| ident(&operation.error_type));
    items.push(quote! {
        #(tinsmith_runtime::client_error_from!(Error, crate::operation::#modules::#errors);)*
    });
    items
}

fn conversion(operation: &Operation) -> TokenStream {
    let (module, name) = (ident(&operation.module), ident(&operation.error_type));
    let names: Vec<_> = operation.errors.iter().map(|error| ident(&error.name)).collect();
    quote! {
        impl From<crate::operation::#module::#name> for Error {
            #[allow(deprecated)]
            #[inline]
            fn from(error: crate::operation::#module::#name) -> Self {
                use crate::operation::#module::#name as Operation;
                match error {
                    #(Operation::#names(error) => Self::#names(error),)*
                    Operation::Unhandled(error) => Self::Unhandled(error),
                }
            }
        }
    }
}
