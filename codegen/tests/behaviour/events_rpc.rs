//! Streams of events by protocols without HTTP bindings, whose initial messages are in the stream.

use fixture_event_streams_rpc::operation::join::{Join, JoinInput, JoinOutput};
use fixture_event_streams_rpc::operation::listen::{Listen, ListenInput};
use fixture_event_streams_rpc::primitives::event_stream::EventStreamSender;
use fixture_event_streams_rpc::types::error::{MessagesError, RoomFull};
use fixture_event_streams_rpc::types::{Limits, Message, Messages};
use tinsmith_runtime::http::{Response, header};
use tinsmith_runtime::operation::{Streamed, Via};
use tinsmith_runtime::protocol::{AWS_JSON_1_1, Protocol, RPC_V2_CBOR};
use tinsmith_runtime::{Blob, ErrorStructure, Operation, SdkBody, Value};

use crate::events::{collected, messages, now, shown, streaming};

const EVENTS: &str = "application/vnd.amazon.eventstream";

fn protocols() -> [(&'static dyn Protocol, &'static str); 2] {
    [(&AWS_JSON_1_1, "application/json"), (&RPC_V2_CBOR, "application/cbor")]
}

fn event(text: &str) -> Messages {
    let message = Message::builder().text(text).image(Blob::new(*b"\x01")).sender("me").build();
    Messages::Message(message)
}

fn join() -> JoinInput {
    JoinInput::builder()
        .room("r")
        .sent(EventStreamSender::from(futures_util::stream::iter(vec![
            Ok(event("one")),
            Ok(event("two")),
        ])))
        .build()
        .unwrap()
}

#[test]
fn requests_begin_with_their_members() {
    for (protocol, media_type) in protocols() {
        let via = Join::via(protocol);
        let request = via.into_request(join()).unwrap();
        assert_eq!(request.headers()[header::CONTENT_TYPE], EVENTS);
        assert!(!request.headers().contains_key(header::CONTENT_LENGTH));
        let request = request.map(collected);
        let sent = messages(request.body());
        assert_eq!(sent.len(), 3);
        let (headers, payload) = shown(&sent[0]);
        let media_type = format!(":content-type={media_type}");
        assert_eq!(
            headers,
            [":message-type=event", ":event-type=initial-request", media_type.as_str()]
        );
        if protocol.id() == AWS_JSON_1_1.id() {
            assert_eq!(payload, r#"{"room":"r"}"#);
        }
        assert_eq!(shown(&sent[1]).0[2], media_type);
        // The beginning alone, and the service's side.
        let begun = via.request(&join()).unwrap();
        assert_eq!(messages(begun.body()), sent[..1]);
        let there = via.parse_request(&request).unwrap();
        assert_eq!((there.room(), there.nickname()), (Some("r"), None));
        assert_eq!(via.into_request(there).unwrap().map(collected).body(), request.body());
        // Without its beginning it lacks what is required.
        let first = via.request(&join()).unwrap().into_body().len();
        let cut = request.map(|body| body[first..].to_vec());
        let error = via.parse_request(&cut).map(drop).unwrap_err().to_string();
        assert_eq!(error, "room: the initial request lacks this member, which is required");
    }
}

#[test]
fn requests_without_a_stream_stay_as_they_are() {
    let input = ListenInput::builder().room("r").build().unwrap();
    let request = Listen::via(&AWS_JSON_1_1).request(&input).unwrap();
    assert_eq!(request.headers()[header::CONTENT_TYPE], "application/x-amz-json-1.1");
    assert_eq!(request.body(), br#"{"room":"r"}"#);
    assert!(!request.headers().contains_key(header::ACCEPT));
    // Of several protocols it is the one that the crate speaks unless another is named.
    let request = Listen::request(&input).unwrap();
    assert_eq!(request.headers()[header::ACCEPT], EVENTS);
    assert_eq!(request.headers()[header::CONTENT_TYPE], "application/cbor");
}

/// The response of a service: its initial message, then one event.
fn response(via: &Via<Join>) -> Response<Vec<u8>> {
    let mut output = JoinOutput::empty();
    output.session = "s".to_owned();
    output.limits = Some(Limits::builder().per_minute(5).build().unwrap());
    let mut response = via.write_response(&output).unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], EVENTS);
    assert!(!response.headers().contains_key(header::CONTENT_LENGTH));
    assert_eq!(messages(response.body()).len(), 1);
    let bytes = via.events().write::<_, MessagesError>(&Ok(event("one"))).unwrap();
    response.body_mut().extend(bytes);
    response
}

fn streamed(via: &Via<Join>, response: Response<SdkBody>) -> JoinOutput {
    match via.stream_response(response) {
        Streamed::Answer(output) => output.unwrap(),
        Streamed::Unread(_) => panic!("a stream needn't be read"),
    }
}

#[track_caller]
fn assert_answered(mut output: JoinOutput) {
    assert_eq!(output.session(), "s");
    assert_eq!(output.limits().map(Limits::per_minute), Some(5));
    assert_eq!(now(output.received.recv()).unwrap(), Some(event("one")));
    assert!(now(output.received.recv()).unwrap().is_none());
}

#[test]
fn responses_begin_with_their_members() {
    for (protocol, _) in protocols() {
        let via = Join::via(protocol);
        let response = response(&via);
        // In memory they are read at once.
        assert_answered(via.response(&response).unwrap());
        assert_answered(streamed(&via, response.clone().map(SdkBody::from)));
        // As a stream they are waited for.
        for piece in [1, 10, 1000] {
            let response = response.clone().map(|body| streaming(&body, piece));
            let mut output = streamed(&via, response);
            assert_eq!(output.session(), "");
            now(via.read_initial_response(&mut output)).unwrap();
            assert_answered(output);
        }
    }
}

#[test]
fn responses_may_begin_with_an_event() {
    for (protocol, _) in protocols() {
        let via = Join::via(protocol);
        let events = via.events().write::<_, MessagesError>(&Ok(event("one"))).unwrap();
        let without = response(&via).map(|_| events);
        let mut output = via.response(&without).unwrap();
        assert_eq!((output.session(), output.limits().map(Limits::per_minute)), ("", Some(0)));
        assert_eq!(now(output.received.recv()).unwrap(), Some(event("one")));
        let mut output = streamed(&via, without.map(|body| streaming(&body, 9)));
        now(via.read_initial_response(&mut output)).unwrap();
        assert_eq!(now(output.received.recv()).unwrap(), Some(event("one")));
    }
}

#[test]
fn errors_by_any_protocol() {
    for (protocol, _) in protocols() {
        let events = Join::via(protocol).events();
        let full = RoomFull::builder().message("Full.").code(3).build();
        let bytes = events.write::<Messages, _>(&Err(MessagesError::RoomFull(full))).unwrap();
        let error = events.read::<Messages, MessagesError>(&bytes).unwrap().unwrap_err();
        let MessagesError::RoomFull(full) = error else { panic!("{error}") };
        assert_eq!((full.message(), full.code()), (Some("Full."), Some(3)));
        assert_eq!(ErrorStructure::meta(&full).message(), Some("Full."));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x11;
            assert!(events.read::<Messages, MessagesError>(&damaged).is_err());
        }
    }
}

#[test]
fn initial_responses_that_cannot_be_read() {
    let via = Join::via_default();
    let mut damaged = response(&via);
    damaged.body_mut()[20] ^= 1;
    let error = via.response(&damaged).map(drop).unwrap_err();
    assert!(crate::chain(&error).contains("not a message of a stream"), "{}", crate::chain(&error));
    let mut output = streamed(&via, damaged.map(|body| streaming(&body, 9)));
    let error = now(via.read_initial_response(&mut output)).unwrap_err();
    assert!(crate::chain(&error).contains("checksum"), "{}", crate::chain(&error));
    assert!(now(output.received.recv()).unwrap().is_none());
}
