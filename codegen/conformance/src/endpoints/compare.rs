//! An endpoint, or an error, beside what a case expects. It must not know how either came about.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::Document;
use aws_smithy_types::Number;
use aws_smithy_types::endpoint::Endpoint;
use serde_json::Value;

use super::case::{Expectation, ExpectedEndpoint};

/// What differs, if anything does.
pub(super) fn difference(
    expected: &Expectation,
    found: &Result<Endpoint, BoxError>,
) -> Option<String> {
    let (expected, found) = match (expected, found) {
        (Expectation::Error(expected), Err(found)) => (expected.clone(), found.to_string()),
        (Expectation::Endpoint(expected), Ok(found)) => (shown(expected), shown(&of(found))),
        (Expectation::Error(expected), Ok(found)) => {
            (format!("the error: {expected}"), shown(&of(found)))
        }
        (Expectation::Endpoint(expected), Err(found)) => {
            (shown(expected), format!("the error: {found}"))
        }
    };
    (expected != found).then(|| format!("expected {expected}\nfound    {found}"))
}

fn shown(endpoint: &ExpectedEndpoint) -> String {
    let ExpectedEndpoint { url, headers, properties } = endpoint;
    let mut text = url.clone();
    if !headers.is_empty() {
        text.push_str(&format!(" headers {headers:?}"));
    }
    if !properties.is_empty() {
        text.push_str(&format!(" properties {}", sorted(&Value::Object(properties.clone()))));
    }
    text
}

/// The value with the members of objects in order: that of a model's is its author's, that of ours a hash map's.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        plain => plain.clone(),
    }
}

/// The endpoint as cases write it.
fn of(endpoint: &Endpoint) -> ExpectedEndpoint {
    let headers = endpoint.headers().map(|(name, values)| {
        (name.to_owned(), values.map(str::to_owned).collect::<Vec<String>>())
    });
    let mut properties: serde_json::Map<_, _> = endpoint
        .properties()
        .iter()
        .map(|(name, value)| (name.clone().into_owned(), json(value)))
        .collect();
    if !endpoint.auth_schemes().is_empty() {
        let schemes = endpoint.auth_schemes().iter().map(|scheme| json(&scheme.as_document()));
        properties.insert("authSchemes".to_owned(), schemes.collect());
    }
    ExpectedEndpoint { url: endpoint.url().to_owned(), headers: headers.collect(), properties }
}

fn json(document: &Document) -> Value {
    match document {
        Document::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), json(value))).collect()
        }
        Document::Array(items) => items.iter().map(json).collect(),
        Document::Number(Number::PosInt(number)) => (*number).into(),
        Document::Number(Number::NegInt(number)) => (*number).into(),
        Document::Number(Number::Float(number)) => (*number).into(),
        Document::String(text) => text.as_str().into(),
        Document::Bool(value) => (*value).into(),
        Document::Null => Value::Null,
    }
}
