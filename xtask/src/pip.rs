//! Python's package installer, whatever it is called on this machine. It must not know what it fetches.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use miette::{IntoDiagnostic, WrapErr, miette};
use serde_json::Value;

use crate::lines::last_lines;

/// Its names, the first that is there counts.
const PROGRAMS: [&[&str]; 4] =
    [&["python3", "-m", "pip"], &["python", "-m", "pip"], &["pip3"], &["pip"]];

/// So many of the last lines that it printed are shown when it fails.
const LINES: usize = 20;

/// So much of each of them is shown.
const WIDTH: usize = 240;

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
    run(command, &options, &format!("{package} {version}"), help).map(drop)
}

/// The version, and the SHA-256 of the wheel, that the index has: of the newest release of a package, or of one.
pub(crate) fn wheel_in_index(
    package: &str,
    version: Option<&str>,
    help: &str,
) -> miette::Result<(String, String)> {
    let wanted = version.map_or(package.to_owned(), |version| format!("{package}=={version}"));
    let options = [
        "--dry-run",
        "--quiet",
        "--report",
        "-",
        "--no-deps",
        "--ignore-installed",
        "--ignore-requires-python",
        "--only-binary",
        ":all:",
        &wanted,
    ];
    let report = run("install", &options.map(OsStr::new), &wanted, help)?;
    found(&report).ok_or_else(|| {
        miette!(help = "pip 22.2 or later is needed", "pip's report on {wanted} names no wheel")
    })
}

/// The version and hash of the only package in a report of pip's.
fn found(report: &str) -> Option<(String, String)> {
    let report: Value = serde_json::from_str(report).ok()?;
    let [package] = report["install"].as_array()?.as_slice() else { return None };
    let version = package["metadata"]["version"].as_str()?;
    let sha256 = package["download_info"]["archive_info"]["hashes"]["sha256"].as_str()?;
    Some((version.to_owned(), sha256.to_owned()))
}

/// Runs one of pip's commands, with options of that, which fetches this; what it printed on stdout.
pub(crate) fn run(
    command: &str,
    options: &[&OsStr],
    what: &str,
    help: &str,
) -> miette::Result<String> {
    for program in PROGRAMS {
        let output = Command::new(program[0])
            .args(&program[1..])
            .args([command, "--disable-pip-version-check", "--no-input"])
            .args(options)
            .output();
        match output {
            Ok(output) if output.status.success() => {
                return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
            }
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                if !said.contains("No module named pip") {
                    let what = format!("`{} {command}` failed", program.join(" "));
                    let said: Vec<String> = last_lines(&said, LINES).lines().map(cut).collect();
                    return Err(miette!(help = help, "{}", said.join("\n")).wrap_err(what));
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

/// A line without its middle, if it is long: pip lists every version there is, the newest at the end.
fn cut(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    if chars.len() <= WIDTH {
        return line.to_owned();
    }
    let half = WIDTH / 2;
    let part = |chars: &[char]| chars.iter().collect::<String>();
    format!("{} … {}", part(&chars[..half]), part(&chars[chars.len() - half..]))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_keep_their_ends() {
        assert_eq!(cut("short"), "short");
        let versions: Vec<String> = (0..1000).map(|number| format!("1.{number}")).collect();
        let line = cut(&versions.join(", "));
        assert!(line.starts_with("1.0, 1.1, ") && line.ends_with(", 1.999"), "{line}");
        assert_eq!(line.chars().count(), WIDTH + 3);
    }

    #[test]
    fn a_report_has_the_version_and_the_hash() {
        let report = r#"{"version": "1", "install": [{
            "metadata": {"name": "one", "version": "1.2.3"},
            "download_info": {"url": "u", "archive_info": {"hashes": {"sha256": "ab12"}}}
        }]}"#;
        assert_eq!(found(report), Some(("1.2.3".to_owned(), "ab12".to_owned())));
        assert_eq!(found(&report.replace("sha256", "md5")), None);
        assert_eq!(found("no JSON"), None);
        assert_eq!(found(r#"{"install": []}"#), None);
    }
}
