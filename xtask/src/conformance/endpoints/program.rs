//! The program that runs endpoint tests: a workspace below `target/` with a package that has the rules of all services,
//! and the crates whose operations are called. It must not know what a case is about.

use std::iter;
use std::path::Path;

use miette::{IntoDiagnostic, Report, WrapErr};
use tinsmith_conformance::endpoints::{Case, Outcome};

use super::super::program::{PROGRAM, Profile, build as build_program, start};
use super::services::Service;
use crate::workspace::{self, put};

/// Writes the rules, the crates, the program and its cases.
pub(super) fn write(folder: &Path, services: &[Service]) -> miette::Result<()> {
    let mut crates = Vec::new();
    for service in services {
        if let Some(files) = &service.files {
            files.write(&folder.join(service.package())).map_err(Report::new)?;
            crates.push(service.package());
        }
    }
    workspace::put_workspace(folder, iter::once(PROGRAM).chain(crates.iter().map(String::as_str)))?;
    put(&folder.join(PROGRAM).join("Cargo.toml"), &manifest(&crates)?)?;
    let source = folder.join(PROGRAM).join("src");
    put(&source.join("main.rs"), &main(services))?;
    put(&source.join("rules.rs"), &modules(services))?;
    for service in services {
        put(&source.join("rules").join(format!("{}.rs", service.ident())), &service.module)?;
    }
    let cases: Vec<&Case> = services.iter().flat_map(|service| &service.cases).collect();
    put(&folder.join("cases.json"), &serde_json::to_string(&cases).into_diagnostic()?)?;
    workspace::lock_once(folder)
}

fn manifest(crates: &[String]) -> miette::Result<String> {
    let path = |folder: &str| -> miette::Result<String> {
        Ok(format!("{:?}", workspace::with_slashes(&workspace::root()?.join(folder))))
    };
    // Nothing is sent: without what clients send with, there is much less to build.
    let crates: String = crates
        .iter()
        .map(|name| {
            let features = "default-features = false, features = [\"client\", \"registry\"]";
            format!("{name} = {{ path = \"../{name}\", {features} }}\n")
        })
        .collect();
    Ok(format!(
        "[package]\nname = {PROGRAM:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         tinsmith-conformance = {{ path = {}, features = [\"endpoints\"] }}\n\
         tinsmith-runtime = {{ path = {}, features = [\"client\"] }}\n{crates}",
        path("codegen/conformance")?,
        path("codegen/runtime")?,
    ))
}

fn main(services: &[Service]) -> String {
    let entries: String = services
        .iter()
        .map(|service| {
            let ident = service.ident();
            let operations = match &service.files {
                Some(_) => format!("{ident}::registry::OPERATIONS"),
                None => "&[]".to_owned(),
            };
            format!("        ({:?}, &rules::{ident}::ENDPOINTS, {operations}),\n", service.name)
        })
        .collect();
    format!(
        "mod rules;\n\nfn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         tinsmith_conformance::endpoints::main(&[\n{entries}    ])\n}}\n"
    )
}

fn modules(services: &[Service]) -> String {
    // Cases don't go by the accessors and setters that crates offer.
    let mut text = "#![allow(dead_code, unused_imports)]\n\n".to_owned();
    for service in services {
        text.push_str(&format!("pub(crate) mod {};\n", service.ident()));
    }
    text
}

/// Builds the program.
pub(super) fn build(folder: &Path) -> miette::Result<()> {
    build_program(folder, Profile::Dev)
}

/// Runs the cases with the program, which is built already.
pub(super) fn run(folder: &Path) -> miette::Result<Vec<Outcome>> {
    let output = start(folder, Profile::Dev, &[])?;
    serde_json::from_slice(&output)
        .into_diagnostic()
        .wrap_err("the program that runs the cases printed something else than outcomes")
}
