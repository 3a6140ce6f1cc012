//! What the two query protocols share: a form that begins with the operation's name and the service's
//! version, and responses of XML. It must not know what lies in those.

use http::Request;

use super::{ErrorHead, metadata, post};
use crate::codec::query::{Dialect, Form, Writer};
use crate::codec::{Part, xml};
use crate::error::Error;
use crate::operation::RequestView;
use crate::service::OperationSchema;
use crate::service_error::{ErrorStructure, REQUEST_ID};
use crate::value::{Ref, Structure};

const FORM: &str = "application/x-www-form-urlencoded";

/// A POST of the form to `/`.
pub(super) fn request(
    dialect: Dialect,
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<Request<Vec<u8>>, Error> {
    let mut writer = Writer::new(dialect);
    writer.parameter("Action", operation.name());
    writer.parameter("Version", operation.service().version());
    writer.structure(input)?;
    Ok(post(FORM, writer.into_bytes(), input, |_| ()))
}

/// Reads what [`request`] wrote.
pub(super) fn parse_request(
    dialect: Dialect,
    operation: &OperationSchema,
    request: RequestView<'_>,
    input: &mut dyn Structure,
) -> Result<(), Error> {
    let mut form = Form::parse(request.body)?;
    expect(&mut form, "Action", operation.name())?;
    expect(&mut form, "Version", operation.service().version())?;
    form.read(dialect, input)
}

fn expect(form: &mut Form<'_>, name: &str, expected: &str) -> Result<(), Error> {
    let found = match form.take(name)? {
        Some(found) if found == expected => return Ok(()),
        Some(found) => format!("`{}`", found.chars().take(64).collect::<String>()),
        None => "none".to_owned(),
    };
    let what = format!("expected the parameter {name} to be `{expected}`, found {found}");
    Err(Error::new(what))
}

/// The root element of a response.
pub(super) fn root(operation: &OperationSchema) -> String {
    format!("{}Response", operation.name())
}

/// Writes what lies in the element of an error: its code, its message and its members.
///
/// Many models call the message `message`, yet clients look for `Message`: it is written as both.
pub(super) fn write_error(
    writer: &mut xml::Writer,
    code: &str,
    error: &dyn ErrorStructure,
) -> Result<(), Error> {
    if !has(error, "Code") {
        writer.text_element("Code", code)?;
    }
    if !has(error, "Message")
        && let Some(message) = message(error)
    {
        writer.text_element("Message", message)?;
    }
    writer.members(error, Part::Whole)
}

/// Whether a member that is set has this name.
fn has(structure: &dyn Structure, name: &str) -> bool {
    structure.schema().members().iter().enumerate().any(|(index, member)| {
        member.modeled_xml_name().unwrap_or(member.name()) == name
            && !matches!(structure.member(index).get(), Ref::Unset)
    })
}

fn message(error: &dyn ErrorStructure) -> Option<&str> {
    let member = error.schema().position("message").map(|index| error.member(index).get());
    match member {
        Some(Ref::String(text)) => Some(text),
        _ => error.meta().message(),
    }
}

/// The ID that the request got, where the error knows it.
pub(super) fn request_id(error: &dyn ErrorStructure) -> Option<&str> {
    error.meta().extra(REQUEST_ID)
}

/// The code and message of the error in this document, and which of the operation's errors `modeled`
/// says it is.
pub(super) fn error_head(
    body: &[u8],
    path: &[&str],
    modeled: impl Fn(&str) -> Option<usize>,
) -> Result<ErrorHead, Error> {
    let (code, message) = xml::error_head(body, path)?;
    let modeled = code.as_deref().and_then(modeled);
    Ok(ErrorHead { metadata: metadata(code, message), modeled })
}
