//! The shapes that the tests read and write.

use std::collections::HashMap;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

use crate::schema::{Binding, Member, Schema, Trait, XmlNamespace};
use crate::value::{NoPayload, StructureShape, Union, Value};

pub(super) const fn m(name: &'static str) -> Member {
    Member::new(name, name).optional()
}

const fn namespace(uri: &'static str) -> Trait {
    Trait::XmlNamespace(XmlNamespace { prefix: None, uri })
}

/// A structure of the given members, with what its schema has besides.
macro_rules! shape {
    ($type:ident { $($field:ident: $of:ty = $member:expr),* $(,)? } $($schema:tt)*) => {
        #[derive(Clone, PartialEq)]
        pub(super) struct $type {
            $(pub(super) $field: $of,)*
        }

        impl StructureShape for $type {
            const SCHEMA: &'static Schema = &Schema::new(
                    concat!("example#", stringify!($type)),
                    stringify!($type),
                    &[$($member),*],
                ) $($schema)*;
            fn member(&self, index: usize) -> &dyn Value {
                let members: &[&dyn Value] = &[$(&self.$field),*];
                members[index]
            }
            fn member_mut(&mut self, index: usize) -> &mut dyn Value {
                let mut members: Vec<&mut dyn Value> = vec![$(&mut self.$field),*];
                members.swap_remove(index)
            }
            fn empty_structure() -> Self {
                Self { $($field: Value::empty()),* }
            }
        }

        crate::structure!($type);

        impl Default for $type {
            fn default() -> Self {
                Value::empty()
            }
        }
    };
}

shape!(Scalars {
    header: Option<String> = m("header").with(&[Trait::Http(Binding::Header("x-header"))]),
    string: Option<String> = m("stringValue"),
    yes: Option<bool> = m("trueBooleanValue"),
    no: Option<bool> = m("falseBooleanValue"),
    byte: Option<i8> = m("byteValue"),
    short: Option<i16> = m("shortValue"),
    integer: Option<i32> = m("integerValue"),
    long: Option<i64> = m("longValue"),
    float: Option<f32> = m("floatValue"),
    double: Option<f64> = m("doubleValue").xml_name("DoubleDribble"),
    big: Option<BigInteger> = m("bigIntegerValue"),
    decimal: Option<BigDecimal> = m("bigDecimalValue"),
    blob: Option<Blob> = m("blobValue"),
    suit: Option<Suit> = m("suitValue"),
    document: Option<Document> = m("documentValue"),
});

shape!(Timestamps {
    normal: Option<DateTime> = m("normal"),
    date_time: Option<DateTime> = m("dateTime").timestamp(Format::DateTime),
    epoch_seconds: Option<DateTime> = m("epochSeconds").timestamp(Format::EpochSeconds),
    http_date: Option<DateTime> = m("httpDate").timestamp(Format::HttpDate),
    list: Option<Vec<DateTime>> =
        m("list").of(&[Member::new("member", "").timestamp(Format::EpochSeconds)]),
});

shape!(Pair { a: Option<String> = m("a").xml_name("value"), b: Option<String> = m("b").xml_name("other") });

const PAIRS: &[Member] = &[Member::new("member", "").xml_name("item")];

shape!(Lists {
    strings: Option<Vec<String>> = m("stringList"),
    integers: Option<Vec<i32>> = m("integerList"),
    booleans: Option<Vec<bool>> = m("booleanList"),
    timestamps: Option<Vec<DateTime>> = m("timestampList"),
    suits: Option<Vec<Suit>> = m("enumList"),
    nested: Option<Vec<Vec<String>>> = m("nestedStringList"),
    renamed: Option<Vec<String>> = m("renamedListMembers").xml_name("renamed").of(PAIRS),
    flattened: Option<Vec<String>> = m("flattenedList").xml_flattened().of(PAIRS),
    flattened_too: Option<Vec<String>> =
        m("flattenedList2").xml_flattened().xml_name("customName").of(PAIRS),
    flattened_namespace: Option<Vec<String>> = m("flattenedListWithMemberNamespace")
        .xml_flattened()
        .of(&[Member::new("member", "").with(&[namespace("https://xml-member.example.com")])]),
    structures: Option<Vec<Pair>> = m("structureList").xml_name("myStructureList").of(PAIRS),
    flattened_structures: Option<Vec<Pair>> =
        m("flattenedStructureList").xml_flattened().of(PAIRS),
});

shape!(Sparse {
    strings: Option<Vec<Option<String>>> = m("strings").of(&[Member::new("member", "").optional()]),
    integers: Option<Vec<Option<i32>>> = m("integers").of(&[Member::new("member", "").optional()]),
    map: Option<HashMap<String, Option<i64>>> =
        m("map").of(&[Member::new("key", ""), Member::new("value", "").optional()]),
});

shape!(Greeting { hi: Option<String> = m("hi") });

const RENAMED: &[Member] =
    &[Member::new("key", "").xml_name("Attribute"), Member::new("value", "").xml_name("Setting")];
const NAMED: &[Member] = &[
    Member::new("key", "").xml_name("K").with(&[namespace("https://the-key.example.com")]),
    Member::new("value", "").xml_name("V").with(&[namespace("https://the-value.example.com")]),
];

shape!(Maps {
    plain: Option<HashMap<String, Greeting>> = m("myMap"),
    renamed: Option<HashMap<String, Greeting>> = m("renamed").of(RENAMED),
    nested: Option<HashMap<String, HashMap<String, String>>> = m("nestedMap").of(&[
        Member::new("key", "").xml_name("OuterKey"),
        Member::new("value", "")
            .of(&[
                Member::new("key", "").xml_name("InnerKey"),
                Member::new("value", "").xml_name("InnerValue"),
            ]),
    ]),
    flattened: Option<HashMap<Suit, String>> = m("flattened").xml_flattened(),
    flattened_named: Option<HashMap<String, String>> = m("flattenedNamed")
        .xml_flattened()
        .xml_name("KVP")
        .of(NAMED)
        .with(&[namespace("https://the-member.example.com")]),
    named: Option<HashMap<String, String>> = m("named")
        .xml_name("MAP")
        .of(NAMED)
        .with(&[namespace("https://the-member.example.com")]),
    flattened_nested: Option<HashMap<String, HashMap<String, String>>> =
        m("flatNestedMap").xml_flattened(),
});

shape!(Recursive {
    foo: Option<String> = m("foo"),
    nested: Option<Box<Recursive>> = m("nested"),
    list: Option<Vec<Recursive>> = m("list"),
    map: Option<HashMap<String, Recursive>> = m("map"),
    flattened: Option<Vec<Recursive>> = m("flat").xml_flattened(),
    choice: Option<Choice> = m("choice"),
});

shape!(Attributes {
    foo: Option<String> = m("foo"),
    attribute: Option<String> = m("attr").xml_attribute().xml_name("test"),
    number: Option<i32> = m("number").xml_attribute(),
    kind: Option<Suit> = m("kind").xml_attribute().xml_name("xsi:type"),
    test: Option<String> = m("test"),
    bound: Option<String> =
        m("bound").xml_attribute().with(&[Trait::Http(Binding::Header("x-bound"))]),
});

shape!(Payload { name: Option<String> = m("name") }.xml_name("Hello"));

shape!(NamedPayload { name: Option<String> = m("name") }
    .xml_namespace(Some("baz"), "http://foo.com"));

shape!(Namespaces {
    foo: Option<String> = m("foo")
        .with(&[Trait::XmlNamespace(XmlNamespace { prefix: Some("baz"), uri: "http://baz.com" })]),
    values: Option<Vec<String>> = m("values")
        .of(&[Member::new("member", "").with(&[namespace("http://bux.com")])])
        .with(&[namespace("http://qux.com/?a&b")]),
    nested: Option<Box<Namespaces>> = m("nested"),
    attributes: Option<Attributes> = m("attributes").with(&[Trait::XmlNamespace(XmlNamespace {
        prefix: Some("xsi"),
        uri: "https://example.com",
    })]),
}.xml_namespace(None, "http://foo.com"));

shape!(Corrected {
    number: i32 = Member::new("number", "number"),
    text: Option<String> = m("text").corrected(),
    inner: Option<Greeting> = m("inner").corrected(),
    items: Option<Vec<String>> = m("items").corrected(),
});

shape!(Location { location: Option<Suit> = m("LocationConstraint"), bound: Option<String> =
    m("bound").with(&[Trait::Http(Binding::Header("x-bound"))]) }.xml_name("LocationConstraint"));

shape!(ChoiceHolder { choice: Option<Choice> = m("unionValue") });

/// A union with a variant of each kind.
#[derive(Clone, PartialEq)]
pub(super) enum Choice {
    Text(String),
    Flag(bool),
    Scalars(Box<Scalars>),
    Inner(Box<Choice>),
    Nothing(NothingPayload),
    Flattened(Vec<i32>),
    Unknown,
}

/// [`NoPayload`], which doesn't compare.
#[derive(Clone, Copy)]
pub(super) struct NothingPayload(pub(super) NoPayload);

impl PartialEq for NothingPayload {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

static CHOICE: Schema = Schema::new(
    "example#Choice",
    "Choice",
    &[
        Member::new("stringValue", "Text"),
        Member::new("booleanValue", "Flag"),
        Member::new("structValue", "Scalars"),
        Member::new("unionValue", "Inner"),
        Member::new("nothing", "Nothing"),
        Member::new("flattened", "Flattened").xml_flattened(),
    ],
);

impl Union for Choice {
    fn schema(&self) -> &'static Schema {
        &CHOICE
    }
    fn variant(&self) -> Option<(usize, &dyn Value)> {
        Some(match self {
            Self::Text(value) => (0, value),
            Self::Flag(value) => (1, value),
            Self::Scalars(value) => (2, value),
            Self::Inner(value) => (3, value),
            Self::Nothing(value) => (4, &value.0),
            Self::Flattened(value) => (5, value),
            Self::Unknown => return None,
        })
    }
    fn select(&mut self, index: usize) -> Option<&mut dyn Value> {
        *self = match index {
            0 => Self::Text(Value::empty()),
            1 => Self::Flag(Value::empty()),
            2 => Self::Scalars(Value::empty()),
            3 => Self::Inner(Value::empty()),
            4 => Self::Nothing(NothingPayload([])),
            5 => Self::Flattened(Value::empty()),
            _ => return None,
        };
        Some(match self {
            Self::Text(value) => value,
            Self::Flag(value) => value,
            Self::Scalars(value) => value,
            Self::Inner(value) => value,
            Self::Nothing(value) => &mut value.0,
            Self::Flattened(value) => value,
            Self::Unknown => return None,
        })
    }
}

crate::union!(Choice);
crate::boxed_union!(Choice);

/// A string enum.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Suit(String);

impl Suit {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

crate::unnamed_enum!(Suit);
