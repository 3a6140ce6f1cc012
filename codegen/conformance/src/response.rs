//! Response cases: response → parameters, and round again. It must not know requests.

use http::Response;
use tinsmith_runtime::dynamic::{Answer, AnyOperation, Terms};

use crate::case::HttpCase;
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
    let body = case.body.clone().unwrap_or_default().into_bytes();
    let response = builder.body(body).map_err(|error| vec![error.to_string()])?;
    let mut failures: Vec<String> =
        read(operation, error, case, &response, terms).err().into_iter().collect();
    failures.extend(again(operation, error, case, terms).err());
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// Reads the response and compares what it holds.
fn read(
    operation: &dyn AnyOperation,
    error: Option<&str>,
    case: &HttpCase,
    response: &Response<Vec<u8>>,
    terms: Terms,
) -> Result<(), String> {
    let params = parameters(&case.params);
    let answer = operation
        .response(response, terms)
        .map_err(|error| format!("what was read can't be shown: {error}"))?;
    let normal = match error {
        Some(id) => operation.normal_error(id, params.as_bytes(), terms),
        None => operation.normal_output(params.as_bytes(), terms),
    };
    let normal = normal.map_err(|error| format!("the parameters can't be read: {error}"))?;
    match (error, answer) {
        (None, Answer::Output(found)) => documents(&params, &normal, &found, "the output"),
        (Some(id), Answer::Error(found_id, found)) if id == found_id => {
            documents(&params, &normal, &found, "the error")
        }
        (_, Answer::Output(_)) => Err("expected an error, found an output".to_owned()),
        (_, Answer::Error(id, _)) => Err(format!("found the error {id}")),
        (_, Answer::Unhandled(code, text)) => Err(format!("unhandled: code {code:?}: {text}")),
    }
}

/// Writes the response from its parameters as a service would, and reads that.
fn again(
    operation: &dyn AnyOperation,
    error: Option<&str>,
    case: &HttpCase,
    terms: Terms,
) -> Result<(), String> {
    let params = parameters(&case.params);
    let written = match error {
        Some(id) => operation.write_error(id, params.as_bytes(), terms),
        None => operation.write_response(params.as_bytes(), terms),
    };
    let written = written.map_err(|error| format!("the response can't be written: {error}"))?;
    read(operation, error, case, &written, terms)
        .map_err(|failure| format!("written and read again: {failure}"))
}
