//! Cases as the trait `smithy.test#eventStreamTests` has them. It must not know how cases are run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::case::Side;

/// A [test case of an event stream](https://smithy.io/2.0/additional-specs/event-stream-protocol-compliance-tests.html).
/// A field that is not of the specification is an error, so that none is overlooked.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventCase {
    /// The case's ID.
    pub id: String,
    /// The shape ID of the protocol.
    pub protocol: String,
    /// The input without the stream.
    pub initial_request_params: Option<Value>,
    /// The request that carries it.
    pub initial_request: Option<Value>,
    /// The shape ID of what that is.
    pub initial_request_shape: Option<String>,
    /// The output without the stream.
    pub initial_response_params: Option<Value>,
    /// The response that carries it, or an error.
    pub initial_response: Option<Value>,
    /// The shape ID of what that is.
    pub initial_response_shape: Option<String>,
    /// The events, in their order.
    #[serde(default)]
    pub events: Vec<Event>,
    /// What comes of them; success if nothing is said.
    #[serde(default)]
    pub expectation: Expectation,
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

impl EventCase {
    /// What it has in common with cases of requests and responses.
    #[must_use]
    pub fn common(&self) -> Value {
        json!({ "id": self.id, "protocol": self.protocol })
    }
}

/// What comes of a stream.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Expectation {
    /// Every event is one.
    #[default]
    Success,
    /// An error.
    #[serde(rename_all = "camelCase")]
    Failure {
        /// The error's shape ID; none for any error.
        error_id: Option<String>,
    },
}

/// An event.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// Which way it goes.
    #[serde(rename = "type")]
    pub way: Way,
    /// The event as a value of the union; none if it isn't modeled.
    pub params: Option<Value>,
    /// Headers that must be there: a value by the name of its type.
    #[serde(default)]
    pub headers: BTreeMap<String, BTreeMap<String, Value>>,
    /// Headers that must not be there.
    #[serde(default)]
    pub forbid_headers: Vec<String>,
    /// Headers that must be there with any value.
    #[serde(default)]
    pub require_headers: Vec<String>,
    /// The payload; none if it isn't tested.
    pub body: Option<String>,
    /// How payloads compare.
    pub body_media_type: Option<String>,
    /// The whole message, in base64.
    pub bytes: Option<String>,
    /// What a vendor's client is told besides.
    #[serde(default)]
    pub vendor_params: Value,
    /// The shape ID of what that is.
    pub vendor_params_shape: Option<String>,
}

/// Which way an event goes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// To the service.
    Request,
    /// To the client.
    Response,
}
