//! Types that no operation needs, and how what a crate offers is called.

use serde_json::json;
use tinsmith_codegen::api::Kind;
use tinsmith_codegen::{Model, Selection, Settings, api, generate};

fn model() -> Model {
    let model = json!({"smithy": "2.0", "shapes": {
        "a#Service": {
            "type": "service", "version": "1",
            "operations": [{"target": "a#GetOne"}, {"target": "a#GetTwo"}],
            "rename": {"a#renamed": "NewName"},
            "traits": {"aws.protocols#awsJson1_1": {}}
        },
        "a#GetOne": {"type": "operation", "input": {"target": "a#OneInput"}, "errors": [{"target": "a#Lost"}]},
        "a#OneInput": {"type": "structure", "members": {
            "Type": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
            "items": {"target": "a#Items"}
        }},
        "a#Items": {"type": "list", "member": {"target": "a#Item"}},
        "a#Item": {"type": "structure", "members": {"count": {
            "target": "smithy.api#Integer", "traits": {"smithy.api#required": {}}
        }}},
        "a#Lost": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
        "a#GetTwo": {"type": "operation", "input": {"target": "a#TwoInput"}},
        "a#TwoInput": {"type": "structure", "members": {"state": {"target": "a#State"}, "r": {"target": "a#renamed"}}},
        "a#State": {"type": "enum", "members": {"ON": {
            "target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "on"}
        }}},
        "a#renamed": {"type": "structure", "members": {"state": {"target": "a#State"}}}
    }});
    Model::from_smithy_json("a.json", model.to_string()).unwrap()
}

fn settings(types: &[&str]) -> Settings {
    Settings {
        operations: Selection::parse(&["GetOne"]).unwrap(),
        types: types.iter().map(|name| (*name).to_owned()).collect(),
        ..Settings::default()
    }
}

#[test]
fn types_that_no_operation_needs_are_kept_with_what_they_need() {
    let files = generate(&model(), &settings(&["NewName"])).unwrap();
    assert!(files.get("src/types/new_name.rs").is_some());
    assert!(files.get("src/types/state.rs").is_some(), "what it needs is there as well");
    let files = generate(&model(), &settings(&[])).unwrap();
    assert!(files.get("src/types/new_name.rs").is_none());
}

#[test]
fn a_type_that_is_not_there_is_an_error_with_the_nearest_name() {
    let errors = generate(&model(), &settings(&["Stat", "renamed"])).unwrap_err();
    let told: Vec<String> = errors.iter().map(|error| format!("{error:?}")).collect();
    assert!(told[0].contains("no type `Stat` (help: did you mean `State`?)"), "{told:?}");
    assert!(told[1].contains("no type `renamed`"), "by their Rust names: {told:?}");
}

#[test]
fn a_crate_that_has_no_operation_has_types() {
    let settings = Settings { operations: Selection::none(), ..settings(&["State"]) };
    let files = generate(&model(), &settings).unwrap();
    assert!(files.get("src/types/state.rs").is_some());
    assert!(files.get("src/operation/get_one.rs").is_none());
}

#[test]
fn a_crate_is_known_by_its_names() {
    let api = api(&model(), &Settings::default()).unwrap();
    let one = &api.operations["GetOne"];
    assert_eq!((one.name.as_str(), one.method.as_str()), ("GetOne", "get_one"));
    assert_eq!(one.error, "operation::get_one::GetOneError");
    assert_eq!(api.types[&one.error].kind, Kind::Errors(vec!["Lost".to_owned()]));
    for name in ["types::Item", "types::error::Lost", "types::NewName", "types::State"] {
        assert!(api.types.contains_key(name), "{name}");
    }
    assert!(one.streams.is_empty() && one.brings.is_empty());
}
