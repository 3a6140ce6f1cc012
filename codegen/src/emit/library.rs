//! The modules that hold the crate together. It must not know what a shape holds.

use proc_macro2::TokenStream;
use quote::quote;

use super::client::{self, Gate};
use super::{builder, lints, module_docs, operation, schema};
use crate::ir::{Crate, Service, Structure};
use crate::naming::ident;

/// `lib.rs`.
pub(super) fn root(lowered: &Crate, package: &str, gate: &Gate) -> Vec<TokenStream> {
    let gate = gate.tokens();
    let mut text =
        format!("Client, types, serializer, parser and errors of {}.", lowered.service.title);
    if !lowered.service.docs.is_empty() {
        text.push_str("\n\n");
        text.push_str(&lowered.service.docs);
    }
    if let Some(example) = operation::example(lowered, &package.replace('-', "_")) {
        text.push_str("\n\n# Example\n\n");
        text.push_str(&example);
    }
    let about = module_docs(&text);
    let allowed = lints::allowed(lowered);
    let has_waiters = lowered.operations.iter().any(|operation| !operation.waiters.is_empty());
    let waiters = has_waiters.then(|| {
        quote! {
            #gate
            pub mod waiters;
        }
    });
    let auth_token = lowered.service.client.auth_token.map(|_| {
        quote! {
            #gate
            pub mod auth_token;
        }
    });
    let presigning = lowered.service.client.presigning.then(|| {
        quote! {
            #gate
            pub mod presigning;
        }
    });
    let endpoint_discovery = lowered.service.client.endpoint_discovery.then(|| {
        quote! {
            #gate
            pub mod endpoint_discovery;
        }
    });
    vec![
        quote! {
            #about
            #![forbid(unsafe_code)]
            #![warn(missing_docs)]
            #allowed
        },
        quote! {
            #auth_token
            pub mod builder;
            #gate
            pub mod client;
            #gate
            pub mod config;
            #endpoint_discovery
            pub mod error;
            pub mod meta;
            pub mod operation;
            #presigning
            pub mod primitives;
            #[cfg(feature = "registry")]
            pub mod registry;
            mod service;
            mod service_error;
            pub mod types;
            #waiters
        },
        quote! {
            #gate
            pub use client::Client;
            #gate
            pub use config::Config;
            pub use service_error::Error;
        },
    ]
}

/// `meta.rs`.
pub(super) fn meta(service: &Service) -> Vec<TokenStream> {
    let about = module_docs("What the crate and its service say of themselves.");
    let constant = |about: &str, name: &str, value: &Option<String>| {
        let name = ident(name);
        value.as_ref().map_or_else(TokenStream::new, |value| {
            quote! {
                #[doc = #about]
                pub static #name: &str = #value;
            }
        })
    };
    vec![
        quote!(#about),
        constant(
            " What the service's host names begin with.",
            "ENDPOINT_PREFIX",
            &service.endpoint_prefix,
        ),
        constant(
            " What requests are signed for with Signature Version 4.",
            "SIGNING_NAME",
            &service.signing_name,
        ),
        quote! {
            /// The crate's version.
            pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
        },
    ]
}

/// `primitives.rs`.
pub(super) fn primitives(lowered: &Crate) -> Vec<TokenStream> {
    let about = module_docs("Types of values that structures are made of.");
    // The official crates have the module in any case.
    let event_stream = (!lowered.stream_errors.is_empty()).then(|| {
        quote! {
            pub use tinsmith_runtime::event_stream::{
                EventReceiver, EventStreamSender, Header, HeaderValue, Message, StrBytes,
            };
        }
    });
    let streams = lowered.all_structures().any(Structure::has_byte_stream).then(|| {
        quote! {
            pub use tinsmith_runtime::{AggregatedBytes, ByteStream, ByteStreamError, SdkBody};
            #[cfg(feature = "rt-tokio")]
            pub use tinsmith_runtime::client::aws_smithy_types::byte_stream::{FsBuilder, Length};
        }
    });
    vec![
        quote!(#about),
        streams.unwrap_or_default(),
        quote! {
            pub use tinsmith_runtime::date_time::Format as DateTimeFormat;
            pub use tinsmith_runtime::{BigDecimal, BigInteger, Blob, DateTime, Document, http};
        },
        quote! {
            /// Streams of events, and the messages that they are made of.
            pub mod event_stream {
                #event_stream
            }
        },
    ]
}

/// `error.rs`.
pub(super) fn error(lowered: &Crate, gate: &Gate) -> Vec<TokenStream> {
    let about = module_docs("Errors that don't come from the service, and what all errors have.");
    // What receives events fails with the client's errors, client or not.
    let gate = lowered.stream_errors.is_empty().then(|| gate.tokens());
    vec![
        quote!(#about),
        quote! {
            #gate
            pub use tinsmith_runtime::client::{BoxError, ConnectorError};
            pub use tinsmith_runtime::{
                BuildError, DisplayErrorContext, Error as CodecError, ErrorKind, ErrorMetadata,
                ProvideErrorKind, ProvideErrorMetadata, Unhandled, UnknownVariantError,
            };
        },
        quote! {
            /// What the client's calls fail with.
            #gate
            pub type SdkError<E, R = tinsmith_runtime::client::HttpResponse> =
                tinsmith_runtime::client::SdkError<E, R>;
        },
    ]
}

/// `service.rs`.
pub(super) fn service(lowered: &Crate, gate: &Gate) -> Vec<TokenStream> {
    let service = &lowered.service;
    let about = module_docs("The service's schema.");
    let (id, version) = (&service.id, &service.version);
    let protocols = service.protocols.first().map(|protocol| ident(protocol.constant));
    let namespace = schema::xml_namespace(service.xml_namespace.as_ref());
    let query_compatible = service.query_compatible.then(|| quote!(.query_compatible()));
    let no_error_wrapping = service.no_error_wrapping.then(|| quote!(.no_error_wrapping()));
    let headers = (!service.headers.is_empty()).then(|| {
        let headers = service.headers.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(.headers(&[#(#headers),*]))
    });
    let schema = quote! {
        tinsmith_runtime::ServiceSchema::new(
            #id,
            #version,
            &tinsmith_runtime::protocol::#protocols,
        )#namespace #query_compatible #no_error_wrapping #headers
    };
    vec![quote!(#about), client::service(&schema, gate), client::schema(lowered, gate)]
}

/// `operation.rs`.
pub(super) fn operations(lowered: &Crate, gate: &Gate) -> Vec<TokenStream> {
    let gate = gate.tokens();
    let about = module_docs("The operations, a module each.");
    let modules = lowered.operations.iter().map(|operation| ident(&operation.module));
    vec![
        quote!(#about),
        quote! {
            #gate
            pub use ::tinsmith_runtime::client::RequestId;
            pub use ::tinsmith_runtime::{Operation, OperationError, Output, ServiceError};
        },
        quote!(#(pub mod #modules;)*),
    ]
}

/// `registry.rs`.
pub(super) fn registry(lowered: &Crate) -> Vec<TokenStream> {
    let about = module_docs(
        "The operations by name, for callers who don't know their types at compile time.",
    );
    let modules = lowered.operations.iter().map(|operation| ident(&operation.module));
    let names = lowered.operations.iter().map(|operation| ident(&operation.type_name));
    vec![
        quote!(#about),
        quote! {
            /// The operations, by name.
            pub static OPERATIONS: &[&dyn tinsmith_runtime::dynamic::AnyOperation] = &[
                #(&tinsmith_runtime::dynamic::Dynamic::<crate::operation::#modules::#names>::new()),*
            ];
        },
    ]
}

/// `types.rs`.
pub(super) fn types(lowered: &Crate) -> Vec<TokenStream> {
    let about = module_docs("The structures, unions and enums of the service.");
    let structures = lowered.structures.iter().map(|s| (&s.file, &s.type_name));
    let unions = lowered.unions.iter().map(|u| (&u.file, &u.type_name));
    let enums = lowered.enums.iter().map(|e| (&e.file, &e.type_name));
    let mut all: Vec<_> = structures.chain(unions).chain(enums).collect();
    all.sort();
    let files: Vec<_> = all.iter().map(|(file, _)| ident(file)).collect();
    let names: Vec<_> = all.iter().map(|(_, name)| ident(name)).collect();
    let builders: Vec<_> = sorted_builders(&lowered.structures);
    let error = has_error_types(lowered).then(|| {
        quote!(
            pub mod error;
        )
    });
    vec![
        quote!(#about),
        quote!(#(mod #files;)*),
        error.unwrap_or_default(),
        quote!(#(pub use self::#files::#names;)*),
        quote! {
            /// Builders of the structures.
            pub mod builders {
                #(#builders)*
            }
        },
    ]
}

/// Whether anything is below `types::error`.
pub(super) fn has_error_types(lowered: &Crate) -> bool {
    !lowered.errors.is_empty() || !lowered.stream_errors.is_empty()
}

/// `types/error.rs`.
pub(super) fn error_types(lowered: &Crate) -> Vec<TokenStream> {
    let about = module_docs("The errors of the service.");
    let errors = lowered.errors.iter().map(|error| (&error.file, &error.type_name));
    let enums = lowered.stream_errors.iter().map(|errors| (&errors.file, &errors.type_name));
    let all: Vec<_> = errors.chain(enums).collect();
    let files: Vec<_> = all.iter().map(|(file, _)| ident(file)).collect();
    let names: Vec<_> = all.iter().map(|(_, name)| ident(name)).collect();
    let builders: Vec<_> = sorted_builders(&lowered.errors);
    vec![
        quote!(#about),
        quote!(#(pub(crate) mod #files;)*),
        quote!(#(pub use self::#files::#names;)*),
        quote! {
            /// Builders of the errors.
            pub mod builders {
                #(#builders)*
            }
        },
    ]
}

fn sorted_builders(structures: &[crate::ir::Structure]) -> Vec<TokenStream> {
    let mut structures: Vec<_> = structures.iter().collect();
    structures.sort_by_key(|structure| &structure.file);
    let alias = |structure: &crate::ir::Structure| {
        let file = ident(&structure.file);
        builder::alias(structure, &quote!(super::#file))
    };
    structures.into_iter().map(alias).collect()
}
