//! A workspace below `target/` with both crates of each service, and their documentation as JSON. It must not know what
//! is compared.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use miette::{IntoDiagnostic, Report, WrapErr, miette};
use serde::Deserialize;
use tinsmith_codegen::{Client, Errors};

use super::docs::Artifacts;
use super::release::ModelNames;
use crate::oracle::program;
use crate::oracle::services::Service;
use crate::workspace::{self, put};

/// The crate that generated ones offer items of.
pub(super) const RUNTIME: &str = "tinsmith-runtime";

/// Features of the official crates that add nothing to their API: they choose an HTTP client, which would have to be
/// compiled, or tests.
const NO_API: [&str; 6] = [
    "default",
    "default-https-client",
    "gated-tests",
    "legacy-https-client",
    "legacy-test-util",
    "rustls",
];

/// The workspace of the crates.
pub(super) struct Crates {
    folder: PathBuf,
}

/// A service's crates, documented.
pub(super) struct Documented {
    pub(super) theirs: PathBuf,
    pub(super) ours: PathBuf,
    /// Each feature with those that it enables.
    pub(super) their_features: Features,
    pub(super) our_features: Features,
}

/// A service whose crate was generated.
pub(super) struct Generated<'s> {
    pub(super) service: &'s Service,
    /// How many operations it has.
    pub(super) operations: usize,
    /// What the model calls things.
    pub(super) names: ModelNames,
}

/// The features of a package, with what they enable.
pub(super) type Features = BTreeMap<String, Vec<String>>;

/// The documentation of all crates.
pub(super) struct Documentation {
    pub(super) services: Vec<Documented>,
    pub(super) runtime: PathBuf,
    pub(super) artifacts: Artifacts,
}

impl Crates {
    pub(super) fn new() -> miette::Result<Self> {
        Ok(Crates { folder: workspace::root()?.join("target/api-diff") })
    }

    /// Generates our crate of a service.
    pub(super) fn generate<'s>(
        &self,
        service: &'s Service,
        operations: &[String],
        models: &Path,
    ) -> miette::Result<Generated<'s>> {
        let model = service.load(models)?;
        let folder = self.folder.join(service.name).join("ours");
        let runtime = workspace::runtime(None, &folder)?;
        let (files, operations) =
            program::files(service, operations, &model, Client::Always, runtime)
                .map_err(Errors::into_report)
                .wrap_err_with(|| format!("cannot generate from {}", model.origin()))?;
        let names = ModelNames::of(&model);
        files.write(&folder).map_err(Report::new)?;
        Ok(Generated { service, operations, names })
    }

    /// Documents both crates of each service, and the runtime. Cargo says on stderr how far it is.
    pub(super) fn document(&self, services: &[Generated<'_>]) -> miette::Result<Documentation> {
        let names: Vec<&Service> = services.iter().map(|it| it.service).collect();
        let none = Features::new();
        for service in &names {
            self.put_probe(service, &none, &none)?;
        }
        program::put_workspace(&self.folder, &names, &["ours", "probe"])?;
        let packages = self.packages()?;
        let features = |name: &str, version: Option<&str>| {
            let fits = |it: &&Package| it.name == name && version.is_none_or(|v| it.version == v);
            packages.iter().find(fits).map(|it| it.features.clone()).unwrap_or_default()
        };
        let mut documented = Vec::new();
        for Generated { service, .. } in services {
            let theirs = features(service.package, Some(service.version));
            let ours = features(&program::ours(service), None);
            self.put_probe(service, &theirs, &ours)?;
            documented.push(Documented {
                theirs: self.json(service.package),
                ours: self.json(&program::ours(service)),
                their_features: theirs,
                our_features: ours,
            });
        }
        let artifacts = self.doc(&names)?;
        Ok(Documentation { services: documented, runtime: self.json(RUNTIME), artifacts })
    }

    /// A package that depends on both crates, with the same features.
    fn put_probe(
        &self,
        service: &Service,
        theirs: &Features,
        ours: &Features,
    ) -> miette::Result<()> {
        let wanted: BTreeSet<&str> =
            theirs.keys().map(String::as_str).filter(|it| !NO_API.contains(it)).collect();
        let listed = |features: &Features| {
            let names = wanted.iter().filter(|name| features.contains_key(**name));
            names.map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
        };
        let Service { name, package, version, .. } = service;
        let (ours, features) = (listed(ours), listed(theirs));
        let (our_package, probe) = (program::ours(service), probe(service));
        let manifest = format!(
            "[package]\nname = {probe:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\n\
             [dependencies]\n\
             theirs = {{ package = {package:?}, version = \"={version}\", default-features = false, features = [{features}] }}\n\
             ours = {{ package = {our_package:?}, path = \"../ours\", default-features = false, features = [{ours}] }}\n"
        );
        let folder = self.folder.join(name).join("probe");
        put(&folder.join("lib.rs"), "//! Depends on both crates.\n")?;
        put(&folder.join("Cargo.toml"), &manifest)
    }

    fn packages(&self) -> miette::Result<Vec<Package>> {
        let output = cargo(&self.folder, &self.target(), &["metadata", "--format-version", "1"])?;
        let metadata: Metadata = serde_json::from_slice(&output)
            .into_diagnostic()
            .wrap_err("cargo metadata printed something else than packages")?;
        Ok(metadata.packages)
    }

    fn doc(&self, services: &[&Service]) -> miette::Result<Artifacts> {
        // What depends on both says with which features, if it is among the packages.
        let packages = services.iter().flat_map(|service| {
            let theirs = format!("{}@{}", service.package, service.version);
            [theirs, program::ours(service), probe(service)]
        });
        doc(&self.folder, &self.target(), packages.chain([RUNTIME.to_owned()]))
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn json(&self, package: &str) -> PathBuf {
        json(&self.target(), package)
    }
}

/// Documents packages of the workspace in a folder as JSON, and tells what was compiled for it.
pub(super) fn doc(
    folder: &Path,
    target: &Path,
    packages: impl Iterator<Item = String>,
) -> miette::Result<Artifacts> {
    // Members would have their default features otherwise, whatever those who depend on them say.
    let mut args: Vec<String> = [
        "doc",
        "--no-deps",
        "--no-default-features",
        "--message-format",
        "json-render-diagnostics",
    ]
    .map(str::to_owned)
    .into();
    for package in packages {
        args.extend(["--package".to_owned(), package]);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = cargo(folder, target, &args)?;
    artifacts(&String::from_utf8_lossy(&output))
}

/// Where the documentation of a package is.
pub(super) fn json(target: &Path, package: &str) -> PathBuf {
    target.join("doc").join(format!("{}.json", package.replace('-', "_")))
}

/// What a run of Cargo prints on stdout.
fn cargo(folder: &Path, target: &Path, args: &[&str]) -> miette::Result<Vec<u8>> {
    let output = Command::new(workspace::cargo())
        .args(args)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        // JSON is an unstable output of rustdoc's.
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "RUSTDOCFLAGS",
            "-Z unstable-options --output-format json --document-hidden-items --cap-lints allow",
        )
        .stderr(Stdio::inherit())
        .output()
        .into_diagnostic()
        .wrap_err("cannot run cargo")?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(miette!(
        help = "above, Cargo says why: the registry must be reachable and have the official crates, or the download \
                have been made before",
        "the crates in {} cannot be documented",
        folder.display()
    ))
}

/// The name of the package that depends on both crates.
fn probe(service: &Service) -> String {
    format!("probe-{}", service.name)
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    features: Features,
}

/// The names of crates by the files that Cargo says it made.
pub(super) fn artifacts(messages: &str) -> miette::Result<Artifacts> {
    #[derive(Deserialize)]
    struct Message {
        package_id: Option<String>,
        target: Option<Target>,
        #[serde(default)]
        filenames: Vec<PathBuf>,
    }
    #[derive(Deserialize)]
    struct Target {
        name: String,
    }
    let mut found = Vec::new();
    for line in messages.lines() {
        let message: Message = serde_json::from_str(line)
            .into_diagnostic()
            .wrap_err("cargo doc printed something else than messages")?;
        let (Some(package), Some(target)) = (message.package_id, message.target) else { continue };
        for file in message.filenames {
            let metadata = file.extension().is_some_and(|it| it == "rmeta");
            if let Some(stem) = file.file_stem().filter(|_| metadata) {
                let stem = stem.to_string_lossy().into_owned();
                found.push((stem, target.name.clone(), package.clone()));
            }
        }
    }
    let mut versions: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (_, name, package) in &found {
        versions.entry(name).or_default().insert(package);
    }
    let name = |name: &str, package: &str| match (&versions[name], package.rsplit_once(['@', '#']))
    {
        (several, Some((_, version))) if several.len() > 1 => format!("{name}@{version}"),
        _ => name.to_owned(),
    };
    let named = found.iter().map(|(file, krate, package)| (file.clone(), name(krate, package)));
    Ok(Artifacts(named.collect()))
}
