//! [ec2Query](https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html): every request is a POST of
//! a form to `/`, every response an XML document. It must not know any shape.

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

/// ec2Query, whose requests are forms and whose responses are XML.
#[derive(Debug)]
pub struct Ec2Query(());

/// ec2Query.
pub static EC2_QUERY: Ec2Query = Ec2Query(());

const CONTENT_TYPE: &str = "text/xml;charset=UTF-8";

/// Where an error lies in the document.
const ERROR: [&str; 3] = ["Response", "Errors", "Error"];

impl Protocol for Ec2Query {
    fn id(&self) -> &'static str {
        "aws.protocols#ec2Query"
    }

    fn codec(&self) -> &'static dyn Codec {
        &Xml
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Request<Vec<u8>>, Error> {
        query::request(Dialect::Ec2, operation, input)
    }

    fn read_output(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        xml::read_at(response.body, &[&query::root(operation)], output)
    }

    fn read_error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error> {
        query::error_head(response.body, &ERROR, |code| operation.error_named(code))
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
        query::parse_request(Dialect::Ec2, operation, request, input)
    }

    fn write_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut writer = Writer::new();
        let root = query::root(operation);
        writer.start_structure(
            &root,
            operation.service().modeled_xml_namespace(),
            output,
            Part::Whole,
        )?;
        writer.members(output, Part::Whole)?;
        writer.end(&root);
        Ok(response(StatusCode::OK, CONTENT_TYPE, writer.into_bytes()))
    }

    fn write_error(
        &self,
        _operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn ErrorStructure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut writer = Writer::new();
        let [root, list, element] = ERROR;
        writer.start(root, None);
        writer.start(list, None);
        writer.start_structure(element, None, error, Part::Whole)?;
        query::write_error(&mut writer, schema.schema().name(), error)?;
        writer.end(element);
        writer.end(list);
        if let Some(id) = query::request_id(error) {
            writer.text_element("RequestID", id)?;
        }
        writer.end(root);
        Ok(response(status(schema.status())?, CONTENT_TYPE, writer.into_bytes()))
    }
}
