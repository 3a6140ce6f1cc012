//! Binds every reference to the shape it names, or rejects it. It must not know how the shapes will be used.

use indexmap::IndexMap;

use super::{Context, RawShapes, place};
use crate::ast::{Property, PropertyReference, RawMember, RawShape, Reference, Type};
use crate::errors::{Error, Errors};
use crate::id::ShapeId;
use crate::names::article;
use crate::prelude::UNIT;
use crate::shape::{Member, Operation, Resource, Service, Shape, ShapeKind, ShapeRef};
use crate::traits::trait_id;

/// Every shape with its references bound, at the positions the raw shapes had.
pub(super) fn bind(
    context: &Context<'_>,
    shapes: RawShapes,
) -> Result<IndexMap<ShapeId, Shape>, Errors> {
    let mut binder = Binder { context, shapes: &shapes, errors: Vec::new() };
    let bound: Vec<Option<Bound>> = shapes.values().map(|shape| binder.bound(shape)).collect();
    Errors::check(binder.errors)?;
    let complete = |((id, raw), bound): ((ShapeId, RawShape), Option<Bound>)| {
        Some((id, complete(raw, bound?)?))
    };
    Ok(shapes.into_iter().zip(bound).filter_map(complete).collect())
}

/// What a shape's references are bound to.
enum Bound {
    /// The targets of the members, in their order.
    Members(Vec<ShapeRef>),
    Service(Box<ShapeKind>),
}

/// Moves a raw shape and what it is bound to into a shape.
fn complete(raw: RawShape, bound: Bound) -> Option<Shape> {
    let (id, traits, span) = (raw.id, raw.traits, raw.span);
    let targets = match bound {
        Bound::Service(kind) => return Some(Shape { id, kind: *kind, traits, span }),
        Bound::Members(targets) => targets,
    };
    let bind = |(raw, target): (RawMember, ShapeRef)| {
        let RawMember { name, traits, span, .. } = raw;
        Member { name, target, traits, span }
    };
    let mut members: Vec<Member> = raw.members.into_iter().zip(targets).map(bind).collect();
    let mut only = |name: &str| {
        let at = members.iter().position(|member| member.name == name)?;
        Some(members.swap_remove(at))
    };
    let kind = match raw.kind {
        Type::Blob => ShapeKind::Blob,
        Type::Boolean => ShapeKind::Boolean,
        Type::Document => ShapeKind::Document,
        Type::String => ShapeKind::String,
        Type::Timestamp => ShapeKind::Timestamp,
        Type::Byte => ShapeKind::Byte,
        Type::Short => ShapeKind::Short,
        Type::Integer => ShapeKind::Integer,
        Type::Long => ShapeKind::Long,
        Type::Float => ShapeKind::Float,
        Type::Double => ShapeKind::Double,
        Type::BigInteger => ShapeKind::BigInteger,
        Type::BigDecimal => ShapeKind::BigDecimal,
        Type::Enum => ShapeKind::Enum(members),
        Type::IntEnum => ShapeKind::IntEnum(members),
        Type::Structure => ShapeKind::Structure(members),
        Type::Union => ShapeKind::Union(members),
        Type::List => ShapeKind::List(only("member")?),
        Type::Map => ShapeKind::Map { key: only("key")?, value: only("value")? },
        Type::Operation | Type::Resource | Type::Service => return None,
    };
    Some(Shape { id, kind, traits, span })
}

/// What a reference may name.
#[derive(Copy, Clone, Eq, PartialEq)]
enum Wanted {
    Data,
    MapKey,
    Unit,
    Structure,
    Error,
    Operation,
    Resource,
    Any,
}

impl Wanted {
    fn accepts(self, shape: &RawShape) -> bool {
        match self {
            Wanted::Any => true,
            Wanted::Data => shape.kind.is_data(),
            Wanted::MapKey => matches!(shape.kind, Type::String | Type::Enum),
            Wanted::Unit => shape.id.as_str() == UNIT,
            Wanted::Structure => shape.kind == Type::Structure,
            Wanted::Error => shape.kind == Type::Structure && shape.traits.has(trait_id::ERROR),
            Wanted::Operation => shape.kind == Type::Operation,
            Wanted::Resource => shape.kind == Type::Resource,
        }
    }

    fn description(self) -> &'static str {
        match self {
            Wanted::Any => "a shape",
            Wanted::Data => "a data shape: no service, resource or operation",
            Wanted::MapKey => "a string or an enum, as keys of maps are",
            Wanted::Unit => "`smithy.api#Unit`, as members of enums do",
            Wanted::Structure => "a structure",
            Wanted::Error => "a structure with the `smithy.api#error` trait",
            Wanted::Operation => "an operation",
            Wanted::Resource => "a resource",
        }
    }

    fn of(property: Property) -> Wanted {
        use Property as P;
        match property {
            P::Input | P::Output => Wanted::Structure,
            P::Errors => Wanted::Error,
            P::Resources => Wanted::Resource,
            P::Identifiers | P::Properties => Wanted::Data,
            P::Operations | P::CollectionOperations => Wanted::Operation,
            P::Create | P::Put | P::Read | P::Update | P::Delete | P::List => Wanted::Operation,
        }
    }
}

struct Binder<'b> {
    context: &'b Context<'b>,
    shapes: &'b RawShapes,
    errors: Vec<Error>,
}

impl Binder<'_> {
    /// `None` once an error is reported: nothing incomplete leaves this module.
    fn bound(&mut self, shape: &RawShape) -> Option<Bound> {
        let service = |kind| Bound::Service(Box::new(kind));
        Some(match shape.kind {
            Type::Operation => service(ShapeKind::Operation(self.operation(shape)?)),
            Type::Resource => service(ShapeKind::Resource(self.resource(shape))),
            Type::Service => service(ShapeKind::Service(self.service(shape))),
            Type::List => {
                self.require(shape, &["member"]);
                Bound::Members(self.targets(shape)?)
            }
            Type::Map => {
                self.require(shape, &["key", "value"]);
                Bound::Members(self.targets(shape)?)
            }
            _ => Bound::Members(self.targets(shape)?),
        })
    }

    fn reference(
        &mut self,
        shape: &RawShape,
        member: Option<&str>,
        what: &dyn Fn() -> String,
        reference: &Reference,
        wanted: Wanted,
    ) -> Option<ShapeRef> {
        let Some((at, _, target)) = self.shapes.get_full(&reference.id) else {
            let message = format!("{} `{}`, which is not in the model", what(), reference.id);
            let help = self.context.suggest(self.shapes, &reference.id);
            let help = help.unwrap_or_else(|| format!("define `{}` in `shapes`", reference.id));
            let error = self.context.at(reference, &shape.id, member, message);
            self.errors.push(error.with_help(help));
            return None;
        };
        let mend = if !wanted.accepts(target) {
            format!("it must name {}", wanted.description())
        } else if target.traits.has(trait_id::MIXIN) && wanted != Wanted::Any {
            "a mixin can be named in `mixins` alone; name a shape that uses it".to_owned()
        } else {
            return u32::try_from(at).ok().map(ShapeRef);
        };
        let mixin = if target.traits.has(trait_id::MIXIN) { " that is a mixin" } else { "" };
        let kind = target.kind.name();
        let message = format!("{} `{}`, {} {kind}{mixin}", what(), reference.id, article(kind));
        let error = self.context.at(reference, &shape.id, member, message);
        self.errors.push(error.with_help(mend));
        None
    }

    fn targets(&mut self, shape: &RawShape) -> Option<Vec<ShapeRef>> {
        let bind = |member: &RawMember| {
            let wanted = match shape.kind {
                Type::Enum | Type::IntEnum => Wanted::Unit,
                Type::Map if member.name == "key" => Wanted::MapKey,
                _ => Wanted::Data,
            };
            let target = member.target.as_ref()?;
            let what = || format!("{} targets", place(shape, Some(&member.name)));
            self.reference(shape, Some(&member.name), &what, target, wanted)
        };
        // All are looked at before one that failed ends it.
        let found: Vec<Option<ShapeRef>> = shape.members.iter().map(bind).collect();
        found.into_iter().collect()
    }

    /// Reports the members that a list or a map must have and has not.
    fn require(&mut self, shape: &RawShape, names: &[&str]) {
        for name in names {
            if shape.members.iter().any(|member| member.name == *name) {
                continue;
            }
            let message = format!("{} has no `{name}`", place(shape, None));
            let error = Error::at(self.context.source, shape.span, message);
            let help = format!("add it: \"{name}\": {{\"target\": \"smithy.api#String\"}}");
            self.errors.push(error.on(&shape.id, Some(name)).with_help(help));
        }
    }

    /// The shapes that a property of the shape names.
    fn list(&mut self, shape: &RawShape, property: Property) -> Vec<ShapeRef> {
        self.named(shape, property).into_iter().map(|(_, target)| target).collect()
    }

    fn one(&mut self, shape: &RawShape, property: Property) -> Option<ShapeRef> {
        self.list(shape, property).pop()
    }

    fn named(&mut self, shape: &RawShape, property: Property) -> Vec<(String, ShapeRef)> {
        let items = shape.references.iter().filter(|item| item.property == property);
        items.filter_map(|item| self.property_reference(shape, item)).collect()
    }

    fn property_reference(
        &mut self,
        shape: &RawShape,
        item: &PropertyReference,
    ) -> Option<(String, ShapeRef)> {
        let what = || format!("{}: `{}` names", place(shape, None), item.property.name());
        let member = Some(item.name.as_str()).filter(|name| !name.is_empty());
        let wanted = Wanted::of(item.property);
        let target = self.reference(shape, member, &what, &item.reference, wanted)?;
        Some((item.name.clone(), target))
    }

    fn operation(&mut self, shape: &RawShape) -> Option<Operation> {
        let unit = self.shapes.get_index_of(UNIT).and_then(|at| u32::try_from(at).ok());
        let unit = unit.map(ShapeRef);
        let input = self.one(shape, Property::Input);
        let output = self.one(shape, Property::Output);
        let errors = self.list(shape, Property::Errors);
        Some(Operation { input: input.or(unit)?, output: output.or(unit)?, errors })
    }

    fn resource(&mut self, shape: &RawShape) -> Resource {
        Resource {
            identifiers: self.named(shape, Property::Identifiers).into_iter().collect(),
            properties: self.named(shape, Property::Properties).into_iter().collect(),
            create: self.one(shape, Property::Create),
            put: self.one(shape, Property::Put),
            read: self.one(shape, Property::Read),
            update: self.one(shape, Property::Update),
            delete: self.one(shape, Property::Delete),
            list: self.one(shape, Property::List),
            operations: self.list(shape, Property::Operations),
            collection_operations: self.list(shape, Property::CollectionOperations),
            resources: self.list(shape, Property::Resources),
        }
    }

    fn service(&mut self, shape: &RawShape) -> Service {
        let mut rename = IndexMap::new();
        for (reference, name) in &shape.rename {
            let what = || format!("{} renames", place(shape, None));
            if let Some(target) = self.reference(shape, None, &what, reference, Wanted::Any) {
                rename.insert(target, name.clone());
            }
        }
        Service {
            version: shape.version.clone().unwrap_or_default(),
            operations: self.list(shape, Property::Operations),
            resources: self.list(shape, Property::Resources),
            errors: self.list(shape, Property::Errors),
            rename,
        }
    }
}
