//! Route 53: it answers with IDs that say what they are of, and takes them without that.

use crate::ir::{Binding, Crate, Trait};

static PREFIXES: [&str; 6] =
    ["/hostedzone/", "hostedzone/", "/change/", "change/", "/delegationset/", "delegationset/"];

pub(super) fn customize(lowered: &mut Crate) {
    for operation in &mut lowered.operations {
        let is_id = |target: &str| matches!(target, "ResourceId" | "ChangeId");
        let id = operation.input.members.iter_mut().find(|member| {
            is_id(&member.target) && member.schema.traits.contains(&Trait::Http(Binding::Label))
        });
        if let Some(member) = id {
            member.schema.traits.push(Trait::WithoutPrefixes(&PREFIXES));
        }
    }
}
