//! Whether two texts of `Debug` say the same: entries of maps in any order, and without fields that only the
//! official crate has because its model is newer. It must not know types.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use crate::convert::Mismatch;

/// A text of `Debug`, taken apart.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Node {
    /// What stands before the bracket, or the whole.
    name: String,
    /// The bracket, if there is one.
    bracket: Option<char>,
    /// What is in the brackets: of fields and entries with what stands before the colon.
    items: Vec<(Option<Box<Node>>, Node)>,
}

/// Where the two differ, if they do. Fields that the generated crate lacks, and that are empty in the official
/// one, are added to `newer`.
pub(crate) fn difference(
    ours: &str,
    theirs: &str,
    newer: &mut BTreeSet<String>,
) -> Option<Mismatch> {
    if ours == theirs {
        return None;
    }
    match (parse(ours), parse(theirs)) {
        (Some(ours), Some(theirs)) => nodes(&ours, &theirs, newer).err(),
        _ => Some(Mismatch::new(ours, theirs)),
    }
}

fn nodes(ours: &Node, theirs: &Node, newer: &mut BTreeSet<String>) -> Result<(), Mismatch> {
    let differ = || Mismatch::new(ours.to_string(), theirs.to_string());
    if ours.name != theirs.name || ours.bracket != theirs.bracket {
        return Err(differ());
    }
    if ours.bracket == Some('{') && ours.name.is_empty() {
        return entries(ours, theirs, newer);
    }
    let mut rest = ours.items.iter().peekable();
    for (index, (key, value)) in theirs.items.iter().enumerate() {
        match rest.next_if(|(our_key, _)| our_key == key) {
            Some((_, our_value)) => nodes(our_value, value, newer).map_err(|mismatch| {
                let key = key.as_ref().map(|key| key.name.clone());
                mismatch.within(key.unwrap_or_else(|| index.to_string()))
            })?,
            // In the place of a field that the generated structure doesn't have.
            None => match key {
                Some(field) if is_empty(value) && !has(ours, field) => {
                    newer.insert(format!("{}.{}", theirs.name, field.name));
                }
                _ => return Err(differ()),
            },
        }
    }
    if rest.next().is_none() { Ok(()) } else { Err(differ()) }
}

/// The entries of a map, in any order.
fn entries(ours: &Node, theirs: &Node, newer: &mut BTreeSet<String>) -> Result<(), Mismatch> {
    let differ = || Mismatch::new(ours.to_string(), theirs.to_string());
    if ours.items.len() != theirs.items.len() {
        return Err(differ());
    }
    for (key, value) in &ours.items {
        let found = theirs.items.iter().find(|(their_key, _)| their_key == key);
        let (_, their_value) = found.ok_or_else(differ)?;
        let name = key.as_ref().map(|key| key.name.clone()).unwrap_or_default();
        nodes(value, their_value, newer).map_err(|mismatch| mismatch.within(name))?;
    }
    Ok(())
}

fn has(node: &Node, field: &Node) -> bool {
    node.items.iter().any(|(key, _)| key.as_deref() == Some(field))
}

fn is_empty(node: &Node) -> bool {
    match node.bracket {
        None => matches!(node.name.as_str(), "None" | "0" | "false" | "0.0"),
        Some('[') => node.items.is_empty(),
        Some(_) => false,
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        let (open, close) = match self.bracket {
            Some('(') => ('(', ')'),
            Some('[') => ('[', ']'),
            Some(_) => ('{', '}'),
            None => return Ok(()),
        };
        f.write_char(open)?;
        for (index, (key, value)) in self.items.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            match key {
                Some(key) => write!(f, "{key}: {value}")?,
                None => value.fmt(f)?,
            }
        }
        f.write_char(close)
    }
}

fn parse(text: &str) -> Option<Node> {
    let mut parser = Parser { text, at: 0 };
    let node = parser.node()?;
    (parser.at == text.len()).then_some(node)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, text: &str) -> bool {
        let there = self.text[self.at..].starts_with(text);
        if there {
            self.at += text.len();
        }
        there
    }

    fn node(&mut self) -> Option<Node> {
        let name = self.name()?.trim_end().to_owned();
        let mut node = Node { name, bracket: None, items: Vec::new() };
        let close = match self.peek() {
            Some('(') => ")",
            Some('[') => "]",
            Some('{') => "}",
            _ => return Some(node),
        };
        node.bracket = self.peek();
        self.at += 1;
        self.eat(" ");
        while !self.eat(close) {
            let start = self.at;
            let first = self.node()?;
            let item =
                if self.eat(": ") { (Some(Box::new(first)), self.node()?) } else { (None, first) };
            node.items.push(item);
            if !self.eat(", ") {
                self.eat(" ");
            }
            // Punctuation in the place of a value.
            if self.at == start {
                return None;
            }
        }
        Some(node)
    }

    /// Everything up to punctuation; texts in quotes are taken whole.
    fn name(&mut self) -> Option<&str> {
        let start = self.at;
        loop {
            match self.peek() {
                Some('"') => self.quoted()?,
                Some('(' | ')' | '[' | ']' | '{' | '}' | ',') | None => break,
                // Times have colons too.
                Some(':') if self.text[self.at..].starts_with(": ") => break,
                Some(other) => self.at += other.len_utf8(),
            }
        }
        Some(&self.text[start..self.at])
    }

    fn quoted(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                '\\' => {
                    self.at += 1;
                    self.at += self.peek()?.len_utf8();
                }
                '"' => {
                    self.at += 1;
                    return Some(());
                }
                other => self.at += other.len_utf8(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// Whether they are the same, and what is newer.
    fn compare(ours: &str, theirs: &str) -> (bool, Vec<String>) {
        let mut newer = BTreeSet::new();
        (difference(ours, theirs, &mut newer).is_none(), newer.into_iter().collect())
    }

    #[test]
    fn a_difference_has_a_place() {
        let (ours, theirs) = (r#"S { a: [T { at: 05:06Z }] }"#, r#"S { a: [T { at: 05:07Z }] }"#);
        let mismatch = difference(ours, theirs, &mut BTreeSet::new()).unwrap();
        assert_eq!(mismatch.path(), "a.0.at");
        assert_eq!((mismatch.ours(), mismatch.theirs()), ("05:06Z", "05:07Z"));
        let mismatch = difference("S([1])", "S([1, 2])", &mut BTreeSet::new()).unwrap();
        assert_eq!((mismatch.ours(), mismatch.theirs()), ("[1]", "[1, 2]"));
    }

    #[test]
    fn any_text_can_be_taken_apart() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "shown")]
        struct Shown {
            text: &'static str,
            tuple: (Option<f64>, [u8; 0]),
            map: HashMap<&'static str, Vec<()>>,
            bytes: bytes::Bytes,
            unit: std::ops::RangeFull,
        }
        let value = Shown {
            text: "a, \"b\": {\\}",
            tuple: (Some(-1e300), []),
            map: HashMap::from([("k", vec![(), ()])]),
            bytes: bytes::Bytes::from_static(b"\x00\"}"),
            unit: ..,
        };
        let node = parse(&format!("{value:?}")).unwrap();
        assert_eq!(node.items.len(), 5);
        assert_eq!(node.items[0].1.name, r#""a, \"b\": {\\}""#);
        assert_eq!(parse("(").map(|_| ()), None);
        assert_eq!(parse("a)").map(|_| ()), None);
        assert_eq!(parse("(,)").map(|_| ()), None);
        assert_eq!(parse("\"").map(|_| ()), None);
    }

    #[test]
    fn maps_have_no_order() {
        assert_eq!(compare(r#"{"a": 1, "b": [2]}"#, r#"{"b": [2], "a": 1}"#), (true, vec![]));
        assert_eq!(compare(r#"{"a": 1, "b": [2]}"#, r#"{"b": [1], "a": 1}"#), (false, vec![]));
        assert_eq!(compare("[1, 2]", "[2, 1]"), (false, vec![]));
    }

    #[test]
    fn newer_fields_are_empty() {
        let newer = vec!["S.b".to_owned()];
        assert_eq!(compare("S { a: 1 }", "S { a: 1, b: None }"), (true, newer.clone()));
        assert_eq!(compare("S { a: 1, c: 2 }", "S { a: 1, b: None, c: 2 }"), (true, newer));
        assert_eq!(compare("S { a: 1 }", "S { a: 1, b: Some(1) }"), (false, vec![]));
        assert_eq!(compare("S { a: 1, b: None }", "S { a: 1 }"), (false, vec![]));
        assert_eq!(compare("S { a: 1, b: 2 }", "S { b: None, a: 1, b: 2 }"), (false, vec![]));
        assert_eq!(compare("S(1)", "S(1, None)"), (false, vec![]));
    }
}
