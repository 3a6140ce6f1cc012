//! `scan`: the operations, waiters and types of official crates that a user's sources need, and why. It must not know
//! how crates are generated.

mod collect;
mod graph;
mod index;
mod selection;
#[cfg(test)]
mod tests;
mod tokens;
mod uses;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr, miette};
use tinsmith_codegen::{Errors, Model, Settings};

use crate::bench::page;
use crate::models::{self, Entry};
use crate::progress::Progress;
use crate::screen::{Screen, Style};
use crate::{Outcome, parallel};
use graph::{Graph, Package};
use index::Index;
pub(crate) use selection::Kept;
use uses::Uses;

const EXAMPLES: &str = "\
Examples:
  What the workspace in the current folder needs of the official crates it depends on:
    cargo xtask scan .
  All reasons, and tables for services.toml:
    cargo xtask scan ../shop --verbose --write services.toml
  Slim crates and the section of Cargo.toml that puts them in place, at once:
    cargo xtask generate --scan ../shop --out ../shop/slim

What is found: calls of a client's methods, whatever its variable, field or function is called; paths, imports, other
names (`use … as`, `type`), re-exports, `*`; types of the service that no operation has; all of it inside macros as
well. Dependencies that use official crates, such as aws-config, are read too.

Where it can't be told whether something is needed it is kept, and said to be a guess. What no source says can't be
seen: names that a macro puts together, and code that a build script writes.";

/// Finds what a user's sources need of the official crates they depend on, and says why.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders of packages or workspaces.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The services' models: a folder of Smithy JSON AST files, an unpacked wheel of botocore, or the word `botocore`
    /// for the release that model/services/botocore.toml names.
    #[arg(long, value_name = "PATH", default_value = "botocore")]
    models: PathBuf,
    /// Shows every reason, not only the best.
    #[arg(long)]
    verbose: bool,
    /// A file for the selection, a table a crate, as services.toml has them.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// A file for all that was found, with every reason.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What was found at some paths.
pub(crate) struct Scanned {
    /// What is kept of each official crate, sorted by name.
    pub(crate) kept: Vec<Kept>,
    /// The folder of the workspace that Cargo.lock is in.
    pub(crate) root: PathBuf,
    /// What couldn't be seen.
    pub(crate) blind: Vec<String>,
}

impl Scanned {
    /// Prints what is kept, and what couldn't be seen.
    pub(crate) fn print(&self, verbose: bool, screen: &mut Screen) {
        self.kept.iter().for_each(|kept| kept.print(verbose, screen));
        for blind in &self.blind {
            let note = screen.paint(Style::Red, "not seen:");
            screen.line(format_args!("{note} {blind}"));
        }
    }
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let mut tables = String::new();
    let mut all = Vec::new();
    for path in &args.paths {
        let scanned = scan(path, &args.models)?;
        scanned.print(args.verbose, screen);
        for kept in scanned.kept {
            if all.iter().any(|other: &Kept| other.package == kept.package) {
                let package = &kept.package;
                return Err(miette!(
                    help = "scan one workspace at a time: each has its own Cargo.lock",
                    "two workspaces need {package}"
                ));
            }
            tables.push_str(&format!("\n{}", kept.table()));
            all.push(kept);
        }
    }
    if let Some(path) = &args.write {
        page::write_whole(path, &format!("# Written by `cargo xtask scan`.\n{tables}"))?;
    }
    if let Some(path) = &args.json {
        page::write_whole(path, &selection::json(&all)?)?;
    }
    Ok(Outcome::Done)
}

/// Reads the sources of a package or workspace, and of its dependencies that use official crates.
pub(crate) fn scan(path: &Path, models: &Path) -> miette::Result<Scanned> {
    let mut progress = Progress::new(4);
    progress.step("ask cargo what depends on official crates");
    let graph = Graph::read(path)?;
    let official: BTreeSet<String> =
        graph.packages.iter().flat_map(|package| package.direct.values().cloned()).collect();
    if official.is_empty() {
        let help = "name the folder of a package that has some `aws-sdk-…` as a dependency";
        return Err(miette!(
            help = help,
            "nothing in {} depends on an official crate",
            path.display()
        ));
    }
    progress.step("read the sources");
    let sources = parallel::map(&graph.packages, |package| sources(package, &graph.root));
    let sources: Vec<Vec<Uses>> = sources.into_iter().collect::<miette::Result<_>>()?;
    progress.step("read the services' models");
    let entries = models::of_packages(&models::located(models)?, &official)?;
    let indexes = indexes(&entries)?;
    progress.step("follow names");
    let world = world::World::new(&graph, &sources);
    let findings = collect::collect(&world, &sources, &indexes);
    let kept = selection::kept(&graph, &findings, &indexes, &entries)?;
    Ok(Scanned { kept, blind: blind(&graph, &sources), root: graph.root })
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

/// What the user's own sources hide.
fn blind(graph: &Graph, sources: &[Vec<Uses>]) -> Vec<String> {
    let members = graph.packages.iter().zip(sources).filter(|(package, _)| package.is_member);
    let places = members.flat_map(|(_, sources)| sources).flat_map(|uses| {
        uses.blind.iter().map(|at| format!("{}:{}: {}", uses.file.display(), at.line, at.what))
    });
    places.collect()
}

/// The sources of a package; of one that isn't the user's, only those that its dependents compile.
fn sources(package: &Package, root: &Path) -> miette::Result<Vec<Uses>> {
    let folder =
        if package.is_member { package.folder.clone() } else { package.folder.join("src") };
    let mut files = Vec::new();
    if folder.is_dir() {
        files_below(&folder, &mut files)?;
    }
    files.sort();
    let read = |file: &PathBuf| {
        let text = fs::read(file)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot read {}", file.display()))?;
        let shown = match file.strip_prefix(root) {
            Ok(below) => below.to_owned(),
            Err(_) => {
                Path::new(&package.name).join(file.strip_prefix(&package.folder).unwrap_or(file))
            }
        };
        Ok(Uses::of(shown, &String::from_utf8_lossy(&text)))
    };
    files.iter().map(read).collect()
}

/// The Rust files below a folder, but for those of other packages and what Cargo made.
fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> miette::Result<()> {
    let entries = fs::read_dir(folder)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry.into_diagnostic()?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            let skipped = name.starts_with('.') || name == "target";
            if !skipped && !path.is_symlink() && !path.join("Cargo.toml").is_file() {
                files_below(&path, files)?;
            }
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
    Ok(())
}
