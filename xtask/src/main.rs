//! The command line: `cargo xtask …`. It reads the arguments, runs one command and turns its outcome into an
//! exit code; it must not know what the commands do.

#![forbid(unsafe_code)]

mod api_diff;
mod bench;
mod botocore;
mod catalogue;
mod compare;
mod conformance;
mod diff;
mod dropin;
mod evolution;
mod fuzz;
mod generate;
mod lines;
mod machine;
mod models;
mod moto;
mod operations;
mod oracle;
mod parallel;
mod pattern;
mod pip;
mod progress;
mod regenerate;
mod releases;
mod scan;
mod screen;
mod services;
mod usage;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use screen::Screen;

const EXAMPLES: &str = "\
Examples:
  Bring everything below generated/ up to date, or see whether it is:
    cargo xtask regenerate
    cargo xtask regenerate --check

  Find operations in a model, then make a crate of the ones you call:
    cargo xtask operations --model model/services/forecast.json '*Export*'
    cargo xtask generate --model model/services/forecast.json \\
        --operations ListForecastExportJobs --out target/forecast

  See what a workspace needs of official crates, and make crates with that in their place:
    cargo xtask scan ../shop
    cargo xtask generate --scan ../shop --models ../models --out ../shop/slim

  See what the official crate and the generated one cost to compile:
    cargo xtask bench compile --model forecast.json

Exit codes: 0 done, 1 the check found differences, 2 wrong usage or input.";

/// Generates slim Rust client crates from service models.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Regenerate(regenerate::Args),
    Generate(generate::Args),
    Operations(operations::Args),
    Scan(scan::Args),
    Catalogue(catalogue::Args),
    Models(releases::Args),
    Diff(evolution::Args),
    CompareModels(compare::Args),
    Conformance(conformance::Args),
    Oracle(oracle::Args),
    DropIn(dropin::Args),
    Moto(moto::Args),
    ApiDiff(api_diff::Args),
    Fuzz(fuzz::Args),
    Bench(bench::Args),
}

/// How a command ended, unless with an error of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Outcome {
    /// All is done, or as it should be.
    Done,
    /// The check found differences.
    Differences,
    /// Something failed, and has been reported.
    Failed,
}

fn main() -> ExitCode {
    if let Some(code) = bench::in_place_of_another() {
        return code;
    }
    let cli = Cli::parse();
    let mut screen = Screen::new();
    let outcome = match &cli.command {
        Command::Regenerate(args) => regenerate::run(args, &mut screen),
        Command::Generate(args) => generate::run(args, &mut screen),
        Command::Scan(args) => scan::run(args, &mut screen),
        Command::Operations(args) => operations::run(args, &mut screen),
        Command::Catalogue(args) => catalogue::run(args, &mut screen),
        Command::Models(args) => releases::run(args, &mut screen),
        Command::Diff(args) => evolution::run(args, &mut screen),
        Command::CompareModels(args) => compare::run(args, &mut screen),
        Command::Conformance(args) => conformance::run(args, &mut screen),
        Command::Oracle(args) => oracle::run(args, &mut screen),
        Command::DropIn(args) => dropin::run(args, &mut screen),
        Command::Moto(args) => moto::run(args, &mut screen),
        Command::ApiDiff(args) => api_diff::run(args, &mut screen),
        Command::Fuzz(args) => fuzz::run(args, &mut screen),
        Command::Bench(args) => bench::run(args, &mut screen),
    };
    match outcome.and_then(|outcome| screen.finish().map(|()| outcome)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Differences) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(report) => {
            screen::complain(&report);
            ExitCode::from(2)
        }
    }
}
