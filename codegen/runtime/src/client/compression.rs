//! Compression of requests by gzip, as the configuration says. It must not know any service.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_types::sdk_config::SdkConfig;
use bytes::Bytes;
use http_body::{Body, Frame};

use super::config::{Config, ConfigBuilder};
use crate::finish::{MIN_COMPRESSED, compression};

/// More than this isn't taken as a minimum.
const LIMIT: u32 = 10_485_760;

/// Whether requests are left as they are.
#[derive(Clone, Copy, Debug)]
struct Disabled(bool);

impl Storable for Disabled {
    type Storer = StoreReplace<Self>;
}

/// Bodies of so many bytes are compressed.
#[derive(Clone, Copy, Debug)]
struct Minimum(u32);

impl Storable for Minimum {
    type Storer = StoreReplace<Self>;
}

impl Config {
    /// Whether requests are never compressed, if it was said.
    #[must_use]
    pub fn disable_request_compression(&self) -> Option<bool> {
        self.load::<Disabled>().map(|setting| setting.0)
    }

    /// The bytes that a body must have to be compressed, if they were said.
    #[must_use]
    pub fn request_min_compression_size_bytes(&self) -> Option<u32> {
        self.load::<Minimum>().map(|setting| setting.0)
    }
}

impl ConfigBuilder {
    /// Stores whether requests are never compressed.
    pub fn set_disable_request_compression(&mut self, disable: Option<bool>) {
        self.store(disable.map(Disabled));
    }

    /// Stores the bytes that a body must have to be compressed.
    pub fn set_request_min_compression_size_bytes(&mut self, bytes: Option<u32>) {
        self.store(bytes.map(Minimum));
    }

    /// What the configuration of all services says of compression.
    pub(crate) fn take_compression(&mut self, input: &SdkConfig) {
        self.set_disable_request_compression(input.disable_request_compression());
        self.set_request_min_compression_size_bytes(input.request_min_compression_size_bytes());
    }
}

/// Compresses bodies that are long enough, and streams.
#[derive(Debug)]
pub(crate) struct CompressionInterceptor;

#[dyn_dispatch_hint]
impl Intercept for CompressionInterceptor {
    fn name(&self) -> &'static str {
        "CompressionInterceptor"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match cfg.load::<Minimum>() {
            Some(Minimum(bytes)) if *bytes > LIMIT => Err(format!(
                "`request_min_compression_size_bytes` is {bytes}, but may be {LIMIT} at most"
            )
            .into()),
            _ => Ok(()),
        }
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if cfg.load::<Disabled>().is_some_and(|setting| setting.0) {
            return Ok(());
        }
        let minimum = cfg.load::<Minimum>().map_or(MIN_COMPRESSED as u64, |it| u64::from(it.0));
        let request = context.request_mut();
        // A stream of unknown length may be a long one.
        if request.body().content_length().is_some_and(|length| length < minimum) {
            return Ok(());
        }
        compress(request)?;
        cfg.interceptor_state().store_append(SmithySdkFeature::GzipRequestCompression);
        Ok(())
    }
}

fn compress(request: &mut HttpRequest) -> Result<(), BoxError> {
    request.headers_mut().append("content-encoding", "gzip");
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    let compressed = match body.bytes() {
        Some(bytes) => {
            let compressed = compression::gzip(bytes)?;
            request.headers_mut().insert("content-length", compressed.len().to_string());
            SdkBody::from(compressed)
        }
        None => {
            request.headers_mut().remove("content-length");
            body.map(|body| SdkBody::from_body_1_x(Compressed(body)))
        }
    };
    *request.body_mut() = compressed;
    Ok(())
}

/// A stream whose pieces are compressed one by one: together they are one file of several members, as
/// [RFC 1952](https://www.rfc-editor.org/rfc/rfc1952#section-2.2) has it.
struct Compressed(SdkBody);

impl Body for Compressed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = match ready!(Pin::new(&mut self.0).poll_frame(cx)) {
            Some(Ok(frame)) => frame,
            other => return Poll::Ready(other),
        };
        Poll::Ready(Some(match frame.into_data() {
            Ok(data) => match compression::gzip(&data) {
                Ok(data) => Ok(Frame::data(data.into())),
                Err(error) => Err(error.into()),
            },
            Err(trailers) => Ok(trailers),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }
}
