//! Attempts: how often, when, and why no more.

use std::time::Duration;

use aws_sdk_sts::Client;
use aws_sdk_sts::config::retry::{
    ClassifyRetry, ReconnectMode, RetryAction, RetryConfig, RetryPartition, TokenBucket,
};
use aws_sdk_sts::config::timeout::TimeoutConfig;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_types::retry::ErrorKind;
use dropin::{Reply, Scene};

use crate::replies;
use crate::settings::builder;

/// Retries without chance.
fn standard() -> RetryConfig {
    RetryConfig::standard().with_use_static_exponential_base(true)
}

async fn identity(scene: &Scene, what: &str, client: &Client) {
    scene.result(what, &client.get_caller_identity().send().await);
    scene.elapsed(what);
}

pub async fn until_it_works(scene: Scene) {
    for status in [500, 502, 503, 504] {
        let replies = [Reply::new(status, ""), Reply::new(status, "no XML"), replies::identity()];
        let client = Client::from_conf(builder(&scene, replies).build());
        identity(&scene, "identity", &client).await;
    }
}

pub async fn until_there_are_no_more(scene: Scene) {
    for attempts in [1, 2, 5] {
        let config = builder(&scene, [(); 6].map(|()| replies::error(500, "InternalFailure")));
        let retries = standard().with_max_attempts(attempts);
        let client = Client::from_conf(config.retry_config(retries).build());
        identity(&scene, "identity", &client).await;
    }
}

pub async fn of_throttling(scene: Scene) {
    let codes = [
        (400, "Throttling"),
        (400, "ThrottlingException"),
        (400, "RequestLimitExceeded"),
        (429, "TooManyRequests"),
        (503, "SlowDown"),
        (400, "RequestTimeout"),
        (400, "TransactionInProgressException"),
        (403, "RequestTimeTooSkewed"),
    ];
    for (status, code) in codes {
        scene.event("code", code);
        let replies = [replies::error(status, code), replies::identity()];
        let client = Client::from_conf(builder(&scene, replies).build());
        identity(&scene, "identity", &client).await;
    }
}

pub async fn of_what_a_server_asks(scene: Scene) {
    for after in ["100", "3000", "600000", "soon", "-1"] {
        let throttled = replies::error(400, "Throttling").with("x-amz-retry-after", after);
        let client = Client::from_conf(builder(&scene, [throttled, replies::identity()]).build());
        identity(&scene, after, &client).await;
    }
    let busy = Reply::new(503, "").with("retry-after", "7");
    let client = Client::from_conf(builder(&scene, [busy, replies::identity()]).build());
    identity(&scene, "without the prefix", &client).await;
}

pub async fn of_broken_connections(scene: Scene) {
    let replies = [
        Reply::Broken,
        Reply::Slow,
        Reply::Unusable,
        Reply::Other(None),
        Reply::Other(Some(ErrorKind::TransientError)),
        Reply::Other(Some(ErrorKind::ThrottlingError)),
        Reply::Other(Some(ErrorKind::ClientError)),
    ];
    for reply in replies {
        scene.debug("reply", &reply);
        let client = Client::from_conf(builder(&scene, [reply, replies::identity()]).build());
        identity(&scene, "identity", &client).await;
    }
    let config = builder(&scene, [Reply::Broken, Reply::Broken, Reply::Broken]);
    let retries = standard().with_reconnect_mode(ReconnectMode::ReuseAllConnections);
    let client = Client::from_conf(config.retry_config(retries).build());
    identity(&scene, "broken each time", &client).await;
}

/// STS asks an identity provider, which may be out of reach.
pub async fn of_the_provider(scene: Scene) {
    let unreachable = || replies::error(400, "IDPCommunicationError");
    let client = Client::from_conf(builder(&scene, [(); 3].map(|()| unreachable())).build());
    let call = client.assume_role_with_web_identity().role_arn("arn").role_session_name("session");
    scene.result("web identity", &call.web_identity_token("token").send().await);
    let client = Client::from_conf(builder(&scene, [(); 3].map(|()| unreachable())).build());
    identity(&scene, "identity", &client).await;
}

pub async fn none(scene: Scene) {
    let config =
        builder(&scene, [replies::error(503, "Busy")]).retry_config(RetryConfig::disabled());
    let client = Client::from_conf(config.build());
    identity(&scene, "disabled", &client).await;
    let client =
        Client::from_conf(builder(&scene, [(); 3].map(|()| replies::error(503, "Busy"))).build());
    let call = client.get_caller_identity().customize();
    let override_ = aws_sdk_sts::Config::builder().retry_config(standard().with_max_attempts(1));
    scene.result("overridden", &call.config_override(override_).send().await);
}

pub async fn adaptive(scene: Scene) {
    let retries =
        RetryConfig::adaptive().with_use_static_exponential_base(true).with_max_attempts(6);
    let throttled = || replies::error(400, "Throttling");
    let replies = [throttled(), throttled(), throttled(), throttled(), replies::identity()];
    let config = builder(&scene, replies.into_iter().chain([replies::identity()]));
    let config = config.retry_config(retries).retry_partition(RetryPartition::new("adaptive"));
    let client = Client::from_conf(config.build());
    identity(&scene, "first", &client).await;
    identity(&scene, "second", &client).await;
}

/// Retries what has a status that teapots have.
#[derive(Debug)]
struct Teapots;

impl ClassifyRetry for Teapots {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response().map(|response| response.status().as_u16()) {
            Some(418) => RetryAction::client_error(),
            Some(500) => RetryAction::RetryForbidden,
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "Teapots"
    }
}

pub async fn own_classifier(scene: Scene) {
    for status in [418, 500] {
        let replies = [replies::error(status, "Tea"), replies::identity()];
        let client = Client::from_conf(builder(&scene, replies).retry_classifier(Teapots).build());
        identity(&scene, "identity", &client).await;
    }
}

pub async fn a_bucket_runs_dry(scene: Scene) {
    let bucket = TokenBucket::builder().capacity(20).build();
    let partition = RetryPartition::custom("dry").token_bucket(bucket).build();
    let config = builder(&scene, [(); 20].map(|()| Reply::new(500, ""))).retry_partition(partition);
    let client = Client::from_conf(config.build());
    for _ in 0..5 {
        let error = client.get_caller_identity().send().await.expect_err("all replies are errors");
        scene.debug("status", error.raw_response().map(|response| response.status().as_u16()));
        scene.elapsed("meanwhile");
    }
}

/// A clock that is wrong by a quarter of an hour: the server says so, and the next attempt is signed by its time.
pub async fn skewed_clock(scene: Scene) {
    let date = "Sun, 01 Mar 2026 12:15:00 GMT";
    let skewed = || replies::error(403, "RequestExpired").with("date", date);
    let sound = || replies::identity().with("date", date);
    let client = Client::from_conf(builder(&scene, [skewed(), sound(), sound()]).build());
    identity(&scene, "first", &client).await;
    identity(&scene, "second", &client).await;
    let wrong = replies::error(403, "SignatureDoesNotMatch").with("date", date);
    let client = Client::from_conf(builder(&scene, [wrong, sound()]).build());
    identity(&scene, "wrong signature", &client).await;
    let nonsense = replies::error(403, "RequestExpired").with("date", "yesterday");
    let client = Client::from_conf(builder(&scene, [nonsense, sound()]).build());
    identity(&scene, "no date", &client).await;
    let config = builder(&scene, [skewed(), sound()]).disable_clock_skew_correction(true);
    identity(&scene, "not wanted", &Client::from_conf(config.build())).await;
}

pub async fn timeouts(scene: Scene) {
    let seconds = Duration::from_secs;
    let of_attempts = TimeoutConfig::builder().operation_attempt_timeout(seconds(2)).build();
    let of_operations = TimeoutConfig::builder().operation_timeout(seconds(3)).build();
    let of_both = TimeoutConfig::builder()
        .operation_attempt_timeout(seconds(2))
        .operation_timeout(seconds(5))
        .connect_timeout(seconds(1))
        .read_timeout(seconds(1))
        .build();
    for timeouts in [of_attempts, of_operations, of_both] {
        scene.debug("timeouts", &timeouts);
        let replies = [Reply::Never, replies::identity().after(seconds(4)), replies::identity()];
        let config = builder(&scene, replies).timeout_config(timeouts);
        identity(&scene, "identity", &Client::from_conf(config.build())).await;
    }
    let client = Client::from_conf(builder(&scene, [Reply::Never]).build());
    let call = client.get_caller_identity().customize();
    let timeouts = TimeoutConfig::builder().operation_timeout(seconds(1)).build();
    let call = call.config_override(aws_sdk_sts::Config::builder().timeout_config(timeouts));
    scene.result("overridden", &call.send().await);
    scene.elapsed("meanwhile");
}
