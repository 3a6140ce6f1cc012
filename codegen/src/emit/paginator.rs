//! Paginators: an operation's pages as data, and the places of their items. It must not know how pages are asked for.

use proc_macro2::TokenStream;
use quote::quote;

use super::module_docs;
use super::path::expression;
use super::types::Prelude;
use crate::ir::{Crate, Member, Operation, Paginator, Type};
use crate::naming::ident;

/// The items of an operation's `paginator.rs`.
pub(super) fn paginator(
    lowered: &Crate,
    operation: &Operation,
    paginator: &Paginator,
) -> Vec<TokenStream> {
    let about = module_docs(&format!("The pages of `{}`.", operation.name));
    let names = [
        paginator.type_name.clone(),
        paginator.items_name.clone(),
        operation.input.builder_name(),
        operation.type_name.clone(),
        operation.output.type_name.clone(),
        operation.error_type.clone(),
    ];
    let prelude = Prelude::new(names.iter().map(String::as_str));
    let [name, items, builder, operation_type, output, error] = names.each_ref().map(|n| ident(n));
    let pagination = pagination(paginator);
    let page_size = paginator.page_size.as_ref().and_then(|size| {
        let member = operation.input.members.iter().find(|member| member.name == *size)?;
        let (set, ty) = (member.set(), prelude.held(&member.ty, member.boxed));
        let some = prelude.option_variant("Some");
        let about = format!(" Sets how much is on a page: the input's `{}`.", member.field);
        Some(quote! {
            impl #name {
                #[doc = #about]
                #[inline]
                pub fn page_size(mut self, limit: #ty) -> Self {
                    self.inner = self.inner.#set(#some(limit));
                    self
                }
            }
        })
    });
    let items = paginator.items.as_ref().and_then(|path| {
        let Items { ty, place } = Items::of(lowered, operation, path, &prelude)?;
        Some(quote! {
            tinsmith_runtime::paginator_items!(#items, #name, #error, #ty, |page: #output| #place);
        })
    });
    vec![
        quote! {
            #about

            use super::builders::#builder;
            use super::{#operation_type, #error, #output};
        },
        quote! {
            static PAGINATION: tinsmith_runtime::pagination::Pagination = #pagination;
        },
        quote! {
            tinsmith_runtime::paginator!(
                #name, #operation_type(#builder) -> #output or #error, PAGINATION
            );
        },
        page_size.unwrap_or_default(),
        items.unwrap_or_default(),
    ]
}

/// What the operation says of its pages.
fn pagination(paginator: &Paginator) -> TokenStream {
    let tokens = paginator.tokens.iter().map(|token| {
        let (input, output) = (&token.input, expression(&token.output));
        quote!(tinsmith_runtime::pagination::Token::new(#input, #output))
    });
    let more = paginator.more.as_ref().map(|more| {
        let more = expression(more);
        quote!(.more(#more))
    });
    quote!(tinsmith_runtime::pagination::Pagination::new(&[#(#tokens),*])#more)
}

/// The items of a page.
struct Items {
    /// The type of one.
    ty: TokenStream,
    /// An `Option` of all of them, in a closure about `page`.
    place: TokenStream,
}

impl Items {
    /// What the path leads to; `None` if the IR has no such place.
    fn of(
        lowered: &Crate,
        operation: &Operation,
        path: &[String],
        prelude: &Prelude<'_>,
    ) -> Option<Self> {
        let (last, outer) = path.split_last()?;
        let mut members = &operation.output.members;
        let mut place = quote!(page);
        let named = |members: &'_ [Member], name: &String| {
            members.iter().position(|member| member.name == *name)
        };
        for name in outer {
            let member = &members[named(members, name)?];
            let field = ident(&member.field);
            place = if member.optional { quote!(#place.#field?) } else { quote!(#place.#field) };
            members = &lowered.structure(&member.ty)?.members;
        }
        let member = &members[named(members, last)?];
        let field = ident(&member.field);
        place = if member.optional {
            quote!(#place.#field)
        } else {
            let some = prelude.option_variant("Some");
            quote!(#some(#place.#field))
        };
        let ty = match &member.ty {
            Type::List(element) => prelude.element(element),
            Type::Map(key, value) => {
                let key = key.path.as_ref().map_or_else(|| prelude.string(), super::path);
                let value = prelude.element(value);
                quote!((#key, #value))
            }
            _ => return None,
        };
        Some(Self { ty, place })
    }
}
