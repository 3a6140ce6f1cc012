//! What a service, its operations and their errors say of themselves, as `static` plain data. It must
//! not know how any protocol uses it.

#[cfg(feature = "client")]
use crate::client::ClientSchema;
use crate::endpoint::ContextParam;
use crate::protocol::Protocol;
use crate::schema::{Schema, XmlNamespace};

/// What a [service](https://smithy.io/2.0/spec/service-types.html#service) says of itself.
#[derive(Clone, Copy)]
pub struct ServiceSchema {
    id: &'static str,
    version: &'static str,
    protocol: &'static dyn Protocol,
    xml_namespace: Option<XmlNamespace>,
    headers: &'static [(&'static str, &'static str)],
    #[cfg(feature = "client")]
    client: Option<&'static ClientSchema>,
    flags: u8,
}

const QUERY_COMPATIBLE: u8 = 1;
const NO_ERROR_WRAPPING: u8 = 1 << 1;

impl ServiceSchema {
    /// The service with this absolute shape ID and version. Its operations speak `protocol` unless the
    /// caller chooses another.
    pub const fn new(
        id: &'static str,
        version: &'static str,
        protocol: &'static dyn Protocol,
    ) -> Self {
        Self {
            id,
            version,
            protocol,
            xml_namespace: None,
            headers: &[],
            #[cfg(feature = "client")]
            client: None,
            flags: 0,
        }
    }

    /// With what the service says of itself to its client.
    #[cfg(feature = "client")]
    #[must_use]
    pub const fn client(mut self, client: &'static ClientSchema) -> Self {
        self.client = Some(client);
        self
    }

    /// What the service says of itself to its client, if its crate has one.
    #[cfg(feature = "client")]
    #[must_use]
    pub const fn modeled_client(&self) -> Option<&'static ClientSchema> {
        self.client
    }

    /// With the service's
    /// [`@xmlNamespace`](https://smithy.io/2.0/spec/protocol-traits.html#xmlnamespace-trait).
    #[must_use]
    pub const fn xml_namespace(mut self, prefix: Option<&'static str>, uri: &'static str) -> Self {
        self.xml_namespace = Some(XmlNamespace { prefix, uri });
        self
    }

    /// [`@awsQueryCompatible`](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait)
    #[must_use]
    pub const fn query_compatible(mut self) -> Self {
        self.flags |= QUERY_COMPATIBLE;
        self
    }

    /// `noErrorWrapping` of
    /// [`@restXml`](https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html#aws-protocols-restxml-trait):
    /// an error is the document's root, not in an element `ErrorResponse`.
    #[must_use]
    pub const fn no_error_wrapping(mut self) -> Self {
        self.flags |= NO_ERROR_WRAPPING;
        self
    }

    /// Headers that every request of the service has, in lower case.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The absolute shape ID, `namespace#Name`.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The shape's name without its namespace.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// The service's version, by convention a date.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// The protocol that the crate speaks.
    #[must_use]
    pub const fn protocol(&self) -> &'static dyn Protocol {
        self.protocol
    }

    /// The namespace of XML documents that don't have one of their own.
    #[must_use]
    pub const fn modeled_xml_namespace(&self) -> Option<XmlNamespace> {
        self.xml_namespace
    }

    /// Whether it is `@awsQueryCompatible`.
    #[must_use]
    pub const fn is_query_compatible(&self) -> bool {
        self.flags & QUERY_COMPATIBLE != 0
    }

    /// Whether XML errors come without an element around them.
    #[must_use]
    pub const fn has_no_error_wrapping(&self) -> bool {
        self.flags & NO_ERROR_WRAPPING != 0
    }

    /// Headers that every request has.
    #[must_use]
    pub const fn common_headers(&self) -> &'static [(&'static str, &'static str)] {
        self.headers
    }
}

/// A way to [authenticate](https://smithy.io/2.0/spec/authentication-traits.html) a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Auth {
    /// [`aws.auth#sigv4`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)
    Sigv4,
    /// [`aws.auth#sigv4a`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4a-trait)
    Sigv4a,
    /// `@httpBearerAuth`
    Bearer,
    /// `@httpBasicAuth`
    Basic,
    /// `@httpDigestAuth`
    Digest,
    /// `@httpApiKeyAuth`: the key is in this header, after the scheme if there is one.
    ApiKeyHeader {
        /// The header's name.
        name: &'static str,
        /// What stands before the key.
        scheme: Option<&'static str>,
    },
    /// `@httpApiKeyAuth`: the key is in the query under this name.
    ApiKeyQuery(&'static str),
    /// None.
    Anonymous,
}

/// What an [operation](https://smithy.io/2.0/spec/service-types.html#operation) says of itself.
#[derive(Clone, Copy)]
pub struct OperationSchema {
    service: &'static ServiceSchema,
    name: &'static str,
    errors: &'static [ErrorSchema],
    http: Option<Http>,
    host_prefix: Option<&'static str>,
    endpoint_member: Option<&'static str>,
    context_params: &'static [ContextParam],
    flags: u16,
}

const CHECKSUM_REQUIRED: u16 = 1;
const COMPRESSED: u16 = 1 << 1;
const UNWRAPPED_XML_OUTPUT: u16 = 1 << 2;
const TREE_HASH: u16 = 1 << 3;
const EVENTS_IN_INPUT: u16 = 1 << 4;
const EVENTS_IN_OUTPUT: u16 = 1 << 5;
const UNSIGNED_PAYLOAD: u16 = 1 << 6;
const SENSITIVE_OUTPUT: u16 = 1 << 7;
const MAY_STALL: u16 = 1 << 8;
const IDEMPOTENCY_TOKEN: u16 = 1 << 9;
const STREAMED_OUTPUT: u16 = 1 << 10;
const DOCUMENT_IN_QUERY: u16 = 1 << 11;

/// An operation's [`@http`](https://smithy.io/2.0/spec/http-bindings.html#http-trait).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Http {
    /// The method.
    pub method: &'static str,
    /// The URI pattern: a path with labels in braces, and perhaps a query.
    pub uri: &'static str,
    /// The status code of a response that isn't an error.
    pub code: u16,
}

impl OperationSchema {
    /// The operation of this name, with the errors that it and its service model.
    pub const fn new(
        service: &'static ServiceSchema,
        name: &'static str,
        errors: &'static [ErrorSchema],
    ) -> Self {
        let (http, host_prefix, endpoint_member) = (None, None, None);
        let (context_params, flags): (&[ContextParam], u16) = (&[], 0);
        Self { service, name, errors, http, host_prefix, endpoint_member, context_params, flags }
    }

    /// With the operation's [`@http`](https://smithy.io/2.0/spec/http-bindings.html#http-trait).
    #[must_use]
    pub const fn http(mut self, method: &'static str, uri: &'static str, code: u16) -> Self {
        self.http = Some(Http { method, uri, code });
        self
    }

    /// With what goes before the endpoint's host, members in braces
    /// ([`@endpoint`](https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait)).
    #[must_use]
    pub const fn host_prefix(mut self, pattern: &'static str) -> Self {
        self.host_prefix = Some(pattern);
        self
    }

    /// With the input's member that names the endpoint of the request.
    #[must_use]
    pub const fn endpoint_member(mut self, name: &'static str) -> Self {
        self.endpoint_member = Some(name);
        self
    }

    /// With what endpoint parameters are bound to, each once.
    #[must_use]
    pub const fn bind(mut self, context_params: &'static [ContextParam]) -> Self {
        self.context_params = context_params;
        self
    }

    const fn flag(mut self, flag: u16) -> Self {
        self.flags |= flag;
        self
    }

    /// [`@httpChecksumRequired`](https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait)
    #[must_use]
    pub const fn checksum_required(self) -> Self {
        self.flag(CHECKSUM_REQUIRED)
    }

    /// [`@requestCompression`](https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait)
    /// with gzip.
    #[must_use]
    pub const fn compressed(self) -> Self {
        self.flag(COMPRESSED)
    }

    /// [`@s3UnwrappedXmlOutput`](https://smithy.io/2.0/aws/customizations/s3-customizations.html#aws-customizations-s3unwrappedxmloutput-trait)
    #[must_use]
    pub const fn unwrapped_xml_output(self) -> Self {
        self.flag(UNWRAPPED_XML_OUTPUT)
    }

    /// The body's SHA-256 and its tree hash go into headers:
    /// [Glacier checksums](https://smithy.io/2.0/aws/customizations/glacier-customizations.html).
    #[must_use]
    pub const fn tree_hash(self) -> Self {
        self.flag(TREE_HASH)
    }

    /// A member of the input is a
    /// [stream of events](https://smithy.io/2.0/spec/streaming.html#event-streams).
    #[must_use]
    pub const fn events_in_input(self) -> Self {
        self.flag(EVENTS_IN_INPUT)
    }

    /// A member of the output is a stream of events.
    #[must_use]
    pub const fn events_in_output(self) -> Self {
        self.flag(EVENTS_IN_OUTPUT)
    }

    /// The body isn't signed
    /// ([`aws.auth#unsignedPayload`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-unsignedpayload-trait)).
    #[must_use]
    pub const fn unsigned_payload(self) -> Self {
        self.flag(UNSIGNED_PAYLOAD)
    }

    /// Something in the output is
    /// [sensitive](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait): a response isn't logged.
    #[must_use]
    pub const fn sensitive_output(self) -> Self {
        self.flag(SENSITIVE_OUTPUT)
    }

    /// A service may take its time, so that a stream that stands still isn't an error.
    #[must_use]
    pub const fn may_stall(self) -> Self {
        self.flag(MAY_STALL)
    }

    /// A member of the input is an
    /// [idempotency token](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait).
    #[must_use]
    pub const fn idempotency_token(self) -> Self {
        self.flag(IDEMPOTENCY_TOKEN)
    }

    /// A member of the output is a stream of bytes.
    #[must_use]
    pub const fn streamed_output(self) -> Self {
        self.flag(STREAMED_OUTPUT)
    }

    /// The same operation by a `GET` with the members in its query that would be in the document.
    #[must_use]
    pub const fn in_query(mut self) -> Self {
        if let Some(http) = &mut self.http {
            http.method = "GET";
        }
        self.flag(DOCUMENT_IN_QUERY)
    }

    /// The service it belongs to.
    #[must_use]
    pub const fn service(&self) -> &'static ServiceSchema {
        self.service
    }

    /// The operation's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The errors it models, in the order in which
    /// [`OperationError::select`](crate::OperationError::select) counts.
    #[must_use]
    pub const fn errors(&self) -> &'static [ErrorSchema] {
        self.errors
    }

    /// The position of the error whose shape has this name, without namespace.
    #[must_use]
    pub fn error_named(&self, name: &str) -> Option<usize> {
        self.errors.iter().position(|error| error.schema().name() == name)
    }

    /// The operation's `@http`; protocols without HTTP bindings don't need it.
    #[must_use]
    pub const fn modeled_http(&self) -> Option<Http> {
        self.http
    }

    /// What goes before the endpoint's host, members in braces.
    #[must_use]
    pub const fn modeled_host_prefix(&self) -> Option<&'static str> {
        self.host_prefix
    }

    /// The input's member that names the endpoint, if one does.
    #[must_use]
    pub const fn modeled_endpoint_member(&self) -> Option<&'static str> {
        self.endpoint_member
    }

    /// What endpoint parameters are bound to.
    #[must_use]
    pub const fn context_params(&self) -> &'static [ContextParam] {
        self.context_params
    }

    /// Whether the body's hashes go into headers.
    #[must_use]
    pub const fn has_tree_hash(&self) -> bool {
        self.flags & TREE_HASH != 0
    }

    /// Whether a member of the input is a stream of events.
    #[must_use]
    pub const fn has_events_in_input(&self) -> bool {
        self.flags & EVENTS_IN_INPUT != 0
    }

    /// Whether a member of the output is a stream of events.
    #[must_use]
    pub const fn has_events_in_output(&self) -> bool {
        self.flags & EVENTS_IN_OUTPUT != 0
    }

    /// Whether the members are in the query that would be in the document.
    #[must_use]
    pub const fn has_document_in_query(&self) -> bool {
        self.flags & DOCUMENT_IN_QUERY != 0
    }

    /// Whether the body isn't signed.
    #[must_use]
    pub const fn has_unsigned_payload(&self) -> bool {
        self.flags & UNSIGNED_PAYLOAD != 0
    }

    /// Whether something in the output is sensitive.
    #[must_use]
    pub const fn has_sensitive_output(&self) -> bool {
        self.flags & SENSITIVE_OUTPUT != 0
    }

    /// Whether a stream that stands still isn't an error.
    #[must_use]
    pub const fn is_stall_allowed(&self) -> bool {
        self.flags & MAY_STALL != 0
    }

    /// Whether a member of the input is an idempotency token.
    #[must_use]
    pub const fn has_idempotency_token(&self) -> bool {
        self.flags & IDEMPOTENCY_TOKEN != 0
    }

    /// Whether a member of the output is a stream, of bytes or of events.
    #[must_use]
    pub const fn streams_output(&self) -> bool {
        self.flags & (STREAMED_OUTPUT | EVENTS_IN_OUTPUT) != 0
    }

    /// Whether a request needs a checksum.
    #[must_use]
    pub const fn is_checksum_required(&self) -> bool {
        self.flags & CHECKSUM_REQUIRED != 0
    }

    /// Whether long bodies of requests are compressed.
    #[must_use]
    pub const fn is_compressed(&self) -> bool {
        self.flags & COMPRESSED != 0
    }

    /// Whether the root of an XML output is the output's only member.
    #[must_use]
    pub const fn has_unwrapped_xml_output(&self) -> bool {
        self.flags & UNWRAPPED_XML_OUTPUT != 0
    }
}

/// What an [error structure](https://smithy.io/2.0/spec/type-refinement-traits.html#error-trait)
/// says of itself to an operation.
#[derive(Clone, Copy)]
pub struct ErrorSchema {
    schema: &'static Schema,
    status: u16,
    query_code: Option<&'static str>,
    server: bool,
}

impl ErrorSchema {
    /// The error of this structure, with the status code of its response: `@httpError`, or 400 for the
    /// client's and 500 for the server's errors.
    pub const fn new(schema: &'static Schema, status: u16) -> Self {
        Self { schema, status, query_code: None, server: false }
    }

    /// With the code of its
    /// [`@awsQueryError`](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsqueryerror-trait).
    #[must_use]
    pub const fn query_error(mut self, code: &'static str) -> Self {
        self.query_code = Some(code);
        self
    }

    /// The fault is the server's.
    #[must_use]
    pub const fn server(mut self) -> Self {
        self.server = true;
        self
    }

    /// The structure.
    #[must_use]
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// The status code of its response.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// Its code in [awsQuery](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#operation-error-serialization):
    /// that of `@awsQueryError`, or the shape's name.
    #[must_use]
    pub fn query_code(&self) -> &'static str {
        self.query_code.unwrap_or_else(|| self.schema.name())
    }

    /// The code of its `@awsQueryError`, if it has one.
    #[must_use]
    pub const fn modeled_query_code(&self) -> Option<&'static str> {
        self.query_code
    }

    /// Whether the fault is the server's.
    #[must_use]
    pub const fn is_server(&self) -> bool {
        self.server
    }

    /// Whose fault it is, in the words of AWS Query.
    pub(crate) fn fault(&self) -> &'static str {
        if self.is_server() { "Receiver" } else { "Sender" }
    }
}
