//! Tree hashes without the feature for them: an error that names the feature.

use crate::error::Error;

pub(crate) struct Hashes {
    pub(crate) sha256: String,
    pub(crate) tree: String,
}

pub(crate) fn of(_body: &[u8]) -> Result<Hashes, Error> {
    Err(Error::new("tree hashes need the feature `tree-hash` of tinsmith-runtime"))
}
