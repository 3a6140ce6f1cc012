//! Cases as the traits `smithy.test#httpRequestTests` and `smithy.test#httpResponseTests` have them,
//! and what came of them. It must not know how cases are run.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::EventCase;

/// A case with the operation that it is about.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Case {
    /// What the service's registry is called.
    pub service: String,
    /// The operation's name.
    pub operation: String,
    /// What it tests.
    pub kind: Kind,
    /// How the entries of the model's maps look where they have an order.
    #[serde(default)]
    pub maps: Vec<MapNames>,
    /// Whether a request's query must have no other parameters than the case's.
    #[serde(default)]
    pub exact_query: bool,
    /// The case itself; of a stream of events only what all cases have.
    pub case: HttpCase,
    /// The stream of events that it is about, if it is about one.
    #[serde(default)]
    pub events: Option<EventCase>,
}

/// What stands around the keys and values of a map in XML and forms: the names of its members, or what
/// [`@xmlName`](https://smithy.io/2.0/spec/protocol-traits.html#xmlname-trait) calls them.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct MapNames {
    /// The key's.
    pub key: String,
    /// The value's.
    pub value: String,
}

/// What a case tests.
#[derive(Clone, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Kind {
    /// A request.
    #[default]
    Request,
    /// The response with an output.
    Response,
    /// The response with the error of this shape ID.
    Error(String),
    /// A stream of events, in either direction.
    EventStream,
}

/// A request or response test case. A field that is not of the specification is an error, so that none
/// is overlooked.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HttpCase {
    /// The case's ID.
    pub id: String,
    /// The shape ID of the protocol.
    pub protocol: String,
    /// The request's method.
    #[serde(default)]
    pub method: String,
    /// The request's path, without query.
    #[serde(default)]
    pub uri: String,
    /// The response's status code.
    #[serde(default)]
    pub code: u16,
    /// The host before the operation changes it, perhaps with a path.
    pub host: Option<String>,
    /// The host of the request.
    pub resolved_host: Option<String>,
    /// The authentication scheme that the client assumes.
    pub auth_scheme: Option<String>,
    /// Parameters of the query that must be there, as they are on the wire.
    #[serde(default)]
    pub query_params: Vec<String>,
    /// Names of the query that must not be there.
    #[serde(default)]
    pub forbid_query_params: Vec<String>,
    /// Names of the query that must be there.
    #[serde(default)]
    pub require_query_params: Vec<String>,
    /// Headers that must be there.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Headers that must not be there.
    #[serde(default)]
    pub forbid_headers: Vec<String>,
    /// Headers that must be there with any value.
    #[serde(default)]
    pub require_headers: Vec<String>,
    /// The body; none if it isn't tested. That of a binary format is base64.
    pub body: Option<String>,
    /// How bodies compare.
    pub body_media_type: Option<String>,
    /// The input, output or error.
    #[serde(default)]
    pub params: Value,
    /// What a vendor's client is told besides.
    #[serde(default)]
    pub vendor_params: Value,
    /// The shape ID of what that is.
    pub vendor_params_shape: Option<String>,
    /// Who must pass it; both unless it is said.
    pub applies_to: Option<Side>,
    /// What the case is about, in words.
    pub documentation: Option<String>,
    /// The groups that it is in.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A side of the wire.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The one that makes requests.
    Client,
    /// The one that makes responses.
    Server,
}

/// What came of a case.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Outcome {
    /// What the service's registry is called.
    pub service: String,
    /// The operation's name.
    pub operation: String,
    /// What it tests.
    pub kind: Kind,
    /// The case's ID, which a request and a response may share.
    pub id: String,
    /// What went wrong; nothing if it passed.
    pub failures: Vec<String>,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Error(_) => "error",
            Self::EventStream => "event stream",
        })
    }
}
