//! An operation's module: its type, its schema, its error enum. It must not know what its input and
//! output hold.

use std::borrow::Cow;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::client::Gate;
use super::types::Prelude;
use super::{builder, deprecated, docs, endpoint, errors, module_docs, structure};
use crate::ir::{Crate, Operation, Presigning};
use crate::naming::ident;

/// The items of an operation's file.
pub(super) fn operation(operation: &Operation, gate: &Gate) -> Vec<TokenStream> {
    let gate = gate.tokens();
    let about = module_docs(&format!("The operation `{}`.", operation.name));
    let defined = defined(operation);
    let builders = builders(operation, gate);
    let paginator = operation.paginator.is_some().then(|| {
        quote! {
            #gate
            pub mod paginator;
        }
    });
    let modules = quote! {
        #about

        #paginator

        /// Builders of the operation's input and output, and of its calls.
        pub mod builders {
            #builders
        }
    };
    let mut items = vec![modules, defined.hidden_traits()];
    items.extend(marker(operation));
    for boundary in [&operation.input, &operation.output] {
        items.extend(structure::items(boundary, &quote!(builders), &defined));
    }
    items.extend(called(operation, gate));
    items.extend(errors::operation_error(operation));
    items
}

/// The types that the file defines.
fn defined(operation: &Operation) -> Prelude<'_> {
    let own = [operation.type_name.as_str(), operation.error_type.as_str()];
    let boundaries = [&operation.input, &operation.output];
    let own = own.into_iter().map(Cow::Borrowed);
    Prelude::new(own.chain(boundaries.into_iter().flat_map(structure::defined)))
}

fn builders(operation: &Operation, gate: &TokenStream) -> TokenStream {
    let (fluent_builder, input) =
        (ident(&operation.fluent_builder()), ident(&operation.input.type_name));
    let about = format!(" Builds the input of `{}`, and calls it.", operation.name);
    // It is what the method of the client gives; the operation's type isn't deprecated.
    let note = deprecated(operation.deprecated.as_deref());
    let of_input = builder::alias(&operation.input, &quote!(super));
    let of_output = builder::alias(&operation.output, &quote!(super));
    quote! {
        #gate
        #[doc = #about]
        #note
        pub type #fluent_builder =
            crate::builder::Builder<super::#input, crate::builder::Call<super::#input>>;
        #of_input
        #of_output
    }
}

/// The type that stands for the operation.
fn marker(operation: &Operation) -> Vec<TokenStream> {
    let (name, text) = (ident(&operation.type_name), &operation.name);
    let (input, output) = (ident(&operation.input.type_name), ident(&operation.output.type_name));
    let error = ident(&operation.error_type);
    let fallback = format!("The operation `{text}`.");
    let about = docs(if operation.docs.is_empty() { &fallback } else { &operation.docs });
    let schema = schema(operation);
    vec![
        quote! {
            #about
            pub type #name = tinsmith_runtime::OperationOf<#input>;
        },
        quote! {
            impl tinsmith_runtime::OperationInput for #input {
                type Output = #output;
                type Error = #error;

                const OPERATION: &'static tinsmith_runtime::OperationSchema = &#schema;
            }
        },
    ]
}

/// What only some operations can, with a client.
fn called(operation: &Operation, gate: &TokenStream) -> Vec<TokenStream> {
    let input = ident(&operation.input.type_name);
    let presigned = operation.presigning.map(|presigning| {
        let how = match presigning {
            Presigning::UnsignedPayload => quote!(UnsignedPayload),
            Presigning::Query => quote!(Query),
        };
        quote! {
            #gate
            impl tinsmith_runtime::client::presign::Presigned for #input {
                const PRESIGNING: tinsmith_runtime::client::presign::Presigning =
                    tinsmith_runtime::client::presign::Presigning::#how;
            }
        }
    });
    let waited = (!operation.waiters.is_empty()).then(|| {
        quote! {
            #gate
            impl tinsmith_runtime::client::Waited for #input {}
        }
    });
    presigned.into_iter().chain(waited).collect()
}

/// What the operation says of itself.
fn schema(operation: &Operation) -> TokenStream {
    let name = &operation.name;
    let errors = operation.errors.iter().map(|error| {
        let (schema, status) = (errors::schema(error), Literal::u16_unsuffixed(error.status));
        let query_code = error.query_code.as_ref().map(|code| quote!(.query_error(#code)));
        let server = error.server.then(|| quote!(.server()));
        quote! {
            tinsmith_runtime::ErrorSchema::new(#schema, #status)
                #query_code #server
        }
    });
    let http = operation.http.as_ref().map(|http| {
        let (method, uri, code) = (&http.method, &http.uri, Literal::u16_unsuffixed(http.code));
        quote!(.http(#method, #uri, #code))
    });
    let host_prefix = operation.host_prefix.as_ref().map(|prefix| quote!(.host_prefix(#prefix)));
    let named = operation.endpoint_member.as_ref().map(|name| quote!(.endpoint_member(#name)));
    let bound = (!operation.context_params.is_empty()).then(|| {
        let params = operation.context_params.iter().map(endpoint::context_param);
        quote!(.bind(&[#(#params),*]))
    });
    let tree_hash = operation.tree_hash.then(|| quote!(.tree_hash()));
    let checksum = operation.checksum_required.then(|| quote!(.checksum_required()));
    let compressed = operation.compressed.then(|| quote!(.compressed()));
    let events_in_input = operation.input.has_events().then(|| quote!(.events_in_input()));
    let events_in_output = operation.output.has_events().then(|| quote!(.events_in_output()));
    let token = operation.idempotency_token.then(|| quote!(.idempotency_token()));
    let unsigned = operation.unsigned_payload.then(|| quote!(.unsigned_payload()));
    let sensitive = operation.sensitive_output.then(|| quote!(.sensitive_output()));
    let streamed = operation.output.has_byte_stream().then(|| quote!(.streamed_output()));
    let may_stall = operation.may_stall.then(|| quote!(.may_stall()));
    let unwrapped = operation.unwrapped_xml_output.then(|| quote!(.unwrapped_xml_output()));
    quote! {
        tinsmith_runtime::OperationSchema::new(
            &crate::service::SERVICE,
            #name,
            &[#(#errors),*],
        )#http #host_prefix #named #bound #tree_hash #checksum #compressed #unwrapped
            #events_in_input #events_in_output #streamed #token #unsigned #sensitive #may_stall
    }
}

/// An example that makes a request with the crate's first operation and reads the response.
pub(super) fn example(lowered: &Crate, library: &str) -> Option<String> {
    // An input with a stream of events can't be built without one.
    let has_events = |op: &&Operation| op.input.has_events() || op.output.has_events();
    let operation = lowered.operations.iter().find(|operation| !has_events(operation))?;
    let (module, name) = (ident(&operation.module), ident(&operation.type_name));
    let input = ident(&operation.input.type_name);
    // Only an empty JSON object is an answer of every operation, and only AWS JSON needs no labels.
    let runs = operation.http.is_none()
        && lowered.service.protocols.first().is_some_and(|p| p.id.contains("#awsJson"));
    let fence = if runs { "```" } else { "```no_run" };
    Some(format!(
        "{fence}\n\
         use {library}::operation::Operation;\n\
         use {library}::operation::{module}::{{{name}, {input}}};\n\
         \n\
         let input = {input}::builder().build()?;\n\
         let request = {name}::request(&input)?;\n\
         println!(\"{{}} {{}}\", request.method(), request.uri());\n\
         // Sign it, send it with any HTTP stack, and give what comes back to:\n\
         # let response = {library}::primitives::http::Response::new(\"{{}}\");\n\
         let output = {name}::response(&response)?;\n\
         println!(\"{{output:?}}\");\n\
         # Ok::<(), Box<dyn std::error::Error>>(())\n\
         ```"
    ))
}
