//! Lambda: a function answers when it is done, so that a response may stand still.

use crate::ir::Crate;

pub(super) fn customize(lowered: &mut Crate) {
    for operation in &mut lowered.operations {
        operation.may_stall |= matches!(operation.name.as_str(), "Invoke" | "InvokeAsync");
    }
}
