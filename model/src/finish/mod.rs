//! Raw shapes to a model: every reference is bound or rejected here, before anything else looks at the model.
//!
//! It must not know the format that the shapes were read from. Errors are collected by phase: a later phase runs
//! only over what the earlier ones found sound, so that one mistake is not reported as several.

mod apply;
mod bind;
mod check;
mod mixins;
mod normalize;

use std::cell::Cell;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::ast::{Ast, RawShape, Reference};
use crate::errors::{Error, Errors};
use crate::id::ShapeId;
use crate::model::Model;
use crate::names::{did_you_mean, nearest};
use crate::prelude;
use crate::source::Source;

/// Names are compared with all others for so many errors only; nobody reads more, and it is quadratic.
const SUGGESTIONS: usize = 20;

type RawShapes = IndexMap<ShapeId, RawShape>;

/// Merges applies and mixins, binds every reference, validates what shapes refer to.
pub(crate) fn finish(source: &Arc<Source>, mut ast: Ast) -> Result<Model, Errors> {
    for shape in prelude::shapes() {
        // A file that spells the prelude out is taken at its word.
        ast.shapes.entry(shape.id.clone()).or_insert(shape);
    }
    let context = Context { source, suggested: Cell::new(0) };
    Errors::check(apply::apply(&context, &mut ast.shapes, ast.applies))?;
    Errors::check(mixins::flatten(&context, &mut ast.shapes))?;
    normalize::normalize(ast.version, &mut ast.shapes);
    let shapes = bind::bind(&context, ast.shapes)?;
    let model = Model::new(Arc::clone(source), ast.metadata, shapes);
    Errors::check(check::check(&model))?;
    Ok(model)
}

/// What all phases report through.
struct Context<'s> {
    source: &'s Arc<Source>,
    suggested: Cell<usize>,
}

impl Context<'_> {
    /// An error at a reference that a shape, or a member of it, makes.
    fn at(
        &self,
        reference: &Reference,
        shape: &ShapeId,
        member: Option<&str>,
        message: String,
    ) -> Error {
        Error::at(self.source, reference.span, message).on(shape, member)
    }

    /// Whether one more search for names is worth its time.
    fn may_suggest(&self) -> bool {
        let count = self.suggested.get();
        self.suggested.set(count + 1);
        count < SUGGESTIONS
    }

    /// The mend for a name that is not among the known: the nearest of them.
    fn nearest<'a>(&self, name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
        if self.may_suggest() { did_you_mean(&nearest(name, known)) } else { None }
    }

    /// The mend for an ID that names nothing: the nearest IDs that name something.
    fn suggest(&self, shapes: &RawShapes, id: &ShapeId) -> Option<String> {
        if !self.may_suggest() {
            return None;
        }
        // A right name in the wrong namespace is the likeliest mistake.
        let elsewhere: Vec<&str> =
            shapes.keys().filter(|k| k.name() == id.name()).map(ShapeId::as_str).take(3).collect();
        if !elsewhere.is_empty() {
            return did_you_mean(&elsewhere);
        }
        let home = shapes.keys().filter(|known| known.namespace() == id.namespace());
        let mut near = nearest(id.name(), home.map(ShapeId::name));
        if near.is_empty() {
            near = nearest(id.name(), shapes.keys().map(ShapeId::name));
        }
        let full: Vec<&str> =
            near.iter().filter_map(|name| by_name(shapes, name, id.namespace())).collect();
        did_you_mean(&full)
    }
}

/// The ID with this name, in this namespace rather than in another.
fn by_name<'s>(shapes: &'s RawShapes, name: &str, namespace: &str) -> Option<&'s str> {
    let named = shapes.keys().filter(|id| id.name() == name);
    named.max_by_key(|id| id.namespace() == namespace).map(ShapeId::as_str)
}

/// "structure `ns#Name`, member `name`": how messages name a place.
fn place(shape: &RawShape, member: Option<&str>) -> String {
    match member {
        Some(member) => format!("member `{member}` of {} `{}`", shape.kind.name(), shape.id),
        None => format!("{} `{}`", shape.kind.name(), shape.id),
    }
}
