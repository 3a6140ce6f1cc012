//! Cases as the traits `smithy.test#httpRequestTests` and `smithy.test#httpResponseTests` have them,
//! and what came of them. It must not know how cases are run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A case with the operation that it is about.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Case {
    /// The service's shape ID.
    pub service: String,
    /// The operation's name.
    pub operation: String,
    /// What it tests.
    pub kind: Kind,
    /// The case itself.
    pub case: HttpCase,
}

/// What a case tests.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Kind {
    /// A request.
    Request,
    /// The response with an output.
    Response,
    /// The response with the error of this shape ID.
    Error(String),
}

/// A request or response test case.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HttpCase {
    /// The case's ID.
    pub id: String,
    /// The shape ID of the protocol.
    pub protocol: String,
    /// The request's method.
    pub method: String,
    /// The request's path, without query.
    pub uri: String,
    /// The response's status code.
    pub code: u16,
    /// The host before the operation changes it.
    pub host: Option<String>,
    /// The host of the request.
    pub resolved_host: Option<String>,
    /// Parameters of the query that must be there, as they are on the wire.
    pub query_params: Vec<String>,
    /// Names of the query that must not be there.
    pub forbid_query_params: Vec<String>,
    /// Names of the query that must be there.
    pub require_query_params: Vec<String>,
    /// Headers that must be there.
    pub headers: BTreeMap<String, String>,
    /// Headers that must not be there.
    pub forbid_headers: Vec<String>,
    /// Headers that must be there with any value.
    pub require_headers: Vec<String>,
    /// The body; none if it isn't tested.
    pub body: Option<String>,
    /// How bodies compare.
    pub body_media_type: Option<String>,
    /// The input, output or error.
    pub params: Value,
    /// Who must pass it; both unless it is said.
    pub applies_to: Option<String>,
}

/// What came of a case.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Outcome {
    /// The service's shape ID.
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
