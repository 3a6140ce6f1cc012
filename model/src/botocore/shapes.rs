//! Shapes: each of botocore's becomes one of Smithy's, or one and a variant that only some members need. It must not
//! know operations, but for how often they refer to a shape.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::Converter;
use super::document::Named;
use super::ids::enum_members;
use super::object::Text;
use super::reader::{Reader, Subject};
use super::service::{Protocol, deprecate, insert_text, mark};
use super::syntax::{Element, Shape};
use crate::ast::{RawMember, RawShape, Reference, Type};
use crate::id::ShapeId;
use crate::names::shorten;
use crate::prelude::UNIT;
use crate::traits::{Traits, trait_id};

const TYPES: [(&str, Type); 11] = [
    ("structure", Type::Structure),
    ("list", Type::List),
    ("map", Type::Map),
    ("string", Type::String),
    ("blob", Type::Blob),
    ("boolean", Type::Boolean),
    ("integer", Type::Integer),
    ("long", Type::Long),
    ("float", Type::Float),
    ("double", Type::Double),
    ("timestamp", Type::Timestamp),
];

/// A shape with a trait that Smithy puts on shapes and botocore on single members that target it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(super) enum Variant {
    /// A blob that is streamed.
    Streaming,
    /// Text that is a JSON document.
    Json,
}

impl Variant {
    const ALL: [Variant; 2] = [Variant::Streaming, Variant::Json];

    fn prefix(self) -> &'static str {
        match self {
            Variant::Streaming => "Streaming",
            Variant::Json => "Json",
        }
    }

    /// The variant's ID. Underscores keep it apart from what the service itself may call a shape.
    pub(super) fn id(self, shape: &ShapeId) -> ShapeId {
        ShapeId::new(shape.namespace(), &format!("{}__{}", self.prefix(), shape.name()))
    }
}

impl<'a> Converter<'_, 'a> {
    /// All shapes, in the order of the file.
    pub(super) fn shapes(&self, reader: &mut Reader<'a>) -> Vec<RawShape> {
        let wanted = self.variants();
        let mut shapes = Vec::with_capacity(self.document.shapes.len() + wanted.len());
        for (at, (name, named)) in self.document.shapes.iter().enumerate() {
            let Some(mut shape) = self.shape(reader, at, name, named) else { continue };
            for variant in Variant::ALL {
                if wanted.contains(&(at, variant.prefix())) {
                    shapes.push(self.variant(reader, &mut shape, named, variant));
                }
            }
            shapes.push(shape);
        }
        shapes
    }

    /// Which variants of which shapes there are members for.
    fn variants(&self) -> HashSet<(usize, &'static str)> {
        let mut wanted = HashSet::new();
        let mut want = |target: Option<&Text<'a>>, on: Option<bool>, variant: Variant| {
            if on == Some(true)
                && let Some(at) = target.and_then(|it| self.document.shapes.get_index_of(&it.text))
            {
                wanted.insert((at, variant.prefix()));
            }
        };
        for shape in self.document.shapes.values() {
            for (_, member) in shape.value.members.iter().flat_map(|members| &members.0) {
                want(member.shape.as_ref(), member.streaming, Variant::Streaming);
                want(member.shape.as_ref(), member.json_value, Variant::Json);
            }
            let elements = [&shape.value.member, &shape.value.key, &shape.value.value];
            for element in elements.into_iter().flatten() {
                want(element.shape.as_ref(), element.json_value, Variant::Json);
            }
        }
        wanted
    }

    fn variant(
        &self,
        reader: &mut Reader<'a>,
        shape: &mut RawShape,
        named: &Named<'a, Shape<'a>>,
        variant: Variant,
    ) -> RawShape {
        let (kinds, id, value): (&[Type], _, _) = match variant {
            Variant::Streaming => (&[Type::Blob], trait_id::STREAMING, json!({})),
            // Of a blob that is the payload it says what is in it, as its media type does.
            Variant::Json => {
                (&[Type::String, Type::Blob], trait_id::MEDIA_TYPE, json!("application/json"))
            }
        };
        if !kinds.contains(&shape.kind) {
            let message = format!(
                "a member treats the {} as if it were a {}",
                shape.kind.name(),
                kinds[0].name()
            );
            let help = "only blobs are streamed, only strings and blobs are JSON in text";
            reader.report(Subject::shape(&named.key.text), &named.key, message, help);
        }
        let mut made = shape.clone();
        made.id = variant.id(&shape.id);
        made.traits.insert(id, value);
        made
    }

    fn shape(
        &self,
        reader: &mut Reader<'a>,
        at: usize,
        name: &str,
        named: &Named<'a, Shape<'a>>,
    ) -> Option<RawShape> {
        let (key, shape) = (&named.key, &named.value);
        let on = Subject::shape(name);
        let kind = kind(reader, on, key, shape)?;
        let id = self.ids.shape(name)?.clone();
        // The place of a shape from the extras is not in the file that the model is of.
        let span = key.span_in(reader.main()).or(Some(crate::source::Span::default()));
        let mut raw = RawShape::new(id, span, kind);
        raw.traits = shape_traits(reader, on, kind, shape);
        match kind {
            Type::Structure | Type::Union => {
                self.structure_traits(reader, on, at, shape, &mut raw.traits);
                raw.members = self.members(reader, on, shape, kind);
            }
            Type::Enum => raw.members = enumeration(reader, on, shape),
            Type::List => {
                raw.members.extend(self.element(reader, on, key, "member", &shape.member));
            }
            Type::Map => {
                raw.members.extend(self.element(reader, on, key, "key", &shape.key));
                raw.members.extend(self.element(reader, on, key, "value", &shape.value));
            }
            _ => {}
        }
        Some(raw)
    }

    /// The member of a list, or the key or value of a map.
    fn element(
        &self,
        reader: &mut Reader<'a>,
        on: Subject<'_>,
        key: &Text<'a>,
        name: &'static str,
        element: &Option<Element<'a>>,
    ) -> Option<RawMember> {
        let Some(element) = element else {
            let help = format!("add it: \"{name}\": {{\"shape\": \"NameOfAShape\"}}");
            reader.report(on, key, format!("it has no `{name}`"), help);
            return None;
        };
        let target = element.shape.as_ref()?;
        let mut traits = Traits::default();
        insert_text(&mut traits, trait_id::DOCUMENTATION, element.documentation.as_ref());
        if self.service.has_xml_names()
            && let Some(xml_name) = element.location_name.as_ref().filter(|it| it.text != name)
        {
            traits.insert(trait_id::XML_NAME, Value::from(&*xml_name.text));
        }
        super::members::timestamp_format(
            reader,
            on,
            element.timestamp_format.as_ref(),
            &mut traits,
        );
        super::members::xml_namespace(element.xml_namespace.as_ref(), &mut traits);
        let variant = (element.json_value == Some(true)).then_some(Variant::Json);
        self.member(reader, name, target, target, variant, traits)
    }

    /// A member with its reference.
    pub(super) fn member(
        &self,
        reader: &Reader<'a>,
        name: &str,
        key: &Text<'a>,
        target: &Text<'a>,
        variant: Option<Variant>,
        traits: Traits,
    ) -> Option<RawMember> {
        let id = self.ids.shape(&target.text)?;
        let id = variant.map_or_else(|| id.clone(), |variant| variant.id(id));
        let span = target.span_in(reader.main());
        Some(RawMember {
            name: name.to_owned(),
            target: Some(Reference { id, span }),
            traits,
            span: key.span_in(reader.main()),
            applied: false,
        })
    }

    /// Traits of structures, unions and errors.
    fn structure_traits(
        &self,
        reader: &mut Reader<'a>,
        on: Subject<'_>,
        at: usize,
        shape: &Shape<'a>,
        traits: &mut Traits,
    ) {
        let used = self.uses.at(at);
        mark(traits, trait_id::STREAMING, shape.event_stream);
        // Smithy specification, "Type refinement traits: input" and "output": of one operation, and nothing else.
        let only = |inputs, outputs| {
            (used.inputs, used.outputs, used.members, used.errors) == (inputs, outputs, 0, 0)
        };
        mark(traits, trait_id::INPUT, Some(only(1, 0)));
        mark(traits, trait_id::OUTPUT, Some(only(0, 1)));
        if used.errors > 0 || shape.exception == Some(true) || shape.error.is_some() {
            self.error_traits(on.name, shape, traits);
        }
        if let Some(retryable) = &shape.retryable {
            let throttling = retryable.throttling.filter(|throttling| *throttling);
            let value = throttling.map_or_else(|| json!({}), |_| json!({"throttling": true}));
            traits.insert(trait_id::RETRYABLE, value);
        }
        if self.service.protocols.contains(&Protocol::RestXml) {
            self.root(reader, on, at, traits);
        }
        // Of other structures it is the namespace of the members that target them.
        if used.inputs > 0 {
            super::members::xml_namespace(shape.xml_namespace.as_ref(), traits);
        }
    }

    /// Smithy specification, "Type refinement traits: error", and what protocols make of it.
    fn error_traits(&self, name: &str, shape: &Shape<'a>, traits: &mut Traits) {
        let facts = shape.error.as_ref();
        let status = facts.and_then(|facts| facts.http_status_code.as_ref());
        let status = status.filter(|status| status.is_u64());
        // Not every fault of the service is marked as one, and some are marked as the sender's.
        let is_fault = shape.fault == Some(true)
            || facts.and_then(|facts| facts.fault) == Some(true)
            || status.and_then(Value::as_u64).is_some_and(|status| status >= 500);
        traits.insert(trait_id::ERROR, Value::from(if is_fault { "server" } else { "client" }));
        let Some(facts) = facts else { return };
        if let Some(status) = status {
            traits.insert(trait_id::HTTP_ERROR, status.clone());
        }
        let is_query = self.service.protocols.contains(&Protocol::AwsQuery)
            || self.service.is_query_compatible;
        // Elsewhere an error's name is its code, which some models repeat.
        if let Some(code) = facts.code.as_ref().filter(|code| is_query || code.text != name) {
            let mut value = json!({"code": &*code.text});
            if let Some(status) = status {
                value["httpResponseCode"] = status.clone();
            }
            traits.insert(trait_id::AWS_QUERY_ERROR, value);
        }
    }

    /// What operations say of the document that the structure becomes as their input.
    fn root(&self, reader: &mut Reader<'a>, on: Subject<'_>, at: usize, traits: &mut Traits) {
        for root in self.uses.roots(at) {
            if let Some(name) = &root.name {
                let known = traits.str(trait_id::XML_NAME).unwrap_or(on.name);
                if known != on.name && known != name.text {
                    let message = format!("operations call it both `{known}` and `{}`", name.text);
                    reader.report(on, name, message, "give each operation an input of its own");
                } else if name.text != on.name {
                    traits.insert(trait_id::XML_NAME, Value::from(&*name.text));
                }
            }
            if let Some((uri, prefix)) = &root.namespace
                && self.service.xml_namespace.as_deref() != Some(&*uri.text)
            {
                super::members::namespace(uri, prefix.as_ref(), traits);
            }
        }
    }
}

fn kind(
    reader: &mut Reader<'_>,
    on: Subject<'_>,
    key: &Text<'_>,
    shape: &Shape<'_>,
) -> Option<Type> {
    let Some(written) = &shape.kind else {
        reader.report(on, key, "it has no `type`", "add it: \"type\": \"structure\", …");
        return None;
    };
    let kind = TYPES.into_iter().find(|(name, _)| *name == written.text).map(|(_, kind)| kind);
    let Some(kind) = kind else {
        let names = TYPES.map(|(name, _)| name);
        let known = format!("types are {}", names.join(", "));
        let help = reader.mend(&written.text, names, &known);
        let message = format!("unknown type `{}`", shorten(&written.text));
        reader.report(on, written, message, help);
        return None;
    };
    let is = |flag: Option<bool>| flag == Some(true);
    Some(match kind {
        Type::Structure if is(shape.document) => Type::Document,
        Type::Structure if is(shape.union) || is(shape.event_stream) => Type::Union,
        Type::String if shape.enumeration.as_ref().is_some_and(|it| !it.is_empty()) => Type::Enum,
        kind => kind,
    })
}

/// Traits that shapes of several types have.
fn shape_traits(reader: &mut Reader<'_>, on: Subject<'_>, kind: Type, shape: &Shape<'_>) -> Traits {
    let mut traits = Traits::default();
    insert_text(&mut traits, trait_id::DOCUMENTATION, shape.documentation.as_ref());
    let (message, since) = (&shape.deprecated_message, &shape.deprecated_since);
    deprecate(&mut traits, shape.deprecated, message.as_ref(), since.as_ref());
    mark(&mut traits, trait_id::SENSITIVE, shape.sensitive);
    mark(&mut traits, trait_id::BOX, shape.boxed);
    mark(&mut traits, trait_id::SPARSE, shape.sparse);
    mark(&mut traits, trait_id::STREAMING, shape.streaming);
    mark(&mut traits, trait_id::REQUIRES_LENGTH, shape.requires_length);
    insert_text(&mut traits, trait_id::PATTERN, shape.pattern.as_ref());
    insert_text(&mut traits, trait_id::XML_NAME, shape.location_name.as_ref());
    super::members::timestamp_format(reader, on, shape.timestamp_format.as_ref(), &mut traits);
    let mut limits = Map::new();
    for (key, limit) in [("min", &shape.min), ("max", &shape.max)] {
        limits.extend(limit.as_ref().map(|limit| (key.to_owned(), limit.clone())));
    }
    if !limits.is_empty() {
        let is_number = matches!(kind, Type::Integer | Type::Long | Type::Float | Type::Double);
        let id = if is_number { trait_id::RANGE } else { trait_id::LENGTH };
        traits.insert(id, Value::Object(limits));
    }
    traits
}

fn enumeration(reader: &mut Reader<'_>, on: Subject<'_>, shape: &Shape<'_>) -> Vec<RawMember> {
    let values = shape.enumeration.as_deref().unwrap_or_default();
    let mut seen = HashSet::with_capacity(values.len());
    for value in values {
        if !seen.insert(&*value.text) {
            let message = format!("the value `{}` is given twice", shorten(&value.text));
            reader.report(on, value, message, "keep one of them");
        }
    }
    let Ok(unit) = UNIT.parse::<ShapeId>() else { return Vec::new() };
    let names = enum_members(values.iter().map(|value| &*value.text));
    let members = names.into_iter().zip(values).map(|(name, value)| {
        let span = value.span_in(reader.main());
        let mut traits = Traits::default();
        traits.insert(trait_id::ENUM_VALUE, Value::from(&*value.text));
        let target = Some(Reference { id: unit.clone(), span });
        RawMember { name, target, traits, span, applied: false }
    });
    members.collect()
}
