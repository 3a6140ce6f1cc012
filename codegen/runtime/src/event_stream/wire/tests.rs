//! Tests of what generated crates' tests don't reach: XML in events, signatures, bodies that fail.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context as Task, Poll, Waker};

use aws_smithy_types::Blob;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use bytes::Bytes;
use http_body::{Body, Frame};
use proptest::prelude::*;

use super::*;
use crate::event_stream::{
    ErrorMember, EventReceiver, EventStreamSender, Header, HeaderValue, Message, SignMessage,
    SignMessageError,
};
use crate::protocol::{AWS_JSON_1_0, Protocol};
use crate::schema::{Payload, Trait};
use crate::service::{OperationSchema, ServiceSchema};
use crate::service_error::{AnyError, Fill, OperationErrorShape, ServiceError};
use crate::unknown::Unhandled;
use crate::value::StructureShape;

static SERVICE: ServiceSchema = ServiceSchema::new("example#Service", "1", &AWS_JSON_1_0);
static OPERATION: OperationSchema = OperationSchema::new(&SERVICE, "Watch", &[]);

fn by(protocol: &'static dyn Protocol) -> Context {
    Context { protocol, operation: &OPERATION }
}

/// An event with all three parts, or as much of them as its schema says.
#[derive(Clone)]
struct Part {
    schema: &'static Schema,
    id: Option<String>,
    text: Option<String>,
}

static DOCUMENT: Schema = Schema::new(
    "example#Document",
    "Document",
    &[
        Member::new("id", "id").optional().with(&[Trait::EventHeader]),
        Member::new("text", "text").optional(),
    ],
);

static PAYLOAD: Schema = Schema::new(
    "example#Payload",
    "Payload",
    &[
        Member::new("id", "id").optional().with(&[Trait::EventHeader]),
        Member::new("text", "text")
            .optional()
            .with(&[Trait::EventPayload, Trait::Payload(Payload::String)]),
    ],
);

impl Structure for Part {
    fn schema(&self) -> &'static Schema {
        self.schema
    }
    fn member(&self, index: usize) -> &dyn Value {
        [&self.id, &self.text][index]
    }
    fn member_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.id,
            _ => &mut self.text,
        }
    }
}

impl Value for Part {
    fn get(&self) -> Ref<'_> {
        Ref::Structure(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Structure(self)
    }
    fn empty() -> Self {
        Self { schema: &DOCUMENT, id: None, text: None }
    }
}

crate::structure!(Part);

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        let of = |part: &Self| (part.schema.id(), part.id.clone(), part.text.clone());
        of(self) == of(other)
    }
}

#[derive(Clone, PartialEq)]
enum Events {
    Document(Part),
    Payload(Part),
    Details(Details),
    Unknown,
}

static EVENTS: Schema = Schema::new(
    "example#Events",
    "Events",
    &[
        Member::new("document", "Document"),
        Member::new("payload", "Payload"),
        Member::new("details", "Details"),
    ],
);

impl Union for Events {
    fn schema(&self) -> &'static Schema {
        &EVENTS
    }
    fn variant(&self) -> Option<(usize, &dyn Value)> {
        match self {
            Self::Document(value) => Some((0, value)),
            Self::Payload(value) => Some((1, value)),
            Self::Details(value) => Some((2, value)),
            Self::Unknown => None,
        }
    }
    fn select(&mut self, index: usize) -> Option<&mut dyn Value> {
        *self = match index {
            0 => Self::Document(Value::empty()),
            1 => Self::Payload(Part { schema: &PAYLOAD, ..Value::empty() }),
            2 => Self::Details(Value::empty()),
            _ => Self::Unknown,
        };
        match self {
            Self::Document(value) | Self::Payload(value) => Some(value),
            Self::Details(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

crate::union!(Events);

/// An event whose payload is a structure.
#[derive(Clone, PartialEq)]
struct Details {
    details: Option<Part>,
}

impl StructureShape for Details {
    const SCHEMA: &'static Schema = &Schema::new(
        "example#Details",
        "Details",
        &[Member::new("details", "details")
            .optional()
            .with(&[Trait::EventPayload, Trait::Payload(Payload::Structure)])],
    );
    fn member(&self, _index: usize) -> &dyn Value {
        &self.details
    }
    fn member_mut(&mut self, _index: usize) -> &mut dyn Value {
        &mut self.details
    }
    fn empty_structure() -> Self {
        Self { details: None }
    }
}

crate::structure!(Details);

/// An enum of errors without any of its own.
#[derive(Debug)]
struct EventsError(Unhandled);

impl ServiceError for EventsError {
    fn as_any(&self) -> AnyError<'_> {
        AnyError::Unhandled(&self.0)
    }
}

impl OperationErrorShape for EventsError {
    fn from_unhandled(unhandled: Unhandled) -> Self {
        Self(unhandled)
    }
    fn modeled(_index: usize, _fill: Fill<'_>) -> Option<Self> {
        None
    }
}

impl EventStreamError for EventsError {
    fn members(&self) -> &'static [ErrorMember] {
        &[]
    }
}

impl std::fmt::Display for EventsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for EventsError {}

impl aws_smithy_types::error::metadata::ProvideErrorMetadata for EventsError {
    fn meta(&self) -> &ErrorMetadata {
        self.0.meta()
    }
}

type Sender = EventStreamSender<Events, EventsError>;
type Receiver = EventReceiver<Events, EventsError>;

fn part(id: &str, text: &str) -> Part {
    Part { schema: &DOCUMENT, id: Some(id.to_owned()), text: Some(text.to_owned()) }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut task = Task::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut task) {
            return value;
        }
    }
}

/// The bytes of a body, frame by frame, and why it ended too soon.
fn collected(mut body: SdkBody) -> (Vec<Bytes>, Option<String>) {
    let mut frames = Vec::new();
    loop {
        match now(poll_fn(|cx| Pin::new(&mut body).poll_frame(cx))) {
            Some(Ok(frame)) => frames.extend(frame.into_data()),
            Some(Err(error)) => return (frames, Some(error.to_string())),
            None => return (frames, None),
        }
    }
}

fn body(sender: &mut Sender, signer: Option<Box<dyn SignMessage + Send + Sync>>) -> SdkBody {
    let source = EventStream::take(sender).unwrap();
    body::body(by(&AWS_JSON_1_0), None, source, signer)
}

#[test]
#[cfg(all(feature = "rest", feature = "xml"))]
fn documents_in_xml() {
    let context = by(&crate::protocol::REST_XML);
    let xml = |event: Events| {
        let bytes = context.write::<_, EventsError>(&Ok(event.clone())).unwrap();
        assert!(context.read::<Events, EventsError>(&bytes).unwrap().unwrap() == event);
        let message = frame::read_one(&bytes).unwrap();
        assert_eq!(
            header::text(&message, ":content-type").unwrap(),
            Some(context.protocol.codec().media_type())
        );
        String::from_utf8(message.payload().to_vec()).unwrap()
    };
    let document = xml(Events::Document(part("1", "a<b")));
    assert!(document.ends_with("<Document><text>a&lt;b</text></Document>"), "{document}");
    let details = xml(Events::Details(Details { details: Some(part("1", "x")) }));
    assert!(details.contains("<id>1</id><text>x</text>"), "{details}");
}

/// Puts each message into another one.
#[derive(Debug)]
struct Envelopes;

impl SignMessage for Envelopes {
    fn sign(&mut self, message: Message) -> Result<Message, SignMessageError> {
        if message.payload().is_empty() {
            return Err("nothing to sign".into());
        }
        let header = Header::new("signed", HeaderValue::Bool(true));
        Ok(Message::new(frame::write(&message)?).add_header(header))
    }

    fn sign_empty(&mut self) -> Option<Result<Message, SignMessageError>> {
        Some(Ok(Message::new(Bytes::new())))
    }
}

#[test]
fn messages_are_signed_and_the_last_one_is_empty() {
    let mut sender = Sender::once(Ok(Events::Document(part("1", "x"))));
    let (frames, end) = collected(body(&mut sender, Some(Box::new(Envelopes))));
    assert_eq!((frames.len(), end), (2, None));
    let outer = frame::read_one(&frames[0]).unwrap();
    assert_eq!(outer.headers().len(), 1);
    let inner = by(&AWS_JSON_1_0).read::<Events, EventsError>(outer.payload()).unwrap();
    assert!(inner.unwrap() == Events::Document(part("1", "x")));
    assert!(frame::read_one(&frames[1]).unwrap().payload().is_empty());
    // What was taken out isn't there any more.
    assert_eq!(collected(body(&mut sender, None)), (Vec::new(), None));
}

#[test]
fn a_signature_that_fails_ends_the_body() {
    let empty = Events::Payload(Part { schema: &PAYLOAD, id: None, text: None });
    let mut sender = Sender::once(Ok(empty));
    let (frames, end) = collected(body(&mut sender, Some(Box::new(Envelopes))));
    assert!(frames.is_empty());
    assert_eq!(end.as_deref(), Some("the message of an event can't be signed"));
}

/// A body that gives these bytes, then fails, or sends trailers and ends.
struct Odd(Option<Bytes>, Option<&'static str>);

impl Body for Odd {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _task: &mut Task<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, &'static str>>> {
        Poll::Ready(match (self.0.take(), self.1) {
            (Some(bytes), _) => Some(Ok(Frame::data(bytes))),
            (None, Some(error)) => Some(Err(error)),
            (None, None) => {
                self.1 = Some("after the end");
                Some(Ok(Frame::trailers(http::HeaderMap::new())))
            }
        })
    }
}

#[test]
fn a_body_that_fails_ends_the_stream() {
    let event = Events::Document(part("1", "x"));
    let context = by(&AWS_JSON_1_0);
    let bytes = Bytes::from(context.write::<_, EventsError>(&Ok(event.clone())).unwrap());
    let mut receiver = Receiver::empty();
    assert!(now(receiver.recv()).unwrap().is_none());
    let body = SdkBody::from_body_1_x(Odd(Some(bytes.clone()), Some("cut off")));
    receiver.fill(context, body).unwrap();
    assert!(now(receiver.recv()).unwrap() == Some(event));
    let error = now(receiver.recv()).map(drop).unwrap_err();
    assert!(matches!(error, aws_smithy_runtime_api::client::result::SdkError::DispatchFailure(_)));
    assert!(now(receiver.recv()).unwrap().is_none());
    let mut sender = Sender::empty();
    let body = SdkBody::from_body_1_x(Odd(Some(bytes), None));
    let error = sender.fill(context, body).unwrap_err().to_string();
    assert_eq!(error, "a stream of events is read from a body in memory only");
}

#[test]
fn streams_that_do_not_do_what_is_asked() {
    assert!(EventStream::take(&mut Receiver::empty()).is_none());
    assert!(now(Sender::empty().initial_response()).unwrap().is_none());
    assert!(now(Receiver::empty().initial_response()).unwrap().is_none());
    let what = "Part has no stream of events";
    assert_eq!(
        stream_of(&part("", "")).map(drop).unwrap_err().to_string(),
        what.replace("Part", "Document")
    );
}

fn header_value() -> impl Strategy<Value = HeaderValue> {
    prop_oneof![
        any::<bool>().prop_map(HeaderValue::Bool),
        any::<i32>().prop_map(HeaderValue::Int32),
        any::<u128>().prop_map(HeaderValue::Uuid),
        any::<Vec<u8>>().prop_map(|bytes| HeaderValue::ByteArray(bytes.into())),
        "(event|exception|error|document|payload|details|.{0,9})"
            .prop_map(|text| HeaderValue::String(text.into())),
    ]
}

proptest! {
    #[test]
    fn events_come_back(id in any::<String>(), text in any::<String>()) {
        let payload = Part { schema: &PAYLOAD, ..part(&id, &text) };
        for event in [Events::Document(part(&id, &text)), Events::Payload(payload)] {
            let context = by(&AWS_JSON_1_0);
            let bytes = context.write::<_, EventsError>(&Ok(event.clone())).unwrap();
            prop_assert!(context.read::<Events, EventsError>(&bytes).unwrap().unwrap() == event);
        }
    }

    #[test]
    fn any_message_is_read_or_refused(
        headers in prop::collection::vec((
            "(:message-type|:event-type|:exception-type|:error-code|id|.{1,5})",
            header_value(),
        ), 0..6),
        payload in prop_oneof![
            any::<Vec<u8>>(),
            any::<String>().prop_map(|text| format!("{{\"text\":{text:?}}}").into_bytes()),
        ],
    ) {
        let headers = headers.into_iter().map(|(name, value)| Header::new(name, value)).collect();
        let bytes = frame::write(&Message::new_from_parts(headers, payload)).unwrap();
        let _ = by(&AWS_JSON_1_0).read::<Events, EventsError>(&bytes);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        let _ = by(&AWS_JSON_1_0).read::<Events, EventsError>(&bytes);
        let mut receiver = Receiver::empty();
        receiver.fill(by(&AWS_JSON_1_0), SdkBody::from(bytes)).unwrap();
        while let Ok(Some(_)) = now(receiver.recv()) {}
    }
}

#[test]
fn blobs_are_not_copied() {
    let blob = Blob::new(vec![7; 100]);
    let written = header::write(Ref::Blob(&blob)).unwrap();
    let Some(HeaderValue::ByteArray(bytes)) = written else { panic!("not a blob") };
    assert_eq!(bytes.as_ptr(), blob.as_ref().as_ptr());
}
