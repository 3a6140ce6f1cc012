//! Credentials: providers, their cache, and what happens without.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use aws_sdk_sts::config::{Credentials, IdentityCache, ProvideCredentials};
use aws_sdk_sts::{Client, Config};
use dropin::{Scene, hours_from_now};

use crate::replies;
use crate::settings::builder;

/// A provider that counts, and whose credentials are told apart by their number.
#[derive(Clone, Debug)]
struct Counting {
    asked: Arc<AtomicUsize>,
    hours: Option<i64>,
}

impl Counting {
    /// Credentials that expire after so many hours of the scenario.
    fn new(hours: Option<i64>) -> Self {
        Self { asked: Arc::default(), hours }
    }
}

impl ProvideCredentials for Counting {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        let expires = self.hours.map(hours_from_now);
        let key = format!("AKIDCOUNTED{number}");
        Provided::ready(Ok(Credentials::new(key, "a secret", None, expires, "counting")))
    }
}

pub async fn session_tokens(scene: Scene) {
    let token = Some("a token/+=".to_owned());
    let credentials = Credentials::new("ASIADROPIN", "another secret", token, None, "session");
    let config = builder(&scene, [replies::identity()]).credentials_provider(credentials);
    let client = Client::from_conf(config.build());
    scene.result("identity", &client.get_caller_identity().send().await);
}

pub async fn cached_and_expired(scene: Scene) {
    for hours in [None, Some(1), Some(-1)] {
        let provider = Counting::new(hours);
        let config = builder(&scene, [(); 3].map(|()| replies::identity()));
        let client = Client::from_conf(config.credentials_provider(provider.clone()).build());
        scene.result("first", &client.get_caller_identity().send().await);
        scene.result("second", &client.get_caller_identity().send().await);
        tokio::time::advance(Duration::from_secs(2 * 3600)).await;
        scene.result("third", &client.get_caller_identity().send().await);
        scene.event("asked", provider.asked.load(Ordering::SeqCst));
    }
}

pub async fn not_cached(scene: Scene) {
    let provider = Counting::new(None);
    let config = builder(&scene, [replies::identity(), replies::identity()])
        .credentials_provider(provider.clone())
        .identity_cache(IdentityCache::no_cache());
    let client = Client::from_conf(config.build());
    scene.result("first", &client.get_caller_identity().send().await);
    scene.result("second", &client.get_caller_identity().send().await);
    scene.event("asked", provider.asked.load(Ordering::SeqCst));
}

pub async fn missing(scene: Scene) {
    let shared = scene.config([replies::identity()]);
    let config = Config::builder()
        .behavior_version(shared.behavior_version().expect("it is set"))
        .region(shared.region().cloned())
        .time_source(scene.clock)
        .http_client(scene.exchange([replies::identity()]));
    let client = Client::from_conf(config.build());
    scene.result("identity", &client.get_caller_identity().send().await);
}

/// Provides nothing, or fails, or takes too long.
#[derive(Debug)]
enum Failing {
    Nothing,
    Fails,
    Invalid,
    Hangs,
    Panics,
}

impl ProvideCredentials for Failing {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        match self {
            Failing::Nothing => Provided::ready(Err(CredentialsError::not_loaded("none here"))),
            Failing::Fails => Provided::ready(Err(CredentialsError::provider_error("it failed"))),
            Failing::Invalid => {
                Provided::ready(Err(CredentialsError::invalid_configuration("bad")))
            }
            Failing::Hangs => Provided::new(std::future::pending()),
            Failing::Panics => panic!("the provider panics on purpose"),
        }
    }
}

pub async fn failing(scene: Scene) {
    for provider in [Failing::Nothing, Failing::Fails, Failing::Invalid, Failing::Hangs] {
        let config = builder(&scene, [replies::identity()]).credentials_provider(provider);
        let client = Client::from_conf(config.build());
        scene.result("identity", &client.get_caller_identity().send().await);
        scene.elapsed("meanwhile");
    }
}

pub async fn panicking(scene: Scene) {
    let config = builder(&scene, []).credentials_provider(Failing::Panics);
    let client = Client::from_conf(config.build());
    scene.result("identity", &client.get_caller_identity().send().await);
}

pub async fn none_wanted(scene: Scene) {
    let config = builder(&scene, [replies::identity()]).allow_no_auth();
    let client = Client::from_conf(config.build());
    scene.result("some are there", &client.get_caller_identity().send().await);
    let shared = scene.config([]);
    let config = Config::builder()
        .behavior_version(shared.behavior_version().expect("it is set"))
        .region(shared.region().cloned())
        .allow_no_auth()
        .http_client(scene.exchange([replies::identity()]));
    let client = Client::from_conf(config.build());
    scene.result("none are there", &client.get_caller_identity().send().await);
}

pub async fn overridden(scene: Scene) {
    let client = Client::from_conf(builder(&scene, [(); 3].map(|()| replies::identity())).build());
    let other = Credentials::new("AKIDOVERRIDDEN", "a secret", None, None, "override");
    let call = client.get_caller_identity().customize();
    let call = call.config_override(Config::builder().credentials_provider(other));
    scene.result("overridden", &call.send().await);
    scene.result("as before", &client.get_caller_identity().send().await);
}
