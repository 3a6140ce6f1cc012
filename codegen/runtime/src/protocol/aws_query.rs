//! [awsQuery](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html): every request is a POST of a
//! form to `/`, every response an XML document in which the output or error lies two elements deep.
//! It must not know any shape.

use http::{Request, Response, StatusCode};

use super::{ErrorHead, Protocol, query, response, status};
use crate::codec::query::Dialect;
use crate::codec::xml::{self, Writer, Xml};
use crate::codec::{Codec, Part};
use crate::error::Error;
use crate::operation::{RequestView, View};
use crate::service::{ErrorSchema, OperationSchema};
use crate::service_error::ErrorStructure;
use crate::value::Structure;

/// awsQuery, whose requests are forms and whose responses are XML.
#[derive(Debug)]
pub struct AwsQuery(());

/// awsQuery.
pub static AWS_QUERY: AwsQuery = AwsQuery(());

const CONTENT_TYPE: &str = "text/xml";

/// Where an error lies in the document.
const ERROR: [&str; 2] = ["ErrorResponse", "Error"];

fn result(operation: &OperationSchema) -> String {
    format!("{}Result", operation.name())
}

impl Protocol for AwsQuery {
    fn id(&self) -> &'static str {
        "aws.protocols#awsQuery"
    }

    fn codec(&self) -> &'static dyn Codec {
        &Xml
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Request<Vec<u8>>, Error> {
        query::request(Dialect::Aws, operation, input)
    }

    fn read_output(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        xml::read_at(response.body, &[&query::root(operation), &result(operation)], output)
    }

    fn read_error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error> {
        query::error_head(response.body, &ERROR, |code| {
            let mut errors = operation.errors().iter();
            errors.position(|error| error.query_code() == code)
        })
    }

    fn read_error(
        &self,
        _operation: &OperationSchema,
        response: View<'_>,
        error: &mut dyn ErrorStructure,
    ) -> Result<(), Error> {
        xml::read_at(response.body, &ERROR, error)
    }

    fn parse_request(
        &self,
        operation: &OperationSchema,
        request: RequestView<'_>,
        input: &mut dyn Structure,
    ) -> Result<(), Error> {
        query::parse_request(Dialect::Aws, operation, request, input)
    }

    fn write_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut writer = Writer::new();
        let (root, result) = (query::root(operation), result(operation));
        writer.start(&root, operation.service().modeled_xml_namespace());
        writer.start_structure(&result, None, output, Part::Whole)?;
        writer.members(output, Part::Whole)?;
        writer.end(&result);
        writer.end(&root);
        Ok(response(StatusCode::OK, CONTENT_TYPE, writer.into_bytes()))
    }

    fn write_error(
        &self,
        operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn ErrorStructure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut writer = Writer::new();
        let [root, element] = ERROR;
        writer.start(root, operation.service().modeled_xml_namespace());
        writer.start_structure(element, None, error, Part::Whole)?;
        writer.text_element("Type", schema.fault())?;
        query::write_error(&mut writer, schema.query_code(), error)?;
        writer.end(element);
        if let Some(id) = query::request_id(error) {
            writer.text_element("RequestId", id)?;
        }
        writer.end(root);
        Ok(response(status(schema.status())?, CONTENT_TYPE, writer.into_bytes()))
    }
}
