//! `scan`, and `generate --scan`, as commands: on workspaces with stand-ins for official crates, on the consumer, and on
//! a workspace that uses official crates in as many ways as there are. What is found is enough for these to compile.
//! It must not know how sources are read.

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

/// The models of this repository: Forecast's, with one operation.
fn own_models() -> String {
    root().join("model/services").to_str().unwrap().to_owned()
}

/// The models of services, which are not in this repository.
fn models() -> PathBuf {
    let models = root().join("../shared/models");
    assert!(models.is_dir(), "../shared/models is missing");
    models
}

/// Runs a command in a folder; its exit code, and what it printed.
#[track_caller]
fn run(expected: i32, folder: &Path, args: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env_remove("CLICOLOR_FORCE").env_remove("FORCE_COLOR");
    let output = command.current_dir(folder).args(args).output().unwrap();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(expected), "{args:?}\n{stdout}\n{stderr}");
    (stdout, stderr)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
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

const USES: &str = "pub fn jobs(x: &fc::Client) {\n    x.list_forecast_export_jobs();\n}\n";

/// A workspace with a package `app` of this source, which has a stand-in for Forecast's official crate by another name.
fn small(source: &str) -> TempDir {
    let temp = tempfile::tempdir().unwrap();
    let manifest = "[workspace]\nresolver = '3'\nmembers = ['app']\n[workspace.dependencies]\n\
                    fc = { package = 'aws-sdk-forecast', path = 'official/forecast' }\n";
    put(temp.path(), "Cargo.toml", manifest);
    let package = |name: &str, version: &str| {
        format!("[package]\nname = '{name}'\nversion = '{version}'\nedition = '2024'\n")
    };
    let app = format!("{}[dependencies]\nfc.workspace = true\n", package("app", "0.1.0"));
    put(temp.path(), "app/Cargo.toml", &app);
    put(temp.path(), "app/src/lib.rs", source);
    put(temp.path(), "official/forecast/Cargo.toml", &package("aws-sdk-forecast", "1.119.7"));
    put(temp.path(), "official/forecast/src/lib.rs", "");
    temp
}

#[test]
fn a_selection_is_written_as_regenerate_reads_it() {
    let temp = small(USES);
    let models = own_models();
    let args = ["scan", "app", "--models", &models];
    let (printed, _) = run(0, temp.path(), &args);
    let expected = "aws-sdk-forecast 1.119.7: 1 of 1 operations\n  ListForecastExportJobs  app/src/lib.rs:2: \
                    x.list_forecast_export_jobs();\n";
    assert_eq!(printed, expected);
    run(0, temp.path(), &[&args[..], &["--write", "some/services.toml"]].concat());
    let (there, _) = run(0, temp.path(), &[&args[..], &["--write", "-"]].concat());
    let line = "\"ListForecastExportJobs\",  # app/src/lib.rs:2: x.list_forecast_export_jobs();";
    assert!(there.contains(line), "{there}");
    let services = ["regenerate", "--services", "some/services.toml", "--root", "."];
    run(0, temp.path(), &services);
    let made = temp.path().join("generated/forecast");
    assert!(made.join("src/operation/list_forecast_export_jobs.rs").is_file());
    let manifest = fs::read_to_string(made.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("version = \"1.119.7\""), "{manifest}");
}

#[test]
fn types_alone_are_a_selection() {
    let temp = small("pub fn place(x: fc::types::S3Config) -> String {\n    x.path\n}\n");
    let models = own_models();
    let args = ["scan", ".", "--models", &models, "--write", "services.toml"];
    let (printed, _) = run(0, temp.path(), &args);
    assert!(
        printed.contains("0 of 1 operations, and a type\n  S3Config  app/src/lib.rs:1"),
        "{printed}"
    );
    run(0, temp.path(), &["regenerate", "--services", "services.toml", "--root", "."]);
    let made = temp.path().join("generated/forecast/src");
    assert!(made.join("types/s3_config.rs").is_file());
    assert!(!made.join("operation/list_forecast_export_jobs.rs").exists());
}

#[test]
fn two_packages_of_a_workspace_are_the_same_one() {
    let temp = small(USES);
    let models = own_models();
    let (printed, _) = run(0, temp.path(), &["scan", "app", ".", "--models", &models]);
    assert_eq!(printed.matches("aws-sdk-forecast").count(), 1, "{printed}");
    let other = small(USES);
    let other = other.path().to_str().unwrap();
    let args = ["scan", ".", other, "--models", &models, "--write", "-"];
    let (_, said) = run(2, temp.path(), &args);
    assert!(said.contains("two workspaces need aws-sdk-forecast"), "{said}");
}

#[test]
fn the_patch_section_is_what_the_manifest_lacks() {
    let temp = small(USES);
    let models = own_models();
    let args = ["generate", "--scan", ".", "--models", &models, "--out", "slim"];
    let (printed, _) = run(0, temp.path(), &args);
    let line = "aws-sdk-forecast = { path = \"slim/aws-sdk-forecast\" }\n";
    assert!(printed.ends_with(&format!("[patch.crates-io]\n{line}\n")), "{printed}");
    let made = temp.path().join("slim/aws-sdk-forecast/Cargo.toml");
    let made: toml::Table = fs::read_to_string(made).unwrap().parse().unwrap();
    assert_eq!(made["package"]["version"].as_str(), Some("1.119.7"));
    assert!(made.contains_key("workspace"), "it is no member of the user's workspace");
    let manifest = fs::read_to_string(temp.path().join("Cargo.toml")).unwrap();
    let other = "\n[patch.crates-io]\naws-sdk-forecast = { path = 'official/forecast' }\n";
    put(temp.path(), "Cargo.toml", &format!("{manifest}{other}"));
    let (printed, _) = run(0, temp.path(), &args);
    assert!(printed.contains("let the section [patch.crates-io] of "), "{printed}");
    assert!(printed.ends_with(&format!("have these lines:\n\n{line}\n")), "{printed}");
    put(temp.path(), "Cargo.toml", &format!("{manifest}\n[patch.crates-io]\n{line}"));
    let (printed, _) = run(0, temp.path(), &args);
    assert!(printed.contains("0 created, 0 changed"), "{printed}");
    assert!(printed.trim_end().ends_with("Cargo.toml has a patch for each."), "{printed}");
}

#[test]
fn what_is_not_rust_is_told_and_the_rest_is_done() {
    let temp = small(USES);
    put(temp.path(), "app/src/odd.rs", "fn fine() {}\nfn ( {}\n");
    put(temp.path(), "app/src/built.rs", "include!(concat!(env!(\"OUT_DIR\"), \"/x.rs\"));\n");
    let models = own_models();
    let args = ["scan", ".", "--models", &models];
    let (printed, said) = run(2, temp.path(), &args);
    assert!(printed.contains("ListForecastExportJobs  app/src/lib.rs:2"), "{printed}");
    assert!(printed.contains("not seen: app/src/built.rs:1: it includes a file"), "{printed}");
    assert!(said.contains("app/src/odd.rs:2: "), "{said}");
    assert!(said.contains("leave them out with --skip"), "{said}");
    let (_, said) = run(0, temp.path(), &[&args[..], &["--skip", "app/src/odd.rs"]].concat());
    assert!(!said.contains("odd.rs"), "{said}");
    let made = ["generate", "--scan", ".", "--models", &models, "--out", "slim"];
    let (printed, said) = run(2, temp.path(), &made);
    assert!(printed.contains("[patch.crates-io]") && said.contains("odd.rs:2"), "{printed}{said}");
}

#[test]
fn what_cannot_be_scanned_is_told() {
    let temp = tempfile::tempdir().unwrap();
    put(temp.path(), "src/lib.rs", "");
    let (_, said) = run(2, temp.path(), &["scan", "nowhere"]);
    assert!(said.contains("there is no folder nowhere"), "{said}");
    let (_, said) = run(2, temp.path(), &["scan", "."]);
    assert!(said.contains("cargo does not know the package in ."), "{said}");
    let manifest = "[package]\nname = \"none\"\nversion = \"0.0.0\"\n[workspace]\n";
    put(temp.path(), "Cargo.toml", manifest);
    let (_, said) = run(2, temp.path(), &["scan", "."]);
    assert!(said.contains("depends on an official crate"), "{said}");
    let (_, said) = run(2, temp.path(), &["generate", "--scan", ".", "--all", "--out", "x"]);
    assert!(said.contains("cannot be used with"), "{said}");
    let (_, said) = run(2, temp.path(), &["generate", "--scan", ".", "--out", "x"]);
    assert!(said.contains("--models <PATH>"), "{said}");
    let unused = small("use fc::Client;");
    let (_, said) = run(2, unused.path(), &["scan", ".", "--models", &own_models()]);
    assert!(said.contains("uses an operation or a type of aws-sdk-forecast"), "{said}");
}

#[test]
fn a_crate_without_a_model_is_told_or_left_alone() {
    let temp = small(USES);
    for path in ["Cargo.toml", "official/forecast/Cargo.toml"] {
        let manifest = fs::read_to_string(temp.path().join(path)).unwrap();
        put(temp.path(), path, &manifest.replace("aws-sdk-forecast", "aws-sdk-forcast"));
    }
    let models = own_models();
    let args = ["scan", ".", "--models", &models];
    let (_, said) = run(2, temp.path(), &args);
    assert!(said.contains("there is no model of `aws-sdk-forcast` in "), "{said}");
    assert!(said.contains("did you mean `aws-sdk-forecast`?"), "{said}");
    assert!(said.contains("--leave aws-sdk-forcast"), "{said}");
    let (_, said) = run(2, temp.path(), &[&args[..], &["--leave", "aws-sdk-forcst"]].concat());
    assert!(said.contains("nothing depends on `aws-sdk-forcst`"), "{said}");
    assert!(said.contains("did you mean `aws-sdk-forcast`?"), "{said}");
    let (_, said) = run(2, temp.path(), &[&args[..], &["--leave", "aws-sdk-forcast"]].concat());
    assert!(said.contains("--leave names every official crate"), "{said}");
}

/// The consumer as a workspace of its own, with the official crate in the generated one's place.
fn consumer() -> TempDir {
    let temp = tempfile::tempdir().unwrap();
    copy(&root().join("codegen/consumer"), &temp.path().join("consumer"));
    let read = |path: &Path| fs::read_to_string(path).unwrap().parse::<toml::Table>().unwrap();
    let mut manifest = read(&root().join("Cargo.toml"));
    let workspace = manifest["workspace"].as_table_mut().unwrap();
    workspace.insert("members".to_owned(), vec!["consumer"].into());
    workspace.retain(|key, _| !matches!(key, "exclude" | "default-members"));
    put(temp.path(), "Cargo.toml", &manifest.to_string());
    let mut manifest = read(&temp.path().join("consumer/Cargo.toml"));
    let forecast = manifest["dependencies"]["aws-sdk-forecast"].as_table_mut().unwrap();
    forecast.remove("path").unwrap();
    forecast.insert("version".to_owned(), "=1.119.0".into());
    put(temp.path(), "consumer/Cargo.toml", &manifest.to_string());
    fs::copy(root().join("Cargo.lock"), temp.path().join("Cargo.lock")).unwrap();
    temp
}

#[test]
fn the_consumer_needs_one_operation() {
    let temp = consumer();
    let models = own_models();
    let (there, _) = run(0, temp.path(), &["scan", ".", "--models", &models, "--write", "-"]);
    let tables: toml::Table = there.parse().unwrap();
    assert_eq!(tables.len(), 1, "{there}");
    let services = fs::read_to_string(root().join("model/services/services.toml")).unwrap();
    let services: toml::Table = services.parse().unwrap();
    for key in ["operations", "package", "version"] {
        assert_eq!(tables["forecast"][key], services["forecast"][key], "{there}");
    }
    assert!(tables["forecast"].get("types").is_none(), "{there}");
}

/// A copy of the fixture, with the versions that this workspace has of what both use.
fn fixture() -> TempDir {
    let temp = tempfile::tempdir().unwrap();
    copy(&root().join("xtask/tests/fixtures/scan"), temp.path());
    fs::copy(root().join("Cargo.lock"), temp.path().join("Cargo.lock")).unwrap();
    temp
}

/// What is kept of each crate; a `?` follows what is kept by guesses alone.
fn kept(json: &Value) -> BTreeMap<String, Vec<String>> {
    let names = |what: &Value| -> Vec<String> {
        let shown = |(name, reasons): (&String, &Value)| {
            let guessed =
                reasons.as_array().unwrap().iter().all(|reason| !reason["guess"].is_null());
            format!("{name}{}", if guessed { "?" } else { "" })
        };
        what.as_object().unwrap().iter().map(shown).collect()
    };
    let crates = json.as_array().unwrap().iter();
    let all = crates.map(|it| {
        let found = [names(&it["operations"]), names(&it["types"])].concat();
        (it["package"].as_str().unwrap().to_owned(), found)
    });
    all.collect()
}

/// What the fixture needs, and what is kept because it can't be told: types come after operations.
const NEEDED: [(&str, &str); 8] = [
    (
        "aws-sdk-dynamodb",
        // No operation that is called has the error of which a variant is named: CreateBackup has it.
        "BatchGetItem CreateBackup? DeleteItem DeleteTable DescribeEndpoints DescribeLimits DescribeTable \
         DescribeTimeToLive GetItem ListTables ListTagsOfResource PutItem Query TransactWriteItems UpdateItem UpdateTable \
         ExportFormat? ExportNotFoundException",
    ),
    // For its stream, of which the type is named.
    ("aws-sdk-glacier", "GetJobOutput? ListVaults"),
    ("aws-sdk-kms", "KeyUsageType Tag"),
    ("aws-sdk-polly", ""),
    (
        "aws-sdk-sqs",
        // By the name that a macro is given, and by what a macro is given.
        "CreateQueue DeleteMessage GetQueueUrl? ListQueues PurgeQueue? SendMessage UntagQueue",
    ),
    // What `aws-config` needs.
    ("aws-sdk-sso", "GetRoleCredentials"),
    ("aws-sdk-ssooidc", "CreateToken"),
    (
        "aws-sdk-sts",
        "AssumeRole AssumeRoleWithWebIdentity DecodeAuthorizationMessage GetCallerIdentity",
    ),
];

#[test]
#[ignore = "it needs ../shared/models; .ci/run has it"]
fn everything_that_is_used_is_found_and_nothing_else() {
    let temp = fixture();
    let models = models();
    let args = ["scan", ".", "--models", models.to_str().unwrap(), "--json", "found.json"];
    let (printed, _) = run(0, temp.path(), &args);
    let json = fs::read_to_string(temp.path().join("found.json")).unwrap();
    let found = kept(&serde_json::from_str(&json).unwrap());
    let expected = NEEDED.map(|(package, all)| {
        (package.to_owned(), all.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    });
    assert_eq!(found, BTreeMap::from(expected));
    assert!(printed.contains("app/src/lib.rs:"), "{printed}");
    assert!(printed.contains("a guess: `call!` calls methods"), "{printed}");
}

/// Puts slim crates into a workspace, with what the command prints, and type-checks all of it.
fn compiles(folder: &Path, packages: &[&str]) {
    let models = models();
    let args = ["generate", "--scan", ".", "--models", models.to_str().unwrap(), "--out", "slim"];
    let (printed, _) = run(0, folder, &args);
    let (_, patch) = printed.split_once("[patch.crates-io]").unwrap();
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    put(folder, "Cargo.toml", &format!("{manifest}\n[patch.crates-io]{patch}"));
    let output: Output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--workspace", "--all-targets", "--all-features", "--quiet"])
        .current_dir(folder)
        // One for all, because most of it is other people's crates.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("scan"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    // Cargo took the slim crates, and nothing from the registry in their place.
    let lock = fs::read_to_string(folder.join("Cargo.lock")).unwrap();
    for package in packages {
        let (_, entry) = lock.split_once(&format!("name = \"{package}\"\n")).unwrap();
        let entry = entry.split("[[package]]").next().unwrap();
        assert!(!entry.contains("source = "), "{package}: {entry}");
        assert_eq!(lock.matches(&format!("name = \"{package}\"\n")).count(), 1, "{package}");
    }
}

#[test]
#[ignore = "it needs ../shared/models; .ci/run has it"]
fn workspaces_compile_with_what_was_found() {
    compiles(fixture().path(), &NEEDED.map(|(package, _)| package));
    compiles(consumer().path(), &["aws-sdk-forecast"]);
}
