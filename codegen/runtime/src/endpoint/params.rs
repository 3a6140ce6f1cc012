//! The values of a service's endpoint parameters. It must not know where they come from, or what the rules make of them.

use std::fmt::{self, Debug, Display, Formatter};

use super::functions::is_valid_host_label;
use super::rules::{Kind, Literal, Parameter, Rules};

/// The built-in whose value becomes a part of hosts.
pub(super) const REGION: &str = "AWS::Region";

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ParamValue {
    /// Of a `string`.
    String(String),
    /// Of a `boolean`.
    Boolean(bool),
    /// Of a `stringArray`.
    StringArray(Vec<String>),
}

impl ParamValue {
    fn kind(&self) -> Kind {
        match self {
            Self::String(_) => Kind::String,
            Self::Boolean(_) => Kind::Boolean,
            Self::StringArray(_) => Kind::StringArray,
        }
    }
}

impl From<bool> for ParamValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<String> for ParamValue {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<&str> for ParamValue {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<Vec<String>> for ParamValue {
    fn from(value: Vec<String>) -> Self {
        Self::StringArray(value)
    }
}

impl From<Literal> for ParamValue {
    fn from(value: Literal) -> Self {
        match value {
            Literal::String(text) => text.into(),
            Literal::Boolean(value) => value.into(),
            Literal::StringArray(texts) => {
                Self::StringArray(texts.iter().map(|text| (*text).to_owned()).collect())
            }
        }
    }
}

/// The values of all parameters of some rules; a required one is set.
#[derive(Clone)]
pub struct Params {
    rules: &'static Rules,
    values: Vec<Option<ParamValue>>,
}

impl Params {
    /// A builder of values for these rules.
    #[must_use]
    pub fn builder(rules: &'static Rules) -> ParamsBuilder {
        ParamsBuilder { rules, values: vec![None; rules.parameters().len()] }
    }

    /// The rules that the values are for.
    #[must_use]
    pub fn rules(&self) -> &'static Rules {
        self.rules
    }

    /// The value of the parameter at this position, if it is set.
    #[must_use]
    pub fn get(&self, position: usize) -> Option<&ParamValue> {
        self.values.get(position)?.as_ref()
    }

    /// The same of a `string`.
    #[must_use]
    pub fn string(&self, position: usize) -> Option<&str> {
        if let Some(ParamValue::String(text)) = self.get(position) { Some(text) } else { None }
    }

    /// The same of a `boolean`.
    #[must_use]
    pub fn boolean(&self, position: usize) -> Option<bool> {
        if let Some(ParamValue::Boolean(value)) = self.get(position) { Some(*value) } else { None }
    }

    /// The same of a `stringArray`.
    #[must_use]
    pub fn string_array(&self, position: usize) -> Option<&[String]> {
        match self.get(position) {
            Some(ParamValue::StringArray(texts)) => Some(texts),
            _ => None,
        }
    }

    /// Gives a `string` a value that was not known when the others were.
    #[cfg(feature = "client")]
    pub(super) fn set_string(&mut self, position: usize, text: &str) {
        if let Some(value) = self.values.get_mut(position) {
            *value = Some(text.into());
        }
    }
}

impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.rules, other.rules) && self.values == other.values
    }
}

impl Debug for Params {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Params");
        for (parameter, value) in self.rules.parameters().iter().zip(&self.values) {
            let shown: &dyn Debug = match value {
                Some(value) if parameter.is_required() => &Shown(value),
                Some(value) => &Some(Shown(value)),
                None => &None::<()>,
            };
            fields.field(parameter.field(), shown);
        }
        fields.finish()
    }
}

/// The value as a field of its type shows it.
struct Shown<'a>(&'a ParamValue);

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            ParamValue::String(text) => Debug::fmt(text, f),
            ParamValue::Boolean(value) => Debug::fmt(value, f),
            ParamValue::StringArray(texts) => Debug::fmt(texts, f),
        }
    }
}

/// A builder of [`Params`].
#[derive(Clone)]
pub struct ParamsBuilder {
    rules: &'static Rules,
    values: Vec<Option<ParamValue>>,
}

impl ParamsBuilder {
    /// Sets the parameter at this position, or unsets it.
    pub fn set(&mut self, position: usize, value: Option<ParamValue>) {
        if let Some(place) = self.values.get_mut(position) {
            *place = value;
        }
    }

    /// Sets the parameter with this name in the rules, or unsets it; whether there is one.
    pub fn set_named(&mut self, name: &str, value: Option<ParamValue>) -> bool {
        let position = self.rules.position(name);
        if let Some(position) = position {
            self.set(position, value);
        }
        position.is_some()
    }

    /// The parameters, with the defaults of those that aren't set.
    ///
    /// # Errors
    /// If a required one is missing, a value is of another type than its parameter, or the region can't be a part of a
    /// host.
    pub fn build(self) -> Result<Params, InvalidParams> {
        if let Some(position) = self.rules.built_in(REGION)
            && let Some(Some(ParamValue::String(region))) = self.values.get(position)
            && !is_valid_host_label(region, true)
        {
            return Err(self.invalid(position, Reason::NoHostLabel));
        }
        self.build_unvalidated()
    }

    /// The same, with any region: what [tests of rules](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointtests-trait)
    /// ask for.
    ///
    /// # Errors
    /// If a required parameter is missing, or a value is of another type than its parameter.
    pub fn build_unvalidated(mut self) -> Result<Params, InvalidParams> {
        for (position, parameter) in self.rules.parameters().iter().enumerate() {
            match &mut self.values[position] {
                Some(value) if value.kind() != parameter.kind() => {
                    return Err(self.invalid(position, Reason::OtherType(parameter.kind())));
                }
                Some(_) => {}
                value => *value = parameter.modeled_default().map(ParamValue::from),
            }
            if parameter.is_required() && self.values[position].is_none() {
                return Err(self.invalid(position, Reason::Missing));
            }
        }
        Ok(Params { rules: self.rules, values: self.values })
    }

    fn invalid(&self, position: usize, reason: Reason) -> InvalidParams {
        let field = self.rules.parameters().get(position).map_or("", Parameter::field);
        InvalidParams { field, reason }
    }
}

impl PartialEq for ParamsBuilder {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.rules, other.rules) && self.values == other.values
    }
}

impl Debug for ParamsBuilder {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("ParamsBuilder");
        for (parameter, value) in self.rules.parameters().iter().zip(&self.values) {
            fields.field(parameter.field(), &value.as_ref().map(Shown));
        }
        fields.finish()
    }
}

/// Why endpoint parameters can't be used.
#[derive(Debug)]
pub struct InvalidParams {
    field: &'static str,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    Missing,
    NoHostLabel,
    OtherType(Kind),
}

impl Display for InvalidParams {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "the endpoint parameter `{}` ", self.field)?;
        match self.reason {
            Reason::Missing => f.write_str("is required, and not set"),
            Reason::NoHostLabel => f.write_str("can't be part of a host name"),
            Reason::OtherType(Kind::String) => f.write_str("takes a text"),
            Reason::OtherType(Kind::Boolean) => f.write_str("takes `true` or `false`"),
            Reason::OtherType(Kind::StringArray) => f.write_str("takes a list of texts"),
        }
    }
}

impl std::error::Error for InvalidParams {}
