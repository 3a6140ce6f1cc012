//! Expressions: JSON → IR, every reference bound, every argument of the kind that is asked for. It must not know where
//! rules have expressions.

use serde_json::Value;

use super::functions::{self, Function, Kind};
use super::place::{Mistake, Place};
use crate::ir::endpoint::{Condition, Expr};

/// What references may name: the parameters, and the variables that have a value by then.
pub(super) struct Scope {
    parameters: Vec<(String, Kind)>,
    /// All variables, by position.
    variables: Vec<String>,
    /// Those that may be named, and their kinds.
    visible: Vec<(usize, Kind)>,
}

impl Scope {
    pub(super) fn new(parameters: Vec<(String, Kind)>) -> Self {
        Self { parameters, variables: Vec::new(), visible: Vec::new() }
    }

    /// How many variables there are.
    pub(super) fn variables(&self) -> usize {
        self.variables.len()
    }

    /// What [`leave`](Self::leave) goes back to.
    pub(super) fn enter(&self) -> usize {
        self.visible.len()
    }

    /// Forgets the variables that came after.
    pub(super) fn leave(&mut self, entered: usize) {
        self.visible.truncate(entered);
    }

    fn find(&self, name: &str) -> Option<(usize, Kind)> {
        if let Some(position) = self.parameters.iter().position(|(parameter, _)| parameter == name)
        {
            return Some((position, self.parameters[position].1));
        }
        let visible = self.visible.iter().rev().find(|(index, _)| self.variables[*index] == name);
        visible.map(|(index, kind)| (self.parameters.len() + index, *kind))
    }

    /// The position of a variable that gets a value of this kind.
    fn assign(&mut self, name: &str, kind: Kind) -> usize {
        let known = self.variables.iter().position(|variable| variable == name);
        let index = known.unwrap_or_else(|| {
            self.variables.push(name.to_owned());
            self.variables.len() - 1
        });
        self.visible.push((index, kind));
        self.parameters.len() + index
    }
}

/// A condition; the variable that it assigns can be named from now on.
pub(super) fn condition(scope: &mut Scope, place: &Place<'_>) -> Result<Condition, Mistake> {
    let (test, kind) = expr(scope, place)?;
    let variable = match place.get("assign") {
        None => None,
        Some(assign) => {
            let name = assign.text()?;
            if scope.parameters.iter().any(|(parameter, _)| parameter == name) {
                let message = format!("`{name}` is the name of a parameter");
                return Err(assign.mistake(message, "give the variable another name"));
            }
            Some(scope.assign(name, kind))
        }
    };
    Ok(Condition { test, variable })
}

/// An expression that gives a string.
pub(super) fn string(scope: &Scope, place: &Place<'_>) -> Result<Expr, Mistake> {
    Ok(of_kind(scope, place, Kind::String)?.0)
}

fn of_kind(scope: &Scope, place: &Place<'_>, asked: Kind) -> Result<(Expr, Kind), Mistake> {
    let (expr, kind) = expr(scope, place)?;
    if kind.fits(asked) {
        return Ok((expr, kind));
    }
    let message = format!("it gives {}, not {}", kind.name(), asked.name());
    Err(place.mistake(message, format!("put an expression there that gives {}", asked.name())))
}

fn expr(scope: &Scope, place: &Place<'_>) -> Result<(Expr, Kind), Mistake> {
    match place.value() {
        Value::Bool(value) => Ok((Expr::Boolean(*value), Kind::Boolean)),
        Value::Number(number) => {
            let whole = number.as_i64().and_then(|number| i32::try_from(number).ok());
            let wrong = || place.mistake(format_args!("{number} isn't a whole number"), "round it");
            Ok((Expr::Integer(whole.ok_or_else(wrong)?), Kind::Integer))
        }
        Value::String(text) => Ok((template(scope, place, text)?, Kind::String)),
        Value::Object(members) if members.contains_key("ref") => {
            let name = place.need("ref")?;
            reference(scope, &name, name.text()?)
        }
        Value::Object(members) if members.contains_key("fn") => call(scope, place),
        _ => {
            let help = "use a string, a number, `true` or `false`, or an object with `ref` or with `fn` and `argv`";
            Err(place.mistake("it isn't an expression", help))
        }
    }
}

fn reference(scope: &Scope, place: &Place<'_>, name: &str) -> Result<(Expr, Kind), Mistake> {
    let unknown = || {
        let message = format!("there is no parameter or variable `{name}` here");
        place.mistake(message, "name a parameter, or a variable that an earlier condition assigns")
    };
    let (position, kind) = scope.find(name).ok_or_else(unknown)?;
    Ok((Expr::Ref(position), kind))
}

/// A string in which `{name}` and `{name#part}` stand for values, and doubled braces for themselves.
fn template(scope: &Scope, place: &Place<'_>, text: &str) -> Result<Expr, Mistake> {
    let (mut parts, mut literal, mut rest) = (Vec::new(), String::new(), text);
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        literal.push_str(before);
        let (brace, after) = after.split_at(1);
        if let Some(doubled) = after.strip_prefix(brace) {
            literal.push_str(brace);
            rest = doubled;
            continue;
        }
        let Some((name, after)) = after.split_once('}').filter(|_| brace == "{") else {
            let help = "close it, or double it if it stands for itself";
            return Err(place.mistake(format_args!("a `{brace}` stands alone"), help));
        };
        if !literal.is_empty() {
            parts.push(Expr::String(std::mem::take(&mut literal)));
        }
        parts.push(placeholder(scope, place, name)?);
        rest = after;
    }
    literal.push_str(rest);
    if parts.is_empty() {
        return Ok(Expr::String(literal));
    }
    if !literal.is_empty() {
        parts.push(Expr::String(literal));
    }
    Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::Template(parts) })
}

fn placeholder(scope: &Scope, place: &Place<'_>, text: &str) -> Result<Expr, Mistake> {
    let (expr, kind) = match text.split_once('#') {
        Some((name, path)) => attrs(reference(scope, place, name)?, place, path)?,
        None => reference(scope, place, text)?,
    };
    if kind.fits(Kind::String) {
        return Ok(expr);
    }
    let message = format!("`{{{text}}}` gives {}, not a string", kind.name());
    Err(place.mistake(message, "name a part of it that is a string"))
}

fn call(scope: &Scope, place: &Place<'_>) -> Result<(Expr, Kind), Mistake> {
    let name = place.need("fn")?;
    let text = name.text()?;
    let argv = place.need("argv")?;
    let arguments = argv.items()?;
    if text == "getAttr" {
        let [of, path] = arguments.as_slice() else { return Err(wrong_count(&argv, 2)) };
        return attrs(expr(scope, of)?, path, path.text()?);
    }
    let Some(function) = functions::find(text) else {
        let help = format!("known are {}", functions::names());
        return Err(name.mistake(format_args!("there is no function `{text}`"), help));
    };
    let count = function.arguments.len();
    if arguments.len() < count || arguments.len() > count && !function.variadic {
        return Err(wrong_count(&argv, count));
    }
    checked(function, scope, &arguments)
}

fn wrong_count(argv: &Place<'_>, count: usize) -> Mistake {
    argv.mistake("the number of arguments is wrong", format!("the function takes {count}"))
}

/// The call of a function with arguments of the kinds that it takes.
fn checked(
    function: &Function,
    scope: &Scope,
    places: &[Place<'_>],
) -> Result<(Expr, Kind), Mistake> {
    let (mut arguments, mut last) = (Vec::with_capacity(places.len()), Kind::Any);
    for (index, place) in places.iter().enumerate() {
        let asked = function.arguments.get(index).copied().unwrap_or(Kind::Any);
        let (argument, kind) = of_kind(scope, place, asked)?;
        arguments.push(argument);
        last = kind;
    }
    let kind = if function.gives == Kind::Any { last } else { function.gives };
    if function.variadic {
        return Ok((Expr::Variadic(function.runtime, arguments), kind));
    }
    Ok((simplified(function, arguments), kind))
}

/// What is compared with `true` is that itself, and with `false` its contrary.
fn simplified(function: &Function, mut arguments: Vec<Expr>) -> Expr {
    match (function.name, arguments.as_slice()) {
        ("booleanEquals", [_, Expr::Boolean(true)]) => arguments.swap_remove(0),
        ("booleanEquals", [Expr::Boolean(true), _]) => arguments.swap_remove(1),
        ("booleanEquals", [_, Expr::Boolean(false)]) => {
            arguments.truncate(1);
            Expr::Call("Not", arguments)
        }
        _ => Expr::Call(function.runtime, arguments),
    }
}

/// The part of a value that a path leads to: names with dots between, and perhaps the index of an element.
fn attrs(
    (mut expr, mut kind): (Expr, Kind),
    place: &Place<'_>,
    path: &str,
) -> Result<(Expr, Kind), Mistake> {
    for step in path.split('.') {
        let (name, index) = match step.split_once('[') {
            Some((name, index)) => (name, Some(index)),
            None => (step, None),
        };
        if !name.is_empty() || index.is_none() {
            let unknown = || {
                let message = format!("{} has no part `{name}`", kind.name());
                place.mistake(
                    message,
                    "partitions, ARNs and URLs have the parts that the specification names",
                )
            };
            let (runtime, part) = functions::attr(kind, name).ok_or_else(unknown)?;
            (expr, kind) = (Expr::Attr(Box::new(expr), runtime), part);
        }
        if let Some(index) = index {
            let number = index.strip_suffix(']').and_then(|index| index.parse().ok());
            let Some(number) = number.filter(|_| kind.fits(Kind::Array)) else {
                let message = format!("`[{index}` isn't an element of {}", kind.name());
                return Err(place.mistake(message, "only arrays have elements, such as `[0]`"));
            };
            (expr, kind) = (Expr::Element(Box::new(expr), number), Kind::String);
        }
    }
    Ok((expr, kind))
}
