//! Amazon Aurora DSQL: tokens by which databases know who connects.

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_dsql::auth_token::{AuthTokenGenerator, Config, ConfigBuilder};
use aws_types::region::Region;
use dropin::Scene;

async fn tokens(scene: &Scene, config: ConfigBuilder, shared: &SdkConfig) {
    let generator = AuthTokenGenerator::new(config.build().expect("there is a host"));
    match generator.db_connect_auth_token(shared).await {
        Ok(token) => {
            scene.event("token", token.as_str());
            scene.event("the same", token.to_string());
            scene.debug("equal", token == token.clone());
        }
        Err(_) => scene.event("token", "none"),
    }
    let token = generator.db_connect_admin_auth_token(shared).await;
    scene.event("of an admin", token.ok().map(|token| token.to_string()));
}

pub async fn of_users_and_admins(scene: Scene) {
    let shared = scene.config([]);
    let configs = [
        Config::builder().hostname("cluster.dsql.eu-central-1.on.aws"),
        Config::builder().hostname("Cluster.Example.COM").region(Region::new("us-east-2")),
        Config::builder().hostname("cluster").expires_in(1).region(Region::new("nowhere")),
        Config::builder().hostname("cluster").expires_in(604_800),
        Config::builder().hostname("cluster:5432"),
        Config::builder().hostname("cluster").credentials(Credentials::new(
            "OTHER",
            "secret",
            Some("a token/with+all=of it&~".to_owned()),
            None,
            "test",
        )),
    ];
    for config in configs {
        tokens(&scene, config, &shared).await;
    }
    let config = Config::builder().hostname("host").expires_in(7).build().expect("all is there");
    scene.debug("host", config.hostname());
    scene.debug("region", config.region());
    scene.debug("expires", config.expires_in());
    scene.debug("credentials", config.credentials().is_some());
}

pub async fn with_something_missing(scene: Scene) {
    let shared = || scene.config([]).into_builder();
    let host = || Config::builder().hostname("cluster");
    tokens(&scene, host(), &shared().region(None).build()).await;
    let provider: Option<SharedCredentialsProvider> = None;
    let mut without = shared();
    without.set_credentials_provider(provider);
    tokens(&scene, host(), &without.build()).await;
    scene.event("no host", Config::builder().build().is_err());
}
