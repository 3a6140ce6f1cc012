//! What a change of a model does to the API. It must not know how it is shown.

use tinsmith_codegen::{Model, Settings, api};

use super::compare::compare;

/// A service with a shape of each kind.
const MODEL: &str = r##"{"smithy": "2.0", "shapes": {
    "a#Books": {
        "type": "service", "version": "1",
        "operations": [{"target": "a#GetBook"}, {"target": "a#ListBooks"}],
        "traits": {"aws.protocols#awsJson1_0": {}}
    },
    "a#GetBook": {
        "type": "operation", "input": {"target": "a#GetBookInput"},
        "output": {"target": "a#GetBookOutput"}, "errors": [{"target": "a#Missing"}]
    },
    "a#GetBookInput": {"type": "structure", "members": {
        "filter": {"target": "a#Filter"}, "mode": {"target": "a#Mode"}, "key": {"target": "a#Key"}
    }},
    "a#GetBookOutput": {"type": "structure", "members": {
        "books": {"target": "a#Books_"}, "type": {"target": "smithy.api#String"}
    }},
    "a#ListBooks": {
        "type": "operation", "input": {"target": "a#ListBooksInput"},
        "output": {"target": "a#ListBooksOutput"},
        "traits": {
            "smithy.api#paginated": {"inputToken": "token", "outputToken": "token"},
            "smithy.api#readonly": {}
        }
    },
    "a#ListBooksInput": {"type": "structure", "members": {"token": {"target": "smithy.api#String"}}},
    "a#ListBooksOutput": {"type": "structure", "members": {"token": {"target": "smithy.api#String"}}},
    "a#Books_": {"type": "list", "member": {"target": "a#Book"}},
    "a#Book": {"type": "structure", "members": {
        "title": {"target": "smithy.api#String"}, "pages": {"target": "smithy.api#Integer"}
    }},
    "a#Filter": {"type": "structure", "members": {
        "name": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
        "value": {"target": "smithy.api#String"}
    }},
    "a#Key": {"type": "union", "members": {
        "isbn": {"target": "smithy.api#String"}, "number": {"target": "smithy.api#Long"}
    }},
    "a#Mode": {"type": "enum", "members": {
        "FAST": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "fast"}},
        "SLOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "slow"}}
    }},
    "a#Missing": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}}
}}"##;

/// The changes from the model to one with texts in place of others, a line each.
#[track_caller]
fn changes(edits: &[(&str, &str)]) -> Vec<String> {
    let mut edited = MODEL.to_owned();
    for (text, by) in edits {
        assert!(edited.contains(text), "{text}");
        edited = edited.replace(text, by);
    }
    let api = |text: &str| {
        let model = Model::from_smithy_json("books.json", text).unwrap();
        api(&model, &Settings::default()).unwrap()
    };
    let changes = compare(&api(MODEL), &api(&edited));
    let line = |change: &super::compare::Change| {
        let word = if change.breaking { "breaking: " } else { "" };
        format!("{} | {word}{}", change.item, change.change)
    };
    changes.iter().map(line).collect()
}

#[track_caller]
fn expect(text: &str, by: &str, expected: &[&str]) {
    assert_eq!(changes(&[(text, by)]), expected);
}

#[test]
fn what_stays_is_not_told() {
    assert!(changes(&[]).is_empty());
    let documented = r#""value": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "It."}}"#;
    assert!(changes(&[(r#""value": {"target": "smithy.api#String"}"#, documented)]).is_empty());
}

#[test]
fn operations_come_and_go_with_their_types() {
    let gone = r#"{"target": "a#GetBook"}, "#;
    let lines = changes(&[(gone, "")]);
    assert_eq!(lines[0], "GetBook | breaking: removed");
    let types = ["error::Missing", "Book", "Filter", "Key", "Mode"];
    let mut expected = types.map(|name| format!("types::{name} | breaking: removed"));
    expected.sort();
    assert_eq!(lines[1..], expected);
    let other = r##"[{"target": "a#GetBook"}, {"target": "a#Burn"}, "##;
    let shape = r##""a#Burn": {"type": "operation"}, "a#Books": {"##;
    let lines =
        changes(&[(r##"[{"target": "a#GetBook"}, "##, other), (r##""a#Books": {"##, shape)]);
    assert_eq!(lines, ["Burn | added"]);
}

#[test]
fn what_an_operation_offers_besides() {
    expect(
        r#""smithy.api#paginated": {"inputToken": "token", "outputToken": "token"},"#,
        "",
        &["ListBooks | breaking: the paginator removed"],
    );
    let waiter = r#""smithy.waiters#waitable": {"Listed": {"acceptors": [
        {"state": "success", "matcher": {"success": true}}
    ]}}, "smithy.api#deprecated": {}, "smithy.api#readonly": {}"#;
    expect(
        r#""smithy.api#readonly": {}"#,
        waiter,
        &["ListBooks | the waiter `wait_until_listed` added", "ListBooks | deprecated"],
    );
}

#[test]
fn fields_come_and_go() {
    let pages = r#", "pages": {"target": "smithy.api#Integer"}"#;
    expect(pages, "", &["types::Book | breaking: the field `pages: Option<i32>` removed"]);
    let more = r#", "pages": {"target": "smithy.api#Integer"}, "of": {"target": "a#Books_"}"#;
    expect(pages, more, &["types::Book | the field `of: Option<Vec<types::Book>>` added"]);
    expect(
        pages,
        r#", "pages": {"target": "smithy.api#Long"}"#,
        &["types::Book | breaking: the field `pages` was `Option<i32>`, is `Option<i64>` now"],
    );
    expect(
        r#""type": {"target": "smithy.api#String"}"#,
        r#""type": {"target": "smithy.api#Blob"}"#,
        &[
            "operation::get_book::GetBookOutput | breaking: the field `r#type` was `Option<String>`, \
           is `Option<Blob>` now",
        ],
    );
}

#[test]
fn what_must_be_set_breaks_builders() {
    let value = r#""value": {"target": "smithy.api#String"}"#;
    let required = r#"{"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}"#;
    expect(
        value,
        &format!(r#""value": {required}"#),
        &[
            "types::Filter | breaking: `build()` fails now without `value`",
            "types::Filter | breaking: the field `value` is no `Option` any more: `String`",
        ],
    );
    expect(
        value,
        &format!(r#"{value}, "more": {required}"#),
        &[
            "types::Filter | breaking: the field `more: String` added, without which `build()` fails",
        ],
    );
    let title = r#""title": {"target": "smithy.api#String"}"#;
    let lines = changes(&[(title, &format!(r#""title": {required}"#))]);
    let result = "types::Book | breaking: the builder's `build()` gives a `Result` now";
    assert!(lines.contains(&result.to_owned()), "{lines:?}");
    let name = r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}"#;
    expect(
        name,
        r#""name": {"target": "smithy.api#String"}"#,
        &[
            "types::Filter | `build()` does without `name` now",
            "types::Filter | breaking: the builder's `build()` gives no `Result` any more",
            "types::Filter | breaking: the field `name` is an `Option` now: `Option<String>`",
        ],
    );
}

#[test]
fn variants_come_and_go() {
    let slow = r#",
        "SLOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "slow"}}"#;
    expect(slow, "", &["types::Mode | breaking: the variant `Slow` removed"]);
    expect(
        slow,
        &slow.replace("SLOW", "SNAIL"),
        &["types::Mode | breaking: the variant `Slow` is called `Snail` now"],
    );
    expect(
        slow,
        &slow.replace("\"slow\"", "\"slower\""),
        &["types::Mode | breaking: the variant `Slow` stands for \"slower\" now, not \"slow\""],
    );
    let more = slow.replace("SLOW", "SNAIL").replace("\"slow\"", "\"snail\"");
    expect(slow, &format!("{slow}{more}"), &["types::Mode | the variant `Snail` added"]);
    let number = r#", "number": {"target": "smithy.api#Long"}"#;
    expect(number, "", &["types::Key | breaking: the variant `Number` removed"]);
    expect(
        number,
        &number.replace("Long", "String"),
        &["types::Key | breaking: what the variant `Number` holds was `i64`, is `String` now"],
    );
    expect(
        number,
        &format!("{number}, \"more\": {{\"target\": \"smithy.api#Unit\"}}"),
        &["types::Key | the variant `More` added"],
    );
}

#[test]
fn errors_come_and_go() {
    expect(
        r##", "errors": [{"target": "a#Missing"}]"##,
        "",
        &[
            "operation::get_book::GetBookError | breaking: the error variant `Missing` removed",
            "types::error::Missing | breaking: removed",
        ],
    );
    let burnt = r##""a#Burnt": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
        "a#Missing": {"type""##;
    let lines = changes(&[
        (r##"[{"target": "a#Missing"}]"##, r##"[{"target": "a#Missing"}, {"target": "a#Burnt"}]"##),
        (r##""a#Missing": {"type""##, burnt),
    ]);
    let expected = [
        "operation::get_book::GetBookError | the error variant `Burnt` added",
        "types::error::Burnt | added",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_type_of_another_name_is_renamed() {
    expect("a#Book\"", "a#Volume\"", &["types::Volume | breaking: renamed from `types::Book`"]);
    // What else changes in it is told by its new name, and types within are found, too.
    let lines = changes(&[
        ("a#Filter", "a#Query"),
        (r#""value": {"target": "smithy.api#String"}"#, r#""value": {"target": "a#Mode"}"#),
        ("a#Key\"", "a#Id\""),
    ]);
    let expected = [
        "types::Id | breaking: renamed from `types::Key`",
        "types::Query | breaking: renamed from `types::Filter`",
        "types::Query | breaking: the field `value` was `Option<String>`, is `Option<types::Mode>` now",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_type_of_another_kind_is_another_type() {
    let mode = r##""a#Mode": {"type": "string"}, "a#Was": {"type": "enum""##;
    let lines = changes(&[(r##""a#Mode": {"type": "enum""##, mode)]);
    let field = "operation::get_book::GetBookInput | breaking: the field `mode` was \
                 `Option<types::Mode>`, is `Option<String>` now";
    assert_eq!(lines, [field, "types::Mode | breaking: removed"]);
    let key = r##""a#Key": {"type": "structure""##;
    let lines = changes(&[(r##""a#Key": {"type": "union""##, key)]);
    assert_eq!(lines, ["types::Key | breaking: was an enum that holds values, is a structure now"]);
}
