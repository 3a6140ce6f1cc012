//! Snippets of source, and what is found in each: two services, `one` with `ListThings`, `Query`, `GetThing` and `two`
//! with `ListThings`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tinsmith_codegen::api::{Api, Kind, Operation, Type, Waiter};

use super::collect::{Finding, collect};
use super::graph::{Graph, Package};
use super::index::{Index, Target};
use super::uses::Uses;
use super::world::World;

fn operation(name: &str, module: &str) -> Operation {
    Operation {
        name: name.to_owned(),
        method: module.to_owned(),
        module: module.to_owned(),
        types: Vec::new(),
        input: BTreeMap::new(),
        output: BTreeMap::new(),
        errors: Vec::new(),
        paginated: false,
        waiters: Vec::new(),
    }
}

fn index(operations: Vec<Operation>) -> Index {
    let ty = |name: &str, kind| Type { name: name.to_owned(), kind, members: BTreeMap::new() };
    let types = vec![ty("Thing", Kind::Structure), ty("LostException", Kind::Error)];
    Index::new(Api { operations, types })
}

/// What is found in the sources of `app`, which depends on both services and on `kit`, a member with these sources.
fn found(app: &str, kit: &str) -> Vec<String> {
    let direct = |names: &[(&str, &str)]| {
        names.iter().map(|(name, of)| ((*name).to_owned(), (*of).to_owned())).collect()
    };
    let package = |name: &str, names: &[(&str, &str)], others: &[usize]| Package {
        name: name.to_owned(),
        folder: PathBuf::new(),
        is_member: true,
        direct: direct(names),
        others: others.iter().map(|at| ("kit".to_owned(), *at)).collect(),
    };
    let graph = Graph {
        root: PathBuf::new(),
        packages: vec![
            package("app", &[("aws_sdk_one", "aws-sdk-one"), ("two", "aws-sdk-two")], &[1]),
            package("kit", &[("aws_sdk_one", "aws-sdk-one")], &[]),
        ],
        versions: BTreeMap::new(),
    };
    let sources = [app, kit].map(|text| vec![Uses::of(PathBuf::from("lib.rs"), text)]);
    let mut get = operation("GetThing", "get_thing");
    get.waiters.push(Waiter {
        method: "wait_until_thing_exists".to_owned(),
        module: "thing_exists".to_owned(),
        types: Vec::new(),
    });
    let one = vec![operation("ListThings", "list_things"), operation("Query", "query"), get];
    let indexes = BTreeMap::from([
        ("aws-sdk-one".to_owned(), index(one)),
        ("aws-sdk-two".to_owned(), index(vec![operation("ListThings", "list_things")])),
    ]);
    let findings = collect(&World::new(&graph, &sources), &sources, &indexes);
    let shown = |finding: Finding| {
        let name = match &finding.target {
            Target::Operation(at) => &indexes[&finding.official].api.operations[*at].name,
            Target::Type(name) | Target::ErrorVariant(name) => name,
        };
        let guess = if finding.evidence.guess.is_some() { "?" } else { "" };
        format!("{} {name}{guess}", finding.official.trim_start_matches("aws-sdk-"))
    };
    let mut all: Vec<String> = findings.into_iter().map(shown).collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn each_way_to_call_is_seen() {
    for (source, expected) in [
        ("fn f(c: &aws_sdk_one::Client) { c.query(); }", &["one Query"][..]),
        ("fn f() { let c = aws_sdk_one::Client::new(&x); c.query(); }", &["one Query"]),
        ("fn f() { aws_sdk_one::Client::new(&x).query(); }", &["one Query"]),
        (
            "use aws_sdk_one as o; struct S { c: Option<o::Client> } fn f(s: S) { s.c.unwrap().query(); }",
            &["one Query"],
        ),
        ("type C = two::Client; fn f(C(c): C) { f(|c: C| c.list_things()); }", &["two ListThings"]),
        (
            "struct S(std::sync::Arc<two::Client>); fn f(s: S) { s.0.list_things(); }",
            &["two ListThings"],
        ),
        ("fn c() -> two::Client { x } fn f() { c().list_things(); }", &["two ListThings"]),
        ("impl T for two::Client { fn f(&self) { self.list_things(); } }", &["two ListThings"]),
        (
            "static C: OnceLock<two::Client> = x; fn f() { C.get().unwrap().list_things(); }",
            &["two ListThings"],
        ),
        ("fn f() { m!(async { c.get_thing().send() }); }", &["one GetThing?"]),
        ("use two::Client as Two; fn f() { g(Two::list_things); }", &["two ListThings"]),
        ("fn f() { <two::Client>::list_things(&c); }", &["two ListThings"]),
        ("fn f(c: &aws_sdk_one::Client) { c.wait_until_thing_exists(); }", &["one GetThing"]),
        ("use aws_sdk_one::{Client, operation::{self, query::QueryInput}};", &["one Query"]),
        ("use aws_sdk_one::operation; fn f(x: operation::query::QueryOutput) {}", &["one Query"]),
        ("use aws_sdk_one::operation::*; fn f(x: query::QueryOutput) {}", &["one Query?"]),
        ("use aws_sdk_one::waiters::thing_exists::ThingExistsFluentBuilder;", &["one GetThing"]),
        ("extern crate aws_sdk_one as o; fn f() { o::Client::query(c); }", &["one Query"]),
    ] {
        assert_eq!(found(source, ""), expected, "{source}");
    }
}

#[test]
fn what_is_no_operation_is_left_out() {
    for source in [
        "fn f(c: Text) { c.query(\"with an argument\"); }",
        "fn f(c: &aws_sdk_one::Client) { c.config(); query(); }",
        "use other::operation::query::QueryInput;",
        "use aws_sdk_one::{Client, Config, error::SdkError};",
        "fn query() {} mod get_thing {}",
        "m!(query, get_thing);",
    ] {
        assert_eq!(found(source, ""), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn where_it_cannot_be_told_it_is_a_guess() {
    for (source, expected) in [
        ("fn f() { x().list_things(); }", &["one ListThings?", "two ListThings?"][..]),
        ("fn f() { x().query(); }", &["one Query?"]),
        (
            "fn f(c: &aws_sdk_one::Client) {} fn g(c: &two::Client) { c.list_things(); }",
            &["one ListThings?", "two ListThings?"],
        ),
        ("use aws_sdk_one::types::*; fn f(x: Thing) {}", &["one Thing?"]),
        (
            "macro_rules! call { ($c:expr, $m:ident) => { $c.$m() } } fn f() { call!(c, get_thing); }",
            &["one GetThing?"],
        ),
    ] {
        assert_eq!(found(source, ""), expected, "{source}");
    }
}

#[test]
fn types_and_errors_are_seen() {
    for (source, expected) in [
        ("use two::types::Thing as T;", &["two Thing"][..]),
        ("use two::types::builders::ThingBuilder;", &["two Thing"]),
        (
            "use aws_sdk_one::types::error as e; fn f(x: e::LostException) {}",
            &["one LostException"],
        ),
        (
            "fn f(e: two::Error) { if let two::Error::LostException(_) = e {} }",
            &["two LostException"],
        ),
        ("fn f() { println!(\"{:?}\", two::types::Thing::builder()); }", &["two Thing"]),
    ] {
        assert_eq!(found(source, ""), expected, "{source}");
    }
}

#[test]
fn other_packages_hand_on_clients_names_and_macros() {
    let kit = "pub use aws_sdk_one as one; pub mod p { pub use aws_sdk_one::types::*; }
               pub fn client() -> one::Client { x }
               macro_rules! run { ($c:expr, $($m:ident)*) => { $($c.$m().send();)* } }";
    for (source, expected) in [
        ("fn f() { kit::client().list_things(); }", &["one ListThings"][..]),
        ("use kit::one::operation::query::QueryError;", &["one Query"]),
        ("use kit::one; fn f() { one::Client::query(c); }", &["one Query"]),
        ("use kit::p::*; fn f(x: Thing) {}", &["one Thing?"]),
        ("use kit::p::Thing;", &["one Thing?"]),
        ("fn f() { kit::run!(c, query get_thing); }", &["one GetThing?", "one Query?"]),
    ] {
        assert_eq!(found(source, kit), expected, "{source}");
    }
}

#[test]
fn text_that_is_no_rust_is_looked_through_all_the_same() {
    assert_eq!(found("fn f( { c.query() ", ""), Vec::<String>::new());
    assert_eq!(found("fn f() -> { aws_sdk_one::operation::query::QueryInput }", ""), ["one Query"]);
    let uses = Uses::of(PathBuf::from("a.rs"), "fn f( { ");
    assert_eq!(uses.blind[0].what, "the file is not Rust");
    let uses = Uses::of(PathBuf::from("a.rs"), "paste! { client.[<get_ $x>]() }");
    assert_eq!((uses.blind.len(), uses.blind[0].line), (1, 1));
}
