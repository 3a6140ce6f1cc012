//! The walk through two models at once. It must not know what facts there are.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use super::facts::{Facts, Side as Model};
use super::{Difference, Side};
use crate::prelude::UNIT;
use crate::shape::{Member, Shape, ShapeKind, ShapeRef};
use crate::traits::trait_id;

/// Values longer than this are cut.
const LONGEST: usize = 100;

pub(super) struct Walk<'m> {
    first: Model<'m>,
    second: Model<'m>,
    seen: HashSet<(ShapeRef, ShapeRef)>,
    found: Vec<Difference>,
}

/// What a shape is, `enum` for strings with the trait of Smithy 1.0 as well.
fn type_name(shape: &Shape) -> &'static str {
    match &shape.kind {
        ShapeKind::String if shape.traits.has(trait_id::ENUM) => "enum",
        _ => shape.type_name(),
    }
}

impl<'m> Walk<'m> {
    pub(super) fn new(
        first: (&'m crate::Model, ShapeRef),
        second: (&'m crate::Model, ShapeRef),
    ) -> Self {
        Walk {
            first: Model::new(first),
            second: Model::new(second),
            seen: HashSet::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Vec<Difference> {
        self.facts("", &self.first.service_facts(), &self.second.service_facts());
        let operations = |side: &Model<'m>| -> BTreeMap<&'m str, ShapeRef> {
            let all = side.model.operations(side.service);
            all.into_iter().map(|r| (side.model.shape(r).id.name(), r)).collect()
        };
        let (first, second) = (operations(&self.first), operations(&self.second));
        for (name, a, b) in paired(&first, &second) {
            match (a, b) {
                (Some(a), Some(b)) => self.operation(name, *a, *b),
                (a, _) => self.one_sided(name, "operation", a.is_some(), ""),
            }
        }
        self.found
    }

    fn operation(&mut self, name: &'m str, a: ShapeRef, b: ShapeRef) {
        self.facts(name, &self.first.operation_facts(a), &self.second.operation_facts(b));
        let (first, second) = (self.first.waiters(a), self.second.waiters(b));
        for (waiter, a, b) in paired(&first, &second) {
            match (a, b) {
                (Some(a), Some(b)) if same(a, b) => {}
                (Some(a), Some(b)) => self.both(name, trait_id::WAITABLE, a, b),
                (a, _) => self.one_sided(name, trait_id::WAITABLE, a.is_some(), waiter),
            }
        }
        let (a, b) = (self.first.model.shape(a), self.second.model.shape(b));
        let (Some(a), Some(b)) = (a.as_operation(), b.as_operation()) else { return };
        for (what, a, b) in [("input", a.input, b.input), ("output", a.output, b.output)] {
            let is_unit = |side: &Model<'_>, r: ShapeRef| side.model.shape(r).id.as_str() == UNIT;
            match (is_unit(&self.first, a), is_unit(&self.second, b)) {
                (false, false) => self.structures(&format!("{name} {what}"), a, b, false),
                (true, true) => {}
                (no_first, _) => self.one_sided(name, what, !no_first, ""),
            }
        }
        let errors = |side: &Model<'m>, errors: &[ShapeRef]| -> BTreeMap<&'m str, ShapeRef> {
            let service = side.model.shape(side.service).as_service();
            let common = service.into_iter().flat_map(|service| &service.errors);
            errors.iter().chain(common).map(|r| (side.model.shape(*r).id.name(), *r)).collect()
        };
        let (a, b) = (errors(&self.first, &a.errors), errors(&self.second, &b.errors));
        for (error, a, b) in paired(&a, &b) {
            match (a, b) {
                (Some(a), Some(b)) => self.structures(error, *a, *b, true),
                (a, _) => self.one_sided(name, "error", a.is_some(), error),
            }
        }
    }

    /// Structures or unions: their facts, and their members.
    fn structures(&mut self, place: &str, a: ShapeRef, b: ShapeRef, is_named: bool) {
        if !self.seen.insert((a, b)) {
            return;
        }
        let (a, b) = (self.first.model.shape(a), self.second.model.shape(b));
        if is_named && a.id.name() != b.id.name() {
            self.both(place, "name", &json!(a.id.name()), &json!(b.id.name()));
        }
        let place = if is_named { a.id.name() } else { place };
        self.facts(place, &self.first.structure_facts(a), &self.second.structure_facts(b));
        let by_name = |shape: &'m Shape| -> BTreeMap<&'m str, &'m Member> {
            shape.members().iter().map(|member| (member.name.as_str(), member)).collect()
        };
        let (first, second) = (by_name(a), by_name(b));
        let what = if a.is_error() { "member of an error" } else { "member" };
        for (name, a, b) in paired(&first, &second) {
            match (a, b) {
                (Some(a), Some(b)) => self.member(&format!("{place}${name}"), a, b),
                (a, _) => self.one_sided(place, what, a.is_some(), name),
            }
        }
    }

    fn member(&mut self, place: &str, a: &'m Member, b: &'m Member) {
        self.facts(place, &self.first.member_facts(a), &self.second.member_facts(b));
        self.targets(place, a.target, b.target);
    }

    fn targets(&mut self, place: &str, r: ShapeRef, s: ShapeRef) {
        let (a, b) = (self.first.model.shape(r), self.second.model.shape(s));
        if type_name(a) != type_name(b) {
            self.both(place, "type", &json!(type_name(a)), &json!(type_name(b)));
        }
        match (&a.kind, &b.kind) {
            (
                ShapeKind::Structure(_) | ShapeKind::Union(_),
                ShapeKind::Structure(_) | ShapeKind::Union(_),
            ) => self.structures(place, r, s, true),
            (ShapeKind::List(a), ShapeKind::List(b)) => self.member(&format!("{place}[]"), a, b),
            (ShapeKind::Map { key: k, value: v }, ShapeKind::Map { key: l, value: w }) => {
                self.member(&format!("{place}{{key}}"), k, l);
                self.member(&format!("{place}{{value}}"), v, w);
            }
            _ if type_name(a) == "enum" && type_name(b) == "enum" => self.enums(place, r, s),
            _ => {}
        }
    }

    fn enums(&mut self, place: &str, r: ShapeRef, s: ShapeRef) {
        if !self.seen.insert((r, s)) {
            return;
        }
        let (a, b) = (self.first.model.shape(r), self.second.model.shape(s));
        if a.id.name() != b.id.name() {
            self.both(place, "name", &json!(a.id.name()), &json!(b.id.name()));
        }
        let place = a.id.name();
        let (first, second) = (values(a), values(b));
        for (value, a, b) in paired(&first, &second) {
            match (a, b) {
                (Some(Some(a)), Some(Some(b))) if a == b => {}
                (Some(Some(a)), Some(Some(b))) => {
                    self.both(&format!("{place} {value:?}"), "value name", &json!(a), &json!(b));
                }
                (Some(a), Some(_)) => self.one_sided(place, "value name", a.is_some(), value),
                (a, _) => self.one_sided(place, "value", a.is_some(), value),
            }
        }
    }

    fn facts(&mut self, place: &str, first: &Facts, second: &Facts) {
        for (what, a, b) in paired(first, second) {
            match (a, b) {
                (Some(a), Some(b)) if same(a, b) => {}
                (Some(a), Some(b)) => self.both(place, what, a, b),
                (Some(a), None) => self.one_sided(place, what, true, &shown(a)),
                (_, b) => {
                    self.one_sided(place, what, false, &b.map(shown).unwrap_or_default());
                }
            }
        }
    }

    fn both(&mut self, place: &str, what: &'static str, a: &Value, b: &Value) {
        let (first, second) = (shown(a), shown(b));
        self.found.push(Difference {
            what,
            side: Side::Both,
            place: place.to_owned(),
            first,
            second,
        });
    }

    fn one_sided(&mut self, place: &str, what: &'static str, is_first: bool, value: &str) {
        let (side, first, second) = if is_first {
            (Side::First, value.to_owned(), String::new())
        } else {
            (Side::Second, String::new(), value.to_owned())
        };
        self.found.push(Difference { what, side, place: place.to_owned(), first, second });
    }
}

/// The entries of two maps, matched by key, in order.
fn paired<'t, K: Ord + Copy, V>(
    first: &'t BTreeMap<K, V>,
    second: &'t BTreeMap<K, V>,
) -> impl Iterator<Item = (K, Option<&'t V>, Option<&'t V>)> {
    let mut keys: Vec<K> = first.keys().chain(second.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(|key| (key, first.get(&key), second.get(&key)))
}

/// The values of an enum, with the names they have, if any.
fn values(shape: &Shape) -> BTreeMap<&str, Option<&str>> {
    let by_trait = shape.traits.get(trait_id::ENUM).and_then(Value::as_array);
    let by_trait = by_trait.into_iter().flatten().filter_map(|definition| {
        Some((definition.get("value")?.as_str()?, definition.get("name").and_then(Value::as_str)))
    });
    let members = shape
        .members()
        .iter()
        .filter_map(|member| Some((member.enum_value()?.as_str()?, Some(member.name.as_str()))));
    members.chain(by_trait).collect()
}

/// Whether two values are the same, `1` and `1.0` and objects in another order too.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

fn shown(value: &Value) -> String {
    let mut text = value.to_string();
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}
