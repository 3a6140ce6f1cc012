//! Crates as rustdoc describes them in JSON, and which of their items are the same one. It must not know what is
//! compared.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use miette::{IntoDiagnostic, WrapErr, miette};
use rustdoc_types::{Attribute, Crate, FORMAT_VERSION, Id, Item, ItemEnum, ItemKind};
use serde::Deserialize;

/// What stands in paths for the crate that is looked at, whatever it is called.
pub(super) const ROOT: &str = "crate";

/// The names of crates by the files that rustc read them from: a name alone where one version is in use, else with
/// the version.
#[derive(Clone, Debug, Default)]
pub(super) struct Artifacts(pub(super) HashMap<String, String>);

/// Rust's namespaces.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Space {
    Type,
    Value,
    Macro,
}

impl Space {
    pub(super) fn of(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Function | ItemKind::Constant | ItemKind::Static => Space::Value,
            ItemKind::Macro | ItemKind::ProcAttribute | ItemKind::ProcDerive => Space::Macro,
            _ => Space::Type,
        }
    }
}

/// Where an item is defined: the same item has the same one in all crates.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Def {
    pub(super) space: Space,
    /// The crate, then modules, whether they are public or not, and the name.
    pub(super) path: String,
}

/// An item of a crate whose documentation is there.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct At {
    pub(super) docs: usize,
    pub(super) id: Id,
}

/// The documentation of a crate.
struct Docs {
    krate: Crate,
    /// The names of the crates that it refers to.
    crates: HashMap<u32, String>,
    /// Its own items by their paths.
    places: HashMap<Def, Id>,
}

/// A crate, and crates whose items it offers as its own.
pub(super) struct World(Vec<Docs>);

impl World {
    /// The crate that `root` describes, and others by their names.
    pub(super) fn read(
        root: &Path,
        others: &[(&str, &Path)],
        artifacts: &Artifacts,
    ) -> miette::Result<Self> {
        let mut all = vec![Docs::read(ROOT, root, artifacts)?];
        for (name, path) in others {
            all.push(Docs::read(name, path, artifacts)?);
        }
        Ok(World(all))
    }

    /// The root module.
    pub(super) fn root(&self) -> At {
        At { docs: 0, id: self.0[0].krate.root }
    }

    pub(super) fn item(&self, at: At) -> Option<&Item> {
        self.0[at.docs].krate.index.get(&at.id)
    }

    /// What is defined where an item of some crate's documentation refers to `id`, through re-exports; and the item
    /// itself, if its documentation is there.
    pub(super) fn resolve(&self, docs: usize, id: Id) -> Option<(Def, Option<At>)> {
        let krate = &self.0[docs].krate;
        if let Some(Item { inner: ItemEnum::Use(it), .. }) = krate.index.get(&id) {
            return self.resolve(docs, it.id?);
        }
        let summary = krate.paths.get(&id)?;
        let name = &self.0[docs].crates[&summary.crate_id];
        let def = Def::new(name, &summary.path, summary.kind);
        if summary.crate_id == 0 {
            return Some((def, Some(At { docs, id })));
        }
        let found = self
            .0
            .iter()
            .enumerate()
            .find_map(|(docs, other)| other.places.get(&def).map(|id| At { docs, id: *id }));
        Some((def, found))
    }

    /// All implementations, the inherent ones among them.
    pub(super) fn impls(&self) -> impl Iterator<Item = (At, &rustdoc_types::Impl)> {
        self.0.iter().enumerate().flat_map(|(docs, it)| {
            it.krate.index.iter().filter_map(move |(id, item)| match &item.inner {
                ItemEnum::Impl(it) if item.crate_id == 0 => Some((At { docs, id: *id }, it)),
                _ => None,
            })
        })
    }
}

impl Docs {
    fn read(name: &str, path: &Path, artifacts: &Artifacts) -> miette::Result<Self> {
        let krate = parse(path).wrap_err_with(|| format!("cannot read {}", path.display()))?;
        let mut crates = HashMap::from([(0, name.to_owned())]);
        for (number, external) in &krate.external_crates {
            let file = external.path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let known = file.and_then(|file| artifacts.0.get(&file));
            crates.insert(*number, known.unwrap_or(&external.name).clone());
        }
        let own = krate.paths.iter().filter(|(_, summary)| summary.crate_id == 0);
        let places =
            own.map(|(id, it)| (Def::new(name, &it.path, it.kind), *id)).collect::<HashMap<_, _>>();
        Ok(Docs { krate, crates, places })
    }
}

impl Def {
    fn new(krate: &str, path: &[String], kind: ItemKind) -> Self {
        let mut text = krate.to_owned();
        for part in path.iter().skip(1) {
            text.push_str("::");
            text.push_str(part);
        }
        Def { space: Space::of(kind), path: text }
    }

    /// The crate's name.
    pub(super) fn krate(&self) -> &str {
        self.path.split("::").next().unwrap_or_default()
    }
}

fn parse(path: &Path) -> miette::Result<Crate> {
    #[derive(Deserialize)]
    struct Version {
        format_version: u32,
    }
    let text = fs::read(path).into_diagnostic()?;
    let version: Version = serde_json::from_slice(&text).into_diagnostic()?;
    if version.format_version != FORMAT_VERSION {
        let found = version.format_version;
        let help = format!(
            "let xtask/Cargo.toml depend on version 0.{found} of rustdoc-types, or use the toolchain of \
             rust-toolchain.toml"
        );
        return Err(miette!(
            help = help,
            "rustdoc wrote version {found} of its JSON, and version {FORMAT_VERSION} is understood"
        ));
    }
    serde_json::from_slice(&text).into_diagnostic()
}

/// Whether documentation leaves the item out.
pub(super) fn is_hidden(item: &Item) -> bool {
    item.attrs.iter().any(|it| matches!(it, Attribute::Other(text) if text.contains("doc(hidden)")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_of_the_format_is_an_error_that_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("docs.json");
        fs::write(&path, r#"{"root": {}, "format_version": 12}"#).unwrap();
        let error = World::read(&path, &[], &Artifacts::default()).err().unwrap();
        let text = format!("{error:?}");
        assert!(text.contains("version 12") && text.contains("rust-toolchain.toml"), "{text}");
    }
}
