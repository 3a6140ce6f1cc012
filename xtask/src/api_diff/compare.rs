//! What one crate offers beside what another one offers. It must not know how that was found.

use std::collections::{BTreeMap, BTreeSet};

use super::surface::{Kind, Surface};

/// An item that isn't the same in both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) official: String,
    /// Nothing where it is missing.
    pub(super) ours: Option<String>,
}

impl Difference {
    /// The kind and the name.
    pub(super) fn item(&self) -> String {
        format!("{} {}", self.kind.word(), self.name)
    }
}

/// Two surfaces beside each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparison {
    /// How many of the official crate's count, of each kind.
    pub(super) items: BTreeMap<Kind, usize>,
    pub(super) differences: Vec<Difference>,
    /// Those that our model can't have yet; they don't count.
    pub(super) later: Vec<Difference>,
    /// Items of ours alone.
    pub(super) extra: usize,
}

/// Compares all items of the official crate.
pub(super) fn compare(official: &Surface, ours: &Surface) -> Comparison {
    let differences = official.iter().filter_map(|((kind, name), text)| {
        let there = ours.get(&(*kind, name.clone()));
        if there.is_some_and(|there| same(*kind, text, there)) {
            return None;
        }
        let (name, official) = (name.clone(), text.clone());
        Some(Difference { kind: *kind, name, official, ours: there.cloned() })
    });
    let mut items = BTreeMap::new();
    for (kind, _) in official.keys() {
        *items.entry(*kind).or_default() += 1;
    }
    Comparison {
        items,
        differences: differences.collect(),
        later: Vec::new(),
        extra: ours.keys().filter(|key| !official.contains_key(key)).count(),
    }
}

impl Comparison {
    /// Leaves out differences that come from a later release of the model.
    pub(super) fn set_aside(&mut self, is_later: impl Fn(&Difference) -> bool) {
        for it in std::mem::take(&mut self.differences) {
            if is_later(&it) {
                *self.items.entry(it.kind).or_default() -= 1;
                self.later.push(it);
            } else {
                self.differences.push(it);
            }
        }
    }
}

fn same(kind: Kind, official: &str, ours: &str) -> bool {
    match kind {
        // More of them do no harm.
        Kind::Auto => traits(official).is_subset(&traits(ours)),
        _ => official == ours,
    }
}

fn traits(text: &str) -> BTreeSet<&str> {
    text.split(" + ").filter(|name| !name.is_empty()).collect()
}
