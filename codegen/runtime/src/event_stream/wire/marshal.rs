//! Events and errors → messages: see
//! [Amazon event semantics](https://smithy.io/2.0/aws/amazon-eventstream.html#amazon-event-semantics).
//! It must not know how messages become bytes.

use bytes::Bytes;

use super::header::{self, MAX_LENGTH};
use super::{kind, name};
use crate::codec::{self, Codec, Part};
use crate::error::Error;
use crate::event_stream::{Context, EventStreamError, Header, HeaderValue, Message, StrBytes};
use crate::schema::{Member, Payload};
use crate::service_error::AnyError;
use crate::unknown::Unhandled;
use crate::value::{Ref, Structure, Union};

const BYTES: &str = "application/octet-stream";
const TEXT: &str = "text/plain";

/// The message that carries an event.
pub(super) fn event(context: Context, event: &dyn Union) -> Result<Message, Error> {
    let (member, value) = codec::variant(event)?;
    let headers =
        vec![string(name::MESSAGE_TYPE, kind::EVENT), string(name::EVENT_TYPE, member.name())];
    match value {
        Ref::Structure(structure) => {
            of(context, structure, headers).map_err(|error| error.in_member(member.name()))
        }
        _ => Err(Error::new("only a structure can be an event").in_member(member.name())),
    }
}

/// The message that carries an error in the place of an event.
pub(super) fn error(context: Context, error: &dyn EventStreamError) -> Result<Message, Error> {
    let structure = match error.as_any() {
        AnyError::Modeled(structure) => structure,
        AnyError::Unhandled(unhandled) => return Ok(unmodeled(unhandled)),
    };
    let id = structure.schema().id();
    let Some(member) = error.members().iter().find(|member| member.schema.id() == id) else {
        return Err(Error::new(format!("the stream doesn't have the error {id}")));
    };
    let headers = vec![
        string(name::MESSAGE_TYPE, kind::EXCEPTION),
        string(name::EXCEPTION_TYPE, member.name),
    ];
    of(context, structure, headers).map_err(|error| error.in_member(member.name))
}

/// The message of an error that the stream doesn't model. Only its metadata is told: a cause may say
/// more than the other side is meant to know.
fn unmodeled(unhandled: &Unhandled) -> Message {
    let meta = unhandled.meta();
    let headers = vec![
        string(name::MESSAGE_TYPE, kind::ERROR),
        copied(name::ERROR_CODE, meta.code().unwrap_or("UnhandledError")),
        copied(name::ERROR_MESSAGE, meta.message().unwrap_or("unhandled error")),
    ];
    Message::new_from_parts(headers, Bytes::new())
}

fn string(name: &'static str, value: &'static str) -> Header {
    Header::new(name, HeaderValue::String(value.into()))
}

/// A header with as much of the text as fits.
fn copied(name: &'static str, value: &str) -> Header {
    let text = &value[..value.floor_char_boundary(MAX_LENGTH)];
    Header::new(name, HeaderValue::String(StrBytes::copy_from_str(text)))
}

/// The message with the structure's members as headers and payload, after these headers.
fn of(
    context: Context,
    structure: &dyn Structure,
    mut headers: Vec<Header>,
) -> Result<Message, Error> {
    let members = structure.schema().members();
    // A structure without members is an empty document, as the official SDK has it.
    let (mut explicit, mut has_document) = (None, members.is_empty());
    for (index, member) in members.iter().enumerate() {
        match member.is_event_bound() {
            true if member.is_event_payload() => explicit = Some((index, member)),
            true => {}
            false => has_document = true,
        }
    }
    let codec = context.protocol.codec();
    let payload = match explicit {
        Some((index, member)) => {
            let (media_type, payload) = payload(context, member, structure.member(index).get())
                .map_err(|error| error.in_member(member.name()))?;
            headers.extend(media_type.map(|media_type| string(name::CONTENT_TYPE, media_type)));
            payload
        }
        None if has_document => {
            headers.push(string(name::CONTENT_TYPE, codec.media_type()));
            let namespace = context.operation.service().modeled_xml_namespace();
            codec.write(structure, Part::Event, namespace)?.into()
        }
        None => Bytes::new(),
    };
    for (index, member) in members.iter().enumerate().filter(|(_, m)| m.is_event_header()) {
        let value = header::write(structure.member(index).get())
            .map_err(|error| error.in_member(member.name()))?;
        headers.extend(value.map(|value| Header::new(member.name(), value)));
    }
    Ok(Message::new_from_parts(headers, payload))
}

/// The bytes of a member with
/// [`@eventPayload`](https://smithy.io/2.0/spec/streaming.html#eventpayload-trait), and their media
/// type. One that isn't set has no bytes, but the type of those that it would have.
fn payload(
    context: Context,
    member: &'static Member,
    value: Ref<'_>,
) -> Result<(Option<&'static str>, Bytes), Error> {
    let codec: &dyn Codec = context.protocol.codec();
    let (media_type, payload) = match value {
        Ref::Unset => {
            let media_type = member.payload().map(|payload| match payload {
                Payload::Blob => BYTES,
                Payload::String => TEXT,
                Payload::Structure | Payload::Document => codec.media_type(),
            });
            return Ok((media_type, Bytes::new()));
        }
        Ref::Blob(value) => (BYTES, value.clone().into_bytes()),
        Ref::String(value) => (TEXT, Bytes::copy_from_slice(value.as_bytes())),
        Ref::Enum(value) => (TEXT, Bytes::copy_from_slice(value.as_str().as_bytes())),
        value => {
            let namespace = context.operation.service().modeled_xml_namespace();
            (codec.media_type(), codec.write_payload(member, value, namespace)?.into())
        }
    };
    Ok((Some(media_type), payload))
}
