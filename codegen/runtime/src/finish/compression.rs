//! [`@requestCompression`](https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait) by gzip. It must
//! not know requests.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::error::Error;

/// No body is this much larger than its compressed form unless it is meant to do harm.
const MAX_RATIO: usize = 1_032;

pub(crate) fn gzip(body: &[u8]) -> Result<Vec<u8>, Error> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let compressed = encoder.write_all(body).and_then(|()| encoder.finish());
    compressed.map_err(|error| Error::new("the body can't be compressed").caused_by(error))
}

pub(crate) fn gunzip(body: &[u8]) -> Result<Vec<u8>, Error> {
    let mut plain = Vec::new();
    let limit = body.len().saturating_mul(MAX_RATIO) as u64;
    GzDecoder::new(body)
        .take(limit)
        .read_to_end(&mut plain)
        .map_err(|error| Error::new("the body isn't gzip").caused_by(error))?;
    Ok(plain)
}
