//! `models update`: the newest release of botocore, or one that is named, becomes the one that this workspace is
//! pinned to. It must not know what is in models.

use std::cmp::Ordering;

use miette::miette;

use super::changes::{self, Changes};
use crate::bench::page;
use crate::botocore::{self, Pin};
use crate::screen::{Screen, Style};
use crate::{Outcome, workspace};

const EXAMPLES: &str = "\
Examples:
  Whether there is a newer release:
    cargo xtask models update --check
  Take it, and see what it brings:
    cargo xtask models update
  Go to some other one:
    cargo xtask models update --version 1.44.1
  What it changes in the crates of a service:
    cargo xtask diff botocore@1.44.1 botocore --service ec2 --operations RunInstances

pip asks the package index and downloads the wheel, whose SHA-256 must be the one that the index has for it. All
models of it must load, or the pin stays as it is.

Exit codes: 0 done or up to date, 1 there is a newer release (--check), 2 wrong usage, no pip, no network or models that
do not load.";

/// Pins the newest release of botocore by version and hash, and says what it brings.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The release, instead of the newest.
    #[arg(long, value_name = "VERSION", value_parser = botocore::version)]
    version: Option<String>,
    /// Only tells whether there is a newer release than the pinned one.
    #[arg(long, conflicts_with = "version")]
    check: bool,
}

pub(super) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let old = Pin::read()?;
    let new = Pin::in_index(args.version.as_deref())?;
    if new.version == old.version {
        if new.sha256 != old.sha256 {
            return Err(miette!(
                help = "one of the two is not what its makers published; find out which before you go on",
                "the index has botocore {} with the SHA-256 {}, {} says {}",
                new.version,
                new.sha256,
                botocore::PIN,
                old.sha256
            ));
        }
        screen.line(format_args!("botocore {} is the newest release", old.version));
        return Ok(Outcome::Done);
    }
    let arrow = format!("botocore {} → {}", old.version, new.version);
    if args.check {
        return Ok(if is_newer(&new.version, &old.version) {
            screen.line(format_args!("{arrow}: `cargo xtask models update` takes it"));
            Outcome::Differences
        } else {
            screen.line(format_args!(
                "botocore {} is newer than the index's newest, {}",
                old.version, new.version
            ));
            Outcome::Done
        });
    }
    let changes = changes::between(&old.wheel()?, &new.wheel()?)?;
    refuse_unsound(&new, &changes)?;
    page::write_whole(&workspace::root()?.join(botocore::PIN), &new.text())?;
    screen.line(screen.paint(Style::Bold, &arrow));
    screen.line(changes.text());
    screen.line(format_args!("{} is written", botocore::PIN));
    Ok(Outcome::Done)
}

/// A release whose models don't load isn't taken.
fn refuse_unsound(new: &Pin, changes: &Changes) -> miette::Result<()> {
    if changes.failures.is_empty() {
        return Ok(());
    }
    Err(miette!(
        help = format!(
            "{} is left as it is; the models are in {}, for whoever mends the reader",
            botocore::PIN,
            botocore::folder()?.join(&new.version).display()
        ),
        "{} of the services of botocore {} do not load:\n{}",
        changes.failures.len(),
        new.version,
        changes.failures.join("\n")
    ))
}

/// Whether a version comes after another: by its numbers, one after the other.
fn is_newer(version: &str, than: &str) -> bool {
    let numbers = |text: &str| -> Vec<u64> {
        text.split('.').map(|part| part.parse().unwrap_or_default()).collect()
    };
    numbers(version).cmp(&numbers(than)) == Ordering::Greater
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_is_told_by_numbers() {
        assert!(is_newer("1.44.10", "1.44.9"));
        assert!(is_newer("2.0.0", "1.99.99"));
        assert!(!is_newer("1.44.5", "1.44.5"));
        assert!(!is_newer("1.9", "1.10"));
    }
}
