//! Which ways to authenticate a request a service models, as the orchestrator wants them. It must not know
//! how requests are signed.

use aws_smithy_runtime::client::auth::http::{
    ApiKeyAuthScheme, ApiKeyLocation, BasicAuthScheme, BearerAuthScheme, DigestAuthScheme,
};
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::http::{
    HTTP_API_KEY_AUTH_SCHEME_ID, HTTP_BASIC_AUTH_SCHEME_ID, HTTP_BEARER_AUTH_SCHEME_ID,
    HTTP_DIGEST_AUTH_SCHEME_ID,
};
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionsFuture,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;

use super::schema::ClientSchema;
use crate::service::Auth;

fn id(auth: Auth) -> Option<AuthSchemeId> {
    Some(match auth {
        Auth::Sigv4 => aws_runtime::auth::sigv4::SCHEME_ID,
        #[cfg(feature = "sigv4a")]
        Auth::Sigv4a => aws_runtime::auth::sigv4a::SCHEME_ID,
        // Without the feature there is nothing that could sign so, as in the official crates.
        #[cfg(not(feature = "sigv4a"))]
        Auth::Sigv4a => return None,
        Auth::Bearer => HTTP_BEARER_AUTH_SCHEME_ID,
        Auth::Basic => HTTP_BASIC_AUTH_SCHEME_ID,
        Auth::Digest => HTTP_DIGEST_AUTH_SCHEME_ID,
        Auth::ApiKeyHeader { .. } | Auth::ApiKeyQuery(_) => HTTP_API_KEY_AUTH_SCHEME_ID,
        Auth::Anonymous => NO_AUTH_SCHEME_ID,
    })
}

/// The ways in which a request of the operation of this name may be authenticated, best first.
#[must_use]
pub fn modeled_auth<'a>(client: &ClientSchema, operation: &str) -> AuthSchemeOptionsFuture<'a> {
    let modeled = client.auth_of(operation).iter().copied();
    let options = modeled.filter_map(id).map(AuthSchemeOption::from).collect();
    AuthSchemeOptionsFuture::ready(Ok(options))
}

/// The answer to parameters that another crate has made.
#[must_use]
pub fn foreign_auth_params<'a>() -> AuthSchemeOptionsFuture<'a> {
    AuthSchemeOptionsFuture::ready(Err(
        "the parameters of the auth scheme resolver are not those of this service's crate".into(),
    ))
}

/// Adds what signs requests in the ways that the service models.
pub(crate) fn push_schemes(components: &mut RuntimeComponentsBuilder, schema: &ClientSchema) {
    let mut known = Vec::new();
    for auth in schema.all_auth() {
        if known.contains(&auth) {
            continue;
        }
        known.push(auth);
        match auth {
            Auth::Sigv4 => {
                components.push_auth_scheme(aws_runtime::auth::sigv4::SigV4AuthScheme::new());
            }
            #[cfg(feature = "sigv4a")]
            Auth::Sigv4a => {
                components.push_auth_scheme(aws_runtime::auth::sigv4a::SigV4aAuthScheme::new());
            }
            #[cfg(not(feature = "sigv4a"))]
            Auth::Sigv4a => {}
            Auth::Bearer => {
                components.push_auth_scheme(BearerAuthScheme::new());
            }
            Auth::Basic => {
                components.push_auth_scheme(BasicAuthScheme::new());
            }
            Auth::Digest => {
                components.push_auth_scheme(DigestAuthScheme::new());
            }
            Auth::ApiKeyHeader { name, scheme } => {
                let (scheme, location) = (scheme.unwrap_or_default(), ApiKeyLocation::Header);
                components.push_auth_scheme(ApiKeyAuthScheme::new(scheme, location, name));
            }
            Auth::ApiKeyQuery(name) => {
                let location = ApiKeyLocation::Query;
                components.push_auth_scheme(ApiKeyAuthScheme::new("", location, name));
            }
            // The orchestrator has this one whatever the service.
            Auth::Anonymous => {}
        }
    }
}
