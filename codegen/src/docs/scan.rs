//! From HTML as found in models, unclosed, misnested and full of `<placeholders>`, to a well-formed subset of
//! known tags. Must not know Markdown.
//!
//! One pass over the text with a bounded stack, so neither size nor nesting of hostile input matters to the
//! recursive converter behind it.

/// How deep elements nest; deeper tags are dropped and their text stays.
const MAX_DEPTH: usize = 48;

/// How far the end of a tag may lie from its start, in bytes.
const MAX_TAG: usize = 2048;

/// What a tag means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A paragraph or a box of them.
    Block(&'static str),
    /// `li`, `dt`, `dd`: closes its predecessor.
    Item(&'static str),
    /// A part of a table, down to its cells.
    Table(&'static str),
    Inline(&'static str),
    Code,
    Pre,
    Break,
    Rule,
    /// Known, and without meaning for documentation.
    Ignored,
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "p" | "para" | "shortdesc" => Kind::Block("p"),
        "div" | "section" | "blockquote" | "center" => Kind::Block("div"),
        "note" => Kind::Block("note"),
        "important" | "caution" | "warning" => Kind::Block("important"),
        "fullname" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Block("h6"),
        "ul" => Kind::Block("ul"),
        "ol" => Kind::Block("ol"),
        "dl" => Kind::Block("dl"),
        "li" => Kind::Item("li"),
        "dt" => Kind::Item("dt"),
        "dd" => Kind::Item("dd"),
        "table" => Kind::Table("table"),
        "tr" => Kind::Table("tr"),
        "td" => Kind::Table("td"),
        "th" => Kind::Table("th"),
        "a" => Kind::Inline("a"),
        "b" | "strong" => Kind::Inline("b"),
        "i" | "em" | "replaceable" => Kind::Inline("i"),
        "code" | "tt" | "kbd" | "samp" => Kind::Code,
        "pre" | "programlisting" => Kind::Pre,
        "br" => Kind::Break,
        "hr" => Kind::Rule,
        "span" | "u" | "sup" | "sub" | "small" | "font" | "html" | "body" | "thead" | "tbody"
        | "link" => Kind::Ignored,
        _ => return None,
    })
}

/// Whether the text is HTML at all: it has at least one tag that means something here.
pub(super) fn has_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if Tag::read(rest).is_some_and(|tag| kind(&tag.name).is_some()) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// The text as well-formed HTML of few tags: what is not a known tag is text, what is open gets closed.
pub(super) fn subset(text: &str) -> String {
    let mut scanner = Scanner { out: String::with_capacity(text.len() + 16), open: Vec::new() };
    let mut rest = text;
    let mut comments = true;
    while let Some(start) = rest.find('<') {
        scanner.text(&rest[..start]);
        rest = &rest[start..];
        if comments && rest.starts_with("<!--") {
            if let Some(end) = rest.find("-->") {
                rest = &rest[end + 3..];
                continue;
            }
            comments = false;
        }
        match Tag::read(rest).and_then(|tag| kind(&tag.name).map(|kind| (tag, kind))) {
            Some((tag, kind)) => {
                scanner.tag(&tag, kind);
                rest = &rest[tag.len..];
            }
            None => {
                scanner.text("&lt;");
                rest = &rest[1..];
            }
        }
    }
    scanner.text(rest);
    scanner.close_from(0);
    scanner.out
}

/// A tag as written.
struct Tag<'a> {
    /// In lowercase.
    name: String,
    attributes: &'a str,
    closing: bool,
    /// Bytes from `<` to after `>`.
    len: usize,
}

impl<'a> Tag<'a> {
    /// The tag that `text`, which starts with `<`, starts with.
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let (inner, closing) =
            inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
        let name_len = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) || name_len > 16 {
            return None;
        }
        let (name, rest) = inner.split_at(name_len);
        if !rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')) {
            return None;
        }
        let end = tag_end(rest)?;
        let len = text.len() - rest.len() + end + 1;
        Some(Self { name: name.to_ascii_lowercase(), attributes: &rest[..end], closing, len })
    }

    /// The value of `href`, quoted or not, as written.
    fn href(&self) -> Option<&'a str> {
        let start = self.attributes.find("href")? + "href".len();
        let value = self.attributes[start..].trim_start().strip_prefix('=')?.trim_start();
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split(char::is_whitespace).next()?.trim_end_matches('/'),
        };
        Some(value.trim())
    }
}

/// Where the tag's `>` is, which may not be quoted, with no other tag's start before it.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (i, b) in rest.bytes().enumerate().take(MAX_TAG) {
        match (quote, b) {
            (None, b'>') => return Some(i),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    None
}

/// The subset written so far, and what is open in it.
struct Scanner {
    out: String,
    open: Vec<&'static str>,
}

impl Scanner {
    fn innermost(&self) -> &'static str {
        self.open.last().copied().unwrap_or_default()
    }

    /// The innermost part of a table that is open.
    fn table_part(&self) -> Option<&'static str> {
        self.open.iter().rev().copied().find(|tag| matches!(*tag, "table" | "tr" | "td" | "th"))
    }

    fn text(&mut self, text: &str) {
        // Text between cells would be moved in front of the table, one search per piece.
        if matches!(self.table_part(), Some("table" | "tr")) {
            return;
        }
        self.out.push_str(text);
    }

    fn tag(&mut self, tag: &Tag<'_>, kind: Kind) {
        if self.innermost() == "pre" {
            match kind {
                Kind::Pre if tag.closing => self.close("pre", &[]),
                Kind::Break => self.out.push('\n'),
                _ => {}
            }
            return;
        }
        if self.innermost() == "code" {
            match kind {
                // A second start is an end that lacks its slash, unless nothing came in between.
                Kind::Code if !tag.closing && self.out.ends_with("<code>") => return,
                Kind::Code => return self.close("code", &[]),
                Kind::Inline(_) | Kind::Ignored => return,
                Kind::Break => return self.out.push(' '),
                _ => self.close("code", &[]),
            }
        }
        match kind {
            Kind::Block(name) => self.block(name, tag.closing),
            Kind::Item(name) => self.item(name, tag.closing),
            Kind::Table(name) => self.table(name, tag.closing),
            Kind::Inline(name) if tag.closing => self.close(name, &BLOCKS),
            Kind::Inline("a") => self.anchor(tag),
            Kind::Inline(name) => self.inline(name),
            Kind::Code if tag.closing => {}
            Kind::Code => self.inline("code"),
            Kind::Pre if tag.closing => {}
            Kind::Pre if self.table_part().is_some() => self.inline("code"),
            Kind::Pre => {
                self.end_paragraph();
                self.start("pre");
            }
            // Each line of its own paragraph: a hard break would let the next line start a list lazily.
            Kind::Break | Kind::Rule if self.table_part().is_some() => self.text(" "),
            Kind::Break | Kind::Rule => self.out.push_str("<br>"),
            Kind::Ignored => {}
        }
    }

    fn block(&mut self, name: &'static str, closing: bool) {
        if self.table_part().is_some() {
            self.text(" ");
        } else if closing {
            self.close(name, if name == "p" { &NOT_P } else { &[] });
        } else {
            self.end_paragraph();
            self.start(name);
        }
    }

    fn item(&mut self, name: &'static str, closing: bool) {
        let lists: &[&str] = if name == "li" { &["ul", "ol"] } else { &["dl"] };
        if self.table_part().is_some() {
            return self.text(" ");
        }
        if name == "li" {
            self.close("li", lists);
        } else {
            self.close("dt", lists);
            self.close("dd", lists);
        }
        if !closing {
            self.end_paragraph();
            self.start(name);
        }
    }

    fn table(&mut self, name: &'static str, closing: bool) {
        if closing {
            return self.close(name, &[]);
        }
        match (name, self.table_part()) {
            ("table", None) => self.end_paragraph(),
            ("tr", Some(_)) => {
                self.close("tr", &["table"]);
            }
            ("td" | "th", Some("tr" | "td" | "th")) => {
                self.close("td", &["tr"]);
                self.close("th", &["tr"]);
            }
            _ => return,
        }
        self.start(name);
    }

    fn anchor(&mut self, tag: &Tag<'_>) {
        self.close("a", &BLOCKS);
        if self.open.len() >= MAX_DEPTH || matches!(self.table_part(), Some("table" | "tr")) {
            return;
        }
        self.open.push("a");
        self.out.push_str("<a");
        if let Some(href) = tag.href() {
            self.out.push_str(" href=\"");
            self.out.push_str(&href.replace('"', "%22"));
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Opens formatting, or goes on with formatting just closed.
    fn inline(&mut self, name: &'static str) {
        if matches!(self.table_part(), Some("table" | "tr")) || self.open.contains(&name) {
            return;
        }
        let reopened = self.open.len() < MAX_DEPTH && strip_end(&mut self.out, &["</", name, ">"]);
        if reopened {
            self.open.push(name);
        } else {
            self.start(name);
        }
    }

    fn start(&mut self, name: &'static str) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(name);
            // The parser would compress the space of an unknown element's text, and close a paragraph for `pre`.
            if name == "pre" {
                self.out.push_str("<div><code class=\"block\">");
            } else {
                self.out.extend(["<", name, ">"]);
            }
        }
    }

    fn end_paragraph(&mut self) {
        self.close("p", &NOT_P);
    }

    /// Closes the innermost `name` with all it holds, unless one of `barriers` is in between.
    fn close(&mut self, name: &str, barriers: &[&str]) {
        let found = self.open.iter().rposition(|tag| *tag == name || barriers.contains(tag));
        if let Some(at) = found.filter(|&at| self.open[at] == name) {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        for name in self.open.drain(at..).rev() {
            if name == "pre" {
                self.out.push_str("</code></div>");
            } else if matches!(name, "td" | "th") || !strip_end(&mut self.out, &["<", name, ">"]) {
                // Empty elements vanish, except cells: those after them keep their column.
                self.out.extend(["</", name, ">"]);
            }
        }
    }
}

/// Where formatting cannot be closed from inside.
const BLOCKS: [&str; 13] =
    ["p", "div", "note", "important", "h6", "ul", "ol", "dl", "li", "dt", "dd", "td", "th"];

/// Where a paragraph around it is not the one to close.
const NOT_P: [&str; 12] =
    ["div", "note", "important", "h6", "ul", "ol", "dl", "li", "dt", "dd", "td", "th"];

/// Removes the concatenation of `parts` from the end, if it is there.
fn strip_end(out: &mut String, parts: &[&str]) -> bool {
    let mut rest = out.as_str();
    for part in parts.iter().rev() {
        match rest.strip_suffix(part) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    let len = rest.len();
    out.truncate(len);
    true
}
