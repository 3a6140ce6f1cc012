//! `application/x-www-form-urlencoded` by its decoded pairs. It must not know what it is about.

use std::collections::BTreeMap;
use std::fmt;

use super::MAX_DEPTH;
use crate::case::MapNames;

/// The pairs as a tree: the dots in their names nest.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Node {
    values: Vec<String>,
    children: BTreeMap<String, Node>,
}

/// Reads pairs; the entries of maps, which are numbered in an order that means nothing, are numbered
/// anew in the order of their keys.
pub(super) fn parse(bytes: &[u8], maps: &[MapNames]) -> Result<Node, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut root = Node::default();
    for pair in text.trim().split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        if name.split('.').count() > MAX_DEPTH {
            return Err(format!("a name nests too deeply: {name}"));
        }
        let mut node = &mut root;
        for part in name.split('.') {
            node = node.children.entry(part.to_owned()).or_default();
        }
        node.values.push(value);
    }
    root.normalize(maps);
    Ok(root)
}

fn decode(text: &str) -> Result<String, String> {
    let wrong = || format!("`{text}` isn't percent-encoded UTF-8");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
                let (high, low) = (digit().ok_or_else(wrong)?, digit().ok_or_else(wrong)?);
                u8::try_from(high * 16 + low).map_err(|_| wrong())?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

impl Node {
    fn normalize(&mut self, maps: &[MapNames]) {
        self.values.sort();
        for child in self.children.values_mut() {
            child.normalize(maps);
        }
        for map in maps {
            if let Some(keys) = self.keys(map) {
                let mut entries = std::mem::take(&mut self.children);
                let numbered = keys.into_values().zip(1_usize..);
                self.children = numbered
                    .filter_map(|(number, at)| Some((at.to_string(), entries.remove(&number)?)))
                    .collect();
                return;
            }
        }
    }

    /// The numbers of the entries by their keys, if the children are those of such a map: numbered from 1
    /// without a gap, each with a key of its own and perhaps a value.
    fn keys(&self, map: &MapNames) -> Option<BTreeMap<String, String>> {
        let mut keys = BTreeMap::new();
        for (number, entry) in &self.children {
            let (true, [key]) =
                (entry.values.is_empty(), &entry.children.get(&map.key)?.values[..])
            else {
                return None;
            };
            let known = |name: &String| *name == map.key || *name == map.value;
            if !entry.children.keys().all(known) || keys.contains_key(key) {
                return None;
            }
            keys.insert(key.clone(), number.clone());
        }
        let numbered =
            (1..=keys.len()).all(|number| self.children.contains_key(&number.to_string()));
        (numbered && !keys.is_empty()).then_some(keys)
    }

    fn pairs(&self, name: &str, pairs: &mut Vec<String>) {
        pairs.extend(self.values.iter().map(|value| format!("{name}={value}")));
        for (part, child) in &self.children {
            let dot = if name.is_empty() { "" } else { "." };
            child.pairs(&format!("{name}{dot}{part}"), pairs);
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs = Vec::new();
        self.pairs("", &mut pairs);
        f.write_str(&pairs.join(" & "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maps() -> Vec<MapNames> {
        ["key value", "K V"]
            .iter()
            .filter_map(|names| names.split_once(' '))
            .map(|(key, value)| MapNames { key: key.to_owned(), value: value.to_owned() })
            .collect()
    }

    #[track_caller]
    fn form(text: &str) -> Node {
        parse(text.as_bytes(), &maps()).unwrap()
    }

    #[test]
    fn equal_forms() {
        for (a, b) in [
            ("a=1&b=2", "b=2&a=1"),
            ("a=x%20y%2F%C3%A9", "a=x+y/%c3%a9"),
            ("a", "a="),
            ("a=1&a=2", "a=2&a=1"),
            (
                "M.entry.1.key=a&M.entry.1.value=A&M.entry.2.key=b&M.entry.2.value=B",
                "M.entry.1.key=b&M.entry.1.value=B&M.entry.2.key=a&M.entry.2.value=A",
            ),
            (
                "Hi.1.K=a&Hi.1.V.x=1&Hi.1.V.y=2&Hi.2.K=b&Hi.2.V.x=3",
                "Hi.2.K=a&Hi.2.V.x=1&Hi.2.V.y=2&Hi.1.K=b&Hi.1.V.x=3",
            ),
            (
                "M.1.key=a&M.1.value.1.key=x&M.1.value.1.value=1&M.1.value.2.key=y&M.1.value.2.value=2",
                "M.1.key=a&M.1.value.1.key=y&M.1.value.1.value=2&M.1.value.2.key=x&M.1.value.2.value=1",
            ),
        ] {
            assert_eq!(form(a), form(b));
        }
    }

    #[test]
    fn unequal_forms() {
        for (a, b) in [
            ("a=1", "a=2"),
            ("a=1", "b=1"),
            ("a=1", "a=1&a=1"),
            ("a=1", "a=1&b="),
            ("a=%2B", "a=+"),
            // The order of a list means something.
            ("L.1=a&L.2=b", "L.1=b&L.2=a"),
            ("L.1.K=a&L.2.K=a", "L.1.K=a&L.3.K=a"),
            // Entries have numbers from 1 on.
            ("M.1.key=a&M.1.value=A", "M.2.key=a&M.2.value=A"),
            (
                "M.1.key=a&M.1.value=A&M.2.key=b&M.2.value=B",
                "M.1.key=a&M.1.value=B&M.2.key=b&M.2.value=A",
            ),
            // Not the names of a map.
            (
                "L.1.key=a&L.1.other=A&L.2.key=b&L.2.other=B",
                "L.2.key=a&L.2.other=A&L.1.key=b&L.1.other=B",
            ),
        ] {
            assert_ne!(form(a), form(b));
        }
    }

    #[test]
    fn text_that_is_no_form() {
        for text in ["a=%", "a=%4", "a=%zz", "a=%FF", "%=1", &"a.".repeat(200)] {
            assert!(parse(text.as_bytes(), &[]).is_err(), "{text}");
        }
        assert!(parse(b"\xFF=1", &[]).is_err());
    }

    #[test]
    fn forms_are_shown_decoded_and_sorted() {
        assert_eq!(form("b=x%20y&a.2=&a.1=z").to_string(), "a.1=z & a.2= & b=x y");
    }
}
