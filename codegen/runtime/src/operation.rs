//! An operation as a pair of types and its schema, sans-IO: input → request, response → output or
//! error, and both the other way round. It must not know how any protocol does that.

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::{Builder as ErrorMetadataBuilder, ProvideErrorMetadata};
use aws_smithy_types::retry::ErrorKind;
use http::{Request, Response};

use crate::error::Error;
use crate::protocol::Protocol;
use crate::schema::{Member, Schema};
use crate::unknown::Unhandled;
use crate::value::{Ref, Slot, Structure, Value};

/// What a [service](https://smithy.io/2.0/spec/service-types.html#service) says of itself.
#[derive(Clone, Copy)]
pub struct ServiceSchema {
    /// The absolute shape ID, `namespace#Name`.
    pub id: &'static str,
    /// The service's version, by convention a date.
    pub version: &'static str,
    /// The protocol that the crate speaks.
    pub protocol: &'static dyn Protocol,
}

impl ServiceSchema {
    /// The shape's name without its namespace.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }
}

/// What an [operation](https://smithy.io/2.0/spec/service-types.html#operation) says of itself.
#[derive(Clone, Copy)]
pub struct OperationSchema {
    /// The service it belongs to.
    pub service: &'static ServiceSchema,
    /// The operation's name.
    pub name: &'static str,
    /// What goes before the endpoint's host, with members in braces
    /// ([`@endpoint`](https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait)).
    pub host_prefix: Option<&'static str>,
    /// The errors it models, in the order in which [`OperationError::select`] counts.
    pub errors: &'static [ErrorSchema],
}

/// What an [error structure](https://smithy.io/2.0/spec/type-refinement-traits.html#error-trait)
/// says of itself.
#[derive(Clone, Copy)]
pub struct ErrorSchema {
    /// The structure.
    pub schema: &'static Schema,
    /// The status code of its response: `@httpError`, or 400 for the client's and 500 for the
    /// server's errors.
    pub status: u16,
}

/// An operation of a generated crate.
///
/// ```text
/// input ──request──▶ http::Request ─ ─ any HTTP stack ─ ─▶ http::Response ──response──▶ output or error
/// ```
///
/// The request's URI has a path and a query only: the caller puts the endpoint before it, signs it
/// and sends it.
pub trait Operation {
    /// What the caller gives.
    type Input: Structure + Value;
    /// What the service answers.
    type Output: Output + Value;
    /// What it answers when it won't or can't.
    type Error: OperationError;

    /// What the operation says of itself.
    fn schema() -> &'static OperationSchema;

    /// The request that carries this input.
    ///
    /// # Errors
    /// If a value can't be written, such as the `Unknown` variant of a union.
    #[inline]
    fn request(input: &Self::Input) -> Result<Request<Vec<u8>>, Error> {
        let schema = Self::schema();
        schema.service.protocol.request(schema, input)
    }

    /// What goes before the endpoint's host for this input, if anything does.
    ///
    /// # Errors
    /// If a member that is part of it isn't set, or can't be part of a host name.
    #[inline]
    fn host_prefix(input: &Self::Input) -> Result<Option<String>, Error> {
        Self::schema().host_prefix.map(|pattern| host_prefix(pattern, input)).transpose()
    }

    /// What this response means.
    ///
    /// # Errors
    /// The error that the service answered; its `Unhandled` variant if it isn't modeled or the
    /// response can't be read.
    #[inline]
    fn response<B: AsRef<[u8]>>(response: &Response<B>) -> Result<Self::Output, Self::Error> {
        let schema = Self::schema();
        let protocol = schema.service.protocol;
        let view = View::of(response);
        if protocol.is_error(view) {
            let mut error =
                Self::Error::from_unhandled(Unhandled::generic(ErrorMetadata::default()));
            read_error(schema, view, &mut error);
            return Err(error);
        }
        let mut output = Self::Output::empty();
        match read_output(schema, view, &mut output) {
            Ok(()) => Ok(output),
            Err(error) => Err(Self::Error::from_unhandled(unreadable(view, error))),
        }
    }

    /// The input that this request carries: what a service does, or a test double of one.
    ///
    /// # Errors
    /// If the request isn't one of this operation, or its body can't be read.
    #[inline]
    fn parse_request<B: AsRef<[u8]>>(request: &Request<B>) -> Result<Self::Input, Error> {
        let schema = Self::schema();
        let mut input = Self::Input::empty();
        let (path_and_query, body) = (request.uri(), request.body().as_ref());
        let request = RequestView {
            method: request.method(),
            uri: path_and_query,
            headers: request.headers(),
            body,
        };
        schema.service.protocol.parse_request(schema, request, &mut input)?;
        Ok(input)
    }

    /// The response that carries this output: what a service does, or a test double of one.
    ///
    /// # Errors
    /// If a value can't be written.
    #[inline]
    fn write_response(output: &Self::Output) -> Result<Response<Vec<u8>>, Error> {
        let schema = Self::schema();
        schema.service.protocol.write_response(schema, output)
    }

    /// The response that carries this error: what a service does, or a test double of one.
    ///
    /// # Errors
    /// If the error isn't modeled, or a value can't be written.
    #[inline]
    fn write_error(error: &Self::Error) -> Result<Response<Vec<u8>>, Error> {
        write_error(Self::schema(), error)
    }
}

/// A request by reference, whatever holds its body.
#[derive(Clone, Copy, Debug)]
pub struct RequestView<'a> {
    /// The method.
    pub method: &'a http::Method,
    /// The URI; only path and query count.
    pub uri: &'a http::Uri,
    /// The headers.
    pub headers: &'a http::HeaderMap,
    /// The whole body.
    pub body: &'a [u8],
}

/// A response by reference, whatever holds its body.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The status code.
    pub status: http::StatusCode,
    /// The headers.
    pub headers: &'a http::HeaderMap,
    /// The whole body.
    pub body: &'a [u8],
}

impl<'a> View<'a> {
    /// A view of this response.
    pub fn of<B: AsRef<[u8]>>(response: &'a Response<B>) -> Self {
        Self {
            status: response.status(),
            headers: response.headers(),
            body: response.body().as_ref(),
        }
    }

    /// The value of a header, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The request ID that AWS services give with each response.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        self.header("x-amzn-requestid").or_else(|| self.header("x-amz-request-id"))
    }
}

/// The output of an operation.
pub trait Output: Structure {
    /// The ID that the service gave the request, if the response had one.
    fn request_id(&self) -> Option<&str>;

    /// Keeps the request ID of the response.
    fn set_request_id(&mut self, id: Option<String>);
}

/// An error structure.
pub trait ErrorStructure: Structure + std::error::Error + Send + Sync + 'static {
    /// Code, message and request ID, as the response had them.
    fn meta(&self) -> &ErrorMetadata;

    /// The same, to fill in.
    fn meta_mut(&mut self) -> &mut ErrorMetadata;

    /// How to try again, if the model says that one may
    /// ([`@retryable`](https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait)).
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        None
    }
}

/// An error enum, of an operation or of the whole service: what it holds at the moment.
pub trait ServiceError: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static {
    /// What it holds.
    fn as_any(&self) -> AnyError<'_>;

    /// The ID that the service gave the request, if the response had one.
    fn request_id(&self) -> Option<&str> {
        self.as_any().meta().extra(REQUEST_ID)
    }
}

/// The error enum of an operation.
pub trait OperationError: ServiceError {
    /// An error that the operation doesn't model.
    fn from_unhandled(unhandled: Unhandled) -> Self
    where
        Self: Sized;

    /// Becomes an error that the operation doesn't model.
    fn set_unhandled(&mut self, unhandled: Unhandled);

    /// Becomes the modeled error at `index` of [`OperationSchema::errors`], empty, to read into;
    /// `None` if there is none.
    fn select(&mut self, index: usize) -> Option<&mut dyn ErrorStructure>;
}

/// What an error enum holds: one body for the error traits of all of them.
#[derive(Clone, Copy)]
pub enum AnyError<'a> {
    /// An error that the model has.
    Modeled(&'a dyn ErrorStructure),
    /// Any other error.
    Unhandled(&'a Unhandled),
}

impl<'a> AnyError<'a> {
    /// What this error enum holds.
    #[inline]
    pub fn of<E: ServiceError>(error: &'a E) -> Self {
        error.as_any()
    }

    /// Code, message and request ID, as far as the response had them.
    #[must_use]
    pub fn meta(self) -> &'a ErrorMetadata {
        match self {
            Self::Modeled(error) => error.meta(),
            Self::Unhandled(error) => error.meta(),
        }
    }

    /// How to try again, if the model says that one may.
    #[must_use]
    pub fn retryable_error_kind(self) -> Option<ErrorKind> {
        match self {
            Self::Modeled(error) => error.retryable_error_kind(),
            Self::Unhandled(_) => None,
        }
    }

    /// The error inside the enum.
    #[must_use]
    pub fn cause(self) -> &'a (dyn std::error::Error + 'static) {
        match self {
            Self::Modeled(error) => error,
            Self::Unhandled(error) => error.source(),
        }
    }

    /// What caused the error, for an enum that displays as the error itself.
    #[must_use]
    pub fn source(self) -> Option<&'a (dyn std::error::Error + 'static)> {
        match self {
            Self::Modeled(error) => error.source(),
            Self::Unhandled(error) => Some(error.source()),
        }
    }

    /// Displays the error.
    ///
    /// # Errors
    /// If the formatter fails.
    pub fn fmt(self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Modeled(error) => std::fmt::Display::fmt(error, f),
            Self::Unhandled(error) => error.fmt(f),
        }
    }
}

/// The custom field of [`ErrorMetadata`] in which the AWS crates look for the request ID.
const REQUEST_ID: &str = "aws_request_id";

/// Puts members into the pattern of a host prefix.
fn host_prefix(pattern: &str, input: &dyn Structure) -> Result<String, Error> {
    let mut prefix = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let member = input.schema().members().iter().position(|member| member.name() == name);
        let label = match member.map(|index| input.member(index).get()) {
            Some(Ref::String(text)) => text,
            Some(Ref::Enum(value)) => value.as_str(),
            _ => "",
        };
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if label.is_empty() || label.len() > 63 || !label.bytes().all(fits) {
            let what = "expected a part of a host name: 1 to 63 letters, digits and hyphens";
            let member = member.and_then(|index| input.schema().members().get(index));
            return Err(Error::new(what).in_member(member.map_or("host prefix", Member::name)));
        }
        prefix.push_str(before);
        prefix.push_str(label);
        rest = after;
    }
    prefix.push_str(rest);
    Ok(prefix)
}

/// An error to become another one.
pub(crate) fn blank_error<E: OperationError>() -> E {
    E::from_unhandled(Unhandled::generic(ErrorMetadata::default()))
}

fn read_output(
    schema: &OperationSchema,
    response: View<'_>,
    output: &mut dyn Output,
) -> Result<(), Error> {
    schema.service.protocol.read_output(schema, response, output)?;
    output.set_request_id(response.request_id().map(str::to_owned));
    Ok(())
}

fn with_request_id(response: View<'_>, meta: ErrorMetadataBuilder) -> ErrorMetadata {
    match response.request_id() {
        Some(id) => meta.custom(REQUEST_ID, id).build(),
        None => meta.build(),
    }
}

/// A response that can't be read still says which request it answers.
fn unreadable(response: View<'_>, cause: Error) -> Unhandled {
    Unhandled::with_meta(cause, with_request_id(response, ErrorMetadata::builder()))
}

/// Makes `error` what the response says: the modeled error of its code, or `Unhandled`.
fn read_error(schema: &OperationSchema, response: View<'_>, error: &mut dyn OperationError) {
    let protocol = schema.service.protocol;
    let meta = match protocol.error_metadata(response) {
        Ok(meta) => with_request_id(response, meta),
        Err(cause) => return error.set_unhandled(unreadable(response, cause)),
    };
    let position = meta
        .code()
        .and_then(|code| schema.errors.iter().position(|error| error.schema.name() == code));
    let Some(structure) = position.and_then(|index| error.select(index)) else {
        return error.set_unhandled(Unhandled::generic(meta));
    };
    match protocol.read_error(response, structure) {
        Ok(()) => {
            fill_message(structure, meta.message());
            *structure.meta_mut() = meta;
        }
        Err(cause) => error.set_unhandled(unreadable(response, cause)),
    }
}

/// Services write `message`, `Message` or `errorMessage` whatever the model says.
fn fill_message(structure: &mut dyn ErrorStructure, message: Option<&str>) {
    let schema = structure.schema();
    let position = schema.position("message").or_else(|| schema.position("Message"));
    let (Some(index), Some(message)) = (position, message) else { return };
    // A required message that the body lacks has been filled in with an empty text.
    let value = structure.member_mut(index);
    if matches!(value.get(), Ref::Unset | Ref::String("")) {
        if let Slot::String(text) = value.slot() {
            message.clone_into(text);
        } else {
            value.unset();
        }
    }
}

fn write_error(
    schema: &OperationSchema,
    error: &dyn OperationError,
) -> Result<Response<Vec<u8>>, Error> {
    let AnyError::Modeled(structure) = error.as_any() else {
        return Err(Error::new("only an error that the operation models can be written"));
    };
    let id = structure.schema().id();
    match schema.errors.iter().find(|error| error.schema.id() == id) {
        Some(error) => schema.service.protocol.write_error(error.status, structure),
        None => Err(Error::new(format!("{} doesn't model the error {id}", schema.name))),
    }
}
