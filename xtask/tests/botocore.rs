//! Commands on models of botocore's, as a user runs them. It must not know how they are built.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const SMITHY: &str = r#"{"smithy": "2.0", "shapes": {
    "com.amazonaws.books#Books": {
        "type": "service", "version": "2020-02-02",
        "operations": [{"target": "com.amazonaws.books#GetBook"}],
        "traits": {
            "aws.api#service": {"sdkId": "Books", "endpointPrefix": "books"},
            "aws.auth#sigv4": {"name": "books"},
            "aws.protocols#awsJson1_1": {}
        }
    },
    "com.amazonaws.books#GetBook": {
        "type": "operation",
        "input": {"target": "com.amazonaws.books#GetBookRequest"}
    },
    "com.amazonaws.books#GetBookRequest": {"type": "structure", "members": {
        "id": {"target": "smithy.api#String"},
        "many": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 1}}
    }}
}}"#;

const BOTOCORE: &str = r#"{
    "metadata": {
        "apiVersion": "2020-02-02", "endpointPrefix": "books", "protocol": "json",
        "jsonVersion": "1.1", "targetPrefix": "Books", "serviceId": "Books", "signatureVersion": "v4"
    },
    "operations": {"GetBook": {"input": {"shape": "GetBookRequest"}}},
    "shapes": {
        "GetBookRequest": {"type": "structure", "members": {
            "id": {"shape": "Id"}, "many": {"shape": "Number"}
        }},
        "Id": {"type": "string"},
        "Number": {"type": "integer"}
    }
}"#;

/// A folder with the Smithy model, and a wheel for each of the texts.
fn folder(wheels: &[String]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("smithy/books.json", SMITHY);
    for (at, wheel) in wheels.iter().enumerate() {
        put(&format!("wheel-{at}/botocore/data/books/2020-02-02/service-2.json"), wheel);
        put(&format!("wheel-{at}/botocore/data/other/2020-02-02/service-2.json"), &other());
    }
    folder
}

fn other() -> String {
    BOTOCORE.replace("\"serviceId\": \"Books\"", "\"serviceId\": \"Other\"")
}

#[track_caller]
fn run(folder: &Path, expected: i32, args: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(args).current_dir(folder);
    command.env_remove("CLICOLOR_FORCE").env_remove("FORCE_COLOR");
    let Output { status, stdout, stderr } = command.output().expect("the command runs");
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert_eq!(status.code(), Some(expected), "{args:?}\n{stdout}\n{stderr}");
    (stdout.into_owned(), stderr.into_owned())
}

/// `compare-models` with what the workspace accepts.
#[track_caller]
fn compared(expected: i32, wheels: &[String], more: &[&str]) -> String {
    let folder = folder(wheels);
    let accepted = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../model/services/botocore-differences.toml")
        .display()
        .to_string();
    let mut args = vec!["compare-models", "--models", "smithy", "--accepted", &accepted];
    let names: Vec<String> = (0..wheels.len()).map(|at| format!("wheel-{at}")).collect();
    for name in &names {
        args.extend(["--botocore", name]);
    }
    args.extend(more);
    run(folder.path(), expected, &args).0
}

#[test]
fn the_same_service_has_only_accepted_differences() {
    let stdout = compared(0, &[BOTOCORE.to_owned()], &["--verbose"]);
    for part in [
        "books (wheel-0): 0 unexpected, 1 that botocore lacks, 0 of another release",
        "accepted, botocore lacks it: smithy.api#default, only in Smithy's: 1",
        "GetBook input$many 1",
        "1 service: 0 unexpected",
    ] {
        assert!(stdout.contains(part), "{part} in\n{stdout}");
    }
}

#[test]
fn what_differs_is_shown_with_its_place() {
    let stdout = compared(1, &[BOTOCORE.replace("\"id\":", "\"ids\":")], &[]);
    for part in [
        "unexpected: member, only in Smithy's: 1",
        "unexpected: member, only in botocore's: 1",
        "    GetBook input ids",
        "1 service: 2 unexpected",
    ] {
        assert!(stdout.contains(part), "{part} in\n{stdout}");
    }
}

#[test]
fn what_differs_in_one_release_alone_is_of_the_release() {
    // Neither is the release of the Smithy model; both have another type for a member.
    let broken = BOTOCORE.replace("integer", "double");
    let grown = broken.replace("\"id\":", "\"new\": {\"shape\": \"Id\"}, \"id\":");
    let lacking = broken.replace("\"id\": {\"shape\": \"Id\"},", "");
    let stdout = compared(1, &[grown, lacking], &["--verbose"]);
    for part in [
        "books (wheel-0): 1 unexpected, 1 that botocore lacks, 1 of another release",
        "unexpected: type, in both: 1",
        "of another release: member, only in botocore's: 1",
    ] {
        assert!(stdout.contains(part), "{part} in\n{stdout}");
    }
}

#[test]
fn wrong_usage_says_what_to_do() {
    let folder = folder(&[BOTOCORE.to_owned()]);
    let models = ["compare-models", "--models", "smithy"];
    for (args, expected) in [
        (&["--botocore", "smithy"][..], "holds no services"),
        (&["--botocore", "wheel-0", "--service", "nothing"], "no service exists in both formats"),
        (&["--botocore", "wheel-0", "--accepted", "nowhere.toml"], "cannot read nowhere.toml"),
    ] {
        let (_, stderr) = run(folder.path(), 2, &[&models[..], args].concat());
        assert!(stderr.contains(expected), "{expected} in\n{stderr}");
    }
    for (text, expected) in [
        ("difference = 1", "cannot read wrong.toml"),
        (
            "[[difference]]\nwhat = [\"x\"]\nside = \"left\"\nclass = \"lacking\"\nreason = \"\"",
            "unknown side",
        ),
        (
            "[[difference]]\nwhat = [\"x\"]\nclass = \"wrong\"\nreason = \"\"",
            "cannot read wrong.toml",
        ),
    ] {
        fs::write(folder.path().join("wrong.toml"), text).unwrap();
        let args = ["--botocore", "wheel-0", "--accepted", "wrong.toml"];
        let (_, stderr) = run(folder.path(), 2, &[&models[..], &args].concat());
        assert!(stderr.contains(expected), "{expected} in\n{stderr}");
    }
}

#[test]
fn a_crate_is_made_of_a_service_of_a_wheel() {
    let folder = folder(&[BOTOCORE.to_owned()]);
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/runtime");
    let runtime = runtime.display().to_string();
    let args = ["--model", "wheel-0", "--service", "books"];
    let (stdout, _) = run(folder.path(), 0, &[&["operations"][..], &args].concat());
    assert_eq!(stdout.trim(), "GetBook");
    let generate = ["generate", "--all", "--out", "out", "--runtime-path", &runtime];
    run(folder.path(), 0, &[&generate[..], &args].concat());
    let library = fs::read_to_string(folder.path().join("out/src/lib.rs")).unwrap();
    assert!(
        library.starts_with("// Generated by Tinsmith from botocore's service-2.json"),
        "{library}"
    );
    let (_, stderr) = run(folder.path(), 2, &["operations", "--model", "wheel-0"]);
    assert!(stderr.contains("the folder holds 2 services"), "{stderr}");
}

/// A workspace that the command takes for its own, and a `python3` that does as the script says.
#[cfg(unix)]
fn workspace(script: &str) -> TempDir {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder(&[BOTOCORE.to_owned()]);
    let path = |path: &str| folder.path().join(path);
    for made in ["codegen/runtime", "model/services", "bin"] {
        fs::create_dir_all(path(made)).unwrap();
    }
    fs::write(path("Cargo.toml"), "[workspace]\n").unwrap();
    let accepted = "model/services/botocore-differences.toml";
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(accepted);
    fs::copy(own, path(accepted)).unwrap();
    fs::write(path("bin/python3"), format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(path("bin/python3"), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// `compare-models` without a release of botocore, in that workspace.
#[cfg(unix)]
#[track_caller]
fn fetched(folder: &TempDir, expected: i32) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["compare-models", "--models", "smithy/books.json"])
        .current_dir(folder)
        .env("CARGO_MANIFEST_DIR", folder.path())
        .env("PATH", format!("{}:/usr/bin:/bin", folder.path().join("bin").display()))
        .output()
        .expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(expected), "{stdout}\n{stderr}");
    (stdout, stderr)
}

#[cfg(unix)]
#[test]
fn releases_are_fetched_once() {
    // The last argument is the folder; what pip was asked for is kept beside it.
    let script = r#"for last; do :; done
case "$*" in *--require-hashes*) ;; *) exit 1 ;; esac
cp -r wheel-0/botocore "$last/"
cat "$last/../requirements.txt" >>asked.txt"#;
    let folder = workspace(script);
    let (stdout, _) = fetched(&folder, 0);
    assert!(stdout.contains("1 service: 0 unexpected"), "{stdout}");
    let asked = || fs::read_to_string(folder.path().join("asked.txt")).unwrap();
    assert_eq!(asked().lines().count(), 3, "{}", asked());
    assert!(asked().lines().all(|line| line.starts_with("botocore==")), "{}", asked());
    fetched(&folder, 0);
    assert_eq!(asked().lines().count(), 3, "{}", asked());
}

#[cfg(unix)]
#[test]
fn a_release_that_cannot_be_fetched_is_an_error() {
    let folder = workspace("echo 'no network' >&2; exit 1");
    let (_, stderr) = fetched(&folder, 2);
    for part in ["`python3 -m pip install` failed", "no network", "unpack a wheel yourself"] {
        assert!(stderr.contains(part), "{part} in\n{stderr}");
    }
    // What was half fetched is not taken for the whole.
    assert!(fetched(&folder, 2).1.contains("no network"));
}
