//! Builders: setters, getters, `build`. A builder holds the structure itself where all of its fields
//! are `Option`s, and `Option`s of its own otherwise. It must not know schemas.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::structure::{default_value, link};
use super::types::Prelude;
use super::{deprecated, docs};
use crate::ir::{Default, Element, Member, Role, Structure, Type};
use crate::naming::ident;

/// The builder of a structure.
pub(super) fn builder(structure: &Structure, prelude: &Prelude<'_>) -> Vec<TokenStream> {
    let name = ident(&structure.builder_name());
    let setters = structure.members.iter().map(|member| setters(structure, member, prelude));
    let (meta, build) = (meta(structure, prelude), build(structure, prelude));
    let methods = quote! {
        impl #name {
            #(#setters)*
            #meta
            #build
        }
    };
    vec![definition(structure, &name, prelude), methods]
}

fn definition(structure: &Structure, name: &Ident, prelude: &Prelude<'_>) -> TokenStream {
    let about = format!(" A builder for {}.", link(&structure.type_name));
    let (fields, derives) = if structure.builder_wraps() {
        let inner = ident(&structure.type_name);
        (quote!(inner: #inner,), vec![quote!(Clone), quote!(PartialEq)])
    } else {
        let names = structure.members.iter().map(|member| ident(&member.field));
        let types = structure.members.iter().map(|m| prelude.option(&prelude.held(&m.ty, m.boxed)));
        let extra = match structure.role {
            Role::Output => {
                let ty = prelude.option(&prelude.string());
                quote!(_request_id: #ty,)
            }
            Role::Error { .. } => {
                let ty = prelude.option(&quote!(tinsmith_runtime::ErrorMetadata));
                quote!(meta: #ty,)
            }
            _ => TokenStream::new(),
        };
        let mut derives = vec![quote!(Default)];
        if !has_secrets(structure) {
            derives.push(quote!(Debug));
        }
        if !structure.streams() {
            derives.extend([quote!(Clone), quote!(PartialEq)]);
        }
        (quote!(#(#names: #types,)* #extra), derives)
    };
    quote! {
        #[doc = #about]
        #[non_exhaustive]
        #[derive(#(#derives),*)]
        pub struct #name {
            #fields
        }
    }
}

fn has_secrets(structure: &Structure) -> bool {
    structure.members.iter().any(|member| member.schema.sensitive)
}

/// What the macros or a `Debug` of its own add to the builder.
pub(super) fn plumbing(structure: &Structure) -> TokenStream {
    let name = ident(&structure.builder_name());
    if structure.builder_wraps() {
        return quote!(tinsmith_runtime::builder!(#name););
    }
    if !has_secrets(structure) {
        return TokenStream::new();
    }
    let text = structure.builder_name();
    let fields = structure.members.iter().map(|member| {
        let (text, field) = (&member.field, ident(&member.field));
        if member.schema.sensitive {
            quote!(.field(#text, &tinsmith_runtime::debug::REDACTED))
        } else {
            quote!(.field(#text, &self.#field))
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#fields)*.finish()
            }
        }
    }
}

/// The place in the builder where a member is kept.
fn place(structure: &Structure, member: &Member) -> TokenStream {
    let field = ident(&member.field);
    if structure.builder_wraps() { quote!(self.inner.#field) } else { quote!(self.#field) }
}

fn setters(structure: &Structure, member: &Member, prelude: &Prelude<'_>) -> TokenStream {
    let place = place(structure, member);
    let Setter { about, note, parameters, values, .. } = Setter::of(member, prelude);
    let (name, set, get) = (ident(&member.field), member.set(), member.get());
    let whole = prelude.option(&prelude.held(&member.ty, member.boxed));
    let statement = match &member.ty {
        Type::List(_) if !member.boxed => quote!(#place.get_or_insert_default().push(#values);),
        Type::Map(..) if !member.boxed => quote!(#place.get_or_insert_default().insert(#values);),
        _ => quote!(#place = Some(#values);),
    };
    let (about_set, about_get) = (member.set_docs(), member.get_docs());
    quote! {
        #about
        #note
        #[inline]
        pub fn #name(mut self, #parameters) -> Self {
            #statement
            self
        }
        #[doc = #about_set]
        #note
        #[inline]
        pub fn #set(mut self, input: #whole) -> Self {
            #place = input;
            self
        }
        #[doc = #about_get]
        #note
        #[inline]
        pub fn #get(&self) -> &#whole {
            &#place
        }
    }
}

/// The setter of a member: a list's appends, a map's inserts, any other's replaces.
pub(super) struct Setter {
    pub about: TokenStream,
    pub note: TokenStream,
    pub parameters: TokenStream,
    /// The parameters' names, to pass them on.
    pub arguments: TokenStream,
    /// The parameters as what the builder keeps.
    values: TokenStream,
}

impl Setter {
    pub(super) fn of(member: &Member, prelude: &Prelude<'_>) -> Self {
        let (parameters, arguments, values) = match &member.ty {
            Type::List(element) if !member.boxed => {
                let (ty, value) = argument(element, &quote!(input), prelude);
                (quote!(input: #ty), quote!(input), value)
            }
            Type::Map(key, element) if !member.boxed => {
                let (key, key_value) = match &key.path {
                    Some(key) => (super::path(key), quote!(k)),
                    None => (prelude.into(&prelude.string()), quote!(k.into())),
                };
                let (ty, value) = argument(element, &quote!(v), prelude);
                (quote!(k: #key, v: #ty), quote!(k, v), quote!(#key_value, #value))
            }
            ty => {
                let held = prelude.held(ty, member.boxed);
                let (ty, value) = if member.boxed || *ty == Type::String {
                    (prelude.into(&held), quote!(input.into()))
                } else {
                    (held, quote!(input))
                };
                (quote!(input: #ty), quote!(input), value)
            }
        };
        let summary = match member.ty {
            Type::List(_) => format!("Appends an item. {}", member.summary),
            Type::Map(..) => format!("Adds an entry. {}", member.summary),
            _ => member.summary.clone(),
        };
        let note = deprecated(member.deprecated.as_deref());
        Self { about: docs(&summary), note, parameters, arguments, values }
    }
}

impl Member {
    /// The setter that takes an `Option`.
    pub(super) fn set(&self) -> Ident {
        ident(&format!("set_{}", self.snake))
    }

    /// The getter of builders.
    pub(super) fn get(&self) -> Ident {
        ident(&format!("get_{}", self.snake))
    }

    pub(super) fn set_docs(&self) -> String {
        let whole_of = matches!(self.ty, Type::List(_) | Type::Map(..));
        let as_a_whole = if whole_of { " as a whole" } else { "" };
        format!(" Sets or clears [`{0}`](Self::{0}){as_a_whole}.", self.field)
    }

    pub(super) fn get_docs(&self) -> String {
        format!(" What [`{0}`](Self::{0}) was given.", self.field)
    }
}

/// What a setter takes for an element, and how it becomes one.
fn argument(
    element: &Element,
    name: &TokenStream,
    prelude: &Prelude<'_>,
) -> (TokenStream, TokenStream) {
    let ty = prelude.element(element);
    if element.ty == Type::String && !element.sparse {
        (prelude.into(&ty), quote!(#name.into()))
    } else {
        (ty, name.clone())
    }
}

/// Errors can be given their metadata.
fn meta(structure: &Structure, prelude: &Prelude<'_>) -> TokenStream {
    if !matches!(structure.role, Role::Error { .. }) {
        return TokenStream::new();
    }
    let whole = prelude.option(&quote!(tinsmith_runtime::ErrorMetadata));
    let (set, replace) = if structure.builder_wraps() {
        (quote!(self.inner.meta = meta;), quote!(self.inner.meta = meta.unwrap_or_default();))
    } else {
        (quote!(self.meta = Some(meta);), quote!(self.meta = meta;))
    };
    quote! {
        /// Code, message and request ID.
        #[inline]
        pub fn meta(mut self, meta: tinsmith_runtime::ErrorMetadata) -> Self {
            #set
            self
        }
        /// Sets or clears [`meta`](Self::meta).
        #[inline]
        pub fn set_meta(&mut self, meta: #whole) -> &mut Self {
            #replace
            self
        }
    }
}

fn build(structure: &Structure, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&structure.type_name);
    let fallible = structure.build_is_fallible();
    let value = if structure.builder_wraps() {
        quote!(self.inner)
    } else {
        let fields = structure.members.iter().map(|member| field(structure, member));
        let extra = match structure.role {
            Role::Output => quote!(_request_id: self._request_id,),
            Role::Error { .. } => quote!(meta: self.meta.unwrap_or_default(),),
            _ => TokenStream::new(),
        };
        quote!(#name { #(#fields)* #extra })
    };
    let about = format!(" The {}.", link(&structure.type_name));
    if !fallible {
        return quote! {
            #[doc = #about]
            #[inline]
            pub fn build(self) -> #name {
                #value
            }
        };
    }
    let result = prelude.result(&quote!(#name), &quote!(tinsmith_runtime::BuildError));
    let needed: Vec<String> = structure
        .members
        .iter()
        .filter(|member| member.is_needed())
        .map(|member| format!("`{}`", member.field))
        .collect();
    let errors = match needed.as_slice() {
        [] => " Never: the service checks what is given.".to_owned(),
        [one] => format!(" If {one} wasn't given."),
        [first @ .., last] => format!(" If {} or {last} wasn't given.", first.join(", ")),
    };
    quote! {
        #[doc = #about]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = #errors]
        #[inline]
        pub fn build(self) -> #result {
            Ok(#value)
        }
    }
}

fn field(structure: &Structure, member: &Member) -> TokenStream {
    let field = ident(&member.field);
    if member.optional {
        return quote!(#field: self.#field,);
    }
    match &member.default {
        None => {
            let text = &member.field;
            let details = format!("no {} can be built without it", structure.type_name);
            quote!(#field: tinsmith_runtime::required(self.#field, #text, #details)?,)
        }
        Some(Default::Empty) => {
            quote!(#field: self.#field.unwrap_or_else(tinsmith_runtime::Value::empty),)
        }
        Some(default) => {
            let value = default_value(default, &member.ty);
            match default {
                Default::Boolean(_) | Default::Integer(_) | Default::Float(_) => {
                    quote!(#field: self.#field.unwrap_or(#value),)
                }
                _ => quote!(#field: self.#field.unwrap_or_else(|| #value),),
            }
        }
    }
}
