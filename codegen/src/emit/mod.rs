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

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Crate, Path, Place};
use crate::naming::ident;
use crate::parallel;
use crate::settings::Settings;
use crate::write::Files;
use print::Printer;

/// The files of the crate.
pub(crate) fn emit(lowered: &Crate, settings: &Settings, package: &str) -> Files {
    let printer = Printer::new(settings, &lowered.service);
    let gate = || client::Gate::new(settings.client);
    let waiters = waiter::all(lowered);
    let mut files = Files::default();
    files.insert("Cargo.toml", manifest::manifest(lowered, settings, package, &printer));
    files.insert("README.md", manifest::readme(lowered, package, &printer));
    let mut sources = Sources::default();
    sources.add("lib", || library::root(lowered, package, &gate()));
    sources.add("builder", || client::builder(lowered, &gate()));
    sources.add("client", || client::client(lowered));
    if lowered.service.client.endpoint_discovery {
        sources.add("endpoint_discovery", client::endpoint_discovery);
    }
    if lowered.service.client.presigning {
        sources.add("presigning", client::presigning);
    }
    if let Some(module) = lowered.service.client.auth_token {
        sources.add("auth_token", move || client::auth_token(module));
    }
    sources.add("config", || client::config(lowered));
    sources.add("config/endpoint", || endpoint::endpoint(&lowered.endpoint));
    sources.add("meta", || library::meta(&lowered.service));
    sources.add("primitives", || library::primitives(lowered));
    sources.add("error", || library::error(lowered, &gate()));
    sources.add("service_error", || errors::service_error(lowered));
    sources.add("service", || library::service(lowered, &gate()));
    sources.add("operation", || library::operations(lowered, &gate()));
    sources.add("registry", || library::registry(lowered));
    sources.add("types", || library::types(lowered));
    for operation in &lowered.operations {
        let folder = format!("operation/{}", operation.module);
        sources.add(folder.as_str(), move || operation::operation(operation, &gate()));
        if let Some(paginator) = &operation.paginator {
            let items = move || paginator::paginator(lowered, operation, paginator);
            sources.add(format!("{folder}/paginator"), items);
        }
    }
    if !waiters.is_empty() {
        sources.add("waiters", || waiter::waiters(&waiters));
    }
    for (operation, waiter) in &waiters {
        sources
            .add(format!("waiters/{}", waiter.module), move || waiter::waiter(operation, waiter));
    }
    for structure in &lowered.structures {
        sources.add(format!("types/{}", structure.file), move || structure::structure(structure));
    }
    for union in &lowered.unions {
        sources.add(format!("types/{}", union.file), move || union::union(union));
    }
    for string_enum in &lowered.enums {
        sources.add(format!("types/{}", string_enum.file), move || {
            string_enum::string_enum(string_enum)
        });
    }
    if library::has_error_types(lowered) {
        sources.add("types/error", || library::error_types(lowered));
    }
    for error in &lowered.errors {
        sources.add(format!("types/error/{}", error.file), move || structure::structure(error));
    }
    for stream_errors in &lowered.stream_errors {
        sources.add(format!("types/error/{}", stream_errors.file), move || {
            errors::stream_error(stream_errors)
        });
    }
    sources.print(&printer, settings, &mut files);
    files
}

/// The items of a Rust file, emitted by whoever prints it: tokens stay on their thread.
type Items<'a> = Box<dyn Fn() -> Vec<TokenStream> + Sync + 'a>;

/// The Rust files to be, by their paths below `src` without the ending.
#[derive(Default)]
struct Sources<'a>(Vec<(String, Items<'a>)>);

impl<'a> Sources<'a> {
    fn add(&mut self, path: impl Into<String>, items: impl Fn() -> Vec<TokenStream> + Sync + 'a) {
        self.0.push((path.into(), Box::new(items)));
    }

    fn print(self, printer: &Printer, settings: &Settings, files: &mut Files) {
        let threads = settings.threads.unwrap_or_else(parallel::cores);
        let texts = parallel::map(threads, &self.0, |(_, items)| printer.file(items()));
        for ((path, _), text) in self.0.into_iter().zip(texts) {
            files.insert(format!("src/{path}.rs"), text);
        }
    }
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
    let lines = doc_lines(text);
    quote!(#(#[doc = #lines])*)
}

/// Documentation of the file itself.
fn module_docs(text: &str) -> TokenStream {
    let lines = doc_lines(text);
    quote!(#(#![doc = #lines])*)
}

fn doc_lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") })
}

/// `#[deprecated]`, if the shape is.
fn deprecated(note: Option<&str>) -> TokenStream {
    note.map(|note| quote!(#[deprecated(note = #note)])).unwrap_or_default()
}
