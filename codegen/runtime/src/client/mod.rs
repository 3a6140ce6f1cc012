//! The client: operations on the orchestrator of the official SDK, which retries, signs, resolves endpoints and
//! sends. What is the same for every service is here, once, without the types of its operations; a generated
//! crate adds data and shells of two lines. It must not know any service.
//!
//! ```text
//! XFluentBuilder::send ─▶ send::<X> ─▶ runtime plugins + erased input ─▶ orchestrator ─▶ Codec(X) ─▶ output
//! ```

mod auth;
#[cfg(feature = "auth-token")]
pub mod auth_token;
mod bearer;
mod call;
mod compression;
mod config;
pub mod discovery;
mod endpoint;
mod feature;
mod finish;
mod handle;
mod idempotency;
mod macros;
mod paginate;
#[cfg(feature = "presigning")]
pub mod presign;
mod schema;
mod seen;
mod send;
mod span;
mod surface;
mod surface_auth;
mod surface_builder;
mod surface_calls;
mod surface_config;
mod surface_discovery;
mod surface_modules;
mod surface_presigned;
mod telemetry;
mod wait;

pub use auth::{foreign_auth_params, modeled_auth};
pub use aws_smithy_runtime_api::box_error::BoxError;
pub use aws_smithy_runtime_api::client::identity::ResolveIdentity;
pub use aws_smithy_runtime_api::client::identity::http::{Login, Token};
pub use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
pub use aws_smithy_runtime_api::client::result::{ConnectorError, CreateUnhandledError, SdkError};
pub use aws_types::request_id::RequestId;
pub use call::{CallInput, ClientOperation};
pub use config::{Config, ConfigBuilder};
pub use handle::Handle;
pub use idempotency::IdempotencyTokenProvider;
pub use paginate::{PageSize, Paginated, PaginatedItems, Paginator, PaginatorItems};
pub use schema::{ClientSchema, Hooks};
pub use seen::Seen;
pub use send::{BoxFuture, Caller, SendResult, orchestrate, runtime_plugins, send};
pub use wait::{WaitResult, Waited, wait};

// What the macros name, so that generated crates depend on this crate alone.
#[doc(hidden)]
pub use {
    aws_credential_types, aws_runtime, aws_smithy_async, aws_smithy_runtime,
    aws_smithy_runtime_api, aws_smithy_types, aws_types,
};
