//! Shapes as generated code has them: an input and an output with tokens of all types. They must not know any test.

use std::collections::HashMap;

use tinsmith_runtime::{
    BigDecimal, BigInteger, Blob, DateTime, Document, Member, Schema, StructureShape, Union, Value,
};

macro_rules! shape {
    ($name:ident { $($field:ident: $type:ty = $member:literal,)* }) => {
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name { $(pub(crate) $field: $type,)* }

        impl StructureShape for $name {
            const SCHEMA: &'static Schema = &Schema::new(
                    concat!("test#", stringify!($name)),
                    stringify!($name),
                    &[$(Member::new($member, stringify!($field))),*],
                );
            fn member(&self, index: usize) -> &dyn Value {
                let members: &[&dyn Value] = &[$(&self.$field),*];
                members[index]
            }
            fn member_mut(&mut self, index: usize) -> &mut dyn Value {
                let members: Vec<&mut dyn Value> = vec![$(&mut self.$field),*];
                members.into_iter().nth(index).expect("a member")
            }
            fn empty_structure() -> Self {
                Self { $($field: Value::empty(),)* }
            }
        }

        tinsmith_runtime::structure!($name);
    };
}

shape! {
    Input {
        token: Option<String> = "Token",
        other: Option<String> = "Other",
        status: Option<Status> = "Status",
        small: Option<i8> = "Small",
        key: Option<HashMap<String, Part>> = "Key",
        page: Option<Page> = "Page",
        size: Option<i32> = "Size",
    }
}

shape! {
    Output {
        token: Option<String> = "Token",
        other: Option<String> = "Other",
        status: Option<Status> = "Status",
        large: Option<i64> = "Large",
        key: Option<HashMap<String, Part>> = "Key",
        page: Option<Page> = "Page",
        truncated: Option<bool> = "Truncated",
        pages: Option<Vec<Page>> = "Pages",
    }
}

shape! {
    Page {
        next: Option<String> = "Next",
        parts: Option<Vec<Option<Part>>> = "Parts",
        status: Option<Status> = "Status",
        at: Option<DateTime> = "At",
        document: Option<Document> = "Document",
        large: Option<BigInteger> = "Large",
        exact: Option<BigDecimal> = "Exact",
        float: Option<f32> = "Float",
        double: Option<f64> = "Double",
    }
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Status(pub(crate) String);

impl Status {
    fn as_str(&self) -> &str {
        &self.0
    }
}

tinsmith_runtime::unnamed_enum!(Status);

#[derive(Clone, PartialEq)]
pub(crate) enum Part {
    Text(String),
    Bytes(Blob),
    Flag(bool),
    Parts(Vec<Part>),
    Unknown,
}

impl Union for Part {
    fn schema(&self) -> &'static Schema {
        static SCHEMA: Schema = Schema::new(
            "test#Part",
            "Part",
            &[
                Member::new("Text", "Text"),
                Member::new("Bytes", "Bytes"),
                Member::new("Flag", "Flag"),
                Member::new("Parts", "Parts"),
            ],
        );
        &SCHEMA
    }
    fn variant(&self) -> Option<(usize, &dyn Value)> {
        match self {
            Self::Text(value) => Some((0, value)),
            Self::Bytes(value) => Some((1, value)),
            Self::Flag(value) => Some((2, value)),
            Self::Parts(value) => Some((3, value)),
            Self::Unknown => None,
        }
    }
    fn select(&mut self, index: usize) -> Option<&mut dyn Value> {
        *self = match index {
            0 => Self::Text(Value::empty()),
            1 => Self::Bytes(Value::empty()),
            2 => Self::Flag(Value::empty()),
            3 => Self::Parts(Value::empty()),
            _ => return None,
        };
        match self {
            Self::Text(value) => Some(value),
            Self::Bytes(value) => Some(value),
            Self::Flag(value) => Some(value),
            Self::Parts(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

tinsmith_runtime::union!(Part);

/// An input with nothing in it.
pub(crate) fn input() -> Input {
    Input::empty_structure()
}

/// An output with nothing in it.
pub(crate) fn output() -> Output {
    Output::empty_structure()
}

/// A page with nothing on it.
pub(crate) fn page() -> Page {
    Page::empty_structure()
}
