//! Members in headers:
//! [`@httpHeader`](https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait) and
//! [`@httpPrefixHeaders`](https://smithy.io/2.0/spec/http-bindings.html#httpprefixheaders-trait). It
//! must not know which message the headers belong to.

use std::borrow::Cow;

use aws_smithy_types::DateTime;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::text::{self, Place};
use crate::error::Error;
use crate::schema::{Binding, Member};
use crate::value::{List, Ref, Slot, Structure, Value};

/// Adds an `@httpHeader`. Each element of a list is a field of its own, as the official SDK has it;
/// an empty list is one empty field.
///
/// # Errors
/// If the value isn't a simple one, or can't be in a header.
pub(super) fn write(
    headers: &mut HeaderMap,
    name: &'static str,
    member: &Member,
    value: Ref<'_>,
    scratch: &mut String,
) -> Result<(), Error> {
    match value {
        Ref::Unset => {}
        Ref::List(list) if list.is_empty() => {
            headers.insert(static_name(name)?, HeaderValue::from_static(""));
        }
        Ref::List(list) => {
            let (name, element) = (static_name(name)?, member.element());
            for index in 0..list.len() {
                let value = list.get(index).map_or(Ref::Unset, Value::get);
                let value = element_value(value, element, scratch)
                    .map_err(|error| error.in_element(index))?;
                headers.append(name.clone(), value);
            }
        }
        value => {
            let value = field_value(text::write(value, member, Place::Header, scratch)?)?;
            headers.insert(static_name(name)?, value);
        }
    }
    Ok(())
}

/// Adds an `@httpPrefixHeaders`, without those that an `@httpHeader` of the structure has set.
///
/// # Errors
/// If a key can't be in a header's name, or a value not in a header.
pub(super) fn write_prefixed(
    headers: &mut HeaderMap,
    prefix: &str,
    structure: &dyn Structure,
    index: usize,
    scratch: &mut String,
) -> Result<(), Error> {
    let Some(member) = structure.schema().members().get(index) else { return Ok(()) };
    let map = match structure.member(index).get() {
        Ref::Unset => return Ok(()),
        Ref::Map(map) => map,
        _ => return Err(Error::new("only a map can be headers with a prefix")),
    };
    headers.reserve(map.len());
    for (key, value) in map.entries() {
        let (name, value) = prefixed(prefix, key, value.get(), member.value(), scratch)
            .map_err(|error| error.in_entry(key))?;
        if !headers.contains_key(&name) || !is_bound(structure, name.as_str()) {
            headers.append(name, value);
        }
    }
    Ok(())
}

fn prefixed(
    prefix: &str,
    key: &str,
    value: Ref<'_>,
    member: &Member,
    scratch: &mut String,
) -> Result<(HeaderName, HeaderValue), Error> {
    scratch.clear();
    scratch.push_str(prefix);
    scratch.push_str(key);
    let name = HeaderName::from_bytes(scratch.as_bytes())
        .map_err(|error| Error::new("the key can't be in a header's name").caused_by(error))?;
    Ok((name, field_value(text::write(value, member, Place::Header, scratch)?)?))
}

/// Whether an `@httpHeader` that is set has this name.
fn is_bound(structure: &dyn Structure, name: &str) -> bool {
    structure.schema().members().iter().enumerate().any(|(index, member)| {
        matches!(member.binding(), Binding::Header(bound) if bound.eq_ignore_ascii_case(name))
            && !matches!(structure.member(index).get(), Ref::Unset)
    })
}

/// The name of a header from the model.
fn static_name(name: &'static str) -> Result<HeaderName, Error> {
    // What is in lower case needn't be copied.
    if !name.is_empty() && name.bytes().all(is_lower) {
        return Ok(HeaderName::from_static(name));
    }
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|error| Error::new(format!("`{name}` can't be a header's name")).caused_by(error))
}

/// Whether a name in lower case can have this byte; some others that it can have hardly occur.
fn is_lower(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
}

/// Text as the value of a header. Line breaks and other control characters would end it, so they are
/// errors.
pub(in crate::protocol) fn field_value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|error| {
        Error::new("a control character, which no header can hold").caused_by(error)
    })
}

/// The same for text from the model, which needn't be copied.
pub(super) fn static_value(text: &'static str) -> Result<HeaderValue, Error> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(HeaderValue::from_static(text));
    }
    field_value(text)
}

fn element_value(
    value: Ref<'_>,
    element: &Member,
    scratch: &mut String,
) -> Result<HeaderValue, Error> {
    let is_text = matches!(value, Ref::String(_) | Ref::Enum(_));
    let text = text::write(value, element, Place::Header, scratch)?;
    if is_text { field_value(&quoted(text)) } else { field_value(text) }
}

/// An element of a list, in quotes where it would not be read as one otherwise.
fn quoted(text: &str) -> Cow<'_, str> {
    let is_plain = !text.contains(['"', ',', '(', ')']) && text.trim().len() == text.len();
    if is_plain {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(text.len() + 8);
    quoted.push('"');
    for char in text.chars() {
        if matches!(char, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(char);
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

/// Reads an `@httpHeader`. A header that holds no value is like one that isn't there, unless the
/// member is a string, or a list and `empty_lists` count: like the official SDK, a client takes an empty
/// list for none.
///
/// # Errors
/// If a text isn't one of the member's type, or there is more than one where the member isn't a list.
pub(super) fn read(
    headers: &HeaderMap,
    name: &str,
    member: &Member,
    value: &mut dyn Value,
    empty_lists: bool,
) -> Result<(), Error> {
    let mut fields = headers.get_all(name).iter();
    let Some(first) = fields.next() else { return Ok(()) };
    let is_list = matches!(value.slot(), Slot::List(_));
    if !is_list && fields.next().is_some() {
        return Err(Error::new("more than one header, expected one"));
    }
    let text = field_text(first)?.trim();
    match value.slot() {
        Slot::List(list) => {
            list.clear();
            for field in headers.get_all(name) {
                read_elements(field_text(field)?, member.element(), list)?;
            }
            if list.is_empty() && !empty_lists {
                value.unset();
            }
        }
        slot @ (Slot::String(_) | Slot::Enum(_)) => {
            text::read(text, member, Place::Header, slot)?;
        }
        _ if text.is_empty() => value.unset(),
        slot @ Slot::Timestamp(_) => text::read(text, member, Place::Header, slot)?,
        slot => {
            let (token, rest) = token(text)?;
            if !rest.is_empty() {
                return Err(Error::new("more than one value in the header, expected one"));
            }
            text::read(&token, member, Place::Header, slot)?;
        }
    }
    Ok(())
}

fn field_text(field: &HeaderValue) -> Result<&str, Error> {
    std::str::from_utf8(field.as_bytes())
        .map_err(|error| Error::new("the header isn't UTF-8").caused_by(error))
}

/// Reads the elements of a list that are in one field.
fn read_elements(field: &str, element: &'static Member, list: &mut dyn List) -> Result<(), Error> {
    let mut rest = field.trim();
    while !rest.is_empty() {
        let index = list.len();
        rest = read_element(rest, element, list.push().slot())
            .map_err(|error| error.in_element(index))?
            .trim_start();
    }
    Ok(())
}

/// Reads the first element, and returns what follows its comma.
fn read_element<'a>(
    text: &'a str,
    element: &'static Member,
    slot: Slot<'_>,
) -> Result<&'a str, Error> {
    match slot {
        // The usual format has a comma in it.
        Slot::Timestamp(value) => {
            let format = Place::Header.timestamps(element);
            let (timestamp, rest) =
                DateTime::read(text, format, ',').map_err(text::timestamp_error)?;
            *value = timestamp;
            Ok(rest)
        }
        slot => {
            let (token, rest) = token(text)?;
            text::read(&token, element, Place::Header, slot)?;
            Ok(rest)
        }
    }
}

/// The first of the elements that commas separate, without its quotes, and what follows its comma.
fn token(text: &str) -> Result<(Cow<'_, str>, &str), Error> {
    let text = text.trim_start();
    let Some(text) = text.strip_prefix('"') else {
        let (token, rest) = text.split_once(',').unwrap_or((text, ""));
        return Ok((Cow::Borrowed(token.trim_end()), rest));
    };
    let mut end = None;
    let mut has_escapes = false;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                end = Some(at);
                break;
            }
            b'\\' => {
                has_escapes = true;
                bytes.next();
            }
            _ => {}
        }
    }
    let Some((token, rest)) = end.and_then(|end| Some((text.get(..end)?, text.get(end + 1..)?)))
    else {
        return Err(Error::new("a quoted value without its end"));
    };
    let token = if has_escapes { Cow::Owned(unquoted(token)) } else { Cow::Borrowed(token) };
    match rest.trim_start() {
        "" => Ok((token, "")),
        rest => match rest.strip_prefix(',') {
            Some(rest) => Ok((token, rest)),
            None => Err(Error::new("expected a comma after a quoted value")),
        },
    }
}

/// What stands between quotes, without the backslashes that escape a quote or another backslash. Any
/// other backslash stands for itself, as in the official SDK.
fn unquoted(text: &str) -> String {
    let mut unquoted = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match (char, chars.peek()) {
            ('\\', Some(&escaped @ ('"' | '\\'))) => {
                unquoted.push(escaped);
                chars.next();
            }
            _ => unquoted.push(char),
        }
    }
    unquoted
}

/// Reads an `@httpPrefixHeaders`, which is there though no header has the prefix. Keys are in lower
/// case, like all names of headers.
///
/// # Errors
/// If a value isn't a text.
pub(super) fn read_prefixed(
    headers: &HeaderMap,
    prefix: &str,
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), Error> {
    let Slot::Map(map) = value.slot() else {
        return Err(Error::new("only a map can be headers with a prefix"));
    };
    map.clear();
    for name in headers.keys() {
        let Some((start, key)) = name.as_str().split_at_checked(prefix.len()) else { continue };
        if !start.eq_ignore_ascii_case(prefix) {
            continue;
        }
        let value = map.insert(key);
        joined(headers, name)
            .and_then(|text| text::read(text.trim(), member.value(), Place::Header, value.slot()))
            .map_err(|error| error.in_entry(key))?;
    }
    Ok(())
}

/// The fields of a header as one.
fn joined<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Cow<'a, str>, Error> {
    let mut joined = Cow::Borrowed("");
    for (index, field) in headers.get_all(name).iter().enumerate() {
        let text = field_text(field)?;
        if index == 0 {
            joined = Cow::Borrowed(text);
        } else {
            let joined = joined.to_mut();
            joined.push_str(", ");
            joined.push_str(text);
        }
    }
    Ok(joined)
}
