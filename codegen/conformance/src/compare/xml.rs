//! XML by what it means: [XML](https://www.w3.org/TR/xml/) with
//! [namespaces](https://www.w3.org/TR/xml-names/). It must not know what it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use roxmltree::{Document, Node};

use super::MAX_DEPTH;
use crate::case::MapNames;

/// A name with its namespace, or without one.
type Name = (Option<String>, String);

/// An element. Comments, the order of attributes, and white space between elements are left out.
/// The children are grouped by their names: what order they have among others of the same name
/// counts, unless they are the entries of a map; among other names it doesn't.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Element {
    name: Name,
    /// Prefixes that are declared here or further out, with their namespaces.
    namespaces: BTreeSet<(String, String)>,
    attributes: BTreeMap<Name, String>,
    /// The text; around elements without the white space.
    text: String,
    children: Vec<Element>,
}

pub(super) fn parse(bytes: &[u8], maps: &[MapNames]) -> Result<Element, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    // Cases are indented as a whole, before the declaration too, which must come first.
    let document = Document::parse(text.trim()).map_err(|error| error.to_string())?;
    Element::of(document.root_element(), maps, 0)
}

impl Element {
    fn of(node: Node<'_, '_>, maps: &[MapNames], depth: usize) -> Result<Self, String> {
        if depth >= MAX_DEPTH {
            return Err("elements nest too deeply".to_owned());
        }
        let name = |space: Option<&str>, name: &str| (space.map(str::to_owned), name.to_owned());
        let mut children = Vec::new();
        for child in node.children().filter(Node::is_element) {
            children.push(Self::of(child, maps, depth + 1)?);
        }
        let mut text: String =
            node.children().filter(Node::is_text).filter_map(|child| child.text()).collect();
        if !children.is_empty() {
            text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        // The sort is stable.
        children.sort_by(|a, b| a.name.cmp(&b.name));
        for group in children.chunk_by_mut(|a, b| a.name == b.name) {
            sort_entries(group, maps);
        }
        Ok(Self {
            name: name(node.tag_name().namespace(), node.tag_name().name()),
            namespaces: node
                .namespaces()
                .map(|it| (it.name().unwrap_or_default().to_owned(), it.uri().to_owned()))
                .collect(),
            attributes: node
                .attributes()
                .map(|it| (name(it.namespace(), it.name()), it.value().to_owned()))
                .collect(),
            text,
            children,
        })
    }

    /// The key of a map's entry, if it looks like one: an element with the key's text, and perhaps
    /// one with the value.
    fn key(&self, map: &MapNames) -> Option<&str> {
        let key = |child: &&Element| child.name.1 == map.key;
        let value = |child: &&Element| child.name.1 == map.value;
        let count = self.children.iter().filter(value).count();
        let fits = self.text.is_empty() && count <= 1 && self.children.len() == count + 1;
        let key = self.children.iter().find(key).filter(|key| fits && key.children.is_empty())?;
        Some(&key.text)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, outer: &BTreeSet<(String, String)>) -> fmt::Result {
        let prefixed = |(space, name): &Name| {
            let of = |(prefix, uri): &&(String, String)| {
                Some(uri) == space.as_ref() && !prefix.is_empty()
            };
            match self.namespaces.iter().find(of) {
                Some((prefix, _)) => format!("{prefix}:{name}"),
                None => name.clone(),
            }
        };
        // Of an element only that its default namespace isn't its own says that a prefix is.
        let default = self.namespaces.iter().find(|(prefix, _)| prefix.is_empty());
        let name = if self.name.0.as_ref() == default.map(|(_, uri)| uri) {
            self.name.1.clone()
        } else {
            prefixed(&self.name)
        };
        write!(f, "<{name}")?;
        for (prefix, uri) in self.namespaces.difference(outer) {
            let colon = if prefix.is_empty() { "" } else { ":" };
            write!(f, " xmlns{colon}{prefix}={uri:?}")?;
        }
        for (name, value) in &self.attributes {
            write!(f, " {}={value:?}", prefixed(name))?;
        }
        write!(f, ">{}", self.text)?;
        for child in &self.children {
            child.write(f, &self.namespaces)?;
        }
        write!(f, "</{name}>")
    }
}

/// Sorts the entries of a map by their keys, if that is what the elements are.
fn sort_entries(elements: &mut [Element], maps: &[MapNames]) {
    for map in maps {
        let keys: Option<BTreeSet<&str>> = elements.iter().map(|it| it.key(map)).collect();
        if keys.is_some_and(|keys| keys.len() == elements.len()) {
            elements.sort_by(|a, b| a.key(map).cmp(&b.key(map)));
            return;
        }
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The prefix `xml` is always there.
        let xml = ("xml".to_owned(), roxmltree::NS_XML_URI.to_owned());
        self.write(f, &BTreeSet::from([xml]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maps() -> Vec<MapNames> {
        vec![MapNames { key: "key".to_owned(), value: "value".to_owned() }]
    }

    #[track_caller]
    fn xml(text: &str) -> Element {
        parse(text.as_bytes(), &maps()).unwrap()
    }

    #[test]
    fn equal_documents() {
        for (a, b) in [
            ("<a/>", "<a></a>"),
            ("<a x='1' y='2'/>", "<a y=\"2\" x=\"1\"></a>"),
            ("  <a>\n <b>1</b>\n\n <c/> </a>\n", "<?xml version=\"1.0\"?><a><b>1</b><c/></a>"),
            ("<a><b/><c/></a>", "<a><c/><b/></a>"),
            ("<a><b>1</b><c/><b>2</b></a>", "<a><b>1</b><b>2</b><c/></a>"),
            ("<a><!-- why --><b>x&lt;y</b></a>", "<a><b><![CDATA[x<y]]></b></a>"),
            ("<a>&#233;</a>", "<a>é</a>"),
            ("<a xmlns='u'><b/></a>", "<a xmlns='u'><b xmlns='u'/></a>"),
            ("<a xmlns:p='u' xmlns:q='v' p:x='1'/>", "<a p:x='1' xmlns:q='v' xmlns:p='u'/>"),
            (
                "<m><entry><key>a</key><value>1</value></entry><entry><key>b</key></entry></m>",
                "<m><entry><key>b</key></entry><entry><value>1</value><key>a</key></entry></m>",
            ),
        ] {
            assert_eq!(xml(a), xml(b));
        }
    }

    #[test]
    fn unequal_documents() {
        for (a, b) in [
            ("<a/>", "<b/>"),
            ("<a/>", "<a><b/></a>"),
            ("<a>x</a>", "<a>y</a>"),
            ("<a>x</a>", "<a> x</a>"),
            ("<a/>", "<a> </a>"),
            ("<a>x<b/></a>", "<a><b/></a>"),
            ("<a><b>1</b><b>2</b></a>", "<a><b>2</b><b>1</b></a>"),
            ("<a><b/></a>", "<a><b/><b/></a>"),
            ("<a x='1'/>", "<a x='2'/>"),
            ("<a x='1'/>", "<a/>"),
            ("<a xmlns='u'/>", "<a/>"),
            ("<a xmlns='u'/>", "<a xmlns='v'/>"),
            ("<a xmlns='u'><b/></a>", "<a xmlns='u'><b xmlns=''/></a>"),
            ("<a xmlns:p='u'/>", "<a/>"),
            ("<a xmlns:p='u'/>", "<a xmlns:q='u'/>"),
            ("<a xmlns:p='u' p:x='1'/>", "<a xmlns:p='u' x='1'/>"),
            (
                "<m><entry><key>a</key><value>1</value></entry></m>",
                "<m><entry><key>a</key><value>2</value></entry></m>",
            ),
            // Not a map: a key that comes twice, and further elements.
            (
                "<l><e><key>a</key><value>1</value></e><e><key>a</key><value>2</value></e></l>",
                "<l><e><key>a</key><value>2</value></e><e><key>a</key><value>1</value></e></l>",
            ),
            (
                "<l><e><key>a</key><other/></e><e><key>b</key><other/></e></l>",
                "<l><e><key>b</key><other/></e><e><key>a</key><other/></e></l>",
            ),
        ] {
            assert_ne!(xml(a), xml(b));
        }
    }

    #[test]
    fn text_that_is_no_document() {
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        for text in ["<a>", "<a/><b/>", "x", "<!DOCTYPE a><a/>", &deep] {
            assert!(parse(text.as_bytes(), &[]).is_err(), "{text}");
        }
        assert!(parse(b"<a>\xFF</a>", &[]).is_err());
    }

    #[test]
    fn documents_are_shown_on_one_line() {
        let text = "<a xmlns=\"u\" xmlns:p=\"v\" p:x=\"1\"><b>x</b><p:c></p:c></a>";
        assert_eq!(xml(text).to_string(), text);
        assert_eq!(xml("<a>\n  <b/>\n</a>").to_string(), "<a><b></b></a>");
    }
}
