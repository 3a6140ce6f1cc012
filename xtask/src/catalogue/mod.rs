//! `catalogue`: every service of a set of models in full: generated, looked over, and type-checked if that is wanted.
//! It must not know how each of these is done.

mod check;
mod hazards;
mod make;
mod names;
mod report;
mod sample;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use miette::{IntoDiagnostic, WrapErr};
use tinsmith_model::glob;

use crate::bench::page;
use crate::machine::Machine;
use crate::models::{self, Entry};
use crate::progress::Tally;
use crate::screen::{Screen, Style};
use crate::{Outcome, parallel, usage, workspace};
use check::Checked;
use make::{Made, Plan};
use report::{Failure, Report, Totals};

/// Where the crates are made unless it is said, below which a set of models has a folder.
const FOLDER: &str = "target/catalogue";

const EXAMPLES: &str = "\
Examples:
  Every service that AWS publishes a Smithy model of, and a report of each:
    cargo xtask catalogue --models ../shared/models --json target/catalogue.json
  Those of the pinned release of botocore, which pip fetches the first time, and rustc's opinion:
    cargo xtask catalogue --models botocore --check
  What CI does: generate all, look for bad names, and type-check forty that have all there is to get wrong:
    cargo xtask catalogue --models ../shared/models --check-names --check --sample 40
  Two of them, with the client:
    cargo xtask catalogue --models botocore --service ec2 --service 'dynamodb*' --check

A release build of this command line (cargo run --release -p xtask -- catalogue …) generates three times as fast.

A check goes on where it was broken off: what has passed is not checked again until its text, the runtime's or the
compiler changes.

Exit codes: 0 all is well, 1 a service failed, 2 wrong usage or input.";

/// Generates every service of a set of models in full, in parallel, and says what fails.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A folder of Smithy JSON AST files, an unpacked wheel of botocore, or the word `botocore` for the release that
    /// model/services/botocore.toml names.
    #[arg(long, value_name = "PATH")]
    models: PathBuf,
    /// Only these services, by the names of their files or folders, in which `*` stands for any run of characters.
    #[arg(long, value_name = "NAME")]
    service: Vec<String>,
    /// The folder for the crates [default: one for the models, below target/catalogue].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Generates each service a second time, which must give the same bytes, and looks through every file for names
    /// that collide or that Rust or a file system would refuse.
    #[arg(long)]
    check_names: bool,
    /// Type-checks the crates, warnings denied.
    #[arg(long)]
    check: bool,
    /// Of the crates, check only so many: always the same, chosen so that every protocol is among them, and
    /// everything in models that has a way to go wrong.
    #[arg(long, value_name = "N", requires = "check", value_parser = clap::value_parser!(u16).range(1..))]
    sample: Option<u16>,
    /// The features with which the crates are checked, instead of the default ones.
    #[arg(long, value_name = "NAMES", requires = "check", value_delimiter = ',', num_args = 0..)]
    features: Option<Vec<String>>,
    /// The file for the report of each service and of all together.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The page of measurements to write a table to, between its markers; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let entries = entries(args)?;
    let out = out(args)?;
    if let Some(page) = &args.write {
        // Whether it can be written is known before minutes have passed.
        page::updated(page, "catalogue", "")?;
    }
    let plan = Plan::new(&out, args.check_names, entries.len())?;
    let start = Instant::now();
    let tally = Tally::new("generated", entries.len());
    let results = parallel::map(&entries, |entry| {
        let result = make::make(entry, None, &plan);
        tally.done(&entry.name);
        result
    });
    let seconds = start.elapsed().as_secs_f64();
    drop(tally);
    let (mut made, mut failures) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(services) => made.extend(services),
            Err(failed) => failures.extend(failed),
        }
    }
    rename(&mut made, &entries, &plan, &mut failures, screen);
    let totals = Totals::of(&made, failures.len(), seconds, usage::of_self());
    for failure in &failures {
        let name = screen.paint(Style::Red, &failure.service);
        screen.line(format_args!("{name}: {}", failure.message));
    }
    screen.line(totals.text(args.check_names));
    if args.check {
        failures.extend(check(args, &out, &mut made, screen)?);
    }
    let failed = !failures.is_empty();
    if args.json.is_some() || args.write.is_some() {
        let models = workspace::with_slashes(&args.models);
        let report = Report::new(models, Machine::here_and_now()?, totals, made, failures);
        args.json.as_ref().map_or(Ok(()), |path| report.write(path))?;
        args.write.as_ref().map_or(Ok(()), |page| report.put(page, &command(args)))?;
    }
    Ok(if failed { Outcome::Differences } else { Outcome::Done })
}

/// The command that makes the same report.
fn command(args: &Args) -> String {
    let mut text =
        format!("cargo xtask catalogue --models {}", workspace::with_slashes(&args.models));
    for name in &args.service {
        let _ = write!(text, " --service '{name}'");
    }
    for (flag, given) in [("--check-names", args.check_names), ("--check", args.check)] {
        if given {
            let _ = write!(text, " {flag}");
        }
    }
    if let Some(count) = args.sample {
        let _ = write!(text, " --sample {count}");
    }
    if let Some(features) = &args.features {
        let _ = write!(text, " --features {}", features.join(","));
    }
    if let Some(page) = &args.write {
        let _ = write!(text, " --write {}", workspace::with_slashes(page));
    }
    text
}

/// The services that are wanted.
fn entries(args: &Args) -> miette::Result<Vec<Entry>> {
    let path = models::located(&args.models)?;
    let mut entries = models::entries(&path)?;
    let mut unmatched: Vec<&str> = Vec::new();
    for pattern in &args.service {
        if !entries.iter().any(|entry| glob(pattern, &entry.name)) {
            unmatched.push(pattern);
        }
    }
    if !unmatched.is_empty() {
        let names = entries.iter().map(|entry| entry.name.as_str());
        return Err(models::unknown(&path, &unmatched, &names));
    }
    let wanted = |name: &str| args.service.iter().any(|pattern| glob(pattern, name));
    entries.retain(|entry| args.service.is_empty() || wanted(&entry.name));
    Ok(entries)
}

/// The folder for the crates: sets of models don't share one, or each would remove what the other has.
fn out(args: &Args) -> miette::Result<PathBuf> {
    if let Some(out) = &args.out {
        return Ok(out.clone());
    }
    let path = std::path::absolute(&args.models).into_diagnostic();
    let path = path.wrap_err_with(|| format!("{} is no path", args.models.display()))?;
    let stem = if path.is_file() { path.file_stem() } else { path.file_name() };
    let name = stem.unwrap_or(path.as_os_str());
    Ok(workspace::root()?.join(FOLDER).join(name))
}

/// Services that are there twice, as botocore has one by an old name and a new one: their crates are called alike, and
/// one workspace can't have both. All but the first are made anew, called by what the models call them.
fn rename(
    made: &mut [Made],
    entries: &[Entry],
    plan: &Plan,
    failures: &mut Vec<Failure>,
    screen: &mut Screen,
) {
    let mut taken: HashMap<String, String> = HashMap::new();
    for made in made {
        let Some(first) = taken.insert(made.package.clone(), made.name.clone()) else { continue };
        let package = format!("aws-sdk-{}", made.name);
        let name = screen.paint(Style::Bold, &made.name);
        screen.line(format_args!(
            "{name}: its crate and that of {first} are both `{}`; here it is `{package}`",
            made.package
        ));
        let entry = entries.iter().find(|entry| entry.name == made.name);
        match entry.map(|entry| make::make(entry, Some(&package), plan)) {
            Some(Ok(mut again)) if again.len() == 1 => *made = again.remove(0),
            Some(Err(failed)) => failures.extend(failed),
            _ => {
                let message =
                    format!("its package is called `{}`, as that of {first}", made.package);
                failures.push(Failure { service: made.name.clone(), message });
            }
        }
    }
}

/// Checks the crates, and says what the compiler says.
fn check(
    args: &Args,
    out: &Path,
    made: &mut [Made],
    screen: &mut Screen,
) -> miette::Result<Vec<Failure>> {
    let chosen: Vec<usize> = match args.sample {
        None => (0..made.len()).collect(),
        Some(count) => {
            let sample = sample::choose(made, usize::from(count));
            screen.line(sample.text(made));
            sample.chosen
        }
    };
    let start = Instant::now();
    let options = check::Options::new(args.features.as_deref());
    let crates: Vec<&Made> = chosen.iter().map(|at| &made[*at]).collect();
    let results = check::check(out, made, &crates, &options)?;
    let mut failures = Vec::new();
    let (mut passed, mut kept) = (0, 0);
    for (at, result) in chosen.into_iter().zip(results) {
        match &result {
            Checked::Passed => passed += 1,
            Checked::PassedBefore => kept += 1,
            Checked::Failed(said) => {
                let name = screen.paint(Style::Red, &made[at].name);
                screen.line(format_args!("{name}: does not compile\n{said}"));
                let message = format!("does not compile: {said}");
                failures.push(Failure { service: made[at].name.clone(), message });
            }
        }
        made[at].checked = Some(!matches!(result, Checked::Failed(_)));
    }
    let before = if kept > 0 { format!(", {kept} as they passed before") } else { String::new() };
    screen.line(format_args!(
        "type-checked with {}: {} passed{before}, {} failed, {:.0} s",
        options.text(),
        passed + kept,
        failures.len(),
        start.elapsed().as_secs_f64(),
    ));
    Ok(failures)
}
