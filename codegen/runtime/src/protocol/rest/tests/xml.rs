//! What restXml has of its own.

use http::{Request, Response};

use super::shapes::*;
use super::*;
use crate::protocol::{REST_JSON_1, REST_XML};
use crate::service::{ErrorSchema, ServiceSchema};

static OPERATION: OperationSchema = operation("PUT", "/x", 200);

static NAMESPACED: ServiceSchema = ServiceSchema::new("test#Service", "2020-01-01", &REST_JSON_1)
    .xml_namespace(None, "https://example.com")
    .no_error_wrapping();
static IN_NAMESPACE: OperationSchema =
    OperationSchema::new(&NAMESPACED, "Operation", &ERRORS).http("PUT", "/x", 200);
static UNWRAPPED: OperationSchema = operation("GET", "/x", 200).unwrapped_xml_output();

#[test]
fn documents() {
    both_ways::<Body>(
        &REST_XML,
        &OPERATION,
        r#"{"foo":"Foo","value":5,"renamed":"x"}"#,
        "PUT /x\ncontent-length: 49\ncontent-type: application/xml\nx-foo: Foo\n\n\
         <Body><Renamed>x</Renamed><value>5</value></Body>",
    );
    both_ways::<Body>(
        &REST_XML,
        &IN_NAMESPACE,
        r#"{"value":5}"#,
        "PUT /x\ncontent-length: 57\ncontent-type: application/xml\n\n\
         <Body xmlns=\"https://example.com\"><value>5</value></Body>",
    );
    both_ways::<Empty>(&REST_XML, &OPERATION, "{}", "PUT /x");
    response_both_ways::<Body>(
        &REST_XML,
        &OPERATION,
        r#"{"foo":"Foo","value":5}"#,
        "200\ncontent-length: 29\ncontent-type: application/xml\nx-foo: Foo\n\n\
         <Body><value>5</value></Body>",
    );
    // Nothing is modeled, so nothing is sent.
    response_both_ways::<Empty>(&REST_XML, &OPERATION, "{}", "200\ncontent-length: 0");
    response_both_ways::<CorrectedHeader>(
        &REST_XML,
        &OPERATION,
        r#"{"foo":"Foo"}"#,
        "200\ncontent-length: 0\nx-foo: Foo",
    );
}

#[test]
fn payloads() {
    both_ways::<StructurePayload>(
        &REST_XML,
        &OPERATION,
        r#"{"payload":{"greeting":"hi"}}"#,
        "PUT /x\ncontent-length: 40\ncontent-type: application/xml\n\n\
         <Nested><greeting>hi</greeting></Nested>",
    );
    both_ways::<StructurePayload>(
        &REST_XML,
        &OPERATION,
        "{}",
        "PUT /x\ncontent-length: 0\ncontent-type: application/xml",
    );
    both_ways::<UnionPayload>(
        &REST_XML,
        &IN_NAMESPACE,
        r#"{"payload":{"greeting":"hi"}}"#,
        "PUT /x\ncontent-length: 68\ncontent-type: application/xml\n\n\
         <Choice xmlns=\"https://example.com\"><greeting>hi</greeting></Choice>",
    );
    both_ways::<TextPayload>(
        &REST_XML,
        &OPERATION,
        r#"{"payload":"<raw>"}"#,
        "PUT /x\ncontent-length: 5\ncontent-type: text/plain\n\n<raw>",
    );
    let request = Request::put("/x").body(b"<Other/>".to_vec()).unwrap();
    assert!(parsed::<StructurePayload>(&REST_XML, &OPERATION, &request).is_err());
}

#[test]
fn unwrapped_outputs() {
    response_both_ways::<Coded>(
        &REST_XML,
        &UNWRAPPED,
        r#"{"status":200,"value":5}"#,
        "200\ncontent-length: 16\ncontent-type: application/xml\n\n<value>5</value>",
    );
}

fn error() -> ComplexError {
    let mut error = ComplexError::empty();
    error.header = Some("Header".to_owned());
    error.top_level = Some("<top>".to_owned());
    error.message = Some("Hi".to_owned());
    error
}

#[track_caller]
fn errors_both_ways(operation: &OperationSchema, schema: &ErrorSchema, expected: &str) {
    let response = REST_XML.write_error(operation, schema, &error()).unwrap();
    let body = std::str::from_utf8(response.body()).unwrap();
    assert_eq!(body, expected);
    assert_eq!(response.status(), 403);
    assert_eq!(response.headers()["content-type"], "application/xml");
    let head = REST_XML.read_error_head(operation, View::of(&response)).unwrap();
    let meta = head.metadata.build();
    assert_eq!(
        (head.modeled, meta.code(), meta.message()),
        (Some(0), Some("ComplexError"), Some("Hi"))
    );
    let mut found = ComplexError::empty();
    REST_XML.read_error(operation, View::of(&response), &mut found).unwrap();
    assert_eq!(to_json(&found), to_json(&error()));
}

#[test]
fn errors() {
    errors_both_ways(
        &OPERATION,
        &ERRORS[0],
        "<ErrorResponse><Error><Type>Sender</Type><Code>ComplexError</Code><Message>Hi</Message>\
         <TopLevel>&lt;top&gt;</TopLevel><message>Hi</message></Error></ErrorResponse>",
    );
    errors_both_ways(
        &IN_NAMESPACE,
        &ERRORS[0].server(),
        "<Error xmlns=\"https://example.com\"><Type>Receiver</Type><Code>ComplexError</Code><Message>Hi</Message>\
         <TopLevel>&lt;top&gt;</TopLevel><message>Hi</message></Error>",
    );
}

#[test]
fn errors_of_other_senders() {
    let body = b"<ErrorResponse><Error><Type>Sender</Type><Code>Other</Code>\
        <Message>Hi</Message></Error><RequestId>foo-id</RequestId></ErrorResponse>";
    let response = Response::builder().status(400).body(body.to_vec()).unwrap();
    let head = REST_XML.read_error_head(&OPERATION, View::of(&response)).unwrap();
    let meta = head.metadata.build();
    assert_eq!((head.modeled, meta.code(), meta.message()), (None, Some("Other"), Some("Hi")));
    // The answer to a HEAD request has no body.
    let response =
        Response::builder().status(404).header("x-header", "h").body(Vec::new()).unwrap();
    let head = REST_XML.read_error_head(&OPERATION, View::of(&response)).unwrap();
    assert!(head.modeled.is_none() && head.metadata.build().code().is_none());
    let mut found = ComplexError::empty();
    REST_XML.read_error(&OPERATION, View::of(&response), &mut found).unwrap();
    assert_eq!(to_json(&found), r#"{"Header":"h"}"#);
}
