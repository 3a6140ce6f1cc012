//! Amazon CloudWatch: metrics may be many, and are compressed then. The models of it that there are don't all speak the
//! same protocols, so that requests are looked at from afar.

use aws_sdk_cloudwatch::config::Builder;
use aws_sdk_cloudwatch::types::MetricDatum;
use aws_sdk_cloudwatch::{Client, Config};
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use dropin::Scene;
use serde_json::json;

/// An HTTP client that writes down how a request is encoded.
fn shared(scene: &Scene) -> aws_config::SdkConfig {
    let transcript = scene.transcript();
    let http = infallible_client_fn(move |request: http::Request<SdkBody>| {
        let header = |name: &str| request.headers().get(name).and_then(|it| it.to_str().ok());
        let length = header("content-length").and_then(|length| length.parse::<usize>().ok());
        let body = request.body().bytes().expect("it is in memory");
        let features = header("user-agent").and_then(|agent| agent.split(" m/").nth(1));
        let facts = json!({
            "encoding": header("content-encoding"),
            "gzip": body.starts_with(&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]),
            "length": length == Some(body.len()),
            "signed": header("authorization").map(|it| it.contains("content-encoding;content-length")),
            "counted": features.map(|features| features.contains('L')),
        });
        transcript.event("request", facts);
        http::Response::builder().status(200).body("").expect("it is sound")
    });
    scene.config([]).into_builder().http_client(http).build()
}

fn client(scene: &Scene, settings: impl FnOnce(Builder) -> Builder) -> Client {
    Client::from_conf(settings(Builder::from(&shared(scene))).build())
}

fn metrics(count: u32) -> Vec<MetricDatum> {
    let metric = |number| {
        let name = format!("a metric with a name that is long, {number}");
        MetricDatum::builder().metric_name(name).value(f64::from(number)).build()
    };
    (0..count).map(metric).collect()
}

async fn put(client: &Client, count: u32) {
    let call = client.put_metric_data().namespace("space").set_metric_data(Some(metrics(count)));
    // The answer is one by no protocol.
    let _ = call.send().await;
}

pub async fn as_is_configured(scene: Scene) {
    let settings: [fn(Builder) -> Builder; 7] = [
        |config| config,
        |config| config.disable_request_compression(true),
        |config| config.disable_request_compression(false),
        |config| config.disable_request_compression(None),
        |config| config.request_min_compression_size_bytes(0),
        |config| config.request_min_compression_size_bytes(100_000),
        |config| config.request_min_compression_size_bytes(None),
    ];
    for setting in settings {
        let client = client(&scene, setting);
        scene.debug("disabled", client.config().disable_request_compression());
        scene.debug("minimum", client.config().request_min_compression_size_bytes());
        put(&client, 2).await;
        put(&client, 200).await;
    }
    let shared = shared(&scene)
        .into_builder()
        .disable_request_compression(false)
        .request_min_compression_size_bytes(10);
    put(&Client::new(&shared.build()), 1).await;
}

pub async fn of_one_call(scene: Scene) {
    let client = client(&scene, |config| config);
    let call = client.put_metric_data().namespace("space").set_metric_data(Some(metrics(1)));
    let changed = Config::builder().request_min_compression_size_bytes(1);
    let _ = call.customize().config_override(changed).send().await;
    let call = client.put_metric_data().namespace("space").set_metric_data(Some(metrics(200)));
    let changed = Config::builder().disable_request_compression(true);
    let _ = call.customize().config_override(changed).send().await;
}

pub async fn without_limits(scene: Scene) {
    for minimum in [10_485_760, 10_485_761, u32::MAX] {
        let client = client(&scene, |config| config.request_min_compression_size_bytes(minimum));
        put(&client, 1).await;
        scene.debug("minimum", client.config().request_min_compression_size_bytes());
    }
}
