//! Services that once spoke AWS Query: what they add to RPC v2 CBOR and AWS JSON.

use http::Response;
use tinsmith_runtime::protocol::{AWS_JSON_1_0, AWS_JSON_1_1, Protocol, RPC_V2_CBOR};
use tinsmith_runtime::value::StructureShape as _;
use tinsmith_runtime::{Operation, ProvideErrorMetadata as _, ServiceError as _};

use crate::protocol::header;
use crate::shapes::{
    Complex, DoNothingAgain, Failure, Greet, GreetAgain, Greeting, Invalid, Nothing,
};

static PROTOCOLS: [&dyn Protocol; 3] = [&RPC_V2_CBOR, &AWS_JSON_1_0, &AWS_JSON_1_1];

#[test]
fn requests_say_that_the_client_knows_the_codes() {
    for protocol in PROTOCOLS {
        let request = GreetAgain::via(protocol).request(&Greeting::empty_structure()).unwrap();
        assert_eq!(header(request.headers(), "x-amzn-query-mode"), Some("true"));
        let request = DoNothingAgain::via(protocol).request(&Nothing::empty_structure()).unwrap();
        assert_eq!(header(request.headers(), "x-amzn-query-mode"), Some("true"));
        let request = Greet::via(protocol).request(&Greeting::empty_structure()).unwrap();
        assert_eq!(header(request.headers(), "x-amzn-query-mode"), None);
    }
}

/// An error response of this protocol, whose body names `name` if it isn't empty.
fn response(protocol: &dyn Protocol, name: &str, query_error: Option<&str>) -> Response<Vec<u8>> {
    let is_cbor = protocol.id() == RPC_V2_CBOR.id();
    let body = match (is_cbor, name.is_empty()) {
        (true, true) => b"\xA1\x67message\x61m".to_vec(),
        (true, false) => {
            let length = [0x60 + u8::try_from(name.len()).unwrap()];
            [b"\xA2\x67message\x61m\x66__type", &length[..], name.as_bytes()].concat()
        }
        (false, true) => br#"{"message":"m"}"#.to_vec(),
        (false, false) => format!(r#"{{"message":"m","__type":"{name}"}}"#).into_bytes(),
    };
    let mut response = Response::builder().status(400).header("x-amzn-requestid", "the-id");
    if is_cbor {
        response = response.header("smithy-protocol", "rpc-v2-cbor");
    }
    if let Some(value) = query_error {
        response = response.header("x-amzn-query-error", value);
    }
    response.body(body).unwrap()
}

/// Which error it is, with code, fault and message.
type Found = (&'static str, Option<String>, Option<String>, Option<String>);

fn found<O: Operation<Error = Failure>>(
    protocol: &'static dyn Protocol,
    response: &Response<Vec<u8>>,
) -> Found {
    let Err(error) = O::via(protocol).response(response) else { panic!("not an error") };
    assert_eq!(error.request_id(), Some("the-id"));
    let kind = match &error {
        Failure::Invalid(_) => "Invalid",
        Failure::Complex(_) => "Complex",
        Failure::Unhandled(_) => "Unhandled",
    };
    let text = |text: Option<&str>| text.map(str::to_owned);
    (kind, text(error.code()), text(error.meta().extra("type")), text(error.message()))
}

#[test]
fn the_header_gives_code_and_fault() {
    for protocol in PROTOCOLS {
        for (name, query_error, kind, code, fault) in [
            // The code of the error that the body names, or a name that no error has.
            ("Invalid", Some("Customized;Sender"), "Invalid", "Customized", "Sender"),
            ("x#Invalid", Some("Customized;Sender"), "Invalid", "Customized", "Sender"),
            ("", Some("Customized;Sender"), "Invalid", "Customized", "Sender"),
            ("New", Some("Customized;Sender"), "Invalid", "Customized", "Sender"),
            ("Complex", Some("Complex;Receiver"), "Complex", "Complex", "Receiver"),
            // The code decides, as in the official SDK.
            ("Complex", Some("Customized;Sender"), "Invalid", "Customized", "Sender"),
            // A code that isn't modeled leaves it to the name.
            ("Complex", Some("Throttling;Sender"), "Complex", "Throttling", "Sender"),
            ("", Some("Throttling;Sender"), "Unhandled", "Throttling", "Sender"),
            ("", Some("A;B;C"), "Unhandled", "A", "B;C"),
        ] {
            let response = response(protocol, name, query_error);
            let owned = |text: &str| Some(text.to_owned());
            assert_eq!(
                found::<GreetAgain>(protocol, &response),
                (kind, owned(code), owned(fault), owned("m")),
                "{name} {query_error:?}"
            );
        }
    }
}

#[test]
fn without_the_header_the_name_counts() {
    for protocol in PROTOCOLS {
        for (name, query_error, kind) in [
            ("Invalid", None, "Invalid"),
            ("Invalid", Some("Customized"), "Invalid"),
            ("Customized", None, "Invalid"),
            ("New", None, "Unhandled"),
        ] {
            let response = response(protocol, name, query_error);
            let owned = |text: &str| Some(text.to_owned());
            let expected = (kind, owned(name), None, owned("m"));
            assert_eq!(found::<GreetAgain>(protocol, &response), expected, "{name}");
        }
    }
}

#[test]
fn other_services_have_no_such_header() {
    for protocol in PROTOCOLS {
        let response = response(protocol, "Complex", Some("Customized;Sender"));
        let (kind, code, fault, _) = found::<Greet>(protocol, &response);
        assert_eq!((kind, code.as_deref(), fault), ("Complex", Some("Complex"), None));
    }
}

#[test]
fn errors_with_a_code_of_their_own_are_written_with_it() {
    let invalid = Failure::Invalid(Invalid { message: None, meta: Default::default() });
    let complex = Failure::Complex(Complex { top: None, nested: None, meta: Default::default() });
    for protocol in PROTOCOLS {
        let written = GreetAgain::via(protocol).write_error(&invalid).unwrap();
        assert_eq!(header(written.headers(), "x-amzn-query-error"), Some("Customized;Sender"));
        let Err(read) = GreetAgain::via(protocol).response(&written) else {
            panic!("not an error")
        };
        assert_eq!((read.code(), read.meta().extra("type")), (Some("Customized"), Some("Sender")));
        let written = GreetAgain::via(protocol).write_error(&complex).unwrap();
        assert_eq!(header(written.headers(), "x-amzn-query-error"), None);
        let written = Greet::via(protocol).write_error(&invalid).unwrap();
        assert_eq!(header(written.headers(), "x-amzn-query-error"), None);
    }
}
