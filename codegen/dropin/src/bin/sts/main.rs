//! A user's program around `aws-sdk-sts`: AWS Query, and the parts of the SDK that all services share.

#![forbid(unsafe_code)]

mod calls;
mod errors;
mod hooks;
mod identity;
mod replies;
mod retries;
mod settings;

use std::process::ExitCode;

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        calls::caller_identity,
        calls::assume_role,
        calls::builders,
        calls::inputs_are_sent_with_a_client,
        calls::unsigned_operations,
        calls::other_http_clients,
        calls::clients_are_shared,
        errors::modeled,
        errors::every_operation_knows_its_own,
        errors::not_modeled,
        errors::damaged_responses,
        errors::into_the_crates_error,
        errors::inputs_that_lack_something,
        hooks::all_of_them,
        hooks::captured_attributes,
        hooks::failing_attempts,
        hooks::changes_to_requests,
        hooks::changes_to_responses,
        hooks::errors_of_hooks,
        hooks::customized_calls,
        hooks::spans,
        identity::session_tokens,
        identity::cached_and_expired,
        identity::not_cached,
        identity::missing,
        identity::failing,
        identity::panicking,
        identity::none_wanted,
        identity::overridden,
        retries::until_it_works,
        retries::until_there_are_no_more,
        retries::of_throttling,
        retries::of_what_a_server_asks,
        retries::of_broken_connections,
        retries::of_the_provider,
        retries::none,
        retries::adaptive,
        retries::own_classifier,
        retries::a_bucket_runs_dry,
        retries::skewed_clock,
        retries::timeouts,
        settings::regions,
        settings::endpoints,
        settings::of_the_shared_configuration,
        settings::of_a_client,
        settings::can_be_read,
        settings::own_resolvers,
        settings::behavior_versions,
        settings::invocation_ids,
        settings::user_agent,
        settings::test_defaults,
    ])
}
