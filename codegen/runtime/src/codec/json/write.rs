//! Writes any shape as JSON. It must not know protocols.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, DateTime, Document, Number, base64};

use super::out::Out;
use super::scan::is_number;
use super::{Blobs, Settings};
use crate::codec::{self, Part};
use crate::error::Error;
use crate::schema::Member;
use crate::value::{List, Map, Ref, Structure, Union};

/// The structure as a JSON object.
pub fn write(structure: &dyn Structure, settings: Settings) -> Result<Vec<u8>, Error> {
    write_part(structure, settings, Part::Whole)
}

/// Part of a structure as a JSON object.
pub fn write_part(
    structure: &dyn Structure,
    settings: Settings,
    part: Part,
) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::new(settings);
    writer.out.push(b'{');
    writer.members(structure, true, part)?;
    Ok(writer.into_bytes())
}

/// The value of a member as a whole JSON text.
pub fn write_value(
    member: &'static Member,
    value: Ref<'_>,
    settings: Settings,
) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::new(settings);
    writer.value(member, value)?;
    Ok(writer.into_bytes())
}

/// Writes JSON text.
#[derive(Debug)]
pub struct Writer {
    out: Out,
    settings: Settings,
}

impl Writer {
    /// A writer of nothing yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { out: Out::new(), settings }
    }

    /// What has been written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    /// Writes a structure: an object of the members that are set.
    pub fn structure(&mut self, structure: &dyn Structure) -> Result<(), Error> {
        self.out.push(b'{');
        self.members(structure, true, Part::Whole)
    }

    /// The same, with a member before the modeled ones.
    pub fn structure_with(
        &mut self,
        key: &str,
        value: &str,
        structure: &dyn Structure,
    ) -> Result<(), Error> {
        self.out.push(b'{');
        self.entry(true, key);
        self.out.string(value);
        self.members(structure, false, Part::Whole)
    }

    #[inline(never)]
    fn members(
        &mut self,
        structure: &dyn Structure,
        mut first: bool,
        part: Part,
    ) -> Result<(), Error> {
        part.write(structure, self.settings.defaults, |member, value| {
            self.member(first, member, value)?;
            first = false;
            Ok(())
        })?;
        self.out.push(b'}');
        Ok(())
    }

    #[inline(always)]
    fn member(
        &mut self,
        first: bool,
        member: &'static Member,
        value: Ref<'_>,
    ) -> Result<(), Error> {
        match member.modeled_json_name() {
            Some(name) if self.settings.json_names => self.entry(first, name),
            // A member's name is an identifier: nothing in it needs escaping.
            _ => self.out.plain_key(first, member.name()),
        }
        self.value(member, value)
    }

    /// The key of an entry, which may be any text.
    fn entry(&mut self, first: bool, key: &str) {
        if !first {
            self.out.push(b',');
        }
        self.out.string(key);
        self.out.push(b':');
    }

    /// Inlined into its few callers, it is one jump a value instead of two and a call.
    #[inline(always)]
    fn value(&mut self, member: &'static Member, value: Ref<'_>) -> Result<(), Error> {
        match value {
            Ref::Unset => self.out.raw(b"null"),
            Ref::Boolean(value) => self.boolean(value),
            Ref::Byte(value) => self.integer(value.into()),
            Ref::Short(value) => self.integer(value.into()),
            Ref::Integer(value) => self.integer(value.into()),
            Ref::Long(value) => self.integer(value),
            Ref::Float(value) => self.float(value.into()),
            Ref::Double(value) => self.float(value),
            Ref::BigInteger(value) => self.big_number(value.as_ref())?,
            Ref::BigDecimal(value) => self.big_decimal(value)?,
            Ref::String(value) => self.out.string(value),
            Ref::Enum(value) => self.out.string(value.as_str()),
            Ref::Blob(value) => self.blob(value.as_ref())?,
            Ref::Timestamp(value) => self.timestamp(value, self.settings.timestamp(member))?,
            Ref::Document(value) => self.document(value),
            Ref::Stream(value) => self.blob(codec::buffered(value)?)?,
            Ref::EventStream(_) => return Err(codec::event_stream_in_a_document()),
            Ref::Structure(value) => self.structure(value)?,
            Ref::Union(value) => self.union(value)?,
            Ref::List(value) => self.list(member, value)?,
            Ref::Map(value) => self.map(member, value)?,
        }
        Ok(())
    }

    #[inline(never)]
    fn list(&mut self, member: &'static Member, list: &dyn List) -> Result<(), Error> {
        let element = member.element();
        self.out.push(b'[');
        for index in 0..list.len() {
            if index > 0 {
                self.out.push(b',');
            }
            let value = list.get(index).map_or(Ref::Unset, |value| value.get());
            self.value(element, value).map_err(|error| error.in_element(index))?;
        }
        self.out.push(b']');
        Ok(())
    }

    #[inline(never)]
    fn map(&mut self, member: &'static Member, map: &dyn Map) -> Result<(), Error> {
        let of = member.value();
        self.out.push(b'{');
        let mut first = true;
        map.visit(&mut |key, value| {
            self.entry(std::mem::take(&mut first), key);
            self.value(of, value.get()).map_err(|error| error.in_entry(key))
        })?;
        self.out.push(b'}');
        Ok(())
    }

    #[inline(never)]
    fn union(&mut self, union: &dyn Union) -> Result<(), Error> {
        let (member, value) = codec::variant(union)?;
        self.out.push(b'{');
        self.member(true, member, value).map_err(|error| error.in_member(member.name()))?;
        self.out.push(b'}');
        Ok(())
    }

    #[inline(never)]
    fn blob(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self.settings.blobs {
            Blobs::Base64 => self.out.plain_string(base64::encode(bytes).as_bytes()),
            Blobs::Text => match std::str::from_utf8(bytes) {
                Ok(text) => self.out.string(text),
                Err(error) => return Err(Error::new("a blob that isn't text").caused_by(error)),
            },
        }
        Ok(())
    }

    fn boolean(&mut self, value: bool) {
        self.out.raw(if value { b"true" } else { b"false" });
    }

    #[inline(never)]
    fn integer(&mut self, value: i64) {
        self.out.raw(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Numbers that JSON doesn't have are strings.
    #[inline(never)]
    fn float(&mut self, value: f64) {
        match codec::float_word(value) {
            Some(word) => self.out.plain_string(word.as_bytes()),
            None => self.out.raw(ryu::Buffer::new().format_finite(value).as_bytes()),
        }
    }

    fn big_decimal(&mut self, value: &BigDecimal) -> Result<(), Error> {
        self.big_number(value.as_ref())
    }

    /// An arbitrarily large number goes out as it is, if JSON can say it.
    #[inline(never)]
    fn big_number(&mut self, text: &str) -> Result<(), Error> {
        if !is_number(text) {
            return Err(Error::new(format!("`{text}` is not a number that JSON can hold")));
        }
        self.out.raw(text.as_bytes());
        Ok(())
    }

    #[inline(never)]
    fn timestamp(&mut self, value: &DateTime, format: Format) -> Result<(), Error> {
        // Whole seconds are most of them, and need no text of their own.
        if format == Format::EpochSeconds && value.subsec_nanos() == 0 {
            self.integer(value.secs());
            return Ok(());
        }
        let text = crate::codec::format_timestamp(value, format)?;
        match format {
            Format::EpochSeconds => self.out.raw(text.as_bytes()),
            _ => self.out.string(&text),
        }
        Ok(())
    }

    #[inline(never)]
    fn document(&mut self, value: &Document) {
        match value {
            Document::Null => self.out.raw(b"null"),
            Document::Bool(value) => self.boolean(*value),
            Document::Number(Number::PosInt(value)) => {
                self.out.raw(itoa::Buffer::new().format(*value).as_bytes());
            }
            Document::Number(Number::NegInt(value)) => self.integer(*value),
            Document::Number(Number::Float(value)) => self.float(*value),
            Document::String(value) => self.out.string(value),
            Document::Array(values) => {
                self.out.push(b'[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        self.out.push(b',');
                    }
                    self.document(value);
                }
                self.out.push(b']');
            }
            Document::Object(entries) => {
                self.out.push(b'{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    self.entry(index == 0, key);
                    self.document(value);
                }
                self.out.push(b'}');
            }
        }
    }
}
