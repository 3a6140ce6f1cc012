//! Cargo, run in silence with the compiler measured; what it said comes with its failures. It must not know what
//! is built.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use miette::{IntoDiagnostic, WrapErr, miette};
use serde::de::DeserializeOwned;

use super::wrapper::{self, Build, Whole};
use crate::lines::last_lines;
use crate::machine;
use crate::workspace::cargo;

/// So many of the last lines that Cargo printed are shown when it fails.
const LINES: usize = 30;

/// Cargo, and how the compiler that it runs is measured.
pub(crate) struct Cargo {
    wrapper: PathBuf,
    record: PathBuf,
    package: String,
}

impl Cargo {
    /// Measures the package's library; `folder` is for what that takes.
    pub(crate) fn new(folder: &Path, package: &str) -> miette::Result<Self> {
        fs::create_dir_all(folder)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot create {}", folder.display()))?;
        let wrapper = folder.join(format!("rustc-wrapper{}", env::consts::EXE_SUFFIX));
        // A copy, because this program may be built anew while it measures.
        let copied = env::current_exe().and_then(|program| {
            if wrapper.exists() {
                fs::remove_file(&wrapper)?;
            }
            fs::copy(program, &wrapper)
        });
        copied
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot copy this program to {}", wrapper.display()))?;
        Ok(Cargo { wrapper, record: folder.join("record.json"), package: package.to_owned() })
    }

    /// Runs Cargo, and returns what it printed on stdout.
    pub(crate) fn run<S: AsRef<OsStr>>(
        &self,
        folder: &Path,
        arguments: &[S],
    ) -> miette::Result<String> {
        self.ended(self.command(folder), folder, arguments)
    }

    /// Cargo in a folder, the measured package's compiler recorded.
    fn command(&self, folder: &Path) -> Command {
        let mut command = program(OsStr::new(&cargo()), folder);
        command
            .env("RUSTC_WRAPPER", &self.wrapper)
            .env(wrapper::RECORD, &self.record)
            .env(wrapper::PACKAGE, &self.package);
        command
    }

    fn ended<S: AsRef<OsStr>>(
        &self,
        mut command: Command,
        folder: &Path,
        arguments: &[S],
    ) -> miette::Result<String> {
        command.args(arguments);
        let output = command.output().into_diagnostic().wrap_err("cannot run cargo")?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let words: Vec<String> =
            arguments.iter().map(|word| word.as_ref().to_string_lossy().into_owned()).collect();
        Err(failure(&words.join(" "), folder, &output))
    }

    /// What running Cargo costs, the compilers and build scripts that it runs included.
    pub(crate) fn whole<S: AsRef<OsStr>>(
        &self,
        folder: &Path,
        arguments: &[S],
    ) -> miette::Result<Whole> {
        self.forget()?;
        // Without the compiler's stand-in, whose processes would be counted.
        let mut command = program(self.wrapper.as_os_str(), folder);
        command.env(wrapper::WHOLE, &self.record).arg(cargo());
        self.ended(command, folder, arguments)?;
        self.recorded("cargo has left no record")
    }

    /// What compiling the package's library costs when Cargo runs.
    pub(crate) fn build<S: AsRef<OsStr>>(
        &self,
        folder: &Path,
        arguments: &[S],
    ) -> miette::Result<Build> {
        self.forget()?;
        self.run(folder, arguments)?;
        self.recorded(&format!("cargo has not compiled {} anew", self.package))
    }

    /// Removes the record of an earlier run.
    fn forget(&self) -> miette::Result<()> {
        if !self.record.exists() {
            return Ok(());
        }
        fs::remove_file(&self.record)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot remove {}", self.record.display()))
    }

    fn recorded<T: DeserializeOwned>(&self, missing: &str) -> miette::Result<T> {
        let record =
            fs::read(&self.record).into_diagnostic().wrap_err_with(|| missing.to_owned())?;
        serde_json::from_slice(&record).into_diagnostic().wrap_err("the record is not whole")
    }

    /// The version, the manifest's folder, of the measured package as the crate in a folder depends on it.
    pub(crate) fn dependency(&self, folder: &Path) -> miette::Result<(String, PathBuf)> {
        let platform = format!("--filter-platform={}", machine::rustc("host")?);
        let text =
            self.run(folder, &["metadata", "--format-version=1", "--offline", platform.as_str()])?;
        let metadata: serde_json::Value =
            serde_json::from_str(&text).into_diagnostic().wrap_err("cargo metadata is not JSON")?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let mut named = packages.filter(|package| package["name"] == *self.package);
        let found = named.next().and_then(|package| {
            let manifest = Path::new(package["manifest_path"].as_str()?);
            Some((package["version"].as_str()?.to_owned(), manifest.parent()?.to_owned()))
        });
        found.ok_or_else(|| miette!("cargo metadata does not know {}", self.package))
    }
}

/// A program in a folder, with what all of them are told.
fn program(program: &OsStr, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        // Registry crates are never compiled incrementally; the other ones shall not be either.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    command
}

/// The end of what Cargo said.
fn failure(command: &str, folder: &Path, output: &Output) -> miette::Report {
    let said = String::from_utf8_lossy(&output.stderr);
    let said = last_lines(&said, LINES);
    miette!("{said}").wrap_err(format!("`cargo {command}` failed in {}", folder.display()))
}
