//! botocore's cases in the form of Smithy's, and the models that they are about. It must not know where they are
//! from.

use miette::miette;
use serde_json::{Map, Value, json};
use tinsmith_codegen::Model;
use tinsmith_conformance::{Case, HttpCase, Kind};
use tinsmith_model::ShapeRef;

use super::super::cases::map_names;
use super::syntax::{Response, Serialized, TestCase, TestSuite};

/// The service of suites that don't name one.
const SERVICE_ID: &str = "Conformance";

/// Suites that fit into one model.
pub(super) struct Group {
    metadata: Map<String, Value>,
    shapes: Map<String, Value>,
    operations: Map<String, Value>,
    pub(super) cases: Vec<GroupCase>,
}

/// A case of a group.
pub(super) struct GroupCase {
    case: TestCase,
    /// What requests are sent to.
    endpoint: Option<String>,
}

/// Brings suites together whose models don't contradict each other: a crate for each suite would take long to build.
pub(super) fn groups(suites: Vec<TestSuite>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for suite in suites {
        for case in suite.cases {
            let operation = (operation_name(&case).to_owned(), case.given.clone());
            let fits = |group: &&mut Group| {
                group.metadata == suite.metadata
                    && agree(&group.shapes, &suite.shapes)
                    && group.operations.get(&operation.0).is_none_or(|there| *there == operation.1)
            };
            let case = GroupCase { case, endpoint: suite.client_endpoint.clone() };
            match groups.iter_mut().find(fits) {
                Some(group) => {
                    group.shapes.extend(suite.shapes.clone());
                    group.operations.extend([operation]);
                    group.cases.push(case);
                }
                None => groups.push(Group {
                    metadata: suite.metadata.clone(),
                    shapes: suite.shapes.clone(),
                    operations: Map::from_iter([operation]),
                    cases: vec![case],
                }),
            }
        }
    }
    groups
}

/// Whether what both have is the same in both.
fn agree(a: &Map<String, Value>, b: &Map<String, Value>) -> bool {
    b.iter().all(|(name, value)| a.get(name).is_none_or(|there| there == value))
}

fn operation_name(case: &TestCase) -> &str {
    case.given["name"].as_str().unwrap_or("OperationName")
}

impl Group {
    /// The text of a `service-2.json`.
    pub(super) fn model(&self) -> String {
        let (mut shapes, mut metadata) = (self.shapes.clone(), self.metadata.clone());
        shapes.values_mut().for_each(write_namespaces_out);
        let mut operations = self.operations.clone();
        operations.values_mut().for_each(|operation| self.name_once(operation));
        metadata.entry("serviceId").or_insert_with(|| SERVICE_ID.into());
        json!({
            "version": "2.0",
            "metadata": metadata,
            "operations": operations,
            "shapes": shapes,
        })
        .to_string()
    }

    /// Takes the name of the input's document off an operation whose input has one of its own, which is that of
    /// the shape's `@xmlName`.
    fn name_once(&self, operation: &mut Value) {
        let shape = operation["input"]["shape"].as_str().and_then(|name| self.shapes.get(name));
        if shape.is_some_and(|shape| shape.get("locationName").is_some())
            && let Some(input) = operation["input"].as_object_mut()
        {
            input.remove("locationName");
        }
    }

    /// The cases about a service of the model made of that text.
    pub(super) fn cases(
        &self,
        model: &Model,
        service: ShapeRef,
        package: &str,
    ) -> miette::Result<Vec<Case>> {
        let maps = map_names(model);
        let protocol = self.protocol()?;
        let mut cases = Vec::new();
        for GroupCase { case, endpoint } in &self.cases {
            let http = HttpCase {
                id: case.id.clone(),
                protocol: protocol.to_owned(),
                documentation: case.description.clone(),
                ..HttpCase::default()
            };
            let (kind, http) = match (&case.serialized, &case.response) {
                (Some(request), None) => {
                    (Kind::Request, self.request(http, case, request, endpoint.as_deref()))
                }
                (None, Some(response)) => self.response(http, case, response, model, service)?,
                _ => return Err(miette!("{}: neither a request nor a response", case.id)),
            };
            cases.push(Case {
                service: package.to_owned(),
                operation: operation_name(case).to_owned(),
                kind,
                maps: maps.clone(),
                // botocore compares whole URIs.
                exact_query: true,
                case: http,
                ..Case::default()
            });
        }
        Ok(cases)
    }

    fn text(&self, key: &str) -> &str {
        self.metadata.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The shape ID of the protocol.
    fn protocol(&self) -> miette::Result<&'static str> {
        Ok(match (self.text("protocol"), self.text("jsonVersion")) {
            ("ec2", _) => "aws.protocols#ec2Query",
            ("json", "1.0") => "aws.protocols#awsJson1_0",
            ("json", "1.1") => "aws.protocols#awsJson1_1",
            ("query", _) => "aws.protocols#awsQuery",
            ("rest-json", _) => "aws.protocols#restJson1",
            ("rest-xml", _) => "aws.protocols#restXml",
            ("smithy-rpc-v2-cbor", _) => "smithy.protocols#rpcv2Cbor",
            (other, version) => return Err(miette!("unknown protocol `{other}` {version}")),
        })
    }

    /// How botocore compares the bodies of requests, and how those of responses are written: its cases don't say it.
    fn media_type(&self, body: &str) -> Option<String> {
        let media_type = match self.text("protocol") {
            "json" => "application/json",
            // A payload that isn't a document is compared as it is.
            "rest-json" if serde_json::from_str::<Value>(body).is_ok() => "application/json",
            "rest-xml" if body.trim_start().starts_with('<') => "application/xml",
            "query" | "ec2" => "application/x-www-form-urlencoded",
            "smithy-rpc-v2-cbor" => "application/cbor",
            _ => return None,
        };
        Some(media_type.to_owned())
    }

    fn request(
        &self,
        http: HttpCase,
        case: &TestCase,
        request: &Serialized,
        endpoint: Option<&str>,
    ) -> HttpCase {
        let (path, query) = request.uri.split_once('?').unwrap_or((&request.uri, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let host = endpoint.map(|endpoint| {
            endpoint.split_once("://").map_or(endpoint, |(_, host)| host).to_owned()
        });
        HttpCase {
            method: request.method.clone(),
            uri: path.to_owned(),
            query_params: pairs.map(str::to_owned).collect(),
            headers: request.headers.clone(),
            require_headers: request.require_headers.clone(),
            forbid_headers: request.forbid_headers.clone(),
            // The endpoint is that of the whole suite, and only some cases say what becomes of it. Its path is
            // part of the URI.
            host: host.filter(|_| request.host.is_some()),
            resolved_host: request
                .host
                .as_ref()
                .map(|host| host.split('/').next().unwrap_or_default().to_owned()),
            body_media_type: request.body.as_deref().and_then(|body| self.media_type(body)),
            body: request.body.clone(),
            params: case.params.clone().unwrap_or_default(),
            ..http
        }
    }

    fn response(
        &self,
        http: HttpCase,
        case: &TestCase,
        response: &Response,
        model: &Model,
        service: ShapeRef,
    ) -> miette::Result<(Kind, HttpCase)> {
        let mut http = HttpCase {
            code: response.status_code,
            headers: response.headers.clone(),
            body_media_type: self.media_type(&response.body),
            body: Some(response.body.clone()),
            ..http
        };
        let Some(error) = &case.error else {
            http.params = case.result.clone().unwrap_or_default();
            return Ok((Kind::Response, http));
        };
        http.params = error.clone();
        http.vendor_params = json!({ "code": case.error_code });
        http.vendor_params_shape = Some("aws.protocoltests.config#ErrorCodeParams".to_owned());
        if let Some(message) = &case.error_message {
            let params = http.params.as_object().into_iter().flatten();
            let same = |(name, value): (&String, &Value)| {
                name.eq_ignore_ascii_case("message") && value.as_str() == Some(message)
            };
            if !params.into_iter().any(same) {
                return Err(miette!("{}: errorMessage isn't a member's", case.id));
            }
        }
        let id = error_id(case, model, service)
            .ok_or_else(|| miette!("{}: the model doesn't have its error", case.id))?;
        Ok((Kind::Error(id), http))
    }
}

/// The cases have XML namespaces as mere text, which botocore takes but no model of a service has.
fn write_namespaces_out(part: &mut Value) {
    match part {
        Value::Object(entries) => {
            for (name, value) in entries {
                if name == "xmlNamespace" && value.is_string() {
                    *value = json!({ "uri": value.take() });
                } else {
                    write_namespaces_out(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(write_namespaces_out),
        _ => {}
    }
}

/// The shape ID of the error that a case is about, of which its operation has only one.
fn error_id(case: &TestCase, model: &Model, service: ShapeRef) -> Option<String> {
    let [error] = &case.given["errors"].as_array()?[..] else { return None };
    let name = error["shape"].as_str()?;
    let operations = model.operations(service).into_iter().map(|r| model.shape(r));
    let mut errors = operations
        .filter(|operation| operation.id.name() == operation_name(case))
        .filter_map(|operation| operation.as_operation())
        .flat_map(|operation| &operation.errors)
        .map(|r| &model.shape(*r).id);
    errors.find(|id| id.name() == name).map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::super::syntax;
    use super::*;

    /// A file with a suite for each of these operations, shapes and cases.
    fn suites(parts: &[(Value, Value)]) -> Vec<TestSuite> {
        let suites: Vec<Value> = parts
            .iter()
            .map(|(shapes, cases)| {
                json!({
                    "description": "of a test",
                    "metadata": {"protocol": "rest-xml", "protocols": ["rest-xml"], "apiVersion": "1"},
                    "clientEndpoint": "https://example.test/base",
                    "shapes": shapes,
                    "cases": cases,
                })
            })
            .collect();
        syntax::read(&Value::Array(suites).to_string()).unwrap()
    }

    fn given(operation: &str) -> Value {
        let http = json!({"method": "POST", "requestUri": "/"});
        json!({"name": operation, "http": http, "input": {"shape": "In", "locationName": "Given"}})
    }

    fn request(id: &str, given: &Value, serialized: &Value) -> Value {
        json!({"id": id, "given": given, "params": {"A": "x"}, "serialized": serialized})
    }

    fn shapes(namespace: &str) -> Value {
        json!({
            "In": {"type": "structure", "members": {"A": {"shape": "S"}}, "xmlNamespace": namespace},
            "S": {"type": "string"},
        })
    }

    fn plain(id: &str, operation: &str) -> Value {
        request(id, &given(operation), &json!({"method": "POST", "uri": "/"}))
    }

    #[test]
    fn suites_that_agree_come_together() {
        let other = json!({"In": {"type": "structure", "members": {}}});
        let mut differently = given("One");
        differently["documentation"] = "differs".into();
        let groups = groups(suites(&[
            (shapes("u"), json!([plain("A", "One"), plain("B", "One")])),
            (shapes("u"), json!([plain("C", "Two")])),
            (other, json!([plain("D", "Three")])),
            (
                shapes("u"),
                json!([request("E", &differently, &json!({"method": "POST", "uri": "/"}))]),
            ),
        ]));
        let ids: Vec<Vec<&str>> = groups
            .iter()
            .map(|group| group.cases.iter().map(|case| case.case.id.as_str()).collect())
            .collect();
        assert_eq!(ids, [vec!["A", "B", "C"], vec!["D"], vec!["E"]]);
    }

    #[track_caller]
    fn converted(shapes: Value, case: &Value) -> miette::Result<Case> {
        let groups = groups(suites(&[(shapes, json!([case]))]));
        let model = Model::from_botocore_json("test.json", groups[0].model()).unwrap();
        let service = model.service(None).unwrap();
        Ok(groups[0].cases(&model, service, "package")?.remove(0))
    }

    #[test]
    fn a_request_is_taken_apart() {
        let serialized = json!({
            "method": "POST", "uri": "/base/a?b=c&d", "body": " <Given/>",
            "headers": {"X": "1"}, "requireHeaders": ["Y"], "forbidHeaders": ["Z"],
            "host": "pre.example.test/base",
        });
        let case = converted(shapes("u"), &request("Id", &given("One"), &serialized)).unwrap();
        assert_eq!((case.service.as_str(), case.operation.as_str()), ("package", "One"));
        assert!(case.exact_query && case.kind == Kind::Request);
        let http = case.case;
        assert_eq!((http.id.as_str(), http.protocol.as_str()), ("Id", "aws.protocols#restXml"));
        assert_eq!((http.method.as_str(), http.uri.as_str()), ("POST", "/base/a"));
        assert_eq!(http.query_params, ["b=c", "d"]);
        assert_eq!(http.headers["X"], "1");
        assert_eq!(
            (http.require_headers, http.forbid_headers),
            (vec!["Y".into()], vec!["Z".into()])
        );
        assert_eq!(http.host.as_deref(), Some("example.test/base"));
        assert_eq!(http.resolved_host.as_deref(), Some("pre.example.test"));
        assert_eq!(http.body_media_type.as_deref(), Some("application/xml"));
        assert_eq!(http.params, json!({"A": "x"}));
    }

    fn error(message: Option<&str>) -> miette::Result<Case> {
        let mut given = given("One");
        given["errors"] = json!([{"shape": "Bad"}]);
        let mut shapes = shapes("u");
        shapes["Bad"] = json!({
            "type": "structure", "members": {"Message": {"shape": "S"}}, "exception": true,
        });
        let response = json!({"status_code": 400, "body": "<Error/>"});
        let case = json!({
            "id": "Id", "given": given, "errorCode": "Bad", "errorMessage": message,
            "error": {"Message": "no"}, "response": response,
        });
        converted(shapes, &case)
    }

    #[test]
    fn an_error_has_a_shape_and_a_code() {
        let case = error(Some("no")).unwrap();
        assert!(matches!(&case.kind, Kind::Error(id) if id.ends_with("#Bad")), "{:?}", case.kind);
        assert_eq!(case.case.code, 400);
        assert_eq!(case.case.params, json!({"Message": "no"}));
        assert_eq!(case.case.vendor_params, json!({"code": "Bad"}));
        assert!(error(Some("yes")).unwrap_err().to_string().contains("errorMessage"));
    }

    #[test]
    fn models_are_written_as_those_of_services() {
        let mut shapes = shapes("u");
        let groups_of =
            |shapes: &Value| groups(suites(&[(shapes.clone(), json!([plain("A", "One")]))]));
        let model = |shapes: &Value| -> Value {
            serde_json::from_str(&groups_of(shapes)[0].model()).unwrap()
        };
        let written = model(&shapes);
        assert_eq!(written["shapes"]["In"]["xmlNamespace"], json!({"uri": "u"}));
        assert_eq!(written["metadata"]["serviceId"], SERVICE_ID);
        assert_eq!(written["operations"]["One"]["input"]["locationName"], "Given");
        shapes["In"]["locationName"] = "Own".into();
        assert_eq!(model(&shapes)["operations"]["One"]["input"], json!({"shape": "In"}));
    }

    #[test]
    fn keys_that_are_not_known_are_an_error() {
        let text = r#"[{"metadata":{},"cases":[{"id":"A","given":{},"strange":1}]}]"#;
        assert!(syntax::read(text).unwrap_err().to_string().contains("strange"));
    }
}
