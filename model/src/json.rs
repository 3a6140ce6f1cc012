//! JSON objects with the place of every key and value, each parsed once. It must not know what a model is.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::errors::Error;
use crate::source::{Source, Span};

/// A string, such as an object's key: what it says, and the slice of the text that says it.
#[derive(Clone, Debug)]
pub(crate) struct Key<'a> {
    pub(crate) text: Cow<'a, str>,
    raw: &'a str,
}

impl Key<'_> {
    /// Where the key stands, its quotes left out.
    pub(crate) fn span(&self, source: &Source) -> Span {
        inside_quotes(source.span_of(self.raw))
    }

    /// Where the key stands, its quotes left out, if this source has it.
    pub(crate) fn span_in(&self, source: &Source) -> Option<Span> {
        source.find(self.raw).map(inside_quotes)
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        if !raw.starts_with('"') {
            return Err(D::Error::custom("expected a string"));
        }
        Ok(Key { text: string(raw).map_err(D::Error::custom)?, raw })
    }
}

/// The text of a JSON string, borrowed unless it has escapes.
pub(crate) fn string(raw: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Ok(Cow::Borrowed(plain)),
        _ => serde_json::from_str::<String>(raw).map(Cow::Owned),
    }
}

/// The span of a string without its quotes.
pub(crate) fn inside_quotes(span: Span) -> Span {
    if span.end - span.start < 2 {
        return span;
    }
    Span { start: span.start + 1, end: span.end - 1 }
}

/// An object's entries in order, repeated keys included.
#[derive(Debug)]
pub(crate) struct Entries<'a, T>(pub(crate) Vec<(Key<'a>, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<'de, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<'de, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

/// The object of a shape, a member or a reference: traits and members parsed, the other properties raw.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a> {
    pub(crate) traits: Vec<(Key<'a>, Value)>,
    pub(crate) members: Option<(Key<'a>, Vec<(Key<'a>, &'a RawValue)>)>,
    pub(crate) properties: Vec<(Key<'a>, &'a RawValue)>,
}

impl<'a> Parts<'a> {
    /// Takes out a property by its name.
    pub(crate) fn take(&mut self, name: &str) -> Option<&'a RawValue> {
        let at = self.properties.iter().position(|(key, _)| key.text == name)?;
        Some(self.properties.remove(at).1)
    }
}

impl<'de> Deserialize<'de> for Parts<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PartsVisitor;

        impl<'de> Visitor<'de> for PartsVisitor {
            type Value = Parts<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut parts = Parts::default();
                let mut has_traits = false;
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    match &*key.text {
                        "traits" if has_traits => return Err(A::Error::duplicate_field("traits")),
                        "traits" => {
                            parts.traits = map.next_value::<Entries<'de, Value>>()?.0;
                            has_traits = true;
                        }
                        "members" if parts.members.is_some() => {
                            return Err(A::Error::duplicate_field("members"));
                        }
                        "members" => {
                            let members = map.next_value::<Entries<'de, &'de RawValue>>()?.0;
                            parts.members = Some((key, members));
                        }
                        _ => {
                            let value = map.next_value()?;
                            parts.properties.push((key, value));
                        }
                    }
                }
                Ok(parts)
            }
        }

        deserializer.deserialize_map(PartsVisitor)
    }
}

/// The error that serde_json found in `part`, a slice of the source, with its place in the whole.
pub(crate) fn error(source: &Arc<Source>, part: &str, error: &serde_json::Error) -> Error {
    let base = source.span_of(part).start;
    let start = base + Source::offset_of(part, error.line().max(1), error.column());
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = error.to_string();
    let message = text.strip_suffix(&place).unwrap_or(&text);
    Error::at(source, Some(Span { start, end: start + 1 }), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_repeated_keys_and_their_places() {
        let source = Arc::new(Source::new("m", r#"{"a": 1, "b\u0063": 2, "a": 3}"#));
        let entries: Entries<'_, u8> = serde_json::from_str(source.text()).unwrap();
        let seen: Vec<_> = entries
            .0
            .iter()
            .map(|(key, value)| (key.text.as_ref(), key.span(&source).start, *value))
            .collect();
        assert_eq!(seen, [("a", 2, 1), ("bc", 10, 2), ("a", 24, 3)]);
    }

    #[test]
    fn an_error_in_a_part_has_its_place_in_the_whole() {
        let source = Arc::new(Source::new("m", "xx\n{\"a\":\n !}"));
        let part = &source.text()[3..];
        let found = serde_json::from_str::<Value>(part).unwrap_err();
        let found = error(&source, part, &found);
        assert_eq!((found.line(), found.column()), (Some(3), Some(2)));
        assert_eq!(found.message(), "expected value");
    }
}
