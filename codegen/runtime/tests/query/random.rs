//! Random bytes never panic, and what is written is read again.

use std::collections::HashMap;

use proptest::collection::{hash_map, vec};
use proptest::option;
use proptest::prelude::*;
use tinsmith_runtime::codec::query::{Dialect, Form, Writer};
use tinsmith_runtime::{Blob, DateTime, Structure};

use crate::shapes::*;

fn written(dialect: Dialect, structure: &dyn Structure) -> Vec<u8> {
    let mut writer = Writer::new(dialect);
    writer.structure(structure).unwrap();
    writer.into_bytes()
}

fn read<T: Structure>(dialect: Dialect, body: &[u8]) -> Result<T, tinsmith_runtime::Error> {
    let mut structure = T::empty_structure();
    Form::parse(body)?.read(dialect, &mut structure)?;
    Ok(structure)
}

fn check<T: Structure + PartialEq + std::fmt::Debug>(
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

prop_compose! {
    fn simple()(
        (foo, baz, bam, boo) in option_of(text(), any::<bool>(), any::<i32>(), double()),
        (with_prefix, byte, short, long) in
            option_of(text(), any::<i8>(), any::<i16>(), any::<i64>()),
        float_value in option::of(float()),
        qux in option::of(vec(any::<u8>(), 0..20)),
        foo_enum in option::of(text()),
    ) -> Simple {
        Simple {
            foo, baz, bam, float_value, boo, with_prefix, byte, short, long,
            qux: qux.map(Blob::new),
            foo_enum: foo_enum.map(|text| FooEnum::from(text.as_str())),
            ..Simple::default()
        }
    }
}

fn option_of<A: Strategy, B: Strategy, C: Strategy, D: Strategy>(
    a: A,
    b: B,
    c: C,
    d: D,
) -> impl Strategy<Value = (Option<A::Value>, Option<B::Value>, Option<C::Value>, Option<D::Value>)>
{
    (option::of(a), option::of(b), option::of(c), option::of(d))
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

/// Lists of up to `most` elements. EC2 can't tell an empty one from none.
fn lists(least: usize, most: usize) -> impl Strategy<Value = Lists> {
    let texts = move || vec(text(), least..most);
    let greetings = vec(text().prop_map(|hi| Greeting { hi: Some(hi) }), least..most);
    let lists = vec(texts(), least..most);
    let nested = texts().prop_map(|list| WithList { list_arg: Some(list) });
    (option_of(texts(), greetings, texts(), texts()), option_of(texts(), nested, lists, Just(())))
        .prop_map(|((list_arg, complex, flattened, items), (renamed, nested, lists, _))| Lists {
            list_arg,
            complex,
            flattened,
            items,
            renamed,
            nested,
            lists,
            sparse: None,
        })
}

fn maps() -> impl Strategy<Value = Maps> {
    let strings = || hash_map(text(), text(), 1..5);
    let greeting = option::of(text()).prop_map(|hi| Greeting { hi });
    let lists = hash_map(text(), vec(text(), 0..3), 1..5);
    let maps = hash_map(text(), hash_map(text(), text(), 0..3), 1..5);
    (
        option_of(strings(), strings(), strings(), hash_map(text(), greeting, 1..5)),
        option_of(strings(), lists, maps, hash_map(text(), option::of(text()), 1..5)),
    )
        .prop_map(
            |((map_arg, renamed, flattened, complex), (with_names, lists, maps, sparse))| Maps {
                map_arg,
                renamed,
                flattened,
                complex,
                with_names,
                lists,
                maps,
                sparse,
                ..Maps::default()
            },
        )
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
    fn broken_forms(lists in lists(0, 4), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
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
    fn all_lists(lists in lists(0, 15)) {
        check(&lists, &[Dialect::Aws])?;
    }

    #[test]
    fn lists_with_elements(lists in lists(1, 15)) {
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

    /// What is read and written again is the same, whatever was read.
    #[test]
    fn what_is_read_can_be_written(body in almost_a_form()) {
        if let Ok(maps) = read::<Maps>(Dialect::Aws, &body) {
            let again = read::<Maps>(Dialect::Aws, &written(Dialect::Aws, &maps)).unwrap();
            let counted = |maps: &Maps| maps.map_arg.as_ref().map_or(0, HashMap::len);
            prop_assert_eq!(counted(&again), counted(&maps));
        }
    }
}
