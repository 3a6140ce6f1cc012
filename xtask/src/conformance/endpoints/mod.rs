//! `conformance --endpoints`: the endpoint tests of whole models, against the rules that generated crates have. It must
//! not know how rules are evaluated.

mod program;
mod report;
mod services;

use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr, miette};
use tinsmith_conformance::endpoints::partitions;

use super::{Args, models};
use crate::models::located;
use crate::progress::Progress;
use crate::screen::Screen;
use crate::{Outcome, parallel, workspace};
use report::Report;
use services::Service;

/// Runs the cases of the models that the arguments name, as far as the filter lets them.
pub(super) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let folder = workspace::root()?.join("target/endpoints");
    let paths = models(&args.endpoints)?;
    let mut progress = Progress::new(3 + usize::from(args.partitions.is_some()));
    let regions = match &args.partitions {
        Some(path) => {
            progress.step(format_args!("compare the partitions of {}", path.display()));
            Some(regions(path)?)
        }
        None => None,
    };
    progress.step(format_args!("make the endpoint rules of {} models", paths.len()));
    let services = services(&paths, args.filter.as_deref())?;
    let cases: usize = services.iter().map(|service| service.cases.len()).sum();
    // A run of no cases would pass, whatever was meant to be tested.
    if cases == 0 {
        let help = "look at the path and at --filter";
        return Err(miette!(help = help, "there is no case to run"));
    }
    program::write(&folder, &services)?;
    let crates = services.iter().filter(|service| service.files.is_some()).count();
    progress.step(format_args!(
        "build the program that runs the cases: the rules of {} services, {crates} crates",
        services.len()
    ));
    program::build(&folder)?;
    progress.step(format_args!("run {cases} cases"));
    let outcomes = program::run(&folder)?;
    drop(progress);
    let report = Report::new(&services, &outcomes, regions);
    report.print(args.verbose, screen);
    Ok(if report.all_passed() { Outcome::Done } else { Outcome::Differences })
}

/// How many regions a file has, and which of them are not what the runtime takes them for.
fn regions(path: &Path) -> miette::Result<(usize, Vec<String>)> {
    let path = located(path)?;
    let path = if path.is_dir() { path.join("botocore/data/partitions.json") } else { path };
    let text = fs::read_to_string(&path)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot read {}", path.display()))?;
    let (count, failures) = partitions::compare(&text)
        .into_diagnostic()
        .wrap_err_with(|| format!("{} has no partitions", path.display()))?;
    if count == 0 {
        return Err(miette!(help = "name another file", "{} has no region", path.display()));
    }
    Ok((count, failures))
}

/// The services that have cases to run, in the order of the models.
fn services(paths: &[PathBuf], filter: Option<&str>) -> miette::Result<Vec<Service>> {
    let filter = filter.map(str::to_lowercase);
    let of_models = parallel::map(paths, |path| services::of_model(path, filter.as_deref()));
    let mut services = Vec::new();
    for of_model in of_models {
        services.extend(of_model?);
    }
    Ok(services)
}
