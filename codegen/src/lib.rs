//! From a service model to the source of a slim Rust client crate. The driver reads as the pipeline:
//! load → resolve → select (in `tinsmith-model`), lower → emit (here), write.
//!
//! ```no_run
//! // In a build script, or wherever a crate is to be made from a model:
//! use tinsmith_codegen::{Generator, Selection};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     Generator::new()
//!         .operations(Selection::parse(&["ListForecastExportJobs"])?)
//!         .package("aws-sdk-forecast")
//!         .generate("forecast.json")?
//!         .write("generated/forecast".as_ref())?;
//!     Ok(())
//! }
//! ```

#![forbid(unsafe_code)]

pub mod api;
mod customize;
mod docs;
mod emit;
mod ir;
mod lower;
mod naming;
pub mod parallel;
mod path;
mod protocols;
mod settings;
mod write;

use std::num::NonZero;
use std::path::Path;

pub use settings::{Client, Defaults, RuntimeDependency, Settings};
pub use tinsmith_model::{Errors, Model, Selection};
pub use write::{Change, Difference, Files, Report, WriteError};

/// Generates the crate for a service of a model that is already loaded: lower, emit.
///
/// Pure: the same model and settings give the same bytes, and nothing is read or written.
///
/// # Errors
/// What in the model, or in the settings about it, stands in the way; several at a time.
pub fn generate(model: &Model, settings: &Settings) -> Result<Files, Errors> {
    let service = model.service(settings.service.as_deref())?;
    let operations = settings.operations.resolve(model, service)?;
    let lowered = lower::lower(model, service, &operations, settings)?;
    let package = settings.package.clone().unwrap_or_else(|| package_name(model, service));
    let files = emit::emit(&lowered, settings, &package);
    refuse_long_paths(model, service, &files)?;
    Ok(files)
}

/// So long a file's name may be, and a folder's; most file systems take 255 bytes, and writing needs some of them.
const LONGEST_NAME: usize = 240;

/// Modules of operations and waiters are public, so that a name can't be cut as those of other files are.
fn refuse_long_paths(
    model: &Model,
    service: tinsmith_model::ShapeRef,
    files: &Files,
) -> Result<(), Errors> {
    let mut names = files.iter().flat_map(|(path, _)| path.split('/'));
    let Some(name) = names.find(|name| name.len() > LONGEST_NAME) else { return Ok(()) };
    let beginning: String = name.chars().take(40).collect();
    let message =
        format!("a file would be called `{beginning}…`, which is too long for file systems");
    let help =
        "give the operation or waiter that it is for a shorter name, or leave the operation out";
    Err(model.error(service, None, message, Some(help)).into())
}

/// What the crate of a service would offer its users, without its text: the same operations, types and names.
///
/// # Errors
/// As those of [`generate`].
pub fn api(model: &Model, settings: &Settings) -> Result<api::Api, Errors> {
    let service = model.service(settings.service.as_deref())?;
    let operations = settings.operations.resolve(model, service)?;
    Ok(api::Api::of(&lower::lower(model, service, &operations, settings)?))
}

/// The text of the module `config::endpoint` that a crate of the service has, by itself: the rules and the types around
/// them. With it endpoints can be tested without all else.
///
/// # Errors
/// What in the service's endpoint rules stands in the way.
pub fn endpoint_module(model: &Model, settings: &Settings) -> Result<String, Errors> {
    let service = model.service(settings.service.as_deref())?;
    let lowered = lower::lower(model, service, &[], settings)?;
    Ok(emit::endpoint_module(&lowered, settings))
}

/// The first sentence of a shape's documentation, as one line of Markdown.
#[must_use]
pub fn summary(documentation: &str) -> String {
    docs::summary(documentation)
}

/// The official crate's name for the service with an `sdkId`.
#[must_use]
pub fn package_of(sdk_id: &str) -> String {
    naming::package(sdk_id)
}

/// The name that the crate of a service has unless the settings say otherwise: the official crate's.
#[must_use]
pub fn package_name(model: &Model, service: tinsmith_model::ShapeRef) -> String {
    let shape = model.shape(service);
    let sdk_id = shape
        .traits
        .get(tinsmith_model::trait_id::SERVICE)
        .and_then(|service| service.get("sdkId"))
        .and_then(serde_json::Value::as_str);
    naming::package(sdk_id.unwrap_or(shape.id.name()))
}

/// Makes a crate from a model, a file or a folder of botocore's: what a build script calls.
#[derive(Clone, Debug, Default)]
pub struct Generator {
    settings: Settings,
}

impl Generator {
    /// All operations of the only service of the model.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The service, by name or shape ID, where the model has more than one; by the name of its folder in
    /// a folder of botocore's services.
    #[must_use]
    pub fn service(mut self, service: impl Into<String>) -> Self {
        self.settings.service = Some(service.into());
        self
    }

    /// The operations; all of them unless it is said.
    #[must_use]
    pub fn operations(mut self, operations: Selection) -> Self {
        self.settings.operations = operations;
        self
    }

    /// The protocol, where the service declares more than one.
    #[must_use]
    pub fn protocol(mut self, protocol: impl Into<String>) -> Self {
        self.settings.protocol = Some(protocol.into());
        self
    }

    /// The package's name; `aws-sdk-` and the service's ID unless it is said.
    #[must_use]
    pub fn package(mut self, package: impl Into<String>) -> Self {
        self.settings.package = Some(package.into());
        self
    }

    /// The package's version.
    #[must_use]
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.settings.version = version.into();
        self
    }

    /// Whether the crate comes with a client.
    #[must_use]
    pub fn client(mut self, client: Client) -> Self {
        self.settings.client = client;
        self
    }

    /// Where the runtime comes from.
    #[must_use]
    pub fn runtime(mut self, runtime: RuntimeDependency) -> Self {
        self.settings.runtime = runtime;
        self
    }

    /// How many threads emit the files; as many as there are cores unless it is said.
    #[must_use]
    pub fn threads(mut self, threads: NonZero<usize>) -> Self {
        self.settings.threads = Some(threads);
        self
    }

    /// Loads the model and generates the crate's files.
    ///
    /// # Errors
    /// If the model can't be read, or something in it stands in the way.
    pub fn generate(&self, model: impl AsRef<Path>) -> Result<Files, Errors> {
        let model = Model::load_service(model.as_ref(), self.settings.service.as_deref())?;
        let source = model.origin().to_owned();
        generate(&model, &Settings { source, ..self.settings.clone() })
    }
}
