//! Values as bytes and back: the forms of RFC 8949 that may come, and the one that is written.

use std::collections::HashMap;

use tinsmith_runtime::codec::{Codec as _, Part, cbor};
use tinsmith_runtime::value::StructureShape;
use tinsmith_runtime::{Blob, DateTime, Document, Member, Value};

use crate::shapes::{Choice, Colour, Greeting, Lists, Maps, Recursive, Required, Scalars};

/// Bytes from hexadecimal digits; text in quotes stands for itself.
pub(crate) fn bytes(notation: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, part) in notation.split('\'').enumerate() {
        if index % 2 == 1 {
            bytes.extend_from_slice(part.as_bytes());
            continue;
        }
        let digits: Vec<u8> = part.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        for pair in digits.chunks(2) {
            let pair = std::str::from_utf8(pair).unwrap();
            bytes.push(u8::from_str_radix(pair, 16).unwrap());
        }
    }
    bytes
}

pub(crate) fn read<T: StructureShape>(notation: &str) -> Result<T, tinsmith_runtime::Error> {
    let mut value = T::empty_structure();
    cbor::read(&bytes(notation), &mut value).map(|()| value)
}

fn error<T: StructureShape>(notation: &str) -> String {
    match read::<T>(notation) {
        Ok(_) => panic!("{notation} is read"),
        Err(error) => error.to_string(),
    }
}

/// The value is written as these bytes, and read back from them.
fn both_ways<T: StructureShape + PartialEq + std::fmt::Debug>(value: &T, notation: &str) {
    assert_eq!(cbor::write(value).unwrap(), bytes(notation), "{value:?}");
    assert_eq!(&read::<T>(notation).unwrap(), value);
}

fn greeting(text: &str) -> Greeting {
    Greeting { hi: Some(text.to_owned()) }
}

#[test]
fn scalars() {
    both_ways(&Scalars::empty_structure(), "BF FF");
    let value = Scalars {
        true_value: Some(true),
        false_value: Some(false),
        byte_value: Some(-24),
        double_value: Some(1.5),
        float_value: Some(-0.25),
        integer_value: Some(256),
        long_value: Some(i64::MIN),
        short_value: Some(-129),
        string_value: Some("é".to_owned()),
        blob_value: Some(Blob::new([0, 0xFF])),
        time: Some(DateTime::from_secs_f64(-1.5)),
        ..Scalars::empty_structure()
    };
    both_ways(
        &value,
        "BF 69'trueValue'F5 6A'falseValue'F4 69'byteValue'37 6B'doubleValue'FB3FF8000000000000
         6A'floatValue'FABE800000 6C'integerValue'190100 69'longValue'3B7FFFFFFFFFFFFFFF
         6A'shortValue'3880 6B'stringValue'62'é' 69'blobValue'4200FF
         64'time'C1FBBFF8000000000000 FF",
    );
}

#[test]
fn lengths_take_the_shortest_form() {
    for (length, head) in [
        (0, "60"),
        (23, "77"),
        (24, "7818"),
        (255, "78FF"),
        (256, "790100"),
        (65_535, "79FFFF"),
        (65_536, "7A00010000"),
    ] {
        let text: String = ('a'..='z').cycle().take(length).collect();
        both_ways(&greeting(&text), &format!("BF 62'hi'{head}'{text}'FF"));
    }
    let strings = vec!["x".to_owned(); 300];
    let value = Lists { strings: Some(strings), ..Lists::empty_structure() };
    both_ways(&value, &format!("BF 67'strings'99012C {} FF", "61'x'".repeat(300)));
}

#[test]
fn lists_have_a_definite_length() {
    let value = Lists {
        strings: Some(vec![]),
        integers: Some(vec![1, -1]),
        times: Some(vec![DateTime::from_secs(1)]),
        colours: Some(vec![Colour::Red, Colour::from("BLUE")]),
        nested: Some(vec![vec!["a".to_owned()], vec![]]),
        greetings: Some(vec![greeting("you")]),
        sparse: Some(vec![None, Some("a".to_owned())]),
    };
    both_ways(
        &value,
        "BF 67'strings'80 68'integers'82 01 20 65'times'81 C1FB3FF0000000000000
         67'colours'82 63'RED' 64'BLUE' 66'nested'82 81 61'a' 80
         69'greetings'81 BF 62'hi'63'you'FF 66'sparse'82 F6 61'a' FF",
    );
}

#[test]
fn maps_have_a_definite_length() {
    let entry = |key: &str| key.to_owned();
    let mut value = Maps {
        greetings: Some(HashMap::from([(entry("a"), greeting("b"))])),
        numbers: Some(HashMap::from([(Colour::Red, 0)])),
        sets: Some(HashMap::from([(entry("x"), vec![])])),
        sparse: Some(HashMap::from([(entry("n"), None)])),
    };
    both_ways(
        &value,
        "BF 69'greetings'A1 61'a'BF 62'hi'61'b'FF 67'numbers'A1 63'RED'00
         64'sets'A1 61'x'80 66'sparse'A1 61'n'F6 FF",
    );
    value.sparse = Some((0..300).map(|n| (n.to_string(), Some(greeting("x")))).collect());
    let mut read = Maps::empty_structure();
    cbor::read(&cbor::write(&value).unwrap(), &mut read).unwrap();
    assert_eq!(read, value);
}

#[test]
fn unions_and_recursion() {
    let value = Recursive {
        name: Some("a".to_owned()),
        next: Some(Box::new(Recursive {
            choice: Some(Choice::Same(Box::new(Choice::Number(7)))),
            list: Some(vec![Recursive::empty_structure()]),
            ..Recursive::empty_structure()
        })),
        choice: Some(Choice::Greeting(greeting("b"))),
        ..Recursive::empty_structure()
    };
    both_ways(
        &value,
        "BF 64'name'61'a' 64'next'BF 66'choice'A1 64'same'A1 66'number'07 64'list'81 BFFF FF
         66'choice'A1 68'greeting'BF 62'hi'61'b'FF FF",
    );
    let unknown = Recursive { choice: Some(Choice::Unknown), ..Recursive::empty_structure() };
    assert!(cbor::write(&unknown).unwrap_err().to_string().starts_with("choice: the `Unknown`"));
}

#[test]
fn indefinite_lengths_are_read() {
    let value: Lists = read(
        "BF 7F 62'st' 65'rings' FF 9F 7F FF 7F 61'a' 60 62'bc' FF FF 68'integers'9F 01 FF
         69'greetings'9F BF 7F 61'h'61'i'FF 62'yo' FF FF FF",
    )
    .unwrap();
    assert_eq!(value.strings.unwrap(), ["", "abc"]);
    assert_eq!(value.integers.unwrap(), [1]);
    assert_eq!(value.greetings.unwrap(), [greeting("yo")]);
    let value: Scalars = read("A1 69'blobValue' 5F 41 00 40 42 01 02 FF").unwrap();
    assert_eq!(value.blob_value.unwrap().as_ref(), [0, 1, 2]);
    // Chunks are of the same kind and have a length.
    assert_eq!(
        error::<Greeting>("A1 62'hi'7F 41'a' FF"),
        "hi: expected a chunk of a string, found bytes, at byte 5"
    );
    assert_eq!(
        error::<Greeting>("A1 62'hi'7F 7F FF FF"),
        "hi: a chunk of indefinite length, at byte 5"
    );
}

#[test]
fn definite_lengths_are_read() {
    let value: Recursive = read("A2 64'next'A1 64'name'61'b' 66'choice'A1 64'text'61'c'").unwrap();
    assert_eq!(value.next.unwrap().name.unwrap(), "b");
    assert_eq!(value.choice.unwrap(), Choice::Text("c".to_owned()));
}

#[test]
fn null_and_undefined_mean_absent() {
    let value: Scalars = read("A3 6B'stringValue'F6 69'byteValue'F7 6C'integerValue'01").unwrap();
    assert_eq!((value.string_value, value.byte_value), (None, None));
    assert_eq!(value.integer_value, Some(1));
    let value: Lists = read("A1 66'sparse'82 F6 F7").unwrap();
    assert_eq!(value.sparse.unwrap(), [None, None]);
    let value: Maps = read("A1 66'sparse'A1 61'x'F7").unwrap();
    assert_eq!(value.sparse.unwrap()["x"], None);
    assert_eq!(
        error::<Lists>("A1 67'strings'82 61'a' F6"),
        "strings[1]: null in a list that isn't sparse, at byte 12"
    );
    assert_eq!(
        error::<Maps>("A1 64'sets'A1 61'x' F6"),
        "sets[\"x\"]: null in a map that isn't sparse, at byte 9"
    );
}

#[test]
fn unknown_members_are_skipped() {
    let unknown = "61'?' BF 61'a' 9F 01 38FF 390100 3A00010000 1BFFFFFFFFFFFFFFFF FF
        61'b' A1 6161 C1 C2 41 00 61'c' 5F 41 00 FF 61'd' 7F 61'x' FF 61'e' F97E00 61'f' FA00000000
        61'g' FB0000000000000000 61'h' 83 F4 F6 F7 61'i' F8FF 61'j' E0 FF";
    let value: Greeting = read(&format!("BF {unknown} 62'hi'61'x' {unknown} FF")).unwrap();
    assert_eq!(value, greeting("x"));
    // What is skipped is well-formed all the same.
    for (malformed, message) in [
        ("A1 61'?' 61FF", "not valid UTF-8, at byte 4"),
        ("A1 61'?' BF 61'a' FF", "expected a value, found a break, at byte 6"),
        ("A1 61'?' FF", "expected a value, found a break, at byte 3"),
        ("A1 61'?' C1", "expected a value, found the end, at byte 4"),
        ("A1 61'?' 1C", "not the start of a CBOR item, at byte 3"),
        ("A1 61'?' 1F", "not the start of a CBOR item, at byte 3"),
        ("A1 61'?' 8201", "the bytes end within a value, at byte 5"),
        ("A1 61FF 00", "not valid UTF-8, at byte 2"),
    ] {
        assert_eq!(error::<Greeting>(malformed), message);
    }
}

#[test]
fn of_a_key_that_comes_twice_the_last_counts() {
    let value: Recursive = read(
        "BF 64'next'BF 64'name'61'a'FF 64'list'80 64'next'BF 64'list'80 FF 64'list'81 BFFF
         63'map'A2 61'k'BF 64'name'61'a'FF 61'k'BFFF FF",
    )
    .unwrap();
    let next = value.next.unwrap();
    assert_eq!((next.name, next.list), (None, Some(vec![])));
    assert_eq!(value.list.unwrap().len(), 1);
    assert_eq!(value.map.unwrap()["k"].name, None);
}

#[test]
fn unions_have_one_variant() {
    let choice = |notation: &str| {
        read::<Recursive>(&format!("A1 66'choice' {notation}")).map(|value| value.choice.unwrap())
    };
    let text = Choice::Text("a".to_owned());
    assert_eq!(choice("BF 66'number'F6 64'text'61'a' 64'same'F7 FF").unwrap(), text);
    assert_eq!(choice("A2 66'__type'61'?' 64'text'61'a'").unwrap(), text);
    assert_eq!(choice("A1 63'new'80").unwrap(), Choice::Unknown);
    let message = |notation| choice(notation).unwrap_err().to_string();
    assert_eq!(message("A0"), "choice: no variant of a union is set, at byte 8");
    assert_eq!(
        message("A2 64'text'61'a' 66'number'01"),
        "choice: more than one variant of a union is set, at byte 16"
    );
}

#[test]
fn missing_required_members_are_filled_in() {
    for notation in ["", "BFFF", "A1 66'nested'F6"] {
        let value: Required = read(notation).unwrap();
        assert_eq!(value.nested, Some(Greeting { hi: None }));
        assert_eq!((value.text, value.number), (String::new(), 0));
        assert_eq!(value.colour.as_str(), "no value was set");
    }
}

#[test]
fn errors_name_the_place() {
    for (notation, message) in [
        (
            "A1 64'next'A1 64'name'01",
            "next.name: expected a string, found a whole number, at byte 12",
        ),
        ("A1 64'list'82 A0 F5", "list[1]: expected a map, found a boolean, at byte 8"),
        ("A1 63'map'A1 61'k'41FF", "map[\"k\"]: expected a map, found bytes, at byte 8"),
        ("80", "expected a map, found a list, at byte 0"),
        ("BFFF00", "expected the end, found a whole number, at byte 2"),
        ("BF 64'name'61'a'", "expected a string, found the end, at byte 8"),
        ("A1 64'name'62'a'", "name: the bytes end within a value, at byte 8"),
        ("A1 64'name'62 61FF", "name: not valid UTF-8, at byte 8"),
        ("A1 01 01", "expected a string, found a whole number, at byte 1"),
        ("BF 64'name'FF", "name: expected a string, found a break, at byte 6"),
    ] {
        assert_eq!(error::<Recursive>(notation), message);
    }
}

#[test]
fn claimed_lengths_are_held_against_what_came() {
    for notation in [
        "BBFFFFFFFFFFFFFFFF",
        "BA7FFFFFFF",
        "A4 64'name'61'a'",
        "A1 64'list'9BFFFFFFFFFFFFFFFF",
        "A1 64'list'9A00010000 A0",
        "A1 64'name'7BFFFFFFFFFFFFFFFF",
        "A1 64'name'7A7FFFFFFF'a'",
        "A1 61'?'9BFFFFFFFFFFFFFFFF",
        "A1 61'?'BB7FFFFFFFFFFFFFFF",
        "A1 61'?'5BFFFFFFFFFFFFFFFF",
    ] {
        let message = error::<Recursive>(notation);
        assert!(message.contains("the bytes end within a value"), "{notation}: {message}");
    }
}

#[test]
fn nesting_is_limited() {
    // The structure itself is read before the first level.
    let nested = |levels: usize| format!("{}A0", "A1 64'next'".repeat(levels));
    assert!(read::<Recursive>(&nested(cbor::MAX_DEPTH)).is_ok());
    assert!(error::<Recursive>(&nested(cbor::MAX_DEPTH + 1)).contains("nested too deeply"));
    for levels in ["81", "9F", "A161'a'"] {
        let skipped = |count: usize| format!("BF 61'?' {}", levels.repeat(count));
        assert!(error::<Greeting>(&skipped(600)).contains("nested too deeply"));
        assert!(!error::<Greeting>(&skipped(500)).contains("nested too deeply"));
    }
    // Tags are no levels: they can't be told from what they tag.
    assert!(read::<Greeting>(&format!("A1 61'?' {} 00", "C1".repeat(100_000))).is_ok());
}

#[test]
fn documents_have_no_form() {
    let value = Scalars { document: Some(Document::Null), ..Scalars::empty_structure() };
    let message = "document: CBOR has no form for values of the type document";
    assert_eq!(cbor::write(&value).unwrap_err().to_string(), message);
    assert_eq!(error::<Scalars>("A1 68'document'01"), format!("{message}, at byte 10"));
}

#[test]
fn payloads() {
    static MEMBER: Member = Member::new("greetings", "greetings");
    let codec = cbor::Cbor;
    assert_eq!(codec.media_type(), "application/cbor");
    let value = vec![greeting("a")];
    let written = codec.write_payload(&MEMBER, value.get(), None).unwrap();
    assert_eq!(written, bytes("81 BF 62'hi'61'a'FF"));
    let mut read: Vec<Greeting> = Value::empty();
    codec.read_payload(&written, &MEMBER, &mut read).unwrap();
    assert_eq!(read, value);
    let written = codec.write(&value[0], Part::Unbound, None).unwrap();
    let mut read = Greeting::empty_structure();
    codec.read(&written, Part::Unbound, &mut read).unwrap();
    assert_eq!(read, value[0]);
}
