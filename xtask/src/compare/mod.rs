//! `compare-models`: what the same services say in Smithy's format and in botocore's. It must not know what a
//! difference means; that is in one file.

mod accepted;
mod report;
mod sources;

use std::collections::HashSet;
use std::path::PathBuf;

use miette::miette;
use tinsmith_model::compare::{Difference, compare};

use crate::pip::Release;
use crate::progress::Progress;
use crate::screen::Screen;
use crate::{Outcome, botocore, models, parallel, workspace};
use accepted::{Accepted, Class};
use sources::{Pair, Releases, Second};

/// Where the accepted differences stand.
const FILE: &str = "model/services/botocore-differences.toml";
/// The releases that are compared when no others are named. The Smithy models that CI has are of different days: most
/// are what botocore 1.40.20 was made from, some are a month younger, and a few are newer than both.
const RELEASES: [Release<'_>; 3] = [
    of_botocore("1.40.20", "c584b439e2f1a2ada5e6bc0cc1502143ae2b2299d41ce2ae30053b59d5d17821"),
    of_botocore("1.40.40", "68506142b3cde93145ef3ee0268f2444f2b68ada225a151f714092bbd3d6516a"),
    of_botocore("1.44.5", "8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921"),
];

const fn of_botocore(version: &'static str, sha256: &'static str) -> Release<'static> {
    Release { package: "botocore", version, sha256 }
}

const EXAMPLES: &str = "\
Examples:
  All services that exist in both formats, with the releases of botocore that pip fetches the first time:
    cargo xtask compare-models --models ../shared/models
  One of them in an unpacked wheel, with accepted differences too:
    cargo xtask compare-models --models ../shared/models --botocore target/botocore \\
        --service dynamodb --verbose

No release of botocore has all services as a set of Smithy models has them: with several releases, each service is
taken from the one where least differs.

What may differ, and why, stands in model/services/botocore-differences.toml.

Exit codes: 0 nothing unexpected differs, 1 something does, 2 wrong usage or input.";

/// Compares services that exist both as Smithy models and as botocore's, and lists what the two say differently.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A folder of Smithy JSON AST files, or one such file.
    #[arg(long, value_name = "PATH")]
    models: PathBuf,
    /// An unpacked wheel of botocore; may be given several times [default: releases that pip fetches].
    #[arg(long, value_name = "DIR")]
    botocore: Vec<PathBuf>,
    /// Only this service, by the name of botocore's folder.
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// Lists every service, and accepted differences as well.
    #[arg(long)]
    verbose: bool,
    /// Another file that says what may differ.
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let file = match &args.accepted {
        Some(file) => file.clone(),
        None => workspace::root()?.join(FILE),
    };
    let accepted = Accepted::read(&file)?;
    let models = models::smithy_files(&args.models)?;
    let mut progress = Progress::new(3);
    progress.step("fetch botocore, unless it is there");
    let wheels = match &args.botocore[..] {
        [] => RELEASES.into_iter().map(botocore::wheel).collect::<miette::Result<_>>()?,
        wheels => wheels.to_vec(),
    };
    progress.step("find botocore's services");
    let releases = Releases::find(&wheels, args.service.as_deref())?;
    progress.step("compare them with Smithy's");
    let compared = parallel::map(&models, |path| {
        let pairs = releases.pairs(path)?.into_iter();
        Ok(pairs.filter_map(|pair| nearest(&pair, &accepted)).collect())
    });
    let compared: miette::Result<Vec<Vec<Compared>>> = compared.into_iter().collect();
    let compared: Vec<Compared> = compared?.into_iter().flatten().collect();
    drop(progress);
    if compared.is_empty() {
        return Err(miette!(
            help = "look at --models, --botocore and --service",
            "no service exists in both formats"
        ));
    }
    // What is accepted of all services can only be missed in all of them.
    if args.service.is_none() && args.models.is_dir() && args.accepted.is_none() {
        for reason in accepted.unused() {
            screen.line(format_args!("accepted, but not found any more: {reason}"));
        }
    }
    let total = report::print(&compared, args.verbose, screen);
    Ok(if total.unexpected == 0 { Outcome::Done } else { Outcome::Differences })
}

/// A difference with the class it is accepted as.
type Judged = (Difference, Option<Class>);

/// What differs in a service.
struct Compared {
    /// The name of botocore's folder.
    name: String,
    release: String,
    found: Vec<Judged>,
}

/// The release in which least is unexpected, and what differs there. What does not differ in the same way in every
/// release is of releases, not of formats.
fn nearest(pair: &Pair, accepted: &Accepted) -> Option<Compared> {
    let judge = |second: &Second| -> Vec<Judged> {
        let found = compare((&pair.first, pair.service), (&second.model, second.service));
        let found = found.into_iter().map(|difference| {
            let class = accepted.class(&second.name, &difference);
            (difference, class)
        });
        found.collect()
    };
    let releases: Vec<Vec<Judged>> = pair.second.iter().map(judge).collect();
    let everywhere: Vec<HashSet<&Difference>> =
        releases.iter().map(|found| found.iter().map(|(it, _)| it).collect()).collect();
    let is_everywhere = |it: &Difference| everywhere.iter().all(|found| found.contains(it));
    let unexpected =
        |found: &Vec<Judged>| found.iter().filter(|(_, class)| class.is_none()).count();
    let (second, found) =
        pair.second.iter().zip(&releases).min_by_key(|(_, found)| unexpected(found))?;
    let found = found.iter().map(|(difference, class)| {
        let class = class.or_else(|| (!is_everywhere(difference)).then_some(Class::Release));
        (difference.clone(), class)
    });
    Some(Compared {
        name: second.name.clone(),
        release: second.release.clone(),
        found: found.collect(),
    })
}
