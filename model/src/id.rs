//! Shape IDs and identifiers: their grammar and nothing else. It must not know which shapes exist.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

/// An absolute shape ID without a member, `namespace#Name`: Smithy specification, "Shape ID".
#[derive(Clone)]
pub struct ShapeId {
    text: Arc<str>,
    hash: usize,
}

impl ShapeId {
    /// An ID of parts that are known to be a namespace and an identifier.
    pub(crate) fn new(namespace: &str, name: &str) -> Self {
        debug_assert!(is_identifier(name) && namespace.split('.').all(is_identifier));
        ShapeId { text: format!("{namespace}#{name}").into(), hash: namespace.len() }
    }

    /// The whole ID.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether `text` is an absolute shape ID by the grammar.
    pub(crate) fn is_valid(text: &str) -> bool {
        parts(text).is_some()
    }

    /// What stands before `#`.
    pub fn namespace(&self) -> &str {
        &self.text[..self.hash]
    }

    /// What stands after `#`.
    pub fn name(&self) -> &str {
        &self.text[self.hash + 1..]
    }
}

/// The text is no absolute shape ID.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{}` is not an absolute shape ID", crate::names::shorten(.0))]
pub struct InvalidShapeId(pub(crate) String);

impl FromStr for ShapeId {
    type Err = InvalidShapeId;

    fn from_str(text: &str) -> Result<Self, InvalidShapeId> {
        match parts(text) {
            Some((namespace, _)) => Ok(ShapeId { text: text.into(), hash: namespace.len() }),
            None => Err(InvalidShapeId(text.to_owned())),
        }
    }
}

/// Namespace and name, if the grammar allows them.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (namespace, name) = text.split_once('#')?;
    let valid = is_identifier(name) && namespace.split('.').all(is_identifier);
    valid.then_some((namespace, name))
}

/// Whether `text` matches the specification's `Identifier`: underscores, then a letter, then letters, digits, underscores.
pub(crate) fn is_identifier(text: &str) -> bool {
    let after_underscores = text.trim_start_matches('_');
    let underscored = after_underscores.len() < text.len();
    let first = after_underscores.chars().next();
    // After an underscore a digit may lead: `_1` is an identifier, `_` and `1` are not.
    first.is_some_and(|c| c.is_ascii_alphabetic() || (underscored && c.is_ascii_digit()))
        && after_underscores.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

// Equality, order and hash are the text's, so that a map keyed by IDs can be asked with a `&str`.
impl PartialEq for ShapeId {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for ShapeId {}

impl PartialOrd for ShapeId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ShapeId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for ShapeId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Borrow<str> for ShapeId {
    fn borrow(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_a_namespace_and_a_name() {
        let id: ShapeId = "com.amazonaws.forecast#Fore_cast2".parse().unwrap();
        assert_eq!((id.namespace(), id.name()), ("com.amazonaws.forecast", "Fore_cast2"));
        assert_eq!(id.to_string(), "com.amazonaws.forecast#Fore_cast2");
    }

    #[test]
    fn what_the_grammar_forbids_is_refused() {
        for bad in [
            "", "#", "a#", "#b", "a", "a#b$c", "a..b#c", "a.#b", "1a#b", "a#1b", "a#b#c", "a#é",
            "a#b ",
        ] {
            assert!(bad.parse::<ShapeId>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn identifiers_may_lead_with_underscores() {
        for good in ["a", "_a", "__a9", "_1", "A_b_"] {
            assert!(is_identifier(good), "{good:?}");
        }
        for bad in ["", "_", "__", "9", "a-b", "a b", "ü"] {
            assert!(!is_identifier(bad), "{bad:?}");
        }
    }
}
