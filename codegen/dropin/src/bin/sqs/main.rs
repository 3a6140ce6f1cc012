//! A user's program around `aws-sdk-sqs`: AWS JSON whose errors are those of AWS Query, and long polling.

#![forbid(unsafe_code)]

mod errors;
mod messages;
mod queues;
mod replies;

use std::process::ExitCode;

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        queues::created,
        queues::with_many_attributes,
        queues::in_pages,
        queues::of_dead_letters,
        queues::on_other_endpoints,
        messages::sent,
        messages::sent_in_batches,
        messages::received,
        messages::with_every_kind_of_attribute,
        messages::polled_for_long,
        messages::polled_for_long_with_an_older_behavior,
        messages::sent_by_an_operation_that_is_customized,
        errors::modeled,
        errors::with_a_request_id,
        errors::of_both_kinds,
        errors::retried_or_not,
        errors::damaged_responses,
        errors::into_the_crates_error,
    ])
}
