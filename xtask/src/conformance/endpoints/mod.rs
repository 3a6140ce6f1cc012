//! `conformance --endpoints`: the endpoint tests of whole models, against the rules that generated crates have. It must
//! not know how rules are evaluated.

mod program;
mod report;
mod services;

use std::path::PathBuf;

use miette::miette;

use super::models;
use crate::progress::Progress;
use crate::screen::Screen;
use crate::{Outcome, parallel, workspace};
use report::Report;
use services::Service;

/// Runs the cases of the models that the paths name whose service or documentation contains the filter.
pub(super) fn run(
    paths: &[PathBuf],
    filter: Option<&str>,
    verbose: bool,
    screen: &mut Screen,
) -> miette::Result<Outcome> {
    let folder = workspace::root()?.join("target/endpoints");
    let paths = models(paths)?;
    let mut progress = Progress::new(3);
    progress.step(format_args!("make the endpoint rules of {} models", paths.len()));
    let services = services(&paths, filter)?;
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
    let report = Report::new(&services, &outcomes);
    report.print(verbose, screen);
    Ok(if report.all_passed() { Outcome::Done } else { Outcome::Differences })
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
