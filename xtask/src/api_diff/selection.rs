//! What of an official crate belongs to some operations: the rest isn't missing where only these were generated. It
//! must not know models.

use std::collections::BTreeSet;

use super::surface::{Kind, Surface};

/// Modules with a module an operation, or one a waiter.
const OPERATIONS: &str = "crate::operation";
const WAITERS: &str = "crate::waiters";
/// Types are there for operations.
const TYPES: &str = "crate::types";
/// The error of the whole service has a variant for each error of each operation.
const SERVICE_ERROR: &str = "crate::Error";

/// Leaves those items of the official crate that the operations of ours need; the number of its operations that are
/// left.
pub(super) fn restrict(official: &mut Surface, ours: &Surface) -> usize {
    let theirs = modules(official, OPERATIONS);
    let kept = modules(ours, OPERATIONS);
    let mut dropped: BTreeSet<String> = theirs.difference(&kept).cloned().collect();
    // A waiter is dropped if it waits with an operation that is.
    for waiter in modules(official, WAITERS) {
        let inside = |name: &str| within(name, &waiter);
        let waits = official.iter().filter(|((_, name), _)| inside(name));
        if waits.into_iter().any(|((_, name), text)| mentions(name, text, &dropped)) {
            dropped.insert(waiter);
        }
    }
    official.retain(|(_, name), text| !mentions(name, text, &dropped));
    let types = reached(official);
    official.retain(|(kind, name), text| match unit(name) {
        Some(unit) => types.contains(unit),
        // What turns them into others, or wraps them.
        None if *kind == Kind::Module => true,
        None => paths(name).chain(paths(text)).filter_map(unit).all(|unit| types.contains(unit)),
    });
    theirs.intersection(&kept).count()
}

/// The modules right below one.
fn modules(surface: &Surface, parent: &str) -> BTreeSet<String> {
    let modules = surface.keys().filter(|(kind, _)| *kind == Kind::Module).map(|(_, name)| name);
    let below = |name: &&String| {
        name.strip_prefix(parent)
            .and_then(|rest| rest.strip_prefix("::"))
            .is_some_and(|rest| !rest.contains("::"))
    };
    modules.filter(below).cloned().collect()
}

fn within(path: &str, parent: &str) -> bool {
    path.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn mentions(name: &str, text: &str, dropped: &BTreeSet<String>) -> bool {
    paths(name).chain(paths(text)).any(|path| dropped.iter().any(|parent| within(path, parent)))
}

/// The paths of the crate that a text has.
pub(super) fn paths(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("crate::").map(|(at, _)| {
        let rest = &text[at..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '_' | '#'));
        rest[..end.unwrap_or(rest.len())].trim_end_matches(':')
    })
}

/// The type of the service, its builder included, that a path lies in: `crate::types::Tag`.
fn unit(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(TYPES)?.strip_prefix("::")?;
    let mut end = TYPES.len();
    for part in rest.split("::") {
        end += 2 + part.len();
        if part.starts_with(|c: char| c.is_uppercase()) {
            return Some(&path[..end]);
        }
    }
    None
}

/// All types that are named outside of types, but in the service's error, and those that they name in turn.
fn reached(official: &Surface) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let root = |name: &str, text: &str| -> Vec<String> {
        let said = paths(text).chain(paths(name));
        said.filter_map(unit).map(str::to_owned).collect()
    };
    let outside = official.iter().filter(|((kind, name), _)| {
        *kind != Kind::Impl && unit(name).is_none() && !within(name, SERVICE_ERROR)
    });
    let mut next: Vec<String> = outside.flat_map(|((_, name), text)| root(name, text)).collect();
    while let Some(name) = next.pop() {
        if !reached.insert(name.clone()) {
            continue;
        }
        let inside = official.iter().filter(|((_, item), _)| unit(item) == Some(&name));
        next.extend(inside.flat_map(|((_, item), text)| root(item, text)));
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surface(items: &[(Kind, &str, &str)]) -> Surface {
        let item = |(kind, name, text): &(Kind, &str, &str)| {
            ((*kind, (*name).to_owned()), (*text).to_owned())
        };
        items.iter().map(item).collect()
    }

    #[test]
    fn what_only_other_operations_need_is_left_out() {
        let kept = [
            (Kind::Feature, "client", ""),
            (Kind::Module, "crate::operation::get", ""),
            (Kind::Module, "crate::waiters::got", ""),
            (Kind::Module, "crate::types::error", ""),
            (Kind::Type, "crate::Error", "enum"),
            (Kind::Type, "crate::types::Got", "struct"),
            (Kind::Type, "crate::types::Inner", "struct"),
            (Kind::Type, "crate::types::builders::GotBuilder", "struct"),
            (Kind::Field, "crate::operation::get::GetOutput::got", "got: crate::types::Got"),
            (Kind::Field, "crate::types::Got::inner", "inner: Option<crate::types::Inner>"),
            (Kind::Method, "crate::Client::get", "fn get(&self) -> crate::operation::get::Builder"),
            (Kind::Method, "crate::types::Got::b", "fn b() -> crate::types::builders::GotBuilder"),
            (Kind::Method, "crate::waiters::got::Builder::wait", "-> crate::operation::get::X"),
            (Kind::Impl, "core::clone::Clone for crate::types::Got", ""),
        ];
        let left_out = [
            (Kind::Module, "crate::operation::put", ""),
            (Kind::Module, "crate::waiters::there", ""),
            (Kind::Type, "crate::types::Put", "struct"),
            (Kind::Type, "crate::types::error::NoRoom", "struct"),
            (Kind::Field, "crate::operation::put::PutInput::it", "it: crate::types::Put"),
            (Kind::Variant, "crate::Error::NoRoom", "NoRoom(crate::types::error::NoRoom)"),
            (Kind::Method, "crate::Client::put", "fn put(&self) -> crate::operation::put::Builder"),
            (Kind::Method, "crate::waiters::there::Builder::wait", "-> crate::operation::put::X"),
            (Kind::Impl, "core::convert::From<crate::operation::put::E> for crate::Error", ""),
            (Kind::Impl, "core::clone::Clone for crate::types::Put", ""),
        ];
        let mut official = surface(&[&kept[..], &left_out[..]].concat());
        let ours = surface(&[(Kind::Module, "crate::operation::get", "")]);
        assert_eq!(restrict(&mut official, &ours), 1);
        assert_eq!(official, surface(&kept));
    }
}
