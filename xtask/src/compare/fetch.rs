//! The releases of botocore that are compared when no others are named, fetched from the Python package index by pip.
//! It must not know what is in them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr};

use crate::pip::{self, Release};

/// The wheels. The Smithy models that CI has are of different days: most are what botocore 1.40.20 was made from,
/// some are a month younger, and a few are newer than both.
const RELEASES: [Release; 3] = [
    of_botocore("1.40.20", "c584b439e2f1a2ada5e6bc0cc1502143ae2b2299d41ce2ae30053b59d5d17821"),
    of_botocore("1.40.40", "68506142b3cde93145ef3ee0268f2444f2b68ada225a151f714092bbd3d6516a"),
    of_botocore("1.44.5", "8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921"),
];

const fn of_botocore(version: &'static str, sha256: &'static str) -> Release {
    Release { package: "botocore", version, sha256 }
}

/// The unpacked wheels, each in a folder named by its version; fetched unless they are there.
pub(super) fn wheels(folder: &Path) -> miette::Result<Vec<PathBuf>> {
    RELEASES.into_iter().map(|release| wheel(folder, release)).collect()
}

fn wheel(folder: &Path, release: Release) -> miette::Result<PathBuf> {
    let unpacked = folder.join(release.version);
    if unpacked.is_dir() {
        return Ok(unpacked);
    }
    let temporary = folder.join(format!("{}.part", release.version));
    if temporary.exists() {
        fs::remove_dir_all(&temporary)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot remove {}", temporary.display()))?;
    }
    fs::create_dir_all(&temporary)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot create {}", temporary.display()))?;
    let help = "it takes Python with pip, and a network; or name unpacked wheels with --botocore";
    // Nothing of it is run, so that the version of Python does not matter.
    let options =
        ["--no-compile", "--ignore-requires-python", "--only-binary", ":all:", "--target"];
    let mut options = options.map(OsStr::new).to_vec();
    options.push(temporary.as_os_str());
    pip::fetch("install", &options, release, folder, help)?;
    fs::rename(&temporary, &unpacked)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot create {}", unpacked.display()))?;
    Ok(unpacked)
}
