//! Rust types as tokens. It must not know shapes, only types.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use super::path;
use crate::ir::{Element, Member, Type};
use crate::naming::ident;

/// Names of the prelude, for a file that defines types of its own: where one of them is called
/// `Option`, the prelude's gets its full path.
pub(super) struct Prelude<'a> {
    defined: Vec<Cow<'a, str>>,
}

impl<'a> Prelude<'a> {
    /// The prelude in a file that defines types of these names.
    pub(super) fn new(defined: impl IntoIterator<Item = impl Into<Cow<'a, str>>>) -> Self {
        Self { defined: defined.into_iter().map(Into::into).collect() }
    }

    fn defines(&self, name: &str) -> bool {
        self.defined.iter().any(|defined| defined == name)
    }

    fn name(&self, module: &str, name: &str) -> TokenStream {
        let name_ident = ident(name);
        if self.defines(name) {
            let module = ident(module);
            quote!(::std::#module::#name_ident)
        } else {
            quote!(#name_ident)
        }
    }

    /// `use` for the traits that a type of the file hides, so that their methods can be called still.
    pub(super) fn hidden_traits(&self) -> TokenStream {
        let traits = [
            ("borrow", "ToOwned"),
            ("convert", "From"),
            ("convert", "Into"),
            ("default", "Default"),
        ];
        let hidden = traits.iter().filter(|(_, name)| self.defines(name));
        let paths = hidden.map(|(module, name)| (ident(module), ident(name)));
        let uses = paths
            .map(|(module, name)| quote!(#[allow(unused_imports)] use ::std::#module::#name as _;));
        quote!(#(#uses)*)
    }

    /// The variant of `Option`, for a file that may define a value of that name.
    pub(super) fn option_variant(&self, name: &str) -> TokenStream {
        let variant = ident(name);
        if self.defines(name) { quote!(::std::option::Option::#variant) } else { quote!(#variant) }
    }

    pub(super) fn from(&self) -> TokenStream {
        self.name("convert", "From")
    }

    pub(super) fn option(&self, ty: &TokenStream) -> TokenStream {
        let option = self.name("option", "Option");
        quote!(#option<#ty>)
    }

    pub(super) fn result(&self, ok: &TokenStream, err: &TokenStream) -> TokenStream {
        let result = self.name("result", "Result");
        quote!(#result<#ok, #err>)
    }

    pub(super) fn string(&self) -> TokenStream {
        self.name("string", "String")
    }

    pub(super) fn into(&self, ty: &TokenStream) -> TokenStream {
        let into = self.name("convert", "Into");
        quote!(impl #into<#ty>)
    }

    fn boxed(&self, ty: &TokenStream) -> TokenStream {
        let boxed = self.name("boxed", "Box");
        quote!(#boxed<#ty>)
    }

    /// The type without `Option` or `Box` around it.
    pub(super) fn bare(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean => quote!(bool),
            Type::Byte => quote!(i8),
            Type::Short => quote!(i16),
            Type::Integer => quote!(i32),
            Type::Long => quote!(i64),
            Type::Float => quote!(f32),
            Type::Double => quote!(f64),
            Type::BigInteger => quote!(tinsmith_runtime::BigInteger),
            Type::BigDecimal => quote!(tinsmith_runtime::BigDecimal),
            Type::String => self.string(),
            Type::Blob => quote!(tinsmith_runtime::Blob),
            Type::Stream => quote!(tinsmith_runtime::ByteStream),
            Type::EventStream(stream) => {
                let (union, error) = (path(&stream.union), path(&stream.error));
                let stream =
                    ident(if stream.sends { "EventStreamSender" } else { "EventReceiver" });
                quote!(tinsmith_runtime::event_stream::#stream<#union, #error>)
            }
            Type::Timestamp => quote!(tinsmith_runtime::DateTime),
            Type::Document => quote!(tinsmith_runtime::Document),
            Type::Unit => quote!(()),
            Type::Shape(shape) => path(shape),
            Type::List(element) => {
                let (vec, element) = (self.name("vec", "Vec"), self.element(element));
                quote!(#vec<#element>)
            }
            Type::Map(key, value) => {
                let key = key.path.as_ref().map_or_else(|| self.string(), path);
                let value = self.element(value);
                quote!(std::collections::HashMap<#key, #value>)
            }
        }
    }

    /// The element of a list or the value of a map.
    pub(super) fn element(&self, element: &Element) -> TokenStream {
        let ty = self.bare(&element.ty);
        if element.sparse { self.option(&ty) } else { ty }
    }

    /// What a setter takes: the type with its `Box`.
    pub(super) fn held(&self, ty: &Type, boxed: bool) -> TokenStream {
        let bare = self.bare(ty);
        if boxed { self.boxed(&bare) } else { bare }
    }

    /// The type of a structure's field.
    pub(super) fn field(&self, member: &Member) -> TokenStream {
        let held = self.held(&member.ty, member.boxed);
        if member.optional { self.option(&held) } else { held }
    }

    /// What an accessor gives.
    pub(super) fn accessor(&self, member: &Member) -> TokenStream {
        let borrowed = match &member.ty {
            Type::List(element) => {
                let element = self.element(element);
                return quote!(&[#element]);
            }
            Type::String => quote!(&str),
            ty if is_copy(ty) => self.bare(ty),
            ty => {
                let ty = self.bare(ty);
                quote!(&#ty)
            }
        };
        if member.optional { self.option(&borrowed) } else { borrowed }
    }
}

/// Whether an accessor gives the value itself.
pub(super) fn is_copy(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Boolean
            | Type::Byte
            | Type::Short
            | Type::Integer
            | Type::Long
            | Type::Float
            | Type::Double
    )
}
