//! Members of inputs whose values the caller asked to see in telemetry. It must not know any operation.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::telemetry::{CapturedTelemetryAttributes, RequestedTelemetryAttributes};

use super::call::Call;
use crate::value::Ref;

/// Captures texts of the input that aren't sensitive, by the names that the configuration has.
pub(crate) struct AttributesInterceptor(pub(crate) &'static dyn Call);

impl std::fmt::Debug for AttributesInterceptor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AttributesInterceptor").finish_non_exhaustive()
    }
}

#[dyn_dispatch_hint]
impl Intercept for AttributesInterceptor {
    fn name(&self) -> &'static str {
        "AttributesInterceptor"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let requested = cfg.load::<RequestedTelemetryAttributes>().filter(|r| !r.is_empty());
        let (Some(requested), Some(input)) = (requested, self.0.input(context.input())) else {
            return Ok(());
        };
        let mut captured = CapturedTelemetryAttributes::default();
        for (index, member) in input.schema().members().iter().enumerate() {
            if !member.is_sensitive()
                && requested.should_capture(member.name())
                && let Ref::String(text) = input.member(index).get()
            {
                captured.insert(member.name(), text);
            }
        }
        cfg.interceptor_state().store_put(captured);
        Ok(())
    }
}
