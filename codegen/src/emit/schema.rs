//! Schemas as `static` data. It must not know how they are read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{
    Binding, Default, Element, MemberSchema, Payload, TimestampFormat, Trait, Type, XmlNamespace,
    XmlShape,
};

/// The schema of a structure or union, as a constant expression: shape ID, type name, members.
pub(super) fn schema(
    id: &str,
    type_name: &str,
    members: &[TokenStream],
    xml: &XmlShape,
) -> TokenStream {
    let name = xml.name.as_ref().map(|name| quote!(.xml_name(#name)));
    let namespace = xml_namespace(xml.namespace.as_ref());
    quote! {
        tinsmith_runtime::Schema::new(
            #id,
            #type_name,
            &[#(#members),*],
        )#name #namespace
    }
}

/// The call that says which XML namespace a service or shape has.
pub(super) fn xml_namespace(namespace: Option<&XmlNamespace>) -> Option<TokenStream> {
    let XmlNamespace { prefix, uri } = namespace?;
    let prefix = option(prefix.as_ref().map(|prefix| quote!(#prefix)));
    Some(quote!(.xml_namespace(#prefix, #uri)))
}

/// In full: a shape or operation may be called `Some` or `None`.
fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(std::option::Option::Some(#value)),
        None => quote!(std::option::Option::None),
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
    let required = schema.required.then(|| quote!(.required()));
    let event_stream = schema.event_stream.then(|| quote!(.event_stream()));
    let token = schema.idempotency_token.then(|| quote!(.idempotency_token()));
    let xml_name = schema.xml_name.as_ref().map(|name| quote!(.xml_name(#name)));
    let attribute = schema.xml_attribute.then(|| quote!(.xml_attribute()));
    let flattened = schema.xml_flattened.then(|| quote!(.xml_flattened()));
    let unsent = schema.unsent.as_ref().and_then(unsent);
    let traits = (!schema.traits.is_empty() || unsent.is_some()).then(|| {
        let traits = schema.traits.iter().map(member_trait).chain(unsent);
        quote!(.with(&[#(#traits),*]))
    });
    let json_name = schema.json_name.as_ref().map(|name| quote!(.json_name(#name)));
    let timestamp = schema.timestamp.map(|format| {
        let format = timestamp_format(format);
        quote!(.timestamp(tinsmith_runtime::date_time::Format::#format))
    });
    let of = of(ty);
    quote! {
        #optional #sensitive #corrected #required #event_stream #token #json_name #xml_name #attribute #flattened
        #timestamp #of #traits
    }
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
        Type::Map(key, value) if !plain(value) || key.schema != MemberSchema::default() => {
            let value = inner("value", value);
            let key = details(&key.schema, false, &Type::String);
            quote!(.of(&[tinsmith_runtime::Member::new("key", "")#key, #value]))
        }
        _ => TokenStream::new(),
    }
}

fn member_trait(of: &Trait) -> TokenStream {
    let of = match of {
        Trait::Http(binding) => {
            let binding = match binding {
                Binding::Label => quote!(Label),
                Binding::Query(name) => quote!(Query(#name)),
                Binding::QueryParams => quote!(QueryParams),
                Binding::Header(name) => quote!(Header(#name)),
                Binding::PrefixHeaders(prefix) => quote!(PrefixHeaders(#prefix)),
                Binding::Payload => quote!(Payload),
                Binding::ResponseCode => quote!(ResponseCode),
            };
            quote!(Http(tinsmith_runtime::Binding::#binding))
        }
        Trait::Payload(payload) => {
            let payload = match payload {
                Payload::Blob => quote!(Blob),
                Payload::String => quote!(String),
                Payload::Structure => quote!(Structure),
                Payload::Document => quote!(Document),
            };
            quote!(Payload(tinsmith_runtime::Payload::#payload))
        }
        Trait::EventHeader => quote!(EventHeader),
        Trait::EventPayload => quote!(EventPayload),
        Trait::MediaType(media_type) => quote!(MediaType(#media_type)),
        Trait::XmlNamespace(XmlNamespace { prefix, uri }) => {
            let prefix = option(prefix.as_ref().map(|prefix| quote!(#prefix)));
            quote!(XmlNamespace(tinsmith_runtime::XmlNamespace { prefix: #prefix, uri: #uri }))
        }
        Trait::Ec2QueryName(name) => quote!(Ec2QueryName(#name)),
        Trait::WhenEmpty(text) => quote!(WhenEmpty(#text)),
        Trait::WithoutPrefixes(prefixes) => quote!(WithoutPrefixes(&[#(#prefixes),*])),
    };
    quote!(tinsmith_runtime::Trait::#of)
}

/// A default that isn't sent.
fn unsent(default: &Default) -> Option<TokenStream> {
    let scalar = match default {
        Default::Boolean(value) => quote!(Boolean(#value)),
        Default::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(Integer(#value))
        }
        Default::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(Float(#value))
        }
        _ => return None,
    };
    Some(quote!(tinsmith_runtime::Trait::Default(tinsmith_runtime::Scalar::#scalar)))
}

fn timestamp_format(format: TimestampFormat) -> TokenStream {
    match format {
        // Offsets are allowed wherever a date-time is.
        TimestampFormat::DateTime => quote!(DateTimeWithOffset),
        TimestampFormat::EpochSeconds => quote!(EpochSeconds),
        TimestampFormat::HttpDate => quote!(HttpDate),
    }
}
