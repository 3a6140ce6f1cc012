//! Shapes as a finished model holds them, every reference bound. It must not know how they were written or read.

use indexmap::IndexMap;
use serde_json::Value;

use crate::id::ShapeId;
use crate::source::Span;
use crate::traits::{Traits, trait_id};

/// A shape in one [`Model`](crate::Model), by its position there; meaningless in another model.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug)]
pub struct ShapeRef(pub(crate) u32);

impl ShapeRef {
    /// Its position in [`Model::shapes`](crate::Model::shapes), for tables beside the model.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A named definition: Smithy specification, "The semantic model".
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its absolute ID.
    pub id: ShapeId,
    /// What it is.
    pub kind: ShapeKind,
    /// Its traits; those of its mixins are among them.
    pub traits: Traits,
    /// Where its ID is written; `None` for the prelude.
    pub span: Option<Span>,
}

/// Members in the order they were written, those of mixins first.
pub type Members = Vec<Member>;

/// What a shape is: Smithy specification, "Simple types", "Aggregate types" and "Service types".
///
/// `set`, which Smithy 2.0 deprecates, is a [`List`](ShapeKind::List) with the `uniqueItems` trait.
#[derive(Clone, Debug)]
pub enum ShapeKind {
    /// Uninterpreted bytes.
    Blob,
    /// True or false.
    Boolean,
    /// Untyped data that follows the protocol's data model.
    Document,
    /// UTF-8 text.
    String,
    /// A point in time.
    Timestamp,
    /// 8 bits, signed.
    Byte,
    /// 16 bits, signed.
    Short,
    /// 32 bits, signed.
    Integer,
    /// 64 bits, signed.
    Long,
    /// IEEE 754, 32 bits.
    Float,
    /// IEEE 754, 64 bits.
    Double,
    /// A signed integer of any size.
    BigInteger,
    /// A signed decimal of any precision.
    BigDecimal,
    /// Strings by name; each member has an `enumValue` string.
    Enum(Members),
    /// 32-bit integers by name; each member has an `enumValue` integer.
    IntEnum(Members),
    /// An ordered collection; the member's name is `member`.
    List(Member),
    /// From strings to values; the members' names are `key` and `value`.
    Map {
        /// What the keys are: a string or an enum.
        key: Member,
        /// What the values are.
        value: Member,
    },
    /// Named members, any number of them set.
    Structure(Members),
    /// Named members, exactly one of them set.
    Union(Members),
    /// An operation.
    Operation(Operation),
    /// A resource.
    Resource(Resource),
    /// A service.
    Service(Service),
}

/// A part of an aggregate shape that targets another shape: Smithy specification, "Aggregate types".
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name within the containing shape.
    pub name: String,
    /// The shape it targets.
    pub target: ShapeRef,
    /// The traits of the member, not of its target.
    pub traits: Traits,
    /// Where it is written, which for a member from a mixin is in the mixin.
    pub span: Option<Span>,
}

impl Member {
    /// The value of an `enum` or `intEnum` member; an enum member that states none has its name.
    pub fn enum_value(&self) -> Option<&Value> {
        self.traits.get(trait_id::ENUM_VALUE)
    }
}

/// Smithy specification, "Service types: Operation".
#[derive(Clone, Debug)]
pub struct Operation {
    /// A structure; `smithy.api#Unit` if none is written.
    pub input: ShapeRef,
    /// A structure; `smithy.api#Unit` if none is written.
    pub output: ShapeRef,
    /// Structures with the `error` trait; those of the service are not repeated here.
    pub errors: Vec<ShapeRef>,
}

/// Smithy specification, "Service types: Resource".
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// The names and shapes of its identifiers.
    pub identifiers: IndexMap<String, ShapeRef>,
    /// The names and shapes of its properties.
    pub properties: IndexMap<String, ShapeRef>,
    /// The lifecycle operation `create`.
    pub create: Option<ShapeRef>,
    /// The lifecycle operation `put`.
    pub put: Option<ShapeRef>,
    /// The lifecycle operation `read`.
    pub read: Option<ShapeRef>,
    /// The lifecycle operation `update`.
    pub update: Option<ShapeRef>,
    /// The lifecycle operation `delete`.
    pub delete: Option<ShapeRef>,
    /// The lifecycle operation `list`.
    pub list: Option<ShapeRef>,
    /// Further operations on one instance.
    pub operations: Vec<ShapeRef>,
    /// Further operations on the collection.
    pub collection_operations: Vec<ShapeRef>,
    /// Child resources.
    pub resources: Vec<ShapeRef>,
}

impl Resource {
    /// All operations bound to this resource itself: lifecycle, instance, collection.
    pub fn bound_operations(&self) -> impl Iterator<Item = ShapeRef> {
        let lifecycle = [self.create, self.put, self.read, self.update, self.delete, self.list];
        let further = self.operations.iter().chain(&self.collection_operations);
        lifecycle.into_iter().flatten().chain(further.copied())
    }
}

/// Smithy specification, "Service types: Service".
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// The version, in whatever form; empty if none is written.
    pub version: String,
    /// Operations bound to the service itself, without those of its resources.
    pub operations: Vec<ShapeRef>,
    /// Resources bound to the service itself.
    pub resources: Vec<ShapeRef>,
    /// Errors that every operation can return.
    pub errors: Vec<ShapeRef>,
    /// Names that shapes of the closure take in place of their own.
    pub rename: IndexMap<ShapeRef, String>,
}

impl Shape {
    /// The members by name of a structure, union, enum or intEnum; of any other shape none.
    ///
    /// [`Shape::all_members`] has those of lists and maps as well.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            ShapeKind::Structure(members)
            | ShapeKind::Union(members)
            | ShapeKind::Enum(members)
            | ShapeKind::IntEnum(members) => members,
            _ => &[],
        }
    }

    /// Every member, a list's `member` and a map's `key` and `value` too.
    pub fn all_members(&self) -> impl Iterator<Item = &Member> {
        let unnamed = match &self.kind {
            ShapeKind::List(member) => [Some(member), None],
            ShapeKind::Map { key, value } => [Some(key), Some(value)],
            _ => [None, None],
        };
        unnamed.into_iter().flatten().chain(self.members())
    }

    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.all_members().find(|member| member.name == name)
    }

    /// The type's name in the specification: "structure", "intEnum", …
    pub fn type_name(&self) -> &'static str {
        match &self.kind {
            ShapeKind::Blob => "blob",
            ShapeKind::Boolean => "boolean",
            ShapeKind::Document => "document",
            ShapeKind::String => "string",
            ShapeKind::Timestamp => "timestamp",
            ShapeKind::Byte => "byte",
            ShapeKind::Short => "short",
            ShapeKind::Integer => "integer",
            ShapeKind::Long => "long",
            ShapeKind::Float => "float",
            ShapeKind::Double => "double",
            ShapeKind::BigInteger => "bigInteger",
            ShapeKind::BigDecimal => "bigDecimal",
            ShapeKind::Enum(_) => "enum",
            ShapeKind::IntEnum(_) => "intEnum",
            ShapeKind::List(_) => "list",
            ShapeKind::Map { .. } => "map",
            ShapeKind::Structure(_) => "structure",
            ShapeKind::Union(_) => "union",
            ShapeKind::Operation(_) => "operation",
            ShapeKind::Resource(_) => "resource",
            ShapeKind::Service(_) => "service",
        }
    }

    /// Whether it is a structure.
    pub fn is_structure(&self) -> bool {
        matches!(self.kind, ShapeKind::Structure(_))
    }

    /// Whether it is a union.
    pub fn is_union(&self) -> bool {
        matches!(self.kind, ShapeKind::Union(_))
    }

    /// Whether it is an enum of strings.
    pub fn is_enum(&self) -> bool {
        matches!(self.kind, ShapeKind::Enum(_))
    }

    /// Whether it is a structure with the `error` trait.
    pub fn is_error(&self) -> bool {
        self.is_structure() && self.traits.has(trait_id::ERROR)
    }

    /// Whether it only lends its members and traits to others: Smithy specification, "Mixins".
    pub fn is_mixin(&self) -> bool {
        self.traits.has(trait_id::MIXIN)
    }

    /// Whether it describes data, so that a member can target it: all but operations, resources and services.
    pub fn is_data(&self) -> bool {
        !matches!(
            self.kind,
            ShapeKind::Operation(_) | ShapeKind::Resource(_) | ShapeKind::Service(_)
        )
    }

    /// The operation, if it is one.
    pub fn as_operation(&self) -> Option<&Operation> {
        match &self.kind {
            ShapeKind::Operation(operation) => Some(operation),
            _ => None,
        }
    }

    /// The resource, if it is one.
    pub fn as_resource(&self) -> Option<&Resource> {
        match &self.kind {
            ShapeKind::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    /// The service, if it is one.
    pub fn as_service(&self) -> Option<&Service> {
        match &self.kind {
            ShapeKind::Service(service) => Some(service),
            _ => None,
        }
    }
}
