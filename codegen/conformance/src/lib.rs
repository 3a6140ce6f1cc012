//! Runs [HTTP protocol compliance cases](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html)
//! and [those of event streams](https://smithy.io/2.0/additional-specs/event-stream-protocol-compliance-tests.html)
//! against the registries of generated crates. It must not know how crates are generated.
//!
//! Every case runs both ways: a request is made from its parameters and read back to them; a response
//! is read to its parameters, written again and read again.

#![forbid(unsafe_code)]

mod assumed;
mod case;
mod compare;
pub mod endpoints;
mod event;
pub mod fuzz;
mod request;
mod response;

pub use case::{Case, HttpCase, Kind, MapNames, Outcome, Side};
pub use event::EventCase;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

use tinsmith_runtime::codec::json::Settings;
use tinsmith_runtime::dynamic::{AnyOperation, Terms};
use tinsmith_runtime::protocol;

/// The idempotency token that the cases expect where an input has none.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// The operations of a service, and what cases call them together.
pub type Registry = (&'static str, &'static [&'static dyn AnyOperation]);

/// Operations by what their registry is called and their own name.
type Operations<'a> = BTreeMap<(&'a str, &'a str), &'a dyn AnyOperation>;

fn operations<'a>(registries: &[Registry]) -> Operations<'a> {
    let mut operations: Operations<'a> = BTreeMap::new();
    for (service, registry) in registries {
        for operation in *registry {
            operations.insert((service, operation.schema().name()), *operation);
        }
    }
    operations
}

/// Runs the cases, in their order.
#[must_use]
pub fn run(cases: Vec<Case>, registries: &[Registry]) -> Vec<Outcome> {
    let operations = operations(registries);
    let run = |case: Case| {
        let operation = operations.get(&(case.service.as_str(), case.operation.as_str()));
        let failures = match operation {
            Some(operation) => run_case(*operation, &case),
            None => Err(vec!["the operation isn't in the crate".to_owned()]),
        };
        Outcome {
            service: case.service,
            operation: case.operation,
            kind: case.kind,
            id: case.case.id,
            failures: failures.err().unwrap_or_default(),
        }
    };
    cases.into_iter().map(run).collect()
}

fn run_case(operation: &dyn AnyOperation, case: &Case) -> Result<(), Vec<String>> {
    let Some(protocol) = protocol::find(&case.case.protocol) else {
        return Err(vec![format!("{} isn't spoken here", case.case.protocol)]);
    };
    let terms = Terms {
        protocol: Some(protocol),
        documents: Settings::TEST_PARAMETERS,
        idempotency_token: Some(TOKEN),
    };
    let run = || match &case.kind {
        Kind::Request => request::run(operation, case, terms),
        Kind::Response | Kind::Error(_) => response::run(operation, case, terms),
        Kind::EventStream => event::run(operation, case, terms),
    };
    // A panic is this case's defect, and no reason not to run the others.
    std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(vec![format!("it panics: {}", text.unwrap_or("without a message"))])
    })
}

/// The program that a conformance run builds: reads cases from the file named by its first argument, and
/// prints their outcomes as JSON. With a second argument, a [`fuzz::Plan`] as JSON, it damages their messages
/// instead, and prints a [`fuzz::Report`].
///
/// # Errors
/// If the file can't be read, or isn't a list of cases.
pub fn main(registries: &[Registry]) -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("the file with the cases is missing")?;
    let cases: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let printed = match arguments.next() {
        Some(plan) => {
            let plan = serde_json::from_str(&plan)?;
            serde_json::to_string(&fuzz::run(&cases, registries, &plan))?
        }
        None => serde_json::to_string(&run(cases, registries))?,
    };
    println!("{printed}");
    Ok(())
}
