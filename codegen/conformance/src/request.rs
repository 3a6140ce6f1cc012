//! Request cases: parameters → request, and back. It must not know responses.

use http::Request;
use serde_json::Value;
use tinsmith_runtime::dynamic::{AnyOperation, Terms};

use crate::case::HttpCase;
use crate::compare::{body, covers, difference, same};

pub(crate) fn run(
    operation: &dyn AnyOperation,
    case: &HttpCase,
    terms: Terms,
) -> Result<(), Vec<String>> {
    let params = parameters(&case.params);
    let request = operation
        .request(params.as_bytes(), terms)
        .map_err(|error| vec![format!("the request can't be made: {error}")])?;
    let mut failures = Vec::new();
    failures.extend(line(case, &request));
    failures.extend(headers(case, request.headers()));
    failures.extend(host(operation, case, &params, terms));
    if let Some(expected) = &case.body {
        failures.extend(body(case.body_media_type.as_deref(), expected, request.body()).err());
    }
    failures.extend(back(operation, &params, &request, terms).err());
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// The parameters as text; none are none.
pub(crate) fn parameters(params: &Value) -> String {
    if params.is_null() { "{}".to_owned() } else { params.to_string() }
}

/// Method, path and query.
fn line(case: &HttpCase, request: &Request<Vec<u8>>) -> Vec<String> {
    let mut failures = Vec::new();
    if request.method() != case.method.as_str() {
        failures.push(difference("the method differs", &case.method, request.method().as_str()));
    }
    // A host may come with a path, which goes before the operation's.
    let base = case.host.as_deref().and_then(|host| host.split_once('/')).map(|(_, path)| path);
    let path = match base {
        Some(base) => format!("/{}{}", base.trim_end_matches('/'), request.uri().path()),
        None => request.uri().path().to_owned(),
    };
    if path != case.uri {
        failures.push(difference("the path differs", &case.uri, &path));
    }
    let query = request.uri().query().unwrap_or_default();
    let mut found: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    for expected in &case.query_params {
        match found.iter().position(|pair| pair == expected) {
            Some(position) => drop(found.remove(position)),
            None => failures.push(difference("a query parameter is missing", expected, query)),
        }
    }
    let has = |name: &String| query.split('&').any(|pair| pair.split('=').next() == Some(name));
    for name in case.forbid_query_params.iter().filter(|name| has(name)) {
        failures.push(format!("the query has `{name}`, which is forbidden: {query}"));
    }
    for name in case.require_query_params.iter().filter(|name| !has(name)) {
        failures.push(format!("the query lacks `{name}`: {query}"));
    }
    failures
}

/// Headers of a request or response.
pub(crate) fn headers(case: &HttpCase, headers: &http::HeaderMap) -> Vec<String> {
    let mut failures = Vec::new();
    for (name, expected) in &case.headers {
        let values: Vec<&str> =
            headers.get_all(name.as_str()).iter().filter_map(|value| value.to_str().ok()).collect();
        let found = values.join(", ");
        if values.is_empty() || found != *expected {
            failures.push(difference(&format!("the header {name} differs"), expected, &found));
        }
    }
    for name in case.forbid_headers.iter().filter(|name| headers.contains_key(name.as_str())) {
        failures.push(format!("the header {name} is forbidden"));
    }
    for name in case.require_headers.iter().filter(|name| !headers.contains_key(name.as_str())) {
        failures.push(format!("the header {name} is missing"));
    }
    failures
}

/// The host, which the operation may put a prefix before.
fn host(
    operation: &dyn AnyOperation,
    case: &HttpCase,
    params: &str,
    terms: Terms,
) -> Option<String> {
    let (host, expected) = (case.host.as_ref()?, case.resolved_host.as_ref()?);
    let found = match operation.host_prefix(params.as_bytes(), terms) {
        Ok(prefix) => format!("{}{host}", prefix.unwrap_or_default()),
        Err(error) => return Some(format!("the host prefix can't be made: {error}")),
    };
    (found != *expected).then(|| difference("the host differs", expected, &found))
}

/// The request read back to its parameters.
fn back(
    operation: &dyn AnyOperation,
    params: &str,
    request: &Request<Vec<u8>>,
    terms: Terms,
) -> Result<(), String> {
    let found = operation
        .parse_request(request, terms)
        .map_err(|error| format!("the request can't be read back: {error}"))?;
    let normal = operation
        .normal_input(params.as_bytes(), terms)
        .map_err(|error| format!("the parameters can't be read: {error}"))?;
    documents(params, &normal, &found, "the request read back")
}

/// Whether a document is the expected one, which is given as it is and as it reads.
pub(crate) fn documents(
    params: &str,
    normal: &[u8],
    found: &[u8],
    what: &str,
) -> Result<(), String> {
    let parse = |text: &[u8]| serde_json::from_slice::<Value>(text).unwrap_or(Value::Null);
    let (normal, found) = (parse(normal), parse(found));
    let params = parse(params.as_bytes());
    if same(&normal, &found) && covers(&found, &params) {
        return Ok(());
    }
    Err(difference(&format!("{what} differs"), &params.to_string(), &found.to_string()))
}
