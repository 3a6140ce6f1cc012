//! What `bench compile` compares: a service, its official crate, and the generated ones that take that one's place. It
//! must not know what builds cost.

use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, Report as Problem, WrapErr, miette};
use tinsmith_codegen::{Client, Errors, Model, Selection, Settings, generate, package_name};

use super::cargo::Cargo;
use super::report::{Builds, Comparison, Costs, Generated};
use super::subject::{self, Profile, Subject};
use crate::oracle::services::SERVICES;
use crate::progress::Progress;
use crate::{regenerate, services, workspace};

/// Where the crates and their target directories are made.
const FOLDER: &str = "target/bench/compile";

/// The services that `--all` stands for, from the smallest crate to the largest.
pub(super) const ALL: [&str; 7] = ["forecast", "sts", "dynamodb", "lambda", "iam", "s3", "ec2"];

/// What few users of EC2 go beyond.
const FIVE: [&str; 5] =
    ["CreateTags", "DescribeImages", "DescribeInstances", "RunInstances", "TerminateInstances"];

/// The official crate of a service that isn't held against it as a whole.
const S3: (&str, &str, &str) = ("s3.json", "aws-sdk-s3", "1.157.0");

/// A comparison to be made.
pub(super) struct Plan {
    model: Model,
    service: Option<String>,
    pub(super) package: String,
    /// Nothing if any will do.
    pub(super) version: Option<String>,
    /// The selections of operations, a generated crate each, and how many operations they are.
    pub(super) selections: Vec<(Selection, usize)>,
    pub(super) operations_of_service: usize,
    client: bool,
    root: PathBuf,
}

/// What a plan is to be of.
pub(super) struct Wanted<'a> {
    pub(super) model: &'a Path,
    pub(super) service: Option<&'a str>,
    /// Patterns; none for all operations.
    pub(super) operations: &'a [String],
    pub(super) package: Option<&'a str>,
    pub(super) version: Option<&'a str>,
    pub(super) client: bool,
}

impl Plan {
    /// A model and whatever its official crate is.
    pub(super) fn of_model(wanted: &Wanted<'_>) -> miette::Result<Self> {
        let path = wanted.model;
        let context = || format!("cannot generate from {}", path.display());
        let model = Model::load_service(path, wanted.service)
            .map_err(Errors::into_report)
            .wrap_err_with(context)?;
        let selections = match wanted.operations {
            [] => vec![Selection::all()],
            patterns => vec![Selection::parse(patterns).map_err(Errors::into_report)?],
        };
        let mut plan =
            Self::new(model, wanted.service, selections, wanted.client).wrap_err_with(context)?;
        if let Some(package) = wanted.package {
            package.clone_into(&mut plan.package);
        }
        plan.version = match wanted.version {
            Some(version) => Some(version.to_owned()),
            None => listed_version(&plan.root, &plan.package)?,
        };
        Ok(plan)
    }

    /// A service by its name in the tables, with the model of a folder; no operations stand for all of them.
    pub(super) fn of_service(
        name: &str,
        models: &Path,
        operations: &[String],
        client: bool,
    ) -> miette::Result<Self> {
        let (model, package, version) = match SERVICES.iter().find(|service| service.name == name) {
            Some(service) => (service.load(models)?, service.package, service.version),
            None if name == "s3" => (load(&models.join(S3.0))?, S3.1, S3.2),
            None => {
                let names: Vec<&str> = ALL.into_iter().chain(others()).collect();
                return Err(miette!(
                    help = format!("one of {}; --model takes any model", names.join(", ")),
                    "there is no official crate listed of a service `{name}`"
                ));
            }
        };
        let parse = |patterns: &[String]| Selection::parse(patterns).map_err(Errors::into_report);
        let selections = match operations {
            [] if name == "ec2" => vec![Selection::all(), parse(&FIVE.map(str::to_owned))?],
            [] => vec![Selection::all()],
            patterns => vec![parse(patterns)?],
        };
        let plan = Self::new(model, None, selections, client)?;
        Ok(Plan { package: package.to_owned(), version: Some(version.to_owned()), ..plan })
    }

    fn new(
        model: Model,
        service: Option<&str>,
        selections: Vec<Selection>,
        client: bool,
    ) -> miette::Result<Self> {
        let shape = model.service(service).map_err(Errors::into_report)?;
        let count = |selection: Selection| {
            let operations = selection.resolve(&model, shape)?.len();
            Ok((selection, operations))
        };
        let selections = selections.into_iter().map(count).collect::<Result<_, Errors>>();
        Ok(Plan {
            selections: selections.map_err(Errors::into_report)?,
            operations_of_service: model.operations(shape).len(),
            package: package_name(&model, shape),
            service: service.map(str::to_owned),
            version: None,
            root: workspace::root()?,
            client,
            model,
        })
    }

    /// How many steps of progress it takes.
    pub(super) fn steps(&self, runs: u16) -> usize {
        // A download; then, of each crate, one whole build and the runs.
        let crates = 1 + self.selections.len();
        1 + self.selections.len() + crates * Profile::ALL.len() * (1 + usize::from(runs))
    }

    /// Makes all crates, and builds them over and over.
    pub(super) fn measure(&self, runs: u16, progress: &mut Progress) -> miette::Result<Comparison> {
        let folder = self.root.join(FOLDER).join(&self.package);
        let cargo = Cargo::new(&folder, &self.package)?;
        progress.step(format_args!("download {} and its dependencies", self.package));
        let (official, version) = self.official(&folder, &cargo)?;
        let mut subjects = vec![official];
        for (selection, operations) in &self.selections {
            progress.step(format_args!("generate {operations} operations, and fetch"));
            let made = self.generated(&folder, &cargo, &version, selection, *operations)?;
            subjects.push(made);
        }
        let mut costs = compare(&subjects, &cargo, runs, progress)?.into_iter();
        let official = costs.next().unwrap_or_default();
        let operations = self.selections.iter().map(|(_, operations)| *operations);
        Ok(Comparison {
            package: self.package.clone(),
            version,
            model: self.model.origin().to_owned(),
            operations_of_service: self.operations_of_service,
            official,
            generated: operations
                .zip(costs)
                .map(|(operations, costs)| Generated { operations, costs })
                .collect(),
        })
    }

    /// The official crate as a dependency of an empty one, and its version.
    fn official(&self, folder: &Path, cargo: &Cargo) -> miette::Result<(Subject, String)> {
        let crate_folder = folder.join("official");
        let requirement = self.version.as_ref().map(|version| format!("={version}"));
        let requirement = requirement.as_deref().unwrap_or("*");
        subject::write_dependent(&crate_folder, &self.package, requirement)?;
        // The newest version may need newer dependencies than those that the workspace has.
        lock(&self.root, &crate_folder, self.version.is_some())?;
        subject::fetch(cargo, &crate_folder)
            .map_err(|error| unavailable(&self.package, self.version.as_deref(), &error))?;
        let (version, sources) = cargo.dependency(&crate_folder)?;
        let package = format!("{}@{version}", self.package);
        Ok((Subject::new("official", crate_folder, &sources, package)?, version))
    }

    /// A generated crate, with the version of the official one.
    fn generated(
        &self,
        folder: &Path,
        cargo: &Cargo,
        version: &str,
        operations: &Selection,
        count: usize,
    ) -> miette::Result<Subject> {
        let name = match self.selections.len() {
            1 => "generated".to_owned(),
            _ => format!("generated-{count}"),
        };
        let crate_folder = folder.join(&name);
        let settings = Settings {
            service: self.service.clone(),
            operations: operations.clone(),
            package: Some(self.package.clone()),
            version: version.to_owned(),
            client: if self.client { Client::Always } else { Client::Optional },
            runtime: workspace::runtime(None, &crate_folder)?,
            standalone: true,
            source: self.model.origin().to_owned(),
            ..Settings::default()
        };
        let files = generate(&self.model, &settings).map_err(Errors::into_report)?;
        files.write(&crate_folder).map_err(Problem::new)?;
        lock(&self.root, &crate_folder, true)?;
        subject::fetch(cargo, &crate_folder)
            .wrap_err("what the generated crate depends on cannot be had")?;
        let package = format!("{}@{version}", self.package);
        Subject::new(&name, crate_folder.clone(), &crate_folder, package)
    }
}

/// The error for an official crate that Cargo can't get.
pub(super) fn unavailable(name: &str, version: Option<&str>, error: &Problem) -> Problem {
    let cause = error.chain().last().map(ToString::to_string).unwrap_or_default();
    let which = version.map_or_else(
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

/// Gives a crate the versions of the workspace's dependencies, or lets Cargo choose.
pub(super) fn lock(root: &Path, folder: &Path, as_the_workspace: bool) -> miette::Result<()> {
    let lock = folder.join("Cargo.lock");
    let done = if as_the_workspace {
        fs::copy(root.join("Cargo.lock"), &lock).map(drop)
    } else if lock.exists() {
        fs::remove_file(&lock)
    } else {
        Ok(())
    };
    done.into_diagnostic().wrap_err_with(|| format!("cannot replace {}", lock.display()))
}

fn load(path: &Path) -> miette::Result<Model> {
    Model::load(path)
        .map_err(Errors::into_report)
        .wrap_err_with(|| format!("cannot load {}", path.display()))
}

/// Services of the table that aren't among [`ALL`].
fn others() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|service| service.name).filter(|name| !ALL.contains(name))
}

/// What each of the crates costs.
fn compare(
    subjects: &[Subject],
    cargo: &Cargo,
    runs: u16,
    progress: &mut Progress,
) -> miette::Result<Vec<Costs>> {
    let costs = |subject: &Subject| Costs { lines: subject.lines, ..Costs::default() };
    let mut costs: Vec<Costs> = subjects.iter().map(costs).collect();
    for profile in Profile::ALL {
        for (subject, costs) in subjects.iter().zip(&mut costs) {
            progress.step(format_args!("{profile}, {}, with dependencies", subject.name));
            builds(costs, profile).whole = subject.build_whole(cargo, profile)?;
        }
        // In turn, so that what else the machine does falls on all.
        for run in 1..=runs {
            for (subject, costs) in subjects.iter().zip(&mut costs) {
                progress.step(format_args!("{profile}, {}, run {run} of {runs}", subject.name));
                builds(costs, profile).alone.push(subject.build_alone(cargo, profile)?);
            }
        }
        for subject in subjects {
            subject.clear(profile)?;
        }
    }
    Ok(costs)
}

fn builds(costs: &mut Costs, profile: Profile) -> &mut Builds {
    match profile {
        Profile::Check => &mut costs.check,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast() -> PathBuf {
        workspace::root().unwrap().join("model/services")
    }

    #[test]
    fn the_workspace_says_which_version_takes_whose_place() {
        let root = workspace::root().unwrap();
        assert!(listed_version(&root, "aws-sdk-forecast").unwrap().is_some());
        assert_eq!(listed_version(&root, "aws-sdk-none").unwrap(), None);
    }

    #[test]
    fn the_package_has_the_name_of_the_official_one() {
        let wanted = Wanted {
            model: &forecast().join("forecast.json"),
            service: None,
            operations: &[],
            package: None,
            version: None,
            client: true,
        };
        let plan = Plan::of_model(&wanted).unwrap();
        assert_eq!(plan.package, "aws-sdk-forecast");
        assert_eq!(plan.version.as_deref(), Some("1.119.0"));
        assert_eq!((plan.selections[0].1, plan.operations_of_service), (1, 1));
        // Two crates, a download each, and in each of three profiles a whole build and two alone.
        assert_eq!(plan.steps(2), 2 + 2 * 3 * 3);
    }

    #[test]
    fn services_are_found_in_the_tables() {
        let plan = Plan::of_service("forecast", &forecast(), &[], true).unwrap();
        assert_eq!(
            (&*plan.package, plan.version.as_deref()),
            ("aws-sdk-forecast", Some("1.119.0"))
        );
        let error = Plan::of_service("forcast", &forecast(), &[], true).err().unwrap();
        assert!(format!("{error:?}").contains("forecast, sts,"), "{error:?}");
        for name in ALL {
            assert!(name == "s3" || SERVICES.iter().any(|service| service.name == name), "{name}");
        }
    }
}
