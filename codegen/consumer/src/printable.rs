//! A service's text as a terminal may get it. It must not know where the text stands.

/// The text with its control characters written out: they would move the cursor, or worse.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_control() {
            true => printable.extend(character.escape_default()),
            false => printable.push(character),
        }
    }
    printable
}
