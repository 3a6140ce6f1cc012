//! What ties endpoint rules to the client of the official SDK: parameters from its configuration, and its resolver. It
//! must not know how rules are evaluated.

use std::mem;
use std::sync::Mutex;

use aws_credential_types::attributes::AccountId;
use aws_smithy_http::endpoint::error::ResolveEndpointError;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::interceptors::error::ContextAttachedError;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreAppend};
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;

pub use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};

use super::params::{ParamValue, Params, REGION};
use super::rules::Rules;
use crate::service::OperationSchema;
use crate::value::Structure;

const ACCOUNT_ID: &str = "AWS::Auth::AccountId";
const ACCOUNT_ID_ENDPOINT_MODE: &str = "AWS::Auth::AccountIdEndpointMode";
const ENDPOINT: &str = "SDK::Endpoint";
const USE_DUAL_STACK: &str = "AWS::UseDualStack";
const USE_FIPS: &str = "AWS::UseFIPS";

/// The endpoints of a service, as its client asks for them.
#[derive(Clone, Copy, Debug)]
pub struct ServiceEndpoints {
    /// The rules.
    pub rules: &'static Rules,
    /// The parameters in the crate's own type.
    pub params: fn(Params) -> EndpointResolverParams,
    /// The resolver that goes by the rules.
    pub resolver: fn() -> SharedEndpointResolver,
}

/// The value that a client's configuration gives to a parameter: one of
/// [`@clientContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-clientcontextparams-trait),
/// or one bound to a built-in that `aws-types` has no type for. The last one stored counts.
#[derive(Clone, Debug)]
pub struct ClientParam {
    name: &'static str,
    value: Option<ParamValue>,
}

impl Storable for ClientParam {
    type Storer = StoreAppend<Self>;
}

impl ClientParam {
    /// The parameter of this name has this value, or, without one, is as if nothing had been stored.
    #[must_use]
    pub fn new(name: &'static str, value: Option<ParamValue>) -> Self {
        Self { name, value }
    }

    /// The value that the configuration gives to the parameter of this name.
    #[must_use]
    pub fn find(config: &ConfigBag, name: &str) -> Option<ParamValue> {
        config.load::<Self>().find(|param| param.name == name)?.value.clone()
    }
}

impl Params {
    /// The parameters of a request: what the operation binds them to, then what the client's configuration says, then
    /// their defaults.
    ///
    /// # Errors
    /// If a parameter, or a member of the input that one is bound to, isn't set and must be, or the region can't be part
    /// of a host.
    pub fn of(
        rules: &'static Rules,
        config: &ConfigBag,
        operation: &'static OperationSchema,
        input: &dyn Structure,
    ) -> Result<Self, BoxError> {
        let mut params = Self::builder(rules);
        for (position, parameter) in rules.parameters().iter().enumerate() {
            let client = ClientParam::find(config, parameter.name());
            let value = client.or_else(|| built_in(config, parameter.modeled_built_in()?));
            params.set(position, value);
        }
        for param in operation.context_params() {
            param.bind(input, &mut params)?;
        }
        params.build().map_err(|error| {
            ContextAttachedError::new("the request has no endpoint parameters", error).into()
        })
    }
}

/// The value of a built-in, if the configuration has one. That of the account's ID is not known before the identity is.
fn built_in(config: &ConfigBag, name: &str) -> Option<ParamValue> {
    match name {
        REGION => config.load::<Region>().map(|region| region.as_ref().into()),
        USE_FIPS => config.load::<UseFips>().map(|use_fips| use_fips.0.into()),
        USE_DUAL_STACK => {
            config.load::<UseDualStack>().map(|use_dual_stack| use_dual_stack.0.into())
        }
        ENDPOINT => config.load::<EndpointUrl>().map(|url| url.0.clone().into()),
        ACCOUNT_ID_ENDPOINT_MODE => {
            let mode = config.load::<AccountIdEndpointMode>().cloned().unwrap_or_default();
            Some(mode.to_string().into())
        }
        _ => None,
    }
}

/// Gives the parameters the ID of the identity's account, if they have a place for it. The identity is taken away then:
/// it is a secret that nothing needs there any more.
pub fn finalize(
    all: &mut EndpointResolverParams,
    of: fn(&mut EndpointResolverParams) -> Option<&mut Params>,
) {
    let Some(position) = of(all).and_then(|params| params.rules().built_in(ACCOUNT_ID)) else {
        return;
    };
    let identity = all
        .get_property_mut::<Identity>()
        .map(|identity| mem::replace(identity, Identity::new((), None)));
    let account = identity.as_ref().and_then(|identity| identity.property::<AccountId>());
    if let (Some(account), Some(params)) = (account, of(all)) {
        params.set_string(position, account.as_str());
    }
}

/// What a resolver answers that was given the parameters of another service.
pub fn foreign_params<'a>() -> EndpointFuture<'a> {
    EndpointFuture::ready(Err("the endpoint parameters are those of another service".into()))
}

/// Goes by the rules, and remembers what it found last: a client asks the same again and again.
#[derive(Debug, Default)]
pub struct Resolver {
    last: Mutex<Option<(Params, Endpoint)>>,
}

impl Resolver {
    /// A resolver that remembers nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The endpoint that the rules give for these parameters.
    pub fn resolve(&self, params: &Params) -> EndpointFuture<'static> {
        EndpointFuture::ready(self.endpoint(params))
    }

    fn endpoint(&self, params: &Params) -> Result<Endpoint, BoxError> {
        // Whoever would have to wait is as quick without it.
        if let Ok(last) = self.last.try_lock()
            && let Some((for_params, endpoint)) = &*last
            && for_params == params
        {
            return Ok(endpoint.clone());
        }
        // The official type: what is wrong with an endpoint is told the same way whoever resolves it.
        let endpoint =
            params.resolve().map_err(|error| ResolveEndpointError::message(error.to_string()))?;
        if let Ok(mut last) = self.last.try_lock() {
            *last = Some((params.clone(), endpoint.clone()));
        }
        Ok(endpoint)
    }
}
