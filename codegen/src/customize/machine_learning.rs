//! Machine Learning: `Predict` goes to the endpoint that its input names. See
//! [Machine Learning customizations](https://smithy.io/2.0/aws/customizations/machinelearning-customizations.html).

use crate::ir::Crate;

pub(super) fn customize(lowered: &mut Crate) {
    for operation in lowered.operations.iter_mut().filter(|operation| operation.name == "Predict") {
        operation.endpoint_member = Some("PredictEndpoint".to_owned());
    }
}
