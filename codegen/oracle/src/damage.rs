//! Damages bodies: bytes at random, and values of other types where a format can be taken apart. It must not
//! know what a body means.

use fastrand::Rng;
use minicbor::data::Token;
use minicbor::decode::Tokenizer;
use minicbor::encode::Encoder;
use serde_json::{Map, Value, json};

use crate::text::word;

/// What a body is made of, as far as damage goes by it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Format {
    Json,
    Xml,
    Cbor,
}

impl Format {
    /// The format of the bodies of a protocol, by its shape ID.
    pub(crate) fn of_protocol(id: &str) -> Self {
        match id {
            "aws.protocols#awsJson1_0" | "aws.protocols#awsJson1_1" | "aws.protocols#restJson1" => {
                Self::Json
            }
            "smithy.protocols#rpcv2Cbor" => Self::Cbor,
            _ => Self::Xml,
        }
    }
}

/// The body with some damage.
pub(crate) fn body(sound: &[u8], format: Format, rng: &mut Rng) -> Vec<u8> {
    if rng.u8(0..3) == 0 {
        return bytes(sound, rng);
    }
    let damaged = match format {
        Format::Json => json(sound, rng),
        Format::Xml => xml(sound, rng),
        Format::Cbor => cbor(sound, rng),
    };
    damaged.unwrap_or_else(|| bytes(sound, rng))
}

fn bytes(sound: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut body = sound.to_vec();
    let at = rng.usize(0..=body.len());
    match rng.u8(0..5) {
        0 => body.truncate(at),
        1 => body.insert(at, rng.u8(..)),
        2 => {
            let end = (at + rng.usize(0..8)).min(body.len());
            body.drain(at..end);
        }
        3 => {
            let end = (at + rng.usize(0..30)).min(body.len());
            let piece = body[at..end].to_vec();
            body.splice(at..at, piece);
        }
        _ => {
            if let Some(byte) = body.get_mut(at) {
                *byte ^= 1 << rng.u8(0..8);
            }
        }
    }
    body
}

/// Replaces, adds, renames or removes a value.
fn json(sound: &[u8], rng: &mut Rng) -> Option<Vec<u8>> {
    let mut root: Value = serde_json::from_slice(sound).ok()?;
    let nodes = count(&root);
    let mut target = rng.usize(0..nodes);
    change(&mut root, &mut target, rng);
    serde_json::to_vec(&root).ok()
}

fn count(value: &Value) -> usize {
    let below: usize = match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(entries) => entries.values().map(count).sum(),
        _ => 0,
    };
    1 + below
}

/// Changes the node at this position; whether it has been reached.
fn change(value: &mut Value, target: &mut usize, rng: &mut Rng) -> bool {
    if *target == 0 {
        change_here(value, rng);
        return true;
    }
    *target -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change(item, target, rng)),
        Value::Object(entries) => entries.values_mut().any(|item| change(item, target, rng)),
        _ => false,
    }
}

fn change_here(value: &mut Value, rng: &mut Rng) {
    match value {
        Value::Object(entries) if rng.bool() => change_entries(entries, rng),
        Value::Array(items) if rng.bool() => items.push(any_json(rng, 0)),
        _ => *value = any_json(rng, 0),
    }
}

fn change_entries(entries: &mut Map<String, Value>, rng: &mut Rng) {
    let keys: Vec<String> = entries.keys().cloned().collect();
    let key = if keys.is_empty() { word(rng) } else { keys[rng.usize(0..keys.len())].clone() };
    match rng.u8(0..5) {
        0 => drop(entries.remove(&key)),
        1 => drop(entries.insert(key, Value::Null)),
        2 => drop(entries.insert(word(rng), any_json(rng, 0))),
        3 => {
            let value = entries.remove(&key).unwrap_or_default();
            entries.insert(key.to_lowercase(), value);
        }
        _ => drop(entries.insert("__type".to_owned(), any_json(rng, 2))),
    }
}

fn any_json(rng: &mut Rng, depth: usize) -> Value {
    match rng.u8(0..if depth < 2 { 12 } else { 9 }) {
        0 => Value::Null,
        1 => Value::Bool(rng.bool()),
        2 => json!(rng.i64(..)),
        3 => json!(rng.u64(..)),
        4 => json!((rng.f64() - 0.5) * 1e12),
        5 => json!(rng.u8(..)),
        6 => json!(["NaN", "Infinity", "-Infinity", "1", "1.5", "true", "", "\0"][rng.usize(0..8)]),
        7 => json!(1e300),
        8 => json!(word(rng)),
        9 => Value::Array((0..rng.usize(0..3)).map(|_| any_json(rng, depth + 1)).collect()),
        10 => Value::Array(vec![Value::Null]),
        _ => Value::Object(
            (0..rng.usize(0..3)).map(|_| (word(rng), any_json(rng, depth + 1))).collect(),
        ),
    }
}

/// What may stand between two tags, or in the place of a tag.
const PIECES: [&str; 24] = [
    "",
    " ",
    "text",
    "<a/>",
    "<a>b</a>",
    "<!-- c -->",
    "<![CDATA[<d>]]>",
    "<?e f?>",
    "&amp;",
    "&#65;",
    "&#x1F600;",
    "&g;",
    "&",
    "1",
    "-1.5",
    "true",
    "TRUE",
    "NaN",
    "Infinity",
    "2020-01-01T00:00:00Z",
    "<member>h</member>",
    "<member/>",
    "</member>",
    "<!DOCTYPE i>",
];

/// Changes a tag, or what is between two tags.
fn xml(sound: &[u8], rng: &mut Rng) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(sound).ok()?;
    let tags: Vec<(usize, usize)> = text
        .match_indices('<')
        .filter_map(|(start, _)| Some((start, start + text[start..].find('>')? + 1)))
        .collect();
    if tags.is_empty() {
        return None;
    }
    let index = rng.usize(0..tags.len());
    let (start, end) = tags[index];
    let next = tags.get(index + 1).map_or(text.len(), |(next, _)| *next);
    let piece = PIECES[rng.usize(0..PIECES.len())];
    let (range, new) = match rng.u8(0..9) {
        // What is between two tags.
        0..=2 => (end..next, piece.to_owned()),
        3 => (end..end, piece.to_owned()),
        // A tag.
        4 => (start..end, String::new()),
        5 => (start..end, piece.to_owned()),
        6 => (end - 1..end - 1, format!(" a{}=\"{}\"", word(rng), word(rng))),
        7 => (start + 1..start + 1, "x".to_owned()),
        // An element without elements in it, or part of one: gone, or twice.
        _ => {
            let last = tags.get(index + 1).map_or(end, |(_, end)| *end);
            let twice = if rng.bool() { text[start..last].repeat(2) } else { String::new() };
            (start..last, twice)
        }
    };
    let mut changed = text.to_owned();
    changed.replace_range(range, &new);
    Some(changed.into_bytes())
}

/// Replaces a token by another one.
fn cbor(sound: &[u8], rng: &mut Rng) -> Option<Vec<u8>> {
    let mut tokens: Vec<Token<'_>> = Tokenizer::new(sound).collect::<Result<_, _>>().ok()?;
    if tokens.is_empty() {
        return None;
    }
    let index = rng.usize(0..tokens.len());
    let new = [
        Token::Null,
        Token::Undefined,
        Token::Bool(rng.bool()),
        Token::U8(rng.u8(..)),
        Token::U64(rng.u64(..)),
        Token::I64(rng.i64(..)),
        Token::F16(1.5),
        Token::F32(rng.f32()),
        Token::F64(f64::NAN),
        Token::Bytes(b"bytes"),
        Token::String("text"),
        Token::Array(0),
        Token::Map(0),
        Token::Tag(minicbor::data::Tag::new(rng.u64(0..5))),
        Token::Simple(99),
        Token::Break,
        Token::BeginArray,
        Token::BeginMap,
    ];
    match rng.u8(0..6) {
        0 => drop(tokens.remove(index)),
        1 => tokens.insert(index, new[rng.usize(0..new.len())]),
        _ => tokens[index] = new[rng.usize(0..new.len())],
    }
    let mut encoder = Encoder::new(Vec::new());
    encoder.tokens(&tokens).ok()?;
    Some(encoder.into_writer())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Damage differs, and each format's own kind of it mostly leaves a body that still is of the format.
    #[test]
    fn damage_is_of_the_format() {
        let cbor = b"\xbf\x61\x61\x82\x01\xf5\x61\x62\x43\x01\x02\x03\xff";
        let bodies: [(Format, &[u8]); 3] = [
            (Format::Json, br#"{"a":[1,true],"b":{"c":"d"}}"#),
            (Format::Xml, b"<a><b>1</b><c d=\"e\"/></a>"),
            (Format::Cbor, cbor),
        ];
        for (format, sound) in bodies {
            let mut rng = Rng::with_seed(7);
            let damaged: std::collections::BTreeSet<Vec<u8>> =
                (0..200).map(|_| body(sound, format, &mut rng)).collect();
            assert!(damaged.len() > 80, "{format:?}: {}", damaged.len());
            if format == Format::Json {
                let parsed = damaged.iter().filter_map(|b| serde_json::from_slice::<Value>(b).ok());
                assert!(parsed.count() > 50);
            }
        }
    }

    #[test]
    fn the_same_seed_does_the_same_damage() {
        let damaged = || {
            let mut rng = Rng::with_seed(1);
            (0..50).map(|_| body(b"{\"a\":1}", Format::Json, &mut rng)).collect::<Vec<_>>()
        };
        assert_eq!(damaged(), damaged());
    }

    #[test]
    fn nothing_can_be_damaged_too() {
        for format in [Format::Json, Format::Xml, Format::Cbor] {
            let mut rng = Rng::with_seed(3);
            for _ in 0..50 {
                body(b"", format, &mut rng);
            }
        }
    }
}
