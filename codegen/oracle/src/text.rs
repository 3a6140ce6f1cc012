//! Random texts: words, and what a format must escape or can't say. It must not know which format.

use fastrand::Rng;

/// What a text may be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Style {
    /// A word of letters, digits and hyphens.
    Word,
    /// Anything.
    Any,
}

/// What some format escapes, forbids, trims or takes for something else.
const ODD: [&str; 42] = [
    "\"", "\\", "/", "<", ">", "&", "'", ",", ";", "=", ":", "+", "%", "%41", "?", "#", "@", "~",
    " ", "  ", "\t", "\n", "\r", "\r\n", "\u{0}", "\u{1}", "\u{8}", "\u{c}", "\u{1f}", "\u{7f}",
    "\u{85}", "é", "ß", "漢", "\u{2028}", "\u{feff}", "\u{fffd}", "😀", "]]>", "&amp;", "<!--",
    "\\u0041",
];

/// Texts that stand for something else where they are the whole.
const WHOLE: [&str; 12] = [
    "",
    "null",
    "true",
    "0",
    "-1.5",
    "NaN",
    "Infinity",
    "..",
    ".",
    "/",
    " ",
    "1985-04-12T23:20:50Z",
];

pub(crate) fn any(rng: &mut Rng, style: Style) -> String {
    match (style, rng.u8(0..20)) {
        (Style::Word, _) => word(rng),
        (Style::Any, 0..=3) => WHOLE[rng.usize(0..WHOLE.len())].to_owned(),
        (Style::Any, 4) => word(rng).repeat(rng.usize(1..60)),
        (Style::Any, 5..=7) => (0..rng.usize(1..12)).map(|_| rng.char(..)).collect(),
        (Style::Any, _) => {
            let parts = rng.usize(1..6);
            let part = |_| match rng.bool() {
                true => ODD[rng.usize(0..ODD.len())].to_owned(),
                false => word(rng),
            };
            (0..parts).map(part).collect()
        }
    }
}

/// A word of letters, digits and hyphens, not empty.
pub(crate) fn word(rng: &mut Rng) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    (0..rng.usize(1..9)).map(|_| char::from(LETTERS[rng.usize(0..LETTERS.len())])).collect()
}
