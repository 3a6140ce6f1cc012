//! Endpoints: from the rules of a service and the values of its parameters to the URL that requests go to, with what
//! changes how they are signed. See the
//! [rules engine](https://smithy.io/2.0/additional-specs/rules-engine/index.html). It must not know any service.
//!
//! A generated crate has its rules as a `static` ([`Rules`]); [`Params`] is evaluated against them. What ties both to
//! the client of the official SDK is behind the feature `client`.

mod arn;
#[cfg(feature = "client")]
mod client;
mod context;
mod evaluate;
mod functions;
#[cfg(feature = "client")]
mod macros;
mod params;
mod partition;
pub mod rules;
#[cfg(test)]
mod tests;
mod url;
mod value;

pub use aws_smithy_types::endpoint::Endpoint;
#[cfg(feature = "client")]
pub use client::{
    ClientParam, EndpointFuture, EndpointResolverParams, ResolveEndpoint, Resolver,
    ServiceEndpoints, SharedEndpointResolver, finalize, foreign_params,
};
pub use context::ContextParam;
pub use evaluate::ResolveError;
pub use params::{InvalidParams, ParamValue, Params, ParamsBuilder};
pub use rules::Rules;
