//! Messages → events and errors: see
//! [Amazon event semantics](https://smithy.io/2.0/aws/amazon-eventstream.html#amazon-event-semantics).
//! Messages may come from anyone. It must not know how bytes become messages.

use aws_smithy_types::Blob;
use aws_smithy_types::error::ErrorMetadata;

use super::{header, kind, name};
use crate::codec::{Codec, Part};
use crate::error::Error;
use crate::event_stream::{Context, EventStreamError, Message};
use crate::operation::fill_message;
use crate::schema::{Member, Payload, Schema};
use crate::service_error::ErrorStructure;
use crate::unknown::Unhandled;
use crate::value::{Slot, Structure, Union, Value, correct};

/// Which of the two places a message was read into.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Found {
    Event,
    Error,
}

/// Reads a message: an event into `event`, anything else into `error`. An event that the union doesn't
/// have makes it its `Unknown` variant.
pub(super) fn message(
    context: Context,
    message: &Message,
    event: &mut dyn Union,
    error: &mut dyn EventStreamError,
) -> Result<Found, Error> {
    match needed(message, name::MESSAGE_TYPE)? {
        kind::EVENT => {
            let name = needed(message, name::EVENT_TYPE)?;
            self::event(context, message, name, event)?;
            Ok(Found::Event)
        }
        kind::EXCEPTION => {
            let name = needed(message, name::EXCEPTION_TYPE)?;
            exception(context, message, name, error)?;
            Ok(Found::Error)
        }
        kind::ERROR => {
            let mut meta = ErrorMetadata::builder();
            if let Some(code) = header::text(message, name::ERROR_CODE)? {
                meta = meta.code(code);
            }
            if let Some(text) = header::text(message, name::ERROR_MESSAGE)? {
                meta = meta.message(text);
            }
            error.set_unhandled(Unhandled::generic(meta.build()));
            Ok(Found::Error)
        }
        other => {
            let other: String = other.chars().take(64).collect();
            Err(Error::new(format!(
                "expected the header `:message-type` to be `event`, `exception` or `error`, found {other:?}"
            )))
        }
    }
}

/// The name of the event that the message is, if it is one.
pub(super) fn event_type(message: &Message) -> Option<&str> {
    let text = |name| header::text(message, name).ok().flatten();
    text(name::EVENT_TYPE).filter(|_| text(name::MESSAGE_TYPE) == Some(kind::EVENT))
}

/// The text of a header that every message of its kind has.
fn needed<'a>(message: &'a Message, name: &str) -> Result<&'a str, Error> {
    header::text(message, name)?
        .ok_or_else(|| Error::new(format!("the message lacks the header `{name}`")))
}

fn event(
    context: Context,
    message: &Message,
    name: &str,
    event: &mut dyn Union,
) -> Result<(), Error> {
    let schema = event.schema();
    let Some((index, member)) =
        schema.position(name).and_then(|index| Some((index, schema.members().get(index)?)))
    else {
        // There is no such variant, which makes it the unknown one.
        event.select(usize::MAX);
        return Ok(());
    };
    let read = match event.select(index).map(Value::slot) {
        Some(Slot::Structure(structure)) => self::structure(context, message, structure),
        _ => Err(Error::new("only a structure can be an event")),
    };
    read.map_err(|error| error.in_member(member.name()))
}

fn exception(
    context: Context,
    message: &Message,
    name: &str,
    error: &mut dyn EventStreamError,
) -> Result<(), Error> {
    let (codec, payload) = (context.protocol.codec(), &message.payload()[..]);
    let code = Said::read(codec, payload, &["__type", "code"]);
    let text = Said::read(codec, payload, &["message", "Message"]);
    let found = error.members().iter().enumerate().find(|(_, member)| member.name == name);
    let mut read = Ok(());
    let mut fill = |place: &mut dyn ErrorStructure| {
        read = structure(context, message, place);
        fill_message(place, text.as_deref());
        *place.meta_mut() = metadata(code.as_deref(), text.clone());
    };
    if let Some((index, member)) = found
        && error.select(index, &mut fill)
    {
        return read.map_err(|error| error.in_member(member.name));
    }
    let meta = metadata(Some(code.as_deref().unwrap_or(name)), text);
    error.set_unhandled(Unhandled::generic(meta));
    Ok(())
}

fn metadata(code: Option<&str>, message: Option<String>) -> ErrorMetadata {
    let mut meta = ErrorMetadata::builder();
    if let Some(code) = code {
        meta = meta.code(shape_name(code));
    }
    if let Some(message) = message {
        meta = meta.message(message);
    }
    meta.build()
}

/// The name in an absolute shape ID.
fn shape_name(code: &str) -> &str {
    code.split_once('#').map_or(code, |(_, name)| name)
}

/// Reads headers and payload into the members of a structure, and fills in `@required` ones that the
/// message lacks.
fn structure(
    context: Context,
    message: &Message,
    structure: &mut dyn Structure,
) -> Result<(), Error> {
    let codec = context.protocol.codec();
    let (mut is_explicit, mut has_document) = (false, false);
    for (index, member) in structure.schema().members().iter().enumerate() {
        if !member.is_event_bound() {
            has_document = true;
        } else if member.is_event_payload() {
            is_explicit = true;
            payload(codec, message, member, structure.member_mut(index))
                .map_err(|error| error.in_member(member.name()))?;
        } else if let Some(value) = header::find(message, member.name()) {
            header::read(value, structure.member_mut(index).slot())
                .map_err(|error| error.in_member(member.name()))?;
        }
    }
    if has_document && !is_explicit {
        return codec.read(message.payload(), Part::Event, structure);
    }
    correct(structure);
    Ok(())
}

/// Reads the payload into the member that is it.
fn payload(
    codec: &dyn Codec,
    message: &Message,
    member: &'static Member,
    value: &mut dyn Value,
) -> Result<(), Error> {
    let payload = message.payload();
    if !matches!(member.payload(), Some(Payload::Blob | Payload::String)) {
        // No bytes are no document, and so no value.
        return if payload.is_empty() {
            Ok(())
        } else {
            codec.read_payload(payload, member, value)
        };
    }
    let text = || {
        std::str::from_utf8(payload).map_err(|error| {
            Error::new("the payload isn't UTF-8").at(error.valid_up_to()).caused_by(error)
        })
    };
    match value.slot() {
        Slot::Blob(blob) => *blob = Blob::from_maybe_shared(payload.clone()),
        Slot::String(string) => text()?.clone_into(string),
        Slot::Enum(value) => value.set(text()?),
        _ => return Err(Error::new("a value of this type can't be the payload of an event")),
    }
    Ok(())
}

/// A member that errors have in all services: read by the codec like any other, whatever else the
/// payload holds.
struct Said {
    schema: &'static Schema,
    text: Option<String>,
}

impl Said {
    /// The text of the first of these members that the payload has.
    fn read(codec: &dyn Codec, payload: &[u8], names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let schema = SAID.iter().find(|schema| schema.position(name).is_some())?;
            let mut said = Self { schema, text: None };
            codec.read(payload, Part::Whole, &mut said).ok()?;
            said.text
        })
    }
}

macro_rules! said {
    ($($name:literal),*) => {
        [$(Schema::new("tinsmith#Said", "Said", &[Member::new($name, $name).optional()])),*]
    };
}

static SAID: [Schema; 4] = said!["__type", "code", "message", "Message"];

impl Structure for Said {
    fn schema(&self) -> &'static Schema {
        self.schema
    }
    fn member(&self, _index: usize) -> &dyn Value {
        &self.text
    }
    fn member_mut(&mut self, _index: usize) -> &mut dyn Value {
        &mut self.text
    }
}
