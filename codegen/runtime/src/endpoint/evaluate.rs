//! The interpreter: from parameters, by the rules, to an endpoint or an error. It must not know any service, or which
//! form its model gave the rules.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::rc::Rc;

use aws_smithy_types::Document;
use aws_smithy_types::endpoint::{Endpoint, EndpointAuthScheme};

use super::arn::Arn;
use super::functions;
use super::params::Params;
use super::partition::Partition;
use super::rules::{
    Attr, AuthScheme, Condition, EndpointRule, Expr, Outcome, Properties, Property,
};
use super::url::Url;
use super::value::{List, Value};

impl Params {
    /// The endpoint that the rules give for these values.
    ///
    /// # Errors
    /// What the rules say is wrong with the values.
    pub fn resolve(&self) -> Result<Endpoint, ResolveError> {
        let mut evaluation =
            Evaluation { params: self, variables: vec![None; self.rules().variables()] };
        let mut place = 0;
        while let Some((condition, ways)) = self.rules().node(place) {
            place = ways[usize::from(!evaluation.holds(condition))];
        }
        match self.rules().outcome(place) {
            Some(Outcome::Endpoint(rule)) => evaluation.endpoint(rule),
            Some(Outcome::Error(message)) => Err(match evaluation.text(message) {
                Some(message) => ResolveError { message },
                None => ResolveError::unset("the message of an error"),
            }),
            None => Err(ResolveError {
                message: Cow::Borrowed("no endpoint rule of the service matches the parameters"),
            }),
        }
    }
}

/// Why there is no endpoint.
#[derive(Debug)]
pub struct ResolveError {
    message: Cow<'static, str>,
}

impl ResolveError {
    /// The rules ask for what isn't there, which the check of a rule set should have found.
    fn unset(what: &str) -> Self {
        Self { message: format!("{what} in the service's endpoint rules has no value").into() }
    }
}

impl Display for ResolveError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ResolveError {}

/// A way through the rules.
struct Evaluation<'a> {
    params: &'a Params,
    variables: Vec<Option<Value<'a>>>,
}

impl<'a> Evaluation<'a> {
    /// Whether the condition holds; its variable gets the value.
    fn holds(&mut self, condition: &'static Condition) -> bool {
        let Some(position) = condition.variable else { return self.is_true(&condition.test) };
        let value = self.value(&condition.test);
        let holds = value.as_ref().is_some_and(Value::holds);
        let index = self.variable(position).ok();
        if let Some(variable) = index.and_then(|index| self.variables.get_mut(index)) {
            *variable = value;
        }
        holds
    }

    /// The index of the variable at the position of a reference, or that of the parameter.
    fn variable(&self, position: u8) -> Result<usize, usize> {
        let position = usize::from(position);
        position.checked_sub(self.params.rules().parameters().len()).ok_or(position)
    }

    /// The value of an expression, if it has one.
    fn value(&self, expr: &'static Expr) -> Option<Value<'a>> {
        Some(match expr {
            Expr::Ref(position) => match self.variable(*position) {
                Ok(variable) => return self.variables.get(variable)?.clone(),
                Err(parameter) => return self.params.get(parameter).map(Value::of),
            },
            Expr::Attr(of, attr) => return self.attr(of, *attr),
            Expr::Integer(number) => Value::Integer(*number),
            Expr::Coalesce(exprs) => return exprs.iter().find_map(|expr| self.value(expr)),
            Expr::Ite(arguments) => return self.value(self.chosen(arguments)?),
            Expr::Split(arguments) => Value::List(self.split(arguments)?),
            Expr::ParseUrl(of) => Value::Url(Rc::new(Url::parse(self.string(of)?)?)),
            Expr::Partition(of) => Value::Partition(Partition::of(&self.string(of)?)),
            Expr::ParseArn(of) => Value::Arn(Rc::new(Arn::parse(self.string(of)?)?)),
            Expr::String(_) | Expr::Template(_) | Expr::Substring(_) | Expr::UriEncode(_) => {
                Value::String(self.string(expr)?)
            }
            Expr::Boolean(_)
            | Expr::IsSet(_)
            | Expr::Not(_)
            | Expr::BooleanEquals(_)
            | Expr::StringEquals(_)
            | Expr::IsValidHostLabel(_)
            | Expr::IsVirtualHostableS3Bucket(_) => Value::Boolean(self.boolean(expr)?),
        })
    }

    /// Whether a condition without a variable holds.
    fn is_true(&self, expr: &'static Expr) -> bool {
        match expr {
            Expr::Ref(_) | Expr::Attr(..) | Expr::Coalesce(_) | Expr::Ite(_) => {
                self.value(expr).is_some_and(|value| value.holds())
            }
            Expr::Boolean(_)
            | Expr::IsSet(_)
            | Expr::Not(_)
            | Expr::BooleanEquals(_)
            | Expr::StringEquals(_)
            | Expr::IsValidHostLabel(_)
            | Expr::IsVirtualHostableS3Bucket(_) => self.boolean(expr) == Some(true),
            // Whatever else has a value, it isn't `false`.
            other => self.value(other).is_some(),
        }
    }

    fn boolean(&self, expr: &'static Expr) -> Option<bool> {
        Some(match expr {
            Expr::Boolean(value) => *value,
            Expr::IsSet(of) => self.is_set(of),
            Expr::Not(of) => !self.boolean(of)?,
            Expr::BooleanEquals([a, b]) => self.boolean(a)? == self.boolean(b)?,
            Expr::StringEquals([a, b]) => self.string(a)? == self.string(b)?,
            Expr::IsValidHostLabel([text, allow_dots]) => {
                functions::is_valid_host_label(&self.string(text)?, self.boolean(allow_dots)?)
            }
            Expr::IsVirtualHostableS3Bucket([text, allow_dots]) => {
                let (text, allow_dots) = (self.string(text)?, self.boolean(allow_dots)?);
                functions::is_virtual_hostable_bucket(&text, allow_dots)
            }
            other => return self.value(other)?.boolean(),
        })
    }

    fn is_set(&self, expr: &'static Expr) -> bool {
        match expr {
            Expr::Ref(position) => match self.variable(*position) {
                Ok(variable) => self.variables.get(variable).is_some_and(Option::is_some),
                Err(parameter) => self.params.get(parameter).is_some(),
            },
            other => self.value(other).is_some(),
        }
    }

    fn string(&self, expr: &'static Expr) -> Option<Cow<'a, str>> {
        Some(match expr {
            Expr::String(text) => Cow::Borrowed(text),
            Expr::Template(parts) => Cow::Owned(self.template(parts)?),
            Expr::Substring(arguments) => self.substring(arguments)?,
            Expr::UriEncode(of) => functions::uri_encode(self.string(of)?),
            Expr::Coalesce(exprs) => return exprs.iter().find_map(|expr| self.string(expr)),
            Expr::Ite(arguments) => return self.string(self.chosen(arguments)?),
            other => return self.value(other)?.string(),
        })
    }

    /// A part of what an expression stands for; that isn't copied.
    fn attr(&self, of: &'static Expr, attr: Attr) -> Option<Value<'a>> {
        if let Expr::Ref(position) = of
            && let Ok(variable) = self.variable(*position)
        {
            return self.variables.get(variable)?.as_ref()?.attr(attr);
        }
        self.value(of)?.attr(attr)
    }

    fn chosen(&self, [condition, yes, no]: &'static [Expr; 3]) -> Option<&'static Expr> {
        Some(if self.boolean(condition)? { yes } else { no })
    }

    fn template(&self, parts: &'static [Expr]) -> Option<String> {
        let mut text = String::with_capacity(64);
        for part in parts {
            match part {
                Expr::String(part) => text.push_str(part),
                part => text.push_str(&self.string(part)?),
            }
        }
        Some(text)
    }

    fn substring(&self, [text, start, stop, reverse]: &'static [Expr; 4]) -> Option<Cow<'a, str>> {
        let (start, stop) = (self.value(start)?.index()?, self.value(stop)?.index()?);
        let (text, reverse) = (self.string(text)?, self.boolean(reverse)?);
        let range = functions::substring(&text, start, stop, reverse)?;
        Some(super::value::part(&text, range))
    }

    fn split(&self, [text, delimiter, limit]: &'static [Expr; 3]) -> Option<List<'a>> {
        let (text, delimiter) = (self.string(text)?, self.string(delimiter)?);
        let limit = self.value(limit)?.index()?;
        Some(List::parts(&text, |text| functions::split(text, &delimiter, limit)))
    }

    /// The value of an expression that ends in an endpoint or an error; a text of the rules isn't copied.
    fn text(&self, expr: &'static Expr) -> Option<Cow<'static, str>> {
        Some(match expr {
            Expr::String(text) => Cow::Borrowed(text),
            expr => Cow::Owned(self.string(expr)?.into_owned()),
        })
    }

    fn endpoint(&self, rule: &'static EndpointRule) -> Result<Endpoint, ResolveError> {
        let url = self.text(&rule.url).ok_or_else(|| ResolveError::unset("an endpoint's URL"))?;
        if url.is_empty() {
            return Err(ResolveError { message: Cow::Borrowed("the endpoint's URL is empty") });
        }
        let mut endpoint = Endpoint::builder().url(url);
        for (name, values) in rule.headers {
            for value in *values {
                let value =
                    self.text(value).ok_or_else(|| ResolveError::unset("an endpoint's header"))?;
                endpoint = endpoint.header(*name, value);
            }
        }
        for (name, property) in rule.properties {
            endpoint = endpoint.property(*name, self.property(property)?);
        }
        for scheme in rule.auth_schemes {
            endpoint = endpoint.auth_scheme(self.auth_scheme(scheme)?);
        }
        Ok(endpoint.build())
    }

    fn auth_scheme(
        &self,
        (name, properties): &'static AuthScheme,
    ) -> Result<EndpointAuthScheme, ResolveError> {
        let name = self.text(name).ok_or_else(|| ResolveError::unset("an endpoint's property"))?;
        let mut scheme = EndpointAuthScheme::with_capacity(name, properties.len());
        for (name, property) in *properties {
            scheme = scheme.put(*name, self.property(property)?);
        }
        Ok(scheme)
    }

    fn property(&self, property: &'static Property) -> Result<Document, ResolveError> {
        match property {
            Property::Value(expr) => self
                .value(expr)
                .and_then(document)
                .ok_or_else(|| ResolveError::unset("an endpoint's property")),
            Property::List(properties) => properties
                .iter()
                .map(|property| self.property(property))
                .collect::<Result<_, _>>()
                .map(Document::Array),
            Property::Record(properties) => self.record(properties).map(Document::Object),
        }
    }

    fn record(
        &self,
        properties: Properties,
    ) -> Result<std::collections::HashMap<String, Document>, ResolveError> {
        let property = |(name, property): &'static (&'static str, Property)| {
            Ok(((*name).to_owned(), self.property(property)?))
        };
        properties.iter().map(property).collect()
    }
}

fn document(value: Value<'_>) -> Option<Document> {
    match value {
        Value::Boolean(value) => Some(value.into()),
        Value::Integer(number) => Some(number.into()),
        Value::String(text) => Some(Document::String(text.into_owned())),
        Value::List(_) | Value::Partition(_) | Value::Arn(_) | Value::Url(_) => None,
    }
}
