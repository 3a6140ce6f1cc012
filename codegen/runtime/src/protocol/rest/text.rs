//! Simple values as text, as they stand in a URI or a header. It must not know where in either: what
//! is escaped, quoted or repeated is the business of its callers.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::primitive::Parse;
use aws_smithy_types::{Blob, DateTime, base64};

use crate::codec;
use crate::error::Error;
use crate::schema::Member;
use crate::value::{Ref, Slot};

/// Where text stands, which decides how timestamps look and whether bare text is safe there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    /// A label or the query of a URI.
    Uri,
    /// A header.
    Header,
}

impl Place {
    /// The format of timestamps: that of `@timestampFormat`, or the place's own.
    pub(super) fn timestamps(self, member: &Member) -> Format {
        member.timestamp_format().unwrap_or(match self {
            Self::Uri => Format::DateTimeWithOffset,
            Self::Header => Format::HttpDate,
        })
    }

    /// Whether a string of this member is base64: one that has a `@mediaType`, such as JSON, in a
    /// header.
    fn is_encoded(self, member: &Member) -> bool {
        self == Self::Header && member.media_type().is_some()
    }
}

/// The text of a simple value, from `scratch` unless the value holds it already.
///
/// # Errors
/// If the value isn't a simple one, or isn't set, or is a timestamp without a text.
pub(super) fn write<'a>(
    value: Ref<'a>,
    member: &Member,
    place: Place,
    scratch: &'a mut String,
) -> Result<&'a str, Error> {
    scratch.clear();
    match value {
        Ref::String(text) if place.is_encoded(member) => scratch.push_str(&base64::encode(text)),
        Ref::String(text) => return Ok(text),
        Ref::Enum(value) => return Ok(value.as_str()),
        Ref::BigInteger(value) => return Ok(value.as_ref()),
        Ref::BigDecimal(value) => return Ok(value.as_ref()),
        Ref::Boolean(value) => return Ok(if value { "true" } else { "false" }),
        Ref::Byte(value) => scratch.push_str(itoa::Buffer::new().format(value)),
        Ref::Short(value) => scratch.push_str(itoa::Buffer::new().format(value)),
        Ref::Integer(value) => scratch.push_str(itoa::Buffer::new().format(value)),
        Ref::Long(value) => scratch.push_str(itoa::Buffer::new().format(value)),
        Ref::Float(value) => {
            scratch.push_str(codec::float_text(value, &mut ryu::Buffer::new()));
        }
        Ref::Double(value) => {
            scratch.push_str(codec::float_text(value, &mut ryu::Buffer::new()));
        }
        Ref::Blob(value) => scratch.push_str(&base64::encode(value)),
        Ref::Timestamp(value) => {
            scratch.push_str(&codec::format_timestamp(value, place.timestamps(member))?);
        }
        Ref::Unset => return Err(Error::new("a value that isn't set has no text")),
        _ => return Err(Error::new("only a simple value can be text in a URI or a header")),
    }
    Ok(scratch)
}

/// Reads what [`write`] wrote.
///
/// # Errors
/// If the text isn't one of the slot's type, or the type isn't a simple one.
pub(super) fn read(text: &str, member: &Member, place: Place, slot: Slot<'_>) -> Result<(), Error> {
    match slot {
        Slot::Boolean(value) => *value = primitive(text, "`true` or `false`")?,
        Slot::Byte(value) => *value = primitive(text, WHOLE)?,
        Slot::Short(value) => *value = primitive(text, WHOLE)?,
        Slot::Integer(value) => *value = primitive(text, WHOLE)?,
        Slot::Long(value) => *value = primitive(text, WHOLE)?,
        Slot::Float(value) => *value = float(text)?,
        Slot::Double(value) => *value = float(text)?,
        Slot::BigInteger(value) => {
            *value = text
                .parse()
                .map_err(|error| Error::new("expected a whole number").caused_by(error))?;
        }
        Slot::BigDecimal(value) => {
            *value =
                text.parse().map_err(|error| Error::new("expected a number").caused_by(error))?;
        }
        Slot::String(value) if place.is_encoded(member) => {
            *value = String::from_utf8(decode(text)?)
                .map_err(|error| Error::new("not base64 of UTF-8").caused_by(error))?;
        }
        Slot::String(value) => text.clone_into(value),
        Slot::Enum(value) => value.set(text),
        Slot::Blob(value) => *value = Blob::new(decode(text)?),
        Slot::Timestamp(value) => {
            *value = DateTime::from_str(text, place.timestamps(member)).map_err(timestamp_error)?;
        }
        _ => return Err(Error::new("only a simple value can be read from a URI or a header")),
    }
    Ok(())
}

pub(super) fn timestamp_error(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new("not a timestamp of the expected format").caused_by(cause)
}

const WHOLE: &str = "a whole number in the range of the member's type";
const NUMBER: &str = "a number, `NaN`, `Infinity` or `-Infinity`";

fn primitive<T: Parse>(text: &str, expected: &str) -> Result<T, Error> {
    T::parse_smithy_primitive(text)
        .map_err(|error| Error::new(format!("expected {expected}")).caused_by(error))
}

/// A float: one that digits stand for, or a word for one.
fn float<T: Parse + Copy + Into<f64>>(text: &str) -> Result<T, Error> {
    let value: T = primitive(text, NUMBER)?;
    let is_written = codec::is_float_text(text, value.into());
    if is_written { Ok(value) } else { Err(Error::new(format!("expected {NUMBER}"))) }
}

fn decode(text: &str) -> Result<Vec<u8>, Error> {
    base64::decode(text).map_err(|error| Error::new("not valid base64").caused_by(error))
}
