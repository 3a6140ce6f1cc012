//! JSON by value. It must not know what it is about.

use serde_json::{Number, Value};

pub(super) fn parse(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// Whether two documents are the same: numbers by value, objects whatever their order.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    // Whole numbers are not looked at as floats, among which neighbours fall together.
    a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
}

/// Whether all that `expected` says is in `found`, which may say more: what is null may be absent, and a
/// number may be the nearest `float`.
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
        (Value::Number(found), Value::Number(expected)) => {
            same_number(found, expected) || is_nearest_float(found, expected)
        }
        _ => same(found, expected),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the nearest float is meant")]
fn is_nearest_float(found: &Number, expected: &Number) -> bool {
    let (found, expected) = (found.as_f64(), expected.as_f64());
    found.is_some() && found == expected.map(|expected| f64::from(expected as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn equal_documents() {
        for (a, b) in [
            ("1", "1.0"),
            ("1e2", "100"),
            ("-0", "0.0"),
            ("18446744073709551615", "18446744073709551615"),
            (r#"{"a":1,"b":[null,"x"]}"#, r#"{"b":[null,"x"],"a":1}"#),
            (r#""é""#, r#""\u00e9""#),
        ] {
            assert!(same(&value(a), &value(b)), "{a} {b}");
        }
    }

    #[test]
    fn unequal_documents() {
        for (a, b) in [
            ("1", "2"),
            ("1", "\"1\""),
            ("9007199254740993", "9007199254740992"),
            ("null", "false"),
            ("[1,2]", "[2,1]"),
            ("[1]", "[1,1]"),
            (r#"{"a":1}"#, r#"{"a":1,"b":null}"#),
            (r#"{"a":1}"#, r#"{"b":1}"#),
        ] {
            assert!(!same(&value(a), &value(b)), "{a} {b}");
            assert!(!same(&value(b), &value(a)), "{b} {a}");
        }
    }

    #[test]
    fn a_number_may_be_the_nearest_float() {
        for (found, expected, covered) in [
            ("1.100000023841858", "1.1", true),
            ("1.1", "1.1", true),
            ("1.1", "1.100000023841858", false),
            ("1.1000000238418", "1.1", false),
            ("1.2", "1.1", false),
        ] {
            assert_eq!(covers(&value(found), &value(expected)), covered, "{found} {expected}");
        }
    }

    #[test]
    fn what_is_found_may_say_more() {
        let expected = value(r#"{"a":1,"b":null,"c":[{"d":"x"}]}"#);
        assert!(covers(&value(r#"{"a":1,"c":[{"d":"x","e":2}],"f":3}"#), &expected));
        for found in
            [r#"{"c":[{"d":"x"}]}"#, r#"{"a":1,"c":[]}"#, r#"{"a":1,"b":2,"c":[{"d":"x"}]}"#]
        {
            assert!(!covers(&value(found), &expected), "{found}");
        }
    }
}
