//! What in a service has a way to go wrong: kinds of shapes, traits, protocols, names that need care. It must not
//! know what is done about them.

use std::collections::BTreeSet;

use tinsmith_codegen::{Files, Model};
use tinsmith_model::{ShapeKind, ShapeRef, Traits, closure};

/// What a file may have that most don't: what is looked for, and what it is called.
const IN_FILES: [(&str, &str); 8] = [
    ("r#", "a name that is a keyword"),
    ("::std::option::Option<", "a type called Option"),
    ("::std::string::String", "a type called String"),
    ("::std::result::Result<", "a type called Result"),
    ("::std::boxed::Box<", "a type called Box"),
    (": Box<", "a recursive member"),
    ("_value(", "a member called like a method"),
    ("tinsmith_runtime::unnamed_enum!", "an enum without names"),
];

/// Traits that change nothing in Rust.
const WORDS: [&str; 9] = [
    "smithy.api#documentation",
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
    "smithy.api#title",
    "smithy.api#tags",
    "smithy.api#since",
    "smithy.test#smokeTests",
    "aws.api#arn",
    "aws.iam#",
];

/// All that a service has, by names that the summary shows.
pub(super) fn of(
    model: &Model,
    service: ShapeRef,
    operations: &[ShapeRef],
    files: &Files,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |traits: &Traits| {
        let ids = traits.iter().map(|(id, _)| id);
        found.extend(
            ids.filter(|id| !WORDS.iter().any(|word| id.starts_with(word))).map(str::to_owned),
        );
    };
    add(&model.shape(service).traits);
    for &operation in operations {
        add(&model.shape(operation).traits);
    }
    let shapes = closure(model, service, operations);
    for shape in shapes.iter().map(|shape| model.shape(*shape)) {
        add(&shape.traits);
        shape.all_members().for_each(|member| add(&member.traits));
    }
    found.extend(shapes.iter().map(|shape| kind(&model.shape(*shape).kind).to_owned()));
    let renames = model.shape(service).as_service().is_some_and(|it| !it.rename.is_empty());
    found.extend(renames.then(|| "renamed shapes".to_owned()));
    found.insert(format!("speaks {} first", protocol(files)));
    found.extend(in_files(files));
    found
}

/// The protocol that the crate speaks unless it is told otherwise, as the runtime calls it.
pub(super) fn protocol(files: &Files) -> &str {
    let text = files.get("src/service.rs").unwrap_or_default();
    let at = text.find("tinsmith_runtime::protocol::").map_or("", |at| &text[at..]);
    let name = at.trim_start_matches("tinsmith_runtime::protocol::");
    name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

fn in_files(files: &Files) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = IN_FILES.to_vec();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        waiting.retain(|(pattern, name)| {
            let there = text.contains(pattern);
            if there {
                found.insert((*name).to_owned());
            }
            !there
        });
        let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        if stem.ends_with("_2") {
            found.insert("types whose files would be called alike".to_owned());
        }
    }
    let lints = files.get("src/lib.rs").and_then(|text| {
        let (_, rest) = text.split_once("#![allow(")?;
        Some(rest.split_once(")]")?.0)
    });
    let lints = lints.into_iter().flat_map(|lints| lints.split(','));
    let lints = lints.map(str::trim).filter(|lint| !lint.is_empty());
    found.extend(lints.map(|lint| format!("lint {lint}")));
    found
}

fn kind(kind: &ShapeKind) -> &'static str {
    match kind {
        ShapeKind::Blob => "a blob",
        ShapeKind::Boolean => "a boolean",
        ShapeKind::String => "a string",
        ShapeKind::Timestamp => "a timestamp",
        ShapeKind::Document => "a document",
        ShapeKind::Byte => "a byte",
        ShapeKind::Short => "a short",
        ShapeKind::Integer => "an integer",
        ShapeKind::Long => "a long",
        ShapeKind::Float => "a float",
        ShapeKind::Double => "a double",
        ShapeKind::BigInteger => "a big integer",
        ShapeKind::BigDecimal => "a big decimal",
        ShapeKind::Enum(_) => "an enum",
        ShapeKind::IntEnum(_) => "an enum of integers",
        ShapeKind::List(_) => "a list",
        ShapeKind::Map { .. } => "a map",
        ShapeKind::Structure(_) => "a structure",
        ShapeKind::Union(_) => "a union",
        ShapeKind::Operation(_) | ShapeKind::Resource(_) | ShapeKind::Service(_) => "a service",
    }
}
