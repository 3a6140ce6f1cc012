//! [`@httpChecksumRequired`](https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait): the MD5 of a
//! body. It must not know requests.

use aws_smithy_types::base64;
use md5::{Digest as _, Md5};

use crate::error::Error;

/// The MD5 in Base64.
pub(crate) fn md5(body: &[u8]) -> Result<String, Error> {
    Ok(base64::encode(Md5::digest(body)))
}
