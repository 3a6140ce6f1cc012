//! `Cargo.toml` and `README.md` of the crate. It must not know shapes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::operation;
use super::print::Printer;
use crate::ir::Crate;
use crate::settings::{RuntimeDependency, Settings};

/// `Cargo.toml`.
pub(super) fn manifest(
    lowered: &Crate,
    settings: &Settings,
    package: &str,
    printer: &Printer,
) -> String {
    let description = format!("{}: a slim client", lowered.service.title);
    let features = runtime_features(lowered);
    let features: Vec<String> = features.into_iter().map(quoted).collect();
    let features = match features.as_slice() {
        [] => String::new(),
        features => format!(", features = [{}]", features.join(", ")),
    };
    let runtime = match &settings.runtime {
        RuntimeDependency::Version(version) if features.is_empty() => quoted(version),
        RuntimeDependency::Version(version) => {
            format!("{{ version = {}{features} }}", quoted(version))
        }
        RuntimeDependency::Path(path) => format!("{{ path = {}{features} }}", quoted(path)),
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
         # Ties the types to the client of the official SDK: request IDs, `SdkError`.\n\
         client = [\"tinsmith-runtime/client\"]\n\
         # Lists the operations by name, with JSON documents in and out.\n\
         registry = []\n\
         \n\
         [dependencies]\n\
         tinsmith-runtime = {runtime}\n",
        printer.made_by(),
        quoted(package),
        quoted(&settings.version),
        quoted(&description),
    );
    if settings.standalone {
        text.push_str(
            "\n# A workspace of its own: the folder lies in another one's.\n[workspace]\n",
        );
    }
    text
}

/// What of the runtime the crate needs, each once.
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
        "<!-- {} -->\n\n# {package}\n\n{}: types, serializer, parser and errors for any HTTP stack.\n",
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
