//! Which files a path stands for: a model, or the folders that botocore keeps its models in. It must not know what
//! is in the files.
//!
//! botocore's folders: `botocore/data/<service>/<version of the API>/service-2.json`, with other files beside it,
//! each of them perhaps compressed, as `service-2.json.gz`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::errors::{Error, Errors};
use crate::names::{did_you_mean, nearest, shorten};

/// The model itself.
pub(crate) const SERVICE: &str = "service-2";
/// The files that may be beside it.
pub(crate) const PAGINATORS: &str = "paginators-1";
pub(crate) const WAITERS: &str = "waiters-2";
pub(crate) const ENDPOINT_RULE_SET: &str = "endpoint-rule-set-1";
pub(crate) const ENDPOINT_BDD: &str = "endpoint-bdd-1";
/// What follows a file's name in the name of what is to be laid over it.
pub(crate) const EXTRAS: &str = ".sdk-extras";

/// What a path stands for.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Found {
    /// A file, of whatever format.
    File(PathBuf),
    /// A folder with a `service-2.json`.
    Folder(PathBuf),
    /// The same, and what the folder of all its versions is called.
    Named(PathBuf, String),
}

/// Finds the model at a path. A folder of services needs the name of one of them, unless it has one only; of several
/// versions the newest is taken.
pub(crate) fn find(path: &Path, service: Option<&str>) -> Result<Found, Errors> {
    if !path.is_dir() {
        return file(path);
    }
    if has_service(path) {
        return Ok(Found::Folder(path.to_owned()));
    }
    if let Some(named) = service.map(|name| named(path, name)).transpose()?.flatten() {
        return Ok(named);
    }
    if let Some(newest) = newest_version(path)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        return Ok(name.map_or(Found::Folder(newest.clone()), |name| Found::Named(newest, name)));
    }
    let Some((data, services)) = data(path)? else { return Err(nothing_in(path)?.into()) };
    let name = match (service, &services[..]) {
        (Some(wanted), _) => return Err(unknown(&data, wanted, &services).into()),
        (None, [only]) => only,
        (None, several) => {
            let message = format!("the folder holds {} services", several.len());
            let help = format!("name the one you want, such as `{}`", several[0]);
            return Err(Error::new(&shown(&data), message).with_help(help).into());
        }
    };
    match newest_version(&data.join(name))? {
        Some(newest) => Ok(Found::Named(newest, name.clone())),
        None => Err(unknown(&data, name, &services).into()),
    }
}

/// The names of the services that a folder of them holds, sorted; none if it is no such folder.
pub(crate) fn services(path: &Path) -> Result<Vec<String>, Errors> {
    if !path.is_dir() || has_service(path) || newest_version(path)?.is_some() {
        return Ok(Vec::new());
    }
    Ok(data(path)?.map_or_else(Vec::new, |(_, services)| services))
}

/// The file of this name, plain or compressed.
pub(crate) fn beside(folder: &Path, name: &str) -> Option<PathBuf> {
    let files = [format!("{name}.json"), format!("{name}.json.gz")];
    files.into_iter().map(|file| folder.join(file)).find(|path| path.is_file())
}

/// Whether the file is called as botocore calls its models.
pub(crate) fn is_service_file(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    name.is_some_and(|name| name == "service-2.json" || name == "service-2.json.gz")
}

fn file(path: &Path) -> Result<Found, Errors> {
    if path.extension().is_some_and(|extension| extension == "whl") {
        let error = Error::new(&shown(path), "this is a wheel, and packed");
        return Err(error.with_help("unpack it, as a zip file, and name the folder").into());
    }
    Ok(Found::File(path.to_owned()))
}

fn has_service(folder: &Path) -> bool {
    beside(folder, SERVICE).is_some()
}

/// The folder of the newest version, if there are folders of versions. They are named by dates.
fn newest_version(service: &Path) -> Result<Option<PathBuf>, Error> {
    let versions = folders(service)?;
    let mut versions = versions.into_iter().rev().map(|version| service.join(version));
    Ok(versions.find(|version| has_service(version)))
}

/// Where the folder of services may be: the path may be the root of a wheel.
fn data_folders(path: &Path) -> impl Iterator<Item = PathBuf> {
    let folders = [path.to_owned(), path.join("data"), path.join("botocore/data")];
    folders.into_iter().filter(|folder| folder.is_dir())
}

/// A service by its name, without a look at the hundreds of others.
fn named(path: &Path, name: &str) -> Result<Option<Found>, Error> {
    let is_name = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    for folder in data_folders(path).map(|data| data.join(name)) {
        if is_name
            && folder.is_dir()
            && let Some(newest) = newest_version(&folder)?
        {
            return Ok(Some(Found::Named(newest, name.to_owned())));
        }
    }
    Ok(None)
}

/// The folder of services at or below a path, with what it holds.
fn data(path: &Path) -> Result<Option<(PathBuf, Vec<String>)>, Error> {
    for data in data_folders(path) {
        let mut services = Vec::new();
        for name in folders(&data)? {
            if newest_version(&data.join(&name))?.is_some() {
                services.push(name);
            }
        }
        if !services.is_empty() {
            return Ok(Some((data, services)));
        }
    }
    Ok(None)
}

/// The folders in a folder, sorted by name.
fn folders(folder: &Path) -> Result<Vec<String>, Error> {
    let unreadable = |error: std::io::Error| {
        Error::new(&shown(folder), format!("the folder cannot be read: {error}"))
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        // A link to a folder is one as well.
        if let Ok(name) = entry.file_name().into_string()
            && entry.path().is_dir()
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn unknown(data: &Path, wanted: &str, services: &[String]) -> Error {
    let near = nearest(wanted, services.iter().map(String::as_str));
    let help = did_you_mean(&near).unwrap_or_else(|| {
        format!("it holds {} others, by the names of its folders", services.len())
    });
    let message = format!("the folder holds no service `{}`", shorten(wanted));
    Error::new(&shown(data), message).with_help(help)
}

fn nothing_in(folder: &Path) -> Result<Error, Error> {
    let companions = [PAGINATORS, WAITERS, ENDPOINT_RULE_SET, ENDPOINT_BDD];
    let companion = companions.into_iter().find(|name| beside(folder, name).is_some());
    if let Some(companion) = companion {
        let message = format!("the folder has `{companion}.json`, but no `{SERVICE}.json`");
        let help = "without the model that it belongs to it is of no use: is a file missing?";
        return Ok(Error::new(&shown(folder), message).with_help(help));
    }
    for version in folders(folder)? {
        let found =
            companions.into_iter().find(|name| beside(&folder.join(&version), name).is_some());
        if found.is_some() {
            return nothing_in(&folder.join(version));
        }
    }
    let help = "name a model file, a folder with a `service-2.json`, or a folder of services as botocore has it";
    Ok(Error::new(&shown(folder), "there is no model in this folder").with_help(help))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
