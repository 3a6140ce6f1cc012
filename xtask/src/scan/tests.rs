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
use crate::dropin::crates::SERVICES;

fn operation(name: &str, module: &str) -> Operation {
    Operation {
        name: name.to_owned(),
        method: module.to_owned(),
        module: module.to_owned(),
        error: format!("operation::{module}::{name}Error"),
        streams: Vec::new(),
        pages: false,
        presigned: false,
        waiters: Vec::new(),
        brings: Vec::new(),
        deprecated: false,
    }
}

/// An index of these operations, each with the errors that may come of it.
fn index(operations: Vec<(Operation, &[&str])>) -> Index {
    let structure = || Kind::Structure { fields: BTreeMap::new(), fallible: false };
    let errors =
        |names: &[&str]| Kind::Errors(names.iter().map(|name| (*name).to_owned()).collect());
    let mut types = BTreeMap::from([
        ("types::Thing".to_owned(), structure()),
        ("types::error::LostException".to_owned(), structure()),
        ("types::error::EventsError".to_owned(), errors(&["CutException"])),
    ]);
    for (operation, names) in &operations {
        types.insert(operation.error.clone(), errors(names));
    }
    let types = types.into_iter().map(|(path, kind)| (path, Type { kind, deprecated: false }));
    let operations = operations.into_iter().map(|(it, _)| (it.name.clone(), it));
    Index::new(Api { operations: operations.collect(), types: types.collect() })
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
        dependencies: names
            .iter()
            .map(|(name, _)| *name)
            .chain(["reqwest"])
            .map(str::to_owned)
            .collect(),
        ..Package::default()
    };
    let graph = Graph {
        root: PathBuf::new(),
        packages: vec![
            package("app", &[("aws_sdk_one", "aws-sdk-one"), ("two", "aws-sdk-two")], &[1]),
            package("kit", &[("aws_sdk_one", "aws-sdk-one"), ("two", "aws-sdk-two")], &[]),
        ],
        versions: BTreeMap::new(),
    };
    let sources = [app, kit].map(|text| vec![Uses::of(PathBuf::from("lib.rs"), text)]);
    let mut get = operation("GetThing", "get_thing");
    get.waiters.push(Waiter {
        method: "wait_until_thing_exists".to_owned(),
        module: "thing_exists".to_owned(),
    });
    get.streams.push("ByteStream".to_owned());
    let mut query = operation("Query", "query");
    query.brings = ["with_discovery", "discovery"].map(str::to_owned).to_vec();
    query.streams.push("EventReceiver<types::Events, types::error::EventsError>".to_owned());
    let none: &[&str] = &[];
    let one = vec![(operation("ListThings", "list_things"), none), (query, none), (get, none)];
    let two: (Operation, &[&str]) = (operation("ListThings", "list_things"), &["LostException"]);
    let indexes = BTreeMap::from([
        ("aws-sdk-one".to_owned(), index(one)),
        ("aws-sdk-two".to_owned(), index(vec![two])),
    ]);
    let findings = collect(&World::new(&graph, &sources), &sources, &indexes);
    let shown = |finding: Finding| {
        let name = match &finding.target {
            Target::Operation(at) => &indexes[&finding.official].operations[*at].name,
            Target::Type(name) => name,
            Target::Any(need) => &format!("{need:?}").replace('"', "'"),
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
fn a_client_is_known_by_all_that_goes_by_its_name() {
    for (source, expected) in [
        (
            "fn f(c: &aws_sdk_one::Client) {} fn g(c: &two::Client) { c.list_things(); }",
            &["two ListThings"][..],
        ),
        (
            "fn f(x: Option<two::Client>) { match x { Some(c) => c.list_things(), _ => y } }",
            &["two ListThings"],
        ),
        ("fn f(all: Vec<two::Client>) { for c in &all { c.list_things(); } }", &["two ListThings"]),
        (
            "struct S { c: two::Client } fn f(S { c: it }: S) { it.list_things(); }",
            &["two ListThings"],
        ),
        ("fn f<C: AsRef<two::Client>>(c: C) { c.as_ref().list_things(); }", &["two ListThings"]),
        (
            "fn f<C>(c: C) where C: AsRef<two::Client> { c.as_ref().list_things(); }",
            &["two ListThings"],
        ),
        ("fn f(c: impl AsRef<two::Client>) { c.as_ref().list_things(); }", &["two ListThings"]),
        ("fn f(c: two::Client) { println!(\"{:?}\", c.list_things()); }", &["two ListThings"]),
        (
            "use two as t; mod tests { use super::*; fn f(c: &t::Client) { c.list_things(); } }",
            &["two ListThings"],
        ),
        (
            "use two as t; mod tests { fn f(c: &super::t::Client) { c.list_things(); } }",
            &["two ListThings"],
        ),
        (
            "fn new() -> two::Client { x } impl S { fn g() { Self::new().list_things(); } }",
            &["two ListThings"],
        ),
        ("fn f() { aws_sdk_one::Client::new(&x).with_discovery(); }", &["one Query"]),
        ("use aws_sdk_one::discovery::Reload;", &["one Query"]),
        ("impl T for two::Client { fn f(&self) { Self::list_things(self) } }", &["two ListThings"]),
    ] {
        assert_eq!(found(source, ""), expected, "{source}");
    }
}

#[test]
fn what_macros_are_given_is_read() {
    for (source, expected) in [
        ("m! { use aws_sdk_one::{types::{self}, operation::query as q}; }", &["one Query"][..]),
        (
            "m! { if #[cfg(x)] { use aws_sdk_one::{operation::{query as q}}; } else { } }",
            &["one Query"],
        ),
        ("m! { $x use aws_sdk_one::{operation::{query as q}}; }", &["one Query"]),
        ("fn f() { m! { let c = two::Client::new(&x); c.list_things(); } }", &["two ListThings"]),
        (
            "fn f(c: two::Client) { m! { x = c.list_things() => y, else => z } }",
            &["two ListThings"],
        ),
        ("use aws_sdk_one::primitives::ByteStream;", &["one Stream('ByteStream')"]),
        (
            "use aws_sdk_one::types::error::EventsError;",
            &["one Stream('types::error::EventsError>')"],
        ),
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
        // Other crates' types of the same name.
        "use reqwest::types::Thing; use two::types as t; fn f(x: reqwest::operation::query::X) {}",
        "use two::primitives::ByteStream;",
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
        // What the closure is given isn't what the other function is.
        (
            "fn f(c: &two::Client) {} fn g() { v.map(|c| c.list_things()); }",
            &["one ListThings?", "two ListThings?"],
        ),
        // Fields of the same name: each may be meant.
        (
            "struct A { c: aws_sdk_one::Client } struct B { c: two::Client } fn g(b: B) { b.c.list_things(); }",
            &["one ListThings?", "two ListThings?"],
        ),
        (
            "struct A<C> { c: C } fn g(a: A<two::Client>) { a.c.list_things(); }",
            &["one ListThings?", "two ListThings?"],
        ),
        // One may be known, but not all.
        (
            "fn g(c: &two::Client) { if let Some(c) = x(y) { c.list_things(); } }",
            &["one ListThings?", "two ListThings?"],
        ),
        // Modules of a file, each with its own import of this name.
        (
            "mod a { use aws_sdk_one::Client; } mod b { use two::Client; fn f(c: Client) { c.list_things(); } }",
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
        ("use two::types::error;", &["two Errors"]),
        ("use two::types::error::*;", &["two Errors"]),
        ("use aws_sdk_one::client::Waiters as _;", &["one Waiters"]),
        ("use two::client::Waiters;", &[]),
        // An error of a stream alone.
        ("fn f(e: aws_sdk_one::Error::CutException) {}", &["one Error('CutException')"]),
        ("fn f(e: aws_sdk_one::Error::LostException) {}", &[]),
        (
            "fn f(e: two::Error) { if let two::Error::LostException(_) = e {} }",
            &["two Error('LostException')"],
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
               mod a { pub use aws_sdk_one::Client as Both; } pub mod b { pub use two::Client as Both; }
               pub mod all { pub use two::*; } pub struct Own; mod n { pub use two::Client as Own; }
               macro_rules! outer { ($c:expr, $m:ident) => { run!($c, $m) } }
               macro_rules! run { ($c:expr, $($m:ident)*) => { $($c.$m().send();)* } }";
    for (source, expected) in [
        ("fn f() { kit::client().list_things(); }", &["one ListThings"][..]),
        ("use kit::one::operation::query::QueryError;", &["one Query"]),
        ("use kit::one; fn f() { one::Client::query(c); }", &["one Query"]),
        ("use kit::p::*; fn f(x: Thing) {}", &["one Thing?"]),
        ("use kit::p::Thing;", &["one Thing?"]),
        // A name of two things is either.
        ("fn f() { kit::b::Both::list_things(c); }", &["one ListThings?", "two ListThings?"]),
        ("fn f() { kit::run!(c, query get_thing); }", &["one GetThing?", "one Query?"]),
        ("fn f() { kit::outer!(c, query); }", &["one Query?"]),
        (
            "macro_rules! m { ($s:ident) => { type T = $s::operation::query::QueryInput; } }",
            &["one Query?"],
        ),
        (
            "macro_rules! m { ($s:ident) => { type T = $crate::operation::query::QueryInput; } }",
            &[],
        ),
        ("fn f(x: kit::all::types::Thing) {}", &["one Thing?", "two Thing?"]),
        // The package has a type of its own by this name.
        ("fn f(c: kit::Own) { c.list_things(); }", &["one ListThings?", "two ListThings?"]),
    ] {
        assert_eq!(found(source, kit), expected, "{source}");
    }
}

#[test]
fn text_that_is_no_rust_is_looked_through_all_the_same() {
    assert_eq!(found("fn f( { c.query() ", ""), Vec::<String>::new());
    assert_eq!(found("fn f() -> { aws_sdk_one::operation::query::QueryInput }", ""), ["one Query"]);
    let uses = Uses::of(PathBuf::from("a.rs"), "fn f() {}\nfn f( { ");
    assert_eq!(uses.unread.map(|at| at.line), Some(2));
    let uses = Uses::of(PathBuf::from("a.rs"), "paste! { client.[<get_ $x>]() }");
    assert_eq!((uses.blind.len(), uses.blind[0].line), (1, 1));
    let uses =
        Uses::of(PathBuf::from("a.rs"), "\ninclude!(concat!(env!(\"OUT_DIR\"), \"/a.rs\"));");
    assert_eq!((uses.blind.len(), uses.blind[0].line), (1, 2));
}

#[test]
fn a_terminal_is_told_nothing() {
    let uses = Uses::of(PathBuf::from("a.rs"), "\n  let x = \"\u{1b}[31m\tred\";");
    assert_eq!(uses.shown(2), "let x = \" [31m red\";");
    assert_eq!(uses.shown(9), "");
}

#[test]
fn other_files_are_named() {
    let text = "#[path = \"x/a.rs\"] mod a; mod b; include!(\"../c.rs\");";
    let uses = Uses::of(PathBuf::from("lib.rs"), text);
    assert_eq!(uses.files, [PathBuf::from("x/a.rs"), PathBuf::from("../c.rs")]);
}

/// The programs of `codegen/dropin` compile with crates that have these operations and no others.
#[test]
#[ignore = "it needs ../shared/models; .ci/run has it"]
fn programs_need_the_operations_that_they_are_built_with() {
    let root = crate::workspace::root().unwrap();
    let models = root.join("../shared/models");
    assert!(models.is_dir(), "../shared/models is missing");
    // There is no Smithy model of it; its program is scanned all the same.
    let leave = ["aws-sdk-ec2".to_owned()];
    let request = super::Request { models: &[models], skip: &[], leave: &leave };
    let scanned = super::scan(&root.join("codegen/dropin"), request).unwrap();
    let found: BTreeMap<&str, Vec<&str>> =
        scanned.kept.iter().map(|kept| (kept.package.as_str(), kept.names())).collect();
    let services = SERVICES.iter().filter(|service| !leave.contains(&service.package.to_owned()));
    let mut expected: BTreeMap<&str, Vec<&str>> =
        services.map(|service| (service.package, service.operations.to_vec())).collect();
    // Its program only needs tokens, which come with any operation, or without one.
    expected.insert("aws-sdk-dsql", Vec::new());
    // Guesses: builders and clients of other services have methods that are called like these.
    let guessed: [(&str, &[&str]); 2] = [
        ("aws-sdk-apigateway", &["GetTags"]),
        ("aws-sdk-timestreamwrite", &["DeleteTable", "DescribeTable"]),
    ];
    for (package, names) in guessed {
        let operations = expected.get_mut(package).expect("it is a service of the programs");
        operations.extend(names);
        operations.sort_unstable();
    }
    assert_eq!(found, expected);
}
