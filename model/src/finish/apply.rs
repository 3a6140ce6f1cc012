//! Applies traits to the shapes and members they are for. It must not know what mixins will add.
//!
//! Smithy specification, "JSON AST: AST apply type" and "Merging model files: Trait conflicts".

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::{Context, RawShapes, place};
use crate::ast::{Apply, RawMember, RawShape};
use crate::errors::Error;
use crate::id::ShapeId;
use crate::traits::Traits;

/// Merges every apply into the shape it names.
///
/// A member that the shape does not define itself is added without a target: a mixin may have it.
pub(super) fn apply(
    context: &Context<'_>,
    shapes: &mut RawShapes,
    applies: Vec<Apply>,
) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut by_shape: IndexMap<ShapeId, Vec<Apply>> = IndexMap::new();
    for apply in applies {
        by_shape.entry(apply.target.id.clone()).or_default().push(apply);
    }
    for (id, applies) in by_shape {
        if let Some(shape) = shapes.get_mut(&id) {
            apply_to(context, shape, applies, &mut errors);
            continue;
        }
        let help = context.suggest(shapes, &id);
        for apply in applies {
            let message = format!("`apply` names `{id}`, which is not in the model");
            let error = context.at(&apply.target, &id, apply.member.as_deref(), message);
            errors.push(match &help {
                Some(help) => error.with_help(help.clone()),
                None => error.with_help("define the shape, or remove the `apply`"),
            });
        }
    }
    errors
}

fn apply_to(
    context: &Context<'_>,
    shape: &mut RawShape,
    applies: Vec<Apply>,
    errors: &mut Vec<Error>,
) {
    let mut positions: HashMap<String, usize> =
        shape.members.iter().enumerate().map(|(i, member)| (member.name.clone(), i)).collect();
    for apply in applies {
        let traits = match &apply.member {
            None => &mut shape.traits,
            Some(name) => {
                let at = *positions.entry(name.clone()).or_insert(shape.members.len());
                if at == shape.members.len() {
                    shape.members.push(RawMember {
                        name: name.clone(),
                        target: None,
                        traits: Traits::default(),
                        span: apply.target.span,
                        applied: true,
                    });
                }
                &mut shape.members[at].traits
            }
        };
        for id in merge(traits, &apply.traits) {
            let member = apply.member.as_deref();
            let message = format!(
                "trait `{id}` is applied to {} with a value other than it has there",
                place(shape, member)
            );
            let error = context.at(&apply.target, &shape.id, member, message);
            errors.push(error.with_help("keep one of the two values"));
        }
    }
}

/// Adds traits: equal values are one, lists are joined, anything else that differs is a conflict and is returned.
fn merge(traits: &mut Traits, applied: &Traits) -> Vec<String> {
    let mut conflicts = Vec::new();
    for (id, value) in applied.iter() {
        match (traits.get(id), value) {
            (None, _) => drop(traits.insert(id, value.clone())),
            (Some(present), value) if present == value => {}
            (Some(Value::Array(present)), Value::Array(more)) => {
                let joined = present.iter().chain(more).cloned().collect();
                traits.insert(id, Value::Array(joined));
            }
            _ => conflicts.push(id.to_owned()),
        }
    }
    conflicts
}
