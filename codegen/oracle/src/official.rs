//! An official crate's serializer and parser of an operation, reached without its client. It must not know
//! any generated crate.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};

/// The codec that an official crate has for an operation.
#[derive(Debug)]
pub struct Official {
    layer: FrozenLayer,
}

impl Official {
    /// Takes serializer and deserializer from the operation's runtime plugin.
    ///
    /// # Panics
    /// If the official crate no longer configures them there.
    #[must_use]
    pub fn of(operation: &dyn RuntimePlugin) -> Self {
        Self { layer: operation.config().expect("the operation has a configuration") }
    }

    /// The request that the official crate makes of this input.
    ///
    /// # Errors
    /// If the official crate can't make one.
    ///
    /// # Panics
    /// If the input isn't the operation's.
    pub fn request<I>(&self, input: I) -> Result<HttpRequest, BoxError>
    where
        I: std::fmt::Debug + Send + Sync + 'static,
    {
        let serializer = self.layer.load::<SharedRequestSerializer>();
        serializer
            .expect("the operation has a serializer")
            .serialize_input(Input::erase(input), &mut ConfigBag::base())
    }

    /// What the official crate reads in this response, whose body lies in memory.
    ///
    /// # Errors
    /// What the official crate makes of an error.
    ///
    /// # Panics
    /// If `O` isn't the operation's output.
    pub fn parse<O>(&self, response: &HttpResponse) -> Result<O, Failure>
    where
        O: std::fmt::Debug + Send + Sync + 'static,
    {
        let result =
            self.deserializer().deserialize_nonstreaming_with_config(response, &ConfigBag::base());
        match result {
            Ok(output) => Ok(output.downcast().expect("the operation's output")),
            Err(error) => Err(Failure(error)),
        }
    }

    /// The same, whether or not the output holds the body as a stream.
    ///
    /// # Errors
    /// What the official crate makes of an error.
    ///
    /// # Panics
    /// If `O` isn't the operation's output.
    pub fn read<O>(&self, mut response: HttpResponse) -> Result<O, Failure>
    where
        O: std::fmt::Debug + Send + Sync + 'static,
    {
        let streamed = self
            .deserializer()
            .deserialize_streaming_with_config(&mut response, &ConfigBag::base());
        match streamed {
            Some(Ok(output)) => Ok(output.downcast().expect("the operation's output")),
            Some(Err(error)) => Err(Failure(error)),
            None => self.parse(&response),
        }
    }

    fn deserializer(&self) -> &SharedResponseDeserializer {
        self.layer.load::<SharedResponseDeserializer>().expect("the operation has a deserializer")
    }
}

/// The response, as an official crate's parser takes it.
///
/// # Panics
/// If a header isn't UTF-8.
#[must_use]
pub fn official_response<B: AsRef<[u8]>>(response: &http::Response<B>) -> HttpResponse {
    let mut builder = http::Response::builder().status(response.status());
    for (name, value) in response.headers() {
        builder = builder.header(name, value);
    }
    let response = builder.body(SdkBody::from(response.body().as_ref()));
    HttpResponse::try_from(response.expect("a valid response")).expect("a valid response")
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
    pub fn error<E: std::error::Error + Send + Sync + 'static>(&self) -> &E {
        let error = self.0.as_operation_error().expect("an operation's error");
        error.downcast_ref().expect("the operation's error")
    }
}
