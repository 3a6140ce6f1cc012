//! One folder a case: `model.json`, perhaps `select.txt`, and `expected.snap` with the model or the errors.
//!
//! In place of `model.json` there may be a folder `model` with files of botocore's, and `service.txt` with the name
//! of the service to load from it.
//!
//! `select.txt` has a service on its first line (which may be empty) and patterns on the others. Without it the model
//! alone is described.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use miette::{GraphicalReportHandler, GraphicalTheme};
use tinsmith_model::{
    Errors, Member, Model, Selection, Shape, ShapeKind, ShapeRef, Traits, closure,
};

#[test]
fn fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 30, "the fixtures are missing");
    for case in cases {
        let request = fs::read_to_string(case.join("select.txt")).ok();
        let outcome = load(&case)
            .and_then(|model| outcome(&model, request.as_deref()))
            .unwrap_or_else(rendered);
        insta::with_settings!({
            snapshot_path => &case,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("expected", outcome);
        });
    }
}

fn load(case: &Path) -> Result<Model, Errors> {
    let name = case.file_name().expect("a case is a folder");
    // Paths in errors must be the same on every machine: tests run in the folder of the package.
    let folder = Path::new("tests/fixtures").join(name).join("model");
    if !folder.is_dir() {
        let text = fs::read_to_string(case.join("model.json")).expect("a case has a model");
        return Model::from_smithy_json("model.json", text);
    }
    let service = fs::read_to_string(case.join("service.txt")).ok();
    Model::load_service(&folder, service.as_deref().map(str::trim))
}

fn outcome(model: &Model, request: Option<&str>) -> Result<String, Errors> {
    let Some(request) = request else { return Ok(described(model)) };
    let mut lines = request.lines();
    let service = model.service(lines.next().filter(|line| !line.is_empty()))?;
    let operations = Selection::parse(&lines.collect::<Vec<_>>())?.resolve(model, service)?;
    let needed: Vec<ShapeRef> = closure(model, service, &operations).into_iter().collect();
    Ok(format!(
        "service {}\noperations {}\nclosure {}\n",
        model.shape(service).id,
        names(model, &operations),
        names(model, &needed)
    ))
}

fn names(model: &Model, shapes: &[ShapeRef]) -> String {
    shapes.iter().map(|r| model.shape(*r).id.name()).collect::<Vec<_>>().join(" ")
}

/// The plain text, then what a terminal shows.
fn rendered(errors: Errors) -> String {
    let mut text = format!("{errors}\n\n");
    let theme = GraphicalTheme::unicode_nocolor();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
    let report = errors.into_report();
    handler.render_report(&mut text, report.as_ref()).expect("text takes any error");
    // No line ends in spaces, lest an editor change the snapshot.
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The file's shapes, a line each, and a line a member.
fn described(model: &Model) -> String {
    let mut text = String::new();
    if !model.metadata().is_empty() {
        let keys: Vec<&str> = model.metadata().keys().map(String::as_str).collect();
        writeln!(text, "metadata {}", keys.join(" ")).expect("text takes any line");
    }
    for (_, shape) in model.shapes().filter(|(_, shape)| shape.span.is_some()) {
        let line = format!("{} {}{}", shape.type_name(), shape.id, traits(&shape.traits));
        writeln!(text, "{line}").expect("text takes any line");
        for member in shape.all_members() {
            writeln!(text, "    {}", described_member(model, member)).expect("text takes any line");
        }
        text.push_str(&described_references(model, shape));
    }
    for service in model.services() {
        let operations = model.operations(service);
        writeln!(
            text,
            "all operations of {}: {}",
            model.shape(service).id.name(),
            names(model, &operations)
        )
        .expect("text takes any line");
    }
    text
}

fn described_member(model: &Model, member: &Member) -> String {
    format!("{}: {}{}", member.name, model.shape(member.target).id, traits(&member.traits))
}

fn described_references(model: &Model, shape: &Shape) -> String {
    match &shape.kind {
        ShapeKind::Operation(operation) => format!(
            "    {} -> {} or {:?}\n",
            model.shape(operation.input).id.name(),
            model.shape(operation.output).id.name(),
            names(model, &operation.errors)
        ),
        ShapeKind::Resource(resource) => {
            let bound: Vec<ShapeRef> = resource.bound_operations().collect();
            let identifiers: Vec<&str> = resource.identifiers.keys().map(String::as_str).collect();
            format!(
                "    by {identifiers:?}, operations {:?}, resources {:?}\n",
                names(model, &bound),
                names(model, &resource.resources)
            )
        }
        ShapeKind::Service(service) => {
            let renamed = service.rename.iter();
            let renamed: Vec<String> = renamed
                .map(|(shape, name)| format!("{} as {name}", model.shape(*shape).id))
                .collect();
            format!(
                "    version {:?}, operations {:?}, resources {:?}, errors {:?}, renamed {renamed:?}\n",
                service.version,
                names(model, &service.operations),
                names(model, &service.resources),
                names(model, &service.errors)
            )
        }
        _ => String::new(),
    }
}

fn traits(traits: &Traits) -> String {
    traits
        .iter()
        .map(|(id, value)| match id.strip_prefix("smithy.api#") {
            Some(name) => format!(" @{name}={value}"),
            None => format!(" @{id}={value}"),
        })
        .collect()
}
