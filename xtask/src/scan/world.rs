//! What names mean: imports, other names and re-exports are followed to official crates, and variables to the clients
//! that they are. It must not know what becomes of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::bindings::{Hint, Is, Value};
use super::graph::Graph;
use super::index::is_client;
use super::uses::{Path, Uses};

/// No name is followed farther.
const DEEPEST: usize = 40;

/// Names may be handed on from package to package: after so many rounds no more of them are looked for.
const ROUNDS: usize = 6;

/// A path below an official crate's root.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Official {
    pub(super) package: String,
    pub(super) rest: Path,
}

/// What a package's sources call parts of official crates.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Exports {
    /// Names for paths of official crates.
    names: BTreeMap<String, BTreeSet<Official>>,
    /// Those of them that dependents may use.
    public: BTreeMap<String, BTreeSet<Official>>,
    /// Official modules all of whose names are imported somewhere, and whether dependents have them too.
    globs: BTreeSet<(Official, bool)>,
}

/// What the sources of one package can see.
#[derive(Debug)]
pub(super) struct View {
    pub(super) package: usize,
    /// This package and those whose items it may name.
    pub(super) packages: Vec<usize>,
    /// The official crates whose clients it may have.
    pub(super) officials: BTreeSet<String>,
    /// The macros that call what they are given.
    pub(super) calling_macros: BTreeSet<String>,
}

/// What is known of a value.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The official crates whose client it may be.
    pub(super) officials: BTreeSet<String>,
    /// Whether it may be something else.
    pub(super) unsure: bool,
}

/// All sources, and what they can see of each other.
pub(super) struct World<'a> {
    graph: &'a Graph,
    sources: &'a [Vec<Uses>],
    exports: Vec<Exports>,
    /// The hints of a package by the names they are about, each with its file.
    hints: Vec<HashMap<&'a str, Vec<(&'a Uses, &'a Hint)>>>,
    pub(super) views: Vec<View>,
}

impl<'a> World<'a> {
    pub(super) fn new(graph: &'a Graph, sources: &'a [Vec<Uses>]) -> Self {
        let exports = vec![Exports::default(); sources.len()];
        let mut world = World { graph, sources, exports, hints: Vec::new(), views: Vec::new() };
        world.hints = sources.iter().map(|files| hints(files)).collect();
        world.views = (0..sources.len()).map(|package| world.view(package)).collect();
        for _ in 0..ROUNDS {
            let found: Vec<Exports> =
                (0..sources.len()).map(|package| world.exports_of(package)).collect();
            if found == world.exports {
                break;
            }
            world.exports = found;
        }
        world
    }

    fn view(&self, package: usize) -> View {
        let mut packages = vec![package];
        packages.extend(self.graph.behind(package).into_iter().filter(|other| *other != package));
        let officials = packages.iter().flat_map(|it| self.graph.packages[*it].direct.values());
        let officials = officials.cloned().collect();
        let files = packages.iter().flat_map(|package| &self.sources[*package]);
        let calling_macros = files.flat_map(|uses| uses.calling_macros.iter().cloned()).collect();
        View { package, packages, officials, calling_macros }
    }

    fn exports_of(&self, package: usize) -> Exports {
        let mut exports = Exports::default();
        for uses in &self.sources[package] {
            for import in &uses.imports {
                let officials = self.official(package, uses, &import.path);
                let Some(name) = &import.name else {
                    exports.globs.extend(officials.into_iter().map(|it| (it, import.public)));
                    continue;
                };
                if officials.is_empty() {
                    continue;
                }
                if import.public {
                    let public = exports.public.entry(name.clone()).or_default();
                    public.extend(officials.iter().cloned());
                }
                exports.names.entry(name.clone()).or_default().extend(officials);
            }
        }
        exports
    }

    /// The official paths that a file's path may stand for: by the file's imports, its package's dependencies, and the
    /// names that its package and others have. There are several where a name means several things.
    pub(super) fn official(
        &self,
        package: usize,
        uses: &Uses,
        path: &[String],
    ) -> BTreeSet<Official> {
        let own = &self.graph.packages[package];
        let mut found = BTreeSet::new();
        let mut waiting = vec![path.to_vec()];
        let mut seen: HashSet<Path> = HashSet::new();
        while let Some(mut path) = waiting.pop() {
            if seen.len() > DEEPEST || !seen.insert(path.clone()) {
                continue;
            }
            let mut local = false;
            while path.first().is_some_and(|first| is_local(first, own.library.as_deref())) {
                path.remove(0);
                local = true;
            }
            let Some(first) = path.first() else { continue };
            let imports = uses.imports.iter().filter(|import| {
                import.name.as_ref() == Some(first) && import.path.first() != Some(first)
            });
            let before = waiting.len();
            waiting.extend(imports.map(|import| [&import.path[..], &path[1..]].concat()));
            let imported = waiting.len() > before;
            if let Some(official) = own.direct.get(first).filter(|_| !local) {
                found.insert(Official { package: official.clone(), rest: path[1..].to_vec() });
            } else if imported {
                continue;
            } else if let Some(other) = own.others.get(first).filter(|_| !local) {
                found.extend(below(&self.exports[*other].public, &path[1..]));
            } else if local || !is_foreign(first, &own.dependencies) {
                found.extend(self.unplaced(package, &path));
            }
        }
        found
    }

    /// By the names of the package, in whichever module they are; or else by those that came from another one by `*`.
    fn unplaced(&self, package: usize, path: &[String]) -> BTreeSet<Official> {
        let found = below(&self.exports[package].names, path);
        if !found.is_empty() {
            return found;
        }
        let others = self.views[package].packages.iter().filter(|other| **other != package);
        others.flat_map(|other| below(&self.exports[*other].public, path)).collect()
    }

    /// The official modules whose names the file may have by `*`.
    pub(super) fn globs(&self, view: &View, uses: &Uses) -> BTreeSet<Official> {
        let mut found = BTreeSet::new();
        for import in uses.imports.iter().filter(|import| import.name.is_none()) {
            found.extend(self.official(view.package, uses, &import.path));
        }
        if !uses.imports.is_empty() {
            for package in &view.packages {
                let globs = self.exports[*package].globs.iter();
                let globs = globs.filter(|(_, public)| *public || *package == view.package);
                found.extend(globs.map(|(official, _)| official.clone()));
            }
        }
        found
    }

    /// The official crates whose client a value may be, as far as names tell.
    pub(super) fn clients(&self, view: &View, uses: &Uses, value: &Value, scope: usize) -> Known {
        let mut search = Search { known: Known::default(), seen: HashSet::new() };
        self.follow(&mut search, view, uses, value, scope, 0);
        search.known.unsure |= search.known.officials.is_empty();
        search.known
    }

    fn follow(
        &self,
        search: &mut Search,
        view: &View,
        uses: &Uses,
        value: &Value,
        scope: usize,
        depth: usize,
    ) {
        let name = match value {
            _ if depth > DEEPEST => None,
            Value::Unknown => None,
            Value::Local(name) => {
                let here = uses.hints.iter();
                let here: Vec<&Hint> = here
                    .filter(|hint| hint.scope == scope && scope > 0 && hint.name == *name)
                    .collect();
                if !here.is_empty() {
                    here.iter().for_each(|hint| self.take(search, view, uses, hint, depth));
                    return;
                }
                Some(name)
            }
            Value::Field(name) | Value::Method(name) => Some(name),
            Value::Function(path) => {
                let clients = self.official(view.package, uses, path).into_iter();
                let clients = clients.filter(|official| {
                    let before = official.rest.split_last().map(|(_, before)| before);
                    before.is_some_and(is_client)
                });
                let clients: Vec<String> = clients.map(|official| official.package).collect();
                if !clients.is_empty() {
                    search.known.officials.extend(clients);
                    return;
                }
                path.last()
            }
        };
        let Some(name) = name else {
            search.known.unsure = true;
            return;
        };
        let all: Vec<(usize, &Uses, &Hint)> = view
            .packages
            .iter()
            .filter_map(|package| Some((*package, self.hints[*package].get(name.as_str())?)))
            .flat_map(|(package, hints)| {
                hints.iter().map(move |(uses, hint)| (package, *uses, *hint))
            })
            .collect();
        // Variables of other functions tell something only if nothing else is called so.
        let lasting = all.iter().any(|(.., hint)| hint.scope == 0);
        search.known.unsure |= !lasting;
        for (package, uses, hint) in all {
            if hint.scope == 0 || !lasting {
                // Names of another package mean what they mean there.
                self.take(search, &self.views[package], uses, hint, depth);
            }
        }
    }

    fn take(&self, search: &mut Search, view: &View, uses: &Uses, hint: &Hint, depth: usize) {
        if !search.seen.insert(std::ptr::from_ref(hint)) {
            return;
        }
        match &hint.is {
            Is::Type(paths) => {
                let officials =
                    paths.iter().flat_map(|path| self.official(view.package, uses, path));
                let clients = officials.filter(|official| is_client(&official.rest));
                let clients: Vec<String> = clients.map(|official| official.package).collect();
                search.known.unsure |= clients.is_empty();
                search.known.officials.extend(clients);
            }
            Is::Value(value) => self.follow(search, view, uses, value, hint.scope, depth + 1),
        }
    }
}

/// A search for what a value is.
struct Search {
    known: Known,
    seen: HashSet<*const Hint>,
}

fn hints(files: &[Uses]) -> HashMap<&str, Vec<(&Uses, &Hint)>> {
    let mut by_name: HashMap<&str, Vec<(&Uses, &Hint)>> = HashMap::new();
    for uses in files {
        for hint in &uses.hints {
            by_name.entry(&hint.name).or_default().push((uses, hint));
        }
    }
    by_name
}

/// What a path stands for by its first segment that is such a name.
fn below(names: &BTreeMap<String, BTreeSet<Official>>, path: &[String]) -> BTreeSet<Official> {
    let named = path.iter().enumerate().find_map(|(at, segment)| Some((at, names.get(segment)?)));
    let Some((at, officials)) = named else { return BTreeSet::new() };
    let whole = |official: &Official| Official {
        package: official.package.clone(),
        rest: [&official.rest[..], &path[at + 1..]].concat(),
    };
    officials.iter().map(whole).collect()
}

/// Whether a path that begins so stays in the package.
fn is_local(first: &str, library: Option<&str>) -> bool {
    matches!(first, "crate" | "self" | "super" | "$crate") || Some(first) == library
}

/// Whether a path that begins so leads to code that has nothing of official crates.
fn is_foreign(first: &str, dependencies: &BTreeSet<String>) -> bool {
    matches!(first, "std" | "core" | "alloc") || dependencies.contains(first)
}
