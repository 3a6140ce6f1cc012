//! Events as JSON documents: a union as an object of one member, be that an event or an error. It must
//! not know how messages look.

use super::{frame, marshal, stream_of, unmarshal};
use crate::codec::json::{self, Scanner, Settings};
use crate::error::Error;
use crate::event_stream::{Blank, Context, EventAnswer, Message};
use crate::schema::Member;
use crate::service_error::AnyError;
use crate::value::{Ref, Slot, Structure};
use unmarshal::Found;

/// What a document stands for that isn't a member's value.
static EVENT: Member = Member::new("event", "event");

/// The bytes of the message that carries the event of this document. `boundary` is the input or output
/// that has the stream.
pub(crate) fn write_event(
    context: Context,
    boundary: &dyn Structure,
    event: &[u8],
    settings: Settings,
) -> Result<Vec<u8>, Error> {
    let mut blank = stream_of(boundary)?.blank();
    let message = match read(event, settings, &mut blank)? {
        Found::Event => match blank.event.get() {
            Ref::Union(event) => marshal::event(context, event)?,
            _ => return Err(not_a_union()),
        },
        Found::Error => marshal::error(context, &*blank.error)?,
    };
    frame::write(&message)
}

/// What the message of these bytes is, as a document.
pub(crate) fn read_event(
    context: Context,
    boundary: &dyn Structure,
    message: &[u8],
    settings: Settings,
) -> Result<EventAnswer, Error> {
    let mut blank = stream_of(boundary)?.blank();
    let message = frame::read_one(message)?;
    let found = match blank.event.slot() {
        Slot::Union(event) => unmarshal::message(context, &message, event, &mut *blank.error)?,
        _ => return Err(not_a_union()),
    };
    answer(found, &blank, &message, settings)
}

/// A document of an event as it looks once it has been read.
pub(crate) fn normal_event(
    boundary: &dyn Structure,
    event: &[u8],
    settings: Settings,
) -> Result<Vec<u8>, Error> {
    let mut blank = stream_of(boundary)?.blank();
    match read(event, settings, &mut blank)? {
        Found::Event => json::write_value(&EVENT, blank.event.get(), settings),
        Found::Error => match blank.error.as_any() {
            AnyError::Modeled(error) => json::write(error, settings),
            AnyError::Unhandled(error) => Err(Error::new(error.source().to_string())),
        },
    }
}

/// Reads a document: an object whose key says whether it is an event or an error.
fn read(document: &[u8], settings: Settings, blank: &mut Blank) -> Result<Found, Error> {
    let mut scanner = Scanner::from_utf8(document)?;
    let mut first = true;
    scanner.open_object()?;
    while scanner.next_entry(&mut first)? {
        let key = scanner.key()?;
        let members = blank.error.members();
        let found = members.iter().enumerate().find(|(_, member)| member.name == key);
        let Some((index, member)) = found else {
            scanner.skip()?;
            continue;
        };
        scanner.peek();
        let start = scanner.offset();
        scanner.skip()?;
        let value = document.get(start..scanner.offset()).unwrap_or_default();
        let mut read = Ok(());
        if !blank.error.select(index, &mut |error| read = json::read(value, settings, error)) {
            return Err(Error::new(format!("the stream's error enum lacks `{key}`")));
        }
        return read.map(|()| Found::Error).map_err(|error| error.in_member(member.name));
    }
    json::read_value(document, settings, &EVENT, &mut *blank.event)?;
    Ok(Found::Event)
}

fn answer(
    found: Found,
    blank: &Blank,
    message: &Message,
    settings: Settings,
) -> Result<EventAnswer, Error> {
    if found == Found::Event {
        let is_unknown =
            matches!(blank.event.get(), Ref::Union(event) if event.variant().is_none());
        if is_unknown {
            let name = unmarshal::event_type(message).unwrap_or_default();
            return Ok(EventAnswer::Unknown(name.to_owned()));
        }
        return json::write_value(&EVENT, blank.event.get(), settings).map(EventAnswer::Event);
    }
    match blank.error.as_any() {
        AnyError::Modeled(error) => Ok(EventAnswer::Error {
            id: error.schema().id(),
            meta: error.meta().clone(),
            document: json::write(error, settings)?,
        }),
        AnyError::Unhandled(error) => {
            let meta = error.meta();
            let text = meta.message().map_or_else(|| error.source().to_string(), str::to_owned);
            Ok(EventAnswer::Unhandled(meta.code().map(str::to_owned), text))
        }
    }
}

#[cold]
fn not_a_union() -> Error {
    Error::new("the events of a stream are of a type that isn't a union")
}
