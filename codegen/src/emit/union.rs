//! Unions. It must not know structures.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::types::Prelude;
use super::{deprecated, docs, schema};
use crate::ir::{Type, Union, UnionVariant};
use crate::naming::ident;

/// The items of a union's file.
pub(super) fn union(union: &Union) -> Vec<TokenStream> {
    let prelude = Prelude::new([union.type_name.as_str()]);
    let members: Vec<TokenStream> = union
        .variants
        .iter()
        .map(|v| schema::member(&v.name, &v.variant, &v.schema, false, &v.ty))
        .collect();
    let name = ident(&union.type_name);
    let schema = schema::schema(&union.id, &union.type_name, &members, &union.xml);
    let boxed = union.boxed.then(|| quote!(tinsmith_runtime::boxed_union!(#name);));
    vec![
        definition(union, &prelude),
        accessors(union, &prelude),
        quote!(static SCHEMA: tinsmith_runtime::Schema = #schema;),
        access(union, &prelude),
        quote!(tinsmith_runtime::union!(#name); tinsmith_runtime::equal_union!(#name); #boxed),
    ]
}

fn definition(union: &Union, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&union.type_name);
    let about = docs(if union.docs.is_empty() { "One of several values." } else { &union.docs });
    let deprecated_type = deprecated(union.deprecated.as_deref());
    let variants = union.variants.iter().map(|variant| {
        let text = format!("The member `{}`.", variant.name);
        let about = docs(if variant.docs.is_empty() { &text } else { &variant.docs });
        let note = deprecated(variant.deprecated.as_deref());
        let name = ident(&variant.variant);
        let payload = (variant.ty != Type::Unit).then(|| {
            let ty = prelude.held(&variant.ty, variant.boxed);
            quote!((#ty))
        });
        quote!(#about #note #name #payload,)
    });
    quote! {
        #about
        #deprecated_type
        #[non_exhaustive]
        #[derive(Clone)]
        pub enum #name {
            #(#variants)*
            /// A value that this version of the crate doesn't know. It can be received, not sent.
            #[non_exhaustive]
            Unknown,
        }
    }
}

fn accessors(union: &Union, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&union.type_name);
    let methods = union.variants.iter().map(|variant| variant_accessors(variant, prelude));
    quote! {
        impl #name {
            #(#methods)*
            /// Whether it is a value that this version of the crate doesn't know.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }
    }
}

fn variant_accessors(variant: &UnionVariant, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&variant.variant);
    let (is, as_) = (format_ident!("is_{}", variant.snake), format_ident!("as_{}", variant.snake));
    let note = deprecated(variant.deprecated.as_deref());
    let about_as = format!(" The value of the variant `{}`, or the union itself.", variant.variant);
    let about_is = format!(" Whether it is the variant `{}`.", variant.variant);
    let (pattern, ty, value) = match &variant.ty {
        Type::Unit => (quote!(Self::#name), quote!(()), quote!(())),
        ty => {
            let bare = prelude.bare(ty);
            (quote!(Self::#name(value)), quote!(&#bare), quote!(value))
        }
    };
    let matches = match &variant.ty {
        Type::Unit => quote!(Self::#name),
        _ => quote!(Self::#name(_)),
    };
    let result = prelude.result(&ty, &quote!(&Self));
    quote! {
        #[doc = #about_as]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " If another variant is set."]
        #note
        #[inline]
        pub fn #as_(&self) -> #result {
            match self {
                #pattern => Ok(#value),
                _ => Err(self),
            }
        }
        #[doc = #about_is]
        #note
        #[inline]
        pub fn #is(&self) -> bool {
            matches!(self, #matches)
        }
    }
}

/// `Union`: the variants by position.
fn access(union: &Union, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&union.type_name);
    let positions: Vec<_> = (0..union.variants.len()).map(Literal::usize_unsuffixed).collect();
    let (mut gets, mut creates, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (position, variant) in positions.iter().zip(&union.variants) {
        let name = ident(&variant.variant);
        if variant.ty == Type::Unit {
            gets.push(quote!(Self::#name => {
                let value: &'static tinsmith_runtime::value::NoPayload = &[];
                (#position, value)
            }));
            creates.push(quote!(#position => Self::#name));
            places.push(quote!(Self::#name => {
                let value: &'static mut tinsmith_runtime::value::NoPayload = &mut [];
                value
            }));
        } else {
            gets.push(quote!(Self::#name(value) => (#position, value)));
            creates.push(quote!(#position => Self::#name(tinsmith_runtime::Value::empty())));
            places.push(quote!(Self::#name(value) => value));
        }
    }
    let value = quote!(&dyn tinsmith_runtime::Value);
    let variant = prelude.option(&quote!((usize, #value)));
    let place = prelude.option(&quote!(&mut dyn tinsmith_runtime::Value));
    quote! {
        impl tinsmith_runtime::Union for #name {
            #[inline]
            fn schema(&self) -> &'static tinsmith_runtime::Schema {
                &SCHEMA
            }
            #[inline]
            fn variant(&self) -> #variant {
                let variant: (usize, #value) = match self {
                    #(#gets,)*
                    Self::Unknown => return None,
                };
                Some(variant)
            }
            #[inline]
            fn select(&mut self, index: usize) -> #place {
                *self = match index {
                    #(#creates,)*
                    _ => Self::Unknown,
                };
                let place: &mut dyn tinsmith_runtime::Value = match self {
                    #(#places,)*
                    Self::Unknown => return None,
                };
                Some(place)
            }
        }
    }
}
