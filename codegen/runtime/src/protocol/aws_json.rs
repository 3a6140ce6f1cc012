//! [AWS JSON 1.0](https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html) and
//! [1.1](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html): every request is a POST to
//! `/` with the operation in a header and the input as a JSON body. It must not know any shape.

use http::{HeaderName, HeaderValue, Request, Response, StatusCode};

use super::{ErrorHead, Protocol, error_code, post, query_compatible, response, status};
use crate::codec::Codec;
use crate::codec::json::{self, Json, Settings, Writer};
use crate::error::Error;
use crate::operation::{RequestView, View};
use crate::service::{ErrorSchema, OperationSchema};
use crate::service_error::ErrorStructure;
use crate::value::Structure;

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// AWS JSON in one of its versions, which differ in the content type and in how servers name errors.
#[derive(Debug)]
pub struct AwsJson {
    id: &'static str,
    content_type: &'static str,
    /// Whether a server writes an error's absolute shape ID, or its name alone.
    absolute_errors: bool,
}

/// AWS JSON 1.0.
pub static AWS_JSON_1_0: AwsJson = AwsJson {
    id: "aws.protocols#awsJson1_0",
    content_type: "application/x-amz-json-1.0",
    absolute_errors: true,
};

/// AWS JSON 1.1.
pub static AWS_JSON_1_1: AwsJson = AwsJson {
    id: "aws.protocols#awsJson1_1",
    content_type: "application/x-amz-json-1.1",
    absolute_errors: false,
};

fn target(operation: &OperationSchema) -> String {
    let service = operation.service().name();
    let mut target = String::with_capacity(service.len() + 1 + operation.name().len());
    target.push_str(service);
    target.push('.');
    target.push_str(operation.name());
    target
}

impl Protocol for AwsJson {
    fn id(&self) -> &'static str {
        self.id
    }

    fn codec(&self) -> &'static dyn Codec {
        &Json(Settings::AWS_JSON)
    }

    fn initial_messages_in_stream(&self) -> bool {
        true
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Request<Vec<u8>>, Error> {
        let body = json::write(input, Settings::AWS_JSON)?;
        let target = HeaderValue::try_from(target(operation)).map_err(|error| {
            Error::new("the operation's name can't be a header's value").caused_by(error)
        })?;
        Ok(post(self.content_type, body, input, |headers| {
            headers.insert(TARGET, target);
            query_compatible::mark_request(operation, headers);
        }))
    }

    fn read_output(
        &self,
        _operation: &OperationSchema,
        response: View<'_>,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        json::read(response.body, Settings::AWS_JSON, output)
    }

    fn read_error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error> {
        error_code::head(operation, response)
    }

    fn read_error(
        &self,
        _operation: &OperationSchema,
        response: View<'_>,
        error: &mut dyn ErrorStructure,
    ) -> Result<(), Error> {
        json::read(response.body, Settings::AWS_JSON, error)
    }

    fn parse_request(
        &self,
        operation: &OperationSchema,
        request: RequestView<'_>,
        input: &mut dyn Structure,
    ) -> Result<(), Error> {
        let expected = target(operation);
        match request.headers.get(&TARGET) {
            Some(found) if found.as_bytes() == expected.as_bytes() => {}
            Some(found) => {
                return Err(Error::new(format!(
                    "expected the header x-amz-target to be `{expected}`, found {found:?}"
                )));
            }
            None => {
                return Err(Error::new(format!(
                    "expected the header x-amz-target to be `{expected}`, found none"
                )));
            }
        }
        json::read(request.body, Settings::AWS_JSON, input)
    }

    fn write_response(
        &self,
        _operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Vec<u8>>, Error> {
        Ok(response(StatusCode::OK, self.content_type, json::write(output, Settings::AWS_JSON)?))
    }

    fn write_error(
        &self,
        operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn ErrorStructure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let status = status(schema.status())?;
        let shape = schema.schema();
        let name = if self.absolute_errors { shape.id() } else { shape.name() };
        let mut writer = Writer::new(Settings::AWS_JSON);
        writer.structure_with("__type", name, error)?;
        let mut response = response(status, self.content_type, writer.into_bytes());
        query_compatible::mark_error(operation, schema, response.headers_mut())?;
        Ok(response)
    }
}
