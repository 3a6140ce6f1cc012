//! `scan`: the operations, waiters and types of official crates that a user's sources need, and why. It must not know
//! how crates are generated.

mod bindings;
mod collect;
mod examples;
mod graph;
mod index;
mod read;
mod selection;
#[cfg(test)]
mod tests;
mod tokens;
mod uses;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use miette::{WrapErr, miette};
use tinsmith_codegen::{Errors, Model, Settings};
use tinsmith_model::{did_you_mean, nearest};

use crate::bench::page;
use crate::models::{self, Entry};
use crate::progress::Progress;
use crate::screen::{self, Screen, Style};
use crate::{Outcome, parallel, workspace};
use graph::Graph;
use index::Index;
pub(crate) use selection::Kept;
use uses::Uses;

const EXAMPLES: &str = "\
Examples:
  What the workspace in the current folder needs of the official crates it depends on:
    cargo xtask scan .
  With all reasons, and as tables for services.toml:
    cargo xtask scan ../shop --verbose --write services.toml
  The tables alone, on the screen:
    cargo xtask scan ../shop --write -
  Slim crates and the section of Cargo.toml that puts them in place, at once:
    cargo xtask generate --scan ../shop --models ../models --out ../shop/slim

A line of the report says what is kept, and where it is used first: file, line and text. A reason that isn't certain \
is said to be a guess, with what made it one; (+3) means three more places, which --verbose shows.

What is found: calls of a client's methods, whatever its variable, field or function is called; paths, imports, other \
names (`use … as`, `type`), re-exports, `*`; paginators and waiters; types of the service that no operation kept has; \
all of it in macros as well. All members of a workspace are read, with tests, examples (those in documentation as \
well) and all features, because one patch section serves them all; and of dependencies those by which official crates \
come, such as aws-config.

Where it can't be told whether something is needed it is kept. What no source says can't be seen, and is listed where \
it is known: names that a macro puts together, code that a build script writes. A file that isn't Rust is named, and \
looked through word by word if its brackets match; the rest is done, but the command ends with exit code 2. Take such \
files out with --skip.";

/// Finds what a user's sources need of the official crates they depend on, and says why.
///
/// Cargo is asked about the workspace, so that a Cargo.lock is made where there is none.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders of workspaces, or of packages in them.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The services' models: a folder of Smithy JSON AST files, an unpacked wheel of botocore, or the word `botocore`
    /// for the release that model/services/botocore.toml names. Several may be given: a service's model is the first
    /// that there is.
    #[arg(long, value_name = "PATH", default_value = "botocore")]
    models: Vec<PathBuf>,
    /// Files and folders that aren't read.
    #[arg(long, value_name = "PATH")]
    skip: Vec<PathBuf>,
    /// Official crates that are left alone, by their packages' names.
    #[arg(long, value_name = "PACKAGE")]
    leave: Vec<String>,
    /// Shows every reason, not only the best.
    #[arg(long)]
    verbose: bool,
    /// A file for the selection, a table a crate, as services.toml has them; `-` prints them in the report's place.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// A file for all that was found, with every reason.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What is asked for, whatever the command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'a> {
    /// The services' models, as an option has them.
    pub(crate) models: &'a [PathBuf],
    /// Files and folders that aren't read.
    pub(crate) skip: &'a [PathBuf],
    /// Official crates that are left alone.
    pub(crate) leave: &'a [String],
}

/// What was found in a workspace.
pub(crate) struct Scanned {
    /// What is kept of each official crate, sorted by name.
    pub(crate) kept: Vec<Kept>,
    /// The folder of the workspace that Cargo.lock is in.
    pub(crate) root: PathBuf,
    /// What couldn't be seen.
    blind: Vec<String>,
    /// Files that aren't Rust.
    unread: Vec<String>,
}

impl Scanned {
    /// Prints what is kept.
    pub(crate) fn print(&self, verbose: bool, screen: &mut Screen) {
        self.kept.iter().for_each(|kept| kept.print(verbose, screen));
        for blind in &self.blind {
            let note = screen.paint(Style::Cyan, "not seen:");
            screen.line(format_args!("{note} {blind}"));
        }
    }

    /// Complains of the files that aren't Rust: something that they need may be missing.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.unread.is_empty() {
            return Outcome::Done;
        }
        screen::complain(&miette!(
            help = "what they need may be missing; mend them, or leave them out with --skip",
            "not all could be read as Rust:\n{}",
            self.unread.join("\n")
        ));
        Outcome::Failed
    }
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let request = Request { models: &args.models, skip: &args.skip, leave: &args.leave };
    let mut graphs: Vec<Graph> = Vec::new();
    for path in &args.paths {
        let graph = Graph::read(path)?;
        // Two packages of one workspace are the same workspace.
        if graphs.iter().all(|other| other.root != graph.root) {
            graphs.push(graph);
        }
    }
    let scanned = graphs.iter().map(|graph| within(graph, request));
    let scanned: Vec<Scanned> = scanned.collect::<miette::Result<_>>()?;
    let all: Vec<&Kept> = scanned.iter().flat_map(|scanned| &scanned.kept).collect();
    let to_screen = args.write.as_deref() == Some(Path::new("-"));
    if to_screen {
        screen.line(tables(&all, Path::new(""))?.trim_end());
    } else {
        scanned.iter().for_each(|scanned| scanned.print(args.verbose, screen));
    }
    if let Some(path) = args.write.as_ref().filter(|_| !to_screen) {
        page::write_whole(path, &tables(&all, path.parent().unwrap_or(Path::new("")))?)?;
        let path = workspace::with_slashes(path);
        screen.line(format_args!("{path}: for `cargo xtask regenerate --services {path}`"));
    }
    if let Some(path) = &args.json {
        page::write_whole(path, &selection::json(&all)?)?;
    }
    let outcomes: Vec<Outcome> = scanned.iter().map(Scanned::outcome).collect();
    Ok(if outcomes.contains(&Outcome::Failed) { Outcome::Failed } else { Outcome::Done })
}

/// The tables of a `services.toml` in a folder.
fn tables(all: &[&Kept], folder: &Path) -> miette::Result<String> {
    let mut text = String::from("# Written by `cargo xtask scan`.\n");
    for (at, kept) in all.iter().enumerate() {
        if all[..at].iter().any(|other| other.package == kept.package) {
            return Err(miette!(
                help = "write a file for each: they may have different versions",
                "two workspaces need {}",
                kept.package
            ));
        }
        text.push_str(&format!("\n{}", kept.table(folder)));
    }
    Ok(text)
}

/// Reads the sources of a workspace, and of its dependencies by which official crates come.
pub(crate) fn scan(path: &Path, request: Request<'_>) -> miette::Result<Scanned> {
    within(&Graph::read(path)?, request)
}

fn within(graph: &Graph, request: Request<'_>) -> miette::Result<Scanned> {
    let mut progress = Progress::new(3);
    let official = officials(graph, request.leave)?;
    progress.step("read the sources");
    let skipped: Vec<PathBuf> = request.skip.iter().map(|path| workspace::real(path)).collect();
    let sources =
        parallel::map(&graph.packages, |package| read::sources(package, &graph.root, &skipped));
    let sources: Vec<Vec<Uses>> = sources.into_iter().collect::<miette::Result<_>>()?;
    progress.step("read the services' models");
    let entries = models::of_packages(request.models, &official)?;
    let indexes = indexes(&entries)?;
    progress.step("follow names");
    let world = world::World::new(graph, &sources);
    let findings = collect::collect(&world, &sources, &indexes);
    let kept = selection::kept(graph, &findings, &indexes, &entries)?;
    if kept.iter().all(Kept::is_empty) {
        let names: Vec<&str> = official.iter().map(String::as_str).collect();
        return Err(miette!(
            help =
                "if they are used in a way that isn't seen, name operations: see `generate --help`",
            "nothing in {} uses an operation or a type of {}",
            graph.root.display(),
            names.join(", ")
        ));
    }
    let (blind, unread) = hidden(graph, &sources);
    Ok(Scanned { kept, blind, unread, root: graph.root.clone() })
}

/// The official crates that count.
fn officials(graph: &Graph, leave: &[String]) -> miette::Result<BTreeSet<String>> {
    let all: BTreeSet<&String> =
        graph.packages.iter().flat_map(|package| package.direct.values()).collect();
    if all.is_empty() {
        return Err(miette!(
            help = "name the folder of a package that has some `aws-sdk-…` as a dependency",
            "nothing in {} depends on an official crate",
            graph.root.display()
        ));
    }
    if let Some(unknown) = leave.iter().find(|name| !all.contains(name)) {
        let names = all.iter().map(|name| name.as_str());
        let help = did_you_mean(&nearest(unknown, names.clone()));
        let help = help.unwrap_or_else(|| names.collect::<Vec<_>>().join(", "));
        return Err(miette!(help = help, "nothing depends on `{unknown}`, which --leave names"));
    }
    let left: BTreeSet<String> =
        all.into_iter().filter(|it| !leave.contains(it)).cloned().collect();
    if left.is_empty() {
        return Err(miette!("--leave names every official crate that there is"));
    }
    Ok(left)
}

fn indexes(entries: &BTreeMap<String, Entry>) -> miette::Result<BTreeMap<String, Index>> {
    let entries: Vec<(&String, &Entry)> = entries.iter().collect();
    let indexes = parallel::map(&entries, |(package, entry)| {
        let model = Model::load_service(&entry.path, entry.service.as_deref());
        let settings = Settings { service: entry.service.clone(), ..Settings::default() };
        let api = model.and_then(|model| tinsmith_codegen::api(&model, &settings));
        let api = api.map_err(Errors::into_report);
        let api = api.wrap_err_with(|| format!("the model of {package} can't be used"))?;
        Ok(((*package).clone(), Index::new(api)))
    });
    indexes.into_iter().collect()
}

/// What sources hide: of the user's own, whatever it is; of others, files that aren't Rust.
fn hidden(graph: &Graph, sources: &[Vec<Uses>]) -> (Vec<String>, Vec<String>) {
    let (mut blind, mut unread) = (Vec::new(), Vec::new());
    for (package, files) in graph.packages.iter().zip(sources) {
        for uses in files {
            let place = |line: usize, what: &str| {
                format!("{}:{line}: {what}", workspace::with_slashes(&uses.file))
            };
            if package.is_member {
                blind.extend(uses.blind.iter().map(|at| place(at.line, at.what)));
            }
            unread.extend(uses.unread.iter().map(|at| place(at.line, &at.what)));
        }
    }
    (blind, unread)
}
