//! Python's package installer, whatever it is called on this machine. It must not know what it fetches.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use miette::{IntoDiagnostic, WrapErr, miette};

use crate::lines::last_lines;

/// Its names, the first that is there counts.
const PROGRAMS: [&[&str]; 4] =
    [&["python3", "-m", "pip"], &["python", "-m", "pip"], &["pip3"], &["pip"]];

/// So many of the last lines that it printed are shown when it fails.
const LINES: usize = 20;

/// A release of a package, by the hash of the one file that will do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Release<'a> {
    pub(crate) package: &'a str,
    pub(crate) version: &'a str,
    /// SHA-256, in hexadecimal digits.
    pub(crate) sha256: &'a str,
}

/// Lets pip fetch a release with one of its commands, such as `download`, and options of that. It compares the hash
/// before it looks into the file. The release is named in a file that pip reads, in the given folder.
pub(crate) fn fetch(
    command: &str,
    options: &[&OsStr],
    release: Release<'_>,
    folder: &Path,
    help: &str,
) -> miette::Result<()> {
    let Release { package, version, sha256 } = release;
    let requirements = folder.join("requirements.txt");
    fs::write(&requirements, format!("{package}=={version} --hash=sha256:{sha256}\n"))
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot write {}", requirements.display()))?;
    let required = ["--no-deps", "--require-hashes", "--requirement"].map(OsStr::new);
    let options = [&required[..], &[requirements.as_os_str()], options].concat();
    run(command, &options, &format!("{package} {version}"), help)
}

/// Runs one of pip's commands, with options of that, which fetches this.
pub(crate) fn run(command: &str, options: &[&OsStr], what: &str, help: &str) -> miette::Result<()> {
    for program in PROGRAMS {
        let output = Command::new(program[0])
            .args(&program[1..])
            .args([command, "--disable-pip-version-check", "--no-input"])
            .args(options)
            .output();
        match output {
            Ok(output) if output.status.success() => return Ok(()),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                if !said.contains("No module named pip") {
                    let what = format!("`{} {command}` failed", program.join(" "));
                    return Err(miette!(help = help, "{}", last_lines(&said, LINES)).wrap_err(what));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                return Err(error)
                    .into_diagnostic()
                    .wrap_err_with(|| format!("cannot run {}", program[0]));
            }
        }
    }
    Err(miette!(help = help, "there is no pip to fetch {what} with"))
}

/// Python itself, by the name that it has here.
pub(crate) fn python() -> miette::Result<&'static str> {
    let runs = |name: &&str| {
        let mut asked = Command::new(name);
        asked.arg("--version").output().is_ok_and(|output| output.status.success())
    };
    ["python3", "python"]
        .into_iter()
        .find(runs)
        .ok_or_else(|| miette!(help = "install Python 3, or add it to PATH", "there is no Python"))
}
