//! The shape IDs that botocore's names become. It must not know what the shapes are.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::document::Document;
use super::reader::{Reader, Subject};
use super::service::Service;
use crate::id::{ShapeId, is_identifier};

/// The IDs of everything in a document.
pub(super) struct Ids<'a> {
    pub(super) service: ShapeId,
    operations: HashMap<Cow<'a, str>, ShapeId>,
    shapes: HashMap<Cow<'a, str>, ShapeId>,
}

impl<'a> Ids<'a> {
    /// In Smithy operations and shapes share their names. As AWS does in its own Smithy models, a shape that is
    /// called like an operation gains the suffix `Shape`.
    pub(super) fn of(reader: &mut Reader<'a>, document: &Document<'a>, service: &Service) -> Self {
        let mut taken: HashSet<String> = HashSet::with_capacity(document.shapes.len());
        taken.extend(document.shapes.keys().map(ToString::to_string));
        let mut operations = HashMap::with_capacity(document.operations.len());
        for (name, operation) in &document.operations {
            if let Some(id) = id(service, name) {
                operations.insert(name.clone(), id);
            } else {
                let message = "this cannot be an operation's name";
                reader.report(Subject::operation(name), &operation.key, message, GRAMMAR);
            }
        }
        let mut shapes = HashMap::with_capacity(document.shapes.len());
        for (name, shape) in &document.shapes {
            let free = if operations.contains_key(name) {
                another(name, "Shape", |name| taken.contains(name) || operations.contains_key(name))
            } else {
                name.to_string()
            };
            if let Some(id) = id(service, &free) {
                shapes.insert(name.clone(), id);
            } else {
                let message = "this cannot be a shape's name";
                reader.report(Subject::shape(name), &shape.key, message, GRAMMAR);
            }
            taken.insert(free);
        }
        let is_taken = |name: &str| taken.contains(name) || operations.contains_key(name);
        let name = if is_taken(&service.name) {
            another(&service.name, "Service", is_taken)
        } else {
            service.name.clone()
        };
        let service = ShapeId::new(&service.namespace, &name);
        Ids { service, operations, shapes }
    }

    pub(super) fn operation(&self, name: &str) -> Option<&ShapeId> {
        self.operations.get(name)
    }

    pub(super) fn shape(&self, name: &str) -> Option<&ShapeId> {
        self.shapes.get(name)
    }
}

const GRAMMAR: &str = "a name has letters, digits and underscores";

fn id(service: &Service, name: &str) -> Option<ShapeId> {
    is_identifier(name).then(|| ShapeId::new(&service.namespace, name))
}

/// The name with the suffix, as often as it takes.
fn another(name: &str, suffix: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut name = format!("{name}{suffix}");
    while is_taken(&name) {
        name.push('_');
    }
    name
}

/// The namespace of a service's Smithy model: "Auto Scaling" is in `com.amazonaws.autoscaling`.
pub(super) fn namespace(service_id: &str) -> String {
    format!("com.amazonaws.{}", identifier(&service_id.to_lowercase()))
}

/// Text with everything left out that identifiers lack.
pub(super) fn identifier(text: &str) -> String {
    let mut name: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name.insert_str(0, "service");
    }
    name
}

/// The names of an enum's members, which botocore lacks, made from their values as Smithy does where it must make
/// them up: what separates words becomes `_`, what is left that no identifier has goes. Names that differ in nothing
/// but case, or in how they set words apart, would not do for code, and are numbered.
pub(super) fn enum_members<'v>(values: impl IntoIterator<Item = &'v str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut names = Vec::new();
    for value in values {
        let plain = enum_member(value);
        let mut name = plain.clone();
        let number = numbers.entry(words(&plain)).or_insert(1);
        while !taken.insert(words(&name)) {
            *number += 1;
            name = format!("{plain}_{number}");
        }
        names.push(name);
    }
    names
}

/// The words of a name in lower case: those of `invalid_request`, `InvalidRequest` and `INVALID_REQUEST` are the
/// same.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut before = '_';
    for c in name.chars() {
        let begins = c.is_ascii_uppercase() && !before.is_ascii_uppercase();
        if (begins || c == '_') && !words.is_empty() && !words.ends_with('_') {
            words.push('_');
        }
        if c != '_' {
            words.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.truncate(words.trim_end_matches('_').len());
    words
}

fn enum_member(value: &str) -> String {
    let mut name = String::with_capacity(value.len() + 1);
    let mut between = false;
    for c in value.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            if between {
                name.push('_');
            }
            between = false;
            name.push(c);
        } else {
            between |= "-.:/".contains(c) || c.is_whitespace();
        }
    }
    if between {
        name.push('_');
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, '_');
    }
    // Nothing but underscores is no identifier, nor is nothing at all.
    if is_identifier(&name) { name } else { format!("VALUE{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_have_letters_and_digits_alone() {
        assert_eq!(namespace("Cognito Identity Provider"), "com.amazonaws.cognitoidentityprovider");
        assert_eq!(namespace("IoT 1Click-Devices"), "com.amazonaws.iot1clickdevices");
        assert_eq!(namespace("2nd"), "com.amazonaws.service2nd");
    }

    #[test]
    fn enum_members_are_identifiers_and_differ() {
        for (value, name) in [
            ("CREATE_COMPLETE", "CREATE_COMPLETE"),
            ("t2.micro", "t2_micro"),
            ("a: b", "a_b"),
            ("0.5", "_0_5"),
            ("*", "VALUE"),
            ("", "VALUE"),
            ("-", "VALUE_"),
            ("é", "VALUE"),
            ("-x", "_x"),
            ("x-", "x_"),
        ] {
            assert_eq!(enum_members([value]), [name], "{value}");
            assert!(is_identifier(name));
        }
        let alike = ["a-b", "a.b", "A_B", "aB", "AB", "ab", "", "*", "a_b_2"];
        let names = ["a_b", "a_b_2", "A_B_3", "aB_4", "AB", "ab_2", "VALUE", "VALUE_2", "a_b_2_2"];
        assert_eq!(enum_members(alike), names);
    }
}
