//! What an expression finds: a part of the value that it was asked of, or what it makes of such parts. It must not
//! know expressions.

use std::borrow::Cow;

use aws_smithy_types::base64;

use super::Literal;
use super::compare::{self, Number};
use crate::schema::Schema;
use crate::value::{List, Ref, Structure};
use crate::{Document, Value};

/// What an expression finds. `null` is [`Ref::Unset`]; a simple value of a document is what it would be outside of one.
#[derive(Clone)]
#[non_exhaustive]
pub enum Found<'a> {
    /// A part of the value, or a simple value that was computed.
    Value(Ref<'a>),
    /// A list that the expression made.
    List(Vec<Found<'a>>),
    /// An object that the expression made.
    Object(Vec<(&'a str, Found<'a>)>),
}

impl<'a> From<Ref<'a>> for Found<'a> {
    fn from(value: Ref<'a>) -> Self {
        let Ref::Document(document) = value else { return Self::Value(value) };
        Self::Value(match document {
            Document::Null => Ref::Unset,
            Document::Bool(value) => Ref::Boolean(*value),
            Document::String(text) => Ref::String(text),
            Document::Number(number) => compare::number_of(number),
            Document::Array(_) | Document::Object(_) => value,
        })
    }
}

impl<'a> From<&'a dyn Value> for Found<'a> {
    fn from(value: &'a dyn Value) -> Self {
        value.get().into()
    }
}

impl<'a> From<&'a dyn Structure> for Found<'a> {
    fn from(structure: &'a dyn Structure) -> Self {
        Self::Value(Ref::Structure(structure))
    }
}

impl From<Literal> for Found<'_> {
    fn from(literal: Literal) -> Self {
        Self::Value(match literal {
            Literal::Null => Ref::Unset,
            Literal::Boolean(value) => Ref::Boolean(value),
            Literal::Integer(value) => Ref::Long(value),
            Literal::Float(value) => Ref::Double(value),
            Literal::String(text) => Ref::String(text),
            Literal::List(values) => {
                return Self::List(values.iter().map(|value| Self::from(*value)).collect());
            }
            Literal::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| (*key, Self::from(*value)));
                return Self::Object(entries.collect());
            }
        })
    }
}

impl<'a> Found<'a> {
    /// Nothing.
    pub const NULL: Self = Self::Value(Ref::Unset);

    /// Whether nothing was found.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Value(Ref::Unset | Ref::Stream(_) | Ref::EventStream(_)))
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Value(Ref::Boolean(value)) => Some(*value),
            _ => None,
        }
    }

    /// The string or enum, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&'a str> {
        match self {
            Self::Value(Ref::String(text)) => Some(text),
            Self::Value(Ref::Enum(value)) => Some(value.as_str()),
            _ => None,
        }
    }

    /// What is a string to an expression.
    pub(super) fn text(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Value(Ref::Blob(blob)) => Some(Cow::Owned(base64::encode(blob.as_ref()))),
            found => found.as_str().map(Cow::Borrowed),
        }
    }

    /// The elements, if it is a list.
    #[must_use]
    pub fn elements(&self) -> Option<Elements<'a, '_>> {
        match self {
            Self::Value(Ref::List(list)) => Some(Elements(Source::List(*list, 0))),
            Self::Value(Ref::Document(Document::Array(values))) => {
                Some(Elements(Source::Documents(values)))
            }
            Self::List(values) => Some(Elements(Source::Found(values))),
            _ => None,
        }
    }

    /// The entries, if it is an object: of a structure, the members that are set.
    #[must_use]
    pub fn entries(&self) -> Option<Vec<(&'a str, Found<'a>)>> {
        match self {
            Self::Value(Ref::Structure(structure)) => {
                let members = structure.schema().members().iter().enumerate();
                let entries = members.map(|(i, m)| (m.name(), structure.member(i).into()));
                Some(entries.filter(|(_, value): &(_, Found<'a>)| !value.is_null()).collect())
            }
            Self::Value(Ref::Union(union)) => {
                let entry = |(i, value)| (name(union.schema(), i), Found::from(value));
                Some(union.variant().map(entry).into_iter().collect())
            }
            Self::Value(Ref::Map(map)) => {
                Some(map.entries().map(|(key, value)| (key, value.into())).collect())
            }
            Self::Value(Ref::Document(Document::Object(entries))) => {
                let entry = |(key, value): (&'a String, _)| (&**key, Ref::Document(value).into());
                Some(entries.iter().map(entry).collect())
            }
            Self::Object(entries) => Some(entries.clone()),
            _ => None,
        }
    }

    /// The value that an object has by this name.
    pub(crate) fn field(&self, name: &str) -> Found<'a> {
        let found = match self {
            Self::Value(Ref::Structure(structure)) => {
                structure.schema().position(name).map(|index| structure.member(index).into())
            }
            Self::Value(Ref::Union(union)) => union
                .variant()
                .filter(|(index, _)| self::name(union.schema(), *index) == name)
                .map(|(_, value)| value.into()),
            Self::Value(Ref::Map(map)) => {
                map.entries().find(|(key, _)| *key == name).map(|(_, value)| value.into())
            }
            Self::Value(Ref::Document(Document::Object(entries))) => {
                entries.get(name).map(|value| Ref::Document(value).into())
            }
            Self::Object(entries) => {
                entries.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
            }
            _ => None,
        };
        found.unwrap_or(Self::NULL)
    }

    /// The number, if it is one.
    pub(super) fn number(&self) -> Option<Number> {
        match self {
            Self::Value(value) => compare::number(*value),
            _ => None,
        }
    }

    /// Whether it counts as true: it isn't `false`, `null`, or empty.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Self::Value(Ref::Boolean(value)) => *value,
            Self::Value(Ref::Blob(blob)) => !blob.as_ref().is_empty(),
            Self::Value(Ref::Map(map)) => !map.is_empty(),
            Self::Value(Ref::Structure(structure)) => {
                let mut members = 0..structure.schema().members().len();
                members.any(|index| !Found::from(structure.member(index)).is_null())
            }
            Self::Value(Ref::Document(Document::Object(entries))) => !entries.is_empty(),
            Self::Object(entries) => !entries.is_empty(),
            found => match (found.as_str(), found.elements()) {
                (Some(text), _) => !text.is_empty(),
                (_, Some(elements)) => elements.len() > 0,
                _ => !found.is_null(),
            },
        }
    }
}

/// The name of a member.
fn name(schema: &'static Schema, index: usize) -> &'static str {
    schema.members().get(index).map_or("", |member| member.name())
}

/// The elements of a list.
pub struct Elements<'a, 'f>(Source<'a, 'f>);

enum Source<'a, 'f> {
    List(&'a dyn List, usize),
    Documents(&'a [Document]),
    Found(&'f [Found<'a>]),
}

impl<'a> Elements<'a, '_> {
    /// The element at `index`, counted from the next one.
    pub(super) fn at(&self, index: usize) -> Option<Found<'a>> {
        match &self.0 {
            Source::List(list, next) => list.get(next + index).map(Found::from),
            Source::Documents(values) => values.get(index).map(|v| Ref::Document(v).into()),
            Source::Found(values) => values.get(index).cloned(),
        }
    }
}

impl<'a> Iterator for Elements<'a, '_> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        let element = self.at(0)?;
        match &mut self.0 {
            Source::List(_, next) => *next += 1,
            Source::Documents(values) => *values = &values[1..],
            Source::Found(values) => *values = &values[1..],
        }
        Some(element)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match &self.0 {
            Source::List(list, next) => list.len() - next,
            Source::Documents(values) => values.len(),
            Source::Found(values) => values.len(),
        };
        (len, Some(len))
    }
}

impl ExactSizeIterator for Elements<'_, '_> {}
