//! Reads JSON into any shape, in place. It must not know protocols.

use std::collections::HashMap;

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime, Document, base64};

use super::scan::document_number;
use super::{Blobs, Scanner, Settings};
use crate::codec::{self, Depth, Part};
use crate::error::Error;
use crate::schema::Member;
use crate::value::{List, Map, Slot, Structure, Union, Value, correct};

/// Reads a JSON object into a structure. An empty body stands for an empty object.
///
/// Members the schema doesn't have are skipped, `null` means absent, of a key that comes twice the
/// last value counts, and missing `@required` members are filled in
/// ([client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)).
pub fn read(body: &[u8], settings: Settings, structure: &mut dyn Structure) -> Result<(), Error> {
    read_part(body, settings, structure, Part::Whole)
}

/// The same for part of a structure: keys of members that lie elsewhere are skipped like unknown ones.
pub fn read_part(
    body: &[u8],
    settings: Settings,
    structure: &mut dyn Structure,
    part: Part,
) -> Result<(), Error> {
    if body.is_empty() {
        correct(structure);
        return Ok(());
    }
    let mut reader =
        Reader { scanner: Scanner::from_utf8(body)?, settings, depth: Depth::default() };
    reader.structure(structure, part)?;
    reader.scanner.end()
}

/// Reads a whole JSON text into the value of a member.
pub fn read_value(
    body: &[u8],
    settings: Settings,
    member: &'static Member,
    value: &mut dyn Value,
) -> Result<(), Error> {
    let mut reader =
        Reader { scanner: Scanner::from_utf8(body)?, settings, depth: Depth::default() };
    reader.value(member, value)?;
    reader.scanner.end()
}

/// Reads JSON text into shapes.
#[derive(Debug)]
pub struct Reader<'a> {
    scanner: Scanner<'a>,
    settings: Settings,
    depth: Depth,
}

impl Reader<'_> {
    /// Runs `read` one level further in.
    #[inline]
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        self.depth.enter(self.scanner.offset())?;
        let result = read(self);
        self.depth.leave();
        result
    }

    fn structure(&mut self, structure: &mut dyn Structure, part: Part) -> Result<(), Error> {
        let members = structure.schema().members();
        // Services write members in an order of their own, but the same one each time and mostly
        // the model's: the member after the last one found is tried first.
        let mut expected = 0;
        self.scanner.open_object()?;
        let mut first = true;
        while self.scanner.next_entry(&mut first)? {
            let key = self.scanner.key()?;
            match self.position(members, expected, &key) {
                Some((index, member)) if part.has(member) => {
                    expected = index + 1;
                    self.value(member, structure.member_mut(index))
                        .map_err(|error| error.in_member(member.name()))?;
                }
                _ => self.scanner.skip()?,
            }
        }
        correct(structure);
        Ok(())
    }

    #[inline]
    fn position(
        &self,
        members: &'static [Member],
        expected: usize,
        key: &str,
    ) -> Option<(usize, &'static Member)> {
        match members.get(expected) {
            Some(member) if self.settings.key(member) == key => Some((expected, member)),
            _ => members.iter().enumerate().find(|(_, member)| self.settings.key(member) == key),
        }
    }

    fn value(&mut self, member: &'static Member, value: &mut dyn Value) -> Result<(), Error> {
        if self.scanner.null()? {
            value.unset();
            return Ok(());
        }
        let start = self.scanner.offset();
        let result = self.slot(member, value.slot());
        result.map_err(|error| error.or_at(start))
    }

    fn slot(&mut self, member: &'static Member, slot: Slot<'_>) -> Result<(), Error> {
        match slot {
            Slot::Boolean(value) => *value = self.scanner.boolean()?,
            Slot::Byte(value) => *value = self.integer()?,
            Slot::Short(value) => *value = self.integer()?,
            Slot::Integer(value) => *value = self.integer()?,
            Slot::Long(value) => *value = self.integer()?,
            #[expect(clippy::cast_possible_truncation, reason = "the nearest float is meant")]
            Slot::Float(value) => *value = self.float()? as f32,
            Slot::Double(value) => *value = self.float()?,
            Slot::BigInteger(value) => {
                *value = self
                    .scanner
                    .number()?
                    .parse()
                    .map_err(|error| Error::new("expected a whole number").caused_by(error))?;
            }
            Slot::BigDecimal(value) => {
                *value = self
                    .scanner
                    .number()?
                    .parse()
                    .map_err(|error| Error::new("a number out of range").caused_by(error))?;
            }
            Slot::String(value) => *value = self.scanner.string()?.into_owned(),
            Slot::Enum(value) => value.set(&self.scanner.string()?),
            Slot::Blob(value) => *value = self.blob()?,
            Slot::Timestamp(value) => {
                *value = self.timestamp(self.settings.timestamp(member))?;
            }
            Slot::Document(value) => *value = self.document()?,
            Slot::Stream(value) => *value = ByteStream::from(self.blob()?.into_inner()),
            Slot::EventStream(_) => return Err(crate::codec::event_stream_in_a_document()),
            Slot::List(list) => self.nested(|reader| reader.list(member, list))?,
            Slot::Map(map) => self.nested(|reader| reader.map(member, map))?,
            Slot::Structure(structure) => {
                self.nested(|reader| reader.structure(structure, Part::Whole))?;
            }
            Slot::Union(union) => self.nested(|reader| reader.union(union))?,
        }
        Ok(())
    }

    fn list(&mut self, member: &'static Member, list: &mut dyn List) -> Result<(), Error> {
        let element = member.element();
        list.clear();
        self.scanner.open_array()?;
        let mut first = true;
        while self.scanner.next_element(&mut first)? {
            if self.scanner.peek() == Some(b'n') && !element.is_optional() {
                return Err(Error::new("null in a list that isn't sparse")
                    .at(self.scanner.offset())
                    .in_element(list.len()));
            }
            if let Err(error) = self.value(element, list.push()) {
                return Err(error.in_element(list.len().saturating_sub(1)));
            }
        }
        Ok(())
    }

    fn map(&mut self, member: &'static Member, map: &mut dyn Map) -> Result<(), Error> {
        let of = member.value();
        map.clear();
        self.scanner.open_object()?;
        let mut first = true;
        while self.scanner.next_entry(&mut first)? {
            let key = self.scanner.key()?;
            // Where values can't be absent, an entry without one isn't there.
            if of.is_optional() || !self.scanner.null()? {
                self.value(of, map.insert(&key)).map_err(|error| error.in_entry(&key))?;
            }
        }
        Ok(())
    }

    /// Reads an object of one entry, the variant; entries that are null don't count.
    fn union(&mut self, union: &mut dyn Union) -> Result<(), Error> {
        let members = union.schema().members();
        let start = self.scanner.offset();
        let mut found = false;
        self.scanner.open_object()?;
        let mut first = true;
        while self.scanner.next_entry(&mut first)? {
            let at = self.scanner.offset();
            let key = self.scanner.key()?;
            if self.scanner.null()? {
                continue;
            }
            let is_variant = codec::is_variant(&key, at, &mut found)?;
            let position = is_variant.then(|| self.position(members, 0, &key)).flatten();
            match position.and_then(|(index, member)| Some((member, union.select(index)?))) {
                Some((member, value)) => {
                    self.value(member, value).map_err(|error| error.in_member(member.name()))?;
                }
                None => self.scanner.skip()?,
            }
        }
        if found { Ok(()) } else { Err(codec::no_variant().at(start)) }
    }

    /// A whole number; written with a fraction of zero it is one too.
    fn integer<T: TryFrom<i64>>(&mut self) -> Result<T, Error> {
        let text = self.scanner.number_text()?;
        let whole = text.parse::<i64>().ok().or_else(|| codec::whole(text.parse::<f64>().ok()?));
        whole.and_then(|whole| T::try_from(whole).ok()).ok_or_else(|| {
            Error::new(format!("{text} is not a whole number in the range of the member's type"))
        })
    }

    /// A number, or one of the strings that stand for what JSON can't write as one.
    fn float(&mut self) -> Result<f64, Error> {
        if self.scanner.peek() == Some(b'"') {
            let text = self.scanner.string()?;
            let is_word = |value: &f64| codec::float_word(*value) == Some(&*text);
            let expected =
                "expected a number, or one of the strings `NaN`, `Infinity`, `-Infinity`";
            return text.parse().ok().filter(is_word).ok_or_else(|| Error::new(expected));
        }
        let text = self.scanner.number_text()?;
        // Up to 15 digits are a whole number that a float holds exactly, and quicker to come by.
        #[expect(clippy::cast_precision_loss, reason = "so few digits fit")]
        let value = match text.parse::<u64>() {
            Ok(whole) if text.len() <= 15 => Some(whole as f64),
            _ => text.parse::<f64>().ok().filter(|value| value.is_finite()),
        };
        value.ok_or_else(|| Error::new(format!("{text} is not a number in the range of floats")))
    }

    fn blob(&mut self) -> Result<Blob, Error> {
        let text = self.scanner.string()?;
        match self.settings.blobs {
            Blobs::Base64 => base64::decode(&*text)
                .map(Blob::new)
                .map_err(|error| Error::new("not valid base64").caused_by(error)),
            Blobs::Text => Ok(Blob::new(text.into_owned().into_bytes())),
        }
    }

    fn timestamp(&mut self, format: Format) -> Result<DateTime, Error> {
        if format == Format::EpochSeconds {
            let seconds = self.float()?;
            if !seconds.is_finite() {
                return Err(Error::new("expected a finite number of seconds"));
            }
            return Ok(DateTime::from_secs_f64(seconds));
        }
        DateTime::from_str(&self.scanner.string()?, format)
            .map_err(|error| Error::new("not a timestamp of the expected format").caused_by(error))
    }

    fn document(&mut self) -> Result<Document, Error> {
        Ok(match self.scanner.peek() {
            Some(b'"') => Document::String(self.scanner.string()?.into_owned()),
            Some(b't' | b'f') => Document::Bool(self.scanner.boolean()?),
            Some(b'n') => self.scanner.null().map(|_| Document::Null)?,
            Some(b'[') => {
                let mut elements = Vec::new();
                self.nested(|reader| {
                    reader.scanner.open_array()?;
                    let mut first = true;
                    while reader.scanner.next_element(&mut first)? {
                        elements.push(reader.document()?);
                    }
                    Ok(())
                })?;
                Document::Array(elements)
            }
            Some(b'{') => {
                let mut object = HashMap::new();
                self.nested(|reader| {
                    reader.scanner.open_object()?;
                    let mut first = true;
                    while reader.scanner.next_entry(&mut first)? {
                        let key = reader.scanner.key()?.into_owned();
                        object.insert(key, reader.document()?);
                    }
                    Ok(())
                })?;
                Document::Object(object)
            }
            Some(b'-' | b'0'..=b'9') => Document::Number(
                document_number(self.scanner.number()?)
                    .ok_or_else(|| Error::new("a number out of range"))?,
            ),
            _ => return Err(self.scanner.expected("a value")),
        })
    }
}
