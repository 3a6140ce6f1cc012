//! Tokens by which databases know who connects to them: URLs that are signed and never called. It must not know what
//! generated crates there are.

mod config;
pub mod dsql;
pub mod rds;

use std::fmt;
use std::time::Duration;

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All that a form has in another way: a space as `+`, the rest by its number.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// How many seconds a token is valid unless something else is said.
const EXPIRES_IN: u64 = 900;

/// A token: a password for a connection.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuthToken {
    inner: String,
}

impl AuthToken {
    /// The token's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.inner
    }
}

impl fmt::Display for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner)
    }
}

/// What a token is for, and who signs it.
struct Wanted<'a> {
    service: &'static str,
    host: &'a str,
    port: Option<u64>,
    query: String,
    credentials: Option<SharedCredentialsProvider>,
    region: &'a Region,
    expires_in: u64,
}

impl Wanted<'_> {
    /// Signs the token at the time that the configuration has.
    async fn token(self, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        let credentials = self.credentials.or_else(|| config.credentials_provider());
        let credentials = credentials
            .ok_or("no credentials to sign the token with: neither its own nor the client's")?;
        let identity: Identity = credentials.provide_credentials().await?.into();
        let time = config.time_source().ok_or("no time source to sign the token by")?;
        let mut settings = SigningSettings::default();
        settings.expires_in = Some(Duration::from_secs(self.expires_in));
        settings.signature_location = SignatureLocation::QueryParams;
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region.as_ref())
            .name(self.service)
            .time(time.now())
            .settings(settings)
            .build()?;
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let url = format!("https://{}{port}/?{}", self.host, self.query);
        if url.contains('#') {
            return Err(format!("`#` can't be part of what a token is for: {url}").into());
        }
        let body = SignableBody::Bytes(&[]);
        let request = SignableRequest::new("GET", &url, std::iter::empty(), body)?;
        let (instructions, _) = sign(request, &params.into())?.into_parts();
        // A URL in its normal form: in lower case, without the port that goes without saying.
        let mut token = self.host.to_lowercase();
        if self.port != Some(443) {
            token.push_str(&port);
        }
        token.push_str("/?");
        token.push_str(&self.query.replace('\'', "%27"));
        for (name, value) in instructions.params() {
            token.push('&');
            token.push_str(name);
            token.push('=');
            let value = utf8_percent_encode(value, ESCAPED).to_string();
            token.push_str(&value.replace(' ', "+"));
        }
        Ok(AuthToken { inner: token })
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::time::UNIX_EPOCH;

    use aws_credential_types::Credentials;
    use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};

    use super::*;

    /// What a future gives that never waits.
    fn at_once<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("it waits"),
        }
    }

    fn config() -> SdkConfig {
        let time = StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_724_716_800));
        let credentials = Credentials::new("akid", "secret", Some("a+b/c= ~".into()), None, "test");
        SdkConfig::builder()
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .time_source(SharedTimeSource::new(time))
            .build()
    }

    fn rds(user: &str, port: u64) -> Result<AuthToken, BoxError> {
        let wanted = rds::Config::builder().hostname("Db.example.com").port(port).username(user);
        at_once(rds::AuthTokenGenerator::new(wanted.build()?).auth_token(&config()))
    }

    #[test]
    fn a_token_is_a_url_in_its_normal_form() {
        let token = rds("me", 3306).unwrap();
        let (before, signature) = token.as_str().split_once("&X-Amz-Signature=").unwrap();
        assert_eq!(
            before,
            "db.example.com:3306/?Action=connect&DBUser=me&X-Amz-Algorithm=AWS4-HMAC-SHA256\
             &X-Amz-Credential=akid%2F20240827%2Fus-east-1%2Frds-db%2Faws4_request\
             &X-Amz-Date=20240827T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host"
        );
        assert_eq!(&signature[64..], "&X-Amz-Security-Token=a%2Bb%2Fc%3D+%7E");
        assert!(rds("me", 443).unwrap().as_str().starts_with("db.example.com/?"));
        assert!(rds("o'me", 1).unwrap().as_str().contains("&DBUser=o%27me&"));
    }

    #[test]
    fn what_is_no_part_of_a_url_is_refused() {
        for user in ["a b", "a#b", "<me>"] {
            assert!(rds(user, 3306).is_err(), "{user}");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        let missing = rds::Config::builder().hostname("host").port(1).build().unwrap_err();
        assert_eq!(missing.to_string(), "no user name is set");
        let wanted = dsql::Config::builder().hostname("host").build().unwrap();
        let generator = dsql::AuthTokenGenerator::new(wanted);
        let error = at_once(generator.db_connect_auth_token(&config())).unwrap_err();
        assert_eq!(error.to_string(), "no region to sign the token for");
        let nothing = SdkConfig::builder().region(Region::new("us-east-1")).build();
        let error = at_once(generator.db_connect_admin_auth_token(&nothing)).unwrap_err();
        assert!(error.to_string().starts_with("no credentials"), "{error}");
    }
}
