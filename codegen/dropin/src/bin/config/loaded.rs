//! What is loaded, and how clients take it.

use aws_config::Region;
use aws_sdk_sts::Client;
use dropin::Scene;

use crate::{loader, replies};

const KEYS: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "a secret")];

async fn identity(scene: &Scene, environment: &[(&str, &str)], files: &[(&str, &str)]) {
    let environment = [&KEYS[..], environment].concat();
    let config = loader(scene, &environment, files, [replies::identity()]).load().await;
    scene.result("identity", &Client::new(&config).get_caller_identity().send().await);
}

pub async fn from_the_environment(scene: Scene) {
    identity(&scene, &[("AWS_REGION", "eu-west-1"), ("AWS_SESSION_TOKEN", "a token")], &[]).await;
    identity(
        &scene,
        &[("AWS_DEFAULT_REGION", "us-east-2"), ("AWS_USE_FIPS_ENDPOINT", "true")],
        &[],
    )
    .await;
    identity(&scene, &[("AWS_REGION", "eu-west-1"), ("AWS_USE_DUALSTACK_ENDPOINT", "true")], &[])
        .await;
    identity(
        &scene,
        &[("AWS_REGION", "eu-west-1"), ("AWS_SDK_UA_APP_ID", "of-the-environment")],
        &[],
    )
    .await;
    identity(
        &scene,
        &[("AWS_REGION", "eu-west-1"), ("AWS_MAX_ATTEMPTS", "7"), ("AWS_RETRY_MODE", "adaptive")],
        &[],
    )
    .await;
    identity(&scene, &[("AWS_REGION", "eu-west-1"), ("AWS_EXECUTION_ENV", "a lambda")], &[]).await;
    identity(&scene, &[("AWS_REGION", "eu-west-1"), ("AWS_AUTH_SCHEME_PREFERENCE", "sigv4")], &[])
        .await;
}

const PROFILES: &str = "\
[default]
region = sa-east-1
[profile other]
region = ap-southeast-2
use_fips_endpoint = true
sdk_ua_app_id = of-the-profile
max_attempts = 4
";

pub async fn from_a_profile(scene: Scene) {
    let files = [("/home/.aws/config", PROFILES)];
    identity(&scene, &[], &files).await;
    identity(&scene, &[("AWS_PROFILE", "other")], &files).await;
}

const SERVICES: &str = "\
[default]
region = sa-east-1
services = local
endpoint_url = http://localhost:1
[services local]
sts =
  endpoint_url = http://localhost:2/sts
sqs =
  endpoint_url = http://localhost:3
";

pub async fn endpoints_of_services(scene: Scene) {
    let region = ("AWS_REGION", "eu-west-1");
    identity(&scene, &[region, ("AWS_ENDPOINT_URL", "http://localhost:4")], &[]).await;
    identity(&scene, &[region, ("AWS_ENDPOINT_URL_STS", "http://localhost:5")], &[]).await;
    let both = [
        region,
        ("AWS_ENDPOINT_URL", "http://localhost:4"),
        ("AWS_ENDPOINT_URL_STS", "http://localhost:5"),
    ];
    identity(&scene, &both, &[]).await;
    let files = [("/home/.aws/config", SERVICES)];
    identity(&scene, &[], &files).await;
    identity(&scene, &[("AWS_ENDPOINT_URL", "http://localhost:4")], &files).await;
    identity(&scene, &[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")], &files).await;
}

pub async fn what_a_call_overrides(scene: Scene) {
    let environment =
        [&KEYS[..], &[("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL_STS", "http://localhost:5")]]
            .concat();
    let loading = loader(&scene, &environment, &[], [replies::identity(), replies::identity()]);
    let config = loading.region(Region::new("us-west-1")).load().await;
    let client = Client::new(&config);
    let call = client.get_caller_identity().customize();
    let over = aws_sdk_sts::Config::builder()
        .endpoint_url("http://localhost:6")
        .region(Region::new("us-west-2"));
    scene.result("overridden", &call.config_override(over).send().await);
    scene.result("identity", &client.get_caller_identity().send().await);
}
