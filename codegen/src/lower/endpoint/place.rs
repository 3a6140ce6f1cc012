//! A value of a trait with the way to it, so that what is wrong with it can be told. It must not know what values mean.

use std::fmt::{self, Display, Formatter};

use serde_json::Value;

/// A value, and where it stands in its trait.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    value: &'a Value,
    step: Step<'a>,
    parent: Option<&'a Place<'a>>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// What is wrong with a value, and how to mend it.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) message: String,
    pub(super) help: String,
}

impl<'a> Place<'a> {
    /// The value of a trait with this name.
    pub(super) fn root(name: &'a str, value: &'a Value) -> Self {
        Self { value, step: Step::Key(name), parent: None }
    }

    pub(super) fn value(&self) -> &'a Value {
        self.value
    }

    /// A mistake at this place.
    pub(super) fn mistake(&self, message: impl Display, help: impl Into<String>) -> Mistake {
        Mistake { message: format!("{self}: {message}"), help: help.into() }
    }

    /// A member of an object, if it is there.
    pub(super) fn get<'b>(&'b self, key: &'b str) -> Option<Place<'b>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Place { value, step: Step::Key(key), parent: Some(self) })
    }

    /// A member of an object.
    pub(super) fn need<'b>(&'b self, key: &'b str) -> Result<Place<'b>, Mistake> {
        let missing =
            || self.mistake(format_args!("`{key}` is missing"), format!("give it a `{key}`"));
        self.get(key).ok_or_else(missing)
    }

    /// The elements of an array.
    pub(super) fn items<'b>(&'b self) -> Result<Vec<Place<'b>>, Mistake> {
        let Some(values) = self.value.as_array() else {
            return Err(self.mistake("it isn't an array", "put it into brackets"));
        };
        let place = |(index, value)| Place { value, step: Step::Index(index), parent: Some(self) };
        Ok(values.iter().enumerate().map(place).collect())
    }

    /// The members of an object.
    pub(super) fn members<'b>(&'b self) -> Result<Vec<(&'b str, Place<'b>)>, Mistake> {
        let Some(members) = self.value.as_object() else {
            return Err(self.mistake("it isn't an object", "put its members into braces"));
        };
        let member = |(key, value): (&'b String, &'b Value)| {
            (key.as_str(), Place { value, step: Step::Key(key), parent: Some(self) })
        };
        Ok(members.iter().map(member).collect())
    }

    pub(super) fn text(&self) -> Result<&'a str, Mistake> {
        self.value.as_str().ok_or_else(|| self.mistake("it isn't a string", "put it into quotes"))
    }
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            write!(f, "{parent}")?;
        }
        match (self.step, self.parent) {
            (Step::Key(key), None) => f.write_str(key),
            (Step::Key(key), Some(_)) => write!(f, ".{key}"),
            (Step::Index(index), _) => write!(f, "[{index}]"),
        }
    }
}
