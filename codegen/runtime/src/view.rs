//! HTTP messages by reference. It must not know what they carry.

use http::Response;

/// A request by reference, whatever holds its body.
#[derive(Clone, Copy, Debug)]
pub struct RequestView<'a> {
    /// The method.
    pub method: &'a http::Method,
    /// The URI. Of a host in it only what the operation puts before the endpoint's counts.
    pub uri: &'a http::Uri,
    /// The headers.
    pub headers: &'a http::HeaderMap,
    /// The whole body.
    pub body: &'a [u8],
}

/// A response by reference, whatever holds its body.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The status code.
    pub status: http::StatusCode,
    /// The headers.
    pub headers: &'a http::HeaderMap,
    /// The whole body.
    pub body: &'a [u8],
}

impl<'a> View<'a> {
    /// A view of this response.
    pub fn of<B: AsRef<[u8]>>(response: &'a Response<B>) -> Self {
        Self {
            status: response.status(),
            headers: response.headers(),
            body: response.body().as_ref(),
        }
    }

    /// The value of a header, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The request ID that AWS services give with each response.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        self.header("x-amzn-requestid").or_else(|| self.header("x-amz-request-id"))
    }
}
