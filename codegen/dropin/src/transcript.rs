//! What a scenario saw, a line of JSON for each event, on stdout as it happens. It must not know what is compared.

use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use serde_json::{Value, json};
use tokio::time::Instant;

/// Of longer bodies only a hash is written down.
const LONG: usize = 100_000;

/// Where a scenario's events go. Clones write to the same place.
#[derive(Clone, Debug)]
pub struct Transcript {
    scenario: Arc<str>,
    begin: Instant,
    settings: Arc<Mutex<Settings>>,
}

#[derive(Clone, Debug)]
struct Settings {
    times: bool,
    unordered: bool,
    /// The identifiers that were made up at random, in the order in which they came.
    random: Vec<String>,
}

impl Transcript {
    pub(crate) fn new(scenario: &str) -> Self {
        let settings =
            Arc::new(Mutex::new(Settings { times: true, unordered: false, random: Vec::new() }));
        Self { scenario: scenario.into(), begin: Instant::now(), settings }
    }

    /// Leaves out the times of requests, and the signatures of them, where chance has a part in them.
    pub fn without_times(&self) {
        self.settings.lock().expect("nobody panics meanwhile").times = false;
    }

    /// Takes bodies for JSON in which maps have no order, and leaves out the signatures of them.
    pub fn without_order(&self) {
        self.settings.lock().expect("nobody panics meanwhile").unordered = true;
    }

    /// An event with a value that is JSON.
    pub fn event(&self, event: &str, value: impl Into<Value>) {
        let line = json!({ "scenario": *self.scenario, "event": event, "value": value.into() });
        // Without a reader there is nothing to tell.
        let _ = writeln!(io::stdout().lock(), "{line}");
    }

    /// An event with a value as `{:?}` has it.
    pub fn debug(&self, event: &str, value: impl Debug) {
        self.event(event, format!("{value:?}"));
    }

    /// A request that has come to the HTTP client, all of it.
    pub fn request(&self, request: &HttpRequest) {
        let mut settings = self.settings.lock().expect("nobody panics meanwhile");
        let mut headers: Vec<(&str, &str)> = request.headers().iter().collect();
        // Those of an endpoint come in any order, which says nothing.
        headers.sort_by_key(|(name, _)| *name);
        let headers = headers.into_iter().map(|(name, value)| match name {
            "authorization" if settings.unordered || !settings.times => {
                json!([name, value.split("Signature=").next()])
            }
            // A token with a number that is drawn for it, and a signature.
            "dpop" => json!([name, value.split('.').next()]),
            "x-amz-date" if !settings.times => json!([name, value.len()]),
            "amz-sdk-invocation-id" => json!([name, numbered(&mut settings.random, value)]),
            _ => json!([name, value]),
        });
        let headers: Vec<Value> = headers.collect();
        let Settings { times, unordered, .. } = *settings;
        let mut event = json!({
            "method": request.method(),
            "uri": request.uri(),
            "headers": headers,
            "body": body(request, unordered),
        });
        if times {
            event["milliseconds"] = json!(self.begin.elapsed().as_millis() as u64);
        }
        self.event("request", event);
    }

    /// How long the scenario has been going on, of the time that its own clock shows.
    pub fn elapsed(&self, event: &str) {
        self.event(event, self.begin.elapsed().as_millis() as u64);
    }
}

/// What stands for an identifier that was drawn at random: its number, the same each time that it comes again.
fn numbered(known: &mut Vec<String>, id: &str) -> String {
    let parts: Vec<usize> = id.split('-').map(str::len).collect();
    if parts != [8, 4, 4, 4, 12] {
        return id.to_owned();
    }
    let number = known.iter().position(|other| other == id).unwrap_or_else(|| {
        known.push(id.to_owned());
        known.len() - 1
    });
    format!("UUID {number}")
}

fn body(request: &HttpRequest, unordered: bool) -> Value {
    let Some(bytes) = request.body().bytes() else { return json!("a stream") };
    if bytes.len() > LONG {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        return json!({ "length": bytes.len(), "hash": hasher.finish() });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if unordered => serde_json::from_str(text).map_or_else(|_| json!(text), sorted),
        Ok(text) => json!(text),
        Err(_) => json!(bytes),
    }
}

/// The same value with all objects sorted by their keys.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(members.into_iter().map(|(key, value)| (key, sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
