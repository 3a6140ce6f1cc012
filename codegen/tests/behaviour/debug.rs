//! `Debug` is what a derive would print, sensitive values aside.

use std::collections::HashMap;
use std::fmt::Debug;

use fixture_enums::operation::paint::PaintInput;
use fixture_enums::types::{Color, Unnamed};
use fixture_naming_members::operation::get_url::GetUrlInput;
use fixture_recursion::types::{Expression, Tree as Generated};
use fixture_sensitive::operation::hide::{HideInput, HideOutput};
use fixture_sensitive::types::error::Leaked;
use fixture_sensitive::types::{Choice, User};
use fixture_unions::types::All;

const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// Both are printed alike, on one line and on many.
fn alike(value: &dyn Debug, derived: &dyn Debug) {
    assert_eq!(format!("{value:?}"), format!("{derived:?}"));
    assert_eq!(format!("{value:#?}"), format!("{derived:#?}"));
}

#[test]
fn structures() {
    #[derive(Debug, Default)]
    #[expect(dead_code, reason = "Debug reads the fields")]
    struct Tree {
        left: Option<Box<Tree>>,
        children: Option<Vec<Tree>>,
        by_name: Option<HashMap<String, Tree>>,
        value: Option<i32>,
    }
    let generated = Generated::builder()
        .left(Generated::builder().value(1).build())
        .children(Generated::builder().build())
        .by_name("k\"", Generated::builder().build())
        .build();
    let leaf = Tree { value: Some(1), ..Tree::default() };
    let derived = Tree {
        left: Some(Box::new(leaf)),
        children: Some(vec![Tree::default()]),
        by_name: Some(HashMap::from([("k\"".to_owned(), Tree::default())])),
        value: None,
    };
    alike(&generated, &derived);
}

#[test]
fn enums_and_unions() {
    assert_eq!(format!("{:?}", Color::PaleBlue), "PaleBlue");
    assert_eq!(format!("{:?}", Color::from("x")), "Unknown(UnknownVariantValue(\"x\"))");
    assert_eq!(format!("{:?}", Unnamed::from("x")), "Unnamed(\"x\")");
    assert_eq!(format!("{:?}", All::Unit), "Unit");
    assert_eq!(format!("{:?}", crate::unknown::<All>()), "Unknown");
    assert_eq!(format!("{:?}", All::Text("a".to_owned())), "Text(\"a\")");
    assert_eq!(format!("{:?}", All::Secret("a".to_owned())), format!("Secret({REDACTED:?})"));
    assert_eq!(format!("{:?}", All::Sparse(vec![None])), "Sparse([None])");
    let nested = Expression::Negated(Box::new(Expression::Sum(vec![Expression::Number(1)])));
    assert_eq!(format!("{nested:?}"), "Negated(Sum([Number(1)]))");
    let painted = PaintInput::builder().by_color(Color::PaleBlue, 1).build().unwrap();
    assert!(format!("{painted:?}").contains("by_color: Some({PaleBlue: 1})"), "{painted:?}");
}

#[test]
fn sensitive_values_are_redacted() {
    let user = User::builder().name("n").age(1).build().unwrap();
    assert_eq!(format!("{user:?}"), format!("User {{ name: {REDACTED:?}, age: {REDACTED:?} }}"));
    let builder = User::builder().name("n").age(1);
    assert_eq!(
        format!("{builder:?}"),
        format!("UserBuilder {{ name: {REDACTED:?}, age: {REDACTED:?} }}")
    );
    let leaked = Leaked::builder().message("m").secret("s").build().unwrap();
    assert!(format!("{leaked:?}").starts_with(&format!(
        "Leaked {{ message: Some(\"m\"), secret: {REDACTED:?}, meta: ErrorMetadata {{"
    )));
    assert_eq!(format!("{:?}", Choice::Hidden("h".to_owned())), format!("Hidden({REDACTED:?})"));
    assert_eq!(format!("{:?}", Choice::Open("o".to_owned())), "Open(\"o\")");
    let output = HideOutput::builder().key("k").open("o").build().unwrap();
    assert_eq!(
        format!("{output:?}"),
        format!("HideOutput {{ key: {REDACTED:?}, open: \"o\", _request_id: None }}")
    );
}

#[test]
fn sensitive_members_are_redacted_whether_set_or_not() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "Debug reads the fields")]
    struct HideInput {
        password: &'static str,
        token: &'static str,
        user: &'static str,
        secrets: &'static str,
        secret_map: &'static str,
        keyed: &'static str,
        choice: Option<Choice>,
        open: Option<String>,
    }
    let derived = |choice: Option<Choice>, open: Option<&str>| HideInput {
        password: REDACTED,
        token: REDACTED,
        user: REDACTED,
        secrets: REDACTED,
        secret_map: REDACTED,
        keyed: REDACTED,
        choice,
        open: open.map(str::to_owned),
    };
    let builder = self::HideInput::builder;
    alike(&builder().build().unwrap(), &derived(None, None));
    let choice = Choice::Hidden("h".to_owned());
    let input = builder().password("p").secrets("s").choice(choice.clone()).open("o");
    alike(&input.build().unwrap(), &derived(Some(choice), Some("o")));
}

#[test]
fn keywords_are_printed_as_they_are() {
    let text = format!("{:?}", GetUrlInput::builder().r#type("t").build().unwrap());
    assert!(text.starts_with("GetUrlInput { type: Some(\"t\"), crate_: None, super_: None, self_"));
    assert!(text.contains(" build_value: None") && text.contains(" _1_st: None"));
    let builder = format!("{:?}", GetUrlInput::builder());
    assert!(builder.starts_with("GetUrlInputBuilder { type: None"), "{builder}");
}
