//! The client: its facts, its methods, its configuration. It must not know what an input or output holds;
//! what all services have in common is in the runtime's macros.

use proc_macro2::TokenStream;
use quote::quote;

use super::{module_docs, waiter};
use crate::ir::endpoint::ParamKind;
use crate::ir::{Auth, Client, Crate};
use crate::naming::ident;
use crate::settings;

/// What stands before all that only a crate with a client has.
#[derive(Clone, Debug)]
pub(super) struct Gate(TokenStream);

impl Gate {
    pub(super) fn new(client: settings::Client) -> Self {
        Self(match client {
            settings::Client::Optional => quote!(#[cfg(feature = "client")]),
            settings::Client::Always => TokenStream::new(),
        })
    }

    pub(super) fn tokens(&self) -> &TokenStream {
        &self.0
    }
}

/// The service's own schema, in `service.rs`, which has the client's where there is one.
pub(super) fn service(schema: &TokenStream, gate: &Gate) -> TokenStream {
    if gate.tokens().is_empty() {
        return quote! {
            pub(crate) static SERVICE: tinsmith_runtime::ServiceSchema = #schema.client(&CLIENT);
        };
    }
    quote! {
        pub(crate) static SERVICE: tinsmith_runtime::ServiceSchema = {
            let schema = #schema;
            #[cfg(feature = "client")]
            let schema = schema.client(&CLIENT);
            schema
        };
    }
}

/// The service's client, in `service.rs`.
pub(super) fn schema(lowered: &Crate, gate: &Gate) -> TokenStream {
    let (service, gate) = (&lowered.service, gate.tokens());
    let Client { package, operation_auth, transient_errors, bearer_token_service, .. } =
        &service.client;
    let sdk_id = service.sdk_id.as_deref().unwrap_or(package);
    let signing_name = service.signing_name.as_ref().map(|name| quote!(.signing_name(#name)));
    let auth = auth_list(&service.client.auth).map(|list| quote!(.auth(#list)));
    let operation_auth = (!operation_auth.is_empty()).then(|| {
        let entries = operation_auth.iter().filter_map(|(name, auth)| {
            let list = auth_list(auth)?;
            Some(quote!((#name, #list)))
        });
        quote!(.operation_auth(&[#(#entries),*]))
    });
    let transient_errors = (!transient_errors.is_empty())
        .then(|| quote!(.transient_errors(&[#(#transient_errors),*])));
    let bearer = bearer_token_service.as_ref().map(|name| quote!(.bearer_token_of(#name)));
    let sha256 = service.client.content_sha256_header.then(|| quote!(.content_sha256_header()));
    let compression = service.client.request_compression.then(|| quote!(.request_compression()));
    let account_ids = service.client.account_id_endpoints.then(|| quote!(.account_id_endpoints()));
    quote! {
        #gate
        pub(crate) static CLIENT: tinsmith_runtime::client::ClientSchema =
            tinsmith_runtime::client::ClientSchema::new(
                &SERVICE,
                #sdk_id,
                #package,
                env!("CARGO_PKG_VERSION"),
                tinsmith_runtime::client::Hooks {
                    auth_params: crate::config::auth::params,
                    auth_resolver: crate::config::auth::default_resolver,
                    endpoints: &crate::config::endpoint::ENDPOINTS,
                },
            )#signing_name #auth #operation_auth #transient_errors #bearer #sha256 #compression #account_ids;
    }
}

fn auth_list(auth: &[Auth]) -> Option<TokenStream> {
    let items = auth.iter().map(|auth| match auth {
        Auth::Sigv4 => quote!(tinsmith_runtime::Auth::Sigv4),
        Auth::Sigv4a => quote!(tinsmith_runtime::Auth::Sigv4a),
        Auth::Bearer => quote!(tinsmith_runtime::Auth::Bearer),
        Auth::Basic => quote!(tinsmith_runtime::Auth::Basic),
        Auth::Digest => quote!(tinsmith_runtime::Auth::Digest),
        Auth::Anonymous => quote!(tinsmith_runtime::Auth::Anonymous),
        Auth::ApiKeyQuery(name) => quote!(tinsmith_runtime::Auth::ApiKeyQuery(#name)),
        Auth::ApiKeyHeader { name, scheme } => {
            let scheme = match scheme {
                Some(scheme) => quote!(std::option::Option::Some(#scheme)),
                None => quote!(std::option::Option::None),
            };
            quote!(tinsmith_runtime::Auth::ApiKeyHeader { name: #name, scheme: #scheme })
        }
    });
    (!auth.is_empty()).then(|| quote!(&[#(#items),*]))
}

/// `client.rs`.
pub(super) fn client(lowered: &Crate) -> Vec<TokenStream> {
    let discovery = lowered.service.client.endpoint_discovery.then(|| {
        quote!(
            tinsmith_runtime::client_endpoint_discovery!();
        )
    });
    let presigned = lowered.service.client.presigning.then(|| {
        quote!(
            tinsmith_runtime::client_customize_presigned!();
        )
    });
    let about = module_docs(&format!("The client of {}.", lowered.service.title));
    let methods = lowered.operations.iter().map(|operation| {
        let (method, module) = (ident(&operation.method), ident(&operation.module));
        let builder = ident(&operation.fluent_builder());
        let about = format!(" Calls `{}`.", operation.name);
        let note = super::deprecated(operation.deprecated.as_deref());
        quote! {
            #[doc = #about]
            #note
            #[inline]
            pub fn #method(&self) -> crate::operation::#module::builders::#builder {
                crate::builder::call(self.handle.clone())
            }
        }
    });
    let mut items = vec![
        quote!(#about),
        quote! {
            /// Calls that are customized before they are sent.
            pub mod customize {
                tinsmith_runtime::client_customize!();
                #presigned
            }
        },
        quote! {
            tinsmith_runtime::client!(
                crate::service::CLIENT,
                cfg!(feature = "behavior-version-latest")
            );
        },
        quote!(impl Client { #(#methods)* }),
        discovery.unwrap_or_default(),
    ];
    items.extend(waiter::client(lowered));
    items
}

/// `builder.rs`.
pub(super) fn builder(lowered: &Crate, gate: &Gate) -> Vec<TokenStream> {
    let gate = gate.tokens();
    let about = module_docs(
        "The one builder of all structures, and of all calls. Each structure adds its setters in its own module.",
    );
    let presigned = lowered.service.client.presigning.then(|| {
        quote! {
            #gate
            tinsmith_runtime::client_builders_presigned!();
        }
    });
    vec![
        quote!(#about),
        quote! {
            tinsmith_runtime::builder!();
            #gate
            tinsmith_runtime::client_builders!();
            #presigned
        },
    ]
}

/// `presigning.rs`, of services with operations whose requests can be signed ahead.
pub(super) fn presigning() -> Vec<TokenStream> {
    let about = module_docs("Requests that are signed ahead, for others to send.");
    vec![
        quote!(#about),
        quote! {
            pub use tinsmith_runtime::client::presign::{
                PresignedRequest, PresigningConfig, PresigningConfigBuilder, PresigningConfigError,
            };
        },
    ]
}

/// `endpoint_discovery.rs`, of services that tell their endpoints.
pub(super) fn endpoint_discovery() -> Vec<TokenStream> {
    let about = module_docs("Endpoints that the service tells, kept up to date.");
    vec![
        quote!(#about),
        quote!(
            pub use tinsmith_runtime::client::discovery::ReloadEndpoint;
        ),
    ]
}

/// `auth_token.rs`, of services that have it.
pub(super) fn auth_token(module: &str) -> Vec<TokenStream> {
    let about = module_docs("Tokens by which the service's databases know who connects to them.");
    let module = ident(module);
    vec![
        quote!(#about),
        quote! {
            pub use tinsmith_runtime::client::auth_token::#module::{
                AuthToken, AuthTokenGenerator, Config, ConfigBuilder,
            };
        },
    ]
}

/// `config.rs`.
pub(super) fn config(lowered: &Crate) -> Vec<TokenStream> {
    let about = module_docs("The client's configuration.");
    let client = &lowered.service.client;
    let sigv4a = client.schemes.contains(&Auth::Sigv4a).then(|| {
        quote!(
            tinsmith_runtime::client_sigv4a!();
        )
    });
    let tokens = client.idempotency_tokens.then(|| {
        quote!(
            tinsmith_runtime::client_idempotency!();
        )
    });
    let compression = client.request_compression.then(|| {
        quote!(
            tinsmith_runtime::client_request_compression!();
        )
    });
    let account_ids = client.account_id_endpoints.then(|| {
        quote!(
            tinsmith_runtime::client_account_id_endpoints!();
        )
    });
    vec![
        quote!(#about),
        quote! {
            /// Where requests go.
            pub mod endpoint;
        },
        quote!(tinsmith_runtime::client_config!(crate::service::CLIENT);),
        sigv4a.unwrap_or_default(),
        tokens.unwrap_or_default(),
        compression.unwrap_or_default(),
        account_ids.unwrap_or_default(),
        auth_settings(&client.schemes),
        endpoint_settings(lowered),
    ]
}

/// Settings of ways to authenticate that don't need AWS credentials.
fn auth_settings(schemes: &[Auth]) -> TokenStream {
    let (mut tokens, mut logins, mut settings) = (None, None, Vec::new());
    for scheme in schemes {
        match scheme {
            Auth::Bearer => {
                tokens = Some(quote!(Token,));
                settings.push(quote!(client_bearer));
            }
            Auth::ApiKeyHeader { .. } | Auth::ApiKeyQuery(_) => {
                tokens = Some(quote!(Token,));
                settings.push(quote!(client_api_key));
            }
            Auth::Basic => {
                logins = Some(quote!(Login,));
                settings.push(quote!(client_basic_auth));
            }
            Auth::Digest => {
                logins = Some(quote!(Login,));
                settings.push(quote!(client_digest_auth));
            }
            Auth::Sigv4 | Auth::Sigv4a | Auth::Anonymous => {}
        }
    }
    if settings.is_empty() {
        return TokenStream::new();
    }
    quote! {
        pub use tinsmith_runtime::client::{#logins ResolveIdentity, #tokens};
        #(tinsmith_runtime::#settings!();)*
    }
}

/// Setters of endpoint parameters that the service leaves to its clients' configuration.
fn endpoint_settings(lowered: &Crate) -> TokenStream {
    let params = &lowered.endpoint.client_params;
    if params.is_empty() {
        return TokenStream::new();
    }
    let setters = params.iter().map(|param| {
        let ty = match param.kind {
            ParamKind::Boolean => quote!(bool),
            ParamKind::String => quote!(std::string::String),
            ParamKind::StringArray => quote!(std::vec::Vec<std::string::String>),
        };
        let fallback = format!("The endpoint parameter `{}`.", param.name);
        let about = super::docs(if param.docs.is_empty() { &fallback } else { &param.docs });
        let (name, field) = (&param.name, ident(&param.field));
        let set = ident(&format!("set_{}", param.snake));
        quote! {
            #about
            #[inline]
            pub fn #field(mut self, #field: impl std::convert::Into<#ty>) -> Self {
                self.#set(std::option::Option::Some(#field.into()));
                self
            }
            #about
            #[inline]
            pub fn #set(&mut self, #field: std::option::Option<#ty>) -> &mut Self {
                self.inner.set_endpoint_param(#name, #field.map(std::convert::Into::into));
                self
            }
        }
    });
    quote!(impl Builder { #(#setters)* })
}
