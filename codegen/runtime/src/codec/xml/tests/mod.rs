//! Tests of the XML codec, with shapes as generated code has them.

mod documents;
mod envelopes;
mod hostile;
mod properties;
mod shapes;

use std::fmt::Debug;

use super::{Codec as _, Xml};
use crate::codec::Part;
use crate::error::Error;
use crate::value::{Structure, Value};

/// The document without the white space between its tags.
fn compact(document: &str) -> String {
    let mut compact = String::new();
    for line in document.lines() {
        compact.push_str(line.trim());
    }
    compact
}

fn write(structure: &dyn Structure) -> Result<String, Error> {
    Xml.write(structure, Part::Unbound, None).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn read<T: Structure + Value>(document: &str) -> Result<T, Error> {
    let mut value = T::empty();
    Xml.read(document.as_bytes(), Part::Unbound, &mut value)?;
    Ok(value)
}

/// The error of a document of this structure, as it displays.
fn error_of<T: Structure + Value + Debug>(document: &str) -> String {
    read::<T>(document).unwrap_err().to_string()
}

/// Asserts that the value is written as the document, and read from it.
#[track_caller]
fn assert_both<T: Structure + Value + Debug + PartialEq>(value: &T, document: &str) {
    assert_eq!(write(value).unwrap(), compact(document));
    assert_reads(value, document);
}

/// Asserts that the value is read from the document.
#[track_caller]
fn assert_reads<T: Structure + Value + Debug + PartialEq>(value: &T, document: &str) {
    assert_eq!(&read::<T>(document).unwrap(), value);
    assert_eq!(&read::<T>(&compact(document)).unwrap(), value);
}
