//! A user's program on a bad day: each fault of the network or of the service, with a client of SQS, which speaks JSON,
//! and one of STS, which speaks XML. For each it says how many requests came, what the caller got, and how long it took.

#![forbid(unsafe_code)]

mod clients;
mod table;

use std::process::ExitCode;

fn main() -> ExitCode {
    dropin::main_at_once(table::FAULTS.iter().flat_map(|fault| {
        clients::SERVICES.iter().map(move |service| {
            let name = format!("{}: {}", service.name, fault.name);
            (name, move |transcript| clients::run(transcript, *service, *fault))
        })
    }))
}
