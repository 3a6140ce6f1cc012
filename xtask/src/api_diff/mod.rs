//! `api-diff`: the public API of a generated crate beside the official one's, item by item. It must not know where items
//! come from, nor how they are written.

mod accepted;
mod build;
mod compare;
mod docs;
mod paths;
mod release;
mod render;
mod report;
mod selection;
mod surface;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use miette::{IntoDiagnostic, WrapErr, miette};
use rustdoc_types::ItemEnum;

use crate::oracle::services::{SERVICES, Service};
use crate::pattern::matches;
use crate::screen::{Screen, tell};
use crate::{Outcome, workspace};
use accepted::Accepted;
use build::{Crates, Documentation, Documented, Features, Generated, RUNTIME};
use docs::{Artifacts, ROOT, World};
use paths::{Names, Paths};
use render::{Context, Scope};
use report::Report;
use surface::{Kind, Side, Surface};

/// What differs on purpose.
const DIFFERENCES: &str = "codegen/oracle/api-differences.toml";

const EXAMPLES: &str = "\
Examples:
  The services whose API is held against the official one's:
    cargo xtask api-diff --models ../shared/models
  One of them, and all that differs in its types:
    cargo xtask api-diff --models ../shared/models --service sqs --filter 'crate::types::*' --verbose
  Three operations of a large one; what only others need isn't missing then:
    cargo xtask api-diff --models ../shared/models --service dynamodb --operations 'GetItem,*Query*'

An item is a path, a type, a field, a variant, a method, an implementation of a trait, a feature. Types are the same \
if they are the same item, however they are reached: aliases are followed, re-exports too, into tinsmith-runtime, whose \
items a generated crate offers as its own. Names of parameters, the order of items and bounds, and documentation don't \
count; of auto traits ours may have more. What stands for shapes, members, values and errors that the model doesn't have, \
because the official crate is from a later release of it, is counted apart.

The official crates come from the registry, each in the version that xtask/src/oracle/services.rs says. All is made \
below target/api-diff: both crates are documented in one run of cargo doc, as JSON, for which RUSTC_BOOTSTRAP is set \
there. What differs on purpose stands in codegen/oracle/api-differences.toml, and what doesn't any more is told.

Exit codes: 0 all is the same or accepted, 1 something else differs, 2 wrong usage or input.";

/// Holds the public API of generated crates against that of the official ones.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The folder with the services' models.
    #[arg(long, value_name = "DIR")]
    models: PathBuf,
    /// The services [default: all whose API is compared as a whole].
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',', value_parser = names())]
    service: Vec<String>,
    /// The operations to generate: names, separated by commas, in which `*` stands for any run of characters [default:
    /// all].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    operations: Vec<String>,
    /// Only items whose path has this in it, or fits it as a whole if there is a `*`.
    #[arg(long, value_name = "PATH")]
    filter: Option<String>,
    /// Fails where fewer of a hundred items are the same, accepted ones not among them.
    #[arg(long, value_name = "PERCENT", default_value_t = 99.0)]
    floor: f64,
    /// Shows all differences, the accepted ones too.
    #[arg(long)]
    verbose: bool,
    /// Writes all that was found to this file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(SERVICES.iter().map(|service| service.name))
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    let services = chosen(&args.service);
    let accepted = Accepted::read(&workspace::root()?.join(DIFFERENCES))?;
    let crates = Crates::new()?;
    let mut generated = Vec::new();
    for service in &services {
        tell(format_args!("generate {} from {}", service.name, service.model));
        let operations = operations(args, service);
        generated.push(crates.generate(service, &operations, &args.models)?);
    }
    tell(format_args!("document both crates of each service, and the runtime"));
    let documentation = crates.document(&generated)?;
    let mut reports = Vec::new();
    for (generated, documented) in generated.iter().zip(&documentation.services) {
        tell(format_args!("compare {}", generated.service.name));
        let report = compare(generated, documented, &documentation, &accepted, args)?;
        let floor = args.filter.is_none().then_some(args.floor);
        report.print(floor, args.verbose, screen);
        reports.push(report);
    }
    if let Some(path) = &args.json {
        let json = serde_json::to_string_pretty(&reports).into_diagnostic()?;
        workspace::put(path, &format!("{json}\n"))?;
    }
    if args.filter.is_none() && args.operations.is_empty() {
        let names: Vec<&str> = services.iter().map(|service| service.name).collect();
        for reason in accepted.unused(args.service.is_empty(), &names) {
            screen.line(format_args!("nothing differs in this way any more: {reason}"));
        }
    }
    let good =
        |it: &Report| it.unexpected() == 0 && (args.filter.is_some() || it.percent >= args.floor);
    Ok(if reports.iter().all(good) { Outcome::Done } else { Outcome::Differences })
}

/// The services of these names; those whose API is compared as a whole if there is none.
fn chosen(names: &[String]) -> Vec<Service> {
    let wanted = |service: &&Service| match names {
        [] => service.api,
        names => names.iter().any(|name| name == service.name),
    };
    SERVICES.iter().filter(wanted).map(|service| Service { without: &[], ..*service }).collect()
}

/// The operations that were asked for; all of them if there is none.
fn operations(args: &Args, service: &Service) -> Vec<String> {
    match args.operations.as_slice() {
        [] => service.operations.iter().map(|name| (*name).to_owned()).collect(),
        patterns => patterns.to_vec(),
    }
}

fn compare(
    generated: &Generated<'_>,
    documented: &Documented,
    documentation: &Documentation,
    accepted: &Accepted,
    args: &Args,
) -> miette::Result<Report> {
    let Generated { service, operations: count, names } = generated;
    let Documentation { runtime, artifacts, .. } = documentation;
    let runtime = (RUNTIME.replace('-', "_"), runtime.as_path());
    let mut surfaces = surfaces(
        &documented.theirs,
        &documented.ours,
        (&runtime.0, runtime.1),
        artifacts,
        accepted,
    )?;
    if !operations(args, service).is_empty() {
        let kept = selection::restrict(&mut surfaces.official, &surfaces.ours);
        if kept != *count {
            return Err(miette!(
                help = "the model is of another release than the official crate, or names are made in another way",
                "{count} operations of {} were generated, and {} has {kept} of them",
                service.name,
                service.package
            ));
        }
    }
    features(&documented.their_features, &mut surfaces.official);
    features(&documented.our_features, &mut surfaces.ours);
    if let Some(filter) = &args.filter {
        surfaces.official.retain(|(_, name), _| fits(filter, name));
        surfaces.ours.retain(|(_, name), _| fits(filter, name));
    }
    let Surfaces { official, ours } = &surfaces;
    let mut comparison = compare::compare(official, ours);
    comparison.set_aside(|it| {
        let missing = it.ours.is_none();
        missing && release::is_later(official, it.kind, &it.name, &it.official, names)
            || accepted.is_later(service.name, it)
    });
    let reason = |difference: &_| accepted.reason(service.name, difference).map(str::to_owned);
    Ok(Report::new(service, *count, comparison, reason))
}

fn fits(filter: &str, name: &str) -> bool {
    if filter.contains('*') { matches(filter, name) } else { name.contains(filter) }
}

fn features(features: &Features, surface: &mut Surface) {
    let default = features.get("default");
    for name in features.keys().filter(|name| *name != "default") {
        let on = default.is_some_and(|it| it.contains(name));
        let text = if on { "on by default" } else { "off by default" };
        surface.insert((Kind::Feature, name.clone()), text.to_owned());
    }
}

/// Both crates' items.
struct Surfaces {
    official: Surface,
    ours: Surface,
}

/// Reads both crates' documentation, and that of the crate whose items ours offers as its own.
fn surfaces(
    theirs: &Path,
    ours: &Path,
    runtime: (&str, &Path),
    artifacts: &Artifacts,
    accepted: &Accepted,
) -> miette::Result<Surfaces> {
    let theirs = World::read(theirs, &[], artifacts)?;
    let their_paths = paths::public(&theirs);
    let their_names = Names::shortest(&their_paths, |def| def.krate() == ROOT);
    let theirs_alone = [ROOT];
    let mut official_names = their_names.clone();
    for (official, _) in accepted.stand_ins() {
        official_names.call(official.clone(), &official.path);
    }
    let official_names = surface::names(&theirs, &theirs_alone, official_names);
    let context = Context { world: &theirs, names: &official_names, own: &theirs_alone };
    let official = surface::of(context, &their_paths, Side::Official);

    let ours = World::read(ours, &[runtime], artifacts).wrap_err("of the generated crate")?;
    let our_paths = paths::public(&ours);
    let own = [ROOT, runtime.0];
    let mut names =
        Names::like(&our_paths, &their_paths, &their_names, |def| own.contains(&def.krate()));
    for (official, stand_in) in accepted.stand_ins() {
        names.call(stand_in, &official.path);
    }
    // What aliases stand for may have associated types in it.
    let mut names = surface::names(&ours, &own, names);
    names.aliased = aliases(&ours, &our_paths, &official, &names, &own);
    let names = surface::names(&ours, &own, names);
    let context = Context { world: &ours, names: &names, own: &own };
    let mut ours = surface::of(context, &our_paths, Side::Ours);
    surface::add_what_follows(context, &official, &mut ours);
    Ok(Surfaces { official, ours })
}

/// The aliases of ours that stand where the official crate has types, by what they stand for.
fn aliases(
    ours: &World,
    paths: &Paths,
    official: &Surface,
    names: &Names,
    own: &[&str],
) -> std::collections::HashMap<String, String> {
    let context = Context { world: ours, names, own };
    let aliases = paths.iter().filter_map(|((_, path), target)| {
        let at = target.at?;
        let ItemEnum::TypeAlias(alias) = &ours.item(at)?.inner else { return None };
        let there = official.get(&(Kind::Type, path.clone()))?;
        let is_alias = there.contains("type = ") || there.contains("type<");
        let stands_in = alias.generics.params.is_empty() && !is_alias;
        stands_in.then(|| (Scope::new(context, at.docs).type_(&alias.type_), path.clone()))
    });
    aliases.collect()
}
