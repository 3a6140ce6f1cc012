//! API Gateway answers in HAL unless a request says that it accepts plain JSON.

use crate::ir::Crate;

pub(super) fn customize(lowered: &mut Crate) {
    lowered.service.headers.push(("accept".to_owned(), "application/json".to_owned()));
}
