//! Compression without the feature for it: errors that name the feature.

use crate::error::Error;

const MISSING: &str = "gzip needs the feature `compression` of tinsmith-runtime";

pub(crate) fn gzip(_body: &[u8]) -> Result<Vec<u8>, Error> {
    Err(Error::new(MISSING))
}

pub(crate) fn gunzip(_body: &[u8]) -> Result<Vec<u8>, Error> {
    Err(Error::new(MISSING))
}
