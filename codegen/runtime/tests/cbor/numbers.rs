//! Numbers in all their forms.

use tinsmith_runtime::codec::cbor;
use tinsmith_runtime::value::StructureShape as _;
use tinsmith_runtime::{BigDecimal, BigInteger, DateTime};

use crate::codec::{bytes, read};
use crate::shapes::Scalars;

fn message(notation: &str) -> String {
    match read::<Scalars>(notation) {
        Ok(value) => panic!("{notation} is {value:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn whole_numbers_of_any_width() {
    for (notation, expected) in [
        ("05", 5),
        ("1805", 5),
        ("190005", 5),
        ("1A00000005", 5),
        ("1B0000000000000005", 5),
        ("24", -5),
        ("3B0000000000000004", -5),
        ("F94500", 5),
        ("FA40A00000", 5),
        ("FBC014000000000000", -5),
    ] {
        for (key, head) in [("byteValue", "69"), ("shortValue", "6A"), ("longValue", "69")] {
            let value: Scalars = read(&format!("A1 {head}'{key}'{notation}")).unwrap();
            let found = [
                value.byte_value.map(i64::from),
                value.short_value.map(i64::from),
                value.long_value,
            ];
            assert_eq!(found.into_iter().flatten().collect::<Vec<_>>(), [expected], "{notation}");
        }
    }
    for notation in ["1880", "38FF", "F93E00", "F97E00", "F97C00", "3BFFFFFFFFFFFFFFFF"] {
        assert_eq!(
            message(&format!("A1 69'byteValue'{notation}")),
            "byteValue: expected a whole number in the range of the member's type, at byte 11"
        );
    }
    assert!(message("A1 69'longValue'1B8000000000000000").contains("in the range"));
    assert!(message("A1 69'longValue'61'5'").contains("expected a number, found a string"));
}

#[test]
fn floats_of_any_width() {
    for (notation, expected) in [
        ("F93E00", 1.5),
        ("F90001", 2.0_f64.powi(-24)),
        ("F9FC00", f64::NEG_INFINITY),
        ("FA7F800000", f64::INFINITY),
        ("FB3FF8000000000000", 1.5),
        ("1901F4", 500.0),
        ("3901F3", -500.0),
        ("1BFFFFFFFFFFFFFFFF", 18_446_744_073_709_551_616.0),
        ("3BFFFFFFFFFFFFFFFF", -18_446_744_073_709_551_616.0),
    ] {
        let value: Scalars =
            read(&format!("A2 6B'doubleValue'{notation} 6A'floatValue'{notation}")).unwrap();
        assert_eq!(value.double_value, Some(expected), "{notation}");
        assert_eq!(value.float_value.map(f64::from), Some(expected), "{notation}");
    }
    for notation in ["F97C01", "F97E00", "FA7FC00000", "FB7FF8000000000000"] {
        let value: Scalars = read(&format!("A1 6B'doubleValue'{notation}")).unwrap();
        assert!(value.double_value.unwrap().is_nan());
    }
}

#[test]
fn not_a_number_and_infinities_are_written() {
    let value = Scalars {
        double_value: Some(f64::NAN),
        float_value: Some(f32::NEG_INFINITY),
        ..Scalars::empty_structure()
    };
    assert_eq!(
        cbor::write(&value).unwrap(),
        bytes("BF 6B'doubleValue'FB7FF8000000000000 6A'floatValue'FAFF800000 FF")
    );
}

#[test]
fn timestamps() {
    for (notation, seconds, nanoseconds) in [
        ("C1 1A65920080", 1_704_067_200, 0),
        ("C1 20", -1, 0),
        ("C1 F93E00", 1, 500_000_000),
        ("C1 FA3FA00000", 1, 250_000_000),
        // 946845296.123, of which a float holds about 25 nanoseconds more.
        ("C1 FB41CC37DB380FBE77", 946_845_296, 123_000_000),
        ("C1 3B7FFFFFFFFFFFFFFF", i64::MIN, 0),
    ] {
        let value: Scalars = read(&format!("A1 64'time'{notation}")).unwrap();
        let expected = DateTime::from_secs_and_nanos(seconds, nanoseconds);
        assert_eq!(value.time, Some(expected), "{notation}");
    }
    for (notation, expected) in [
        ("00", "time: expected a timestamp, found a whole number, at byte 6"),
        ("C0 61'x'", "time: expected a timestamp, which has the tag 1, found the tag 0, at byte 6"),
        ("C1 61'x'", "time: expected a number, found a string, at byte 7"),
        ("C1 F97E00", "time: expected a finite number of seconds, at byte 6"),
        ("C1 1BFFFFFFFFFFFFFFFF", "time: the timestamp is out of range, at byte 6"),
        ("C1 3BFFFFFFFFFFFFFFFF", "time: the timestamp is out of range, at byte 6"),
        ("C1 C1 00", "time: expected a number, found a tag, at byte 7"),
    ] {
        assert_eq!(message(&format!("A1 64'time'{notation}")), expected);
    }
}

fn big_integer(text: &str) -> Scalars {
    let value: BigInteger = text.parse().unwrap();
    Scalars { big_integer: Some(value), ..Scalars::empty_structure() }
}

#[test]
fn big_integers() {
    for (text, notation) in [
        ("0", "00"),
        ("-1", "20"),
        ("18446744073709551615", "1BFFFFFFFFFFFFFFFF"),
        ("-18446744073709551616", "3BFFFFFFFFFFFFFFFF"),
        ("18446744073709551616", "C2 49 010000000000000000"),
        ("-18446744073709551617", "C3 49 010000000000000000"),
        ("100000000000000000000000000000000000000", "C2 50 4B3B4CA85A86C47A098A224000000000"),
    ] {
        let notation = format!("BF 6A'bigInteger'{notation} FF");
        assert_eq!(cbor::write(&big_integer(text)).unwrap(), bytes(&notation), "{text}");
        assert_eq!(read::<Scalars>(&notation).unwrap(), big_integer(text));
    }
    for (text, notation) in [("-0", "00"), ("00012", "0C"), ("-00012", "2B")] {
        let notation = format!("BF 6A'bigInteger'{notation} FF");
        assert_eq!(cbor::write(&big_integer(text)).unwrap(), bytes(&notation), "{text}");
    }
    for (notation, text) in [
        ("C2 40", "0"),
        ("C3 40", "-1"),
        ("C2 42 00FF", "255"),
        ("C3 5F 41 01 41 00 FF", "-257"),
        ("1805", "5"),
    ] {
        let value: Scalars = read(&format!("A1 6A'bigInteger'{notation}")).unwrap();
        assert_eq!(value, big_integer(text), "{notation}");
    }
    for (notation, expected) in [
        ("C1 00", "bigInteger: expected a whole number, found the tag 1, at byte 12"),
        ("C2 00", "bigInteger: expected bytes, found a whole number, at byte 13"),
        ("F93C00", "bigInteger: expected a whole number, found a float, at byte 12"),
        ("61'1'", "bigInteger: expected a number, found a string, at byte 12"),
    ] {
        assert_eq!(message(&format!("A1 6A'bigInteger'{notation}")), expected);
    }
}

#[test]
fn big_integers_have_a_limit() {
    let of_bytes =
        |length: usize| format!("A1 6A'bigInteger' C2 59 {length:04X} {}", "FF".repeat(length));
    let value: Scalars = read(&of_bytes(1024)).unwrap();
    let again = cbor::write(&value).unwrap();
    assert_eq!(again[12..], bytes(&format!("C2 59 0400 {} FF", "FF".repeat(1024))));
    assert_eq!(
        message(&of_bytes(1025)),
        "bigInteger: a whole number of more than 1024 bytes, at byte 12"
    );
}

#[test]
fn big_decimals() {
    for (text, notation) in [
        ("0", "C4 82 00 00"),
        ("1.5", "C4 82 20 0F"),
        ("-273.15", "C4 82 21 396AB2"),
        ("100.00", "C4 82 21 192710"),
        ("1e2", "C4 82 02 01"),
        ("1.23E-10", "C4 82 2B 187B"),
        ("0.00000012", "C4 82 27 0C"),
        ("1.8446744073709551616", "C4 82 32 C2 49 010000000000000000"),
        ("12e20", "C4 82 14 0C"),
    ] {
        let value: BigDecimal = text.parse().unwrap();
        let value = Scalars { big_decimal: Some(value), ..Scalars::empty_structure() };
        let notation = format!("BF 6A'bigDecimal'{notation} FF");
        assert_eq!(cbor::write(&value).unwrap(), bytes(&notation), "{text}");
        assert_eq!(read::<Scalars>(&notation).unwrap(), value, "{text}");
    }
    for (notation, text) in [
        ("C4 9F 20 0F FF", "1.5"),
        ("C4 82 22 0F", "0.015"),
        ("C4 82 03 24", "-5000"),
        ("C4 82 2B 187B", "1.23E-10"),
        ("C4 82 2B 20", "-1E-12"),
        ("C4 82 14 0C", "12e+20"),
        ("C4 82 14 00", "0"),
        ("18FF", "255"),
        ("C2 42 0100", "256"),
    ] {
        let value: Scalars = read(&format!("A1 6A'bigDecimal'{notation}")).unwrap();
        assert_eq!(value.big_decimal.unwrap().as_ref(), text);
    }
    for (notation, expected) in [
        ("C4 81 00", "a list of two numbers"),
        ("C4 83 00 00 00", "a list of two numbers"),
        ("C4 80", "a list of two numbers"),
        ("C4 00", "expected a list, found a whole number"),
        ("C4 82 00 F6", "expected a number, found null"),
        ("C4 82 3B7FFFFFFFFFFFFFFF 01", "out of range"),
        ("C4 82 1BFFFFFFFFFFFFFFFF 01", "in the range"),
        ("FB3FF8000000000000", "found a float"),
    ] {
        let message = message(&format!("A1 6A'bigDecimal'{notation}"));
        assert!(message.starts_with("bigDecimal: ") && message.contains(expected), "{message}");
    }
}
