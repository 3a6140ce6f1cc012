//! `Cargo.toml` and `README.md` of the crate. It must not know shapes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::operation;
use super::print::Printer;
use crate::ir::{Auth, Crate};
use crate::settings::{Client, RuntimeDependency, Settings};

/// `Cargo.toml`.
pub(super) fn manifest(
    lowered: &Crate,
    settings: &Settings,
    package: &str,
    printer: &Printer,
) -> String {
    let description = format!("{}: a slim client", lowered.service.title);
    let mut features = runtime_features(lowered);
    if settings.client == Client::Always {
        features.extend(client_features(lowered));
    }
    let features: Vec<String> = features.into_iter().map(quoted).collect();
    let features = match features.as_slice() {
        [] => String::new(),
        features => format!(", features = [{}]", features.join(", ")),
    };
    let runtime = match &settings.runtime {
        RuntimeDependency::Version(version) => {
            format!("{{ version = {}, default-features = false{features} }}", quoted(version))
        }
        RuntimeDependency::Path(path) => {
            format!("{{ path = {}, default-features = false{features} }}", quoted(path))
        }
    };
    let mut text = format!(
        "# {}\n\
         [package]\n\
         name = {}\n\
         version = {}\n\
         description = {}\n\
         edition = \"2021\"\n\
         rust-version = \"1.94.1\"\n\
         license = \"Apache-2.0\"\n\
         \n\
         [features]\n\
         {}\n\
         [dependencies]\n\
         tinsmith-runtime = {runtime}\n",
        printer.made_by(),
        quoted(package),
        quoted(&settings.version),
        quoted(&description),
        crate_features(lowered, settings.client),
    );
    if settings.standalone {
        text.push_str(
            "\n# A workspace of its own: the folder lies in another one's.\n[workspace]\n",
        );
    }
    text
}

/// The crate's features: those of the official crate by their names, and our own.
fn crate_features(lowered: &Crate, client: Client) -> String {
    let sigv4a = lowered.service.client.schemes.contains(&Auth::Sigv4a);
    let needs_client = match client {
        Client::Optional => "\"client\", ",
        Client::Always => "",
    };
    let mut text = String::new();
    let defaults = ["default-https-client", "rt-tokio", "rustls"].into_iter();
    let defaults = defaults
        .chain(lowered.service.client.presigning.then_some("http-1x"))
        .chain(sigv4a.then_some("sigv4a"));
    let defaults: Vec<String> = defaults.map(quoted).collect();
    let _ = writeln!(text, "default = [{needs_client}{}]", defaults.join(", "));
    match client {
        Client::Optional => {
            let features = client_features(lowered).into_iter();
            let features = features.map(|name| quoted(&format!("tinsmith-runtime/{name}")));
            let _ = writeln!(
                text,
                "# `Client`: without it the crate has types, serializer, parser and errors for any HTTP stack.\n\
                 client = [{}]",
                features.collect::<Vec<_>>().join(", ")
            );
        }
        Client::Always => text.push_str("# `Client` is always there.\nclient = []\n"),
    }
    text.push_str("# What `Config` doesn't say is as the latest version of clients has it.\n");
    text.push_str("behavior-version-latest = []\n");
    text.push_str("# HTTP, TLS, and what sleeps.\n");
    for (feature, of_runtime) in [
        ("default-https-client", "default-https-client"),
        ("rustls", "default-https-client"),
        ("legacy-https-client", "legacy-https-client"),
        ("rt-tokio", "rt-tokio"),
    ] {
        let _ = writeln!(text, "{feature} = [{needs_client}\"tinsmith-runtime/{of_runtime}\"]");
    }
    if sigv4a {
        text.push_str("# Signatures for several regions.\n");
        let _ = writeln!(text, "sigv4a = [{needs_client}\"tinsmith-runtime/sigv4a\"]");
    }
    if lowered.service.client.presigning {
        text.push_str(
            "# Signed requests as types of `http`: those of 1 are always there.\nhttp-1x = []\n",
        );
        let _ = writeln!(text, "http-02x = [{needs_client}\"tinsmith-runtime/http-02x\"]");
    }
    let _ = writeln!(
        text,
        "# For tests: `config::Builder::with_test_defaults`.\n\
         test-util = [{needs_client}\"tinsmith-runtime/test-util\"]\n\
         legacy-test-util = [\"test-util\", \"tinsmith-runtime/legacy-test-util\"]\n\
         # Nothing: it is here because the official crate has it.\n\
         gated-tests = []\n\
         # Lists the operations by name, with JSON documents in and out.\n\
         registry = []"
    );
    text
}

/// What of the runtime the crate needs for its client.
fn client_features(lowered: &Crate) -> Vec<&'static str> {
    let mut features = vec!["client"];
    if lowered.service.client.auth_token.is_some() {
        features.push("auth-token");
    }
    if lowered.service.client.presigning {
        features.push("presigning");
    }
    features
}

/// What of the runtime the crate needs, each once, its client aside.
fn runtime_features(lowered: &Crate) -> BTreeSet<&'static str> {
    let protocols = lowered.service.protocols.iter();
    let mut features: BTreeSet<_> =
        protocols.flat_map(|protocol| protocol.features).copied().collect();
    if lowered.operations.iter().any(|operation| operation.checksum_required) {
        features.insert("checksum");
    }
    if lowered.operations.iter().any(|operation| operation.compressed) {
        features.insert("compression");
    }
    if lowered.operations.iter().any(|operation| operation.tree_hash) {
        features.insert("tree-hash");
    }
    if !lowered.stream_errors.is_empty() {
        features.insert("event-stream");
    }
    features
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() => {
                // Writing to a string doesn't fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// `README.md`.
pub(super) fn readme(lowered: &Crate, package: &str, printer: &Printer) -> String {
    let mut text = format!(
        "<!-- {} -->\n\n# {package}\n\n{}: client, types, serializer, parser and errors.\n",
        printer.made_by().replace("-->", "-- >"),
        lowered.service.title,
    );
    text.push_str("\nOperations in this crate:\n\n");
    for operation in &lowered.operations {
        let _ = writeln!(text, "- `{}`", operation.name);
    }
    if let Some(example) = operation::example(lowered, &package.replace('-', "_")) {
        let shown: Vec<&str> = example.lines().filter(|line| !line.starts_with("# ")).collect();
        let code = shown.get(1..).unwrap_or_default().join("\n");
        let _ = write!(text, "\n```rust,ignore\n{code}\n");
    }
    text
}
