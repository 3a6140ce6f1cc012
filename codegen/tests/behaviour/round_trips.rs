//! What is written is read again as it was: requests on the service's side, responses on the client's.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use fixture_enums::operation::paint::{Paint, PaintInput, PaintOutput};
use fixture_enums::types::{Color, Legacy, Odd, Unnamed};
use fixture_naming_members::operation::get_url::{GetURL, GetUrlInput};
use fixture_nullability::operation::fill::{Fill, FillInput};
use fixture_recursion::operation::walk::{Walk, WalkInput};
use fixture_recursion::types::{Call, Even, Expression, Odd as OddNumber, Tree};
use fixture_traits::operation::stamp::{Stamp, StampInput};
use fixture_unions::operation::choose::{Choose, ChooseInput, ChooseOutput};
use fixture_unions::types::{All, Kind, Leaf};
use tinsmith_runtime::{Blob, DateTime, Document};

use crate::{back, body, there};

/// A union of each type, and the JSON it is.
fn payloads() -> Vec<(All, &'static str)> {
    let numbers = HashMap::from([("one".to_owned(), 1)]);
    let document = Document::Array(vec![Document::Null, Document::Bool(true), "x".into()]);
    let sparse = vec![Some("a".to_owned()), None];
    vec![
        (All::Flag(true), r#"{"flag":true}"#),
        (All::Byte(-128), r#"{"byte":-128}"#),
        (All::Short(32767), r#"{"short":32767}"#),
        (All::Int(i32::MIN), r#"{"int":-2147483648}"#),
        (All::Long(i64::MAX), r#"{"long":9223372036854775807}"#),
        (All::Float(1.5), r#"{"float":1.5}"#),
        (All::Float(f32::INFINITY), r#"{"float":"Infinity"}"#),
        (All::Double(-0.25), r#"{"double":-0.25}"#),
        (
            All::BigInteger("123456789012345678901234567890".parse().unwrap()),
            r#"{"bigInteger":123456789012345678901234567890}"#,
        ),
        (
            All::BigDecimal("1.00000000000000000001".parse().unwrap()),
            r#"{"bigDecimal":1.00000000000000000001}"#,
        ),
        (All::Text("a\"\\\n\u{1}é𝄞".to_owned()), "{\"text\":\"a\\\"\\\\\\n\\u0001é𝄞\"}"),
        (All::Blob(Blob::new(*b"\x00\xff")), r#"{"blob":"AP8="}"#),
        (All::Time(DateTime::from_secs_and_nanos(1, 500_000_000)), r#"{"time":1.5}"#),
        (All::Document(document), r#"{"document":[null,true,"x"]}"#),
        (All::Unit, r#"{"unit":{}}"#),
        (All::Strings(vec!["a".to_owned()]), r#"{"strings":["a"]}"#),
        (All::Sparse(sparse), r#"{"sparse":["a",null]}"#),
        (All::Numbers(numbers), r#"{"numbers":{"one":1}}"#),
        (
            All::Structure(Leaf::builder().name("n").build().unwrap()),
            r#"{"structure":{"name":"n"}}"#,
        ),
        (All::Kind(Kind::Plain), r#"{"kind":"PLAIN"}"#),
        (All::Kind("NEWER".into()), r#"{"kind":"NEWER"}"#),
        (
            All::Nested(Box::new(All::Nested(Box::new(All::Unit)))),
            r#"{"nested":{"nested":{"unit":{}}}}"#,
        ),
        (All::Secret("s".to_owned()), r#"{"secret":"s"}"#),
        (All::UnknownValue("u".to_owned()), r#"{"Unknown":"u"}"#),
    ]
}

#[test]
fn every_type_in_a_union() {
    for (value, json) in payloads() {
        let input = ChooseInput::builder()
            .all(value.clone())
            .list(value.clone())
            .map("k", value.clone())
            .build()
            .unwrap();
        let expected = format!("{{\"all\":{json},\"list\":[{json}],\"map\":{{\"k\":{json}}}}}");
        assert_eq!(body::<Choose>(&input), expected);
        assert_eq!(there::<Choose>(&input), input);
        let output = ChooseOutput::builder().all(value).build();
        assert_eq!(back::<Choose>(&output), output);
    }
}

#[test]
fn recursive_shapes() {
    let leaf = Tree::builder().value(1).build();
    let tree = Tree::builder()
        .left(leaf.clone())
        .children(leaf.clone())
        .children(Tree::builder().left(leaf.clone()).build())
        .by_name("a", leaf)
        .build();
    let sum = Expression::Sum(vec![
        Expression::Number(1),
        Expression::Negated(Box::new(Expression::Call(
            Call::builder().argument(Expression::Number(2)).build(),
        ))),
    ]);
    let even = Even::builder().odd(OddNumber::builder().even(Even::builder().build()).build());
    let input = WalkInput::builder().tree(tree).expression(sum).even(even.build()).build().unwrap();
    assert_eq!(there::<Walk>(&input), input);
    assert!(body::<Walk>(&input).contains(
        r#""expression":{"sum":[{"number":1},{"negated":{"call":{"argument":{"number":2}}}}]}"#
    ));
}

/// As a derive of all of them would have it: variants in their order, before what is unknown.
#[test]
fn enums_have_an_order() {
    let all: Vec<Odd> =
        Odd::values().iter().chain(&["neither", "no value was set"]).map(|v| Odd::from(*v)).collect();
    let hashed = |value: &Odd| BuildHasherDefault::<DefaultHasher>::default().hash_one(value);
    for (at, one) in all.iter().enumerate() {
        for (other_at, other) in all.iter().enumerate() {
            assert_eq!(one.cmp(other), at.cmp(&other_at), "{one:?}, {other:?}");
            assert_eq!(one.partial_cmp(other), Some(at.cmp(&other_at)));
            assert_eq!((one == other, hashed(one) == hashed(other)), (at == other_at, at == other_at));
        }
    }
}

#[test]
fn enums_known_and_unknown() {
    let values = ["a\"b", "a\\b", "a`b", "[Vec](x)", "<b>", "a\nb", "", "a\u{202e}b", "1st", "?"];
    assert!(values.iter().all(|value| Odd::values().contains(value)));
    for value in values.into_iter().chain(["neither", "no value was set"]) {
        let odd = Odd::from(value);
        assert_eq!((odd.as_str(), odd.to_string().as_str()), (value, value));
        assert_eq!(value.parse::<Odd>().unwrap(), odd);
        assert_eq!(Odd::try_parse(value).is_ok(), values.contains(&value));
        let input = PaintInput::builder().odd(odd).color(value.into()).build().unwrap();
        assert_eq!(there::<Paint>(&input), input);
    }
    let input = PaintInput::builder()
        .color(Color::PaleBlue)
        .legacy(Legacy::BTwo)
        .unnamed(Unnamed::from("y y"))
        .level(7)
        .by_color(Color::Red, 1)
        .build()
        .unwrap();
    assert_eq!(
        body::<Paint>(&input),
        r#"{"color":"pale-blue","legacy":"b.2","unnamed":"y y","level":7,"byColor":{"RED":1}}"#
    );
    assert_eq!(there::<Paint>(&input), input);
    let output = PaintOutput::builder()
        .color("violet".into())
        .unnamed("z".to_owned().into())
        .colors(Color::Green)
        .build()
        .unwrap();
    assert_eq!(back::<Paint>(&output), output);
    assert_eq!(back::<Paint>(&output).color().as_str(), "violet");
}

#[test]
fn absent_and_null_elements() {
    let input = FillInput::builder()
        .sparse_list(Some("a".to_owned()))
        .sparse_list(None)
        .sparse_map("k", None)
        .set_dense_list(Some(Vec::new()))
        .build()
        .unwrap();
    assert_eq!(
        body::<Fill>(&input),
        r#"{"sparseList":["a",null],"sparseMap":{"k":null},"denseList":[]}"#
    );
    assert_eq!(there::<Fill>(&input), input);
    assert_eq!(input.sparse_list(), [Some("a".to_owned()), None]);
}

#[test]
fn timestamps_have_the_format_of_member_or_target_and_keys_stay() {
    let time = DateTime::from_secs(1_700_000_000);
    let input = StampInput::builder()
        .plain(time)
        .member(time)
        .target(time)
        .overridden(time)
        .list(time)
        .map("k", time)
        .renamed("r")
        .build()
        .unwrap();
    assert_eq!(
        body::<Stamp>(&input),
        concat!(
            r#"{"plain":1700000000,"member":"2023-11-14T22:13:20Z","#,
            r#""target":"Tue, 14 Nov 2023 22:13:20 GMT","overridden":1700000000,"#,
            r#""list":["Tue, 14 Nov 2023 22:13:20 GMT"],"map":{"k":"2023-11-14T22:13:20Z"},"#,
            r#""renamed":"r"}"#
        )
    );
    assert_eq!(there::<Stamp>(&input), input);
}

#[test]
fn names_on_the_wire_are_the_models() {
    let input = GetUrlInput::builder()
        .r#type("t")
        .crate_("c")
        .self_("s")
        .build_value("b")
        ._1_st("1")
        .kms_key_arn("k")
        .set_meta(Some("m".to_owned()))
        .build()
        .unwrap();
    assert_eq!(
        body::<GetURL>(&input),
        r#"{"type":"t","crate":"c","Self":"s","build":"b","meta":"m","_1st":"1","KMSKeyArn":"k"}"#
    );
    assert_eq!(there::<GetURL>(&input), input);
    assert_eq!(
        (input.r#type(), input._1_st(), input.meta_value()),
        (Some("t"), Some("1"), Some("m"))
    );
}
