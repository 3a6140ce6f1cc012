//! Amazon CodeCatalyst and Bedrock: bearer tokens, and where they come from.

use aws_config::SdkConfig;
use aws_credential_types::provider::{
    future,
    token::{ProvideToken, SharedTokenProvider},
};
use aws_sdk_bedrockruntime::primitives::Blob;
use aws_sdk_codecatalyst::config::{Builder, Token};
use aws_smithy_runtime_api::client::auth::AuthSchemePreference;
use aws_types::origin::Origin;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use dropin::{Reply, Scene, Transcript};

async fn verify(scene: &Scene, settings: impl FnOnce(Builder) -> Builder) {
    let config = Builder::from(&scene.config([Reply::new(200, r#"{"identity":"me"}"#)]));
    let client = aws_sdk_codecatalyst::Client::from_conf(settings(config).build());
    scene.result("session", &client.verify_session().send().await);
}

/// Gives a token, and says so.
#[derive(Debug)]
struct Provider(Transcript);

impl ProvideToken for Provider {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        self.0.event("asked", "for a token");
        future::ProvideToken::ready(Ok(Token::new("of the provider", None)))
    }
}

pub async fn of_providers(scene: Scene) {
    verify(&scene, |config| config.bearer_token(Token::new("token", None))).await;
    verify(&scene, |config| config.bearer_token_resolver(Token::new("resolved", None))).await;
    verify(&scene, |config| config.token_provider(Provider(scene.transcript()))).await;
    verify(&scene, |mut config| {
        let provider = SharedTokenProvider::new(Provider(scene.transcript()));
        config.set_token_provider(Some(provider)).set_token_provider(None);
        config
    })
    .await;
    let config = Builder::from(&scene.config([Reply::new(500, ""), Reply::new(200, "{}")]));
    let config = config.token_provider(Provider(scene.transcript()));
    let client = aws_sdk_codecatalyst::Client::from_conf(config.build());
    scene.result("twice", &client.verify_session().send().await);
}

pub async fn of_the_shared_configuration(scene: Scene) {
    let shared = scene.config([Reply::new(200, "{}"), Reply::new(200, "{}")]).into_builder();
    let shared = shared.token_provider(SharedTokenProvider::new(Token::new("shared", None)));
    let shared = shared.build();
    let client = aws_sdk_codecatalyst::Client::new(&shared);
    scene.result("session", &client.verify_session().send().await);
    let own = Builder::from(&shared).bearer_token(Token::new("own", None)).build();
    let client = aws_sdk_codecatalyst::Client::from_conf(own);
    scene.result("session", &client.verify_session().send().await);
}

pub async fn missing(scene: Scene) {
    verify(&scene, |config| config).await;
    verify(&scene, |config| config.allow_no_auth()).await;
    verify(&scene, |config| config.bearer_token(Token::new("line\nbreak", None))).await;
}

/// What an environment has for services.
#[derive(Debug)]
struct Environment(Transcript);

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let asked = [key.service_id(), key.env(), key.profile()];
        self.0.event("asked", asked.to_vec());
        (key.env() == "AWS_BEARER_TOKEN").then(|| "of the environment".to_owned())
    }
}

async fn invoke(scene: &Scene, config: SdkConfig) {
    let client = aws_sdk_bedrockruntime::Client::new(&config);
    let call = client.invoke_model().model_id("a/model").body(Blob::new("{}"));
    scene.result("invoked", &call.content_type("application/json").send().await);
    let call = client.list_async_invokes().max_results(1);
    scene.result("listed", &call.send().await);
}

fn replies() -> [Reply; 2] {
    let answer = || Reply::new(200, "{}").with("content-type", "application/json");
    [answer(), answer()]
}

pub async fn of_the_environment(scene: Scene) {
    let environment = || {
        let config = scene.config(replies()).into_builder();
        config.service_config(Environment(scene.transcript()))
    };
    let own = SharedTokenProvider::new(Token::new("own", None));
    invoke(&scene, environment().build()).await;
    invoke(&scene, environment().token_provider(own.clone()).build()).await;
    for setting in ["token_provider", "auth_scheme_preference"] {
        let mut config = environment().token_provider(own.clone());
        config = config.auth_scheme_preference(AuthSchemePreference::from(["sigv4".into()]));
        config.insert_origin(setting, Origin::shared_config());
        invoke(&scene, config.build()).await;
    }
}

/// A service with both signs, where nobody says otherwise.
pub async fn or_signatures(scene: Scene) {
    let token = SharedTokenProvider::new(Token::new("shared", None));
    invoke(&scene, scene.config(replies())).await;
    let with_token = scene.config(replies()).into_builder().token_provider(token.clone());
    invoke(&scene, with_token.build()).await;
    let preference = AuthSchemePreference::from(["httpBearerAuth".into()]);
    let with_token = scene.config(replies()).into_builder().token_provider(token);
    invoke(&scene, with_token.auth_scheme_preference(preference).build()).await;
}
