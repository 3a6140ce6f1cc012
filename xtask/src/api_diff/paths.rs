//! The paths by which a crate's users reach items, through modules and re-exports, and the one among them that each
//! item is called by. It must not know what items are.

use std::collections::{BTreeMap, HashMap, HashSet};

use rustdoc_types::{Item, ItemEnum, ItemKind, Visibility};

use super::docs::{At, Def, ROOT, Space, World, is_hidden};

/// What a path leads to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) def: Def,
    /// The item itself, if its documentation is there.
    pub(super) at: Option<At>,
    pub(super) is_module: bool,
    /// An item that documentation leaves out lies on the way.
    pub(super) hidden: bool,
}

/// Public paths, such as `crate::types::Tag`, by namespace.
pub(super) type Paths = BTreeMap<(Space, String), Target>;

/// All public paths of a world's crate.
pub(super) fn public(world: &World) -> Paths {
    let mut walk = Walk { world, way: Vec::new(), found: Paths::new() };
    walk.module(world.root(), ROOT, false);
    walk.found
}

struct Walk<'w> {
    world: &'w World,
    /// The modules that are being looked at, so that re-exported parents don't go on forever.
    way: Vec<At>,
    found: Paths,
}

impl Walk<'_> {
    fn module(&mut self, at: At, path: &str, hidden: bool) {
        let Some(Item { inner: ItemEnum::Module(module), .. }) = self.world.item(at) else {
            return;
        };
        if self.way.contains(&at) {
            return;
        }
        self.way.push(at);
        for id in &module.items {
            let at = At { id: *id, ..at };
            if let Some(item) = self.world.item(at)
                && item.visibility == Visibility::Public
            {
                self.item(at, item, path, hidden || is_hidden(item));
            }
        }
        self.way.pop();
    }

    fn item(&mut self, at: At, item: &Item, path: &str, hidden: bool) {
        if let ItemEnum::Use(it) = &item.inner {
            let Some((def, target)) = it.id.and_then(|id| self.world.resolve(at.docs, id)) else {
                return;
            };
            if it.is_glob {
                self.glob(target, path, hidden);
            } else {
                self.reached(&format!("{path}::{}", it.name), def, target, hidden);
            }
        } else if let Some(name) = &item.name
            && let Some((def, target)) = self.world.resolve(at.docs, at.id)
        {
            self.reached(&format!("{path}::{name}"), def, target, hidden);
        }
    }

    fn glob(&mut self, target: Option<At>, path: &str, hidden: bool) {
        let item = target.and_then(|at| Some((at, self.world.item(at)?)));
        match item {
            Some((at, Item { inner: ItemEnum::Enum(it), .. })) => {
                for id in &it.variants {
                    if let Some((def, found)) = self.world.resolve(at.docs, *id)
                        && let Some(name) = def.path.rsplit("::").next()
                    {
                        let path = format!("{path}::{name}");
                        self.reached(&path, def, found, hidden);
                    }
                }
            }
            Some((at, _)) => self.module(at, path, hidden),
            None => {}
        }
    }

    fn reached(&mut self, path: &str, def: Def, at: Option<At>, hidden: bool) {
        let kind = at.and_then(|at| self.world.item(at)).map(|item| item.inner.item_kind());
        let is_module = kind == Some(ItemKind::Module);
        // What is named goes before what a glob brings.
        let key = (def.space, path.to_owned());
        self.found.entry(key).or_insert(Target { def, at, is_module, hidden });
        if let Some(at) = at.filter(|_| is_module) {
            self.module(at, path, hidden);
        }
    }
}

/// What items are called in texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    of: HashMap<Def, String>,
    /// Types that an alias gives a name of their own, by what they are without it.
    pub(super) aliased: HashMap<String, String>,
    /// Associated types of implementations, `<Type as Trait>::Name`.
    pub(super) projections: HashMap<String, String>,
    /// Implementations for types without parameters, `Trait for Type`.
    pub(super) implemented: HashSet<String>,
}

impl Names {
    /// The items of a crate by their shortest public paths. `own` tells whether an item may get a name at all.
    pub(super) fn shortest(paths: &Paths, own: impl Fn(&Def) -> bool) -> Self {
        let mut names = Names::default();
        let visible = paths.iter().filter(|(_, target)| !target.hidden && own(&target.def));
        for ((_, path), target) in visible {
            names.offer(&target.def, path);
        }
        names
    }

    /// The items of a crate by the names that the items at the same paths have in another crate; where that one has
    /// none, by their shortest paths.
    pub(super) fn like(
        paths: &Paths,
        other: &Paths,
        names: &Names,
        own: impl Fn(&Def) -> bool,
    ) -> Self {
        let mut same = Names::default();
        let mut shortest = Names::default();
        for (key, target) in paths.iter().filter(|(_, target)| own(&target.def)) {
            let there = other.get(key).and_then(|there| names.of.get(&there.def));
            match there.filter(|name| **name == key.1) {
                Some(_) => same.offer(&target.def, &key.1),
                None => shortest.offer(&target.def, &key.1),
            }
        }
        for (def, name) in shortest.of {
            same.of.entry(def).or_insert(name);
        }
        same
    }

    fn offer(&mut self, def: &Def, path: &str) {
        let order = |path: &str| (path.matches("::").count(), path.to_owned());
        let known = self.of.entry(def.clone()).or_insert_with(|| path.to_owned());
        if order(path) < order(known) {
            path.clone_into(known);
        }
    }

    /// Calls an item by a name that it hasn't by its paths.
    pub(super) fn call(&mut self, def: Def, name: &str) {
        self.of.insert(def, name.to_owned());
    }

    /// What the alias of this name stands for.
    pub(super) fn meaning(&self, alias: &str) -> Option<&str> {
        let mut aliased = self.aliased.iter();
        aliased.find_map(|(meaning, name)| (name == alias).then_some(meaning.as_str()))
    }

    /// The item's public name, if it has one.
    pub(super) fn public(&self, def: &Def) -> Option<&str> {
        self.of.get(def).map(String::as_str)
    }
}
