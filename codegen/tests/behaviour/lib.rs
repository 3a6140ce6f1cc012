//! How generated code behaves. This is compiled in a workspace with the crates of the fixtures, which
//! `../suite/compiled.rs` makes; it must not know how they are generated.
#![cfg(test)]

mod building;
mod clients;
mod debug;
mod events;
mod events_rpc;
mod failing;
mod reading;
mod round_trips;

use std::error::Error;

use tinsmith_runtime::{Operation, Union, Value};
use tinsmith_runtime::http::{Request, Response};

/// The body of the request that carries the input.
fn body<O: Operation>(input: &O::Input) -> String {
    String::from_utf8(O::request(input).unwrap().into_body()).unwrap()
}

/// What the service understands of the request that carries the input.
fn there<O: Operation>(input: &O::Input) -> O::Input {
    O::parse_request(&O::request(input).unwrap()).unwrap()
}

/// What the client understands of the response that carries the output.
fn back<O: Operation>(output: &O::Output) -> O::Output
where
    O::Error: std::fmt::Debug,
{
    O::response(&O::write_response(output).unwrap()).unwrap()
}

/// What the service understands of a request with this body.
fn asked<O: Operation>(body: &str) -> Result<O::Input, tinsmith_runtime::Error> {
    let operation = O::schema();
    let target = format!("{}.{}", operation.service().name(), operation.name());
    O::parse_request(&Request::builder().header("x-amz-target", target).body(body).unwrap())
}

/// What the client understands of a successful response with this body.
fn answered<O: Operation>(body: &str) -> Result<O::Output, O::Error> {
    O::response(&Response::new(body))
}

/// The value of a union that no crate makes but the union's own, from what it doesn't know.
fn unknown<U: Union + Value>() -> U {
    U::empty()
}

/// The error and its causes, each after a colon.
fn chain(error: &dyn Error) -> String {
    let causes = error.source().map(|cause| format!(": {}", chain(cause)));
    format!("{error}{}", causes.unwrap_or_default())
}
