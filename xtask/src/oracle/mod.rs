//! `oracle`: holds generated crates against the official ones, case by case. It must not know how a case is
//! made or compared.

mod bridge;
pub(crate) mod program;
pub(crate) mod services;
mod shapes;

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Deserialize;
use tinsmith_oracle::{Difference, Failure, Kind, Plan, Report};

use crate::screen::{Screen, Style, tell};
use crate::{Outcome, workspace};
use program::{Profile, Programs};
use services::{SERVICES, Service};

/// What differs on purpose.
const DIFFERENCES: &str = "codegen/oracle/differences.toml";

const EXAMPLES: &str = "\
Examples:
  A service of each protocol:
    cargo xtask oracle --models ../shared/models
  One of them thoroughly, and what fails in one of its operations:
    cargo xtask oracle --models ../shared/models --service dynamodb --cases 2000
    cargo xtask oracle --models ../shared/models --service dynamodb --operation Query --verbose

The official crates come from the registry, each in the version that xtask/src/oracle/services.rs says. EC2's model is
botocore's, which pip fetches, unless the folder of models has one; its crate takes 10 minutes and 9 GB to build. All
is made below target/oracle. What differs on purpose stands in codegen/oracle/differences.toml.

Exit codes: 0 all passed, 1 some failed, 2 wrong usage or input.";

/// Holds generated crates against the official ones: the same random inputs must give the same requests, and the same
/// responses the same values, errors and refusals, damaged ones among them; paginators and waiters must ask and end alike.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The folder with the services' models.
    #[arg(long, value_name = "DIR")]
    models: PathBuf,
    /// The services [default: one of each protocol].
    #[arg(long, value_name = "NAME", num_args = 1.., value_parser = names())]
    service: Vec<String>,
    /// Only the operation of this name.
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
    /// So many requests, responses and damaged responses of each operation, and runs of each paginator and waiter.
    #[arg(long, value_name = "N", default_value_t = 60)]
    cases: u64,
    /// Where chance starts from: the same seed makes the same cases.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Shows counts by kind, and what was sent or read in each failure.
    #[arg(long)]
    verbose: bool,
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(SERVICES.iter().map(|service| service.name))
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let services = chosen(&args.service);
    let plan = Plan {
        cases: args.cases,
        seed: args.seed,
        operation: args.operation.clone(),
        differences: differences(&workspace::root()?.join(DIFFERENCES))?,
    };
    let plan = serde_json::to_string(&plan).into_diagnostic()?;
    let programs = Programs::new("oracle", Profile::Dev, "tinsmith_oracle::main")?.with_clients();
    programs.make(&services, &args.models)?;
    let mut total = (0, 0);
    for service in services {
        tell(format_args!("run {}", service.name));
        let printed = programs.start(service, &plan)?;
        let report: Report = serde_json::from_slice(&printed)
            .into_diagnostic()
            .wrap_err("the program printed something else than a report")?;
        if report.operations == 0 {
            let name = args.operation.as_deref().unwrap_or("of any name");
            return Err(miette!("{} has no operation {name}", service.name));
        }
        show(service, &report, args, screen);
        total.0 += passed(&report);
        total.1 += report.failed;
    }
    let (passed, failed) = total;
    screen.line(format_args!("{passed} passed, {failed} failed"));
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Differences })
}

/// The services of these names; those of every run if there is none.
fn chosen(names: &[String]) -> Vec<&'static Service> {
    let wanted = |service: &&Service| match names {
        [] => service.by_default,
        names => names.iter().any(|name| name == service.name),
    };
    SERVICES.iter().filter(wanted).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    difference: Vec<Difference>,
}

fn differences(path: &Path) -> miette::Result<Vec<Difference>> {
    let text = std::fs::read_to_string(path).into_diagnostic();
    let read = text.and_then(|text| toml::from_str::<Differences>(&text).into_diagnostic());
    let read = read.wrap_err_with(|| format!("cannot read {}", path.display()))?.difference;
    match read.iter().find(|known| known.says.is_empty() && known.only.is_none()) {
        Some(wide) => Err(miette!(
            help =
                "add `says` or `only`, so that it is about nothing else than what its reason says",
            "in {}, the difference with this reason is about anything: {}",
            path.display(),
            wide.reason
        )),
        None => Ok(read),
    }
}

fn passed(report: &Report) -> u64 {
    report.passed.values().sum()
}

fn show(service: &Service, report: &Report, args: &Args, screen: &mut Screen) {
    let mark = if report.failed == 0 { Style::Green } else { Style::Red };
    let name = screen.paint(mark, service.name);
    let different: u64 = report.different.values().sum();
    let apart =
        if different > 0 { format!(", {different} differ on purpose") } else { String::new() };
    screen.line(format_args!(
        "{name} ({}, {} operations, {} {}): {} passed, {} failed{apart}",
        report.protocol,
        report.operations,
        service.package,
        service.version,
        passed(report),
        report.failed,
    ));
    if args.verbose {
        counts(report, screen);
    }
    for failure in &report.failures {
        show_failure(failure, args, screen);
    }
    let told = report.failures.len() as u64;
    if told < report.failed {
        screen.line(format_args!("  {} more like these", report.failed - told));
    }
}

fn counts(report: &Report, screen: &mut Screen) {
    for (kind, passed) in &report.passed {
        let refused = report.refused.get(kind).copied().unwrap_or_default();
        screen.line(format_args!("  {}: {passed} passed, {refused} refused by both", word(*kind)));
    }
    for (reason, count) in &report.different {
        screen.line(format_args!("  differ on purpose, {count}: {reason}"));
    }
    if !report.newer.is_empty() {
        let fields: Vec<&str> = report.newer.iter().map(String::as_str).collect();
        screen.line(format_args!("  not in the model yet: {}", fields.join(", ")));
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Request => "request",
        Kind::Response => "response",
        Kind::Error => "error",
        Kind::Damaged => "damaged response",
        Kind::DamagedError => "damaged error",
        Kind::Pages => "pages",
        Kind::Waits => "waiting",
    }
}

fn show_failure(failure: &Failure, args: &Args, screen: &mut Screen) {
    let Failure { operation, kind, case, what, expected, found, subject } = failure;
    let kind = word(*kind);
    screen.line(format_args!("  {operation}, {kind} {case} of seed {}: {what}", args.seed));
    let indented = |text: &str| text.replace('\n', "\n      ");
    screen.line(format_args!("    expected {}", shortened(&indented(expected), args.verbose)));
    screen.line(format_args!("    found    {}", shortened(&indented(found), args.verbose)));
    if args.verbose && !subject.is_empty() {
        screen.line(format_args!("    of {}", indented(subject)));
    }
}

/// What fits on a few lines, unless all is wanted.
fn shortened(text: &str, all: bool) -> String {
    const LENGTH: usize = 400;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) if !all => format!("{}…", &text[..end]),
        _ => text.to_owned(),
    }
}
