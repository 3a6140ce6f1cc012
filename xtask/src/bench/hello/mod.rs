//! `bench hello`: what a whole small program costs to build, with the official crate and with the generated one in its
//! place. It must not know how processes are measured.

mod server;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use miette::{IntoDiagnostic, Report as Problem, WrapErr, miette};
use serde::Serialize;
use tinsmith_codegen::{Client, Errors, Model, Selection, Settings, generate};

use super::cargo::Cargo;
use super::figure::Figure;
use super::plan::{lock, unavailable};
use super::report::{Measure, mebibytes};
use super::table::{aligned, row};
use super::wrapper::Whole;
use super::{page, subject};
use crate::machine::Machine;
use crate::progress::Progress;
use crate::screen::Screen;
use crate::{Outcome, workspace};

/// Where the programs and their target directories are made.
const FOLDER: &str = "target/bench/hello";

/// What the page calls this measurement.
const PART: &str = "hello";

const PROGRAM: &str = include_str!("program.rs");

const MODEL: &str = "model/services/forecast.json";
const OPERATION: &str = "ListForecastExportJobs";
const PACKAGE: &str = "aws-sdk-forecast";
const VERSION: &str = "1.119.0";

const PROFILES: [(&str, &str, &[&str]); 2] =
    [("dev", "debug", &[]), ("release", "release", &["--release"])];

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench hello
  cargo xtask bench hello --runs 3 --write docs/measurements.md --json target/hello.json

The program calls one operation, ListForecastExportJobs of Amazon Forecast, with a configuration of
its own and the crates' default features; its one source is built with the official crate and, by a
patch section, with a generated one that has this operation. Each build begins with an empty target
directory, everything downloaded before. Both programs are run against a local server, and must
print the same.";

/// Builds a small program with the official crate and with the generated one, each from nothing.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// How often each is built in each profile.
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// The page to write the table to, between its markers; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// The file to write every single measurement to.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Report {
    machine: Machine,
    version: &'static str,
    runs: u16,
    official: Costs,
    generated: Costs,
}

#[derive(Debug, Default, Serialize)]
struct Costs {
    dev: Vec<Build>,
    release: Vec<Build>,
}

/// One build of the program.
#[derive(Debug, Serialize)]
struct Build {
    whole: Whole,
    binary_bytes: u64,
    /// Without symbols, where there is a program that removes them.
    stripped_bytes: Option<u64>,
}

const MEASURES: [Measure<Build>; 5] = [
    ("wall time, s", |build| Some(build.whole.wall_s)),
    ("CPU time, s", |build| Some(build.whole.usage?.cpu_s)),
    ("peak memory of the largest process, MiB", |build| {
        Some(mebibytes(build.whole.usage?.peak_bytes))
    }),
    ("binary, MB", |build| Some(build.binary_bytes as f64 / 1e6)),
    ("binary without symbols, MB", |build| Some(build.stripped_bytes? as f64 / 1e6)),
];

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    if let Some(path) = &args.write {
        page::updated(path, PART, "")?;
    }
    let report = measure(args.runs)?;
    let text = report.text(args);
    screen.line(text.trim_end());
    if let Some(path) = &args.write {
        page::write(path, PART, &text)?;
    }
    if let Some(path) = &args.json {
        let json = serde_json::to_string_pretty(&report).into_diagnostic()?;
        page::write_whole(path, &format!("{json}\n"))?;
    }
    Ok(Outcome::Done)
}

fn measure(runs: u16) -> miette::Result<Report> {
    let root = workspace::root()?;
    let folder = root.join(FOLDER);
    let cargo = Cargo::new(&folder, PACKAGE)?;
    let mut progress = Progress::new(3 + 2 * PROFILES.len() * usize::from(runs));
    progress.step("generate, and download what both depend on");
    generate_crate(&root, &folder.join("crate"))?;
    let programs = ["official", "generated"].map(|name| folder.join(name));
    for (program, patch) in programs.iter().zip([None, Some("../crate")]) {
        write_program(program, patch)?;
        lock(&root, program, true)?;
        subject::fetch(&cargo, program)
            .map_err(|error| unavailable(PACKAGE, Some(VERSION), &error))?;
    }
    let mut costs = [Costs::default(), Costs::default()];
    for run in 1..=runs {
        for (at, (profile, ..)) in PROFILES.iter().enumerate() {
            for (program, costs) in programs.iter().zip(&mut costs) {
                let name = program.file_name().unwrap_or_default().to_string_lossy();
                progress.step(format_args!("{profile}, {name}, run {run} of {runs}"));
                let build = build(&cargo, program, at)?;
                if at == 0 { &mut costs.dev } else { &mut costs.release }.push(build);
            }
        }
    }
    for (profile, ..) in PROFILES {
        progress.step(format_args!("run the programs: {profile}"));
        same_words(&programs, profile)?;
    }
    let [official, generated] = costs;
    Ok(Report { machine: Machine::here_and_now()?, version: VERSION, runs, official, generated })
}

/// The crate with the one operation, in the official one's place.
fn generate_crate(root: &Path, folder: &Path) -> miette::Result<()> {
    let model = Model::load(&root.join(MODEL)).map_err(Errors::into_report)?;
    let settings = Settings {
        operations: Selection::parse(&[OPERATION]).map_err(Errors::into_report)?,
        package: Some(PACKAGE.to_owned()),
        version: VERSION.to_owned(),
        client: Client::Always,
        runtime: workspace::runtime(None, folder)?,
        source: model.origin().to_owned(),
        ..Settings::default()
    };
    let files = generate(&model, &settings).map_err(Errors::into_report)?;
    files.write(folder).map(drop).map_err(Problem::new)
}

fn write_program(folder: &Path, patch: Option<&str>) -> miette::Result<()> {
    workspace::put(&folder.join("Cargo.toml"), &manifest(patch))?;
    workspace::put(&folder.join("src/main.rs"), PROGRAM)
}

fn manifest(patch: Option<&str>) -> String {
    let patch = patch.map_or(String::new(), |path| {
        format!("\n[patch.crates-io]\n{PACKAGE} = {{ path = \"{path}\" }}\n")
    });
    format!(
        "[package]\nname = \"hello\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n\
         [dependencies]\n{PACKAGE} = \"={VERSION}\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n{patch}"
    )
}

/// Where the programs of a profile are built, beside their sources.
fn target(program: &Path, profile: &str) -> PathBuf {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    program.with_file_name(format!("{name}-target-{profile}"))
}

fn binary(program: &Path, profile: &str) -> PathBuf {
    let (_, folder, _) =
        PROFILES.iter().find(|(name, ..)| *name == profile).unwrap_or(&PROFILES[0]);
    target(program, profile).join(folder).join(format!("hello{}", env::consts::EXE_SUFFIX))
}

fn build(cargo: &Cargo, program: &Path, at: usize) -> miette::Result<Build> {
    let (profile, _, options) = PROFILES[at];
    let target = target(program, profile);
    if target.exists() {
        fs::remove_dir_all(&target)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot remove {}", target.display()))?;
    }
    // Relative, because errors show it.
    let relative = format!("../{}", target.file_name().unwrap_or_default().to_string_lossy());
    let words = ["build", "--offline", "--target-dir", &relative];
    let whole = cargo.whole(program, &[&words[..], options].concat())?;
    let binary = binary(program, profile);
    Ok(Build { whole, binary_bytes: size(&binary)?, stripped_bytes: stripped(&binary)? })
}

fn size(file: &Path) -> miette::Result<u64> {
    let size = fs::metadata(file).map(|it| it.len()).into_diagnostic();
    size.wrap_err_with(|| format!("cannot read {}", file.display()))
}

/// The size of a copy without symbols, if there is a `strip`.
fn stripped(binary: &Path) -> miette::Result<Option<u64>> {
    let copy = binary.with_file_name("hello-stripped");
    let ended = Command::new("strip").arg("-o").arg(&copy).arg(binary).output();
    match ended {
        Ok(output) if output.status.success() => size(&copy).map(Some),
        _ => Ok(None),
    }
}

/// Runs both programs against the same server; they must print the same, and something.
fn same_words(programs: &[PathBuf; 2], profile: &str) -> miette::Result<()> {
    let server = server::start()?;
    let mut said = Vec::new();
    for program in programs {
        let binary = binary(program, profile);
        let output = Command::new(&binary)
            .env("HELLO_ENDPOINT", &server)
            .output()
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot run {}", binary.display()))?;
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            return Err(miette!("{errors}").wrap_err(format!("{} failed", binary.display())));
        }
        said.push(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    if said[0] == said[1] && said[0].contains(server::JOB) {
        return Ok(());
    }
    Err(miette!("official:\n{}generated:\n{}", said[0], said[1])
        .wrap_err("the programs do not print the job that the server has"))
}

impl Report {
    fn text(&self, args: &Args) -> String {
        let figures = match self.runs {
            1 => "one run".to_owned(),
            runs => format!("medians of {runs} runs (least–most)"),
        };
        let write = args.write.as_deref();
        let write = write.map(|path| format!(" --write {}", workspace::with_slashes(path)));
        let runs = if args.runs == 1 { String::new() } else { format!(" --runs {}", args.runs) };
        format!(
            "A program that calls `{OPERATION}`, built from nothing with `{PACKAGE}` {} and with the generated crate; \
             {figures}:\n\n{}\n{}\nMade by `cargo xtask bench hello{runs}{}`.\n",
            self.version,
            self.table(),
            self.machine.text(),
            write.unwrap_or_default(),
        )
    }

    fn table(&self) -> String {
        let mut rows = vec![["", "official", "generated", "ratio"].map(str::to_owned)];
        let Report { official, generated, .. } = self;
        let profiles = [
            ("dev", [&official.dev, &generated.dev]),
            ("release", [&official.release, &generated.release]),
        ];
        for (profile, builds) in profiles {
            for (name, value) in MEASURES {
                let cells = builds.map(|builds| {
                    let figure = Figure::of(builds.iter().filter_map(value))?;
                    Some((figure.median, figure.text()))
                });
                rows.push(row(format!("{profile}: {name}"), cells));
            }
        }
        aligned(&rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::Usage;

    #[test]
    fn only_a_patch_section_tells_the_programs_apart() {
        let [official, generated] = [manifest(None), manifest(Some("../crate"))];
        let patch = generated.strip_prefix(&official).unwrap();
        assert_eq!(patch, "\n[patch.crates-io]\naws-sdk-forecast = { path = \"../crate\" }\n");
        assert!(generated.parse::<toml::Table>().is_ok(), "{generated}");
    }

    #[test]
    fn the_table_has_all_measures() {
        let costs = |factor: f64| {
            let build = || Build {
                whole: Whole {
                    wall_s: 10.0 * factor,
                    usage: Some(Usage { cpu_s: 20.0 * factor, peak_bytes: 1 << 30 }),
                },
                binary_bytes: 5_000_000,
                stripped_bytes: None,
            };
            Costs { dev: vec![build()], release: vec![build()] }
        };
        let machine = Machine {
            cores: 2,
            rustc: "1.95.0".to_owned(),
            host: "x".to_owned(),
            date: "2026-01-31".to_owned(),
        };
        let (official, generated) = (costs(3.0), costs(1.0));
        let report = Report { machine, version: VERSION, runs: 1, official, generated };
        let args = Args { runs: 1, write: Some("page.md".into()), json: None };
        let text = report.text(&args);
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for expected in [
            "| dev: wall time, s | 30.0 | 10.0 | 3.0× |",
            "| release: CPU time, s | 60.0 | 20.0 | 3.0× |",
            "| dev: peak memory of the largest process, MiB | 1,024 | 1,024 | 1.0× |",
            "| dev: binary, MB | 5.00 | 5.00 | 1.0× |",
            "| not measured on this system |",
            "Made by `cargo xtask bench hello --write page.md`.",
        ] {
            assert!(squeezed.contains(expected), "{expected}\n{text}");
        }
    }
}
