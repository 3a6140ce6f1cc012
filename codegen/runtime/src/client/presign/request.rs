//! A request that was signed ahead, as the caller gets it. It must not know how it was made.

use std::fmt;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;

/// A request that was signed ahead. Whoever has it can send it, with any HTTP stack and without credentials.
#[non_exhaustive]
pub struct PresignedRequest {
    /// Its body is empty, and it has been looked at as a request of `http`.
    request: HttpRequest,
}

impl PresignedRequest {
    /// The request, without its body: that comes from whoever sends it.
    pub(super) fn new(request: HttpRequest) -> Result<Self, BoxError> {
        let presigned = Self { request: request.map(|_| SdkBody::empty()) };
        presigned.copy().try_into_http1x()?;
        Ok(presigned)
    }

    fn copy(&self) -> HttpRequest {
        match self.request.try_clone() {
            Some(request) => request,
            None => unreachable!("an empty body can be cloned"),
        }
    }

    /// The method.
    pub fn method(&self) -> &str {
        self.request.method()
    }

    /// The URI, with the signature in its query.
    pub fn uri(&self) -> &str {
        self.request.uri()
    }

    /// The headers that have to be sent with it.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.request.headers().iter()
    }

    /// The request with this body.
    ///
    /// # Panics
    /// Never: it was tried when the request was made.
    pub fn make_http_1x_request<B>(&self, body: B) -> http::Request<B> {
        self.clone().into_http_1x_request(body)
    }

    /// The request with this body.
    ///
    /// # Panics
    /// Never: it was tried when the request was made.
    pub fn into_http_1x_request<B>(self, body: B) -> http::Request<B> {
        match self.request.try_into_http1x() {
            Ok(request) => request.map(|_| body),
            Err(error) => unreachable!("it was tried when the request was made: {error}"),
        }
    }

    /// The request with this body, as a type of `http` 0.2.
    ///
    /// # Panics
    /// Never: what `http` 1 takes, 0.2 takes, too.
    #[cfg(feature = "http-02x")]
    #[deprecated = "`make_http_1x_request` makes one of the `http` of today"]
    #[allow(deprecated)]
    pub fn make_http_02x_request<B>(&self, body: B) -> http_02x::Request<B> {
        self.clone().into_http_02x_request(body)
    }

    /// The request with this body, as a type of `http` 0.2.
    ///
    /// # Panics
    /// Never: what `http` 1 takes, 0.2 takes, too.
    #[cfg(feature = "http-02x")]
    #[deprecated = "`into_http_1x_request` makes one of the `http` of today"]
    pub fn into_http_02x_request<B>(self, body: B) -> http_02x::Request<B> {
        match self.request.try_into_http02x() {
            Ok(request) => request.map(|_| body),
            Err(error) => unreachable!("it was tried when the request was made: {error}"),
        }
    }
}

impl Clone for PresignedRequest {
    fn clone(&self) -> Self {
        Self { request: self.copy() }
    }
}

impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignedRequest")
            .field("method", &self.method())
            .field("uri", &self.uri())
            .field("headers", self.request.headers())
            .finish()
    }
}
