//! `conformance`: runs protocol test suites against crates generated from their models. It must not know
//! how a case is run.

mod botocore;
pub(crate) mod cases;
mod endpoints;
mod excluded;
pub(crate) mod program;
mod report;

use std::path::PathBuf;

use miette::{IntoDiagnostic, WrapErr, miette};

use crate::progress::Progress;
use crate::screen::Screen;
use crate::{Outcome, workspace};
use cases::Suite;
use report::Report;

const EXAMPLES: &str = "\
Examples:
  All suites of a folder, and what fails in one of them:
    cargo xtask conformance --suite ../shared/protocol-tests
    cargo xtask conformance --suite ../shared/protocol-tests/awsJson1_1.json --verbose
  The cases whose ID has a word in it:
    cargo xtask conformance --suite ../shared/protocol-tests --filter Union
  botocore's cases, which are fetched with pip the first time:
    cargo xtask conformance --suite botocore
  The endpoint tests of all models of a folder, and what fails of one service's:
    cargo xtask conformance --endpoints ../shared/models
    cargo xtask conformance --endpoints ../shared/models/s3.json --verbose
  The same, and whether AWS's partitions are those of the pinned release of botocore:
    cargo xtask conformance --endpoints ../shared/models --partitions botocore

Exit codes: 0 all passed, 1 some failed, 2 wrong usage or input.";

/// Runs protocol test suites: generates a crate for each service of their models, builds them, and runs each case both
/// ways. Or runs endpoint tests, by the rules that crates of the models have.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A model with the traits of `smithy.test`, a folder of them, or `botocore` for the cases of botocore.
    #[arg(long, value_name = "PATH", required_unless_present = "endpoints")]
    suite: Vec<PathBuf>,
    /// A model with the trait `smithy.rules#endpointTests`, or a folder of them.
    #[arg(long, value_name = "PATH", conflicts_with = "suite")]
    endpoints: Vec<PathBuf>,
    /// A `partitions.json`, an unpacked wheel of botocore that has one, or `botocore` for the pinned release: its regions
    /// must be what the endpoint rules' functions take them for.
    #[arg(long, value_name = "PATH", requires = "endpoints")]
    partitions: Option<PathBuf>,
    /// Runs only cases whose ID contains this text, whatever its case; of endpoint tests, those whose service or
    /// documentation does.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Shows what was expected and what was found, and why cases are excluded.
    #[arg(long)]
    verbose: bool,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    if !args.endpoints.is_empty() {
        return endpoints::run(args, screen);
    }
    let root = workspace::root()?;
    let folder = root.join("target/conformance");
    let excluded = excluded::load(&root.join("codegen/conformance/excluded.toml"))?;
    let filter = args.filter.as_deref();
    let (botocore, paths): (Vec<_>, Vec<_>) =
        args.suite.iter().cloned().partition(|path| path.as_os_str() == botocore::NAME);
    let paths = if paths.is_empty() { Vec::new() } else { models(&paths)? };
    let of_botocore = usize::from(!botocore.is_empty());
    let mut progress = Progress::new(paths.len() + 2 * of_botocore + 2);
    let mut suites: Vec<Suite> = Vec::new();
    for path in paths {
        progress.step(format_args!("generate the crates of {}", path.display()));
        suites.push(cases::suite(&path, filter)?);
    }
    if of_botocore > 0 {
        progress.step("fetch botocore's cases, unless they are there");
        let files = botocore::fetch(&root.join("target/botocore"))?;
        progress.step("generate the crates of botocore's cases");
        suites.extend(botocore::suites(&files, filter)?);
    }
    // They would overwrite each other's crates, and share what is excluded.
    let mut names: Vec<&str> = suites.iter().map(|suite| suite.name.as_str()).collect();
    names.sort_unstable();
    if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let help = "run them one after the other";
        return Err(miette!(help = help, "two suites are called {}", twice[0]));
    }
    // A run of no cases would pass, whatever was meant to be tested.
    if suites.iter().all(|suite| suite.services.is_empty()) {
        return Err(miette!(
            help = "look at the suite's path and at --filter",
            "there is no case to run"
        ));
    }
    program::write(&folder, &suites)?;
    let services = suites.iter().flat_map(|suite| &suite.services);
    let crates = services.clone().filter(|service| service.files.is_some()).count();
    progress.step(format_args!("build the program that runs the cases: {crates} crates"));
    program::build(&folder, program::Profile::Dev)?;
    let cases: usize = services.map(|service| service.cases.len()).sum();
    progress.step(format_args!("run {cases} cases"));
    let outcomes = program::run(&folder)?;
    drop(progress);
    let report = Report::new(&suites, &outcomes, &excluded, args.filter.is_none());
    report.print(args.verbose, screen);
    Ok(if report.all_passed() { Outcome::Done } else { Outcome::Differences })
}

/// The model files that the arguments name, sorted, each once.
pub(crate) fn models(suites: &[PathBuf]) -> miette::Result<Vec<PathBuf>> {
    let mut models = Vec::new();
    for suite in suites {
        if !suite.is_dir() {
            models.push(suite.clone());
            continue;
        }
        let entries = std::fs::read_dir(suite)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot read {}", suite.display()))?;
        for entry in entries {
            let path = entry.into_diagnostic()?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                models.push(path);
            }
        }
    }
    models.sort();
    models.dedup();
    if models.is_empty() {
        return Err(miette!(
            help = "name a folder with Smithy JSON AST files, or one such file",
            "there is no model to test"
        ));
    }
    Ok(models)
}
