//! Where the service is: a region's own endpoint or a given one, put before a request's path. It
//! must not know what the request asks for.

use aws_sdk_forecast::meta::ENDPOINT_PREFIX;
use std::fmt;
use std::str::FromStr;

use http::uri::{Authority, Scheme};
use http::{HeaderValue, Request, Uri, header};

/// The name of an AWS region, fit to be a part of a host's name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Region(String);

/// A text that is no name of a region.
#[derive(Debug, thiserror::Error)]
#[error("a region has lower-case letters, digits and hyphens only, such as eu-west-1")]
pub struct InvalidRegion;

impl Region {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Region {
    type Err = InvalidRegion;

    fn from_str(name: &str) -> Result<Self, InvalidRegion> {
        let fit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        match (1..=32).contains(&name.len()) && name.bytes().all(fit) {
            true => Ok(Self(name.to_owned())),
            false => Err(InvalidRegion),
        }
    }
}

/// What stands before the path of every request.
#[derive(Clone, Debug)]
pub struct Endpoint {
    scheme: Scheme,
    authority: Authority,
    /// Empty, or a path without the last slash.
    path: String,
}

/// A text that is no endpoint.
#[derive(Debug, thiserror::Error)]
#[error("an endpoint is http:// or https://, a host, and at most a port and a path")]
pub struct InvalidEndpoint;

impl Endpoint {
    /// The endpoint that the service has in a region of the partition `aws`.
    ///
    /// # Errors
    /// If the region's name can't be a part of a host's name.
    pub fn of(region: &Region) -> Result<Self, InvalidEndpoint> {
        format!("https://{ENDPOINT_PREFIX}.{}.amazonaws.com/", region.as_str()).parse()
    }

    /// Puts the endpoint before the request's path and into its header `host`, which is signed.
    pub(crate) fn apply<B>(&self, request: &mut Request<B>) -> Result<(), http::Error> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        *request.uri_mut() = Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(format!("{}{path}", self.path))
            .build()?;
        let host = HeaderValue::from_str(self.authority.as_str())?;
        request.headers_mut().insert(header::HOST, host);
        Ok(())
    }
}

impl FromStr for Endpoint {
    type Err = InvalidEndpoint;

    fn from_str(text: &str) -> Result<Self, InvalidEndpoint> {
        let uri = Uri::from_str(text).map_err(|_| InvalidEndpoint)?.into_parts();
        let (Some(scheme), Some(authority)) = (uri.scheme, uri.authority) else {
            return Err(InvalidEndpoint);
        };
        let web = scheme == Scheme::HTTP || scheme == Scheme::HTTPS;
        // A user's name in front of the host would go into the header `host`.
        if !web || authority.as_str().contains('@') {
            return Err(InvalidEndpoint);
        }
        let path = match uri.path_and_query {
            Some(path) if path.query().is_some() => return Err(InvalidEndpoint),
            Some(path) => path.path().trim_end_matches('/').to_owned(),
            None => String::new(),
        };
        Ok(Self { scheme, authority, path })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}/", self.scheme, self.authority, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(endpoint: &Endpoint, path: &str) -> (String, HeaderValue) {
        let mut request = Request::builder().uri(path).body(()).unwrap();
        endpoint.apply(&mut request).unwrap();
        (request.uri().to_string(), request.headers()[header::HOST].clone())
    }

    #[test]
    fn endpoints_stand_before_paths() {
        let of_region = Endpoint::of(&"eu-west-1".parse().unwrap()).unwrap();
        let (uri, host) = applied(&of_region, "/");
        assert_eq!(uri, "https://forecast.eu-west-1.amazonaws.com/");
        assert_eq!(host, "forecast.eu-west-1.amazonaws.com");

        for text in ["http://[::1]:8080/stage", "http://[::1]:8080/stage/"] {
            let (uri, host) = applied(&text.parse().unwrap(), "/jobs?page=2");
            assert_eq!(uri, "http://[::1]:8080/stage/jobs?page=2");
            assert_eq!(host, "[::1]:8080");
        }
        assert_eq!(of_region.to_string(), "https://forecast.eu-west-1.amazonaws.com/");
    }

    #[test]
    fn other_texts_are_rejected() {
        for text in
            ["", "/", "localhost:80", "ftp://host/", "https://", "http://h/?a=b", "http://me@h/"]
        {
            assert!(text.parse::<Endpoint>().is_err(), "{text}");
        }
        for text in ["", "eu west", "EU-WEST-1", "example.test/", &"a".repeat(33)] {
            assert!(text.parse::<Region>().is_err(), "{text}");
        }
    }
}
