//! Where an operation's requests get the values of endpoint parameters: traits of the operation and of its input's
//! members → IR. It must not know what rules make of the values.

use serde_json::Value;
use tinsmith_model::{Member, Model, ShapeKind, ShapeRef, trait_id};

use super::place::{Mistake, Place};
use super::{Lowering, short};
use crate::ir::endpoint::{ContextParam, Literal, ParamKind, Parameter, Source};
use crate::path::Type;

impl Lowering<'_> {
    /// The operation's context parameters, each once: those of the more specific traits hide others.
    pub(in crate::lower) fn context_params(
        &mut self,
        operation: ShapeRef,
        parameters: &[Parameter],
    ) -> Vec<ContextParam> {
        let mut found = self.static_params(operation, parameters);
        let of_members = self.member_params(operation, parameters);
        let of_paths = self.path_params(operation, parameters);
        for param in of_members.into_iter().chain(of_paths) {
            if !found.iter().any(|other| other.name == param.name) {
                found.push(param);
            }
        }
        found
    }

    fn static_params(&mut self, r: ShapeRef, parameters: &[Parameter]) -> Vec<ContextParam> {
        let id = trait_id::STATIC_CONTEXT_PARAMS;
        let Some(value) = self.model.shape(r).traits.get(id) else { return Vec::new() };
        static_params(&Place::root(short(id), value), parameters).unwrap_or_else(|mistake| {
            self.report(r, None, mistake.message, &mistake.help);
            Vec::new()
        })
    }

    fn path_params(&mut self, r: ShapeRef, parameters: &[Parameter]) -> Vec<ContextParam> {
        let (model, id) = (self.model, trait_id::OPERATION_CONTEXT_PARAMS);
        let shape = model.shape(r);
        let (Some(value), Some(operation)) = (shape.traits.get(id), shape.as_operation()) else {
            return Vec::new();
        };
        let paths = match paths(&Place::root(short(id), value), parameters) {
            Ok(paths) => paths,
            Err(mistake) => {
                self.report(r, None, mistake.message, &mistake.help);
                return Vec::new();
            }
        };
        let root = Type::of(model, operation.input);
        let mut params = Vec::new();
        for (parameter, path) in paths {
            let Some((path, found)) = self.expression(r, &root, &path) else { continue };
            if holds(model, parameter.kind, &found) {
                let source = Source::Path(path);
                params.push(ContextParam { name: parameter.name.clone(), source });
            } else {
                let message = format!(
                    "{}.{}: the path finds what the parameter can't hold",
                    short(id),
                    parameter.name
                );
                self.report(r, None, message, "find a value of the parameter's type");
            }
        }
        params
    }

    fn member_params(
        &mut self,
        operation: ShapeRef,
        parameters: &[Parameter],
    ) -> Vec<ContextParam> {
        let model = self.model;
        let Some(operation) = model.shape(operation).as_operation() else { return Vec::new() };
        let (mut params, input) = (Vec::new(), operation.input);
        for member in model.shape(input).members() {
            let Some(value) = member.traits.get(trait_id::CONTEXT_PARAM) else { continue };
            let place = Place::root(short(trait_id::CONTEXT_PARAM), value);
            let kind = self.kind(member);
            match member_param(&place, member, kind, parameters) {
                Ok(param) => params.push(param),
                Err(mistake) => {
                    self.report(input, Some(&member.name), mistake.message, &mistake.help);
                }
            }
        }
        params
    }

    /// The type of the parameters that a member's values can be given to.
    fn kind(&self, member: &Member) -> Option<ParamKind> {
        match &self.model.shape(member.target).kind {
            ShapeKind::String | ShapeKind::Enum(_) => Some(ParamKind::String),
            ShapeKind::Boolean => Some(ParamKind::Boolean),
            ShapeKind::List(element) => {
                (self.kind(element)? == ParamKind::String).then_some(ParamKind::StringArray)
            }
            _ => None,
        }
    }
}

fn static_params(
    place: &Place<'_>,
    parameters: &[Parameter],
) -> Result<Vec<ContextParam>, Mistake> {
    let mut params = Vec::new();
    for (name, place) in place.members()? {
        let value = place.need("value")?;
        let literal = match value.value() {
            Value::Bool(_) => super::literal(&value, ParamKind::Boolean),
            Value::Array(_) => super::literal(&value, ParamKind::StringArray),
            _ => super::literal(&value, ParamKind::String),
        }?;
        let kind = match literal {
            Literal::String(_) => ParamKind::String,
            Literal::Boolean(_) => ParamKind::Boolean,
            Literal::StringArray(_) => ParamKind::StringArray,
        };
        check(&value, name, kind, parameters)?;
        params.push(ContextParam { name: name.to_owned(), source: Source::Static(literal) });
    }
    Ok(params)
}

/// Parameters, and the paths to their values.
fn paths<'p>(
    place: &Place<'_>,
    parameters: &'p [Parameter],
) -> Result<Vec<(&'p Parameter, String)>, Mistake> {
    let mut paths = Vec::new();
    for (name, place) in place.members()? {
        let path = place.need("path")?.text()?.to_owned();
        paths.push((find(&place, name, parameters)?, path));
    }
    Ok(paths)
}

/// Whether a parameter can hold what a path finds.
fn holds(model: &Model, kind: ParamKind, found: &Type) -> bool {
    let is_text = |found: &Type| matches!(found, Type::String | Type::Any | Type::Null);
    match (found, kind) {
        (Type::Boolean, ParamKind::Boolean) | (Type::Any | Type::Null, _) => true,
        (Type::List(element), ParamKind::StringArray) => is_text(element),
        (Type::Shape(shape), ParamKind::StringArray) => match &model.shape(*shape).kind {
            ShapeKind::List(element) => is_text(&Type::of(model, element.target)),
            _ => false,
        },
        (found, ParamKind::String) => is_text(found),
        _ => false,
    }
}

fn member_param(
    place: &Place<'_>,
    member: &Member,
    kind: Option<ParamKind>,
    parameters: &[Parameter],
) -> Result<ContextParam, Mistake> {
    let name = place.need("name")?.text()?;
    let Some(kind) = kind else {
        let help = "bind a string, a boolean or a list of strings";
        return Err(place.mistake("no parameter can have the member's value", help));
    };
    check(place, name, kind, parameters)?;
    let source = Source::Member(member.name.clone(), member.traits.has(trait_id::REQUIRED));
    Ok(ContextParam { name: name.to_owned(), source })
}

/// Whether the rules have a parameter with this name and type.
pub(super) fn check(
    place: &Place<'_>,
    name: &str,
    kind: ParamKind,
    parameters: &[Parameter],
) -> Result<(), Mistake> {
    if find(place, name, parameters)?.kind == kind {
        return Ok(());
    }
    let help = "bind a value of the parameter's type";
    Err(place.mistake(format_args!("the parameter `{name}` is of another type"), help))
}

fn find<'p>(
    place: &Place<'_>,
    name: &str,
    parameters: &'p [Parameter],
) -> Result<&'p Parameter, Mistake> {
    let found = parameters.iter().find(|parameter| parameter.name == name);
    found.ok_or_else(|| {
        let message = format!("the service's endpoint rules have no parameter `{name}`");
        place.mistake(message, "name one of their parameters")
    })
}
