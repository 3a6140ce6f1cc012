//! Shapes as generated code has them, and operations on them. They must not know any test.

use std::collections::HashMap;

use tinsmith_runtime::date_time::Format;
use tinsmith_runtime::{AnyError, Fill};
use tinsmith_runtime::{
    BigDecimal, BigInteger, Binding, Blob, ByteStream, DateTime, Document, ErrorMetadata,
    ErrorSchema, Member, Operation, OperationErrorShape, OperationSchema, Schema, ServiceError,
    ServiceSchema, StructureShape, Trait, Unhandled, Union, UnknownVariantValue, Value, protocol,
};

/// [`Structure`] for a type with these members, in order, and perhaps a field that isn't one.
macro_rules! members {
    ($name:ident { $($field:ident = $member:expr,)* } $($extra:ident)?) => {
        impl $name {
            pub(crate) const SCHEMA: &Schema = {
                const ID: &str = concat!("test#", stringify!($name));
                static SCHEMA: Schema = Schema::new(ID, stringify!($name), &[$($member),*]);
                &SCHEMA
            };
        }

        impl StructureShape for $name {
            const SCHEMA: &'static Schema = Self::SCHEMA;
            fn member(&self, index: usize) -> &dyn Value {
                let members: &[&dyn Value] = &[$(&self.$field),*];
                members[index]
            }
            fn member_mut(&mut self, index: usize) -> &mut dyn Value {
                let members: Vec<&mut dyn Value> = vec![$(&mut self.$field),*];
                members.into_iter().nth(index).expect("a member")
            }
            fn empty_structure() -> Self {
                Self { $($field: Value::empty(),)* $($extra: Default::default())? }
            }
        }
    };
}

/// Structures with their members, in order.
macro_rules! structures {
    ($($name:ident { $($field:ident: $type:ty = $member:expr,)* })*) => {$(
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name { $(pub(crate) $field: $type,)* }

        members!($name { $($field = $member,)* });
        tinsmith_runtime::structure!($name);

        impl Default for $name {
            fn default() -> Self {
                Self::empty_structure()
            }
        }
    )*};
}

const EPOCH: Format = Format::EpochSeconds;
const ITEMS: &[Member] = &[Member::new("member", "").xml_name("item")];
const SPARSE: &[Member] = &[Member::new("member", "").optional()];
const KEYS: &[Member] =
    &[Member::new("key", "").xml_name("K"), Member::new("value", "").xml_name("V")];
const SPARSE_VALUES: &[Member] = &[Member::new("key", ""), Member::new("value", "").optional()];

type Strings = HashMap<String, String>;

structures! {
    Nothing {}

    Simple {
        foo: Option<String> = Member::new("Foo", "foo"),
        bar: Option<String> = Member::new("Bar", "bar"),
        baz: Option<bool> = Member::new("Baz", "baz"),
        bam: Option<i32> = Member::new("Bam", "bam"),
        float_value: Option<f32> = Member::new("FloatValue", "float_value"),
        boo: Option<f64> = Member::new("Boo", "boo"),
        qux: Option<Blob> = Member::new("Qux", "qux"),
        foo_enum: Option<FooEnum> = Member::new("FooEnum", "foo_enum"),
        // Those of the EC2 suite.
        has_query_name: Option<String> = Member::new("HasQueryName", "has_query_name")
            .with(&[Trait::Ec2QueryName("HasQueryName")]),
        has_query_and_xml_name: Option<String> =
            Member::new("HasQueryAndXmlName", "has_query_and_xml_name")
                .xml_name("hasQueryAndXmlName")
                .with(&[Trait::Ec2QueryName("HasQueryAndXmlName")]),
        uses_xml_name: Option<String> =
            Member::new("UsesXmlName", "uses_xml_name").xml_name("usesXmlName"),
        distinct_query_name: Option<String> = Member::new("DistinctQueryName", "distinct_query_name")
            .with(&[Trait::Ec2QueryName("QueryName")]),
        distinct_query_and_xml_name: Option<String> =
            Member::new("DistinctQueryAndXmlName", "distinct_query_and_xml_name")
                .xml_name("xmlAndQueryName")
                .with(&[Trait::Ec2QueryName("queryAndXmlName")]),
        distinct_xml_name: Option<String> =
            Member::new("DistinctXmlName", "distinct_xml_name").xml_name("xmlNameOnly"),
        lower: Option<String> = Member::new("lower", "lower"),
        with_prefix: Option<String> = Member::new("WithPrefix", "with_prefix").xml_name("ns:name"),
        byte: Option<i8> = Member::new("Byte", "byte"),
        short: Option<i16> = Member::new("Short", "short"),
        long: Option<i64> = Member::new("Long", "long"),
        big_integer: Option<BigInteger> = Member::new("BigInteger", "big_integer"),
        big_decimal: Option<BigDecimal> = Member::new("BigDecimal", "big_decimal"),
    }

    Recursive {
        string_arg: Option<String> = Member::new("StringArg", "string_arg"),
        other_arg: Option<bool> = Member::new("OtherArg", "other_arg"),
        recursive_arg: Option<Box<Recursive>> = Member::new("RecursiveArg", "recursive_arg"),
    }

    Nested {
        nested: Option<Recursive> = Member::new("Nested", "nested"),
    }

    Greeting {
        hi: Option<String> = Member::new("hi", "hi"),
    }

    WithList {
        list_arg: Option<Vec<String>> = Member::new("ListArg", "list_arg"),
    }

    Lists {
        list_arg: Option<Vec<String>> = Member::new("ListArg", "list_arg"),
        complex: Option<Vec<Greeting>> = Member::new("ComplexListArg", "complex"),
        flattened: Option<Vec<String>> =
            Member::new("FlattenedListArg", "flattened").xml_flattened(),
        items: Option<Vec<String>> = Member::new("ListArgWithXmlNameMember", "items").of(ITEMS),
        renamed: Option<Vec<String>> =
            Member::new("FlattenedListArgWithXmlName", "renamed").xml_name("Hi").xml_flattened().of(ITEMS),
        nested: Option<WithList> = Member::new("NestedWithList", "nested"),
        lists: Option<Vec<Vec<String>>> = Member::new("Lists", "lists"),
        sparse: Option<Vec<Option<String>>> = Member::new("Sparse", "sparse").of(SPARSE),
    }

    WithMap {
        map_arg: Option<Strings> = Member::new("MapArg", "map_arg"),
    }

    Maps {
        map_arg: Option<Strings> = Member::new("MapArg", "map_arg"),
        renamed: Option<Strings> = Member::new("RenamedMapArg", "renamed").xml_name("Foo"),
        complex: Option<HashMap<String, Greeting>> = Member::new("ComplexMapArg", "complex"),
        with_names: Option<Strings> = Member::new("MapWithXmlMemberName", "with_names").of(KEYS),
        flattened: Option<Strings> = Member::new("FlattenedMap", "flattened").xml_flattened(),
        flattened_with_names: Option<Strings> = Member::new("FlattenedMapWithXmlName", "flattened_with_names")
            .xml_name("Hi").xml_flattened().of(KEYS),
        lists: Option<HashMap<String, Vec<String>>> = Member::new("MapOfLists", "lists"),
        nested: Option<WithMap> = Member::new("NestedStructWithMap", "nested"),
        maps: Option<HashMap<String, Strings>> = Member::new("MapOfMaps", "maps"),
        sparse: Option<HashMap<String, Option<String>>> =
            Member::new("SparseMap", "sparse").of(SPARSE_VALUES),
    }

    Timestamps {
        normal: Option<DateTime> = Member::new("normalFormat", "normal"),
        epoch_member: Option<DateTime> = Member::new("epochMember", "epoch_member").timestamp(EPOCH),
        epoch_target: Option<DateTime> = Member::new("epochTarget", "epoch_target").timestamp(EPOCH),
        http: Option<DateTime> = Member::new("httpDate", "http").timestamp(Format::HttpDate),
    }

    Token {
        token: Option<String> = Member::new("token", "token").idempotency_token(),
    }

    PutWithContentEncoding {
        encoding: Option<String> = Member::new("encoding", "encoding")
            .with(&[Trait::Http(Binding::Header("Content-Encoding"))]),
        data: Option<String> = Member::new("data", "data"),
    }

    Chosen {
        choice: Option<Choice> = Member::new("Choice", "choice"),
        required: Option<String> = Member::new("Required", "required").corrected(),
    }
}

/// A string enum.
#[derive(Clone, Debug, Ord, PartialEq)]
#[expect(clippy::derive_ord_xor_partial_ord, reason = "`string_enum!` orders by the derived order")]
pub(crate) enum FooEnum {
    Foo,
    Unknown(UnknownVariantValue),
}

impl FooEnum {
    #[expect(dead_code, reason = "what `string_enum!` asks for")]
    pub(crate) const fn values() -> &'static [&'static str] {
        &["Foo"]
    }
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Foo => "Foo",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

impl From<&str> for FooEnum {
    fn from(value: &str) -> Self {
        match value {
            "Foo" => Self::Foo,
            _ => Self::Unknown(UnknownVariantValue::new(value)),
        }
    }
}

tinsmith_runtime::string_enum!(FooEnum);

/// A union.
#[derive(Clone, PartialEq)]
pub(crate) enum Choice {
    Text(String),
    Greeting(Greeting),
    Lists(Vec<String>),
    Unknown,
}

static CHOICE: Schema = Schema::new(
    "test#Choice",
    "Choice",
    &[
        Member::new("text", "Text"),
        Member::new("greeting", "Greeting"),
        Member::new("lists", "Lists"),
    ],
);

impl Union for Choice {
    fn schema(&self) -> &'static Schema {
        &CHOICE
    }
    fn variant(&self) -> Option<(usize, &dyn Value)> {
        match self {
            Self::Text(value) => Some((0, value)),
            Self::Greeting(value) => Some((1, value)),
            Self::Lists(value) => Some((2, value)),
            Self::Unknown => None,
        }
    }
    fn select(&mut self, index: usize) -> Option<&mut dyn Value> {
        *self = match index {
            0 => Self::Text(Value::empty()),
            1 => Self::Greeting(Value::empty()),
            2 => Self::Lists(Value::empty()),
            _ => return None,
        };
        match self {
            Self::Text(value) => Some(value),
            Self::Greeting(value) => Some(value),
            Self::Lists(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

tinsmith_runtime::union!(Choice);

/// What a form holds only as bytes, and what it can't hold.
pub(crate) struct Odd {
    pub(crate) stream: ByteStream,
    pub(crate) document: Option<Document>,
}

members!(Odd { stream = Member::new("Stream", "stream"), document = Member::new("Document", "document"), });

/// The output of an operation.
#[derive(Clone, PartialEq)]
pub(crate) struct GreetingOutput {
    pub(crate) greeting: Option<String>,
    pub(crate) numbers: Option<Vec<i32>>,
    pub(crate) _request_id: Option<String>,
}

impl StructureShape for GreetingOutput {
    const SCHEMA: &'static Schema = &Schema::new(
        "test#GreetingOutput",
        "GreetingOutput",
        &[Member::new("greeting", "greeting"), Member::new("numbers", "numbers")],
    )
    .request_id();
    fn member(&self, index: usize) -> &dyn Value {
        let members: [&dyn Value; 3] = [&self.greeting, &self.numbers, &self._request_id];
        members[index]
    }
    fn member_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.greeting,
            1 => &mut self.numbers,
            2 => &mut self._request_id,
            _ => tinsmith_runtime::value::no_member(index),
        }
    }
    fn empty_structure() -> Self {
        Self { greeting: None, numbers: None, _request_id: None }
    }
}

tinsmith_runtime::output!(GreetingOutput);

/// Error structures.
macro_rules! errors {
    ($($name:ident { $($field:ident: $type:ty = $member:expr,)* })*) => {$(
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)*
            pub(crate) meta: ErrorMetadata,
        }

        members!($name { $($field = $member,)* } meta);
        tinsmith_runtime::error_structure!($name);
    )*};
}

errors! {
    InvalidGreeting {
        message: Option<String> = Member::new("Message", "message"),
    }

    CustomCodeError {
        message: Option<String> = Member::new("message", "message"),
    }

    ComplexError {
        top_level: Option<String> = Member::new("TopLevel", "top_level"),
        nested: Option<Greeting> = Member::new("Nested", "nested"),
    }

    OwnCode {
        code: Option<String> = Member::new("Code", "code"),
    }
}

/// The errors of an operation.
pub(crate) enum GreetingError {
    Invalid(InvalidGreeting),
    Custom(CustomCodeError),
    Complex(ComplexError),
    OwnCode(OwnCode),
    Unhandled(Unhandled),
}

tinsmith_runtime::operation_error!(GreetingError);

impl ServiceError for GreetingError {
    fn as_any(&self) -> AnyError<'_> {
        match self {
            Self::Invalid(error) => AnyError::Modeled(error),
            Self::Custom(error) => AnyError::Modeled(error),
            Self::Complex(error) => AnyError::Modeled(error),
            Self::OwnCode(error) => AnyError::Modeled(error),
            Self::Unhandled(error) => AnyError::Unhandled(error),
        }
    }
}

impl OperationErrorShape for GreetingError {
    fn from_unhandled(unhandled: Unhandled) -> Self {
        Self::Unhandled(unhandled)
    }
    fn modeled(index: usize, fill: Fill<'_>) -> Option<Self> {
        match index {
            0 => Some(Self::Invalid(fill.error())),
            1 => Some(Self::Custom(fill.error())),
            2 => Some(Self::Complex(fill.error())),
            3 => Some(Self::OwnCode(fill.error())),
            _ => None,
        }
    }
}

pub(crate) static SERVICE: ServiceSchema =
    ServiceSchema::new("test#Service", "2020-01-08", &protocol::AWS_QUERY)
        .xml_namespace(None, "https://example.com/");

/// An operation of any name.
pub(crate) const fn operation(name: &'static str) -> OperationSchema {
    OperationSchema::new(&SERVICE, name, &[])
}

/// An operation that models errors.
#[derive(Debug)]
pub(crate) struct GreetingWithErrors;

impl Operation for GreetingWithErrors {
    type Input = Greeting;
    type Output = GreetingOutput;
    type Error = GreetingError;

    fn schema() -> &'static OperationSchema {
        static SCHEMA: OperationSchema = OperationSchema::new(
            &SERVICE,
            "GreetingWithErrors",
            &[
                ErrorSchema::new(InvalidGreeting::SCHEMA, 400),
                ErrorSchema::new(CustomCodeError::SCHEMA, 402).query_error("Customized"),
                ErrorSchema::new(ComplexError::SCHEMA, 500).server(),
                ErrorSchema::new(OwnCode::SCHEMA, 400),
            ],
        );
        &SCHEMA
    }
}
