//! Random bytes never panic, and what is written is read again.

use proptest::collection::{hash_map, vec};
use proptest::option;
use proptest::prelude::*;
use tinsmith_runtime::codec::query::{Dialect, Form, Writer};
use tinsmith_runtime::{Blob, DateTime, Structure, StructureShape};

use crate::shapes::*;

fn written(dialect: Dialect, structure: &dyn Structure) -> Vec<u8> {
    let mut writer = Writer::new(dialect);
    writer.structure(structure).unwrap();
    writer.into_bytes()
}

fn read<T: StructureShape>(dialect: Dialect, body: &[u8]) -> Result<T, tinsmith_runtime::Error> {
    let mut structure = T::empty_structure();
    Form::parse(body)?.read(dialect, &mut structure)?;
    Ok(structure)
}

fn check<T: StructureShape + PartialEq + std::fmt::Debug>(
    structure: &T,
    dialects: &[Dialect],
) -> Result<(), TestCaseError> {
    for dialect in dialects {
        let body = written(*dialect, structure);
        prop_assert_eq!(&read::<T>(*dialect, &body).unwrap(), structure);
        // The order of parameters means nothing.
        let reversed: Vec<&[u8]> = body.rsplit(|byte| *byte == b'&').collect();
        prop_assert_eq!(&read::<T>(*dialect, &reversed.join(&b'&')).unwrap(), structure);
    }
    Ok(())
}

const BOTH: &[Dialect] = &[Dialect::Aws, Dialect::Ec2];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ -~]{0,20}", "[a-z.=&%+]{0,8}"]
}

fn float() -> impl Strategy<Value = f32> {
    any::<f32>().prop_filter("equal to itself", |value| !value.is_nan())
}

fn double() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("equal to itself", |value| !value.is_nan())
}

fn simple() -> impl Strategy<Value = Simple> {
    let texts = (option::of(text()), option::of(text()), option::of(text()));
    let bytes = option::of(vec(any::<u8>(), 0..20));
    let whole = option::of((any::<i8>(), any::<i16>(), any::<i32>(), any::<i64>()));
    let floats = option::of((float(), double()));
    (texts, bytes, option::of(any::<bool>()), whole, floats).prop_map(
        |((text, with_prefix, variant), bytes, boolean, whole, floats)| Simple {
            foo: text,
            with_prefix,
            foo_enum: variant.as_deref().map(FooEnum::from),
            qux: bytes.map(Blob::new),
            baz: boolean,
            byte: whole.map(|(byte, ..)| byte),
            short: whole.map(|(_, short, ..)| short),
            bam: whole.map(|(_, _, integer, _)| integer),
            long: whole.map(|(.., long)| long),
            float_value: floats.map(|(float, _)| float),
            boo: floats.map(|(_, double)| double),
            ..Simple::default()
        },
    )
}

fn recursive() -> impl Strategy<Value = Recursive> {
    let leaf = text().prop_map(|text| Recursive { string_arg: Some(text), ..Recursive::default() });
    leaf.prop_recursive(20, 20, 1, |inner| {
        (option::of(text()), option::of(any::<bool>()), inner).prop_map(
            |(string_arg, other_arg, inner)| Recursive {
                string_arg,
                other_arg,
                recursive_arg: Some(Box::new(inner)),
            },
        )
    })
}

/// Lists of `least` elements or more. EC2 can't tell an empty one from none.
fn lists(least: usize) -> impl Strategy<Value = Lists> {
    let texts = move || vec(text(), least..15);
    let greetings = vec(text().prop_map(|hi| Greeting { hi: Some(hi) }), least..15);
    let nested = texts().prop_map(|list| WithList { list_arg: Some(list) });
    let plain = (option::of(texts()), option::of(texts()), option::of(texts()));
    let deep = (option::of(greetings), option::of(vec(texts(), least..5)), option::of(nested));
    (plain, deep).prop_map(|((list_arg, flattened, renamed), (complex, lists, nested))| Lists {
        list_arg,
        flattened,
        renamed,
        complex,
        lists,
        nested,
        ..Lists::default()
    })
}

fn maps() -> impl Strategy<Value = Maps> {
    let strings = || hash_map(text(), text(), 1..5);
    let greeting = option::of(text()).prop_map(|hi| Greeting { hi });
    let lists = hash_map(text(), vec(text(), 0..3), 1..5);
    let maps = hash_map(text(), hash_map(text(), text(), 0..3), 1..5);
    let sparse = hash_map(text(), option::of(text()), 1..5);
    let plain = (option::of(strings()), option::of(strings()), option::of(strings()));
    let deep = (hash_map(text(), greeting, 1..5), option::of((lists, maps)), option::of(sparse));
    (plain, deep).prop_map(|((map_arg, flattened, with_names), (complex, nested, sparse))| {
        let (lists, maps) = nested.unzip();
        let complex = Some(complex);
        Maps { map_arg, flattened, with_names, complex, lists, maps, sparse, ..Maps::default() }
    })
}

fn timestamps() -> impl Strategy<Value = Timestamps> {
    // The years from 1 to 9999.
    let seconds = || -62_135_596_800..=253_402_300_799_i64;
    let nanos = || prop_oneof![Just(0), (0..1_000_u32).prop_map(|n| n * 1_000_000)];
    let time = move || {
        option::of(
            (seconds(), nanos())
                .prop_map(|(secs, nanos)| DateTime::from_secs_and_nanos(secs, nanos)),
        )
    };
    (time(), time()).prop_map(|(normal, epoch_member)| Timestamps {
        normal,
        epoch_member,
        ..Timestamps::default()
    })
}

fn chosen() -> impl Strategy<Value = Chosen> {
    let greeting = option::of(text()).prop_map(|hi| Choice::Greeting(Greeting { hi }));
    let choice = prop_oneof![
        text().prop_map(Choice::Text),
        greeting,
        vec(text(), 0..3).prop_map(Choice::Lists),
    ];
    (option::of(choice), text())
        .prop_map(|(choice, required)| Chosen { choice, required: Some(required) })
}

/// Something like a form: keys that the shapes have, in parts that may not belong together.
fn almost_a_form() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just("ListArg"),
        Just("MapArg"),
        Just("Hi"),
        Just("Lists"),
        Just("Nested"),
        Just("NestedWithList"),
        Just("RecursiveArg"),
        Just("StringArg"),
        Just("ComplexListArg"),
        Just("MapOfLists"),
        Just("Choice"),
        Just("lists"),
        Just("greeting"),
        Just("hi"),
        Just("entry"),
        Just("key"),
        Just("value"),
        Just("K"),
        Just("V"),
        Just("member"),
        Just("item"),
        Just("1"),
        Just("2"),
        Just("3"),
        Just("99999999999999999999"),
        Just(""),
        Just("%2E"),
        Just("%"),
        Just("normalFormat"),
        Just("epochMember"),
        Just("httpDate"),
    ];
    let value = prop_oneof![Just(String::new()), "[0-9.:TZ+-]{0,25}", any::<String>()];
    let pair =
        (vec(part, 1..6), value).prop_map(|(key, value)| format!("{}={value}", key.join(".")));
    vec(pair, 0..12).prop_map(|pairs| pairs.join("&").into_bytes())
}

/// Whatever is read: once it is written, reading and writing changes nothing more.
fn settles<T: StructureShape>(body: &[u8]) -> Result<(), TestCaseError> {
    let write = |structure: &T| {
        let mut writer = Writer::new(Dialect::Aws);
        writer.structure(structure).ok().map(|()| writer.into_bytes())
    };
    // The variant of a union that nobody knows can be read, but not written.
    if let Some(first) = read::<T>(Dialect::Aws, body).ok().as_ref().and_then(write) {
        let again = read::<T>(Dialect::Aws, &first).unwrap();
        prop_assert_eq!(write(&again), Some(first));
    }
    Ok(())
}

fn read_all(body: &[u8]) {
    for dialect in BOTH {
        let _ = read::<Simple>(*dialect, body);
        let _ = read::<Nested>(*dialect, body);
        let _ = read::<Lists>(*dialect, body);
        let _ = read::<Maps>(*dialect, body);
        let _ = read::<Timestamps>(*dialect, body);
        let _ = read::<Chosen>(*dialect, body);
    }
}

proptest! {
    #[test]
    fn random_bytes(body in vec(any::<u8>(), 0..200)) {
        read_all(&body);
    }

    #[test]
    fn random_text(body in "[ListArgHiMapmember.entrykvKV0-9=&%+]{0,100}") {
        read_all(body.as_bytes());
    }

    #[test]
    fn random_forms(body in almost_a_form()) {
        read_all(&body);
    }

    #[test]
    fn broken_forms(lists in lists(0), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut body = written(Dialect::Aws, &lists);
        if !body.is_empty() {
            let at = at.index(body.len());
            body[at] = byte;
            read_all(&body);
            body.truncate(at);
            read_all(&body);
        }
    }

    #[test]
    fn simple_members(simple in simple()) {
        check(&simple, BOTH)?;
    }

    #[test]
    fn nested_structures(nested in recursive()) {
        check(&Nested { nested: Some(nested) }, BOTH)?;
    }

    #[test]
    fn all_lists(lists in lists(0)) {
        check(&lists, &[Dialect::Aws])?;
    }

    #[test]
    fn lists_with_elements(lists in lists(1)) {
        check(&lists, BOTH)?;
    }

    #[test]
    fn all_maps(maps in maps()) {
        check(&maps, &[Dialect::Aws])?;
    }

    #[test]
    fn all_timestamps(timestamps in timestamps()) {
        check(&timestamps, BOTH)?;
    }

    #[test]
    fn all_unions(chosen in chosen()) {
        check(&chosen, BOTH)?;
    }

    #[test]
    fn what_was_read_is_written_and_read_again(body in almost_a_form()) {
        settles::<Maps>(&body)?;
        settles::<Nested>(&body)?;
        settles::<Timestamps>(&body)?;
        settles::<Chosen>(&body)?;
    }
}
