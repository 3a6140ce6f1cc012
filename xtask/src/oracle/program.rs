//! A workspace below `target/` with both crates of each service and a program that has them side by side. It
//! must not know what the programs are for.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use miette::{IntoDiagnostic, Report, WrapErr, miette};
use tinsmith_codegen::{
    Client, Errors, Files, Model, RuntimeDependency, Selection, Settings, generate,
};
use tinsmith_model::ShapeRef;

use super::bridge::{self, OURS, THEIRS};
use super::services::Service;
use super::shapes;
use crate::screen::tell;
use crate::workspace::{self, put};

/// How the programs are built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Profile {
    /// Quickly.
    Dev,
    /// To run quickly.
    Release,
}

/// A workspace of programs, one a service.
pub(crate) struct Programs {
    folder: PathBuf,
    profile: Profile,
    /// The function of `tinsmith-oracle` that the programs call.
    run: &'static str,
    /// Whether they make clients.
    clients: bool,
}

impl Programs {
    /// Programs in this folder below `target/` that call a function of `tinsmith-oracle`.
    pub(crate) fn new(folder: &str, profile: Profile, run: &'static str) -> miette::Result<Self> {
        let folder = workspace::root()?.join("target").join(folder);
        Ok(Self { folder, profile, run, clients: false })
    }

    /// With clients, whose paginators and waiters the function gets as well.
    pub(crate) fn with_clients(self) -> Self {
        Self { clients: true, ..self }
    }

    /// Generates our crates, writes the programs that have both, and builds them. What is done is told on stderr.
    pub(crate) fn make(&self, services: &[&Service], models: &Path) -> miette::Result<()> {
        for service in services {
            let model = service.load(models)?;
            tell(format_args!("generate {} from {}", service.name, model.origin()));
            self.add(service, &model)?;
        }
        put_workspace(&self.folder, services, &[OURS, "program"])?;
        tell(format_args!("build both crates of each service, and the programs that compare them"));
        self.build(services)
    }

    /// Generates our crate of a service, and writes the program that has both.
    fn add(&self, service: &Service, model: &Model) -> miette::Result<()> {
        let folder = self.folder.join(service.name);
        let runtime = workspace::runtime(None, &folder.join(OURS))?;
        let (files, _) = files(service, service.operations, model, Client::Optional, runtime)
            .map_err(Errors::into_report)
            .wrap_err_with(|| format!("cannot generate from {}", model.origin()))?;
        let shapes = shapes::read(&files)?;
        files.write(&folder.join(OURS)).map_err(Report::new)?;
        put(
            &folder.join("program/src/main.rs"),
            &bridge::program(&shapes, self.run, self.clients),
        )?;
        put(&folder.join("program/Cargo.toml"), &manifest(service, self.clients)?)
    }

    /// Builds the programs; Cargo says on stderr how far it is.
    fn build(&self, services: &[&Service]) -> miette::Result<()> {
        let packages =
            services.iter().flat_map(|service| ["--package".to_owned(), program(service)]);
        let status = Command::new(workspace::cargo())
            .arg("build")
            .args((self.profile == Profile::Release).then_some("--release"))
            .args(packages)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .stdout(Stdio::null())
            .status()
            .into_diagnostic()
            .wrap_err("cannot run cargo")?;
        if status.success() { Ok(()) } else { Err(self.not_built()) }
    }

    fn not_built(&self) -> Report {
        miette!(
            help = "above, Cargo says why: the registry must be reachable and have the official crates, or the \
                    download have been made before; if both crates differ in their types, so that the program \
                    that converts them is wrong, the generator is to be mended",
            "the programs in {} cannot be built",
            self.folder.display()
        )
    }

    /// Runs a service's program with an argument, and gives what it prints.
    pub(crate) fn start(&self, service: &Service, argument: &str) -> miette::Result<Vec<u8>> {
        let profile = if self.profile == Profile::Release { "release" } else { "debug" };
        let name = format!("{}{}", program(service), std::env::consts::EXE_SUFFIX);
        let output = Command::new(self.folder.join("target").join(profile).join(name))
            .arg(argument)
            .stderr(Stdio::inherit())
            .output()
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot run {}", program(service)))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(miette!("the program {} failed: {}", program(service), output.status))
    }
}

/// Writes a workspace's manifest, with these packages of each service, and the versions that this workspace has already.
pub(crate) fn put_workspace(
    folder: &Path,
    services: &[&Service],
    parts: &[&str],
) -> miette::Result<()> {
    let members = services.iter().flat_map(|service| parts.iter().map(move |part| (service, part)));
    let members = members.map(|(service, part)| format!("{}/{part}", service.name));
    workspace::put_workspace(folder, members)?;
    workspace::lock_once(folder)
}

/// The name of our package of a service.
pub(crate) fn ours(service: &Service) -> String {
    format!("ours-{}", service.name)
}

fn program(service: &Service) -> String {
    format!("oracle-{}", service.name)
}

/// Our crate of a service with the operations that some of the patterns fit, with all of them if there is none; and how
/// many operations these are.
pub(crate) fn files(
    service: &Service,
    patterns: &[impl AsRef<str>],
    model: &Model,
    client: Client,
    runtime: RuntimeDependency,
) -> Result<(Files, usize), Errors> {
    let operations = operations(service, patterns, model, model.service(None)?)?;
    let settings = Settings {
        operations: Selection::parse(&operations)?,
        protocol: service.protocol.map(str::to_owned),
        package: Some(ours(service)),
        version: service.version.to_owned(),
        client,
        runtime,
        source: model.origin().to_owned(),
        ..Settings::default()
    };
    Ok((generate(model, &settings)?, operations.len()))
}

/// The names of the operations.
fn operations(
    service: &Service,
    patterns: &[impl AsRef<str>],
    model: &Model,
    shape: ShapeRef,
) -> Result<Vec<String>, Errors> {
    let selection = match patterns {
        [] => Selection::all(),
        patterns => Selection::parse(patterns)?,
    };
    let names = selection.resolve(model, shape)?;
    let names = names.into_iter().map(|operation| model.shape(operation).id.name().to_owned());
    let left_out = |name: &String| service.without.iter().any(|(without, _)| without == name);
    Ok(names.filter(|name| !left_out(name)).collect())
}

fn manifest(service: &Service, clients: bool) -> miette::Result<String> {
    let library = workspace::root()?.join("codegen/oracle");
    let library = workspace::with_slashes(&library);
    let Service { package, version, .. } = service;
    let (name, ours) = (program(service), ours(service));
    let features = if clients { ", features = [\"client\"]" } else { "" };
    Ok(format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {OURS} = {{ package = {ours:?}, path = \"../{OURS}\", default-features = false{features} }}\n\
         {THEIRS} = {{ package = {package:?}, version = \"={version}\", default-features = false }}\n\
         tinsmith-oracle = {{ path = {library:?} }}\n"
    ))
}
