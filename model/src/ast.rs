//! Shapes as readers hand them over: IDs not yet bound, mixins and applies not yet merged. It must not know any format.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::id::ShapeId;
use crate::source::Span;
use crate::traits::Traits;

/// The major version of the specification that the model is written in.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Version {
    V1,
    V2,
}

/// A model as written, in file order.
#[derive(Debug)]
pub(crate) struct Ast {
    pub(crate) version: Version,
    pub(crate) metadata: Map<String, Value>,
    pub(crate) shapes: IndexMap<ShapeId, RawShape>,
    pub(crate) applies: Vec<Apply>,
}

/// A shape's type: Smithy specification, "JSON AST: AST shapes".
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Type {
    Blob,
    Boolean,
    Document,
    String,
    Timestamp,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    Enum,
    IntEnum,
    List,
    Map,
    Structure,
    Union,
    Operation,
    Resource,
    Service,
}

impl Type {
    const ALL: [(&'static str, Type); 22] = [
        ("blob", Type::Blob),
        ("boolean", Type::Boolean),
        ("document", Type::Document),
        ("string", Type::String),
        ("timestamp", Type::Timestamp),
        ("byte", Type::Byte),
        ("short", Type::Short),
        ("integer", Type::Integer),
        ("long", Type::Long),
        ("float", Type::Float),
        ("double", Type::Double),
        ("bigInteger", Type::BigInteger),
        ("bigDecimal", Type::BigDecimal),
        ("enum", Type::Enum),
        ("intEnum", Type::IntEnum),
        ("list", Type::List),
        ("map", Type::Map),
        ("structure", Type::Structure),
        ("union", Type::Union),
        ("operation", Type::Operation),
        ("resource", Type::Resource),
        ("service", Type::Service),
    ];

    pub(crate) fn from_name(name: &str) -> Option<Type> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }

    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|(name, _)| name)
    }

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, kind)| *kind == self).map_or("shape", |(name, _)| name)
    }

    /// Whether members can target it.
    pub(crate) fn is_data(self) -> bool {
        !matches!(self, Type::Operation | Type::Resource | Type::Service)
    }

    /// The JSON value that Smithy 1.0 gives unboxed shapes of this type for lack of another.
    pub(crate) fn zero_value(self) -> Option<Value> {
        match self {
            Type::Boolean => Some(Value::Bool(false)),
            Type::Byte | Type::Short | Type::Integer | Type::Long | Type::Float | Type::Double => {
                Some(Value::from(0))
            }
            _ => None,
        }
    }
}

/// A property of a shape that refers to other shapes, not through members.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub(crate) enum Property {
    Input,
    Output,
    Errors,
    Operations,
    CollectionOperations,
    Resources,
    Create,
    Put,
    Read,
    Update,
    Delete,
    List,
    Identifiers,
    Properties,
}

impl Property {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Property::Input => "input",
            Property::Output => "output",
            Property::Errors => "errors",
            Property::Operations => "operations",
            Property::CollectionOperations => "collectionOperations",
            Property::Resources => "resources",
            Property::Create => "create",
            Property::Put => "put",
            Property::Read => "read",
            Property::Update => "update",
            Property::Delete => "delete",
            Property::List => "list",
            Property::Identifiers => "identifiers",
            Property::Properties => "properties",
        }
    }

    /// Whether a later definition replaces an earlier one, rather than adding to it.
    pub(crate) fn is_single(self) -> bool {
        use Property as P;
        matches!(
            self,
            P::Input | P::Output | P::Create | P::Put | P::Read | P::Update | P::Delete | P::List
        )
    }
}

/// An ID that has yet to be bound.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) id: ShapeId,
    pub(crate) span: Option<Span>,
}

/// A reference from a property; `name` is its key in `identifiers` and `properties`, and empty elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct PropertyReference {
    pub(crate) property: Property,
    pub(crate) name: String,
    pub(crate) reference: Reference,
}

#[derive(Clone, Debug)]
pub(crate) struct RawMember {
    pub(crate) name: String,
    /// Absent if it is to come from a mixin.
    pub(crate) target: Option<Reference>,
    pub(crate) traits: Traits,
    pub(crate) span: Option<Span>,
    /// Whether only an `apply` speaks of it, so that a mixin must have it.
    pub(crate) applied: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct RawShape {
    pub(crate) id: ShapeId,
    pub(crate) span: Option<Span>,
    pub(crate) kind: Type,
    pub(crate) traits: Traits,
    pub(crate) mixins: Vec<Reference>,
    /// A list's is named `member`, a map's `key` and `value`.
    pub(crate) members: Vec<RawMember>,
    pub(crate) references: Vec<PropertyReference>,
    pub(crate) version: Option<String>,
    pub(crate) rename: Vec<(Reference, String)>,
}

impl RawShape {
    pub(crate) fn new(id: ShapeId, span: Option<Span>, kind: Type) -> Self {
        RawShape {
            id,
            span,
            kind,
            traits: Traits::default(),
            mixins: Vec::new(),
            members: Vec::new(),
            references: Vec::new(),
            version: None,
            rename: Vec::new(),
        }
    }
}

/// Traits for a shape or member defined elsewhere: Smithy specification, "JSON AST: AST apply type".
#[derive(Clone, Debug)]
pub(crate) struct Apply {
    pub(crate) target: Reference,
    pub(crate) member: Option<String>,
    pub(crate) traits: Traits,
}
