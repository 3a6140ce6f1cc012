//! Where a client lives: a service that answers by a script and writes down what it is asked, and a clock that only sleep
//! moves. It must not know clients, nor what they ask.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use http::Response;

use crate::official::official_response;

/// A service and a clock. A clone is the same.
#[derive(Clone, Debug, Default)]
pub struct World(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    replies: VecDeque<Response<Vec<u8>>>,
    requests: Vec<String>,
    slept: Duration,
}

impl World {
    /// A service that gives these answers in turn, and no others.
    #[must_use]
    pub fn new(replies: &[Response<Vec<u8>>]) -> Self {
        let replies = replies.iter().cloned().collect();
        Self(Arc::new(Mutex::new(Inner { replies, ..Inner::default() })))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The requests, a text each.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.inner().requests.clone()
    }

    /// Who makes the requests.
    #[must_use]
    pub fn credentials() -> Credentials {
        Credentials::new("key", "secret", None, None, "oracle")
    }
}

/// The request as far as it doesn't depend on chance, nor on what a crate is called.
fn text(request: &HttpRequest, is_timed: bool) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    let mut headers: Vec<_> = request.headers().iter().collect();
    headers.sort_unstable();
    for (name, value) in headers {
        let value = match name {
            "authorization" | "amz-sdk-invocation-id" => continue,
            "x-amz-date" if !is_timed => continue,
            // The features that the client counts; the rest names crates and versions.
            "user-agent" | "x-amz-user-agent" => {
                value.split(' ').filter(|part| part.starts_with("m/")).collect::<Vec<_>>().join(" ")
            }
            _ => value.to_owned(),
        };
        // Writing to a string doesn't fail.
        let _ = writeln!(text, "{name}: {value}");
    }
    match request.body().bytes() {
        Some(body) => text.push_str(&String::from_utf8_lossy(body)),
        None => text.push_str("a stream"),
    }
    text
}

impl HttpConnector for World {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut inner = self.inner();
        // Later ones come at random times; what comes first waits as long as the model says.
        let is_timed = inner.requests.len() < 2;
        inner.requests.push(text(&request, is_timed));
        let reply = inner.replies.pop_front();
        let reply = reply.map(|reply| official_response(&reply));
        let none = || ConnectorError::user("the script has no more answers".into());
        HttpConnectorFuture::ready(reply.ok_or_else(none))
    }
}

impl HttpClient for World {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl AsyncSleep for World {
    fn sleep(&self, duration: Duration) -> Sleep {
        let world = self.clone();
        Sleep::new(async move { world.inner().slept += duration })
    }
}

impl TimeSource for World {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.inner().slept
    }
}
