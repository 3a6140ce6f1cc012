//! What requests get whatever the protocol: the service's headers, compression, a checksum. It must
//! not know shapes.

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::error::Error;
use crate::operation::RequestView;
use crate::service::OperationSchema;

/// Completes the request that a protocol made.
pub(crate) fn request(
    operation: &OperationSchema,
    request: &mut Request<Vec<u8>>,
) -> Result<(), Error> {
    common_headers(operation, request.headers_mut());
    if operation.is_compressed() {
        compression::compress(request)?;
    }
    if operation.has_tree_hash() {
        tree_hash::add(request)?;
    }
    if operation.is_checksum_required() {
        checksum::add(request)?;
    }
    Ok(())
}

/// Adds the headers that all requests of the service have.
pub(crate) fn common_headers(operation: &OperationSchema, headers: &mut HeaderMap) {
    for (name, value) in operation.service().common_headers() {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
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
    let body = compression::decompress(request.body)?;
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

/// [`@requestCompression`](https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait)
#[cfg(feature = "compression")]
mod compression {
    use std::io::{Read as _, Write as _};

    use flate2::Compression;
    use flate2::read::GzDecoder;
    use flate2::write::GzEncoder;
    use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
    use http::{HeaderValue, Request};

    use crate::error::Error;

    /// Shorter bodies gain nothing.
    const MINIMUM: usize = 10_240;

    /// No request is this much larger than its compressed form unless it is meant to do harm.
    const MAX_RATIO: usize = 1_032;

    pub(super) fn compress(request: &mut Request<Vec<u8>>) -> Result<(), Error> {
        if request.body().len() < MINIMUM {
            return Ok(());
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        let compressed = encoder.write_all(request.body()).and_then(|()| encoder.finish());
        *request.body_mut() = compressed
            .map_err(|error| Error::new("the body can't be compressed").caused_by(error))?;
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

    pub(super) fn decompress(body: &[u8]) -> Result<Vec<u8>, Error> {
        let mut plain = Vec::new();
        let limit = body.len().saturating_mul(MAX_RATIO) as u64;
        GzDecoder::new(body)
            .take(limit)
            .read_to_end(&mut plain)
            .map_err(|error| Error::new("the body isn't gzip").caused_by(error))?;
        Ok(plain)
    }
}

#[cfg(not(feature = "compression"))]
mod compression {
    use http::Request;

    use crate::error::Error;

    const MISSING: &str = "gzip needs the feature `compression` of tinsmith-runtime";

    pub(super) fn compress(_request: &mut Request<Vec<u8>>) -> Result<(), Error> {
        Err(Error::new(MISSING))
    }

    pub(super) fn decompress(_body: &[u8]) -> Result<Vec<u8>, Error> {
        Err(Error::new(MISSING))
    }
}

/// [`@httpChecksumRequired`](https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait)
#[cfg(feature = "checksum")]
mod checksum {
    use aws_smithy_types::base64;
    use http::{HeaderName, HeaderValue, Request};
    use md5::{Digest as _, Md5};

    use crate::error::Error;

    const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

    pub(super) fn add(request: &mut Request<Vec<u8>>) -> Result<(), Error> {
        if request.headers().contains_key(&CONTENT_MD5) {
            return Ok(());
        }
        let digest = base64::encode(Md5::digest(request.body()));
        let value = HeaderValue::try_from(digest)
            .map_err(|error| Error::new("not a header's value").caused_by(error))?;
        request.headers_mut().insert(CONTENT_MD5, value);
        Ok(())
    }
}

#[cfg(not(feature = "checksum"))]
mod checksum {
    use http::Request;

    use crate::error::Error;

    pub(super) fn add(_request: &mut Request<Vec<u8>>) -> Result<(), Error> {
        Err(Error::new("Content-MD5 needs the feature `checksum` of tinsmith-runtime"))
    }
}

/// [Glacier checksums](https://smithy.io/2.0/aws/customizations/glacier-customizations.html)
#[cfg(feature = "tree-hash")]
mod tree_hash {
    use std::fmt::Write as _;

    use http::{HeaderName, HeaderValue, Request};
    use sha2::digest::Output;
    use sha2::{Digest as _, Sha256};

    use crate::error::Error;

    const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
    const TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

    /// What a leaf of the tree covers.
    const LEAF: usize = 1 << 20;

    pub(super) fn add(request: &mut Request<Vec<u8>>) -> Result<(), Error> {
        let body = request.body();
        let hashes = [(CONTENT_SHA256, Sha256::digest(body)), (TREE_HASH, tree_hash(body))];
        for (name, hash) in hashes {
            let value = HeaderValue::try_from(hex(&hash))
                .map_err(|error| Error::new("not a header's value").caused_by(error))?;
            request.headers_mut().entry(name).or_insert(value);
        }
        Ok(())
    }

    /// The root of a binary tree whose leaves are the hashes of a mebibyte each; a node without a
    /// neighbour moves up as it is.
    fn tree_hash(body: &[u8]) -> Output<Sha256> {
        let mut level: Vec<_> = body.chunks(LEAF).map(Sha256::digest).collect();
        while level.len() > 1 {
            let pairs = level.chunks(2);
            level = pairs
                .map(|pair| match pair {
                    [left, right] => {
                        Sha256::new().chain_update(left).chain_update(right).finalize()
                    }
                    [only] => *only,
                    _ => Output::<Sha256>::default(),
                })
                .collect();
        }
        level.pop().unwrap_or_else(|| Sha256::digest([]))
    }

    fn hex(bytes: &[u8]) -> String {
        let mut text = String::with_capacity(2 * bytes.len());
        for byte in bytes {
            // Writing to a string doesn't fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_tree_of_three_leaves() {
            let body = [vec![1; LEAF], vec![2; LEAF], vec![3; 5]].concat();
            let leaf = |range: std::ops::Range<usize>| Sha256::digest(&body[range]);
            let (a, b) = (leaf(0..LEAF), leaf(LEAF..2 * LEAF));
            let left = Sha256::digest([a.as_slice(), b.as_slice()].concat());
            let right = leaf(2 * LEAF..body.len());
            let root = Sha256::digest([left.as_slice(), right.as_slice()].concat());
            assert_eq!(tree_hash(&body), root);
            assert_eq!(tree_hash(b""), Sha256::digest(b""));
        }
    }
}

#[cfg(not(feature = "tree-hash"))]
mod tree_hash {
    use http::Request;

    use crate::error::Error;

    pub(super) fn add(_request: &mut Request<Vec<u8>>) -> Result<(), Error> {
        Err(Error::new("tree hashes need the feature `tree-hash` of tinsmith-runtime"))
    }
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
            compression::compress(&mut request).unwrap();
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
