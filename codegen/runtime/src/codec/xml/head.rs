//! Which error a document is. It must not know which errors there are.

use super::ANY;
use super::read::inside;
use super::scan::{Scanner, Tag};
use crate::error::Error;

/// The code and message of an error: the text of the elements `Code` and `Message`, as it is, in the element
/// at the end of a path of element names: `["ErrorResponse", "Error"]`, or `["Response", "Errors", "Error"]`
/// for EC2. An empty body has neither.
///
/// # Errors
/// If the bytes aren't XML, or the root element has another name.
pub fn error_head(body: &[u8], path: &[&str]) -> Result<(Option<String>, Option<String>), Error> {
    inside(body, path, read).map(Option::unwrap_or_default)
}

fn read(
    scanner: &mut Scanner<'_>,
    _tag: &Tag<'_>,
) -> Result<(Option<String>, Option<String>), Error> {
    let (mut code, mut message) = (None, None);
    while let Some(tag) = scanner.child()? {
        if tag.is("Code") {
            code = Some(scanner.text()?.into_owned());
        } else if tag.is("Message") {
            message = Some(scanner.text()?.into_owned());
        } else {
            scanner.skip()?;
        }
    }
    Ok((code, message))
}

/// Whether the body is a document whose root element has this name: some services send errors with a
/// status that says success.
#[must_use]
pub fn is_root(body: &[u8], name: &str) -> bool {
    Scanner::new(body).and_then(|mut scanner| scanner.root(ANY)).is_ok_and(|root| root.is(name))
}
