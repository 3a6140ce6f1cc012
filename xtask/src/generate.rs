//! `generate`: one crate from one model, wherever the user wants it. It must not know `services.toml`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use miette::{IntoDiagnostic, Report, WrapErr, miette};
use tinsmith_codegen::{Client, Errors, Files, Model, Selection, Settings, generate};

use crate::scan::{self, Kept};
use crate::screen::{Screen, Style};
use crate::services::{CLIENTS, client_of};
use crate::{Outcome, lines, workspace};

const EXAMPLES: &str = "\
Examples:
  Two operations:
    cargo xtask generate --model ec2.json --operations RunInstances,StopInstances \\
        --out target/ec2
  Every operation whose name begins with List, and one more:
    cargo xtask generate --model forecast.json --operations 'List*,TagResource' \\
        --out target/forecast
  All that a workspace needs of official crates, a crate each, and how to put them in place;
  the same again after each change that needs more:
    cargo xtask generate --scan ../shop --models ../models --out ../shop/slim
  The same, from botocore's models where ../models has none; those tell less of which fields are
  optional and how variants are called, so that what uses them may not compile:
    cargo xtask generate --scan ../shop --models ../models --models botocore --out ../shop/slim
  A service of an unpacked wheel of botocore, by the name of its folder there:
    cargo xtask generate --model botocore-wheel --service ec2 --operations RunInstances \\
        --out target/ec2

To use the crate in place of the official one, give it that one's version and a client
in all cases (--version 1.119.0 --client always), and add to your Cargo.toml:
  [patch.crates-io]
  aws-sdk-ec2 = { path = \"…\" }";

/// Generates a crate from a service model.
///
/// Files are written where they differ, and files of an earlier generation that are not needed any more are removed.
/// A file that Tinsmith did not make is never changed.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The service model: a Smithy JSON AST file, or a file or folder of botocore's.
    #[arg(long, value_name = "PATH", required_unless_present = "scan")]
    model: Option<PathBuf>,
    #[command(flatten)]
    wanted: Wanted,
    /// Types that none of the operations needs, separated by commas: structures, unions, enums and errors by their
    /// names in Rust.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with = "scan")]
    types: Vec<String>,
    /// With --scan: a folder of the services' models, or the word `botocore` (see `scan`). Several may be given: a
    /// service's model is the first that there is.
    #[arg(long, value_name = "PATH", requires = "scan", required_unless_present = "model")]
    models: Vec<PathBuf>,
    /// With --scan: files and folders that aren't read.
    #[arg(long, value_name = "PATH", requires = "scan")]
    skip: Vec<PathBuf>,
    /// With --scan: official crates that are left alone, by their packages' names.
    #[arg(long, value_name = "PACKAGE", requires = "scan")]
    leave: Vec<String>,
    /// The folder of the crate; it is created if need be.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The package's name [default: `aws-sdk-` and the service's ID].
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// The package's version: the official crate's, if the new one is to take its place [default: 0.1.0].
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// The service, where there are several: by name or shape ID in a model, by its folder in a wheel.
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// The protocol, such as `awsJson1_0`, where the service speaks several [default: the one that official clients
    /// prefer].
    #[arg(long, value_name = "PROTOCOL")]
    protocol: Option<String>,
    /// Whether the crate comes with a client: `optional`, if its feature `client` is on, as it is by default, or
    /// `always`, as dependents expect it that ask for the official crate without its default features.
    #[arg(long, value_name = "WHEN", value_parser = client(), default_value = "optional")]
    client: String,
    /// The folder of the crate `tinsmith-runtime` [default: the one of this workspace].
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Wanted {
    /// The operations: names, separated by commas, in which `*` stands for any run of characters; `resource:NAME` is
    /// all operations of a resource and of those below it (see `operations --resources`).
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    operations: Vec<String>,
    /// All operations.
    #[arg(long)]
    all: bool,
    /// The folder of a workspace: instead of one crate from one model, a crate is made of every official one that its
    /// sources need, with what they need (see `scan`), each in a folder of its own below the one that --out names.
    #[arg(
        long,
        value_name = "PATH",
        conflicts_with_all = ["model", "package", "version", "service", "protocol", "client"]
    )]
    scan: Option<PathBuf>,
}

fn client() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(CLIENTS.map(|(word, _)| word))
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    match (&args.wanted.scan, &args.model) {
        (Some(path), _) => scanned(path, args, screen),
        (None, Some(model)) => {
            one(model, &args.out, settings(args)?, screen).map(|()| Outcome::Done)
        }
        (None, None) => Err(miette!("neither --model nor --scan is given")),
    }
}

/// Makes one crate, and says what was done.
fn one(model: &Path, out: &Path, settings: Settings, screen: &mut Screen) -> miette::Result<()> {
    let start = Instant::now();
    let (files, operations) = make(model, settings)
        .map_err(Errors::into_report)
        .wrap_err_with(|| format!("cannot generate from {}", model.display()))?;
    let report = files.write(out).map_err(Report::new)?;
    let made = format!(
        "{operations} operation{}, {} files, {} lines of code, {} ms",
        if operations == 1 { "" } else { "s" },
        files.len(),
        lines::of_files(&files),
        start.elapsed().as_millis(),
    );
    let out = screen.paint(Style::Bold, &workspace::with_slashes(out));
    screen.line(format_args!("{out}: {made}"));
    screen.line(format_args!(
        "{} created, {} changed, {} unchanged, {} removed",
        report.created.len(),
        report.changed.len(),
        report.unchanged.len(),
        report.removed.len(),
    ));
    Ok(())
}

/// Makes a crate of each official one that a workspace needs, and says how they are put in place.
fn scanned(path: &Path, args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let request = scan::Request { models: &args.models, skip: &args.skip, leave: &args.leave };
    let scanned = scan::scan(path, request)?;
    scanned.print(false, screen);
    let mut places = Vec::new();
    for kept in &scanned.kept {
        let out = args.out.join(&kept.package);
        let settings = Settings {
            client: Client::Always,
            runtime: workspace::runtime(args.runtime_path.as_deref(), &out)?,
            standalone: workspace::lies_in_a_package(&out),
            ..kept.settings()?
        };
        one(&kept.entry.path, &out, settings, screen)?;
        places.push((kept.package.clone(), workspace::seen_from(&scanned.root, &out)));
    }
    let manifest = scanned.root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).into_diagnostic();
    let text = text.wrap_err_with(|| format!("cannot read {}", manifest.display()))?;
    screen.line(format_args!("\n{}", patch(&workspace::with_slashes(&manifest), &text, &places)));
    let lesser: Vec<&str> = scanned.kept.iter().filter_map(Kept::lesser).collect();
    if !lesser.is_empty() {
        screen.line(format_args!(
            "Made from botocore's models, which say less of defaults and names than those of the official crates: {}. If \
             something that uses them does not compile, name a folder with Smithy's models of them by --models.",
            lesser.join(", ")
        ));
    }
    Ok(scanned.outcome())
}

/// What is to be done so that the crates at these places are taken, given the manifest as it is.
fn patch(manifest: &str, text: &str, places: &[(String, String)]) -> String {
    let there = text.parse::<toml::Table>().unwrap_or_default();
    let there = there.get("patch").and_then(|patch| patch.get("crates-io"));
    let path_of = |package: &str| there?.get(package)?.get("path")?.as_str();
    let missing = places.iter().filter(|(package, place)| path_of(package) != Some(place));
    let lines: Vec<String> = missing
        .map(|(package, place)| {
            let place = toml::Value::String(place.clone());
            format!("{package} = {{ path = {place} }}\n")
        })
        .collect();
    let lines = lines.concat();
    match there {
        _ if lines.is_empty() => format!("They are in place: {manifest} has a patch for each."),
        Some(_) => format!(
            "To put them in place, let the section [patch.crates-io] of {manifest} have these lines:\n\n{lines}"
        ),
        None => format!("To put them in place, add to {manifest}:\n\n[patch.crates-io]\n{lines}"),
    }
}

fn settings(args: &Args) -> miette::Result<Settings> {
    let operations = if args.wanted.all {
        Selection::all()
    } else {
        Selection::parse(&args.wanted.operations).map_err(Errors::into_report)?
    };
    let defaults = Settings::default();
    Ok(Settings {
        service: args.service.clone(),
        operations,
        types: args.types.clone(),
        protocol: args.protocol.clone(),
        package: args.package.clone(),
        client: client_of(&args.client).unwrap_or_default(),
        version: args.version.clone().unwrap_or_else(|| defaults.version.clone()),
        runtime: workspace::runtime(args.runtime_path.as_deref(), &args.out)?,
        standalone: workspace::lies_in_a_package(&args.out),
        ..defaults
    })
}

/// The crate's files, and how many operations it has.
fn make(model: &Path, settings: Settings) -> Result<(Files, usize), Errors> {
    let model = Model::load_service(model, settings.service.as_deref())?;
    let service = model.service(settings.service.as_deref())?;
    let operations = settings.operations.resolve(&model, service)?.len();
    let settings = Settings { source: model.origin().to_owned(), ..settings };
    Ok((generate(&model, &settings)?, operations))
}
