//! Writes any structure as a form. It must not know protocols.

use aws_smithy_types::DateTime;
use aws_smithy_types::base64;

use super::{Dialect, Name, entry_names, map_name};
use crate::codec::{self, Part, simple};
use crate::error::Error;
use crate::schema::Member;
use crate::value::{List, Map, Ref, Structure, Union};

/// Most requests fit.
const INITIAL: usize = 512;

/// Writes a form.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    /// The key of the value to come, percent-encoded. Each level of nesting appends its part and takes
    /// it off again.
    key: Vec<u8>,
    dialect: Dialect,
}

impl Writer {
    /// A writer of nothing yet.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { out: Vec::with_capacity(INITIAL), key: Vec::with_capacity(64), dialect }
    }

    /// What has been written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes a parameter that isn't part of a shape.
    pub fn parameter(&mut self, name: &str, value: &str) {
        encode(name.as_bytes(), &mut self.key);
        self.text(value);
        self.key.clear();
    }

    /// Writes the members of a structure that are set.
    ///
    /// # Errors
    /// If a value can't be written: the `Unknown` variant of a union, a document, a null in a list, in
    /// [`Dialect::Ec2`] a map.
    pub fn structure(&mut self, structure: &dyn Structure) -> Result<(), Error> {
        Part::Whole.write(structure, false, |member, value| self.member(member, value))
    }

    fn member(&mut self, member: &'static Member, value: Ref<'_>) -> Result<(), Error> {
        let parent = self.key.len();
        self.push_name(self.dialect.name(member));
        let result = self.value(member, value);
        self.key.truncate(parent);
        result
    }

    fn push_name(&mut self, name: Name) {
        if !self.key.is_empty() {
            self.key.push(b'.');
        }
        let (capital, rest) = name.parts();
        self.key.extend(capital);
        encode(rest, &mut self.key);
    }

    fn push_part(&mut self, part: Option<&'static str>) {
        if let Some(text) = part {
            self.push_name(Name { text, capital: false });
        }
    }

    /// Replaces what comes after the first `parent` bytes of the key by an index, which counts from 1.
    fn set_index(&mut self, parent: usize, index: usize) {
        self.key.truncate(parent);
        self.key.push(b'.');
        self.key.extend_from_slice(itoa::Buffer::new().format(index + 1).as_bytes());
    }

    fn value(&mut self, member: &'static Member, value: Ref<'_>) -> Result<(), Error> {
        match value {
            Ref::Unset => return Err(Error::new("a form can't say that a value is absent")),
            Ref::Boolean(value) => self.plain(if value { b"true" } else { b"false" }),
            Ref::Byte(value) => self.integer(value.into()),
            Ref::Short(value) => self.integer(value.into()),
            Ref::Integer(value) => self.integer(value.into()),
            Ref::Long(value) => self.integer(value),
            Ref::Float(value) => self.float(value),
            Ref::Double(value) => self.float(value),
            Ref::BigInteger(value) => self.text(value.as_ref()),
            Ref::BigDecimal(value) => self.text(value.as_ref()),
            Ref::String(value) => self.text(value),
            Ref::Enum(value) => self.text(value.as_str()),
            Ref::Blob(value) => self.text(&base64::encode(value)),
            Ref::Stream(value) => self.text(&base64::encode(codec::buffered(value)?)),
            Ref::Timestamp(value) => self.timestamp(member, value)?,
            Ref::Document(_) => return Err(Error::new("a form can't hold a document")),
            Ref::EventStream(_) => return Err(codec::event_stream_in_a_document()),
            Ref::Structure(value) => self.structure(value)?,
            Ref::Union(value) => self.union(value)?,
            Ref::List(list) => self.list(member, list)?,
            Ref::Map(map) => self.map(member, map)?,
        }
        Ok(())
    }

    fn list(&mut self, member: &'static Member, list: &dyn List) -> Result<(), Error> {
        if list.is_empty() {
            if self.dialect == Dialect::Aws {
                self.plain(b"");
            }
            return Ok(());
        }
        let element = member.element();
        self.push_part(self.dialect.list_name(member));
        let parent = self.key.len();
        for index in 0..list.len() {
            self.set_index(parent, index);
            let value = list.get(index).map_or(Ref::Unset, |value| value.get());
            self.value(element, value).map_err(|error| error.in_element(index))?;
        }
        Ok(())
    }

    /// The entries in the order of their keys, so that equal maps are equal forms.
    fn map(&mut self, member: &'static Member, map: &dyn Map) -> Result<(), Error> {
        if self.dialect == Dialect::Ec2 {
            return Err(Error::new("ec2Query has no maps"));
        }
        let mut entries: Vec<_> = map.entries().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        let of = member.value();
        let (key_name, value_name) = entry_names(member);
        self.push_part(map_name(member));
        let parent = self.key.len();
        for (index, (key, value)) in entries.into_iter().enumerate() {
            self.set_index(parent, index);
            let entry = self.key.len();
            self.push_part(Some(key_name));
            self.text(key);
            let value = value.get();
            if !matches!(value, Ref::Unset) {
                self.key.truncate(entry);
                self.push_part(Some(value_name));
                self.value(of, value).map_err(|error| error.in_entry(key))?;
            }
        }
        Ok(())
    }

    fn union(&mut self, union: &dyn Union) -> Result<(), Error> {
        let (member, value) = codec::variant(union)?;
        self.variant(member, value).map_err(|error| error.in_member(member.name()))
    }

    /// A variant says which one it is even if there is nothing in it.
    fn variant(&mut self, member: &'static Member, value: Ref<'_>) -> Result<(), Error> {
        let (parent, written) = (self.key.len(), self.out.len());
        self.push_name(self.dialect.name(member));
        self.value(member, value)?;
        if self.out.len() == written {
            self.plain(b"");
        }
        self.key.truncate(parent);
        Ok(())
    }

    fn timestamp(&mut self, member: &Member, value: &DateTime) -> Result<(), Error> {
        let format = member.timestamp_format().unwrap_or(simple::TIMESTAMPS);
        self.text(&codec::format_timestamp(value, format)?);
        Ok(())
    }

    fn integer(&mut self, value: i64) {
        self.plain(itoa::Buffer::new().format(value).as_bytes());
    }

    fn float<T: ryu::Float + Into<f64>>(&mut self, value: T) {
        self.plain(codec::float_text(value, &mut ryu::Buffer::new()).as_bytes());
    }

    fn text(&mut self, value: &str) {
        self.start();
        encode(value.as_bytes(), &mut self.out);
    }

    /// A value in which nothing needs encoding.
    fn plain(&mut self, value: &[u8]) {
        self.start();
        self.out.extend_from_slice(value);
    }

    /// The key of a pair, after an ampersand unless the pair is the first.
    fn start(&mut self) {
        if !self.out.is_empty() {
            self.out.push(b'&');
        }
        self.out.extend_from_slice(&self.key);
        self.out.push(b'=');
    }
}

/// Whether a byte goes out as it is: the
/// [unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) of URIs.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "less than 256")]
        let character = byte as u8;
        plain[byte] =
            character.is_ascii_alphanumeric() || matches!(character, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    plain
};

/// Appends the text, percent-encoded.
fn encode(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    loop {
        let end = rest.iter().position(|byte| !PLAIN[usize::from(*byte)]).unwrap_or(rest.len());
        let (plain, after) = rest.split_at(end);
        out.extend_from_slice(plain);
        let Some((byte, after)) = after.split_first() else { return };
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let digit = |value: u8| DIGITS[usize::from(value & 0xF)];
        out.extend_from_slice(&[b'%', digit(byte >> 4), digit(*byte)]);
        rest = after;
    }
}
