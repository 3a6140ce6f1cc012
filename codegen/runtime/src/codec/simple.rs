//! Text as the values of simple shapes, as XML and forms hold it. It must not know what lies around
//! the text. See [simple types in XML](https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings),
//! which the query protocols go by too.

use std::borrow::Cow;
use std::str::FromStr;

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime, base64};

use crate::codec;
use crate::error::Error;
use crate::schema::Member;
use crate::value::Slot;

/// The format of a timestamp that has no `@timestampFormat`.
pub(super) const TIMESTAMPS: Format = Format::DateTime;

/// Reads the text into the slot of a simple shape. White space around it counts in strings and
/// string enums only.
#[inline]
pub(super) fn read(
    text: Cow<'_, str>,
    member: &'static Member,
    slot: Slot<'_>,
) -> Result<(), Error> {
    match slot {
        Slot::String(value) => *value = text.into_owned(),
        Slot::Enum(value) => value.set(&text),
        other => return read_trimmed(text.trim_ascii(), member, other),
    }
    Ok(())
}

fn read_trimmed(text: &str, member: &'static Member, slot: Slot<'_>) -> Result<(), Error> {
    match slot {
        Slot::Boolean(value) => *value = boolean(text)?,
        Slot::Byte(value) => *value = whole(text)?,
        Slot::Short(value) => *value = whole(text)?,
        Slot::Integer(value) => *value = whole(text)?,
        Slot::Long(value) => *value = whole(text)?,
        Slot::Float(value) => *value = float(text)?,
        Slot::Double(value) => *value = float(text)?,
        Slot::BigInteger(value) => {
            *value =
                text.parse().map_err(|error| wrong(text, "a whole number").caused_by(error))?;
        }
        Slot::BigDecimal(value) => {
            *value = text.parse().map_err(|error| wrong(text, "a number").caused_by(error))?;
        }
        Slot::Blob(value) => *value = Blob::new(bytes(text)?),
        Slot::Stream(value) => *value = ByteStream::from(bytes(text)?),
        Slot::Timestamp(value) => {
            *value = timestamp(text, member.timestamp_format().unwrap_or(TIMESTAMPS))?;
        }
        Slot::Document(_) => return Err(Error::new("text can't hold a document")),
        Slot::EventStream(_) => return Err(super::event_stream_in_a_document()),
        Slot::String(_) | Slot::Enum(_) => return Err(wrong(text, "a value of another type")),
        Slot::List(_) | Slot::Map(_) | Slot::Structure(_) | Slot::Union(_) => {
            return Err(wrong(text, "a value with members"));
        }
    }
    Ok(())
}

#[cold]
fn wrong(text: &str, expected: &str) -> Error {
    if text.is_empty() {
        return Error::new(format!("expected {expected}, found no text"));
    }
    let found: String = text.chars().take(64).collect();
    Error::new(format!("expected {expected}, found `{found}`"))
}

fn boolean(text: &str) -> Result<bool, Error> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(wrong(text, "`true` or `false`")),
    }
}

fn whole<T: FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| wrong(text, "a whole number in the range of the member's type"))
}

/// A number, or one of the words for what isn't one.
fn float<T: FromStr + Copy + Into<f64>>(text: &str) -> Result<T, Error> {
    match text.parse::<T>() {
        Ok(value) if codec::is_float_text(text, value.into()) => Ok(value),
        _ => Err(wrong(text, "a number in the range of the member's type")),
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, Error> {
    base64::decode(text).map_err(|error| Error::new("not valid base64").caused_by(error))
}

fn timestamp(text: &str, format: Format) -> Result<DateTime, Error> {
    let format = match format {
        // Clients accept any offset from UTC.
        Format::DateTime => Format::DateTimeWithOffset,
        format => format,
    };
    DateTime::from_str(text, format)
        .map_err(|error| wrong(text, "a timestamp of the member's format").caused_by(error))
}
