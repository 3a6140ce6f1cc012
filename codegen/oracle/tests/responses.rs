//! The same response gives the same value, or the same kind of error.

mod bodies;

use bodies::{Body, any_body, damage, jobs_body};
use generated::operation::Operation;
use generated::operation::list_forecast_export_jobs as ours;
use official::operation::list_forecast_export_jobs as theirs;
use proptest::prelude::*;
use tinsmith_oracle::{Official, official_response};

fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> http::Response<Vec<u8>> {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.to_vec()).expect("a valid response")
}

/// What can be compared of a result: the value's text, or the error's kind, text and metadata.
#[derive(Debug, PartialEq)]
enum Seen {
    Value(String),
    Modeled(String, String),
    /// With code, message and request ID. An error without a code has none of them in the official
    /// crate, which drops them; the generated crate keeps what there is.
    Unhandled(String, Option<[Option<String>; 3]>),
}

fn unhandled(text: &str, meta: &aws_smithy_types::error::ErrorMetadata) -> Seen {
    let parts = [meta.code(), meta.message(), meta.extra("aws_request_id")];
    Seen::Unhandled(text.to_owned(), meta.code().map(|_| parts.map(|part| part.map(str::to_owned))))
}

#[allow(deprecated)]
fn ours(response: &http::Response<Vec<u8>>) -> Seen {
    use ours::ListForecastExportJobsError as Error;
    match ours::ListForecastExportJobs::response(response) {
        Ok(output) => Seen::Value(format!("{output:?}")),
        Err(error @ Error::Unhandled(_)) => unhandled(&error.to_string(), error.meta()),
        Err(error) => Seen::Modeled(format!("{error:?}"), error.to_string()),
    }
}

#[allow(deprecated)]
fn theirs(response: &http::Response<Vec<u8>>) -> Seen {
    use theirs::ListForecastExportJobsError as Error;
    let official = Official::of(&theirs::ListForecastExportJobs::new());
    match official.parse::<theirs::ListForecastExportJobsOutput>(&official_response(response)) {
        Ok(output) => Seen::Value(format!("{output:?}")),
        Err(failure) => match failure.error::<Error>() {
            error @ Error::Unhandled(_) => unhandled(&error.to_string(), error.meta()),
            error => Seen::Modeled(format!("{error:?}"), error.to_string()),
        },
    }
}

fn assert_same(response: &http::Response<Vec<u8>>) -> Seen {
    let (ours, theirs) = (ours(response), theirs(response));
    assert_eq!(ours, theirs, "body: {}", String::from_utf8_lossy(response.body()));
    ours
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Missing and unknown members, nulls, escapes, keys in any order, white space.
    #[test]
    fn outputs(body in jobs_body(), id in prop::option::of("[a-z0-9-]{1,36}")) {
        let headers: Vec<_> = id.iter().map(|id| ("x-amzn-requestid", id.as_str())).collect();
        let seen = assert_same(&response(200, &headers, body.as_bytes()));
        prop_assert!(matches!(seen, Seen::Value(_)), "{seen:?}");
    }

    /// Values of other types than the model's, anywhere.
    #[test]
    fn outputs_of_any_shape(body in any_body()) {
        assert_same(&response(200, &[], body.as_bytes()));
    }

    /// Truncated bodies, flipped bytes, inserted bytes.
    #[test]
    fn damaged_outputs(body in jobs_body(), damage in damage()) {
        assert_same(&response(200, &[], &damage.apply(body.as_bytes())));
    }

    /// Errors with the code in the header or body, plain, with namespace, with a URL.
    #[test]
    fn errors(
        header in prop::option::of(code()),
        body_code in prop::option::of((prop_oneof![Just("__type"), Just("code")], code())),
        message in prop::option::of((prop_oneof![
            Just("message"), Just("Message"), Just("errorMessage"), Just("mesage")
        ], "[ -~é]{0,20}")),
        status in prop_oneof![Just(400_u16), Just(500), Just(503), Just(302), Just(404)],
        truncate in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut entries = serde_json::Map::new();
        if let Some((key, code)) = body_code {
            entries.insert(key.to_owned(), code.into());
        }
        if let Some((key, text)) = message {
            entries.insert(key.to_owned(), text.into());
        }
        let mut body = serde_json::Value::Object(entries).to_string();
        if let Some(index) = truncate {
            let mut at = index.index(body.len());
            while !body.is_char_boundary(at) { at -= 1; }
            body.truncate(at);
        }
        let mut headers = vec![("x-amzn-requestid", "id-1")];
        if let Some(code) = &header {
            headers.push(("x-amzn-errortype", code));
        }
        assert_same(&response(status, &headers, body.as_bytes()));
    }
}

fn code() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("InvalidInputException"),
        Just("InvalidNextTokenException"),
        Just("ThrottlingException"),
        Just("invalidinputexception"),
        Just(""),
    ];
    let (prefix, suffix) = (
        prop_oneof![Just(""), Just("com.amazonaws.forecast#"), Just("a#b#")],
        prop_oneof![Just(""), Just(":http://internal.example.com/coral/"), Just("#:")],
    );
    (prefix, name, suffix).prop_map(|(prefix, name, suffix)| format!("{prefix}{name}{suffix}"))
}

/// Cases that a person would think of.
#[test]
fn named_cases() {
    let html = b"<html><body>503 Service Unavailable</body></html>";
    let cases: &[(u16, &[u8])] = &[
        (200, b""),
        (200, b"{}"),
        (200, b" {} "),
        (200, b"null"),
        (200, b"[]"),
        (200, html),
        (200, br#"{"ForecastExportJobs":[null]}"#),
        (200, br#"{"ForecastExportJobs":null,"NextToken":null}"#),
        (200, br#"{"ForecastExportJobs":[{"Destination":{}}]}"#),
        (200, br#"{"ForecastExportJobs":[{"Destination":{"S3Config":null}}]}"#),
        (200, br#"{"ForecastExportJobs":[{"Destination":{"S3Config":{"Path":null}}}]}"#),
        (200, br#"{"NextToken":"a"}{"NextToken":"b"}"#),
        (200, br#"{"NextToken":"a",}"#),
        (200, br#"{"NextToken":"a","NextToken":"b"}"#),
        (200, br#"{"NextToken":"a","NextToken":null}"#),
        (200, br#"{"NextToken":1}"#),
        (200, br#"{"NextToken":"\ud800"}"#),
        (200, br#"{"Unknown":"\ud800","NextToken":"b"}"#),
        (200, b"{\"NextToken\":\"\xff\"}"),
        (200, b"{\"Unknown\":\"\xff\"}"),
        (200, br#"{"ForecastExportJobs":[{"CreationTime":1690000000.123}]}"#),
        (200, br#"{"ForecastExportJobs":[{"CreationTime":-0.5}]}"#),
        (200, br#"{"ForecastExportJobs":[{"CreationTime":1e400}]}"#),
        (200, br#"{"ForecastExportJobs":[{"CreationTime":"NaN"}]}"#),
        (200, br#"{"ForecastExportJobs":[{"CreationTime":"2023-01-01T00:00:00Z"}]}"#),
        (200, br#"{"ForecastExportJobs":[{"CreationTime":18446744073709551616}]}"#),
        (204, b""),
        (302, html),
        (400, b""),
        (400, b"{}"),
        (400, html),
        (503, html),
        (400, br#"{"__type":"InvalidInputException"}"#),
        (400, br#"{"__type":"InvalidInputException","message":"a","Message":"b"}"#),
        (400, br#"{"__type":"InvalidInputException","Message":null,"message":"a"}"#),
        (400, br#"{"__type":"InvalidInputException","Message":7,"message":"a"}"#),
        (400, br#"{"__type":"x#InvalidNextTokenException:http://e"}"#),
        (400, br#"{"__type":"InvalidInputException","extra":{"a":[1,2,{}]}}"#),
        (400, br#"[1,2]"#),
        (400, br#""InvalidInputException""#),
        (400, br#"{"__type":"InvalidInputException"} trailing"#),
    ];
    for (status, body) in cases {
        assert_same(&response(*status, &[("x-amz-request-id", "id")], body));
    }
}

/// What servers write is read by both.
#[test]
fn written_responses_are_read() {
    let body = Body::example(3).to_string();
    let response = response(200, &[], body.as_bytes());
    let output = ours::ListForecastExportJobs::response(&response).unwrap();
    let written = ours::ListForecastExportJobs::write_response(&output).unwrap();
    assert_eq!(assert_same(&written), ours(&response));

    let error = generated::types::error::InvalidInputException::builder().message("no").build();
    let error = ours::ListForecastExportJobsError::InvalidInputException(error);
    let written = ours::ListForecastExportJobs::write_error(&error).unwrap();
    assert_eq!(written.status(), 400);
    assert!(matches!(assert_same(&written), Seen::Modeled(..)));
}
