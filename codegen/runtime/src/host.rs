//! What an operation's input says of the host: a prefix with members in it, or the whole endpoint. It must
//! not know protocols.

use crate::error::Error;
use crate::schema::Member;
use crate::value::{Ref, Slot, Structure};

/// A part of a pattern: text, or a member in braces.
enum Part<'a> {
    Text(&'a str),
    Label(&'a str),
}

/// The parts of a pattern, in their order.
fn parts(pattern: &str) -> impl Iterator<Item = Part<'_>> {
    let pieces = pattern.split('{').enumerate();
    pieces.flat_map(|(index, piece)| match piece.split_once('}') {
        Some((name, text)) if index > 0 => [Part::Label(name), Part::Text(text)],
        _ => [Part::Text(piece), Part::Text("")],
    })
}

fn position(input: &dyn Structure, name: &str) -> Option<(usize, &'static Member)> {
    input.schema().members().iter().enumerate().find(|(_, member)| member.name() == name)
}

fn text<'a>(value: Ref<'a>) -> &'a str {
    match value {
        Ref::String(text) => text,
        Ref::Enum(value) => value.as_str(),
        _ => "",
    }
}

/// Puts members into the pattern of a host prefix.
pub(crate) fn prefix(pattern: &str, input: &dyn Structure) -> Result<String, Error> {
    let mut prefix = String::with_capacity(pattern.len());
    for part in parts(pattern) {
        match part {
            Part::Text(text) => prefix.push_str(text),
            Part::Label(name) => {
                let member = position(input, name);
                let label = member.map_or("", |(index, _)| text(input.member(index).get()));
                check(label).map_err(|error| {
                    error.in_member(member.map_or("host prefix", |(_, member)| member.name()))
                })?;
                prefix.push_str(label);
            }
        }
    }
    Ok(prefix)
}

/// Whether the text can be part of a host's name.
fn check(label: &str) -> Result<(), Error> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_label = |label: &str| (1..=63).contains(&label.len()) && label.bytes().all(fits);
    if label.split('.').all(is_label) {
        return Ok(());
    }
    Err(Error::new("expected a part of a host name: 1 to 63 letters, digits and hyphens"))
}

/// Reads the members of a host prefix that nothing else of the request has set.
pub(crate) fn read_prefix(
    pattern: &str,
    host: &str,
    input: &mut dyn Structure,
) -> Result<(), Error> {
    let mut rest = host;
    let mut parts = parts(pattern).peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Text(text) => {
                rest = rest.strip_prefix(text).ok_or_else(|| {
                    Error::new(format!("expected a host that begins with `{pattern}`"))
                })?;
            }
            Part::Label(name) => {
                let end = match parts.peek() {
                    Some(Part::Text(text)) if !text.is_empty() => rest.find(text),
                    _ => None,
                };
                let (label, after) = rest.split_at(end.unwrap_or(rest.len()));
                rest = after;
                if let Some((index, _)) = position(input, name)
                    && text(input.member(index).get()).is_empty()
                {
                    match input.member_mut(index).slot() {
                        Slot::String(text) => label.clone_into(text),
                        Slot::Enum(value) => value.set(label),
                        _ => {}
                    }
                }
            }
        }
    }
    Ok(())
}

/// The endpoint that a member names.
pub(crate) fn named(name: &str, input: &dyn Structure) -> Result<Option<http::Uri>, Error> {
    let Some((index, member)) = position(input, name) else { return Ok(None) };
    let text = text(input.member(index).get());
    if text.is_empty() {
        return Ok(None);
    }
    let is_endpoint = |uri: &http::Uri| uri.scheme().is_some() && uri.host().is_some();
    let uri = text.parse::<http::Uri>().ok().filter(is_endpoint);
    let error =
        || Error::new("expected an endpoint: `https://` and a host").in_member(member.name());
    uri.map(Some).ok_or_else(error)
}
