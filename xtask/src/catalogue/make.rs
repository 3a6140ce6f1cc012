//! One service: loaded, generated in full, looked over, written. It must not know the other services.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tinsmith_codegen::parallel::cores;
use tinsmith_codegen::{Errors, Files, Model, RuntimeDependency, Settings, generate};
use tinsmith_model::{ShapeRef, closure};

use super::hazards;
use super::names;
use super::report::Failure;
use crate::models::Entry;
use crate::{lines, workspace};

/// The crates' folder, below that of the catalogue.
pub(super) const CRATES: &str = "crates";

/// What is the same for all services.
pub(super) struct Plan {
    folder: PathBuf,
    runtime: RuntimeDependency,
    check_names: bool,
    /// For each crate: cores that no other crate is made on.
    threads: NonZero<usize>,
}

/// A generated crate.
#[derive(Debug, Serialize)]
pub(super) struct Made {
    pub(super) name: String,
    pub(super) package: String,
    /// The one it speaks first.
    pub(super) protocol: String,
    pub(super) operations: usize,
    /// Those that the operations need.
    pub(super) shapes: usize,
    pub(super) files: usize,
    pub(super) lines: usize,
    pub(super) bytes: usize,
    /// From the model's text to files that are written and looked over, on one of the cores.
    pub(super) milliseconds: u128,
    /// Of all files.
    pub(super) sha256: String,
    /// Whether it compiles, if that was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) checked: Option<bool>,
    /// What in it has a way to go wrong.
    #[serde(skip)]
    pub(super) hazards: BTreeSet<String>,
    /// How its manifest asks for the runtime: crates that ask alike can be checked together.
    #[serde(skip)]
    pub(super) dependency: String,
}

impl Plan {
    /// For so many crates at once.
    pub(super) fn new(out: &Path, check_names: bool, crates: usize) -> miette::Result<Self> {
        let folder = out.join(CRATES);
        // A place for a crate: all are as deep.
        let runtime = workspace::runtime(None, &folder.join("crate"))?;
        let threads = NonZero::new(cores().get() / crates.max(1)).unwrap_or(NonZero::<usize>::MIN);
        Ok(Self { folder, runtime, check_names, threads })
    }
}

/// Makes the crates of a model, one if it has one service. They get the official crate's name unless `package` is one.
pub(super) fn make(
    entry: &Entry,
    package: Option<&str>,
    plan: &Plan,
) -> Result<Vec<Made>, Vec<Failure>> {
    let failure = |message: String| Failure { service: entry.name.clone(), message };
    // A panic is a mistake of the generator's about one service; the others shall be looked at still.
    let result = catch_unwind(AssertUnwindSafe(|| services(entry, package, plan)));
    match result {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(messages)) => Err(messages.into_iter().map(failure).collect()),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(vec![failure(format!("the generator panicked: {}", said.unwrap_or("(no text)")))])
        }
    }
}

fn services(entry: &Entry, package: Option<&str>, plan: &Plan) -> Result<Vec<Made>, Vec<String>> {
    let start = Instant::now();
    let model = load(entry).map_err(|errors| messages(&errors))?;
    let services = model.services();
    if services.is_empty() {
        return Err(vec!["the model has no service".to_owned()]);
    }
    let mut made = Vec::with_capacity(services.len());
    for &service in &services {
        let name = match services.len() {
            1 => entry.name.clone(),
            _ => format!("{}-{}", entry.name, model.shape(service).id.name()),
        };
        let settings = Settings {
            service: Some(model.shape(service).id.to_string()),
            package: package.map(str::to_owned),
            runtime: plan.runtime.clone(),
            source: model.origin().to_owned(),
            threads: Some(plan.threads),
            ..Settings::default()
        };
        let mut crate_made = one(entry, &model, service, &settings, name, plan)?;
        crate_made.milliseconds = start.elapsed().as_millis();
        made.push(crate_made);
    }
    Ok(made)
}

fn load(entry: &Entry) -> Result<Model, Errors> {
    Model::load_service(&entry.path, entry.service.as_deref())
}

/// What is wrong, a line each.
fn messages(errors: &Errors) -> Vec<String> {
    errors.iter().map(|error| format!("{error:?}")).collect()
}

fn one(
    entry: &Entry,
    model: &Model,
    service: ShapeRef,
    settings: &Settings,
    name: String,
    plan: &Plan,
) -> Result<Made, Vec<String>> {
    let files = generate(model, settings).map_err(|errors| messages(&errors))?;
    let folder = plan.folder.join(&name);
    files.write(&folder).map_err(|error| vec![described(&error)])?;
    names::paths(&files)?;
    if plan.check_names {
        names::items(&files)?;
        let again = load(entry)
            .and_then(|model| generate(&model, settings))
            .map_err(|errors| messages(&errors))?;
        if let Some(path) = first_difference(&files, &again) {
            return Err(vec![format!("{path} is another one each time it is generated")]);
        }
    }
    let operations = model.operations(service);
    let manifest = manifest(&files)?;
    Ok(Made {
        package: manifest["package"]["name"].as_str().unwrap_or_default().to_owned(),
        dependency: manifest["dependencies"].to_string(),
        protocol: hazards::protocol(&files).to_owned(),
        shapes: closure(model, service, &operations).len(),
        hazards: hazards::of(model, service, &operations, &files),
        operations: operations.len(),
        files: files.len(),
        lines: lines::of_files(&files),
        bytes: files.iter().map(|(_, text)| text.len()).sum(),
        milliseconds: 0,
        sha256: hash(&files),
        checked: None,
        name,
    })
}

/// An error and the mend for it, in a line.
fn described(error: &impl miette::Diagnostic) -> String {
    error.help().map_or(error.to_string(), |help| format!("{error} (help: {help})"))
}

fn manifest(files: &Files) -> Result<toml::Table, Vec<String>> {
    let text = files.get("Cargo.toml").unwrap_or_default();
    text.parse().map_err(|error| vec![format!("Cargo.toml is no TOML: {error}")])
}

/// The first file that is not the same, or is missing.
fn first_difference(one: &Files, other: &Files) -> Option<String> {
    let all: BTreeSet<&str> = one.iter().chain(other.iter()).map(|(path, _)| path).collect();
    all.into_iter().find(|path| one.get(path) != other.get(path)).map(str::to_owned)
}

fn hash(files: &Files) -> String {
    let mut hash = Sha256::new();
    for (path, text) in files.iter() {
        for part in [path, text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a string doesn't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
