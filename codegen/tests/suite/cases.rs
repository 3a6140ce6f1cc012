//! One folder a case: `model.json`, perhaps `settings.json`, and `expected.snap` with the crate's files or the
//! errors. It must not know what is expected.
//!
//! `settings.json` may name `operations` (patterns), the `package` and its `version`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tinsmith_codegen::api::Api;
use tinsmith_codegen::{
    Errors, Files, Model, RuntimeDependency, Selection, Settings, api, generate,
};

/// A case of `fixtures`.
pub(crate) struct Case {
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
}

impl Case {
    /// All cases, by name.
    pub(crate) fn all() -> Vec<Case> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let entries = fs::read_dir(root).unwrap();
        let mut cases: Vec<Case> = entries
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                Case { folder: entry.path(), name }
            })
            .collect();
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        assert!(cases.len() > 15, "the fixtures are missing");
        cases
    }

    /// Whether the case is one of a model that no crate can be made from.
    pub(crate) fn is_rejected(&self) -> bool {
        self.name.starts_with("rejected-")
    }

    /// The crate's files.
    pub(crate) fn generate(&self) -> Result<Files, Errors> {
        let text = fs::read_to_string(self.folder.join("model.json")).unwrap();
        generate(&Model::from_smithy_json("model.json", text)?, &self.settings()?)
    }

    /// The crate's API.
    pub(crate) fn api(&self) -> Result<Api, Errors> {
        let text = fs::read_to_string(self.folder.join("model.json")).unwrap();
        api(&Model::from_smithy_json("model.json", text)?, &self.settings()?)
    }

    fn settings(&self) -> Result<Settings, Errors> {
        let mut settings = settings(&format!("fixture-{}", self.name));
        let Ok(text) = fs::read_to_string(self.folder.join("settings.json")) else {
            return Ok(settings);
        };
        let given: Value = serde_json::from_str(&text).unwrap();
        if let Some(patterns) = given["operations"].as_array() {
            let patterns: Vec<&str> = patterns.iter().filter_map(Value::as_str).collect();
            settings.operations = Selection::parse(&patterns)?;
        }
        if let Some(package) = given["package"].as_str() {
            settings.package = Some(package.to_owned());
        }
        if let Some(version) = given["version"].as_str() {
            settings.version = version.to_owned();
        }
        Ok(settings)
    }
}

/// The settings of all crates here. The runtime's requirement doesn't depend on where the tests run: the
/// workspace that compiles the crates says where to find it.
pub(crate) fn settings(package: &str) -> Settings {
    Settings {
        package: Some(package.to_owned()),
        runtime: RuntimeDependency::Version("0.1.0".to_owned()),
        source: "model.json".to_owned(),
        ..Settings::default()
    }
}
