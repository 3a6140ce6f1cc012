//! Results of calls, as a transcript has them: values as `{:?}` shows them, and all that can be asked of an error. It
//! must not know services.

use std::error::Error;
use std::fmt::Debug;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;
use serde_json::json;

use crate::Transcript;

impl Transcript {
    /// What came of a call.
    pub fn result<O, E>(&self, call: &str, result: &Result<O, SdkError<E, HttpResponse>>)
    where
        O: Debug,
        E: Error + ProvideErrorMetadata + 'static,
    {
        match result {
            Ok(output) => self.debug(&format!("{call}: output"), output),
            Err(error) => self.failure(call, error),
        }
    }

    /// What came of a call whose response can't be read: what a reader says of that is its own.
    pub fn brief_result<O, E>(&self, call: &str, result: &Result<O, SdkError<E, HttpResponse>>)
    where
        O: Debug,
        E: Error + ProvideErrorMetadata + 'static,
    {
        match result {
            Ok(output) => self.debug(&format!("{call}: output"), output),
            Err(error) => {
                self.event(&format!("{call}: error"), kind(error));
                self.event(&format!("{call}: text"), error.to_string());
                self.metadata(call, error);
            }
        }
    }

    /// How a call failed.
    pub fn failure<E>(&self, call: &str, error: &SdkError<E, HttpResponse>)
    where
        E: Error + ProvideErrorMetadata + 'static,
    {
        self.event(&format!("{call}: error"), kind(error));
        self.event(&format!("{call}: text"), error.to_string());
        self.event(&format!("{call}: causes"), DisplayErrorContext(error).to_string());
        self.metadata(call, error);
        if let Some(error) = error.as_service_error() {
            self.event(&format!("{call}: service's text"), error.to_string());
            self.debug(&format!("{call}: service's metadata"), error.meta());
        }
    }

    fn metadata<E>(&self, call: &str, error: &SdkError<E, HttpResponse>)
    where
        E: ProvideErrorMetadata,
    {
        self.event(
            &format!("{call}: metadata"),
            json!({
                "code": error.code(),
                "message": error.message(),
                "request ID": error.request_id(),
                "status": error.raw_response().map(|response| response.status().as_u16()),
            }),
        );
    }
}

/// The variant, with what it says of itself.
pub fn kind<E, R>(error: &SdkError<E, R>) -> String {
    match error {
        SdkError::ConstructionFailure(_) => "construction".to_owned(),
        SdkError::TimeoutError(_) => "timeout".to_owned(),
        SdkError::DispatchFailure(failure) => format!(
            "dispatch: io {}, timeout {}, user {}, other {}: {:?}",
            failure.is_io(),
            failure.is_timeout(),
            failure.is_user(),
            failure.is_other(),
            failure.as_other(),
        ),
        SdkError::ResponseError(_) => "response".to_owned(),
        SdkError::ServiceError(_) => "service".to_owned(),
        _ => "unknown".to_owned(),
    }
}
