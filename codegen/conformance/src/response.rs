//! Response cases: response → parameters, and round again. It must not know requests.

use http::Response;
use serde_json::Value;
use tinsmith_runtime::dynamic::{Answer, AnyOperation, Terms};
use tinsmith_runtime::{Error, ErrorMetadata};

use crate::assumed;
use crate::case::{Case, HttpCase, Kind, MapNames};
use crate::compare::{bytes, difference, same_response};
use crate::request::{documents, parameters};

/// What a case is about: the operation's output, or one of its errors.
#[derive(Clone, Copy)]
struct Subject<'a> {
    operation: &'a dyn AnyOperation,
    /// The error's shape ID.
    error: Option<&'a str>,
    case: &'a HttpCase,
    terms: Terms,
}

pub(crate) fn run(
    operation: &dyn AnyOperation,
    of: &Case,
    terms: Terms,
) -> Result<(), Vec<String>> {
    let case = &of.case;
    let error = match &of.kind {
        Kind::Error(id) => Some(id.as_str()),
        _ => None,
    };
    let subject = Subject { operation, error, case, terms };
    let mut builder = Response::builder().status(case.code);
    for (name, value) in &case.headers {
        builder = builder.header(name, value);
    }
    let body = case.body.as_deref().unwrap_or_default();
    let body = bytes(case.body_media_type.as_deref(), body).map_err(|failure| vec![failure])?;
    let response = builder.body(body).map_err(|error| vec![error.to_string()])?;
    let Found { mut failures, difference, .. } = subject.read(&response);
    failures.extend(difference);
    failures.extend(subject.again(&of.maps));
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// What a response was found to hold.
#[derive(Default)]
struct Found {
    document: Vec<u8>,
    /// How the document differs from the parameters.
    difference: Option<String>,
    /// All else that is wrong.
    failures: Vec<String>,
}

impl Found {
    fn failure(failure: String) -> Self {
        Self { failures: vec![failure], ..Self::default() }
    }
}

impl Subject<'_> {
    /// Reads the response and compares what it holds.
    fn read(&self, response: &Response<Vec<u8>>) -> Found {
        let Self { operation, error, case, terms } = *self;
        let params = parameters(&case.params);
        let answer = match operation.response(response, terms) {
            Ok(answer) => answer,
            Err(error) => return Found::failure(format!("what was read can't be shown: {error}")),
        };
        let normal = match error {
            Some(id) => operation.normal_error(id, params.as_bytes(), terms),
            None => operation.normal_output(params.as_bytes(), terms),
        };
        let normal = match normal {
            Ok(normal) => normal,
            Err(error) => return Found::failure(format!("the parameters can't be read: {error}")),
        };
        match (error, answer) {
            (None, Answer::Output(document)) => Found {
                difference: documents(&params, &normal, &document, "the output").err(),
                failures: assumed::of_message(case),
                document,
            },
            (Some(expected), Answer::Error { id, meta, document }) if id == expected => {
                let document = without_message(&case.params, &meta, document);
                Found {
                    difference: documents(&params, &normal, &document, "the error").err(),
                    failures: assumed::of_error(case, &meta),
                    document,
                }
            }
            (expected, answer) => {
                let expected =
                    expected.map_or("an output".to_owned(), |id| format!("the error {id}"));
                let what = "the response is taken for something else";
                Found::failure(difference(what, &expected, &shown(&answer)))
            }
        }
    }

    /// Writes the response from its parameters as a service would, and reads that. What isn't on the wire
    /// can't be read: then what was read must make the same response.
    fn again(&self, maps: &[MapNames]) -> Vec<String> {
        let params = parameters(&self.case.params);
        let written = match self.write(params.as_bytes()) {
            Ok(written) => written,
            Err(error) => return vec![format!("the response can't be written: {error}")],
        };
        let Found { document, difference, mut failures } = self.read(&written);
        let again = |document: &[u8]| {
            self.write(document).is_ok_and(|again| same_response(&written, &again, maps))
        };
        failures.extend(difference.filter(|_| !again(&document)));
        failures.into_iter().map(|failure| format!("written and read again: {failure}")).collect()
    }

    fn write(&self, document: &[u8]) -> Result<Response<Vec<u8>>, Error> {
        match self.error {
            Some(id) => self.operation.write_error(id, document, self.terms),
            None => self.operation.write_response(document, self.terms),
        }
    }
}

/// The error without its message, if that is no member of the model: generated errors always have one.
fn without_message(params: &Value, meta: &ErrorMetadata, document: Vec<u8>) -> Vec<u8> {
    let Ok(Value::Object(mut error)) = serde_json::from_slice(&document) else { return document };
    let known = params.get("message").or_else(|| params.get("Message")).is_some();
    if !known && error.get("message").and_then(Value::as_str) == meta.message() {
        error.remove("message");
    }
    Value::Object(error).to_string().into_bytes()
}

fn shown(answer: &Answer) -> String {
    let text = String::from_utf8_lossy;
    match answer {
        Answer::Output(document) => format!("an output: {}", text(document)),
        Answer::Error { id, document, .. } => format!("the error {id}: {}", text(document)),
        Answer::Unhandled(code, cause) => format!("an unhandled error, code {code:?}: {cause}"),
    }
}
