//! Builders: setters and getters on the instances of the crate's one generic `Builder`, and what it builds. A builder holds
//! the structure itself where all of its fields are `Option`s, and `Option`s of its own otherwise. It must not know schemas.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::structure::{default_value, link};
use super::types::Prelude;
use super::{deprecated, docs};
use crate::ir::{Default, Element, Member, Role, Structure, Type};
use crate::naming::ident;

/// What a structure's builder has of its own.
pub(super) fn builder(structure: &Structure, prelude: &Prelude<'_>) -> Vec<TokenStream> {
    let (name, fields) = (ident(&structure.type_name), fields_name(structure));
    let built = built(structure, prelude);
    let setters = structure.members.iter().map(|member| setters(member, prelude));
    let meta = meta(structure, prelude);
    // An input's setters are those of its calls as well.
    let target = if structure.role == Role::Input {
        quote! {
            impl<STATE> crate::builder::Builder<#name, STATE>
        }
    } else {
        quote!(impl crate::builder::Builder<#name>)
    };
    let methods = (!structure.members.is_empty() || !meta.is_empty())
        .then(|| quote!(#target { #(#setters)* #meta }));
    let build = quote! {
        impl tinsmith_runtime::Build for #name {
            type Built = #built;
            type Fields = #fields;
        }
    };
    let own = (!structure.builder_wraps()).then(|| own_fields(structure, prelude));
    vec![build, methods.unwrap_or_default(), own.unwrap_or_default()]
}

/// The builder's name for an instance of the generic one, in a module `builders` beside the structure.
/// `module` is the structure's own, from there.
pub(super) fn alias(structure: &Structure, module: &TokenStream) -> TokenStream {
    let (alias, name) = (ident(&structure.builder_name()), ident(&structure.type_name));
    let about = format!(" A builder for {}.", link_to(&structure.type_name));
    let needed: Vec<String> = structure
        .members
        .iter()
        .filter(|member| member.is_needed())
        .map(|member| format!("`{}`", member.field))
        .collect();
    let fails = match needed.as_slice() {
        [] => None,
        [one] => Some(format!("`build` fails if {one} wasn't given.")),
        [first @ .., last] => {
            Some(format!("`build` fails if {} or {last} wasn't given.", first.join(", ")))
        }
    };
    let fields = (!structure.builder_wraps()).then(|| {
        let fields = fields_name(structure);
        quote!(pub use #module::#fields;)
    });
    let fails = fails.map(|fails| {
        let fails = format!(" {fails}");
        quote!(#[doc = ""] #[doc = #fails])
    });
    quote! {
        #[doc = #about]
        #fails
        pub type #alias = crate::builder::Builder<super::#name>;
        #fields
    }
}

/// A link to a structure in the module above.
fn link_to(name: &str) -> String {
    let linked = link(name);
    if linked.starts_with('[') { format!("{linked}(super::{name})") } else { linked }
}

fn fields_name(structure: &Structure) -> Ident {
    if structure.builder_wraps() {
        ident(&structure.type_name)
    } else {
        ident(&structure.fields_name())
    }
}

/// What `build` gives.
fn built(structure: &Structure, prelude: &Prelude<'_>) -> TokenStream {
    let name = ident(&structure.type_name);
    if structure.build_is_fallible() {
        prelude.result(&quote!(#name), &quote!(tinsmith_runtime::BuildError))
    } else {
        quote!(#name)
    }
}

/// What a builder holds that can't hold the structure.
fn own_fields(structure: &Structure, prelude: &Prelude<'_>) -> TokenStream {
    let (name, built) = (fields_name(structure), built(structure, prelude));
    let about = format!(" What a builder for {} holds.", link(&structure.type_name));
    let fields: Vec<_> = structure.members.iter().map(|member| ident(&member.field)).collect();
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
    let no_extra = match structure.role {
        Role::Output => quote!(_request_id: None,),
        Role::Error { .. } => quote!(meta: None,),
        _ => TokenStream::new(),
    };
    let derives = (!structure.streams()).then(|| quote!(#[derive(Clone, PartialEq)]));
    let (build, shown) = (build(structure), shown(structure));
    let text = structure.builder_name();
    let copy = if structure.streams() {
        let values = structure.members.iter().zip(&fields).map(|(member, field)| {
            let is_stream = matches!(member.ty, Type::Stream | Type::EventStream(_));
            if is_stream { quote!(#field: None,) } else { quote!(#field: self.#field.clone(),) }
        });
        quote!(Self { #(#values)* #no_extra })
    } else {
        quote!(self.clone())
    };
    quote! {
        #[doc = #about]
        #derives
        pub struct #name {
            #(#fields: #types,)*
            #extra
        }

        impl tinsmith_runtime::Fields<#built> for #name {
            #[inline]
            fn none() -> Self {
                Self { #(#fields: None,)* #no_extra }
            }
            #[inline]
            fn build(self) -> #built {
                #build
            }
            fn copy(&self) -> Self {
                #copy
            }
            #[inline]
            fn fmt_builder(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#shown.finish()
            }
        }
    }
}

/// What `Debug` shows of a builder's own fields.
fn shown(structure: &Structure) -> TokenStream {
    let fields = structure.members.iter().map(|member| {
        let (text, field) = (&member.field, ident(&member.field));
        if member.schema.sensitive {
            quote!(.field(#text, &tinsmith_runtime::debug::REDACTED))
        } else {
            quote!(.field(#text, &self.#field))
        }
    });
    // Where something is redacted, official builders show nothing but members.
    let has_secrets = structure.members.iter().any(|member| member.schema.sensitive);
    let extra = match structure.role {
        Role::Output if !has_secrets => quote!(.field("_request_id", &self._request_id)),
        Role::Error { .. } if !has_secrets => quote!(.field("meta", &self.meta)),
        _ => TokenStream::new(),
    };
    quote!(#(#fields)* #extra)
}

fn setters(member: &Member, prelude: &Prelude<'_>) -> TokenStream {
    let field = ident(&member.field);
    let place = quote!(self.fields.#field);
    let Setter { about, note, parameters, values } = Setter::of(member, prelude);
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
struct Setter {
    about: TokenStream,
    note: TokenStream,
    parameters: TokenStream,
    /// The parameters as what the builder keeps.
    values: TokenStream,
}

impl Setter {
    fn of(member: &Member, prelude: &Prelude<'_>) -> Self {
        let (parameters, values) = match &member.ty {
            Type::List(element) if !member.boxed => {
                let (ty, value) = argument(element, &quote!(input), prelude);
                (quote!(input: #ty), value)
            }
            Type::Map(key, element) if !member.boxed => {
                let (key, key_value) = match &key.path {
                    Some(key) => (super::path(key), quote!(k)),
                    None => (prelude.into(&prelude.string()), quote!(k.into())),
                };
                let (ty, value) = argument(element, &quote!(v), prelude);
                (quote!(k: #key, v: #ty), quote!(#key_value, #value))
            }
            ty => {
                let held = prelude.held(ty, member.boxed);
                let (ty, value) = if member.boxed || *ty == Type::String {
                    (prelude.into(&held), quote!(input.into()))
                } else {
                    (held, quote!(input))
                };
                (quote!(input: #ty), value)
            }
        };
        let summary = match member.ty {
            Type::List(_) => format!("Appends an item. {}", member.summary),
            Type::Map(..) => format!("Adds an entry. {}", member.summary),
            _ => member.summary.clone(),
        };
        let note = deprecated(member.deprecated.as_deref());
        Self { about: docs(&summary), note, parameters, values }
    }
}

impl Member {
    /// The setter that takes an `Option`.
    pub(super) fn set(&self) -> Ident {
        ident(&format!("set_{}", self.snake))
    }

    /// The getter of builders.
    fn get(&self) -> Ident {
        ident(&format!("get_{}", self.snake))
    }

    fn set_docs(&self) -> String {
        let whole_of = matches!(self.ty, Type::List(_) | Type::Map(..));
        let as_a_whole = if whole_of { " as a whole" } else { "" };
        format!(" Sets or clears [`{0}`](Self::{0}){as_a_whole}.", self.field)
    }

    fn get_docs(&self) -> String {
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
        (quote!(self.fields.meta = meta;), quote!(self.fields.meta = meta.unwrap_or_default();))
    } else {
        (quote!(self.fields.meta = Some(meta);), quote!(self.fields.meta = meta;))
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

/// The structure that a builder's own fields make.
fn build(structure: &Structure) -> TokenStream {
    let name = ident(&structure.type_name);
    let fields = structure.members.iter().map(|member| field(structure, member));
    let extra = match structure.role {
        Role::Output => quote!(_request_id: self._request_id,),
        Role::Error { .. } => quote!(meta: self.meta.unwrap_or_default(),),
        _ => TokenStream::new(),
    };
    let value = quote!(#name { #(#fields)* #extra });
    if structure.build_is_fallible() { quote!(Ok(#value)) } else { value }
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
