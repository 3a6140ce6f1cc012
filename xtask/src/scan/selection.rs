//! What is kept of each official crate, and why: for people, and as tables of `services.toml`. It must not know how
//! any of it was found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use miette::IntoDiagnostic;
use tinsmith_codegen::{Errors, Model, Selection, Settings};

use super::collect::{Evidence, Finding};
use super::graph::Graph;
use super::index::{Index, Target};
use crate::models::Entry;
use crate::screen::{Screen, Style};
use crate::workspace;

/// What is kept of an official crate.
pub(crate) struct Kept {
    pub(crate) package: String,
    /// The newest of those that Cargo.lock has.
    pub(crate) version: String,
    pub(crate) entry: Entry,
    /// By the Smithy names, with all reasons, sure ones first.
    operations: BTreeMap<String, Vec<Reason>>,
    /// Types that no operation of these has.
    types: BTreeMap<String, Vec<Reason>>,
    operations_of_service: usize,
    /// Other versions that Cargo.lock has.
    others: Vec<String>,
}

/// Why something is kept, for people.
struct Reason {
    text: String,
    guess: Option<String>,
}

impl Kept {
    /// What the generator is to make of it.
    pub(crate) fn settings(&self) -> miette::Result<Settings> {
        let names: Vec<&String> = self.operations.keys().collect();
        Ok(Settings {
            service: self.entry.service.clone(),
            operations: match names[..] {
                [] => Selection::none(),
                _ => Selection::parse(&names).map_err(Errors::into_report)?,
            },
            types: self.types.keys().cloned().collect(),
            package: Some(self.package.clone()),
            version: self.version.clone(),
            ..Settings::default()
        })
    }

    /// The operations' names.
    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<&str> {
        self.operations.keys().map(String::as_str).collect()
    }

    /// The package's name, if its model is one of botocore's.
    pub(crate) fn lesser(&self) -> Option<&str> {
        self.entry.service.is_some().then_some(self.package.as_str())
    }

    fn model(&self) -> miette::Result<Model> {
        Model::load_service(&self.entry.path, self.entry.service.as_deref())
            .map_err(Errors::into_report)
    }

    /// Whether nothing of the crate is needed but that it is there.
    pub(super) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.types.is_empty()
    }

    /// A table of a `services.toml` in a folder, with comments that say why.
    pub(super) fn table(&self, folder: &Path) -> String {
        let name = self.package.strip_prefix("aws-sdk-").unwrap_or(&self.package);
        let model = workspace::from(folder, &self.entry.path);
        let mut text = format!("[{name}]\nmodel = {}\n", quoted(&model));
        if let Some(service) = &self.entry.service {
            let _ = writeln!(text, "service = {}", quoted(service));
        }
        for (key, what) in [("operations", &self.operations), ("types", &self.types)] {
            if what.is_empty() {
                text.push_str(if key == "types" { "" } else { "operations = \"none\"\n" });
                continue;
            }
            let _ = writeln!(text, "{key} = [");
            for (name, reasons) in what {
                let _ = writeln!(text, "    {},  # {}", quoted(name), summary(reasons));
            }
            text.push_str("]\n");
        }
        let _ = write!(
            text,
            "package = {}\nversion = {}\nclient = \"always\"\nout = \"generated/{name}\"\n",
            quoted(&self.package),
            quoted(&self.version),
        );
        text
    }

    /// Prints what is kept, a line each.
    pub(crate) fn print(&self, verbose: bool, screen: &mut Screen) {
        let name = screen.paint(Style::Bold, &format!("{} {}", self.package, self.version));
        let types = match self.types.len() {
            0 => String::new(),
            1 => ", and a type".to_owned(),
            count => format!(", and {count} types"),
        };
        let (operations, all) = (self.operations.len(), self.operations_of_service);
        screen.line(format_args!("{name}: {operations} of {all} operations{types}"));
        for other in &self.others {
            screen.line(format_args!(
                "  Cargo.lock has version {other} as well, which the crate can't take the place of"
            ));
        }
        let all = self.operations.iter().chain(&self.types);
        let longest = all.clone().map(|(name, _)| name.len()).max().unwrap_or_default();
        for (name, reasons) in all {
            let shown = if verbose { &reasons[..] } else { &reasons[..reasons.len().min(1)] };
            for (at, reason) in shown.iter().enumerate() {
                let name = if at == 0 { name.as_str() } else { "" };
                let more = reasons.len() - shown.len();
                let more = if more > 0 { format!(" (+{more})") } else { String::new() };
                let guess = reason.guess.as_ref().map(|why| format!(" — a guess: {why}"));
                let guess = guess.map_or(String::new(), |guess| screen.paint(Style::Cyan, &guess));
                screen.line(format_args!("  {name:longest$}  {}{more}{guess}", reason.text));
            }
        }
    }

    /// The same for programs.
    pub(crate) fn json(&self) -> serde_json::Value {
        let reasons = |what: &BTreeMap<String, Vec<Reason>>| -> serde_json::Value {
            let of = |reasons: &Vec<Reason>| -> Vec<serde_json::Value> {
                let reason = |reason: &Reason| serde_json::json!({"why": reason.text, "guess": reason.guess});
                reasons.iter().map(reason).collect()
            };
            what.iter()
                .map(|(name, all)| (name.clone(), of(all).into()))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        serde_json::json!({
            "package": self.package,
            "version": self.version,
            "operations": reasons(&self.operations),
            "types": reasons(&self.types),
        })
    }
}

/// A reason or two, in a comment.
fn summary(reasons: &[Reason]) -> String {
    let Some(first) = reasons.first() else { return String::new() };
    let more = if reasons.len() > 1 { format!(" (+{})", reasons.len() - 1) } else { String::new() };
    let guess = first.guess.as_ref().map_or(String::new(), |why| format!(" (a guess: {why})"));
    // The text is that of a line of source, but for what ends a comment.
    let text: String = format!("{}{more}{guess}", first.text);
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Sorts what was found by crates, and adds what follows from it.
pub(super) fn kept(
    graph: &Graph,
    findings: &[Finding],
    indexes: &BTreeMap<String, Index>,
    entries: &BTreeMap<String, Entry>,
) -> miette::Result<Vec<Kept>> {
    let mut all = Vec::new();
    for (package, index) in indexes {
        let findings = findings.iter().filter(|finding| finding.official == *package);
        let mut found: BTreeMap<&Target, Vec<&Evidence>> = BTreeMap::new();
        for finding in findings {
            found.entry(&finding.target).or_default().push(&finding.evidence);
        }
        let mut versions = graph.versions.get(package).cloned().unwrap_or_default();
        versions.sort_by_key(|version| ordered(version));
        versions.dedup();
        let Some(version) = versions.pop() else { continue };
        let mut kept = Kept {
            package: package.clone(),
            version,
            entry: entries[package].clone(),
            operations: BTreeMap::new(),
            types: BTreeMap::new(),
            operations_of_service: index.operations.len(),
            others: versions,
        };
        for (target, evidence) in &found {
            let reasons = reasons(graph, evidence);
            match target {
                Target::Operation(at) => {
                    let name = index.operations[*at].name.clone();
                    kept.operations.entry(name).or_default().extend(reasons);
                }
                Target::Type(name) => {
                    kept.types.entry(name.clone()).or_default().extend(reasons);
                }
                Target::Any(_) => {}
            }
        }
        stand_ins(graph, &mut kept, &found, index);
        kept.without_types_of_operations()?;
        all.push(kept);
    }
    Ok(all)
}

/// Keeps an operation for each name that the crate has only if some operation is kept that needs it, unless one is.
fn stand_ins(
    graph: &Graph,
    kept: &mut Kept,
    found: &BTreeMap<&Target, Vec<&Evidence>>,
    index: &Index,
) {
    for (target, evidence) in found {
        let Target::Any(need) = target else { continue };
        let mut having = index.operations.iter().filter(|it| index.brings(it, need));
        let Some(first) = having.next() else { continue };
        if [first].into_iter().chain(having).any(|it| kept.operations.contains_key(&it.name)) {
            continue;
        }
        let why = format!("some operation with {}", need.why());
        let reasons = reasons(graph, evidence).into_iter();
        let reasons = reasons.map(|reason| Reason { guess: Some(why.clone()), ..reason });
        kept.operations.entry(first.name.clone()).or_default().extend(reasons);
    }
}

fn reasons(graph: &Graph, evidence: &[&Evidence]) -> Vec<Reason> {
    let mut sorted: Vec<&&Evidence> = evidence.iter().collect();
    sorted.sort_by_key(|it| {
        let package = &graph.packages[it.package];
        (it.guess.is_some(), !package.is_member, it.file.clone(), it.line)
    });
    let reason = |it: &&Evidence| {
        let file = workspace::with_slashes(&it.file);
        Reason { text: format!("{file}:{}: {}", it.line, it.shown), guess: it.guess.clone() }
    };
    let mut reasons: Vec<Reason> = sorted.into_iter().map(reason).collect();
    let mut seen = BTreeSet::new();
    reasons.retain(|reason| seen.insert(reason.text.clone()));
    reasons
}

impl Kept {
    /// Leaves out the types that come with the operations.
    fn without_types_of_operations(&mut self) -> miette::Result<()> {
        if self.types.is_empty() {
            return Ok(());
        }
        let model = self.model()?;
        let settings = Settings { types: Vec::new(), ..self.settings()? };
        let api = tinsmith_codegen::api(&model, &settings).map_err(Errors::into_report)?;
        let index = Index::new(api);
        self.types.retain(|name, _| !index.has_type(name));
        Ok(())
    }
}

/// A version's numbers, to sort by.
fn ordered(version: &str) -> Vec<u64> {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    release.split('.').map(|number| number.parse().unwrap_or_default()).collect()
}

/// All crates as one JSON document.
pub(super) fn json(kept: &[&Kept]) -> miette::Result<String> {
    let all: Vec<serde_json::Value> = kept.iter().map(|kept| kept.json()).collect();
    Ok(format!("{}\n", serde_json::to_string_pretty(&all).into_diagnostic()?))
}
