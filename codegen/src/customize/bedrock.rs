//! Bedrock: the environment may have a bearer token for it, which then comes before signatures.

use crate::ir::Crate;

pub(super) fn customize(lowered: &mut Crate) {
    lowered.service.client.bearer_token_service = Some("bedrock".to_owned());
}
