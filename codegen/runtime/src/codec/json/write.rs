//! Writes any shape as JSON. It must not know protocols.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, DateTime, Document, Number, base64};

use super::Settings;
use super::scan::{is_number, special};
use crate::error::Error;
use crate::schema::Member;
use crate::value::{Ref, Structure, Union};

/// The structure as a JSON object.
pub fn write(structure: &dyn Structure, settings: Settings) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::new(settings);
    writer.structure(structure)?;
    Ok(writer.into_bytes())
}

/// Writes JSON text.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    settings: Settings,
}

impl Writer {
    /// A writer of nothing yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        // Most requests fit; one that doesn't grows by doubling.
        Self { out: Vec::with_capacity(256), settings }
    }

    /// What has been written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes a structure: an object of the members that are set.
    pub fn structure(&mut self, structure: &dyn Structure) -> Result<(), Error> {
        self.structure_with(structure, |_| {})
    }

    /// The same, where `first` writes members of its own before the modeled ones.
    pub fn structure_with(
        &mut self,
        structure: &dyn Structure,
        first: impl FnOnce(&mut Self),
    ) -> Result<(), Error> {
        self.out.push(b'{');
        let start = self.out.len();
        first(self);
        for (index, member) in structure.schema().members().iter().enumerate() {
            let value = structure.member(index).get();
            if !matches!(value, Ref::Unset) {
                if self.out.len() > start {
                    self.out.push(b',');
                }
                self.member(member, value).map_err(|error| error.in_member(member.name()))?;
            }
        }
        self.out.push(b'}');
        Ok(())
    }

    /// Writes a member of an object whose value is a string.
    pub fn string_member(&mut self, key: &str, value: &str) {
        self.string(key);
        self.out.push(b':');
        self.string(value);
    }

    fn member(&mut self, member: &'static Member, value: Ref<'_>) -> Result<(), Error> {
        self.out.push(b'"');
        let key = self.settings.key(member);
        self.escaped(key);
        self.out.extend_from_slice(b"\":");
        self.value(member, value)
    }

    fn value(&mut self, member: &'static Member, value: Ref<'_>) -> Result<(), Error> {
        match value {
            Ref::Unset => self.out.extend_from_slice(b"null"),
            Ref::Boolean(value) => self.boolean(value),
            Ref::Byte(value) => self.integer(value.into()),
            Ref::Short(value) => self.integer(value.into()),
            Ref::Integer(value) => self.integer(value.into()),
            Ref::Long(value) => self.integer(value),
            Ref::Float(value) => self.float(value.into()),
            Ref::Double(value) => self.float(value),
            Ref::BigInteger(value) => self.big_number(value.as_ref())?,
            Ref::BigDecimal(value) => self.big_decimal(value)?,
            Ref::String(value) => self.string(value),
            Ref::Enum(value) => self.string(value.as_str()),
            Ref::Blob(value) => self.unescaped(&base64::encode(value)),
            Ref::Timestamp(value) => self.timestamp(value, self.settings.timestamp(member))?,
            Ref::Document(value) => self.document(value),
            Ref::Structure(value) => self.structure(value)?,
            Ref::Union(value) => self.union(value)?,
            Ref::List(list) => {
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
            }
            Ref::Map(map) => {
                let of = member.value();
                self.out.push(b'{');
                for (index, (key, value)) in map.entries().enumerate() {
                    if index > 0 {
                        self.out.push(b',');
                    }
                    self.string(key);
                    self.out.push(b':');
                    self.value(of, value.get()).map_err(|error| error.in_entry(key))?;
                }
                self.out.push(b'}');
            }
        }
        Ok(())
    }

    fn union(&mut self, union: &dyn Union) -> Result<(), Error> {
        let schema = union.schema();
        let Some((member, value)) = union
            .variant()
            .and_then(|(index, value)| schema.members().get(index).map(|member| (member, value)))
        else {
            return Err(Error::new(format!(
                "the `Unknown` variant of `{}` can't be sent: it stands for values from a newer service",
                schema.type_name()
            )));
        };
        self.out.push(b'{');
        self.member(member, value.get()).map_err(|error| error.in_member(member.name()))?;
        self.out.push(b'}');
        Ok(())
    }

    fn boolean(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn integer(&mut self, value: i64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Numbers that JSON doesn't have are strings.
    fn float(&mut self, value: f64) {
        if value.is_finite() {
            self.out.extend_from_slice(ryu::Buffer::new().format_finite(value).as_bytes());
        } else {
            self.unescaped(match value {
                f64::INFINITY => "Infinity",
                f64::NEG_INFINITY => "-Infinity",
                _ => "NaN",
            });
        }
    }

    fn big_decimal(&mut self, value: &BigDecimal) -> Result<(), Error> {
        self.big_number(value.as_ref())
    }

    /// An arbitrarily large number goes out as it is, if JSON can say it.
    fn big_number(&mut self, text: &str) -> Result<(), Error> {
        if !is_number(text) {
            return Err(Error::new(format!("`{text}` is not a number that JSON can hold")));
        }
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn timestamp(&mut self, value: &DateTime, format: Format) -> Result<(), Error> {
        // Whole seconds are most of them, and need no text of their own.
        if format == Format::EpochSeconds && value.subsec_nanos() == 0 {
            self.integer(value.secs());
            return Ok(());
        }
        let text = crate::codec::format_timestamp(value, format)?;
        match format {
            Format::EpochSeconds => self.out.extend_from_slice(text.as_bytes()),
            _ => self.string(&text),
        }
        Ok(())
    }

    fn document(&mut self, value: &Document) {
        match value {
            Document::Null => self.out.extend_from_slice(b"null"),
            Document::Bool(value) => self.boolean(*value),
            Document::Number(Number::PosInt(value)) => {
                self.out.extend_from_slice(itoa::Buffer::new().format(*value).as_bytes());
            }
            Document::Number(Number::NegInt(value)) => self.integer(*value),
            Document::Number(Number::Float(value)) => self.float(*value),
            Document::String(value) => self.string(value),
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
                    if index > 0 {
                        self.out.push(b',');
                    }
                    self.string(key);
                    self.out.push(b':');
                    self.document(value);
                }
                self.out.push(b'}');
            }
        }
    }

    fn string(&mut self, text: &str) {
        self.out.push(b'"');
        self.escaped(text);
        self.out.push(b'"');
    }

    /// A string known to hold nothing that must be escaped.
    fn unescaped(&mut self, text: &str) {
        self.out.push(b'"');
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'"');
    }

    fn escaped(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        loop {
            let (plain, tail) = rest.split_at(special(rest));
            self.out.extend_from_slice(plain);
            let Some((&byte, tail)) = tail.split_first() else { return };
            self.escape(byte);
            rest = tail;
        }
    }

    #[cold]
    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            0x0C => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => {
                self.out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                return;
            }
        };
        self.out.extend_from_slice(&[b'\\', short]);
    }
}
