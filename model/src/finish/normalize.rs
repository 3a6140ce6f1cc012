//! Makes explicit what a version of the specification leaves implied. It must not know anything but the shapes.

use serde_json::Value;

use super::RawShapes;
use crate::ast::{RawMember, Type, Version};
use crate::traits::trait_id;

/// States enum values that follow from names and, for Smithy 1.0, the defaults that follow from types.
pub(super) fn normalize(version: Version, shapes: &mut RawShapes) {
    enum_values(shapes);
    if version == Version::V1 {
        root_defaults(shapes);
        member_defaults(shapes);
    }
}

/// Smithy specification, "Simple types: enum": the value of a member that states none is its name.
fn enum_values(shapes: &mut RawShapes) {
    for shape in shapes.values_mut().filter(|shape| shape.kind == Type::Enum) {
        for member in &mut shape.members {
            member.traits.insert_if_absent(trait_id::ENUM_VALUE, Value::from(&*member.name));
        }
    }
}

/// "Smithy IDL 1.0 to 2.0 Migration Guide": booleans and numbers without `box` default to zero.
fn root_defaults(shapes: &mut RawShapes) {
    // The prelude has no place in the file and states its defaults itself.
    for shape in shapes.values_mut().filter(|shape| shape.span.is_some()) {
        if let Some(zero) = shape.kind.zero_value()
            && !shape.traits.has(trait_id::BOX)
            && shape.id.namespace() != "smithy.api"
        {
            shape.traits.insert_if_absent(trait_id::DEFAULT, zero);
        }
    }
}

/// The members of structures repeat the default of their target; a streaming blob's is empty.
fn member_defaults(shapes: &mut RawShapes) {
    for at in 0..shapes.len() {
        if shapes[at].kind != Type::Structure {
            continue;
        }
        let mut members = std::mem::take(&mut shapes[at].members);
        for member in &mut members {
            if let Some(default) = implied_default(shapes, member) {
                member.traits.insert_if_absent(trait_id::DEFAULT, default);
            }
        }
        shapes[at].members = members;
    }
}

fn implied_default(shapes: &RawShapes, member: &RawMember) -> Option<Value> {
    let target = shapes.get(&member.target.as_ref()?.id)?;
    if member.traits.has(trait_id::BOX) || target.traits.has(trait_id::BOX) {
        return None;
    }
    if target.kind == Type::Blob && target.traits.has(trait_id::STREAMING) {
        return (!member.traits.has(trait_id::REQUIRED)).then(|| Value::from(""));
    }
    target.kind.zero_value()?;
    target.traits.get(trait_id::DEFAULT).cloned()
}
