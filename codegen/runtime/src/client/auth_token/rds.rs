//! Tokens for databases of Amazon RDS: see
//! [IAM database authentication](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html).

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;

pub use super::AuthToken;
use super::{EXPIRES_IN, Wanted};

/// Makes tokens for a user of a database.
#[derive(Debug)]
pub struct AuthTokenGenerator {
    config: Config,
}

impl AuthTokenGenerator {
    /// What makes tokens for this user and database.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// A token that is signed now, with credentials and for a region of `config` unless there are others.
    ///
    /// # Errors
    /// If there are no credentials, or host and user can't be part of a URL.
    pub async fn auth_token(&self, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        let Config { hostname, port, username, credentials, region, expires_in } = &self.config;
        let region = region.clone().or_else(|| config.region().cloned());
        let wanted = Wanted {
            service: "rds-db",
            host: hostname,
            port: Some(*port),
            query: format!("Action=connect&DBUser={username}"),
            credentials: credentials.clone(),
            region: &region.unwrap_or_else(|| Region::from_static("us-east-1")),
            // The service doesn't take tokens that are valid for longer.
            expires_in: expires_in.unwrap_or(EXPIRES_IN).min(EXPIRES_IN),
        };
        wanted.token(config).await
    }
}

/// What tokens are for.
#[derive(Clone, Debug)]
pub struct Config {
    credentials: Option<SharedCredentialsProvider>,
    hostname: String,
    port: u64,
    region: Option<Region>,
    username: String,
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

    /// The database's host.
    #[must_use]
    pub fn hostname(&self) -> &str {
        &self.hostname
    }

    /// The database's port.
    #[must_use]
    pub fn port(&self) -> u64 {
        self.port
    }

    /// The database's region, if not that of the shared configuration.
    #[must_use]
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// The user of the database.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.username
    }

    /// How many seconds a token is valid: 900 unless it is said, and at most.
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
    port: Option<u64>,
    region: Option<Region>,
    username: Option<String>,
    expires_in: Option<u64>,
}

impl ConfigBuilder {
    /// Where credentials come from, if not from the shared configuration.
    #[must_use]
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(credentials));
        self
    }

    /// The database's host.
    #[must_use]
    pub fn hostname(mut self, hostname: impl Into<String>) -> Self {
        self.hostname = Some(hostname.into());
        self
    }

    /// The database's port.
    #[must_use]
    pub fn port(mut self, port: u64) -> Self {
        self.port = Some(port);
        self
    }

    /// The database's region, if not that of the shared configuration.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// The user of the database.
    #[must_use]
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    /// How many seconds a token is valid: 900 at most.
    #[must_use]
    pub fn expires_in(mut self, expires_in: u64) -> Self {
        self.expires_in = Some(expires_in);
        self
    }

    /// The [`Config`].
    ///
    /// # Errors
    /// If host, port or user are missing.
    pub fn build(self) -> Result<Config, BoxError> {
        Ok(Config {
            credentials: self.credentials,
            hostname: self.hostname.ok_or("no host name is set")?,
            port: self.port.ok_or("no port is set")?,
            region: self.region,
            username: self.username.ok_or("no user name is set")?,
            expires_in: self.expires_in,
        })
    }
}
