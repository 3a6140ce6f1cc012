//! How messages are damaged: at random, and by what is known to hurt readers. It must not know how messages
//! are read.

use fastrand::Rng;

use super::Message;

/// What means something in the formats: JSON, XML, forms, CBOR, numbers, texts.
const TOKENS: &[&[u8]] = &[
    b"null",
    b"true",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"\\",
    b"{}",
    b"[]",
    b"[[",
    b"{\"a\":",
    b"\\ud800",
    b"\\u0000",
    b"\"__type\":\"x\",",
    b"-0",
    b"1e999",
    b"-1e-999",
    b"0.1e+1000000000",
    b"99999999999999999999999999999999999999",
    b"9223372036854775808",
    b"-2147483649",
    b"NaN",
    b"Infinity",
    b"<",
    b">",
    b"</",
    b"/>",
    b"<a>",
    b"</a>",
    b"<member>",
    b"</member>",
    b"<?xml version=\"1.0\"?>",
    b"<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"cccccccc\">]>",
    b"&b;",
    b"&#x110000;",
    b"&#0;",
    b"&amp",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b" xmlns:a=\"",
    b"&",
    b"=",
    b"%",
    b"%zz",
    b"%ff",
    b"+",
    b".member.4294967296=",
    b".member.99999999999999999999=",
    b".1.1.1.1.1.1=",
    b"&A.member.0=a",
    b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xbb\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"\x5b\x00\x00\x00\x7f\xff\xff\xff\xff",
    b"\x7b\x00\x00\x00\x00\xff\xff\xff\xff",
    b"\x9f",
    b"\xbf",
    b"\x5f",
    b"\x7f",
    b"\xff",
    b"\xf6",
    b"\xf7",
    b"\xc1\xfb\x7f\xf0\x00\x00\x00\x00\x00\x00",
    b"\xc2\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xc4\x82\x1b\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\xc6\xc6\xc6\xc6",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\xef\xbb\xbf",
    b"9999-12-31T23:59:60.999999999Z",
    b"-0001-01-01T00:00:00Z",
    b"Thu, 32 Foo 9999 25:61:61 GMT",
    b"\0",
];

/// A body grows by at most so much.
const MAX_REPEATED: usize = 16 * 1024;

/// The message with some damage; `other` is a body to take pieces from.
pub(super) fn message(sound: &Message, other: &[u8], random: &mut Rng) -> Message {
    let mut message = sound.clone();
    if random.u8(..8) == 0 {
        damage_head(&mut message, random);
    }
    if random.u8(..16) > 0 {
        for _ in 0..=random.usize(..4) {
            body(&mut message.body, other, random);
        }
    }
    message
}

fn damage_head(message: &mut Message, random: &mut Rng) {
    match random.u8(..4) {
        0 if message.line.is_none() => message.status = random.u16(100..600),
        0 | 1 => {
            if let Some((_, uri)) = &mut message.line {
                let mut bytes = uri.clone().into_bytes();
                text(&mut bytes, random);
                *uri = String::from_utf8_lossy(&bytes).into_owned();
            }
        }
        2 if !message.headers.is_empty() => {
            let index = random.usize(..message.headers.len());
            message.headers.remove(index);
        }
        _ if !message.headers.is_empty() => {
            let index = random.usize(..message.headers.len());
            let mut value = message.headers[index].1.clone().into_bytes();
            text(&mut value, random);
            message.headers[index].1 = String::from_utf8_lossy(&value).into_owned();
        }
        _ => {}
    }
}

/// Damages a URI or a header's value.
fn text(bytes: &mut Vec<u8>, random: &mut Rng) {
    for _ in 0..=random.usize(..3) {
        body(bytes, b"a,b=\"c\\\",%41/..;", random);
    }
}

fn body(bytes: &mut Vec<u8>, other: &[u8], random: &mut Rng) {
    match random.u8(..10) {
        0 => flip(bytes, random),
        1 => set(bytes, random),
        2 => bytes.truncate(random.usize(..=bytes.len())),
        3 => drop(bytes.drain(range(bytes.len(), random))),
        4 => insert(bytes, other.get(range(other.len(), random)).unwrap_or_default(), 1, random),
        5 => {
            let piece = bytes.get(range(bytes.len(), random)).unwrap_or_default().to_vec();
            insert(bytes, &piece, repeats(piece.len(), random), random);
        }
        6 => number(bytes, random),
        _ => {
            let token = TOKENS[random.usize(..TOKENS.len())];
            insert(bytes, token, repeats(token.len(), random), random);
        }
    }
}

/// Mostly once, sometimes so often that it hurts.
fn repeats(length: usize, random: &mut Rng) -> usize {
    match random.u8(..8) {
        0 => random.usize(..=MAX_REPEATED / length.max(1)),
        1 => random.usize(1..300),
        _ => 1,
    }
}

fn range(length: usize, random: &mut Rng) -> std::ops::Range<usize> {
    let (a, b) = (random.usize(..=length), random.usize(..=length));
    // Short pieces hit a single value more often.
    let b = if random.bool() { b } else { (a + random.usize(..16)).min(length) };
    a.min(b)..a.max(b)
}

fn flip(bytes: &mut [u8], random: &mut Rng) {
    if !bytes.is_empty() {
        let index = random.usize(..bytes.len());
        bytes[index] ^= 1 << random.u8(..8);
    }
}

fn set(bytes: &mut [u8], random: &mut Rng) {
    if !bytes.is_empty() {
        let index = random.usize(..bytes.len());
        bytes[index] = random.u8(..);
    }
}

fn insert(bytes: &mut Vec<u8>, piece: &[u8], times: usize, random: &mut Rng) {
    if bytes.len() + piece.len() * times > 4 * MAX_REPEATED {
        return;
    }
    let at = random.usize(..=bytes.len());
    bytes.splice(at..at, piece.repeat(times));
}

/// Makes a run of digits a longer or shorter one.
fn number(bytes: &mut Vec<u8>, random: &mut Rng) {
    let starts: Vec<usize> = (0..bytes.len())
        .filter(|&i| bytes[i].is_ascii_digit() && (i == 0 || !bytes[i - 1].is_ascii_digit()))
        .collect();
    if starts.is_empty() {
        return;
    }
    let start = starts[random.usize(..starts.len())];
    let digits = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let new: Vec<u8> = match random.u8(..4) {
        0 => u64::MAX.to_string().into_bytes(),
        1 => b"1".repeat(random.usize(1..400)),
        2 => format!("{}.{}e{}", random.u8(..), random.u64(..), random.i16(..)).into_bytes(),
        _ => random.i64(..).to_string().into_bytes(),
    };
    bytes.splice(start..start + digits, new);
}
