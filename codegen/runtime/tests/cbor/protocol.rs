//! Requests, responses and errors of RPC v2 CBOR, both directions.

use http::{HeaderMap, Method, Request, Response};
use tinsmith_runtime::protocol::Protocol as _;
use tinsmith_runtime::protocol::RPC_V2_CBOR;
use tinsmith_runtime::value::StructureShape as _;
use tinsmith_runtime::{Operation, ProvideErrorMetadata as _, ServiceError as _};

use crate::codec::bytes;
use crate::shapes::{Complex, DoNothing, Failure, Greet, Greeting, Invalid, Nothing, Output};

pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap())
}

/// A response of this protocol.
pub(crate) fn response(status: u16, body: &str) -> Response<Vec<u8>> {
    let response = Response::builder()
        .status(status)
        .header("smithy-protocol", "rpc-v2-cbor")
        .header("content-type", "application/cbor")
        .header("x-amzn-requestid", "the-id");
    response.body(bytes(body)).unwrap()
}

fn failure<O: Operation>(response: &Response<Vec<u8>>) -> O::Error {
    match O::response(response) {
        Ok(_) => panic!("the response isn't an error"),
        Err(error) => error,
    }
}

fn greeting() -> Greeting {
    Greeting { hi: Some("you".to_owned()) }
}

#[test]
fn requests() {
    let request = Greet::request(&greeting()).unwrap();
    assert_eq!(request.method(), Method::POST);
    assert_eq!(request.uri(), "/service/Service/operation/Greet");
    assert_eq!(*request.body(), bytes("BF 62'hi'63'you' FF"));
    let headers = request.headers();
    assert_eq!(header(headers, "smithy-protocol"), Some("rpc-v2-cbor"));
    assert_eq!(header(headers, "accept"), Some("application/cbor"));
    assert_eq!(header(headers, "content-type"), Some("application/cbor"));
    assert_eq!(header(headers, "content-length"), Some("9"));
    assert_eq!(headers.len(), 4);
    assert_eq!(Greet::parse_request(&request).unwrap(), greeting());
    // A structure without members is a body all the same.
    let request = Greet::request(&Greeting::empty_structure()).unwrap();
    assert_eq!(*request.body(), bytes("BF FF"));
    assert_eq!(header(request.headers(), "content-type"), Some("application/cbor"));
}

#[test]
fn the_unit_type_has_no_body() {
    let request = DoNothing::request(&Nothing::empty_structure()).unwrap();
    assert!(request.body().is_empty());
    assert_eq!(request.headers().len(), 2);
    assert_eq!(header(request.headers(), "accept"), Some("application/cbor"));
    assert!(DoNothing::parse_request(&request).is_ok());
    let response = DoNothing::write_response(&Nothing::empty_structure()).unwrap();
    assert!(response.body().is_empty());
    assert_eq!(response.headers().len(), 1);
    assert!(DoNothing::response(&response).is_ok());
    for body in ["", "BFFF", "A0", "A1 61'?'01"] {
        assert!(DoNothing::response(&self::response(200, body)).is_ok());
        let mut request = DoNothing::request(&Nothing::empty_structure()).unwrap();
        *request.body_mut() = bytes(body);
        assert!(DoNothing::parse_request(&request).is_ok());
    }
}

#[test]
fn outputs() {
    let output = Output { text: Some("a".to_owned()), number: None, _request_id: None };
    let written = Greet::write_response(&output).unwrap();
    assert_eq!(written.status(), 200);
    assert_eq!(*written.body(), bytes("BF 64'text'61'a' FF"));
    assert_eq!(header(written.headers(), "smithy-protocol"), Some("rpc-v2-cbor"));
    assert_eq!(header(written.headers(), "content-type"), Some("application/cbor"));
    assert_eq!(header(written.headers(), "content-length"), Some("9"));
    assert_eq!(Greet::response(&written).unwrap().text, output.text);
    let read = Greet::response(&response(200, "A2 64'text'61'a' 66'number'05")).unwrap();
    assert_eq!((read.text.as_deref(), read.number), (Some("a"), Some(5)));
    assert_eq!(read._request_id.as_deref(), Some("the-id"));
    assert_eq!(Greet::response(&response(200, "")).unwrap().text, None);
    let error = failure::<Greet>(&response(200, "A1 64'text'01"));
    assert_eq!(error.request_id(), Some("the-id"));
    assert!(matches!(error, Failure::Unhandled(_)));
}

#[test]
fn modeled_errors() {
    let body =
        "BF 66'__type' 73'test.shapes#Complex' 68'TopLevel'61'a' 66'Nested'BF 62'hi'61'b'FF FF";
    // The fault's status and a header of other protocols don't matter.
    for status in [400, 500, 302] {
        let mut response = response(status, body);
        response.headers_mut().insert("x-amzn-errortype", "Invalid".parse().unwrap());
        let error = failure::<Greet>(&response);
        assert_eq!((error.code(), error.request_id()), (Some("Complex"), Some("the-id")));
        let Failure::Complex(error) = error else { panic!("{error:?}") };
        assert_eq!(error.top.as_deref(), Some("a"));
        assert_eq!(error.nested.unwrap().hi.as_deref(), Some("b"));
    }
    for message in ["67'message'", "67'Message'", "6C'errorMessage'"] {
        for name in ["67'Invalid'", "69'x#Invalid'", "78 1A'x#Invalid:http://y.z/a#b:c'"] {
            let error =
                failure::<Greet>(&response(400, &format!("A2 66'__type'{name} {message}62'no'")));
            assert_eq!(error.message(), Some("no"));
            let Failure::Invalid(error) = error else { panic!("{error:?}") };
            assert_eq!(error.message.as_deref(), Some("no"));
        }
    }
}

#[test]
fn other_errors() {
    for (body, code, message) in [
        ("A1 66'__type'65'x#New'", Some("New"), None),
        ("A2 66'__type'F6 67'message'01", None, None),
        ("A2 64'code'67'Invalid' 67'message'61'm'", None, Some("m")),
        ("", None, None),
    ] {
        let error = failure::<Greet>(&response(503, body));
        assert!(matches!(error, Failure::Unhandled(_)), "{body}");
        assert_eq!((error.code(), error.message()), (code, message), "{body}");
        assert_eq!(error.request_id(), Some("the-id"));
    }
    for body in ["'<html>'", "80", "A1 66'__type'", "BF", "A000"] {
        let error = failure::<Greet>(&response(503, body));
        assert!(matches!(error, Failure::Unhandled(_)), "{body}");
        assert_eq!((error.code(), error.request_id()), (None, Some("the-id")), "{body}");
    }
}

/// Such a response is judged by its status alone: neither body nor code of it count.
#[test]
fn a_response_must_say_that_it_is_one_of_the_protocol() {
    for status in [200, 400] {
        for value in [None, Some("rpc-v2-json")] {
            let mut response = response(status, "A2 66'__type'67'Invalid' 64'text'61'a'");
            response.headers_mut().remove("smithy-protocol");
            if let Some(value) = value {
                response.headers_mut().insert("smithy-protocol", value.parse().unwrap());
            }
            let error = failure::<Greet>(&response);
            let Failure::Unhandled(unhandled) = &error else { panic!("{error:?}") };
            let text = unhandled.source().to_string();
            assert!(text.starts_with(&format!("a response of status {status} without the header")));
            assert_eq!((error.code(), error.request_id()), (None, Some("the-id")));
        }
    }
}

#[test]
fn errors_are_written() {
    let error = Failure::Complex(Complex {
        top: Some("a".to_owned()),
        nested: Some(greeting()),
        meta: Default::default(),
    });
    let written = Greet::write_error(&error).unwrap();
    assert_eq!(written.status(), 500);
    assert_eq!(
        *written.body(),
        bytes(
            "BF 66'__type'73'test.shapes#Complex' 68'TopLevel'61'a' 66'Nested'BF 62'hi'63'you'FF FF"
        )
    );
    assert_eq!(header(written.headers(), "smithy-protocol"), Some("rpc-v2-cbor"));
    assert_eq!(header(written.headers(), "content-type"), Some("application/cbor"));
    let length = written.body().len().to_string();
    assert_eq!(header(written.headers(), "content-length"), Some(&*length));
    assert_eq!(written.headers().len(), 3);
    assert!(matches!(failure::<Greet>(&written), Failure::Complex(_)));
    let error = Failure::Invalid(Invalid { message: None, meta: Default::default() });
    assert!(matches!(failure::<Greet>(&Greet::write_error(&error).unwrap()), Failure::Invalid(_)));
}

#[test]
fn requests_of_the_operation_are_taken() {
    let request = || {
        Request::builder()
            .method("POST")
            .uri("/service/Service/operation/Greet")
            .header("smithy-protocol", "rpc-v2-cbor")
            .body(bytes("A1 62'hi'63'you'"))
            .unwrap()
    };
    for path in [
        "/service/Service/operation/Greet",
        "/v1/stage/service/Service/operation/Greet?x=y",
        "/service/test.shapes.Service/operation/Greet",
        "https://example.com/service/Service/operation/Greet",
    ] {
        let mut request = request();
        *request.uri_mut() = path.parse().unwrap();
        assert_eq!(Greet::parse_request(&request).unwrap(), greeting(), "{path}");
    }
    for path in [
        "/",
        "/service/Service/operation/Other",
        "/service/Other/operation/Greet",
        "/service/other.shapes.Service/operation/Greet",
        "/service/test.shapes#Service/operation/Greet",
        "/service/Service/operation/test.shapes.Greet",
        "/service/Service/operation/Greet/",
        "/Service/operation/Greet",
        "/services/Service/operation/Greet",
    ] {
        let mut request = request();
        *request.uri_mut() = path.parse().unwrap();
        let error = Greet::parse_request(&request).unwrap_err();
        assert!(error.message().starts_with("expected the path"), "{path}: {error}");
    }
    let mut get = request();
    *get.method_mut() = Method::GET;
    assert_eq!(Greet::parse_request(&get).unwrap_err().message(), "expected a POST, found a GET");
    let mut unmarked = request();
    unmarked.headers_mut().clear();
    assert!(Greet::parse_request(&unmarked).unwrap_err().message().contains("smithy-protocol"));
    for name in ["x-amz-target", "x-amzn-target"] {
        let mut foreign = request();
        foreign.headers_mut().insert(name, "Service.Greet".parse().unwrap());
        assert!(Greet::parse_request(&foreign).unwrap_err().message().contains(name));
    }
}

#[test]
fn names() {
    assert_eq!(RPC_V2_CBOR.id(), "smithy.protocols#rpcv2Cbor");
    assert_eq!(RPC_V2_CBOR.codec().media_type(), "application/cbor");
}
