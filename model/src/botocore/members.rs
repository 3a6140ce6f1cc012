//! Members of structures: where they go in a message, and what they are called there. It must not know operations.
//!
//! `locationName` is botocore's name for many things: with a `location` it names a header, a query parameter or a
//! label; without one it is what the member is called in the body, which is JSON or XML as the protocol has it.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Converter;
use super::object::Text;
use super::reader::{Reader, Subject};
use super::service::{Protocol, deprecate, insert_text, mark};
use super::shapes::Variant;
use super::syntax::{Member, Shape, XmlNamespace};
use crate::ast::{RawMember, Type};
use crate::id::is_identifier;
use crate::names::shorten;
use crate::traits::{Traits, trait_id};

const LOCATIONS: [&str; 5] = ["uri", "querystring", "header", "headers", "statusCode"];

impl<'a> Converter<'_, 'a> {
    /// The members of a structure or union.
    pub(super) fn members(
        &self,
        reader: &mut Reader<'a>,
        on: Subject<'_>,
        shape: &Shape<'a>,
        kind: Type,
    ) -> Vec<RawMember> {
        let entries = shape.members.as_ref().map_or(&[][..], |members| &members.0);
        let names: HashSet<&str> = entries.iter().map(|(name, _)| &*name.text).collect();
        let mut required = HashSet::new();
        for name in shape.required.iter().flatten() {
            if kind == Type::Structure && known_member(reader, on, "required", name, &names) {
                required.insert(&*name.text);
            }
        }
        let payload = shape.payload.as_ref();
        let payload = payload.filter(|name| known_member(reader, on, "payload", name, &names));
        let mut members = Vec::with_capacity(entries.len());
        for (key, member) in entries {
            let name = &*key.text;
            let on = on.member(name);
            if !is_identifier(name) {
                let help = "a name has letters, digits and underscores";
                reader.report(on, key, "this cannot be a member's name", help);
            }
            let is_payload = payload.is_some_and(|payload| payload.text == name);
            let mut traits = Traits::default();
            describe(member, &mut traits);
            mark(&mut traits, trait_id::REQUIRED, Some(required.contains(name)));
            mark(&mut traits, trait_id::HTTP_PAYLOAD, Some(is_payload));
            self.bind(reader, on, member, is_payload, &mut traits);
            let Some(target) = &member.shape else { continue };
            let variant = match (member.streaming, member.json_value) {
                (Some(true), _) => Some(Variant::Streaming),
                (_, Some(true)) => Some(Variant::Json),
                _ => None,
            };
            members.extend(self.member(reader, name, key, target, variant, traits));
        }
        members
    }

    /// Where the member goes, and under which name.
    fn bind(
        &self,
        reader: &mut Reader<'a>,
        on: Subject<'_>,
        member: &Member<'a>,
        is_payload: bool,
        traits: &mut Traits,
    ) {
        let name = on.member.unwrap_or_default();
        let written = member.location_name.as_ref().map(|name| &*name.text);
        let Some(target) = member.shape.as_ref().and_then(|it| self.document.shapes.get(&it.text))
        else {
            return;
        };
        let target = &target.value;
        let text = || Value::from(written.unwrap_or(name));
        match member.location.as_ref().map(|location| (location, &*location.text)) {
            None => self.name_in_body(name, member, target, is_payload, traits),
            Some((_, "uri")) => drop(traits.insert(trait_id::HTTP_LABEL, json!({}))),
            Some((_, "querystring")) if written.is_none() && is_map(target) => {
                traits.insert(trait_id::HTTP_QUERY_PARAMS, json!({}));
            }
            Some((_, "querystring")) => drop(traits.insert(trait_id::HTTP_QUERY, text())),
            Some((_, "header")) => drop(traits.insert(trait_id::HTTP_HEADER, text())),
            Some((_, "headers")) => {
                let prefix = Value::from(written.unwrap_or_default());
                traits.insert(trait_id::HTTP_PREFIX_HEADERS, prefix);
            }
            Some((_, "statusCode")) => drop(traits.insert(trait_id::HTTP_RESPONSE_CODE, json!({}))),
            Some((location, other)) => {
                let message = format!("unknown location `{}`", shorten(other));
                let known = format!("locations are {}", LOCATIONS.join(", "));
                let help = reader.mend(other, LOCATIONS, &known);
                reader.report(on, location, message, help);
            }
        }
        timestamp_format(reader, on, member.timestamp_format.as_ref(), traits);
        if member.flattened == Some(true) || target.flattened == Some(true) {
            traits.insert(trait_id::XML_FLATTENED, json!({}));
        }
        let namespace = member.xml_namespace.as_ref().or(target.xml_namespace.as_ref());
        let uri = namespace.and_then(|namespace| namespace.uri.as_ref());
        if !(is_payload && uri.map(|uri| &*uri.text) == self.service.xml_namespace.as_deref()) {
            xml_namespace(namespace, traits);
        }
    }

    fn name_in_body(
        &self,
        name: &str,
        member: &Member<'a>,
        target: &Shape<'a>,
        is_payload: bool,
        traits: &mut Traits,
    ) {
        let own = member.location_name.as_ref();
        // A flattened list has no element of its own. If the member does not say what its elements are called, the
        // list's does; in queries it has the last word. Where it is the member that says `flattened`, this is
        // Smithy's trait, beside which the list's has no say.
        let is_flattened = member.flattened != Some(true) && target.flattened == Some(true);
        let element = target.member.as_ref().and_then(|element| element.location_name.as_ref());
        let element = element.filter(|_| is_flattened);
        let written = if self.service.protocols.contains(&Protocol::AwsQuery) {
            element.or(own)
        } else {
            own.or(element)
        };
        if let Some(query_name) = &member.query_name {
            traits.insert(trait_id::EC2_QUERY_NAME, Value::from(&*query_name.text));
        }
        let Some(written) = written.map(|name| &*name.text) else { return };
        if self.service.has_xml_names() {
            // A payload's element is called like its target, unless it is said; any other is called like the member.
            let of_target = || target.location_name.as_ref().or(member.shape.as_ref());
            let implied = match of_target().filter(|_| is_payload) {
                Some(target) => &*target.text,
                None => name,
            };
            if written != implied {
                traits.insert(trait_id::XML_NAME, Value::from(written));
            }
        }
        let speaks_json = self.service.protocols.iter().any(|protocol| {
            matches!(protocol, Protocol::RestJson1 | Protocol::AwsJson1_0 | Protocol::AwsJson1_1)
        });
        if speaks_json && !is_payload && written != name {
            traits.insert(trait_id::JSON_NAME, Value::from(written));
        }
    }
}

fn is_map(shape: &Shape<'_>) -> bool {
    shape.kind.as_ref().is_some_and(|kind| kind.text == "map")
}

/// Traits that need nothing but the member.
fn describe(member: &Member<'_>, traits: &mut Traits) {
    insert_text(traits, trait_id::DOCUMENTATION, member.documentation.as_ref());
    let (message, since) = (&member.deprecated_message, &member.deprecated_since);
    deprecate(traits, member.deprecated, message.as_ref(), since.as_ref());
    mark(traits, trait_id::BOX, member.boxed);
    mark(traits, trait_id::IDEMPOTENCY_TOKEN, member.idempotency_token);
    mark(traits, trait_id::HOST_LABEL, member.host_label);
    mark(traits, trait_id::EVENT_HEADER, member.event_header);
    mark(traits, trait_id::EVENT_PAYLOAD, member.event_payload);
    mark(traits, trait_id::XML_ATTRIBUTE, member.xml_attribute);
    mark(traits, trait_id::CLIENT_ENDPOINT_DISCOVERY_ID, member.endpoint_discovery_id);
    if let Some(param) = &member.context_param {
        traits.insert(trait_id::CONTEXT_PARAM, param.clone());
    }
}

/// Whether a property names a member of the structure; it is reported if not.
fn known_member<'a>(
    reader: &mut Reader<'a>,
    on: Subject<'_>,
    property: &str,
    name: &Text<'a>,
    members: &HashSet<&str>,
) -> bool {
    if members.contains(&*name.text) {
        return true;
    }
    let help = reader.mend(&name.text, members.iter().copied(), "name a member, or remove it");
    let message = format!("`{property}` names `{}`, which is no member", shorten(&name.text));
    reader.report(on, name, message, help);
    false
}

/// Smithy specification, "Protocol traits: timestampFormat".
pub(super) fn timestamp_format(
    reader: &mut Reader<'_>,
    on: Subject<'_>,
    format: Option<&Text<'_>>,
    traits: &mut Traits,
) {
    let Some(format) = format else { return };
    let value = match &*format.text {
        "iso8601" => "date-time",
        "rfc822" => "http-date",
        "unixTimestamp" => "epoch-seconds",
        other => {
            let message = format!("unknown timestamp format `{}`", shorten(other));
            reader.report(on, format, message, "known are iso8601, rfc822 and unixTimestamp");
            return;
        }
    };
    traits.insert(trait_id::TIMESTAMP_FORMAT, Value::from(value));
}

/// Smithy specification, "XML binding traits: xmlNamespace".
pub(super) fn xml_namespace(written: Option<&XmlNamespace<'_>>, traits: &mut Traits) {
    if let Some(XmlNamespace { uri: Some(uri), prefix, .. }) = written {
        namespace(uri, prefix.as_ref(), traits);
    }
}

pub(super) fn namespace(uri: &Text<'_>, prefix: Option<&Text<'_>>, traits: &mut Traits) {
    let mut value = json!({"uri": &*uri.text});
    if let Some(prefix) = prefix {
        value["prefix"] = Value::from(&*prefix.text);
    }
    traits.insert(trait_id::XML_NAMESPACE, value);
}
