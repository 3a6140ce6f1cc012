//! Headers and query strings. It must not know which message they are of.

use http::HeaderMap;

use super::difference;
use crate::case::HttpCase;

/// Compares headers: those that must be there, with a value or with any, and those that mustn't.
pub(crate) fn headers(case: &HttpCase, headers: &HeaderMap) -> Vec<String> {
    let mut failures = Vec::new();
    for (name, expected) in &case.headers {
        match joined(headers, name) {
            Some(found) if same_header(expected, &found) => {}
            Some(found) => {
                failures.push(difference(&format!("the header {name} differs"), expected, &found));
            }
            None => {
                failures.push(difference(
                    &format!("the header {name} is missing"),
                    expected,
                    "(none)",
                ));
            }
        }
    }
    for name in &case.forbid_headers {
        if let Some(found) = joined(headers, name) {
            failures.push(format!("the header {name} is forbidden, but there: {found}"));
        }
    }
    for name in case.require_headers.iter().filter(|name| joined(headers, name).is_none()) {
        failures.push(format!("the header {name} is missing"));
    }
    failures
}

/// The value of a header; several lines are one list.
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<_> = headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// Whether two values are the same, white space around the commas of a list aside.
fn same_header(a: &str, b: &str) -> bool {
    a == b || elements(a) == elements(b)
}

/// What the commas outside of quotes part.
fn elements(value: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = value.split(|character| {
        let part = character == ',' && !quoted;
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && character == '\\' && !escaped;
        part
    });
    parts.map(|part| part.trim_matches([' ', '\t'])).collect()
}

/// Compares a query string, whose parameters are as they are on the wire. Those of the same name have an
/// order, and there are no others of it.
pub(crate) fn query(case: &HttpCase, query: &str) -> Vec<String> {
    let mut failures = Vec::new();
    let found: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    let mut names: Vec<&str> = case.query_params.iter().map(|pair| name(pair)).collect();
    names.sort_unstable();
    names.dedup();
    for wanted in names {
        let of = |pair: &&str| name(pair) == wanted;
        let expected: Vec<&str> = case.query_params.iter().map(String::as_str).filter(of).collect();
        let found: Vec<&str> = found.iter().copied().filter(of).collect();
        if expected != found {
            let what = format!("the query parameter {wanted} differs");
            failures.push(difference(&what, &expected.join("&"), &found.join("&")));
        }
    }
    let has = |wanted: &String| found.iter().any(|pair| name(pair) == wanted);
    for name in case.forbid_query_params.iter().filter(|name| has(name)) {
        failures.push(format!("the query has `{name}`, which is forbidden: {query}"));
    }
    for name in case.require_query_params.iter().filter(|name| !has(name)) {
        failures.push(format!("the query lacks `{name}`: {query}"));
    }
    failures
}

fn name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn map(headers: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    fn case(text: &str) -> HttpCase {
        let mut case: serde_json::Value = serde_json::from_str(text).unwrap();
        case["id"] = "Id".into();
        case["protocol"] = "p#p".into();
        serde_json::from_value(case).unwrap()
    }

    #[test]
    fn header_values_of_lists() {
        for (a, b) in [
            ("a, b", "a,b"),
            ("a", "a"),
            (r#""b,c", "\"def\"", a"#, r#""b,c","\"def\"",a"#),
            ("", ""),
        ] {
            assert!(same_header(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("a, b", "b, a"),
            ("a, b", "a"),
            ("a b", "ab"),
            (r#""a, b""#, r#""a,b""#),
            (r#""a\", b""#, r#""a\",b""#),
            ("a", "A"),
            ("", ","),
        ] {
            assert!(!same_header(a, b), "{a} {b}");
        }
    }

    #[test]
    fn headers_that_must_and_must_not_be_there() {
        let case = case(
            r#"{"headers":{"X-A":"1, 2","X-B":"x"},"forbidHeaders":["X-C"],"requireHeaders":["X-D"]}"#,
        );
        let check = |found: &[(&'static str, &str)]| headers(&case, &map(found));
        let (a, b, d) = (("x-a", "1, 2"), ("x-b", "x"), ("x-d", "any"));
        assert_eq!(check(&[a, b, d]), Vec::<String>::new());
        assert_eq!(check(&[("x-a", "1"), ("x-a", "2"), b, d, ("x-e", "")]), Vec::<String>::new());
        assert_eq!(check(&[a, b]), ["the header X-D is missing"]);
        assert_eq!(check(&[a, d]), ["the header X-B is missing\n  expected x\n  found    (none)"]);
        assert_eq!(
            check(&[a, ("x-b", "y"), d]),
            ["the header X-B differs\n  expected x\n  found    y"]
        );
        assert_eq!(check(&[a, b, d, ("x-c", "1")]), ["the header X-C is forbidden, but there: 1"]);
    }

    #[test]
    fn query_strings() {
        let case = case(
            r#"{"queryParams":["a=1","a=2","b"],"forbidQueryParams":["c"],"requireQueryParams":["d"]}"#,
        );
        assert_eq!(query(&case, "b&a=1&d=9&a=2&e"), Vec::<String>::new());
        for (found, failure) in [
            ("b&a=2&d=9&a=1", "the query parameter a differs"),
            ("b&a=1&d=9&a=2&a=3", "the query parameter a differs"),
            ("b&a=1&d=9", "the query parameter a differs"),
            ("b=&a=1&d=9&a=2", "the query parameter b differs"),
            ("b&a=1&d=9&a=2&c=1", "the query has `c`"),
            ("b&a=1&a=2", "the query lacks `d`"),
        ] {
            let failures = query(&case, found);
            assert!(failures.len() == 1 && failures[0].starts_with(failure), "{failures:?}");
        }
    }
}
