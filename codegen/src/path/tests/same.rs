//! What the runtime finds is what the `jmespath` crate finds, for random expressions and values.

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use tinsmith_model::Model;
use tinsmith_runtime::path as runtime;
use tinsmith_runtime::{Document, Ref};

use super::super::{Expression, Literal, Type, parse};

/// A model without shapes of its own: documents are looked into without one.
fn model() -> Model {
    Model::from_smithy_json("empty.json", r#"{"smithy": "2.0", "shapes": {}}"#).unwrap()
}

/// The expression as the runtime has it, for as long as the test runs.
fn leaked(expression: &Expression) -> runtime::Expression {
    use runtime::Expression as To;
    let one = |it: &Expression| -> &'static To { Box::leak(Box::new(leaked(it))) };
    match expression {
        Expression::Current => To::Current,
        Expression::Literal(value) => To::Literal(leaked_literal(value)),
        Expression::Fields(names) => {
            let names = names.iter().map(|name| leaked_text(name)).collect::<Vec<_>>();
            To::Fields(Vec::leak(names))
        }
        Expression::Index(index) => To::Index(*index),
        Expression::Slice(start, stop, step) => To::Slice(*start, *stop, *step),
        Expression::Within(outer, inner) => To::Within(one(outer), one(inner)),
        Expression::Flatten(list) => To::Flatten(one(list)),
        Expression::Values(object) => To::Values(one(object)),
        Expression::Each(list, within) => To::Each(one(list), one(within)),
        Expression::When(condition, then) => To::When(one(condition), one(then)),
        Expression::List(elements) => {
            To::List(Vec::leak(elements.iter().map(leaked).collect::<Vec<_>>()))
        }
        Expression::Object(entries) => {
            let entry = |(name, it): &(String, _)| (leaked_text(name), leaked(it));
            To::Object(Vec::leak(entries.iter().map(entry).collect::<Vec<_>>()))
        }
        Expression::Not(operand) => To::Not(one(operand)),
        Expression::And(left, right) => To::And(one(left), one(right)),
        Expression::Or(left, right) => To::Or(one(left), one(right)),
        Expression::Compare(name, left, right) => {
            To::Compare(comparator(name), one(left), one(right))
        }
        Expression::Call(called, arguments) => {
            let arguments = arguments.iter().map(leaked).collect::<Vec<_>>();
            To::Call(function(called.variant), Vec::leak(arguments))
        }
    }
}

fn leaked_text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn leaked_literal(literal: &Literal) -> runtime::Literal {
    match literal {
        Literal::Null => runtime::Literal::Null,
        Literal::Boolean(value) => runtime::Literal::Boolean(*value),
        Literal::Integer(value) => runtime::Literal::Integer(*value),
        Literal::Float(value) => runtime::Literal::Float(*value),
        Literal::String(text) => runtime::Literal::String(leaked_text(text)),
        Literal::List(values) => {
            let values = values.iter().map(leaked_literal).collect::<Vec<_>>();
            runtime::Literal::List(Vec::leak(values))
        }
        Literal::Object(entries) => {
            let entry = |(name, value): &(String, _)| (leaked_text(name), leaked_literal(value));
            runtime::Literal::Object(Vec::leak(entries.iter().map(entry).collect::<Vec<_>>()))
        }
    }
}

fn comparator(name: &str) -> runtime::Comparator {
    use runtime::Comparator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let all = [Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual];
    all.into_iter().find(|it| format!("{it:?}") == name).unwrap()
}

fn function(name: &str) -> runtime::Function {
    use runtime::Function::{Contains, EndsWith, Keys, Length, NotNull, StartsWith, Values};
    let all = [Contains, EndsWith, Keys, Length, NotNull, StartsWith, Values];
    all.into_iter().find(|it| format!("{it:?}") == name).unwrap()
}

fn document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Document::from(whole),
            None => Document::from(number.as_f64().unwrap()),
        },
        Value::String(text) => Document::String(text.clone()),
        Value::Array(values) => Document::Array(values.iter().map(document).collect()),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), document(value)));
            Document::Object(entries.collect::<HashMap<_, _>>())
        }
    }
}

fn json_of(found: &runtime::Found<'_>) -> Value {
    match found {
        runtime::Found::Value(Ref::Long(value)) => json!(value),
        runtime::Found::Value(Ref::Double(value)) => json!(value),
        found if found.is_null() => Value::Null,
        found => match (found.as_bool(), found.as_str(), found.elements(), found.entries()) {
            (Some(value), ..) => json!(value),
            (_, Some(text), ..) => json!(text),
            (_, _, Some(elements), _) => elements.map(|it| json_of(&it)).collect(),
            (_, _, _, Some(entries)) => {
                entries.iter().map(|(key, value)| ((*key).to_owned(), json_of(value))).collect()
            }
            _ => unreachable!("documents hold nothing else"),
        },
    }
}

/// The value with the elements of its lists in an order of their own: that of objects is nobody's business.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(values) => {
            let mut values: Vec<_> = values.into_iter().map(sorted).collect();
            values.sort_by_key(Value::to_string);
            Value::Array(values)
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.into_iter().collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            entries.into_iter().map(|(key, value)| (key, sorted(value))).collect()
        }
        // Numbers are the same whether or not they have a point.
        Value::Number(number) => json!(number.as_f64()),
        value => value,
    }
}

/// What the runtime finds; the error is that of the check.
fn found(text: &str, value: &Value) -> Result<Value, String> {
    let (expression, _) = parse(&model(), &Type::Any, text).map_err(|problem| problem.message)?;
    let document = document(value);
    Ok(json_of(&leaked(&expression).evaluate(Ref::Document(&document))))
}

/// What the `jmespath` crate finds; the error is that of an argument's type.
fn expected(text: &str, value: &Value) -> Result<Value, String> {
    let expression = jmespath::compile(text).map_err(|error| error.to_string())?;
    let variable = jmespath::Variable::from_json(&value.to_string()).unwrap();
    let found = expression.search(variable).map_err(|error| error.to_string())?;
    Ok(serde_json::to_value(&*found).unwrap())
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "\"a b\""]).prop_map(str::to_owned)
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..4).prop_map(Value::from),
        prop::sample::select(vec![0.5, -1.25, 2.0]).prop_map(Value::from),
        prop::sample::select(vec!["", "a", "ab", "ba", "é"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let key = name().prop_map(|name| name.trim_matches('"').to_owned());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..4)
                .prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

/// Expressions of all kinds; with those that depend on the order of an object's entries, or with those that depend
/// on the order of a list's elements.
fn expression(of_objects: bool) -> impl Strategy<Value = String> {
    let literal = value().prop_map(|value| format!("`{}`", value.to_string().replace('`', "\\`")));
    let leaf = prop_oneof![
        4 => name(),
        1 => Just("@".to_owned()),
        1 => literal,
        1 => Just("'ab'".to_owned()),
    ];
    let comparator = || prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    leaf.prop_recursive(5, 30, 3, move |inner| {
        let index = || prop::option::of(-4..5);
        let text = |bound: Option<i32>| bound.map(|it| it.to_string()).unwrap_or_default();
        let ordered = match of_objects {
            true => prop_oneof![
                inner.clone().prop_map(|it| format!("({it}).*")),
                (inner.clone(), name()).prop_map(|(it, name)| format!("({it}).*.{name}")),
                inner.clone().prop_map(|it| format!("keys({it})")),
                inner.clone().prop_map(|it| format!("values({it})")),
            ]
            .boxed(),
            false => prop_oneof![
                (inner.clone(), -4..5).prop_map(|(it, index)| format!("({it})[{index}]")),
                (inner.clone(), index(), index(), prop::sample::select(vec![-2, -1, 1, 2]))
                    .prop_map(move |(it, start, stop, step)| {
                        format!("({it})[{}:{}:{step}]", text(start), text(stop))
                    }),
            ]
            .boxed(),
        };
        prop_oneof![
            3 => ordered,
            2 => (inner.clone(), name()).prop_map(|(it, name)| format!("({it}).{name}")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} | {b})")),
            1 => inner.clone().prop_map(|it| format!("({it})[]")),
            1 => (inner.clone(), name()).prop_map(|(it, name)| format!("({it})[].{name}")),
            1 => (inner.clone(), name()).prop_map(|(it, name)| format!("({it})[*].{name}")),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a})[?{b}]")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("[{a}, {b}]")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}).[{b}]")),
            1 => (name(), inner.clone()).prop_map(|(name, it)| format!("{{{name}: {it}}}")),
            1 => inner.clone().prop_map(|it| format!("!({it})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} && {b})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} || {b})")),
            2 => (inner.clone(), comparator(), inner.clone())
                .prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
            1 => inner.clone().prop_map(|it| format!("length({it})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("contains({a}, {b})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("not_null({a}, {b})")),
            1 => (inner.clone(), prop::sample::select(vec!["starts_with", "ends_with"]))
                .prop_map(|(it, function)| format!("{function}({it}, 'a')")),
        ]
    })
}

/// The same is found, unless the expression can't find anything, or gives a function what it can't take.
fn assert_same(text: &str, value: &Value) -> Result<(), TestCaseError> {
    match (found(text, value), expected(text, value)) {
        (Ok(found), Ok(expected)) => {
            let (found, expected) = (sorted(found), sorted(expected));
            prop_assert_eq!(found, expected, "{} in {}", text, value);
            Ok(())
        }
        (Err(problem), _) | (_, Err(problem)) => Err(TestCaseError::reject(problem)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500, max_global_rejects: 20_000, ..ProptestConfig::default()
    })]

    #[test]
    fn the_same_is_found_in_lists(text in expression(false), value in value()) {
        assert_same(&text, &value)?;
    }

    #[test]
    fn the_same_is_found_in_objects(text in expression(true), value in value()) {
        assert_same(&text, &value)?;
    }

    #[test]
    fn no_text_is_worse_than_an_error(text in "[a-c@*.,:(){}\\[\\]|&!?<>='`0-9 -]{0,40}") {
        let _ = found(&text, &json!({"a": [1, {"b": 2}]}));
    }
}

#[test]
fn deep_texts_are_refused() {
    for deep in ["!", "(", "[", "a[?", "a.", "a[].", "&", "a|"] {
        let text = deep.repeat(100_000);
        let problem = parse(&model(), &Type::Any, &text).unwrap_err();
        assert!(problem.message.ends_with("has more than 64 operators"), "{}", problem.message);
    }
    for deep in ["!", "(", "["] {
        assert!(parse(&model(), &Type::Any, &deep.repeat(64)).is_err(), "{deep}");
    }
    let long = format!("{}a", "!".repeat(64));
    assert_eq!(found(&long, &json!({"a": true})), Ok(json!(true)));
}
