//! Structures: the type, its accessors, its schema and access to its members. It must not know where
//! the structure is placed.

use std::borrow::Cow;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::types::{Prelude, is_copy};
use super::{builder, deprecated, docs, path, schema};
use crate::ir::{Default, Member, Role, Structure, Type};
use crate::naming::ident;

/// The items of a structure's file.
pub(super) fn structure(structure: &Structure) -> Vec<TokenStream> {
    let prelude = Prelude::new(defined(structure));
    let mut all = vec![prelude.hidden_traits()];
    all.extend(items(structure, &quote!(super::builders), &prelude));
    all
}

/// The types that a structure's items define.
pub(super) fn defined(structure: &Structure) -> [Cow<'_, str>; 2] {
    [Cow::Borrowed(&structure.type_name), Cow::Owned(structure.fields_name())]
}

/// A structure's items in a file that defines these types, with the builders in this module.
pub(super) fn items(
    structure: &Structure,
    builders: &TokenStream,
    prelude: &Prelude<'_>,
) -> Vec<TokenStream> {
    let members: Vec<TokenStream> = structure
        .members
        .iter()
        // As it is written, with `r#` where that is needed: so `Debug` shows some of them.
        .map(|m| {
            let field = ident(&m.field).to_string();
            schema::member(&m.name, &field, &m.schema, m.optional, &m.ty)
        })
        .collect();
    let mut items = vec![definition(structure, prelude), inherent(structure, builders, prelude)];
    items.extend(builder::builder(structure, prelude));
    let schema = schema::schema(&structure.id, &structure.type_name, &members, &structure.xml);
    let request_id = (structure.role == Role::Output).then(|| quote!(.request_id()));
    let schema = quote!(#schema #request_id);
    items.push(shape(structure, &schema, prelude));
    items.push(plumbing(structure));
    items
}

fn definition(structure: &Structure, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&structure.type_name);
    let about = docs(if structure.docs.is_empty() {
        match structure.role {
            Role::Error { .. } => "An error of the service.",
            _ => "A structure of the service.",
        }
    } else {
        &structure.docs
    });
    let deprecated_type = deprecated(structure.deprecated.as_deref());
    let fields = structure.members.iter().map(|member| {
        let (about, deprecated) = (docs(&member.docs), deprecated(member.deprecated.as_deref()));
        let (field, ty) = (ident(&member.field), prelude.field(member));
        quote!(#about #deprecated pub #field: #ty,)
    });
    let extra = match structure.role {
        Role::Output => {
            let ty = prelude.option(&prelude.string());
            quote!(_request_id: #ty,)
        }
        Role::Error { .. } => quote!(pub(crate) meta: tinsmith_runtime::ErrorMetadata,),
        _ => TokenStream::new(),
    };
    let derives = (!structure.streams()).then(|| quote!(#[derive(Clone)]));
    quote! {
        #about
        #deprecated_type
        #[non_exhaustive]
        #derives
        pub struct #name {
            #(#fields)*
            #extra
        }
    }
}

fn inherent(structure: &Structure, builders: &TokenStream, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&structure.type_name);
    let accessors = structure.members.iter().map(|member| accessor(member, prelude));
    let builder = ident(&structure.builder_name());
    let about = format!(" A builder for {}.", link(&structure.type_name));
    let retry = match structure.role {
        Role::Error { retry: Some(kind) } => {
            let kind = ident(kind);
            quote! {
                /// How the request may be tried again.
                #[inline]
                pub fn retryable_error_kind(&self) -> tinsmith_runtime::ErrorKind {
                    tinsmith_runtime::ErrorKind::#kind
                }
            }
        }
        _ => TokenStream::new(),
    };
    quote! {
        impl #name {
            #[doc = #about]
            #[inline]
            pub fn builder() -> #builders::#builder {
                tinsmith_runtime::builder()
            }
            #(#accessors)*
            #retry
        }
    }
}

/// A link to a structure; none if rustdoc would ask whether a macro is meant.
pub(super) fn link(name: &str) -> String {
    let derives =
        ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
    if derives.contains(&name) { format!("`{name}`") } else { format!("[`{name}`]") }
}

fn accessor(member: &Member, prelude: &Prelude<'_>) -> TokenStream {
    let (name, ty) = (ident(&member.field), prelude.accessor(member));
    let body = match (&member.ty, member.optional) {
        (ty, _) if is_copy(ty) => quote!(self.#name),
        (_, false) => quote!(&self.#name),
        (Type::List(_), true) => quote!(self.#name.as_deref().unwrap_or_default()),
        (Type::String, true) => quote!(self.#name.as_deref()),
        (_, true) if member.boxed => quote!(self.#name.as_deref()),
        (_, true) => quote!(self.#name.as_ref()),
    };
    let (about, deprecated) = (docs(&member.summary), deprecated(member.deprecated.as_deref()));
    quote! {
        #about
        #deprecated
        #[inline]
        pub fn #name(&self) -> #ty {
            #body
        }
    }
}

/// `StructureShape`: the schema, and the members by position.
fn shape(structure: &Structure, schema: &TokenStream, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&structure.type_name);
    let mut fields: Vec<_> = structure.members.iter().map(|member| ident(&member.field)).collect();
    let mut values: Vec<_> = structure.members.iter().map(empty).collect();
    // What follows the members has a position as well: see `Schema::request_id`.
    if structure.role == Role::Output {
        fields.push(format_ident!("_request_id"));
        values.push(quote!(std::default::Default::default()));
    }
    let positions: Vec<_> = (0..fields.len()).map(Literal::usize_unsuffixed).collect();
    // Clippy wants no `match` without a choice.
    let among = |arms: TokenStream| {
        let none = quote!(tinsmith_runtime::value::no_member(index));
        if fields.is_empty() { none } else { quote!(match index { #arms _ => #none, }) }
    };
    let shared = among(quote!(#(#positions => &self.#fields,)*));
    let exclusive = among(quote!(#(#positions => &mut self.#fields,)*));
    let is_error = matches!(structure.role, Role::Error { .. });
    let extra_value = is_error.then(|| quote!(meta: std::default::Default::default(),));
    let extra = is_error.then(|| {
        let ty = prelude.option(&quote!((&'static str, &dyn std::fmt::Debug)));
        quote! {
            #[inline]
            fn extra(&self) -> #ty {
                Some(("meta", &self.meta))
            }
        }
    });
    quote! {
        impl tinsmith_runtime::StructureShape for #name {
            const SCHEMA: &'static tinsmith_runtime::Schema = &#schema;
            #[inline]
            fn member(&self, index: usize) -> &dyn tinsmith_runtime::Value {
                #shared
            }
            #[inline]
            fn member_mut(&mut self, index: usize) -> &mut dyn tinsmith_runtime::Value {
                #exclusive
            }
            #[inline]
            fn empty_structure() -> Self {
                Self { #(#fields: #values,)* #extra_value }
            }
            #extra
        }
    }
}

/// What a member holds when nothing was read.
fn empty(member: &Member) -> TokenStream {
    match &member.default {
        Some(default) => default_value(default, &member.ty),
        None => quote!(tinsmith_runtime::Value::empty()),
    }
}

/// A default as an expression.
pub(super) fn default_value(default: &Default, ty: &Type) -> TokenStream {
    match default {
        Default::Empty => quote!(tinsmith_runtime::Value::empty()),
        Default::Boolean(value) => quote!(#value),
        Default::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Default::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(#value)
        }
        Default::String(text) => quote!(#text.to_owned()),
        Default::Enum(text) => match ty {
            Type::Shape(shape) => {
                let shape = path(shape);
                quote!(#shape::from(#text))
            }
            _ => quote!(#text.to_owned()),
        },
        Default::Blob(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(tinsmith_runtime::Blob::new(*#bytes))
        }
        Default::BigNumber(text) => {
            let ty = match ty {
                Type::BigInteger => quote!(BigInteger),
                _ => quote!(BigDecimal),
            };
            quote!(tinsmith_runtime::default_number::<tinsmith_runtime::#ty>(#text))
        }
        Default::Timestamp(seconds, nanos) => {
            let (seconds, nanos) =
                (Literal::i64_unsuffixed(*seconds), Literal::u32_unsuffixed(*nanos));
            quote!(tinsmith_runtime::DateTime::from_secs_and_nanos(#seconds, #nanos))
        }
        Default::Document(value) => document_value(value),
        Default::EmptyArray => quote!(tinsmith_runtime::Document::Array(std::vec::Vec::new())),
        Default::EmptyObject => {
            quote!(tinsmith_runtime::Document::Object(std::collections::HashMap::new()))
        }
    }
}

/// A document that is a simple value.
fn document_value(value: &Default) -> TokenStream {
    match value {
        Default::Boolean(value) => quote!(tinsmith_runtime::Document::Bool(#value)),
        Default::String(text) => quote!(tinsmith_runtime::Document::String(#text.to_owned())),
        Default::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(tinsmith_runtime::Document::from(#value as i64))
        }
        Default::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(tinsmith_runtime::Document::from(#value))
        }
        _ => quote!(tinsmith_runtime::Document::Null),
    }
}

/// The macros that implement the rest.
fn plumbing(structure: &Structure) -> TokenStream {
    let name = ident(&structure.type_name);
    let extra = match structure.role {
        Role::Error { .. } => quote!(, meta),
        Role::Nested | Role::Input | Role::Output => TokenStream::new(),
    };
    let equal =
        (!structure.streams()).then(|| quote!(tinsmith_runtime::equal_structure!(#name #extra);));
    let traits = match &structure.role {
        Role::Output => quote!(tinsmith_runtime::output!(#name);),
        Role::Error { retry: Some(kind) } => {
            let kind = ident(kind);
            quote!(tinsmith_runtime::error_structure!(#name, #kind);)
        }
        Role::Error { retry: None } => quote!(tinsmith_runtime::error_structure!(#name);),
        Role::Nested | Role::Input => quote!(tinsmith_runtime::structure!(#name);),
    };
    quote!(#traits #equal)
}
