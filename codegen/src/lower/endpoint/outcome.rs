//! Endpoints and errors, at which rules end: JSON → IR. It must not know how they are reached.

use serde_json::Value;

use super::expr::{Scope, string};
use super::place::{Mistake, Place};
use crate::ir::endpoint::{EndpointRule, Expr, Outcome, Property};

const AUTH_SCHEMES: &str = "authSchemes";

/// The outcome of a rule of one of these types, or `None` if it is of another.
pub(super) fn outcome(scope: &Scope, rule: &Place<'_>) -> Result<Option<Outcome>, Mistake> {
    Ok(Some(match rule.need("type")?.text()? {
        "error" => Outcome::Error(string(scope, &rule.need("error")?)?),
        "endpoint" => Outcome::Endpoint(Box::new(endpoint(scope, &rule.need("endpoint")?)?)),
        _ => return Ok(None),
    }))
}

fn endpoint(scope: &Scope, place: &Place<'_>) -> Result<EndpointRule, Mistake> {
    let url = string(scope, &place.need("url")?)?;
    let (mut headers, mut properties, mut auth_schemes) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(place) = place.get("headers") {
        for (name, values) in place.members()? {
            let values = values.items()?;
            let values = values.iter().map(|value| string(scope, value));
            headers.push((name.to_owned(), values.collect::<Result<_, _>>()?));
        }
    }
    if let Some(place) = place.get("properties") {
        for (name, place) in place.members()? {
            if name == AUTH_SCHEMES {
                for scheme in place.items()? {
                    auth_schemes.push(auth_scheme(scope, &scheme)?);
                }
            } else {
                properties.push((name.to_owned(), property(scope, &place)?));
            }
        }
    }
    Ok(EndpointRule { url, headers, properties, auth_schemes })
}

fn auth_scheme(
    scope: &Scope,
    place: &Place<'_>,
) -> Result<(Expr, Vec<(String, Property)>), Mistake> {
    let name = string(scope, &place.need("name")?)?;
    let mut properties = record(scope, place)?;
    properties.retain(|(property, _)| property != "name");
    Ok((name, properties))
}

fn property(scope: &Scope, place: &Place<'_>) -> Result<Property, Mistake> {
    Ok(match place.value() {
        Value::Bool(value) => Property::Value(Expr::Boolean(*value)),
        Value::String(_) => Property::Value(string(scope, place)?),
        Value::Number(number) => {
            let whole = number.as_i64().and_then(|number| i32::try_from(number).ok());
            let wrong = || place.mistake(format_args!("{number} isn't a whole number"), "round it");
            Property::Value(Expr::Integer(whole.ok_or_else(wrong)?))
        }
        Value::Array(_) => {
            let items = place.items()?;
            let items = items.iter().map(|item| property(scope, item));
            Property::List(items.collect::<Result<_, _>>()?)
        }
        Value::Object(_) => Property::Record(record(scope, place)?),
        Value::Null => return Err(place.mistake("it is `null`", "leave it out")),
    })
}

fn record(scope: &Scope, place: &Place<'_>) -> Result<Vec<(String, Property)>, Mistake> {
    let members = place.members()?;
    let properties =
        members.iter().map(|(name, place)| Ok(((*name).to_owned(), property(scope, place)?)));
    properties.collect()
}
