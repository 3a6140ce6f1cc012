//! `diff`: what another model changes for the users of a generated crate. It must not know how APIs are compared.

mod compare;
mod renames;
mod report;
mod select;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr};
use tinsmith_codegen::{Errors, Model};

use crate::bench::page;
use crate::screen::Screen;
use crate::{Outcome, models, workspace};
use report::Report;

const EXAMPLES: &str = "\
Examples:
  What a newer release of botocore changes for two operations of EC2:
    cargo xtask diff botocore@1.44.1 botocore --service ec2 \\
        --operations DescribeInstances,RunInstances
  All of a service, between two Smithy models:
    cargo xtask diff old/forecast.json new/forecast.json --operations '*'

Breaking is what programs may trip over that compiled, or worked, with the old crate: what is gone or called otherwise, a
field of another type (an `Option` that is none any more is one), `build()` that gives a `Result` or needs more. New
operations, fields, variants and errors break nothing: structures and enums of generated crates are open. Documentation
isn't compared, nor is what is sent.

Exit codes: 0 nothing breaks, 1 something does, 2 wrong usage or input.";

/// Tells what changes in a generated crate from one model of a service to another, and what of that is breaking.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The old model: a Smithy JSON AST file, a file or folder of botocore's, or `botocore` for the pinned release, or
    /// `botocore@` and a version.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new model, likewise.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// The service, where there are several: by name or shape ID in a model, by its folder in a wheel.
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// The operations: names, separated by commas, in which `*` stands for any run of characters [default: those of the
    /// service in model/services/services.toml, or all].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    operations: Vec<String>,
    /// The protocol, where the service speaks several.
    #[arg(long, value_name = "PROTOCOL")]
    protocol: Option<String>,
    /// The file to write the changes to.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let service = args.service.as_deref();
    let [old, new] = [load(&args.old, service)?, load(&args.new, service)?];
    let selected = select::apis(&old, &new, args)?;
    let report = Report {
        old: workspace::with_slashes(&args.old),
        new: workspace::with_slashes(&args.new),
        package: selected.package,
        operations: selected.operations,
        changes: compare::compare(&selected.old, &selected.new),
    };
    report.show(screen);
    if let Some(path) = &args.json {
        let json = serde_json::to_string_pretty(&report).into_diagnostic()?;
        page::write_whole(path, &format!("{json}\n"))?;
    }
    Ok(if report.breaks() { Outcome::Differences } else { Outcome::Done })
}

fn load(path: &Path, service: Option<&str>) -> miette::Result<Model> {
    Model::load_service(&models::located(path)?, service)
        .map_err(Errors::into_report)
        .wrap_err_with(|| format!("cannot load a model from {}", path.display()))
}
