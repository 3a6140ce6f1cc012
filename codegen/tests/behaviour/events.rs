//! Streams of events by a protocol with HTTP bindings: what is sent, what is received, what goes wrong.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use fixture_event_streams::error::{ErrorMetadata, ProvideErrorMetadata as _};
use fixture_event_streams::operation::record::{Record, RecordInput};
use fixture_event_streams::operation::talk::{Talk, TalkInput, TalkOutput};
use fixture_event_streams::operation::watch::{Watch, WatchInput};
use fixture_event_streams::primitives::event_stream::{EventReceiver, EventStreamSender};
use fixture_event_streams::types::error::{BusyError, LostError, RepliesError, TalkingError};
use fixture_event_streams::types::{
    AudioEvent, Choice, ChoiceEvent, CloseEvent, HeadersEvent, Kind, KindEvent, MixedEvent,
    Replies, Said, SaidEvent, SecretEvent, Talking, TextEvent,
};
use tinsmith_runtime::http::{Response, header};
use tinsmith_runtime::operation::Streamed;
use tinsmith_runtime::{Blob, ByteStream, DateTime, Operation, SdkBody};

/// Runs a future to its end, which never has to wait here.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// The bytes of a body.
pub(crate) fn collected(body: SdkBody) -> Vec<u8> {
    now(ByteStream::new(body).collect()).unwrap().to_vec()
}

/// The messages in these bytes, as the official SDK reads them.
pub(crate) fn messages(mut bytes: &[u8]) -> Vec<Message> {
    let mut messages = Vec::new();
    while !bytes.is_empty() {
        messages.push(read_message_from(&mut bytes).unwrap());
    }
    messages
}

/// The message as text: its headers, and its payload.
pub(crate) fn shown(message: &Message) -> (Vec<String>, String) {
    let headers = message.headers().iter().map(|header| {
        let value = match header.value() {
            HeaderValue::String(text) => text.as_str().to_owned(),
            other => format!("{other:?}"),
        };
        format!("{}={value}", header.name().as_str())
    });
    (headers.collect(), String::from_utf8_lossy(message.payload()).into_owned())
}

/// The event as the message that carries it.
fn sent(event: Talking) -> Message {
    let bytes = Talk::via_default().events().write::<_, TalkingError>(&Ok(event)).unwrap();
    messages(&bytes).remove(0)
}

/// Asserts how an event is sent, and that the service understands it.
#[track_caller]
fn assert_sent(event: Talking, headers: &[&str], payload: &str) {
    let message = sent(event.clone());
    assert_eq!(shown(&message), (headers.iter().map(|&h| h.to_owned()).collect(), payload.into()));
    let mut bytes = Vec::new();
    write_message_to(&message, &mut bytes).unwrap();
    let there = Talk::via_default().events().read::<Talking, TalkingError>(&bytes).unwrap();
    assert_eq!(there.unwrap(), event);
}

const EVENT: &str = ":message-type=event";
const JSON: &str = ":content-type=application/json";

#[test]
fn each_kind_of_event() {
    let text = Talking::Text(TextEvent::builder().text("Hi").build());
    assert_sent(text, &[EVENT, ":event-type=text", ":content-type=text/plain"], "Hi");
    let kind = Talking::Kind(KindEvent::builder().kind(Kind::Loud).build());
    assert_sent(kind, &[EVENT, ":event-type=kind", ":content-type=text/plain"], "loud");
    let audio = AudioEvent::builder().sequence(7).chunk(Blob::new(*b"beep")).build().unwrap();
    let bytes = ":content-type=application/octet-stream";
    assert_sent(
        Talking::Audio(audio),
        &[EVENT, ":event-type=audio", bytes, "sequence=Int64(7)"],
        "beep",
    );
    let secret = SecretEvent::builder().word("w").thing("t").build();
    assert_sent(
        Talking::Secret(secret),
        &[EVENT, ":event-type=secret", JSON, "word=w"],
        r#"{"thing":"t"}"#,
    );
    let close = Talking::Close(CloseEvent::builder().build());
    assert_sent(close, &[EVENT, ":event-type=close", JSON], "{}");
    let none = Talking::Headers(HeadersEvent::builder().build());
    assert_sent(none, &[EVENT, ":event-type=headers"], "");
}

#[test]
fn each_type_of_header() {
    let event = HeadersEvent::builder()
        .boolean(true)
        .byte(-1)
        .short(2)
        .int(3)
        .long(4)
        .blob(Blob::new(*b"\xff"))
        .string("s")
        .timestamp(DateTime::from_millis(1_500))
        .kind("other".into())
        .level(1)
        .build();
    let headers = [
        EVENT,
        ":event-type=headers",
        "boolean=Bool(true)",
        "byte=Byte(-1)",
        "short=Int16(2)",
        "int=Int32(3)",
        "long=Int64(4)",
        r#"blob=ByteArray(b"\xff")"#,
        "string=s",
        "timestamp=Timestamp(1970-01-01T00:00:01.5Z)",
        "kind=other",
        "level=Int32(1)",
    ];
    assert_sent(Talking::Headers(event), &headers, "");
}

/// A payload that isn't set has the type of the one that it would be, as the official SDK has it.
#[test]
fn payloads_that_are_not_set() {
    let audio = Talking::Audio(AudioEvent::builder().sequence(0).build().unwrap());
    let (headers, payload) = shown(&sent(audio));
    assert_eq!(headers[2], ":content-type=application/octet-stream");
    assert_eq!(payload, "");
    let (headers, _) = shown(&sent(Talking::Text(TextEvent::builder().build())));
    assert_eq!(headers[2], ":content-type=text/plain");
}

#[test]
fn what_cannot_be_sent() {
    let write = |event| {
        let events = Talk::via_default().events();
        events.write::<_, TalkingError>(&Ok(event)).unwrap_err().to_string()
    };
    assert!(write(crate::unknown()).contains("the `Unknown` variant of `Talking`"));
    let long = HeadersEvent::builder().string("x".repeat(32_768)).build();
    assert_eq!(
        write(Talking::Headers(long)),
        "headers.string: a header of an event holds 32767 bytes at most, this value has 32768"
    );
    let late = HeadersEvent::builder().timestamp(DateTime::from_secs(i64::MAX)).build();
    let error = write(Talking::Headers(late));
    assert!(error.starts_with("headers.timestamp: a header holds milliseconds"), "{error}");
}

fn talk(events: Vec<Result<Talking, TalkingError>>) -> TalkInput {
    TalkInput::builder()
        .room("a b")
        .session("s")
        .talk(EventStreamSender::from(futures_util::stream::iter(events)))
        .build()
        .unwrap()
}

fn text(text: &str) -> Talking {
    Talking::Text(TextEvent::builder().text(text).build())
}

#[test]
fn a_request_streams_its_events() {
    let unhandled = ErrorMetadata::builder().code("Gone").message("It went.").build();
    let input = talk(vec![Ok(text("one")), Ok(text("two")), Err(TalkingError::generic(unhandled))]);
    let request = Talk::into_request(input).unwrap();
    assert_eq!(request.uri(), "/rooms/a%20b/talk");
    assert_eq!(request.headers()[header::CONTENT_TYPE], "application/vnd.amazon.eventstream");
    assert!(!request.headers().contains_key(header::CONTENT_LENGTH));
    assert_eq!(request.body().content_length(), None);
    let request = request.map(collected);
    let sent: Vec<_> = messages(request.body()).iter().map(shown).collect();
    assert_eq!(sent.len(), 3);
    assert_eq!((sent[0].1.as_str(), sent[1].1.as_str()), ("one", "two"));
    let error = [":message-type=error", ":error-code=Gone", ":error-message=It went."];
    assert_eq!(sent[2].0, error);
    // The service's side.
    let there = Talk::parse_request(&request).unwrap();
    assert_eq!((there.room(), there.session()), (Some("a b"), Some("s")));
    let again = Talk::into_request(there).unwrap().map(collected);
    assert_eq!(again.body(), request.body());
}

#[test]
fn a_request_in_memory_is_the_head() {
    let request = Talk::request(&talk(vec![Ok(text("one"))])).unwrap();
    assert!(request.body().is_empty() && !request.headers().contains_key(header::CONTENT_LENGTH));
    assert_eq!(request.headers()[header::CONTENT_TYPE], "application/vnd.amazon.eventstream");
    let request = Watch::request(&WatchInput::builder().since(3).build().unwrap()).unwrap();
    assert_eq!(request.uri(), "/watch?since=3");
}

#[test]
fn an_event_that_cannot_be_sent_ends_the_body() {
    let input = talk(vec![Ok(text("one")), Ok(crate::unknown()), Ok(text("two"))]);
    let body = Talk::into_request(input).unwrap().into_body();
    let error = now(ByteStream::new(body).collect()).unwrap_err();
    let causes = crate::chain(&error);
    assert!(causes.contains("the `Unknown` variant of `Talking` can't be sent"), "{causes}");
}

#[test]
fn streams_are_asked_for() {
    let error = TalkInput::builder().room("r").build().unwrap_err().to_string();
    assert!(error.contains("talk"), "{error}");
    assert!(RecordInput::builder().build().is_err());
    assert!(TalkOutput::builder().topic("t").build().is_err());
    // What a server refuses.
    let request = Record::into_request(
        RecordInput::builder().talk(EventStreamSender::once(Ok(text("x")))).build().unwrap(),
    );
    assert!(Record::parse_request(&request.unwrap().map(collected)).is_ok());
    let mut request = Talk::into_request(talk(Vec::new())).unwrap().map(collected);
    request.headers_mut().remove("x-session");
    let error = Talk::parse_request(&request).map(drop).unwrap_err().to_string();
    assert_eq!(error, "session: the initial request lacks this member, which is required");
}

/// A response of these messages, which come in pieces of this many bytes.
pub(crate) fn streaming(bytes: &[u8], piece: usize) -> SdkBody {
    let pieces: Vec<_> = bytes
        .chunks(piece)
        .map(|piece| Ok::<_, std::convert::Infallible>(piece.to_vec().into()))
        .map(|piece| piece.map(http_body::Frame::data))
        .collect();
    SdkBody::from_body_1_x(http_body_util::StreamBody::new(futures_util::stream::iter(pieces)))
}

fn answered(bytes: &[u8], piece: usize) -> TalkOutput {
    let response = Response::builder().header("x-topic", "t").header("x-amzn-requestid", "id");
    match Talk::stream_response(response.body(streaming(bytes, piece)).unwrap()) {
        Streamed::Answer(output) => output.unwrap(),
        Streamed::Unread(_) => panic!("a stream needn't be read"),
    }
}

fn reply(event: Result<Replies, RepliesError>) -> Vec<u8> {
    Talk::via_default().events().write(&event).unwrap()
}

/// A message with these headers.
fn message(headers: &[(&'static str, &str)], payload: &str) -> Vec<u8> {
    let header = |&(name, value): &(&'static str, &str)| {
        Header::new(name, HeaderValue::String(value.to_owned().into()))
    };
    let headers = headers.iter().map(header).collect();
    let mut bytes = Vec::new();
    write_message_to(&Message::new_from_parts(headers, payload.as_bytes().to_vec()), &mut bytes)
        .unwrap();
    bytes
}

fn replies() -> Vec<Replies> {
    let said = Said::builder().text("Hi").at(DateTime::from_secs(1)).build().unwrap();
    let choice = ChoiceEvent::builder().choice(Choice::No(3)).build();
    let mixed = MixedEvent::builder().id("i").text("t").count(1).said(said.clone()).build();
    vec![
        Replies::Said(SaidEvent::builder().who("me").said(said).build()),
        Replies::Choice(choice),
        Replies::Mixed(mixed.unwrap()),
    ]
}

#[test]
fn a_response_streams_its_events() {
    let mut bytes = Vec::new();
    for event in replies() {
        bytes.extend(reply(Ok(event)));
    }
    for piece in [1, 7, 16, 1000] {
        let mut output = answered(&bytes, piece);
        assert_eq!(output.topic(), "t");
        for event in replies() {
            assert_eq!(now(output.replies.recv()).unwrap(), Some(event));
        }
        assert!(now(output.replies.recv()).unwrap().is_none());
    }
    let said = messages(&bytes).remove(0);
    assert_eq!(said.payload().as_ref(), br#"{"words":"Hi","at":1}"#);
}

#[test]
fn what_a_response_lacks_is_filled_in() {
    let headers = [(":message-type", "event"), (":event-type", "mixed")];
    let mut output = answered(&message(&headers, ""), 100);
    let event = now(output.replies.recv()).unwrap().unwrap();
    let expected = MixedEvent::builder().id("").count(0).build().unwrap();
    assert_eq!(event, Replies::Mixed(expected));
}

#[test]
fn unknown_events_are_received() {
    let headers = [(":message-type", "event"), (":event-type", "later")];
    let bytes = [message(&headers, "x"), reply(Ok(replies().remove(1)))].concat();
    let mut output = answered(&bytes, 100);
    assert_eq!(now(output.replies.recv()).unwrap(), Some(crate::unknown()));
    assert!(now(output.replies.recv()).unwrap().unwrap().is_choice());
}

#[test]
fn modeled_errors_end_the_stream() {
    let lost = LostError::builder().reason("r").place("p").build();
    let bytes = reply(Err(RepliesError::LostError(lost)));
    let (headers, payload) = shown(&messages(&bytes)[0]);
    assert_eq!(
        headers,
        [":message-type=exception", ":exception-type=lost", JSON, "place=p"]
    );
    // What would be a header of an HTTP message is in the document of an event.
    assert_eq!(payload, r#"{"reason":"r"}"#);
    let more = [bytes, reply(Ok(replies().remove(1)))].concat();
    let mut output = answered(&more, 100);
    let error = now(output.replies.recv()).unwrap_err().into_service_error();
    assert!(error.is_lost_error());
    let RepliesError::LostError(lost) = error else { unreachable!() };
    assert_eq!((lost.reason(), lost.place(), lost.message()), (Some("r"), Some("p"), None));
    assert!(now(output.replies.recv()).unwrap().is_none());
    // Another member that is the same error.
    let gone = [(":message-type", "exception"), (":exception-type", "gone")];
    let mut output = answered(&message(&gone, r#"{"message":"m"}"#), 100);
    let error = now(output.replies.recv()).unwrap_err().into_service_error();
    assert!(error.is_lost_error());
    assert_eq!((error.code(), error.message()), (None, Some("m")));
    let service_error = fixture_event_streams::Error::from(error);
    assert!(matches!(service_error, fixture_event_streams::Error::LostError(_)));
}

#[test]
fn errors_that_the_stream_does_not_model() {
    let headers = [(":message-type", "exception"), (":exception-type", "later")];
    let mut output = answered(&message(&headers, r#"{"message":"m","code":5}"#), 100);
    let error = now(output.replies.recv()).unwrap_err().into_service_error();
    assert_eq!((error.code(), error.message()), (Some("later"), Some("m")));
    let headers =
        [(":message-type", "error"), (":error-code", "Oops"), (":error-message", "An accident.")];
    let mut output = answered(&message(&headers, ""), 100);
    let error = now(output.replies.recv()).unwrap_err().into_service_error();
    assert_eq!((error.code(), error.message()), (Some("Oops"), Some("An accident.")));
}

#[test]
fn modeled_errors_keep_their_metadata() {
    let busy = BusyError::builder().message("Too many.").seconds(3).build();
    let mut output = answered(&reply(Err(RepliesError::BusyError(busy))), 100);
    let error = now(output.replies.recv()).unwrap_err().into_service_error();
    assert_eq!(error.message(), Some("Too many."));
    assert_eq!(error.to_string(), "BusyError: Too many.");
}

/// What was received of these bytes, and why that ended.
fn failure(bytes: &[u8]) -> (usize, String) {
    let mut output = answered(bytes, 50);
    let mut count = 0;
    loop {
        match now(output.replies.recv()) {
            Ok(Some(_)) => count += 1,
            Ok(None) => return (count, String::new()),
            Err(error) => {
                assert!(now(output.replies.recv()).unwrap().is_none(), "a failed stream has ended");
                return (count, crate::chain(&error));
            }
        }
    }
}

#[test]
fn hostile_bytes() {
    let good = reply(Ok(replies().remove(0)));
    let twice = [good.clone(), good.clone()].concat();
    for cut in 1..good.len() {
        let (count, text) = failure(&twice[..good.len() + cut]);
        assert!(count == 1 && text.contains("the stream ends within a message"), "{cut}: {text}");
    }
    for at in 0..good.len() {
        let mut damaged = good.clone();
        damaged[at] ^= 0x40;
        let (count, text) = failure(&[good.clone(), damaged.clone()].concat());
        assert!(count == 1 && !text.is_empty(), "{at}");
        let read = Talk::via_default().events().read::<Replies, RepliesError>(&damaged);
        assert!(read.is_err(), "{at}");
    }
    // A length that no memory holds, noise or not.
    let huge = [&[0xFF; 8][..], &good[8..]].concat();
    assert!(failure(&huge).1.contains("checksum"));
    let claimed = [&[0xFF; 8][..], &0x2144_DF1C_u32.to_be_bytes(), &good[12..]].concat();
    let error = Talk::via_default().events().read::<Replies, RepliesError>(&claimed).unwrap_err();
    assert!(error.to_string().contains("it has 4294967295 bytes"), "{error}");
    assert!(failure(&claimed).1.contains("ends within a message"));
    for short in [&b""[..], b"\0\0\0", b"\0\0\0\x0F\0\0\0\0\0\0\0\0\0\0\0\0"] {
        assert!(Talk::via_default().events().read::<Replies, RepliesError>(short).is_err());
    }
    let error = Talk::via_default().events().read::<Replies, RepliesError>(&twice).unwrap_err();
    assert!(error.to_string().starts_with("expected one message"), "{error}");
}

/// Why these headers and payload aren't an event.
fn refusal(headers: Vec<Header>, payload: &str) -> String {
    let mut bytes = Vec::new();
    write_message_to(&Message::new_from_parts(headers, payload.as_bytes().to_vec()), &mut bytes)
        .unwrap();
    let read = Talk::via_default().events().read::<Replies, RepliesError>(&bytes);
    read.unwrap_err().to_string()
}

#[test]
fn messages_that_are_not_events() {
    let header = |name: &'static str, value: &'static str| {
        Header::new(name, HeaderValue::String(value.into()))
    };
    let blob = |name: &'static str| Header::new(name, HeaderValue::ByteArray((&b"x"[..]).into()));
    assert_eq!(refusal(Vec::new(), ""), "the message lacks the header `:message-type`");
    assert_eq!(
        refusal(vec![blob(":message-type")], ""),
        "expected the header `:message-type` to be a string, found a blob"
    );
    assert_eq!(
        refusal(vec![header(":message-type", "odd")], ""),
        "expected the header `:message-type` to be `event`, `exception` or `error`, found \"odd\""
    );
    assert_eq!(
        refusal(vec![header(":message-type", "event")], ""),
        "the message lacks the header `:event-type`"
    );
    assert_eq!(
        refusal(vec![header(":message-type", "exception")], ""),
        "the message lacks the header `:exception-type`"
    );
    let event = |name| vec![header(":message-type", "event"), header(":event-type", name)];
    let mut mixed = event("mixed");
    mixed.push(Header::new("id", HeaderValue::Int32(1)));
    assert_eq!(
        refusal(mixed, "{}"),
        "mixed.id: expected the header to be a string, found an integer"
    );
    assert_eq!(
        refusal(event("mixed"), r#"{"count":"x"}"#),
        "mixed.count: expected a number, found a string, at byte 9"
    );
    assert_eq!(
        refusal(event("said"), r#"{"words":1}"#),
        "said.said.text: expected a string, found a number, at byte 9"
    );
    let text = [header(":message-type", "event"), header(":event-type", "text")];
    let mut bytes = Vec::new();
    let message = Message::new_from_parts(text.to_vec(), &b"\xff"[..]);
    write_message_to(&message, &mut bytes).unwrap();
    let read = Talk::via_default().events().read::<Talking, TalkingError>(&bytes);
    assert_eq!(read.unwrap_err().to_string(), "text.text: the payload isn't UTF-8, at byte 0");
}

#[test]
fn debug_shows_types_and_hides_secrets() {
    let event = Talking::Secret(SecretEvent::builder().word("w").thing("t").build());
    let hidden = "\"*** Sensitive Data Redacted ***\"";
    assert_eq!(
        format!("{event:?}"),
        format!("Secret(SecretEvent {{ word: {hidden}, thing: {hidden} }})")
    );
    let input = format!("{:?}", talk(Vec::new()));
    assert_eq!(
        input,
        "TalkInput { room: Some(\"a b\"), session: Some(\"s\"), note: None, talk: \
         EventStreamSender<fixture_event_streams::types::talking::Talking, \
         fixture_event_streams::types::error::talking_error::TalkingError> }"
    );
    let output = format!("{:?}", answered(b"", 1));
    assert!(
        output.starts_with(
            "TalkOutput { topic: \"t\", replies: EventReceiver { unmarshaller: \
             RepliesUnmarshaller, "
        ),
        "{output}"
    );
}

#[test]
fn streams_go_between_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    fn is_sync<T: Sync>() {}
    is_sync::<EventStreamSender<Talking, TalkingError>>();
    is_sync::<EventReceiver<Replies, RepliesError>>();
    let mut output = answered(b"", 1);
    assert!(now(is_send(output.replies.recv())).unwrap().is_none());
    let initial = Talk::via_default();
    now(is_send(initial.read_initial_response(&mut output))).unwrap();
}
