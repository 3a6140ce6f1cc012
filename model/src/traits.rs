//! Traits: named values on shapes and members, and the names in use. It must not know what a trait's value means.

use indexmap::IndexMap;
use serde_json::Value;

/// The traits of a shape or member, in the order they were written: Smithy specification, "Traits".
///
/// Traits nobody here knows are kept like all others.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Traits(IndexMap<Box<str>, Value>);

impl Traits {
    /// Whether the trait is there, whatever its value.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The trait's value.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// The trait's value, if it is a string.
    pub fn str(&self, id: &str) -> Option<&str> {
        self.get(id)?.as_str()
    }

    /// The traits in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(id, value)| (&**id, value))
    }

    /// How many traits there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets a trait and gives the value it had.
    pub(crate) fn insert(&mut self, id: &str, value: Value) -> Option<Value> {
        self.0.insert(id.into(), value)
    }

    /// Sets a trait unless it is there.
    pub(crate) fn insert_if_absent(&mut self, id: &str, value: Value) {
        self.0.entry(id.into()).or_insert(value);
    }
}

/// Absolute shape IDs of traits that readers of a model ask for.
pub mod trait_id {
    macro_rules! ids {
        ($($group:literal { $($name:ident = $id:literal;)* })*) => {
            $($(
                #[doc = concat!("`", $id, "`: Smithy specification, \"", $group, "\".")]
                pub const $name: &str = $id;
            )*)*
        };
    }

    ids! {
        "Type refinement traits" {
            DEFAULT = "smithy.api#default";
            ADDED_DEFAULT = "smithy.api#addedDefault";
            REQUIRED = "smithy.api#required";
            CLIENT_OPTIONAL = "smithy.api#clientOptional";
            ENUM_VALUE = "smithy.api#enumValue";
            ERROR = "smithy.api#error";
            INPUT = "smithy.api#input";
            OUTPUT = "smithy.api#output";
            SPARSE = "smithy.api#sparse";
            MIXIN = "smithy.api#mixin";
            BOX = "smithy.api#box";
            ENUM = "smithy.api#enum";
        }
        "Constraint traits" {
            LENGTH = "smithy.api#length";
            PATTERN = "smithy.api#pattern";
            RANGE = "smithy.api#range";
            UNIQUE_ITEMS = "smithy.api#uniqueItems";
            ID_REF = "smithy.api#idRef";
            PRIVATE = "smithy.api#private";
        }
        "Documentation traits" {
            DOCUMENTATION = "smithy.api#documentation";
            DEPRECATED = "smithy.api#deprecated";
            EXAMPLES = "smithy.api#examples";
            EXTERNAL_DOCUMENTATION = "smithy.api#externalDocumentation";
            INTERNAL = "smithy.api#internal";
            RECOMMENDED = "smithy.api#recommended";
            SENSITIVE = "smithy.api#sensitive";
            SINCE = "smithy.api#since";
            TAGS = "smithy.api#tags";
            TITLE = "smithy.api#title";
            UNSTABLE = "smithy.api#unstable";
        }
        "Behavior traits" {
            IDEMPOTENCY_TOKEN = "smithy.api#idempotencyToken";
            IDEMPOTENT = "smithy.api#idempotent";
            READONLY = "smithy.api#readonly";
            RETRYABLE = "smithy.api#retryable";
            PAGINATED = "smithy.api#paginated";
            REQUEST_COMPRESSION = "smithy.api#requestCompression";
            WAITABLE = "smithy.waiters#waitable";
        }
        "Protocol traits" {
            PROTOCOL_DEFINITION = "smithy.api#protocolDefinition";
            JSON_NAME = "smithy.api#jsonName";
            MEDIA_TYPE = "smithy.api#mediaType";
            TIMESTAMP_FORMAT = "smithy.api#timestampFormat";
            XML_ATTRIBUTE = "smithy.api#xmlAttribute";
            XML_FLATTENED = "smithy.api#xmlFlattened";
            XML_NAME = "smithy.api#xmlName";
            XML_NAMESPACE = "smithy.api#xmlNamespace";
        }
        "HTTP binding traits" {
            HTTP = "smithy.api#http";
            HTTP_CHECKSUM_REQUIRED = "smithy.api#httpChecksumRequired";
            HTTP_ERROR = "smithy.api#httpError";
            HTTP_HEADER = "smithy.api#httpHeader";
            HTTP_LABEL = "smithy.api#httpLabel";
            HTTP_PAYLOAD = "smithy.api#httpPayload";
            HTTP_PREFIX_HEADERS = "smithy.api#httpPrefixHeaders";
            HTTP_QUERY = "smithy.api#httpQuery";
            HTTP_QUERY_PARAMS = "smithy.api#httpQueryParams";
            HTTP_RESPONSE_CODE = "smithy.api#httpResponseCode";
        }
        "Streaming" {
            STREAMING = "smithy.api#streaming";
            REQUIRES_LENGTH = "smithy.api#requiresLength";
            EVENT_HEADER = "smithy.api#eventHeader";
            EVENT_PAYLOAD = "smithy.api#eventPayload";
        }
        "Endpoint traits" {
            ENDPOINT = "smithy.api#endpoint";
            HOST_LABEL = "smithy.api#hostLabel";
            ENDPOINT_RULE_SET = "smithy.rules#endpointRuleSet";
            ENDPOINT_BDD = "smithy.rules#endpointBdd";
            ENDPOINT_TESTS = "smithy.rules#endpointTests";
            CONTEXT_PARAM = "smithy.rules#contextParam";
            STATIC_CONTEXT_PARAMS = "smithy.rules#staticContextParams";
            CLIENT_CONTEXT_PARAMS = "smithy.rules#clientContextParams";
            OPERATION_CONTEXT_PARAMS = "smithy.rules#operationContextParams";
        }
        "Authentication traits" {
            AUTH = "smithy.api#auth";
            OPTIONAL_AUTH = "smithy.api#optionalAuth";
            HTTP_BASIC_AUTH = "smithy.api#httpBasicAuth";
            HTTP_BEARER_AUTH = "smithy.api#httpBearerAuth";
            HTTP_API_KEY_AUTH = "smithy.api#httpApiKeyAuth";
            HTTP_DIGEST_AUTH = "smithy.api#httpDigestAuth";
            SIGV4 = "aws.auth#sigv4";
            SIGV4A = "aws.auth#sigv4a";
            UNSIGNED_PAYLOAD = "aws.auth#unsignedPayload";
        }
        "Model traits" {
            TRAIT = "smithy.api#trait";
        }
        "AWS integrations" {
            SERVICE = "aws.api#service";
            CLIENT_ENDPOINT_DISCOVERY = "aws.api#clientEndpointDiscovery";
            CLIENT_ENDPOINT_DISCOVERY_ID = "aws.api#clientEndpointDiscoveryId";
            CLIENT_DISCOVERED_ENDPOINT = "aws.api#clientDiscoveredEndpoint";
            HTTP_CHECKSUM = "aws.protocols#httpChecksum";
        }
        "AWS protocols" {
            S3_UNWRAPPED_XML_OUTPUT = "aws.customizations#s3UnwrappedXmlOutput";
            AWS_JSON_1_0 = "aws.protocols#awsJson1_0";
            AWS_JSON_1_1 = "aws.protocols#awsJson1_1";
            REST_JSON_1 = "aws.protocols#restJson1";
            REST_XML = "aws.protocols#restXml";
            AWS_QUERY = "aws.protocols#awsQuery";
            AWS_QUERY_COMPATIBLE = "aws.protocols#awsQueryCompatible";
            AWS_QUERY_ERROR = "aws.protocols#awsQueryError";
            EC2_QUERY = "aws.protocols#ec2Query";
            EC2_QUERY_NAME = "aws.protocols#ec2QueryName";
            RPC_V2_CBOR = "smithy.protocols#rpcv2Cbor";
        }
        "Protocol compliance tests" {
            HTTP_REQUEST_TESTS = "smithy.test#httpRequestTests";
            HTTP_RESPONSE_TESTS = "smithy.test#httpResponseTests";
            EVENT_STREAM_TESTS = "smithy.test#eventStreamTests";
        }
    }
}

/// IDs of traits that keep, as it is written there, what botocore says and no trait of Smithy's expresses.
pub mod botocore_trait_id {
    /// On an operation: its entry of `paginators-1.json`, where `smithy.api#paginated` says less than that or cannot
    /// be given.
    pub const PAGINATOR: &str = "botocore#paginator";
    /// On an operation: those of its waiters that `smithy.waiters#waitable` cannot hold, by name, as
    /// `waiters-2.json` has them.
    pub const WAITERS: &str = "botocore#waiters";
    /// On a service: a signature version that Smithy has no authentication scheme for.
    pub const SIGNATURE_VERSION: &str = "botocore#signatureVersion";
    /// On a service: the whole target prefix, where the service's name is only its last part.
    pub const TARGET_PREFIX: &str = "botocore#targetPrefix";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_keep_their_order_and_their_values() {
        let mut traits = Traits::default();
        traits.insert("b#b", Value::from("text"));
        traits.insert("a#a", Value::from(1));
        traits.insert_if_absent("b#b", Value::from("other"));
        assert_eq!(traits.iter().map(|(id, _)| id).collect::<Vec<_>>(), ["b#b", "a#a"]);
        assert_eq!(traits.str("b#b"), Some("text"));
        assert_eq!(traits.str("a#a"), None);
        assert!(traits.has("a#a") && !traits.has("c#c"));
    }
}
