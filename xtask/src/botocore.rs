//! Releases of botocore, fetched from the Python package index by pip and unpacked: the one that this workspace is
//! pinned to, or any by its hash. It must not know what is in them.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use miette::{IntoDiagnostic, WrapErr};
use serde::Deserialize;

use crate::pip::{self, Release};
use crate::workspace;

/// Where releases are unpacked, each in a folder named by its version.
const WHEELS: &str = "target/botocore-models";

/// Which release `--models botocore` stands for.
pub(crate) const PIN: &str = "model/services/botocore.toml";

/// What the file [`PIN`] says.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pin {
    pub(crate) version: String,
    /// SHA-256 of the wheel, in hexadecimal digits.
    pub(crate) sha256: String,
}

impl Pin {
    /// The release that this workspace is pinned to.
    pub(crate) fn read() -> miette::Result<Self> {
        let path = workspace::root()?.join(PIN);
        let text = fs::read_to_string(&path).into_diagnostic();
        let text = text.wrap_err_with(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text)
            .into_diagnostic()
            .wrap_err_with(|| format!("{} is not what `models update` writes", path.display()))
    }

    #[cfg(test)]
    /// The file that says so.
    pub(crate) fn text(&self) -> String {
        let Pin { version, sha256 } = self;
        format!(
            "# The release of botocore that `--models botocore` stands for. `cargo xtask models update` writes this file.\n\
             version = \"{version}\"\n# Of the wheel.\nsha256 = \"{sha256}\"\n"
        )
    }

    /// Its unpacked wheel.
    pub(crate) fn wheel(&self) -> miette::Result<PathBuf> {
        let Pin { version, sha256 } = self;
        wheel(Release { package: "botocore", version, sha256 })
    }
}

/// Where releases are unpacked.
pub(crate) fn folder() -> miette::Result<PathBuf> {
    Ok(workspace::root()?.join(WHEELS))
}

/// The unpacked wheel of a release, fetched unless it is there.
pub(crate) fn wheel(release: Release<'_>) -> miette::Result<PathBuf> {
    let folder = folder()?;
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
    let help =
        "it takes Python with pip, and a network; or unpack a wheel yourself, and name its folder";
    // Nothing of it is run, so that the version of Python does not matter.
    let options =
        ["--no-compile", "--ignore-requires-python", "--only-binary", ":all:", "--target"];
    let mut options = options.map(OsStr::new).to_vec();
    options.push(temporary.as_os_str());
    pip::fetch("install", &options, release, &folder, help)?;
    fs::rename(&temporary, &unpacked)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot create {}", unpacked.display()))?;
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pin_is_as_it_is_written() {
        let pin = Pin::read().unwrap();
        let path = workspace::root().unwrap().join(PIN);
        assert_eq!(fs::read_to_string(path).unwrap(), pin.text());
        assert!(pin.sha256.len() == 64 && pin.sha256.bytes().all(|b| b.is_ascii_hexdigit()));
    }
}
