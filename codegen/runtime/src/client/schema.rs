//! What a service says of itself to its client, as `static` plain data, with pointers to the few functions
//! that only its own crate can have. It must not know what the client does with it.

use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthSchemeOptionResolver,
};

use crate::endpoint::ServiceEndpoints;
use crate::service::{Auth, ServiceSchema};

/// What a service says of itself to its client.
#[derive(Clone, Copy)]
pub struct ClientSchema {
    service: &'static ServiceSchema,
    sdk_id: &'static str,
    package: &'static str,
    version: &'static str,
    signing_name: Option<&'static str>,
    auth: &'static [Auth],
    operation_auth: &'static [(&'static str, &'static [Auth])],
    transient_errors: &'static [&'static str],
    bearer_token_service: Option<&'static str>,
    flags: u8,
    hooks: Hooks,
}

/// The types that each crate has for itself, so that what one crate's users implement isn't another's.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// `config::auth::Params` of the operation of this name.
    pub auth_params: fn(&'static str) -> AuthSchemeOptionResolverParams,
    /// `config::auth::DefaultAuthSchemeResolver`.
    pub auth_resolver: fn() -> SharedAuthSchemeOptionResolver,
    /// Endpoint rules, and the types of `config::endpoint`.
    pub endpoints: &'static ServiceEndpoints,
}

const ACCOUNT_ID_ENDPOINTS: u8 = 1;
const CONTENT_SHA256: u8 = 1 << 1;
const REQUEST_COMPRESSION: u8 = 1 << 2;

impl ClientSchema {
    /// The client of this service, by its `sdkId`, and by the name and the version of its crate.
    pub const fn new(
        service: &'static ServiceSchema,
        sdk_id: &'static str,
        package: &'static str,
        version: &'static str,
        hooks: Hooks,
    ) -> Self {
        Self {
            service,
            sdk_id,
            package,
            version,
            signing_name: None,
            auth: &[],
            operation_auth: &[],
            transient_errors: &[],
            bearer_token_service: None,
            flags: 0,
            hooks,
        }
    }

    /// With what requests are signed for by
    /// [Signature Version 4](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait).
    #[must_use]
    pub const fn signing_name(mut self, name: &'static str) -> Self {
        self.signing_name = Some(name);
        self
    }

    /// With how requests are authenticated where the operation says nothing else, best first.
    #[must_use]
    pub const fn auth(mut self, auth: &'static [Auth]) -> Self {
        self.auth = auth;
        self
    }

    /// With how requests of the operations of these names are authenticated, best first
    /// ([`@auth`](https://smithy.io/2.0/spec/authentication-traits.html#auth-trait),
    /// [`@optionalAuth`](https://smithy.io/2.0/spec/authentication-traits.html#optionalauth-trait)).
    #[must_use]
    pub const fn operation_auth(
        mut self,
        operations: &'static [(&'static str, &'static [Auth])],
    ) -> Self {
        self.operation_auth = operations;
        self
    }

    /// With codes of errors after which a request is tried again, besides those of all AWS services.
    #[must_use]
    pub const fn transient_errors(mut self, codes: &'static [&'static str]) -> Self {
        self.transient_errors = codes;
        self
    }

    /// With the name by which the environment has a bearer token for the service, in `AWS_BEARER_TOKEN_<NAME>`.
    #[must_use]
    pub const fn bearer_token_of(mut self, service: &'static str) -> Self {
        self.bearer_token_service = Some(service);
        self
    }

    /// With endpoints that the caller's account is part of.
    #[must_use]
    pub const fn account_id_endpoints(mut self) -> Self {
        self.flags |= ACCOUNT_ID_ENDPOINTS;
        self
    }

    /// With a header that has the SHA-256 of each body.
    #[must_use]
    pub const fn content_sha256_header(mut self) -> Self {
        self.flags |= CONTENT_SHA256;
        self
    }

    /// With operations whose requests are compressed.
    #[must_use]
    pub const fn request_compression(mut self) -> Self {
        self.flags |= REQUEST_COMPRESSION;
        self
    }

    /// The service.
    #[must_use]
    pub const fn service(&self) -> &'static ServiceSchema {
        self.service
    }

    /// The service's `sdkId`: in metadata, in spans, and where configuration is looked up.
    #[must_use]
    pub const fn sdk_id(&self) -> &'static str {
        self.sdk_id
    }

    /// The name of the service's crate: the scope of its metrics.
    #[must_use]
    pub const fn package(&self) -> &'static str {
        self.package
    }

    /// What the service's crate is called after `aws-sdk-`: in the user agent.
    #[must_use]
    pub fn api(&self) -> &'static str {
        self.package.strip_prefix("aws-sdk-").unwrap_or(self.package)
    }

    /// The crate's version.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// What requests are signed for, if they are signed.
    #[must_use]
    pub const fn modeled_signing_name(&self) -> Option<&'static str> {
        self.signing_name
    }

    /// How requests are authenticated where the operation says nothing else.
    #[must_use]
    pub const fn modeled_auth(&self) -> &'static [Auth] {
        self.auth
    }

    /// How requests of the operation of this name are authenticated, best first.
    #[must_use]
    pub fn auth_of(&self, operation: &str) -> &'static [Auth] {
        let own = self.operation_auth.iter().find(|(name, _)| *name == operation);
        own.map_or(self.auth, |(_, auth)| auth)
    }

    /// All ways in which some request of the service is authenticated; one may come several times.
    pub(crate) fn all_auth(&self) -> impl Iterator<Item = Auth> {
        let of_operations = self.operation_auth.iter().flat_map(|(_, auth)| *auth);
        self.auth.iter().chain(of_operations).copied()
    }

    pub(crate) fn has_auth(&self, auth: Auth) -> bool {
        self.all_auth().any(|other| other == auth)
    }

    pub(crate) const fn bearer_token_service(&self) -> Option<&'static str> {
        self.bearer_token_service
    }

    pub(crate) const fn more_transient_errors(&self) -> &'static [&'static str] {
        self.transient_errors
    }

    pub(crate) const fn has_account_id_endpoints(&self) -> bool {
        self.flags & ACCOUNT_ID_ENDPOINTS != 0
    }

    pub(crate) const fn has_content_sha256_header(&self) -> bool {
        self.flags & CONTENT_SHA256 != 0
    }

    pub(crate) const fn has_request_compression(&self) -> bool {
        self.flags & REQUEST_COMPRESSION != 0
    }

    pub(crate) const fn hooks(&self) -> &Hooks {
        &self.hooks
    }
}

impl std::fmt::Debug for ClientSchema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ClientSchema").field(&self.sdk_id).finish()
    }
}
