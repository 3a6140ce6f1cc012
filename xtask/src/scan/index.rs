//! What an official crate's names stand for: its methods, modules and types, by the operations that they come with. It
//! must not know who names them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tinsmith_codegen::api::{Api, Kind, Operation};

/// What `primitives` has only in crates with streams of bytes.
const BYTES: [&str; 6] =
    ["AggregatedBytes", "ByteStream", "ByteStreamError", "FsBuilder", "Length", "SdkBody"];

/// The names of a crate with all operations of its service.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) api: Api,
    /// Of the client, its waiters among them.
    methods: HashMap<String, usize>,
    modules: HashMap<String, usize>,
    waiter_modules: HashMap<String, usize>,
    /// Modules that come with an operation.
    brought: HashMap<String, usize>,
    types: BTreeMap<String, BTreeSet<Kind>>,
}

/// What a name needs the crate to have.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Target {
    /// An operation, by its position.
    Operation(usize),
    /// A type of `types` or `types::error`.
    Type(String),
    /// A variant of the service's enum `Error`, which some operation must have.
    ErrorVariant(String),
    /// What comes with operations that have a stream in whose type there is such a text.
    Stream(String),
}

impl Index {
    pub(super) fn new(api: Api) -> Self {
        let mut index = Index {
            methods: HashMap::new(),
            modules: HashMap::new(),
            waiter_modules: HashMap::new(),
            brought: HashMap::new(),
            types: BTreeMap::new(),
            api: Api::default(),
        };
        for (at, operation) in api.operations.iter().enumerate() {
            index.methods.insert(operation.method.clone(), at);
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
        for ty in &api.types {
            index.types.entry(ty.name.clone()).or_default().insert(ty.kind);
        }
        index.api = api;
        index
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
            ["types", "error", "builders", name, ..]
            | ["types", "error", name, ..]
            | ["types", "builders", name, ..]
            | ["types", name, ..] => self.named_type(name),
            ["client", "Client", method, ..] | ["Client", method, ..] => {
                self.method(method).map(Target::Operation)
            }
            ["Error", variant, ..] | ["error", "Error", variant, ..] => {
                let kinds = self.types.get(variant)?;
                kinds.contains(&Kind::Error).then(|| Target::ErrorVariant(variant.to_owned()))
            }
            ["primitives", name] if BYTES.contains(&name) => self.stream("ByteStream"),
            ["primitives", "event_stream", _, ..] => self.stream("event_stream::"),
            [module, ..] => self.brought.get(module).copied().map(Target::Operation),
            [] => None,
        }
    }

    /// The type of this name, or whose builder it is; the error enum of a stream comes with an operation that has it.
    fn named_type(&self, name: &str) -> Option<Target> {
        let built = name.strip_suffix("Builder");
        let mut names = [Some(name), built].into_iter().flatten();
        let name = names.find(|name| self.types.contains_key(*name))?;
        if self.types[name].contains(&Kind::StreamError) {
            return self.stream(&format!("types::error::{name}>"));
        }
        Some(Target::Type(name.to_owned()))
    }

    /// If there is an operation with such a stream.
    fn stream(&self, text: &str) -> Option<Target> {
        let has = self.api.operations.iter().any(|operation| streams(operation, text));
        has.then(|| Target::Stream(text.to_owned()))
    }
}

/// Whether a path below the crate's root is its client's type.
pub(super) fn is_client<S: AsRef<str>>(path: &[S]) -> bool {
    let segments: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    matches!(segments[..], ["Client"] | ["client", "Client"])
}

/// Whether an operation has a stream in whose type there is such a text.
pub(super) fn streams(operation: &Operation, text: &str) -> bool {
    operation.input.values().chain(operation.output.values()).any(|it| it.of.contains(text))
}
