//! What is known of the values that expressions find. It must not know expressions.

use tinsmith_model::{Model, ShapeKind, ShapeRef, did_you_mean, nearest, trait_id};

use super::Problem;

/// A type of value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// A structure, union or map.
    Shape(ShapeRef),
    List(Box<Type>),
    /// An object that an expression makes, or that a root is.
    Object(Vec<(String, Type)>),
    Boolean,
    Number,
    String,
    Null,
    /// Bytes or events that come later.
    Stream,
    /// A document, or what has no single type.
    Any,
}

impl Type {
    /// The type of a shape's values. See
    /// [the data model](https://smithy.io/2.0/additional-specs/waiters.html#jmespath-data-model).
    pub(crate) fn of(model: &Model, shape: ShapeRef) -> Self {
        let is_stream = model.shape(shape).traits.has(trait_id::STREAMING);
        match &model.shape(shape).kind {
            ShapeKind::Blob | ShapeKind::Union(_) if is_stream => Self::Stream,
            ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Blob => Self::String,
            ShapeKind::Boolean => Self::Boolean,
            ShapeKind::Byte
            | ShapeKind::Short
            | ShapeKind::Integer
            | ShapeKind::IntEnum(_)
            | ShapeKind::Long
            | ShapeKind::Float
            | ShapeKind::Double
            | ShapeKind::BigInteger
            | ShapeKind::BigDecimal
            | ShapeKind::Timestamp => Self::Number,
            // A list may be of itself, which no value that ends can be: the elements' type isn't looked at before it
            // is asked for.
            ShapeKind::List(_)
            | ShapeKind::Structure(_)
            | ShapeKind::Union(_)
            | ShapeKind::Map { .. } => Self::Shape(shape),
            ShapeKind::Document
            | ShapeKind::Operation(_)
            | ShapeKind::Resource(_)
            | ShapeKind::Service(_) => Self::Any,
        }
    }

    /// The type that two types have in common.
    pub(super) fn join(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Null, other) => other,
            (one, Self::Null) => one,
            _ => Self::Any,
        }
    }

    /// The type of its elements, if it can be a list.
    pub(crate) fn element(&self, model: &Model) -> Option<Self> {
        match self {
            Self::List(element) => Some((**element).clone()),
            Self::Shape(shape) => match &model.shape(*shape).kind {
                ShapeKind::List(member) => Some(Self::of(model, member.target)),
                _ => None,
            },
            Self::Any | Self::Null => Some(self.clone()),
            _ => None,
        }
    }

    /// The type that its values have, if it can be an object.
    pub(super) fn values(&self, model: &Model) -> Option<Self> {
        let joined = |types: &mut dyn Iterator<Item = Self>| types.fold(Self::Null, Self::join);
        match self {
            Self::Object(entries) => Some(joined(&mut entries.iter().map(|(_, ty)| ty.clone()))),
            Self::Shape(shape) => match &model.shape(*shape).kind {
                ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                    Some(joined(&mut members.iter().map(|it| Self::of(model, it.target))))
                }
                ShapeKind::Map { value, .. } => Some(Self::of(model, value.target)),
                _ => None,
            },
            Self::Any | Self::Null => Some(self.clone()),
            _ => None,
        }
    }

    /// The type of what it has by this name.
    pub(super) fn field(&self, model: &Model, name: &str) -> Result<Self, Problem> {
        let lacks = |names: &mut dyn Iterator<Item = &str>| {
            let names: Vec<&str> = names.collect();
            let help = did_you_mean(&nearest(name, names.iter().copied()));
            let message =
                format!("asks {} for `{name}`, which it doesn't have", self.describe(model));
            let all = || format!("it has {}", names.join(", "));
            Problem::new(message, help.unwrap_or_else(all))
        };
        match self {
            Self::Object(entries) => match entries.iter().find(|(key, _)| key == name) {
                Some((_, ty)) => Ok(ty.clone()),
                None => Err(lacks(&mut entries.iter().map(|(key, _)| key.as_str()))),
            },
            Self::Shape(shape) => match &model.shape(*shape).kind {
                ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                    match members.iter().find(|member| member.name == name) {
                        Some(member) => Ok(Self::of(model, member.target)),
                        None => Err(lacks(&mut members.iter().map(|it| it.name.as_str()))),
                    }
                }
                ShapeKind::Map { value, .. } => Ok(Self::of(model, value.target)),
                _ => Err(Problem::new(
                    format!("asks {} for `{name}`", self.describe(model)),
                    "put `[]` before the name, so that each element is asked",
                )),
            },
            Self::Any | Self::Null => Ok(self.clone()),
            Self::List(_) => Err(Problem::new(
                format!("asks a list for `{name}`"),
                "put `[]` before the name, so that each element is asked",
            )),
            _ => Err(Problem::new(
                format!("asks {} for `{name}`", self.describe(model)),
                "only structures, unions, maps and documents have names in them",
            )),
        }
    }

    /// Whether a value can be both of this type and of the other.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let is_open = |ty: &Self| matches!(ty, Self::Any | Self::Null);
        let is_simple = |ty: &Self| matches!(ty, Self::Boolean | Self::Number | Self::String);
        is_open(self) || is_open(other) || self == other || !is_simple(self) && !is_simple(other)
    }

    /// What an error calls it.
    pub(crate) fn describe(&self, model: &Model) -> String {
        match self {
            Self::Shape(shape) => {
                let shape = model.shape(*shape);
                format!("the {} `{}`", shape.type_name(), shape.id.name())
            }
            Self::List(_) => "a list".to_owned(),
            Self::Object(_) => "an object".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::String => "a string".to_owned(),
            Self::Null => "null".to_owned(),
            Self::Stream => "a stream".to_owned(),
            Self::Any => "a document".to_owned(),
        }
    }
}
