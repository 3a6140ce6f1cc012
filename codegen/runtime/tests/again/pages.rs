//! Which page is the last, and what the next is asked for with.

use std::collections::HashMap;

use tinsmith_runtime::pagination::{Pagination, Token};
use tinsmith_runtime::path::Expression::{Fields, Index, Or, Within};
use tinsmith_runtime::path::{Expression, Literal};
use tinsmith_runtime::{Blob, DateTime, Document, Structure as _};

use crate::shapes::{Output, Page, Part, Status, input, output, page};

static PAGES: Pagination = Pagination::new(&[Token::new("Token", Fields(&["Token"]))]);

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_token_leads_to_the_next_page() {
    let mut input = input();
    input.size = Some(7);
    let output = Output { token: some("a"), ..output() };
    assert!(PAGES.advance(&output, &mut input, true));
    assert!(input.token == some("a") && input.size == Some(7));
}

#[test]
fn without_a_token_or_with_nothing_in_it_there_is_no_next_page() {
    let mut input = input();
    assert!(!PAGES.advance(&output(), &mut input, true));
    assert!(!PAGES.advance(&Output { token: some(""), ..output() }, &mut input, false));
    let empty = Output { key: Some(HashMap::new()), ..output() };
    static KEYS: Pagination = Pagination::new(&[Token::new("Key", Fields(&["Key"]))]);
    assert!(!KEYS.advance(&empty, &mut input, false));
    assert!(input == crate::shapes::input());
}

#[test]
fn the_same_token_ends_unless_it_may_come_again() {
    let mut input = input();
    let output = Output { token: some("a"), ..output() };
    assert!(PAGES.advance(&output, &mut input, true));
    assert!(!PAGES.advance(&output, &mut input, true));
    assert!(PAGES.advance(&output, &mut input, false));
    assert_eq!(input.token, some("a"));
}

#[test]
fn of_several_tokens_one_is_enough_and_the_others_are_taken_back() {
    static BOTH: Pagination = Pagination::new(&[
        Token::new("Token", Fields(&["Token"])),
        Token::new("Other", Fields(&["Other"])),
    ]);
    let mut input = input();
    let both = Output { token: some("a"), other: some("b"), ..output() };
    assert!(BOTH.advance(&both, &mut input, true));
    assert!(input.token == some("a") && input.other == some("b"));
    // One of them is new.
    let one = Output { token: some("a"), ..output() };
    assert!(BOTH.advance(&one, &mut input, true));
    assert!(input.token == some("a") && input.other.is_none());
    assert!(!BOTH.advance(&one, &mut input, true));
}

#[test]
fn what_says_whether_there_is_more_counts_more_than_tokens() {
    let pages = PAGES.more(Fields(&["Truncated"]));
    let mut input = input();
    let mut output = Output { token: some("a"), ..output() };
    assert!(!pages.advance(&output, &mut input, true));
    output.truncated = Some(false);
    assert!(!pages.advance(&output, &mut input, true));
    assert!(input.token.is_none());
    output.truncated = Some(true);
    assert!(pages.advance(&output, &mut input, true));
}

#[test]
fn tokens_are_found_by_any_expression() {
    static LAST: Expression = Within(&Fields(&["Pages"]), &Within(&Index(-1), &Fields(&["Next"])));
    static TOKEN: Expression = Or(&Fields(&["Token"]), &LAST);
    static PAGES: Pagination = Pagination::new(&[Token::new("Token", TOKEN)]);
    let last = Page { next: some("z"), ..page() };
    let mut input = input();
    let output = Output { pages: Some(vec![page(), last]), ..output() };
    assert!(PAGES.advance(&output, &mut input, true));
    assert_eq!(input.token, some("z"));
}

/// Keys of items, with unions in unions, are tokens of DynamoDB.
#[test]
fn tokens_of_every_type_are_taken_over() {
    let parts = vec![Part::Bytes(Blob::new(*b"\0")), Part::Flag(true), Part::Parts(vec![])];
    let key = HashMap::from([
        ("a".to_owned(), Part::Text("x".to_owned())),
        ("b".to_owned(), Part::Parts(parts)),
    ]);
    let whole = Page {
        next: some("n"),
        parts: Some(vec![Some(Part::Flag(false)), None]),
        status: Some(Status("ok".to_owned())),
        at: Some(DateTime::from_secs(5)),
        document: Some(Document::Array(vec![Document::Null])),
        large: Some("123456789012345678901234567890".parse().unwrap()),
        exact: Some("0.1".parse().unwrap()),
        float: Some(0.5),
        double: Some(-0.5),
    };
    static ALL: Pagination = Pagination::new(&[
        Token::new("Key", Fields(&["Key"])),
        Token::new("Page", Fields(&["Page"])),
        Token::new("Small", Fields(&["Large"])),
        Token::new("Status", Fields(&["Token"])),
        Token::new("Token", Fields(&["Status"])),
        Token::new("Other", Expression::Literal(Literal::String("fixed"))),
    ]);
    let output = Output {
        key: Some(key),
        page: Some(whole),
        large: Some(-128),
        token: some("t"),
        status: Some(Status("s".to_owned())),
        ..output()
    };
    let mut input = input();
    input.key = Some(HashMap::from([("gone".to_owned(), Part::Flag(true))]));
    input.page = Some(Page { next: some("gone"), ..page() });
    assert!(ALL.advance(&output, &mut input, true));
    assert!(input.key == output.key && input.page == output.page);
    assert_eq!((input.small, input.other.as_deref()), (Some(-128), Some("fixed")));
    assert_eq!((input.status, input.token), (Some(Status("t".to_owned())), some("s")));
}

#[test]
fn a_token_that_the_input_cannot_hold_ends() {
    static SMALL: Pagination = Pagination::new(&[Token::new("Small", Fields(&["Large"]))]);
    let mut input = input();
    assert!(!SMALL.advance(&Output { large: Some(128), ..output() }, &mut input, true));
    static UNLIKE: Pagination = Pagination::new(&[Token::new("Size", Fields(&["Token"]))]);
    assert!(!UNLIKE.advance(&Output { token: some("a"), ..output() }, &mut input, true));
    static KEY: Pagination = Pagination::new(&[Token::new("Key", Fields(&["Key"]))]);
    let unknown = HashMap::from([("a".to_owned(), Part::Unknown)]);
    assert!(!KEY.advance(&Output { key: Some(unknown), ..output() }, &mut input, true));
    assert!(input.schema().position("Key").is_some());
}
