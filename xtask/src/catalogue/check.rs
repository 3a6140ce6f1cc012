//! rustc's opinion of generated crates: a workspace of all of them, checked a shard at a time, with a record of what
//! has passed. It must not know how they were made.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use miette::{IntoDiagnostic, WrapErr, miette};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::make::{CRATES, Made};
use crate::bench::page;
use crate::lines::last_lines;
use crate::machine;
use crate::progress::Tally;
use crate::workspace;

/// So much source a shard has, unless one crate has more: what a crash of the machine loses.
const SHARD_BYTES: usize = 24_000_000;

/// So many messages of the compiler are shown of a crate that fails.
const SHOWN: usize = 5;

/// With which features crates are checked.
pub(super) struct Options {
    features: Option<Vec<String>>,
}

/// What came of a crate.
pub(super) enum Checked {
    Passed,
    /// In an earlier run, and nothing has changed.
    PassedBefore,
    /// What the compiler said.
    Failed(String),
}

/// What has passed, on disk.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Record {
    /// What else the crates depend on: compiler, runtime, features.
    circumstances: String,
    /// The crates by name, with the hash of their text.
    passed: BTreeMap<String, String>,
}

impl Options {
    pub(super) fn new(features: Option<&[String]>) -> Self {
        let words = |features: &[String]| {
            let mut features: Vec<String> =
                features.iter().filter(|word| !word.is_empty()).cloned().collect();
            features.sort();
            features
        };
        Self { features: features.map(words) }
    }

    pub(super) fn text(&self) -> String {
        match self.features.as_deref() {
            None => "default features".to_owned(),
            Some([]) => "no features".to_owned(),
            Some(features) => format!("the features {}", features.join(", ")),
        }
    }

    fn arguments(&self) -> Vec<String> {
        let Some(features) = &self.features else { return Vec::new() };
        let mut arguments = vec!["--no-default-features".to_owned()];
        if !features.is_empty() {
            arguments.extend(["--features".to_owned(), features.join(",")]);
        }
        arguments
    }
}

/// Checks crates that lie below `out`; the results are in their order.
///
/// `all` are the members of the workspace, so that its lock file does not depend on what is checked.
pub(super) fn check(
    out: &Path,
    all: &[Made],
    crates: &[&Made],
    options: &Options,
) -> miette::Result<Vec<Checked>> {
    let members = all.iter().map(|made| format!("{CRATES}/{}", made.name));
    workspace::put_workspace(out, members)?;
    workspace::lock(out)?;
    let mut log = Log::open(out, options)?;
    let mut results: BTreeMap<&str, Checked> = BTreeMap::new();
    let (kept, mut open): (Vec<&Made>, Vec<&Made>) =
        crates.iter().partition(|made| log.has_passed(made));
    results.extend(kept.iter().map(|made| (made.name.as_str(), Checked::PassedBefore)));
    // What asks for the same of the runtime is checked together, with exactly that.
    open.sort_by(|a, b| (&a.dependency, &a.name).cmp(&(&b.dependency, &b.name)));
    let tally = Tally::new("type-checked", open.len());
    for shard in shards(&open) {
        let said = cargo(out, shard, options, &tally)?;
        log.add(shard.iter().copied().filter(|made| !said.contains_key(made.package.as_str())))?;
        for made in shard {
            let result = said.get(made.package.as_str()).cloned();
            results.insert(&made.name, result.map_or(Checked::Passed, Checked::Failed));
        }
        clean(out, shard)?;
    }
    let result = |made: &&Made| {
        let result = results.remove(made.name.as_str());
        result.ok_or_else(|| miette!("{} was not checked", made.name))
    };
    crates.iter().map(result).collect()
}

/// Parts of crates that ask for the runtime alike, and are not too much together.
fn shards<'a, 'm>(crates: &'a [&'m Made]) -> Vec<&'a [&'m Made]> {
    let mut shards = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    for (at, made) in crates.iter().enumerate() {
        let other = at > from && made.dependency != crates[at - 1].dependency;
        if at > from && (other || bytes + made.bytes > SHARD_BYTES) {
            shards.push(&crates[from..at]);
            (from, bytes) = (at, 0);
        }
        bytes += made.bytes;
    }
    if from < crates.len() {
        shards.push(&crates[from..]);
    }
    shards
}

fn start(out: &Path, arguments: &[String]) -> miette::Result<Child> {
    Command::new(workspace::cargo())
        .args(arguments)
        .current_dir(out)
        .env("CARGO_TARGET_DIR", out.join("target"))
        .env("CARGO_TERM_COLOR", "never")
        .env("RUSTFLAGS", "-D warnings")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .into_diagnostic()
        .wrap_err("cannot run cargo")
}

/// Checks a shard, and returns what was said of the packages that failed.
fn cargo(
    out: &Path,
    shard: &[&Made],
    options: &Options,
    tally: &Tally,
) -> miette::Result<BTreeMap<String, String>> {
    let mut arguments =
        ["check", "--lib", "--keep-going", "--message-format=json"].map(str::to_owned).to_vec();
    arguments.extend(options.arguments());
    for made in shard {
        arguments.extend(["--package".to_owned(), made.package.clone()]);
    }
    let mut child = start(out, &arguments)?;
    // Both pipes are read, so that neither fills up.
    let mut stderr = child.stderr.take();
    let errors = std::thread::spawn(move || {
        let mut said = String::new();
        // What can't be read of it is no reason to fail.
        let _ = stderr.as_mut().map(|pipe| pipe.read_to_string(&mut said));
        said
    });
    let mut seen = Seen::default();
    let mut open: BTreeSet<&str> = shard.iter().map(|made| made.package.as_str()).collect();
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.into_diagnostic().wrap_err("cannot read what cargo says")?;
        // Cargo also names dependencies, and what it finds done.
        if let Some(package) = seen.line(&line).filter(|package| open.remove(package.as_str())) {
            tally.done(package);
        }
    }
    // They failed.
    open.into_iter().for_each(|package| tally.done(package));
    let status = child.wait().into_diagnostic().wrap_err("cannot wait for cargo")?;
    let said = errors.join().unwrap_or_default();
    let failed = |made: &&&Made| !seen.passed.contains(&made.package);
    let failed: BTreeMap<String, String> = shard
        .iter()
        .filter(failed)
        .map(|made| (made.package.clone(), seen.said(&made.package)))
        .collect();
    if status.success() || !failed.is_empty() && failed.values().any(|said| !said.is_empty()) {
        return Ok(failed);
    }
    Err(miette!("{}", last_lines(&said, 30)).wrap_err("cargo check failed"))
}

/// What Cargo's messages said.
#[derive(Default)]
struct Seen {
    passed: Vec<String>,
    messages: BTreeMap<String, Vec<String>>,
}

impl Seen {
    /// Reads a message; if a package is done, this is its name.
    fn line(&mut self, line: &str) -> Option<String> {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let id = message["package_id"].as_str()?;
        match message["reason"].as_str()? {
            "compiler-artifact" => {
                let name = package(id).to_owned();
                self.passed.push(name.clone());
                Some(name)
            }
            "compiler-message" => {
                let rendered = message["message"]["rendered"].as_str().unwrap_or_default();
                let of = self.messages.entry(package(id).to_owned()).or_default();
                of.push(rendered.trim_end().to_owned());
                None
            }
            _ => None,
        }
    }

    fn said(&self, package: &str) -> String {
        let messages = self.messages.get(package).map(Vec::as_slice).unwrap_or_default();
        let mut text = messages[..messages.len().min(SHOWN)].join("\n");
        if messages.len() > SHOWN {
            text.push_str(&format!("\nand {} more", messages.len() - SHOWN));
        }
        text
    }
}

/// `path+file:///a/crates/one#aws-sdk-one@0.1.0` → `aws-sdk-one`; the name is left out where the folder has it.
fn package(id: &str) -> &str {
    let (folder, fragment) = id.rsplit_once('#').unwrap_or((id, ""));
    match fragment.split_once('@') {
        Some((name, _)) => name,
        None => folder.rsplit('/').next().unwrap_or_default(),
    }
}

/// Removes what checking left of the crates: nothing depends on them.
fn clean(out: &Path, shard: &[&Made]) -> miette::Result<()> {
    let mut arguments = vec!["clean".to_owned(), "--offline".to_owned()];
    for made in shard {
        arguments.extend(["--package".to_owned(), made.package.clone()]);
    }
    let output = start(out, &arguments)?.wait_with_output().into_diagnostic()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(miette!("{}", last_lines(&said, 30)).wrap_err("cargo clean failed"))
}

/// The record, and where it is.
struct Log {
    path: PathBuf,
    record: Record,
}

impl Log {
    /// The record of an earlier run, if nothing else has changed since.
    fn open(out: &Path, options: &Options) -> miette::Result<Self> {
        let circumstances = format!(
            "rustc {}, {}, runtime {}",
            machine::rustc("release")?,
            options.text(),
            runtime()?
        );
        let name = options.features.as_ref().map_or("default".to_owned(), |words| words.join("-"));
        let path = out.join(format!("checked-{name}.json"));
        // A record that can't be read is as good as none.
        let record = fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
        let record = record.filter(|record: &Record| record.circumstances == circumstances);
        let fresh = Record { circumstances, passed: BTreeMap::new() };
        Ok(Self { path, record: record.unwrap_or(fresh) })
    }

    fn has_passed(&self, made: &Made) -> bool {
        self.record.passed.get(&made.name) == Some(&made.sha256)
    }

    fn add<'m>(&mut self, passed: impl Iterator<Item = &'m Made>) -> miette::Result<()> {
        self.record.passed.extend(passed.map(|made| (made.name.clone(), made.sha256.clone())));
        let json = serde_json::to_string_pretty(&self.record).into_diagnostic()?;
        page::write_whole(&self.path, &format!("{json}\n"))
    }
}

/// A hash of the runtime's sources, and of the versions of what it depends on.
fn runtime() -> miette::Result<String> {
    let root = workspace::root()?;
    let mut files = vec![root.join("Cargo.lock"), root.join("Cargo.toml")];
    let mut folders = vec![root.join("codegen/runtime")];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry.into_diagnostic()?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let text = fs::read(&file)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot read {}", file.display()))?;
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    Ok(hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_named_in_ids() {
        for (id, name) in [
            ("path+file:///w/crates/one#aws-sdk-one@0.1.0", "aws-sdk-one"),
            ("path+file:///w/crates/aws-sdk-one#0.1.0", "aws-sdk-one"),
            ("registry+https://example.com/index#http@1.0.0", "http"),
        ] {
            assert_eq!(package(id), name);
        }
    }

    #[test]
    fn what_failed_is_told_from_what_passed() {
        let mut seen = Seen::default();
        let line = |reason: &str, name: &str| {
            let id = format!("path+file:///w/crates/{name}#aws-sdk-{name}@0.1.0");
            let message = serde_json::json!({"rendered": "error: no\n"});
            serde_json::json!({"reason": reason, "package_id": id, "message": message}).to_string()
        };
        assert_eq!(seen.line(&line("compiler-message", "a")), None);
        assert_eq!(seen.line(&line("compiler-artifact", "b")).as_deref(), Some("aws-sdk-b"));
        assert_eq!(seen.line("no JSON"), None);
        assert_eq!(seen.said("aws-sdk-a"), "error: no");
        assert_eq!(seen.passed, ["aws-sdk-b"]);
    }
}
