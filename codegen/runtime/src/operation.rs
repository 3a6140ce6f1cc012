//! An operation as a pair of types and its schema, sans-IO: input → request, response → output or
//! error, and both the other way round. It must not know how any protocol does that.

use std::marker::PhantomData;

use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Request, Response};

use crate::error::Error;
use crate::event_stream::{self, Context, SignMessage};
use crate::finish::{self, Finish};
use crate::host;
use crate::protocol::{ErrorHead, Protocol};
use crate::schema::{Binding, Member};
use crate::service::OperationSchema;
use crate::service_error::{AnyError, ErrorStructure, OperationError, REQUEST_ID, blank_error};
use crate::unknown::Unhandled;
use crate::value::{Ref, Slot, Structure, Value};
pub use crate::view::{RequestView, View};

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
    type Output: Structure + Value;
    /// What it answers when it won't or can't.
    type Error: OperationError;

    /// What the operation says of itself.
    fn schema() -> &'static OperationSchema;

    /// The operation by another protocol than its crate's own, which the service must speak.
    #[inline]
    fn via(protocol: &'static dyn Protocol) -> Via<Self> {
        Via { protocol, operation: PhantomData }
    }

    /// The operation by its crate's own protocol.
    #[inline]
    fn via_default() -> Via<Self> {
        Self::via(Self::schema().service().protocol())
    }

    /// The request that carries this input. A stream of bytes in it must lie in memory; of a stream of
    /// events the body has only what comes before the first one.
    ///
    /// # Errors
    /// If a value can't be written, such as the `Unknown` variant of a union.
    #[inline]
    fn request(input: &Self::Input) -> Result<Request<Vec<u8>>, Error> {
        Self::via_default().request(input)
    }

    /// The request that carries this input, with a body that may be a stream.
    ///
    /// # Errors
    /// If a value can't be written, such as the `Unknown` variant of a union.
    #[inline]
    fn into_request(input: Self::Input) -> Result<Request<SdkBody>, Error> {
        Self::via_default().into_request(input)
    }

    /// What goes before the endpoint's host for this input, if anything does.
    ///
    /// # Errors
    /// If a member that is part of it isn't set, or can't be part of a host name.
    #[inline]
    fn host_prefix(input: &Self::Input) -> Result<Option<String>, Error> {
        Self::schema().modeled_host_prefix().map(|pattern| host::prefix(pattern, input)).transpose()
    }

    /// The endpoint that the input itself names, in the place of the caller's, if it names one.
    ///
    /// # Errors
    /// If what it names isn't a URI with a host.
    #[inline]
    fn endpoint(input: &Self::Input) -> Result<Option<http::Uri>, Error> {
        Self::schema().modeled_endpoint_member().map_or(Ok(None), |name| host::named(name, input))
    }

    /// Gives the input an
    /// [idempotency token](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait),
    /// which must be unique to the request, if it takes one and has none.
    #[inline]
    fn set_idempotency_token(input: &mut Self::Input, token: &str) {
        set_idempotency_token(input, || token.to_owned());
    }

    /// What this response means.
    ///
    /// # Errors
    /// The error that the service answered; its `Unhandled` variant if it isn't modeled or the
    /// response can't be read.
    #[inline]
    fn response<B: AsRef<[u8]>>(response: &Response<B>) -> Result<Self::Output, Self::Error> {
        Self::via_default().response(response)
    }

    /// What this response means, if its body needn't be read for that: the output streams it.
    ///
    /// Of an output with a stream of events, the members beside that may still be to come: see
    /// `Via::read_initial_response`.
    #[inline]
    fn stream_response(response: Response<SdkBody>) -> Streamed<Self> {
        Self::via_default().stream_response(response)
    }

    /// The input that this request carries: what a service does, or a test double of one.
    ///
    /// # Errors
    /// If the request isn't one of this operation, or its body can't be read.
    #[inline]
    fn parse_request<B: AsRef<[u8]>>(request: &Request<B>) -> Result<Self::Input, Error> {
        Self::via_default().parse_request(request)
    }

    /// The response that carries this output: what a service does, or a test double of one. Of a stream
    /// of events it has only what comes before the first one: `event_stream::Context::write` makes the
    /// events that follow.
    ///
    /// # Errors
    /// If a value can't be written.
    #[inline]
    fn write_response(output: &Self::Output) -> Result<Response<Vec<u8>>, Error> {
        Self::via_default().write_response(output)
    }

    /// The response that carries this error: what a service does, or a test double of one.
    ///
    /// # Errors
    /// If the error isn't modeled, or a value can't be written.
    #[inline]
    fn write_error(error: &Self::Error) -> Result<Response<Vec<u8>>, Error> {
        Self::via_default().write_error(error)
    }
}

/// An operation by a protocol of the caller's choice. The methods are those of [`Operation`].
pub struct Via<O: ?Sized> {
    protocol: &'static dyn Protocol,
    operation: PhantomData<fn() -> O>,
}

impl<O: ?Sized> std::fmt::Debug for Via<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Via").field(&self.protocol.id()).finish()
    }
}

#[expect(missing_docs, clippy::missing_errors_doc, reason = "see the methods of `Operation`")]
impl<O: Operation + ?Sized> Via<O> {
    /// What events of the operation belong to: by it a single event is written and read.
    #[inline]
    pub fn events(&self) -> Context {
        Context { protocol: self.protocol, operation: O::schema() }
    }

    /// Waits for the members that an output has beside its stream of events, where the protocol puts
    /// them into the stream's first message, and reads them into the output. It has to come before the
    /// first event is received, and waits for that one if the service sends no such message.
    #[cfg(feature = "event-stream")]
    pub async fn read_initial_response(&self, output: &mut O::Output) -> Result<(), Error> {
        event_stream::initial_response(self.events(), output).await
    }

    #[inline]
    pub fn request(&self, input: &O::Input) -> Result<Request<Vec<u8>>, Error> {
        request(self.events(), input, Finish::Now)
    }

    #[inline]
    pub fn into_request(&self, mut input: O::Input) -> Result<Request<SdkBody>, Error> {
        into_request(self.events(), &mut input, None, Finish::Now)
    }

    /// The request that carries this input. Where that has a stream of events, `signer` signs each of
    /// them, which may be a
    /// [`DeferredSigner`](https://docs.rs/aws-smithy-eventstream): the request isn't signed yet.
    #[inline]
    pub fn into_request_with(
        &self,
        mut input: O::Input,
        signer: Box<dyn SignMessage + Send + Sync>,
    ) -> Result<Request<SdkBody>, Error> {
        into_request(self.events(), &mut input, Some(signer), Finish::Now)
    }

    #[inline]
    pub fn response<B: AsRef<[u8]>>(&self, response: &Response<B>) -> Result<O::Output, O::Error> {
        let (schema, view) = (O::schema(), View::of(response));
        if self.protocol.is_error(view) {
            let mut error = blank_error::<O::Error>();
            read_error(self.protocol, schema, view, &mut error);
            return Err(error);
        }
        let mut output = O::Output::empty();
        match read_output(self.events(), view, &mut output) {
            Ok(()) => Ok(output),
            Err(error) => Err(O::Error::from_unhandled(unreadable(view, error))),
        }
    }

    #[inline]
    pub fn stream_response(&self, response: Response<SdkBody>) -> Streamed<O> {
        let mut output = O::Output::empty();
        match stream_response(self.events(), response, &mut output) {
            Ok(Ok(())) => Streamed::Answer(Ok(output)),
            Ok(Err(unhandled)) => Streamed::Answer(Err(O::Error::from_unhandled(unhandled))),
            Err(response) => Streamed::Unread(response),
        }
    }

    #[inline]
    pub fn parse_request<B: AsRef<[u8]>>(&self, request: &Request<B>) -> Result<O::Input, Error> {
        let mut input = O::Input::empty();
        let (uri, body) = (request.uri(), request.body().as_ref());
        let view = RequestView { method: request.method(), uri, headers: request.headers(), body };
        parse_request(self.events(), view, &mut input)?;
        Ok(input)
    }

    #[inline]
    pub fn write_response(&self, output: &O::Output) -> Result<Response<Vec<u8>>, Error> {
        write_response(self.events(), output)
    }

    #[inline]
    pub fn write_error(&self, error: &O::Error) -> Result<Response<Vec<u8>>, Error> {
        write_error(self.protocol, O::schema(), error)
    }
}

/// What a response means as far as its head says it.
pub enum Streamed<O: Operation + ?Sized> {
    /// All that it means; the output holds the body as a stream.
    Answer(Result<O::Output, O::Error>),
    /// The response as it came. It is an error, or the output doesn't stream: read the body, and give it
    /// to [`Operation::response`].
    Unread(Box<Response<SdkBody>>),
}

/// The output of an operation: any structure, but only those whose schema says so have a request ID.
pub trait Output: Structure {
    /// The ID that the service gave the request, if the response had one.
    fn request_id(&self) -> Option<&str> {
        match self.member(self.schema().request_id_position()?).get() {
            Ref::String(id) => Some(id),
            _ => None,
        }
    }

    /// Keeps the request ID of the response.
    fn set_request_id(&mut self, id: Option<&str>) {
        let Some(place) = self.schema().request_id_position() else { return };
        let place = self.member_mut(place);
        place.unset();
        if let Some(id) = id
            && let Slot::String(text) = place.slot()
        {
            id.clone_into(text);
        }
    }
}

impl<T: Structure + ?Sized> Output for T {}

fn request(
    context: Context,
    input: &dyn Structure,
    finish: Finish,
) -> Result<Request<Vec<u8>>, Error> {
    let Context { protocol, operation } = context;
    if operation.has_events_in_input() || operation.has_events_in_output() {
        return event_stream::request(context, input, finish);
    }
    let mut request = protocol.request(operation, input)?;
    finish::request(operation, &mut request, finish)?;
    Ok(request)
}

pub(crate) fn into_request(
    context: Context,
    input: &mut dyn Structure,
    signer: Option<Box<dyn SignMessage + Send + Sync>>,
    finish: Finish,
) -> Result<Request<SdkBody>, Error> {
    if context.operation.has_events_in_input() {
        return event_stream::into_request(context, input, signer, finish);
    }
    let in_memory = stream_of(input).is_none_or(|stream| stream.bytes().is_some());
    if in_memory {
        return Ok(request(context, input, finish)?.map(SdkBody::from));
    }
    // The head is that of a request without a body; the stream then takes the body's place.
    let body = stream_of(input).map(std::mem::take).unwrap_or_default().into_inner();
    if finish == Finish::Now && context.operation.is_checksum_required() {
        let what = "a checksum is required, which a stream that isn't in memory doesn't have yet";
        return Err(Error::new(what));
    }
    let mut request = request(context, input, finish)?;
    let headers = request.headers_mut();
    // A length that a member says stays; that of the body which the stream replaces doesn't.
    if headers.get(CONTENT_LENGTH).is_none_or(|length| length == "0") {
        match body.content_length() {
            Some(length) => headers.insert(CONTENT_LENGTH, HeaderValue::from(length)),
            None => headers.remove(CONTENT_LENGTH),
        };
    }
    Ok(request.map(|_| body))
}

/// The member that holds the body as a stream of bytes, if there is one.
fn stream_of(structure: &mut dyn Structure) -> Option<&mut ByteStream> {
    let mut members = structure.schema().members().iter();
    let index = members.position(|member| member.binding() == Binding::Payload)?;
    match structure.member_mut(index).get() {
        Ref::Stream(_) => {}
        _ => return None,
    }
    match structure.member_mut(index).slot() {
        Slot::Stream(stream) => Some(stream),
        _ => None,
    }
}

pub(crate) fn set_idempotency_token(input: &mut dyn Structure, token: impl FnOnce() -> String) {
    let mut members = input.schema().members().iter();
    if let Some(index) = members.position(Member::is_idempotency_token) {
        let value = input.member_mut(index);
        if matches!(value.get(), Ref::Unset)
            && let Slot::String(text) = value.slot()
        {
            *text = token();
        }
    }
}

fn read_output(
    context: Context,
    response: View<'_>,
    output: &mut dyn Structure,
) -> Result<(), Error> {
    let Context { protocol, operation } = context;
    if operation.has_events_in_output() {
        event_stream::read_response(context, response, output)?;
    } else if !output.schema().members().is_empty() {
        // Without members there is nothing that a response could say, whatever its body is.
        protocol.read_output(operation, response, output)?;
    }
    output.set_request_id(response.request_id());
    Ok(())
}

fn stream_response(
    context: Context,
    response: Response<SdkBody>,
    output: &mut dyn Structure,
) -> Result<Result<(), Unhandled>, Box<Response<SdkBody>>> {
    let view = View { status: response.status(), headers: response.headers(), body: &[] };
    let has_events = context.operation.has_events_in_output();
    if context.protocol.is_error(view) || !has_events && stream_of(output).is_none() {
        return Err(Box::new(response));
    }
    let (head, body) = response.into_parts();
    let view = View { status: head.status, headers: &head.headers, body: &[] };
    let read = if has_events {
        output.set_request_id(view.request_id());
        event_stream::stream_response(context, view, body, output)
    } else {
        read_output(context, view, output).map(|()| {
            if let Some(stream) = stream_of(output) {
                *stream = ByteStream::new(body);
            }
        })
    };
    Ok(read.map_err(|error| unreadable(view, error)))
}

fn parse_request(
    context: Context,
    request: RequestView<'_>,
    input: &mut dyn Structure,
) -> Result<(), Error> {
    let Context { protocol, operation } = context;
    let plain = finish::uncompressed(request)?;
    let request = match &plain {
        Some((headers, body)) => RequestView { headers, body, ..request },
        None => request,
    };
    if operation.has_events_in_input() {
        event_stream::parse_request(context, request, input)?;
    } else {
        protocol.parse_request(operation, request, input)?;
    }
    match (operation.modeled_host_prefix(), request.uri.host()) {
        (Some(pattern), Some(host)) => host::read_prefix(pattern, host, input),
        _ => Ok(()),
    }
}

fn write_response(context: Context, output: &dyn Structure) -> Result<Response<Vec<u8>>, Error> {
    let Context { protocol, operation } = context;
    if operation.has_events_in_output() {
        return event_stream::write_response(context, output);
    }
    protocol.write_response(operation, output)
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
fn read_error(
    protocol: &dyn Protocol,
    schema: &OperationSchema,
    response: View<'_>,
    error: &mut dyn OperationError,
) {
    let ErrorHead { metadata, modeled } = match protocol.read_error_head(schema, response) {
        Ok(head) => head,
        Err(cause) => return error.set_unhandled(unreadable(response, cause)),
    };
    let mut meta = with_request_id(response, metadata);
    let mut read = Ok(());
    let mut fill = |structure: &mut dyn ErrorStructure| {
        read = protocol.read_error(schema, response, structure);
        fill_message(structure, meta.message());
        *structure.meta_mut() = std::mem::take(&mut meta);
    };
    let is_modeled = modeled.is_some_and(|index| error.select(index, &mut fill));
    match read {
        Err(cause) => error.set_unhandled(unreadable(response, cause)),
        Ok(()) if !is_modeled => error.set_unhandled(Unhandled::generic(meta)),
        Ok(()) => {}
    }
}

/// Services write `message`, `Message` or `errorMessage` whatever the model says.
pub(crate) fn fill_message(structure: &mut dyn ErrorStructure, message: Option<&str>) {
    let schema = structure.schema();
    let position = schema.position("message").or_else(|| schema.position("Message"));
    let (Some(index), Some(message)) = (position, message) else { return };
    let value = structure.member_mut(index);
    let is_missing = match value.get() {
        Ref::Unset => true,
        Ref::String("") => !may_be_unset(value),
        _ => false,
    };
    if is_missing {
        if let Slot::String(text) = value.slot() {
            message.clone_into(text);
        } else {
            value.unset();
        }
    }
}

/// Whether this empty text is one that came: one that may be unset would be so otherwise.
fn may_be_unset(text: &mut dyn Value) -> bool {
    text.unset();
    let is_optional = matches!(text.get(), Ref::Unset);
    if is_optional {
        text.slot();
    }
    is_optional
}

fn write_error(
    protocol: &dyn Protocol,
    schema: &OperationSchema,
    error: &dyn OperationError,
) -> Result<Response<Vec<u8>>, Error> {
    let AnyError::Modeled(structure) = error.as_any() else {
        return Err(Error::new("only an error that the operation models can be written"));
    };
    let id = structure.schema().id();
    match schema.errors().iter().find(|error| error.schema().id() == id) {
        Some(error) => protocol.write_error(schema, error, structure),
        None => Err(Error::new(format!("{} doesn't model the error {id}", schema.name()))),
    }
}
