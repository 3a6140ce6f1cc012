//! Shapes as generated code has them, of every type that an expression meets. They must not know any test.

use std::collections::HashMap;

use tinsmith_runtime::{
    BigDecimal, BigInteger, Blob, ByteStream, DateTime, Document, Member, Schema, StructureShape,
    Union, Value,
};

/// A structure with its members, in order.
macro_rules! shape {
    ($name:ident { $($field:ident: $type:ty = $member:literal,)* }) => {
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
    Table {
        status: Option<Status> = "TableStatus",
        name: Option<String> = "TableName",
        tags: Option<Vec<String>> = "Tags",
        replicas: Option<Vec<Table>> = "Replicas",
        running: i32 = "Running",
        desired: Option<i64> = "Desired",
    }
}

shape! {
    Output {
        table: Option<Table> = "Table",
        tables: Option<Vec<Table>> = "Tables",
        by_name: Option<HashMap<String, Table>> = "ByName",
        choice: Option<Choice> = "Choice",
        body: ByteStream = "Body",
        ready: Option<bool> = "Ready",
        byte: Option<i8> = "Byte",
        short: Option<i16> = "Short",
        float: Option<f32> = "Float",
        double: Option<f64> = "Double",
        big_integer: Option<BigInteger> = "BigInteger",
        big_decimal: Option<BigDecimal> = "BigDecimal",
        blob: Option<Blob> = "Blob",
        at: Option<DateTime> = "At",
        document: Option<Document> = "Document",
        nested: Option<Vec<Vec<i32>>> = "Nested",
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

pub(crate) enum Choice {
    One(Table),
    Other(String),
    Unknown,
}

impl Union for Choice {
    fn schema(&self) -> &'static Schema {
        static SCHEMA: Schema = Schema::new(
            "test#Choice",
            "Choice",
            &[Member::new("one", "One"), Member::new("other", "Other")],
        );
        &SCHEMA
    }
    fn variant(&self) -> Option<(usize, &dyn Value)> {
        match self {
            Self::One(table) => Some((0, table)),
            Self::Other(text) => Some((1, text)),
            Self::Unknown => None,
        }
    }
    fn select(&mut self, index: usize) -> Option<&mut dyn Value> {
        *self = match index {
            0 => Self::One(Table::empty_structure()),
            1 => Self::Other(String::new()),
            _ => return None,
        };
        match self {
            Self::One(table) => Some(table),
            Self::Other(text) => Some(text),
            Self::Unknown => None,
        }
    }
}

tinsmith_runtime::union!(Choice);

/// A table that has this status.
pub(crate) fn table(status: &str) -> Table {
    Table {
        status: Some(Status(status.to_owned())),
        name: Some(format!("the {status} one")),
        ..Table::empty_structure()
    }
}

/// Nothing but a stream, which no expression sees.
pub(crate) fn output() -> Output {
    Output::empty_structure()
}
