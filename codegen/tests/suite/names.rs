//! Crates with every name that Rust or the generated API could trip over, wherever a model has names. They
//! have no goldens: they only have to compile.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use tinsmith_codegen::{Files, Model, generate};

use crate::cases::settings;

/// Keywords, what is in scope everywhere, crates that generated code names, and methods it defines.
const NAMES: &str = "\
    abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen \
    if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true \
    try type typeof union unsafe unsized use virtual where while yield macro_rules raw safe \
    Option Some None Result Ok Err String Vec Box Into From Default ToOwned ToString AsRef Clone Copy Send Sync \
    Sized Drop Fn Iterator PartialEq Eq Ord Debug Display T U \
    Std Core Alloc Http TinsmithRuntime TinsmithRuntimeBuilder Error Errors Types Type_ Operation Builders Primitives \
    Meta Service ServiceError Schema Structure Union Value Member Unknown UnknownValue SelfValue \
    Bool Str I32 U8 Char Usize Unit HashMap Blob DateTime Document \
    build builder default send make_operation presigned customize new fmt clone eq cmp hash as_str values \
    try_parse from_str to_string set_ get_ is_ as_ into_inner source cause kind code message meta request_id \
    retryable_error_kind schema member member_mut empty_structure extra slot unset empty variant select input output \
    value index other f k v t len is_empty add sub not next borrow deref _1 _1st A1 ab2c IPv4 SHOUT Main Lib Tests \
    Aux Con Nul Com1";

/// The kinds of shape that names are given to, each in a crate of its own.
const KINDS: [&str; 7] = ["structure", "union", "enum", "text", "error", "operation", "stream"];

/// The crates, with the names of their folders.
pub(crate) fn every_name() -> Vec<(String, Files)> {
    let crate_of = |kind: &&str| {
        let (name, model) = (format!("every-{kind}"), model(kind).to_string());
        let model = Model::from_smithy_json("names.json", model).unwrap();
        let files = generate(&model, &settings(&name)).unwrap();
        (name, files)
    };
    KINDS.iter().map(crate_of).collect()
}

/// The names, each once whatever its case.
fn names() -> Vec<&'static str> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let mut seen = BTreeSet::new();
    NAMES.split_whitespace().filter(|name| seen.insert(plain(name))).collect()
}

fn target(id: &str) -> Value {
    json!({ "target": id })
}

/// A service with a shape of the kind for each name, and a shape with a member for each.
fn model(kind: &str) -> Value {
    let mut shapes = Map::new();
    let mut input = json!({});
    let (mut operations, mut errors) = (vec![target("a#UseNames")], Vec::new());
    for (position, name) in names().iter().enumerate() {
        if kind == "error" && *name == "SelfValue" {
            // `Self` is called so, but for a `_` that is lost in `is_self_value`.
            continue;
        }
        let id = format!("b#{name}");
        match kind {
            "error" => errors.push(target(&id)),
            "operation" => operations.push(target(&id)),
            // Only an operation of its own can have it.
            "stream" => {
                let (watch, output) =
                    (format!("a#Watch{position}"), format!("c#Watched{position}"));
                operations.push(target(&watch));
                shapes.insert(watch, json!({"type": "operation", "output": target(&output)}));
                let members = json!({ "events": target(&id) });
                shapes.insert(output, json!({"type": "structure", "members": members}));
            }
            _ => input[format!("m{position}")] = target(&id),
        }
        shapes.insert(id, shape(kind));
    }
    if let Some(all) = all(kind) {
        input["all"] = target("a#All");
        shapes.insert("a#All".to_owned(), all);
    }
    if kind == "stream" {
        shapes.insert("a#Event".to_owned(), shape("structure"));
        shapes.insert("a#Failure".to_owned(), shape("error"));
    }
    shapes.insert("a#Input".to_owned(), json!({"type": "structure", "members": input}));
    let operation = json!({"type": "operation", "input": target("a#Input"), "errors": errors});
    shapes.insert("a#UseNames".to_owned(), operation);
    let service = json!({
        "type": "service",
        "version": "1",
        "operations": operations,
        "traits": {"aws.protocols#awsJson1_0": {}}
    });
    shapes.insert("a#Names".to_owned(), service);
    json!({"smithy": "2.0", "shapes": shapes})
}

/// A shape whose code needs as much of what is in scope as it can.
fn shape(kind: &str) -> Value {
    let (text, traits) = (target("smithy.api#String"), json!({"smithy.api#error": "client"}));
    let required = json!({"smithy.api#required": {}});
    let required = json!({"target": "smithy.api#String", "traits": required});
    let default = json!({"smithy.api#default": "text"});
    let default = json!({"target": "smithy.api#String", "traits": default});
    let members = json!({"text": text, "required": required, "default": default});
    match kind {
        "structure" => json!({"type": "structure", "members": members}),
        "error" => json!({"type": "structure", "members": members, "traits": traits}),
        "union" => json!({"type": "union", "members": {"text": text}}),
        "stream" => json!({
            "type": "union",
            "members": {"event": target("a#Event"), "failure": target("a#Failure")},
            "traits": {"smithy.api#streaming": {}}
        }),
        "enum" => json!({"type": "enum", "members": {"A": target("smithy.api#Unit")}}),
        "text" => json!({"type": "string", "traits": {"smithy.api#enum": [{"value": "a"}]}}),
        _ => json!({"type": "operation"}),
    }
}

/// A shape with a member for each name, of the kinds that have members of their own sort.
fn all(kind: &str) -> Option<Value> {
    let of = if kind == "structure" { "smithy.api#Integer" } else { "smithy.api#Unit" };
    let mut members = Map::new();
    for name in names() {
        // In a union these can't stand beside `Unknown` and `Self`, which are called so.
        if kind != "union" || !["UnknownValue", "SelfValue"].contains(&name) {
            members.insert(name.to_owned(), target(of));
        }
    }
    ["structure", "union", "enum"]
        .contains(&kind)
        .then(|| json!({"type": kind, "members": members}))
}
