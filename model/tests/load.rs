//! Loading from files: what can be wrong with a file before it is read as a model.

use std::fs;

use tinsmith_model::{Errors, Model};

fn failure(bytes: &[u8]) -> Errors {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("model.json");
    fs::write(&path, bytes).expect("a temporary file");
    Model::load(&path).expect_err("an error")
}

#[test]
fn a_file_loads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    fs::write(&path, "\u{feff}{\"smithy\": \"2\", \"shapes\": {}}").unwrap();
    let model = Model::load(&path).unwrap();
    assert!(model.name().ends_with("model.json"));
    assert!(model.find("smithy.api#String").is_some());
    assert!(model.services().is_empty());
}

#[test]
fn a_missing_file_is_named() {
    let errors = Model::load("no/such/model.json".as_ref()).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "no/such/model.json: there is no such file (help: check the path)"
    );
}

#[test]
fn a_directory_is_no_model() {
    let folder = tempfile::tempdir().unwrap();
    let errors = Model::load(folder.path()).unwrap_err();
    assert!(errors.to_string().contains("there is no model in this folder"), "{errors}");
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    let errors = failure(b"{\"smithy\": \"\xff\"}");
    assert!(errors.to_string().contains("not UTF-8: byte 12"), "{errors}");
}

#[test]
fn deep_nesting_is_an_error() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = open.repeat(200_000) + "1" + &close.repeat(200_000);
        let value = format!("{{\"smithy\": \"2.0\", \"metadata\": {{\"x\": {deep}}}}}");
        assert!(failure(value.as_bytes()).to_string().contains("recursion limit"));
        assert!(Model::from_smithy_json("deep", deep).is_err());
    }
}

#[test]
fn a_long_chain_of_mixins_loads() {
    let mut text = String::from("{\"smithy\": \"2.0\", \"shapes\": {");
    for i in 0..20_000 {
        text.push_str(&format!(
            "\"a#M{i}\": {{\"type\": \"structure\", \"traits\": {{\"smithy.api#mixin\": {{}}}}, \
             \"mixins\": [{{\"target\": \"a#M{}\"}}]}},",
            i + 1
        ));
    }
    text.push_str(
        "\"a#M20000\": {\"type\": \"structure\", \"traits\": {\"smithy.api#mixin\": {}}, \
         \"members\": {\"a\": {\"target\": \"smithy.api#String\"}}}}}",
    );
    let model = Model::from_smithy_json("chain", text).unwrap();
    let first = model.find("a#M0").unwrap();
    assert_eq!(model.shape(first).members().len(), 1);
}

#[test]
fn places_are_found_in_a_file_of_one_long_line() {
    let mut text = String::from("{\"smithy\":\"2.0\",\"shapes\":{");
    for i in 0..50_000 {
        text.push_str(&format!("\"a#S{i}\":{{\"type\":\"structure\",\"members\":{{}}}},"));
    }
    let start = text.len();
    text.push_str("\"a#L\":{\"type\":\"list\",\"member\":{\"target\":\"a#Nowhere\"}}}}");
    let at = start + text[start..].find("a#Nowhere").unwrap();
    let errors = Model::from_smithy_json("line", text).unwrap_err();
    let error = &errors.as_slice()[0];
    assert_eq!((error.line(), error.column()), (Some(1), Some(at + 1)));
    assert_eq!((error.shape(), error.member()), (Some("a#L"), Some("member")));
    let shown = format!("{:?}", errors.into_report());
    assert!(shown.len() < 2_000, "{shown}");
}
