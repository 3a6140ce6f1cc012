//! Cases against an operation that does what it should, and against ones that each do one thing wrong: the runner must
//! see it. It must not know any protocol.

#![allow(clippy::unwrap_used)]

use http::{Request, Response, StatusCode, Uri};
use serde_json::{Value, json};
use tinsmith_conformance::{Case, run};
use tinsmith_runtime::Structure;
use tinsmith_runtime::dynamic::{Answer, AnyOperation, Terms};
use tinsmith_runtime::event_stream::{Direction, EventAnswer};
use tinsmith_runtime::protocol::AWS_JSON_1_1;
use tinsmith_runtime::{Error, ErrorMetadata, OperationSchema, ServiceSchema};

/// What an operation does wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fault {
    None,
    Method,
    Path,
    Query,
    Header,
    Forbidden,
    Body,
    Host,
    NoRequest,
    Panic,
    /// What it reads back isn't what was sent.
    ReadBack,
    /// The same for what a service wrote.
    Written,
    Output,
    Code,
    WrongError,
    Unhandled,
}

static SERVICE: ServiceSchema = ServiceSchema::new("test#Service", "1", &AWS_JSON_1_1);
static OPERATION: OperationSchema = OperationSchema::new(&SERVICE, "Operation", &[]);

/// An operation whose documents are its bodies.
struct Fake(Fault);

impl Fake {
    fn is(&self, fault: Fault) -> bool {
        self.0 == fault
    }
}

impl AnyOperation for Fake {
    fn schema(&self) -> &'static OperationSchema {
        &OPERATION
    }

    fn request(&self, input: &[u8], _terms: Terms) -> Result<Request<Vec<u8>>, Error> {
        assert!(!self.is(Fault::Panic), "out of luck");
        if self.is(Fault::NoRequest) {
            return Err(Error::new("out of order"));
        }
        let body = if self.is(Fault::Body) { b"{}" } else { input };
        let path = if self.is(Fault::Path) { "/b" } else { "/a" };
        let query = if self.is(Fault::Query) { "x=2" } else { "x=1" };
        let mut request = Request::builder()
            .method(if self.is(Fault::Method) { "PUT" } else { "POST" })
            .uri(format!("{path}?{query}"));
        if !self.is(Fault::Header) {
            request = request.header("x-header", "1");
        }
        if self.is(Fault::Forbidden) {
            request = request.header("x-forbidden", "1");
        }
        Ok(request.body(body.to_vec()).unwrap())
    }

    fn host_prefix(&self, _input: &[u8], _terms: Terms) -> Result<Option<String>, Error> {
        Ok((!self.is(Fault::Host)).then(|| "pre.".to_owned()))
    }

    fn endpoint(&self, _input: &[u8], _terms: Terms) -> Result<Option<Uri>, Error> {
        Ok(None)
    }

    fn with_input(
        &self,
        _input: &[u8],
        _terms: Terms,
        _show: &mut dyn FnMut(&dyn Structure),
    ) -> Result<(), Error> {
        Err(Error::new("out of order"))
    }

    fn parse_request(&self, request: &Request<Vec<u8>>, _terms: Terms) -> Result<Vec<u8>, Error> {
        assert!(request.uri().host().is_some_and(|host| host.ends_with("example.test")));
        let body = if self.is(Fault::ReadBack) { b"{}" } else { &request.body()[..] };
        Ok(body.to_vec())
    }

    fn response(&self, response: &Response<Vec<u8>>, _terms: Terms) -> Result<Answer, Error> {
        let written = response.headers().contains_key("x-written");
        let mut document = response.body().clone();
        if self.is(Fault::Output) || written && self.is(Fault::Written) {
            document = b"{\"A\":\"other\"}".to_vec();
        }
        if response.status() == StatusCode::OK {
            return Ok(Answer::Output(document));
        }
        if self.is(Fault::Unhandled) {
            return Ok(Answer::Unhandled(None, "who knows".to_owned()));
        }
        let code = if self.is(Fault::Code) { "Other" } else { "Bad" };
        let id = if self.is(Fault::WrongError) { "test#Other" } else { "test#Bad" };
        Ok(Answer::Error { id, meta: ErrorMetadata::builder().code(code).build(), document })
    }

    fn write_response(&self, output: &[u8], _terms: Terms) -> Result<Response<Vec<u8>>, Error> {
        Ok(Response::builder().header("x-written", "1").body(output.to_vec()).unwrap())
    }

    fn write_error(
        &self,
        _id: &str,
        error: &[u8],
        terms: Terms,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut response = self.write_response(error, terms)?;
        *response.status_mut() = StatusCode::BAD_REQUEST;
        Ok(response)
    }

    fn write_event(
        &self,
        _direction: Direction,
        _event: &[u8],
        _terms: Terms,
    ) -> Result<Vec<u8>, Error> {
        Err(Error::new("no events here"))
    }

    fn read_event(
        &self,
        _direction: Direction,
        _frame: &[u8],
        _terms: Terms,
    ) -> Result<EventAnswer, Error> {
        Err(Error::new("no events here"))
    }

    fn normal_input(&self, input: &[u8], _terms: Terms) -> Result<Vec<u8>, Error> {
        Ok(input.to_vec())
    }

    fn normal_output(&self, output: &[u8], _terms: Terms) -> Result<Vec<u8>, Error> {
        Ok(output.to_vec())
    }

    fn normal_error(&self, _id: &str, error: &[u8], _terms: Terms) -> Result<Vec<u8>, Error> {
        Ok(error.to_vec())
    }

    fn normal_event(
        &self,
        _direction: Direction,
        event: &[u8],
        _terms: Terms,
    ) -> Result<Vec<u8>, Error> {
        Ok(event.to_vec())
    }
}

fn case(kind: &Value, fields: &Value) -> Case {
    let mut http = json!({"id": "Id", "protocol": "aws.protocols#awsJson1_1"});
    http.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let case = json!({"service": "fake", "operation": "Operation", "kind": kind, "case": http});
    serde_json::from_value(case).unwrap()
}

fn request() -> Case {
    case(
        &json!("Request"),
        &json!({
            "method": "POST", "uri": "/a", "queryParams": ["x=1"], "params": {"A": "x"},
            "headers": {"X-Header": "1"}, "forbidHeaders": ["X-Forbidden"],
            "body": "{\"A\":\"x\"}", "bodyMediaType": "application/json",
            "host": "example.test", "resolvedHost": "pre.example.test",
        }),
    )
}

fn response() -> Case {
    case(&json!("Response"), &json!({"code": 200, "body": "{\"A\":\"x\"}", "params": {"A": "x"}}))
}

fn error() -> Case {
    case(
        &json!({"Error": "test#Bad"}),
        &json!({
            "code": 400, "body": "{\"A\":\"x\"}", "params": {"A": "x"},
            "vendorParams": {"code": "Bad"},
            "vendorParamsShape": "aws.protocoltests.config#ErrorCodeParams",
        }),
    )
}

#[track_caller]
fn failures(fault: Fault, case: Case) -> Vec<String> {
    // Registries are static in programs.
    let operation: &'static dyn AnyOperation = Box::leak(Box::new(Fake(fault)));
    let operations: &'static [&'static dyn AnyOperation] = Box::leak(Box::new([operation]));
    let mut outcomes = run(vec![case], &[("fake", operations)]);
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0).failures
}

#[test]
fn what_is_right_passes() {
    for case in [request(), response(), error()] {
        assert_eq!(failures(Fault::None, case), Vec::<String>::new());
    }
}

#[test]
fn what_is_wrong_with_a_request_is_seen() {
    for (fault, failure) in [
        (Fault::Method, "the method differs\n  expected POST\n  found    PUT"),
        (Fault::Path, "the path differs\n  expected /a\n  found    /b"),
        (Fault::Query, "the query parameter x differs\n  expected x=1\n  found    x=2"),
        (Fault::Header, "the header X-Header is missing\n  expected 1\n  found    (none)"),
        (Fault::Forbidden, "the header X-Forbidden is forbidden, but there: 1"),
        (Fault::Host, "the host differs\n  expected pre.example.test\n  found    example.test"),
        (Fault::NoRequest, "the request can't be made: out of order"),
        (Fault::Panic, "it panics: out of luck"),
        (Fault::ReadBack, "the request read back differs\n  expected {\"A\":\"x\"}\n  found    {}"),
    ] {
        assert_eq!(failures(fault, request()), [failure], "{fault:?}");
    }
    // Nothing is read back of a body that isn't there.
    let body = failures(Fault::Body, request());
    assert_eq!(body[0], "the body differs\n  expected {\"A\":\"x\"}\n  found    {}");
}

#[test]
fn what_is_wrong_with_a_response_is_seen() {
    let output = "the output differs\n  expected {\"A\":\"x\"}\n  found    {\"A\":\"other\"}";
    let written = format!("written and read again: {output}");
    assert_eq!(failures(Fault::Output, response()), [output, &written]);
    assert_eq!(failures(Fault::Written, response()), [written]);
    let code = "the code of the error differs\n  expected Bad\n  found    Other";
    assert_eq!(failures(Fault::Code, error())[0], code);
    for (fault, found) in [
        (Fault::WrongError, "the error test#Other: {\"A\":\"x\"}"),
        (Fault::Unhandled, "an unhandled error, code None: who knows"),
    ] {
        let failures = failures(fault, error());
        assert!(failures[0].ends_with(&format!("found    {found}")), "{failures:?}");
        assert_eq!(failures.len(), 2);
    }
    let mut case = response();
    case.case.code = 400;
    assert!(failures(Fault::None, case)[0].contains("expected an output\n"));
}

#[test]
fn a_case_that_nobody_can_run_fails() {
    let mut elsewhere = request();
    elsewhere.operation = "Other".to_owned();
    assert_eq!(failures(Fault::None, elsewhere), ["the operation isn't in the crate"]);
    let mut foreign = request();
    foreign.case.protocol = "test#foreign".to_owned();
    assert_eq!(failures(Fault::None, foreign), ["test#foreign isn't spoken here"]);
    let mut assuming = request();
    assuming.case.auth_scheme = Some("test#auth".to_owned());
    assert_eq!(failures(Fault::None, assuming).len(), 1);
    let strange = json!({"id": "Id", "protocol": "a#p", "strange": 1});
    assert!(serde_json::from_value::<tinsmith_conformance::HttpCase>(strange).is_err());
}
