//! Which names Rust or the generated API keeps for itself, and how any text becomes an identifier. Must not
//! know of case conversion or of the kind of shape that is named.

use std::fmt::Write as _;

use proc_macro2::{Ident, Span};

/// Keywords of edition 2024, strict and reserved, that `r#` makes usable. `gen` is one of them: in edition
/// 2021 `r#gen` and `gen` are the same name, so the escape is right in both.
#[rustfmt::skip]
pub(super) const RAW_KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that begin a path; `r#` does not help them.
pub(super) const PATH_KEYWORDS: [&str; 4] = ["Self", "crate", "self", "super"];

#[rustfmt::skip]
/// Members of these names would collide with methods of builders and operations.
pub(super) const BUILDER_METHODS: [&str; 10] = [
    "as_input", "build", "builder", "customize", "default", "make_operation", "meta", "presigned", "send",
    "send_with",
];

/// Any text as an identifier: `r#` for keywords, a `_` suffix for those that cannot be raw.
///
/// Total and deterministic. What is not a letter, digit or underscore of ASCII is spelled as its code point
/// (`é` → `ue9`), a leading digit gets a `_` prefix, and text without any character becomes `_empty`.
pub(crate) fn ident(text: &str) -> Ident {
    let plain = plain_identifier(text);
    if RAW_KEYWORDS.contains(&plain.as_str()) {
        Ident::new_raw(&plain, Span::call_site())
    } else {
        Ident::new(&plain, Span::call_site())
    }
}

/// The characters of `text` made fit for an identifier; a keyword that `r#` can escape stays as it is.
pub(super) fn plain_identifier(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c == '_' || c.is_ascii_alphanumeric() {
            if plain.is_empty() && c.is_ascii_digit() {
                plain.push('_');
            }
            plain.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(plain, "u{:x}", u32::from(c));
        }
    }
    if plain.bytes().all(|b| b == b'_') {
        plain.push_str(if plain.is_empty() { "_empty" } else { "empty" });
    }
    if PATH_KEYWORDS.contains(&plain.as_str()) {
        plain.push('_');
    }
    plain
}
