//! Validates what binding alone does not show: enum values, defaults, lists of themselves. It must not know the source's format.

use std::collections::HashMap;

use serde_json::Value;

use crate::errors::Error;
use crate::model::Model;
use crate::names::article;
use crate::shape::{Member, Shape, ShapeKind, ShapeRef};
use crate::traits::trait_id;

/// What is wrong with a model whose references are sound.
pub(super) fn check(model: &Model) -> Vec<Error> {
    let mut errors = Vec::new();
    for (r, shape) in model.shapes() {
        for member in shape.members() {
            match shape.kind {
                ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {
                    errors.extend(enum_value(model, r, member));
                }
                ShapeKind::Structure(_) => errors.extend(default(model, r, member)),
                _ => {}
            }
        }
        errors.extend(repeated_value(model, r, shape));
    }
    errors.extend(endless(model));
    errors
}

/// Smithy specification, "Simple types: enum" and "intEnum".
fn enum_value(model: &Model, r: ShapeRef, member: &Member) -> Option<Error> {
    let shape = model.shape(r);
    let value = member.enum_value();
    let (fits, wanted) = match shape.kind {
        ShapeKind::IntEnum(_) => {
            let number = value.and_then(Value::as_i64);
            (number.is_some_and(|n| i32::try_from(n).is_ok()), "an integer of 32 bits")
        }
        _ => (value.is_some_and(Value::is_string), "a string"),
    };
    if fits {
        return None;
    }
    let kind = shape.type_name();
    let message = match value {
        Some(_) => format!(
            "member `{}` of {kind} `{}` has a value that is not {wanted}",
            member.name, shape.id
        ),
        None => format!("member `{}` of {kind} `{}` has no value", member.name, shape.id),
    };
    let help = format!("give it the trait `{}` with {wanted}", trait_id::ENUM_VALUE);
    Some(model.error(r, Some(&member.name), message, Some(&help)))
}

/// Two members of one enum with one value could not be told apart on the wire.
fn repeated_value(model: &Model, r: ShapeRef, shape: &Shape) -> Vec<Error> {
    if !matches!(shape.kind, ShapeKind::Enum(_) | ShapeKind::IntEnum(_)) {
        return Vec::new();
    }
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut errors = Vec::new();
    for member in shape.members() {
        let Some(value) = member.enum_value() else { continue };
        if let Some(first) = seen.insert(value.to_string(), &member.name) {
            let message =
                format!("members `{first}` and `{}` of `{}` have one value", member.name, shape.id);
            errors.push(model.error(r, Some(&member.name), message, Some("remove one of them")));
        }
    }
    errors
}

/// Smithy specification, "Type refinement traits: default", as far as a look at the value tells.
fn default(model: &Model, r: ShapeRef, member: &Member) -> Option<Error> {
    let value = member.traits.get(trait_id::DEFAULT)?;
    let target = model.shape(member.target);
    let fits = match (&target.kind, value) {
        (_, Value::Null) | (ShapeKind::Document, _) => true,
        (ShapeKind::Boolean, value) => value.is_boolean(),
        (
            ShapeKind::Byte
            | ShapeKind::Short
            | ShapeKind::Integer
            | ShapeKind::Long
            | ShapeKind::BigInteger
            | ShapeKind::IntEnum(_),
            value,
        ) => value.as_number().is_some_and(|number| {
            // `1.0` is an integer to JSON.
            !number.is_f64() || number.as_f64().is_some_and(|n| n.fract() == 0.0)
        }),
        // These have values that JSON numbers lack: "NaN", or more digits.
        (ShapeKind::Float | ShapeKind::Double | ShapeKind::BigDecimal, value)
        | (ShapeKind::Timestamp, value) => value.is_number() || value.is_string(),
        (ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Blob, value) => value.is_string(),
        (ShapeKind::List(_), value) => value.as_array().is_some_and(Vec::is_empty),
        (ShapeKind::Map { .. }, value) => value.as_object().is_some_and(|map| map.is_empty()),
        _ => false,
    };
    if fits {
        return None;
    }
    let message = format!(
        "member `{}` of structure `{}` has a default that its target, {} {}, cannot have",
        member.name,
        model.shape(r).id,
        article(target.type_name()),
        target.type_name()
    );
    let help = format!("change or remove the trait `{}`", trait_id::DEFAULT);
    Some(model.error(r, Some(&member.name), message, Some(&help)))
}

/// Smithy specification, "Recursive shape definitions": only structures and unions can end a recursion.
fn endless(model: &Model) -> Vec<Error> {
    let next = |r: ShapeRef| match &model.shape(r).kind {
        ShapeKind::List(member) => Some(member.target),
        ShapeKind::Map { value, .. } => Some(value.target),
        _ => None,
    };
    // Each list or map has one successor, so a walk either ends or comes back to itself.
    let mut seen_in_walk: HashMap<ShapeRef, ShapeRef> = HashMap::new();
    let mut errors = Vec::new();
    for (start, _) in model.shapes() {
        let mut at = start;
        while !seen_in_walk.contains_key(&at) {
            let Some(target) = next(at) else { break };
            seen_in_walk.insert(at, start);
            at = target;
            if seen_in_walk.get(&at) == Some(&start) {
                let message = format!("`{}` contains nothing but itself", model.shape(at).id);
                let help = "put a structure or a union between";
                errors.push(model.error(at, None, message, Some(help)));
            }
        }
    }
    errors
}
