//! The functions of expressions. It must not know how their arguments are found.

use super::Found;
use super::compare::equal;
use crate::value::Ref;

/// A function of
/// [JMESPath](https://jmespath.org/specification.html#built-in-functions): those that waiters, paginators and endpoints have
/// a use for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Function {
    /// `contains(subject, search)`: whether a list has the element, or a string the part.
    Contains,
    /// `ends_with(subject, suffix)`
    EndsWith,
    /// `keys(object)`
    Keys,
    /// `length(subject)`: of a string in characters, of a list or an object in elements.
    Length,
    /// `not_null(argument, …)`: the first that isn't `null`.
    NotNull,
    /// `starts_with(subject, prefix)`
    StartsWith,
    /// `values(object)`
    Values,
}

impl Function {
    /// The function's value; `null` if an argument is of a type that it can't take.
    pub(super) fn call<'a>(self, arguments: &[Found<'a>]) -> Found<'a> {
        let text = |index: usize| arguments.get(index).and_then(Found::text);
        let entries = || arguments.first().and_then(Found::entries);
        let value = match self {
            Self::Contains => contains(arguments).map(Ref::Boolean),
            Self::EndsWith => {
                text(0).zip(text(1)).map(|(text, end)| Ref::Boolean(text.ends_with(&*end)))
            }
            Self::StartsWith => {
                text(0).zip(text(1)).map(|(text, start)| Ref::Boolean(text.starts_with(&*start)))
            }
            Self::Length => arguments.first().and_then(length).map(Ref::Long),
            Self::Keys => {
                let key = |(key, _)| Found::Value(Ref::String(key));
                return list(entries().map(|entries| entries.into_iter().map(key).collect()));
            }
            Self::Values => {
                let value = |(_, value)| value;
                return list(entries().map(|entries| entries.into_iter().map(value).collect()));
            }
            Self::NotNull => {
                let mut arguments = arguments.iter();
                return arguments.find(|it| !it.is_null()).cloned().unwrap_or(Found::NULL);
            }
        };
        Found::Value(value.unwrap_or(Ref::Unset))
    }
}

fn list(elements: Option<Vec<Found<'_>>>) -> Found<'_> {
    elements.map_or(Found::NULL, Found::List)
}

fn contains(arguments: &[Found<'_>]) -> Option<bool> {
    let [subject, search] = arguments else { return None };
    match (subject.elements(), subject.text()) {
        (Some(mut elements), _) => Some(elements.any(|element| equal(&element, search))),
        // A text has no part that isn't one.
        (None, Some(text)) => Some(search.text().is_some_and(|part| text.contains(&*part))),
        (None, None) => None,
    }
}

fn length(subject: &Found<'_>) -> Option<i64> {
    let length = match (subject.elements(), subject.text()) {
        (Some(elements), _) => elements.len(),
        (None, Some(text)) => text.chars().count(),
        (None, None) => match subject {
            Found::Value(Ref::Map(map)) => map.len(),
            subject => subject.entries()?.len(),
        },
    };
    i64::try_from(length).ok()
}
