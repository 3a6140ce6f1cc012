//! Members: their types, whether they are `Option`s, what their schema says. It must not know where
//! the structure that has them is placed.

use tinsmith_model::{Member, Shape, ShapeKind, ShapeRef, trait_id};

use super::events::is_event_stream;
use super::{Lowering, defaults, deprecated, is_string_enum, plain};
use crate::docs;
use crate::ir::{self, Place, Role, Type};
use crate::naming;
use crate::settings::Defaults;

impl Lowering<'_> {
    /// The members of a structure, in the model's order.
    pub(super) fn members(&mut self, container: ShapeRef, role: &Role) -> Vec<ir::Member> {
        let members = self.model.shape(container).members();
        members.iter().map(|member| self.member(container, member, role)).collect()
    }

    fn member(&mut self, container: ShapeRef, member: &Member, role: &Role) -> ir::Member {
        let optional = self.is_optional(member, role);
        let default = if optional { None } else { self.default(container, member) };
        let required = member.traits.has(trait_id::REQUIRED);
        let mut schema = self.schema_of(self.model.shape(container), member, role);
        schema.corrected = required && optional && *role != Role::Input;
        // Only where a server has to refuse a request without it.
        let is_stream = |member: &Member| is_event_stream(self.model.shape(member.target));
        let begins_a_stream =
            *role == Role::Input && self.model.shape(container).members().iter().any(is_stream);
        schema.required |= required && begins_a_stream && !is_stream(member);
        schema.event_stream = is_stream(member);
        if self.defaults == Defaults::Official && *role == Role::Nested && !required {
            let target = self.model.shape(member.target);
            schema.unsent = default.as_ref().and_then(|default| defaults::scalar(target, default));
        }
        let text = member.traits.str(trait_id::DOCUMENTATION).unwrap_or_default();
        let (mut docs, mut summary) = docs::markdown_and_summary(text);
        // There may be markup and nothing in it.
        if docs.is_empty() {
            docs = format!("The member `{}`.", member.name);
            summary.clone_from(&docs);
        }
        ir::Member {
            name: member.name.clone(),
            field: plain(&naming::field(&member.name)),
            snake: naming::setter_suffix(&member.name),
            docs,
            summary,
            required,
            target: self.model.shape(member.target).id.name().to_owned(),
            ty: self.field_type(container, member, role),
            optional,
            boxed: self.is_boxed(container, member),
            default,
            schema,
            deprecated: deprecated(&member.traits),
        }
    }

    /// Whether some member holds this shape in a `Box`.
    pub(super) fn is_boxed_somewhere(&self, r: ShapeRef) -> bool {
        self.boxed.iter().any(|(container, name)| {
            let members = self.model.shape(*container).members();
            members.iter().any(|member| member.name == *name && member.target == r)
        })
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
        if target.traits.has(trait_id::STREAMING) {
            return false;
        }
        *role == Role::Input
            || target.is_structure()
            || target.is_union()
            || member.traits.has(trait_id::CLIENT_OPTIONAL)
            || !(member.traits.has(trait_id::REQUIRED) || has_default)
    }

    fn default(&mut self, container: ShapeRef, member: &Member) -> Option<ir::Default> {
        let target = self.model.shape(member.target);
        if target.traits.has(trait_id::STREAMING) {
            // A stream that isn't there is one without bytes; one of events has to be there.
            return (!is_event_stream(target)).then_some(ir::Default::Empty);
        }
        let value = member.traits.get(trait_id::DEFAULT).filter(|value| !value.is_null())?;
        match defaults::default(target, value) {
            Ok(default) => Some(default),
            Err(message) => {
                let help = "give it a value of the member's type, or null for none";
                self.report(container, Some(&member.name), message, help);
                None
            }
        }
    }

    /// The type of a structure's member. Only a whole message can be a stream.
    fn field_type(&mut self, container: ShapeRef, member: &Member, role: &Role) -> Type {
        if is_event_stream(self.model.shape(member.target)) {
            return self.event_stream(container, member, role);
        }
        let ty = self.member_type(container, member);
        if ty == Type::Stream && !matches!(role, Role::Input | Role::Output) {
            let message = "only an operation's input or output can have a member that streams";
            let help = "take the trait `smithy.api#streaming` off its target";
            self.report(container, Some(&member.name), message, help);
        }
        ty
    }

    pub(super) fn member_type(&mut self, container: ShapeRef, member: &Member) -> Type {
        if is_event_stream(self.model.shape(member.target)) {
            let message = "a stream of events can't be in a list, map or union";
            let help = "take the trait `smithy.api#streaming` off its target";
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
            ShapeKind::Blob if shape.traits.has(trait_id::STREAMING) => Type::Stream,
            ShapeKind::Blob => Type::Blob,
            ShapeKind::Timestamp => Type::Timestamp,
            ShapeKind::Document => Type::Document,
            ShapeKind::Structure(_) if shape.id.as_str() == "smithy.api#Unit" => Type::Unit,
            ShapeKind::Structure(_) | ShapeKind::Union(_) => Type::Shape(self.path(r)),
            ShapeKind::List(member) => Type::List(Box::new(self.element(r, shape, member))),
            ShapeKind::Map { key, value } => {
                let enumerated = is_string_enum(self.model.shape(key.target));
                let path = enumerated.then(|| self.path(key.target));
                // Whether a map is sensitive its member says, and a key isn't looked at by itself.
                let schema = ir::MemberSchema { sensitive: false, ..self.schema(shape, key) };
                let key = ir::Key { path, schema };
                Type::Map(Box::new(key), Box::new(self.element(r, shape, value)))
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
