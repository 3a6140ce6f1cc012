//! Two models of one service: what counts as a difference, and what does not.

#![allow(clippy::unwrap_used)]

use tinsmith_model::Model;
use tinsmith_model::compare::{Side, compare};

const SMITHY: &str = r#"{"smithy": "2.0", "shapes": {
    "com.amazonaws.books#BookService": {
        "type": "service", "version": "2020-02-02",
        "operations": [{"target": "com.amazonaws.books#GetBook"}],
        "traits": {
            "aws.api#service": {"sdkId": "Books", "arnNamespace": "books"},
            "aws.auth#sigv4": {"name": "books"},
            "smithy.api#auth": ["aws.auth#sigv4"],
            "aws.protocols#restJson1": {},
            "smithy.api#paginated": {"inputToken": "next", "outputToken": "next"}
        }
    },
    "com.amazonaws.books#GetBook": {
        "type": "operation",
        "input": {"target": "com.amazonaws.books#GetBookRequest"},
        "output": {"target": "com.amazonaws.books#GetBookResponse"},
        "errors": [{"target": "com.amazonaws.books#Lent"}],
        "traits": {
            "smithy.api#http": {"method": "GET", "uri": "/books/{id}"},
            "smithy.api#paginated": {"items": "pages"},
            "smithy.waiters#waitable": {"BookThere": {
                "documentation": "Words.",
                "acceptors": [{"state": "success", "matcher": {"success": true}}],
                "minDelay": 5
            }}
        }
    },
    "com.amazonaws.books#GetBookRequest": {"type": "structure", "members": {
        "id": {"target": "smithy.api#String", "traits": {
            "smithy.api#httpLabel": {}, "smithy.api#required": {},
            "smithy.api#length": {"max": 9}, "smithy.api#pattern": "^[0-9]+$"
        }},
        "next": {"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "next"}}
    }},
    "com.amazonaws.books#GetBookResponse": {"type": "structure", "members": {
        "next": {"target": "smithy.api#String"},
        "pages": {"target": "com.amazonaws.books#Pages", "traits": {"smithy.api#jsonName": "pages"}},
        "kind": {"target": "com.amazonaws.books#Kind"},
        "day": {"target": "smithy.api#Timestamp", "traits": {
            "smithy.api#documentation": "<p>When  it was printed.</p>"
        }}
    }},
    "com.amazonaws.books#Pages": {"type": "list", "member": {"target": "com.amazonaws.books#Page"}},
    "com.amazonaws.books#Page": {"type": "structure", "members": {
        "before": {"target": "com.amazonaws.books#Page"},
        "text": {"target": "smithy.api#String"}
    }},
    "com.amazonaws.books#Kind": {"type": "string", "traits": {"smithy.api#enum": [
        {"value": "PROSE", "name": "PROSE"}, {"value": "VERSE", "name": "VERSE"}
    ]}},
    "com.amazonaws.books#Lent": {"type": "structure", "members": {}, "traits": {
        "smithy.api#error": "client", "smithy.api#httpError": 409
    }}
}}"#;

const BOTOCORE: &str = r#"{
    "metadata": {
        "apiVersion": "2020-02-02", "endpointPrefix": "books", "protocol": "rest-json",
        "serviceId": "Books", "auth": ["aws.auth#sigv4"]
    },
    "operations": {"GetBook": {
        "http": {"method": "GET", "requestUri": "/books/{ID}", "responseCode": 200},
        "input": {"shape": "GetBookRequest"},
        "output": {"shape": "GetBookResponse"},
        "errors": [{"shape": "Lent"}]
    }},
    "shapes": {
        "GetBookRequest": {"type": "structure", "required": ["id"], "members": {
            "id": {"shape": "GetBookRequestIdString", "location": "uri", "locationName": "ID"},
            "next": {"shape": "String", "location": "querystring", "locationName": "next"}
        }},
        "GetBookRequestIdString": {"type": "string", "min": 0, "max": 9, "pattern": "[0-9]+"},
        "GetBookResponse": {"type": "structure", "members": {
            "next": {"shape": "String"},
            "pages": {"shape": "PageList"},
            "kind": {"shape": "Kind"},
            "day": {"shape": "Day", "documentation": "<p>When it was printed.</p>"}
        }},
        "PageList": {"type": "list", "member": {"shape": "Page"}},
        "Page": {"type": "structure", "members": {
            "before": {"shape": "Page"},
            "text": {"shape": "String"}
        }},
        "Kind": {"type": "string", "enum": ["PROSE", "VERSE"]},
        "Lent": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 409}},
        "Day": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
        "String": {"type": "string"}
    }
}"#;

/// The differences as text, but for those that only a file beside botocore's model could prevent.
fn differences(smithy: &str, botocore: &str) -> Vec<String> {
    let first = Model::from_smithy_json("smithy", smithy).unwrap();
    let second = Model::from_botocore_json("botocore", botocore).unwrap();
    let (r, s) = (first.service(None).unwrap(), second.service(None).unwrap());
    let beside = ["smithy.api#paginated", "items", "smithy.waiters#waitable"];
    let found = compare((&first, r), (&second, s));
    let found = found.into_iter().filter(|it| !beside.contains(&it.what) || it.side != Side::First);
    found.map(|difference| difference.to_string()).collect()
}

#[test]
fn the_same_service_is_the_same_in_both_formats() {
    assert_eq!(differences(SMITHY, BOTOCORE), [""; 0]);
}

#[test]
fn a_model_is_the_same_as_itself() {
    let model = Model::from_smithy_json("smithy", SMITHY).unwrap();
    let service = model.service(None).unwrap();
    assert_eq!(compare((&model, service), (&model, service)), []);
}

#[test]
fn each_difference_has_its_place() {
    for (old, new, expected) in [
        (
            "\"Books\", \"auth\"",
            "\"Tomes\", \"auth\"",
            "the service: sdkId is \"Books\" or \"Tomes\"",
        ),
        ("2020-02-02", "2021-02-02", "the service: version is \"2020-02-02\" or \"2021-02-02\""),
        ("\"rest-json\"", "\"rest-xml\"", "the service: protocols is "),
        ("\"GetBook\":", "\"FindBook\":", "FindBook: only the second has operation "),
        ("/books/", "/tomes/", "GetBook: smithy.api#http is "),
        ("[{\"shape\": \"Lent\"}]", "[]", "GetBook: only the first has error Lent"),
        ("409", "410", "Lent: smithy.api#httpError is 409 or 410"),
        ("[\"id\"]", "[]", "GetBook input$id: only the first has smithy.api#required {}"),
        (
            "\"max\": 9",
            "\"max\": 8",
            "GetBook input$id: smithy.api#length is {\"max\":9} or {\"max\":8}",
        ),
        ("unixTimestamp", "iso8601", "GetBook output$day: smithy.api#timestampFormat is "),
        (
            "{\"shape\": \"PageList\"}",
            "{\"shape\": \"PageList\", \"locationName\": \"p\"}",
            "GetBook output$pages: smithy.api#jsonName is \"pages\" or \"p\"",
        ),
        (
            "{\"shape\": \"PageList\"}",
            "{\"shape\": \"Page\"}",
            "GetBook output$pages: type is \"list\" or \"structure\"",
        ),
        ("\"text\": {", "\"line\": {", "Page: only the second has member line"),
        ("\"VERSE\"]", "\"VERSE\", \"DRAMA\"]", "Kind: only the second has value DRAMA"),
        ("\"VERSE\"]", "\"VERSE-\"]", "Kind: only the first has value VERSE"),
        (
            "\"output\": {\"shape\": \"GetBookResponse\"},",
            "",
            "GetBook: only the first has output ",
        ),
        ("printed", "bound", "GetBook output$day: smithy.api#documentation is "),
    ] {
        assert!(BOTOCORE.contains(old), "{old}");
        let found = differences(SMITHY, &BOTOCORE.replacen(old, new, 1));
        assert!(found.iter().any(|it| it.starts_with(expected)), "{expected}\n{found:#?}");
    }
}

#[test]
fn a_type_of_another_name_is_told_but_not_a_list_or_simple_shape() {
    let renamed = BOTOCORE.replace("\"Page\"", "\"Leaf\"");
    assert_eq!(
        differences(SMITHY, &renamed),
        ["GetBook output$pages[]: name is \"Page\" or \"Leaf\""]
    );
}
