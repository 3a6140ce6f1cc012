//! `@waitable` → waiters with the acceptors of their answers. It must not know how answers come.

use std::collections::HashMap;

use serde_json::{Map, Value};
use tinsmith_model::{ShapeRef, trait_id};

use super::{Lowering, plain};
use crate::docs;
use crate::ir::{self, Expected, Matcher, State};
use crate::naming;
use crate::path::{self, Expression, Type};

/// Seconds between two tries, unless the waiter says something else.
const MIN_DELAY: u64 = 2;
/// The most seconds between two tries, unless the waiter says something else.
const MAX_DELAY: u64 = 120;

/// What is wrong with a waiter, and the mend.
struct Wrong(String, &'static str);

impl Lowering<'_> {
    /// The operation's waiters: see [waiters](https://smithy.io/2.0/additional-specs/waiters.html).
    pub(super) fn waiters(&mut self, r: ShapeRef) -> Vec<ir::Waiter> {
        let Some(waiters) = self.model.shape(r).traits.get(trait_id::WAITABLE) else {
            return Vec::new();
        };
        if !self.can_be_asked_again(r) {
            return Vec::new();
        }
        let waiters = waiters.as_object().into_iter().flatten();
        waiters.filter_map(|(name, waiter)| self.waiter(r, name, waiter)).collect()
    }

    /// Reports waiters of different operations whose modules would have the same name.
    pub(super) fn check_waiters(&mut self, operations: &[ShapeRef], lowered: &[ir::Operation]) {
        let mut taken: HashMap<&str, ShapeRef> = HashMap::new();
        for (&r, operation) in operations.iter().zip(lowered) {
            for waiter in &operation.waiters {
                let Some(other) = taken.insert(&waiter.module, r) else { continue };
                let other = &self.model.shape(other).id;
                let message = format!(
                    "the modules of the waiter `{}` and of one of {other} would be called `{}`",
                    waiter.name, waiter.module
                );
                self.report(r, None, message, "give one of them another name");
            }
        }
    }

    fn waiter(&mut self, r: ShapeRef, name: &str, waiter: &Value) -> Option<ir::Waiter> {
        let (min_delay, max_delay) = match delays(waiter) {
            Ok(delays) => delays,
            Err(wrong) => return self.wrong(r, name, wrong),
        };
        let stated = waiter.get("acceptors").and_then(Value::as_array);
        let mut acceptors = Vec::new();
        for acceptor in stated.into_iter().flatten() {
            acceptors.push(self.acceptor(r, name, acceptor)?);
        }
        if !acceptors.iter().any(|acceptor| acceptor.state == State::Success) {
            let message = "has no acceptor of success, so that it never ends well".to_owned();
            return self.wrong(r, name, Wrong(message, "add one whose `state` is `success`"));
        }
        let documentation = waiter.get("documentation").and_then(Value::as_str);
        Some(ir::Waiter {
            name: name.to_owned(),
            pascal: plain(&naming::pascal_case(name)),
            snake: naming::snake_case(name),
            module: plain(&naming::module(name)),
            docs: docs::markdown(documentation.unwrap_or_default()),
            min_delay,
            max_delay,
            acceptors,
        })
    }

    fn acceptor(&mut self, r: ShapeRef, name: &str, acceptor: &Value) -> Option<ir::Acceptor> {
        let state = match acceptor.get("state").and_then(Value::as_str) {
            Some("success") => State::Success,
            Some("failure") => State::Failure,
            Some("retry") => State::Retry,
            _ => {
                let message = "has an acceptor without a `state`".to_owned();
                let help = "it is one of `success`, `failure` and `retry`";
                return self.wrong(r, name, Wrong(message, help));
            }
        };
        let matcher = acceptor.get("matcher").and_then(Value::as_object);
        let matcher = matcher.and_then(single).unwrap_or(("", &Value::Null));
        let matcher = match matcher {
            ("success", Value::Bool(success)) => Matcher::Success(*success),
            // An absolute shape ID means the same as its name.
            ("errorType", Value::String(error)) => {
                let name = error.rsplit_once('#').map_or(error.as_str(), |(_, name)| name);
                Matcher::ErrorType(name.to_owned())
            }
            ("output", Value::Object(path)) => {
                let root = Type::of(self.model, self.boundaries(r)?.1);
                let (path, expected) = self.path_matcher(r, name, &root, path)?;
                Matcher::Output(path, expected)
            }
            ("inputOutput", Value::Object(path)) => {
                let (input, output) = self.boundaries(r)?;
                let [input, output] = [input, output].map(|shape| Type::of(self.model, shape));
                let both = [("input".to_owned(), input), ("output".to_owned(), output)];
                let (path, expected) =
                    self.path_matcher(r, name, &Type::Object(both.into()), path)?;
                Matcher::InputOutput(path, expected)
            }
            _ => {
                let message = "has an acceptor whose `matcher` isn't known".to_owned();
                let help = "it is one of `success`, `errorType`, `output` and `inputOutput`";
                return self.wrong(r, name, Wrong(message, help));
            }
        };
        Some(ir::Acceptor { state, matcher })
    }

    fn boundaries(&self, r: ShapeRef) -> Option<(ShapeRef, ShapeRef)> {
        self.model.shape(r).as_operation().map(|operation| (operation.input, operation.output))
    }

    fn path_matcher(
        &mut self,
        r: ShapeRef,
        name: &str,
        root: &Type,
        matcher: &Map<String, Value>,
    ) -> Option<(Expression, Expected)> {
        let text = |key: &str| matcher.get(key).and_then(Value::as_str);
        let (Some(path), Some(expected), Some(comparator)) =
            (text("path"), text("expected"), text("comparator"))
        else {
            let message = "has a matcher that doesn't say what to expect".to_owned();
            let help = "it needs a `path`, what is `expected` and a `comparator`";
            return self.wrong(r, name, Wrong(message, help));
        };
        let (expression, ty) = match path::parse(self.model, root, path) {
            Ok(found) => found,
            Err(problem) => {
                let message = format!("the waiter `{name}`: {}", problem.message);
                self.report(r, None, message, &problem.help);
                return None;
            }
        };
        let element = ty.element(self.model);
        let is = |ty: &Type, wanted: &Type| ty.overlaps(wanted);
        let (expected, fits, wanted) = match (comparator, expected) {
            ("stringEquals", text) => {
                (Expected::String(text.to_owned()), is(&ty, &Type::String), "a string")
            }
            ("booleanEquals", "true" | "false") => {
                (Expected::Boolean(expected == "true"), is(&ty, &Type::Boolean), "a boolean")
            }
            ("allStringEquals" | "anyStringEquals", text) => {
                let of: fn(String) -> Expected = match comparator {
                    "allStringEquals" => Expected::AllStrings,
                    _ => Expected::AnyString,
                };
                let fits = element.is_some_and(|element| is(&element, &Type::String));
                (of(text.to_owned()), fits, "a list of strings")
            }
            _ => {
                let message = format!("compares by `{comparator}` with `{expected}`");
                let help = "a comparator is one of `stringEquals`, `booleanEquals` (with `true` or \
                            `false`), `allStringEquals` and `anyStringEquals`";
                return self.wrong(r, name, Wrong(message, help));
            }
        };
        if !fits {
            let found = ty.describe(self.model);
            let message = format!("compares what `{path}` finds, {found}, by `{comparator}`");
            self.report(
                r,
                None,
                format!("the waiter `{name}` {message}"),
                &format!("that takes {wanted}"),
            );
            return None;
        }
        Some((expression, expected))
    }

    fn wrong<T>(&mut self, r: ShapeRef, name: &str, Wrong(message, help): Wrong) -> Option<T> {
        self.report(r, None, format!("the waiter `{name}` {message}"), help);
        None
    }
}

/// The only entry of an object that has one.
fn single(object: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut entries = object.iter();
    let entry = entries.next()?;
    entries.next().is_none().then_some((entry.0.as_str(), entry.1))
}

/// The shortest and the longest time between two tries.
fn delays(waiter: &Value) -> Result<(u64, u64), Wrong> {
    let delay = |key: &str, default| waiter.get(key).map_or(Some(default), Value::as_u64);
    match (delay("minDelay", MIN_DELAY), delay("maxDelay", MAX_DELAY)) {
        (Some(min), Some(max)) if 1 <= min && min <= max => Ok((min, max)),
        _ => Err(Wrong(
            "has delays that it can't wait for".to_owned(),
            "`minDelay` and `maxDelay` are whole seconds, at least 1, and the first isn't more than \
             the second (2 and 120 unless it is said)",
        )),
    }
}
