//! Members: their types, whether they are `Option`s, what their schema says. It must not know where
//! the structure that has them is placed.

use serde_json::Value;
use tinsmith_model::{Member, Shape, ShapeKind, ShapeRef, trait_id};

use super::{Lowering, defaults, deprecated, is_string_enum, plain};
use crate::docs;
use crate::ir::{self, Place, Role, Type};
use crate::naming;

impl Lowering<'_> {
    /// The members of a structure, in the model's order.
    pub(super) fn members(&mut self, container: ShapeRef, role: &Role) -> Vec<ir::Member> {
        let members = self.model.shape(container).members();
        members.iter().map(|member| self.member(container, member, role)).collect()
    }

    fn member(&mut self, container: ShapeRef, member: &Member, role: &Role) -> ir::Member {
        let optional = self.is_optional(member, role);
        let default = if optional { None } else { self.default(container, member) };
        let required = member.traits.has(trait_id::REQUIRED) && *role != Role::Input;
        let mut schema = self.schema(self.model.shape(container), member);
        schema.corrected = required && optional;
        let text = member.traits.str(trait_id::DOCUMENTATION).unwrap_or_default();
        let (docs, summary) = if text.trim().is_empty() {
            let line = format!("The member `{}`.", member.name);
            (line.clone(), line)
        } else {
            (docs::markdown(text), docs::summary(text))
        };
        ir::Member {
            name: member.name.clone(),
            field: plain(&naming::field(&member.name)),
            snake: naming::setter_suffix(&member.name),
            docs,
            summary,
            ty: self.member_type(container, member),
            optional,
            boxed: self.is_boxed(container, member),
            default,
            schema,
            deprecated: deprecated(&member.traits),
        }
    }

    pub(super) fn is_boxed(&self, container: ShapeRef, member: &Member) -> bool {
        self.boxed.contains(&(container, member.name.clone()))
    }

    /// Whether the field is an `Option`: see
    /// [optionality](https://smithy.io/2.0/spec/aggregate-types.html#structure-member-optionality),
    /// as a client sees it.
    fn is_optional(&self, member: &Member, role: &Role) -> bool {
        let target = self.model.shape(member.target);
        let has_default =
            member.traits.get(trait_id::DEFAULT).is_some_and(|default| !default.is_null());
        *role == Role::Input
            || target.is_structure()
            || target.is_union()
            || member.traits.has(trait_id::CLIENT_OPTIONAL)
            || !(member.traits.has(trait_id::REQUIRED) || has_default)
    }

    fn default(&mut self, container: ShapeRef, member: &Member) -> Option<ir::Default> {
        let value = member.traits.get(trait_id::DEFAULT).filter(|value| !value.is_null())?;
        let target = self.model.shape(member.target);
        if matches!(target.kind, ShapeKind::BigInteger | ShapeKind::BigDecimal) {
            return self.plain_default(container, member, target, value);
        }
        match defaults::default(target, value) {
            Ok(default) => Some(default),
            Err(message) => {
                let help = "give it a value of the member's type, or null for none";
                self.report(container, Some(&member.name), message, help);
                None
            }
        }
    }

    /// Of these types only the empty value is supported as a default.
    fn plain_default(
        &mut self,
        container: ShapeRef,
        member: &Member,
        target: &Shape,
        value: &Value,
    ) -> Option<ir::Default> {
        if value.as_f64() == Some(0.0) {
            return Some(ir::Default::Empty);
        }
        let message =
            format!("a {} with the default `{value}` isn't supported yet", target.type_name());
        self.report(
            container,
            Some(&member.name),
            message,
            "leave out the operations that need it",
        );
        None
    }

    /// What the schema says of a member of any shape.
    pub(super) fn schema(&self, container: &Shape, member: &Member) -> ir::MemberSchema {
        let target = self.model.shape(member.target);
        let trait_text = |id| member.traits.str(id).or_else(|| target.traits.str(id));
        ir::MemberSchema {
            sensitive: self.is_sensitive(container, member),
            corrected: false,
            json_name: member.traits.str(trait_id::JSON_NAME).map(str::to_owned),
            timestamp: match trait_text(trait_id::TIMESTAMP_FORMAT) {
                Some("date-time") => Some(ir::TimestampFormat::DateTime),
                Some("epoch-seconds") => Some(ir::TimestampFormat::EpochSeconds),
                Some("http-date") => Some(ir::TimestampFormat::HttpDate),
                _ => None,
            },
        }
    }

    /// Whether `Debug` hides the member: its own, its container's or its target's `@sensitive`, or,
    /// for a list or map, that of what is in it.
    fn is_sensitive(&self, container: &Shape, member: &Member) -> bool {
        let mut members = vec![member];
        let mut seen = indexmap::IndexSet::new();
        let sensitive = |shape: &Shape| shape.traits.has(trait_id::SENSITIVE);
        if sensitive(container) {
            return true;
        }
        while let Some(member) = members.pop() {
            let target = self.model.shape(member.target);
            if sensitive(target) || member.traits.has(trait_id::SENSITIVE) {
                return true;
            }
            if matches!(target.kind, ShapeKind::List(_) | ShapeKind::Map { .. })
                && seen.insert(member.target)
            {
                members.extend(target.all_members());
            }
        }
        false
    }

    pub(super) fn member_type(&mut self, container: ShapeRef, member: &Member) -> Type {
        let target = self.model.shape(member.target);
        if target.traits.has(trait_id::STREAMING) {
            let message = format!("streaming isn't supported yet: {} streams", target.id);
            let help = "leave out the operations that need it";
            self.report(container, Some(&member.name), message, help);
        }
        self.target_type(member.target)
    }

    fn target_type(&mut self, r: ShapeRef) -> Type {
        let shape = self.model.shape(r);
        match &shape.kind {
            _ if is_string_enum(shape) => Type::Shape(self.path(r)),
            ShapeKind::Boolean => Type::Boolean,
            ShapeKind::Byte => Type::Byte,
            ShapeKind::Short => Type::Short,
            ShapeKind::Integer | ShapeKind::IntEnum(_) => Type::Integer,
            ShapeKind::Long => Type::Long,
            ShapeKind::Float => Type::Float,
            ShapeKind::Double => Type::Double,
            ShapeKind::BigInteger => Type::BigInteger,
            ShapeKind::BigDecimal => Type::BigDecimal,
            ShapeKind::Blob => Type::Blob,
            ShapeKind::Timestamp => Type::Timestamp,
            ShapeKind::Document => Type::Document,
            ShapeKind::Structure(_) if shape.id.as_str() == "smithy.api#Unit" => Type::Unit,
            ShapeKind::Structure(_) | ShapeKind::Union(_) => Type::Shape(self.path(r)),
            ShapeKind::List(member) => Type::List(Box::new(self.element(r, shape, member))),
            ShapeKind::Map { key, value } => {
                let enumerated = is_string_enum(self.model.shape(key.target));
                let key = enumerated.then(|| self.path(key.target));
                Type::Map(key, Box::new(self.element(r, shape, value)))
            }
            ShapeKind::String
            | ShapeKind::Enum(_)
            | ShapeKind::Operation(_)
            | ShapeKind::Resource(_)
            | ShapeKind::Service(_) => Type::String,
        }
    }

    fn element(&mut self, list: ShapeRef, shape: &Shape, member: &Member) -> ir::Element {
        ir::Element {
            ty: self.member_type(list, member),
            sparse: shape.traits.has(trait_id::SPARSE),
            schema: self.schema(shape, member),
        }
    }

    fn path(&self, r: ShapeRef) -> ir::Path {
        let place = if self.model.shape(r).is_error() { Place::Errors } else { Place::Types };
        ir::Path { name: self.type_name(r), place }
    }
}
