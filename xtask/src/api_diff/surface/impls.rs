//! Methods and traits of types. It must not know how types are found.

use std::collections::{HashMap, HashSet};

use rustdoc_types::{Impl, Item, ItemEnum, Type};

use super::{Found, Kind, attributes, bounds};
use crate::api_diff::docs::{At, Def, World};
use crate::api_diff::render::{Context, Predicates, Scope, where_clause};

/// The auto traits that users can ask for.
const AUTO: [&str; 5] = [
    "core::marker::Send",
    "core::marker::Sync",
    "core::marker::Unpin",
    "core::panic::unwind_safe::RefUnwindSafe",
    "core::panic::unwind_safe::UnwindSafe",
];

/// Traits that say nothing to users: they can't be named, and what they stand for shows elsewhere.
const INTERNAL: [&str; 4] = [
    "core::clone::TrivialClone",
    "core::marker::Freeze",
    "core::marker::StructuralPartialEq",
    "core::marker::UnsafeUnpin",
];

/// What types without parameters have.
#[derive(Default)]
pub(super) struct Concrete {
    /// Associated types, `<Type as Trait>::Name`.
    pub(super) projections: HashMap<String, String>,
    /// `Trait for Type`.
    pub(super) implemented: HashSet<String>,
}

/// The implementations for types without parameters.
pub(super) fn concrete(context: Context<'_>) -> Concrete {
    let mut found = Concrete::default();
    for (at, it) in context.world.impls() {
        let (Some(trait_), None, false) = (&it.trait_, &it.blanket_impl, it.is_negative) else {
            continue;
        };
        if !it.generics.params.is_empty() {
            continue;
        }
        let mut scope = Scope::new(context, at.docs);
        let of = scope.type_(&it.for_);
        scope.bind("Self", &of);
        let trait_ = scope.path(trait_);
        for (name, type_) in associated_types(context.world, at, it) {
            found.projections.insert(format!("<{of} as {trait_}>::{name}"), scope.type_(type_));
        }
        found.implemented.insert(format!("{trait_} for {of}"));
    }
    found
}

fn associated_types<'w>(
    world: &'w World,
    at: At,
    it: &'w Impl,
) -> impl Iterator<Item = (&'w str, &'w Type)> {
    it.items.iter().filter_map(move |id| match world.item(At { id: *id, ..at })? {
        Item { name, inner: ItemEnum::AssocType { type_: Some(it), .. }, .. } => {
            Some((name.as_deref()?, it))
        }
        _ => None,
    })
}

/// Implementations by the types that they are for; `None` for those of references, tuples and the like.
pub(super) fn by_type(world: &World) -> HashMap<Option<Def>, Vec<At>> {
    let mut by_type: HashMap<Option<Def>, Vec<At>> = HashMap::new();
    for (at, it) in world.impls() {
        let def = match &it.for_ {
            Type::ResolvedPath(path) => world.resolve(at.docs, path.id).map(|(def, _)| def),
            _ => None,
        };
        by_type.entry(def).or_default().push(at);
    }
    for impls in by_type.values_mut() {
        impls.sort_by_key(|at| (at.docs, at.id));
    }
    by_type
}

impl<'w> Found<'w> {
    /// Methods and traits of a type that has these arguments, or is looked at with its parameters.
    pub(super) fn implemented(&mut self, def: &Def, args: &[String], path: &str) {
        let impls = self.impls.get(&Some(def.clone())).cloned().unwrap_or_default();
        let mut auto = Vec::new();
        for at in impls {
            let Some(it) = self.impl_at(at) else { continue };
            let Some(mut scope) = self.fit(at, it, args) else { continue };
            scope.bind("Self", path);
            let Some(predicates) = self.predicates(it, &scope, args) else { continue };
            match &it.trait_ {
                None => self.methods(at, it, &predicates, path, &scope),
                Some(_) if it.is_negative || it.blanket_impl.is_some() => {}
                Some(trait_) => {
                    let name = scope.path(trait_);
                    if AUTO.contains(&name.as_str()) {
                        auto.push(name.rsplit("::").next().unwrap_or_default().to_owned());
                    } else {
                        self.implementation(at, it, path, scope);
                    }
                }
            }
        }
        auto.sort();
        self.add(Kind::Auto, path.to_owned(), auto.join(" + "));
    }

    fn impl_at(&self, at: At) -> Option<&'w Impl> {
        match &self.context.world.item(at)?.inner {
            ItemEnum::Impl(it) => Some(it),
            _ => None,
        }
    }

    /// The scope of an implementation if it is one for the type with these arguments.
    fn fit(&self, at: At, it: &Impl, args: &[String]) -> Option<Scope<'w>> {
        let mut scope = Scope::new(self.context, at.docs);
        if !args.is_empty() {
            let Type::ResolvedPath(of) = &it.for_ else { return None };
            if !bounds::unify_arguments(of, args, &mut scope) {
                return None;
            }
        }
        scope.declare(&it.generics.params, ("T", "l"));
        Some(scope)
    }

    /// The bounds of an implementation. With arguments there are none, if all are met.
    fn predicates(&self, it: &Impl, scope: &Scope<'_>, args: &[String]) -> Option<Predicates> {
        let mut predicates = Predicates::new();
        scope.predicates(&it.generics, &mut predicates);
        if args.is_empty() {
            return Some(predicates);
        }
        let all_met = bounds::met(self.context, &self.generic, &predicates);
        // Traits of bounds that are met needn't be public.
        let _ = scope.took_private();
        all_met.then(Predicates::new)
    }

    fn methods(
        &mut self,
        at: At,
        it: &Impl,
        predicates: &Predicates,
        path: &str,
        scope: &Scope<'w>,
    ) {
        for id in &it.items {
            let Some(item) = self.context.world.item(At { id: *id, ..at }) else { continue };
            let Some(name) = item.name.as_deref().filter(|_| self.counts(item)) else { continue };
            let text = match &item.inner {
                ItemEnum::Function(it) => scope.function(name, it, predicates),
                ItemEnum::AssocConst { type_, .. } => {
                    format!("const {name}: {}", scope.type_(type_))
                }
                _ => continue,
            };
            self.add(Kind::Method, format!("{path}::{name}"), attributes(item) + &text);
        }
    }

    /// A trait of a type, under a name that has no parameters' bounds.
    fn implementation(&mut self, at: At, it: &'w Impl, of: &str, mut scope: Scope<'w>) {
        let Some(trait_) = &it.trait_ else { return };
        let seen = self.lifetimes(at, it);
        scope.elide(&it.generics.params, &seen);
        let _ = scope.took_private();
        let name = format!("{} for {of}", scope.path(trait_));
        let mut predicates = Predicates::new();
        if scope.has_parameters(&it.generics.params) {
            scope.predicates(&it.generics, &mut predicates);
        }
        let internal = INTERNAL.iter().any(|it| name.starts_with(it));
        if internal || scope.took_private() {
            return;
        }
        let types = associated_types(self.context.world, at, it);
        let mut types: Vec<String> =
            types.map(|(name, it)| format!("; type {name} = {}", scope.type_(it))).collect();
        types.sort();
        let text = format!(
            "impl{} {name}{}{}",
            scope.parameters(&it.generics.params),
            where_clause(&predicates),
            types.concat()
        );
        self.add(Kind::Impl, name, text);
    }

    /// A scope that has written the head of an implementation, and knows how often it has which lifetime.
    fn lifetimes(&self, at: At, it: &Impl) -> Scope<'w> {
        let mut scope = Scope::new(self.context, at.docs);
        scope.declare(&it.generics.params, ("T", "l"));
        let _ = scope.type_(&it.for_);
        let _ = it.trait_.as_ref().map(|it| scope.path(it));
        scope.predicates(&it.generics, &mut Predicates::new());
        scope
    }

    /// Traits of types that aren't the crate's own, and of references and the like.
    pub(super) fn foreign(&mut self) {
        let own = |def: &Option<Def>| match def {
            Some(def) => self.context.own.contains(&def.krate()),
            None => false,
        };
        let foreign = self.impls.iter().filter(|(def, _)| !own(def));
        let mut impls: Vec<At> = foreign.flat_map(|(_, impls)| impls).copied().collect();
        impls.sort_by_key(|at| (at.docs, at.id));
        for at in impls {
            let Some(it) = self.impl_at(at) else { continue };
            if it.blanket_impl.is_some() || it.is_synthetic || it.is_negative {
                continue;
            }
            let Some(mut scope) = self.fit(at, it, &[]) else { continue };
            scope.elide(&it.generics.params, &self.lifetimes(at, it));
            let of = scope.type_(&it.for_);
            if !scope.took_private() {
                self.implementation(at, it, &of, scope);
            }
        }
    }
}
