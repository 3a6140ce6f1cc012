//! What requests get whatever the protocol: the service's headers, compression, hashes, a checksum. It must not
//! know shapes.

#[cfg_attr(not(feature = "checksum"), path = "no_checksum.rs")]
pub(crate) mod checksum;
#[cfg_attr(not(feature = "compression"), path = "no_compression.rs")]
pub(crate) mod compression;
#[cfg_attr(not(feature = "tree-hash"), path = "no_tree_hash.rs")]
pub(crate) mod tree_hash;

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::error::Error;
use crate::operation::RequestView;
use crate::service::OperationSchema;

/// The header of a body's MD5.
pub(crate) const CONTENT_MD5: &str = "content-md5";
/// The header of a body's SHA-256.
pub(crate) const CONTENT_SHA256: &str = "x-amz-content-sha256";
/// The header of a body's tree hash.
pub(crate) const TREE_HASH: &str = "x-amz-sha256-tree-hash";

/// Shorter bodies gain nothing from compression.
pub(crate) const MIN_COMPRESSED: usize = 10_240;

/// When a request gets what it needs besides what its protocol makes of the input.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Finish {
    /// At once.
    Now,
    /// Later: the client does it, where interceptors may come before and as its configuration says.
    Later,
}

/// Completes the request that a protocol made.
pub(crate) fn request(
    operation: &OperationSchema,
    request: &mut Request<Vec<u8>>,
    finish: Finish,
) -> Result<(), Error> {
    common_headers(operation, request.headers_mut(), finish);
    if finish == Finish::Later {
        return Ok(());
    }
    if operation.is_compressed() && request.body().len() >= MIN_COMPRESSED {
        compress(request)?;
    }
    if operation.has_tree_hash() {
        let hashes = tree_hash::of(request.body())?;
        header(request, CONTENT_SHA256, hashes.sha256)?;
        header(request, TREE_HASH, hashes.tree)?;
    }
    if operation.is_checksum_required() {
        let md5 = checksum::md5(request.body())?;
        header(request, CONTENT_MD5, md5)?;
    }
    Ok(())
}

/// Adds the headers that all requests of the service have.
pub(crate) fn common_headers(operation: &OperationSchema, headers: &mut HeaderMap, finish: Finish) {
    if finish == Finish::Later {
        return;
    }
    for (name, value) in operation.service().common_headers() {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
}

/// Adds a header unless the request has one of that name.
fn header(request: &mut Request<Vec<u8>>, name: &'static str, value: String) -> Result<(), Error> {
    let value = HeaderValue::try_from(value)
        .map_err(|error| Error::new("not a header's value").caused_by(error))?;
    request.headers_mut().entry(HeaderName::from_static(name)).or_insert(value);
    Ok(())
}

fn compress(request: &mut Request<Vec<u8>>) -> Result<(), Error> {
    *request.body_mut() = compression::gzip(request.body())?;
    let length = HeaderValue::from(request.body().len());
    let headers = request.headers_mut();
    // What the caller encoded already was encoded first.
    let encoding = match headers.get(CONTENT_ENCODING) {
        Some(before) => HeaderValue::try_from([before.as_bytes(), b", gzip"].concat())
            .map_err(|error| Error::new("not a content encoding").caused_by(error))?,
        None => HeaderValue::from_static("gzip"),
    };
    headers.insert(CONTENT_ENCODING, encoding);
    headers.insert(CONTENT_LENGTH, length);
    Ok(())
}

/// The headers and the body of a request as they were before it was compressed, if it was.
pub(crate) fn uncompressed(
    request: RequestView<'_>,
) -> Result<Option<(HeaderMap, Vec<u8>)>, Error> {
    let encodings = request.headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes);
    let encodings = encodings.collect::<Vec<_>>().join(&b", "[..]);
    let (before, last) = match encodings.iter().rposition(|&byte| byte == b',') {
        Some(comma) => (encodings[..comma].trim_ascii(), &encodings[comma + 1..]),
        None => (&[][..], &encodings[..]),
    };
    // A body that only claims to be compressed has the caller's own encoding, and stays as it came.
    if !is_gzip(last) || !request.body.starts_with(&[0x1F, 0x8B]) {
        return Ok(None);
    }
    let body = compression::gunzip(request.body)?;
    let mut headers = request.headers.clone();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    if before.is_empty() {
        headers.remove(CONTENT_ENCODING);
    } else {
        let before = HeaderValue::from_bytes(before)
            .map_err(|error| Error::new("not a content encoding").caused_by(error))?;
        headers.insert(CONTENT_ENCODING, before);
    }
    Ok(Some((headers, body)))
}

fn is_gzip(encoding: &[u8]) -> bool {
    encoding.trim_ascii().eq_ignore_ascii_case(b"gzip")
}

#[cfg(test)]
#[cfg(feature = "compression")]
mod tests {
    use http::{Method, Uri};

    use super::*;

    #[track_caller]
    fn uncompressed_of(encodings: &[&'static str], body: &[u8]) -> Option<(HeaderMap, Vec<u8>)> {
        let mut headers = HeaderMap::new();
        for encoding in encodings {
            headers.append(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        let (method, uri) = (&Method::POST, &Uri::from_static("/"));
        uncompressed(RequestView { method, uri, headers: &headers, body }).unwrap()
    }

    #[test]
    fn what_was_compressed_comes_back_as_it_was() {
        let plain = vec![b'a'; 20_000];
        for (before, encodings) in
            [("", &["gzip"][..]), ("custom", &["custom, GZIP"]), ("a, b", &["a, b", "gzip"])]
        {
            let mut request = Request::new(plain.clone());
            compress(&mut request).unwrap();
            let (headers, body) = uncompressed_of(encodings, request.body()).unwrap();
            assert_eq!(body, plain);
            assert_eq!(headers[CONTENT_LENGTH], "20000");
            let found = headers.get(CONTENT_ENCODING).map_or("", |value| value.to_str().unwrap());
            assert_eq!(found, before);
        }
    }

    #[test]
    fn other_requests_stay_as_they_are() {
        assert!(uncompressed_of(&["gzip"], b"plain").is_none());
        assert!(uncompressed_of(&[], b"\x1f\x8b").is_none());
        assert!(uncompressed_of(&["gzip, br"], b"\x1f\x8b").is_none());
    }
}
