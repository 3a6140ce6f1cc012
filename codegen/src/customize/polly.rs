//! Polly: speech can be asked for ahead, by a URL that a browser plays.

use crate::ir::{Binding, Crate, Presigning, Trait};

pub(super) fn customize(lowered: &mut Crate) {
    lowered.service.client.presigning = true;
    let mut operations = lowered.operations.iter_mut();
    let Some(operation) = operations.find(|operation| operation.name == "SynthesizeSpeech") else {
        return;
    };
    operation.presigning = Some(Presigning::Query);
    // What the document must have, the query must have then.
    for member in operation.input.members.iter_mut().filter(|member| member.required) {
        let is_bound =
            |t: &Trait| matches!(t, Trait::Http(binding) if *binding != Binding::Payload);
        member.schema.required |= !member.schema.traits.iter().any(is_bound);
    }
}
