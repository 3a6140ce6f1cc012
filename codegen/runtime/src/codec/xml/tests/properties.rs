//! What holds for all documents.

use std::collections::HashMap;

use proptest::collection::{hash_map, vec};
use proptest::option;
use proptest::prelude::*;

use super::shapes::*;
use super::{Xml, read, write};
use crate::codec::xml::{error_head, read_unwrapped};
use crate::codec::{Codec as _, Part};
use crate::value::Value;

fn text() -> impl Strategy<Value = String> {
    // What XML can't hold is left out.
    "[\\t\\r\\n -\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]{0,20}|[<>&'\"a ]{0,40}"
}

fn recursive() -> impl Strategy<Value = Recursive> {
    let leaf = option::of(text()).prop_map(|foo| Recursive { foo, ..Recursive::default() });
    leaf.prop_recursive(5, 40, 4, |inner| {
        let list = || option::of(vec(inner.clone(), 0..4));
        let choice = prop_oneof![
            text().prop_map(Choice::Text),
            any::<bool>().prop_map(Choice::Flag),
            vec(any::<i32>(), 1..3).prop_map(Choice::Flattened),
        ];
        let flattened = option::of(vec(inner.clone(), 1..4));
        let map = option::of(hash_map(text(), inner.clone(), 0..4));
        (option::of(text()), option::of(inner.clone()), list(), map, flattened, option::of(choice))
            .prop_map(|(foo, nested, list, map, flattened, choice)| Recursive {
                foo,
                nested: nested.map(Box::new),
                list,
                map,
                flattened,
                choice,
            })
    })
}

/// Pieces of which documents are made, right or wrong.
fn pieces() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "Recursive",
        "foo",
        "nested",
        "list",
        "member",
        "map",
        "entry",
        "key",
        "value",
        "flat",
        "choice",
        "booleanValue",
        "flattened",
        "x:foo",
    ]);
    let piece = prop_oneof![
        4 => names.clone().prop_map(|name| format!("<{name}>")),
        4 => names.clone().prop_map(|name| format!("</{name}>")),
        2 => names.prop_map(|name| format!("<{name} a='&lt;'/>")),
        2 => prop::sample::select(vec![
            "text", " ", "&amp;", "&#x41;", "&bad;", "&", "<![CDATA[x]]>", "<!--x-->", "<?x?>",
            "<!DOCTYPE x>", "<", ">", "true", "1", "'", "\"", "\u{FEFF}",
        ]).prop_map(str::to_owned),
    ];
    vec(piece, 0..40).prop_map(|pieces| format!("<Recursive>{}", pieces.concat()))
}

fn read_everything(bytes: &[u8]) {
    let _ = Xml.read(bytes, Part::Whole, &mut Recursive::empty());
    let _ = Xml.read(bytes, Part::Whole, &mut Maps::empty());
    let _ = Xml.read(bytes, Part::Whole, &mut Attributes::empty());
    let _ = read_unwrapped(bytes, &mut Recursive::empty());
    let _ = error_head(bytes, &["*", "*"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        read_everything(&bytes);
    }

    #[test]
    fn any_pieces_are_read_or_refused(document in pieces()) {
        read_everything(document.as_bytes());
    }

    #[test]
    fn what_is_written_is_read(value in recursive()) {
        let document = write(&value).unwrap();
        prop_assert_eq!(read::<Recursive>(&document).unwrap(), value);
    }

    #[test]
    fn part_of_a_document_is_refused(value in recursive(), cut in any::<prop::sample::Index>()) {
        let document = write(&value).unwrap();
        let part = document.as_bytes().get(..cut.index(document.len())).unwrap();
        let result = Xml.read(part, Part::Whole, &mut Recursive::empty());
        // Nothing at all is a document without members.
        prop_assert_eq!(result.is_ok(), part.is_empty());
    }

    #[test]
    fn a_changed_byte_does_no_harm(
        value in recursive(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut document = write(&value).unwrap().into_bytes();
        let at = at.index(document.len());
        document[at] = byte;
        read_everything(&document);
    }

    #[test]
    fn maps_of_any_keys(entries in hash_map(text(), text(), 0..5)) {
        let entries: HashMap<_, _> = entries;
        let maps = Maps { named: Some(entries), ..Maps::default() };
        prop_assert_eq!(read::<Maps>(&write(&maps).unwrap()).unwrap(), maps);
    }
}
