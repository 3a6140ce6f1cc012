//! Whatever bytes come: no panic, no memory beyond a small multiple of them; and values survive the
//! way there and back.

use std::collections::HashMap;

use proptest::collection::{hash_map, vec};
use proptest::option;
use proptest::prelude::*;
use tinsmith_runtime::codec::cbor::{self, Scanner};
use tinsmith_runtime::value::StructureShape as _;
use tinsmith_runtime::{BigInteger, Blob, DateTime};

use crate::shapes::{Choice, Greeting, Lists, Maps, Recursive, Required, Scalars};

fn read_all(bytes: &[u8]) {
    let limit = bytes.len();
    let check = |result: Result<(), tinsmith_runtime::Error>| {
        if let Err(error) = result {
            let offset = error.offset().expect("every error has an offset");
            assert!(offset <= limit, "{error}");
        }
    };
    check(cbor::read(bytes, &mut Scalars::empty_structure()));
    check(cbor::read(bytes, &mut Lists::empty_structure()));
    check(cbor::read(bytes, &mut Maps::empty_structure()));
    check(cbor::read(bytes, &mut Recursive::empty_structure()));
    check(cbor::read(bytes, &mut Required::empty_structure()));
    check(Scanner::new(bytes).skip());
}

/// Items that nest as they like, with keys that shapes have.
fn item() -> impl Strategy<Value = Vec<u8>> {
    let key = prop_oneof![
        Just(b"\x64name".to_vec()),
        Just(b"\x64next".to_vec()),
        Just(b"\x66choice".to_vec()),
        Just(b"\x64list".to_vec()),
        Just(b"\x63map".to_vec()),
        Just(b"\x67scalars".to_vec()),
        Just(b"\x6AbigInteger".to_vec()),
        Just(b"\x6AbigDecimal".to_vec()),
        Just(b"\x64time".to_vec()),
        vec(any::<u8>(), 0..3),
    ];
    let leaf = prop_oneof![
        any::<[u8; 2]>().prop_map(|bytes| bytes.to_vec()),
        any::<u64>().prop_map(|value| [&[0x1B][..], &value.to_be_bytes()].concat()),
        any::<f64>().prop_map(|value| [&[0xFB][..], &value.to_be_bytes()].concat()),
        (0xC0..0xC6_u8, any::<u8>()).prop_map(|(tag, byte)| vec![tag, byte]),
        Just(b"\xC4\x82\x20\xC2\x41\xFF".to_vec()),
        Just(vec![0xF6]),
        Just(b"\x61a".to_vec()),
    ];
    leaf.prop_recursive(6, 64, 4, move |inner| {
        let entry = (key.clone(), inner.clone()).prop_map(|(key, value)| [key, value].concat());
        prop_oneof![
            vec(entry.clone(), 0..4)
                .prop_map(|entries| [vec![0xBF], entries.concat(), vec![0xFF]].concat()),
            vec(entry, 1..4).prop_map(|entries| {
                let head = 0xA0 + u8::try_from(entries.len()).unwrap();
                [vec![head], entries.concat()].concat()
            }),
            vec(inner.clone(), 0..4)
                .prop_map(|items| [vec![0x9F], items.concat(), vec![0xFF]].concat()),
            inner.prop_map(|item| [vec![0x81], item].concat()),
        ]
    })
}

fn big_integer() -> impl Strategy<Value = BigInteger> {
    "-?[1-9][0-9]{0,60}".prop_map(|text| text.parse().unwrap())
}

fn scalars() -> impl Strategy<Value = Scalars> {
    let numbers = (
        option::of(any::<bool>()),
        option::of(any::<i8>()),
        option::of(-1e300..1e300),
        option::of(any::<f32>().prop_filter("equal to itself", |value| !value.is_nan())),
        option::of(any::<i32>()),
        option::of(any::<i64>()),
        option::of(any::<i16>()),
    );
    let others = (
        option::of(".{0,40}"),
        option::of(vec(any::<u8>(), 0..300)),
        // What a float holds to the millisecond.
        option::of((-1_000_000_000_000..1_000_000_000_000_i64, 0..4_u32)),
        option::of(big_integer()),
        option::of((big_integer(), -40..40)),
    );
    (numbers, others).prop_map(|(numbers, (string, blob, time, big_integer, big_decimal))| {
        Scalars {
            true_value: numbers.0,
            false_value: None,
            byte_value: numbers.1,
            double_value: numbers.2,
            float_value: numbers.3,
            integer_value: numbers.4,
            long_value: numbers.5,
            short_value: numbers.6,
            string_value: string,
            blob_value: blob.map(Blob::new),
            time: time.map(|(secs, quarters)| {
                DateTime::from_secs_and_nanos(secs, quarters * 250_000_000)
            }),
            big_integer,
            big_decimal: big_decimal.map(|(digits, exponent)| {
                format!("{}e{exponent}", digits.as_ref()).parse().unwrap()
            }),
            document: None,
        }
    })
}

fn choice() -> impl Strategy<Value = Choice> {
    let leaf = prop_oneof![
        ".{0,8}".prop_map(Choice::Text),
        any::<i32>().prop_map(Choice::Number),
        option::of(".{0,8}").prop_map(|hi| Choice::Greeting(Greeting { hi })),
    ];
    leaf.prop_recursive(3, 4, 1, |inner| inner.prop_map(|choice| Choice::Same(Box::new(choice))))
}

fn recursive() -> impl Strategy<Value = Recursive> {
    let leaf = (option::of(".{0,20}"), option::of(choice()), option::of(scalars())).prop_map(
        |(name, choice, scalars)| Recursive {
            name,
            choice,
            scalars,
            ..Recursive::empty_structure()
        },
    );
    leaf.prop_recursive(4, 16, 3, |inner| {
        let list = option::of(vec(inner.clone(), 0..3));
        let map = option::of(hash_map(".{0,30}", inner.clone(), 0..3));
        (option::of(".{0,20}"), option::of(inner), list, map).prop_map(
            |(name, next, list, map): (_, Option<Recursive>, _, Option<HashMap<_, _>>)| Recursive {
                name,
                next: next.map(Box::new),
                list,
                map,
                ..Recursive::empty_structure()
            },
        )
    })
}

/// An item as another implementation takes it.
fn is_well_formed(bytes: &[u8]) -> bool {
    let mut decoder = minicbor::Decoder::new(bytes);
    decoder.skip().is_ok() && decoder.position() == bytes.len()
}

proptest! {
    #[test]
    fn random_bytes(bytes in vec(any::<u8>(), 0..200)) {
        read_all(&bytes);
        read_all(&[&[0xBF][..], &bytes].concat());
    }

    #[test]
    fn random_items(bytes in item()) {
        read_all(&bytes);
    }

    /// What is skipped is what the other implementation skips, where both take the bytes.
    #[test]
    fn skipping_agrees(bytes in item()) {
        let mut scanner = Scanner::new(&bytes);
        let mut decoder = minicbor::Decoder::new(&bytes);
        if scanner.skip().is_ok() && decoder.skip().is_ok() {
            prop_assert_eq!(scanner.offset(), decoder.position());
        }
    }

    #[test]
    fn there_and_back(value in recursive(), cut in any::<prop::sample::Index>()) {
        let bytes = cbor::write(&value).unwrap();
        prop_assert!(is_well_formed(&bytes));
        let mut read = Recursive::empty_structure();
        cbor::read(&bytes, &mut read).unwrap();
        prop_assert_eq!(&read, &value);
        let mut scanner = Scanner::new(&bytes);
        scanner.skip().unwrap();
        prop_assert_eq!(scanner.offset(), bytes.len());
        // No part of it is a whole.
        let cut = cut.index(bytes.len());
        if cut > 0 {
            let error = cbor::read(&bytes[..cut], &mut Recursive::empty_structure()).unwrap_err();
            prop_assert!(error.offset().is_some_and(|offset| offset <= cut));
        }
    }

    #[test]
    fn one_byte_changed(value in recursive(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = cbor::write(&value).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        read_all(&bytes);
    }
}
