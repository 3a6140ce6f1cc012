//! What comes of a case: whether both crates say the same. It must not know which differences are on purpose.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};

use crate::again::{self, AnyAgain, Worlds};
use crate::convert::Mismatch;
use crate::damage::{self, Format};
use crate::debug_text;
use crate::fill::{EnumsOf, Filler};
use crate::pair::{self, AnyPair, Reading, Readings};
use crate::run::{Only, Which};
use crate::text::word;
use crate::xml;

/// What comes of a case.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Both say the same.
    Same,
    /// Neither takes what there is.
    Refused,
    /// They differ.
    Different(Box<Difference>),
}

/// How they differ.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) which: Which,
    pub(crate) what: String,
    /// Why one of them refuses, or where values differ.
    pub(crate) says: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
    /// What was sent or read.
    pub(crate) subject: String,
    /// What is true of it.
    pub(crate) is: Vec<Only>,
}

impl Difference {
    fn refusal(which: Which, why: &str, other: &str) -> Self {
        let (what, ours, theirs) = match which {
            Which::WeRefuse => ("we refuse it", why, other),
            _ => ("they refuse it", other, why),
        };
        let (ours, theirs) = (ours.to_owned(), theirs.to_owned());
        let (what, says) = (what.to_owned(), why.to_owned());
        Self { which, what, says, ours, theirs, subject: String::new(), is: Vec::new() }
    }

    fn values(what: impl Into<String>, ours: &str, theirs: &str) -> Self {
        let (what, ours, theirs) = (what.into(), ours.to_owned(), theirs.to_owned());
        let says = what.clone();
        Self {
            which: Which::Values,
            what,
            says,
            ours,
            theirs,
            subject: String::new(),
            is: Vec::new(),
        }
    }

    fn mismatch(what: &str, mismatch: &Mismatch) -> Self {
        let what = format!("{what} at {}", mismatch.path());
        Self::values(what, mismatch.ours(), mismatch.theirs())
    }

    fn about(mut self, subject: String, is: Vec<Only>) -> Outcome {
        self.subject = subject;
        self.is = is;
        Outcome::Different(Box::new(self))
    }
}

/// Pages or waits, with random answers.
pub(crate) fn again(
    pair: &dyn AnyPair,
    again: &dyn AnyAgain,
    seed: u64,
    enums: EnumsOf,
) -> Outcome {
    let case = again::Case::new(pair, again.waits(), seed, enums);
    let worlds = Worlds::new(&case.replies);
    let said = match again.run(&mut case.input(enums), &worlds, case.how) {
        Ok(said) => said,
        Err(error) => {
            let why = error.to_string();
            return Difference::refusal(Which::TheyRefuse, &why, "an input")
                .about(case.text, vec![]);
        }
    };
    if said.ours != said.theirs {
        return Difference::values("what comes of it", &said.ours, &said.theirs)
            .about(case.text, vec![]);
    }
    let (ours, theirs) = (worlds.ours.requests(), worlds.theirs.requests());
    if ours != theirs {
        let [ours, theirs] = [ours, theirs].map(|requests| requests.join("\n\n"));
        return Difference::values("requests", &ours, &theirs).about(case.text, vec![]);
    }
    Outcome::Same
}

/// A random input's requests.
pub(crate) fn requests(
    pair: &dyn AnyPair,
    filler: &mut Filler,
    newer: &mut BTreeSet<String>,
) -> Outcome {
    let made = pair.requests(filler);
    let (input, theirs) = &made.inputs;
    let mismatch = theirs.as_ref().and_then(|theirs| debug_text::difference(input, theirs, newer));
    if let Some(mismatch) = mismatch {
        return Difference::mismatch("the input's Debug", &mismatch)
            .about(input.clone(), Vec::new());
    }
    let body = made.theirs.as_ref().map_or_else(|_| Vec::new(), |theirs| theirs.body().clone());
    let difference = match (made.ours, made.theirs) {
        (Ok(mut ours), Ok(theirs)) => {
            let signed_later = HeaderName::from_static("content-md5");
            // An interceptor adds it to the official request.
            if pair.schema().is_checksum_required() && !theirs.headers().contains_key(&signed_later)
            {
                ours.headers_mut().remove(signed_later);
            }
            request_difference(&ours, &theirs, filler.has_long_maps())
        }
        (Err(_), Err(_)) => return Outcome::Refused,
        (Err(why), Ok(theirs)) => {
            Some(Difference::refusal(Which::WeRefuse, &why, &request_text(&theirs)))
        }
        (Ok(ours), Err(why)) => {
            Some(Difference::refusal(Which::TheyRefuse, &why, &request_text(&ours)))
        }
    };
    match difference {
        Some(difference) => difference.about(input.clone(), facts(pair, &body)),
        None => Outcome::Same,
    }
}

/// Whether both make the same request, but for the order of what maps hold.
///
/// # Errors
/// Where they differ.
pub(crate) fn same_request(ours: &Request<Vec<u8>>, theirs: HttpRequest) -> Result<(), String> {
    let theirs = pair::request(theirs)?;
    match request_difference(ours, &theirs, true) {
        None => Ok(()),
        Some(Difference { what, ours, theirs, .. }) => {
            Err(format!("{what}: we write {ours}, they {theirs}"))
        }
    }
}

/// How two requests differ, if they do. Where entries of maps come in any order, the bytes count, whatever
/// theirs is.
fn request_difference(
    ours: &Request<Vec<u8>>,
    theirs: &Request<Vec<u8>>,
    any_order: bool,
) -> Option<Difference> {
    let pair = |what: &str, ours: &str, theirs: &str| {
        (ours != theirs).then(|| Difference::values(what, ours, theirs))
    };
    let uri = |request: &Request<Vec<u8>>| {
        let (path, query) = (request.uri().path(), request.uri().query());
        let mut parts: Vec<&str> = query.unwrap_or_default().split('&').collect();
        if any_order {
            parts.sort_unstable();
        }
        let mark = if query.is_some() { "?" } else { "" };
        format!("{path}{mark}{}", parts.join("&"))
    };
    pair("the method", ours.method().as_str(), theirs.method().as_str())
        .or_else(|| pair("the URI", &uri(ours), &uri(theirs)))
        .or_else(|| body_difference(ours.body(), theirs.body(), any_order))
        .or_else(|| pair("the headers", &headers(ours.headers()), &headers(theirs.headers())))
}

fn body_difference(ours: &[u8], theirs: &[u8], any_order: bool) -> Option<Difference> {
    let same = match any_order {
        true => sorted(ours) == sorted(theirs),
        false => ours == theirs,
    };
    (!same).then(|| Difference::values("the body", &text(ours), &text(theirs)))
}

fn sorted(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.sort_unstable();
    bytes
}

fn headers(headers: &HeaderMap) -> String {
    let mut lines: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {}", text(value.as_bytes()))).collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// Bytes as text: as they are if they are text, but for what can't be seen.
fn text(bytes: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.escape_ascii().to_string() };
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() && c != '\n' {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

fn request_text(request: &Request<Vec<u8>>) -> String {
    let (head, body) = (headers(request.headers()), text(request.body()));
    format!("{} {}\n{head}\n\n{body}", request.method(), request.uri())
}

/// A random output's response.
pub(crate) fn output(
    pair: &dyn AnyPair,
    filler: &mut Filler,
    format: Option<Format>,
    newer: &mut BTreeSet<String>,
) -> Outcome {
    let (value, written) = pair.output(filler);
    match written {
        Ok(response) => read(pair, &value, response, filler, format, newer),
        Err(_) => Outcome::Refused,
    }
}

/// A random error's response.
pub(crate) fn error(
    pair: &dyn AnyPair,
    index: usize,
    filler: &mut Filler,
    format: Option<Format>,
    newer: &mut BTreeSet<String>,
) -> Outcome {
    let (value, written) = pair.error(index, filler);
    match written {
        Ok(response) => read(pair, &value, response, filler, format, newer),
        Err(_) => Outcome::Refused,
    }
}

/// Reads the response, damaged if it is of a format.
fn read(
    pair: &dyn AnyPair,
    value: &str,
    mut response: Response<Vec<u8>>,
    filler: &mut Filler,
    format: Option<Format>,
    newer: &mut BTreeSet<String>,
) -> Outcome {
    let rng = filler.rng();
    if rng.bool() {
        let id = HeaderValue::try_from(word(rng)).ok();
        response.headers_mut().extend(id.map(|id| (REQUEST_ID, id)));
    }
    if let Some(format) = format {
        damage_response(&mut response, format, rng);
    }
    let readings = pair.read(&response, &response);
    let difference = match reading_difference(&readings, newer) {
        Some(difference) => difference,
        None if matches!(readings.ours, Reading::Unhandled { .. }) => return Outcome::Refused,
        None => return Outcome::Same,
    };
    let mut is = facts(pair, response.body());
    if is_of_markup(pair, &response, newer) {
        is.push(Only::Markup);
    }
    if is_rounded(&difference.ours, &difference.theirs) {
        is.push(Only::Rounded);
    }
    let (head, body) = (headers(response.headers()), text(response.body()));
    let status = response.status().as_u16();
    difference.about(format!("{status}\n{head}\n\n{body}\n\nwritten from: {value}"), is)
}

/// What can be said of a body that is read or written by this pair's protocol.
fn facts(pair: &dyn AnyPair, body: &[u8]) -> Vec<Only> {
    let is_xml = format(pair) == Format::Xml;
    if body.is_empty() || is_xml && body.trim_ascii().is_empty() {
        vec![Only::Empty]
    } else if is_xml && xml::is_ill_formed(body) {
        vec![Only::IllFormed]
    } else if is_xml && xml::is_padded(body) {
        vec![Only::Padded]
    } else {
        Vec::new()
    }
}

/// Whether the difference is gone once the official crate gets the same document in plain markup.
fn is_of_markup(
    pair: &dyn AnyPair,
    response: &Response<Vec<u8>>,
    newer: &mut BTreeSet<String>,
) -> bool {
    let plain = || match format(pair) {
        Format::Xml => xml::plain(response.body()),
        _ => None,
    };
    plain().is_some_and(|body| {
        let mut plain = response.clone();
        *plain.body_mut() = body;
        reading_difference(&pair.read(response, &plain), newer).is_none()
    })
}

/// Whether theirs is what a `f64` keeps of ours.
fn is_rounded(ours: &str, theirs: &str) -> bool {
    let whole = |text: &str| text.parse::<i64>().ok();
    whole(ours).zip(whole(theirs)).is_some_and(|(ours, theirs)| ours as f64 as i64 == theirs)
}

fn format(pair: &dyn AnyPair) -> Format {
    Format::of_protocol(pair.schema().service().protocol().id())
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

fn damage_response(response: &mut Response<Vec<u8>>, format: Format, rng: &mut fastrand::Rng) {
    let names: Vec<HeaderName> = response.headers().keys().cloned().collect();
    if !names.is_empty() && rng.u8(0..10) == 0 {
        let name = names[rng.usize(0..names.len())].clone();
        if rng.bool() {
            response.headers_mut().remove(name);
        } else if let Ok(value) = HeaderValue::try_from(word(rng)) {
            response.headers_mut().insert(name, value);
        }
        return;
    }
    *response.body_mut() = damage::body(response.body(), format, rng);
}

fn reading_difference(readings: &Readings, newer: &mut BTreeSet<String>) -> Option<Difference> {
    let Readings { ours, theirs, causes, mismatch } = readings;
    let cause = |cause: &Option<String>| cause.clone().unwrap_or_default();
    let Some(theirs) = theirs else {
        let why = cause(&causes.1);
        return Some(Difference::refusal(Which::TheyRefuse, &why, &shown(ours)));
    };
    match (ours, theirs) {
        (Reading::Output(a), Reading::Output(b)) | (Reading::Error(a, _), Reading::Error(b, _)) => {
            if let Some(mismatch) = mismatch {
                return Some(Difference::mismatch("the value", mismatch));
            }
            if let Some(mismatch) = debug_text::difference(a, b, newer) {
                return Some(Difference::mismatch("the value's Debug", &mismatch));
            }
            match (ours, theirs) {
                (Reading::Error(_, a), Reading::Error(_, b)) if a != b => {
                    Some(Difference::values("the error's Display", a, b))
                }
                _ => None,
            }
        }
        // One of them sees which error it is, the other can't read it.
        (
            Reading::Unhandled { metadata: None, .. },
            Reading::Unhandled { metadata: Some(_), .. },
        ) => Some(Difference::refusal(Which::WeRefuse, &cause(&causes.0), &shown(theirs))),
        (
            Reading::Unhandled { metadata: Some(_), .. },
            Reading::Unhandled { metadata: None, .. },
        ) => Some(Difference::refusal(Which::TheyRefuse, &cause(&causes.1), &shown(ours))),
        (Reading::Unhandled { .. }, Reading::Unhandled { .. }) => {
            (ours != theirs).then(|| Difference::values("the error", &shown(ours), &shown(theirs)))
        }
        (Reading::Unhandled { .. }, _) => {
            Some(Difference::refusal(Which::WeRefuse, &cause(&causes.0), &shown(theirs)))
        }
        (_, Reading::Unhandled { .. }) => {
            Some(Difference::refusal(Which::TheyRefuse, &cause(&causes.1), &shown(ours)))
        }
        _ => Some(Difference::values("output or error", &shown(ours), &shown(theirs))),
    }
}

fn shown(reading: &Reading) -> String {
    match reading {
        Reading::Output(text) => text.clone(),
        Reading::Error(text, display) => format!("{text}, displayed as {display}"),
        Reading::Unhandled { display, metadata } => {
            let mut text = display.clone();
            if let Some([code, message, id]) = metadata {
                // Writing to a string doesn't fail.
                let _ = write!(text, ", code {code:?}, message {message:?}, request ID {id:?}");
            }
            text
        }
    }
}
