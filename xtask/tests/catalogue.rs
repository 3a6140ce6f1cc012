//! `catalogue` as a user runs it, on models of this workspace and ones written here. It must not know how crates are
//! made or checked.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

fn catalogue(models: &Path, rest: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env_remove("CLICOLOR_FORCE").env_remove("FORCE_COLOR");
    command.arg("catalogue").arg("--models").arg(models).args(rest).output().unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// A service of one operation, whose input has members of these names and documentation.
fn model(sdk_id: &str, members: &[&str], documentation: &str) -> Value {
    let member = json!({
        "target": "smithy.api#String",
        "traits": {"smithy.api#documentation": documentation}
    });
    let members: serde_json::Map<String, Value> =
        members.iter().map(|name| ((*name).to_owned(), member.clone())).collect();
    json!({"smithy": "2.0", "shapes": {
        "a#Service": {
            "type": "service", "version": "1", "operations": [{"target": "a#Go"}],
            "traits": {"aws.protocols#awsJson1_0": {}, "aws.api#service": {"sdkId": sdk_id}}
        },
        "a#Go": {"type": "operation", "input": {"target": "a#In"}},
        "a#In": {"type": "structure", "members": members}
    }})
}

/// A folder with Forecast's model, and these.
fn folder(models: &[(&str, Value)]) -> TempDir {
    let temp = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::create_dir(temp.path().join("models")).unwrap();
    let copy = temp.path().join("models/forecast.json");
    fs::copy(root.join("model/services/forecast.json"), copy).unwrap();
    for (name, model) in models {
        fs::write(temp.path().join("models").join(name), model.to_string()).unwrap();
    }
    temp
}

#[test]
fn every_service_is_generated_and_counted() {
    let temp = folder(&[("odd.json", model("Odd", &["type", "Type_"], "*/ \" \u{202e}"))]);
    let (out, report) = (temp.path().join("out"), temp.path().join("report.json"));
    let page = temp.path().join("page.md");
    let [out_text, report_text, page_text] =
        [&out, &report, &page].map(|path| path.to_str().unwrap());
    let args = ["--check-names", "--out", out_text, "--json", report_text, "--write", page_text];
    let output = catalogue(&temp.path().join("models"), &args);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("odd: "), "members collide: {}", said(&output));
    fs::write(
        temp.path().join("models/odd.json"),
        model("Odd", &["type", "Self"], "*/ \" \u{202e}").to_string(),
    )
    .unwrap();
    let output = catalogue(&temp.path().join("models"), &args);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("2 services generated, 0 failures: 2 operations"));
    assert!(said(&output).contains("a second generation gives the same bytes"));
    assert!(out.join("crates/odd/src/operation/go.rs").is_file());
    let report: Value = serde_json::from_str(&fs::read_to_string(report).unwrap()).unwrap();
    let names: Vec<&Value> =
        report["services"].as_array().unwrap().iter().map(|service| &service["name"]).collect();
    assert_eq!(names, ["forecast", "odd"]);
    assert_eq!(report["totals"]["operations"], 2);
    assert_eq!(report["services"][1]["protocol"], "AWS_JSON_1_0");
    let page = fs::read_to_string(page).unwrap();
    let row = page.lines().find(|line| line.starts_with("| all ")).unwrap();
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    assert_eq!(cells[2..4], ["2", "2"], "services and operations: {row}");
    assert!(page.contains("`cargo xtask catalogue --models ") && page.contains("0 failures"));
}

#[test]
fn a_service_that_is_there_twice_gets_a_name_of_its_own() {
    let temp =
        folder(&[("one.json", model("One", &["a"], "")), ("two.json", model("One", &["a"], ""))]);
    let out = temp.path().join("out");
    let args = ["--service", "one", "--service", "t*", "--out", out.to_str().unwrap()];
    let output = catalogue(&temp.path().join("models"), &args);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let manifest = fs::read_to_string(out.join("crates/two/Cargo.toml")).unwrap();
    assert!(manifest.contains("\"aws-sdk-two\""), "{manifest}");
    assert!(!out.join("crates/forecast").exists());
}

#[test]
fn what_does_not_load_is_a_failure_and_the_others_go_on() {
    let temp = folder(&[("broken.json", json!({"smithy": "2.0", "shapes": {"a#B": {}}}))]);
    let out = temp.path().join("out");
    let args = ["--out", out.to_str().unwrap()];
    let output = catalogue(&temp.path().join("models"), &args);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("the shape has no `type`"), "{}", said(&output));
    assert!(out.join("crates/forecast/Cargo.toml").is_file());
    let wrong = catalogue(&temp.path().join("models"), &["--service", "forcast"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("did you mean `forecast`?"), "{}", said(&wrong));
}

#[test]
fn a_check_goes_on_where_it_ended() {
    let temp = folder(&[("plain.json", model("Plain", &["name"], "A name."))]);
    let out = temp.path().join("out");
    let args = ["--check", "--sample", "1", "--features", "", "--out", out.to_str().unwrap()];
    let first = catalogue(&temp.path().join("models"), &args);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert!(said(&first).contains("sample of 1: "), "{}", said(&first));
    assert!(said(&first).contains("no features: 1 passed, 0 failed"), "{}", said(&first));
    let again = catalogue(&temp.path().join("models"), &args);
    assert!(said(&again).contains("1 passed, 1 as they passed before"), "{}", said(&again));
    // What does not compile is told with the compiler's words.
    let all = ["--check", "--features", "none", "--out", out.to_str().unwrap()];
    let failed = catalogue(&temp.path().join("models"), &all);
    assert_eq!(failed.status.code(), Some(2), "no crate has the feature: {}", said(&failed));
    assert!(said(&failed).contains("none"), "{}", said(&failed));
}
