//! The programs of `codegen/dropin` as two projects below `target/`: as they are, and with a patch section that puts
//! generated crates in the official ones' place. It must not know what the programs do.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use miette::{IntoDiagnostic, Report, WrapErr, miette};
use tinsmith_codegen::{Client, Errors, Files, Model, Selection, Settings, generate};
use toml::{Table, Value};

use super::crates::{SERVICES, Service};
use crate::workspace::{self, put};

/// Where the programs are.
const SOURCES: &str = "codegen/dropin";

/// No program runs longer than this.
const PATIENCE: Duration = Duration::from_secs(300);

/// Below `aws-config`, whatever a program calls itself.
const ALWAYS: &str = "aws-sdk-sts";

/// Whose crates a program is built with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Origin {
    /// The ones of the registry.
    Official,
    /// Ours, by a patch section.
    Generated,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Origin::Official => "official",
            Origin::Generated => "generated",
        })
    }
}

/// Where models are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Models<'a> {
    /// The folder of Smithy's.
    pub(crate) folder: &'a Path,
    /// An unpacked wheel of botocore, whose models take the place of those that are not there.
    pub(crate) wheel: Option<&'a Path>,
}

/// The programs, and where they are built.
pub(crate) struct Project {
    sources: PathBuf,
    folder: PathBuf,
    manifest: Table,
}

impl Project {
    /// The programs of this workspace.
    pub(crate) fn new() -> miette::Result<Self> {
        let root = workspace::root()?;
        let sources = root.join(SOURCES);
        let path = sources.join("Cargo.toml");
        let text = fs::read_to_string(&path).into_diagnostic();
        let manifest = text.and_then(|text| text.parse::<Table>().into_diagnostic());
        let manifest = manifest.wrap_err_with(|| format!("cannot read {}", path.display()))?;
        Ok(Self { sources, folder: root.join("target/drop-in"), manifest })
    }

    /// Where the programs' sources are.
    pub(crate) fn sources(&self) -> &Path {
        &self.sources
    }

    /// Generates the crates that these programs need.
    pub(crate) fn generate(&self, programs: &[&str], models: Models<'_>) -> miette::Result<()> {
        for service in self.services(programs)? {
            let smithy = models.folder.join(service.model);
            let (model, name) = match models.wheel {
                Some(wheel) if !smithy.exists() => (wheel.to_owned(), service.botocore),
                _ => (smithy, None),
            };
            let out = self.crate_of(service);
            let files = self
                .files(service, &model, name, &out)?
                .map_err(Errors::into_report)
                .wrap_err_with(|| format!("cannot generate from {}", model.display()))?;
            files.write(&out).map_err(Report::new)?;
        }
        Ok(())
    }

    fn files(
        &self,
        service: &Service,
        path: &Path,
        name: Option<&str>,
        out: &Path,
    ) -> miette::Result<Result<Files, Errors>> {
        let settings = Settings {
            package: Some(service.package.to_owned()),
            version: self.version(service.package)?,
            client: Client::Always,
            runtime: workspace::runtime(None, out)?,
            standalone: true,
            ..Settings::default()
        };
        let make = || {
            let operations = Selection::parse(service.operations)?;
            let model = Model::load_service(path, name)?;
            let source = model.origin().to_owned();
            generate(&model, &Settings { operations, source, ..settings })
        };
        Ok(make())
    }

    fn crate_of(&self, service: &Service) -> PathBuf {
        self.folder.join("crates").join(service.package)
    }

    /// The version of the official crate that the manifest says.
    fn version(&self, package: &str) -> miette::Result<String> {
        let dependency = &self.manifest.get("dependencies").and_then(|all| all.get(package));
        let version = dependency.and_then(|it| it.get("version")).and_then(Value::as_str);
        let exact = version.and_then(|version| version.strip_prefix('='));
        exact.map(str::to_owned).ok_or_else(|| {
            miette!(
                help = "write `version = \"=1.2.3\"`, with the version that is to be compared with",
                "{SOURCES}/Cargo.toml does not say exactly which version of {package} is meant"
            )
        })
    }

    /// The services whose crates the programs depend on.
    fn services(&self, programs: &[&str]) -> miette::Result<Vec<&'static Service>> {
        let mut packages = BTreeSet::from([ALWAYS.to_owned()]);
        let mut open: Vec<String> = programs.iter().map(|program| (*program).to_owned()).collect();
        let mut done = BTreeSet::new();
        while let Some(feature) = open.pop() {
            if !done.insert(feature.clone()) {
                continue;
            }
            let items = self.manifest.get("features").and_then(|all| all.get(&feature));
            let items = items.and_then(Value::as_array).ok_or_else(|| {
                miette!("{SOURCES}/Cargo.toml has no feature for the program {feature}")
            })?;
            for item in items.iter().filter_map(Value::as_str) {
                match item.strip_prefix("dep:") {
                    Some(package) => drop(packages.insert(package.to_owned())),
                    None if item.contains('/') => {}
                    None => open.push(item.to_owned()),
                }
            }
        }
        let known = |package: &String| {
            SERVICES.iter().find(|service| service.package == package).ok_or_else(|| {
                miette!("the table of services in xtask/src/dropin/crates.rs has no {package}")
            })
        };
        packages.iter().map(known).collect()
    }

    fn root(&self, origin: Origin) -> PathBuf {
        self.folder.join(origin.to_string())
    }

    /// Builds these programs with crates of this origin; Cargo says on stderr how far it is.
    pub(crate) fn build(&self, origin: Origin, programs: &[&str]) -> miette::Result<()> {
        let root = self.root(origin);
        let services = self.services(programs)?;
        let manifest = self.manifest(origin, &services)?;
        put(&root.join("Cargo.toml"), &manifest)?;
        workspace::lock_once(&root)?;
        let binaries = programs.iter().flat_map(|it| ["--bin".to_owned(), binary(origin, it)]);
        let status = Command::new(workspace::cargo())
            .arg("build")
            .arg("--features")
            .arg(programs.join(","))
            .args(binaries)
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", self.target())
            .stdout(Stdio::null())
            .status()
            .into_diagnostic()
            .wrap_err("cannot run cargo")?;
        if status.success() {
            return Ok(());
        }
        let help = match origin {
            Origin::Official => {
                "above, Cargo says why: the registry must be reachable, or the official crates have been fetched before"
            }
            Origin::Generated => {
                "above, Cargo says why: what compiles with official crates must compile with generated ones, too"
            }
        };
        Err(miette!(
            help = help,
            "the programs cannot be built with {origin} crates in {}",
            root.display()
        ))
    }

    /// Both projects share it: most of what they compile is the same.
    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// The programs' manifest, with paths to where they are, and with a patch section if it is to have one.
    fn manifest(&self, origin: Origin, services: &[&Service]) -> miette::Result<String> {
        let mut manifest = self.manifest.clone();
        let lib = Table::from_iter([
            ("name".to_owned(), Value::from("dropin")),
            ("path".to_owned(), Value::from(self.path_of("src/lib.rs"))),
        ]);
        manifest.insert("lib".to_owned(), lib.into());
        let binaries = manifest.get_mut("bin").and_then(Value::as_array_mut);
        for program in binaries.into_iter().flatten().filter_map(Value::as_table_mut) {
            let [name, path] = ["name", "path"]
                .map(|key| program.get(key).and_then(Value::as_str).unwrap_or_default().to_owned());
            // Their names differ, because the folder where Cargo puts them is the same.
            program.insert("name".to_owned(), binary(origin, &name).into());
            program.insert("path".to_owned(), self.path_of(&path).into());
        }
        if origin == Origin::Generated {
            let patches = services.iter().map(|service| {
                let path = workspace::with_slashes(&self.crate_of(service));
                let dependency = Table::from_iter([("path".to_owned(), Value::from(path))]);
                (service.package.to_owned(), Value::from(dependency))
            });
            let registry = Value::from(Table::from_iter(patches));
            let registry = Table::from_iter([("crates-io".to_owned(), registry)]);
            manifest.insert("patch".to_owned(), registry.into());
        }
        toml::to_string(&manifest).into_diagnostic().wrap_err("the manifest cannot be written")
    }

    fn path_of(&self, file: &str) -> String {
        workspace::with_slashes(&self.sources.join(file))
    }

    /// Runs a program, and gives what it prints. It finds an environment without anything of the user's but this.
    pub(crate) fn start(
        &self,
        origin: Origin,
        program: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> miette::Result<String> {
        let name = format!("{}{}", binary(origin, program), std::env::consts::EXE_SUFFIX);
        let child = Command::new(self.target().join("debug").join(&name))
            .args(arguments)
            .env_clear()
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot run {name}"))?;
        let (printed, status) = finish(child).wrap_err_with(|| format!("{name} failed"))?;
        if status.success() {
            return Ok(printed);
        }
        Err(miette!("the program {name} failed: {status}"))
    }
}

/// What the binary of a program is called.
fn binary(origin: Origin, program: &str) -> String {
    format!("{origin}-{program}")
}

/// What a program prints until it ends, which it is made to if it takes too long.
fn finish(mut child: Child) -> miette::Result<(String, ExitStatus)> {
    let mut stdout = child.stdout.take().ok_or_else(|| miette!("it has no output"))?;
    let reading = thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().into_diagnostic()? {
            break status;
        }
        if begin.elapsed() > PATIENCE {
            child.kill().and_then(|()| child.wait()).into_diagnostic()?;
            return Err(miette!("it hung, and was ended after {} s", PATIENCE.as_secs()));
        }
        thread::sleep(Duration::from_millis(20));
    };
    let text = reading.join().map_err(|_| miette!("its output could not be read"))?;
    Ok((text.into_diagnostic()?, status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_has_a_feature_that_names_services_with_exact_versions() {
        let project = Project::new().unwrap();
        let binaries = project.manifest["bin"].as_array().unwrap();
        let moto = crate::moto::SERVICES.map(|service| format!("moto-{service}"));
        let programs = crate::dropin::PROGRAMS.into_iter().chain(moto.iter().map(String::as_str));
        for name in programs {
            let program = binaries.iter().find(|it| it["name"].as_str() == Some(name)).unwrap();
            assert_eq!(program["required-features"].as_array().unwrap()[..], [name.into()]);
            for service in project.services(&[name]).unwrap() {
                assert!(project.version(service.package).is_ok(), "{}", service.package);
            }
        }
    }

    #[test]
    fn sts_is_replaced_in_any_case_as_aws_config_needs_it() {
        let project = Project::new().unwrap();
        let packages = |program| {
            let services = project.services(&[program]).unwrap();
            services.iter().map(|service| service.package).collect::<Vec<_>>()
        };
        assert_eq!(packages("sqs"), ["aws-sdk-sqs", "aws-sdk-sts"]);
        let config = ["aws-sdk-signin", "aws-sdk-sso", "aws-sdk-ssooidc", "aws-sdk-sts"];
        assert_eq!(packages("config"), config);
        assert!(project.services(&["none"]).is_err());
    }

    #[test]
    fn only_the_patch_section_and_the_names_differ() {
        let project = Project::new().unwrap();
        let services = project.services(&["sqs"]).unwrap();
        let [mut official, mut generated] = [Origin::Official, Origin::Generated]
            .map(|origin| project.manifest(origin, &services).unwrap().parse::<Table>().unwrap());
        let patches = generated.remove("patch").unwrap();
        let patches = patches["crates-io"].as_table().unwrap();
        assert_eq!(patches.keys().collect::<Vec<_>>(), ["aws-sdk-sqs", "aws-sdk-sts"]);
        let name = |manifest: &Table| manifest["bin"][0]["name"].as_str().unwrap().to_owned();
        assert_eq!(name(&official).replace("official", "generated"), name(&generated));
        assert!(official.remove("bin").is_some() && generated.remove("bin").is_some());
        assert_eq!(official, generated);
        let path = official["lib"]["path"].as_str().unwrap();
        assert!(Path::new(path).is_file(), "{path}");
    }
}
