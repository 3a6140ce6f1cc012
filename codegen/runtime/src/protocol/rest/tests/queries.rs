//! Queries that can't do without a member, and queries in a document's place.

use super::shapes::*;
use super::{message, request, shown};
use crate::protocol::REST_JSON_1;
use crate::service::OperationSchema;

#[test]
fn parameters_that_a_query_needs() {
    static OPERATION: OperationSchema = operation("GET", "/q", 200);
    for (input, expected) in [
        (r#"{"text":"a","list":["b"]}"#, Ok("GET /q?Text=a&List=b")),
        (r#"{"text":"a","list":[]}"#, Ok("GET /q?Text=a")),
        (r#"{"text":"","list":["b"]}"#, Err("text")),
        (r#"{"list":["b"]}"#, Err("text")),
        (r#"{"text":"a"}"#, Err("list")),
    ] {
        match expected {
            Ok(expected) => {
                let request = request::<Must>(&REST_JSON_1, &OPERATION, input).unwrap();
                assert_eq!(shown(&request), expected);
            }
            Err(member) => assert_eq!(
                message(request::<Must>(&REST_JSON_1, &OPERATION, input)),
                format!(
                    "{member}: the query can't do without it: set it, to a text that isn't empty"
                )
            ),
        }
    }
}

/// As requests are that are signed ahead.
#[test]
fn documents_in_a_query() {
    static BODY: OperationSchema = operation("PUT", "/b?z", 200).in_query();
    static NESTED: OperationSchema = operation("POST", "/n", 200).in_query();
    for (input, expected) in [
        (
            r#"{"foo":"Foo","value":5,"renamed":"a&b"}"#,
            "GET /b?z&value=5&renamed=a%26b\nx-foo: Foo",
        ),
        ("{}", "GET /b?z"),
    ] {
        assert_eq!(shown(&request::<Body>(&REST_JSON_1, &BODY, input).unwrap()), expected);
    }
    let nested = request::<Nested>(&REST_JSON_1, &NESTED, r#"{"greeting":"hi"}"#).unwrap();
    assert_eq!(shown(&nested), "GET /n?greeting=hi");
}
