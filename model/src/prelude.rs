//! The shapes every model has: Smithy specification, "Prelude". It must not know what a file adds to them.

use serde_json::{Map, Value};

use crate::ast::{RawShape, Type};
use crate::id::ShapeId;
use crate::traits::trait_id;

/// The input and output of an operation that writes none, and the target of enum members.
pub(crate) const UNIT: &str = "smithy.api#Unit";

const SHAPES: [(&str, Type); 21] = [
    ("smithy.api#String", Type::String),
    ("smithy.api#Blob", Type::Blob),
    ("smithy.api#BigInteger", Type::BigInteger),
    ("smithy.api#BigDecimal", Type::BigDecimal),
    ("smithy.api#Timestamp", Type::Timestamp),
    ("smithy.api#Document", Type::Document),
    ("smithy.api#Boolean", Type::Boolean),
    ("smithy.api#Byte", Type::Byte),
    ("smithy.api#Short", Type::Short),
    ("smithy.api#Integer", Type::Integer),
    ("smithy.api#Long", Type::Long),
    ("smithy.api#Float", Type::Float),
    ("smithy.api#Double", Type::Double),
    ("smithy.api#PrimitiveBoolean", Type::Boolean),
    ("smithy.api#PrimitiveByte", Type::Byte),
    ("smithy.api#PrimitiveShort", Type::Short),
    ("smithy.api#PrimitiveInteger", Type::Integer),
    ("smithy.api#PrimitiveLong", Type::Long),
    ("smithy.api#PrimitiveFloat", Type::Float),
    ("smithy.api#PrimitiveDouble", Type::Double),
    (UNIT, Type::Structure),
];

/// The prelude in a fixed order.
pub(crate) fn shapes() -> impl Iterator<Item = RawShape> {
    SHAPES.into_iter().filter_map(|(text, kind)| {
        let id: ShapeId = text.parse().ok()?;
        let primitive = id.name().starts_with("Primitive");
        let mut shape = RawShape::new(id, None, kind);
        if let Some(zero) = kind.zero_value().filter(|_| primitive) {
            shape.traits.insert(trait_id::DEFAULT, zero);
        }
        if text == UNIT {
            shape.traits.insert("smithy.api#unitType", Value::Object(Map::new()));
        }
        Some(shape)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_shape() {
        assert_eq!(shapes().count(), SHAPES.len());
    }

    #[test]
    fn only_primitives_have_defaults() {
        for shape in shapes() {
            let primitive = shape.id.name().starts_with("Primitive");
            assert_eq!(shape.traits.has(trait_id::DEFAULT), primitive, "{}", shape.id);
        }
    }
}
