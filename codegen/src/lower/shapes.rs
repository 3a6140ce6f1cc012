//! Shapes that get a type: structures, errors, unions, string enums. It must not know operations.

use std::collections::HashMap;

use serde_json::Value;
use tinsmith_model::{ShapeKind, ShapeRef, trait_id};

use super::{Lowering, deprecated, plain};
use crate::docs;
use crate::ir::{self, Role};
use crate::naming;

impl Lowering<'_> {
    pub(super) fn structure(
        &mut self,
        r: ShapeRef,
        type_name: String,
        file: String,
        role: Role,
        docs: String,
    ) -> ir::Structure {
        let shape = self.model.shape(r);
        let members = self.members(r, &role);
        let own: &[&str] = match role {
            Role::Error { retry: Some(_) } => &["set_meta", "retryable_error_kind"],
            Role::Error { retry: None } => &["set_meta"],
            _ => &[],
        };
        let methods = members.iter().flat_map(|m| {
            let accessors =
                [m.field.clone(), format!("set_{}", m.snake), format!("get_{}", m.snake)];
            accessors.map(|method| (m.name.as_str(), method))
        });
        self.check_names(r, own, methods);
        ir::Structure {
            id: shape.id.to_string(),
            type_name,
            file,
            docs,
            members,
            xml: self.xml_shape(shape),
            deprecated: deprecated(&shape.traits),
            role,
        }
    }

    pub(super) fn error_structure(&mut self, r: ShapeRef) -> ir::Structure {
        let shape = self.model.shape(r);
        let retry = shape.traits.get(trait_id::RETRYABLE).map(|retryable| {
            let throttling = retryable.get("throttling").and_then(Value::as_bool);
            match (throttling, shape.traits.str(trait_id::ERROR)) {
                (Some(true), _) => "ThrottlingError",
                (_, Some("server")) => "ServerError",
                _ => "ClientError",
            }
        });
        let (docs, (name, file)) = (self.docs(shape), self.type_and_file(r));
        let mut error = self.structure(r, name, file, Role::Error { retry }, docs);
        // Every error has a message, modeled or not.
        if !error.members.iter().any(|member| member.field == "message") {
            error.members.push(ir::Member {
                name: "message".to_owned(),
                field: "message".to_owned(),
                snake: "message".to_owned(),
                docs: "What went wrong.".to_owned(),
                summary: "What went wrong.".to_owned(),
                target: "String".to_owned(),
                required: false,
                ty: ir::Type::String,
                optional: true,
                boxed: false,
                default: None,
                schema: ir::MemberSchema::default(),
                deprecated: None,
            });
        }
        error
    }

    pub(super) fn union(&mut self, r: ShapeRef) -> ir::Union {
        let (type_name, file) = self.type_and_file(r);
        let shape = self.model.shape(r);
        let mut variants: Vec<ir::UnionVariant> = self
            .variants(r)
            .iter()
            .map(|member| ir::UnionVariant {
                name: member.name.clone(),
                variant: plain(&naming::union_variant(&member.name)),
                snake: naming::snake_case(&naming::union_variant(&member.name)),
                docs: docs::markdown(
                    member.traits.str(trait_id::DOCUMENTATION).unwrap_or_default(),
                ),
                ty: self.member_type(r, member),
                boxed: self.is_boxed(r, member),
                schema: self.schema(shape, member),
                deprecated: deprecated(&member.traits),
            })
            .collect();
        let names = variants.iter().flat_map(|v| {
            [v.variant.clone(), format!("is_{}", v.snake)].map(|name| (v.name.as_str(), name))
        });
        self.check_names(r, &["is_unknown"], names);
        variants.sort_by(|a, b| a.variant.cmp(&b.variant));
        ir::Union {
            id: shape.id.to_string(),
            type_name,
            file,
            docs: self.docs(shape),
            variants,
            boxed: self.is_boxed_somewhere(r),
            xml: self.xml_shape(shape),
            deprecated: deprecated(&shape.traits),
        }
    }

    pub(super) fn string_enum(&mut self, r: ShapeRef) -> ir::Enum {
        let (type_name, file) = self.type_and_file(r);
        let shape = self.model.shape(r);
        let variants = match &shape.kind {
            ShapeKind::Enum(_) => Some(self.enum_members(r)),
            _ => self.enum_trait(r),
        };
        let variants = variants.map(|mut variants| {
            // The trait `@enum` has definitions where the shape has members.
            let members = shape.members();
            let names = variants.iter().enumerate().map(|(i, variant)| {
                let name = members.get(i).map_or(&variant.value, |member| &member.name);
                (name.as_str(), variant.variant.clone())
            });
            self.check_names(r, &[], names);
            variants.sort_by(|a, b| a.value.cmp(&b.value));
            variants
        });
        ir::Enum {
            type_name,
            file,
            docs: self.docs(shape),
            variants,
            deprecated: deprecated(&shape.traits),
        }
    }

    fn enum_members(&self, r: ShapeRef) -> Vec<ir::EnumVariant> {
        let members = self.model.shape(r).members().iter();
        members
            .map(|member| {
                let value = member.enum_value().and_then(Value::as_str).unwrap_or(&member.name);
                ir::EnumVariant {
                    variant: naming::enum_variant(&member.name),
                    value: value.to_owned(),
                    docs: docs::markdown(
                        member.traits.str(trait_id::DOCUMENTATION).unwrap_or_default(),
                    ),
                    deprecated: deprecated(&member.traits),
                }
            })
            .collect()
    }

    /// The variants of the trait `@enum`, if all of them have names.
    fn enum_trait(&self, r: ShapeRef) -> Option<Vec<ir::EnumVariant>> {
        let definitions = self.model.shape(r).traits.get(trait_id::ENUM)?.as_array()?;
        let text = |definition: &Value, key: &str| {
            definition.get(key).and_then(Value::as_str).map(str::to_owned)
        };
        definitions
            .iter()
            .map(|definition| {
                let deprecated = definition.get("deprecated").and_then(Value::as_bool);
                Some(ir::EnumVariant {
                    variant: naming::enum_variant(&text(definition, "name")?),
                    value: text(definition, "value")?,
                    docs: docs::markdown(&text(definition, "documentation").unwrap_or_default()),
                    deprecated: (deprecated == Some(true))
                        .then(|| "deprecated by the service".to_owned()),
                })
            })
            .collect()
    }

    /// Reports the members of a shape that would get the same name in Rust, be it of a field, a variant
    /// or a method, or one that generated code has already.
    fn check_names<'n>(
        &mut self,
        r: ShapeRef,
        own: &[&str],
        names: impl Iterator<Item = (&'n str, String)>,
    ) {
        let mut taken: HashMap<String, &str> = HashMap::new();
        let mut clashing: Option<&str> = None;
        for (name, rust_name) in names {
            let message = if own.contains(&rust_name.as_str()) {
                format!("`{name}` would need the name `{rust_name}`, which is taken already")
            } else if let Some(other) = taken.get(&rust_name) {
                format!("`{other}` and `{name}` would both be called `{rust_name}`")
            } else {
                taken.insert(rust_name, name);
                continue;
            };
            // What comes from the same name a second time is no news.
            if clashing.replace(name) != Some(name) {
                self.report(r, Some(name), message, "rename one of them in the model");
            }
        }
    }
}
