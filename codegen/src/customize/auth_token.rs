//! RDS and DSQL: clients also make the tokens by which databases know who connects.

use crate::ir::Crate;

/// RDS.
pub(super) fn rds(lowered: &mut Crate) {
    lowered.service.client.auth_token = Some("rds");
}

/// DSQL.
pub(super) fn dsql(lowered: &mut Crate) {
    lowered.service.client.auth_token = Some("dsql");
}
