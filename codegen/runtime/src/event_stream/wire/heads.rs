//! How the head of an HTTP message and a stream of events come together, and where the
//! [initial message](https://smithy.io/2.0/spec/streaming.html#initial-messages) goes: the protocol
//! makes a message without a stream, whose body, in protocols without HTTP bindings, is the payload of
//! the stream's first message. It must not know how events look.

use aws_smithy_types::body::SdkBody;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Request, Response};

use super::{body, frame, kind, name, stream_in, unmarshal};
use crate::codec::Part;
use crate::error::Error;
use crate::event_stream::{
    Context, EventStream, Header, HeaderValue as Value, Initial, MEDIA_TYPE, Message, SignMessage,
};
use crate::finish::{self, Finish};
use crate::operation::{RequestView, View};
use crate::value::{Ref, Structure};

/// The type of the first message of a request's stream.
const INITIAL_REQUEST: &str = "initial-request";
/// The type of the first message of a response's stream.
const INITIAL_RESPONSE: &str = "initial-response";

/// The request up to where the caller's events begin.
pub(crate) fn request(
    context: Context,
    input: &dyn Structure,
    finish: Finish,
) -> Result<Request<Vec<u8>>, Error> {
    if !context.operation.has_events_in_input() {
        let mut request = without_events(context, input)?;
        finish::request(context.operation, &mut request, finish)?;
        return Ok(request);
    }
    let (request, initial) = head(context, input, finish)?;
    let bytes = initial.map(|initial| frame::write(&initial)).transpose()?.unwrap_or_default();
    Ok(request.map(|()| bytes))
}

/// The request with the caller's events.
pub(crate) fn into_request(
    context: Context,
    input: &mut dyn Structure,
    signer: Option<Box<dyn SignMessage + Send + Sync>>,
    finish: Finish,
) -> Result<Request<SdkBody>, Error> {
    let (request, initial) = head(context, input, finish)?;
    let Some(source) = stream_in(input)?.take() else {
        return Err(Error::new("the stream of events of an input only receives"));
    };
    Ok(request.map(|()| body::body(context, initial, source, signer)))
}

/// What the protocol makes of an input, if a stream were not there.
fn without_events(context: Context, input: &dyn Structure) -> Result<Request<Vec<u8>>, Error> {
    let mut request = context.protocol.request(context.operation, input)?;
    let headers = request.headers_mut();
    if context.operation.has_events_in_output() && headers.contains_key(ACCEPT) {
        headers.insert(ACCEPT, HeaderValue::from_static(MEDIA_TYPE));
    }
    Ok(request)
}

/// The head of a request with a stream as its body, and the stream's first message if the protocol and
/// the input need one.
fn head(
    context: Context,
    input: &dyn Structure,
    finish: Finish,
) -> Result<(Request<()>, Option<Message>), Error> {
    if context.operation.is_checksum_required() {
        let what = "a checksum is required, which a stream of events doesn't have yet";
        return Err(Error::new(what));
    }
    let mut request = without_events(context, input)?;
    streams(request.headers_mut());
    finish::common_headers(context.operation, request.headers_mut(), finish);
    let (parts, body) = request.into_parts();
    let has_more = input.schema().members().len() > 1;
    let is_needed = has_more && context.protocol.initial_messages_in_stream();
    let initial = is_needed.then(|| initial(context, INITIAL_REQUEST, body));
    Ok((Request::from_parts(parts, ()), initial))
}

/// Says that the body is a stream, which has no length.
fn streams(headers: &mut HeaderMap) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.remove(CONTENT_LENGTH);
}

/// The message that holds the members beside the stream.
fn initial(context: Context, event_type: &'static str, payload: Vec<u8>) -> Message {
    let header =
        |name: &'static str, value: &'static str| Header::new(name, Value::String(value.into()));
    let headers = vec![
        header(name::MESSAGE_TYPE, kind::EVENT),
        header(name::EVENT_TYPE, event_type),
        header(name::CONTENT_TYPE, context.protocol.codec().media_type()),
    ];
    Message::new_from_parts(headers, payload)
}

/// The payload of the initial message, if the protocol has one and it is there, and the bytes after it.
fn split<'a>(
    context: Context,
    event_type: &str,
    bytes: &'a [u8],
) -> Result<(Option<Message>, &'a [u8]), Error> {
    if !context.protocol.initial_messages_in_stream() || bytes.is_empty() {
        return Ok((None, bytes));
    }
    let (first, length) = frame::read_first(bytes)?;
    if unmarshal::event_type(&first) == Some(event_type) {
        let rest = bytes.get(length..).unwrap_or_default();
        return Ok((Some(first), rest));
    }
    Ok((None, bytes))
}

fn payload(message: &Option<Message>) -> &[u8] {
    message.as_ref().map_or(&[], |message| message.payload())
}

/// Whether the message is the initial one of a response, by a protocol that has one.
pub(super) fn is_initial_response(context: Context, message: &Message) -> bool {
    context.protocol.initial_messages_in_stream()
        && unmarshal::event_type(message) == Some(INITIAL_RESPONSE)
}

/// Reads what [`request`] and [`into_request`] made.
pub(crate) fn parse_request(
    context: Context,
    request: RequestView<'_>,
    input: &mut dyn Structure,
) -> Result<(), Error> {
    let (initial, events) = split(context, INITIAL_REQUEST, request.body)?;
    let view = RequestView { body: payload(&initial), ..request };
    context.protocol.parse_request(context.operation, view, input)?;
    for (index, member) in input.schema().members().iter().enumerate() {
        if member.is_required() && matches!(input.member(index).get(), Ref::Unset) {
            let what = "the initial request lacks this member, which is required";
            return Err(Error::new(what).in_member(member.name()));
        }
    }
    stream_in(input)?.fill(context, SdkBody::from(events))
}

/// Reads a response whose body is there.
pub(crate) fn read_response(
    context: Context,
    response: View<'_>,
    output: &mut dyn Structure,
) -> Result<(), Error> {
    let (initial, events) = split(context, INITIAL_RESPONSE, response.body)?;
    let view = View { body: payload(&initial), ..response };
    context.protocol.read_output(context.operation, view, output)?;
    stream_in(output)?.fill(context, SdkBody::from(events))
}

/// Reads the head of a response, whose body is still to come.
pub(crate) fn stream_response(
    context: Context,
    head: View<'_>,
    body: SdkBody,
    output: &mut dyn Structure,
) -> Result<(), Error> {
    if let Some(bytes) = body.bytes() {
        return read_response(context, View { body: bytes, ..head }, output);
    }
    context.protocol.read_output(context.operation, head, output)?;
    stream_in(output)?.fill(context, body)
}

/// Waits for the initial response, and reads it into the output.
pub(crate) async fn initial_response<O: Structure>(
    context: Context,
    output: &mut O,
) -> Result<(), Error> {
    if !context.operation.has_events_in_output() || !context.protocol.initial_messages_in_stream() {
        return Ok(());
    }
    let receiving = receive(output)?;
    match receiving.await? {
        Some(initial) => context.protocol.codec().read(initial.payload(), Part::Whole, output),
        None => Ok(()),
    }
}

/// A function of its own, so that nothing but what it gives is kept while that waits.
fn receive(output: &mut dyn Structure) -> Result<Initial<'_>, Error> {
    stream_in(output).map(EventStream::initial_response)
}

/// The response up to where the service's events begin.
pub(crate) fn write_response(
    context: Context,
    output: &dyn Structure,
) -> Result<Response<Vec<u8>>, Error> {
    let mut response = context.protocol.write_response(context.operation, output)?;
    streams(response.headers_mut());
    let (parts, body) = response.into_parts();
    let bytes = if context.protocol.initial_messages_in_stream() {
        frame::write(&initial(context, INITIAL_RESPONSE, body))?
    } else {
        Vec::new()
    };
    Ok(Response::from_parts(parts, bytes))
}
