//! From the HTML subset of [`super::scan`] to Markdown, by htmd with a handler per element. Must not know
//! hostile HTML: the scan before it bounded depth and closed every tag.

use std::sync::LazyLock;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::Options;
use htmd::{Element, HtmlToMarkdown};

/// Building the table of handlers costs more than most conversions.
static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    HtmlToMarkdown::builder()
        .options(Options { ul_bullet_spacing: 1, ol_number_spacing: 1, ..Options::default() })
        .add_handler(vec!["a"], anchor)
        .add_handler(vec!["b"], |h: &dyn Handlers, e: Element<'_>| emphasis(h, &e, "**"))
        .add_handler(vec!["i"], |h: &dyn Handlers, e: Element<'_>| emphasis(h, &e, "*"))
        .add_handler(vec!["br"], |_: &dyn Handlers, _: Element<'_>| Some("\n\n".into()))
        .add_handler(vec!["code"], code)
        .add_handler(vec!["dd"], definition)
        .add_handler(vec!["dt"], term)
        .add_handler(vec!["h6"], heading)
        .add_handler(vec!["important"], |h: &dyn Handlers, e: Element<'_>| {
            admonition(h, &e, "Important")
        })
        .add_handler(vec!["note"], |h: &dyn Handlers, e: Element<'_>| admonition(h, &e, "Note"))
        .build()
});

/// Markdown whose paragraphs are single lines. Its text is escaped where Markdown would see markup.
pub(super) fn to_markdown(html: &str) -> String {
    // Reading from memory does not fail; if it did, the text would still be guarded as Markdown.
    CONVERTER.convert(html).unwrap_or_else(|_| html.to_owned())
}

type Converted = Option<HandlerResult>;

/// The value of an attribute.
fn attribute<'a>(element: &'a Element<'_>, name: &str) -> Option<&'a str> {
    element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

/// The element's content as Markdown.
fn content(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    handlers.walk_children(element.node).content
}

/// A link to the web stays one. A reference to another page of a guide has no address here, and one without
/// any names an operation or type of the model.
#[allow(clippy::needless_pass_by_value, reason = "the signature of htmd's handlers")]
fn anchor(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let text = content(handlers, &element);
    let trimmed = text.trim();
    if trimmed.contains('\n') {
        return Some(text.into());
    }
    let link = match attribute(&element, "href").map(str::trim) {
        Some(href) if is_absolute(href) => {
            let address = escape_address(href);
            if trimmed.is_empty() || unescape(trimmed) == href {
                format!("<{address}>")
            } else {
                format!("[{trimmed}]({address})")
            }
        }
        None if is_name(&unescape(trimmed)) => format!("`{}`", unescape(trimmed)),
        _ => trimmed.to_owned(),
    };
    Some(around(&text, &link).into())
}

fn is_absolute(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        address.strip_prefix(scheme).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    })
}

/// Percent-encodes what would end a destination or an autolink early.
fn escape_address(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '(' => escaped.push_str("%28"),
            ')' => escaped.push_str("%29"),
            '<' => escaped.push_str("%3C"),
            '>' => escaped.push_str("%3E"),
            '\\' => escaped.push_str("%5C"),
            '`' => escaped.push_str("%60"),
            c if c.is_whitespace() => escaped.push_str("%20"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An operation, type or member: one word, maybe qualified.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '$' | '-'))
}

/// Markdown text without the backslashes before punctuation.
fn unescape(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => {
                text.push(c);
                continue;
            }
        }
        text.extend(chars.next());
    }
    text
}

/// Formatting of a phrase; around blocks it would not close, so they stay as they are.
fn emphasis(handlers: &dyn Handlers, element: &Element<'_>, marker: &str) -> Converted {
    let text = content(handlers, element);
    let trimmed = text.trim();
    if trimmed.is_empty() || trimmed.contains('\n') {
        return Some(text.into());
    }
    Some(around(&text, &format!("{marker}{trimmed}{marker}")).into())
}

/// `inner` with one space on each side where `text` has any.
fn around(text: &str, inner: &str) -> String {
    let before = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{before}{inner}{after}")
}

/// A code span, or the block that the scan made of `pre`.
#[allow(clippy::needless_pass_by_value, reason = "the signature of htmd's handlers")]
fn code(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let text = content(handlers, &element);
    let fence_len = longest_run(&text) + 1;
    if attribute(&element, "class").is_some() {
        let fence = "`".repeat(fence_len.max(3));
        let text = text.trim_matches('\n').trim_end();
        return Some(format!("\n\n{fence}text\n{text}\n{fence}\n\n").into());
    }
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return Some(text.into());
    }
    let fence = "`".repeat(fence_len);
    let pad = if fence_len > 1 { " " } else { "" };
    Some(around(&text, &format!("{fence}{pad}{words}{pad}{fence}")).into())
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// A term is a list item, so that its definition can belong to it.
#[allow(clippy::needless_pass_by_value, reason = "the signature of htmd's handlers")]
fn term(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let text = content(handlers, &element);
    let bold = bold(text.trim());
    Some(format!("\n* {}\n\n", indented(&bold)).into())
}

#[allow(clippy::needless_pass_by_value, reason = "the signature of htmd's handlers")]
fn definition(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let text = content(handlers, &element);
    Some(format!("\n\n  {}\n\n", indented(text.trim())).into())
}

/// The continuation lines moved to where a bullet's content starts.
fn indented(text: &str) -> String {
    text.replace('\n', "\n  ")
}

#[allow(clippy::needless_pass_by_value, reason = "the signature of htmd's handlers")]
fn heading(handlers: &dyn Handlers, element: Element<'_>) -> Converted {
    let text = content(handlers, &element);
    Some(format!("\n\n{}\n\n", bold(text.trim())).into())
}

/// A line in bold, unless it is empty, or formatted already.
fn bold(line: &str) -> String {
    if line.is_empty() || line.contains(['\n', '*']) {
        line.to_owned()
    } else {
        format!("**{line}**")
    }
}

/// rustdoc has no boxes: a bold word in front.
fn admonition(handlers: &dyn Handlers, element: &Element<'_>, label: &str) -> Converted {
    let text = content(handlers, element);
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    // A word in front would turn a list, a table or code into text.
    let begins_block = ["* ", "1. ", "```", "| "].iter().any(|start| text.starts_with(start));
    let separator = if begins_block { "\n\n" } else { " " };
    Some(format!("\n\n**{label}:**{separator}{text}\n\n").into())
}
