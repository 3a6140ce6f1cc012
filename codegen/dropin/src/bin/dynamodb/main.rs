//! A user's program around `aws-sdk-dynamodb`: AWS JSON, paginators, waiters, account IDs in endpoints.

#![forbid(unsafe_code)]

mod errors;
mod items;
mod pages;
mod replies;
mod settings;
mod tables;

use std::process::ExitCode;

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        items::every_kind_of_value,
        items::values_can_be_asked,
        items::many_attributes,
        items::conditions_and_updates,
        items::batches,
        items::transactions,
        items::tokens_made_up,
        pages::of_queries,
        pages::items_of_scans,
        pages::names_of_tables,
        pages::the_same_token_twice,
        pages::errors_on_the_way,
        pages::left_in_the_middle,
        tables::created_and_described,
        tables::waited_for,
        tables::waited_for_until_gone,
        tables::waited_for_too_long,
        tables::waited_for_in_vain,
        tables::waited_for_without_a_name,
        errors::conditions_that_fail,
        errors::cancelled_transactions,
        errors::in_every_form,
        errors::retried_or_not,
        errors::damaged_responses,
        errors::into_the_crates_error,
        settings::retries_by_default,
        settings::regions,
        settings::account_ids_in_endpoints,
        settings::own_endpoints,
        settings::timeouts,
    ])
}
