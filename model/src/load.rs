//! From a path, or text, to a model: which reader it takes. It must not know what the readers do.

use std::path::Path;
use std::sync::Arc;

use crate::botocore::{self, Files, WithExtras};
use crate::errors::{Error, Errors};
use crate::finish::finish;
use crate::locate::{self, Found};
use crate::model::Model;
use crate::smithy_json;
use crate::source::Source;
use crate::text;

impl Model {
    /// Reads the model at a path: a Smithy JSON AST file, or a model of botocore's.
    ///
    /// The latter may be named as its `service-2.json`, plain or compressed (`.gz`), as the folder that holds this
    /// and the files that go with it, or as a folder of versions, of which the newest is read.
    ///
    /// # Errors
    ///
    /// A file cannot be read, is not UTF-8, or holds no sound model; a folder holds none or several services.
    pub fn load(path: &Path) -> Result<Model, Errors> {
        Model::load_service(path, None)
    }

    /// The same for a path that may be a folder of many services, such as an unpacked wheel of botocore, its
    /// folder `botocore`, or `botocore/data`: there the name is the folder's, as in `ec2`. Elsewhere it is not
    /// looked at, and may be used to choose among the services of the model ([`Model::service`]).
    ///
    /// # Errors
    ///
    /// As for [`Model::load`], or the folder holds no service of this name.
    pub fn load_service(path: &Path, service: Option<&str>) -> Result<Model, Errors> {
        match locate::find(path, service)? {
            Found::File(path) => load_file(&path),
            Found::Folder(folder) => load_folder(&folder),
            Found::Named(folder, name) => Ok(load_folder(&folder)?.called(name)),
        }
    }

    /// The names of the services in a folder of many, sorted, as [`Model::load_service`] takes them; none if the
    /// path is no such folder.
    ///
    /// # Errors
    ///
    /// A folder cannot be read.
    pub fn services_in(path: &Path) -> Result<Vec<String>, Errors> {
        locate::services(path)
    }

    /// The `sdkId` of the service at a path, as [`Model::load_service`] takes them, without a look at the rest of the
    /// model; nothing if it does not say one, or has several services.
    ///
    /// # Errors
    ///
    /// A file cannot be read or is not UTF-8, or the folder holds no service of this name.
    pub fn sdk_id_at(path: &Path, service: Option<&str>) -> Result<Option<String>, Errors> {
        let path = match locate::find(path, service)? {
            Found::File(path) => path,
            Found::Folder(folder) | Found::Named(folder, _) => {
                locate::beside(&folder, locate::SERVICE).unwrap_or(folder)
            }
        };
        let source = text::read(&path)?;
        let id = after(source.text(), r#""sdkId""#);
        Ok(id.or_else(|| after(source.text(), r#""serviceId""#)).map(str::to_owned))
    }

    /// Reads a model from text in the Smithy JSON AST; errors call the text `name`.
    ///
    /// # Errors
    ///
    /// The text holds no sound model.
    pub fn from_smithy_json(name: &str, text: impl Into<String>) -> Result<Model, Errors> {
        smithy(&Arc::new(Source::new(name, text.into())))
    }

    /// Reads a model from the text of a `service-2.json` of botocore's, without the files that go with it; errors
    /// call the text `name`.
    ///
    /// # Errors
    ///
    /// The text holds no sound model.
    pub fn from_botocore_json(name: &str, text: impl Into<String>) -> Result<Model, Errors> {
        of_botocore(&Files::alone(Arc::new(Source::new(name, text.into()))))
    }
}

/// The string that is the value of the only such key in a text of JSON.
fn after<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut values = text.match_indices(key).filter_map(|(at, _)| {
        let value = text[at + key.len()..].trim_start().strip_prefix(':')?;
        let (value, _) = value.trim_start().strip_prefix('"')?.split_once('"')?;
        (!value.contains('\\')).then_some(value)
    });
    let only = values.next()?;
    values.next().is_none().then_some(only)
}

fn smithy(source: &Arc<Source>) -> Result<Model, Errors> {
    let ast = smithy_json::read(source)?;
    finish(source, ast)
}

fn of_botocore(files: &Files) -> Result<Model, Errors> {
    let ast = botocore::read(files)?;
    Ok(finish(&files.service.file, ast)?.made_from("botocore's service-2.json"))
}

/// A file by itself. What is beside a model of botocore's goes with it, if it has its usual name.
fn load_file(path: &Path) -> Result<Model, Errors> {
    if locate::is_service_file(path) {
        let folder = path.parent().unwrap_or(Path::new(""));
        return of_botocore(&files(path, folder)?);
    }
    let source = text::read(path)?;
    if botocore::is_model(source.text()) {
        return of_botocore(&Files::alone(source));
    }
    let model = smithy(&source)?;
    Ok(match path.file_name() {
        Some(name) => model.made_from(&name.to_string_lossy()),
        None => model,
    })
}

fn load_folder(folder: &Path) -> Result<Model, Errors> {
    match locate::beside(folder, locate::SERVICE) {
        Some(path) => of_botocore(&files(&path, folder)?),
        None => Err(Error::new(&folder.display().to_string(), "the model is gone").into()),
    }
}

/// Reads a model of botocore's and the files in its folder that go with it.
fn files(service: &Path, folder: &Path) -> Result<Files, Errors> {
    let read = |name: &str| -> Result<Option<Arc<Source>>, Error> {
        locate::beside(folder, name).map(|path| text::read(&path)).transpose()
    };
    let extras = |name: &str| read(&format!("{name}{}", locate::EXTRAS));
    let merged = |name: &str| -> Result<Option<WithExtras>, Error> {
        let Some(file) = read(name)? else { return Ok(None) };
        Ok(Some(WithExtras { file, extras: extras(name)? }))
    };
    Ok(Files {
        service: WithExtras { file: text::read(service)?, extras: extras(locate::SERVICE)? },
        paginators: merged(locate::PAGINATORS)?,
        waiters: merged(locate::WAITERS)?,
        endpoint_rule_set: read(locate::ENDPOINT_RULE_SET)?,
        endpoint_bdd: read(locate::ENDPOINT_BDD)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_key_is_found_without_a_parser() {
        assert_eq!(after(r#"{"a": 1, "sdkId" : "One Two"}"#, r#""sdkId""#), Some("One Two"));
        assert_eq!(after(r#"{"x": "sdkId", "sdkId":"One"}"#, r#""sdkId""#), Some("One"));
        for text in [
            r#"{"sdkId": 1}"#,
            r#"{"sdkId": "a\"b"}"#,
            r#"[{"sdkId":"a"},{"sdkId":"b"}]"#,
            "\"sdkId\":\"",
        ] {
            assert_eq!(after(text, r#""sdkId""#), None, "{text}");
        }
    }
}
