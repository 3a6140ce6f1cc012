//! `regenerate`: the crates that `services.toml` names, brought up to date or compared. It must not know how that
//! file is written.

use std::path::{Path, PathBuf};

use miette::{Report, miette};
use tinsmith_codegen::{Errors, Files, Model, Settings, generate};

use crate::screen::{Screen, Style, complain};
use crate::services::{self, Service};
use crate::{Outcome, diff, workspace};

/// Where the workspace says what to generate.
pub(crate) const FILE: &str = "model/services/services.toml";

const EXAMPLES: &str = "\
Examples:
  cargo xtask regenerate             every crate
  cargo xtask regenerate forecast    one of them
  cargo xtask regenerate --check     write nothing, but fail if something would be written

What to generate stands in model/services/services.toml, a table for each crate:
  [forecast]
  model = \"forecast.json\"                    # beside that file
  operations = [\"ListForecastExportJobs\"]    # names, patterns, \"resource:NAME\"; or \"all\", \"none\"
  package = \"aws-sdk-forecast\"               # optional
  version = \"1.119.0\"                        # optional
  types = [\"Tag\"]                            # optional: types that no operation needs
  out = \"generated/forecast\"                 # relative to the workspace
  service = \"AmazonForecast\"                 # where the model has several

A model may be a file or folder of botocore's as well, such as an unpacked wheel; service is the name of its folder there.";

/// Brings the generated crates of this workspace up to date, or checks whether they are.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The crates, by the names of their tables; all of them if none is named.
    #[arg(value_name = "SERVICE")]
    names: Vec<String>,
    /// Write nothing: show what would change, and end with exit code 1 if anything would.
    #[arg(long)]
    check: bool,
    /// Another file that says what to generate.
    #[arg(long, value_name = "FILE")]
    services: Option<PathBuf>,
    /// The folder that its `out` folders are relative to [default: the workspace that the file lies in].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let file = match &args.services {
        Some(file) => file.clone(),
        None => workspace::root()?.join(FILE),
    };
    let all = services::read(&file)?;
    let chosen = choose(&all, &args.names, &file)?;
    let root = root(args, &file)?;
    let mut different = Vec::new();
    let mut failed = false;
    for service in chosen {
        // One crate's failure is no reason to leave the others as they are.
        match one(service, &root, args.check, screen) {
            Ok(Outcome::Done) => {}
            Ok(_) => different.push(service.name.as_str()),
            Err(report) => {
                let from = service.model.display();
                let context = format!("`{}` cannot be generated from {from}", service.name);
                complain(&report.wrap_err(context));
                failed = true;
            }
        }
    }
    if !different.is_empty() {
        screen.line(format_args!("To mend it: {}", mending_command(args, &different)));
    }
    Ok(match (failed, different.is_empty()) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Done,
        (false, false) => Outcome::Differences,
    })
}

fn root(args: &Args, file: &Path) -> miette::Result<PathBuf> {
    match &args.root {
        Some(root) => Ok(root.clone()),
        None => workspace::around(file).ok_or_else(|| {
            miette!(
                help = "name the folder that `out` is relative to, with --root",
                "{} lies in no workspace",
                file.display()
            )
        }),
    }
}

/// The services of these names, or all of them.
fn choose<'a>(
    all: &'a [Service],
    names: &[String],
    file: &Path,
) -> miette::Result<Vec<&'a Service>> {
    if names.is_empty() {
        return Ok(all.iter().collect());
    }
    let unknown = names.iter().find(|name| all.iter().all(|service| service.name != **name));
    if let Some(name) = unknown {
        let likeness = |service: &&Service| strsim::jaro_winkler(&service.name, name);
        let nearest = all.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        let help = match nearest {
            Some(near) if likeness(&near) > 0.8 => format!("did you mean `{}`?", near.name),
            Some(_) => {
                let names: Vec<&str> = all.iter().map(|service| service.name.as_str()).collect();
                format!("it has {}", names.join(", "))
            }
            None => "it has no table at all".to_owned(),
        };
        return Err(miette!(help = help, "{} has no table `{name}`", file.display()));
    }
    Ok(all.iter().filter(|service| names.contains(&service.name)).collect())
}

/// Writes or compares one crate.
fn one(
    service: &Service,
    root: &Path,
    check: bool,
    screen: &mut Screen,
) -> miette::Result<Outcome> {
    let out = root.join(&service.out);
    let files = make(service, &out)?;
    let name = screen.paint(Style::Bold, &service.name);
    let folder = workspace::with_slashes(&service.out);
    if check {
        let differences = files.compare(&out).map_err(Report::new)?;
        if differences.is_empty() {
            screen.line(format_args!("{name}: {folder} is up to date, all {} files", files.len()));
            return Ok(Outcome::Done);
        }
        let count = differences.len();
        let differ = if count == 1 { "1 file differs" } else { &format!("{count} files differ") };
        screen.line(format_args!("{name}: {folder} is not what its model gives: {differ}"));
        diff::show(&folder, &differences, screen);
        return Ok(Outcome::Differences);
    }
    let report = files.write(&out).map_err(Report::new)?;
    screen.line(format_args!(
        "{name}: {folder}: {} files written, {} unchanged, {} removed",
        report.created.len() + report.changed.len(),
        report.unchanged.len(),
        report.removed.len(),
    ));
    Ok(Outcome::Done)
}

fn make(service: &Service, out: &Path) -> miette::Result<Files> {
    let model = Model::load_service(&service.model, service.service.as_deref())
        .map_err(Errors::into_report)?;
    let defaults = Settings::default();
    let settings = Settings {
        service: service.service.clone(),
        operations: service.operations.clone(),
        types: service.types.clone(),
        protocol: service.protocol.clone(),
        package: service.package.clone(),
        version: service.version.clone().unwrap_or(defaults.version),
        client: service.client,
        defaults: defaults.defaults,
        runtime: workspace::runtime(None, out)?,
        source: model.origin().to_owned(),
        standalone: false,
        threads: defaults.threads,
    };
    generate(&model, &settings).map_err(Errors::into_report)
}

/// What to type to bring these crates up to date.
fn mending_command(args: &Args, names: &[&str]) -> String {
    let mut command = format!("cargo xtask regenerate {}", names.join(" "));
    let options = [("--services", &args.services), ("--root", &args.root)];
    for (option, value) in options {
        if let Some(value) = value {
            command.push_str(&format!(" {option} {}", value.display()));
        }
    }
    command
}
