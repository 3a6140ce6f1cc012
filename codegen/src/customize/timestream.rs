//! Timestream: its endpoints are told by an operation, which has to be asked before all others.

use crate::ir::Crate;

/// The operation that tells endpoints.
pub(crate) const TELLS_ENDPOINTS: &str = "DescribeEndpoints";

pub(super) fn customize(lowered: &mut Crate) {
    lowered.service.client.endpoint_discovery =
        lowered.operations.iter().any(|operation| operation.name == TELLS_ENDPOINTS);
}
