//! `drop-in`: programs written for official crates, with these and with generated ones in their place. It must not know
//! what the programs do.

mod compare;
pub(crate) mod crates;
pub(crate) mod project;
mod report;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use crate::Outcome;
use crate::progress::Progress;
use crate::screen::Screen;
use compare::{Program, Transcript};
use project::{Models, Origin, Project};

/// The programs, each named as its feature is in the manifest.
const PROGRAMS: [&str; 8] =
    ["sts", "sqs", "dynamodb", "transcribe", "polly", "config", "customized", "faults"];

const EXAMPLES: &str = "\
Examples:
  All programs, with the official crates and with generated ones:
    cargo xtask drop-in --models ../shared/models
  One of them, and all that differs in the scenarios whose names have a word in them:
    cargo xtask drop-in --models ../shared/models --service sts --filter retries --verbose
  What each fault of a network leads to, as a table:
    cargo xtask drop-in --models ../shared/models --service faults --verbose

The programs are in codegen/dropin, and know nothing of generated crates: these come in by a patch section that is
added to their manifest, below target/drop-in. Each scenario writes down all requests, with their signatures, and all
that it is given for them; a clock that stands still, and a server that answers by a script, leave nothing to chance.
Official crates come from the registry, each in the version that codegen/dropin/Cargo.toml says.

Exit codes: 0 all passed, 1 some failed, 2 wrong usage or input.";

/// Runs programs written for official crates, once with these and once with generated ones in their place, and compares
/// what they saw: requests, results, errors, and how they coped with faults.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The folder with the services' models.
    #[arg(long, value_name = "DIR")]
    models: PathBuf,
    /// The programs: `config` is about `aws-config` with STS, SSO, its OIDC and Sign-In below it, `customized` about
    /// services that need more than their models say, `faults` about servers that misbehave [default: all].
    #[arg(long, value_name = "NAME", num_args = 1.., value_parser = PossibleValuesParser::new(PROGRAMS))]
    service: Vec<String>,
    /// Runs only scenarios whose name contains this text.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Shows all that differs, and what the faults lead to.
    #[arg(long)]
    verbose: bool,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let programs: Vec<&str> = match args.service.as_slice() {
        [] => PROGRAMS.to_vec(),
        chosen => PROGRAMS.into_iter().filter(|name| chosen.iter().any(|it| it == name)).collect(),
    };
    let project = Project::new()?;
    let accepted = compare::accepted(&project.sources().join("differences.toml"))?;
    let mut progress = Progress::new(5);
    progress.step("generate the crates");
    project.generate(&programs, Models { folder: &args.models, wheel: None })?;
    for origin in [Origin::Official, Origin::Generated] {
        progress.step(format_args!("build the programs with {origin} crates"));
        project.build(origin, &programs)?;
    }
    let filter: Vec<&str> = args.filter.as_deref().into_iter().collect();
    let mut seen = Vec::new();
    for origin in [Origin::Official, Origin::Generated] {
        progress.step(format_args!("run the programs with {origin} crates"));
        let run = |name: &&str| Transcript::read(&project.start(origin, name, &filter, &[])?);
        seen.push(programs.iter().map(run).collect::<miette::Result<Vec<_>>>()?);
    }
    drop(progress);
    let mut sides = seen.into_iter();
    let (official, generated) =
        (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
    let both = programs.iter().zip(official.into_iter().zip(generated));
    let compared: Vec<Program> = both
        .map(|(name, (official, generated))| Program::new(name, official, generated, &accepted))
        .collect();
    report::print(&compared, &accepted, args.verbose, screen)
}
