//! What botocore's own code knows of single services, by their IDs, and its models do not say. It must not know how
//! services are read.

use serde_json::json;

use super::operations::Operations;
use crate::traits::{Traits, trait_id};

/// The ID of Amazon S3.
const S3: &str = "S3";

/// Adds what Smithy's model of the service says.
///
/// S3 wraps neither its errors nor the one output that is a bare value: AWS specification, "AWS restXml protocol:
/// noErrorWrapping", and "Amazon S3 customizations: s3UnwrappedXmlOutput".
pub(super) fn add(service_id: &str, service: &mut Traits, operations: &mut Operations) {
    if service_id != S3 {
        return;
    }
    if service.has(trait_id::REST_XML) {
        service.insert(trait_id::REST_XML, json!({"noErrorWrapping": true}));
    }
    if let Some(operation) = operations.get_mut("GetBucketLocation") {
        operation.traits.insert(trait_id::S3_UNWRAPPED_XML_OUTPUT, json!({}));
    }
}
