//! Which error a response is, and what errors say of themselves.

use fixture_errors::Error;
use fixture_errors::error::ProvideErrorMetadata;
use fixture_errors::operation::calm::{Calm, CalmError};
use fixture_errors::operation::r#try_::{Try, TryError};
use fixture_errors::types::Reason;
use fixture_errors::types::error::{Busy, Detailed, Flaky, Required, Silent, Throttled};
use tinsmith_runtime::http::Response;
use tinsmith_runtime::{ErrorKind, Operation};

use crate::chain;

/// The error in a response with this body and, perhaps, header.
fn failed(body: &str, header: Option<&str>) -> TryError {
    let response = Response::builder().status(400).header("x-amzn-requestid", "id");
    let response = match header {
        Some(header) => response.header("x-amzn-errortype", header),
        None => response,
    };
    Try::response(&response.body(body).unwrap()).unwrap_err()
}

#[test]
fn the_code_is_found_wherever_it_is() {
    for (body, header) in [
        (r#"{"__type":"Silent"}"#, None),
        (r#"{"__type":"example.errors#Silent"}"#, None),
        (r#"{"__type":"other#Silent:http://example.com/a#b"}"#, None),
        (r#"{"code":"Silent"}"#, None),
        ("{}", Some("Silent")),
        (r#"{"__type":"Busy"}"#, Some("example.errors#Silent:http://example.com/")),
        ("", Some("Silent")),
    ] {
        let error = failed(body, header);
        assert!(error.is_silent(), "{body} {header:?} {error:?}");
        assert_eq!((error.code(), error.message()), (Some("Silent"), None));
        assert_eq!(error.meta().extra("aws_request_id"), Some("id"));
        assert_eq!(
            (error.to_string(), chain(&error)),
            ("Silent".to_owned(), "Silent: Silent".to_owned())
        );
    }
}

#[test]
fn messages_come_in_any_case() {
    for key in ["message", "Message"] {
        let body = |code: &str| format!("{{\"__type\":\"{code}\",\"{key}\":\"m\"}}");
        for code in ["Silent", "Capital", "Flaky", "Busy", "Throttled"] {
            let error = failed(&body(code), None);
            assert_eq!((error.code(), error.message()), (Some(code), Some("m")));
            assert_eq!(error.to_string(), format!("{code}: m"));
        }
    }
    let TryError::Required(error) = failed(r#"{"__type":"Required","message":"m"}"#, None) else {
        panic!("it is modeled")
    };
    assert_eq!((ProvideErrorMetadata::message(&error), error.message()), (Some("m"), "m"));
}

#[test]
fn unknown_and_unreadable_errors_are_unhandled() {
    let error = failed(r#"{"__type":"New","message":"m"}"#, None);
    assert_eq!((error.code(), error.message()), (Some("New"), Some("m")));
    assert_eq!(error.to_string(), "unhandled error (New)");
    assert_eq!(format!("{error:?}").split('(').next(), Some("Unhandled"));
    for body in ["<html>", "{", r#"{"__type":"Detailed","retryAfter":"soon"}"#] {
        let error = failed(body, None);
        assert!(chain(&error).starts_with("unhandled error: "), "{}", chain(&error));
    }
    assert_eq!(failed("", None).code(), None);
}

#[test]
fn errors_have_their_members_and_the_services_errors_are_every_operations() {
    let body = r#"{"__type":"Detailed","message":"m","reasons":[{}],"retryAfter":3}"#;
    let TryError::Detailed(error) = failed(body, None) else { panic!("it is modeled") };
    assert_eq!((error.retry_after(), error.reasons()[0].code()), (3, ""));
    assert_eq!(error.to_string(), "Detailed: *** Sensitive Data Redacted ***");
    let response = Response::builder().status(429).body(r#"{"__type":"Throttled"}"#).unwrap();
    assert!(Calm::response(&response).unwrap_err().is_throttled());
}

#[test]
fn retries() {
    use tinsmith_runtime::ProvideErrorKind;

    let kind = |error: TryError| ProvideErrorKind::retryable_error_kind(&error);
    assert_eq!(kind(TryError::Silent(Silent::builder().build())), None);
    assert_eq!(kind(TryError::Flaky(Flaky::builder().build())), Some(ErrorKind::ClientError));
    assert_eq!(kind(TryError::Busy(Busy::builder().build())), Some(ErrorKind::ServerError));
    let throttled = Throttled::builder().build();
    assert_eq!(throttled.retryable_error_kind(), ErrorKind::ThrottlingError);
    assert_eq!(kind(TryError::Throttled(throttled)), Some(ErrorKind::ThrottlingError));
    assert_eq!(kind(TryError::unhandled("u")), None);
}

#[test]
fn the_services_error_takes_any_operations() {
    let error = Error::from(CalmError::Throttled(Throttled::builder().message("slow").build()));
    assert_eq!(
        (error.to_string().as_str(), chain(&error).as_str()),
        ("Throttled: slow", "Throttled: slow")
    );
    let unhandled = Error::from(failed(r#"{"__type":"New"}"#, None));
    assert_eq!(
        (unhandled.code(), unhandled.to_string().as_str()),
        (Some("New"), "unhandled error (New)")
    );
    let build = Error::from(Required::builder().build().unwrap_err());
    assert!(chain(&build).contains("message"));
}

#[test]
fn services_answer_errors() {
    let reason = Reason::builder().code("c").build().unwrap();
    let detailed = Detailed::builder().message("m").reasons(reason).retry_after(1).build().unwrap();
    let response = Try::write_error(&TryError::Detailed(detailed)).unwrap();
    assert_eq!(response.status(), 503);
    assert_eq!(
        std::str::from_utf8(response.body()).unwrap(),
        r#"{"__type":"example.errors#Detailed","message":"m","reasons":[{"code":"c"}],"retryAfter":1}"#
    );
    assert!(Try::response(&response).unwrap_err().is_detailed());
    let statuses = [
        (TryError::Silent(Silent::builder().build()), 400),
        (TryError::Busy(Busy::builder().build()), 500),
        (TryError::Throttled(Throttled::builder().build()), 429),
    ];
    for (error, status) in statuses {
        assert_eq!(Try::write_error(&error).unwrap().status(), status);
    }
    assert!(Try::write_error(&TryError::unhandled("u")).is_err());
}
