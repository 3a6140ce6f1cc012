//! The cases that a suite's model holds, and the crates that they need. It must not know how crates are
//! built or cases run.

use std::path::Path;

use miette::{IntoDiagnostic, WrapErr, miette};
use serde_json::Value;
use tinsmith_codegen::{Defaults, Errors, Files, Model, RuntimeDependency, Settings, generate};
use tinsmith_conformance::{Case, EventCase, HttpCase, Kind, MapNames, Side};
use tinsmith_model::{Member, ShapeKind, ShapeRef, trait_id};

/// A model with test cases.
pub(crate) struct Suite {
    /// The file's name without its ending.
    pub(crate) name: String,
    pub(crate) services: Vec<Service>,
}

/// A service of a suite.
pub(crate) struct Service {
    /// The package of its crate, and what its registry is called.
    pub(crate) package: String,
    pub(crate) cases: Vec<Case>,
    /// The crate, unless the generator refused to make one.
    pub(crate) files: Option<Files>,
    /// Why it refused.
    pub(crate) refused: Option<String>,
}

pub(crate) fn suite(path: &Path, filter: Option<&str>) -> miette::Result<Suite> {
    let model = Model::load(path)
        .map_err(Errors::into_report)
        .wrap_err_with(|| format!("cannot load {}", path.display()))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut services = Vec::new();
    let source = format!("{name}.json");
    for service in model.services() {
        let package = format!("{name}-{}", model.shape(service).id.name()).to_lowercase();
        let mut cases = service_cases(&model, service, &package)?;
        keep(&mut cases, filter);
        if !cases.is_empty() {
            services.push(self::service(&model, service, package, &source, cases));
        }
    }
    Ok(Suite { name, services })
}

/// Leaves out the cases whose ID doesn't contain the text, whatever its case.
pub(super) fn keep(cases: &mut Vec<Case>, filter: Option<&str>) {
    if let Some(filter) = filter.map(str::to_lowercase) {
        cases.retain(|case| case.case.id.to_lowercase().contains(&filter));
    }
}

/// A service with its cases and its crate; `source` is the model's name in generated code.
pub(super) fn service(
    model: &Model,
    r: ShapeRef,
    package: String,
    source: &str,
    cases: Vec<Case>,
) -> Service {
    let settings = Settings {
        service: Some(model.shape(r).id.to_string()),
        package: Some(package.clone()),
        runtime: RuntimeDependency::Path("../../../codegen/runtime".to_owned()),
        source: source.to_owned(),
        // Cases expect it; official clients don't do it.
        defaults: Defaults::All,
        ..Settings::default()
    };
    let (files, refused) = match generate(model, &settings) {
        Ok(files) => (Some(files), None),
        Err(errors) => (None, Some(errors.to_string())),
    };
    Service { package, cases, files, refused }
}

/// The cases for clients, of the service's operations and their errors.
fn service_cases(model: &Model, service: ShapeRef, package: &str) -> miette::Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mut errors_seen = std::collections::BTreeSet::new();
    for operation in model.operations(service) {
        let shape = model.shape(operation);
        let mut add = |r: ShapeRef, id: &str, kind: &Kind| -> miette::Result<()> {
            for case in
                model.shape(r).traits.get(id).and_then(Value::as_array).into_iter().flatten()
            {
                let case = tests_case(model, service, shape.id.name(), kind, case)?;
                cases.extend(case);
            }
            Ok(())
        };
        add(operation, trait_id::HTTP_REQUEST_TESTS, &Kind::Request)?;
        add(operation, trait_id::HTTP_RESPONSE_TESTS, &Kind::Response)?;
        add(operation, trait_id::EVENT_STREAM_TESTS, &Kind::EventStream)?;
        for &error in shape.as_operation().into_iter().flat_map(|operation| &operation.errors) {
            if errors_seen.insert(error) {
                let id = model.shape(error).id.to_string();
                add(error, trait_id::HTTP_RESPONSE_TESTS, &Kind::Error(id))?;
            }
        }
    }
    let maps = map_names(model);
    for case in &mut cases {
        case.maps.clone_from(&maps);
        package.clone_into(&mut case.service);
    }
    Ok(cases)
}

/// The case, if it is one for clients and of a protocol that the service declares. Streams of events have
/// cases for either side, both of which run.
fn tests_case(
    model: &Model,
    service: ShapeRef,
    operation: &str,
    kind: &Kind,
    case: &Value,
) -> miette::Result<Option<Case>> {
    let service = model.shape(service);
    let unreadable = || miette!("a test case of {operation} cannot be read: {case}");
    let events: Option<EventCase> = match kind {
        Kind::EventStream => {
            let events = serde_json::from_value(case.clone());
            Some(events.into_diagnostic().wrap_err_with(unreadable)?)
        }
        _ => None,
    };
    let case = match &events {
        Some(events) => serde_json::from_value(events.common()),
        None => serde_json::from_value(case.clone()),
    };
    let case: HttpCase = case.into_diagnostic().wrap_err_with(unreadable)?;
    let runs = events.is_some() || case.applies_to != Some(Side::Server);
    let case = Case {
        operation: operation.to_owned(),
        kind: kind.clone(),
        case,
        events,
        ..Case::default()
    };
    Ok((runs && service.traits.has(&case.case.protocol)).then_some(case))
}

/// What keys and values of the model's maps are called in XML and forms.
pub(super) fn map_names(model: &Model) -> Vec<MapNames> {
    let name =
        |member: &Member| member.traits.str(trait_id::XML_NAME).unwrap_or(&member.name).to_owned();
    let maps = model.shapes().filter_map(|(_, shape)| match &shape.kind {
        ShapeKind::Map { key, value } => Some(MapNames { key: name(key), value: name(value) }),
        _ => None,
    });
    let maps: std::collections::BTreeSet<MapNames> = maps.collect();
    maps.into_iter().collect()
}
