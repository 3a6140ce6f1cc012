//! [restXml](https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html): HTTP bindings with
//! documents in XML. It must not know any shape.

use http::HeaderMap;

use super::rest::{Dialect, Rest};
use super::{ErrorHead, metadata};
use crate::codec::xml::{self, Writer, Xml};
use crate::codec::{Codec, Part};
use crate::error::Error;
use crate::operation::View;
use crate::schema::Member;
use crate::service::{ErrorSchema, OperationSchema, ServiceSchema};
use crate::value::{Ref, Structure};

/// restXml.
pub static REST_XML: Rest = Rest { id: "aws.protocols#restXml", codec: &Xml, dialect: &RestXml };

const ROOT: &str = "ErrorResponse";
const ERROR: &str = "Error";

/// Where the members of an error are.
fn error_path(service: &ServiceSchema) -> &'static [&'static str] {
    if service.has_no_error_wrapping() { &[ERROR] } else { &[ROOT, ERROR] }
}

struct RestXml;

impl Dialect for RestXml {
    fn unset_structure(&self) -> &'static [u8] {
        b""
    }

    fn has_empty_documents(&self) -> bool {
        false
    }

    fn write_output(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Vec<u8>, Error> {
        let namespace = operation.service().modeled_xml_namespace();
        if operation.has_unwrapped_xml_output() {
            return xml::write_unwrapped(output, namespace);
        }
        Xml.write(output, Part::Unbound, namespace)
    }

    fn read_output(
        &self,
        operation: &OperationSchema,
        body: &[u8],
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        if operation.has_unwrapped_xml_output() {
            return xml::read_unwrapped(body, output);
        }
        Xml.read(body, Part::Unbound, output)
    }

    fn write_error(
        &self,
        operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn Structure,
        _headers: &mut HeaderMap,
    ) -> Result<Vec<u8>, Error> {
        let service = operation.service();
        let mut namespace = service.modeled_xml_namespace();
        let mut writer = Writer::new();
        if !service.has_no_error_wrapping() {
            writer.start(ROOT, namespace.take());
        }
        writer.start_structure(ERROR, namespace, error, Part::Unbound)?;
        // An error may have a member `Type` of its own, which says something else.
        if !has_element(schema, "Type") {
            writer.text_element("Type", schema.fault())?;
        }
        writer.text_element("Code", schema.schema().name())?;
        // Many models call the message `message`, yet clients look for `Message`: it is written as both.
        if !has_element(schema, "Message")
            && let Some(Ref::String(message)) = message(error)
        {
            writer.text_element("Message", message)?;
        }
        writer.members(error, Part::Unbound)?;
        writer.end(ERROR);
        if !service.has_no_error_wrapping() {
            writer.end(ROOT);
        }
        Ok(writer.into_bytes())
    }

    fn read_error(
        &self,
        operation: &OperationSchema,
        body: &[u8],
        error: &mut dyn Structure,
    ) -> Result<(), Error> {
        xml::read_part_at(body, error_path(operation.service()), Part::Unbound, error)
    }

    fn error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error> {
        let (code, message) = xml::error_head(response.body, error_path(operation.service()))?;
        let modeled = code.as_deref().and_then(|code| operation.error_named(code));
        Ok(ErrorHead { metadata: metadata(code, message), modeled })
    }
}

/// The member of that name, if there is one.
fn message(error: &dyn Structure) -> Option<Ref<'_>> {
    error.schema().position("message").map(|index| error.member(index).get())
}

/// Whether a member of the error is an element of this name.
fn has_element(schema: &ErrorSchema, name: &str) -> bool {
    let is_element = |member: &&Member| !member.is_bound() && !member.is_xml_attribute();
    let mut members = schema.schema().members().iter().filter(is_element);
    members.any(|member| member.modeled_xml_name().unwrap_or(member.name()) == name)
}
