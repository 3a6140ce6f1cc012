//! What a generated crate offers its users, as data: operations, types, fields, variants. It must not know how any of
//! that is written down, nor what it is compared with.

use std::collections::BTreeMap;

use crate::customize::TELLS_ENDPOINTS;
use crate::ir;
use crate::naming::ident;

/// The names of endpoint discovery.
const DISCOVERY: [&str; 2] = ["with_endpoint_discovery_enabled", "endpoint_discovery"];

/// The public API of a crate, as far as it depends on the model; documentation aside.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Api {
    /// The operations by their types' names, such as `RunInstances`.
    pub operations: BTreeMap<String, Operation>,
    /// All other types by their paths, such as `types::Filter`.
    pub types: BTreeMap<String, Type>,
}

/// An operation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Operation {
    /// The name in the model.
    pub name: String,
    /// The client's method.
    pub method: String,
    /// Below `operation`.
    pub module: String,
    /// The path of its error enum.
    pub error: String,
    /// The types of the streams in its input and output.
    pub streams: Vec<String>,
    /// Whether it has a paginator.
    pub pages: bool,
    /// Whether its requests can be signed ahead.
    pub presigned: bool,
    /// What can be waited for by means of it.
    pub waiters: Vec<Waiter>,
    /// What else a crate has only if it has this operation: methods of the client, and modules.
    pub brings: Vec<String>,
    /// Whether its use is warned of.
    pub deprecated: bool,
}

/// A waiter.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Waiter {
    /// The client's method.
    pub method: String,
    /// Below `waiters`.
    pub module: String,
}

/// A type.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Type {
    /// What kind of type, and what is in it.
    pub kind: Kind,
    /// Whether its use is warned of.
    pub deprecated: bool,
}

/// What kind of type it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Kind {
    /// A structure with public fields, and a builder.
    Structure {
        /// By name, `r#` included.
        fields: BTreeMap<String, Field>,
        /// Whether the builder's `build` gives a `Result`.
        fallible: bool,
    },
    /// An enum of variants that hold one value each; the values' types, empty for those that hold none.
    Union(BTreeMap<String, String>),
    /// An enum of strings: its variants, and the strings they stand for.
    Enum(BTreeMap<String, String>),
    /// A string of a type of its own.
    Newtype,
    /// The errors of an operation or of a stream of events.
    Errors(Vec<String>),
}

/// A field of a structure.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Field {
    /// Its Rust type, with `Option` and `Box`; types of the crate by their paths in it, `types::Filter`.
    pub ty: String,
    /// Whether `build` fails without it.
    pub needed: bool,
    /// Whether its use is warned of.
    pub deprecated: bool,
}

impl Api {
    pub(crate) fn of(lowered: &ir::Crate) -> Self {
        let mut api = Api::default();
        for operation in &lowered.operations {
            api.operation(operation);
        }
        if lowered.service.client.endpoint_discovery {
            let mut all = api.operations.values_mut();
            if let Some(telling) = all.find(|it| it.name == TELLS_ENDPOINTS) {
                telling.brings.extend(DISCOVERY.map(str::to_owned));
            }
        }
        for structure in &lowered.structures {
            api.structure("types", structure);
        }
        for error in &lowered.errors {
            api.structure("types::error", error);
        }
        for errors in &lowered.stream_errors {
            let kind = Kind::Errors(variants(&errors.variants));
            api.add("types::error", &errors.type_name, kind, false);
        }
        for union in &lowered.unions {
            let variants = union.variants.iter().map(|variant| {
                (identifier(&variant.variant), held(&variant.ty, variant.boxed).unwrap_or_default())
            });
            let deprecated = union.deprecated.is_some();
            api.add("types", &union.type_name, Kind::Union(variants.collect()), deprecated);
        }
        for named in &lowered.enums {
            let kind = named.variants.as_ref().map_or(Kind::Newtype, |variants| {
                let pair = |it: &ir::EnumVariant| (identifier(&it.variant), it.value.clone());
                Kind::Enum(variants.iter().map(pair).collect())
            });
            api.add("types", &named.type_name, kind, named.deprecated.is_some());
        }
        api
    }

    fn operation(&mut self, operation: &ir::Operation) {
        let module = format!("operation::{}", operation.module);
        let errors = Kind::Errors(variants(&operation.errors));
        self.add(&module, &operation.error_type, errors, false);
        for boundary in [&operation.input, &operation.output] {
            self.structure(&module, boundary);
        }
        let waiters = operation.waiters.iter().map(|waiter| Waiter {
            method: format!("wait_until_{}", waiter.snake),
            module: waiter.module.clone(),
        });
        let members = operation.input.members.iter().chain(&operation.output.members);
        let streams = members
            .filter(|member| matches!(member.ty, ir::Type::Stream | ir::Type::EventStream(_)))
            .map(|member| bare(&member.ty));
        let made = Operation {
            name: operation.name.clone(),
            method: identifier(&operation.method),
            module: operation.module.clone(),
            error: format!("{module}::{}", identifier(&operation.error_type)),
            streams: streams.collect(),
            pages: operation.paginator.is_some(),
            presigned: operation.presigning.is_some(),
            waiters: waiters.collect(),
            brings: Vec::new(),
            deprecated: operation.deprecated.is_some(),
        };
        self.operations.insert(identifier(&operation.type_name), made);
    }

    fn structure(&mut self, module: &str, structure: &ir::Structure) {
        let fields = structure.members.iter().map(|member| {
            // A unit can only be in a union.
            let held = held(&member.ty, member.boxed).unwrap_or_else(|| "()".to_owned());
            let field = Field {
                ty: if member.optional { format!("Option<{held}>") } else { held },
                needed: member.is_needed(),
                deprecated: member.deprecated.is_some(),
            };
            (identifier(&member.field), field)
        });
        let kind =
            Kind::Structure { fields: fields.collect(), fallible: structure.build_is_fallible() };
        self.add(module, &structure.type_name, kind, structure.deprecated.is_some());
    }

    fn add(&mut self, module: &str, name: &str, kind: Kind, deprecated: bool) {
        self.types.insert(format!("{module}::{}", identifier(name)), Type { kind, deprecated });
    }
}

/// A name as it is written.
fn identifier(name: &str) -> String {
    ident(name).to_string()
}

fn variants(variants: &[ir::ErrorVariant]) -> Vec<String> {
    variants.iter().map(|variant| identifier(&variant.name)).collect()
}

/// The type with its `Box`; nothing for a unit.
fn held(ty: &ir::Type, boxed: bool) -> Option<String> {
    if *ty == ir::Type::Unit {
        return None;
    }
    let bare = bare(ty);
    Some(if boxed { format!("Box<{bare}>") } else { bare })
}

/// The type as its users would write it.
fn bare(ty: &ir::Type) -> String {
    let plain = match ty {
        ir::Type::Boolean => "bool",
        ir::Type::Byte => "i8",
        ir::Type::Short => "i16",
        ir::Type::Integer => "i32",
        ir::Type::Long => "i64",
        ir::Type::Float => "f32",
        ir::Type::Double => "f64",
        ir::Type::BigInteger => "BigInteger",
        ir::Type::BigDecimal => "BigDecimal",
        ir::Type::String => "String",
        ir::Type::Blob => "Blob",
        ir::Type::Stream => "ByteStream",
        ir::Type::Timestamp => "DateTime",
        ir::Type::Document => "Document",
        ir::Type::Unit => "()",
        ir::Type::EventStream(stream) => {
            let name = if stream.sends { "EventStreamSender" } else { "EventReceiver" };
            return format!("{name}<{}, {}>", path(&stream.union), path(&stream.error));
        }
        ir::Type::Shape(shape) => return path(shape),
        ir::Type::List(element) => return format!("Vec<{}>", self::element(element)),
        ir::Type::Map(key, value) => {
            let key = key.path.as_ref().map_or_else(|| "String".to_owned(), path);
            return format!("HashMap<{key}, {}>", element(value));
        }
    };
    plain.to_owned()
}

fn element(element: &ir::Element) -> String {
    let ty = bare(&element.ty);
    if element.sparse { format!("Option<{ty}>") } else { ty }
}

fn path(path: &ir::Path) -> String {
    let module = match path.place {
        ir::Place::Types => "types",
        ir::Place::Errors => "types::error",
    };
    format!("{module}::{}", identifier(&path.name))
}
