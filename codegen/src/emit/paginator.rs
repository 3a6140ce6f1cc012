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
    let (name, items_name) = (ident(&paginator.type_name), ident(&paginator.items_name));
    let prelude = Prelude::new([paginator.type_name.as_str(), paginator.items_name.as_str()]);
    let (input, output) = (ident(&operation.input.type_name), ident(&operation.output.type_name));
    let pagination = pagination(paginator);
    let about_pages = format!(" The pages of `{}`.", operation.name);
    let page_size = paginator.page_size.as_ref().and_then(|size| {
        let member = operation.input.members.iter().find(|member| member.name == *size)?;
        let (field, ty) = (ident(&member.field), prelude.held(&member.ty, member.boxed));
        let some = prelude.option_variant("Some");
        Some(quote! {
            impl tinsmith_runtime::client::PageSize for super::#input {
                type Size = #ty;

                #[inline]
                fn set_page_size(&mut self, size: #ty) {
                    self.#field = #some(size);
                }
            }
        })
    });
    let items = paginator.items.as_ref().and_then(|path| {
        let Items { item, all, place } = Items::of(lowered, operation, path, &prelude)?;
        let about = format!(" The items of the pages of `{}`.", operation.name);
        let option = prelude.option(&all);
        Some(quote! {
            #[doc = #about]
            pub type #items_name = tinsmith_runtime::client::PaginatorItems<super::#input>;

            impl tinsmith_runtime::client::PaginatedItems for super::#input {
                type Item = #item;
                type Items = #all;

                #[inline]
                fn items(page: super::#output) -> #option {
                    #place
                }
            }
        })
    });
    vec![
        quote!(#about),
        quote! {
            static PAGINATION: tinsmith_runtime::pagination::Pagination = #pagination;
        },
        quote! {
            #[doc = #about_pages]
            pub type #name = tinsmith_runtime::client::Paginator<super::#input>;

            impl tinsmith_runtime::client::Paginated for super::#input {
                const PAGINATION: &'static tinsmith_runtime::pagination::Pagination = &PAGINATION;
            }
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
    item: TokenStream,
    /// The type of all of them.
    all: TokenStream,
    /// An `Option` of them, in a function of `page`.
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
        let item = match &member.ty {
            Type::List(element) => prelude.element(element),
            Type::Map(key, value) => {
                let key = key.path.as_ref().map_or_else(|| prelude.string(), super::path);
                let value = prelude.element(value);
                quote!((#key, #value))
            }
            _ => return None,
        };
        Some(Self { item, all: prelude.held(&member.ty, member.boxed), place })
    }
}
