//! `bench compile`: what rustc takes over the official crate and over the generated one. It must not know how
//! processes are measured, nor how figures are written.

use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, Report as Problem, WrapErr, miette};
use tinsmith_codegen::{Errors, Model, Selection, Settings, generate};

use super::cargo::Cargo;
use super::page;
use super::report::{Builds, Costs, Report};
use super::subject::{self, Profile, Subject};
use crate::machine::Machine;
use crate::progress::Progress;
use crate::screen::Screen;
use crate::{Outcome, regenerate, services, workspace};

/// Where the crates and their target directories are made.
const FOLDER: &str = "target/bench/compile";

/// What the page calls this measurement.
const PART: &str = "compile";

/// How often each crate is compiled unless it is said.
const RUNS: &str = "3";

const EXAMPLES: &str = "\
Examples:
  The whole service, three times each:
    cargo xtask bench compile --model forecast.json
  Only what you call, against the whole official crate; the table goes onto the page:
    cargo xtask bench compile --model forecast.json --operations 'List*,TagResource' \\
        --runs 5 --write docs/measurements.md

What is measured is the crate's own compilation, not its dependencies': both crates are
compiled in turn, in the dev and in the release profile, without default features and not
incrementally. Each cell is the median of the runs, with the least and the most of them.
The first build of each, dependencies included, is a row of its own. Ratios are how many
times the generated crate goes into the official one.

It takes minutes, and gigabytes of memory for large services. Let the machine do nothing
else meanwhile: wall time suffers first, CPU time less.";

/// Compiles the official crate and the generated one in turn, and prints what each takes.
///
/// The official crate comes from the registry; everything is made below target/bench/compile.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The service model: a Smithy JSON AST file, or a file or folder of botocore's.
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// The operations to generate: names, separated by commas, in which `*` stands for any run of characters
    /// [default: all of them].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    operations: Vec<String>,
    /// The service, by name or shape ID, where the model has several.
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// The official package's name [default: `aws-sdk-` and the service's ID].
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// The official crate's version [default: the one in model/services/services.toml, or the newest].
    #[arg(long, value_name = "VERSION")]
    official_version: Option<String>,
    /// How often each crate is compiled in each profile.
    #[arg(long, value_name = "N", default_value = RUNS, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// The page to write the table to, between its markers; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// The file to write every single measurement to.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let plan = Plan::new(args)?;
    if let Some(path) = &args.write {
        page::updated(path, PART, "")?;
    }
    let report = plan.measure(args.runs)?;
    let text = format!(
        "{}\n\n{}\n{}\nMade by `{}`.\n",
        report.subject(),
        report.table(),
        report.circumstances(),
        command_line(args),
    );
    screen.line(text.trim_end());
    if let Some(path) = &args.write {
        page::write(path, PART, &text)?;
    }
    if let Some(path) = &args.json {
        let json = serde_json::to_string_pretty(&report).into_diagnostic()?;
        page::write_whole(path, &format!("{json}\n"))?;
    }
    Ok(Outcome::Done)
}

/// What is to be compared.
struct Plan {
    model: Model,
    settings: Settings,
    package: String,
    /// Nothing if any will do.
    version: Option<String>,
    operations: usize,
    operations_of_service: usize,
    root: PathBuf,
}

impl Plan {
    fn new(args: &Args) -> miette::Result<Self> {
        let root = workspace::root()?;
        let context = || format!("cannot generate from {}", args.model.display());
        let mut plan =
            Self::of_model(args, root).map_err(Errors::into_report).wrap_err_with(context)?;
        plan.package = match &args.package {
            Some(name) => name.clone(),
            None => plan.package_name().map_err(Errors::into_report).wrap_err_with(context)?,
        };
        plan.version = match &args.official_version {
            Some(version) => Some(version.clone()),
            None => listed_version(&plan.root, &plan.package)?,
        };
        Ok(plan)
    }

    fn of_model(args: &Args, root: PathBuf) -> Result<Self, Errors> {
        let operations = match &args.operations[..] {
            [] => Selection::all(),
            patterns => Selection::parse(patterns)?,
        };
        let model = Model::load_service(&args.model, args.service.as_deref())?;
        let service = model.service(args.service.as_deref())?;
        Ok(Plan {
            operations: operations.resolve(&model, service)?.len(),
            operations_of_service: Selection::all().resolve(&model, service)?.len(),
            settings: Settings {
                service: args.service.clone(),
                operations,
                standalone: true,
                source: model.origin().to_owned(),
                ..Settings::default()
            },
            package: String::new(),
            version: None,
            model,
            root,
        })
    }

    /// The name that the generator gives the package.
    fn package_name(&self) -> Result<String, Errors> {
        let files = generate(&self.model, &self.settings)?;
        let manifest = files.get("Cargo.toml").expect("a crate has a manifest");
        let manifest: toml::Table = manifest.parse().expect("a generated manifest is TOML");
        let name = manifest["package"]["name"].as_str();
        Ok(name.expect("a package has a name").to_owned())
    }

    /// Makes both crates, and builds them over and over.
    fn measure(self, runs: u16) -> miette::Result<Report> {
        let folder = self.root.join(FOLDER).join(&self.package);
        let cargo = Cargo::new(&folder, &self.package)?;
        let profiles = Profile::ALL.len();
        // Two downloads; then, of two crates, one whole build and the runs.
        let mut progress = Progress::new(2 + 2 * profiles * (1 + usize::from(runs)));
        progress.step(format_args!("download {} and its dependencies", self.package));
        let (official, version) = self.official(&folder, &cargo)?;
        progress.step("generate, and download the dependencies");
        let generated = self.generated(&folder, &cargo, &version)?;
        let machine = Machine::here_and_now()?;
        let [official, generated] = compare(&[official, generated], &cargo, runs, &mut progress)?;
        Ok(Report {
            package: self.package,
            version,
            model: self.settings.source,
            operations: self.operations,
            operations_of_service: self.operations_of_service,
            machine,
            official,
            generated,
        })
    }

    /// The official crate as a dependency of an empty one, and its version.
    fn official(&self, folder: &Path, cargo: &Cargo) -> miette::Result<(Subject, String)> {
        let crate_folder = folder.join("official");
        let requirement = self.version.as_ref().map(|version| format!("={version}"));
        let requirement = requirement.as_deref().unwrap_or("*");
        subject::write_dependent(&crate_folder, &self.package, requirement)?;
        // The newest version may need newer dependencies than those that the workspace has.
        self.lock(&crate_folder, self.version.is_some())?;
        subject::fetch(cargo, &crate_folder).map_err(|error| self.unavailable(&error))?;
        let (version, sources) = cargo.dependency(&crate_folder)?;
        let package = format!("{}@{version}", self.package);
        Ok((Subject::new("official", crate_folder, &sources, package)?, version))
    }

    fn unavailable(&self, error: &Problem) -> Problem {
        let cause = error.chain().last().map(ToString::to_string).unwrap_or_default();
        let name = &self.package;
        let which = self.version.as_ref().map_or_else(
            || format!("the official crate {name}"),
            |version| format!("the official crate {name} {version}"),
        );
        miette!(
            help = "the registry must be reachable and have it (`cargo info` tells), or the download have \
                    been made before; --package and --official-version choose another",
            "{cause}"
        )
        .wrap_err(format!("{which} cannot be had"))
    }

    /// The generated crate, with the version of the official one.
    fn generated(&self, folder: &Path, cargo: &Cargo, version: &str) -> miette::Result<Subject> {
        let crate_folder = folder.join("generated");
        let settings = Settings {
            package: Some(self.package.clone()),
            version: version.to_owned(),
            runtime: workspace::runtime(None, &crate_folder)?,
            ..self.settings.clone()
        };
        let files = generate(&self.model, &settings).map_err(Errors::into_report)?;
        files.write(&crate_folder).map_err(Problem::new)?;
        self.lock(&crate_folder, true)?;
        subject::fetch(cargo, &crate_folder)
            .wrap_err("what the generated crate depends on cannot be had")?;
        let package = format!("{}@{version}", self.package);
        Subject::new("generated", crate_folder.clone(), &crate_folder, package)
    }

    /// Gives a crate the versions of the workspace's dependencies, or lets Cargo choose.
    fn lock(&self, folder: &Path, as_the_workspace: bool) -> miette::Result<()> {
        let lock = folder.join("Cargo.lock");
        let done = if as_the_workspace {
            fs::copy(self.root.join("Cargo.lock"), &lock).map(drop)
        } else if lock.exists() {
            fs::remove_file(&lock)
        } else {
            Ok(())
        };
        done.into_diagnostic().wrap_err_with(|| format!("cannot replace {}", lock.display()))
    }
}

/// What each of the two crates costs.
fn compare(
    subjects: &[Subject; 2],
    cargo: &Cargo,
    runs: u16,
    progress: &mut Progress,
) -> miette::Result<[Costs; 2]> {
    let mut costs = subjects.each_ref().map(|subject| Costs {
        lines: subject.lines,
        dev: Builds::default(),
        release: Builds::default(),
    });
    for profile in Profile::ALL {
        for (subject, costs) in subjects.iter().zip(&mut costs) {
            progress.step(format_args!("{profile}, {}, with dependencies", subject.name));
            builds(costs, profile).whole = subject.build_whole(cargo, profile)?;
        }
    }
    // In turn, so that what else the machine does falls on both.
    for run in 1..=runs {
        for profile in Profile::ALL {
            for (subject, costs) in subjects.iter().zip(&mut costs) {
                progress.step(format_args!("{profile}, {}, run {run} of {runs}", subject.name));
                builds(costs, profile).alone.push(subject.build_alone(cargo, profile)?);
            }
        }
    }
    Ok(costs)
}

fn builds(costs: &mut Costs, profile: Profile) -> &mut Builds {
    match profile {
        Profile::Dev => &mut costs.dev,
        Profile::Release => &mut costs.release,
    }
}

/// The version that the workspace generates the package in.
fn listed_version(root: &Path, package: &str) -> miette::Result<Option<String>> {
    let services = services::read(&root.join(regenerate::FILE))?;
    let listed = services.into_iter().find(|service| service.package.as_deref() == Some(package));
    Ok(listed.and_then(|service| service.version))
}

/// What to type to measure the same again, on any machine.
fn command_line(args: &Args) -> String {
    // An absolute path says more about this machine than about the measurement.
    let path = |path: &Path| match path.file_name().filter(|_| path.is_absolute()) {
        Some(name) => name.to_string_lossy().into_owned(),
        None => workspace::with_slashes(path),
    };
    let operations = args.operations.join(",");
    let runs = args.runs.to_string();
    let options = [
        ("--model", Some(path(&args.model))),
        ("--operations", (!operations.is_empty()).then_some(operations)),
        ("--service", args.service.clone()),
        ("--package", args.package.clone()),
        ("--official-version", args.official_version.clone()),
        ("--runs", (runs != RUNS).then_some(runs)),
        ("--write", args.write.as_deref().map(path)),
    ];
    let mut command = "cargo xtask bench compile".to_owned();
    for (option, value) in options {
        if let Some(value) = value {
            let plain = |char: char| char.is_ascii_alphanumeric() || "-_./,+".contains(char);
            let value = if value.chars().all(plain) { value } else { format!("'{value}'") };
            command.push_str(&format!(" {option} {value}"));
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(rest: &[&str]) -> Args {
        use clap::{Args as _, FromArgMatches};
        let command = Args::augment_args(clap::Command::new("compile"));
        let matches = command.try_get_matches_from([&["compile"], rest].concat()).unwrap();
        Args::from_arg_matches(&matches).unwrap()
    }

    #[test]
    fn the_command_is_one_that_others_can_type() {
        for (given, expected) in [
            (&["--model", "../m/one.json"][..], "--model ../m/one.json"),
            (&["--model", "one.json", "--runs", "3", "--json", "f"], "--model one.json"),
            (
                &["--operations", "List*,A", "--runs", "5", "--model", "one.json"],
                "--model one.json --operations 'List*,A' --runs 5",
            ),
        ] {
            assert_eq!(command_line(&args(given)), format!("cargo xtask bench compile {expected}"));
        }
        let absolute = std::path::absolute("m/one.json").unwrap();
        let command = command_line(&args(&["--model", absolute.to_str().unwrap()]));
        assert_eq!(command, "cargo xtask bench compile --model one.json");
    }

    #[test]
    fn the_workspace_says_which_version_takes_whose_place() {
        let root = workspace::root().unwrap();
        assert!(listed_version(&root, "aws-sdk-forecast").unwrap().is_some());
        assert_eq!(listed_version(&root, "aws-sdk-none").unwrap(), None);
    }

    #[test]
    fn the_package_has_the_name_of_the_official_one() {
        let model = workspace::root().unwrap().join("model/services/forecast.json");
        let plan = Plan::new(&args(&["--model", model.to_str().unwrap()])).unwrap();
        assert_eq!(plan.package, "aws-sdk-forecast");
        assert_eq!((plan.operations, plan.operations_of_service), (1, 1));
    }
}
