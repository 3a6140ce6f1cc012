//! Signature Version 4 over the headers and the body of a request. It must not know what the
//! request asks for.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sdk_forecast::meta::SIGNING_NAME;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use http::Request;

use crate::endpoint::Region;
use crate::error::BoxError;

/// Who signs, and for which region.
#[derive(Debug)]
pub struct Signer {
    credentials: Credentials,
    region: Region,
}

impl Signer {
    /// A signer with these credentials.
    #[must_use]
    pub fn new(credentials: Credentials, region: Region) -> Self {
        Self { credentials, region }
    }

    /// Adds the headers `x-amz-date`, `authorization` and, with temporary credentials,
    /// `x-amz-security-token`. All other headers have to be there before.
    ///
    /// # Errors
    /// If a header isn't text, or the URI lacks a host.
    pub fn sign(&self, request: &mut Request<Vec<u8>>, time: SystemTime) -> Result<(), BoxError> {
        let identity = self.credentials.clone().into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(self.region.as_str())
            .name(SIGNING_NAME)
            .time(time)
            .settings(SigningSettings::default())
            .build()?
            .into();
        let headers = request
            .headers()
            .iter()
            .map(|(name, value)| Ok((name.as_str(), value.to_str()?)))
            .collect::<Result<Vec<_>, http::header::ToStrError>>()?;
        let signable = SignableRequest::new(
            request.method().as_str(),
            request.uri().to_string(),
            headers.into_iter(),
            SignableBody::Bytes(request.body()),
        )?;
        let (instructions, _signature) = sign(signable, &params)?.into_parts();
        instructions.apply_to_request_http1x(request);
        Ok(())
    }
}
