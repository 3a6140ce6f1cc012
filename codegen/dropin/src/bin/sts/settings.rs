//! Configuration: regions, endpoints, what clients share and what they don't, and what can be read back.

use std::panic::catch_unwind;
use std::sync::Mutex;
use std::time::Duration;

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator};
use aws_sdk_sts::config::endpoint::{
    DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint,
};
use aws_sdk_sts::config::retry::RetryConfig;
use aws_sdk_sts::config::timeout::TimeoutConfig;
use aws_sdk_sts::config::{
    AppName, BehaviorVersion, Builder, FrameworkMetadata, Region, StalledStreamProtectionConfig,
};
use aws_sdk_sts::error::BoxError;
use aws_sdk_sts::{Client, Config};
use aws_smithy_async::time::SharedTimeSource;
use dropin::{Reply, Scene};

use crate::replies;

/// The configuration of a client, from the scene's.
pub fn builder(scene: &Scene, replies: impl IntoIterator<Item = Reply>) -> Builder {
    Builder::from(&scene.config(replies))
}

pub async fn regions(scene: Scene) {
    let regions = [
        "us-east-1",
        "eu-west-3",
        "cn-north-1",
        "us-gov-west-1",
        "us-iso-east-1",
        "aws-global",
        "xx-new-1",
    ];
    for region in regions {
        scene.event("region", region);
        let config = builder(&scene, [replies::identity()]).region(Region::new(region));
        let client = Client::from_conf(config.build());
        scene.result("identity", &client.get_caller_identity().send().await);
    }
    for region in ["a b", ""] {
        scene.event("region", region);
        let config = builder(&scene, [replies::identity()]).region(Region::new(region));
        let client = Client::from_conf(config.build());
        scene.brief_result("identity", &client.get_caller_identity().send().await);
    }
    let config = builder(&scene, [replies::identity()]).region(None);
    let client = Client::from_conf(config.build());
    scene.result("no region", &client.get_caller_identity().send().await);
}

pub async fn endpoints(scene: Scene) {
    let builder = || builder(&scene, [replies::identity()]);
    let configs = [
        builder().use_fips(true).region(Region::new("us-east-2")),
        builder().use_dual_stack(true),
        builder().use_fips(true).use_dual_stack(true).region(Region::new("us-gov-east-1")),
        builder().use_dual_stack(true).region(Region::new("us-iso-east-1")),
        builder().use_fips(true).region(Region::new("us-isob-east-1")),
        builder().endpoint_url("http://localhost:8080"),
        builder().endpoint_url("https://example.com/with/path/"),
        builder().endpoint_url("https://example.com").use_fips(true),
        builder().endpoint_url("https://example.com").use_dual_stack(true),
        builder().endpoint_url("no URL"),
        builder().endpoint_url("https://example.com").region(None),
    ];
    for config in configs {
        let client = Client::from_conf(config.build());
        scene.result("identity", &client.get_caller_identity().send().await);
    }
}

pub async fn of_the_shared_configuration(scene: Scene) {
    let shared = |app: &str| {
        scene
            .config([replies::identity()])
            .into_builder()
            .app_name(AppName::new(app.to_owned()).expect("it is sound"))
    };
    let configs = [
        shared("one").use_fips(true).region(Region::new("us-east-1")).build(),
        shared("two").use_dual_stack(true).build(),
        shared("three").endpoint_url("http://localhost:9").build(),
        shared("four").retry_config(RetryConfig::disabled()).build(),
        shared("five").timeout_config(TimeoutConfig::builder().build()).build(),
        shared("six").stalled_stream_protection(StalledStreamProtectionConfig::disabled()).build(),
    ];
    for config in configs {
        scene.result("identity", &Client::new(&config).get_caller_identity().send().await);
    }
    let loaded = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("sa-east-1"))
        .credentials_provider(dropin::credentials())
        .http_client(scene.exchange([replies::identity()]))
        .time_source(dropin::static_time())
        .app_name(AppName::new("loaded").expect("it is sound"))
        .load()
        .await;
    let config = Builder::from(&loaded);
    let client = Client::from_conf(config.build());
    scene.result("loaded", &client.get_caller_identity().send().await);
}

pub async fn of_a_client(scene: Scene) {
    let mut setters = Config::builder();
    setters.set_region(Some(Region::new("us-east-1")));
    setters.set_behavior_version(Some(BehaviorVersion::latest()));
    setters.set_credentials_provider(Some(SharedCredentialsProvider::new(dropin::credentials())));
    setters.set_time_source(Some(SharedTimeSource::new(scene.clock)));
    setters.set_endpoint_url(Some("http://localhost:1/".to_owned()));
    setters.set_endpoint_url(None);
    setters.set_use_fips(Some(true)).set_use_fips(None);
    setters.set_use_dual_stack(Some(false));
    setters.set_app_name(AppName::new("set").ok());
    let config = setters.http_client(scene.exchange([replies::identity()])).build();
    let client = Client::from_conf(config);
    scene.result("identity", &client.get_caller_identity().send().await);

    let config = builder(&scene, [replies::identity()]);
    let again =
        config.clone().build().to_builder().app_name(AppName::new("again").expect("it is sound"));
    let client = Client::from_conf(again.build());
    scene.result("a copy", &client.get_caller_identity().send().await);
}

pub async fn can_be_read(scene: Scene) {
    let config = builder(&scene, []).app_name(AppName::new("read").expect("it is sound")).build();
    let client = Client::from_conf(config);
    let config = client.config();
    scene.debug("region", config.region());
    scene.debug("app", config.app_name());
    scene.debug("retries", config.retry_config());
    scene.debug("timeouts", config.timeout_config());
    scene.debug("stalled streams", config.stalled_stream_protection());
    scene.debug("partition", config.retry_partition());
    scene.debug("HTTP client", config.http_client().is_some());
    scene.debug("sleep", config.sleep_impl().is_some());
    scene.debug("time", config.time_source().is_some());
    scene.debug("identity cache", config.identity_cache().is_some());
    scene.debug("invocation IDs", config.invocation_id_generator().is_some());
    scene.debug("auth schemes", config.auth_schemes().count());
    scene.debug("preference", config.auth_scheme_preference());
    scene.debug("interceptors", config.interceptors().count());
    scene.debug("classifiers", config.retry_classifiers().count());
    scene.debug("signing name", config.signing_name());
    scene.debug("frameworks", config.framework_metadata());
    scene.debug("clock skew", config.disable_clock_skew_correction());
    let empty = Config::builder().behavior_version(BehaviorVersion::latest()).build();
    scene.debug("no region", empty.region());
    scene.debug("no retries", empty.retry_config());
    scene.debug("no timeouts", empty.timeout_config());
    scene.debug("no stalled streams", empty.stalled_stream_protection());
    scene.debug("version", aws_sdk_sts::meta::PKG_VERSION);
}

/// A resolver of the user's own, which looks at the parameters and goes elsewhere.
#[derive(Debug)]
struct Elsewhere(dropin::Transcript);

impl ResolveEndpoint for Elsewhere {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        self.0.debug("parameters", params);
        self.0.debug("region", params.region());
        self.0.debug("FIPS", params.use_fips());
        self.0.debug("global", params.use_global_endpoint());
        let region = params.region().unwrap_or("nowhere");
        let endpoint = Endpoint::builder().url(format!("https://{region}.example.com/path"));
        EndpointFuture::ready(Ok(endpoint.header("x-endpoint", "elsewhere").build()))
    }
}

pub async fn own_resolvers(scene: Scene) {
    let config = builder(&scene, [replies::identity()]);
    let config = config.endpoint_resolver(Elsewhere(scene.transcript()));
    let client = Client::from_conf(config.build());
    scene.result("elsewhere", &client.get_caller_identity().send().await);
    let params = Params::builder().region("eu-north-1").use_fips(false).use_dual_stack(true);
    let params = params.build().expect("all is there");
    let resolver = DefaultResolver::new();
    scene.debug("default", resolver.resolve_endpoint(&params).await);
    let params = Params::builder().build().expect("all has a default");
    scene.debug("parameters", &params);
    scene.event(
        "no region",
        resolver.resolve_endpoint(&params).await.map_err(|error| error.to_string()).is_err(),
    );
}

/// What each version of the behaviour brings with it: the attempts are counted, and the timeouts.
pub async fn behavior_versions(scene: Scene) {
    scene.without_times();
    let busy = || replies::error(503, "Busy");
    #[allow(deprecated, reason = "users have them in their code")]
    let versions = [
        BehaviorVersion::v2023_11_09(),
        BehaviorVersion::v2024_03_28(),
        BehaviorVersion::v2025_01_17(),
        BehaviorVersion::v2025_08_07(),
        BehaviorVersion::v2026_01_12(),
    ];
    for version in versions {
        scene.debug("version", version);
        let config = Config::builder()
            .behavior_version(version)
            .region(Region::new("us-east-1"))
            .credentials_provider(dropin::credentials())
            .time_source(dropin::static_time())
            .interceptor(dropin::Witness::new(scene.transcript()))
            .http_client(scene.exchange([busy(), busy(), replies::identity()]));
        let client = Client::from_conf(config.build());
        scene.result("identity", &client.get_caller_identity().send().await);
    }
    let client = catch_unwind(|| Client::from_conf(Config::builder().build()));
    scene.event("without a version", client.is_err());
}

/// Calls are told apart by names, not by numbers drawn at random.
#[derive(Debug)]
struct Named(Mutex<Vec<&'static str>>);

impl InvocationIdGenerator for Named {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        let next = self.0.lock().expect("nobody panics meanwhile").pop();
        match next {
            Some("none") => Ok(None),
            Some(name) => Ok(Some(InvocationId::new(name.to_owned()))),
            None => Err("no name is left".into()),
        }
    }
}

pub async fn invocation_ids(scene: Scene) {
    let replies = [Reply::new(500, ""), replies::identity(), replies::identity()];
    let names = Named(Mutex::new(vec!["none", "first"]));
    let client = Client::from_conf(builder(&scene, replies).invocation_id_generator(names).build());
    scene.result("first", &client.get_caller_identity().send().await);
    scene.result("none", &client.get_caller_identity().send().await);
    scene.result("failing", &client.get_caller_identity().send().await);
}

pub async fn user_agent(scene: Scene) {
    let framework = |name: &str, version: &str| {
        FrameworkMetadata::new(name.to_owned(), Some(version.to_owned())).expect("it is sound")
    };
    let configs = [
        builder(&scene, [replies::identity()])
            .app_name(AppName::new("app!#$%&").expect("it is sound")),
        builder(&scene, [replies::identity()])
            .framework_metadata(framework("one", "1.0"))
            .framework_metadata(framework("two", "2.0")),
        builder(&scene, [replies::identity()]).retry_config(RetryConfig::adaptive()),
        builder(&scene, [replies::identity()]).endpoint_url("http://localhost:1"),
        builder(&scene, [replies::identity()])
            .timeout_config(TimeoutConfig::builder().read_timeout(Duration::from_secs(7)).build()),
    ];
    for config in configs {
        let client = Client::from_conf(config.build());
        scene.result("identity", &client.get_caller_identity().send().await);
    }
}

/// What the feature `test-util` is for: a configuration with all that a test needs.
pub async fn test_defaults(scene: Scene) {
    let config = Config::builder()
        .with_test_defaults_v2()
        .region(Region::new("us-east-1"))
        .http_client(scene.exchange([replies::identity()]))
        .build();
    scene.result("identity", &Client::from_conf(config).get_caller_identity().send().await);
    let mut config = Config::builder();
    config.apply_test_defaults();
    let config = config.http_client(scene.exchange([replies::identity()])).build();
    scene.result("identity", &Client::from_conf(config).get_caller_identity().send().await);
}
