//! The program that runs the cases: a workspace below `target/` with the generated crates and a `main` that
//! lists them. It must not know what a case is about.

use std::iter;
use std::path::Path;
use std::process::Command;

use miette::{IntoDiagnostic, Report, WrapErr, miette};
use tinsmith_conformance::{Case, Outcome};

use super::cases::{Service, Suite};
use crate::lines::last_lines;
use crate::workspace::{self, put};

/// The package of the program.
pub(super) const PROGRAM: &str = "conformance-program";

/// So many of the last lines that Cargo printed are shown when it fails.
const LINES: usize = 30;

fn services(suites: &[Suite]) -> impl Iterator<Item = &Service> {
    suites.iter().flat_map(|suite| &suite.services).filter(|service| service.files.is_some())
}

/// Writes the generated crates, the program and its cases.
pub(crate) fn write(folder: &Path, suites: &[Suite]) -> miette::Result<()> {
    for service in services(suites) {
        if let Some(files) = &service.files {
            files.write(&folder.join(&service.package)).map_err(Report::new)?;
        }
    }
    let names: Vec<&str> = services(suites).map(|service| service.package.as_str()).collect();
    workspace::put_workspace(folder, iter::once(PROGRAM).chain(names.iter().copied()))?;
    let dependencies: String = names
        .iter()
        .map(|name| format!("{name} = {{ path = \"../{name}\", features = [\"registry\"] }}\n"))
        .collect();
    let library = workspace::root()?.join("codegen/conformance");
    let library = format!("{:?}", workspace::with_slashes(&library));
    let manifest = format!(
        "[package]\nname = {PROGRAM:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ntinsmith-conformance = {{ path = {library} }}\n{dependencies}"
    );
    put(&folder.join(PROGRAM).join("Cargo.toml"), &manifest)?;
    let registries: String = services(suites)
        .map(|service| {
            let name = service.package.replace('-', "_");
            format!("        ({:?}, {name}::registry::OPERATIONS),\n", service.package)
        })
        .collect();
    let main = format!(
        "fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         tinsmith_conformance::main(&[\n{registries}    ])\n}}\n"
    );
    put(&folder.join(PROGRAM).join("src/main.rs"), &main)?;
    let cases: Vec<&Case> = services(suites).flat_map(|service| &service.cases).collect();
    let cases = serde_json::to_string(&cases).into_diagnostic()?;
    put(&folder.join("cases.json"), &cases)
}

/// Runs the cases with the program, which is built already.
pub(super) fn run(folder: &Path) -> miette::Result<Vec<Outcome>> {
    let output = start(folder, Profile::Dev, &[])?;
    serde_json::from_slice(&output)
        .into_diagnostic()
        .wrap_err("the program that runs the cases printed something else than outcomes")
}

/// How the program is built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Profile {
    /// Quickly.
    Dev,
    /// To run quickly.
    Release,
}

/// Builds the program.
pub(super) fn build(folder: &Path, profile: Profile) -> miette::Result<()> {
    cargo(folder, "build", profile, &[]).map(drop)
}

/// Builds the program, starts it with the cases and these arguments, and gives what it prints.
pub(crate) fn start(
    folder: &Path,
    profile: Profile,
    arguments: &[&str],
) -> miette::Result<Vec<u8>> {
    let cases = folder.join("cases.json");
    let cases = cases.to_string_lossy();
    cargo(folder, "run", profile, &[&["--", &*cases], arguments].concat())
}

/// Runs Cargo on the program, and gives what it printed on stdout.
fn cargo(
    folder: &Path,
    verb: &str,
    profile: Profile,
    arguments: &[&str],
) -> miette::Result<Vec<u8>> {
    let output = Command::new(workspace::cargo())
        .args([verb, "--quiet"])
        .args((profile == Profile::Release).then_some("--release"))
        .args(["--package", PROGRAM, "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .args(arguments)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .into_diagnostic()
        .wrap_err("cannot run cargo")?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = last_lines(&String::from_utf8_lossy(&output.stderr), LINES);
    let what = format!("`cargo {verb}` failed in {}: {}", folder.display(), output.status);
    Err(miette!("{said}").wrap_err(what))
}
