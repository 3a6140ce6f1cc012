//! Names of the files and modules of one folder, distinct on every file system. Must not know what the
//! files hold.

use std::collections::BTreeSet;

use super::module;

/// Names with a meaning to Cargo, to rustc or to the layout of generated crates.
const TAKEN: [&str; 6] = ["builders", "error", "lib", "main", "mod", "tests"];

/// Names that Windows refuses as file stems.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// So many characters a stem has at most, what tells it apart aside: file systems take 255 with the ending.
const LONGEST: usize = 200;

/// Hands out the file stems of one folder.
///
/// A stem is also the module's name (through [`super::ident`]). Stems are lowercase, so no two differ by case
/// alone. They depend on the order of the requests: ask in the order of the model.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileStems {
    given: BTreeSet<String>,
}

impl FileStems {
    /// A folder without files.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The stem for a type: its module name, with `_` and then numbers appended where that is taken.
    pub(crate) fn allocate(&mut self, type_name: &str) -> String {
        let mut base = super::reserved::plain_identifier(&module(type_name));
        base.truncate(base.char_indices().nth(LONGEST).map_or(base.len(), |(at, _)| at));
        if TAKEN.contains(&base.as_str()) || is_device(&base) {
            base.push('_');
        }
        let mut stem = base.clone();
        let mut count = 1_usize;
        while !self.given.insert(stem.clone()) {
            count += 1;
            stem = format!("{}_{count}", base.trim_end_matches('_'));
        }
        stem
    }
}

fn is_device(stem: &str) -> bool {
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    DEVICES.contains(&stem) || numbered.is_some_and(|n| matches!(n.as_bytes(), [b'0'..=b'9']))
}
