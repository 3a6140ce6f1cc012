//! Throws damaged messages at every reader: nothing may panic, take memory beyond a small multiple of the
//! message, or take long. It must not know how messages are damaged.

mod mutate;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use serde::{Deserialize, Serialize};
use tinsmith_runtime::codec::json::Settings;
use tinsmith_runtime::dynamic::{Answer, AnyOperation, Terms};
use tinsmith_runtime::event_stream::Direction;
use tinsmith_runtime::protocol::{self, Protocol};

use crate::case::{Case, Kind};
use crate::compare::bytes;
use crate::event::{self, Event};
use crate::request::parameters;
use crate::{Operations, Registry};

/// What a run is asked to do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Plan {
    /// How long it goes on.
    pub seconds: u64,
    /// Where the damage starts from: the same seed damages the same messages in the same way.
    pub seed: u64,
}

/// What came of a run.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Report {
    /// The sound messages that were damaged.
    pub messages: usize,
    /// How many damaged messages were read, by protocol.
    pub read: BTreeMap<String, u64>,
    /// How many of them were taken for sound.
    pub accepted: u64,
    /// The largest amount of memory that reading took for each byte of a message, beyond what any may take.
    pub worst_memory: f64,
    /// The longest that reading took, in microseconds.
    pub longest: u64,
    /// What must not happen, each with the message.
    pub failures: Vec<Failure>,
}

/// Something that must not happen.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Failure {
    /// The case whose message was damaged.
    pub case: String,
    /// What happened.
    pub what: String,
    /// The message: its head as text, and its body.
    pub head: String,
    /// The body as it was read.
    pub body: Vec<u8>,
}

/// Memory that reading may take whatever the message's length: the output itself, error texts.
const SPARE: u64 = 64 * 1024;

/// How many bytes of memory a byte of a message may cost. An empty object in a list, `{},`, stands for a
/// structure of some hundred bytes; a vector that grows holds both its old and its new place.
const MEMORY: u64 = 256;

/// A damaged message has at most some ten kilobytes, which take microseconds.
const LONG: Duration = Duration::from_secs(2);

/// As many failures are enough to see what is wrong.
const ENOUGH: usize = 20;

/// A sound message.
struct Seed<'a> {
    case: &'a str,
    operation: &'a dyn AnyOperation,
    protocol: &'static dyn Protocol,
    message: Message,
}

/// What is damaged.
#[derive(Clone)]
struct Message {
    /// Method and URI of a request; a response has none.
    line: Option<(http::Method, String)>,
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Which way it goes, if it is an event.
    event: Option<Direction>,
}

/// Damages messages of these cases until the time is over.
#[must_use]
pub fn run(cases: &[Case], registries: &[Registry], plan: &Plan) -> Report {
    let operations = crate::operations(registries);
    let seeds = seeds(cases, &operations);
    let mut report = Report { messages: seeds.len(), ..Report::default() };
    if seeds.is_empty() {
        return report;
    }
    let mut random = fastrand::Rng::with_seed(plan.seed);
    let end = Instant::now() + Duration::from_secs(plan.seconds);
    // A panic is caught and told with the message that caused it.
    std::panic::set_hook(Box::new(|_| {}));
    while Instant::now() < end && report.failures.len() < ENOUGH {
        let seed = &seeds[random.usize(..seeds.len())];
        let other = &seeds[random.usize(..seeds.len())];
        let message = mutate::message(&seed.message, &other.message.body, &mut random);
        *report.read.entry(seed.protocol.id().to_owned()).or_default() += 1;
        read(seed, &message, &mut report);
    }
    let _ = std::panic::take_hook();
    report
}

/// What each case says, as the runtime writes it and as the case has it.
fn seeds<'a>(cases: &'a [Case], operations: &Operations<'a>) -> Vec<Seed<'a>> {
    let mut seeds = Vec::new();
    for case in cases {
        let key = (case.service.as_str(), case.operation.as_str());
        let known = (operations.get(&key), protocol::find(&case.case.protocol));
        let (Some(&operation), Some(protocol)) = known else { continue };
        let messages = messages(case, operation, terms(protocol));
        seeds.extend(messages.into_iter().map(|message| Seed {
            case: &case.case.id,
            operation,
            protocol,
            message,
        }));
    }
    seeds
}

fn terms(protocol: &'static dyn Protocol) -> Terms {
    Terms {
        protocol: Some(protocol),
        documents: Settings::TEST_PARAMETERS,
        idempotency_token: Some(crate::TOKEN),
    }
}

fn messages(case: &Case, operation: &dyn AnyOperation, terms: Terms) -> Vec<Message> {
    let params = parameters(&case.case.params);
    let params = params.as_bytes();
    let written = match &case.kind {
        Kind::Request => operation.request(params, terms).map(|request| {
            let (head, body) = request.into_parts();
            let line = Some((head.method, head.uri.to_string()));
            Message { line, status: 200, headers: headers(&head.headers), body, event: None }
        }),
        Kind::Response => operation.write_response(params, terms).map(of_response),
        Kind::Error(id) => operation.write_error(id, params, terms).map(of_response),
        Kind::EventStream => return event_messages(case),
    };
    let mut messages: Vec<Message> = written.into_iter().collect();
    if case.kind != Kind::Request {
        let media_type = case.case.body_media_type.as_deref();
        let body = case.case.body.as_deref().and_then(|body| bytes(media_type, body).ok());
        messages.push(Message {
            line: None,
            status: case.case.code,
            headers: case.case.headers.clone().into_iter().collect(),
            body: body.unwrap_or_default(),
            event: None,
        });
    }
    messages
}

fn of_response(response: Response<Vec<u8>>) -> Message {
    let (head, body) = response.into_parts();
    let (status, headers) = (head.status.as_u16(), headers(&head.headers));
    Message { line: None, status, headers, body, event: None }
}

/// The events of a case, each a message of its own.
fn event_messages(case: &Case) -> Vec<Message> {
    let events = case.events.iter().flat_map(|case| &case.events);
    let message = |event: &Event| {
        let body = event::bytes_of(event).ok()?;
        let direction = event::direction(event.way);
        Some(Message { line: None, status: 200, headers: Vec::new(), body, event: Some(direction) })
    };
    events.filter_map(message).collect()
}

fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    map.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
}

impl Message {
    fn header_map(&self) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            // What no HTTP stack would let through reaches no reader either.
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
                map.append(name, value);
            }
        }
        map
    }

    fn head(&self) -> String {
        let mut text = match &self.line {
            Some((method, uri)) => format!("{method} {uri}\n"),
            None => format!("{}\n", self.status),
        };
        for (name, value) in &self.headers {
            // Writing to a string doesn't fail.
            let _ = writeln!(text, "{name}: {value}");
        }
        text
    }

    /// How long it is, head and body.
    fn len(&self) -> u64 {
        let line = self.line.as_ref().map_or(0, |(_, uri)| uri.len());
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.len());
        (line + headers.sum::<usize>() + self.body.len()) as u64
    }
}

/// What reading a message came to.
enum Read {
    Accepted,
    Refused,
}

fn read(seed: &Seed<'_>, message: &Message, report: &mut Report) {
    let terms = terms(seed.protocol);
    let Some(read) = reader(seed.operation, message, terms) else { return };
    let start = Instant::now();
    let mut result = None;
    let memory = allocation_counter::measure(|| {
        result = Some(catch_unwind(AssertUnwindSafe(&read)));
    });
    let taken = start.elapsed();
    let mut fail = |what: String| {
        report.failures.push(Failure {
            case: seed.case.to_owned(),
            what,
            head: message.head(),
            body: message.body.clone(),
        });
    };
    match result {
        Some(Ok(Read::Accepted)) => report.accepted += 1,
        Some(Ok(Read::Refused)) => {}
        Some(Err(panic)) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
            fail(format!("it panicked: {text}"));
        }
        None => fail("it was not read".to_owned()),
    }
    let allowed = message.len() * MEMORY + SPARE;
    if memory.bytes_max > allowed {
        let (bytes, length) = (memory.bytes_max, message.len());
        fail(format!("a message of {length} bytes took {bytes} bytes of memory"));
    }
    if taken > LONG {
        fail(format!("a message of {} bytes took {} ms", message.len(), taken.as_millis()));
    }
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
    let ratio = memory.bytes_max.saturating_sub(SPARE) as f64 / message.len().max(1) as f64;
    report.worst_memory = report.worst_memory.max(ratio);
    let micros = u64::try_from(taken.as_micros()).unwrap_or(u64::MAX);
    report.longest = report.longest.max(micros);
}

/// The reading of a message, all of which it can be made ready for beforehand; nothing if no HTTP stack would
/// pass it on.
fn reader(
    operation: &dyn AnyOperation,
    message: &Message,
    terms: Terms,
) -> Option<impl Fn() -> Read> {
    let headers = message.header_map();
    let request = match &message.line {
        Some((method, uri)) => {
            let mut request = Request::new(message.body.clone());
            *request.method_mut() = method.clone();
            *request.uri_mut() = uri.parse().ok()?;
            *request.headers_mut() = headers.clone();
            Some(request)
        }
        None => None,
    };
    let mut response = Response::new(message.body.clone());
    *response.status_mut() = http::StatusCode::from_u16(message.status).ok()?;
    *response.headers_mut() = headers;
    let event = message.event;
    let framed = event.map(|_| framed_again(&message.body));
    Some(move || {
        let accepted = match (&request, event) {
            (_, Some(direction)) => {
                let read = |bytes| operation.read_event(direction, bytes, terms).is_ok();
                // Most damage ends at the checksums, which say nothing to whoever means harm.
                read(response.body()) | framed.as_ref().is_some_and(|framed| read(framed))
            }
            (Some(request), None) => operation.parse_request(request, terms).is_ok(),
            (None, None) => matches!(
                operation.response(&response, terms),
                Ok(Answer::Output(_) | Answer::Error { .. })
            ),
        };
        if accepted { Read::Accepted } else { Read::Refused }
    })
}

/// A damaged message with the length that it has, and checksums that hold.
fn framed_again(message: &[u8]) -> Vec<u8> {
    let mut framed = message.to_vec();
    framed.resize(message.len().max(16), 0);
    let length = u32::try_from(framed.len()).unwrap_or(u32::MAX);
    framed[..4].copy_from_slice(&length.to_be_bytes());
    let checksum = crc32fast::hash(&framed[..8]);
    framed[8..12].copy_from_slice(&checksum.to_be_bytes());
    let end = framed.len() - 4;
    let checksum = crc32fast::hash(&framed[..end]);
    framed[end..].copy_from_slice(&checksum.to_be_bytes());
    framed
}
