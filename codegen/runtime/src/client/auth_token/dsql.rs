//! Tokens for clusters of Amazon Aurora DSQL: see
//! [authentication tokens](https://docs.aws.amazon.com/aurora-dsql/latest/userguide/SECTION_authentication-token.html).

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;

pub use super::AuthToken;
use super::config::config;
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

config! {
    /// How many seconds a token is valid: 900 unless it is said.
    expires_in;
    /// The cluster's host.
    hostname: String, impl Into<String> => &str, |it| it, "no host name is set";
}
