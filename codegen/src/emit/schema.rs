//! Schemas as `static` data. It must not know how they are read.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Element, MemberSchema, TimestampFormat, Type};

/// The schema of a structure or union: shape ID, type name, members.
pub(super) fn schema(id: &str, type_name: &str, members: &[TokenStream]) -> TokenStream {
    quote! {
        pub(crate) static SCHEMA: tinsmith_runtime::Schema = tinsmith_runtime::Schema::new(
            #id,
            #type_name,
            &[#(#members),*],
        );
    }
}

/// A member with all that its schema says.
pub(super) fn member(
    name: &str,
    rust_name: &str,
    schema: &MemberSchema,
    optional: bool,
    ty: &Type,
) -> TokenStream {
    let details = details(schema, optional, ty);
    quote!(tinsmith_runtime::Member::new(#name, #rust_name)#details)
}

fn details(schema: &MemberSchema, optional: bool, ty: &Type) -> TokenStream {
    let optional = optional.then(|| quote!(.optional()));
    let sensitive = schema.sensitive.then(|| quote!(.sensitive()));
    let corrected = schema.corrected.then(|| quote!(.corrected()));
    let json_name = schema.json_name.as_ref().map(|name| quote!(.json_name(#name)));
    let timestamp = schema.timestamp.map(|format| {
        let format = timestamp_format(format);
        quote!(.timestamp(tinsmith_runtime::date_time::Format::#format))
    });
    let of = of(ty);
    quote!(#optional #sensitive #corrected #json_name #timestamp #of)
}

/// What is in a list or map, if its schema says anything.
fn of(ty: &Type) -> TokenStream {
    let plain = |element: &Element| {
        !element.sparse && element.schema == MemberSchema::default() && of(&element.ty).is_empty()
    };
    let inner = |name: &str, element: &Element| {
        let details = details(&element.schema, element.sparse, &element.ty);
        quote!(tinsmith_runtime::Member::new(#name, "")#details)
    };
    match ty {
        Type::List(element) if !plain(element) => {
            let element = inner("member", element);
            quote!(.of(&[#element]))
        }
        Type::Map(_, value) if !plain(value) => {
            let value = inner("value", value);
            quote!(.of(&[tinsmith_runtime::Member::new("key", ""), #value]))
        }
        _ => TokenStream::new(),
    }
}

fn timestamp_format(format: TimestampFormat) -> TokenStream {
    match format {
        // Offsets are allowed wherever a date-time is.
        TimestampFormat::DateTime => quote!(DateTimeWithOffset),
        TimestampFormat::EpochSeconds => quote!(EpochSeconds),
        TimestampFormat::HttpDate => quote!(HttpDate),
    }
}
