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
    /// The types that it defines itself.
    defined: BTreeSet<String>,
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

/// The official paths that a path may stand for; several where a name means several things.
#[derive(Debug, Default)]
pub(super) struct Meant {
    pub(super) officials: BTreeSet<Official>,
    /// Whether it may be something else: a type of the package has the name as well.
    pub(super) unsure: bool,
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
        let files: Vec<&Uses> =
            packages.iter().flat_map(|package| &self.sources[*package]).collect();
        let calling_macros = calling_macros(&files);
        View { package, packages, officials, calling_macros }
    }

    fn exports_of(&self, package: usize) -> Exports {
        let mut exports = Exports::default();
        for uses in &self.sources[package] {
            exports.defined.extend(uses.defined.iter().cloned());
            for import in &uses.imports {
                let officials = self.official(package, uses, &import.path).officials;
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
    /// names that its package and others have.
    pub(super) fn official(&self, package: usize, uses: &Uses, path: &[String]) -> Meant {
        let own = &self.graph.packages[package];
        let mut meant = Meant::default();
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
                let rest = path[1..].to_vec();
                meant.officials.insert(Official { package: official.clone(), rest });
            } else if imported || !local && uses.defined.contains(first) {
                continue;
            } else if let Some(other) = own.others.get(first).filter(|_| !local) {
                let (officials, name) = below(&self.exports[*other].public, &path[1..]);
                meant.officials.extend(officials);
                meant.unsure |=
                    name.is_some_and(|name| self.exports[*other].defined.contains(name));
            } else if local || !is_foreign(first, &own.dependencies) {
                self.unplaced(&mut meant, package, &path);
            }
        }
        meant
    }

    /// By the names of the package, in whichever module they are; or else by those that came from another one by `*`.
    fn unplaced(&self, meant: &mut Meant, package: usize, path: &[String]) {
        let own = &self.exports[package];
        let (officials, name) = below(&own.names, path);
        meant.unsure |= name.is_some_and(|name| own.defined.contains(name));
        let has = !officials.is_empty();
        meant.officials.extend(officials);
        let others = self.views[package].packages.iter().filter(|other| **other != package);
        for other in others.filter(|_| !has) {
            meant.officials.extend(below(&self.exports[*other].public, path).0);
        }
    }

    /// The official modules whose names the file may have by `*`.
    pub(super) fn globs(&self, view: &View, uses: &Uses) -> BTreeSet<Official> {
        let mut found = BTreeSet::new();
        for import in uses.imports.iter().filter(|import| import.name.is_none()) {
            found.extend(self.official(view.package, uses, &import.path).officials);
        }
        for package in &view.packages {
            let globs = self.exports[*package].globs.iter();
            let globs = globs.filter(|(_, public)| *public || *package == view.package);
            found.extend(globs.map(|(official, _)| official.clone()));
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
                let meant = self.official(view.package, uses, path);
                let clients = meant.officials.into_iter().filter(|official| {
                    let before = official.rest.split_last().map(|(_, before)| before);
                    before.is_some_and(is_client)
                });
                let clients: Vec<String> = clients.map(|official| official.package).collect();
                if !clients.is_empty() {
                    search.known.officials.extend(clients);
                    search.known.unsure |= meant.unsure;
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
                let mut found = false;
                for path in paths {
                    let meant = self.official(view.package, uses, path);
                    for official in meant.officials.iter().filter(|it| is_client(&it.rest)) {
                        search.known.officials.insert(official.package.clone());
                        search.known.unsure |= meant.unsure;
                        found = true;
                    }
                }
                search.known.unsure |= !found;
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

/// The macros that call what they are given, or hand it to one that does.
fn calling_macros(files: &[&Uses]) -> BTreeSet<String> {
    let mut found: BTreeSet<String> =
        files.iter().flat_map(|uses| uses.macros.calling.iter().cloned()).collect();
    loop {
        let before = found.len();
        for (name, invoked) in files.iter().flat_map(|uses| &uses.macros.invoking) {
            if found.contains(invoked) {
                found.insert(name.clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
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

/// What a path stands for by its first segment that is such a name, with this name.
fn below<'p>(
    names: &BTreeMap<String, BTreeSet<Official>>,
    path: &'p [String],
) -> (BTreeSet<Official>, Option<&'p str>) {
    let named = path.iter().enumerate().find_map(|(at, it)| Some((at, it, names.get(it)?)));
    let Some((at, name, officials)) = named else { return (BTreeSet::new(), None) };
    let whole = |official: &Official| Official {
        package: official.package.clone(),
        rest: [&official.rest[..], &path[at + 1..]].concat(),
    };
    (officials.iter().map(whole).collect(), Some(name))
}

/// Whether a path that begins so stays in the package.
fn is_local(first: &str, library: Option<&str>) -> bool {
    matches!(first, "crate" | "self" | "super" | "$crate") || Some(first) == library
}

/// Whether a path that begins so leads to code that has nothing of official crates.
fn is_foreign(first: &str, dependencies: &BTreeSet<String>) -> bool {
    matches!(first, "std" | "core" | "alloc") || dependencies.contains(first)
}
