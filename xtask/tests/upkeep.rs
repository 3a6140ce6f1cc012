//! `models` and `diff` as a user runs them, on models written here and a package index that isn't there. It must not
//! know how models are read.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn xtask(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env_remove("CLICOLOR_FORCE").env_remove("FORCE_COLOR");
    command.args(args);
    command
}

#[track_caller]
fn ends(command: &mut Command, expected: i32) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert_eq!(status.code(), Some(expected), "{text}");
    text
}

fn pinned() -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/services/botocore.toml");
    fs::read_to_string(path).unwrap().parse().unwrap()
}

#[test]
fn a_machine_without_pip_is_told_what_it_takes() {
    let folder = tempfile::tempdir().unwrap();
    let text = ends(xtask(&["models", "update", "--check"]).env("PATH", folder.path()), 2);
    assert!(text.contains("there is no pip to fetch botocore with"), "{text}");
    assert!(text.contains("pip 22.2 or later"), "{text}");
    let text = ends(&mut xtask(&["models", "update", "--version", "1.2; x"]), 2);
    assert!(text.contains("a version is numbers between dots"), "{text}");
}

/// Runs `models update` with a Python whose pip reports a release.
#[cfg(unix)]
fn update(version: &str, sha256: &str, args: &[&str], expected: i32) -> String {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let report = serde_json::json!({"install": [{
        "metadata": {"version": version},
        "download_info": {"archive_info": {"hashes": {"sha256": sha256}}}
    }]});
    let python = folder.path().join("python3");
    fs::write(&python, format!("#!/bin/sh\necho '{report}'\n")).unwrap();
    fs::set_permissions(&python, fs::Permissions::from_mode(0o755)).unwrap();
    let args = [&["models", "update"], args].concat();
    ends(xtask(&args).env("PATH", folder.path()), expected)
}

#[cfg(unix)]
#[test]
fn a_check_tells_whether_there_is_a_newer_release() {
    let pin = pinned();
    let [version, sha256] = ["version", "sha256"].map(|key| pin[key].as_str().unwrap());
    let text = update(version, sha256, &["--check"], 0);
    assert!(text.contains("is the newest release"), "{text}");
    let text = update("9999.0", "ab", &["--check"], 1);
    assert!(text.contains(&format!("botocore {version} → 9999.0")), "{text}");
    let text = update("0.1", "ab", &["--check"], 0);
    assert!(text.contains("newer than the index's newest, 0.1"), "{text}");
    for args in [&["--check"][..], &[]] {
        let text = update(version, "ab", args, 2);
        assert!(text.contains("with the SHA-256 ab,"), "{text}");
    }
    assert_eq!(pinned(), pin);
}

#[test]
fn services_are_listed_by_the_names_that_commands_take() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/services/forecast.json");
    let text = ends(xtask(&["models", "list", "--models"]).arg(models), 0);
    assert_eq!(text, "forecast\n");
}

/// A model of one operation, whose input has members of these types.
fn model(members: &[(&str, &str)]) -> String {
    let members: serde_json::Map<String, serde_json::Value> = members
        .iter()
        .map(|(name, target)| ((*name).to_owned(), serde_json::json!({"target": target})))
        .collect();
    serde_json::json!({"smithy": "2.0", "shapes": {
        "a#Books": {
            "type": "service", "version": "1", "operations": [{"target": "a#GetBook"}],
            "traits": {"aws.protocols#awsJson1_0": {}}
        },
        "a#GetBook": {"type": "operation", "input": {"target": "a#GetBookInput"}},
        "a#GetBookInput": {"type": "structure", "members": members}
    }})
    .to_string()
}

#[test]
fn a_diff_tells_what_breaks() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let small = put("small.json", &model(&[("id", "smithy.api#String")]));
    let large =
        put("large.json", &model(&[("id", "smithy.api#String"), ("of", "smithy.api#Long")]));
    let json = folder.path().join("changes.json");
    let args = ["diff", &small, &large, "--json", json.to_str().unwrap()];
    let text = ends(&mut xtask(&args), 0);
    assert!(text.contains("operation::get_book::GetBookInput\n"), "{text}");
    assert!(text.contains("the field `of: Option<i64>` added"), "{text}");
    assert!(text.contains("1 operation: 1 change, 0 of them breaking"), "{text}");
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
    assert_eq!(report["operations"], serde_json::json!(["GetBook"]));
    assert_eq!(report["changes"][0]["breaking"], false);
    let text = ends(&mut xtask(&["diff", &large, &small]), 1);
    assert!(text.contains("breaking  the field `of: Option<i64>` removed"), "{text}");
    // An operation that only one of the models has is no mistake; one that neither has is.
    let other = put("other.json", &model(&[]).replace("GetBook", "BurnBook"));
    let text = ends(&mut xtask(&["diff", &small, &other, "--operations", "GetBook,Burn*"]), 1);
    assert!(text.contains("GetBook\n  breaking  removed"), "{text}");
    let text = ends(&mut xtask(&["diff", &small, &large, "--operations", "GetBok"]), 2);
    assert!(text.contains("did you mean `GetBook`?"), "{text}");
    let text = ends(&mut xtask(&["diff", &small, "/nowhere.json"]), 2);
    assert!(text.contains("cannot load a model from /nowhere.json"), "{text}");
}

#[test]
fn a_diff_is_of_the_operations_that_the_workspace_generates() {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/services/forecast.json");
    let text = fs::read_to_string(&real).unwrap();
    let more = r##""operations": [{ "target": "com.amazonaws.forecast#Burn" }, "##;
    let (before, after) = text.split_once("\"operations\": [").unwrap();
    let (shapes, rest) = before.split_once("\"shapes\": {").unwrap();
    let burn = r##""com.amazonaws.forecast#Burn": {"type": "operation"},"##;
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("forecast.json");
    fs::write(&new, format!("{shapes}\"shapes\": {{ {burn} {rest}{more}{after}")).unwrap();
    let [old, new] = [&real, &new].map(|path| path.to_str().unwrap());
    let text = ends(&mut xtask(&["diff", old, new]), 0);
    assert!(text.contains("aws-sdk-forecast") && text.contains("1 operation: 0 changes"), "{text}");
    let text = ends(&mut xtask(&["diff", old, new, "--operations", "*"]), 0);
    assert!(text.contains("Burn\n") && text.contains("2 operations: 1 change,"), "{text}");
}
