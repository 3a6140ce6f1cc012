//! The protocols that the runtime speaks, and what a generated crate must have for each: one row a
//! protocol. It must not know models or how anything is written down.

use tinsmith_model::trait_id;

/// A protocol that the runtime speaks.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Protocol {
    /// The shape ID of the protocol's trait.
    pub id: &'static str,
    /// The `static` in `tinsmith_runtime::protocol`.
    pub constant: &'static str,
    /// The features of the runtime that it needs.
    pub features: &'static [&'static str],
    /// What it asks of schemas.
    pub asks: Asks,
    /// Whether it can carry streams of events.
    pub event_streams: bool,
}

/// What protocols ask of schemas besides names and types. What none of a service's protocols asks for
/// isn't in its crate.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Asks {
    /// HTTP bindings and media types.
    pub http: bool,
    /// `@jsonName`
    pub json_names: bool,
    /// XML names, namespaces, attributes, flattened lists and maps.
    pub xml: bool,
    /// `@ec2QueryName`
    pub ec2_names: bool,
    /// Codes of errors, and whose fault they are.
    pub query_errors: bool,
}

impl Asks {
    /// What either asks.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            http: self.http || other.http,
            json_names: self.json_names || other.json_names,
            xml: self.xml || other.xml,
            ec2_names: self.ec2_names || other.ec2_names,
            query_errors: self.query_errors || other.query_errors,
        }
    }
}

const NOTHING: Asks =
    Asks { http: false, json_names: false, xml: false, ec2_names: false, query_errors: false };

/// In the order in which one is chosen for a service that declares several, which is that of the official
/// crates.
static PROTOCOLS: [Protocol; 7] = [
    Protocol {
        id: trait_id::RPC_V2_CBOR,
        constant: "RPC_V2_CBOR",
        features: &["cbor"],
        asks: NOTHING,
        event_streams: true,
    },
    Protocol {
        id: trait_id::AWS_JSON_1_0,
        constant: "AWS_JSON_1_0",
        features: &[],
        asks: NOTHING,
        event_streams: true,
    },
    Protocol {
        id: trait_id::AWS_JSON_1_1,
        constant: "AWS_JSON_1_1",
        features: &[],
        asks: NOTHING,
        event_streams: true,
    },
    Protocol {
        id: trait_id::REST_JSON_1,
        constant: "REST_JSON_1",
        features: &["rest"],
        asks: Asks { http: true, json_names: true, ..NOTHING },
        event_streams: true,
    },
    Protocol {
        id: trait_id::REST_XML,
        constant: "REST_XML",
        features: &["rest", "xml"],
        asks: Asks { http: true, xml: true, ..NOTHING },
        event_streams: true,
    },
    Protocol {
        id: trait_id::AWS_QUERY,
        constant: "AWS_QUERY",
        features: &["query"],
        asks: Asks { xml: true, query_errors: true, ..NOTHING },
        event_streams: false,
    },
    Protocol {
        id: trait_id::EC2_QUERY,
        constant: "EC2_QUERY",
        features: &["query"],
        asks: Asks { xml: true, ec2_names: true, ..NOTHING },
        event_streams: false,
    },
];

/// All of them, in order of preference.
pub(crate) fn all() -> &'static [Protocol] {
    &PROTOCOLS
}
