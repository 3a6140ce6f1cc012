//! Whether what came is what a case expects. It must not know where it came from.

use serde_json::Value;

/// Whether two documents are the same: numbers by value, objects whatever their order.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Whether all that `expected` says is in `found`, which may say more: what is null may be absent.
pub(crate) fn covers(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().all(|(key, expected)| match found.get(key) {
                Some(found) => covers(found, expected),
                None => expected.is_null(),
            })
        }
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len()
                && found.iter().zip(expected).all(|(found, expected)| covers(found, expected))
        }
        _ => same(found, expected),
    }
}

/// Expected and actual, one under the other.
pub(crate) fn difference(what: &str, expected: &str, found: &str) -> String {
    format!("{what}\n  expected {expected}\n  found    {found}")
}

/// Compares a body by its media type.
pub(crate) fn body(media_type: Option<&str>, expected: &str, found: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(found);
    let equal = match media_type {
        Some("application/json") => {
            let parsed = (serde_json::from_str::<Value>(expected), serde_json::from_slice(found));
            matches!(parsed, (Ok(expected), Ok(found)) if same(&expected, &found))
                || expected.is_empty() && found.is_empty()
        }
        _ => expected.as_bytes() == found,
    };
    if equal { Ok(()) } else { Err(difference("the body differs", expected, &text)) }
}
