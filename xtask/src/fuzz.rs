//! `fuzz`: damages the messages of protocol test suites, and looks at what reading them does. It must not know
//! how messages are damaged.

use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr, miette};
use tinsmith_conformance::fuzz::{Failure, Plan, Report};

use crate::conformance::{cases, models, program};
use crate::screen::{Screen, Style};
use crate::{Outcome, workspace};

const EXAMPLES: &str = "\
Examples:
  A minute over all suites:
    cargo xtask fuzz --suite ../shared/protocol-tests --seconds 60
  The same damage as in an earlier run:
    cargo xtask fuzz --suite ../shared/protocol-tests --seconds 60 --seed 42

Exit codes: 0 nothing happened that must not, 1 something did, 2 wrong usage or input.";

/// Damages the messages of protocol test suites, and reads them: nothing may panic, hang, or take memory beyond a
/// small multiple of the message.
///
/// Both directions of every protocol are tried, in a release build. A message that does harm is written to
/// `target/fuzz`.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A model with the traits of `smithy.test`, or a folder of them.
    #[arg(long, value_name = "PATH", required = true)]
    suite: Vec<PathBuf>,
    /// How long to go on.
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u64,
    /// Where the damage starts from [default: at random].
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Takes only cases whose ID contains this text, whatever its case.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let root = workspace::root()?;
    let mut suites = Vec::new();
    for path in models(&args.suite)? {
        suites.push(cases::suite(&path, args.filter.as_deref())?);
    }
    let seed = args.seed.unwrap_or_else(seed_of_now);
    screen.line(format_args!("seed {seed}, {} seconds", args.seconds));
    let folder = root.join("target/fuzz");
    program::write(&folder, &suites)?;
    let plan = serde_json::to_string(&Plan { seconds: args.seconds, seed }).into_diagnostic()?;
    let printed = program::start(&folder, program::Profile::Release, &[&plan])?;
    let report: Report = serde_json::from_slice(&printed)
        .into_diagnostic()
        .wrap_err("the program that reads the messages printed something else than a report")?;
    if report.messages == 0 {
        return Err(miette!(
            help = "look at the suite's path and at --filter",
            "there is no message to damage"
        ));
    }
    show(&report, screen);
    for (number, failure) in report.failures.iter().enumerate() {
        let path = keep(&folder.join("failures"), seed, number, failure)?;
        let what = screen.paint(Style::Red, &failure.what);
        screen.line(format_args!("{}: {what}: {}", failure.case, workspace::with_slashes(&path)));
    }
    Ok(if report.failures.is_empty() { Outcome::Done } else { Outcome::Differences })
}

fn show(report: &Report, screen: &mut Screen) {
    for (protocol, read) in &report.read {
        screen.line(format_args!("{protocol}: {read} read"));
    }
    screen.line(format_args!(
        "from {} messages, {} of those read taken for sound, at most {:.0} bytes of memory a byte, at most {} µs",
        report.messages, report.accepted, report.worst_memory, report.longest,
    ));
    let read: u64 = report.read.values().sum();
    screen.line(format_args!("{read} damaged messages read, {} failed", report.failures.len()));
}

/// Any seed will do, as long as another run gets another one.
fn seed_of_now() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| u64::from(now.subsec_nanos()) ^ now.as_secs())
}

/// Writes a message that did harm to a file.
fn keep(folder: &Path, seed: u64, number: usize, failure: &Failure) -> miette::Result<PathBuf> {
    let path = folder.join(format!("{seed}-{number}.txt"));
    let mut bytes = format!("{}\n{}\n{}\n", failure.case, failure.what, failure.head).into_bytes();
    bytes.extend_from_slice(&failure.body);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, bytes))
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}
