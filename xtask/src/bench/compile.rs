//! `bench compile`: what rustc takes over the official crate and over the generated one. It must not know how
//! processes are measured, nor how figures are written.

use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr};

use super::plan::{self, Plan, Wanted};
use super::report::Report;
use super::{chart, page};
use crate::machine::Machine;
use crate::progress::Progress;
use crate::screen::{self, Screen};
use crate::{Outcome, workspace};

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
  All that the project answers for, with the chart that README shows. EC2's official crate takes
  minutes and 8 GB a build: nothing else should run:
    cargo xtask bench compile --all --models ../shared/models --runs 1 \\
        --write docs/measurements.md --chart docs/compile.svg
  Two of these services:
    cargo xtask bench compile --models ../shared/models --service sts --service iam

What is measured is the crate's own compilation, not its dependencies': the crates are checked
(cargo check), and compiled in the dev and in the release profile, without default features and
not incrementally. Both have a client, unless --without-client says that ours shall not. Each
cell is the median of the runs, with the least and the most of them. The first build of each,
dependencies included, is a row of its own. Ratios are how many times the generated crate goes
into the official one.

It takes minutes, and gigabytes of memory for large services. Let the machine do nothing
else meanwhile: wall time suffers first, CPU time less.";

/// Compiles the official crate and the generated one in turn, and prints what each takes.
///
/// The official crate comes from the registry; everything is made below target/bench/compile.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The service model: a Smithy JSON AST file, or a file or folder of botocore's.
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "models",
        conflicts_with = "models"
    )]
    model: Option<PathBuf>,
    /// The folder with Smithy models of services, by the names of whose official crates --service and --all go. EC2's
    /// model is botocore's of the official crate's day, which pip fetches, unless it is there.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Forecast, STS, DynamoDB, Lambda, IAM, S3 and EC2, the last one with five operations as well.
    #[arg(long, requires = "models", conflicts_with_all = ["operations", "service"])]
    all: bool,
    /// The operations to generate: names, separated by commas, in which `*` stands for any run of characters
    /// [default: all of them].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    operations: Vec<String>,
    /// The service, by name or shape ID, where the model has several; of a folder of models, one or more services, such
    /// as `sts`.
    #[arg(long, value_name = "SERVICE")]
    service: Vec<String>,
    /// The official package's name [default: `aws-sdk-` and the service's ID].
    #[arg(long, value_name = "NAME", conflicts_with = "models")]
    package: Option<String>,
    /// The official crate's version [default: the one in model/services/services.toml, or the newest].
    #[arg(long, value_name = "VERSION", conflicts_with = "models")]
    official_version: Option<String>,
    /// Compiles the generated crates without their client, for callers with an HTTP stack of their own.
    #[arg(long)]
    without_client: bool,
    /// How often each crate is compiled in each profile.
    #[arg(long, value_name = "N", default_value = RUNS, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// The page to write the table to, between its markers; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// The file to write every single measurement to.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The file to draw dev builds' time and memory in, as SVG.
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let plans = plans(args)?;
    if let Some(path) = &args.write {
        page::updated(path, PART, "")?;
    }
    let mut report = Report {
        machine: Machine::here_and_now()?,
        runs: args.runs,
        client: !args.without_client,
        comparisons: Vec::new(),
    };
    let mut progress = Progress::new(plans.iter().map(|plan| plan.steps(args.runs)).sum());
    let mut outcome = Outcome::Done;
    let several = plans.len() > 1;
    for plan in plans {
        match plan.measure(args.runs, &mut progress) {
            Ok(comparison) => report.comparisons.push(comparison),
            // What takes hours isn't lost by one failure.
            Err(error) if several => {
                screen::complain(&error.wrap_err(format!("{} is left out", plan.package)));
                outcome = Outcome::Failed;
            }
            Err(error) => return Err(error),
        }
        write_files(args, &report)?;
    }
    if report.comparisons.is_empty() {
        return Ok(outcome);
    }
    let text = format!("{}\nMade by `{}`.\n", report.text(), command_line(args));
    screen.line(text.trim_end());
    match &args.write {
        Some(path) if outcome == Outcome::Done => page::write(path, PART, &text)?,
        _ => {}
    }
    Ok(outcome)
}

/// What is to be compared.
fn plans(args: &Args) -> miette::Result<Vec<Plan>> {
    let client = !args.without_client;
    let Some(models) = &args.models else {
        let wanted = Wanted {
            model: args.model.as_deref().unwrap_or(Path::new("")),
            service: args.service.first().map(String::as_str),
            operations: &args.operations,
            package: args.package.as_deref(),
            version: args.official_version.as_deref(),
            client,
        };
        return Ok(vec![Plan::of_model(&wanted)?]);
    };
    let names: Vec<&str> = match &args.service[..] {
        [] if args.all => plan::ALL.to_vec(),
        [] => {
            return Err(miette::miette!(
                help = "name one or more with --service, or take them --all",
                "no service is named"
            ));
        }
        names => names.iter().map(String::as_str).collect(),
    };
    let plan = |name| Plan::of_service(name, models, &args.operations, client);
    names.into_iter().map(plan).collect()
}

/// What has been measured so far.
fn write_files(args: &Args, report: &Report) -> miette::Result<()> {
    if let Some(path) = &args.json {
        let json = serde_json::to_string_pretty(report).into_diagnostic()?;
        page::write_whole(path, &format!("{json}\n"))?;
    }
    if let Some(path) = &args.chart {
        page::write_whole(path, &chart::draw(report)).wrap_err("there is no chart")?;
    }
    Ok(())
}

/// What to type to measure the same again, on any machine.
fn command_line(args: &Args) -> String {
    // An absolute path says more about this machine than about the measurement.
    let path = |path: &Path| match path.file_name().filter(|_| path.is_absolute()) {
        Some(name) => name.to_string_lossy().into_owned(),
        None => workspace::with_slashes(path),
    };
    let some = |path_given: &Option<PathBuf>| path_given.as_deref().map(path);
    let runs = args.runs.to_string();
    let operations = args.operations.join(",");
    let mut options = vec![
        ("--model", some(&args.model)),
        ("--models", some(&args.models)),
        ("--operations", (!operations.is_empty()).then_some(operations)),
    ];
    options.extend(args.service.iter().map(|service| ("--service", Some(service.clone()))));
    options.extend([
        ("--package", args.package.clone()),
        ("--official-version", args.official_version.clone()),
        ("--runs", (runs != RUNS).then_some(runs)),
        ("--write", some(&args.write)),
        ("--chart", some(&args.chart)),
    ]);
    let mut command = "cargo xtask bench compile".to_owned();
    for (flag, given) in [("--all", args.all), ("--without-client", args.without_client)] {
        if given {
            command.push_str(&format!(" {flag}"));
        }
    }
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
            (
                &["--models", "../m", "--chart", "docs/c.svg", "--all", "--without-client"],
                "--all --without-client --models ../m --chart docs/c.svg",
            ),
            (
                &["--models", "m", "--service", "sts", "--service", "iam"],
                "--models m --service sts --service iam",
            ),
        ] {
            assert_eq!(command_line(&args(given)), format!("cargo xtask bench compile {expected}"));
        }
        let absolute = std::path::absolute("m/one.json").unwrap();
        let command = command_line(&args(&["--model", absolute.to_str().unwrap()]));
        assert_eq!(command, "cargo xtask bench compile --model one.json");
    }
}
