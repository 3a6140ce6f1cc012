//! Whether two messages are the same on the wire, but for the order of what has none. It must not know what
//! they are about.

use std::collections::BTreeMap;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Request, Response, Uri};

use super::bodies;
use crate::case::MapNames;

pub(crate) fn same_request(a: &Request<Vec<u8>>, b: &Request<Vec<u8>>, maps: &[MapNames]) -> bool {
    a.method() == b.method()
        && same_uri(a.uri(), b.uri())
        && same_headers(a.headers(), b.headers())
        && same_body(a.headers(), a.body(), b.body(), maps)
}

pub(crate) fn same_response(
    a: &Response<Vec<u8>>,
    b: &Response<Vec<u8>>,
    maps: &[MapNames],
) -> bool {
    a.status() == b.status()
        && same_headers(a.headers(), b.headers())
        && same_body(a.headers(), a.body(), b.body(), maps)
}

/// Parameters of the same name have an order among themselves.
fn same_uri(a: &Uri, b: &Uri) -> bool {
    let query = |uri: &'_ Uri| {
        let mut pairs: Vec<String> =
            uri.query().unwrap_or_default().split('&').map(str::to_owned).collect();
        // The sort is stable.
        pairs.sort_by(|a, b| a.split('=').next().cmp(&b.split('=').next()));
        pairs
    };
    a.path() == b.path() && query(a) == query(b)
}

fn same_headers(a: &HeaderMap, b: &HeaderMap) -> bool {
    let values = |headers: &HeaderMap| -> BTreeMap<String, Vec<HeaderValue>> {
        let of = |name| headers.get_all(name).iter().cloned().collect();
        headers.keys().map(|name| (name.to_string(), of(name))).collect()
    };
    values(a) == values(b)
}

fn same_body(headers: &HeaderMap, a: &[u8], b: &[u8], maps: &[MapNames]) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    // AWS JSON has a media type of its own for each of its versions.
    let media_type =
        media_type.map(|it| if it.contains("-json-") { "application/json" } else { it });
    a == b || bodies(media_type, a, b, maps).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(
        line: &str,
        headers: &[(&'static str, &'static str)],
        body: &str,
    ) -> Request<Vec<u8>> {
        let (method, uri) = line.split_once(' ').unwrap();
        let mut builder = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        builder.body(body.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn messages_that_are_the_same() {
        let json = ("content-type", "application/x-amz-json-1.1");
        let a = request("POST /a?x=1&y=2&x=0", &[json, ("a", "1"), ("b", "2")], r#"{"a":1,"b":2}"#);
        let b = request("POST /a?y=2&x=1&x=0", &[("b", "2"), ("a", "1"), json], r#"{"b":2,"a":1}"#);
        assert!(same_request(&a, &b, &[]));
        let (a, b) = (Response::new(a.into_body()), Response::new(b.into_body()));
        assert!(!same_response(&a, &b, &[]), "without a media type the bytes count");
        assert!(same_response(&a, &a, &[]));
    }

    #[test]
    fn messages_that_are_not_the_same() {
        let sound = request("POST /a?x=1&x=2", &[("a", "1"), ("a", "2")], "body");
        assert!(same_request(&sound, &sound, &[]));
        for (line, headers, body) in [
            ("PUT /a?x=1&x=2", &[("a", "1"), ("a", "2")][..], "body"),
            ("POST /b?x=1&x=2", &[("a", "1"), ("a", "2")], "body"),
            ("POST /a?x=2&x=1", &[("a", "1"), ("a", "2")], "body"),
            ("POST /a?x=1", &[("a", "1"), ("a", "2")], "body"),
            ("POST /a?x=1&x=2", &[("a", "2"), ("a", "1")], "body"),
            ("POST /a?x=1&x=2", &[("a", "1")], "body"),
            ("POST /a?x=1&x=2", &[("a", "1"), ("a", "2"), ("b", "3")], "body"),
            ("POST /a?x=1&x=2", &[("a", "1"), ("a", "2")], "other"),
        ] {
            assert!(!same_request(&sound, &request(line, headers, body), &[]), "{line} {body}");
        }
        let mut response = Response::new(Vec::new());
        *response.status_mut() = http::StatusCode::CREATED;
        assert!(!same_response(&Response::new(Vec::new()), &response, &[]));
    }
}
