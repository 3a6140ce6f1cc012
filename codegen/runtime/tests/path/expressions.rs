//! What expressions find in shapes.

use std::collections::HashMap;

use tinsmith_runtime::path::Expression::{
    And, Call, Compare, Current, Each, Fields, Flatten, Index, List, Not, Object, Or, Slice,
    Values, When, Within,
};
use tinsmith_runtime::path::{Absence, Comparator, Expression, Found, Function, Literal};
use tinsmith_runtime::{Blob, DateTime, Document, Ref, Structure, StructureShape};

use crate::shapes::{Choice, Output, Table, output, table};

const STATUS: Expression = Fields(&["TableStatus"]);
/// A text, stated.
macro_rules! text {
    ($text:literal) => {
        Expression::Literal(Literal::String($text))
    };
}
const SEVEN: Expression = Expression::Literal(Literal::Integer(7));
const NULL: Expression = Expression::Literal(Literal::Null);

fn find<'a>(expression: &Expression, output: &'a Output) -> Found<'a> {
    expression.evaluate(output as &dyn Structure)
}

/// The text of every element.
fn texts(found: &Found<'_>) -> Vec<String> {
    let elements = found.elements().expect("a list");
    elements.map(|it| it.as_str().expect("a string").to_owned()).collect()
}

fn number(found: &Found<'_>) -> Option<i64> {
    match found {
        Found::Value(Ref::Long(value)) => Some(*value),
        Found::Value(Ref::Integer(value)) => Some((*value).into()),
        _ => None,
    }
}

#[test]
fn members_of_members_are_found_without_memory() {
    let output = Output { table: Some(table("ACTIVE")), ..output() };
    static PATH: Expression = Fields(&["Table", "TableStatus"]);
    let mut status = None;
    let memory = allocation_counter::measure(|| status = find(&PATH, &output).as_str());
    assert_eq!(status, Some("ACTIVE"));
    assert_eq!(memory.count_total, 0);
}

#[test]
fn what_is_not_set_is_null_and_so_is_all_within_it() {
    let output = output();
    for path in [&["Table"][..], &["Table", "TableStatus"], &["Body"], &["Body", "x"], &["None"]] {
        assert!(find(&Fields(path), &output).is_null(), "{path:?}");
    }
    let each = Each(&Flatten(&Fields(&["Tables"])), &STATUS);
    for expression in [each, Fields(&["Tables"]), Index(0), Values(&Fields(&["Table"]))] {
        assert!(find(&expression, &output).is_null(), "{expression:?}");
    }
    let within = Within(&Fields(&["Table"]), &List(&[STATUS]));
    assert!(find(&within, &output).is_null());
}

#[test]
fn projections_leave_nulls_out() {
    let tables = vec![table("ACTIVE"), Table::empty_structure(), table("GONE")];
    let output = Output { tables: Some(tables), ..output() };
    static STATUSES: Expression = Each(&Flatten(&Fields(&["Tables"])), &STATUS);
    assert_eq!(texts(&find(&STATUSES, &output)), ["ACTIVE", "GONE"]);
    static LISTS: Expression =
        Each(&Flatten(&Each(&Fields(&["Tables"]), &List(&[STATUS, STATUS]))), &Current);
    assert_eq!(texts(&find(&LISTS, &output)), ["ACTIVE", "ACTIVE", "GONE", "GONE"]);
    static GONE: Expression = Each(
        &Fields(&["Tables"]),
        &When(&Compare(Comparator::Equal, &STATUS, &text!("GONE")), &Fields(&["TableName"])),
    );
    assert_eq!(texts(&find(&GONE, &output)), ["the GONE one"]);
}

#[test]
fn lists_have_elements_slices_and_one_level_of_lists_less() {
    let output = Output { nested: Some(vec![vec![1, 2], vec![], vec![3]]), ..output() };
    static FLAT: Expression = Flatten(&Fields(&["Nested"]));
    let numbers = |expression: &Expression| -> Vec<i64> {
        let found = find(expression, &output);
        found.elements().expect("a list").map(|it| number(&it).expect("a number")).collect()
    };
    assert_eq!(numbers(&FLAT), [1, 2, 3]);
    assert_eq!(numbers(&Flatten(&FLAT)), [1, 2, 3]);
    static SLICE: Expression = Slice(None, None, -1);
    assert_eq!(numbers(&Within(&FLAT, &SLICE)), [3, 2, 1]);
    static FAR: Expression = Slice(Some(-2), Some(i32::MAX), 1);
    assert_eq!(numbers(&Within(&FLAT, &FAR)), [2, 3]);
    static FARTHER: Expression = Slice(Some(i32::MIN), Some(i32::MAX), i32::MAX);
    assert_eq!(numbers(&Within(&FLAT, &FARTHER)), [1]);
    for (index, expected) in
        [(0, Some(1)), (2, Some(3)), (3, None), (-1, Some(3)), (-4, None), (i32::MIN, None)]
    {
        let inner = Box::leak(Box::new(Index(index)));
        assert_eq!(number(&find(&Within(&FLAT, inner), &output)), expected, "{index}");
    }
}

#[test]
fn maps_and_unions_are_objects() {
    let by_name = HashMap::from([("a".to_owned(), table("ACTIVE"))]);
    let choice = Some(Choice::One(table("GONE")));
    let known = Output { by_name: Some(by_name), choice, ..output() };
    assert_eq!(find(&Fields(&["ByName", "a", "TableStatus"]), &known).as_str(), Some("ACTIVE"));
    assert!(find(&Fields(&["ByName", "b", "TableStatus"]), &known).is_null());
    static VALUES: Expression = Each(&Values(&Fields(&["ByName"])), &STATUS);
    assert_eq!(texts(&find(&VALUES, &known)), ["ACTIVE"]);
    let keys = Call(Function::Keys, &[Fields(&["ByName"])]);
    assert_eq!(texts(&find(&keys, &known)), ["a"]);
    assert_eq!(find(&Fields(&["Choice", "one", "TableStatus"]), &known).as_str(), Some("GONE"));
    assert!(find(&Fields(&["Choice", "other"]), &known).is_null());
    let keys = Call(Function::Keys, &[Fields(&["Choice"])]);
    assert_eq!(texts(&find(&keys, &known)), ["one"]);
    let other = Output { choice: Some(Choice::Other("x".to_owned())), ..output() };
    assert_eq!(find(&Fields(&["Choice", "other"]), &other).as_str(), Some("x"));
    let unknown = Output { choice: Some(Choice::Unknown), ..output() };
    assert!(find(&Fields(&["Choice", "one"]), &unknown).is_null());
    let members = Call(Function::Keys, &[Fields(&["Table"])]);
    let named = Output { table: Some(table("ACTIVE")), ..output() };
    assert_eq!(texts(&find(&members, &named)), ["TableStatus", "TableName", "Running"]);
    let made = Within(&Object(&[("a", Fields(&["Table"]))]), &Fields(&["a", "TableStatus"]));
    assert_eq!(find(&made, &named).as_str(), Some("ACTIVE"));
}

#[test]
fn values_are_compared_whatever_their_types() {
    let output = Output {
        byte: Some(7),
        short: Some(7),
        float: Some(7.0),
        double: Some(7.5),
        big_integer: Some("7".parse().unwrap()),
        big_decimal: Some("7.0".parse().unwrap()),
        blob: Some(Blob::new(*b"hi!")),
        at: Some(DateTime::from_secs_and_nanos(7, 500_000_000)),
        document: Some(Document::Array(vec![Document::from(7_i64), Document::Null])),
        table: Some(Table { running: 7, desired: Some(7), ..table("hi!") }),
        ..output()
    };
    let holds = |comparator, one: Expression, other: Expression| {
        let [one, other] =
            [one, other].map(|it| -> &'static Expression { Box::leak(Box::new(it)) });
        find(&Compare(comparator, one, other), &output).as_bool()
    };
    for name in ["Byte", "Short", "Float", "BigInteger", "BigDecimal"] {
        let member = Fields(Vec::leak(vec![name]));
        assert_eq!(holds(Comparator::Equal, member, SEVEN), Some(true), "{name}");
        assert_eq!(holds(Comparator::Greater, member, SEVEN), Some(false), "{name}");
        assert_eq!(holds(Comparator::GreaterOrEqual, member, SEVEN), Some(true), "{name}");
        assert_eq!(holds(Comparator::Less, member, Fields(&["Double"])), Some(true), "{name}");
        assert_eq!(holds(Comparator::LessOrEqual, member, Fields(&["At"])), Some(true), "{name}");
        assert_eq!(holds(Comparator::Less, member, text!("8")), None, "{name}");
    }
    let (running, desired) = (Fields(&["Table", "Running"]), Fields(&["Table", "Desired"]));
    assert_eq!(holds(Comparator::Equal, running, desired), Some(true));
    assert_eq!(holds(Comparator::Equal, Fields(&["Blob"]), text!("aGkh")), Some(true));
    assert_eq!(holds(Comparator::NotEqual, Fields(&["Blob"]), text!("hi!")), Some(true));
    const SEVENS: Expression =
        Expression::Literal(Literal::List(&[Literal::Float(7.0), Literal::Null]));
    assert_eq!(holds(Comparator::Equal, Fields(&["Document"]), SEVENS), Some(true));
    const TABLE: Expression = Expression::Literal(Literal::Object(&[
        ("TableName", Literal::String("the hi! one")),
        ("TableStatus", Literal::String("hi!")),
        ("Running", Literal::Integer(7)),
        ("Desired", Literal::Integer(7)),
    ]));
    assert_eq!(holds(Comparator::Equal, Fields(&["Table"]), TABLE), Some(true));
    assert_eq!(holds(Comparator::Equal, TABLE, Fields(&["Choice"])), Some(false));
    assert_eq!(holds(Comparator::Equal, Fields(&["Choice"]), NULL), Some(true));
}

#[test]
fn what_is_empty_is_not_true() {
    let set = Output {
        tables: Some(vec![]),
        by_name: Some(HashMap::new()),
        blob: Some(Blob::new(Vec::new())),
        ready: Some(false),
        byte: Some(0),
        document: Some(Document::Object(HashMap::new())),
        table: Some(table("ACTIVE")),
        ..output()
    };
    let truth = |name| find(&Fields(Vec::leak(vec![name])), &set).is_true();
    for name in ["Tables", "ByName", "Blob", "Ready", "Document", "Choice", "Body"] {
        assert!(!truth(name), "{name}");
    }
    assert!(truth("Byte") && truth("Table"));
    static READY: Expression = Fields(&["Ready"]);
    static ACTIVE: Expression = Fields(&["Table", "TableStatus"]);
    assert_eq!(find(&And(&ACTIVE, &READY), &set).as_bool(), Some(false));
    assert_eq!(find(&Or(&READY, &ACTIVE), &set).as_str(), Some("ACTIVE"));
    assert_eq!(find(&Not(&READY), &set).as_bool(), Some(true));
    assert_eq!(find(&Not(&ACTIVE), &set).as_bool(), Some(false));
}

#[test]
fn functions_of_what_they_cannot_take_give_null() {
    let output = Output {
        tables: Some(vec![table("ACTIVE")]),
        ready: Some(true),
        table: Some(table("ÄB")),
        ..output()
    };
    const TABLES: Expression = Fields(&["Tables"]);
    const NAME: Expression = Fields(&["Table", "TableStatus"]);
    let call = |function, arguments| find(&Call(function, arguments), &output);
    assert_eq!(number(&call(Function::Length, &[TABLES])), Some(1));
    assert_eq!(number(&call(Function::Length, &[NAME])), Some(2));
    assert_eq!(number(&call(Function::Length, &[Fields(&["Table"])])), Some(3));
    assert!(call(Function::Length, &[Fields(&["Ready"])]).is_null());
    assert!(call(Function::Length, &[Fields(&["Choice"])]).is_null());
    assert_eq!(call(Function::StartsWith, &[NAME, text!("Ä")]).as_bool(), Some(true));
    assert_eq!(call(Function::EndsWith, &[NAME, text!("Ä")]).as_bool(), Some(false));
    assert!(call(Function::EndsWith, &[NAME, TABLES]).is_null());
    assert_eq!(call(Function::Contains, &[NAME, text!("B")]).as_bool(), Some(true));
    assert_eq!(call(Function::Contains, &[NAME, TABLES]).as_bool(), Some(false));
    const STATUSES: Expression = Each(&TABLES, &STATUS);
    assert_eq!(call(Function::Contains, &[STATUSES, text!("ACTIVE")]).as_bool(), Some(true));
    assert_eq!(call(Function::Contains, &[STATUSES, text!("GONE")]).as_bool(), Some(false));
    assert!(call(Function::Contains, &[Fields(&["Choice"]), text!("x")]).is_null());
    assert_eq!(call(Function::NotNull, &[Fields(&["Choice"]), NAME]).as_str(), Some("ÄB"));
    assert!(call(Function::NotNull, &[Fields(&["Choice"])]).is_null());
    assert!(call(Function::Values, &[NAME]).is_null());
    assert_eq!(call(Function::Values, &[Fields(&["Table"])]).elements().unwrap().len(), 3);
}

/// As the acceptors of official clients' waiters take it.
#[test]
fn nothing_follows_from_what_is_not_known() {
    let output = output();
    static READY: Expression = Fields(&["Ready"]);
    static DIFFERS: Expression = Compare(Comparator::NotEqual, &READY, &text!("x"));
    static IS_NULL: Expression = Compare(Comparator::Equal, &READY, &NULL);
    static NEGATED: Expression = Not(&READY);
    let unknown = |expression: &Expression| {
        expression.evaluate_with(&output as &dyn Structure, Absence::Unknown).as_bool()
    };
    assert_eq!(find(&DIFFERS, &output).as_bool(), Some(true));
    assert_eq!(unknown(&DIFFERS), None);
    assert_eq!(find(&NEGATED, &output).as_bool(), Some(true));
    assert_eq!(unknown(&NEGATED), None);
    assert_eq!(unknown(&Not(&DIFFERS)), None);
    assert_eq!(unknown(&IS_NULL), Some(true));
    let known = Or(&DIFFERS, &IS_NULL);
    assert_eq!(unknown(&known), Some(true));
}
