//! Builders: what they ask for, what they fill in.

use fixture_nullability::operation::fill::{Fill, FillInput, FillOutput};
use fixture_nullability::types::{Defaults, Everything, Inner, Kind, Nested};
use tinsmith_runtime::{Blob, DateTime, Operation};

use crate::{answered, back};

#[test]
fn inputs_need_nothing() {
    let input = FillInput::builder().build().unwrap();
    assert_eq!((input.required(), input.defaulted()), (None, None));
    assert!(input.dense_list().is_empty() && input.dense_map().is_none());
}

#[test]
fn a_missing_member_is_named() {
    let error = Inner::builder().build().unwrap_err().to_string();
    assert!(error.contains("`text`") || error.contains("text"), "{error}");
    assert!(error.contains("Inner"), "{error}");
    assert!(FillOutput::builder().build().is_err());
    // A structure is never needed: it is an `Option` though required.
    assert!(Nested::builder().size(1).build().unwrap().inner().is_none());
}

#[test]
fn defaults_take_the_place_of_what_is_missing() {
    let defaults = Defaults::builder().build();
    assert!(defaults.yes() && !defaults.no());
    assert_eq!((defaults.byte(), defaults.short(), defaults.int()), (-8, 16, -32));
    assert_eq!((defaults.zero(), defaults.long()), (0, -9_000_000_000_000_000_000));
    assert_eq!((defaults.float(), defaults.double(), defaults.whole()), (1.5, -0.25, 3.0));
    assert_eq!((defaults.big().as_ref(), defaults.exact().as_ref()), ("0", "0.0"));
    assert_eq!((defaults.text(), defaults.empty()), ("a \"b\"\né", ""));
    assert_eq!(defaults.blob(), &Blob::new(*b"\x00\xff\x62"));
    assert_eq!(defaults.when(), &DateTime::from_secs(1_700_000_000));
    assert!(defaults.list().is_empty() && defaults.map().is_empty() && defaults.any().is_none());
    assert_eq!(defaults.kind(), &Kind::One);
    assert!(!Defaults::builder().yes(false).build().yes());
}

#[test]
fn what_is_optional() {
    let everything = Everything::builder().required("r").build().unwrap();
    assert_eq!((everything.required(), everything.plain()), ("r", None));
    assert_eq!((everything.client_optional(), everything.null_default()), (None, None));
    assert_eq!((everything.defaulted(), everything.client_optional_default()), (true, None));
}

#[test]
fn builders_append_insert_replace_and_tell() {
    let builder = FillInput::builder().dense_list("a").dense_list("b").dense_map("k", 1);
    assert_eq!(builder.get_dense_list(), &Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(builder.get_dense_map().as_ref().map(|map| map["k"]), Some(1));
    let input = builder.set_dense_list(None).defaulted(1).build().unwrap();
    assert!(input.dense_list().is_empty());
    assert_eq!(input.defaulted(), Some(1));
}

#[test]
fn numbers_and_booleans_that_are_defaults_are_not_sent() {
    let sent = |defaults: Defaults| {
        let mut output = answered::<Fill>("{}").unwrap();
        output.choice = None;
        output.defaults = Some(defaults);
        assert_eq!(back::<Fill>(&output).defaults, output.defaults);
        String::from_utf8(Fill::write_response(&output).unwrap().into_body()).unwrap()
    };
    let defaults = sent(Defaults::builder().build());
    for name in ["yes", "no", "byte", "short", "int", "zero", "long", "float", "double"] {
        assert!(!defaults.contains(&format!("\"{name}\":")), "{defaults}");
    }
    // Others are.
    assert!(defaults.contains("\"text\":"), "{defaults}");
    let others = sent(Defaults::builder().yes(false).int(7).double(1.5).build());
    for set in ["\"yes\":false", "\"int\":7", "\"double\":1.5"] {
        assert!(others.contains(set), "{others}");
    }
}
