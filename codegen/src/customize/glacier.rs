//! Glacier: the version in a header, `-` for the caller's own account, and hashes of what is uploaded. See
//! [Glacier customizations](https://smithy.io/2.0/aws/customizations/glacier-customizations.html).

use crate::ir::{Crate, Trait};

pub(super) fn customize(lowered: &mut Crate) {
    let version = lowered.service.version.clone();
    lowered.service.headers.push(("x-amz-glacier-version".to_owned(), version));
    for operation in &mut lowered.operations {
        operation.tree_hash =
            matches!(operation.name.as_str(), "UploadArchive" | "UploadMultipartPart");
        for member in &mut operation.input.members {
            if member.name == "accountId" {
                member.schema.traits.push(Trait::WhenEmpty("-".to_owned()));
            }
        }
    }
}
