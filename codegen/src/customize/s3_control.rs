//! S3 Control: requests carry their body's SHA-256, as those of S3.

use crate::ir::Crate;

pub(super) fn customize(lowered: &mut Crate) {
    lowered.service.client.content_sha256_header = true;
}
