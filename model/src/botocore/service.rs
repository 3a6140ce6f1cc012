//! The service: from `metadata` to the traits of a service shape. It must not know operations one by one, but for
//! what they say of the service.

use serde_json::{Map, Value, json};

use super::Converter;
use super::document::Document;
use super::ids;
use super::object::Text;
use super::reader::{Reader, Subject};
use crate::ast::{Property, PropertyReference, RawShape, Reference, Type};
use crate::names::shorten;
use crate::traits::{Traits, botocore_trait_id, trait_id};

/// A protocol: "AWS protocols" in the Smithy specification.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(super) enum Protocol {
    AwsJson1_0,
    AwsJson1_1,
    RestJson1,
    RestXml,
    AwsQuery,
    Ec2Query,
    RpcV2Cbor,
}

impl Protocol {
    fn trait_id(self) -> &'static str {
        match self {
            Protocol::AwsJson1_0 => trait_id::AWS_JSON_1_0,
            Protocol::AwsJson1_1 => trait_id::AWS_JSON_1_1,
            Protocol::RestJson1 => trait_id::REST_JSON_1,
            Protocol::RestXml => trait_id::REST_XML,
            Protocol::AwsQuery => trait_id::AWS_QUERY,
            Protocol::Ec2Query => trait_id::EC2_QUERY,
            Protocol::RpcV2Cbor => trait_id::RPC_V2_CBOR,
        }
    }
}

/// What the other parts of the reader ask of the service.
#[derive(Debug)]
pub(super) struct Service {
    /// The `serviceId`, which Smithy calls `sdkId`.
    pub(super) service_id: String,
    pub(super) namespace: String,
    /// The name of its shape, which RPC protocols send.
    pub(super) name: String,
    pub(super) protocols: Vec<Protocol>,
    pub(super) is_query_compatible: bool,
    /// The namespace of every XML document that requests contain, where they share one and say so one by one.
    pub(super) xml_namespace: Option<String>,
    traits: Traits,
    version: String,
}

impl Service {
    pub(super) fn read<'a>(reader: &mut Reader<'a>, document: &Document<'a>) -> Option<Self> {
        let metadata = &document.metadata;
        let Some(service_id) = &metadata.service_id else {
            let help = "botocore has written it since 2018; take the model from a later release";
            reader.report_file(reader.main(), "`metadata` has no `serviceId`", help);
            return None;
        };
        let protocols = protocols(reader, document);
        let mut service = Service {
            service_id: service_id.text.to_string(),
            namespace: ids::namespace(&service_id.text),
            name: name(document, &service_id.text),
            is_query_compatible: metadata.aws_query_compatible.is_some(),
            xml_namespace: shared_xml_namespace(document)
                .filter(|_| protocols == [Protocol::RestXml]),
            protocols,
            traits: Traits::default(),
            version: text(&metadata.api_version).unwrap_or_default(),
        };
        service.describe(document);
        service.speak(reader, document);
        service.authenticate(reader, document);
        Some(service)
    }

    /// Whether one of its protocols writes XML, or like it.
    pub(super) fn has_xml_names(&self) -> bool {
        let is_xml = |protocol: &Protocol| {
            matches!(protocol, Protocol::RestXml | Protocol::AwsQuery | Protocol::Ec2Query)
        };
        self.protocols.iter().any(is_xml)
    }

    /// Whether one of its protocols binds operations to HTTP.
    pub(super) fn is_rest(&self) -> bool {
        let is_rest =
            |protocol: &Protocol| matches!(protocol, Protocol::RestXml | Protocol::RestJson1);
        self.protocols.iter().any(is_rest)
    }

    fn describe(&mut self, document: &Document<'_>) {
        let (metadata, root) = (&document.metadata, &document.root);
        let mut service = Map::new();
        service.insert("sdkId".to_owned(), Value::from(&*self.service_id));
        if let Some(prefix) = text(&metadata.endpoint_prefix) {
            service.insert("endpointPrefix".to_owned(), Value::from(prefix));
        }
        self.traits.insert(trait_id::SERVICE, Value::Object(service));
        insert_text(&mut self.traits, trait_id::TITLE, metadata.service_full_name.as_ref());
        insert_text(&mut self.traits, trait_id::DOCUMENTATION, root.documentation.as_ref());
        let (message, since) = (&root.deprecated_message, &root.deprecated_since);
        deprecate(&mut self.traits, root.deprecated, message.as_ref(), since.as_ref());
        if let Some(params) = &root.client_context_params {
            self.traits.insert(trait_id::CLIENT_CONTEXT_PARAMS, params.clone());
        }
        if let Some(prefix) = metadata.target_prefix.as_ref().filter(|it| it.text != *self.name) {
            self.traits.insert(botocore_trait_id::TARGET_PREFIX, Value::from(&*prefix.text));
        }
    }

    fn speak(&mut self, reader: &mut Reader<'_>, document: &Document<'_>) {
        let metadata = &document.metadata;
        let h2 = metadata.protocol_settings.as_ref().and_then(|settings| settings.h2.as_ref());
        let value = match h2.map(|h2| (h2, &*h2.text)) {
            None => json!({}),
            Some((_, "eventstream")) => {
                json!({"http": ["http/1.1", "h2"], "eventStreamHttp": ["h2"]})
            }
            Some((_, "optional")) => {
                json!({"http": ["h2", "http/1.1"], "eventStreamHttp": ["h2", "http/1.1"]})
            }
            Some((h2, other)) => {
                let message = format!("`h2` is `{}`", shorten(other));
                reader.report(
                    Subject::default(),
                    h2,
                    message,
                    "it may be `eventstream` or `optional`",
                );
                json!({})
            }
        };
        for protocol in &self.protocols {
            self.traits.insert(protocol.trait_id(), value.clone());
        }
        if self.is_query_compatible {
            self.traits.insert(trait_id::AWS_QUERY_COMPATIBLE, json!({}));
        }
        if let Some(uri) = text(&metadata.xml_namespace).or_else(|| self.xml_namespace.clone()) {
            self.traits.insert(trait_id::XML_NAMESPACE, json!({"uri": uri}));
        }
    }

    /// Smithy specification, "Authentication traits": the schemes, and in which order where there are several.
    fn authenticate(&mut self, reader: &mut Reader<'_>, document: &Document<'_>) {
        let metadata = &document.metadata;
        let mut schemes: Vec<&'static str> = Vec::new();
        for name in metadata.auth.iter().flatten() {
            match scheme(&name.text) {
                Some(scheme) => schemes.push(scheme),
                None => report_scheme(reader, Subject::default(), name),
            }
        }
        if let Some(version) =
            metadata.signature_version.as_ref().filter(|_| metadata.auth.is_none())
        {
            match &*version.text {
                "v4" | "s3" | "s3v4" => schemes.push(trait_id::SIGV4),
                "v4a" => schemes.push(trait_id::SIGV4A),
                "bearer" => schemes.push(trait_id::HTTP_BEARER_AUTH),
                "none" => {}
                // Smithy has no trait for what came before version 4.
                "v2" | "v3" | "v3https" => {
                    let version = Value::from(&*version.text);
                    self.traits.insert(botocore_trait_id::SIGNATURE_VERSION, version);
                }
                other => {
                    let message = format!("unknown signature version `{}`", shorten(other));
                    let help = "known are v2, v3, v3https, v4, v4a, s3, s3v4, bearer and none";
                    reader.report(Subject::default(), version, message, help);
                }
            }
        }
        let signing_name = metadata.signing_name.as_ref().or(metadata.endpoint_prefix.as_ref());
        let signing_name = signing_name.map_or("", |name| &*name.text);
        for scheme in &schemes {
            let value = match *scheme {
                trait_id::HTTP_BEARER_AUTH => json!({}),
                _ => json!({"name": signing_name}),
            };
            self.traits.insert(scheme, value);
        }
        if schemes.len() > 1 {
            self.traits.insert(trait_id::AUTH, Value::from(schemes));
        }
    }
}

/// The trait of an authentication scheme.
pub(super) fn scheme(name: &str) -> Option<&'static str> {
    [trait_id::SIGV4, trait_id::SIGV4A, trait_id::HTTP_BEARER_AUTH]
        .into_iter()
        .find(|id| *id == name)
}

pub(super) fn report_scheme(reader: &mut Reader<'_>, on: Subject<'_>, name: &Text<'_>) {
    let message = format!("unknown authentication scheme `{}`", shorten(&name.text));
    let help = "known are aws.auth#sigv4, aws.auth#sigv4a and smithy.api#httpBearerAuth";
    reader.report(on, name, message, help);
}

/// RPC protocols send the service's name, which is the last word of the target prefix. No other protocol does, so
/// that there the service's ID may serve.
fn name(document: &Document<'_>, service_id: &str) -> String {
    let prefix = document.metadata.target_prefix.as_ref();
    let last = prefix.map(|prefix| prefix.text.rsplit('.').next().unwrap_or_default());
    let last = last.filter(|name| crate::id::is_identifier(name));
    last.map_or_else(|| ids::identifier(service_id), str::to_owned)
}

/// All protocols that the service speaks, the one that botocore would choose first among them.
fn protocols(reader: &mut Reader<'_>, document: &Document<'_>) -> Vec<Protocol> {
    let metadata = &document.metadata;
    let mut protocols = Vec::new();
    for name in metadata.protocol.iter().chain(metadata.protocols.iter().flatten()) {
        let protocol = match &*name.text {
            "json" => json_protocol(reader, document, name),
            "rest-json" => Some(Protocol::RestJson1),
            "rest-xml" => Some(Protocol::RestXml),
            "query" => Some(Protocol::AwsQuery),
            "ec2" => Some(Protocol::Ec2Query),
            "smithy-rpc-v2-cbor" => Some(Protocol::RpcV2Cbor),
            other => {
                let message = format!("unknown protocol `{}`", shorten(other));
                let help = "known are json, rest-json, rest-xml, query, ec2 and smithy-rpc-v2-cbor";
                reader.report(Subject::default(), name, message, help);
                None
            }
        };
        protocols.extend(protocol.filter(|protocol| !protocols.contains(protocol)));
    }
    if metadata.protocol.is_none() && metadata.protocols.is_none() {
        let help = "add it, for instance \"protocol\": \"rest-json\"";
        reader.report_file(reader.main(), "`metadata` has no `protocol`", help);
    }
    protocols
}

fn json_protocol(
    reader: &mut Reader<'_>,
    document: &Document<'_>,
    protocol: &Text<'_>,
) -> Option<Protocol> {
    let version = document.metadata.json_version.as_ref();
    match version.map(|version| &*version.text) {
        Some("1.0") => Some(Protocol::AwsJson1_0),
        Some("1.1") => Some(Protocol::AwsJson1_1),
        _ => {
            let message = match version {
                Some(version) => format!("unknown `jsonVersion` `{}`", shorten(&version.text)),
                None => "the protocol `json` needs a `jsonVersion`".to_owned(),
            };
            reader.report(
                Subject::default(),
                version.unwrap_or(protocol),
                message,
                "it is 1.0 or 1.1",
            );
            None
        }
    }
}

/// botocore repeats the service's namespace with each document that a request contains; where all have the same, it
/// is the service's.
fn shared_xml_namespace(document: &Document<'_>) -> Option<String> {
    let mut shared: Option<&str> = None;
    for operation in document.operations.values() {
        let Some(input) = &operation.value.input else { continue };
        let Some(shape) = input.shape.as_ref().and_then(|name| document.shapes.get(&name.text))
        else {
            continue;
        };
        let members = || shape.value.members.iter().flat_map(|members| &members.0);
        let namespace = match &shape.value.payload {
            Some(payload) => {
                let (_, member) = members().find(|(name, _)| name.text == payload.text)?;
                let target = document.shapes.get(&member.shape.as_ref()?.text)?;
                if target.value.members.is_none() {
                    continue;
                }
                member.xml_namespace.as_ref()
            }
            None if members().all(|(_, member)| member.location.is_some()) => continue,
            None => input.xml_namespace.as_ref(),
        };
        let namespace = namespace.filter(|namespace| namespace.prefix.is_none())?;
        let uri = &*namespace.uri.as_ref()?.text;
        if shared.is_some_and(|shared| shared != uri) {
            return None;
        }
        shared = Some(uri);
    }
    shared.map(str::to_owned)
}

impl<'a> Converter<'_, 'a> {
    pub(super) fn service_shape(&self, reader: &Reader<'a>) -> RawShape {
        let metadata = &self.document.metadata;
        // A place in the file, whichever key it is, tells the service from the prelude.
        let place = metadata.service_id.as_ref().and_then(|id| id.span_in(reader.main()));
        let span = place.or(Some(crate::source::Span::default()));
        let mut shape = RawShape::new(self.ids.service.clone(), span, Type::Service);
        shape.version = Some(self.service.version.clone());
        shape.traits = self.service.traits.clone();
        if let Some(discovery) = self.endpoint_discovery() {
            shape.traits.insert(trait_id::CLIENT_ENDPOINT_DISCOVERY, discovery);
        }
        for (name, operation) in &self.document.operations {
            if let Some(id) = self.ids.operation(name) {
                let span = operation.key.span_in(reader.main());
                shape.references.push(PropertyReference {
                    property: Property::Operations,
                    name: String::new(),
                    reference: Reference { id: id.clone(), span },
                });
            }
        }
        shape
    }

    /// AWS specification, "Client endpoint discovery": the operation that finds endpoints and, where the model has
    /// it, the error that says that one is stale.
    fn endpoint_discovery(&self) -> Option<Value> {
        let mut operations = self.document.operations.iter();
        let (name, _) = operations.find(|(_, op)| op.value.endpoint_operation == Some(true))?;
        let mut discovery = json!({"operation": self.ids.operation(name)?.as_str()});
        if let Some(error) = self.ids.shape("InvalidEndpointException") {
            discovery["error"] = Value::from(error.as_str());
        }
        Some(discovery)
    }
}

pub(super) fn text(text: &Option<Text<'_>>) -> Option<String> {
    text.as_ref().map(|text| text.text.to_string())
}

pub(super) fn insert_text(traits: &mut Traits, id: &str, text: Option<&Text<'_>>) {
    if let Some(text) = text {
        traits.insert(id, Value::from(&*text.text));
    }
}

/// Inserts a trait that says nothing but that it is there.
pub(super) fn mark(traits: &mut Traits, id: &str, on: Option<bool>) {
    if on == Some(true) {
        traits.insert(id, Value::Object(Map::new()));
    }
}

pub(super) fn deprecate(
    traits: &mut Traits,
    deprecated: Option<bool>,
    message: Option<&Text<'_>>,
    since: Option<&Text<'_>>,
) {
    if deprecated == Some(true) {
        let mut value = Map::new();
        for (key, text) in [("message", message), ("since", since)] {
            value.extend(text.map(|text| (key.to_owned(), Value::from(&*text.text))));
        }
        traits.insert(trait_id::DEPRECATED, Value::Object(value));
    }
}
