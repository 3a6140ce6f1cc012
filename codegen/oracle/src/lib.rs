//! The official crate's serializer and parser of the seed operation, reached without its client, so
//! that tests and benches can hold the generated crate against them. It must not know the generated
//! crate's insides.

#![forbid(unsafe_code)]

use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use official::operation::list_forecast_export_jobs::{
    ListForecastExportJobs, ListForecastExportJobsError, ListForecastExportJobsInput,
    ListForecastExportJobsOutput,
};

/// The official crate's codec of `ListForecastExportJobs`.
#[derive(Debug)]
pub struct Official {
    layer: FrozenLayer,
}

impl Default for Official {
    fn default() -> Self {
        Self::new()
    }
}

impl Official {
    /// Takes serializer and deserializer from the operation's runtime plugin.
    ///
    /// # Panics
    /// If the official crate no longer configures them there.
    #[must_use]
    pub fn new() -> Self {
        let layer = ListForecastExportJobs::new().config();
        Self { layer: layer.expect("the operation has a configuration") }
    }

    /// The request that the official crate makes of this input.
    ///
    /// # Panics
    /// If the official crate can't make one.
    #[must_use]
    pub fn request(&self, input: ListForecastExportJobsInput) -> HttpRequest {
        let serializer = self.layer.load::<SharedRequestSerializer>();
        serializer
            .expect("the operation has a serializer")
            .serialize_input(Input::erase(input), &mut ConfigBag::base())
            .expect("the input can be serialized")
    }

    /// The response, as the official crate's parser takes it.
    ///
    /// # Panics
    /// If status or headers are invalid.
    #[must_use]
    pub fn response(response: &http::Response<Vec<u8>>) -> HttpResponse {
        let mut builder = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            builder = builder.header(name, value);
        }
        let response = builder.body(SdkBody::from(response.body().clone()));
        HttpResponse::try_from(response.expect("a valid response")).expect("a valid response")
    }

    /// What the official crate reads in this response.
    ///
    /// # Errors
    /// What the official crate makes of an error.
    ///
    /// # Panics
    /// If the official crate gives another type than the operation's.
    pub fn parse(&self, response: &HttpResponse) -> Result<ListForecastExportJobsOutput, Failure> {
        let deserializer = self.layer.load::<SharedResponseDeserializer>();
        let deserializer = deserializer.expect("the operation has a deserializer");
        let result: Result<Output, OrchestratorError<Error>> =
            deserializer.deserialize_nonstreaming_with_config(response, &ConfigBag::base());
        match result {
            Ok(output) => Ok(output.downcast().expect("the operation's output")),
            Err(error) => Err(Failure(error)),
        }
    }
}

/// What the official crate makes of an error response.
#[derive(Debug)]
pub struct Failure(OrchestratorError<Error>);

impl Failure {
    /// The operation's error.
    ///
    /// # Panics
    /// If the official crate gives an error of another type than the operation's.
    #[must_use]
    pub fn error(&self) -> &ListForecastExportJobsError {
        let error = self.0.as_operation_error().expect("an operation's error");
        error.downcast_ref().expect("the operation's error")
    }
}
