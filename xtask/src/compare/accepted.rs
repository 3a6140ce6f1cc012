//! The file that says what may differ, and why. It must not know how differences are found.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Deserialize;
use tinsmith_model::compare::{Difference, Side};

use crate::pattern::matches;

/// Why a difference is no fault of the reader.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Ord, PartialOrd)]
#[serde(rename_all = "lowercase")]
pub(super) enum Class {
    /// botocore does not say it, or says another thing on purpose.
    Lacking,
    /// The two models are of different releases of the service.
    Release,
}

impl Class {
    pub(super) fn name(self) -> &'static str {
        match self {
            Class::Lacking => "accepted, botocore lacks it",
            Class::Release => "accepted, of another release",
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    difference: Vec<Entry>,
}

/// A kind of difference: all conditions must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Facts, as a difference names them.
    what: Vec<String>,
    /// Which of the models have it: `smithy`, `botocore` or `both`; any, if it is not said.
    side: Option<String>,
    /// The services, by the names of botocore's folders; all, if it is not said.
    services: Option<Vec<String>>,
    /// The places, in which `*` stands for any run of characters.
    places: Option<Vec<String>>,
    class: Class,
    reason: String,
    #[serde(skip)]
    used: AtomicBool,
}

/// The accepted kinds, in the order of the file.
pub(super) struct Accepted(Vec<Entry>);

impl Accepted {
    pub(super) fn read(path: &Path) -> miette::Result<Self> {
        let text = std::fs::read_to_string(path).into_diagnostic();
        let file = text.and_then(|text| toml::from_str::<File>(&text).into_diagnostic());
        let file = file.wrap_err_with(|| format!("cannot read {}", path.display()))?;
        let known = ["smithy", "botocore", "both"];
        let strange = file.difference.iter().filter_map(|entry| entry.side.as_deref());
        if let Some(side) = strange.into_iter().find(|side| !known.contains(side)) {
            return Err(miette!(
                help = "a side is `smithy`, `botocore` or `both`",
                "{}: unknown side `{side}`",
                path.display()
            ));
        }
        Ok(Accepted(file.difference))
    }

    /// The class of the first entry that the difference falls under.
    pub(super) fn class(&self, service: &str, difference: &Difference) -> Option<Class> {
        let entry = self.0.iter().find(|entry| entry.accepts(service, difference))?;
        entry.used.store(true, Ordering::Relaxed);
        Some(entry.class)
    }

    /// The reasons of entries that nothing fell under. Releases come and go.
    pub(super) fn unused(&self) -> impl Iterator<Item = &str> {
        let lacking = self.0.iter().filter(|entry| entry.class == Class::Lacking);
        let unused = lacking.filter(|entry| !entry.used.load(Ordering::Relaxed));
        unused.map(|entry| entry.reason.as_str())
    }
}

impl Entry {
    fn accepts(&self, service: &str, difference: &Difference) -> bool {
        let side = match difference.side {
            Side::First => "smithy",
            Side::Second => "botocore",
            Side::Both => "both",
        };
        self.what.iter().any(|what| what == difference.what)
            && self.side.as_deref().is_none_or(|wanted| wanted == side)
            && self.services.as_ref().is_none_or(|names| names.iter().any(|name| name == service))
            && self.places.as_ref().is_none_or(|places| {
                places.iter().any(|pattern| matches(pattern, &difference.place))
            })
    }
}
