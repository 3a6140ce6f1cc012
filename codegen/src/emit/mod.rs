//! IR → source text. It must not know the model, and it reads and writes no files: an IR and
//! settings give an ordered map from path to text.

mod builder;
mod client;
mod endpoint;
mod errors;
mod library;
mod lints;
mod manifest;
mod operation;
mod paginator;
mod path;
mod print;
mod schema;
mod string_enum;
mod structure;
mod types;
mod union;
mod waiter;

pub(crate) use types::type_text;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Crate, Path, Place};
use crate::naming::ident;
use crate::settings::Settings;
use crate::write::Files;
use print::Printer;

/// The files of the crate.
pub(crate) fn emit(lowered: &Crate, settings: &Settings, package: &str) -> Files {
    let printer = Printer::new(settings, &lowered.service);
    let gate = client::Gate::new(settings.client);
    let mut files = Files::default();
    files.insert("Cargo.toml", manifest::manifest(lowered, settings, package, &printer));
    files.insert("README.md", manifest::readme(lowered, package, &printer));
    let mut add = |path: &str, items: Vec<TokenStream>| {
        files.insert(format!("src/{path}.rs"), printer.file(items));
    };
    add("lib", library::root(lowered, package, &gate));
    add("builder", client::builder(lowered, &gate));
    add("client", client::client(lowered));
    if lowered.service.client.endpoint_discovery {
        add("endpoint_discovery", client::endpoint_discovery());
    }
    if lowered.service.client.presigning {
        add("presigning", client::presigning());
    }
    if let Some(module) = lowered.service.client.auth_token {
        add("auth_token", client::auth_token(module));
    }
    add("config", client::config(lowered));
    add("config/endpoint", endpoint::endpoint(&lowered.endpoint));
    add("meta", library::meta(&lowered.service));
    add("primitives", library::primitives(lowered));
    add("error", library::error(lowered, &gate));
    add("service_error", errors::service_error(lowered));
    add("service", library::service(lowered, &gate));
    add("operation", library::operations(lowered, &gate));
    add("registry", library::registry(lowered));
    add("types", library::types(lowered));
    for operation in &lowered.operations {
        let folder = format!("operation/{}", operation.module);
        add(&folder, operation::operation(operation, &gate));
        if let Some(paginator) = &operation.paginator {
            let items = paginator::paginator(lowered, operation, paginator);
            add(&format!("{folder}/paginator"), items);
        }
        for boundary in [&operation.input, &operation.output] {
            add(&format!("{folder}/{}", boundary.file), structure::structure(boundary));
        }
    }
    let waiters = waiter::all(lowered);
    if !waiters.is_empty() {
        add("waiters", waiter::waiters(&waiters));
    }
    for (operation, waiter) in &waiters {
        add(&format!("waiters/{}", waiter.module), waiter::waiter(operation, waiter));
    }
    for structure in &lowered.structures {
        add(&format!("types/{}", structure.file), structure::structure(structure));
    }
    for union in &lowered.unions {
        add(&format!("types/{}", union.file), union::union(union));
    }
    for string_enum in &lowered.enums {
        add(&format!("types/{}", string_enum.file), string_enum::string_enum(string_enum));
    }
    if library::has_error_types(lowered) {
        add("types/error", library::error_types(lowered));
    }
    for error in &lowered.errors {
        add(&format!("types/error/{}", error.file), structure::structure(error));
    }
    for stream_errors in &lowered.stream_errors {
        add(&format!("types/error/{}", stream_errors.file), errors::stream_error(stream_errors));
    }
    files
}

/// The file of the module `config::endpoint`.
pub(crate) fn endpoint_module(lowered: &Crate, settings: &Settings) -> String {
    Printer::new(settings, &lowered.service).file(endpoint::endpoint(&lowered.endpoint))
}

/// The path of a generated type.
fn path(path: &Path) -> TokenStream {
    let name = ident(&path.name);
    match path.place {
        Place::Types => quote!(crate::types::#name),
        Place::Errors => quote!(crate::types::error::#name),
    }
}

/// Documentation, a line an attribute.
fn docs(text: &str) -> TokenStream {
    let lines =
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Documentation of the file itself.
fn module_docs(text: &str) -> TokenStream {
    let lines =
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#![doc = #lines])*)
}

/// `#[deprecated]`, if the shape is.
fn deprecated(note: Option<&str>) -> TokenStream {
    note.map(|note| quote!(#[deprecated(note = #note)])).unwrap_or_default()
}
