//! The only place that touches the file system: writes the files of a crate, or compares them with
//! what is there. It must not know what the files say.

use std::collections::BTreeMap;
use std::path::Path;

/// The files of a generated crate: paths relative to its folder, with `/`, and texts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Files {
    files: BTreeMap<String, String>,
}

impl Files {
    /// Adds a file.
    pub(crate) fn insert(&mut self, path: impl Into<String>, text: String) {
        self.files.insert(path.into(), text);
    }

    /// The files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}
