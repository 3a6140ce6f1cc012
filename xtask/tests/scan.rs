//! `scan`, and `generate --scan`, on a workspace that uses official crates in as many ways as there are: what is found
//! is enough for it to compile. It must not know how sources are read.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The models of services, which are not in this repository.
fn models() -> Option<PathBuf> {
    let models = root().join("../shared/models");
    if models.is_dir() {
        return Some(models);
    }
    assert!(std::env::var_os("CI").is_none(), "../shared/models is missing");
    eprintln!("not tested: ../shared/models is missing");
    None
}

fn xtask(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env_remove("CLICOLOR_FORCE").env_remove("FORCE_COLOR");
    command.current_dir(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A copy of the fixture, with the versions that this workspace has.
fn fixture() -> TempDir {
    let temp = tempfile::tempdir().unwrap();
    copy(&root().join("xtask/tests/fixtures/scan"), temp.path());
    fs::copy(root().join("Cargo.lock"), temp.path().join("Cargo.lock")).unwrap();
    temp
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}

/// What is kept of each crate, with whether all reasons are guesses.
fn kept(json: &Value) -> BTreeMap<String, Vec<(String, bool)>> {
    let names = |what: &Value| -> Vec<(String, bool)> {
        let guessed = |reasons: &Value| {
            reasons.as_array().unwrap().iter().all(|reason| !reason["guess"].is_null())
        };
        let all = what.as_object().unwrap().iter();
        all.map(|(name, reasons)| (name.clone(), guessed(reasons))).collect()
    };
    let crates = json.as_array().unwrap().iter();
    let all = crates.map(|it| {
        let found = [names(&it["operations"]), names(&it["types"])].concat();
        (it["package"].as_str().unwrap().to_owned(), found)
    });
    all.collect()
}

#[test]
fn everything_that_is_used_is_found_and_nothing_else() {
    let Some(models) = models() else { return };
    let temp = fixture();
    let args = ["scan", ".", "--models", models.to_str().unwrap()];
    let write = ["--json", "found.json", "--write", "services.toml"];
    let output = xtask(temp.path(), &[&args[..], &write].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let json = fs::read_to_string(temp.path().join("found.json")).unwrap();
    let found = kept(&serde_json::from_str(&json).unwrap());
    let expected = [
        (
            "aws-sdk-dynamodb",
            &[
                ("BatchGetItem", false),
                // No operation that is called has the error of which a variant is named.
                ("CreateBackup", true),
                ("DeleteTable", false),
                ("DescribeEndpoints", false),
                ("DescribeLimits", false),
                ("DescribeTable", false),
                ("DescribeTimeToLive", false),
                ("ListTables", false),
                ("PutItem", false),
                ("Query", false),
                ("TransactWriteItems", false),
                ("UpdateItem", false),
                // Types: the first came by `*`.
                ("ExportFormat", true),
                ("ExportNotFoundException", false),
            ][..],
        ),
        (
            "aws-sdk-sqs",
            &[
                ("CreateQueue", false),
                ("DeleteMessage", false),
                // By the name that a macro is given.
                ("GetQueueUrl", true),
                ("ListQueues", false),
                ("PurgeQueue", false),
                ("SendMessage", false),
            ],
        ),
        ("aws-sdk-sts", &[("AssumeRole", false), ("GetCallerIdentity", false)]),
    ];
    let expected = expected.map(|(package, all)| {
        let all = all.iter().map(|(name, guess)| ((*name).to_owned(), *guess)).collect::<Vec<_>>();
        (package.to_owned(), all)
    });
    assert_eq!(found, BTreeMap::from(expected));
    let printed = text(&output.stdout);
    assert!(printed.contains("app/src/lib.rs:"), "{printed}");
    assert!(printed.contains("a guess: `call!` calls methods"), "{printed}");
    // The tables are such as `regenerate` takes them.
    let args = ["regenerate", "--services", "services.toml", "--root", ".", "--check"];
    let output = xtask(temp.path(), &args);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("generated/sqs is not what its model gives"));
}

#[test]
fn the_workspace_compiles_with_what_was_found() {
    let Some(models) = models() else { return };
    let temp = fixture();
    let args = ["generate", "--scan", ".", "--models", models.to_str().unwrap(), "--out", "slim"];
    let output = xtask(temp.path(), &args);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    let (_, patch) = printed.split_once("[patch.crates-io]").unwrap();
    let manifest = temp.path().join("Cargo.toml");
    let patched = format!("{}\n[patch.crates-io]{patch}", fs::read_to_string(&manifest).unwrap());
    fs::write(&manifest, patched).unwrap();
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--workspace", "--all-targets", "--quiet"])
        .current_dir(temp.path())
        // One for all runs, because most of it is other people's crates.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("scan"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    // Cargo took the slim crates, and nothing from the registry in their place.
    let lock = fs::read_to_string(temp.path().join("Cargo.lock")).unwrap();
    for package in ["aws-sdk-dynamodb", "aws-sdk-sqs", "aws-sdk-sts"] {
        let (_, entry) = lock.split_once(&format!("name = \"{package}\"\n")).unwrap();
        let entry = entry.split("[[package]]").next().unwrap();
        assert!(!entry.contains("source = "), "{package}: {entry}");
        assert!(!lock.contains(&format!("{package}:")), "no other version");
    }
}

#[test]
fn what_cannot_be_scanned_is_told() {
    let temp = tempfile::tempdir().unwrap();
    fs::create_dir(temp.path().join("src")).unwrap();
    fs::write(temp.path().join("src/lib.rs"), "").unwrap();
    let nothing = xtask(temp.path(), &["scan", "."]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(text(&nothing.stderr).contains("cargo does not know the package in ."));
    let manifest = "[package]\nname = \"none\"\nversion = \"0.0.0\"\n[workspace]\n";
    fs::write(temp.path().join("Cargo.toml"), manifest).unwrap();
    let none = xtask(temp.path(), &["scan", "."]);
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("depends on an official crate"), "{}", text(&none.stderr));
    let both = xtask(temp.path(), &["generate", "--scan", ".", "--all", "--out", "x"]);
    assert!(text(&both.stderr).contains("cannot be used with"), "{}", text(&both.stderr));
}
