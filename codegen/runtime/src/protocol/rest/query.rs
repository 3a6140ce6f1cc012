//! The query of a URI:
//! [`@httpQuery`](https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait) and
//! [`@httpQueryParams`](https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait). It must
//! not know the path.

use std::borrow::Cow;

use super::text::{self, Place};
use super::uri::{Pattern, escape, unescape};
use crate::error::Error;
use crate::schema::{Binding, Member};
use crate::value::{List, Map, Ref, Slot, Structure, Value};

/// Writes a query behind the path of a URI: what the pattern has, then `@httpQueryParams`, then each
/// `@httpQuery`, in the order of the official SDK whichever is met first.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pattern: Pattern<'a>,
    uri: String,
    /// Where the path ends.
    path_end: usize,
    /// Where the parameters of the pattern end.
    literals_end: usize,
    /// Whether members are in the query that would be in the document.
    pub(super) takes_document: bool,
}

impl<'a> Writer<'a> {
    /// A query that has what the pattern says, behind the path `uri`; it may have to take the document's members.
    pub(super) fn new(pattern: Pattern<'a>, mut uri: String, takes_document: bool) -> Self {
        let path_end = uri.len();
        for (key, value) in pattern.literals() {
            uri.push('&');
            uri.push_str(key);
            if !value.is_empty() {
                uri.push('=');
                uri.push_str(value);
            }
        }
        Self { pattern, path_end, literals_end: uri.len(), uri, takes_document }
    }

    /// The whole URI.
    pub(super) fn finish(mut self) -> String {
        if self.uri.len() > self.path_end {
            self.uri.replace_range(self.path_end..=self.path_end, "?");
        }
        self.uri
    }

    /// Adds an `@httpQuery`.
    ///
    /// # Errors
    /// If the value, or an element, isn't a simple one, or isn't there though it is required.
    pub(super) fn query(
        &mut self,
        key: &str,
        member: &Member,
        value: Ref<'_>,
        scratch: &mut String,
    ) -> Result<(), Error> {
        match value {
            // As official clients do: the service would take it for another request, or for none.
            Ref::Unset | Ref::String("") if member.is_required() => {
                Err(Error::new("the query can't do without it: set it, to a text that isn't empty"))
            }
            Ref::Unset => Ok(()),
            Ref::List(list) => list_values(list, &mut |value| {
                parameter(&mut self.uri, key, member.element(), value, scratch)
            }),
            value => parameter(&mut self.uri, key, member, value, scratch),
        }
    }

    /// Adds an `@httpQueryParams`, without the keys that the pattern or an `@httpQuery` has.
    ///
    /// # Errors
    /// If a value, or an element of one, isn't a simple one.
    pub(super) fn params(
        &mut self,
        input: &dyn Structure,
        member: &Member,
        value: Ref<'_>,
        scratch: &mut String,
    ) -> Result<(), Error> {
        let map = match value {
            Ref::Unset => return Ok(()),
            Ref::Map(map) => map,
            _ => return Err(Error::new("only a map can be all of a query")),
        };
        let of = member.value();
        let mut params = String::new();
        for (key, value) in map.entries() {
            if self.pattern.literals().any(|(literal, _)| literal == key) || has_query(input, key) {
                continue;
            }
            let written = match value.get() {
                Ref::List(list) => list_values(list, &mut |value| {
                    parameter(&mut params, key, of.element(), value, scratch)
                }),
                value => parameter(&mut params, key, of, value, scratch),
            };
            written.map_err(|error| error.in_entry(key))?;
        }
        self.uri.insert_str(self.literals_end, &params);
        Ok(())
    }
}

fn has_query(input: &dyn Structure, key: &str) -> bool {
    let mut members = input.schema().members().iter();
    members.any(|member| matches!(member.binding(), Binding::Query(name) if name == key))
}

fn list_values(
    list: &dyn List,
    write: &mut dyn FnMut(Ref<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    for index in 0..list.len() {
        let value = list.get(index).map_or(Ref::Unset, Value::get);
        write(value).map_err(|error| error.in_element(index))?;
    }
    Ok(())
}

/// Appends a parameter, with a separator before it.
fn parameter(
    out: &mut String,
    key: &str,
    member: &Member,
    value: Ref<'_>,
    scratch: &mut String,
) -> Result<(), Error> {
    let text = text::write(value, member, Place::Uri, scratch)?;
    out.push('&');
    escape(out, key);
    out.push('=');
    escape(out, text);
    Ok(())
}

/// The parameters of a query, in their order.
#[derive(Debug, Default)]
pub(super) struct Query<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Query<'a> {
    /// Reads a query without its question mark. A parameter without a value has an empty one.
    ///
    /// # Errors
    /// If it isn't percent-encoded UTF-8.
    pub(super) fn parse(query: &'a str) -> Result<Self, Error> {
        let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
        parameters
            .map(|parameter| {
                let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
                Ok((unescape(key)?, unescape(value)?))
            })
            .collect::<Result<_, Error>>()
            .map(Self)
            .map_err(|error| Error::new("the query can't be read").caused_by(error))
    }

    fn values(&self, key: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(found, _)| found == key).map(|(_, value)| &**value)
    }

    /// Expects what the pattern says.
    ///
    /// # Errors
    /// If a parameter is missing.
    pub(super) fn check(&self, pattern: Pattern<'_>) -> Result<(), Error> {
        for (key, value) in pattern.literals() {
            let (key, value) = (unescape(key)?, unescape(value)?);
            if !self.values(&key).any(|found| value.is_empty() || found == value) {
                let what =
                    if value.is_empty() { key.into_owned() } else { format!("{key}={value}") };
                return Err(Error::new(format!("expected `{what}` in the query")));
            }
        }
        Ok(())
    }

    /// Reads an `@httpQuery`: each value of a list, or else the first.
    ///
    /// # Errors
    /// If a text isn't one of the member's type.
    pub(super) fn read(
        &self,
        key: &str,
        member: &Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        let mut values = self.values(key).peekable();
        match values.peek() {
            Some(_) => read_values(values, member, value),
            None => Ok(()),
        }
    }

    /// Reads an `@httpQueryParams`: all parameters, those that other members have too.
    ///
    /// # Errors
    /// If the member isn't a map of strings or lists of strings.
    pub(super) fn read_params(&self, member: &Member, value: &mut dyn Value) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        let Slot::Map(map) = value.slot() else {
            return Err(Error::new("only a map can be all of a query"));
        };
        map.clear();
        // One key's values come together, and stay in order.
        let mut sorted: Vec<_> = self.0.iter().collect();
        sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
        for group in sorted.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((key, _)) = group.first() {
                read_group(group.iter().map(|(_, value)| &**value), key, member.value(), map)?;
            }
        }
        Ok(())
    }
}

fn read_group<'a>(
    values: impl Iterator<Item = &'a str>,
    key: &str,
    member: &Member,
    map: &mut dyn Map,
) -> Result<(), Error> {
    read_values(values, member, map.insert(key)).map_err(|error| error.in_entry(key))
}

fn read_values<'a>(
    mut values: impl Iterator<Item = &'a str>,
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), Error> {
    match value.slot() {
        Slot::List(list) => {
            list.clear();
            for (index, text) in values.enumerate() {
                text::read(text, member.element(), Place::Uri, list.push().slot())
                    .map_err(|error| error.in_element(index))?;
            }
            Ok(())
        }
        slot => match values.next() {
            Some(text) => text::read(text, member, Place::Uri, slot),
            None => Ok(()),
        },
    }
}
