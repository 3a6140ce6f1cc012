//! Messages as cases describe them: read by the official SDK's reader, which knows nothing of the runtime's,
//! and compared header by header. It must not know what a message means.

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::case::Event;
use crate::case::MapNames;
use crate::compare::{body, bytes, difference};

/// The bytes of the event that the case has: as they are, or made of its parts.
pub(crate) fn bytes_of(event: &Event) -> Result<Vec<u8>, String> {
    if let Some(bytes) = &event.bytes {
        return decode(bytes);
    }
    let mut headers = Vec::with_capacity(event.headers.len());
    for (name, value) in &event.headers {
        headers.push(Header::new(name.clone(), header_value(value)?));
    }
    let media_type = event.body_media_type.as_deref();
    let payload = bytes(media_type, event.body.as_deref().unwrap_or_default())?;
    let mut written = Vec::new();
    write_message_to(&Message::new_from_parts(headers, payload), &mut written)
        .map_err(|error| format!("the case's event can't be made: {error}"))?;
    Ok(written)
}

/// How the message of these bytes differs from the event.
pub(super) fn differences(event: &Event, found: &[u8], maps: &[MapNames]) -> Vec<String> {
    let mut rest = found;
    let message = match read_message_from(&mut rest) {
        Ok(message) if rest.is_empty() => message,
        Ok(_) => return vec!["there is more than one message".to_owned()],
        Err(error) => return vec![format!("what was written isn't a message: {error}")],
    };
    let find = |name: &str| {
        let header = message.headers().iter().find(|header| header.name().as_str() == name);
        header.map(Header::value)
    };
    let mut failures = Vec::new();
    for (name, expected) in &event.headers {
        match header_value(expected) {
            Ok(expected) if find(name) == Some(&expected) => {}
            Ok(expected) => failures.push(difference(
                &format!("the header `{name}` differs"),
                &format!("{expected:?}"),
                &find(name).map_or("none".to_owned(), |found| format!("{found:?}")),
            )),
            Err(failure) => failures.push(failure),
        }
    }
    for name in event.forbid_headers.iter().filter(|name| find(name).is_some()) {
        failures.push(format!("the header `{name}` must not be there"));
    }
    for name in event.require_headers.iter().filter(|name| find(name).is_none()) {
        failures.push(format!("the header `{name}` is missing"));
    }
    let names: Vec<&str> = message.headers().iter().map(|header| header.name().as_str()).collect();
    if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
        failures.push(format!("the header `{}` is there twice", twice.1));
    }
    if let Some(expected) = &event.body {
        let media_type = event.body_media_type.as_deref();
        failures.extend(body(media_type, expected, message.payload(), maps).err());
    }
    failures
}

fn decode(text: &str) -> Result<Vec<u8>, String> {
    STANDARD.decode(text).map_err(|error| format!("{text:?} isn't base64: {error}"))
}

/// A header's value: one entry, of the name of its type.
fn header_value(value: &std::collections::BTreeMap<String, Value>) -> Result<HeaderValue, String> {
    let wrong = || format!("{value:?} isn't the value of a header");
    let mut entries = value.iter();
    let (Some((of, value)), None) = (entries.next(), entries.next()) else { return Err(wrong()) };
    let integer = || value.as_i64().ok_or_else(wrong);
    let text = || value.as_str().ok_or_else(wrong);
    Ok(match of.as_str() {
        "boolean" => HeaderValue::Bool(value.as_bool().ok_or_else(wrong)?),
        "byte" => HeaderValue::Byte(integer()?.try_into().map_err(|_| wrong())?),
        "short" => HeaderValue::Int16(integer()?.try_into().map_err(|_| wrong())?),
        "integer" => HeaderValue::Int32(integer()?.try_into().map_err(|_| wrong())?),
        "long" => HeaderValue::Int64(integer()?),
        "blob" => HeaderValue::ByteArray(decode(text()?)?.into()),
        "string" => HeaderValue::String(text()?.to_owned().into()),
        "timestamp" => HeaderValue::Timestamp(match value.as_f64() {
            Some(seconds) => DateTime::from_secs_f64(seconds),
            None => DateTime::from_str(text()?, Format::DateTime).map_err(|_| wrong())?,
        }),
        _ => return Err(wrong()),
    })
}
