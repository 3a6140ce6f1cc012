//! `moto`: programs against a server that nobody here wrote. It must not know what they call.

mod server;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Deserialize;

use crate::dropin::project::{Models, Origin, Project};
use crate::progress::Progress;
use crate::screen::{Screen, Style};
use crate::{Outcome, workspace};
use server::{Installation, Server};

/// The services, each with a program of this name after `moto-`.
pub(crate) const SERVICES: [&str; 8] =
    ["dynamodb", "sqs", "sns", "sts-iam", "ec2", "lambda", "route53", "cloudwatch"];

/// Services that are left out with official crates, and why.
const NOT_OFFICIAL: [(&str, &str); 2] = [
    ("ec2", "it takes minutes and 8 GB to build"),
    ("cloudwatch", "it speaks RPC v2 CBOR, and moto AWS Query"),
];

const EXAMPLES: &str = "\
Examples:
  All services:
    cargo xtask moto --models ../shared/models
  One of them, and only the scenarios whose names have a word in them:
    cargo xtask moto --models ../shared/models --service dynamodb --filter pages
  The same programs with the official crates, to see whose fault it is:
    cargo xtask moto --models ../shared/models --service sqs --official

moto is a server that behaves as AWS does, written in Python; pip installs the version that xtask/src/moto/requirements.txt
says into target/moto, once. It listens on the loopback interface alone, and ends with this command. The programs
are in codegen/dropin/src/bin/moto; generated crates come in by a patch section. EC2's model is botocore's, which is
installed with moto, unless the folder of models has one.

Exit codes: 0 all passed, 1 some failed, 2 wrong usage or input.";

/// Runs programs against moto, a server that behaves as AWS does, with generated crates in place of official ones: pages,
/// waiters and errors included.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The folder with the services' models.
    #[arg(long, value_name = "DIR")]
    models: PathBuf,
    /// The services [default: all].
    #[arg(long, value_name = "NAME", num_args = 1.., value_parser = PossibleValuesParser::new(SERVICES))]
    service: Vec<String>,
    /// Runs only scenarios whose name contains this text.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Builds the programs with official crates instead; all but EC2's, which is too big, and CloudWatch's, which speaks
    /// a protocol that moto doesn't.
    #[arg(long)]
    official: bool,
}

/// What a program prints for each scenario.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ended {
    scenario: String,
    event: String,
    value: String,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let services = chosen(args)?;
    let origin = if args.official { Origin::Official } else { Origin::Generated };
    let programs: Vec<String> = services.iter().map(|service| format!("moto-{service}")).collect();
    let programs: Vec<&str> = programs.iter().map(String::as_str).collect();
    let mut progress = Progress::new(4);
    progress.step("install moto, unless it is there");
    let installation = Installation::new(&workspace::root()?.join("target/moto"))?;
    let project = Project::new()?;
    progress.step("generate the crates");
    if origin == Origin::Generated {
        let models = Models { folder: &args.models, wheel: Some(installation.folder()) };
        project.generate(&programs, models)?;
    }
    progress.step(format_args!("build the programs with {origin} crates"));
    project.build(origin, &programs)?;
    progress.step("run the programs");
    let server = Server::start(&installation)?;
    let mut total = (0, 0);
    let arguments: Vec<&str> =
        std::iter::once(server.url()).chain(args.filter.as_deref()).collect();
    let mut printed = Vec::new();
    for program in &programs {
        let text = project.start(origin, program, &arguments, &[])?;
        printed.push(text.lines().map(read).collect::<miette::Result<Vec<_>>>()?);
    }
    drop(progress);
    for (service, ended) in services.iter().zip(&printed) {
        let (passed, failed) = show(service, ended, screen);
        total = (total.0 + passed, total.1 + failed);
    }
    let (passed, failed) = total;
    // A run of no scenario would pass, whatever was meant to be tested.
    if passed + failed == 0 {
        return Err(miette!(help = "look at --filter", "there is no scenario to run"));
    }
    screen.line(format_args!("{passed} passed, {failed} failed"));
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Differences })
}

fn chosen(args: &Args) -> miette::Result<Vec<&'static str>> {
    let named = |service: &&str| args.service.iter().any(|it| it == service);
    let left_out = |service: &str| NOT_OFFICIAL.iter().find(|(name, _)| *name == service);
    let services = SERVICES.into_iter().filter(|it| args.service.is_empty() || named(it));
    let (without, with): (Vec<_>, Vec<_>) =
        services.partition(|it| args.official && left_out(it).is_some());
    match (with.is_empty(), without.first().and_then(|it| left_out(it))) {
        (true, Some((service, why))) => {
            Err(miette!("there is no run with {service}'s official crate: {why}"))
        }
        _ => Ok(with),
    }
}

fn read(line: &str) -> miette::Result<Ended> {
    serde_json::from_str(line)
        .into_diagnostic()
        .wrap_err_with(|| format!("a program printed something else than an event: {line}"))
}

/// A line for each scenario; how many passed, and how many did not.
fn show(service: &str, ended: &[Ended], screen: &mut Screen) -> (usize, usize) {
    let mut failed = 0;
    for Ended { scenario, event, value } in ended {
        if event == "passed" {
            let word = screen.paint(Style::Green, "ok    ");
            screen.line(format_args!("{word} {service}: {scenario}"));
        } else {
            failed += 1;
            let word = screen.paint(Style::Red, "FAILED");
            screen.line(format_args!("{word} {service}: {scenario}"));
            screen.line(format_args!("       {}", value.replace('\n', "\n       ")));
        }
    }
    (ended.len() - failed, failed)
}
