//! The files of botocore's protocol cases as they are written. It must not know what anything in them means.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// Cases with the model that they are about. A key that isn't known is an error, so that none is overlooked.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TestSuite {
    #[serde(rename = "description")]
    _description: Option<String>,
    /// That of a `service-2.json`.
    pub(super) metadata: Map<String, Value>,
    /// Those of a `service-2.json`.
    #[serde(default)]
    pub(super) shapes: Map<String, Value>,
    /// What requests are sent to.
    pub(super) client_endpoint: Option<String>,
    pub(super) cases: Vec<TestCase>,
}

/// A case: with `params` of a request, else of a response.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TestCase {
    pub(super) id: String,
    /// The operation, as in a `service-2.json`.
    pub(super) given: Value,
    pub(super) description: Option<String>,
    pub(super) params: Option<Value>,
    /// The request.
    pub(super) serialized: Option<Serialized>,
    pub(super) response: Option<Response>,
    /// The output.
    pub(super) result: Option<Value>,
    /// The error.
    pub(super) error: Option<Value>,
    pub(super) error_code: Option<String>,
    pub(super) error_message: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Serialized {
    pub(super) method: String,
    /// Path and query.
    pub(super) uri: String,
    pub(super) body: Option<String>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) require_headers: Vec<String>,
    #[serde(default)]
    pub(super) forbid_headers: Vec<String>,
    pub(super) host: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Response {
    pub(super) status_code: u16,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) body: String,
}

/// The suites of a file.
pub(super) fn read(text: &str) -> Result<Vec<TestSuite>, serde_json::Error> {
    serde_json::from_str(text)
}
