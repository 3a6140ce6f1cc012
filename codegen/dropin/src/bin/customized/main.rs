//! A user's program around services whose clients do more than their models say.

#![forbid(unsafe_code)]

mod compression;
mod databases;
mod discovery;
mod ids;
mod tokens;
mod uploads;

use std::process::ExitCode;

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        compression::as_is_configured,
        compression::of_one_call,
        compression::without_limits,
        databases::of_users_and_admins,
        databases::with_something_missing,
        discovery::once,
        discovery::again_and_again,
        discovery::without_an_answer,
        ids::with_prefixes,
        ids::that_are_nothing_else,
        tokens::of_providers,
        tokens::of_the_shared_configuration,
        tokens::missing,
        tokens::of_the_environment,
        tokens::or_signatures,
        uploads::are_hashed,
        uploads::of_the_caller_or_another,
    ])
}
