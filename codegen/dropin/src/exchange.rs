//! An HTTP client that writes down each request and answers with what it was given, in turn. It must not know
//! services.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::retry::ErrorKind;

use crate::Transcript;

/// What comes of a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A response.
    Response {
        /// Its status.
        status: u16,
        /// Its headers, in this order.
        headers: Vec<(String, String)>,
        /// Its body.
        body: Vec<u8>,
    },
    /// A response, after a while.
    Late(Duration, Box<Reply>),
    /// The connection broke.
    Broken,
    /// The connection took too long.
    Slow,
    /// The client could not use the request.
    Unusable,
    /// A failure of this kind, which the client says is transient, or the like.
    Other(Option<ErrorKind>),
    /// Nothing, ever.
    Never,
}

impl Reply {
    /// A response without headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Reply::Response { status, headers: Vec::new(), body: body.into() }
    }

    /// The response with a header more.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if let Reply::Response { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The response, after a while.
    pub fn after(self, time: Duration) -> Self {
        Reply::Late(time, Box::new(self))
    }
}

/// The client. Clones share the script.
#[derive(Clone, Debug)]
pub struct Exchange {
    transcript: Transcript,
    replies: Arc<Mutex<VecDeque<Reply>>>,
}

impl Exchange {
    pub(crate) fn new(transcript: Transcript, replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { transcript, replies: Arc::new(Mutex::new(replies.into_iter().collect())) }
    }
}

impl HttpConnector for Exchange {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        self.transcript.request(&request);
        let stream = request.body().bytes().is_none().then(|| request.take_body());
        let reply = self.replies.lock().expect("nobody panics meanwhile").pop_front();
        if reply.is_none() {
            self.transcript.event("unexpected", "the script has no reply left");
        }
        let transcript = self.transcript.clone();
        HttpConnectorFuture::new(async move {
            if let Some(body) = stream {
                match ByteStream::new(body).collect().await {
                    Ok(bytes) => transcript.event("streamed", hexadecimal(&bytes.into_bytes())),
                    Err(error) => transcript.event("broken stream", error.to_string()),
                }
            }
            answer(reply).await
        })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn answer(reply: Option<Reply>) -> Result<HttpResponse, ConnectorError> {
    let mut reply = reply.unwrap_or(Reply::Unusable);
    while let Reply::Late(time, then) = reply {
        tokio::time::sleep(time).await;
        reply = *then;
    }
    match reply {
        Reply::Response { status, headers, body } => {
            let mut response = http::Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            let response = response.body(SdkBody::from(body)).expect("the script is sound");
            Ok(HttpResponse::try_from(response).expect("headers are text"))
        }
        Reply::Broken => Err(ConnectorError::io("the connection broke".into())),
        Reply::Slow => Err(ConnectorError::timeout("the connection was slow".into())),
        Reply::Unusable => Err(ConnectorError::user("the request is unusable".into())),
        Reply::Other(kind) => Err(ConnectorError::other("something else".into(), kind)),
        Reply::Never | Reply::Late(..) => std::future::pending().await,
    }
}

impl HttpClient for Exchange {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let timeouts = (settings.connect_timeout(), settings.read_timeout());
        if timeouts != (Some(Duration::from_millis(3100)), None) {
            self.transcript.debug("connector timeouts", timeouts);
        }
        SharedHttpConnector::new(self.clone())
    }
}
