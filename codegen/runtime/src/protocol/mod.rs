//! The protocols: how an operation's input, output and errors travel over HTTP. A protocol must not
//! know any shape; it reads schemas.

mod aws_json;
#[cfg(feature = "query")]
mod aws_query;
#[cfg(feature = "query")]
mod ec2_query;
mod error_code;
#[cfg(feature = "query")]
mod query;
mod query_compatible;
#[cfg(feature = "rest")]
mod rest;
#[cfg(feature = "rest")]
mod rest_json;
#[cfg(all(feature = "rest", feature = "xml"))]
mod rest_xml;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;

pub use aws_json::{AWS_JSON_1_0, AWS_JSON_1_1, AwsJson};
#[cfg(feature = "query")]
pub use aws_query::{AWS_QUERY, AwsQuery};
#[cfg(feature = "query")]
pub use ec2_query::{EC2_QUERY, Ec2Query};
#[cfg(feature = "rest")]
pub use rest::Rest;
#[cfg(feature = "rest")]
pub use rest_json::REST_JSON_1;
#[cfg(all(feature = "rest", feature = "xml"))]
pub use rest_xml::REST_XML;
#[cfg(feature = "cbor")]
pub use rpc_v2_cbor::{RPC_V2_CBOR, RpcV2Cbor};

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};

use crate::codec::Codec;
use crate::error::Error;
use crate::operation::{RequestView, View};
use crate::service::{ErrorSchema, OperationSchema};
use crate::service_error::ErrorStructure;
use crate::value::Structure;

/// A protocol, both directions and both sides.
///
/// All of a protocol is behind this trait, so that generated code knows none: which one a crate speaks
/// is a name in its [`ServiceSchema`](crate::ServiceSchema), and a caller may choose another
/// ([`Operation::via`](crate::Operation::via)).
pub trait Protocol: Sync {
    /// The absolute shape ID of the protocol's trait, such as `aws.protocols#awsJson1_1`.
    fn id(&self) -> &'static str;

    /// The format of documents: of bodies where they hold one, and of what is in an event.
    fn codec(&self) -> &'static dyn Codec;

    /// Where the members go that an input or output has beside a stream of events: into the stream's
    /// first message, or else into the head of the HTTP message. See
    /// [initial message events](https://smithy.io/2.0/aws/amazon-eventstream.html#initial-message-events).
    fn initial_messages_in_stream(&self) -> bool {
        false
    }

    /// The request that carries this input.
    ///
    /// # Errors
    /// If a value can't be written.
    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Request<Vec<u8>>, Error>;

    /// Whether the response is an error.
    fn is_error(&self, response: View<'_>) -> bool {
        !response.status.is_success()
    }

    /// Reads a response that isn't an error.
    ///
    /// # Errors
    /// If the response can't be read.
    fn read_output(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
        output: &mut dyn Structure,
    ) -> Result<(), Error>;

    /// What every error says: which one it is, and its message.
    ///
    /// # Errors
    /// If the response can't be read.
    fn read_error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error>;

    /// Reads the members of a modeled error.
    ///
    /// # Errors
    /// If the response can't be read.
    fn read_error(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
        error: &mut dyn ErrorStructure,
    ) -> Result<(), Error>;

    /// Reads what [`request`](Protocol::request) wrote.
    ///
    /// # Errors
    /// If the request isn't one of this operation, or can't be read.
    fn parse_request(
        &self,
        operation: &OperationSchema,
        request: RequestView<'_>,
        input: &mut dyn Structure,
    ) -> Result<(), Error>;

    /// The response that carries this output.
    ///
    /// # Errors
    /// If a value can't be written.
    fn write_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Vec<u8>>, Error>;

    /// The response that carries this error.
    ///
    /// # Errors
    /// If a value can't be written.
    fn write_error(
        &self,
        operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn ErrorStructure,
    ) -> Result<Response<Vec<u8>>, Error>;
}

/// The protocol whose trait has this absolute shape ID, if it was compiled in: for a choice at run time.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn Protocol> {
    let known: &[&'static dyn Protocol] = &[
        &AWS_JSON_1_0,
        &AWS_JSON_1_1,
        #[cfg(feature = "rest")]
        &REST_JSON_1,
        #[cfg(all(feature = "rest", feature = "xml"))]
        &REST_XML,
        #[cfg(feature = "cbor")]
        &RPC_V2_CBOR,
        #[cfg(feature = "query")]
        &AWS_QUERY,
        #[cfg(feature = "query")]
        &EC2_QUERY,
    ];
    known.iter().find(|protocol| protocol.id() == id).copied()
}

/// A POST to `/` with a body of this type, in which the input is.
fn post(
    content_type: &'static str,
    body: Vec<u8>,
    input: &dyn Structure,
    others: impl FnOnce(&mut HeaderMap),
) -> Request<Vec<u8>> {
    let length = HeaderValue::from(body.len());
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    let headers = request.headers_mut();
    headers.reserve(4);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    others(headers);
    // As official clients do, whose signatures cover it.
    if !input.schema().members().is_empty() {
        headers.insert(CONTENT_LENGTH, length);
    }
    request
}

/// A response with a body of this type.
fn response(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response<Vec<u8>> {
    let length = HeaderValue::from(body.len());
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CONTENT_LENGTH, length);
    response
}

/// The status of a response, from a model or a value.
fn status(code: u16) -> Result<StatusCode, Error> {
    StatusCode::from_u16(code)
        .map_err(|error| Error::new(format!("{code} is not an HTTP status code")).caused_by(error))
}

/// The metadata of an error, as far as its response has them.
fn metadata(
    code: Option<impl Into<String>>,
    message: Option<impl Into<String>>,
) -> ErrorMetadataBuilder {
    let mut metadata = ErrorMetadata::builder();
    if let Some(code) = code {
        metadata = metadata.code(code);
    }
    if let Some(message) = message {
        metadata = metadata.message(message);
    }
    metadata
}

/// What every error response says.
#[derive(Debug)]
pub struct ErrorHead {
    /// Code and message, as far as the response has them.
    pub metadata: ErrorMetadataBuilder,
    /// The position of the error among those that the operation models, if it is one of them.
    pub modeled: Option<usize>,
}
