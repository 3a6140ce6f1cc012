//! What an official crate's names stand for: its methods, modules and types, by the operations that they come with. It
//! must not know who names them.

use std::collections::{BTreeMap, HashMap};

use tinsmith_codegen::api::{Api, Kind, Operation};

/// Where types are.
const TYPES: &str = "types";
const ERRORS: &str = "types::error";

/// What `primitives` has only in crates with streams of bytes.
const BYTES: [&str; 6] =
    ["AggregatedBytes", "ByteStream", "ByteStreamError", "FsBuilder", "Length", "SdkBody"];

/// The names of a crate with all operations of its service.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) operations: Vec<Operation>,
    /// The variants of error enums by the enums' paths.
    errors: HashMap<String, Vec<String>>,
    /// Of the client, its waiters among them.
    methods: HashMap<String, usize>,
    modules: HashMap<String, usize>,
    waiter_modules: HashMap<String, usize>,
    /// Modules that come with an operation.
    brought: HashMap<String, usize>,
    /// By name, whether it is the error enum of a stream.
    types: BTreeMap<String, bool>,
}

/// What a name needs the crate to have.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Target {
    /// An operation, by its position.
    Operation(usize),
    /// A type of `types` or `types::error`.
    Type(String),
    /// What comes with several operations, of which one will do.
    Any(Need),
}

/// What several operations bring.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Need {
    /// A variant of the service's enum `Error`.
    Error(String),
    /// The module of errors.
    Errors,
    /// A stream in whose type there is such a text.
    Stream(String),
    /// The module of waiters, and the trait that begins them.
    Waiters,
}

impl Need {
    /// What an operation has that is kept for it.
    pub(super) fn why(&self) -> String {
        match self {
            Need::Error(error) => format!("this error, so that `Error` has the variant `{error}`"),
            Need::Errors => "an error, so that there is a module of errors".to_owned(),
            Need::Stream(_) => "such a stream, so that there is its type".to_owned(),
            Need::Waiters => "a waiter, so that there is what begins them".to_owned(),
        }
    }
}

impl Index {
    pub(super) fn new(api: Api) -> Self {
        let mut index = Index {
            operations: api.operations.into_values().collect(),
            errors: HashMap::new(),
            methods: HashMap::new(),
            modules: HashMap::new(),
            waiter_modules: HashMap::new(),
            brought: HashMap::new(),
            types: BTreeMap::new(),
        };
        for (at, operation) in index.operations.iter().enumerate() {
            index.methods.insert(plain(&operation.method), at);
            index.modules.insert(operation.module.clone(), at);
            for waiter in &operation.waiters {
                index.methods.insert(waiter.method.clone(), at);
                index.waiter_modules.insert(waiter.module.clone(), at);
            }
            for name in &operation.brings {
                index.methods.insert(name.clone(), at);
                index.brought.insert(name.clone(), at);
            }
        }
        for (path, ty) in api.types {
            if let Some((TYPES | ERRORS, name)) = path.rsplit_once("::") {
                index.types.insert(plain(name), matches!(ty.kind, Kind::Errors(_)));
            }
            if let Kind::Errors(variants) = ty.kind {
                index.errors.insert(path, variants.iter().map(|name| plain(name)).collect());
            }
        }
        index
    }

    /// Whether there is a type of this name in `types` or `types::error`.
    pub(super) fn has_type(&self, name: &str) -> bool {
        self.types.contains_key(name)
    }

    /// The operation that a method of the client calls, or waits by.
    pub(super) fn method(&self, name: &str) -> Option<usize> {
        self.methods.get(name).copied()
    }

    /// What a path below the crate's root needs.
    pub(super) fn path<S: AsRef<str>>(&self, path: &[S]) -> Option<Target> {
        let segments: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
        match segments[..] {
            ["operation", module, ..] => self.modules.get(module).copied().map(Target::Operation),
            ["waiters", module, ..] => {
                self.waiter_modules.get(module).copied().map(Target::Operation)
            }
            ["waiters"] | ["client", "Waiters", ..] => self.any(Need::Waiters),
            ["types", "error"] | ["types", "error", "builders"] => self.any(Need::Errors),
            ["types", "error", "builders", name, ..]
            | ["types", "error", name, ..]
            | ["types", "builders", name, ..]
            | ["types", name, ..] => self.named_type(name),
            ["client", "Client", method, ..] | ["Client", method, ..] => {
                self.method(method).map(Target::Operation)
            }
            ["Error", variant, ..] | ["error", "Error", variant, ..] => {
                self.any(Need::Error(variant.to_owned()))
            }
            ["primitives", name] if BYTES.contains(&name) => {
                self.any(Need::Stream("ByteStream".to_owned()))
            }
            ["primitives", "event_stream", _, ..] => self.any(Need::Stream("Event".to_owned())),
            [module, ..] => self.brought.get(module).copied().map(Target::Operation),
            [] => None,
        }
    }

    /// The type of this name, or whose builder it is; the error enum of a stream comes with an operation that has it.
    fn named_type(&self, name: &str) -> Option<Target> {
        let built = name.strip_suffix("Builder");
        let mut names = [Some(name), built].into_iter().flatten();
        let name = names.find(|name| self.types.contains_key(*name))?;
        if self.types[name] {
            return self.any(Need::Stream(format!("types::error::{name}>")));
        }
        Some(Target::Type(name.to_owned()))
    }

    /// If there is an operation that brings it.
    fn any(&self, need: Need) -> Option<Target> {
        let brings = self.operations.iter().any(|operation| self.brings(operation, &need));
        brings.then_some(Target::Any(need))
    }

    /// Whether an operation brings it.
    pub(super) fn brings(&self, operation: &Operation, need: &Need) -> bool {
        match need {
            Need::Error(error) => {
                self.errors_of(&operation.error).contains(error)
                    || self.streams_with(operation, error)
            }
            Need::Errors => !self.errors_of(&operation.error).is_empty(),
            Need::Stream(text) => streams(operation, text),
            Need::Waiters => !operation.waiters.is_empty(),
        }
    }

    /// The variants of the error enum at a path.
    fn errors_of(&self, path: &str) -> &[String] {
        self.errors.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether such an error may come in a stream of an operation.
    fn streams_with(&self, operation: &Operation, error: &String) -> bool {
        let enums = self.errors.iter().filter(|(path, _)| path.starts_with(ERRORS));
        let mut having = enums.filter(|(_, variants)| variants.contains(error));
        having.any(|(path, _)| streams(operation, &format!("{path}>")))
    }
}

/// A name without the `r#` that it may need: the code that is read doesn't keep it either.
fn plain(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

/// Whether a path below the crate's root is its client's type.
pub(super) fn is_client<S: AsRef<str>>(path: &[S]) -> bool {
    let segments: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    matches!(segments[..], ["Client"] | ["client", "Client"])
}

/// Whether an operation has a stream in whose type there is such a text.
fn streams(operation: &Operation, text: &str) -> bool {
    operation.streams.iter().any(|it| it.contains(text))
}
