//! SVG as elements, so that it is well-formed whatever it says. It must not know what is drawn.

use std::fmt::{self, Write as _};

/// An element: its name, attributes, and what is in it.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Content>,
}

#[derive(Clone, Debug)]
enum Content {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Element { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// With an attribute; numbers are written in tenths.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.attributes.push((name, value.into().0));
        self
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Content::Text(text.into()));
        self
    }

    pub(super) fn push(&mut self, element: Element) {
        self.content.push(Content::Element(element));
    }
}

/// The value of an attribute.
pub(super) struct Value(String);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        let text = format!("{number:.1}");
        Value(text.strip_suffix(".0").map_or(text.clone(), str::to_owned))
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.name)?;
        for (name, value) in &self.attributes {
            write!(f, " {name}=\"{}\"", escaped(value))?;
        }
        if self.content.is_empty() {
            return f.write_str("/>");
        }
        f.write_char('>')?;
        // Line breaks stand between elements alone: in a text they would be seen.
        let elements = self.content.iter().all(|it| matches!(it, Content::Element(_)));
        for content in &self.content {
            match content {
                Content::Element(element) => write!(f, "\n{element}")?,
                Content::Text(text) => f.write_str(&escaped(text))?,
            }
        }
        if elements {
            f.write_char('\n')?;
        }
        write!(f, "</{}>", self.name)
    }
}

/// The text without what means something in XML, or nothing there.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(char),
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}');
            }
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_it_says_is_text() {
        let hostile = "a <b> & \"c\" ]]> \u{0}\u{ffff} é";
        let mut group = Element::new("g").with("id", hostile).with("x", 1.25).with("y", 2.0);
        group.push(Element::new("text").text(hostile));
        group.push(Element::new("rect"));
        let text = group.to_string();
        let document = roxmltree::Document::parse(&text).unwrap();
        let shown = "a <b> & \"c\" ]]> \u{fffd}\u{fffd} é";
        let root = document.root_element();
        assert_eq!(root.attribute("id"), Some(shown));
        assert_eq!((root.attribute("x"), root.attribute("y")), (Some("1.2"), Some("2")));
        assert_eq!(root.first_element_child().unwrap().text(), Some(shown));
        assert_eq!(root.last_element_child().unwrap().tag_name().name(), "rect");
    }
}
