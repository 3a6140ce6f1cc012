//! Flattens mixins into the shapes that use them. It must not know what members target, only whether they agree.
//!
//! Smithy specification, "Mixins".

use indexmap::IndexMap;
use serde_json::Value;

use super::{Context, RawShapes, place};
use crate::ast::{Property, PropertyReference, RawMember, RawShape, Reference};
use crate::errors::Error;
use crate::id::ShapeId;
use crate::traits::{Traits, trait_id};

#[derive(Copy, Clone, Eq, PartialEq)]
enum State {
    Unseen,
    Open,
    Done,
}

/// Gives every shape the members, traits and properties of its mixins, and every member a target.
pub(super) fn flatten(context: &Context<'_>, shapes: &mut RawShapes) -> Vec<Error> {
    let mut flattener =
        Flattener { context, states: vec![State::Unseen; shapes.len()], errors: Vec::new() };
    for start in 0..shapes.len() {
        flattener.visit(shapes, start);
    }
    flattener.errors
}

struct Flattener<'c> {
    context: &'c Context<'c>,
    states: Vec<State>,
    errors: Vec<Error>,
}

impl Flattener<'_> {
    /// Settles a shape after its mixins. The stack is explicit: a chain of mixins may be as long as the file.
    fn visit(&mut self, shapes: &mut RawShapes, start: usize) {
        if self.states[start] != State::Unseen {
            return;
        }
        self.states[start] = State::Open;
        let mut stack = vec![(start, 0)];
        while let Some((shape, next)) = stack.last_mut() {
            let (shape, at) = (*shape, *next);
            *next += 1;
            let Some(reference) = shapes[shape].mixins.get(at) else {
                self.settle(shapes, shape);
                self.states[shape] = State::Done;
                stack.pop();
                continue;
            };
            let Some(mixin) = shapes.get_index_of(&reference.id) else {
                self.dangling(shapes, shape, at);
                continue;
            };
            match self.states[mixin] {
                State::Done => {}
                State::Open => self.cycle(shapes, &stack, mixin, at),
                State::Unseen => {
                    self.states[mixin] = State::Open;
                    stack.push((mixin, 0));
                }
            }
        }
    }

    fn dangling(&mut self, shapes: &RawShapes, shape: usize, at: usize) {
        let shape = &shapes[shape];
        let reference = &shape.mixins[at];
        let message = format!(
            "{} has the mixin `{}`, which is not in the model",
            place(shape, None),
            reference.id
        );
        let error = self.context.at(reference, &shape.id, None, message);
        let help = self.context.suggest(shapes, &reference.id);
        self.errors.push(
            error.with_help(help.unwrap_or_else(|| "define it, or remove the mixin".to_owned())),
        );
    }

    fn cycle(&mut self, shapes: &RawShapes, stack: &[(usize, usize)], mixin: usize, at: usize) {
        let from = stack.iter().position(|(open, _)| *open == mixin).unwrap_or(0);
        let mut path: Vec<&str> =
            stack[from..].iter().map(|(open, _)| shapes[*open].id.as_str()).collect();
        // A long cycle is told by its two ends.
        if path.len() > 6 {
            path.splice(3..path.len() - 2, ["…"]);
        }
        path.push(shapes[mixin].id.as_str());
        let Some((shape, _)) = stack.last() else { return };
        let shape = &shapes[*shape];
        let message = format!("mixins form a cycle: {}", path.join(" → "));
        let error = self.context.at(&shape.mixins[at], &shape.id, None, message);
        self.errors.push(error.with_help("remove one of these mixins"));
    }

    /// Merges a shape's mixins, which are settled, under what it says itself.
    fn settle(&mut self, shapes: &mut RawShapes, at: usize) {
        if !shapes[at].mixins.is_empty() {
            let mut merged = Merged::default();
            let shape = &shapes[at];
            for (i, reference) in shape.mixins.iter().enumerate() {
                // Cycles and dangling mixins are reported already.
                let Some(mixin) = shapes.get(&reference.id) else { continue };
                if self.fits(shape, i, mixin) {
                    merged.inherit_traits(mixin);
                    merged.inherit_properties(mixin);
                    self.inherit_members(&mut merged.members, shape, i, mixin);
                }
            }
            let own = &mut shapes[at];
            merged.inherit_properties(own);
            override_traits(&mut merged.traits, &own.traits);
            let own_members = std::mem::take(&mut own.members);
            self.own_members(&mut merged.members, own, own_members);
            own.traits = merged.traits;
            own.version = merged.version;
            own.rename = merged.rename.into_values().collect();
            own.references = merged.references.into_values().collect();
            own.members = merged.members.into_values().collect();
        }
        self.require_targets(&shapes[at]);
    }

    fn fits(&mut self, shape: &RawShape, at: usize, mixin: &RawShape) -> bool {
        let (message, help) = if !mixin.traits.has(trait_id::MIXIN) {
            let message = format!(
                "{} has the mixin `{}`, which lacks the `mixin` trait",
                place(shape, None),
                mixin.id
            );
            (message, format!("add `{}` to its traits", trait_id::MIXIN))
        } else if mixin.kind != shape.kind {
            let (kind, other) = (shape.kind.name(), mixin.kind.name());
            let message = format!("{kind} `{}` has the {other} `{}` as mixin", shape.id, mixin.id);
            (message, "a mixin has the type of the shape that uses it".to_owned())
        } else {
            return true;
        };
        let error = self.context.at(&shape.mixins[at], &shape.id, None, message);
        self.errors.push(error.with_help(help));
        false
    }

    fn inherit_members(
        &mut self,
        members: &mut IndexMap<String, RawMember>,
        shape: &RawShape,
        at: usize,
        mixin: &RawShape,
    ) {
        for member in &mixin.members {
            let Some(earlier) = members.get_mut(&member.name) else {
                members.insert(member.name.clone(), member.clone());
                continue;
            };
            if !agree(earlier, member) {
                let message = format!(
                    "{} gets member `{}` from two mixins with different targets",
                    place(shape, None),
                    member.name
                );
                let reference = &shape.mixins[at];
                let error = self.context.at(reference, &shape.id, Some(&member.name), message);
                self.errors.push(error.with_help("rename it in one of the mixins"));
            }
            override_traits(&mut earlier.traits, &member.traits);
        }
    }

    fn own_members(
        &mut self,
        members: &mut IndexMap<String, RawMember>,
        shape: &RawShape,
        own: Vec<RawMember>,
    ) {
        for member in own {
            let Some(inherited) = members.get_mut(&member.name) else {
                members.insert(member.name.clone(), member);
                continue;
            };
            if !agree(inherited, &member) {
                let message =
                    format!("{} has another target in a mixin", place(shape, Some(&member.name)));
                let error = Error::at(self.context.source, member.span, message)
                    .on(&shape.id, Some(&member.name));
                self.errors.push(error.with_help("give both the same target, or rename one"));
            }
            override_traits(&mut inherited.traits, &member.traits);
            if !member.applied {
                inherited.span = member.span;
            }
        }
    }

    fn require_targets(&mut self, shape: &RawShape) {
        for member in shape.members.iter().filter(|member| member.target.is_none()) {
            let message = if member.applied {
                let (name, shape) = (&member.name, place(shape, None));
                format!("`apply` names member `{name}`, which {shape} does not have")
            } else {
                format!("{} has no target", place(shape, Some(&member.name)))
            };
            let known = shape.members.iter().filter(|other| other.target.is_some());
            let known = known.map(|other| &*other.name);
            let help = self.context.nearest(&member.name, known).unwrap_or_else(|| {
                let help = if member.applied {
                    "name a member it has, or remove the `apply`"
                } else {
                    "give it a target; only a member that a mixin defines may go without"
                };
                help.to_owned()
            });
            let error = Error::at(self.context.source, member.span, message)
                .on(&shape.id, Some(&member.name));
            self.errors.push(error.with_help(help));
        }
    }
}

/// Whether two definitions of a member have one target, as far as both name it.
fn agree(one: &RawMember, other: &RawMember) -> bool {
    match (&one.target, &other.target) {
        (Some(one), Some(other)) => one.id == other.id,
        _ => true,
    }
}

fn override_traits(traits: &mut Traits, later: &Traits) {
    for (id, value) in later.iter() {
        traits.insert(id, value.clone());
    }
}

/// What the mixins of a shape add up to, then with the shape's own on top.
#[derive(Default)]
struct Merged {
    traits: Traits,
    version: Option<String>,
    members: IndexMap<String, RawMember>,
    rename: IndexMap<ShapeId, (Reference, String)>,
    /// By what makes two of them one: the property, the name and, in a list, the target.
    references: IndexMap<(Property, String, Option<ShapeId>), PropertyReference>,
}

impl Merged {
    /// Smithy specification, "Mixins: Traits and mixins" and "Mixin local traits".
    fn inherit_traits(&mut self, mixin: &RawShape) {
        let local = mixin.traits.get(trait_id::MIXIN).and_then(|value| value.get("localTraits"));
        let local = local.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (id, value) in mixin.traits.iter() {
            let stays = id == trait_id::MIXIN || local.iter().any(|name| name.as_str() == Some(id));
            if !stays {
                self.traits.insert(id, value.clone());
            }
        }
    }

    /// Smithy specification, "Mixins: Mixins on shapes with non-member properties".
    fn inherit_properties(&mut self, from: &RawShape) {
        if from.version.is_some() {
            self.version.clone_from(&from.version);
        }
        for item in &from.rename {
            self.rename.insert(item.0.id.clone(), item.clone());
        }
        for item in &from.references {
            let listed = !item.property.is_single() && item.name.is_empty();
            let target = listed.then(|| item.reference.id.clone());
            self.references.insert((item.property, item.name.clone(), target), item.clone());
        }
    }
}
