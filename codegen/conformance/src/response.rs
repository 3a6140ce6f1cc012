//! Response cases: response → parameters, and round again. It must not know requests.

use http::Response;
use tinsmith_runtime::dynamic::{Answer, AnyOperation, Terms};

use crate::assumed;
use crate::case::HttpCase;
use crate::compare::{bytes, difference};
use crate::request::{documents, parameters};

pub(crate) fn run(
    operation: &dyn AnyOperation,
    error: Option<&str>,
    case: &HttpCase,
    terms: Terms,
) -> Result<(), Vec<String>> {
    let mut builder = Response::builder().status(case.code);
    for (name, value) in &case.headers {
        builder = builder.header(name, value);
    }
    let body = case.body.as_deref().unwrap_or_default();
    let body = bytes(case.body_media_type.as_deref(), body).map_err(|failure| vec![failure])?;
    let response = builder.body(body).map_err(|error| vec![error.to_string()])?;
    let mut failures = read(operation, error, case, &response, terms);
    failures.extend(again(operation, error, case, terms));
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// Reads the response and compares what it holds.
fn read(
    operation: &dyn AnyOperation,
    error: Option<&str>,
    case: &HttpCase,
    response: &Response<Vec<u8>>,
    terms: Terms,
) -> Vec<String> {
    let params = parameters(&case.params);
    let answer = match operation.response(response, terms) {
        Ok(answer) => answer,
        Err(error) => return vec![format!("what was read can't be shown: {error}")],
    };
    let normal = match error {
        Some(id) => operation.normal_error(id, params.as_bytes(), terms),
        None => operation.normal_output(params.as_bytes(), terms),
    };
    let normal = match normal {
        Ok(normal) => normal,
        Err(error) => return vec![format!("the parameters can't be read: {error}")],
    };
    match (error, answer) {
        (None, Answer::Output(found)) => {
            let mut failures = assumed::of_message(case);
            failures.extend(documents(&params, &normal, &found, "the output").err());
            failures
        }
        (Some(expected), Answer::Error { id, meta, document }) if id == expected => {
            let mut failures = assumed::of_error(case, &meta);
            failures.extend(documents(&params, &normal, &document, "the error").err());
            failures
        }
        (expected, answer) => {
            let expected = expected.map_or("an output".to_owned(), |id| format!("the error {id}"));
            let found = match answer {
                Answer::Output(document) => {
                    format!("an output: {}", String::from_utf8_lossy(&document))
                }
                Answer::Error { id, document, .. } => {
                    format!("the error {id}: {}", String::from_utf8_lossy(&document))
                }
                Answer::Unhandled(code, text) => {
                    format!("an unhandled error, code {code:?}: {text}")
                }
            };
            vec![difference("the response is taken for something else", &expected, &found)]
        }
    }
}

/// Writes the response from its parameters as a service would, and reads that.
fn again(
    operation: &dyn AnyOperation,
    error: Option<&str>,
    case: &HttpCase,
    terms: Terms,
) -> Vec<String> {
    let params = parameters(&case.params);
    let written = match error {
        Some(id) => operation.write_error(id, params.as_bytes(), terms),
        None => operation.write_response(params.as_bytes(), terms),
    };
    let written = match written {
        Ok(written) => written,
        Err(error) => return vec![format!("the response can't be written: {error}")],
    };
    let failures = read(operation, error, case, &written, terms);
    failures.into_iter().map(|failure| format!("written and read again: {failure}")).collect()
}
