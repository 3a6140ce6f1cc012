//! The file that says what may differ, and why. It must not know how differences are found.

use std::cell::Cell;
use std::path::Path;

use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Deserialize;

use super::compare::Difference;
use super::docs::{Def, Space};
use crate::pattern::matches;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    stands_in: Vec<StandIn>,
    #[serde(default)]
    difference: Vec<Entry>,
}

/// A type of ours that takes the place of one that has no public path.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StandIn {
    official: String,
    ours: String,
    /// For those who read the file.
    #[serde(rename = "reason")]
    _reason: String,
}

/// Differences of a kind: all conditions must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Items, by kind and name.
    items: Vec<String>,
    /// What the official text is like.
    official: Option<String>,
    /// What our text is like; nothing is like it where the item is missing.
    ours: Option<String>,
    /// Whether the item is missing; either if it isn't said.
    missing: Option<bool>,
    /// The services; all, if it isn't said.
    services: Option<Vec<String>>,
    /// Whether it comes from a later release of the model, so that the item doesn't count.
    #[serde(default)]
    later: bool,
    reason: String,
    #[serde(skip)]
    used: Cell<bool>,
}

/// The accepted differences, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Accepted(File);

impl Accepted {
    pub(super) fn read(path: &Path) -> miette::Result<Self> {
        let text = std::fs::read_to_string(path).into_diagnostic();
        let accepted = text.and_then(|text| Self::parse(&text));
        accepted.wrap_err_with(|| format!("cannot read {}", path.display()))
    }

    pub(super) fn parse(text: &str) -> miette::Result<Self> {
        let file: File = toml::from_str(text).into_diagnostic()?;
        let wide = file.difference.iter().find_map(|entry| {
            entry.items.iter().find(|item| is_wide(item)).map(|item| (item, &entry.reason))
        });
        match wide {
            Some((item, reason)) => Err(miette!(
                help = "name a part of the items' paths, or their trait",
                "`{item}` fits anything, in the difference with this reason: {reason}"
            )),
            None => Ok(Accepted(file)),
        }
    }

    /// The official and our definitions of types that can't be named, of which the one stands for the other.
    pub(super) fn stand_ins(&self) -> impl Iterator<Item = (Def, Def)> {
        let def = |path: &str| Def { space: Space::Type, path: path.to_owned() };
        self.0.stands_in.iter().map(move |it| (def(&it.official), def(&it.ours)))
    }

    /// The reason of the first entry that the difference falls under.
    pub(super) fn reason(&self, service: &str, difference: &Difference) -> Option<&str> {
        self.entry(service, difference).map(|entry| entry.reason.as_str())
    }

    /// Whether the first entry that the difference falls under says that the model is too old for the item.
    pub(super) fn is_later(&self, service: &str, difference: &Difference) -> bool {
        self.entry(service, difference).is_some_and(|entry| entry.later)
    }

    fn entry(&self, service: &str, difference: &Difference) -> Option<&Entry> {
        let entry = self.0.difference.iter().find(|entry| entry.accepts(service, difference))?;
        entry.used.set(true);
        Some(entry)
    }

    /// The reasons of entries that nothing fell under, though all their services were looked at.
    pub(super) fn unused(&self, all: bool, services: &[&str]) -> impl Iterator<Item = &str> {
        let seen = move |entry: &&Entry| match &entry.services {
            Some(names) => names.iter().all(|name| services.contains(&name.as_str())),
            None => all,
        };
        // Releases come and go.
        let lasting = self.0.difference.iter().filter(|entry| !entry.later);
        let unused = lasting.filter(|entry| !entry.used.get()).filter(seen);
        unused.map(|entry| entry.reason.as_str())
    }
}

impl Entry {
    fn accepts(&self, service: &str, difference: &Difference) -> bool {
        let item = difference.item();
        let ours = difference.ours.as_deref();
        self.items.iter().any(|pattern| matches(pattern, &item))
            && self.official.as_deref().is_none_or(|it| matches(it, &difference.official))
            && self.ours.as_deref().is_none_or(|it| ours.is_some_and(|ours| matches(it, ours)))
            && self.missing.is_none_or(|missing| missing == ours.is_none())
            && self.services.as_ref().is_none_or(|names| names.iter().any(|name| name == service))
    }
}

/// Whether a pattern names nothing besides the kind of the item and the crate.
fn is_wide(pattern: &str) -> bool {
    let named = pattern.split_once(' ').map_or("", |(_, name)| name);
    let mut words = named.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.all(|word| matches!(word, "" | "for" | "crate" | "core" | "item" | "traits"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api_diff::surface::Kind;

    const FILE: &str = "
        [[difference]]
        items = ['impl core::marker::Copy for crate::types::*']
        missing = true
        services = ['one']
        reason = 'first'
        [[difference]]
        items = ['method crate::Client::*']
        ours = '* -> u8'
        reason = 'second'
    ";

    fn difference(kind: Kind, name: &str, ours: Option<&str>) -> Difference {
        let ours = ours.map(str::to_owned);
        Difference { kind, name: name.to_owned(), official: "fn f() -> u16".to_owned(), ours }
    }

    #[test]
    fn all_conditions_must_hold() {
        let accepted = Accepted::parse(FILE).unwrap();
        let copy = "core::marker::Copy for crate::types::A";
        let missing = difference(Kind::Impl, copy, None);
        assert_eq!(accepted.reason("one", &missing), Some("first"));
        assert_eq!(accepted.reason("two", &missing), None, "another service");
        let differs = difference(Kind::Impl, copy, Some("impl"));
        assert_eq!(accepted.reason("one", &differs), None, "it isn't missing");
        let other = difference(Kind::Impl, "core::clone::Clone for crate::types::A", None);
        assert_eq!(accepted.reason("one", &other), None, "another trait");
        let method = |ours| difference(Kind::Method, "crate::Client::f", ours);
        assert_eq!(accepted.reason("two", &method(Some("fn f() -> u8"))), Some("second"));
        assert_eq!(accepted.reason("two", &method(Some("fn f() -> u32"))), None, "another text");
        assert_eq!(accepted.reason("two", &method(None)), None, "nothing is like nothing");
    }

    #[test]
    fn what_nothing_fell_under_is_told_where_it_could_have() {
        let accepted = Accepted::parse(FILE).unwrap();
        let unused = |all, services: &[&str]| -> Vec<String> {
            accepted.unused(all, services).map(str::to_owned).collect()
        };
        assert_eq!(unused(true, &["one", "two"]), ["first", "second"]);
        assert_eq!(unused(false, &["one"]), ["first"]);
        assert!(unused(false, &["two"]).is_empty());
        let copy = difference(Kind::Impl, "core::marker::Copy for crate::types::A", None);
        let _ = accepted.reason("one", &copy);
        assert_eq!(unused(true, &["one", "two"]), ["second"]);
    }

    #[test]
    fn patterns_must_name_something() {
        for pattern in ["*", "impl *", "method crate::*", "impl * for crate::*", "auto traits *"] {
            let text = format!("[[difference]]\nitems = ['{pattern}']\nreason = 'why'");
            let error = Accepted::parse(&text).unwrap_err().to_string();
            assert!(error.contains(pattern) && error.contains("why"), "{error}");
        }
    }
}
