//! What a user may say about the crate to generate. It must not know models.

use std::num::NonZero;

use tinsmith_model::Selection;

/// How the generated crate finds `tinsmith-runtime`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RuntimeDependency {
    /// From the registry, with this version requirement.
    Version(String),
    /// From this path, written into the manifest as it is.
    Path(String),
}

/// What is sent of members that hold their
/// [`@default`](https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Defaults {
    /// All but numbers and booleans that aren't `@required`, as official clients do: there are services
    /// that take `false` for more than nothing.
    #[default]
    Official,
    /// All, as Smithy's protocol tests ask.
    All,
}

/// Whether the crate comes with a client.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Client {
    /// If its feature `client` is on, as it is by default: without it the crate has types, serializer, parser and
    /// errors for any HTTP stack.
    #[default]
    Optional,
    /// Always, as the official crates do: dependents that ask for the official crate without its default features
    /// still expect its client, `aws-config` among them.
    Always,
}

/// The crate to generate.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The service, by name or shape ID, where the model has more than one.
    pub service: Option<String>,
    /// The operations.
    pub operations: Selection,
    /// Types that the crate has though no operation needs them, by their Rust names.
    pub types: Vec<String>,
    /// The protocol, by the shape ID of its trait or the name in it, where the service declares more
    /// than one; the one that official clients prefer unless it is said.
    pub protocol: Option<String>,
    /// The package's name; `aws-sdk-` and the service's ID unless it is said.
    pub package: Option<String>,
    /// The package's version: the official crate's, where the generated one is to take its place.
    pub version: String,
    /// Whether the crate comes with a client.
    pub client: Client,
    /// Which defaults are sent.
    pub defaults: Defaults,
    /// Where the runtime comes from.
    pub runtime: RuntimeDependency,
    /// Whether the manifest makes the crate a workspace of its own, for a crate that lies in the folder
    /// of a workspace it isn't a member of.
    pub standalone: bool,
    /// What the first line of every file says the crate was made from, such as `forecast.json`.
    pub source: String,
    /// How many threads emit the files, which are the same whatever it says: the cores that there are, unless it is
    /// said. One who makes several crates at once says one.
    pub threads: Option<NonZero<usize>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            service: None,
            operations: Selection::all(),
            types: Vec::new(),
            protocol: None,
            package: None,
            version: "0.1.0".to_owned(),
            client: Client::Optional,
            defaults: Defaults::Official,
            runtime: RuntimeDependency::Version(env!("CARGO_PKG_VERSION").to_owned()),
            standalone: false,
            source: "a service model".to_owned(),
            threads: None,
        }
    }
}
