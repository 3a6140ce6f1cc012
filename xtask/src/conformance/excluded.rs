//! The cases that don't count as failed, each with a reason, from one file. It must not know how a case
//! came out.

use std::collections::BTreeMap;
use std::path::Path;

use miette::{IntoDiagnostic, WrapErr};
use tinsmith_conformance::Kind;

/// Reasons, by suite and by the case's ID, or by ID and kind where a request and a response share the ID:
/// `"Id (request)"`.
#[derive(Debug)]
pub(super) struct Excluded(BTreeMap<String, BTreeMap<String, String>>);

impl Excluded {
    /// Why the case doesn't count, if it doesn't.
    pub(super) fn reason(&self, suite: &str, id: &str, kind: &Kind) -> Option<&str> {
        let suite = self.0.get(suite)?;
        suite.get(id).or_else(|| suite.get(&format!("{id} ({kind})"))).map(String::as_str)
    }

    /// What is excluded from a suite but not among its cases.
    pub(super) fn unknown<'a>(
        &'a self,
        suite: &str,
        cases: &[(&str, &Kind)],
    ) -> impl Iterator<Item = &'a str> {
        let is = |name: &str| {
            cases.iter().any(|(id, kind)| name == *id || name == format!("{id} ({kind})"))
        };
        let names = self.0.get(suite).into_iter().flatten().map(|(name, _)| name.as_str());
        names.filter(move |name| !is(name)).collect::<Vec<_>>().into_iter()
    }
}

pub(super) fn load(path: &Path) -> miette::Result<Excluded> {
    let text = std::fs::read_to_string(path).into_diagnostic();
    text.and_then(|text| parse(&text)).wrap_err_with(|| format!("cannot read {}", path.display()))
}

pub(super) fn parse(text: &str) -> miette::Result<Excluded> {
    toml::from_str(text).into_diagnostic().map(Excluded)
}
