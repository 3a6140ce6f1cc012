//! The faults: what the server does, step by step.

use std::time::Duration;

use dropin::Step;

use crate::clients::Service;

/// A fault.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// What happens.
    pub name: &'static str,
    /// The server's steps; the last one goes on.
    pub steps: fn(Service) -> Vec<Step>,
    /// How many calls are made, one after the other.
    pub calls: usize,
    /// Whether the client has timeouts. It protects itself from streams that stall in any case.
    pub timeouts: bool,
}

const fn fault(name: &'static str, steps: fn(Service) -> Vec<Step>) -> Fault {
    Fault { name, steps, calls: 1, timeouts: true }
}

const fn calls(calls: usize, name: &'static str, steps: fn(Service) -> Vec<Step>) -> Fault {
    Fault { name, steps, calls, timeouts: true }
}

/// A response with a body, whose length is said.
fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

fn sound(service: Service) -> Step {
    Step::Answer(response("200 OK", "", service.sound))
}

fn error(service: Service, status: &str, code: &str, headers: &str) -> Step {
    Step::Answer(response(status, headers, &service.error.replace("CODE", code)))
}

/// A sound response up to this part of its body.
fn cut(service: Service, part: usize) -> Vec<u8> {
    let mut bytes = response("200 OK", "", service.sound);
    bytes.truncate(bytes.len() - service.sound.len() / part);
    bytes
}

/// All of them.
pub static FAULTS: &[Fault] = &[
    fault("none", |it| vec![sound(it)]),
    calls(3, "none, three calls on a connection", |it| vec![sound(it)]),
    fault("closes the connection, always", |_| vec![Step::CloseAtOnce]),
    fault("closes the connection, once", |it| vec![Step::CloseAtOnce, sound(it)]),
    fault("closes after the request, always", |_| vec![Step::Close]),
    fault("closes after the request, once", |it| vec![Step::Close, sound(it)]),
    fault("resets after the request, always", |_| vec![Step::Reset]),
    fault("resets after the request, twice", |it| vec![Step::Reset, Step::Reset, sound(it)]),
    calls(2, "closes an idle connection", |it| {
        vec![Step::AnswerAndClose(response("200 OK", "", it.sound)), sound(it)]
    }),
    calls(2, "says that it closes", |it| {
        let answer = response("200 OK", "connection: close\r\n", it.sound);
        vec![Step::AnswerAndClose(answer), sound(it)]
    }),
    fault("stalls before the head, always", |_| vec![Step::Stall]),
    fault("stalls before the head, once", |it| vec![Step::Stall, sound(it)]),
    fault("stalls within the head", |_| {
        vec![Step::AnswerAndStall(b"HTTP/1.1 200 OK\r\ncontent-le".to_vec())]
    }),
    fault("stalls within the body, always", |it| vec![Step::AnswerAndStall(cut(it, 2))]),
    fault("stalls within the body, once", |it| vec![Step::AnswerAndStall(cut(it, 2)), sound(it)]),
    Fault {
        timeouts: false,
        ..fault("stalls within the body, without timeouts", |it| {
            vec![Step::AnswerAndStall(cut(it, 2)), sound(it)]
        })
    },
    fault("trickles", |it| {
        vec![Step::Trickle(response("200 OK", "", it.sound), Duration::from_millis(5))]
    }),
    fault("throttles with 429", |it| {
        vec![error(it, "429 Too Many Requests", "TooManyRequests", ""), sound(it)]
    }),
    fault("throttles with a code", |it| {
        vec![error(it, "400 Bad Request", "ThrottlingException", ""), sound(it)]
    }),
    fault("throttles for ever", |it| vec![error(it, "400 Bad Request", "ThrottlingException", "")]),
    fault("is busy, and says for how long", |it| {
        let busy =
            error(it, "503 Slow Down", "SlowDown", "retry-after: 1\r\nx-amz-retry-after: 1500\r\n");
        vec![busy, sound(it)]
    }),
    fault("fails, always", |it| {
        vec![error(it, "500 Internal Server Error", "InternalFailure", "")]
    }),
    fault("fails, twice", |it| {
        let failure = error(it, "500 Internal Server Error", "InternalFailure", "");
        vec![failure.clone(), failure, sound(it)]
    }),
    fault("fails with 502 in HTML, once", |it| {
        let html = response("502 Bad Gateway", "content-type: text/html\r\n", "<html>Bad</html>");
        vec![Step::Answer(html), sound(it)]
    }),
    fault("fails with 504 and no body, always", |_| {
        vec![Step::Answer(response("504 Gateway Timeout", "", ""))]
    }),
    fault("refuses", |it| vec![error(it, "403 Forbidden", "AccessDenied", "")]),
    fault("redirects", |_| {
        vec![Step::Answer(response("307 Temporary Redirect", "location: /else\r\n", ""))]
    }),
    fault("cuts the body, always", |it| vec![Step::AnswerAndClose(cut(it, 2))]),
    fault("cuts the body, once", |it| vec![Step::AnswerAndClose(cut(it, 2)), sound(it)]),
    fault("cuts the head", |_| vec![Step::AnswerAndClose(b"HTTP/1.1 200 OK\r\ncontent".to_vec())]),
    fault("cuts chunks", |_| {
        let chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nab";
        vec![Step::AnswerAndClose(chunks.into())]
    }),
    fault("says a wrong length of a chunk", |_| {
        let chunks =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\nabcde\r\n0\r\n\r\n";
        vec![Step::Answer(chunks.into())]
    }),
    fault("sends no HTTP", |_| {
        vec![Step::AnswerAndClose(b"\x16\x03\x01\x00\xff\x00garbage\r\n".to_vec())]
    }),
    fault("sends no HTTP, once", |it| {
        vec![Step::AnswerAndClose(b"SSH-2.0-x\r\n".to_vec()), sound(it)]
    }),
    fault("sends a body that is none", |_| {
        vec![Step::Answer(response("200 OK", "", "\u{1}\u{2}no document"))]
    }),
    fault("sends an error that is none", |_| {
        vec![Step::Answer(response("400 Bad Request", "", "\u{1}\u{2}no document"))]
    }),
    fault("sends nothing at all in the body", |_| vec![Step::Answer(response("200 OK", "", ""))]),
    fault("sends a head of 600 KB", |it| {
        let header = format!("x-long: {}\r\n", "a".repeat(600_000));
        vec![Step::AnswerAndClose(response("200 OK", &header, it.sound))]
    }),
    fault("sends headers that aren't text", |it| {
        let mut bytes = b"HTTP/1.1 200 OK\r\nx-bytes: \xff\xfe\r\ncontent-length: ".to_vec();
        bytes.extend_from_slice(format!("{}\r\n\r\n{}", it.sound.len(), it.sound).as_bytes());
        vec![Step::Answer(bytes)]
    }),
    calls(2, "has another time", |it| {
        let date = "date: Thu, 01 Jan 2015 00:00:00 GMT\r\n";
        let expired = error(it, "403 Forbidden", "RequestExpired", date);
        vec![expired, Step::Answer(response("200 OK", date, it.sound))]
    }),
    fault("has another time, always", |it| {
        let date = "date: Thu, 01 Jan 2015 00:00:00 GMT\r\n";
        vec![error(it, "403 Forbidden", "RequestTimeTooSkewed", date)]
    }),
    fault("answers before it says 100", |it| {
        let mut bytes = b"HTTP/1.1 100 Continue\r\n\r\n".to_vec();
        bytes.extend(response("200 OK", "", it.sound));
        vec![Step::Answer(bytes)]
    }),
];
