//! A user's program around `aws-config`: what it loads, and the credentials that it gets from STS, SSO, its OIDC and
//! Sign-In. The crates of these services are below it, where a patch section replaces them as well.

#![forbid(unsafe_code)]

mod loaded;
mod login;
mod replies;
mod roles;
mod sso;

use std::process::ExitCode;

use aws_config::{BehaviorVersion, ConfigLoader};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::os_shim_internal::{Env, Fs};
use dropin::{Reply, Scene};

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        loaded::from_the_environment,
        loaded::from_a_profile,
        loaded::endpoints_of_services,
        loaded::what_a_call_overrides,
        roles::assumed,
        roles::assumed_from_other_credentials,
        roles::refused,
        roles::assumed_again_when_expired,
        roles::of_a_profile,
        roles::of_a_web_identity,
        roles::of_a_web_identity_that_is_refused,
        sso::with_a_token,
        sso::with_a_session,
        sso::with_a_token_that_is_refreshed,
        sso::without_a_token,
        sso::refused,
        login::with_a_token_that_is_refreshed,
        login::refused,
    ])
}

/// Loads a configuration from an environment and files of the scenario's own.
fn loader(
    scene: &Scene,
    environment: &[(&str, &str)],
    files: &[(&str, &str)],
    replies: impl IntoIterator<Item = Reply>,
) -> ConfigLoader {
    let mut environment = environment.to_vec();
    environment.push(("HOME", "/home"));
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&environment))
        .fs(Fs::from_raw_map(files.map(|(path, bytes)| (path.into(), bytes)).collect()))
        .http_client(scene.exchange(replies))
        .time_source(scene.clock)
}

/// Writes down what a provider provides.
async fn provide(scene: &Scene, provider: Option<SharedCredentialsProvider>) {
    let Some(provider) = provider else {
        scene.event("provider", "none");
        return;
    };
    match provider.provide_credentials().await {
        Ok(credentials) => {
            scene.event("key", credentials.access_key_id());
            scene.event("secret", credentials.secret_access_key());
            scene.event("token", credentials.session_token());
            scene.debug("expiry", credentials.expiry());
            scene.debug("account", credentials.account_id().map(|id| id.as_str()));
            scene.debug("credentials", credentials);
        }
        Err(error) => scene.event("error", DisplayErrorContext(&error).to_string()),
    }
}
