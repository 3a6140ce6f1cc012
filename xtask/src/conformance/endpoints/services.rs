//! The endpoint tests that a model holds, and what of its crate they need. It must not know how that is built.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::Path;

use miette::{IntoDiagnostic, WrapErr, miette};
use serde_json::Value;
use tinsmith_codegen::{
    Errors, Files, Model, RuntimeDependency, Selection, Settings, endpoint_module, generate,
};
use tinsmith_conformance::endpoints::Case;
use tinsmith_model::{ShapeRef, trait_id};

/// A service with endpoint tests.
pub(super) struct Service {
    /// The model's name, and the service's where the model has several.
    pub(super) name: String,
    pub(super) cases: Vec<Case>,
    /// The module `config::endpoint`.
    pub(super) module: String,
    /// The crate of the operations that cases make requests of, if they do.
    pub(super) files: Option<Files>,
}

impl Service {
    /// The name as an identifier.
    pub(super) fn ident(&self) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        format!("of_{}", self.name.to_lowercase().chars().map(plain).collect::<String>())
    }

    /// The package of its crate.
    pub(super) fn package(&self) -> String {
        self.ident().replace('_', "-")
    }
}

/// The services of a model that have cases with this text, in lower case, in their names or documentation.
pub(super) fn of_model(path: &Path, filter: Option<&str>) -> miette::Result<Vec<Service>> {
    let fails = || format!("cannot make the endpoint rules of {}", path.display());
    let model = Model::load(path).map_err(Errors::into_report).wrap_err_with(fails)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let of_model = model.services();
    let mut services = Vec::new();
    for &r in &of_model {
        let name = match of_model.as_slice() {
            [_] => stem.clone(),
            _ => format!("{stem} {}", model.shape(r).id.name()),
        };
        let mut cases = cases(&model, r, &name)?;
        if let Some(filter) = filter.filter(|filter| !name.to_lowercase().contains(filter)) {
            cases.retain(|case| case.documentation.to_lowercase().contains(filter));
        }
        if !cases.is_empty() {
            services.push(
                service(&model, r, name, cases)
                    .map_err(Errors::into_report)
                    .wrap_err_with(fails)?,
            );
        }
    }
    Ok(services)
}

fn cases(model: &Model, r: ShapeRef, name: &str) -> miette::Result<Vec<Case>> {
    let tests = model.shape(r).traits.get(trait_id::ENDPOINT_TESTS);
    let cases = tests.and_then(|tests| tests.get("testCases")).and_then(Value::as_array);
    let read = |case: &Value| {
        let case: Case = serde_json::from_value(case.clone())
            .into_diagnostic()
            .wrap_err_with(|| miette!("an endpoint test of {name} cannot be read: {case}"))?;
        Ok(Case { service: name.to_owned(), ..case })
    };
    cases.into_iter().flatten().map(read).collect()
}

fn service(model: &Model, r: ShapeRef, name: String, cases: Vec<Case>) -> Result<Service, Errors> {
    let mut settings = Settings {
        service: Some(model.shape(r).id.to_string()),
        source: format!("{name}.json"),
        // Other threads are at other models.
        threads: Some(NonZero::<usize>::MIN),
        ..Settings::default()
    };
    let module = endpoint_module(model, &settings)?;
    let inputs = cases.iter().flat_map(|case| &case.operation_inputs);
    let operations: BTreeSet<String> = inputs.map(|input| input.operation_name.clone()).collect();
    let mut service = Service { name, cases, module, files: None };
    if !operations.is_empty() {
        settings.operations = Selection::parse(&Vec::from_iter(operations))?;
        settings.package = Some(service.package());
        settings.runtime = RuntimeDependency::Path("../../../codegen/runtime".to_owned());
        service.files = Some(generate(model, &settings)?);
    }
    Ok(service)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The services of a model with these rules and tests.
    fn read(tests: &str, rules: &str, filter: Option<&str>) -> Result<Vec<Service>, String> {
        let model = format!(
            r#"{{"smithy":"2.0","shapes":{{
                "a#S":{{"type":"service","version":"1","operations":[{{"target":"a#Get"}}],"traits":{{
                    "aws.protocols#awsJson1_1":{{}},
                    "smithy.rules#endpointRuleSet":{{"parameters":{{}},"rules":[{rules}]}},
                    "smithy.rules#endpointTests":{{"testCases":[{tests}]}}}}}},
                "a#Get":{{"type":"operation"}}}}}}"#
        );
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("of.some-service.json");
        fs::write(&path, model).unwrap();
        of_model(&path, filter).map_err(|report| format!("{report:?}"))
    }

    const RULE: &str = r#"{"type":"error","conditions":[],"error":"no"}"#;
    const PLAIN: &str = r#"{"documentation":"Plain","params":{},"expect":{"error":"no"}}"#;
    const CALLS: &str = r#"{"documentation":"Calls","expect":{"error":"no"},
        "operationInputs":[{"operationName":"Get"}]}"#;

    #[test]
    fn a_service_has_cases_rules_and_the_operations_that_are_called() {
        let services = read(&format!("{PLAIN},{CALLS}"), RULE, None).unwrap();
        let [service] = services.as_slice() else { panic!("one service is expected") };
        assert_eq!(service.ident(), "of_of_some_service");
        assert_eq!(service.package(), "of-of-some-service");
        assert_eq!(service.cases.len(), 2);
        assert!(service.module.contains("Outcome::Error(String(\"no\"))"), "{}", service.module);
        let files = service.files.as_ref().unwrap();
        assert!(files.get("src/operation/get.rs").is_some());
        assert!(read(PLAIN, RULE, None).unwrap()[0].files.is_none());
    }

    #[test]
    fn a_filter_looks_at_names_and_documentation() {
        let cases = format!("{PLAIN},{CALLS}");
        let counts =
            |filter| read(&cases, RULE, Some(filter)).unwrap().first().map(|it| it.cases.len());
        assert_eq!(counts("some-service"), Some(2));
        assert_eq!(counts("call"), Some(1));
        assert_eq!(counts("nothing"), None);
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let error = read(r#"{"expect":{"error":""},"more":1}"#, RULE, None).err().unwrap();
        assert!(error.contains("unknown field `more`"), "{error}");
        let error = read(PLAIN, r#"{"type":"leaf"}"#, None).err().unwrap();
        assert!(error.contains("there is no such type of rule"), "{error}");
    }
}
