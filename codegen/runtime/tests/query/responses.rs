//! What responses look like, and what they mean: outputs, modeled errors and all others.

use tinsmith_runtime::ServiceError;
use tinsmith_runtime::protocol::{AWS_QUERY, EC2_QUERY, Protocol};
use tinsmith_runtime::{ErrorMetadata, Operation, ProvideErrorMetadata, http};

use crate::shapes::*;

type Outcome = Result<GreetingOutput, GreetingError>;

fn response(protocol: &'static dyn Protocol, status: u16, body: &str) -> Outcome {
    let response = http::Response::builder()
        .status(status)
        .header("x-amzn-requestid", "header-id")
        .body(body.to_owned())
        .unwrap();
    GreetingWithErrors::via(protocol).response(&response)
}

fn output() -> GreetingOutput {
    let (greeting, numbers) = (Some("Hello & bye".to_owned()), Some(vec![1, 2]));
    GreetingOutput { greeting, numbers, _request_id: Some("header-id".to_owned()) }
}

const AWS_OUTPUT: &str = "<GreetingWithErrorsResponse xmlns=\"https://example.com/\">\
    <GreetingWithErrorsResult><greeting>Hello &amp; bye</greeting>\
    <numbers><member>1</member><member>2</member></numbers>\
    </GreetingWithErrorsResult></GreetingWithErrorsResponse>";

const EC2_OUTPUT: &str = "<GreetingWithErrorsResponse xmlns=\"https://example.com/\">\
    <greeting>Hello &amp; bye</greeting>\
    <numbers><member>1</member><member>2</member></numbers></GreetingWithErrorsResponse>";

fn checked(response: http::Response<Vec<u8>>, status: u16, content_type: &str) -> String {
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()["content-type"], content_type);
    assert_eq!(response.headers()["content-length"], response.body().len().to_string().as_str());
    String::from_utf8(response.into_body()).unwrap()
}

#[test]
fn outputs() {
    let written = GreetingWithErrors::write_response(&output()).unwrap();
    assert_eq!(checked(written, 200, "text/xml"), AWS_OUTPUT);
    assert_eq!(response(&AWS_QUERY, 200, AWS_OUTPUT).unwrap(), output());
    let written = GreetingWithErrors::via(&EC2_QUERY).write_response(&output()).unwrap();
    assert_eq!(checked(written, 200, "text/xml;charset=UTF-8"), EC2_OUTPUT);
    assert_eq!(response(&EC2_QUERY, 200, EC2_OUTPUT).unwrap(), output());
}

#[test]
fn outputs_without_members() {
    let metadata = "<ResponseMetadata><RequestId>abc-123</RequestId></ResponseMetadata>";
    let inside = |content: &str| {
        format!("<GreetingWithErrorsResponse>\n  {content}\n</GreetingWithErrorsResponse>\n")
    };
    let result = format!("{metadata}<GreetingWithErrorsResult/>");
    for (protocol, body) in [
        (&AWS_QUERY as &dyn Protocol, String::new()),
        (&AWS_QUERY, inside(&result)),
        (&EC2_QUERY, String::new()),
        (&EC2_QUERY, inside("")),
        (&EC2_QUERY, inside(metadata)),
    ] {
        let found = response(protocol, 200, &body).unwrap();
        assert_eq!(found, GreetingOutput { greeting: None, numbers: None, ..output() });
    }
    // Without its element there is no result, as official clients see it.
    for body in [inside(""), inside(metadata)] {
        let error = response(&AWS_QUERY, 200, &body).unwrap_err();
        assert!(matches!(&error, GreetingError::Unhandled(_)), "{error:?}");
    }
    for body in ["<Other/>", "<GreetingWithErrorsResponse>", "text", "{}"] {
        for protocol in [&AWS_QUERY as &dyn Protocol, &EC2_QUERY] {
            let error = response(protocol, 200, body).unwrap_err();
            assert!(matches!(&error, GreetingError::Unhandled(_)), "{error:?}");
            assert_eq!(error.request_id(), Some("header-id"));
        }
    }
}

#[test]
fn aws_errors() {
    let body = |content: &str| {
        format!(
            "<ErrorResponse>\n   <Error>\n      <Type>Sender</Type>\n{content}\n   </Error>\n   \
             <RequestId>foo-id</RequestId>\n</ErrorResponse>\n"
        )
    };
    let hi = body("<Code>InvalidGreeting</Code><Message>Hi</Message>");
    let error = response(&AWS_QUERY, 400, &hi).unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("InvalidGreeting"), Some("Hi")));
    let GreetingError::Invalid(invalid) = error else { panic!("{error:?}") };
    assert_eq!(invalid.message.as_deref(), Some("Hi"));

    // The code is that of the trait, and not the shape's name.
    let hi = body("<Code>Customized</Code><Message>Hi</Message>");
    let error = response(&AWS_QUERY, 402, &hi).unwrap_err();
    let GreetingError::Custom(custom) = error else { panic!("{error:?}") };
    assert_eq!(custom.message.as_deref(), Some("Hi"));
    let hi = body("<Code>CustomCodeError</Code><Message>Hi</Message>");
    let error = response(&AWS_QUERY, 400, &hi).unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("CustomCodeError"), Some("Hi")));
    assert!(matches!(error, GreetingError::Unhandled(_)));

    let complex = body(
        "<Code>ComplexError</Code><TopLevel>Top level</TopLevel><Nested><hi>bar</hi></Nested>",
    );
    let error = response(&AWS_QUERY, 400, &complex).unwrap_err();
    let GreetingError::Complex(complex) = error else { panic!("{error:?}") };
    assert_eq!(complex.top_level.as_deref(), Some("Top level"));
    assert_eq!(complex.nested.unwrap().hi.as_deref(), Some("bar"));
}

#[test]
fn ec2_errors() {
    let body = |content: &str| {
        format!(
            "<Response>\n<Errors>\n<Error>{content}</Error>\n</Errors>\n\
             <RequestID>foo-id</RequestID>\n</Response>\n"
        )
    };
    // EC2 knows no codes but the shapes' names.
    let hi = body("<Code>CustomCodeError</Code><Message>Hi</Message>");
    let error = response(&EC2_QUERY, 400, &hi).unwrap_err();
    let GreetingError::Custom(custom) = error else { panic!("{error:?}") };
    assert_eq!(custom.message.as_deref(), Some("Hi"));

    let complex = body(
        "<Code>ComplexError</Code><Message>Hi</Message><TopLevel>Top level</TopLevel>\
         <Nested><hi>bar</hi></Nested>",
    );
    let error = response(&EC2_QUERY, 400, &complex).unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("ComplexError"), Some("Hi")));
    let GreetingError::Complex(complex) = error else { panic!("{error:?}") };
    assert_eq!(complex.nested.unwrap().hi.as_deref(), Some("bar"));
}

#[test]
fn errors_that_say_little() {
    for protocol in [&AWS_QUERY as &dyn Protocol, &EC2_QUERY] {
        for body in ["", "<html><body>Bad gateway</body></html>", "Bad gateway", "<a"] {
            let error = response(protocol, 502, body).unwrap_err();
            assert!(matches!(error, GreetingError::Unhandled(_)));
            assert_eq!((error.code(), error.request_id()), (None, Some("header-id")));
        }
    }
    for (protocol, body) in [
        (&AWS_QUERY as &dyn Protocol, "<ErrorResponse><Error/></ErrorResponse>"),
        (&EC2_QUERY, "<Response><Errors/></Response>"),
    ] {
        let error = response(protocol, 500, body).unwrap_err();
        assert_eq!((error.code(), error.message()), (None, None));
    }
}

/// The body of the response that carries the error.
fn written(protocol: &'static dyn Protocol, error: &GreetingError, status: u16) -> String {
    let response = GreetingWithErrors::via(protocol).write_error(error).unwrap();
    // A client makes the same error of it.
    let read = GreetingWithErrors::via(protocol).response(&response).unwrap_err();
    assert_eq!(std::mem::discriminant(&read), std::mem::discriminant(error));
    let content_type =
        if protocol.id().contains("ec2") { "text/xml;charset=UTF-8" } else { "text/xml" };
    checked(response, status, content_type)
}

fn complex() -> GreetingError {
    let (top_level, nested) = (Some("Top".to_owned()), Some(Greeting { hi: None }));
    let meta = ErrorMetadata::builder().message("<Hi>").custom("aws_request_id", "an-id").build();
    GreetingError::Complex(ComplexError { top_level, nested, meta })
}

fn custom() -> GreetingError {
    let meta = ErrorMetadata::default();
    GreetingError::Custom(CustomCodeError { message: Some("Hi".to_owned()), meta })
}

#[test]
fn aws_errors_are_written() {
    let body = |content: &str, after: &str| {
        format!(
            "<ErrorResponse xmlns=\"https://example.com/\"><Error>{content}</Error>{after}\
             </ErrorResponse>"
        )
    };
    let message = Some("Hi".to_owned());
    let invalid = InvalidGreeting { message, meta: ErrorMetadata::default() };
    assert_eq!(
        written(&AWS_QUERY, &GreetingError::Invalid(invalid), 400),
        body("<Type>Sender</Type><Code>InvalidGreeting</Code><Message>Hi</Message>", "")
    );
    assert_eq!(
        written(&AWS_QUERY, &custom(), 402),
        body(
            "<Type>Sender</Type><Code>Customized</Code><Message>Hi</Message>\
             <message>Hi</message>",
            ""
        )
    );
    assert_eq!(
        written(&AWS_QUERY, &complex(), 500),
        body(
            "<Type>Receiver</Type><Code>ComplexError</Code><Message>&lt;Hi&gt;</Message>\
             <TopLevel>Top</TopLevel><Nested></Nested>",
            "<RequestId>an-id</RequestId>"
        )
    );
    let code = Some("OwnCode".to_owned());
    let own = OwnCode { code, meta: ErrorMetadata::default() };
    assert_eq!(
        written(&AWS_QUERY, &GreetingError::OwnCode(own), 400),
        body("<Type>Sender</Type><Code>OwnCode</Code>", "")
    );
}

#[test]
fn ec2_errors_are_written() {
    assert_eq!(
        written(&EC2_QUERY, &custom(), 402),
        "<Response><Errors><Error><Code>CustomCodeError</Code><Message>Hi</Message>\
         <message>Hi</message></Error></Errors></Response>"
    );
    assert_eq!(
        written(&EC2_QUERY, &complex(), 500),
        "<Response><Errors><Error><Code>ComplexError</Code><Message>&lt;Hi&gt;</Message>\
         <TopLevel>Top</TopLevel><Nested></Nested></Error></Errors>\
         <RequestID>an-id</RequestID></Response>"
    );
    let unhandled = GreetingError::generic(ErrorMetadata::default());
    assert!(GreetingWithErrors::write_error(&unhandled).is_err());
}
