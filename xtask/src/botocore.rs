//! Releases of botocore, fetched from the Python package index by pip and unpacked: the one that this workspace is
//! pinned to, or any by its hash. It must not know what is in them.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Deserialize;

use crate::pip::{self, Release};
use crate::workspace;

/// Where releases are unpacked, each in a folder named by its version.
const WHEELS: &str = "target/botocore-models";

const PACKAGE: &str = "botocore";

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

    /// The release of this version, or the newest, as the Python package index has it.
    pub(crate) fn in_index(version: Option<&str>) -> miette::Result<Self> {
        let help = "it takes Python with pip 22.2 or later, a network, and a release that there is";
        let (version, sha256) = pip::wheel_in_index(PACKAGE, version, help)
            .wrap_err("the package index does not tell which release of botocore it has")?;
        Ok(Pin { version, sha256 })
    }

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
        wheel(Release { package: PACKAGE, version, sha256 })
    }
}

/// What a release may be called; pip would take more than that.
pub(crate) fn version(text: &str) -> Result<String, String> {
    let sound = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
    if text.split('.').all(sound) {
        Ok(text.to_owned())
    } else {
        Err("a version is numbers between dots, such as 1.44.1".to_owned())
    }
}

/// The unpacked wheel of a release, by its version; if it isn't there, the index says which hash it must have.
pub(crate) fn of_version(text: &str) -> miette::Result<PathBuf> {
    let version = version(text).map_err(|help| miette!(help = help, "`{text}` is no version"))?;
    let unpacked = folder()?.join(&version);
    if unpacked.is_dir() { Ok(unpacked) } else { Pin::in_index(Some(&version))?.wheel() }
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

    #[test]
    fn versions_are_numbers_between_dots() {
        for sound in ["1.44.1", "1.44.1rc1", "2"] {
            assert_eq!(version(sound).as_deref(), Ok(sound));
        }
        for wrong in ["", "1..2", "1.44.*", "1; python_version", "--pre", "../1"] {
            assert!(version(wrong).is_err(), "{wrong}");
        }
    }
}
