//! What a shape says of itself, as `static` plain data: names, and the traits that a codec or a
//! protocol needs. It must not know how any format writes them.

use aws_smithy_types::date_time::Format;

use crate::value::Ref;

/// A structure or union: its shape ID and its members, in the model's order.
///
/// A schema is `static` data without drop glue, cells or functions, so it costs a program that
/// doesn't use it nothing but the bytes.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    id: &'static str,
    type_name: &'static str,
    members: &'static [Member],
    xml_name: Option<&'static str>,
    xml_namespace: Option<XmlNamespace>,
    has_corrected: bool,
    has_bound: bool,
    has_xml_attributes: bool,
    has_request_id: bool,
}

/// An [`@xmlNamespace`](https://smithy.io/2.0/spec/protocol-traits.html#xmlnamespace-trait).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct XmlNamespace {
    /// The prefix that the namespace is bound to; the default namespace has none.
    pub prefix: Option<&'static str>,
    /// The namespace's name.
    pub uri: &'static str,
}

impl Schema {
    /// The schema of the shape with the absolute shape ID `id` (`namespace#Name`), whose Rust type
    /// is called `type_name`.
    pub const fn new(
        id: &'static str,
        type_name: &'static str,
        members: &'static [Member],
    ) -> Self {
        let (mut has_corrected, mut has_bound, mut has_xml_attributes) = (false, false, false);
        let mut index = 0;
        while index < members.len() {
            has_corrected |= members[index].is_corrected();
            has_bound |= members[index].is_bound();
            has_xml_attributes |= members[index].is_xml_attribute();
            index += 1;
        }
        let (xml_name, xml_namespace) = (None, None);
        Self {
            id,
            type_name,
            members,
            xml_name,
            xml_namespace,
            has_corrected,
            has_bound,
            has_xml_attributes,
            has_request_id: false,
        }
    }

    /// With the shape's [`@xmlName`](https://smithy.io/2.0/spec/protocol-traits.html#xmlname-trait),
    /// which names the element of a whole document.
    #[must_use]
    pub const fn xml_name(mut self, name: &'static str) -> Self {
        self.xml_name = Some(name);
        self
    }

    /// With the shape's
    /// [`@xmlNamespace`](https://smithy.io/2.0/spec/protocol-traits.html#xmlnamespace-trait).
    #[must_use]
    pub const fn xml_namespace(mut self, prefix: Option<&'static str>, uri: &'static str) -> Self {
        self.xml_namespace = Some(XmlNamespace { prefix, uri });
        self
    }

    /// Of the output of an operation: after its members comes the ID that the service gave the request, a
    /// string that may be unset.
    #[must_use]
    pub const fn request_id(mut self) -> Self {
        self.has_request_id = true;
        self
    }

    /// The position of the request's ID, which is none of the members, if the structure has one.
    pub const fn request_id_position(&self) -> Option<usize> {
        if self.has_request_id { Some(self.members.len()) } else { None }
    }

    /// Whether some member [is corrected](Member::is_corrected).
    pub const fn has_corrected(&self) -> bool {
        self.has_corrected
    }

    /// Whether some member [is bound](Member::is_bound) to another place than the document.
    pub const fn has_bound(&self) -> bool {
        self.has_bound
    }

    /// Whether some member [is an XML attribute](Member::is_xml_attribute).
    pub const fn has_xml_attributes(&self) -> bool {
        self.has_xml_attributes
    }

    /// The absolute [shape ID](https://smithy.io/2.0/spec/model.html#shape-id), `namespace#Name`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The shape's name without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// The name of the Rust type, as `Debug` prints it.
    pub const fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// The members, in the order in which [`Structure::member`](crate::Structure::member) counts.
    pub const fn members(&self) -> &'static [Member] {
        self.members
    }

    /// The position of the member with this Smithy name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }

    /// The shape's own `@xmlName`, if it has one.
    pub const fn modeled_xml_name(&self) -> Option<&'static str> {
        self.xml_name
    }

    /// The shape's own `@xmlNamespace`, if it has one.
    pub const fn modeled_xml_namespace(&self) -> Option<XmlNamespace> {
        self.xml_namespace
    }
}

/// A member of a structure, union, list or map.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    name: &'static str,
    rust_name: &'static str,
    json_name: Option<&'static str>,
    xml_name: Option<&'static str>,
    of: &'static [Member],
    traits: &'static [Trait],
    timestamp_format: Option<Format>,
    flags: u16,
}

/// What only some members say of themselves, and no codec asks of every member that it meets.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Trait {
    /// Where in an HTTP message the member goes, if that isn't the document in the body.
    Http(Binding),
    /// What a member with `@httpPayload` or `@eventPayload` targets, which decides how a message looks
    /// that lacks it.
    Payload(Payload),
    /// [`@eventHeader`](https://smithy.io/2.0/spec/streaming.html#eventheader-trait)
    EventHeader,
    /// [`@eventPayload`](https://smithy.io/2.0/spec/streaming.html#eventpayload-trait)
    EventPayload,
    /// [`@mediaType`](https://smithy.io/2.0/spec/protocol-traits.html#mediatype-trait) of the target.
    MediaType(&'static str),
    /// [`@xmlNamespace`](https://smithy.io/2.0/spec/protocol-traits.html#xmlnamespace-trait)
    XmlNamespace(XmlNamespace),
    /// [`@ec2QueryName`](https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#aws-protocols-ec2queryname-trait)
    Ec2QueryName(&'static str),
    /// What stands in the place of a label that is empty or isn't set.
    WhenEmpty(&'static str),
    /// What the value of a label may begin with, and is sent without: the first one that it does begin with.
    WithoutPrefixes(&'static [&'static str]),
    /// A [`@default`](https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait) that isn't
    /// sent: the service knows it.
    Default(Scalar),
}

/// A number or boolean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// A `boolean`.
    Boolean(bool),
    /// A `byte`, `short`, `integer` or `long`.
    Integer(i64),
    /// A `float` or `double`.
    Float(f64),
}

impl Scalar {
    /// Whether the value is this one.
    #[must_use]
    pub fn is(self, value: Ref<'_>) -> bool {
        match (self, value) {
            (Self::Boolean(scalar), Ref::Boolean(value)) => scalar == value,
            (Self::Integer(scalar), Ref::Byte(value)) => scalar == i64::from(value),
            (Self::Integer(scalar), Ref::Short(value)) => scalar == i64::from(value),
            (Self::Integer(scalar), Ref::Integer(value)) => scalar == i64::from(value),
            (Self::Integer(scalar), Ref::Long(value)) => scalar == value,
            (Self::Float(scalar), Ref::Float(value)) => scalar == f64::from(value),
            (Self::Float(scalar), Ref::Double(value)) => scalar == value,
            _ => false,
        }
    }
}

/// Where in an HTTP message a member of an operation's input, output or error goes.
/// See [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Binding {
    /// No trait says it: the document in the body.
    Document,
    /// [`@httpLabel`](https://smithy.io/2.0/spec/http-bindings.html#httplabel-trait)
    Label,
    /// [`@httpQuery`](https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait)
    Query(&'static str),
    /// [`@httpQueryParams`](https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait)
    QueryParams,
    /// [`@httpHeader`](https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait)
    Header(&'static str),
    /// [`@httpPrefixHeaders`](https://smithy.io/2.0/spec/http-bindings.html#httpprefixheaders-trait)
    PrefixHeaders(&'static str),
    /// [`@httpPayload`](https://smithy.io/2.0/spec/http-bindings.html#httppayload-trait)
    Payload,
    /// [`@httpResponseCode`](https://smithy.io/2.0/spec/http-bindings.html#httpresponsecode-trait)
    ResponseCode,
}

/// What a member with [`@httpPayload`](https://smithy.io/2.0/spec/http-bindings.html#httppayload-trait)
/// or [`@eventPayload`](https://smithy.io/2.0/spec/streaming.html#eventpayload-trait) targets, as far
/// as the body of a message depends on it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// A `blob`, streaming or not.
    Blob,
    /// A `string` or `enum`.
    String,
    /// A `structure`.
    Structure,
    /// What else a document stands for: a `union`, `document`, `list` or `map`.
    Document,
}

const OPTIONAL: u16 = 1;
const SENSITIVE: u16 = 1 << 1;
const CORRECTED: u16 = 1 << 2;
const XML_ATTRIBUTE: u16 = 1 << 3;
const XML_FLATTENED: u16 = 1 << 4;
const IDEMPOTENCY_TOKEN: u16 = 1 << 5;
const BOUND: u16 = 1 << 6;
const EVENT_BOUND: u16 = 1 << 7;
const EVENT_STREAM: u16 = 1 << 8;
const REQUIRED: u16 = 1 << 9;
const HAS_DEFAULT: u16 = 1 << 10;

/// The `member` of a list, `key` and `value` of a map that have no traits of their own.
const PLAIN_ELEMENT: &Member = &Member::new("member", "");
const PLAIN_KEY: &Member = &Member::new("key", "");
const PLAIN_VALUE: &Member = &Member::new("value", "");

impl Member {
    /// A member with its Smithy name and the name of the Rust field or variant.
    pub const fn new(name: &'static str, rust_name: &'static str) -> Self {
        Self {
            name,
            rust_name,
            json_name: None,
            xml_name: None,
            of: &[],
            traits: &[],
            timestamp_format: None,
            flags: 0,
        }
    }

    const fn flag(mut self, flag: u16) -> Self {
        self.flags |= flag;
        self
    }

    /// The Rust type is an `Option`. On the element of a list or the value of a map:
    /// [`@sparse`](https://smithy.io/2.0/spec/type-refinement-traits.html#sparse-trait).
    #[must_use]
    pub const fn optional(self) -> Self {
        self.flag(OPTIONAL)
    }

    /// The value, or what it is made of, is
    /// [`@sensitive`](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait).
    #[must_use]
    pub const fn sensitive(self) -> Self {
        self.flag(SENSITIVE)
    }

    /// `@required`, yet an `Option` in Rust: where a response lacks it, the reader fills it in
    /// ([client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)).
    #[must_use]
    pub const fn corrected(self) -> Self {
        self.flag(CORRECTED)
    }

    /// [`@xmlAttribute`](https://smithy.io/2.0/spec/protocol-traits.html#xmlattribute-trait)
    #[must_use]
    pub const fn xml_attribute(self) -> Self {
        self.flag(XML_ATTRIBUTE)
    }

    /// [`@xmlFlattened`](https://smithy.io/2.0/spec/protocol-traits.html#xmlflattened-trait)
    #[must_use]
    pub const fn xml_flattened(self) -> Self {
        self.flag(XML_FLATTENED)
    }

    /// [`@idempotencyToken`](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait)
    #[must_use]
    pub const fn idempotency_token(self) -> Self {
        self.flag(IDEMPOTENCY_TOKEN)
    }

    /// It targets a union with
    /// [`@streaming`](https://smithy.io/2.0/spec/streaming.html#streaming-trait).
    #[must_use]
    pub const fn event_stream(self) -> Self {
        self.flag(EVENT_STREAM)
    }

    /// `@required` where its absence is an error of the client's: in an initial request of a stream of
    /// events, and in the query of a URI. Others don't say so.
    #[must_use]
    pub const fn required(self) -> Self {
        self.flag(REQUIRED)
    }

    /// The key of a JSON object that stands for this member where the protocol honours
    /// [`@jsonName`](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait).
    #[must_use]
    pub const fn json_name(mut self, name: &'static str) -> Self {
        self.json_name = Some(name);
        self
    }

    /// The member's [`@xmlName`](https://smithy.io/2.0/spec/protocol-traits.html#xmlname-trait).
    #[must_use]
    pub const fn xml_name(mut self, name: &'static str) -> Self {
        self.xml_name = Some(name);
        self
    }

    /// The member's [`@timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait).
    #[must_use]
    pub const fn timestamp(mut self, format: Format) -> Self {
        self.timestamp_format = Some(format);
        self
    }

    /// For a list its `member`, for a map its `key` and `value`; needed only if they carry something.
    #[must_use]
    pub const fn of(mut self, members: &'static [Member]) -> Self {
        self.of = members;
        self
    }

    /// All else that the member says of itself.
    #[must_use]
    pub const fn with(mut self, traits: &'static [Trait]) -> Self {
        self.traits = traits;
        let mut index = 0;
        while index < traits.len() {
            match traits[index] {
                Trait::Http(_) => self.flags |= BOUND,
                Trait::EventHeader | Trait::EventPayload => self.flags |= EVENT_BOUND,
                Trait::Default(_) => self.flags |= HAS_DEFAULT,
                _ => {}
            }
            index += 1;
        }
        self
    }

    /// The Smithy member name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The Rust field's or variant's name, as `Debug` prints it.
    pub fn rust_name(&self) -> &'static str {
        self.rust_name.strip_prefix("r#").unwrap_or(self.rust_name)
    }

    /// The same as source code has it: with `r#` where that is needed.
    pub(crate) const fn written_name(&self) -> &'static str {
        self.rust_name
    }

    /// The `@jsonName`, if there is one.
    pub const fn modeled_json_name(&self) -> Option<&'static str> {
        self.json_name
    }

    /// The `@xmlName`, if there is one.
    pub const fn modeled_xml_name(&self) -> Option<&'static str> {
        self.xml_name
    }

    /// The `@timestampFormat` of the member or its target, if there is one.
    pub const fn timestamp_format(&self) -> Option<Format> {
        self.timestamp_format
    }

    /// Whether the Rust type is an `Option`.
    pub const fn is_optional(&self) -> bool {
        self.flags & OPTIONAL != 0
    }

    /// Whether `Debug` redacts the value.
    pub const fn is_sensitive(&self) -> bool {
        self.flags & SENSITIVE != 0
    }

    /// Whether an absent value is filled in after reading.
    pub const fn is_corrected(&self) -> bool {
        self.flags & CORRECTED != 0
    }

    /// Whether it has `@xmlAttribute`.
    pub const fn is_xml_attribute(&self) -> bool {
        self.flags & XML_ATTRIBUTE != 0
    }

    /// Whether it has `@xmlFlattened`.
    pub const fn is_xml_flattened(&self) -> bool {
        self.flags & XML_FLATTENED != 0
    }

    /// Whether it has `@idempotencyToken`.
    pub const fn is_idempotency_token(&self) -> bool {
        self.flags & IDEMPOTENCY_TOKEN != 0
    }

    /// Whether the value is a default that isn't sent.
    #[inline]
    pub fn is_default(&self, value: Ref<'_>) -> bool {
        let is = |of: &Trait| matches!(of, Trait::Default(default) if default.is(value));
        self.flags & HAS_DEFAULT != 0 && self.traits.iter().any(is)
    }

    /// Whether an HTTP binding puts it elsewhere than in the document of an HTTP message.
    pub const fn is_bound(&self) -> bool {
        self.flags & BOUND != 0
    }

    /// Whether `@eventHeader` or `@eventPayload` puts it elsewhere than in the document of an event.
    pub const fn is_event_bound(&self) -> bool {
        self.flags & EVENT_BOUND != 0
    }

    /// Whether it is a stream of events, which no document holds.
    pub const fn is_event_stream(&self) -> bool {
        self.flags & EVENT_STREAM != 0
    }

    /// Whether a server asks for it, though the Rust type is an `Option`.
    pub const fn is_required(&self) -> bool {
        self.flags & REQUIRED != 0
    }

    fn find<T>(&self, of: impl Fn(&Trait) -> Option<T>) -> Option<T> {
        self.traits.iter().find_map(of)
    }

    /// Where in an HTTP message it goes.
    pub fn binding(&self) -> Binding {
        let binding = || self.find(|t| if let Trait::Http(b) = t { Some(*b) } else { None });
        self.is_bound().then(binding).flatten().unwrap_or(Binding::Document)
    }

    /// What it targets, if it has `@httpPayload` or `@eventPayload` and the schema says so.
    pub fn payload(&self) -> Option<Payload> {
        self.find(|t| if let Trait::Payload(payload) = t { Some(*payload) } else { None })
    }

    /// Whether it has `@eventHeader`.
    pub fn is_event_header(&self) -> bool {
        self.traits.iter().any(|t| matches!(t, Trait::EventHeader))
    }

    /// Whether it has `@eventPayload`.
    pub fn is_event_payload(&self) -> bool {
        self.traits.iter().any(|t| matches!(t, Trait::EventPayload))
    }

    /// The `@mediaType` of its target, if there is one.
    pub fn media_type(&self) -> Option<&'static str> {
        self.find(|t| if let Trait::MediaType(media_type) = t { Some(*media_type) } else { None })
    }

    /// The `@xmlNamespace`, if there is one.
    pub fn xml_namespace(&self) -> Option<XmlNamespace> {
        self.find(|t| if let Trait::XmlNamespace(namespace) = t { Some(*namespace) } else { None })
    }

    /// The `@ec2QueryName`, if there is one.
    pub fn ec2_query_name(&self) -> Option<&'static str> {
        self.find(|t| if let Trait::Ec2QueryName(name) = t { Some(*name) } else { None })
    }

    /// What stands in its place in a URI where it is empty or isn't set.
    pub fn when_empty(&self) -> Option<&'static str> {
        self.find(|t| if let Trait::WhenEmpty(text) = t { Some(*text) } else { None })
    }

    /// What its value may begin with, and stands in a URI without.
    pub fn prefixes(&self) -> &'static [&'static str] {
        let prefixes =
            self.find(|t| if let Trait::WithoutPrefixes(all) = t { Some(*all) } else { None });
        prefixes.unwrap_or_default()
    }

    /// The `member` of the list that this member targets.
    pub fn element(&self) -> &'static Member {
        self.of.first().unwrap_or(PLAIN_ELEMENT)
    }

    /// The `key` of the map that this member targets.
    pub fn key(&self) -> &'static Member {
        self.of.first().unwrap_or(PLAIN_KEY)
    }

    /// The `value` of the map that this member targets.
    pub fn value(&self) -> &'static Member {
        self.of.get(1).unwrap_or(PLAIN_VALUE)
    }
}
