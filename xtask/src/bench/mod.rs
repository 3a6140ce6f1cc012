//! `bench`: measurements of what users pay for. It must not know how each is taken.

mod cargo;
mod chart;
mod codec;
mod compile;
pub(crate) mod figure;
mod hello;
pub(crate) mod page;
mod plan;
mod report;
mod subject;
mod svg;
pub(crate) mod table;
mod wrapper;

use clap::Subcommand;

use crate::Outcome;
use crate::screen::Screen;

pub(crate) use wrapper::in_place_of_another;

/// Measures what generated crates cost, beside the official ones.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Codec(codec::Args),
    Compile(compile::Args),
    Hello(hello::Args),
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    match &args.what {
        What::Codec(args) => codec::run(args, screen),
        What::Compile(args) => compile::run(args, screen),
        What::Hello(args) => hello::run(args, screen),
    }
}
