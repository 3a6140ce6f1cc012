//! Cases as the trait `smithy.rules#endpointTests` has them, and what came of them. It must not know how they are run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A case with the service that it is about. A field that is not of the specification is an error, so that none is
/// overlooked.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// What the service is called.
    #[serde(default)]
    pub service: String,
    /// What the case is about, in words.
    #[serde(default)]
    pub documentation: String,
    /// Values of parameters by their names; without any, only the operations count.
    pub params: Option<Map<String, Value>>,
    /// Requests that must lead to the same.
    #[serde(default)]
    pub operation_inputs: Vec<OperationInput>,
    /// Where they lead.
    pub expect: Expectation,
}

/// A request of an operation.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OperationInput {
    /// The operation.
    pub operation_name: String,
    /// Its input.
    #[serde(default)]
    pub operation_params: Map<String, Value>,
    /// What the client's configuration gives to built-ins, by their names.
    #[serde(default)]
    pub built_in_params: Map<String, Value>,
    /// What it gives to parameters, by their names.
    #[serde(default)]
    pub client_params: Map<String, Value>,
}

/// What the rules lead to.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Expectation {
    /// An error with this message.
    Error(String),
    /// An endpoint.
    Endpoint(ExpectedEndpoint),
}

/// An endpoint.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectedEndpoint {
    /// Its URL.
    pub url: String,
    /// Its headers.
    #[serde(default)]
    pub headers: BTreeMap<String, Vec<String>>,
    /// Its properties.
    #[serde(default)]
    pub properties: Map<String, Value>,
}

/// What came of a case.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Outcome {
    /// How often the rules were asked: for the parameters, and for each request.
    pub resolved: usize,
    /// What went wrong; nothing if it passed.
    pub failures: Vec<String>,
}
