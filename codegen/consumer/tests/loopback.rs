//! The whole way, against a server on the loopback interface that checks signatures and answers
//! with the generated crate's server side.

#![allow(clippy::unwrap_used, reason = "a test's helpers may fail the test")]

mod support;

use std::process::{Command, Output};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_forecast::operation::Operation;
use aws_sdk_forecast::operation::list_forecast_export_jobs::{
    ListForecastExportJobs, ListForecastExportJobsError, ListForecastExportJobsInput,
    ListForecastExportJobsOutput,
};
use aws_sdk_forecast::primitives::{DateTime, DateTimeFormat};
use aws_sdk_forecast::types::error::{InvalidInputException, InvalidNextTokenException};
use aws_sdk_forecast::types::{DataDestination, ForecastExportJobSummary, S3Config};
use forecast_export_jobs::{
    CallError, Client, Endpoint, ListError, Query, Refusal, Signer, Transport, credentials, table,
};
use http::{Request, Response};

use support::server::Server;
use support::sigv4::{Authorization, header, verify};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const ENVIRONMENT: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", SECRET),
    ("AWS_SESSION_TOKEN", "session/token+=="),
];
const ARN: &str = "arn:aws:forecast:eu-west-1:123456789012:forecast/sales";

fn client(url: &str) -> Client {
    let variable = |name| ENVIRONMENT.into_iter().find(|(n, _)| *n == name).map(|(_, v)| v.into());
    let signer = Signer::new(credentials(variable).unwrap(), "eu-west-1".parse().unwrap());
    Client::new(url.parse::<Endpoint>().unwrap(), signer, Transport::direct())
}

fn query() -> Query {
    Query {
        status: Some("ACTIVE".to_owned()),
        forecast_arn: Some(ARN.to_owned()),
        page_size: Some(2),
    }
}

/// Runs the program with nothing in its environment but this.
fn run(environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_forecast-export-jobs"))
        .env_clear()
        .envs(environment.iter().copied())
        .args(arguments)
        .output()
        .unwrap()
}

fn listed(url: &str) -> (Option<i32>, String, String) {
    let output = run(&ENVIRONMENT, &["--region", "eu-west-1", "--endpoint", url]);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn job(name: &str) -> ForecastExportJobSummary {
    let place = S3Config::builder().path(format!("s3://exports/{name}/")).role_arn("arn").build();
    ForecastExportJobSummary::builder()
        .forecast_export_job_name(name)
        .destination(DataDestination::builder().s3_config(place.unwrap()).build())
        .status("ACTIVE")
        .creation_time(DateTime::from_secs(1_767_225_600))
        .build()
}

fn unknown() -> ForecastExportJobSummary {
    ForecastExportJobSummary::builder().build()
}

/// The list in pages: two jobs, then one job and one of which nothing is known.
fn page(input: &ListForecastExportJobsInput) -> Response<Vec<u8>> {
    let page = ListForecastExportJobsOutput::builder();
    let page = match input.next_token() {
        None => page
            .forecast_export_jobs(job("sales_2026"))
            .forecast_export_jobs(job("returns"))
            .next_token("second page"),
        Some("second page") => {
            page.forecast_export_jobs(job("stock")).forecast_export_jobs(unknown())
        }
        Some(_) => {
            return written(&ListForecastExportJobsError::InvalidNextTokenException(
                InvalidNextTokenException::builder().message("never heard\nof it").build(),
            ));
        }
    };
    ListForecastExportJobs::write_response(&page.build()).unwrap()
}

fn page_with_token(token: &str) -> Response<Vec<u8>> {
    let page = ListForecastExportJobsOutput::builder().forecast_export_jobs(job("stock"));
    ListForecastExportJobs::write_response(&page.next_token(token).build()).unwrap()
}

fn written(error: &ListForecastExportJobsError) -> Response<Vec<u8>> {
    let mut response = ListForecastExportJobs::write_error(error).unwrap();
    response.headers_mut().insert("x-amzn-requestid", "request-7".parse().unwrap());
    response
}

fn answer(status: u16, content_type: &str, body: &str) -> Response<Vec<u8>> {
    let response = Response::builder().status(status).header("content-type", content_type);
    response.header("x-amzn-requestid", "request-8").body(body.into()).unwrap()
}

fn parsed(request: &Request<Vec<u8>>) -> ListForecastExportJobsInput {
    ListForecastExportJobs::parse_request(request).unwrap()
}

fn paged() -> Server {
    Server::start(2, |request| page(&parsed(request)))
}

/// The error of a list whose only page is this answer, which has to be a refusal.
fn refused(answer: Response<Vec<u8>>) -> (String, Refusal<ListForecastExportJobsError>) {
    let server = Server::with_answers([answer]);
    let error = client(server.url()).jobs(&query()).unwrap_err();
    assert_eq!(server.received().len(), 1);
    let text = error.to_string();
    match error {
        ListError::Call(CallError::Refused(refusal)) => (text, *refusal),
        other => panic!("{other:?}"),
    }
}

#[test]
fn pages_add_up_to_the_list() {
    let server = paged();
    let jobs = client(server.url()).jobs(&query()).unwrap();
    assert_eq!(jobs, [job("sales_2026"), job("returns"), job("stock"), unknown()]);
    let tokens: Vec<_> = server.received().iter().map(|r| parsed(r).next_token).collect();
    assert_eq!(tokens, [None, Some("second page".to_owned())]);
    assert_eq!(
        table(&jobs),
        "NAME        STATUS  CREATED               DESTINATION\n\
         sales_2026  ACTIVE  2026-01-01T00:00:00Z  s3://exports/sales_2026/\n\
         returns     ACTIVE  2026-01-01T00:00:00Z  s3://exports/returns/\n\
         stock       ACTIVE  2026-01-01T00:00:00Z  s3://exports/stock/\n\
         -           -       -                     -\n"
    );
}

#[test]
fn a_request_is_what_the_service_expects() {
    let server = paged();
    let host = server.url().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    client(server.url()).jobs(&query()).unwrap();
    let requests = server.received();
    let body = format!(
        r#"{{"MaxResults":2,"Filters":[{{"Key":"ForecastArn","Value":"{ARN}","Condition":"IS"}},"#
    ) + r#"{"Key":"Status","Value":"ACTIVE","Condition":"IS"}]}"#;
    assert_eq!(String::from_utf8_lossy(requests[0].body()), body);
    assert_eq!(parsed(&requests[0]), query().input(None).unwrap());
    assert_eq!(parsed(&requests[1]), query().input(Some("second page".to_owned())).unwrap());
    for request in &requests {
        assert_eq!(
            (request.method().as_str(), request.uri().to_string()),
            ("POST", "/".to_owned())
        );
        let length = request.body().len().to_string();
        for (name, value) in [
            ("host", host.as_str()),
            ("content-type", "application/x-amz-json-1.1"),
            ("content-length", length.as_str()),
            ("x-amz-target", "AmazonForecast.ListForecastExportJobs"),
            ("x-amz-security-token", "session/token+=="),
        ] {
            assert_eq!(header(request, name), Some(value), "{name}");
        }
        let age = SystemTime::now().duration_since(UNIX_EPOCH + sent_at(request)).unwrap();
        assert!(age < Duration::from_secs(300), "{age:?}");
    }
}

/// The time in `x-amz-date`, since 1970.
fn sent_at(request: &Request<Vec<u8>>) -> Duration {
    let text = header(request, "x-amz-date").unwrap();
    let [y, m, d, h, min, s] = [0..4, 4..6, 6..8, 9..11, 11..13, 13..15].map(|part| &text[part]);
    let text = format!("{y}-{m}-{d}T{h}:{min}:{s}{}", &text[15..]);
    let time = DateTime::from_str(&text, DateTimeFormat::DateTime).unwrap();
    Duration::from_secs(time.secs().try_into().unwrap())
}

#[test]
fn a_signature_holds_for_the_bytes_that_were_signed() {
    let server = paged();
    client(&format!("{}stage/", server.url())).jobs(&query()).unwrap();
    let requests = server.received();
    for request in &requests {
        assert_eq!(request.uri(), "/stage/");
        let Authorization { access_key_id, region, service, signed_headers, .. } =
            verify(request, SECRET).unwrap();
        assert_eq!(
            [&*access_key_id, &*region, &*service],
            ["AKIDEXAMPLE", "eu-west-1", "forecast"]
        );
        for name in ["content-length", "content-type", "host", "x-amz-date", "x-amz-target"] {
            assert!(signed_headers.iter().any(|signed| signed == name), "{name}");
        }
    }

    let other = Err("the signature is another");
    let untouched = &requests[0];
    assert_eq!(verify(untouched, "another secret"), other);
    let tampered = |tamper: &dyn Fn(&mut Request<Vec<u8>>)| {
        let mut request = untouched.clone();
        tamper(&mut request);
        verify(&request, SECRET)
    };
    for position in 0..untouched.body().len() {
        assert_eq!(tampered(&|request| request.body_mut()[position] ^= 1), other);
    }
    assert_eq!(tampered(&|request| *request.uri_mut() = "/".parse().unwrap()), other);
    assert_eq!(tampered(&|request| *request.method_mut() = http::Method::PUT), other);
    let amz = "x-amz-target";
    assert_eq!(tampered(&|r| drop(r.headers_mut().insert(amz, "Other".parse().unwrap()))), other);
    assert_eq!(
        tampered(&|r| drop(r.headers_mut().remove(amz))),
        Err("a signed header is not there")
    );
    let added = |r: &mut Request<_>| drop(r.headers_mut().insert("x-amz-a", "".parse().unwrap()));
    assert_eq!(tampered(&added), Err("a header x-amz-* is not signed"));
}

/// The case `get-vanilla` of the test suite that AWS published for its signers.
#[test]
fn the_check_of_signatures_knows_the_published_one() {
    let signature = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature={signature}"
    );
    let request = Request::get("/")
        .header("host", "example.amazonaws.com")
        .header("x-amz-date", "20150830T123600Z")
        .header("authorization", authorization)
        .body(Vec::new())
        .unwrap();
    assert_eq!(verify(&request, SECRET).unwrap().signature, signature);
}

#[test]
fn an_error_ends_the_pages_after_those_that_came() {
    let server = Server::start(3, {
        let mut answers = vec![page_with_token("third page"), page_with_token("second page")];
        move |request| answers.pop().unwrap_or_else(|| page(&parsed(request)))
    });
    let (client, query) = (client(server.url()), query());
    let mut pages = client.pages(&query);
    for _ in 0..2 {
        assert_eq!(pages.next().unwrap().unwrap().forecast_export_jobs(), [job("stock")]);
    }
    let error = pages.next().unwrap().unwrap_err();
    assert!(pages.next().is_none());
    assert_eq!(
        error.to_string(),
        "the page token expired, list again from the start: never heard\nof it \
         (InvalidNextTokenException, HTTP 400, request ID request-7)"
    );
    let tokens: Vec<_> = server.received().iter().map(|r| parsed(r).next_token).collect();
    assert_eq!(tokens, [None, Some("second page".to_owned()), Some("third page".to_owned())]);
}

#[test]
fn modeled_errors_are_told_apart() {
    let next_token = InvalidNextTokenException::builder().message("too old").build();
    let (_, refusal) =
        refused(written(&ListForecastExportJobsError::InvalidNextTokenException(next_token)));
    assert!(refusal.error.is_invalid_next_token_exception());

    let input = InvalidInputException::builder().message("no such key").build();
    let (text, refusal) =
        refused(written(&ListForecastExportJobsError::InvalidInputException(input)));
    assert!(refusal.error.is_invalid_input_exception());
    assert_eq!((refusal.status.as_u16(), refusal.request_id.as_deref()), (400, Some("request-7")));
    assert_eq!(
        text,
        "the service doesn't accept the filters or the page size: no such key \
         (InvalidInputException, HTTP 400, request ID request-7)"
    );
}

#[test]
fn other_errors_keep_what_the_response_says() {
    let json = "application/x-amz-json-1.1";
    let throttled = r#"{"__type":"ThrottlingException","message":"slow down"}"#;
    for (status, content_type, body, what) in [
        (400, json, throttled, "slow down (ThrottlingException, "),
        (403, json, r#"{"Message":"who is it?"}"#, "who is it? ("),
        (503, "text/html", "<html>", "the response can't be read: expected a value, found `<`, "),
        (500, json, "", "the response doesn't say why ("),
        (307, "text/plain", "", "the response doesn't say why ("),
        (
            200,
            json,
            r#"{"ForecastExportJobs":[{"Status":7}]}"#,
            "the response can't be read: ForecastExportJobs[0].Status: ",
        ),
        (200, json, "\0garbage", "the response can't be read: "),
        (200, json, r#"{"NextToken":"#, "the response can't be read: "),
    ] {
        let (text, refusal) = refused(answer(status, content_type, body));
        assert_eq!(refusal.status.as_u16(), status);
        assert!(text.starts_with(&format!("the service gave no list: {what}")), "{text}");
        assert!(text.ends_with(&format!("HTTP {status}, request ID request-8)")), "{text}");
    }
}

#[test]
fn a_list_without_end_is_an_error() {
    for tokens in [&["a", "a"][..], &["a", "b", "a"]] {
        let server = Server::with_answers(tokens.iter().map(|token| page_with_token(token)));
        let error = client(server.url()).jobs(&query()).unwrap_err();
        assert!(matches!(error, ListError::TokenRepeated));
        assert_eq!(server.received().len(), tokens.len());
    }
    let server = Server::with_answers([page_with_token("")]);
    assert_eq!(client(server.url()).jobs(&query()).unwrap().len(), 1);
}

#[test]
fn a_service_that_is_away_is_an_error() {
    // Nothing listens on the first port, and no test's server is ever given it.
    let error = client("http://127.0.0.1:1/").jobs(&query()).unwrap_err();
    assert!(error.to_string().starts_with("http://127.0.0.1:1/ can't be reached: "), "{error}");
    assert!(matches!(error, ListError::Call(CallError::Transport { .. })));
}

#[test]
fn the_program_prints_the_table() {
    let server = paged();
    let (code, stdout, stderr) = listed(server.url());
    assert_eq!((code, stdout.lines().count(), stderr.as_str()), (Some(0), 5, ""));
    assert!(stdout.starts_with("NAME        STATUS  CREATED               DESTINATION\n"));
    let requests = server.received();
    assert_eq!(requests[0].body(), b"{}");
    requests.iter().for_each(|request| drop(verify(request, SECRET).unwrap()));
}

#[test]
fn the_program_says_what_went_wrong() {
    let server = Server::with_answers([page(&page_after("an old page"))]);
    let (code, stdout, stderr) = listed(server.url());
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.starts_with("error: the page token expired"), "{stderr}");
    assert!(stderr.contains("never heard\\nof it"), "{stderr}");
    server.received();

    let region = ["--region", "eu-west-1"];
    for (environment, arguments, problem) in [
        (&ENVIRONMENT[..1], &region[..], "AWS_SECRET_ACCESS_KEY is not set"),
        (&ENVIRONMENT, &[], "--region"),
        (&ENVIRONMENT, &["--region", "example.test/"], "such as eu-west-1"),
        (&ENVIRONMENT, &["--region", "eu-west-1", "--endpoint", "localhost"], "http://"),
        (&ENVIRONMENT, &["--region", "eu-west-1", "--page-size", "101"], "1..=100"),
    ] {
        let output = run(environment, arguments);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(problem), "{stderr}");
    }
}

fn page_after(token: &str) -> ListForecastExportJobsInput {
    Query::default().input(Some(token.to_owned())).unwrap()
}
