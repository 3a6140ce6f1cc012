//! Bearer tokens: where a client gets them from. It must not know how requests carry them.

use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_runtime_api::client::auth::AuthSchemePreference;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::identity::http::Token;
use aws_smithy_types::config_bag::Layer;
use aws_types::sdk_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use super::config::ConfigBuilder;
use super::schema::ClientSchema;
use crate::service::Auth;

impl ConfigBuilder {
    /// Where bearer tokens come from; nothing changes nothing.
    pub fn set_token_provider(&mut self, provider: Option<SharedTokenProvider>) {
        if let Some(provider) = provider {
            self.components.set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, provider);
        }
    }

    /// What the configuration of all services says of tokens, and what the environment says of those of this one.
    pub(crate) fn take_bearer(&mut self, input: &SdkConfig, schema: &'static ClientSchema) {
        if !schema.has_auth(Auth::Bearer) {
            return;
        }
        self.set_token_provider(input.token_provider());
        let Some(token) =
            schema.bearer_token_service().and_then(|name| of_environment(input, name))
        else {
            return;
        };
        if !input.get_origin("auth_scheme_preference").is_client_config() {
            self.store::<AuthSchemePreference>(Some([HTTP_BEARER_AUTH_SCHEME_ID].into()));
        }
        if !input.get_origin("token_provider").is_client_config() {
            self.components.set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, identity(token));
        }
    }
}

/// The token that the environment has for the service of this name: `AWS_BEARER_TOKEN_<NAME>`.
fn of_environment(input: &SdkConfig, service: &'static str) -> Option<String> {
    // Profiles have no setting for it.
    let key = ServiceConfigKey::builder().service_id(service).env("AWS_BEARER_TOKEN").profile("");
    input.service_config()?.load_config(key.build().ok()?)
}

/// An identity that says where its token came from, which the user agent counts.
fn identity(token: String) -> Identity {
    let mut layer = Layer::new("token of the environment");
    layer.store_append(AwsCredentialFeature::BearerServiceEnvVars);
    let identity = Identity::builder().data(Token::new(token, None)).property(layer.freeze());
    match identity.build() {
        Ok(identity) => identity,
        Err(error) => unreachable!("the token is set: {error}"),
    }
}
