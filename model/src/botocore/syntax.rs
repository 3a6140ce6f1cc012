//! The keys of a `service-2.json`, object by object, and which of them are not read and why. It must not know what
//! Smithy makes of them.

use serde_json::Value;
use serde_json::value::RawValue;

use super::object::{Node, Text, object};
use crate::json::Entries;

/// Text that is parsed later, so that what is wrong with it does not stop the rest from being read.
pub(super) type Later<'a> = &'a RawValue;

impl<'a> Node<'a> for Later<'a> {}

object! {
    /// A whole `service-2.json`, or the `merge` of its extras.
    Root {
        "version" => version: Text<'a>,
        "metadata" => metadata: Metadata<'a>,
        "operations" => operations: Entries<'a, Later<'a>>,
        "shapes" => shapes: Entries<'a, Later<'a>>,
        "documentation" => documentation: Text<'a>,
        "clientContextParams" => client_context_params: Value,
        "deprecated" => deprecated: bool,
        "deprecatedMessage" => deprecated_message: Text<'a>,
        "deprecatedSince" => deprecated_since: Text<'a>,
    }
    ignored { "examples": "examples are not generated", }
}

object! {
    /// What a `*.sdk-extras.json` holds: something to lay over the file it is named after.
    Extras { "merge" => merge: Later<'a>, }
    ignored { "version": "there is one version", }
}

object! {
    /// What the service is and speaks.
    Metadata {
        "apiVersion" => api_version: Text<'a>,
        "auth" => auth: Vec<Text<'a>>,
        "awsQueryCompatible" => aws_query_compatible: Value,
        "endpointPrefix" => endpoint_prefix: Text<'a>,
        "jsonVersion" => json_version: Text<'a>,
        "protocol" => protocol: Text<'a>,
        "protocolSettings" => protocol_settings: ProtocolSettings<'a>,
        "protocols" => protocols: Vec<Text<'a>>,
        "serviceFullName" => service_full_name: Text<'a>,
        "serviceId" => service_id: Text<'a>,
        "signatureVersion" => signature_version: Text<'a>,
        "signingName" => signing_name: Text<'a>,
        "targetPrefix" => target_prefix: Text<'a>,
        "xmlNamespace" => xml_namespace: Text<'a>,
    }
    ignored {
        "checksumFormat": "services with checksums of their own are known by name",
        "globalEndpoint": "the endpoint rule set has it",
        "ripServiceName": "it is a name within AWS",
        "serviceAbbreviation": "the full name is the title",
        "uid": "it repeats the endpoint prefix and the version",
    }
}

object! {
    /// How the service's protocol is carried.
    ProtocolSettings { "h2" => h2: Text<'a>, }
}

object! {
    /// An operation.
    Operation {
        "http" => http: Http<'a>,
        "input" => input: Input<'a>,
        "output" => output: Output<'a>,
        "errors" => errors: Vec<ErrorReference<'a>>,
        "documentation" => documentation: Text<'a>,
        "deprecated" => deprecated: bool,
        "deprecatedMessage" => deprecated_message: Text<'a>,
        "deprecatedSince" => deprecated_since: Text<'a>,
        "auth" => auth: Vec<Text<'a>>,
        "authtype" => auth_type: Text<'a>,
        "endpoint" => endpoint: Endpoint<'a>,
        "endpointdiscovery" => endpoint_discovery: EndpointDiscovery<'a>,
        "endpointoperation" => endpoint_operation: bool,
        "httpChecksum" => http_checksum: Value,
        "httpChecksumRequired" => http_checksum_required: bool,
        "idempotent" => idempotent: bool,
        "operationContextParams" => operation_context_params: Value,
        "readonly" => readonly: bool,
        "requestcompression" => request_compression: Value,
        "staticContextParams" => static_context_params: Value,
        "unsignedPayload" => unsigned_payload: bool,
    }
    ignored {
        "documentationUrl": "the text links to it",
        "name": "requests are named by the key, in botocore too",
    }
}

object! {
    /// How an operation is bound to HTTP.
    Http {
        "method" => method: Text<'a>,
        "requestUri" => request_uri: Text<'a>,
        "responseCode" => response_code: Value,
    }
}

object! {
    /// The reference to an operation's input.
    Input {
        "shape" => shape: Text<'a>,
        "locationName" => location_name: Text<'a>,
        "xmlNamespace" => xml_namespace: XmlNamespace<'a>,
    }
    ignored { "documentation": "the shape has its own", }
}

object! {
    /// The reference to an operation's output.
    Output { "shape" => shape: Text<'a>, "resultWrapper" => result_wrapper: Text<'a>, }
    ignored {
        "documentation": "the shape has its own",
        "locationName": "the root element of a response is not looked at",
        "wrapper": "the result's wrapper says it",
    }
}

object! {
    /// The reference to an error.
    ErrorReference { "shape" => shape: Text<'a>, }
    ignored {
        "documentation": "the shape has its own",
        "error": "the shape has it as well",
        "exception": "what errors refer to is an exception",
        "fault": "the shape has it as well",
    }
}

object! {
    /// What stands before the host's name.
    Endpoint { "hostPrefix" => host_prefix: Text<'a>, }
}

object! {
    /// Whether the operation's endpoint must be discovered.
    EndpointDiscovery { "required" => required: bool, }
}

object! {
    /// A shape of any type.
    Shape {
        "type" => kind: Text<'a>,
        "box" => boxed: bool,
        "deprecated" => deprecated: bool,
        "deprecatedMessage" => deprecated_message: Text<'a>,
        "deprecatedSince" => deprecated_since: Text<'a>,
        "document" => document: bool,
        "documentation" => documentation: Text<'a>,
        "enum" => enumeration: Vec<Text<'a>>,
        "error" => error: ErrorFacts<'a>,
        "eventstream" => event_stream: bool,
        "exception" => exception: bool,
        "fault" => fault: bool,
        "flattened" => flattened: bool,
        "key" => key: Element<'a>,
        "locationName" => location_name: Text<'a>,
        "max" => max: Value,
        "member" => member: Element<'a>,
        "members" => members: Entries<'a, Member<'a>>,
        "min" => min: Value,
        "pattern" => pattern: Text<'a>,
        "payload" => payload: Text<'a>,
        "required" => required: Vec<Text<'a>>,
        "requiresLength" => requires_length: bool,
        "retryable" => retryable: Retryable<'a>,
        "sensitive" => sensitive: bool,
        "sparse" => sparse: bool,
        "streaming" => streaming: bool,
        "timestampFormat" => timestamp_format: Text<'a>,
        "union" => union: bool,
        "value" => value: Element<'a>,
        "xmlNamespace" => xml_namespace: XmlNamespace<'a>,
    }
    ignored {
        "event": "what an event stream's members target are its events",
        "synthetic": "where an error was modelled is of no use to clients",
        "wrapper": "the operation's result wrapper says it",
        "xmlOrder": "botocore, too, writes members in their own order",
    }
}

object! {
    /// How an error comes over the wire.
    ErrorFacts {
        "code" => code: Text<'a>,
        "fault" => fault: bool,
        "httpStatusCode" => http_status_code: Value,
    }
    ignored { "senderFault": "what is not a fault of the service is the sender's", }
}

object! {
    /// Whether, and how, an error may be retried.
    Retryable { "throttling" => throttling: bool, }
}

object! {
    /// The namespace of an XML element.
    XmlNamespace { "uri" => uri: Text<'a>, "prefix" => prefix: Text<'a>, }
}

object! {
    /// A member of a structure.
    Member {
        "shape" => shape: Text<'a>,
        "box" => boxed: bool,
        "contextParam" => context_param: Value,
        "deprecated" => deprecated: bool,
        "deprecatedMessage" => deprecated_message: Text<'a>,
        "deprecatedSince" => deprecated_since: Text<'a>,
        "documentation" => documentation: Text<'a>,
        "endpointdiscoveryid" => endpoint_discovery_id: bool,
        "eventheader" => event_header: bool,
        "eventpayload" => event_payload: bool,
        "flattened" => flattened: bool,
        "hostLabel" => host_label: bool,
        "idempotencyToken" => idempotency_token: bool,
        "jsonvalue" => json_value: bool,
        "location" => location: Text<'a>,
        "locationName" => location_name: Text<'a>,
        "queryName" => query_name: Text<'a>,
        "streaming" => streaming: bool,
        "timestampFormat" => timestamp_format: Text<'a>,
        "xmlAttribute" => xml_attribute: bool,
        "xmlNamespace" => xml_namespace: XmlNamespace<'a>,
    }
    ignored { "enum": "the type of a member is what it targets, which here is a plain string", }
}

object! {
    /// The member of a list, or the key or value of a map.
    Element {
        "shape" => shape: Text<'a>,
        "documentation" => documentation: Text<'a>,
        "jsonvalue" => json_value: bool,
        "locationName" => location_name: Text<'a>,
        "timestampFormat" => timestamp_format: Text<'a>,
        "xmlNamespace" => xml_namespace: XmlNamespace<'a>,
    }
}
