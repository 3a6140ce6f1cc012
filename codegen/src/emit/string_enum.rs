//! String enums, which keep values they don't know. It must not know the shapes that use them.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::Prelude;
use super::{deprecated, docs};
use crate::ir::{Enum, EnumVariant};
use crate::naming::ident;

/// The items of an enum's file.
pub(super) fn string_enum(string_enum: &Enum) -> Vec<TokenStream> {
    match &string_enum.variants {
        Some(variants) => named(string_enum, variants),
        None => unnamed(string_enum),
    }
}

fn about(string_enum: &Enum) -> TokenStream {
    docs(if string_enum.docs.is_empty() { "One of several texts." } else { &string_enum.docs })
}

fn named(string_enum: &Enum, variants: &[EnumVariant]) -> Vec<TokenStream> {
    let name = ident(&string_enum.type_name);
    let (about, note) = (about(string_enum), deprecated(string_enum.deprecated.as_deref()));
    let definitions = variants.iter().map(|variant| {
        let text = code(&variant.value);
        let about = docs(if variant.docs.is_empty() { &text } else { &variant.docs });
        let (note, name) = (deprecated(variant.deprecated.as_deref()), ident(&variant.variant));
        quote!(#about #note #name,)
    });
    let definition = quote! {
        #about
        #note
        #[non_exhaustive]
        #[derive(Clone, Debug, Ord, PartialEq)]
        pub enum #name {
            #(#definitions)*
            /// A value that this version of the crate doesn't know.
            #[deprecated(note = "a later version may know the value: match with `_` and look at `as_str()`")]
            Unknown(tinsmith_runtime::UnknownVariantValue),
        }
    };
    let names: Vec<_> = variants.iter().map(|variant| ident(&variant.variant)).collect();
    let values: Vec<_> = variants.iter().map(|variant| &variant.value).collect();
    let methods = quote! {
        impl #name {
            /// The value as text.
            #[allow(deprecated)]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
            /// The values that this version of the crate knows.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[#(#values),*]
            }
        }
    };
    let prelude = Prelude::new([string_enum.type_name.as_str()]);
    let (hidden, from) = (prelude.hidden_traits(), prelude.from());
    let from = quote! {
        impl #from<&str> for #name {
            #[allow(deprecated)]
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#names,)*
                    other => Self::Unknown(tinsmith_runtime::UnknownVariantValue::new(other)),
                }
            }
        }
    };
    vec![hidden, definition, methods, from, quote!(tinsmith_runtime::string_enum!(#name);)]
}

/// A text as a code span, whatever is in it.
fn code(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\'' | '\\' => shown.push(c),
            c => shown.extend(c.escape_debug()),
        }
    }
    if shown.trim().is_empty() {
        return format!("`\"{shown}\"`");
    }
    let longest = shown.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let (fence, space) = ("`".repeat(longest + 1), if longest > 0 { " " } else { "" });
    format!("{fence}{space}{shown}{space}{fence}")
}

fn unnamed(string_enum: &Enum) -> Vec<TokenStream> {
    let name = ident(&string_enum.type_name);
    let (about, note) = (about(string_enum), deprecated(string_enum.deprecated.as_deref()));
    let prelude = Prelude::new([string_enum.type_name.as_str()]);
    let (hidden, string) = (prelude.hidden_traits(), prelude.string());
    let definition = quote! {
        #about
        #note
        #[non_exhaustive]
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct #name(#string);
    };
    let methods = quote! {
        impl #name {
            /// The value as text.
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
    vec![hidden, definition, methods, quote!(tinsmith_runtime::unnamed_enum!(#name);)]
}
