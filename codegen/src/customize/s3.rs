//! S3: the bucket is part of the host, not of the path; the last page of parts says that it is. See
//! [S3 customizations](https://smithy.io/2.0/aws/customizations/s3-customizations.html).

use crate::ir::Crate;
use crate::path::Expression;

const BUCKET: &str = "/{Bucket}";

pub(super) fn customize(lowered: &mut Crate) {
    lowered.service.client.content_sha256_header = true;
    lowered.service.client.presigning = true;
    for operation in &mut lowered.operations {
        // A copy within S3 may take long before the answer's body begins.
        operation.may_stall |= operation.name == "CopyObject";
        if let ("ListParts", Some(paginator)) = (&*operation.name, &mut operation.paginator) {
            // There is a token on the last page as well.
            paginator.more = Some(Expression::Fields(vec!["IsTruncated".to_owned()]));
        }
        let Some(http) = &mut operation.http else { continue };
        let Some(rest) = http.uri.strip_prefix(BUCKET) else { continue };
        http.uri = match rest.as_bytes().first() {
            Some(b'/') => rest.to_owned(),
            _ => format!("/{rest}"),
        };
        if operation.host_prefix.is_none() {
            operation.host_prefix = Some("{Bucket}.".to_owned());
        }
    }
}
