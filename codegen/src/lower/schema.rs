//! What schemas say of members and shapes: the traits that the service's protocols ask for. It must not
//! know Rust types.

use serde_json::Value;
use tinsmith_model::{Member, Shape, ShapeKind, trait_id};

use super::events::is_event_stream;
use super::{Lowering, xml_namespace};
use crate::ir;

impl Lowering<'_> {
    /// What the schema says of a member of a structure with this role: only those HTTP bindings that
    /// count there.
    pub(super) fn schema_of(
        &self,
        container: &Shape,
        member: &Member,
        role: &ir::Role,
    ) -> ir::MemberSchema {
        let mut schema = self.schema(container, member);
        schema.traits.retain(|of| match of {
            ir::Trait::Http(binding) => counts(binding, role),
            ir::Trait::Payload(_) => {
                *role != ir::Role::Nested || member.traits.has(trait_id::EVENT_PAYLOAD)
            }
            _ => true,
        });
        let is_query = |of: &ir::Trait| matches!(of, ir::Trait::Http(ir::Binding::Query(_)));
        schema.required =
            member.traits.has(trait_id::REQUIRED) && schema.traits.iter().any(is_query);
        schema
    }

    /// What the schema says of a member of any shape.
    pub(super) fn schema(&self, container: &Shape, member: &Member) -> ir::MemberSchema {
        let target = self.model.shape(member.target);
        let trait_text = |id| member.traits.str(id).or_else(|| target.traits.str(id));
        let own =
            |asked: bool, id| asked.then(|| member.traits.str(id)).flatten().map(str::to_owned);
        ir::MemberSchema {
            sensitive: self.is_sensitive(container, member),
            corrected: false,
            required: false,
            unsent: None,
            event_stream: false,
            idempotency_token: member.traits.has(trait_id::IDEMPOTENCY_TOKEN),
            json_name: own(self.asks.json_names, trait_id::JSON_NAME),
            xml_name: own(self.asks.xml, trait_id::XML_NAME),
            xml_attribute: self.asks.xml && member.traits.has(trait_id::XML_ATTRIBUTE),
            xml_flattened: self.asks.xml && member.traits.has(trait_id::XML_FLATTENED),
            timestamp: match trait_text(trait_id::TIMESTAMP_FORMAT) {
                Some("date-time") => Some(ir::TimestampFormat::DateTime),
                Some("epoch-seconds") => Some(ir::TimestampFormat::EpochSeconds),
                Some("http-date") => Some(ir::TimestampFormat::HttpDate),
                _ => None,
            },
            traits: self.rare_traits(member, target),
        }
    }

    fn rare_traits(&self, member: &Member, target: &Shape) -> Vec<ir::Trait> {
        let mut traits = Vec::new();
        let mut is_payload = false;
        if self.asks.http {
            let binding = binding(member);
            is_payload = binding == Some(ir::Binding::Payload) && !is_event_stream(target);
            traits.extend(binding.map(ir::Trait::Http));
            let media_type = target.traits.str(trait_id::MEDIA_TYPE).map(str::to_owned);
            traits.extend(media_type.map(ir::Trait::MediaType));
        }
        if member.traits.has(trait_id::EVENT_HEADER) {
            traits.push(ir::Trait::EventHeader);
        }
        if member.traits.has(trait_id::EVENT_PAYLOAD) {
            traits.push(ir::Trait::EventPayload);
            is_payload = true;
        }
        traits.extend(is_payload.then(|| ir::Trait::Payload(payload(target))));
        if self.asks.xml {
            traits.extend(xml_namespace(&member.traits).map(ir::Trait::XmlNamespace));
        }
        if self.asks.ec2_names {
            let name = member.traits.str(trait_id::EC2_QUERY_NAME).map(str::to_owned);
            traits.extend(name.map(ir::Trait::Ec2QueryName));
        }
        traits
    }

    /// How an XML document of the shape begins.
    pub(super) fn xml_shape(&self, shape: &Shape) -> ir::XmlShape {
        if !self.asks.xml {
            return ir::XmlShape::default();
        }
        ir::XmlShape {
            name: shape.traits.str(trait_id::XML_NAME).map(str::to_owned),
            namespace: xml_namespace(&shape.traits),
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
}

/// Whether a binding counts in a structure with this role: URIs belong to requests, status codes to
/// responses, and structures inside others to neither.
fn counts(binding: &ir::Binding, role: &ir::Role) -> bool {
    use ir::Binding::{Header, Label, Payload, PrefixHeaders, Query, QueryParams, ResponseCode};
    match binding {
        Label | Query(_) | QueryParams => *role == ir::Role::Input,
        ResponseCode => *role == ir::Role::Output,
        Header(_) | PrefixHeaders(_) | Payload => *role != ir::Role::Nested,
    }
}

/// What a member that is the payload of a message or an event targets.
fn payload(target: &Shape) -> ir::Payload {
    match target.kind {
        ShapeKind::Blob => ir::Payload::Blob,
        ShapeKind::String | ShapeKind::Enum(_) => ir::Payload::String,
        ShapeKind::Structure(_) => ir::Payload::Structure,
        _ => ir::Payload::Document,
    }
}

/// Where in an HTTP message a member goes, if a trait says so.
fn binding(member: &Member) -> Option<ir::Binding> {
    let text = |id| member.traits.get(id).and_then(Value::as_str).map(str::to_owned);
    let has = |id, binding: ir::Binding| member.traits.has(id).then_some(binding);
    has(trait_id::HTTP_LABEL, ir::Binding::Label)
        .or_else(|| has(trait_id::HTTP_PAYLOAD, ir::Binding::Payload))
        .or_else(|| has(trait_id::HTTP_QUERY_PARAMS, ir::Binding::QueryParams))
        .or_else(|| has(trait_id::HTTP_RESPONSE_CODE, ir::Binding::ResponseCode))
        .or_else(|| text(trait_id::HTTP_QUERY).map(ir::Binding::Query))
        // Names of headers have no case; in lower case the runtime needn't make them so.
        .or_else(|| {
            text(trait_id::HTTP_HEADER).map(|name| ir::Binding::Header(name.to_ascii_lowercase()))
        })
        .or_else(|| text(trait_id::HTTP_PREFIX_HEADERS).map(ir::Binding::PrefixHeaders))
}
