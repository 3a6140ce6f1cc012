//! What responses may lack, and what is wrong with some.

use fixture_enums::operation::paint::Paint;
use fixture_errors::operation::calm::{Calm, CalmInput};
use fixture_nullability::operation::fill::Fill;
use fixture_nullability::types::{Choice, Defaults};
use fixture_recursion::operation::walk::Walk;
use fixture_unions::operation::choose::{Choose, ChooseInput, ChooseOutput};
use fixture_unions::types::All;
use tinsmith_runtime::http::Response;
use tinsmith_runtime::{Blob, DateTime, Document, Operation};

use crate::{answered, asked, chain, unknown};

#[test]
fn missing_required_members_are_filled_in() {
    for body in ["{}", "", r#"{"name":null,"nested":null,"count":null}"#] {
        let output = answered::<Fill>(body).unwrap();
        assert_eq!((output.name(), output.count(), output.ratio()), ("", 0, 0.0));
        assert_eq!((output.when(), output.data()), (&DateTime::from_secs(0), &Blob::new("")));
        assert!(output.list().is_empty() && output.map().is_empty());
        assert_eq!(output.any(), &Document::Null);
        assert_eq!(output.kind().as_str(), "no value was set");
        let nested = output.nested().unwrap();
        assert_eq!((nested.size(), nested.inner().unwrap().text()), (0, ""));
        assert!(output.choice().is_none_or(Choice::is_unknown));
        assert_eq!((output.maybe().unwrap_or_default(), output.sparse_list()), ("", &[][..]));
        assert!(output.sparse_map().is_none() && output.defaults().is_none());
    }
    let output = answered::<Paint>("{}").unwrap();
    let unset = "no value was set";
    assert_eq!((output.color().as_str(), output.unnamed().as_str()), (unset, unset));
}

#[test]
fn missing_members_have_their_defaults() {
    let output = answered::<Paint>(r#"{"chosen":null}"#).unwrap();
    assert_eq!((output.chosen().as_str(), output.level()), ("green", 2));
    assert_eq!(output.other().as_str(), "else");
    let output = answered::<Fill>(r#"{"defaults":{}}"#).unwrap();
    assert_eq!(output.defaults(), Some(&Defaults::builder().build()));
}

#[test]
fn null_elements() {
    let body = r#"{"sparseList":[null,"a"],"sparseMap":{"k":null,"l":1},"map":{"k":null,"l":1}}"#;
    let output = answered::<Fill>(body).unwrap();
    assert_eq!(output.sparse_list(), [None, Some("a".to_owned())]);
    let sparse = output.sparse_map().unwrap();
    assert_eq!((sparse["k"], sparse["l"]), (None, Some(1)));
    assert_eq!((output.map().len(), output.map()["l"]), (1, 1));
    let error = answered::<Fill>(r#"{"list":["a",null]}"#).unwrap_err();
    assert_eq!(
        chain(&error),
        "unhandled error: list[1]: null in a list that isn't sparse, at byte 13"
    );
}

#[test]
fn errors_say_where() {
    for (body, expected) in [
        (r#"{"tree":{"children":[{},{"value":"x"}]}}"#, "tree.children[1].value: "),
        (r#"{"tree":{"byName":{"a b":{"value":2.5}}}}"#, r#"tree.byName["a b"].value: "#),
        (r#"{"tree":[]}"#, "tree: "),
        (r#"{"tree":{}"#, ""),
        ("[]", ""),
        ("nonsense", ""),
    ] {
        let error = chain(&answered::<Walk>(body).unwrap_err());
        assert!(error.starts_with(&format!("unhandled error: {expected}")), "{error}");
        assert!(error.contains(", at byte "), "{error}");
    }
}

#[test]
fn deep_recursion_is_an_error() {
    for (open, close, key) in [(r#"{"left":"#, "}", "tree"), (r#"{"children":["#, "]}", "tree")] {
        for (depth, fits) in [(50, true), (1_000, false), (100_000, false)] {
            let body = format!("{{\"{key}\":{}{{}}{}}}", open.repeat(depth), close.repeat(depth));
            let result = answered::<Walk>(&body);
            assert_eq!(result.is_ok(), fits);
            assert!(result.is_ok() || chain(&result.unwrap_err()).contains("deep"));
        }
    }
    let body =
        format!("{{\"expression\":{}{{}}{}}}", r#"{"negated":"#.repeat(9_999), "}".repeat(9_999));
    assert!(asked::<Walk>(&body).unwrap_err().to_string().contains("deep"));
}

#[test]
fn unions_of_a_newer_service_are_received_and_not_sent() {
    let output = answered::<Choose>(r#"{"all":{"newer":[{}]}}"#).unwrap();
    assert_eq!(output.all(), Some(&unknown()));
    assert!(output.all().is_some_and(All::is_unknown));
    assert!(Choose::write_response(&output).is_err());
    for (input, place) in [
        (ChooseInput::builder().all(unknown()), "all: "),
        (ChooseInput::builder().list(All::Unit).list(unknown()), "list[1]: "),
        (
            ChooseInput::builder().map("k", All::Nested(Box::new(unknown()))),
            "map[\"k\"].nested: ",
        ),
    ] {
        let error = Choose::request(&input.build().unwrap()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{place}the `Unknown` variant of `All`")), "{error}");
    }
}

#[test]
fn unions_have_one_member() {
    let read = |body: &str| answered::<Choose>(body).map(|output| output.all);
    let text = r#"{"all":{"__type":"All","flag":null,"text":"t"}}"#;
    assert_eq!(read(text).unwrap(), Some(All::Text("t".to_owned())));
    assert_eq!(read(r#"{"all":{"unit":{"x":1}}}"#).unwrap(), Some(All::Unit));
    for body in [r#"{"all":{}}"#, r#"{"all":{"flag":true,"int":1}}"#, r#"{"all":{"byte":128}}"#] {
        assert!(chain(&read(body).unwrap_err()).starts_with("unhandled error: all"));
    }
    let union = All::Text("t".to_owned());
    assert!(union.is_text() && !union.is_unit());
    assert_eq!(union.as_text(), Ok(&"t".to_owned()));
    assert_eq!((union.as_unit(), All::Unit.as_unit()), (Err(&union), Ok(())));
}

#[test]
fn the_request_id_is_kept() {
    let response = Response::builder().header("x-amzn-requestid", "id").body("{}").unwrap();
    let output = Choose::response(&response).unwrap();
    assert!(format!("{output:?}").ends_with("_request_id: Some(\"id\") }"));
    assert_ne!(output, ChooseOutput::builder().build());
}

#[test]
fn without_members_a_body_says_nothing() {
    for body in ["", "{}", "{", "not JSON"] {
        assert!(answered::<Calm>(body).is_ok(), "{body}");
    }
    let request = Calm::request(&CalmInput::builder().build().unwrap()).unwrap();
    assert_eq!(request.body(), b"{}");
    assert_eq!(request.headers().get("content-length"), None);
}
