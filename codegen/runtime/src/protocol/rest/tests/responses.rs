//! Responses and errors in restJson1.

use http::Response;

use super::shapes::*;
use super::*;
use crate::protocol::REST_JSON_1;

static OPERATION: OperationSchema = operation("GET", "/", 200);

#[test]
fn documents() {
    response_both_ways::<Body>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"foo":"Foo","value":5,"renamed":"x"}"#,
        "200\ncontent-length: 25\ncontent-type: application/json\nx-foo: Foo\n\n\
         {\"value\":5,\"Renamed\":\"x\"}",
    );
    // A response has a document even if nothing is modeled.
    response_both_ways::<Empty>(
        &REST_JSON_1,
        &OPERATION,
        "{}",
        "200\ncontent-length: 2\ncontent-type: application/json\n\n{}",
    );
    // Clients do without, and don't read what no member is for.
    for body in ["", "{}", "<html>"] {
        let response = Response::new(body.as_bytes().to_vec());
        assert_eq!(output::<Empty>(&REST_JSON_1, &OPERATION, &response).unwrap(), "{}");
    }
    let response = Response::builder().header("x-foo", "Foo").body(Vec::new()).unwrap();
    let found = output::<Body>(&REST_JSON_1, &OPERATION, &response).unwrap();
    assert_eq!(found, r#"{"foo":"Foo"}"#);
    let response = Response::new(b"<html>".to_vec());
    let error = output::<Body>(&REST_JSON_1, &OPERATION, &response).unwrap_err();
    assert_eq!(error.to_string(), "expected an object, found `<`, at byte 0");
}

#[test]
fn headers() {
    response_both_ways::<Headers>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"string":"Hello","strings":["b,c","a"],"timestamps":[1576540098],"json":"true"}"#,
        "200\ncontent-length: 2\ncontent-type: application/json\nx-json: dHJ1ZQ==\n\
         x-string: Hello\nx-stringlist: \"b,c\", a\n\
         x-timestamplist: Mon, 16 Dec 2019 23:48:18 GMT\n\n{}",
    );
    response_both_ways::<Prefixed>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"map":{"abc":"Abc value"},"foo":"Foo"}"#,
        "200\ncontent-length: 2\ncontent-type: application/json\nx-foo: Foo\n\
         x-foo-abc: Abc value\n\n{}",
    );
    // A client takes an empty list for none.
    let empty = Response::builder().header("x-stringlist", "").body(Vec::new()).unwrap();
    assert_eq!(output::<Headers>(&REST_JSON_1, &OPERATION, &empty).unwrap(), "{}");
    let bad = Headers { string: Some("a\nb".to_owned()), ..Headers::empty() };
    let error = REST_JSON_1.write_response(&OPERATION, &bad).unwrap_err();
    assert_eq!(error.to_string(), "string: a control character, which no header can hold");
}

#[test]
fn status_codes() {
    static CREATED: OperationSchema = operation("PUT", "/", 201);
    response_both_ways::<Body>(
        &REST_JSON_1,
        &CREATED,
        "{}",
        "201\ncontent-length: 2\ncontent-type: application/json\n\n{}",
    );
    response_both_ways::<Coded>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"status":202,"value":1}"#,
        "202\ncontent-length: 11\ncontent-type: application/json\n\n{\"value\":1}",
    );
    let unset = REST_JSON_1.write_response(&CREATED, &Coded::empty()).unwrap();
    assert_eq!(unset.status(), 201);
    for status in [-1, 0, 99, 1000, 70_000] {
        let output = Coded { status: Some(status), value: None };
        let error = REST_JSON_1.write_response(&OPERATION, &output).unwrap_err();
        assert_eq!(error.to_string(), format!("status: {status} is not an HTTP status code"));
    }
    static NO_CONTENT: OperationSchema = operation("DELETE", "/", 204);
    response_both_ways::<Empty>(&REST_JSON_1, &NO_CONTENT, "{}", "204");
}

#[test]
fn payloads() {
    macro_rules! case {
        ($type:ident, $value:expr, $media_type:expr, $body:expr) => {
            response_both_ways::<$type>(
                &REST_JSON_1,
                &OPERATION,
                concat!(r#"{"payload":"#, $value, "}"),
                &format!(
                    "200\ncontent-length: {}\ncontent-type: {}\n\n{}",
                    $body.len(),
                    $media_type,
                    $body
                ),
            );
            response_both_ways::<$type>(&REST_JSON_1, &OPERATION, "{}", "200\ncontent-length: 0");
        };
    }
    case!(BlobPayload, r#""blob""#, "application/octet-stream", "blob");
    case!(JpegPayload, r#""1234""#, "image/jpeg", "1234");
    case!(TextPayload, r#""text""#, "text/plain", "text");
    case!(EnumPayload, r#""enum""#, "text/plain", "enum");
    case!(StructurePayload, r#"{"greeting":"hi"}"#, "application/json", r#"{"greeting":"hi"}"#);
    case!(StructurePayload, "{}", "application/json", "{}");
    case!(UnionPayload, r#"{"greeting":"hi"}"#, "application/json", r#"{"greeting":"hi"}"#);
    case!(DocumentPayload, "[1]", "application/json", "[1]");
    response_both_ways::<StreamPayload>(
        &REST_JSON_1,
        &OPERATION,
        r#"{"foo":"Foo","length":6,"payload":"stream"}"#,
        "200\ncontent-length: 6\ncontent-type: application/octet-stream\nx-foo: Foo\n\nstream",
    );
}

#[test]
fn what_is_missing_is_corrected() {
    let response = Response::new(Vec::new());
    let mut found = Corrected::empty();
    REST_JSON_1.read_output(&OPERATION, View::of(&response), &mut found).unwrap();
    assert_eq!(found.foo.as_deref(), Some(""));
    assert!(found.nested.is_some());
    let mut found = CorrectedHeader::empty();
    REST_JSON_1.read_output(&OPERATION, View::of(&response), &mut found).unwrap();
    assert_eq!(found.foo.as_deref(), Some(""));
    let response = Response::builder().header("x-foo", "Foo").body(b"{}".to_vec()).unwrap();
    let mut found = Corrected::empty();
    REST_JSON_1.read_output(&OPERATION, View::of(&response), &mut found).unwrap();
    assert_eq!(found.foo.as_deref(), Some("Foo"));
}

#[test]
fn errors() {
    let mut error = ComplexError::empty();
    error.header = Some("Header".to_owned());
    error.top_level = Some("Top level".to_owned());
    let response = REST_JSON_1.write_error(&OPERATION, &ERRORS[0], &error).unwrap();
    assert_eq!(
        shown_response(&response),
        "403\ncontent-length: 24\ncontent-type: application/json\nx-amzn-errortype: ComplexError\n\
         x-header: Header\n\n{\"TopLevel\":\"Top level\"}"
    );
    assert!(REST_JSON_1.is_error(View::of(&response)));
    let head = REST_JSON_1.read_error_head(&OPERATION, View::of(&response)).unwrap();
    assert_eq!(head.modeled, Some(0));
    let mut found = ComplexError::empty();
    REST_JSON_1.read_error(&OPERATION, View::of(&response), &mut found).unwrap();
    assert_eq!(to_json(&found), to_json(&error));
}

#[test]
fn error_heads() {
    let head = |name: &str, value: &str, body: &str| {
        let mut response = Response::builder().status(500);
        if !name.is_empty() {
            response = response.header(name, value);
        }
        let response = response.body(body.as_bytes().to_vec()).unwrap();
        let head = REST_JSON_1.read_error_head(&OPERATION, View::of(&response)).unwrap();
        let meta = head.metadata.build();
        (head.modeled, meta.code().map(str::to_owned), meta.message().map(str::to_owned))
    };
    let known = (Some(0), Some("ComplexError".to_owned()), None);
    assert_eq!(head("X-Amzn-Errortype", "a.b#ComplexError:http://x/", ""), known);
    assert_eq!(head("", "", r#"{"code":"ComplexError"}"#), known);
    assert_eq!(head("", "", r#"{"__type":"other#ComplexError"}"#), known);
    assert_eq!(
        head("X-Amzn-Errortype", "Other", r#"{"message":"m"}"#),
        (None, Some("Other".to_owned()), Some("m".to_owned()))
    );
    assert_eq!(head("", "", ""), (None, None, None));
}
