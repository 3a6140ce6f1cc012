//! Shapes with members of each binding.

use std::collections::HashMap;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

use crate::protocol::REST_JSON_1;
use crate::schema::{Binding, Member, Payload as Target, Schema, Trait};
use crate::service::{ErrorSchema, OperationSchema, ServiceSchema};
use crate::value::{StructureShape, Union, Value, no_member};
use crate::{ByteStream, ErrorMetadata};

/// A structure and its schema.
macro_rules! shape {
    ($name:ident ($id:literal) { $($field:ident: $type:ty = $member:expr,)* } $($meta:ident)?) => {
        pub(super) struct $name { $(pub(super) $field: $type,)* $($meta: ErrorMetadata)? }

        impl $name {
            pub(super) const SCHEMA: Schema =
                Schema::new($id, stringify!($name), &[$($member),*]);
        }

        impl StructureShape for $name {
            const SCHEMA: &'static Schema = &$name::SCHEMA;
            fn member(&self, index: usize) -> &dyn Value {
                let members: &[&dyn Value] = &[$(&self.$field),*];
                members.get(index).copied().unwrap_or_else(|| no_member(index))
            }
            fn member_mut(&mut self, index: usize) -> &mut dyn Value {
                let members: [&mut dyn Value; Self::SCHEMA.members().len()] =
                    [$(&mut self.$field),*];
                members.into_iter().nth(index).unwrap_or_else(|| no_member(index))
            }
            fn empty_structure() -> Self {
                Self { $($field: Value::empty(),)* $($meta: ErrorMetadata::default())? }
            }
        }
    };
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind(String);

impl Kind {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

crate::unnamed_enum!(Kind);

pub(super) enum Choice {
    Greeting(String),
    Unknown,
}

static CHOICE: Schema =
    Schema::new("test#Choice", "Choice", &[Member::new("greeting", "Greeting")]);

impl Union for Choice {
    fn schema(&self) -> &'static Schema {
        &CHOICE
    }
    fn variant(&self) -> Option<(usize, &dyn Value)> {
        match self {
            Self::Greeting(text) => Some((0, text)),
            Self::Unknown => None,
        }
    }
    fn select(&mut self, index: usize) -> Option<&mut dyn Value> {
        if index > 0 {
            return None;
        }
        *self = Self::Greeting(String::new());
        match self {
            Self::Greeting(text) => Some(text),
            Self::Unknown => None,
        }
    }
}

crate::union!(Choice);

const fn bound(name: &'static str, traits: &'static [Trait]) -> Member {
    Member::new(name, name).optional().with(traits)
}

const fn plain(name: &'static str) -> Member {
    Member::new(name, name).optional()
}

const LABEL: &[Trait] = &[Trait::Http(Binding::Label)];

shape!(Labels("test#Labels") {
    string: Option<String> = bound("string", LABEL),
    byte: Option<i8> = bound("byte", LABEL),
    short: Option<i16> = bound("short", LABEL),
    integer: Option<i32> = bound("integer", LABEL),
    long: Option<i64> = bound("long", LABEL),
    float: Option<f32> = bound("float", LABEL),
    double: Option<f64> = bound("double", LABEL),
    boolean: Option<bool> = bound("boolean", LABEL),
    timestamp: Option<DateTime> = bound("timestamp", LABEL),
    epoch: Option<DateTime> = bound("epoch", LABEL).timestamp(Format::EpochSeconds),
    date: Option<DateTime> = bound("date", LABEL).timestamp(Format::HttpDate),
    kind: Option<Kind> = bound("kind", LABEL),
    big: Option<BigInteger> = bound("big", LABEL),
    decimal: Option<BigDecimal> = bound("decimal", LABEL),
});
crate::structure!(Labels);

shape!(Greedy("test#Greedy") {
    foo: Option<String> = bound("foo", LABEL),
    baz: Option<String> = bound("baz", LABEL),
});
crate::structure!(Greedy);

shape!(Account("test#Account") {
    account: Option<String> =
        bound("account", &[Trait::Http(Binding::Label), Trait::WhenEmpty("-")]),
});
crate::structure!(Account);

shape!(Zone("test#Zone") {
    zone: Option<String> = bound(
        "zone",
        &[Trait::Http(Binding::Label), Trait::WithoutPrefixes(&["/zone/", "zone/", "change/"])],
    ),
});
crate::structure!(Zone);

shape!(Queries("test#Queries") {
    string: Option<String> = bound("string", &[Trait::Http(Binding::Query("String"))]),
    strings: Option<Vec<String>> = bound("strings", &[Trait::Http(Binding::Query("StringList"))]),
    integer: Option<i32> = bound("integer", &[Trait::Http(Binding::Query("Integer"))]),
    doubles: Option<Vec<f64>> = bound("doubles", &[Trait::Http(Binding::Query("DoubleList"))]),
    boolean: Option<bool> = bound("boolean", &[Trait::Http(Binding::Query("Boolean"))]),
    timestamp: Option<DateTime> = bound("timestamp", &[Trait::Http(Binding::Query("Timestamp"))]),
    timestamps: Option<Vec<DateTime>> =
        bound("timestamps", &[Trait::Http(Binding::Query("TimestampList"))]),
    epochs: Option<Vec<DateTime>> = bound("epochs", &[Trait::Http(Binding::Query("EpochList"))])
        .of(&[Member::new("member", "").timestamp(Format::EpochSeconds)]),
    kinds: Option<Vec<Kind>> = bound("kinds", &[Trait::Http(Binding::Query("EnumList"))]),
    spaced: Option<String> = bound("spaced", &[Trait::Http(Binding::Query("a b&c"))]),
});
crate::structure!(Queries);

shape!(Params("test#Params") {
    named: Option<String> = bound("named", &[Trait::Http(Binding::Query("bar"))]),
    map: Option<HashMap<String, String>> = bound("map", &[Trait::Http(Binding::QueryParams)]),
});
crate::structure!(Params);

shape!(ListParams("test#ListParams") {
    map: Option<HashMap<String, Vec<String>>> =
        bound("map", &[Trait::Http(Binding::QueryParams)]),
    named: Option<String> = bound("named", &[Trait::Http(Binding::Query("corge"))]),
});
crate::structure!(ListParams);

shape!(Headers("test#Headers") {
    string: Option<String> = bound("string", &[Trait::Http(Binding::Header("X-String"))]),
    byte: Option<i8> = bound("byte", &[Trait::Http(Binding::Header("X-Byte"))]),
    long: Option<i64> = bound("long", &[Trait::Http(Binding::Header("x-long"))]),
    float: Option<f32> = bound("float", &[Trait::Http(Binding::Header("X-Float"))]),
    double: Option<f64> = bound("double", &[Trait::Http(Binding::Header("X-Double"))]),
    boolean: Option<bool> = bound("boolean", &[Trait::Http(Binding::Header("X-Boolean"))]),
    strings: Option<Vec<String>> =
        bound("strings", &[Trait::Http(Binding::Header("X-StringList"))]),
    integers: Option<Vec<i32>> =
        bound("integers", &[Trait::Http(Binding::Header("X-IntegerList"))]),
    booleans: Option<Vec<bool>> =
        bound("booleans", &[Trait::Http(Binding::Header("X-BooleanList"))]),
    timestamps: Option<Vec<DateTime>> =
        bound("timestamps", &[Trait::Http(Binding::Header("X-TimestampList"))]),
    epochs: Option<Vec<DateTime>> = bound("epochs", &[Trait::Http(Binding::Header("X-EpochList"))])
        .of(&[Member::new("member", "").timestamp(Format::EpochSeconds)]),
    timestamp: Option<DateTime> =
        bound("timestamp", &[Trait::Http(Binding::Header("X-Timestamp"))]),
    datetime: Option<DateTime> = bound("datetime", &[Trait::Http(Binding::Header("X-DateTime"))])
        .timestamp(Format::DateTimeWithOffset),
    kind: Option<Kind> = bound("kind", &[Trait::Http(Binding::Header("X-Enum"))]),
    kinds: Option<Vec<Kind>> = bound("kinds", &[Trait::Http(Binding::Header("X-EnumList"))]),
    json: Option<String> = bound(
        "json",
        &[Trait::Http(Binding::Header("X-Json")), Trait::MediaType("application/json")],
    ),
    blob: Option<Blob> = bound("blob", &[Trait::Http(Binding::Header("X-Blob"))]),
    sparse: Option<Vec<Option<String>>> =
        bound("sparse", &[Trait::Http(Binding::Header("X-Sparse"))])
            .of(&[Member::new("member", "").optional()]),
});
crate::structure!(Headers);

shape!(Prefixed("test#Prefixed") {
    map: Option<HashMap<String, String>> =
        bound("map", &[Trait::Http(Binding::PrefixHeaders("X-Foo-"))]),
    foo: Option<String> = bound("foo", &[Trait::Http(Binding::Header("X-Foo"))]),
});
crate::structure!(Prefixed);

shape!(AllHeaders("test#AllHeaders") {
    map: Option<HashMap<String, String>> = bound("map", &[Trait::Http(Binding::PrefixHeaders(""))]),
    hello: Option<String> = bound("hello", &[Trait::Http(Binding::Header("Hello"))]),
});
crate::structure!(AllHeaders);

shape!(Nested("test#Nested") {
    greeting: Option<String> = plain("greeting"),
});
crate::structure!(Nested);

const FOO: Member = bound("foo", &[Trait::Http(Binding::Header("X-Foo"))]);

/// Structures with a payload.
macro_rules! payloads {
    ($($name:ident ($id:literal): $type:ty = [$($trait:expr),*];)*) => {$(
        shape!($name($id) {
            foo: Option<String> = FOO,
            payload: $type = bound("payload", &[Trait::Http(Binding::Payload), $($trait),*]),
        });
        crate::structure!($name);
    )*};
}

payloads! {
    BlobPayload("test#BlobPayload"): Option<Blob> = [Trait::Payload(Target::Blob)];
    JpegPayload("test#JpegPayload"): Option<Blob> =
        [Trait::Payload(Target::Blob), Trait::MediaType("image/jpeg")];
    TextPayload("test#TextPayload"): Option<String> = [Trait::Payload(Target::String)];
    EnumPayload("test#EnumPayload"): Option<Kind> = [Trait::Payload(Target::String)];
    StructurePayload("test#StructurePayload"): Option<Nested> = [Trait::Payload(Target::Structure)];
    UnionPayload("test#UnionPayload"): Option<Choice> = [Trait::Payload(Target::Document)];
    DocumentPayload("test#DocumentPayload"): Option<Document> = [Trait::Payload(Target::Document)];
    ListPayload("test#ListPayload"): Option<Vec<i32>> = [Trait::Payload(Target::Document)];
    UnsaidPayload("test#UnsaidPayload"): Option<Nested> = [];
}

shape!(StreamPayload("test#StreamPayload") {
    foo: Option<String> = FOO,
    length: Option<i64> = bound("length", &[Trait::Http(Binding::Header("content-length"))]),
    payload: ByteStream = bound("payload", &[Trait::Http(Binding::Payload)]),
});
crate::structure!(StreamPayload);

shape!(TypedPayload("test#TypedPayload") {
    media_type: Option<String> =
        bound("media_type", &[Trait::Http(Binding::Header("Content-Type"))]),
    payload: Option<Blob> =
        bound("payload", &[Trait::Http(Binding::Payload), Trait::Payload(Target::Blob)]),
});
crate::structure!(TypedPayload);

shape!(Body("test#Body") {
    foo: Option<String> = FOO,
    value: Option<i32> = plain("value"),
    renamed: Option<String> = plain("renamed").json_name("Renamed").xml_name("Renamed"),
});
crate::structure!(Body);

shape!(Empty("test#Empty") {});
crate::structure!(Empty);

shape!(Coded("test#Coded") {
    status: Option<i32> = bound("status", &[Trait::Http(Binding::ResponseCode)]),
    value: Option<i32> = plain("value"),
});
crate::structure!(Coded);

shape!(Corrected("test#Corrected") {
    foo: Option<String> = FOO.corrected(),
    nested: Option<Nested> = plain("nested").corrected(),
});
crate::structure!(Corrected);

shape!(CorrectedHeader("test#CorrectedHeader") {
    foo: Option<String> = FOO.corrected(),
});
crate::structure!(CorrectedHeader);

shape!(Must("test#Must") {
    text: Option<String> = bound("text", &[Trait::Http(Binding::Query("Text"))]).required(),
    list: Option<Vec<String>> = bound("list", &[Trait::Http(Binding::Query("List"))]).required(),
});
crate::structure!(Must);

shape!(ComplexError("test#ComplexError") {
    header: Option<String> = bound("Header", &[Trait::Http(Binding::Header("X-Header"))]),
    top_level: Option<String> = plain("TopLevel"),
    message: Option<String> = plain("message"),
} meta);
crate::error_structure!(ComplexError);

static COMPLEX_ERROR: Schema = ComplexError::SCHEMA;
pub(super) static ERRORS: [ErrorSchema; 1] = [ErrorSchema::new(&COMPLEX_ERROR, 403)];

pub(super) static SERVICE: ServiceSchema =
    ServiceSchema::new("test#Service", "2020-01-01", &REST_JSON_1);

/// An operation with this `@http`.
pub(super) const fn operation(
    method: &'static str,
    uri: &'static str,
    code: u16,
) -> OperationSchema {
    OperationSchema::new(&SERVICE, "Operation", &ERRORS).http(method, uri, code)
}
