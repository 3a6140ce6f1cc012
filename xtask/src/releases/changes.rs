//! Which services and operations one set of models has and another one lacks. It must not know where they come from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use tinsmith_codegen::Model;

use crate::bench::figure::grouped;
use crate::models;
use crate::parallel;
use crate::progress::Tally;

/// The names of the operations of each service.
type Services = BTreeMap<String, BTreeSet<String>>;

/// What two sets of models don't have in common.
#[derive(Debug, Default)]
pub(super) struct Changes {
    old: Services,
    new: Services,
    /// Services of the new set that don't load, and why.
    pub(super) failures: Vec<String>,
}

/// What came and went from one folder of models to another.
pub(super) fn between(old: &Path, new: &Path) -> miette::Result<Changes> {
    // Of an old model that this reader doesn't take there is nothing to mend.
    let (old, _) = read(old, "models of the old release read")?;
    let (new, failures) = read(new, "models of the new release read")?;
    Ok(Changes { old, new, failures })
}

/// The services below a path, and what is wrong with those that don't load.
fn read(path: &Path, what: &'static str) -> miette::Result<(Services, Vec<String>)> {
    let entries = models::entries(path)?;
    let tally = Tally::new(what, entries.len());
    let results = parallel::map(&entries, |entry| {
        let model = Model::load_service(&entry.path, entry.service.as_deref());
        let operations = model.map(|model| {
            let operations = model.services().into_iter().flat_map(|it| model.operations(it));
            operations.map(|it| model.shape(it).id.name().to_owned()).collect::<BTreeSet<_>>()
        });
        tally.done(&entry.name);
        operations
    });
    let (mut services, mut failures) = (Services::new(), Vec::new());
    for (entry, result) in entries.into_iter().zip(results) {
        match result {
            Ok(operations) => {
                services.insert(entry.name, operations);
            }
            Err(errors) => {
                let lines = errors.iter().map(|error| format!("{}: {error}", entry.name));
                failures.extend(lines);
            }
        }
    }
    Ok((services, failures))
}

impl Changes {
    /// A line of counts for services and one for operations, then one for each service.
    pub(super) fn text(&self) -> String {
        let none = BTreeSet::new();
        let names: BTreeSet<&String> = self.old.keys().chain(self.new.keys()).collect();
        let count = |services: &Services| services.values().map(BTreeSet::len).sum::<usize>();
        let (mut came, mut went) = (0, 0);
        let (mut services_came, mut services_went) = (Vec::new(), Vec::new());
        let mut lines = String::new();
        for name in names {
            let (old, new) = (self.old.get(name), self.new.get(name));
            if old.is_none() {
                services_came.push(name.as_str());
            }
            if new.is_none() {
                services_went.push(name.as_str());
            }
            let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
            let added: Vec<String> = new.difference(old).map(|name| format!("+{name}")).collect();
            let removed: Vec<String> = old.difference(new).map(|name| format!("−{name}")).collect();
            came += added.len();
            went += removed.len();
            if !added.is_empty() || !removed.is_empty() {
                // Writing to a string doesn't fail.
                let _ = write!(lines, "\n  {name}: {}", [added, removed].concat().join(", "));
            }
        }
        let listed = |names: &[&str]| match names {
            [] => "none".to_owned(),
            names => names.join(", "),
        };
        format!(
            "services: {}, added {}, removed {}\noperations: {}, {came} added, {went} removed{lines}",
            self.new.len(),
            listed(&services_came),
            listed(&services_went),
            grouped(count(&self.new)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn services(text: &[(&str, &[&str])]) -> Services {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        text.iter().map(|(name, operations)| ((*name).to_owned(), owned(operations))).collect()
    }

    #[test]
    fn what_came_and_went_is_named() {
        let changes = Changes {
            old: services(&[("a", &["X"]), ("b", &["Y", "Z"]), ("same", &["S"])]),
            new: services(&[("b", &["Y", "W"]), ("c", &["V"]), ("same", &["S"])]),
            failures: Vec::new(),
        };
        assert_eq!(
            changes.text(),
            "services: 3, added c, removed a\noperations: 4, 2 added, 2 removed\n  a: −X\n  b: +W, −Z\n  c: +V"
        );
        let same = Changes { old: changes.new.clone(), new: changes.new, failures: Vec::new() };
        assert_eq!(
            same.text(),
            "services: 3, added none, removed none\noperations: 4, 0 added, 0 removed"
        );
    }

    #[test]
    fn models_that_do_not_load_are_named() {
        let temp = tempfile::tempdir().unwrap();
        std::fs::write(temp.path().join("one.json"), "{").unwrap();
        let (services, failures) = read(temp.path(), "read").unwrap();
        assert!(services.is_empty());
        assert!(failures.len() == 1 && failures[0].starts_with("one: "), "{failures:?}");
    }
}
