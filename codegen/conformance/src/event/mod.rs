//! Cases of event streams: each event both ways, what is made of a whole stream, and the initial messages. It
//! must not know how messages look.
//!
//! A case is one of a client, of a service, or of both. The registry's operations are both sides: the sender
//! makes the message of an event, and its receiver reads it.

mod case;
mod message;

pub use case::EventCase;
pub(crate) use case::{Event, Way};
pub(crate) use message::bytes_of;

use http::Response;
use serde_json::{Value, json};
use tinsmith_runtime::codec::json::Settings;
use tinsmith_runtime::dynamic::{Answer, AnyOperation, Terms};
use tinsmith_runtime::event_stream::{Direction, EventAnswer};

use crate::case::{Case, HttpCase, Kind};
use crate::compare::difference;
use crate::request::{documents, parameters};
use crate::{request, response};
use case::Expectation;

/// A case and what it runs against.
struct Subject<'a> {
    operation: &'a dyn AnyOperation,
    of: &'a Case,
    case: &'a EventCase,
    terms: Terms,
}

/// What was read.
enum Read {
    /// What it should be.
    Good,
    /// An error, which may be what is expected: its shape ID, if it has one.
    Error(Option<String>),
    /// Something else.
    Wrong(String),
}

pub(crate) fn run(
    operation: &dyn AnyOperation,
    of: &Case,
    terms: Terms,
) -> Result<(), Vec<String>> {
    let Some(case) = &of.events else { return Err(vec!["the case has no events".to_owned()]) };
    // Timestamps in the parameters of events look as their members say.
    let documents = Settings { timestamp_formats: true, ..terms.documents };
    let subject = Subject { operation, of, case, terms: Terms { documents, ..terms } };
    let mut failures = Vec::new();
    if !(case.vendor_params.is_null() && case.vendor_params_shape.is_none()) {
        failures.push("vendorParams can't be honoured".to_owned());
    }
    for event in &case.events {
        failures.extend(subject.written(event));
    }
    let mut reads = Vec::new();
    reads.extend(case.events.iter().map(|event| subject.read(event)));
    reads.extend(subject.initial_request());
    reads.extend(subject.initial_response());
    reads.extend(subject.whole_request());
    reads.extend(subject.whole_response());
    failures.extend(judged(&case.expectation, reads));
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// What is wrong with what was read.
fn judged(expectation: &Expectation, reads: Vec<Read>) -> Vec<String> {
    let expected = match expectation {
        Expectation::Success => None,
        Expectation::Failure { error_id } => Some(error_id.as_deref()),
    };
    let (mut failures, mut has_failed) = (Vec::new(), false);
    for read in reads {
        match (read, expected) {
            (Read::Good, _) => {}
            // Any failure is one.
            (Read::Wrong(_) | Read::Error(_), Some(None)) => has_failed = true,
            (Read::Error(Some(found)), Some(Some(expected))) if found == expected => {
                has_failed = true;
            }
            (Read::Error(found), _) => {
                let expected = expected.flatten().map_or("success", |id| id);
                failures.push(difference("an error", expected, &format!("{found:?}")));
            }
            (Read::Wrong(failure), _) => failures.push(failure),
        }
    }
    if expected.is_some() && !has_failed && failures.is_empty() {
        failures.push(difference("all of it can be read", &format!("{expectation:?}"), "success"));
    }
    failures
}

/// The runtime's word for it.
pub(crate) fn direction(way: Way) -> Direction {
    match way {
        Way::Request => Direction::Request,
        Way::Response => Direction::Response,
    }
}

impl Subject<'_> {
    /// What is wrong with the message that is made of an event's parameters.
    fn written(&self, event: &Event) -> Vec<String> {
        // An event that no sender makes: what is wrong with it is the receiver's to see.
        if matches!(self.case.expectation, Expectation::Failure { error_id: None }) {
            return Vec::new();
        }
        if !event.vendor_params.is_null() || event.vendor_params_shape.is_some() {
            return vec!["the event's vendorParams can't be honoured".to_owned()];
        }
        let Some(params) = &event.params else { return Vec::new() };
        let params = params.to_string();
        let (direction, params) = (direction(event.way), params.as_bytes());
        match self.operation.write_event(direction, params, self.terms) {
            Ok(found) => message::differences(event, &found, &self.of.maps),
            Err(error) => vec![format!("the event can't be written: {error}")],
        }
    }

    /// What an event is read as.
    fn read(&self, event: &Event) -> Read {
        let bytes = match message::bytes_of(event) {
            Ok(bytes) => bytes,
            Err(failure) => return Read::Wrong(failure),
        };
        let direction = direction(event.way);
        let answer = match self.operation.read_event(direction, &bytes, self.terms) {
            Ok(answer) => answer,
            Err(error) => return Read::Wrong(format!("the event can't be read: {error}")),
        };
        match answer {
            EventAnswer::Event(document) => self.compared(event, &document, false),
            EventAnswer::Error { id, document, .. } => {
                let compared = self.compared(event, &document, true);
                let sender_succeeds = matches!(self.case.expectation, Expectation::Success);
                match compared {
                    // Whoever sends an error has succeeded when it is understood.
                    Read::Good if !sender_succeeds => Read::Error(Some(id.to_owned())),
                    compared => compared,
                }
            }
            EventAnswer::Unknown(name) => Read::Wrong(format!("the event `{name}` isn't known")),
            EventAnswer::Unhandled(..) => Read::Error(None),
        }
    }

    /// Whether a document is what the event's parameters say. Those of an error have the name of its member
    /// around them.
    fn compared(&self, event: &Event, found: &[u8], is_error: bool) -> Read {
        let Some(params) = &event.params else {
            return Read::Wrong("an event without parameters is read as one".to_owned());
        };
        let text = params.to_string();
        let direction = direction(event.way);
        let normal = match self.operation.normal_event(direction, text.as_bytes(), self.terms) {
            Ok(normal) => normal,
            Err(error) => return Read::Wrong(format!("the parameters can't be read: {error}")),
        };
        let inner = params.as_object().and_then(|params| params.values().next());
        let expected = match inner {
            Some(inner) if is_error => inner.to_string(),
            _ => text,
        };
        match documents(&expected, &normal, found, "the event") {
            Ok(()) => Read::Good,
            Err(failure) => Read::Wrong(failure),
        }
    }

    /// The HTTP message of an initial message, as a case of its own.
    fn http_case(&self, kind: Kind, message: &Value, params: &Value) -> Result<Case, String> {
        let mut case = self.case.common();
        let (Some(fields), Some(message)) = (case.as_object_mut(), message.as_object()) else {
            return Err(format!("{message} isn't an HTTP message"));
        };
        fields.extend(message.clone());
        fields.insert("params".to_owned(), params.clone());
        let case: HttpCase = serde_json::from_value(case)
            .map_err(|error| format!("the initial message can't be read: {error}"))?;
        Ok(Case { kind, case, events: None, ..self.of.clone() })
    }

    fn initial_request(&self) -> Option<Read> {
        let message = self.case.initial_request.as_ref()?;
        let params = self.case.initial_request_params.clone().unwrap_or_else(|| json!({}));
        let ran = self
            .http_case(Kind::Request, message, &params)
            .and_then(|case| joined(request::run(self.operation, &case, self.terms)));
        Some(ran.map_or_else(Read::Wrong, |()| Read::Good))
    }

    fn initial_response(&self) -> Option<Read> {
        let message = self.case.initial_response.as_ref()?;
        let params = self.case.initial_response_params.clone();
        if let Some(params) = &params {
            let ran = self
                .http_case(Kind::Response, message, params)
                .and_then(|case| joined(response::run(self.operation, &case, self.terms)));
            return Some(ran.map_or_else(Read::Wrong, |()| Read::Good));
        }
        Some(self.response_of(message, Vec::new()))
    }

    /// What a response with this head is, and this body if the head has none.
    fn response_of(&self, head: &Value, body: Vec<u8>) -> Read {
        let case = match self.http_case(Kind::Response, head, &Value::Null) {
            Ok(case) => case.case,
            Err(failure) => return Read::Wrong(failure),
        };
        let mut response = Response::builder().status(case.code);
        for (name, value) in &case.headers {
            response = response.header(name, value);
        }
        let body = case.body.map_or(body, String::into_bytes);
        let response = match response.body(body) {
            Ok(response) => response,
            Err(error) => return Read::Wrong(error.to_string()),
        };
        match self.operation.response(&response, self.terms) {
            Ok(Answer::Output(_)) => Read::Good,
            Ok(Answer::Error { id, .. }) => Read::Error(Some(id.to_owned())),
            Ok(Answer::Unhandled(..)) => Read::Error(None),
            Err(error) => Read::Wrong(format!("the response can't be read: {error}")),
        }
    }

    /// The messages that go this way, one after the other; nothing if none does.
    fn stream(&self, way: Way) -> Option<Result<Vec<u8>, String>> {
        let events: Vec<&Event> = self.case.events.iter().filter(|it| it.way == way).collect();
        if events.is_empty() {
            return None;
        }
        let bytes: Result<Vec<_>, String> = events.into_iter().map(message::bytes_of).collect();
        Some(bytes.map(|bytes| bytes.concat()))
    }

    /// What a service makes of the request with all events.
    fn whole_request(&self) -> Option<Read> {
        let params = parameters(self.case.initial_request_params.as_ref().unwrap_or(&Value::Null));
        let made = self.stream(Way::Request)?.and_then(|stream| {
            let request = self.operation.request(params.as_bytes(), self.terms);
            let request = request.map_err(|error| format!("the request can't be made: {error}"))?;
            Ok(request.map(|body| [body, stream].concat()))
        });
        let request = match made {
            Ok(request) => request,
            Err(failure) => return Some(Read::Wrong(failure)),
        };
        Some(match self.operation.parse_request(&request, self.terms) {
            Ok(_) => Read::Good,
            Err(error) => Read::Wrong(format!("the request can't be read: {error}")),
        })
    }

    /// What a client makes of the response with all events.
    fn whole_response(&self) -> Option<Read> {
        let stream = match self.stream(Way::Response)? {
            Ok(stream) => stream,
            Err(failure) => return Some(Read::Wrong(failure)),
        };
        let head = self.case.initial_response.clone().unwrap_or_else(|| json!({ "code": 200 }));
        Some(self.response_of(&head, stream))
    }
}

fn joined(ran: Result<(), Vec<String>>) -> Result<(), String> {
    ran.map_err(|failures| failures.join("\n"))
}
