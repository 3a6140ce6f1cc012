//! Tokens for clusters of Amazon Aurora DSQL: see
//! [authentication tokens](https://docs.aws.amazon.com/aurora-dsql/latest/userguide/SECTION_authentication-token.html).

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;

pub use super::AuthToken;
use super::{EXPIRES_IN, Wanted};

/// Makes tokens for a cluster.
#[derive(Debug)]
pub struct AuthTokenGenerator {
    config: Config,
}

impl AuthTokenGenerator {
    /// What makes tokens for this cluster.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// A token for a role of the cluster, signed now, with credentials and for a region of `config` unless there are
    /// others.
    ///
    /// # Errors
    /// If there are no credentials, no region, or the host can't be part of a URL.
    pub async fn db_connect_auth_token(&self, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        self.token("DbConnect", config).await
    }

    /// A token for the role `admin` of the cluster.
    ///
    /// # Errors
    /// See [`db_connect_auth_token`](Self::db_connect_auth_token).
    pub async fn db_connect_admin_auth_token(
        &self,
        config: &SdkConfig,
    ) -> Result<AuthToken, BoxError> {
        self.token("DbConnectAdmin", config).await
    }

    async fn token(&self, action: &str, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        let Config { hostname, credentials, region, expires_in } = &self.config;
        let region = region.as_ref().or(config.region());
        let wanted = Wanted {
            service: "dsql",
            host: hostname,
            port: None,
            query: format!("Action={action}"),
            credentials: credentials.clone(),
            region: region.ok_or("no region to sign the token for")?,
            expires_in: expires_in.unwrap_or(EXPIRES_IN),
        };
        wanted.token(config).await
    }
}

/// What tokens are for.
#[derive(Clone, Debug)]
pub struct Config {
    credentials: Option<SharedCredentialsProvider>,
    hostname: String,
    region: Option<Region>,
    expires_in: Option<u64>,
}

impl Config {
    /// A builder for [`Config`].
    #[must_use]
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Where credentials come from, if not from the shared configuration.
    #[must_use]
    pub fn credentials(&self) -> Option<SharedCredentialsProvider> {
        self.credentials.clone()
    }

    /// The cluster's host.
    #[must_use]
    pub fn hostname(&self) -> &str {
        &self.hostname
    }

    /// The cluster's region, if not that of the shared configuration.
    #[must_use]
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// How many seconds a token is valid: 900 unless it is said.
    #[must_use]
    pub fn expires_in(&self) -> Option<u64> {
        self.expires_in
    }
}

/// A builder for [`Config`].
#[derive(Debug, Default)]
pub struct ConfigBuilder {
    credentials: Option<SharedCredentialsProvider>,
    hostname: Option<String>,
    region: Option<Region>,
    expires_in: Option<u64>,
}

impl ConfigBuilder {
    /// Where credentials come from, if not from the shared configuration.
    #[must_use]
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(credentials));
        self
    }

    /// The cluster's host.
    #[must_use]
    pub fn hostname(mut self, hostname: impl Into<String>) -> Self {
        self.hostname = Some(hostname.into());
        self
    }

    /// The cluster's region, if not that of the shared configuration.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// How many seconds a token is valid.
    #[must_use]
    pub fn expires_in(mut self, expires_in: u64) -> Self {
        self.expires_in = Some(expires_in);
        self
    }

    /// The [`Config`].
    ///
    /// # Errors
    /// If the host is missing.
    pub fn build(self) -> Result<Config, BoxError> {
        Ok(Config {
            credentials: self.credentials,
            hostname: self.hostname.ok_or("no host name is set")?,
            region: self.region,
            expires_in: self.expires_in,
        })
    }
}
