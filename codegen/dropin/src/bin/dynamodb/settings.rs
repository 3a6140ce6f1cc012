//! What DynamoDB's client does differently: its retries, and account IDs in its endpoints.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Builder, Region};
use aws_types::endpoint_config::AccountIdEndpointMode;
use dropin::{Reply, Scene, Witness};

use crate::replies;

/// The configuration of a client, from the scene's.
pub fn builder(scene: &Scene, replies: impl IntoIterator<Item = Reply>) -> Builder {
    Builder::from(&scene.config(replies))
}

async fn limits(scene: &Scene, what: &str, client: &Client) {
    scene.result(what, &client.list_tables().limit(1).send().await);
}

pub async fn retries_by_default(scene: Scene) {
    scene.without_times();
    let busy = || replies::error(500, "InternalServerError", "");
    let shared = scene.config([]);
    let config = Builder::new()
        .behavior_version(shared.behavior_version().expect("it is set"))
        .region(shared.region().cloned())
        .credentials_provider(dropin::credentials())
        .time_source(dropin::static_time())
        .interceptor(Witness::new(scene.transcript()))
        .http_client(scene.exchange([(); 6].map(|()| busy())));
    limits(&scene, "tables", &Client::from_conf(config.build())).await;
    let config = builder(&scene, [(); 6].map(|()| busy())).retry_config(RetryConfig::standard());
    limits(&scene, "standard", &Client::from_conf(config.build())).await;
}

pub async fn regions(scene: Scene) {
    for region in ["local", "us-east-1", "us-gov-west-1", "cn-northwest-1", "me-south-1"] {
        for (fips, dual_stack) in [(false, false), (true, false), (false, true), (true, true)] {
            let config = builder(&scene, [replies::json("{}")])
                .region(Region::new(region))
                .use_fips(fips)
                .use_dual_stack(dual_stack);
            limits(&scene, region, &Client::from_conf(config.build())).await;
        }
    }
}

pub async fn account_ids_in_endpoints(scene: Scene) {
    let credentials = |account: Option<&str>| {
        let credentials = Credentials::builder()
            .access_key_id("AKIDACCOUNT")
            .secret_access_key("a secret")
            .provider_name("accounts");
        match account {
            Some(account) => credentials.account_id(account).build(),
            None => credentials.build(),
        }
    };
    let modes = [
        AccountIdEndpointMode::Preferred,
        AccountIdEndpointMode::Disabled,
        AccountIdEndpointMode::Required,
    ];
    for mode in modes {
        for account in [Some("123456789012"), None] {
            scene.debug("mode", (&mode, account));
            let config = builder(&scene, [replies::json("{}"), replies::json("{}")])
                .credentials_provider(credentials(account))
                .account_id_endpoint_mode(mode.clone());
            let client = Client::from_conf(config.build());
            limits(&scene, "tables", &client).await;
            let described = client.describe_table().table_name("one").send().await;
            scene.result("table", &described);
        }
    }
    let config = builder(&scene, [replies::json("{}")])
        .credentials_provider(credentials(Some("123456789012")))
        .use_fips(true);
    limits(&scene, "FIPS", &Client::from_conf(config.build())).await;
    let call = Client::from_conf(builder(&scene, [replies::json("{}")]).build());
    let table = "arn:aws:dynamodb:us-west-2:210987654321:table/one";
    scene.result("an ARN", &call.describe_table().table_name(table).send().await);
}

pub async fn own_endpoints(scene: Scene) {
    let configs = [
        builder(&scene, [replies::json("{}")]).endpoint_url("http://localhost:8000"),
        builder(&scene, [replies::json("{}")]).endpoint_url("http://localhost:8000").use_fips(true),
        builder(&scene, [replies::json("{}")]).endpoint_url("http://127.0.0.1:8000/db?x=y"),
    ];
    for config in configs {
        limits(&scene, "tables", &Client::from_conf(config.build())).await;
    }
}

pub async fn timeouts(scene: Scene) {
    let timeouts =
        TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(300)).build();
    let late = replies::json("{}").after(Duration::from_millis(299));
    let config = builder(&scene, [Reply::Never, late]).timeout_config(timeouts);
    limits(&scene, "tables", &Client::from_conf(config.build())).await;
    scene.elapsed("meanwhile");
}
