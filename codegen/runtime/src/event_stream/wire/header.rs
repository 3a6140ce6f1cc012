//! Values of an event's headers: see the
//! [headers format](https://smithy.io/2.0/aws/amazon-eventstream.html#headers-format). It must not know
//! what a header means.

use aws_smithy_types::Blob;

use crate::error::Error;
use crate::event_stream::{HeaderValue, Message, StrBytes};
use crate::value::{Ref, Slot};

/// The longest string or blob that a header can hold, in bytes.
pub(super) const MAX_LENGTH: usize = 32_767;

/// The value as a header, if it is set.
pub(super) fn write(value: Ref<'_>) -> Result<Option<HeaderValue>, Error> {
    Ok(Some(match value {
        Ref::Unset => return Ok(None),
        Ref::Boolean(value) => HeaderValue::Bool(value),
        Ref::Byte(value) => HeaderValue::Byte(value),
        Ref::Short(value) => HeaderValue::Int16(value),
        Ref::Integer(value) => HeaderValue::Int32(value),
        Ref::Long(value) => HeaderValue::Int64(value),
        Ref::String(value) => string(value)?,
        Ref::Enum(value) => string(value.as_str())?,
        Ref::Blob(value) => {
            fits(value.as_ref().len())?;
            HeaderValue::ByteArray(value.clone().into_bytes())
        }
        Ref::Timestamp(value) => match value.to_millis() {
            Ok(_) => HeaderValue::Timestamp(*value),
            Err(error) => {
                let what = "a header holds milliseconds, of which this timestamp has too many";
                return Err(Error::new(what).caused_by(error));
            }
        },
        _ => {
            let what = "only booleans, whole numbers up to `long`, strings, blobs and timestamps \
                        can be headers of an event";
            return Err(Error::new(what));
        }
    }))
}

fn string(text: &str) -> Result<HeaderValue, Error> {
    fits(text.len())?;
    Ok(HeaderValue::String(StrBytes::copy_from_str(text)))
}

fn fits(length: usize) -> Result<(), Error> {
    if length <= MAX_LENGTH {
        return Ok(());
    }
    Err(Error::new(format!(
        "a header of an event holds {MAX_LENGTH} bytes at most, this value has {length}"
    )))
}

/// Reads what [`write`] wrote.
pub(super) fn read(header: &HeaderValue, slot: Slot<'_>) -> Result<(), Error> {
    let expected = match (slot, header) {
        (Slot::Boolean(value), HeaderValue::Bool(header)) => return set(value, *header),
        (Slot::Byte(value), HeaderValue::Byte(header)) => return set(value, *header),
        (Slot::Short(value), HeaderValue::Int16(header)) => return set(value, *header),
        (Slot::Integer(value), HeaderValue::Int32(header)) => return set(value, *header),
        (Slot::Long(value), HeaderValue::Int64(header)) => return set(value, *header),
        (Slot::Timestamp(value), HeaderValue::Timestamp(header)) => return set(value, *header),
        (Slot::String(value), HeaderValue::String(header)) => {
            return set(value, header.as_str().to_owned());
        }
        (Slot::Enum(value), HeaderValue::String(header)) => {
            value.set(header.as_str());
            return Ok(());
        }
        (Slot::Blob(value), HeaderValue::ByteArray(header)) => {
            return set(value, Blob::from_maybe_shared(header.clone()));
        }
        (Slot::Boolean(_), _) => "a boolean",
        (Slot::Byte(_), _) => "a byte",
        (Slot::Short(_), _) => "a short",
        (Slot::Integer(_), _) => "an integer",
        (Slot::Long(_), _) => "a long",
        (Slot::Timestamp(_), _) => "a timestamp",
        (Slot::String(_) | Slot::Enum(_), _) => "a string",
        (Slot::Blob(_), _) => "a blob",
        _ => return Err(Error::new("a value of this type can't be the header of an event")),
    };
    Err(Error::new(format!("expected the header to be {expected}, found {}", what(header))))
}

#[expect(clippy::unnecessary_wraps, reason = "it ends an arm that may fail")]
fn set<T>(place: &mut T, value: T) -> Result<(), Error> {
    *place = value;
    Ok(())
}

/// The first header of this name.
pub(super) fn find<'a>(message: &'a Message, name: &str) -> Option<&'a HeaderValue> {
    let mut headers = message.headers().iter();
    headers.find(|header| header.name().as_str() == name).map(|header| header.value())
}

/// The text of the header of this name, if there is one.
pub(super) fn text<'a>(message: &'a Message, name: &str) -> Result<Option<&'a str>, Error> {
    match find(message, name) {
        None => Ok(None),
        Some(HeaderValue::String(text)) => Ok(Some(text.as_str())),
        Some(other) => Err(Error::new(format!(
            "expected the header `{name}` to be a string, found {}",
            what(other)
        ))),
    }
}

/// What a header holds.
fn what(header: &HeaderValue) -> &'static str {
    match header {
        HeaderValue::Bool(_) => "a boolean",
        HeaderValue::Byte(_) => "a byte",
        HeaderValue::Int16(_) => "a short",
        HeaderValue::Int32(_) => "an integer",
        HeaderValue::Int64(_) => "a long",
        HeaderValue::ByteArray(_) => "a blob",
        HeaderValue::String(_) => "a string",
        HeaderValue::Timestamp(_) => "a timestamp",
        HeaderValue::Uuid(_) => "a UUID",
        _ => "a value of another type",
    }
}
