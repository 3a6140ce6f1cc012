//! Where the requests of an operation get the values of endpoint parameters: static data, and what it gives for an input.
//! It must not know the configuration of clients.

use aws_smithy_types::error::operation::BuildError;

use super::params::{ParamValue, ParamsBuilder};
use super::rules::Literal;
use crate::path::{Expression, Found};
use crate::value::Structure;

/// The binding of a [context parameter](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#rules-engine-parameter-traits).
#[derive(Clone, Copy, Debug)]
pub struct ContextParam {
    name: &'static str,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Fixed(Literal),
    Member { name: &'static str, required: bool },
    Path(&'static Expression),
}

impl ContextParam {
    /// The parameter of this name always has this value:
    /// [`@staticContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-staticcontextparams-trait).
    #[must_use]
    pub const fn fixed(name: &'static str, value: Literal) -> Self {
        Self { name, source: Source::Fixed(value) }
    }

    /// It has the value of a member of the input:
    /// [`@contextParam`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-contextparam-trait).
    #[must_use]
    pub const fn member(name: &'static str, member: &'static str) -> Self {
        Self { name, source: Source::Member { name: member, required: false } }
    }

    /// The same of a `@required` member: without it there is no request.
    #[must_use]
    pub const fn required_member(name: &'static str, member: &'static str) -> Self {
        Self { name, source: Source::Member { name: member, required: true } }
    }

    /// It has the value that a path finds in the input:
    /// [`@operationContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait).
    #[must_use]
    pub const fn path(name: &'static str, path: &'static Expression) -> Self {
        Self { name, source: Source::Path(path) }
    }

    /// Gives the parameter the value that it has for this input, if it has one.
    ///
    /// # Errors
    /// If a member isn't set, or blank, that must be.
    pub fn bind(
        &self,
        input: &dyn Structure,
        params: &mut ParamsBuilder,
    ) -> Result<(), BuildError> {
        let value = match self.source {
            Source::Fixed(value) => Some(value.into()),
            Source::Member { name, required } => of_member(input, name, required)?,
            Source::Path(path) => param(&path.evaluate(input)),
        };
        if value.is_some() {
            params.set_named(self.name, value);
        }
        Ok(())
    }
}

fn of_member(
    input: &dyn Structure,
    name: &str,
    required: bool,
) -> Result<Option<ParamValue>, BuildError> {
    let Some(position) = input.schema().position(name) else { return Ok(None) };
    let value = param(&input.member(position).into());
    let is_missing = match &value {
        None => true,
        Some(ParamValue::String(text)) => text.trim().is_empty(),
        Some(_) => false,
    };
    if required && is_missing {
        let field = input.schema().members()[position].rust_name();
        return Err(BuildError::missing_field(field, "the request's endpoint depends on it"));
    }
    Ok(value)
}

/// The value that a parameter has which is bound to this one.
fn param(value: &Found<'_>) -> Option<ParamValue> {
    if let Some(value) = value.as_bool() {
        return Some(value.into());
    }
    if let Some(text) = value.as_str() {
        return Some(text.into());
    }
    let texts = value.elements()?.filter_map(|element| element.as_str().map(str::to_owned));
    Some(ParamValue::StringArray(texts.collect()))
}
