//! What names mean: imports, other names and re-exports are followed to official crates, and variables to the clients
//! that they are. It must not know what becomes of it.

use std::collections::{BTreeSet, HashMap};

use super::graph::Graph;
use super::index::is_client;
use super::uses::{Is, Path, Uses, Value};

/// No name is followed farther.
const DEEPEST: usize = 12;

/// A path below an official crate's root.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Official {
    pub(super) package: String,
    pub(super) rest: Path,
}

/// What a package's sources say to each other, and to its dependents.
#[derive(Debug, Default)]
struct Exports {
    /// Public names for paths of official crates.
    names: HashMap<String, Vec<Official>>,
    /// Official modules all of whose names are public somewhere.
    globs: Vec<Official>,
    calling_macros: BTreeSet<String>,
}

/// What the sources of one package can see.
#[derive(Debug)]
pub(super) struct View {
    pub(super) package: usize,
    /// This package and those whose items it may name.
    pub(super) packages: Vec<usize>,
    /// The official crates whose clients it may have.
    pub(super) officials: BTreeSet<String>,
}

/// All sources, and what they can see of each other.
pub(super) struct World<'a> {
    graph: &'a Graph,
    sources: &'a [Vec<Uses>],
    exports: Vec<Exports>,
    pub(super) views: Vec<View>,
}

impl<'a> World<'a> {
    pub(super) fn new(graph: &'a Graph, sources: &'a [Vec<Uses>]) -> Self {
        let mut world = World { graph, sources, exports: Vec::new(), views: Vec::new() };
        world.exports = (0..sources.len()).map(|package| world.exports_of(package)).collect();
        world.views = (0..sources.len()).map(|package| world.view(package)).collect();
        world
    }

    fn view(&self, package: usize) -> View {
        let mut packages = vec![package];
        packages.extend(self.graph.behind(package));
        let mut officials: BTreeSet<String> =
            self.graph.packages[package].direct.values().cloned().collect();
        for &other in &packages[1..] {
            let behind = &self.graph.packages[other];
            // A dependency that isn't the user's hands on only what it exports by name.
            if behind.is_member {
                officials.extend(behind.direct.values().cloned());
            }
            let exports = &self.exports[other];
            let named = exports.names.values().flatten().chain(&exports.globs);
            officials.extend(named.map(|official| official.package.clone()));
        }
        View { package, packages, officials }
    }

    fn exports_of(&self, package: usize) -> Exports {
        let mut exports = Exports::default();
        // A name may be made public by way of another one: a second look finds those.
        for _ in 0..2 {
            let mut found = Exports::default();
            for uses in &self.sources[package] {
                found.calling_macros.extend(uses.calling_macros.iter().cloned());
                for import in uses.imports.iter().filter(|import| import.public) {
                    let official = self.official(package, uses, &import.path, Some(&exports));
                    match &import.name {
                        Some(name) => {
                            found.names.entry(name.clone()).or_default().extend(official);
                        }
                        None => found.globs.extend(official),
                    }
                }
            }
            found.names.retain(|_, officials| !officials.is_empty());
            exports = found;
        }
        exports
    }

    /// The official path that a file's path stands for, by the file's imports and its package's dependencies; by public
    /// names of the given exports, too.
    fn official(
        &self,
        package: usize,
        uses: &Uses,
        path: &[String],
        exports: Option<&Exports>,
    ) -> Option<Official> {
        let mut path = path.to_vec();
        let mut local = false;
        for _ in 0..DEEPEST {
            while matches!(path.first().map(String::as_str), Some("crate" | "self" | "super")) {
                path.remove(0);
                local = true;
            }
            let first = path.first()?;
            if !local && let Some(official) = self.graph.packages[package].direct.get(first) {
                return Some(Official { package: official.clone(), rest: path[1..].to_vec() });
            }
            let import = uses.imports.iter().find(|import| {
                import.name.as_ref() == Some(first) && import.path.first() != Some(first)
            });
            match import {
                Some(import) if !local => {
                    path = [&import.path[..], &path[1..]].concat();
                }
                _ => break,
            }
        }
        let exports = exports?;
        let (at, official) = path
            .iter()
            .enumerate()
            .find_map(|(at, segment)| Some((at, exports.names.get(segment)?.first()?)))?;
        let rest = [&official.rest[..], &path[at + 1..]].concat();
        Some(Official { package: official.package.clone(), rest })
    }

    /// The same by the public names of all packages that can be seen.
    pub(super) fn seen(&self, view: &View, uses: &Uses, path: &[String]) -> Option<Official> {
        let mut packages = view.packages.iter();
        packages
            .find_map(|other| self.official(view.package, uses, path, Some(&self.exports[*other])))
    }

    /// The official modules whose names the file may have by `*`.
    pub(super) fn globs(&self, view: &View, uses: &Uses) -> Vec<Official> {
        let mut found = Vec::new();
        let mut others = false;
        for import in uses.imports.iter().filter(|import| import.name.is_none()) {
            match self.seen(view, uses, &import.path) {
                Some(official) => found.push(official),
                None => others = true,
            }
        }
        let imported = uses.imports.iter().any(|import| import.name.is_some());
        if others || imported {
            let exports = view.packages.iter().map(|package| &self.exports[*package]);
            found.extend(exports.flat_map(|exports| exports.globs.iter().cloned()));
        }
        found.dedup();
        found
    }

    /// The macros that call what they are given, of all that can be seen.
    pub(super) fn calling_macros(&self, view: &View) -> BTreeSet<&str> {
        let packages = view.packages.iter();
        let macros = packages.flat_map(|package| &self.exports[*package].calling_macros);
        macros.map(String::as_str).collect()
    }

    /// The official crates whose client a value is, as far as names tell: those of the file first, then those of all
    /// sources that can be seen.
    pub(super) fn clients(
        &self,
        view: &View,
        uses: &Uses,
        value: &Value,
        depth: usize,
    ) -> BTreeSet<String> {
        if depth > DEEPEST {
            return BTreeSet::new();
        }
        let name = match value {
            Value::Unknown => return BTreeSet::new(),
            Value::Name(name) | Value::Method(name) => name,
            Value::Function(path) => {
                if let Some(official) = self.seen(view, uses, path) {
                    let (_, before) = official.rest.split_last().unwrap_or((&path[0], &[]));
                    if is_client(before) {
                        return BTreeSet::from([official.package]);
                    }
                }
                let Some(name) = path.last() else { return BTreeSet::new() };
                name
            }
        };
        let here = self.hinted(view, uses, name, depth);
        if !here.is_empty() {
            return here;
        }
        let others = view
            .packages
            .iter()
            .flat_map(|package| self.sources[*package].iter().map(move |uses| (*package, uses)));
        let mut found = BTreeSet::new();
        for (package, other) in others.filter(|(_, other)| !std::ptr::eq(*other, uses)) {
            // Names of another package mean what they mean there.
            found.extend(self.hinted(&self.views[package], other, name, depth));
        }
        found
    }

    fn hinted(&self, view: &View, uses: &Uses, name: &str, depth: usize) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for hint in uses.hints.iter().filter(|hint| hint.name == name) {
            match &hint.is {
                Is::Type(paths) => {
                    let officials = paths.iter().filter_map(|path| self.seen(view, uses, path));
                    let clients = officials.filter(|official| is_client(&official.rest));
                    found.extend(clients.map(|official| official.package));
                }
                Is::Value(Value::Name(same)) if same == name => {}
                Is::Value(value) => found.extend(self.clients(view, uses, value, depth + 1)),
            }
        }
        found
    }
}
