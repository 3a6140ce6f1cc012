//! What a model says of a service, an operation, a structure or a member, each fact under one name and in one form.
//! It must not know that there is another model.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::model::Model;
use crate::shape::{Member, Shape, ShapeKind, ShapeRef};
use crate::traits::{Traits, trait_id};

/// Facts by name.
pub(super) type Facts = BTreeMap<&'static str, Value>;

const PROTOCOLS: [&str; 7] = [
    trait_id::AWS_JSON_1_0,
    trait_id::AWS_JSON_1_1,
    trait_id::REST_JSON_1,
    trait_id::REST_XML,
    trait_id::AWS_QUERY,
    trait_id::EC2_QUERY,
    trait_id::RPC_V2_CBOR,
];
const SCHEMES: [&str; 3] = [trait_id::SIGV4, trait_id::SIGV4A, trait_id::HTTP_BEARER_AUTH];

/// Where a member goes in an HTTP message.
const BINDINGS: [&str; 7] = [
    trait_id::HTTP_LABEL,
    trait_id::HTTP_PAYLOAD,
    trait_id::HTTP_QUERY_PARAMS,
    trait_id::HTTP_RESPONSE_CODE,
    trait_id::HTTP_QUERY,
    trait_id::HTTP_HEADER,
    trait_id::HTTP_PREFIX_HEADERS,
];

/// A model, and what its service speaks.
pub(super) struct Side<'m> {
    pub(super) model: &'m Model,
    pub(super) service: ShapeRef,
    is_rest: bool,
    has_json_names: bool,
    has_xml_names: bool,
    is_rpc: bool,
}

impl<'m> Side<'m> {
    pub(super) fn new((model, service): (&'m Model, ShapeRef)) -> Self {
        let traits = &model.shape(service).traits;
        let has = |ids: &[&str]| ids.iter().any(|id| traits.has(id));
        Side {
            model,
            service,
            is_rest: has(&[trait_id::REST_JSON_1, trait_id::REST_XML]),
            has_json_names: has(&[trait_id::REST_JSON_1]),
            has_xml_names: has(&[trait_id::REST_XML, trait_id::AWS_QUERY, trait_id::EC2_QUERY]),
            is_rpc: has(&[trait_id::AWS_JSON_1_0, trait_id::AWS_JSON_1_1, trait_id::RPC_V2_CBOR]),
        }
    }

    pub(super) fn service_facts(&self) -> Facts {
        let shape = self.model.shape(self.service);
        let mut facts = Facts::new();
        copy(
            &mut facts,
            &shape.traits,
            &[
                trait_id::TITLE,
                trait_id::AWS_QUERY_COMPATIBLE,
                trait_id::CLIENT_ENDPOINT_DISCOVERY,
                trait_id::ENDPOINT_RULE_SET,
                trait_id::ENDPOINT_BDD,
            ],
        );
        copy(&mut facts, &shape.traits, &SCHEMES);
        prose(&mut facts, &shape.traits);
        if let Some(params) = shape.traits.get(trait_id::CLIENT_CONTEXT_PARAMS) {
            facts.insert(trait_id::CLIENT_CONTEXT_PARAMS, without(params, "documentation"));
        }
        let service = shape.traits.get(trait_id::SERVICE);
        let text = |key: &str| service.and_then(|it| it.get(key)).and_then(Value::as_str);
        let sdk_id = text("sdkId").unwrap_or(shape.id.name());
        facts.insert("sdkId", json!(sdk_id));
        // AWS specification, "aws.api#service": the ARN namespace, and that the shape's name, unless it is said.
        let prefix = text("endpointPrefix").or(text("arnNamespace")).map(str::to_owned);
        let prefix = prefix.unwrap_or_else(|| shape.id.name().to_lowercase());
        facts.insert("endpointPrefix", json!(prefix));
        let version = shape.as_service().map_or("", |service| &service.version);
        facts.insert("version", json!(version));
        let protocols = PROTOCOLS.iter().filter_map(|id| Some((*id, shape.traits.get(id)?)));
        let mut spoken: Vec<&str> = Vec::new();
        for (id, value) in protocols {
            spoken.push(id);
            if value.as_object().is_some_and(|settings| !settings.is_empty()) {
                facts.insert(id, value.clone());
            }
        }
        facts.insert("protocols", json!(spoken));
        facts.insert(trait_id::AUTH, json!(self.schemes()));
        if self.is_rpc {
            facts.insert("name", json!(shape.id.name()));
        }
        if self.has_xml_names {
            copy(&mut facts, &shape.traits, &[trait_id::XML_NAMESPACE]);
        }
        facts
    }

    /// The service's authentication schemes in order: Smithy specification, "Authentication traits: auth".
    fn schemes(&self) -> Vec<&str> {
        let traits = &self.model.shape(self.service).traits;
        match traits.get(trait_id::AUTH).and_then(Value::as_array) {
            Some(schemes) => schemes.iter().filter_map(Value::as_str).collect(),
            None => SCHEMES.into_iter().filter(|id| traits.has(id)).collect(),
        }
    }

    pub(super) fn operation_facts(&self, operation: ShapeRef) -> Facts {
        let shape = self.model.shape(operation);
        let traits = &shape.traits;
        let mut facts = Facts::new();
        copy(
            &mut facts,
            traits,
            &[
                trait_id::IDEMPOTENT,
                trait_id::READONLY,
                trait_id::ENDPOINT,
                trait_id::HTTP_CHECKSUM_REQUIRED,
                trait_id::REQUEST_COMPRESSION,
                trait_id::OPTIONAL_AUTH,
                trait_id::UNSIGNED_PAYLOAD,
                trait_id::STATIC_CONTEXT_PARAMS,
                trait_id::OPERATION_CONTEXT_PARAMS,
                trait_id::S3_UNWRAPPED_XML_OUTPUT,
            ],
        );
        prose(&mut facts, traits);
        let schemes = match traits.get(trait_id::AUTH) {
            Some(schemes) => schemes.clone(),
            None => json!(self.schemes()),
        };
        facts.insert(trait_id::AUTH, schemes);
        if let Some(checksum) = traits.get(trait_id::HTTP_CHECKSUM) {
            facts.insert(trait_id::HTTP_CHECKSUM, without_falsehoods(checksum));
        }
        if let Some(discovered) = traits.get(trait_id::CLIENT_DISCOVERED_ENDPOINT) {
            let required = discovered.get("required").and_then(Value::as_bool) == Some(true);
            facts.insert(trait_id::CLIENT_DISCOVERED_ENDPOINT, json!(required));
        }
        if self.is_rest
            && let Some(http) = traits.get(trait_id::HTTP)
        {
            let mut http = http.clone();
            if http.get("code").is_none() {
                http["code"] = json!(200);
            }
            facts.insert(trait_id::HTTP, http);
        }
        if let Some(paginated) = traits.get(trait_id::PAGINATED) {
            let paginated = self.paginated(paginated);
            let tokens = json!([paginated.get("inputToken"), paginated.get("outputToken")]);
            facts.insert(trait_id::PAGINATED, tokens);
            for key in ["items", "pageSize"] {
                facts.extend(paginated.get(key).map(|value| (key, value.clone())));
            }
        }
        facts
    }

    /// An operation's waiters by name, without their documentation and longest delay, with the shortest that is
    /// implied.
    pub(super) fn waiters(&self, operation: ShapeRef) -> BTreeMap<&'m str, Value> {
        let waitable = self.model.shape(operation).traits.get(trait_id::WAITABLE);
        let waiters = waitable.and_then(Value::as_object).into_iter().flatten();
        let waiter = |(name, value): (&'m String, &Value)| {
            let delay = value.get("minDelay").cloned().unwrap_or(json!(2));
            (name.as_str(), json!({"acceptors": value.get("acceptors"), "minDelay": delay}))
        };
        waiters.map(waiter).collect()
    }

    /// What the operation leaves out, the service may say.
    fn paginated(&self, own: &Value) -> Value {
        let common = self.model.shape(self.service).traits.get(trait_id::PAGINATED);
        let entries = |value: &Value| value.as_object().cloned().unwrap_or_default();
        let mut all = common.map(entries).unwrap_or_default();
        all.extend(entries(own));
        Value::Object(all)
    }

    pub(super) fn structure_facts(&self, shape: &Shape) -> Facts {
        let mut facts = Facts::new();
        copy(
            &mut facts,
            &shape.traits,
            &[
                trait_id::ERROR,
                trait_id::HTTP_ERROR,
                trait_id::RETRYABLE,
                trait_id::AWS_QUERY_ERROR,
                trait_id::SENSITIVE,
                trait_id::STREAMING,
            ],
        );
        prose(&mut facts, &shape.traits);
        if self.has_xml_names {
            copy(&mut facts, &shape.traits, &[trait_id::XML_NAME, trait_id::XML_NAMESPACE]);
        }
        facts
    }

    /// What is said of a member, by itself or by what it targets.
    pub(super) fn member_facts(&self, member: &Member) -> Facts {
        let target = self.model.shape(member.target);
        let mut facts = Facts::new();
        copy(
            &mut facts,
            &member.traits,
            &[
                trait_id::REQUIRED,
                trait_id::CLIENT_OPTIONAL,
                trait_id::DEFAULT,
                trait_id::IDEMPOTENCY_TOKEN,
                trait_id::HOST_LABEL,
                trait_id::EVENT_HEADER,
                trait_id::EVENT_PAYLOAD,
                trait_id::CONTEXT_PARAM,
                trait_id::EC2_QUERY_NAME,
                trait_id::CLIENT_ENDPOINT_DISCOVERY_ID,
            ],
        );
        prose(&mut facts, &member.traits);
        if !matches!(target.kind, ShapeKind::Structure(_) | ShapeKind::Union(_)) {
            let either = [
                trait_id::SENSITIVE,
                trait_id::MEDIA_TYPE,
                trait_id::STREAMING,
                trait_id::REQUIRES_LENGTH,
                trait_id::SPARSE,
                trait_id::RANGE,
            ];
            copy(&mut facts, &target.traits, &either);
            copy(&mut facts, &member.traits, &either);
            limits(&mut facts, &target.traits);
            limits(&mut facts, &member.traits);
        }
        if self.is_rest {
            copy(&mut facts, &member.traits, &BINDINGS);
        }
        self.names(&mut facts, member, target);
        if matches!(target.kind, ShapeKind::Timestamp) {
            let format = self.timestamp_format(member, target);
            facts.insert(trait_id::TIMESTAMP_FORMAT, json!(format));
        }
        facts
    }

    fn names(&self, facts: &mut Facts, member: &Member, target: &Shape) {
        let is_payload = member.traits.has(trait_id::HTTP_PAYLOAD);
        let is_bound = BINDINGS.iter().any(|id| member.traits.has(id));
        if is_bound && !is_payload && self.is_rest {
            return;
        }
        if self.has_json_names && !is_payload {
            let name = member.traits.str(trait_id::JSON_NAME).unwrap_or(&member.name);
            facts.insert(trait_id::JSON_NAME, json!(name));
        }
        if self.has_xml_names {
            let of_target = target.traits.str(trait_id::XML_NAME).unwrap_or(target.id.name());
            let implied = if is_payload { of_target } else { &member.name };
            let name = member.traits.str(trait_id::XML_NAME).unwrap_or(implied);
            if !is_payload || matches!(target.kind, ShapeKind::Structure(_) | ShapeKind::Union(_)) {
                facts.insert(trait_id::XML_NAME, json!(name));
            }
            copy(
                facts,
                &member.traits,
                &[trait_id::XML_FLATTENED, trait_id::XML_ATTRIBUTE, trait_id::XML_NAMESPACE],
            );
        }
    }

    /// The format in effect: Smithy specification, "Protocol traits: timestampFormat", and what the protocols have
    /// where it is not said.
    fn timestamp_format(&self, member: &Member, target: &Shape) -> &'static str {
        let own = member.traits.str(trait_id::TIMESTAMP_FORMAT);
        if let Some(format) = own.or(target.traits.str(trait_id::TIMESTAMP_FORMAT)) {
            return match format {
                "date-time" => "date-time",
                "http-date" => "http-date",
                _ => "epoch-seconds",
            };
        }
        let has = |id| self.is_rest && member.traits.has(id);
        if has(trait_id::HTTP_HEADER) {
            "http-date"
        } else if has(trait_id::HTTP_QUERY) || has(trait_id::HTTP_LABEL) || self.has_xml_names {
            "date-time"
        } else {
            "epoch-seconds"
        }
    }
}

/// Deprecation and documentation, whose words are compared without the spaces between.
fn prose(facts: &mut Facts, traits: &Traits) {
    if traits.has(trait_id::DEPRECATED) {
        facts.insert(trait_id::DEPRECATED, json!({}));
    }
    if let Some(text) = traits.str(trait_id::DOCUMENTATION) {
        let words = text.split_whitespace().collect::<String>();
        facts.insert(trait_id::DOCUMENTATION, json!(words));
    }
}

fn copy(facts: &mut Facts, traits: &Traits, ids: &[&'static str]) {
    for id in ids {
        if let Some(value) = traits.get(id) {
            facts.insert(id, value.clone());
        }
    }
}

/// Lengths without a least of 0, patterns without the anchors that every one of them has in effect.
fn limits(facts: &mut Facts, traits: &Traits) {
    if let Some(length) = traits.get(trait_id::LENGTH).and_then(Value::as_object) {
        let mut length = length.clone();
        length.retain(|key, limit| key != "min" || limit.as_u64() != Some(0));
        if !length.is_empty() {
            facts.insert(trait_id::LENGTH, Value::Object(length));
        }
    }
    if let Some(pattern) = traits.str(trait_id::PATTERN) {
        let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
        facts.insert(trait_id::PATTERN, json!(pattern.strip_suffix('$').unwrap_or(pattern)));
    }
}

/// An object without the entries that are `false`, which goes without saying.
fn without_falsehoods(value: &Value) -> Value {
    let mut object = value.as_object().cloned().unwrap_or_default();
    object.retain(|_, value| *value != Value::Bool(false));
    Value::Object(object)
}

/// Objects by name without one of their entries.
fn without(value: &Value, entry: &str) -> Value {
    let mut objects: Map<String, Value> = value.as_object().cloned().unwrap_or_default();
    for object in objects.values_mut().filter_map(Value::as_object_mut) {
        object.remove(entry);
    }
    Value::Object(objects)
}
