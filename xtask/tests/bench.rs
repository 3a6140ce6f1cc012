//! `bench compile` as a user runs it, but for the measurements themselves, which take minutes: the compiler's
//! stand-in that records them, and what goes wrong. It must not know how they are shown.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn xtask() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env_remove("CLICOLOR_FORCE").env_remove("FORCE_COLOR");
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Compiles a library with the stand-in, as Cargo would, in a folder.
fn compile(folder: &Path, source: &str, package: &str) -> Output {
    fs::write(folder.join("one.rs"), source).unwrap();
    xtask()
        .current_dir(folder)
        .args(["rustc", "--crate-name", "crate_one", "--crate-type", "lib", "one.rs"])
        .args(["--emit=metadata,link", "--out-dir", ".", "-C", "extra-filename=-12ab"])
        .env("CARGO_PKG_NAME", package)
        .env("TINSMITH_BENCH_PACKAGE", "crate-one")
        .env("TINSMITH_BENCH_RECORD", "record.json")
        .output()
        .unwrap()
}

#[test]
fn the_measured_crate_is_compiled_and_recorded() {
    let temp = tempfile::tempdir().unwrap();
    let output = compile(temp.path(), "pub fn one() {}", "crate-one");
    assert!(output.status.success(), "{}", said(&output));
    let record = fs::read(temp.path().join("record.json")).unwrap();
    let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
    for extension in ["rlib", "rmeta"] {
        let library = temp.path().join(format!("libcrate_one-12ab.{extension}"));
        let size = fs::metadata(library).unwrap().len();
        assert_eq!(record[format!("{extension}_bytes")], size);
    }
    assert!(record["wall_s"].as_f64().unwrap() > 0.0, "{record}");
    if cfg!(any(target_os = "linux", target_os = "macos")) {
        assert!(record["usage"]["cpu_s"].as_f64().unwrap() > 0.0, "{record}");
        // A compiler takes more than a mebibyte, and less than a tebibyte: the unit is right.
        let peak = record["usage"]["peak_bytes"].as_u64().unwrap();
        assert!((1 << 20..1 << 40).contains(&peak), "{record}");
    }
}

#[test]
fn other_crates_are_compiled_without_a_record() {
    let temp = tempfile::tempdir().unwrap();
    let output = compile(temp.path(), "pub fn one() {}", "another");
    assert!(output.status.success(), "{}", said(&output));
    assert!(temp.path().join("libcrate_one-12ab.rlib").exists());
    assert!(!temp.path().join("record.json").exists());
}

#[test]
fn the_compilers_errors_are_passed_on() {
    let temp = tempfile::tempdir().unwrap();
    let output = compile(temp.path(), "pub fn one() -> u8 {}", "crate-one");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("mismatched types"), "{}", said(&output));
    assert!(!temp.path().join("record.json").exists());
}

#[test]
fn a_check_is_recorded_without_a_library() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("one.rs"), "pub fn one() {}").unwrap();
    let output = xtask()
        .current_dir(temp.path())
        .args(["rustc", "--crate-name", "crate_one", "--crate-type", "lib", "one.rs"])
        .args(["--emit=metadata", "--out-dir", "."])
        .env("CARGO_PKG_NAME", "crate-one")
        .env("TINSMITH_BENCH_PACKAGE", "crate-one")
        .env("TINSMITH_BENCH_RECORD", "record.json")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let record = fs::read(temp.path().join("record.json")).unwrap();
    let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
    assert!(record["rlib_bytes"].is_null(), "{record}");
    assert!(record["rmeta_bytes"].as_u64().unwrap() > 0, "{record}");
}

#[test]
fn a_whole_program_is_recorded_with_what_it_starts() {
    let temp = tempfile::tempdir().unwrap();
    let run = |argument: &str| {
        let mut command = xtask();
        command.current_dir(temp.path()).args(["rustc", argument]);
        command.env("TINSMITH_BENCH_WHOLE", "record.json").output().unwrap()
    };
    let output = run("-vV");
    assert!(output.status.success(), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("release: "));
    let record = fs::read(temp.path().join("record.json")).unwrap();
    let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
    assert!(record["wall_s"].as_f64().unwrap() > 0.0, "{record}");
    if cfg!(any(target_os = "linux", target_os = "macos")) {
        let peak = record["usage"]["peak_bytes"].as_u64().unwrap();
        assert!((1 << 20..1 << 40).contains(&peak), "{record}");
    }
    assert_eq!(run("--no-such-option").status.code(), Some(1));
}

#[test]
fn services_are_named_or_all_taken() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/services");
    let compile = |rest: &[&str]| {
        let mut command = xtask();
        let output = command.args(["bench", "compile"]).args(rest).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        said(&output)
    };
    let models = models.to_str().unwrap();
    let text = compile(&["--models", models]);
    assert!(text.contains("name one or more with --service"), "{text}");
    let text = compile(&["--models", models, "--service", "sts3"]);
    assert!(text.contains("no official crate listed of a service `sts3`"), "{text}");
    assert!(text.contains("one of forecast, sts, dynamodb, lambda, iam, s3, ec2, "), "{text}");
    let text = compile(&["--models", models, "--service", "sts"]);
    assert!(text.contains("sts.json"), "{text}");
    let text = compile(&["--all"]);
    assert!(text.contains("--models <DIR>"), "{text}");
    let text = compile(&["--all", "--models", models, "--operations", "A"]);
    assert!(text.contains("cannot be used with"), "{text}");
}

#[test]
fn an_official_crate_that_cannot_be_had_is_named() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/services/forecast.json");
    let output = xtask()
        .args(["bench", "compile", "--package", "aws-sdk-of-no-service"])
        .args(["--official-version", "1.2.3", "--model"])
        .arg(model)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    for expected in [
        "the official crate aws-sdk-of-no-service 1.2.3 cannot be had",
        "no matching package named `aws-sdk-of-no-service` found",
        "--official-version",
    ] {
        assert!(said(&output).contains(expected), "{expected}\n{}", said(&output));
    }
}

#[test]
fn a_page_without_its_markers_is_told_before_anything_is_measured() {
    let temp = tempfile::tempdir().unwrap();
    let page = temp.path().join("page.md");
    fs::write(&page, "# Measurements\n").unwrap();
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/services/forecast.json");
    let output = xtask()
        .args(["bench", "compile", "--model"])
        .arg(model)
        .arg("--write")
        .arg(&page)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("<!-- bench compile:begin -->"), "{}", said(&output));
    assert_eq!(fs::read_to_string(&page).unwrap(), "# Measurements\n");
}

#[test]
fn codecs_are_only_measured_by_what_can_be_read_and_written() {
    let temp = tempfile::tempdir().unwrap();
    let page = temp.path().join("page.md");
    fs::write(&page, "# Measurements\n").unwrap();
    let codec = |rest: &[&str]| {
        let output = xtask()
            .args(["bench", "codec", "--models"])
            .arg(temp.path())
            .args(rest)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        said(&output)
    };
    let text = codec(&["--write", page.to_str().unwrap()]);
    assert!(text.contains("<!-- bench codec:begin -->"), "{text}");
    let text = codec(&["--protocol", "rpcv2Cbor"]);
    assert!(text.contains("arc-region-switch.json"), "{text}");
    assert!(text.contains("there is no such file"), "{text}");
    let text = codec(&["--size", "1.5MB"]);
    assert!(text.contains("from 1KB to 100MB"), "{text}");
}
