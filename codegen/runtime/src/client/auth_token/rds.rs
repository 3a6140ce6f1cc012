//! Tokens for databases of Amazon RDS: see
//! [IAM database authentication](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html).

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;

pub use super::AuthToken;
use super::config::config;
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

config! {
    /// How many seconds a token is valid: 900 unless it is said, and at most.
    expires_in;
    /// The database's host.
    hostname: String, impl Into<String> => &str, |it| it, "no host name is set";
    /// The database's port.
    port: u64, u64 => u64, |it| *it, "no port is set";
    /// The user of the database.
    username: String, impl Into<String> => &str, |it| it, "no user name is set";
}
