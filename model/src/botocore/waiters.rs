//! `waiters-2.json`: what to wait for, and how to know that it has come. It must not know how waiting is done.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::object::{Text, object};
use super::operations::Operations;
use super::reader::{Reader, Subject};
use super::{Converter, WithExtras};
use crate::json::Entries;
use crate::names::shorten;
use crate::traits::{botocore_trait_id, trait_id};

object! {
    /// The file.
    File { "waiters" => waiters: Entries<'a, Waiter<'a>>, }
    ignored { "version": "there is one version", }
}

object! {
    /// A waiter.
    Waiter {
        "operation" => operation: Text<'a>,
        "acceptors" => acceptors: Value,
        "delay" => delay: Value,
        "description" => description: Text<'a>,
        "maxAttempts" => max_attempts: Value,
        "deprecated" => deprecated: bool,
    }
}

/// Gives each operation its waiters.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    converter: &Converter<'_, 'a>,
    files: Option<&'a WithExtras>,
    operations: &mut Operations,
) {
    let Some(file) = files.and_then(|files| reader.parse_merged::<File<'a>>(files)) else { return };
    let mut waitable: IndexMap<String, Map<String, Value>> = IndexMap::new();
    let mut kept: IndexMap<String, Map<String, Value>> = IndexMap::new();
    for (key, waiter) in file.waiters.into_iter().flat_map(|entries| entries.0) {
        let Some(operation) = operation(reader, &key, &waiter, operations) else { continue };
        let Some(acceptors) = acceptors(reader, converter, &key, &waiter) else { continue };
        match acceptors.into_iter().collect::<Option<Vec<_>>>() {
            Some(acceptors) => {
                let value = smithy(&waiter, acceptors.into_iter().flatten().collect());
                waitable.entry(operation).or_default().insert(key.text.to_string(), value);
            }
            // Without one of its acceptors a waiter would wait for something else.
            None => {
                let value = waiter.as_written();
                kept.entry(operation).or_default().insert(key.text.to_string(), value);
            }
        }
    }
    for (id, waiters) in [(trait_id::WAITABLE, waitable), (botocore_trait_id::WAITERS, kept)] {
        for (name, waiters) in waiters {
            if let Some(operation) = operations.get_mut(&name) {
                operation.traits.insert(id, Value::Object(waiters));
            }
        }
    }
}

/// The operation that is asked again and again.
fn operation(
    reader: &mut Reader<'_>,
    key: &Text<'_>,
    waiter: &Waiter<'_>,
    operations: &Operations,
) -> Option<String> {
    let on = Subject { kind: "waiter", name: &key.text, member: None };
    let Some(name) = &waiter.operation else {
        reader.report(on, key, "it has no `operation`", "name the operation to ask");
        return None;
    };
    if operations.contains_key(&*name.text) {
        return Some(name.text.to_string());
    }
    let names = operations.keys().map(String::as_str);
    let help = reader.mend(&name.text, names, "name the operation to ask");
    let message = format!("there is no operation `{}`", shorten(&name.text));
    reader.report(on, name, message, help);
    None
}

/// The acceptors of one of botocore's in Smithy's terms, or none if they have no terms for it.
type Translated = Option<Vec<Value>>;

fn acceptors<'a>(
    reader: &mut Reader<'a>,
    converter: &Converter<'_, 'a>,
    key: &Text<'a>,
    waiter: &Waiter<'a>,
) -> Option<Vec<Translated>> {
    let on = Subject { kind: "waiter", name: &key.text, member: None };
    let Some(acceptors) = waiter.acceptors.as_ref().and_then(Value::as_array) else {
        let help = "add it: \"acceptors\": [{\"matcher\": …, \"expected\": …, \"state\": …}]";
        reader.report(on, key, "it has no `acceptors`", help);
        return None;
    };
    let mut translated = Vec::with_capacity(acceptors.len());
    for acceptor in acceptors {
        match Acceptor::of(acceptor) {
            Ok(acceptor) => translated.push(acceptor.smithy(converter, waiter)),
            Err(message) => {
                let help =
                    "an acceptor has `state`, `matcher` and `expected`, and with a path `argument`";
                reader.report(on, key, message, help);
            }
        }
    }
    Some(translated)
}

/// One way in which a try can come out.
struct Acceptor<'v> {
    state: &'v str,
    matcher: Matcher<'v>,
    expected: &'v Value,
}

#[derive(Copy, Clone, Eq, PartialEq)]
enum Matcher<'v> {
    Path(&'v str),
    PathAll(&'v str),
    PathAny(&'v str),
    Error,
    Status,
}

impl<'v> Acceptor<'v> {
    fn of(value: &'v Value) -> Result<Self, String> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let argument = || text("argument").ok_or("an acceptor with a path has no `argument`");
        let known = ["argument", "expected", "matcher", "state"];
        let keys = value.as_object().into_iter().flat_map(Map::keys);
        if let Some(strange) = keys.into_iter().find(|key| !known.contains(&key.as_str())) {
            return Err(format!("an acceptor has the unknown key `{}`", shorten(strange)));
        }
        let matcher = match text("matcher") {
            Some("path") => Matcher::Path(argument()?),
            Some("pathAll") => Matcher::PathAll(argument()?),
            Some("pathAny") => Matcher::PathAny(argument()?),
            Some("error") => Matcher::Error,
            Some("status") => Matcher::Status,
            Some(other) => return Err(format!("unknown matcher `{}`", shorten(other))),
            None => return Err("an acceptor has no `matcher`".to_owned()),
        };
        let state = match text("state") {
            Some(state @ ("success" | "failure" | "retry")) => state,
            Some(other) => return Err(format!("unknown state `{}`", shorten(other))),
            None => return Err("an acceptor has no `state`".to_owned()),
        };
        let expected = value.get("expected").ok_or("an acceptor has no `expected`")?;
        Ok(Acceptor { state, matcher, expected })
    }

    /// Smithy specification, "Waiters: Matcher union".
    fn smithy(&self, converter: &Converter<'_, '_>, waiter: &Waiter<'_>) -> Translated {
        let output = |path: &str, comparator: &str, expected: String| json!({"output": {"path": path, "expected": expected, "comparator": comparator}});
        let text = || self.expected.as_str().map(str::to_owned);
        let matcher = match (self.matcher, self.expected) {
            (Matcher::Path(path), Value::Bool(expected)) => {
                output(path, "booleanEquals", expected.to_string())
            }
            (Matcher::Path(path), _) => output(path, "stringEquals", text()?),
            (Matcher::PathAll(path), _) => output(path, "allStringEquals", text()?),
            (Matcher::PathAny(path), _) => output(path, "anyStringEquals", text()?),
            // Whether there was an error at all.
            (Matcher::Error, Value::Bool(failed)) => json!({"success": !failed}),
            (Matcher::Error, _) => json!({"errorType": text()?}),
            (Matcher::Status, _) => {
                let status = self.expected.as_u64()?;
                if (200..300).contains(&status) {
                    json!({"success": true})
                } else {
                    let errors = errors_of(converter, waiter, status)?;
                    let accept = |error: String| json!({"state": self.state, "matcher": {"errorType": error}});
                    return Some(errors.into_iter().map(accept).collect());
                }
            }
        };
        Some(vec![json!({"state": self.state, "matcher": matcher})])
    }
}

/// An acceptor of a status becomes at most so many of errors; no operation has more that share one.
const MOST_ERRORS: usize = 32;

/// The errors of the waiter's operation that come with a status, which Smithy's waiters do not look at.
///
/// No body tells the errors of a `HEAD` request apart: the reason that HTTP gives for the status names it.
fn errors_of(
    converter: &Converter<'_, '_>,
    waiter: &Waiter<'_>,
    status: u64,
) -> Option<Vec<String>> {
    let name = waiter.operation.as_ref()?;
    let operation = &converter.document.operations.get(&name.text)?.value;
    let method = operation.http.as_ref().and_then(|http| http.method.as_ref());
    if method.is_some_and(|method| method.text == "HEAD") {
        return reason(status).map(|reason| vec![reason.to_owned()]);
    }
    let errors = operation.errors.iter().flatten().filter_map(|error| error.shape.as_ref());
    let comes_with_it = |name: &&Text<'_>| {
        let shape = converter.document.shapes.get(&name.text);
        let facts = shape.and_then(|shape| shape.value.error.as_ref());
        facts.and_then(|facts| facts.http_status_code.as_ref()?.as_u64()) == Some(status)
    };
    let errors = errors.filter(comes_with_it).map(|it| it.text.to_string());
    let errors: Vec<String> = errors.take(MOST_ERRORS + 1).collect();
    (1..=MOST_ERRORS).contains(&errors.len()).then_some(errors)
}

/// RFC 9110, "Status Codes", as one word.
fn reason(status: u64) -> Option<&'static str> {
    Some(match status {
        301 => "MovedPermanently",
        302 => "Found",
        304 => "NotModified",
        400 => "BadRequest",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        412 => "PreconditionFailed",
        500 => "InternalServerError",
        503 => "ServiceUnavailable",
        _ => return None,
    })
}

/// Smithy specification, "Waiters: Waiter structure". How often to try has no place there: the caller says how long.
fn smithy(waiter: &Waiter<'_>, acceptors: Vec<Value>) -> Value {
    let mut value = Map::new();
    if let Some(description) = &waiter.description {
        value.insert("documentation".to_owned(), Value::from(&*description.text));
    }
    value.insert("acceptors".to_owned(), Value::from(acceptors));
    if let Some(delay) = &waiter.delay {
        value.insert("minDelay".to_owned(), delay.clone());
        // The longest must not be shorter than the shortest, and is 120 unless it is said.
        if delay.as_u64().is_some_and(|delay| delay > 120) {
            value.insert("maxDelay".to_owned(), delay.clone());
        }
    }
    if waiter.deprecated == Some(true) {
        value.insert("deprecated".to_owned(), Value::from(true));
    }
    Value::Object(value)
}

impl Waiter<'_> {
    fn as_written(&self) -> Value {
        let description = self.description.as_ref().map(|text| Value::from(&*text.text));
        let facts = [
            ("description", description),
            ("delay", self.delay.clone()),
            ("maxAttempts", self.max_attempts.clone()),
            ("acceptors", self.acceptors.clone()),
        ];
        let facts = facts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        Value::Object(facts.collect())
    }
}
