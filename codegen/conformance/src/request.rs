//! Request cases: parameters → request, and back. It must not know responses.

use http::{Request, Uri};
use serde_json::Value;
use tinsmith_runtime::dynamic::{AnyOperation, Terms};

use crate::assumed;
use crate::case::{Case, HttpCase};
use crate::compare::{body, covers, difference, headers, query, same, same_request};

pub(crate) fn run(
    operation: &dyn AnyOperation,
    of: &Case,
    terms: Terms,
) -> Result<(), Vec<String>> {
    let case = &of.case;
    let params = parameters(&case.params);
    let request = operation
        .request(params.as_bytes(), terms)
        .map_err(|error| vec![format!("the request can't be made: {error}")])?;
    let mut failures = assumed::of_message(case);
    failures.extend(line(case, &request));
    failures.extend(headers(case, request.headers()));
    let host = host(operation, case, &params, terms);
    if let (Ok(Some(found)), Some(expected)) = (&host, &case.resolved_host)
        && found != expected
    {
        failures.push(difference("the host differs", expected, found));
    }
    if let Some(expected) = &case.body {
        let media_type = case.body_media_type.as_deref();
        failures.extend(body(media_type, expected, request.body(), &of.maps).err());
    }
    match host {
        Ok(host) => {
            let back = with_host(host, request).and_then(|it| back(operation, of, &it, terms));
            failures.extend(back.err());
        }
        Err(failure) => failures.push(failure),
    }
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
    failures.extend(query(case, request.uri().query().unwrap_or_default()));
    failures
}

/// The host, if the case has one: the operation may put a prefix before it, or name another one.
fn host(
    operation: &dyn AnyOperation,
    case: &HttpCase,
    params: &str,
    terms: Terms,
) -> Result<Option<String>, String> {
    let Some(host) = &case.host else {
        return match &case.resolved_host {
            Some(expected) => Err(format!("resolvedHost {expected} without a host to make it of")),
            None => Ok(None),
        };
    };
    let host = host.split('/').next().unwrap_or_default();
    let endpoint = operation
        .endpoint(params.as_bytes(), terms)
        .map_err(|error| format!("the endpoint can't be made: {error}"))?;
    let host = endpoint.as_ref().and_then(http::Uri::host).unwrap_or(host);
    let prefix = operation
        .host_prefix(params.as_bytes(), terms)
        .map_err(|error| format!("the host prefix can't be made: {error}"))?;
    Ok(Some(format!("{}{host}", prefix.unwrap_or_default())))
}

/// The request as a service sees it.
fn with_host(
    host: Option<String>,
    mut request: Request<Vec<u8>>,
) -> Result<Request<Vec<u8>>, String> {
    if let Some(host) = host {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let uri = Uri::builder().scheme("https").authority(host).path_and_query(path).build();
        *request.uri_mut() = uri.map_err(|error| format!("the host can't be one: {error}"))?;
    }
    Ok(request)
}

/// The request read back to its parameters. What isn't on the wire can't be read: then what was read must make
/// the same request.
fn back(
    operation: &dyn AnyOperation,
    of: &Case,
    request: &Request<Vec<u8>>,
    terms: Terms,
) -> Result<(), String> {
    let params = parameters(&of.case.params);
    let found = operation
        .parse_request(request, terms)
        .map_err(|error| format!("the request can't be read back: {error}"))?;
    let normal = operation
        .normal_input(params.as_bytes(), terms)
        .map_err(|error| format!("the parameters can't be read: {error}"))?;
    let failure = match documents(&params, &normal, &found, "the request read back") {
        Ok(()) => return Ok(()),
        Err(failure) => failure,
    };
    match operation.request(&found, terms) {
        Ok(again) if same_request(request, &again, &of.maps) => Ok(()),
        _ => Err(failure),
    }
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
