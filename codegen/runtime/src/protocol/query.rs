//! What the two query protocols share: a form that begins with the operation's name and the service's
//! version, and responses of XML. It must not know what lies in those.

use aws_smithy_types::error::ErrorMetadata;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};

use super::ErrorHead;
use crate::codec::query::{Dialect, Form, Writer};
use crate::codec::{Part, xml};
use crate::error::Error;
use crate::operation::{ErrorStructure, REQUEST_ID, RequestView};
use crate::service::{ErrorSchema, OperationSchema};
use crate::value::{Ref, Structure};

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

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
    let body = writer.into_bytes();
    let length = HeaderValue::from(body.len());
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    let headers = request.headers_mut();
    headers.reserve(2);
    headers.insert(CONTENT_TYPE, FORM);
    // As official clients do, whose signatures cover it.
    if !input.schema().members().is_empty() {
        headers.insert(CONTENT_LENGTH, length);
    }
    Ok(request)
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

/// A response with this document.
pub(super) fn response(
    status: StatusCode,
    content_type: &'static str,
    body: Vec<u8>,
) -> Response<Vec<u8>> {
    let length = HeaderValue::from(body.len());
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CONTENT_LENGTH, length);
    response
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
    let mut metadata = ErrorMetadata::builder();
    if let Some(code) = code {
        metadata = metadata.code(code);
    }
    if let Some(message) = message {
        metadata = metadata.message(message);
    }
    Ok(ErrorHead { metadata, modeled })
}

/// The status code of an error's response.
pub(super) fn status(schema: &ErrorSchema) -> Result<StatusCode, Error> {
    StatusCode::from_u16(schema.status())
        .map_err(|error| Error::new("not an HTTP status code").caused_by(error))
}
