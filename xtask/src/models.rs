//! Where service models are: files of Smithy's in a folder, services of a release of botocore. It must not know what
//! is in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr, miette};
use tinsmith_codegen::{Errors, Model, package_of};
use tinsmith_model::{did_you_mean, nearest};

use crate::botocore::{self, Pin};
use crate::parallel;

/// The word that stands for the pinned release of botocore; with `@` and a version for any.
const BOTOCORE: &str = "botocore";

/// A place to load a model from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Entry {
    /// The file's name without its ending, or that of the service's folder.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// The service, where the path has many.
    pub(crate) service: Option<String>,
}

/// What the path of an option stands for: the word `botocore` for the pinned release, `botocore@1.44.1` for another
/// one. It is fetched unless it is there.
pub(crate) fn located(path: &Path) -> miette::Result<PathBuf> {
    let word = path.to_str().and_then(|path| path.strip_prefix(BOTOCORE));
    match word.map(|rest| (rest, rest.strip_prefix('@'))) {
        Some(("", _)) => Pin::read()?.wheel(),
        Some((_, Some(version))) => botocore::of_version(version),
        _ => Ok(path.to_owned()),
    }
}

/// All models at a path, sorted by name: Smithy's files in a folder, one of them, or the services of a folder of
/// botocore's.
pub(crate) fn entries(path: &Path) -> miette::Result<Vec<Entry>> {
    let services = Model::services_in(path).map_err(Errors::into_report)?;
    if !services.is_empty() {
        let entry = |service: String| Entry {
            name: service.clone(),
            path: path.to_owned(),
            service: Some(service),
        };
        return Ok(services.into_iter().map(entry).collect());
    }
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let files = smithy_files(path)?.into_iter();
    let mut entries: Vec<Entry> =
        files.map(|path| Entry { name: name(&path), path, service: None }).collect();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    if entries.is_empty() {
        return Err(miette!(
            help = "name a folder of Smithy's JSON AST files, an unpacked wheel of botocore, or `botocore`",
            "{} holds no models",
            path.display()
        ));
    }
    Ok(entries)
}

/// The models of packages, by the official crates' names, from the first of these places that has one; each place is as
/// an option names it.
pub(crate) fn of_packages(
    places: &[PathBuf],
    packages: &BTreeSet<String>,
) -> miette::Result<BTreeMap<String, Entry>> {
    let mut found = BTreeMap::new();
    let mut there = BTreeSet::new();
    for place in places {
        let missing: BTreeSet<&str> = packages
            .iter()
            .map(String::as_str)
            .filter(|package| !found.contains_key(*package))
            .collect();
        if missing.is_empty() {
            break;
        }
        let (more, others) = at_place(&located(place)?, &missing)?;
        found.extend(more);
        there.extend(others);
    }
    let missing: Vec<&String> = packages.iter().filter(|it| !found.contains_key(*it)).collect();
    if missing.is_empty() { Ok(found) } else { Err(without(places, &missing, &there)) }
}

/// The models of these packages at a place, and the other packages whose models were seen there. Models that are called
/// like a package are looked into first.
fn at_place(
    path: &Path,
    packages: &BTreeSet<&str>,
) -> miette::Result<(BTreeMap<String, Entry>, BTreeSet<String>)> {
    let letters = |name: &str| -> String {
        let name = name.strip_prefix("aws-sdk-").unwrap_or(name);
        name.chars().filter(char::is_ascii_alphanumeric).collect()
    };
    let wanted: BTreeSet<String> = packages.iter().map(|package| letters(package)).collect();
    let (likely, others): (Vec<Entry>, Vec<Entry>) =
        entries(path)?.into_iter().partition(|entry| wanted.contains(&letters(&entry.name)));
    let (mut found, mut there) = (BTreeMap::new(), BTreeSet::new());
    for entries in [likely, others] {
        if found.len() == packages.len() {
            break;
        }
        let ids = parallel::map(&entries, |entry| {
            Model::sdk_id_at(&entry.path, entry.service.as_deref()).map_err(Errors::into_report)
        });
        for (entry, id) in entries.into_iter().zip(ids) {
            let Some(package) = id?.map(|id| package_of(&id)) else { continue };
            if packages.contains(package.as_str()) {
                found.entry(package).or_insert(entry);
            } else {
                there.insert(package);
            }
        }
    }
    Ok((found, there))
}

/// The error for packages without a model.
fn without(places: &[PathBuf], missing: &[&String], there: &BTreeSet<String>) -> miette::Report {
    let near: Vec<&str> =
        missing.iter().flat_map(|it| nearest(it, there.iter().map(String::as_str))).collect();
    let near = did_you_mean(&near).map(|near| format!("{near} ")).unwrap_or_default();
    let quoted = |name: &&String| format!("`{name}`");
    let names: Vec<String> = missing.iter().map(quoted).collect();
    let leave: Vec<String> = missing.iter().map(|package| format!("--leave {package}")).collect();
    let places: Vec<String> = places.iter().map(|place| place.display().to_string()).collect();
    miette!(
        help = format!(
            "{near}name a further set of models that has these services, as in `--models botocore`, or leave crates \
             as they are: {}",
            leave.join(" ")
        ),
        "there is no model of {} in {}",
        names.join(", "),
        places.join(" and ")
    )
}

/// The JSON files at a path, sorted.
pub(crate) fn smithy_files(path: &Path) -> miette::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut models = Vec::new();
    let entries = fs::read_dir(path)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot read {}", path.display()))?;
    for entry in entries {
        let path = entry.into_diagnostic()?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            models.push(path);
        }
    }
    models.sort();
    Ok(models)
}

/// The error for patterns of names that match nothing.
pub(crate) fn unknown<'a>(
    path: &Path,
    patterns: &[&str],
    names: &(impl Iterator<Item = &'a str> + Clone),
) -> miette::Report {
    let near: Vec<&str> =
        patterns.iter().flat_map(|pattern| nearest(pattern, names.clone())).collect();
    let help = did_you_mean(&near).unwrap_or_else(|| {
        format!("it has {}, by the names of files or folders", names.clone().count())
    });
    let wanted: Vec<String> = patterns.iter().map(|pattern| format!("`{pattern}`")).collect();
    miette!(help = help, "{} holds no service {}", path.display(), wanted.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_paths_but_for_botocores_releases() {
        for path in ["models", "./botocore", "botocore-wheel", "a/botocore@1.2"] {
            assert_eq!(located(Path::new(path)).unwrap(), Path::new(path));
        }
        let error = located(Path::new("botocore@../..")).unwrap_err();
        assert!(error.to_string().contains("`../..` is no version"), "{error}");
    }
}
