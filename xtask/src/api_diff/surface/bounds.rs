//! Whether a type has what a bound asks for, from the implementations that are documented. It must not know why it is
//! asked.

use std::collections::HashMap;

use rustdoc_types::{GenericArg, GenericArgs, Impl, ItemEnum, Path, Type};

use crate::api_diff::docs::{At, World};
use crate::api_diff::render::{Context, Predicates, Scope};

/// Bounds may lead to more bounds; so many in a row are enough.
const DEPTH: usize = 12;

/// What `()` is, by the compiler or by `core`, of whose documentation only names are known.
const OF_UNIT: &[&str] = &[
    "core::clone::Clone",
    "core::cmp::PartialEq",
    "core::default::Default",
    "core::fmt::Debug",
    "core::marker::Send",
    "core::marker::Sync",
    "core::marker::Unpin",
    "core::panic::unwind_safe::RefUnwindSafe",
    "core::panic::unwind_safe::UnwindSafe",
];

/// Implementations with parameters, by the name of the trait.
pub(super) type Generic = HashMap<String, Vec<At>>;

pub(super) fn generic(context: Context<'_>) -> Generic {
    let mut found = Generic::new();
    for (at, it) in context.world.impls() {
        let (Some(trait_), None, false) = (&it.trait_, &it.blanket_impl, it.is_negative) else {
            continue;
        };
        if !it.generics.params.is_empty() {
            let name = Scope::new(context, at.docs).path(trait_);
            found.entry(head(&name).to_owned()).or_default().push(at);
        }
    }
    found
}

/// Whether all of these are met.
pub(super) fn met(context: Context<'_>, generic: &Generic, predicates: &Predicates) -> bool {
    Solver { context, generic, assumed: &Predicates::new() }.all(predicates, 0)
}

/// Whether a type has a trait by an implementation with more parameters than this one, `impl … Trait for Type where …`.
pub(super) fn follows(
    context: Context<'_>,
    generic: &Generic,
    (trait_, of): (&str, &str),
    text: &str,
) -> bool {
    // What its associated types are doesn't follow.
    if text.contains("; type ") {
        return false;
    }
    let mut assumed = Predicates::new();
    let bounds = text.split_once(" where ").map_or("", |(_, bounds)| bounds);
    for clause in arguments(&format!("<{bounds}>")) {
        if let Some((of, bounds)) = clause.split_once(": ") {
            let bounds = bounds.split(" + ").map(str::to_owned);
            assumed.entry(of.to_owned()).or_default().extend(bounds);
        }
    }
    Solver { context, generic, assumed: &assumed }.is_generic(of, trait_, 0)
}

/// Lets the parameters in `pattern` stand for what they must so that it is `text`; says whether that can be.
pub(super) fn unify(pattern: &Type, text: &str, scope: &mut Scope<'_>) -> bool {
    match pattern {
        Type::Generic(name) if !scope.is_bound(name) => {
            scope.bind(name, text);
            true
        }
        Type::ResolvedPath(path) => {
            let meaning = scope.context.names.meaning(text).unwrap_or(text).to_owned();
            unify_path(path, &meaning, scope) && {
                let whole = scope.type_(pattern);
                whole == text || scope.context.names.meaning(&whole) == Some(&meaning)
            }
        }
        other => scope.type_(other) == text,
    }
}

/// The arguments of a path, as far as they are written; the rest are defaults.
fn unify_path(path: &Path, text: &str, scope: &mut Scope<'_>) -> bool {
    let Some(GenericArgs::AngleBracketed { args, .. }) = path.args.as_deref() else { return true };
    let types = args.iter().filter_map(|it| match it {
        GenericArg::Type(it) => Some(it),
        _ => None,
    });
    let texts = arguments(text).into_iter().filter(|it| !it.starts_with('\''));
    types.zip(texts).all(|(pattern, text)| unify(pattern, text, scope))
}

/// Lets the parameters in the arguments of `path` stand for what they must so that these are `texts`, all of them.
pub(super) fn unify_arguments(path: &Path, texts: &[String], scope: &mut Scope<'_>) -> bool {
    if let Some(GenericArgs::AngleBracketed { args, .. }) = path.args.as_deref() {
        let types = args.iter().filter_map(|it| match it {
            GenericArg::Type(it) => Some(it),
            _ => None,
        });
        if !types.zip(texts).all(|(pattern, text)| unify(pattern, text, scope)) {
            return false;
        }
    }
    scope.all_arguments(path) == texts
}

struct Solver<'w, 'g> {
    context: Context<'w>,
    generic: &'g Generic,
    /// What parameters are known to be.
    assumed: &'g Predicates,
}

impl Solver<'_, '_> {
    fn all(&self, predicates: &Predicates, depth: usize) -> bool {
        predicates
            .iter()
            .all(|(of, bounds)| bounds.iter().all(|bound| self.meets(of, bound, depth)))
    }

    fn meets(&self, of: &str, bound: &str, depth: usize) -> bool {
        if bound.is_empty() || bound.starts_with(['?', '\'']) || bound == "core::marker::Sized" {
            return true;
        }
        let is_constraint = |it: &&str| {
            let name = it.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
            name.starts_with(" = ") || (name.starts_with(": ") && !name.starts_with("::"))
        };
        let (constraints, given): (Vec<&str>, Vec<&str>) =
            arguments(bound).into_iter().partition(is_constraint);
        let given =
            if given.is_empty() { String::new() } else { format!("<{}>", given.join(", ")) };
        let trait_ = format!("{}{given}", head(bound));
        let has_it = (of == "()" && OF_UNIT.contains(&trait_.as_str()))
            || self.assumed.get(of).is_some_and(|bounds| bounds.contains(&trait_))
            || self.context.names.implemented.contains(&format!("{trait_} for {of}"))
            || self.is_generic(of, &trait_, depth);
        has_it && constraints.iter().all(|it| self.constrained(of, &trait_, it, depth))
    }

    /// An associated type that must be a type, or have bounds.
    fn constrained(&self, of: &str, trait_: &str, constraint: &str, depth: usize) -> bool {
        let projected =
            |name: &str| self.context.names.projections.get(&format!("<{of} as {trait_}>::{name}"));
        match (constraint.split_once(" = "), constraint.split_once(": ")) {
            (Some((name, wanted)), _) if !name.contains(':') => {
                projected(name).is_some_and(|it| it == wanted)
            }
            (_, Some((name, bounds))) => projected(name).is_some_and(|it| {
                bounds.split(" + ").all(|bound| self.meets(it, bound, depth + 1))
            }),
            _ => false,
        }
    }

    /// Whether an implementation with parameters fits.
    fn is_generic(&self, of: &str, trait_: &str, depth: usize) -> bool {
        if depth > DEPTH {
            return false;
        }
        let impls = self.generic.get(head(trait_)).map(Vec::as_slice).unwrap_or_default();
        impls.iter().any(|at| {
            let Some(it) = impl_at(self.context.world, *at) else { return false };
            let mut scope = Scope::new(self.context, at.docs);
            let fits = unify(&it.for_, of, &mut scope)
                && it.trait_.as_ref().is_some_and(|path| {
                    scope.bind("Self", of);
                    unify_path(path, trait_, &mut scope) && scope.path(path) == trait_
                });
            if !fits {
                return false;
            }
            let mut predicates = Predicates::new();
            scope.predicates(&it.generics, &mut predicates);
            self.all(&predicates, depth + 1)
        })
    }
}

fn impl_at(world: &World, at: At) -> Option<&Impl> {
    match &world.item(at)?.inner {
        ItemEnum::Impl(it) => Some(it),
        _ => None,
    }
}

/// A path without its arguments.
fn head(text: &str) -> &str {
    text.split('<').next().unwrap_or(text)
}

/// The arguments of a path.
fn arguments(text: &str) -> Vec<&str> {
    let Some((_, rest)) = text.split_once('<') else { return Vec::new() };
    let rest = rest.strip_suffix('>').unwrap_or(rest);
    let (mut depth, mut start, mut found) = (0_i32, 0, Vec::new());
    let mut last = ' ';
    for (at, c) in rest.char_indices() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' if last == '-' => {}
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                found.push(rest[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        last = c;
    }
    found.push(rest[start..].trim());
    found.retain(|it| !it.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_those_of_the_path_alone() {
        assert_eq!(arguments("a::B"), [""; 0]);
        assert_eq!(arguments("a::B<C, d::E<F, G>>"), ["C", "d::E<F, G>"]);
        assert_eq!(arguments("B<fn(A, B) -> C, [D; 2]>"), ["fn(A, B) -> C", "[D; 2]"]);
        assert_eq!(head("a::B<C>"), "a::B");
    }
}
