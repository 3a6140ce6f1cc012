//! Whether what came is what a case expects. It must not know where it came from.

mod cbor;
mod form;
mod headers;
mod json;
mod wire;
mod xml;

pub(crate) use headers::{headers, query};
pub(crate) use json::{covers, same};
pub(crate) use wire::{same_request, same_response};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::case::MapNames;

/// How deeply a body may nest before it is refused.
const MAX_DEPTH: usize = 128;

/// What a body is by its media type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Format {
    Json,
    Xml,
    Form,
    Cbor,
    /// Bytes that cases write as base64.
    Base64,
    /// Bytes that cases write as they are.
    Plain,
}

impl Format {
    /// The format of a media type, whose parameters don't matter.
    fn of(media_type: Option<&str>) -> Self {
        let media_type = media_type.unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        match media_type.to_ascii_lowercase().as_str() {
            "application/json" => Self::Json,
            "application/xml" | "text/xml" => Self::Xml,
            "application/x-www-form-urlencoded" => Self::Form,
            "application/cbor" => Self::Cbor,
            "application/vnd.amazon.eventstream" => Self::Base64,
            other if other.ends_with("+json") => Self::Json,
            other if other.ends_with("+xml") => Self::Xml,
            other if other.ends_with("+cbor") => Self::Cbor,
            _ => Self::Plain,
        }
    }

    fn is_base64(self) -> bool {
        matches!(self, Self::Cbor | Self::Base64)
    }
}

/// The bytes of a body as a case writes it: binary formats as base64, all others as they are.
pub(crate) fn bytes(media_type: Option<&str>, body: &str) -> Result<Vec<u8>, String> {
    if !Format::of(media_type).is_base64() {
        return Ok(body.as_bytes().to_vec());
    }
    STANDARD.decode(body.trim()).map_err(|error| format!("the case's body isn't base64: {error}"))
}

/// Compares a body by its media type. `maps` says which elements and fields are the entries of maps,
/// whose order doesn't matter.
pub(crate) fn body(
    media_type: Option<&str>,
    expected: &str,
    found: &[u8],
    maps: &[MapNames],
) -> Result<(), String> {
    bodies(media_type, &bytes(media_type, expected)?, found, maps)
}

/// The same for two bodies from the wire.
pub(crate) fn bodies(
    media_type: Option<&str>,
    expected: &[u8],
    found: &[u8],
    maps: &[MapNames],
) -> Result<(), String> {
    // Nothing is no document of any format, and equals only itself.
    if expected.is_empty() || found.is_empty() {
        return exact(expected, found);
    }
    match Format::of(media_type) {
        Format::Json => by(expected, found, json::parse, json::same, ToString::to_string),
        Format::Xml => by(expected, found, |text| xml::parse(text, maps), PartialEq::eq, show),
        Format::Form => by(expected, found, |text| form::parse(text, maps), PartialEq::eq, show),
        Format::Cbor => by(expected, found, cbor::parse, cbor::same, cbor::show),
        Format::Base64 | Format::Plain => exact(expected, found),
    }
}

fn show<T: std::fmt::Display>(value: &T) -> String {
    value.to_string()
}

/// Compares what the bytes mean.
fn by<T>(
    expected: &[u8],
    found: &[u8],
    parse: impl Fn(&[u8]) -> Result<T, String>,
    same: impl Fn(&T, &T) -> bool,
    show: impl Fn(&T) -> String,
) -> Result<(), String> {
    let want = parse(expected)
        .map_err(|error| format!("the case's body can't be read: {error}\n  {}", text(expected)))?;
    let got = parse(found).map_err(|error| {
        difference(&format!("the body can't be read: {error}"), &show(&want), &text(found))
    })?;
    if same(&want, &got) {
        return Ok(());
    }
    Err(difference("the body differs", &show(&want), &show(&got)))
}

fn exact(expected: &[u8], found: &[u8]) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    Err(difference("the body differs", &text(expected), &text(found)))
}

/// Bytes to look at: text where they are text.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => format!("(base64) {}", STANDARD.encode(bytes)),
    }
}

/// Expected and found, one under the other; of long texts what is around the first difference.
pub(crate) fn difference(what: &str, expected: &str, found: &str) -> String {
    let (expected, found) = (expected.trim_end(), found.trim_end());
    let same = expected.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
    let skip = if expected.len().max(found.len()) > LONG { same.saturating_sub(BEFORE) } else { 0 };
    // Further lines begin where the first one does.
    let excerpt = |text: &str| {
        let before = if skip > 0 { "…" } else { "" };
        let shown: String = text.chars().skip(skip).take(LONG).collect();
        let after = if text.chars().nth(skip + LONG).is_some() { "…" } else { "" };
        format!("{before}{shown}{after}").replace('\n', "\n           ")
    };
    format!("{what}\n  expected {}\n  found    {}", excerpt(expected), excerpt(found))
}

/// How many characters of a text are shown.
const LONG: usize = 2_000;

/// How many of them come before the first difference.
const BEFORE: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_read_without_their_parameters() {
        for (media_type, format) in [
            (Some("application/json"), Format::Json),
            (Some("Application/JSON; charset=utf-8"), Format::Json),
            (Some("application/problem+json"), Format::Json),
            (Some("application/xml"), Format::Xml),
            (Some("application/x-www-form-urlencoded"), Format::Form),
            (Some("application/cbor"), Format::Cbor),
            (Some("application/octet-stream"), Format::Plain),
            (Some("text/plain"), Format::Plain),
            (None, Format::Plain),
        ] {
            assert_eq!(Format::of(media_type), format, "{media_type:?}");
        }
    }

    #[track_caller]
    fn compare(media_type: Option<&str>, expected: &str, found: &str) -> Result<(), String> {
        body(media_type, expected, found.as_bytes(), &[])
    }

    #[test]
    fn a_body_is_compared_as_its_media_type_says() {
        let json = Some("application/json");
        assert_eq!(compare(json, r#"{"a":1}"#, "{ \"a\" : 1.0 }"), Ok(()));
        assert!(compare(None, r#"{"a":1}"#, "{ \"a\" : 1 }").is_err());
        assert!(compare(Some("text/plain"), "a", "a ").is_err());
        assert_eq!(compare(Some("application/octet-stream"), "a b", "a b"), Ok(()));
        let xml = Some("application/xml");
        assert_eq!(compare(xml, "<a>\n  <b/>\n</a>", "<a><b></b></a>"), Ok(()));
        let form = Some("application/x-www-form-urlencoded");
        assert_eq!(compare(form, "a=1&b=2", "b=2&a=1"), Ok(()));
        assert_eq!(body(Some("application/cbor"), "oWFhAQ==", b"\xbf\x61a\x01\xff", &[]), Ok(()));
    }

    #[test]
    fn nothing_equals_only_nothing() {
        for media_type in [None, Some("application/json"), Some("application/xml")] {
            assert_eq!(compare(media_type, "", ""), Ok(()));
            assert!(compare(media_type, "", "{}").is_err());
            assert!(compare(media_type, "{}", "").is_err());
        }
    }

    #[test]
    fn what_cannot_be_read_is_no_match() {
        let failure = compare(Some("application/json"), "{}", "{").unwrap_err();
        assert!(failure.starts_with("the body can't be read: "), "{failure}");
        let failure = compare(Some("application/json"), "{", "{").unwrap_err();
        assert!(failure.starts_with("the case's body can't be read: "), "{failure}");
        let failure = compare(Some("application/cbor"), "??", "x").unwrap_err();
        assert!(failure.starts_with("the case's body isn't base64: "), "{failure}");
    }

    #[test]
    fn differences_stand_one_under_the_other() {
        assert_eq!(
            difference("it differs", "a\nb\n", "c"),
            "it differs\n  expected a\n           b\n  found    c"
        );
    }
    #[test]
    fn long_texts_are_shown_where_they_differ() {
        let text = |end: &str| format!("{}{end}{}", "é".repeat(3_000), "x".repeat(3_000));
        let shown = difference("it differs", &text("a"), &text("b"));
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[1].starts_with(&format!("  expected …{}ax", "é".repeat(BEFORE))), "{shown}");
        assert!(lines[2].starts_with(&format!("  found    …{}bx", "é".repeat(BEFORE))), "{shown}");
        assert!(lines.iter().all(|line| line.chars().count() < LONG + 20 && !line.is_empty()));
        assert!(lines[1].ends_with("xx…"), "{shown}");
    }
}
