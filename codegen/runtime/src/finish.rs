//! What requests get whatever the protocol: the service's headers, compression, a checksum. It must
//! not know shapes.

use std::borrow::Cow;

use http::header::CONTENT_ENCODING;
use http::{HeaderName, HeaderValue, Request};

use crate::error::Error;
use crate::operation::RequestView;
use crate::service::OperationSchema;

/// Completes the request that a protocol made.
pub(crate) fn request(
    operation: &OperationSchema,
    request: &mut Request<Vec<u8>>,
) -> Result<(), Error> {
    for (name, value) in operation.service().common_headers() {
        request
            .headers_mut()
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    if operation.is_compressed() {
        compression::compress(request)?;
    }
    if operation.is_checksum_required() {
        checksum::add(request)?;
    }
    Ok(())
}

/// The body of a request before it was compressed.
pub(crate) fn plain_body(request: RequestView<'_>) -> Result<Cow<'_, [u8]>, Error> {
    let encoding = request.headers.get_all(CONTENT_ENCODING).iter().next_back();
    match encoding.map(HeaderValue::as_bytes) {
        Some(value) if value.rsplit(|&b| b == b',').next().is_some_and(is_gzip) => {
            compression::decompress(request.body).map(Cow::Owned)
        }
        _ => Ok(Cow::Borrowed(request.body)),
    }
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
        // A body that only claims to be compressed: the caller's own encoding, as it came.
        if !body.starts_with(&[0x1F, 0x8B]) {
            return Ok(body.to_vec());
        }
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

    pub(super) fn decompress(body: &[u8]) -> Result<Vec<u8>, Error> {
        if body.starts_with(&[0x1F, 0x8B]) { Err(Error::new(MISSING)) } else { Ok(body.to_vec()) }
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
