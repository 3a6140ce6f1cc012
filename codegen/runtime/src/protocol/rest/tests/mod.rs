//! HTTP bindings on hand-written shapes, both directions. The expectations are those of the Smithy
//! protocol tests, where these have the case.

mod properties;
mod queries;
mod requests;
mod responses;
mod shapes;
#[cfg(feature = "xml")]
mod xml;

use http::{Request, Response};

use crate::codec::json::{self, Settings};
use crate::error::Error;
use crate::operation::{RequestView, View};
use crate::protocol::Protocol;
use crate::service::OperationSchema;
use crate::value::{Structure, Value};

/// A structure from a JSON document of its members, blobs as text.
fn from_json<T: Structure + Value>(document: &str) -> T {
    let mut value = T::empty();
    json::read(document.as_bytes(), Settings::TEST_PARAMETERS, &mut value).unwrap();
    value
}

/// The document of a structure.
fn to_json(value: &dyn Structure) -> String {
    String::from_utf8(json::write(value, Settings::TEST_PARAMETERS).unwrap()).unwrap()
}

fn view(request: &Request<Vec<u8>>) -> RequestView<'_> {
    RequestView {
        method: request.method(),
        uri: request.uri(),
        headers: request.headers(),
        body: request.body(),
    }
}

/// What a request looks like: method and URI, headers sorted, and the body if there is one.
fn shown(request: &Request<Vec<u8>>) -> String {
    let mut text = format!("{} {}", request.method(), request.uri());
    text.push_str(&lines(request.headers(), request.body()));
    text
}

fn shown_response(response: &Response<Vec<u8>>) -> String {
    let mut text = response.status().as_u16().to_string();
    text.push_str(&lines(response.headers(), response.body()));
    text
}

fn lines(headers: &http::HeaderMap, body: &[u8]) -> String {
    let mut names: Vec<_> = headers.keys().collect();
    names.sort_by_key(|name| name.as_str());
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        let fields = headers.get_all(name).iter().map(|field| field.to_str().unwrap());
        lines.push(format!("\n{name}: {}", fields.collect::<Vec<_>>().join(", ")));
    }
    if !body.is_empty() {
        lines.push(format!("\n\n{}", std::str::from_utf8(body).unwrap()));
    }
    lines.concat()
}

/// What an error says.
fn message<T>(result: Result<T, Error>) -> String {
    result.err().unwrap().to_string()
}

/// The request of this input.
fn request<T: Structure + Value>(
    protocol: &dyn Protocol,
    operation: &OperationSchema,
    input: &str,
) -> Result<Request<Vec<u8>>, Error> {
    protocol.request(operation, &from_json::<T>(input))
}

/// Expects this request of this input, and the same input of the request.
#[track_caller]
fn both_ways<T: Structure + Value>(
    protocol: &dyn Protocol,
    operation: &OperationSchema,
    input: &str,
    expected: &str,
) {
    let request = request::<T>(protocol, operation, input).unwrap();
    assert_eq!(shown(&request), expected);
    let mut parsed = T::empty();
    protocol.parse_request(operation, view(&request), &mut parsed).unwrap();
    assert_eq!(to_json(&parsed), input);
}

/// The input of a request.
fn parsed<T: Structure + Value>(
    protocol: &dyn Protocol,
    operation: &OperationSchema,
    request: &Request<Vec<u8>>,
) -> Result<String, Error> {
    let mut input = T::empty();
    protocol.parse_request(operation, view(request), &mut input)?;
    Ok(to_json(&input))
}

/// The output of a response.
fn output<T: Structure + Value>(
    protocol: &dyn Protocol,
    operation: &OperationSchema,
    response: &Response<Vec<u8>>,
) -> Result<String, Error> {
    let mut output = T::empty();
    protocol.read_output(operation, View::of(response), &mut output)?;
    Ok(to_json(&output))
}

/// Expects this response of this output, and the same output of the response.
#[track_caller]
fn response_both_ways<T: Structure + Value>(
    protocol: &dyn Protocol,
    operation: &OperationSchema,
    document: &str,
    expected: &str,
) {
    let response = protocol.write_response(operation, &from_json::<T>(document)).unwrap();
    assert_eq!(shown_response(&response), expected);
    assert_eq!(output::<T>(protocol, operation, &response).unwrap(), document);
}
