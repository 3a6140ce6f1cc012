//! What generated clients send: an HTTP client without a network keeps it.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

/// Keeps requests, and answers each with an empty JSON object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent(Arc<Mutex<Vec<HttpRequest>>>);

impl Sent {
    /// The only request since this was asked last.
    #[track_caller]
    pub(crate) fn only(&self) -> HttpRequest {
        let mut requests = std::mem::take(&mut *self.0.lock().unwrap());
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }
}

impl HttpConnector for Sent {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request);
        let status = StatusCode::try_from(200).unwrap();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from("{}"))))
    }
}

impl HttpClient for Sent {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// Waits for a call.
pub(crate) fn wait<T>(call: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(call)
}

mod authentication {
    use aws_smithy_types::error::display::DisplayErrorContext;
    use fixture_authentication::config::{Builder, Login, Token};
    use fixture_authentication::{Client, Config};

    use super::{Sent, wait};

    fn client(sent: &Sent, settings: impl FnOnce(Builder) -> Builder) -> Client {
        let config = Config::builder()
            .behavior_version_latest()
            .http_client(sent.clone())
            .endpoint_url("http://localhost");
        Client::from_conf(settings(config).build())
    }

    #[test]
    fn each_operation_has_its_way() {
        let sent = Sent::default();
        let client = client(&sent, |config| {
            config
                .api_key(Token::new("a key", None))
                .basic_auth_login(Login::new("name", "password", None))
                .bearer_token(Token::new("token", None))
        });
        wait(client.open().send()).unwrap();
        assert_eq!(sent.only().headers().get("authorization"), Some("Bearer token"));
        wait(client.open_by_key().send()).unwrap();
        let request = sent.only();
        assert_eq!(request.headers().get("x-key"), Some("Key a key"));
        assert_eq!(request.headers().get("authorization"), None);
        wait(client.open_by_name().send()).unwrap();
        let request = sent.only();
        assert_eq!(request.headers().get("authorization"), Some("Basic bmFtZTpwYXNzd29yZA=="));
        assert_eq!(request.headers().get("x-key"), None);
        wait(client.open_for_all().send()).unwrap();
        let request = sent.only();
        assert_eq!(request.headers().get("authorization"), None);
        assert_eq!(request.headers().get("x-key"), None);
    }

    #[test]
    fn the_next_way_is_taken_where_the_first_is_missing() {
        let sent = Sent::default();
        let client = client(&sent, |config| config.api_key_resolver(Token::new("a key", None)));
        wait(client.open_by_name().send()).unwrap();
        assert_eq!(sent.only().headers().get("x-key"), Some("Key a key"));
        let error = wait(client.open().send()).unwrap_err();
        let text = DisplayErrorContext(&error).to_string();
        assert!(
            text.contains("no identity resolver") || text.contains("NoIdentityResolver"),
            "{text}"
        );
    }

    #[test]
    fn a_provider_gives_tokens() {
        let sent = Sent::default();
        let client = client(&sent, |config| config.token_provider(Token::new("provided", None)));
        wait(client.open().send()).unwrap();
        assert_eq!(sent.only().headers().get("authorization"), Some("Bearer provided"));
    }
}

mod compression {
    use std::collections::VecDeque;
    use std::convert::Infallible;
    use std::io::Read;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::byte_stream::ByteStream;
    use aws_smithy_types::error::display::DisplayErrorContext;
    use fixture_compression::config::Builder;
    use fixture_compression::{Client, Config};
    use http_body::{Body, Frame};
    use http_body_util::BodyExt;
    use md5::{Digest, Md5};

    use super::{Sent, wait};

    fn client(sent: &Sent, settings: impl FnOnce(Builder) -> Builder) -> Client {
        let config = Config::builder()
            .behavior_version_latest()
            .http_client(sent.clone())
            .endpoint_url("http://localhost")
            .allow_no_auth();
        Client::from_conf(settings(config).build())
    }

    /// What a body was before all members of it were compressed.
    fn decompressed(mut request: HttpRequest) -> Vec<u8> {
        let body = std::mem::replace(request.body_mut(), SdkBody::taken());
        let body = wait(body.collect()).unwrap().to_bytes();
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(&body[..]).read_to_end(&mut plain).unwrap();
        plain
    }

    #[test]
    fn long_bodies_are_compressed_as_is_configured() {
        let text = "text ".repeat(4_000);
        // What is configured, how large the body is, and whether it is compressed then.
        type Case = (fn(Builder) -> Builder, usize, bool);
        let cases: [Case; 6] = [
            (|config| config, 10_239, false),
            (|config| config, 10_240, true),
            (|config| config.disable_request_compression(true), 20_000, false),
            (|config| config.disable_request_compression(false), 20_000, true),
            (|config| config.request_min_compression_size_bytes(5), 5, true),
            (|config| config.request_min_compression_size_bytes(10_485_760), 20_000, false),
        ];
        for (settings, length, compressed) in cases {
            let (sent, text) = (Sent::default(), &text[..length]);
            wait(client(&sent, settings).put_text().text(text).send()).unwrap();
            let request = sent.only();
            let (headers, body) = (request.headers(), request.body().bytes().unwrap());
            assert_eq!(headers.get("content-encoding").is_some(), compressed, "{length}");
            assert_eq!(headers.get("content-length").unwrap(), body.len().to_string());
            let counted = headers.get("x-amz-user-agent").unwrap();
            assert_eq!(counted.contains(" m/L,"), compressed, "{counted}");
            if compressed {
                assert!(body.len() < length || length < 10);
                assert_eq!(decompressed(request), text.as_bytes());
            } else {
                assert_eq!(body, text.as_bytes());
            }
        }
    }

    #[test]
    fn the_checksum_is_that_of_what_is_sent() {
        let sent = Sent::default();
        let client = client(&sent, |config| config.request_min_compression_size_bytes(1));
        wait(client.put_text().text("text").encoding("mine").send()).unwrap();
        let request = sent.only();
        let encodings: Vec<_> = request.headers().get_all("content-encoding").collect();
        assert_eq!(encodings, ["mine", "gzip"]);
        let md5 = Md5::digest(request.body().bytes().unwrap());
        let md5 = aws_smithy_types::base64::encode(md5);
        assert_eq!(request.headers().get("content-md5"), Some(md5.as_str()));
    }

    #[test]
    fn a_minimum_has_a_limit() {
        let sent = Sent::default();
        let client = client(&sent, |config| config.request_min_compression_size_bytes(10_485_761));
        assert_eq!(client.config().request_min_compression_size_bytes(), Some(10_485_761));
        let error = wait(client.put_text().text("text").send()).unwrap_err();
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains("may be 10485760 at most"), "{text}");
    }

    /// A stream of these pieces, whose length nobody knows.
    struct Pieces(VecDeque<&'static [u8]>);

    impl Body for Pieces {
        type Data = bytes::Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<bytes::Bytes>, Infallible>>> {
            Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece.into()))))
        }
    }

    #[test]
    fn streams_are_compressed_piece_by_piece() {
        let stream = || ByteStream::from_body_1_x(Pieces([&b"one "[..], b"two"].into()));
        let sent = Sent::default();
        wait(client(&sent, |config| config).put_stream().stream(stream()).send()).unwrap();
        let request = sent.only();
        assert_eq!(request.headers().get("content-encoding"), Some("gzip"));
        assert_eq!(request.headers().get("content-length"), None);
        assert_eq!(decompressed(request), b"one two");
        let disabled = client(&sent, |config| config.disable_request_compression(true));
        wait(disabled.put_stream().stream(stream()).send()).unwrap();
        let request = sent.only();
        assert_eq!(request.headers().get("content-encoding"), None);
    }
}

mod endpoints {
    use aws_smithy_types::error::display::DisplayErrorContext;
    use fixture_machine_learning::{Client, Config};

    use super::{Sent, wait};

    #[test]
    fn an_input_may_name_the_endpoint() {
        let sent = Sent::default();
        let config = Config::builder()
            .behavior_version_latest()
            .http_client(sent.clone())
            .endpoint_url("http://localhost/there")
            .allow_no_auth();
        let client = Client::from_conf(config.build());
        for (endpoint, uri) in [
            ("https://example.com", "https://example.com/"),
            ("http://example.com:81/path", "http://example.com:81/path"),
            ("", "http://localhost/there/"),
        ] {
            wait(client.predict().predict_endpoint(endpoint).send()).unwrap();
            assert_eq!(sent.only().uri(), uri);
        }
        for endpoint in ["example.com", "no endpoint", "/path", "https://"] {
            let error = wait(client.predict().predict_endpoint(endpoint).send()).unwrap_err();
            let text = DisplayErrorContext(&error).to_string();
            assert!(text.contains("PredictEndpoint: expected an endpoint"), "{text}");
        }
    }
}
