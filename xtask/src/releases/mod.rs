//! `models`: which models there are, and the release of botocore that this workspace is pinned to. It must not know
//! how models are read.

mod changes;
mod update;

use std::path::PathBuf;

use clap::Subcommand;

use crate::screen::Screen;
use crate::{Outcome, models};

/// Lists models, and keeps the release of botocore that `--models botocore` stands for up to date.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    List(List),
    Update(update::Args),
}

/// Lists the services of a set of models, by the names that `--service` takes.
#[derive(clap::Args)]
struct List {
    /// A folder of Smithy JSON AST files, an unpacked wheel of botocore, or the word `botocore` for the pinned release,
    /// or `botocore@` and a version.
    #[arg(long, value_name = "PATH", default_value = "botocore")]
    models: PathBuf,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    match &args.what {
        What::Update(args) => update::run(args, screen),
        What::List(List { models }) => {
            for entry in models::entries(&models::located(models)?)? {
                screen.line(entry.name);
            }
            Ok(Outcome::Done)
        }
    }
}
