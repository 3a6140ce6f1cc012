//! The clients that meet the faults: one of each of two services.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::time::{Duration, Instant};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::{ErrorKind, RetryConfig};
use aws_smithy_types::timeout::TimeoutConfig;
use dropin::{Server, Transcript};
use serde_json::{Value, json};

use crate::table::Fault;

/// A service.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// Its name.
    pub name: &'static str,
    /// The body of a response that works.
    pub sound: &'static str,
    /// The body of an error, where `CODE` stands for its code.
    pub error: &'static str,
    /// Makes a call.
    call: Call,
}

#[derive(Clone, Copy, Debug)]
enum Call {
    SendMessage,
    GetCallerIdentity,
}

pub static SERVICES: [Service; 2] = [
    Service {
        name: "sqs",
        sound: "{\"MessageId\":\"0123456789\",\"MD5OfMessageBody\":\"5d41402abc4b2a76b9719d911017c592\"}",
        error: "{\"__type\":\"com.amazonaws.sqs#CODE\",\"message\":\"This is a message.\"}",
        call: Call::SendMessage,
    },
    Service {
        name: "sts",
        sound: "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>\
                </GetCallerIdentityResult></GetCallerIdentityResponse>",
        error: "<ErrorResponse><Error><Code>CODE</Code><Message>This is a message.</Message></Error></ErrorResponse>",
        call: Call::GetCallerIdentity,
    },
];

fn config(url: String, timeouts: bool) -> SdkConfig {
    let seconds = Duration::from_secs;
    // An attempt's time is long enough for a machine that is busy, and there are few attempts.
    let retries = RetryConfig::standard()
        .with_initial_backoff(Duration::from_millis(10))
        .with_use_static_exponential_base(true);
    let timeouts = match timeouts {
        true => TimeoutConfig::builder()
            .connect_timeout(seconds(5))
            .read_timeout(seconds(2))
            .operation_attempt_timeout(seconds(4))
            .operation_timeout(seconds(20)),
        false => TimeoutConfig::builder().connect_timeout(seconds(5)),
    };
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(SharedCredentialsProvider::new(dropin::credentials()))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(url)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .retry_config(retries)
        .timeout_config(timeouts.build())
        .stalled_stream_protection(
            StalledStreamProtectionConfig::enabled().grace_period(seconds(5)).build(),
        )
        .build()
}

/// Makes the calls while the server has the fault, and writes down what came of it.
pub async fn run(transcript: Transcript, service: Service, fault: Fault) {
    let server = Server::start((fault.steps)(service)).await;
    let config = config(server.url(), fault.timeouts);
    let (sqs, sts) = (aws_sdk_sqs::Client::new(&config), aws_sdk_sts::Client::new(&config));
    let begin = Instant::now();
    let mut outcomes = Vec::new();
    for _ in 0..fault.calls {
        let outcome = match service.call {
            Call::SendMessage => {
                outcome(sqs.send_message().queue_url("url").message_body("hello").send().await)
            }
            Call::GetCallerIdentity => outcome(sts.get_caller_identity().send().await),
        };
        outcomes.push(outcome);
    }
    let took = duration(begin.elapsed());
    let seen = server.seen();
    let calls: BTreeSet<&str> =
        seen.requests.iter().filter_map(|it| header(it, "amz-sdk-invocation-id")).collect();
    let attempts: Vec<String> = seen.requests.iter().map(|it| attempt(it)).collect();
    transcript.event("requests", seen.requests.len());
    transcript.event("connections", seen.connections);
    transcript.event("calls", calls.len());
    transcript.event("attempts", attempts);
    transcript.event("outcomes", outcomes);
    transcript.event("took", took);
}

fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = request.lines().filter_map(|line| line.split_once(": "));
    lines.find_map(|(found, value)| found.eq_ignore_ascii_case(name).then_some(value))
}

/// What a request says of its attempt; not until when, but that it does.
fn attempt(request: &str) -> String {
    let told = header(request, "amz-sdk-request").unwrap_or_default().split("; ");
    let told = told.map(|part| if part.starts_with("ttl=") { "ttl" } else { part });
    told.collect::<Vec<_>>().join("; ")
}

/// What the caller got.
fn outcome<O: Debug, E>(result: Result<O, SdkError<E, HttpResponse>>) -> Value
where
    E: ProvideErrorMetadata + Debug,
{
    match result {
        Ok(output) => json!(format!("{output:?}")),
        Err(error) => json!({
            "error": broken_off(&error).map_or_else(|| dropin::kind(&error), str::to_owned),
            "code": error.code(),
            "status": error.raw_response().map(|response| response.status().as_u16()),
        }),
    }
}

/// The class of a duration: the steps are so far apart that a busy machine doesn't blur them.
fn duration(time: Duration) -> &'static str {
    match time.as_millis() {
        ..1_400 => "at once",
        1_400..3_500 => "a timeout",
        3_500..19_000 => "several timeouts",
        _ => "too long",
    }
}

/// What a connection that breaks off is to the client depends on how far its request has got by then, which two runs
/// needn't agree on: the write fails, or there is no answer to read. Either is tried again in the same way.
fn broken_off<E, R>(error: &SdkError<E, R>) -> Option<&'static str> {
    let SdkError::DispatchFailure(failure) = error else { return None };
    let unanswered = failure.as_other() == Some(ErrorKind::TransientError);
    (failure.is_io() || unanswered).then_some("dispatch: the connection broke off")
}
