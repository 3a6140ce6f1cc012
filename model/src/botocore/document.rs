//! A `service-2.json` with its extras, parsed and merged. It must not know what its facts mean.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::WithExtras;
use super::object::{Node, Text};
use super::reader::{Reader, Subject};
use super::syntax::{Later, Metadata, Operation, Root, Shape};
use crate::json::Entries;

/// What is defined under a name.
#[derive(Debug)]
pub(super) struct Named<'a, T> {
    /// The name, where it is defined.
    pub(super) key: Text<'a>,
    pub(super) value: T,
}

/// Definitions in file order.
pub(super) type ByName<'a, T> = IndexMap<Cow<'a, str>, Named<'a, T>>;

/// The whole of it.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) metadata: Metadata<'a>,
    pub(super) operations: ByName<'a, Operation<'a>>,
    pub(super) shapes: ByName<'a, Shape<'a>>,
    /// Everything else; the above are taken out of it.
    pub(super) root: Root<'a>,
}

impl<'a> Document<'a> {
    /// Reads the file, and lays its extras over it.
    pub(super) fn read(reader: &mut Reader<'a>, files: &'a WithExtras) -> Option<Self> {
        let nothing = Subject::default();
        let mut root: Root<'a> = reader.parse_file(&files.file)?;
        let mut operations = ByName::new();
        let mut shapes = ByName::new();
        reader.strange(nothing, &root);
        define(reader, &mut operations, root.operations.take(), "operation");
        define(reader, &mut shapes, root.shapes.take(), "shape");
        if let Some(mut over) = reader.parse_extras::<Root<'a>>(files) {
            define(reader, &mut operations, over.operations.take(), "operation");
            let known = shapes.len();
            let members: Vec<usize> = shapes.values().map(|it| member_count(&it.value)).collect();
            define(reader, &mut shapes, over.shapes.take(), "shape");
            drop_members_of_clients(&mut shapes, known, &members);
            root.merge(over);
        }
        if let Some(version) = root.version.as_ref().filter(|version| version.text != "2.0") {
            let message = format!("version `{}` of the format is not supported", version.text);
            reader.report(nothing, version, message, "supported is \"2.0\"");
        }
        let Some(metadata) = root.metadata.take() else {
            let message = "this is no model of botocore's: it has no `metadata`";
            reader.report_file(&files.file, message, "a `service-2.json` says there what it is of");
            return None;
        };
        Some(Document { metadata, operations, shapes, root })
    }
}

fn member_count(shape: &Shape<'_>) -> usize {
    shape.members.as_ref().map_or(0, |members| members.0.len())
}

/// Leaves out the members that extras add to structures of the service. The service does not know them: botocore
/// takes them from its caller, makes something else of them and takes them out of the request.
fn drop_members_of_clients(shapes: &mut ByName<'_, Shape<'_>>, known: usize, members: &[usize]) {
    for (shape, count) in shapes.values_mut().take(known).zip(members) {
        if let Some(members) = &mut shape.value.members {
            // What is merged goes to the end.
            members.0.truncate(*count);
        }
    }
}

/// Parses definitions, each for itself, and merges those that are there already.
fn define<'a, T: Deserialize<'a> + Node<'a>>(
    reader: &mut Reader<'a>,
    defined: &mut ByName<'a, T>,
    entries: Option<Entries<'a, Later<'a>>>,
    kind: &'static str,
) {
    let entries = entries.map_or_else(Vec::new, |entries| entries.0);
    defined.reserve(entries.len());
    for (key, raw) in entries {
        let on = Subject { kind, name: &key.text, member: None };
        let Some(value) = reader.parse::<T>(on, raw) else { continue };
        match defined.get_mut(&key.text) {
            Some(present) => present.value.merge(value),
            None => drop(defined.insert(key.text.clone(), Named { key, value })),
        }
    }
}

/// Whether the keys at the top are botocore's and not Smithy's, as far as the first that only one of them has.
pub(super) fn is_model(text: &str) -> bool {
    /// The text of an error that is none: it ends the parsing where the answer is found.
    const FOUND: &str = "botocore";

    struct Probe;

    impl<'de> Deserialize<'de> for Probe {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct ProbeVisitor;

            impl<'de> Visitor<'de> for ProbeVisitor {
                type Value = Probe;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an object")
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Probe, A::Error> {
                    while let Some(key) = map.next_key::<Cow<'_, str>>()? {
                        match &*key {
                            "smithy" => return Err(A::Error::custom("smithy")),
                            "operations" => return Err(A::Error::custom(FOUND)),
                            _ => drop(map.next_value::<IgnoredAny>()?),
                        }
                    }
                    Ok(Probe)
                }
            }

            deserializer.deserialize_map(ProbeVisitor)
        }
    }

    let probed = serde_json::from_str::<Probe>(text.trim_start_matches('\u{feff}'));
    probed.is_err_and(|error| error.to_string().starts_with(FOUND))
}

#[cfg(test)]
mod tests {
    use super::is_model;

    #[test]
    fn the_first_telling_key_decides() {
        assert!(is_model(r#"{"metadata": {"smithy": 1}, "operations": {}, "smithy": "2.0"}"#));
        assert!(is_model("\u{feff}{\"operations\": {"));
        for text in ["", "[]", "{", "{}", r#"{"smithy": "2.0", "operations": {}}"#, "botocore"] {
            assert!(!is_model(text), "{text}");
        }
    }
}
