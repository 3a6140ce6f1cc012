//! Credentials of roles, from STS.

use std::time::Duration;

use aws_config::Region;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::Client;
use dropin::Scene;

use crate::{loader, provide, replies};

const LATER: &str = "2026-03-01T13:00:00Z";

fn shared(provider: AssumeRoleProvider) -> Option<SharedCredentialsProvider> {
    Some(SharedCredentialsProvider::new(provider))
}

pub async fn assumed(scene: Scene) {
    let config = scene.config([replies::sts("AssumeRole", "ASIAROLE", LATER)]);
    let provider = AssumeRoleProvider::builder("arn:aws:iam::123456789012:role/demo")
        .session_name("s")
        .external_id("external")
        .policy("{}")
        .policy_arns(vec!["arn:aws:iam::aws:policy/One".to_owned()])
        .tags([("Project", "Pegasus")])
        .session_length(Duration::from_secs(1800))
        .region(Region::new("us-west-2"))
        .configure(&config)
        .build()
        .await;
    provide(&scene, shared(provider)).await;
}

pub async fn assumed_from_other_credentials(scene: Scene) {
    let config = scene.config([replies::sts("AssumeRole", "ASIAROLE", LATER)]);
    let source =
        Credentials::new("AKIDSOURCE", "a secret", Some("a token".to_owned()), None, "source");
    let provider = AssumeRoleProvider::builder("arn:aws:iam::123456789012:role/demo")
        .session_name("s")
        .configure(&config)
        .build_from_provider(source)
        .await;
    provide(&scene, shared(provider)).await;
}

pub async fn refused(scene: Scene) {
    for code in ["AccessDenied", "RegionDisabledException", "MalformedPolicyDocument"] {
        let config = scene.config([replies::refused(code)]);
        let provider = AssumeRoleProvider::builder("arn").session_name("s").configure(&config);
        provide(&scene, shared(provider.build().await)).await;
    }
}

/// The client that is the role's asks for the role once more after an hour.
pub async fn assumed_again_when_expired(scene: Scene) {
    let roles = [
        replies::sts("AssumeRole", "ASIAFIRST", LATER),
        replies::sts("AssumeRole", "ASIASECOND", "2026-03-01T15:00:00Z"),
    ];
    let config = scene.config(roles);
    let role =
        AssumeRoleProvider::builder("arn").session_name("s").configure(&config).build().await;
    let config = scene.config([(); 3].map(|()| replies::identity()));
    let config = config.into_builder().credentials_provider(SharedCredentialsProvider::new(role));
    let client = Client::new(&config.build());
    for _ in 0..3 {
        scene.result("identity", &client.get_caller_identity().send().await);
        tokio::time::advance(Duration::from_secs(40 * 60)).await;
    }
}

const PROFILES: &str = "\
[default]
region = eu-central-1
role_arn = arn:aws:iam::123456789012:role/outer
role_session_name = outer
source_profile = middle
external_id = external
duration_seconds = 900
[profile middle]
role_arn = arn:aws:iam::123456789012:role/inner
role_session_name = inner
source_profile = keys
[profile keys]
aws_access_key_id = AKIDKEYS
aws_secret_access_key = a secret
";

pub async fn of_a_profile(scene: Scene) {
    let roles = [
        replies::sts("AssumeRole", "ASIAINNER", LATER),
        replies::sts("AssumeRole", "ASIAOUTER", LATER),
    ];
    let loading = loader(&scene, &[], &[("/home/.aws/config", PROFILES)], roles);
    provide(&scene, loading.load().await.credentials_provider()).await;
}

const WEB: [(&str, &str); 4] = [
    ("AWS_REGION", "eu-central-1"),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token.jwt"),
    ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/web"),
    ("AWS_ROLE_SESSION_NAME", "s"),
];

pub async fn of_a_web_identity(scene: Scene) {
    let role = replies::sts("AssumeRoleWithWebIdentity", "ASIAWEB", LATER);
    let loading =
        loader(&scene, &WEB, &[("/token.jwt", "a.jwt.token")], [role, replies::identity()]);
    let config = loading.load().await;
    provide(&scene, config.credentials_provider()).await;
}

pub async fn of_a_web_identity_that_is_refused(scene: Scene) {
    scene.without_times();
    for code in ["InvalidIdentityToken", "IDPCommunicationError"] {
        let loading = loader(
            &scene,
            &WEB,
            &[("/token.jwt", "a.jwt.token")],
            [(); 4].map(|()| replies::refused(code)),
        );
        provide(&scene, loading.load().await.credentials_provider()).await;
    }
}
