//! `conformance`: runs protocol test suites against crates generated from their models. It must not know
//! how a case is run.

pub(crate) mod cases;
mod excluded;
pub(crate) mod program;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use miette::{IntoDiagnostic, WrapErr, miette};
use tinsmith_conformance::{Kind, Outcome as CaseOutcome};

use crate::screen::{Screen, Style};
use crate::{Outcome, workspace};
use cases::Suite;
use excluded::Excluded;

const EXAMPLES: &str = "\
Examples:
  All suites of a folder, and what fails in one of them:
    cargo xtask conformance --suite ../shared/protocol-tests
    cargo xtask conformance --suite ../shared/protocol-tests/awsJson1_1.json --verbose
  The cases whose ID has a word in it:
    cargo xtask conformance --suite ../shared/protocol-tests --filter Union

Exit codes: 0 all passed, 1 some failed, 2 wrong usage or input.";

/// Runs protocol test suites: generates a crate for each service of their models, builds them, and runs each case both
/// ways.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A model with the traits of `smithy.test`, or a folder of them.
    #[arg(long, value_name = "PATH", required = true)]
    suite: Vec<PathBuf>,
    /// Runs only cases whose ID contains this text, whatever its case.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Shows what was expected and what was found.
    #[arg(long)]
    verbose: bool,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let folder = workspace::root()?.join("target/conformance");
    let mut suites = Vec::new();
    for path in models(&args.suite)? {
        suites.push(cases::suite(&path, args.filter.as_deref())?);
    }
    // A run of no cases would pass, whatever was meant to be tested.
    if suites.iter().all(|suite| suite.services.is_empty()) {
        return Err(miette!(
            help = "look at the suite's path and at --filter",
            "there is no case to run"
        ));
    }
    let excluded = excluded::load(&workspace::root()?.join("codegen/conformance/excluded.toml"))?;
    program::write(&folder, &suites)?;
    let outcomes = program::run(&folder, &suites)?;
    Ok(report(&suites, &outcomes, &excluded, args.verbose, screen))
}

/// The model files that the arguments name, sorted.
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
    if models.is_empty() {
        return Err(miette!(
            help = "name a folder with Smithy JSON AST files, or one such file",
            "there is no model to test"
        ));
    }
    Ok(models)
}

/// What tells cases apart: a request and a response may have the same ID.
type Key<'a> = (&'a str, &'a str, &'a Kind, &'a str);

fn report(
    suites: &[Suite],
    outcomes: &[CaseOutcome],
    excluded: &Excluded,
    verbose: bool,
    screen: &mut Screen,
) -> Outcome {
    let key = |service, operation, kind, id| -> Key<'_> { (service, operation, kind, id) };
    let by_case: BTreeMap<Key<'_>, &CaseOutcome> =
        outcomes.iter().map(|o| (key(&o.service, &o.operation, &o.kind, &o.id), o)).collect();
    let mut total = Count::default();
    for suite in suites {
        let (mut count, mut failures) = (Count::default(), Vec::new());
        for case in suite.services.iter().flat_map(|service| &service.cases) {
            let id = &case.case.id;
            let outcome = by_case.get(&key(&case.service, &case.operation, &case.kind, id));
            let failure = match outcome {
                Some(outcome) if outcome.failures.is_empty() => None,
                Some(outcome) => Some(outcome.failures.join("\n")),
                None => Some("it did not run".to_owned()),
            };
            match (excluded.reason(&suite.name, id), failure) {
                (None, None) => count.passed += 1,
                (Some(_), Some(_)) => count.excluded += 1,
                (None, Some(failure)) => failures.push((id, failure)),
                (Some(_), None) => {
                    failures.push((id, "it passes: take it off excluded.toml".to_owned()));
                }
            }
        }
        count.failed = failures.len();
        let mark = if failures.is_empty() { Style::Green } else { Style::Red };
        let name = screen.paint(mark, &suite.name);
        screen.line(format_args!("{name}: {count}"));
        for reason in suite.services.iter().filter_map(|service| service.refused.as_deref()) {
            screen.line(format_args!("  not generated: {reason}"));
        }
        for (id, failure) in &failures {
            screen.line(format_args!("  {id}"));
            if verbose {
                screen.line(format_args!("    {}", failure.replace('\n', "\n    ")));
            }
        }
        total.add(count);
    }
    if total.excluded > 0 {
        screen.line(format_args!("excluded, for the reasons in excluded.toml: {}", total.excluded));
    }
    screen.line(format_args!("{} passed, {} failed", total.passed, total.failed));
    if total.failed == 0 { Outcome::Done } else { Outcome::Differences }
}

/// How many cases came out how.
#[derive(Clone, Copy, Default)]
struct Count {
    passed: usize,
    failed: usize,
    excluded: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.excluded += other.excluded;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.excluded > 0 { write!(f, ", {} excluded", self.excluded) } else { Ok(()) }
    }
}
