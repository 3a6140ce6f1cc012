//! The cases that don't count as failed, each with a reason, from one file. It must not know how a case
//! came out.

use std::collections::BTreeMap;
use std::path::Path;

use miette::{IntoDiagnostic, WrapErr};

/// Reasons, by suite and by the case's ID.
pub(super) struct Excluded(BTreeMap<String, BTreeMap<String, String>>);

impl Excluded {
    /// Why the case doesn't count, if it doesn't.
    pub(super) fn reason(&self, suite: &str, id: &str) -> Option<&str> {
        self.0.get(suite)?.get(id).map(String::as_str)
    }
}

pub(super) fn load(path: &Path) -> miette::Result<Excluded> {
    let text = std::fs::read_to_string(path).into_diagnostic();
    let suites = text.and_then(|text| toml::from_str(&text).into_diagnostic());
    suites.map(Excluded).wrap_err_with(|| format!("cannot read {}", path.display()))
}
