//! What a generated crate offers, by the names that callers use: for tools that compare crates, or read code written
//! against one. It must not know how any of it is written down.

use std::collections::BTreeMap;

use crate::customize::TELLS_ENDPOINTS;
use crate::emit::type_text;
use crate::ir;

/// The names of endpoint discovery.
const DISCOVERY: [&str; 2] = ["with_endpoint_discovery_enabled", "endpoint_discovery"];

/// The public names of a generated crate.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Api {
    /// The operations, sorted by their Smithy names.
    pub operations: Vec<Operation>,
    /// What is in `types` and `types::error`, sorted by name.
    pub types: Vec<Type>,
}

/// An operation by all its names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Operation {
    /// The Smithy name.
    pub name: String,
    /// The client's method.
    pub method: String,
    /// The module below `operation`.
    pub module: String,
    /// The types in this module and in its `builders` and `paginator`.
    pub types: Vec<String>,
    /// The input's members.
    pub input: BTreeMap<String, Member>,
    /// The output's members.
    pub output: BTreeMap<String, Member>,
    /// The variants of its error enum.
    pub errors: Vec<String>,
    /// Whether it has a paginator.
    pub paginated: bool,
    /// Its waiters.
    pub waiters: Vec<Waiter>,
    /// What else a crate has only if it has this operation: methods of the client, and modules.
    pub brings: Vec<String>,
}

/// A waiter by its names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Waiter {
    /// The client's method.
    pub method: String,
    /// The module below `waiters`.
    pub module: String,
    /// The types in this module.
    pub types: Vec<String>,
}

/// A type of the service.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Type {
    /// The Rust name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// A structure's fields, a union's or enum's variants.
    pub members: BTreeMap<String, Member>,
}

/// What a type is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// A struct.
    Structure,
    /// A struct in `types::error`.
    Error,
    /// An enum whose variants hold values.
    Union,
    /// An enum of texts.
    Enum,
    /// A newtype of a text.
    UnnamedEnum,
    /// The enum of what may come in the place of an event.
    StreamError,
}

/// A field, or a variant.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Member {
    /// A field's type, what a union's variant holds, or the text of an enum's variant.
    pub of: String,
    /// What the setter of a builder takes, where there is one.
    pub setter: Option<String>,
    /// Whether `build` fails without it, or what it is then instead.
    pub needed: bool,
    /// The note of its deprecation.
    pub deprecated: Option<String>,
}

impl Api {
    /// The names of a crate.
    pub(crate) fn of(lowered: &ir::Crate) -> Self {
        let mut operations: Vec<Operation> = lowered.operations.iter().map(operation).collect();
        operations.sort_by(|a, b| a.name.cmp(&b.name));
        if lowered.service.client.endpoint_discovery {
            let telling = operations.iter_mut().filter(|it| it.name == TELLS_ENDPOINTS);
            telling.for_each(|it| it.brings.extend(DISCOVERY.map(str::to_owned)));
        }
        let structures = lowered.structures.iter().map(|it| structure(it, Kind::Structure));
        let errors = lowered.errors.iter().map(|it| structure(it, Kind::Error));
        let unions = lowered.unions.iter().map(union);
        let enums = lowered.enums.iter().map(string_enum);
        let streams = lowered.stream_errors.iter().map(stream_errors);
        let types = structures.chain(errors).chain(unions).chain(enums).chain(streams);
        let mut types: Vec<Type> = types.collect();
        types.sort_by(|a, b| (&a.name, a.kind).cmp(&(&b.name, b.kind)));
        Self { operations, types }
    }
}

fn operation(operation: &ir::Operation) -> Operation {
    let mut types =
        vec![operation.type_name.clone(), operation.error_type.clone(), operation.fluent_builder()];
    for boundary in [&operation.input, &operation.output] {
        types.extend([boundary.type_name.clone(), boundary.builder_name()]);
    }
    if let Some(paginator) = &operation.paginator {
        types.push(paginator.type_name.clone());
        types.extend(paginator.items.is_some().then(|| paginator.items_name.clone()));
    }
    let waiter = |waiter: &ir::Waiter| Waiter {
        method: format!("wait_until_{}", waiter.snake),
        module: waiter.module.clone(),
        types: vec![
            waiter.fluent_builder(),
            format!("{}FinalPoll", waiter.pascal),
            format!("WaitUntil{}Error", waiter.pascal),
        ],
    };
    Operation {
        name: operation.name.clone(),
        method: operation.method.clone(),
        module: operation.module.clone(),
        types,
        input: members(&operation.input),
        output: members(&operation.output),
        errors: operation.errors.iter().map(|error| error.name.clone()).collect(),
        paginated: operation.paginator.is_some(),
        waiters: operation.waiters.iter().map(waiter).collect(),
        brings: Vec::new(),
    }
}

fn structure(structure: &ir::Structure, kind: Kind) -> Type {
    Type { name: structure.type_name.clone(), kind, members: members(structure) }
}

fn members(structure: &ir::Structure) -> BTreeMap<String, Member> {
    let member = |member: &ir::Member| {
        let of = type_text(&member.ty, member.boxed);
        let setter = match &member.ty {
            ir::Type::List(element) => type_text(&element.ty, false),
            _ => of.clone(),
        };
        let of = if member.optional { format!("Option<{of}>") } else { of };
        let described = Member {
            of,
            setter: Some(setter),
            needed: member.is_needed(),
            deprecated: member.deprecated.clone(),
        };
        (member.field.clone(), described)
    };
    structure.members.iter().map(member).collect()
}

fn union(union: &ir::Union) -> Type {
    let variant = |variant: &ir::UnionVariant| {
        let of = type_text(&variant.ty, variant.boxed);
        let deprecated = variant.deprecated.clone();
        (variant.variant.clone(), Member { of, deprecated, ..Member::default() })
    };
    let members = union.variants.iter().map(variant).collect();
    Type { name: union.type_name.clone(), kind: Kind::Union, members }
}

fn string_enum(string_enum: &ir::Enum) -> Type {
    let variant = |variant: &ir::EnumVariant| {
        let deprecated = variant.deprecated.clone();
        let of = variant.value.clone();
        (variant.variant.clone(), Member { of, deprecated, ..Member::default() })
    };
    let variants = string_enum.variants.as_deref();
    Type {
        name: string_enum.type_name.clone(),
        kind: if variants.is_some() { Kind::Enum } else { Kind::UnnamedEnum },
        members: variants.unwrap_or_default().iter().map(variant).collect(),
    }
}

fn stream_errors(errors: &ir::StreamErrors) -> Type {
    let variants = errors.variants.iter();
    let members = variants.map(|variant| (variant.name.clone(), Member::default())).collect();
    Type { name: errors.type_name.clone(), kind: Kind::StreamError, members }
}
