//! What a call says of its endpoint before the endpoint is resolved: parameters, a prefix of the host, or the
//! whole endpoint. It must not know how endpoints are resolved.

use std::fmt;

use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointPrefix;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, Input,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl};

use super::call::{Call, wrong_input};
use super::schema::ClientSchema;
use crate::endpoint::Params;
use crate::host;

/// Gives the resolver its parameters, and the request the prefix of its host.
pub(crate) struct ParamsInterceptor {
    pub(crate) call: &'static dyn Call,
    pub(crate) client: &'static ClientSchema,
}

impl fmt::Debug for ParamsInterceptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParamsInterceptor").finish_non_exhaustive()
    }
}

#[dyn_dispatch_hint]
impl Intercept for ParamsInterceptor {
    fn name(&self) -> &'static str {
        "EndpointParamsInterceptor"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let schema = self.call.schema();
        let input = self.call.input(context.input()).ok_or_else(|| wrong_input(schema))?;
        let endpoints = self.client.hooks().endpoints;
        let params = (endpoints.params)(Params::of(endpoints.rules, cfg, schema, input)?);
        let prefix = schema.modeled_host_prefix();
        let prefix = prefix.map(|pattern| host::prefix(pattern, input)).transpose()?;
        let state = cfg.interceptor_state();
        if let Some(prefix) = prefix {
            state.store_put(EndpointPrefix::new(prefix)?);
        }
        state.store_put(params);
        Ok(())
    }
}

/// The endpoint that an input names.
#[derive(Clone, Debug)]
struct NamedEndpoint(http::Uri);

impl Storable for NamedEndpoint {
    type Storer = StoreReplace<Self>;
}

/// Sends the request to the endpoint that its input names.
pub(crate) struct NamedEndpointInterceptor(pub(crate) &'static dyn Call);

impl NamedEndpointInterceptor {
    fn endpoint(&self, input: &Input) -> Result<Option<http::Uri>, BoxError> {
        let schema = self.0.schema();
        let Some(member) = schema.modeled_endpoint_member() else { return Ok(None) };
        let input = self.0.input(input).ok_or_else(|| wrong_input(schema))?;
        Ok(host::named(member, input)?)
    }
}

impl fmt::Debug for NamedEndpointInterceptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedEndpointInterceptor").finish_non_exhaustive()
    }
}

#[dyn_dispatch_hint]
impl Intercept for NamedEndpointInterceptor {
    fn name(&self) -> &'static str {
        "NamedEndpointInterceptor"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(endpoint) = self.endpoint(context.input())? {
            cfg.interceptor_state().store_put(NamedEndpoint(endpoint));
        }
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(NamedEndpoint(endpoint)) = cfg.load::<NamedEndpoint>() {
            context.request_mut().set_uri(endpoint.to_string())?;
        }
        Ok(())
    }
}

/// Counts what is special about endpoints in the user agent: one that was configured, and how far those of
/// accounts are wanted.
#[derive(Debug)]
pub(crate) struct FeaturesInterceptor {
    pub(crate) account_id_endpoints: bool,
}

#[dyn_dispatch_hint]
impl Intercept for FeaturesInterceptor {
    fn name(&self) -> &'static str {
        "EndpointFeaturesInterceptor"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.account_id_endpoints {
            let mode = cfg.load::<AccountIdEndpointMode>().cloned().unwrap_or_default();
            let feature = match mode {
                AccountIdEndpointMode::Preferred => Some(AwsSdkFeature::AccountIdModePreferred),
                AccountIdEndpointMode::Required => Some(AwsSdkFeature::AccountIdModeRequired),
                AccountIdEndpointMode::Disabled => Some(AwsSdkFeature::AccountIdModeDisabled),
                other => {
                    tracing::warn!(mode = ?other, "no feature stands for this mode of account endpoints");
                    None
                }
            };
            if let Some(feature) = feature {
                cfg.interceptor_state().store_append(feature);
            }
        }
        if cfg.load::<EndpointUrl>().is_some() {
            cfg.interceptor_state().store_append(AwsSdkFeature::EndpointOverride);
        }
        Ok(())
    }
}
