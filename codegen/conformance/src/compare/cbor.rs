//! CBOR by value: [RFC 8949](https://www.rfc-editor.org/rfc/rfc8949). It must not know what it is about.

use ciborium::Value;

use super::MAX_DEPTH;

/// Reads one data item, and nothing after it.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, String> {
    let mut rest = bytes;
    let value = ciborium::de::from_reader_with_recursion_limit(&mut rest, MAX_DEPTH)
        .map_err(|error| error.to_string())?;
    if rest.is_empty() {
        return Ok(value);
    }
    Err(format!("{} bytes follow the data item", rest.len()))
}

/// Whether two data items mean the same: numbers whatever their width, strings and collections
/// whatever their framing, maps whatever their order. Integers and floats are different kinds, but
/// not as seconds since 1970 (tag 1).
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Float(a), Value::Float(b)) => a == b || a.is_nan() && b.is_nan(),
        (Value::Tag(1, a), Value::Tag(1, b)) => match (seconds(a), seconds(b)) {
            (Some(a), Some(b)) => a == b,
            _ => same(a, b),
        },
        (Value::Tag(tag_a, a), Value::Tag(tag_b, b)) => tag_a == tag_b && same(a, b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|entry| count(a, entry) == count(b, entry))
        }
        _ => a == b,
    }
}

/// How often an entry is in a map, where a key may wrongly stand twice.
fn count(map: &[(Value, Value)], (key, value): &(Value, Value)) -> usize {
    map.iter().filter(|(k, v)| same(k, key) && same(v, value)).count()
}

#[expect(clippy::cast_precision_loss, reason = "the seconds of cases are small")]
fn seconds(value: &Value) -> Option<f64> {
    match value {
        Value::Float(seconds) => Some(*seconds),
        Value::Integer(seconds) => Some(i128::from(*seconds) as f64),
        _ => None,
    }
}

/// [Diagnostic notation](https://www.rfc-editor.org/rfc/rfc8949#name-diagnostic-notation).
pub(super) fn show(value: &Value) -> String {
    match value {
        Value::Integer(number) => i128::from(*number).to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("h'{digits}'")
        }
        Value::Text(text) => format!("{text:?}"),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        Value::Tag(tag, value) => format!("{tag}({})", show(value)),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(show).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Map(entries) => {
            let mut entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", show(key), show(value)))
                .collect();
            // The order means nothing; sorted, two maps can be compared by eye.
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn value(bytes: &[u8]) -> Value {
        parse(bytes).unwrap()
    }

    #[test]
    fn equal_items() {
        let pairs: [(&[u8], &[u8]); 9] = [
            // 1 in 0, 1 and 8 bytes
            (b"\x01", b"\x18\x01"),
            (b"\x01", b"\x1b\0\0\0\0\0\0\0\x01"),
            // 1.5 as a half, a single, a double
            (b"\xf9\x3e\0", b"\xfb\x3f\xf8\0\0\0\0\0\0"),
            (b"\xfa\x3f\xc0\0\0", b"\xfb\x3f\xf8\0\0\0\0\0\0"),
            // NaN as a half and as a double
            (b"\xf9\x7e\0", b"\xfb\x7f\xf8\0\0\0\0\0\0"),
            // {"a": 1, "b": [2]}, in another order and of indefinite length
            (b"\xa2\x61a\x01\x61b\x81\x02", b"\xbf\x61b\x9f\x02\xff\x61a\x01\xff"),
            // "ab" in chunks
            (b"\x62ab", b"\x7f\x61a\x61b\xff"),
            // 0(…)-tagged text
            (b"\xc0\x61x", b"\xc0\x61x"),
            // 1(2) and 1(2.0)
            (b"\xc1\x02", b"\xc1\xf9\x40\0"),
        ];
        for (a, b) in pairs {
            assert!(same(&value(a), &value(b)), "{a:x?} {b:x?}");
        }
    }

    #[test]
    fn unequal_items() {
        let pairs: [(&[u8], &[u8]); 11] = [
            (b"\x01", b"\x02"),
            (b"\x01", b"\x20"),
            (b"\x01", b"\xf9\x3c\0"),
            (b"\xf9\x3e\0", b"\xf9\x3c\0"),
            (b"\xf9\x7e\0", b"\xf9\x3c\0"),
            (b"\x61a", b"\x41a"),
            (b"\x82\x01\x02", b"\x82\x02\x01"),
            (b"\xa1\x61a\x01", b"\xa1\x61a\x02"),
            (b"\xa1\x61a\x01", b"\xa2\x61a\x01\x61b\xf6"),
            (b"\xa2\x61a\x01\x61a\x01", b"\xa2\x61a\x01\x61b\x01"),
            (b"\xc1\x02", b"\x02"),
        ];
        for (a, b) in pairs {
            assert!(!same(&value(a), &value(b)), "{a:x?} {b:x?}");
            assert!(!same(&value(b), &value(a)), "{b:x?} {a:x?}");
        }
    }

    #[test]
    fn bytes_that_are_not_one_item() {
        for bytes in [&b"\x62a"[..], b"\x01\x01", b"\xff", &[0x81; 1000]] {
            assert!(parse(bytes).is_err(), "{bytes:x?}");
        }
    }

    #[test]
    fn items_are_shown_in_diagnostic_notation() {
        let item = value(b"\xa3\x61b\x41\x0f\x61a\xc1\x02\x61c\x83\xf6\xf5\xf9\x3e\0");
        assert_eq!(show(&item), r#"{"a": 1(2), "b": h'0f', "c": [null, true, 1.5]}"#);
    }
}
