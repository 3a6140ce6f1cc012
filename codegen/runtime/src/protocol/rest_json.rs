//! [restJson1](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html): HTTP bindings with
//! documents in JSON. It must not know any shape.

use http::{HeaderMap, HeaderName};

use super::rest::{Dialect, Rest, field_value};
use super::{ErrorHead, error_code};
use crate::codec::Part;
use crate::codec::json::{self, Json, Settings};
use crate::error::Error;
use crate::operation::View;
use crate::service::{ErrorSchema, OperationSchema};
use crate::value::Structure;

/// restJson1.
pub static REST_JSON_1: Rest =
    Rest { id: "aws.protocols#restJson1", codec: &Json(Settings::REST_JSON), dialect: &RestJson };

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

struct RestJson;

impl Dialect for RestJson {
    fn unset_structure(&self) -> &'static [u8] {
        b"{}"
    }

    fn has_empty_documents(&self) -> bool {
        true
    }

    fn write_output(
        &self,
        _operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Vec<u8>, Error> {
        json::write_part(output, Settings::REST_JSON, Part::Unbound)
    }

    fn read_output(
        &self,
        _operation: &OperationSchema,
        body: &[u8],
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        json::read_part(body, Settings::REST_JSON, output, Part::Unbound)
    }

    fn write_error(
        &self,
        _operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn Structure,
        headers: &mut HeaderMap,
    ) -> Result<Vec<u8>, Error> {
        headers.insert(ERROR_TYPE, field_value(schema.schema().name())?);
        json::write_part(error, Settings::REST_JSON, Part::Unbound)
    }

    fn read_error(
        &self,
        _operation: &OperationSchema,
        body: &[u8],
        error: &mut dyn Structure,
    ) -> Result<(), Error> {
        json::read_part(body, Settings::REST_JSON, error, Part::Unbound)
    }

    fn error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error> {
        error_code::head(operation, response)
    }
}
