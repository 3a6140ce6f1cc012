//! The Rust-shaped intermediate representation: names, nullability, boxing, placement and
//! documentation all decided. It must not know the model it came from; emitters know nothing else.

pub(crate) mod endpoint;
mod repeated;

pub(crate) use repeated::{Acceptor, Expected, Matcher, Paginator, State, Token, Waiter};

use crate::protocols::Protocol;

/// A crate to emit.
#[derive(Debug)]
pub(crate) struct Crate {
    pub service: Service,
    pub operations: Vec<Operation>,
    pub structures: Vec<Structure>,
    pub unions: Vec<Union>,
    pub enums: Vec<Enum>,
    pub errors: Vec<Structure>,
    pub stream_errors: Vec<StreamErrors>,
    pub endpoint: endpoint::Endpoint,
}

impl Crate {
    /// The structures of all roles.
    pub(crate) fn all_structures(&self) -> impl Iterator<Item = &Structure> {
        let boundaries = self.operations.iter().flat_map(|op| [&op.input, &op.output]);
        self.structures.iter().chain(&self.errors).chain(boundaries)
    }

    /// The structure of this type, if it is one.
    pub(crate) fn structure(&self, ty: &Type) -> Option<&Structure> {
        let Type::Shape(Path { name, place: Place::Types }) = ty else { return None };
        self.structures.iter().find(|structure| structure.type_name == *name)
    }

    /// The same, to change.
    pub(crate) fn all_structures_mut(&mut self) -> impl Iterator<Item = &mut Structure> {
        let boundaries = self.operations.iter_mut().flat_map(|op| [&mut op.input, &mut op.output]);
        self.structures.iter_mut().chain(&mut self.errors).chain(boundaries)
    }

    /// The files below `types`.
    pub(crate) fn type_files(&self) -> impl Iterator<Item = &str> {
        let structures = self.structures.iter().map(|structure| &structure.file);
        let unions = self.unions.iter().map(|union| &union.file);
        let enums = self.enums.iter().map(|string_enum| &string_enum.file);
        structures.chain(unions).chain(enums).map(String::as_str)
    }

    /// The names of all types.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = &str> {
        let structures = self.all_structures().map(|structure| &structure.type_name);
        let unions = self.unions.iter().map(|union| &union.type_name);
        let enums = self.enums.iter().map(|string_enum| &string_enum.type_name);
        let operations = self.operations.iter().map(|operation| &operation.type_name);
        let errors = self.stream_errors.iter().map(|errors| &errors.type_name);
        let waiters = self.operations.iter().flat_map(|operation| &operation.waiters);
        let waiters = waiters.map(|waiter| &waiter.pascal);
        let types = structures.chain(unions).chain(enums).chain(operations);
        types.chain(errors).chain(waiters).map(String::as_str)
    }

    /// Whether the service deprecates anything.
    pub(crate) fn has_deprecations(&self) -> bool {
        let mut structures = self.all_structures();
        let mut enums = self.enums.iter();
        let mut unions = self.unions.iter();
        self.operations.iter().any(|operation| operation.deprecated.is_some())
            || structures
                .any(|s| s.deprecated.is_some() || s.members.iter().any(|m| m.deprecated.is_some()))
            || unions.any(|u| {
                u.deprecated.is_some() || u.variants.iter().any(|v| v.deprecated.is_some())
            })
            || enums.any(|e| {
                e.deprecated.is_some()
                    || e.variants.iter().flatten().any(|v| v.deprecated.is_some())
            })
    }
}

#[derive(Debug)]
pub(crate) struct Service {
    /// The absolute shape ID.
    pub id: String,
    /// The `sdkId` of an AWS service.
    pub sdk_id: Option<String>,
    pub version: String,
    /// What people call the service.
    pub title: String,
    pub docs: String,
    /// The protocols it declares and the runtime speaks; the crate speaks the first.
    pub protocols: Vec<&'static Protocol>,
    pub xml_namespace: Option<XmlNamespace>,
    pub query_compatible: bool,
    pub no_error_wrapping: bool,
    /// Headers of every request, in lower case.
    pub headers: Vec<(String, String)>,
    /// What host names begin with, where the service says so.
    pub endpoint_prefix: Option<String>,
    /// What requests are signed for, where they are signed.
    pub signing_name: Option<String>,
    pub client: Client,
}

/// What a service says of itself to its client.
#[derive(Debug)]
pub(crate) struct Client {
    /// The official crate's name, whatever this one is called.
    pub package: String,
    /// All ways to authenticate requests that the service declares.
    pub schemes: Vec<Auth>,
    /// How requests are authenticated, best first.
    pub auth: Vec<Auth>,
    /// The same of operations where it is another way.
    pub operation_auth: Vec<(String, Vec<Auth>)>,
    /// Codes of errors after which a request is tried again.
    pub transient_errors: Vec<String>,
    /// The name by which the environment has a bearer token for the service.
    pub bearer_token_service: Option<String>,
    /// The module of the runtime that makes tokens for the service's databases.
    pub auth_token: Option<&'static str>,
    /// Whether each request has a header with its body's SHA-256.
    pub content_sha256_header: bool,
    /// Whether the caller's account may be part of endpoints.
    pub account_id_endpoints: bool,
    /// Whether requests of any operation of the service are compressed.
    pub request_compression: bool,
    /// Whether the service tells its endpoints, and the operation by which it does was chosen.
    pub endpoint_discovery: bool,
    /// Whether requests of any operation of the service can be signed ahead, chosen or not.
    pub presigning: bool,
    /// Whether any operation of the service takes an idempotency token.
    pub idempotency_tokens: bool,
}

/// A way to authenticate requests.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Auth {
    Sigv4,
    Sigv4a,
    Bearer,
    Basic,
    Digest,
    ApiKeyHeader { name: String, scheme: Option<String> },
    ApiKeyQuery(String),
    Anonymous,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct XmlNamespace {
    pub prefix: Option<String>,
    pub uri: String,
}

#[derive(Debug)]
pub(crate) struct Operation {
    /// The Smithy name.
    pub name: String,
    /// The Rust type.
    pub type_name: String,
    /// The module below `operation`.
    pub module: String,
    /// The client's method.
    pub method: String,
    pub docs: String,
    pub input: Structure,
    pub output: Structure,
    /// The Rust type of its error enum.
    pub error_type: String,
    pub errors: Vec<ErrorVariant>,
    pub http: Option<Http>,
    /// What goes before the host, with members in braces.
    pub host_prefix: Option<String>,
    pub checksum_required: bool,
    pub compressed: bool,
    pub unwrapped_xml_output: bool,
    /// Whether the body's hashes go into headers, as Glacier's uploads need it.
    pub tree_hash: bool,
    /// The input's member that names the endpoint.
    pub endpoint_member: Option<String>,
    /// Whether the input takes an idempotency token.
    pub idempotency_token: bool,
    /// Whether the body isn't signed.
    pub unsigned_payload: bool,
    /// Whether something in the output is sensitive.
    pub sensitive_output: bool,
    /// Whether a stream that stands still isn't an error.
    pub may_stall: bool,
    /// Whether its requests can be signed ahead, and how.
    pub presigning: Option<Presigning>,
    /// Where its requests get the values of endpoint parameters, the client's configuration aside.
    pub context_params: Vec<endpoint::ContextParam>,
    pub paginator: Option<Paginator>,
    pub waiters: Vec<Waiter>,
    pub deprecated: Option<String>,
}

impl Operation {
    /// The Rust type of its fluent builder.
    pub(crate) fn fluent_builder(&self) -> String {
        format!("{}FluentBuilder", self.type_name)
    }
}

/// What requests are like that are signed ahead.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Presigning {
    /// The same as ever, with a body that isn't signed.
    #[expect(dead_code, reason = "S3's requests will be")]
    UnsignedPayload,
    /// A `GET` with the members in its query that would be in the document.
    Query,
}

/// An operation's method, URI pattern and status code.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    pub method: String,
    pub uri: String,
    pub code: u16,
}

#[derive(Clone, Debug)]
pub(crate) struct ErrorVariant {
    /// The variant, which is called like the structure in `types::error`.
    pub name: String,
    /// What `is_…` ends in.
    pub snake: String,
    pub docs: String,
    /// The status code of its response.
    pub status: u16,
    /// Its code in AWS query protocols, where that isn't its name.
    pub query_code: Option<String>,
    /// Whether schemas say that the fault is the server's.
    pub server: bool,
    pub deprecated: Option<String>,
}

/// The error enum of a stream of events.
#[derive(Debug)]
pub(crate) struct StreamErrors {
    pub type_name: String,
    /// The file and private module below `types::error`.
    pub file: String,
    /// The Rust type of its events.
    pub union: String,
    pub variants: Vec<ErrorVariant>,
    /// The union's members that are errors: their Smithy names, and the position of the variant.
    pub members: Vec<(String, usize)>,
}

/// A structure: nested, an operation's input or output, or an error.
#[derive(Debug)]
pub(crate) struct Structure {
    /// The absolute shape ID.
    pub id: String,
    pub type_name: String,
    /// The file and private module below its place.
    pub file: String,
    pub role: Role,
    pub docs: String,
    pub members: Vec<Member>,
    pub xml: XmlShape,
    pub deprecated: Option<String>,
}

/// How an XML document of the shape begins, where the model says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct XmlShape {
    pub name: Option<String>,
    pub namespace: Option<XmlNamespace>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    Nested,
    Input,
    Output,
    /// With the variant of `ErrorKind` that says how it may be tried again.
    Error {
        retry: Option<&'static str>,
    },
}

impl Structure {
    /// Where `build` needs something that may be missing: its result is a `Result`.
    pub(crate) fn build_is_fallible(&self) -> bool {
        self.role == Role::Input || self.members.iter().any(Member::is_needed)
    }

    /// Where every field is an `Option`, the builder can hold the structure itself.
    pub(crate) fn builder_wraps(&self) -> bool {
        self.members.iter().all(|member| member.optional)
    }

    /// A stream can't be cloned or compared.
    pub(crate) fn streams(&self) -> bool {
        let streams = |ty: &Type| matches!(ty, Type::Stream | Type::EventStream(_));
        self.members.iter().any(|member| streams(&member.ty))
    }

    /// Whether a member is a stream of bytes.
    pub(crate) fn has_byte_stream(&self) -> bool {
        self.members.iter().any(|member| member.ty == Type::Stream)
    }

    /// Whether a member is a stream of events.
    pub(crate) fn has_events(&self) -> bool {
        self.members.iter().any(|member| matches!(member.ty, Type::EventStream(_)))
    }

    pub(crate) fn builder_name(&self) -> String {
        format!("{}Builder", self.type_name)
    }

    /// The type of what the builder holds, if that isn't the structure.
    pub(crate) fn fields_name(&self) -> String {
        format!("{}Fields", self.type_name)
    }
}

#[derive(Debug)]
pub(crate) struct Member {
    /// The Smithy name.
    pub name: String,
    /// The field, accessor and setter; not yet `r#`.
    pub field: String,
    /// What `set_…` and `get_…` end in.
    pub snake: String,
    pub docs: String,
    /// One line, for accessors and setters.
    pub summary: String,
    /// The name of the shape that it targets, by which customizations may know it.
    pub target: String,
    /// Whether the model says that it must be set.
    pub required: bool,
    pub ty: Type,
    pub optional: bool,
    pub boxed: bool,
    pub default: Option<Default>,
    pub schema: MemberSchema,
    pub deprecated: Option<String>,
}

impl Member {
    /// Whether `build` fails without it.
    pub(crate) fn is_needed(&self) -> bool {
        !self.optional && self.default.is_none()
    }
}

/// What the schema says of a member besides its name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MemberSchema {
    pub sensitive: bool,
    pub corrected: bool,
    /// Whether its absence is an error, though it is an `Option`: in the query of a URI, or to a server.
    pub required: bool,
    pub event_stream: bool,
    pub idempotency_token: bool,
    pub json_name: Option<String>,
    pub xml_name: Option<String>,
    pub xml_attribute: bool,
    pub xml_flattened: bool,
    pub timestamp: Option<TimestampFormat>,
    /// The number or boolean that isn't sent.
    pub unsent: Option<Default>,
    pub traits: Vec<Trait>,
}

/// What only some members say of themselves.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Trait {
    Http(Binding),
    Payload(Payload),
    EventHeader,
    EventPayload,
    MediaType(String),
    XmlNamespace(XmlNamespace),
    Ec2QueryName(String),
    /// What stands for an empty label.
    WhenEmpty(String),
    /// What a label may begin with and be sent without.
    WithoutPrefixes(&'static [&'static str]),
}

/// Where in an HTTP message a member goes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Binding {
    Label,
    Query(String),
    QueryParams,
    Header(String),
    PrefixHeaders(String),
    Payload,
    ResponseCode,
}

/// What a member that is the payload of a message or an event targets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Payload {
    Blob,
    String,
    Structure,
    Document,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TimestampFormat {
    DateTime,
    EpochSeconds,
    HttpDate,
}

/// What a member holds unless something else is said.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Default {
    /// Zero, `false`, nothing in it: the type's own.
    Empty,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(String),
    Enum(String),
    Blob(Vec<u8>),
    /// A number of any size, as text.
    BigNumber(String),
    /// Seconds since 1970, and nanoseconds.
    Timestamp(i64, u32),
    /// A document: `false`, `true`, a number or a text.
    Document(Box<Default>),
    /// A document that is an empty array.
    EmptyArray,
    /// A document that is an empty object.
    EmptyObject,
}

/// A Rust type, without the `Option` or `Box` around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    String,
    Blob,
    /// A blob that streams.
    Stream,
    /// A union that streams.
    EventStream(Box<EventStream>),
    Timestamp,
    Document,
    Unit,
    /// A structure, union or enum.
    Shape(Path),
    List(Box<Element>),
    Map(Box<Key>, Box<Element>),
}

/// A stream of events.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct EventStream {
    pub union: Path,
    pub error: Path,
    /// Whether the client sends the events, or else receives them.
    pub sends: bool,
}

/// The path of a generated type.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Path {
    pub name: String,
    pub place: Place,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    Types,
    Errors,
}

/// The key of a map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    /// The enum, if it isn't a string.
    pub path: Option<Path>,
    pub schema: MemberSchema,
}

/// The element of a list or the value of a map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    pub ty: Type,
    pub sparse: bool,
    pub schema: MemberSchema,
}

#[derive(Debug)]
pub(crate) struct Union {
    pub id: String,
    pub type_name: String,
    pub file: String,
    pub docs: String,
    pub variants: Vec<UnionVariant>,
    /// Whether some member holds it in a `Box`.
    pub boxed: bool,
    pub xml: XmlShape,
    pub deprecated: Option<String>,
}

#[derive(Debug)]
pub(crate) struct UnionVariant {
    /// The Smithy name.
    pub name: String,
    pub variant: String,
    /// What `is_…` and `as_…` end in.
    pub snake: String,
    pub docs: String,
    pub ty: Type,
    pub boxed: bool,
    pub schema: MemberSchema,
    pub deprecated: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Enum {
    pub type_name: String,
    pub file: String,
    pub docs: String,
    /// None if the values have no names: then it is a newtype of a string.
    pub variants: Option<Vec<EnumVariant>>,
    pub deprecated: Option<String>,
}

#[derive(Debug)]
pub(crate) struct EnumVariant {
    pub variant: String,
    pub value: String,
    pub docs: String,
    pub deprecated: Option<String>,
}
