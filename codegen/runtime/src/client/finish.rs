//! What requests get before they are sent, whatever their protocol: the service's headers, hashes and checksums of
//! bodies. It must not know any service.

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_sigv4::http_request::SignableBody;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::LoadedRequestBody;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;

use super::compression::CompressionInterceptor;
use crate::finish::{CONTENT_MD5, CONTENT_SHA256, TREE_HASH, checksum, tree_hash};
use crate::service::OperationSchema;

/// Adds what an operation's requests need.
pub(crate) fn push_interceptors(
    components: &mut RuntimeComponentsBuilder,
    operation: &'static OperationSchema,
) {
    let headers = operation.service().common_headers();
    if !headers.is_empty() {
        components.push_interceptor(SharedInterceptor::permanent(HeadersInterceptor(headers)));
    }
    if operation.is_compressed() {
        components.push_interceptor(SharedInterceptor::permanent(CompressionInterceptor));
    }
    if operation.has_tree_hash() {
        components.push_interceptor(SharedInterceptor::permanent(TreeHashInterceptor));
    }
    if operation.is_checksum_required() {
        components.push_interceptor(SharedInterceptor::permanent(ChecksumInterceptor));
    }
}

/// Adds the headers that all requests of the service have.
#[derive(Debug)]
struct HeadersInterceptor(&'static [(&'static str, &'static str)]);

#[dyn_dispatch_hint]
impl Intercept for HeadersInterceptor {
    fn name(&self) -> &'static str {
        "HeadersInterceptor"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        for (name, value) in self.0 {
            context.request_mut().headers_mut().insert(*name, *value);
        }
        Ok(())
    }
}

/// Adds the MD5 of the body.
#[derive(Debug)]
struct ChecksumInterceptor;

#[dyn_dispatch_hint]
impl Intercept for ChecksumInterceptor {
    fn name(&self) -> &'static str {
        "ChecksumInterceptor"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let body = request.body().bytes();
        let body = body.ok_or("a checksum is required, which a stream doesn't have yet")?;
        let md5 = checksum::md5(body)?;
        request.headers_mut().insert(CONTENT_MD5, md5);
        Ok(())
    }
}

/// Adds the hashes of the body, which is loaded for that, and signs by one of them.
#[derive(Debug)]
struct TreeHashInterceptor;

#[dyn_dispatch_hint]
impl Intercept for TreeHashInterceptor {
    fn name(&self) -> &'static str {
        "TreeHashInterceptor"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        cfg.interceptor_state().store_put(LoadedRequestBody::Requested);
        Ok(())
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(LoadedRequestBody::Loaded(body)) = cfg.load::<LoadedRequestBody>() else {
            return Err("the body wasn't loaded, so that it can't be hashed".into());
        };
        let hashes = tree_hash::of(body)?;
        let headers = context.request_mut().headers_mut();
        for (name, hash) in [(TREE_HASH, &hashes.tree), (CONTENT_SHA256, &hashes.sha256)] {
            if !headers.contains_key(name) {
                headers.insert(name, hash.clone());
            }
        }
        let config = cfg.load::<SigV4OperationSigningConfig>();
        let mut config = config.ok_or("how to sign isn't configured")?.clone();
        config.signing_options.payload_override = Some(SignableBody::Precomputed(hashes.sha256));
        cfg.interceptor_state().store_put(config);
        Ok(())
    }
}
