//! A user's program around services whose clients do more than their models say.

#![forbid(unsafe_code)]

mod accounts;
mod compression;
mod databases;
mod discovery;
mod ids;
mod plain;
mod tokens;
mod uploads;

use std::process::ExitCode;

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        accounts::before_the_host,
        accounts::that_are_none,
        accounts::of_other_endpoints,
        accounts::of_outposts,
        compression::as_is_configured,
        compression::of_one_call,
        compression::without_limits,
        databases::of_users_and_admins,
        databases::with_something_missing,
        discovery::once,
        discovery::again_and_again,
        discovery::without_an_answer,
        discovery::of_the_service_that_writes,
        ids::with_prefixes,
        ids::that_are_nothing_else,
        plain::answers,
        plain::errors,
        tokens::of_providers,
        tokens::of_the_shared_configuration,
        tokens::missing,
        tokens::of_the_environment,
        tokens::or_signatures,
        uploads::are_hashed,
        uploads::of_the_caller_or_another,
    ])
}
