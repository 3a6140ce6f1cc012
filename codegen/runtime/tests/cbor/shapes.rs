//! Shapes and operations as a generated crate has them, written by hand.

use std::collections::HashMap;

use tinsmith_runtime::protocol::RPC_V2_CBOR;
use tinsmith_runtime::{AnyError, Fill};
use tinsmith_runtime::{
    BigDecimal, BigInteger, Blob, DateTime, Document, ErrorMetadata, ErrorSchema, Member,
    Operation, OperationErrorShape, OperationSchema, Schema, ServiceError, ServiceSchema,
    StructureShape, Unhandled, Union, UnknownVariantValue, Value, value,
};

/// A structure: its fields by position, and what the schema says of each.
macro_rules! shape {
    ($name:ident { $($index:literal $field:ident: $type:ty = $member:expr;)* }) => {
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)*
        }
        shape!(@impl $name $name structure [$($index $field $member;)*] []);
    };
    // With what its macro needs besides: the metadata of an error.
    ($name:ident as $kind:ident { $($index:literal $field:ident: $type:ty = $member:expr;)* }
        with $extra:ident: $extra_type:ty) => {
        #[derive(Clone)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)*
            pub(crate) $extra: $extra_type,
        }
        shape!(@impl $name $name $kind [$($index $field $member;)*] [$extra]);
    };
    (@impl $name:ident $id:ident $kind:ident [$($index:literal $field:ident $member:expr;)*]
        [$($extra:ident)?]) => {
        impl StructureShape for $name {
            const SCHEMA: &'static Schema = &Schema::new(
                    concat!("test.shapes#", stringify!($id)),
                    stringify!($id),
                    &[$($member),*],
                );
            fn member(&self, index: usize) -> &dyn Value {
                match index {
                    $($index => &self.$field,)*
                    _ => value::no_member(index),
                }
            }
            fn member_mut(&mut self, index: usize) -> &mut dyn Value {
                match index {
                    $($index => &mut self.$field,)*
                    _ => value::no_member(index),
                }
            }
            fn empty_structure() -> Self {
                Self { $($field: Value::empty(),)* $($extra: Default::default())? }
            }
        }
        tinsmith_runtime::$kind!($name);
    };
}

const fn optional(name: &'static str) -> Member {
    Member::new(name, name).optional()
}

const SPARSE_LIST: [Member; 1] = [optional("member")];
const SPARSE_MAP: [Member; 2] = [Member::new("key", ""), optional("value")];

shape!(Scalars {
    0 true_value: Option<bool> = optional("trueValue");
    1 false_value: Option<bool> = optional("falseValue");
    2 byte_value: Option<i8> = optional("byteValue");
    3 double_value: Option<f64> = optional("doubleValue");
    4 float_value: Option<f32> = optional("floatValue");
    5 integer_value: Option<i32> = optional("integerValue");
    6 long_value: Option<i64> = optional("longValue");
    7 short_value: Option<i16> = optional("shortValue");
    8 string_value: Option<String> = optional("stringValue");
    9 blob_value: Option<Blob> = optional("blobValue");
    10 time: Option<DateTime> = optional("time");
    11 big_integer: Option<BigInteger> = optional("bigInteger");
    12 big_decimal: Option<BigDecimal> = optional("bigDecimal");
    13 document: Option<Document> = optional("document");
});

shape!(Greeting { 0 hi: Option<String> = optional("hi"); });

shape!(Lists {
    0 strings: Option<Vec<String>> = optional("strings");
    1 integers: Option<Vec<i32>> = optional("integers");
    2 times: Option<Vec<DateTime>> = optional("times");
    3 colours: Option<Vec<Colour>> = optional("colours");
    4 nested: Option<Vec<Vec<String>>> = optional("nested");
    5 greetings: Option<Vec<Greeting>> = optional("greetings");
    6 sparse: Option<Vec<Option<String>>> = optional("sparse").of(&SPARSE_LIST);
});

shape!(Maps {
    0 greetings: Option<HashMap<String, Greeting>> = optional("greetings");
    1 numbers: Option<HashMap<Colour, i32>> = optional("numbers");
    2 sets: Option<HashMap<String, Vec<String>>> = optional("sets");
    3 sparse: Option<HashMap<String, Option<Greeting>>> = optional("sparse").of(&SPARSE_MAP);
});

shape!(Recursive {
    0 name: Option<String> = optional("name");
    1 next: Option<Box<Recursive>> = optional("next");
    2 choice: Option<Choice> = optional("choice");
    3 list: Option<Vec<Recursive>> = optional("list");
    4 map: Option<HashMap<String, Recursive>> = optional("map");
    5 scalars: Option<Scalars> = optional("scalars");
});

shape!(Required {
    0 nested: Option<Greeting> = optional("nested").corrected();
    1 text: String = Member::new("text", "text");
    2 number: i32 = Member::new("number", "number");
    3 colour: Colour = Member::new("colour", "colour");
});

#[derive(Clone, Debug, Ord, PartialEq)]
#[expect(clippy::derive_ord_xor_partial_ord, reason = "`string_enum!` orders by the derived order")]
pub(crate) enum Colour {
    Red,
    Unknown(UnknownVariantValue),
}

impl Colour {
    #[expect(dead_code, reason = "what `string_enum!` asks for")]
    pub(crate) const fn values() -> &'static [&'static str] {
        &["RED"]
    }
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Red => "RED",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

impl From<&str> for Colour {
    fn from(value: &str) -> Self {
        match value {
            "RED" => Self::Red,
            other => Self::Unknown(UnknownVariantValue::new(other)),
        }
    }
}

tinsmith_runtime::string_enum!(Colour);

#[derive(Clone, PartialEq)]
pub(crate) enum Choice {
    Text(String),
    Number(i32),
    Same(Box<Choice>),
    Greeting(Greeting),
    Unknown,
}

static CHOICE: Schema = Schema::new(
    "test.shapes#Choice",
    "Choice",
    &[
        Member::new("text", "Text"),
        Member::new("number", "Number"),
        Member::new("same", "Same"),
        Member::new("greeting", "Greeting"),
    ],
);

impl Union for Choice {
    fn schema(&self) -> &'static Schema {
        &CHOICE
    }
    fn variant(&self) -> Option<(usize, &dyn Value)> {
        match self {
            Self::Text(value) => Some((0, value)),
            Self::Number(value) => Some((1, value)),
            Self::Same(value) => Some((2, value)),
            Self::Greeting(value) => Some((3, value)),
            Self::Unknown => None,
        }
    }
    fn select(&mut self, index: usize) -> Option<&mut dyn Value> {
        *self = match index {
            0 => Self::Text(Value::empty()),
            1 => Self::Number(Value::empty()),
            2 => Self::Same(Value::empty()),
            3 => Self::Greeting(Value::empty()),
            _ => return None,
        };
        match self {
            Self::Text(value) => Some(value),
            Self::Number(value) => Some(value),
            Self::Same(value) => Some(value),
            Self::Greeting(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

tinsmith_runtime::union!(Choice);
tinsmith_runtime::boxed_union!(Choice);

/// An output, whose request ID comes after its members.
#[derive(Clone)]
pub(crate) struct Output {
    pub(crate) text: Option<String>,
    pub(crate) number: Option<i32>,
    pub(crate) _request_id: Option<String>,
}

impl StructureShape for Output {
    const SCHEMA: &'static Schema =
        &Schema::new("test.shapes#Output", "Output", &[optional("text"), optional("number")])
            .request_id();
    fn member(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.text,
            1 => &self.number,
            2 => &self._request_id,
            _ => value::no_member(index),
        }
    }
    fn member_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.text,
            1 => &mut self.number,
            2 => &mut self._request_id,
            _ => value::no_member(index),
        }
    }
    fn empty_structure() -> Self {
        Self { text: None, number: None, _request_id: None }
    }
}

tinsmith_runtime::output!(Output);

/// The unit type, as an input and as an output.
#[derive(Clone)]
pub(crate) struct Nothing {
    pub(crate) _request_id: Option<String>,
}

impl StructureShape for Nothing {
    const SCHEMA: &'static Schema = &Schema::new("smithy.api#Unit", "Unit", &[]).request_id();
    fn member(&self, _index: usize) -> &dyn Value {
        &self._request_id
    }
    fn member_mut(&mut self, _index: usize) -> &mut dyn Value {
        &mut self._request_id
    }
    fn empty_structure() -> Self {
        Self { _request_id: None }
    }
}

tinsmith_runtime::output!(Nothing);

shape!(Invalid as error_structure {
    0 message: Option<String> = optional("message");
} with meta: ErrorMetadata);

shape!(Complex as error_structure {
    0 top: Option<String> = optional("TopLevel");
    1 nested: Option<Greeting> = optional("Nested");
} with meta: ErrorMetadata);

/// What [`Invalid`] and [`Complex`] are to an operation: the first has a code of its own.
pub(crate) static ERRORS: [ErrorSchema; 2] = [
    ErrorSchema::new(&INVALID, 400).query_error("Customized"),
    ErrorSchema::new(&COMPLEX, 500).server(),
];
static INVALID: Schema = Schema::new("test.shapes#Invalid", "Invalid", &[optional("message")]);
static COMPLEX: Schema =
    Schema::new("test.shapes#Complex", "Complex", &[optional("TopLevel"), optional("Nested")]);

pub(crate) enum Failure {
    Invalid(Invalid),
    Complex(Complex),
    Unhandled(Unhandled),
}

impl ServiceError for Failure {
    fn as_any(&self) -> AnyError<'_> {
        match self {
            Self::Invalid(error) => AnyError::Modeled(error),
            Self::Complex(error) => AnyError::Modeled(error),
            Self::Unhandled(error) => AnyError::Unhandled(error),
        }
    }
}

impl OperationErrorShape for Failure {
    fn from_unhandled(unhandled: Unhandled) -> Self {
        Self::Unhandled(unhandled)
    }
    fn modeled(index: usize, fill: Fill<'_>) -> Option<Self> {
        match index {
            0 => Some(Self::Invalid(fill.error())),
            1 => Some(Self::Complex(fill.error())),
            _ => None,
        }
    }
}

tinsmith_runtime::operation_error!(Failure);

/// A service that speaks RPC v2 CBOR, and one that once spoke AWS Query.
pub(crate) static SERVICE: ServiceSchema =
    ServiceSchema::new("test.shapes#Service", "2024-01-01", &RPC_V2_CBOR);
pub(crate) static COMPATIBLE: ServiceSchema =
    ServiceSchema::new("test.shapes#Compatible", "2024-01-01", &RPC_V2_CBOR).query_compatible();

macro_rules! operation {
    ($name:ident: $input:ty => $output:ty, $service:ident) => {
        pub(crate) struct $name;
        impl Operation for $name {
            type Input = $input;
            type Output = $output;
            type Error = Failure;
            fn schema() -> &'static OperationSchema {
                static SCHEMA: OperationSchema =
                    OperationSchema::new(&$service, stringify!($name), &ERRORS);
                &SCHEMA
            }
        }
    };
}

operation!(Greet: Greeting => Output, SERVICE);
operation!(DoNothing: Nothing => Nothing, SERVICE);
operation!(GreetAgain: Greeting => Output, COMPATIBLE);
operation!(DoNothingAgain: Nothing => Nothing, COMPATIBLE);
