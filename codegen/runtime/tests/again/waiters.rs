//! What answers mean to a waiter.

use tinsmith_runtime::path::Expression::{Compare, Each, Fields, Not};
use tinsmith_runtime::path::{Comparator, Expression, Literal};
use tinsmith_runtime::waiter::Expected::{AllStrings, AnyString, Boolean};
use tinsmith_runtime::waiter::{Acceptor, Expected, Matcher, State, Waiter};

use crate::shapes::{Input, Output, Page, Status, input, output, page};

const STATUS: Expression = Fields(&["Status"]);
const STATUSES: Expression = Each(&Fields(&["Pages"]), &STATUS);

/// What a waiter with this one matcher says of an answer.
fn matches(matcher: Matcher, input: &Input, answer: Result<&Output, Option<&str>>) -> bool {
    let acceptors = Box::leak(Box::new([Acceptor::new(State::Success, matcher)]));
    let answer = answer.map(|output| output as &dyn tinsmith_runtime::Structure);
    Waiter::new(1, 2, acceptors).accept(input, answer) == Some(State::Success)
}

fn finds(path: Expression, expected: Expected, output: &Output) -> bool {
    matches(Matcher::Output(path, expected), &input(), Ok(output))
}

fn with_status(status: &str) -> Output {
    Output { status: Some(Status(status.to_owned())), ..output() }
}

fn with_statuses(statuses: &[&str]) -> Output {
    let page = |status: &&str| Page { status: Some(Status((*status).to_owned())), ..page() };
    Output { pages: Some(statuses.iter().map(page).collect()), ..output() }
}

#[test]
fn success_is_any_output_or_any_error() {
    assert!(matches(Matcher::Success(true), &input(), Ok(&output())));
    assert!(!matches(Matcher::Success(true), &input(), Err(Some("Gone"))));
    assert!(!matches(Matcher::Success(false), &input(), Ok(&output())));
    assert!(matches(Matcher::Success(false), &input(), Err(None)));
}

#[test]
fn errors_are_known_by_their_codes() {
    let gone = Matcher::ErrorType("Gone");
    assert!(matches(gone, &input(), Err(Some("Gone"))));
    assert!(!matches(gone, &input(), Err(Some("GoneAway"))));
    assert!(!matches(gone, &input(), Err(None)));
    assert!(!matches(gone, &input(), Ok(&output())));
}

#[test]
fn a_string_is_the_expected_one() {
    let is_ready = |output: &Output| finds(STATUS, Expected::String("READY"), output);
    assert!(is_ready(&with_status("READY")));
    assert!(!is_ready(&with_status("ready")));
    assert!(!is_ready(&output()));
    let matcher = Matcher::Output(STATUS, Expected::String("READY"));
    assert!(!matches(matcher, &input(), Err(Some("READY"))));
}

#[test]
fn all_strings_are_some_strings() {
    let all = |statuses: &[&str]| finds(STATUSES, AllStrings("A"), &with_statuses(statuses));
    assert!(all(&["A"]) && all(&["A", "A"]));
    assert!(!all(&["A", "B"]) && !all(&[]));
    assert!(!finds(STATUSES, AllStrings("A"), &output()));
    assert!(!finds(STATUS, AllStrings("A"), &with_status("A")));
}

#[test]
fn any_string_is_one_of_them() {
    let any = |statuses: &[&str]| finds(STATUSES, AnyString("A"), &with_statuses(statuses));
    assert!(any(&["A"]) && any(&["B", "A"]));
    assert!(!any(&["B"]) && !any(&[]));
    assert!(!finds(STATUSES, AnyString("A"), &output()));
}

#[test]
fn nothing_is_expected_of_what_is_absent() {
    static DIFFERS: Expression =
        Compare(Comparator::NotEqual, &STATUS, &Expression::Literal(Literal::String("X")));
    assert!(finds(DIFFERS, Boolean(true), &with_status("Y")));
    assert!(finds(DIFFERS, Boolean(false), &with_status("X")));
    for expected in [Boolean(true), Boolean(false)] {
        assert!(!finds(DIFFERS, expected, &output()));
        assert!(!finds(Not(&DIFFERS), expected, &output()));
    }
}

#[test]
fn what_was_asked_may_be_compared_with_the_answer() {
    static SAME: Expression =
        Compare(Comparator::Equal, &Fields(&["input", "Token"]), &Fields(&["output", "Token"]));
    let matcher = Matcher::InputOutput(SAME, Boolean(true));
    let token = Some("a".to_owned());
    let asked = Input { token: token.clone(), ..input() };
    assert!(matches(matcher, &asked, Ok(&Output { token: token.clone(), ..output() })));
    assert!(!matches(matcher, &asked, Ok(&output())));
    assert!(!matches(matcher, &input(), Ok(&Output { token, ..output() })));
    assert!(!matches(matcher, &asked, Err(Some("a"))));
}

#[test]
fn the_first_that_matches_counts() {
    static WAITER: Waiter = Waiter::new(
        5,
        50,
        &[
            Acceptor::new(State::Retry, Matcher::Output(STATUS, Expected::String("A"))),
            Acceptor::new(State::Failure, Matcher::Success(true)),
            Acceptor::new(State::Success, Matcher::ErrorType("Gone")),
        ],
    );
    assert_eq!(WAITER.accept(&input(), Ok(&with_status("A"))), Some(State::Retry));
    assert_eq!(WAITER.accept(&input(), Ok(&with_status("B"))), Some(State::Failure));
    assert_eq!(WAITER.accept(&input(), Err(Some("Gone"))), Some(State::Success));
    assert_eq!(WAITER.accept(&input(), Err(Some("Other"))), None);
    assert_eq!((WAITER.min_delay(), WAITER.max_delay()), (5, 50));
}
