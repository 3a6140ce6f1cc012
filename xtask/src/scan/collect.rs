//! From what sources name to what they need of official crates, each with the place. It must not know how sources are
//! read, nor how names are followed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::index::{Index, Target};
use super::uses::{At, Call, Path, Uses};
use super::world::{Official, View, World};

/// Why something is needed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Evidence {
    /// The package whose source it is.
    pub(super) package: usize,
    pub(super) file: PathBuf,
    pub(super) line: usize,
    /// The line's text.
    pub(super) shown: String,
    /// If it may be needed, or not: why that can't be told.
    pub(super) guess: Option<String>,
}

/// Something that the sources need of an official crate.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) official: String,
    pub(super) target: Target,
    pub(super) evidence: Evidence,
}

/// All that is needed, package by package.
pub(super) fn collect(
    world: &World<'_>,
    sources: &[Vec<Uses>],
    indexes: &BTreeMap<String, Index>,
) -> Vec<Finding> {
    let mut collector = Collector { world, indexes, found: Vec::new() };
    for (view, files) in world.views.iter().zip(sources) {
        files.iter().for_each(|uses| collector.file(view, uses));
    }
    collector.found
}

struct Collector<'a> {
    world: &'a World<'a>,
    indexes: &'a BTreeMap<String, Index>,
    found: Vec<Finding>,
}

impl Collector<'_> {
    fn file(&mut self, view: &View, uses: &Uses) {
        let globs = self.world.globs(view, uses);
        for import in &uses.imports {
            let path = At { line: import.line, what: import.path.clone() };
            self.path(view, uses, &path, &globs);
        }
        for path in &uses.paths {
            self.path(view, uses, path, &globs);
        }
        for call in &uses.calls {
            self.call(view, uses, call);
        }
        let calling = &view.calling_macros;
        for word in uses.words.iter().filter(|word| calling.contains(&word.what.of)) {
            let why = format!("`{}!` calls methods that it is given the names of", word.what.of);
            self.method(view, uses, &word.what.word, word.line, &view.officials, Some(&why));
        }
    }

    fn path(&mut self, view: &View, uses: &Uses, path: &At<Path>, globs: &BTreeSet<Official>) {
        match path.what.first() {
            Some(first) if first.starts_with('$') && first != "$crate" => {
                return self.by_any(view, uses, path, first);
            }
            _ => {}
        }
        let meant = self.world.official(view.package, uses, &path.what);
        let several = meant.officials.len() > 1 || meant.unsure;
        for official in &meant.officials {
            let target = self.indexes.get(&official.package).and_then(|it| it.path(&official.rest));
            if let Some(target) = target {
                let guess = several.then(|| "several things go by this name".to_owned());
                self.add(view, uses, path.line, &official.package, target, guess);
            }
        }
        if meant.officials.is_empty() {
            self.by_globs(view, uses, path, globs);
        }
    }

    /// `$service::types::Tag` of a macro may be about any crate.
    fn by_any(&mut self, view: &View, uses: &Uses, path: &At<Path>, given: &str) {
        for official in &view.officials {
            let target = self.indexes.get(official).and_then(|index| index.path(&path.what[1..]));
            if let Some(target) = target {
                let why = format!("a macro is given what `{given}` is");
                self.add(view, uses, path.line, official, target, Some(why));
            }
        }
    }

    /// What came by a `*` is not told from what else is called so. A path may lead through modules to where it was
    /// imported, as in `use crate::prelude::Tag`.
    fn by_globs(&mut self, view: &View, uses: &Uses, path: &At<Path>, globs: &BTreeSet<Official>) {
        if path.what.len() == 1 && uses.imports.iter().all(|import| import.name.is_some()) {
            return;
        }
        for official in globs {
            let Some(index) = self.indexes.get(&official.package) else { continue };
            let target = (0..path.what.len())
                .find_map(|at| index.path(&[&official.rest[..], &path.what[at..]].concat()));
            if let Some(target) = target {
                let module = [&[official.package.replace('-', "_")], &official.rest[..]].concat();
                let why = format!("it may be the one of `{}::*`", module.join("::"));
                self.add(view, uses, path.line, &official.package, target, Some(why));
            }
        }
    }

    /// Where it matters whose client it is, because several services have an operation of this name, all are kept
    /// unless everything that goes by the client's name is one.
    fn call(&mut self, view: &View, uses: &Uses, call: &At<Call>) {
        let Call { method, receiver, scope } = &call.what;
        let has = |official: &&String| {
            self.indexes.get(*official).is_some_and(|index| index.method(method).is_some())
        };
        let having: BTreeSet<String> = view.officials.iter().filter(has).cloned().collect();
        if having.is_empty() {
            return;
        }
        let known = self.world.clients(view, uses, receiver, *scope);
        let named: BTreeSet<String> = known.officials.intersection(&having).cloned().collect();
        let (kept, why) = match (named.len(), having.len()) {
            (1, 1) => (named, None),
            (1, _) if !known.unsure => (named, None),
            (0, _) => (having, Some(format!("what `.{method}()` is called on is not known"))),
            (_, _) if !known.unsure => {
                (named, Some("clients of several services go by this name".to_owned()))
            }
            (_, _) => {
                let why = format!("not all is known of what `.{method}()` is called on");
                (having, Some(why))
            }
        };
        self.method(view, uses, method, call.line, &kept, why.as_deref());
    }

    /// Notes that a method is called of each of these crates that has it.
    fn method(
        &mut self,
        view: &View,
        uses: &Uses,
        method: &str,
        line: usize,
        officials: &BTreeSet<String>,
        guess: Option<&str>,
    ) {
        let having: Vec<(&String, usize)> = officials
            .iter()
            .filter_map(|official| Some((official, self.indexes.get(official)?.method(method)?)))
            .collect();
        for (official, operation) in having.clone() {
            let guess = guess.map(|why| {
                let others: Vec<&str> = having
                    .iter()
                    .filter(|(other, _)| *other != official)
                    .map(|(other, _)| other.as_str())
                    .collect();
                match &others[..] {
                    [] => why.to_owned(),
                    others => format!("{why}, and {} has it as well", others.join(", ")),
                }
            });
            self.add(view, uses, line, official, Target::Operation(operation), guess);
        }
    }

    fn add(
        &mut self,
        view: &View,
        uses: &Uses,
        line: usize,
        official: &str,
        target: Target,
        guess: Option<String>,
    ) {
        let evidence = Evidence {
            package: view.package,
            file: uses.file.clone(),
            line,
            shown: uses.shown(line),
            guess,
        };
        self.found.push(Finding { official: official.to_owned(), target, evidence });
    }
}
