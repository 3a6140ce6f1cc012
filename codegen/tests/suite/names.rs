//! A crate with every name that Rust or the generated API could trip over, wherever a model has names. It has
//! no golden: it only has to compile.

use serde_json::{Value, json};
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

/// The distinct names, as far as Smithy would take them into one shape.
fn names(distinct: impl Fn(&str) -> String) -> Vec<&'static str> {
    let mut seen = std::collections::BTreeSet::new();
    NAMES.split_whitespace().filter(|name| seen.insert(distinct(name))).collect()
}

/// Names that stay apart in any case conversion: compared without case and underscores.
fn plain(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// The crate.
pub(crate) fn every_name() -> Files {
    let model = model();
    let model = Model::from_smithy_json("every-name.json", model.to_string()).unwrap();
    generate(&model, &settings("every-name")).unwrap()
}

fn model() -> Value {
    let names = names(plain);
    let id = |name: &str| format!("example.names#{name}");
    let target = |name: &str| json!({"target": format!("example.names#{name}")});
    let mut shapes = serde_json::Map::new();
    let text = json!({"target": "smithy.api#String"});
    let members = |of: &Value| -> Value {
        names
            .iter()
            .map(|name| ((*name).to_owned(), of.clone()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let operations: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    shapes.insert(
        id("Names"),
        json!({
            "type": "service",
            "version": "1",
            "operations": operations.iter().map(|name| target(&format!("op.{name}"))).collect::<Vec<_>>(),
            "traits": {"aws.protocols#awsJson1_0": {}}
        }),
    );
    let _ = (text, members);
    shapes.into()
}
