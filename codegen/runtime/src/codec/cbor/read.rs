//! Reads CBOR into any shape, in place. It must not know protocols.

use std::borrow::Cow;

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime};

use super::number::{BigNumber, decimal_text};
use super::scan::{Length, Number, Scanner};
use super::tag;
use crate::codec::{self, Depth, Part};
use crate::error::Error;
use crate::schema::Member;
use crate::value::{List, Map, Slot, Structure, Union, Value, correct};

/// How many bytes a whole number may have: 2,466 decimal digits. What it takes to find these grows with
/// the square of the length.
const MAX_BIGNUM: usize = 1024;

/// Reads a CBOR map into a structure. An empty body stands for an empty map.
///
/// Members the schema doesn't have are skipped, `null` and `undefined` mean absent, of a key that
/// comes twice the last value counts, and missing `@required` members are filled in
/// ([client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)).
pub fn read(body: &[u8], structure: &mut dyn Structure) -> Result<(), Error> {
    read_part(body, structure, Part::Whole)
}

/// The same for part of a structure: keys of members that lie elsewhere are skipped like unknown ones.
pub fn read_part(body: &[u8], structure: &mut dyn Structure, part: Part) -> Result<(), Error> {
    if body.is_empty() {
        correct(structure);
        return Ok(());
    }
    let mut reader = Reader::new(body);
    reader.structure(structure, part)?;
    reader.scanner.end()
}

/// Reads a whole CBOR item into the value of a member.
pub fn read_value(
    body: &[u8],
    member: &'static Member,
    value: &mut dyn Value,
) -> Result<(), Error> {
    let mut reader = Reader::new(body);
    reader.value(member, value)?;
    reader.scanner.end()
}

/// Reads CBOR into shapes.
#[derive(Debug)]
pub struct Reader<'a> {
    scanner: Scanner<'a>,
    depth: Depth,
}

impl<'a> Reader<'a> {
    fn new(body: &'a [u8]) -> Self {
        Self { scanner: Scanner::new(body), depth: Depth::default() }
    }

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
        let mut may_repeat = false;
        let mut left = self.scanner.open_map()?;
        while self.scanner.next(&mut left) {
            let (index, member) = match members.get(expected) {
                Some(member) if self.scanner.take_text(member.name()) => (expected, member),
                _ => {
                    let key = self.scanner.text()?;
                    let mut members = members.iter().enumerate();
                    let Some(found) = members.find(|(_, member)| member.name() == key) else {
                        self.scanner.skip()?;
                        continue;
                    };
                    may_repeat |= found.0 < expected;
                    found
                }
            };
            if !part.has(member) {
                self.scanner.skip()?;
                continue;
            }
            expected = index + 1;
            let value = structure.member_mut(index);
            if may_repeat {
                // Of a structure that comes twice nothing of the first is kept.
                value.unset();
            }
            self.value(member, value).map_err(|error| error.in_member(member.name()))?;
        }
        correct(structure);
        Ok(())
    }

    fn value(&mut self, member: &'static Member, value: &mut dyn Value) -> Result<(), Error> {
        if self.scanner.null() {
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
            Slot::BigInteger(value) => *value = self.big_integer()?,
            Slot::BigDecimal(value) => *value = self.big_decimal()?,
            Slot::String(value) => *value = self.scanner.text()?.into_owned(),
            Slot::Enum(value) => value.set(&self.scanner.text()?),
            Slot::Blob(value) => *value = Blob::new(self.scanner.bytes()?.into_owned()),
            Slot::Timestamp(value) => *value = self.timestamp()?,
            Slot::Document(_) => return Err(super::no_documents()),
            Slot::Stream(value) => {
                *value = ByteStream::from(self.scanner.bytes()?.into_owned());
            }
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
        let mut left = self.scanner.open_list()?;
        while self.scanner.next(&mut left) {
            if self.scanner.is_null() && !element.is_optional() {
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
        let mut left = self.scanner.open_map()?;
        while self.scanner.next(&mut left) {
            let key = self.scanner.text()?;
            if self.scanner.is_null() && !of.is_optional() {
                return Err(Error::new("null in a map that isn't sparse")
                    .at(self.scanner.offset())
                    .in_entry(&key));
            }
            self.value(of, map.insert(&key)).map_err(|error| error.in_entry(&key))?;
        }
        Ok(())
    }

    /// Reads a map of one entry, the variant; entries that are null don't count.
    fn union(&mut self, union: &mut dyn Union) -> Result<(), Error> {
        let members = union.schema().members();
        let start = self.scanner.offset();
        let mut found = false;
        let mut left = self.scanner.open_map()?;
        while self.scanner.next(&mut left) {
            let at = self.scanner.offset();
            let key = self.scanner.text()?;
            if self.scanner.null() {
                continue;
            }
            let is_variant = codec::is_variant(&key, at, &mut found)?;
            let mut members = members.iter().enumerate();
            let position = members.find(|(_, member)| is_variant && member.name() == key);
            match position.and_then(|(index, member)| Some((member, union.select(index)?))) {
                Some((member, value)) => {
                    self.value(member, value).map_err(|error| error.in_member(member.name()))?;
                }
                None => self.scanner.skip()?,
            }
        }
        if found { Ok(()) } else { Err(codec::no_variant().at(start)) }
    }

    /// A whole number; written as a float without a fraction it is one too.
    fn integer<T: TryFrom<i64>>(&mut self) -> Result<T, Error> {
        let whole = match self.scanner.number()? {
            Number::Positive(value) => i64::try_from(value).ok(),
            Number::Negative(value) => i64::try_from(value).ok().map(|value| -1 - value),
            Number::Float(value) => codec::whole(value),
        };
        whole
            .and_then(|whole| T::try_from(whole).ok())
            .ok_or_else(|| Error::new("expected a whole number in the range of the member's type"))
    }

    fn float(&mut self) -> Result<f64, Error> {
        #[expect(clippy::cast_precision_loss, reason = "the nearest float is meant")]
        Ok(match self.scanner.number()? {
            Number::Float(value) => value,
            Number::Positive(value) => value as f64,
            Number::Negative(value) => -1.0 - value as f64,
        })
    }

    fn big_number(&mut self) -> Result<BigNumber, Error> {
        if self.scanner.is_tag() {
            let start = self.scanner.offset();
            let negative = match self.scanner.tag("a whole number")? {
                tag::POSITIVE_BIGNUM => false,
                tag::NEGATIVE_BIGNUM => true,
                tag => {
                    let message = format!("expected a whole number, found the tag {tag}");
                    return Err(Error::new(message).at(start));
                }
            };
            let bytes = self.scanner.bytes()?;
            let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
            if bytes.len() - zeros > MAX_BIGNUM {
                let message = format!("a whole number of more than {MAX_BIGNUM} bytes");
                return Err(Error::new(message).at(start));
            }
            return Ok(BigNumber::from_bytes(negative, &bytes));
        }
        match self.scanner.number()? {
            Number::Positive(value) => Ok(BigNumber::new(false, value)),
            Number::Negative(value) => Ok(BigNumber::new(true, value)),
            Number::Float(_) => Err(Error::new("expected a whole number, found a float")),
        }
    }

    fn big_integer(&mut self) -> Result<BigInteger, Error> {
        self.big_number()?
            .to_decimal()
            .parse()
            .map_err(|error| Error::new("not a whole number").caused_by(error))
    }

    /// A fraction: the exponent of ten and the digits. A whole number is one too.
    fn big_decimal(&mut self) -> Result<BigDecimal, Error> {
        let mut ahead = self.scanner.clone();
        let is_fraction = ahead.is_tag() && ahead.tag("a tag")? == tag::DECIMAL_FRACTION;
        let (digits, exponent) = if is_fraction {
            self.scanner = ahead;
            let mut left = self.scanner.open_list()?;
            let two = || Error::new("expected a list of two numbers, the exponent and the digits");
            if !self.scanner.next(&mut left) {
                return Err(two());
            }
            let exponent = self.integer::<i64>()?;
            if !self.scanner.next(&mut left) {
                return Err(two());
            }
            let digits = self.big_number()?;
            if self.scanner.next(&mut left) {
                return Err(two());
            }
            (digits, exponent)
        } else {
            (self.big_number()?, 0)
        };
        decimal_text(&digits.to_decimal(), exponent)
            .parse()
            .map_err(|error| Error::new("a number out of range").caused_by(error))
    }

    /// Seconds since 1970. Milliseconds count, what is finer doesn't: it comes from rounding.
    fn timestamp(&mut self) -> Result<DateTime, Error> {
        const MILLISECOND: u32 = 1_000_000;
        let start = self.scanner.offset();
        let tag = self.scanner.tag("a timestamp")?;
        if tag != tag::TIMESTAMP {
            let message = format!("expected a timestamp, which has the tag 1, found the tag {tag}");
            return Err(Error::new(message).at(start));
        }
        let out_of_range = || Error::new("the timestamp is out of range");
        match self.scanner.number()? {
            Number::Positive(value) => {
                i64::try_from(value).map(DateTime::from_secs).map_err(|_| out_of_range())
            }
            Number::Negative(value) => {
                let value = i64::try_from(value).map_err(|_| out_of_range())?;
                Ok(DateTime::from_secs(-1 - value))
            }
            Number::Float(value) if value.is_finite() => {
                let mut time = DateTime::from_secs_f64(value);
                time.set_subsec_nanos(time.subsec_nanos() / MILLISECOND * MILLISECOND);
                Ok(time)
            }
            Number::Float(_) => Err(Error::new("expected a finite number of seconds")),
        }
    }
}

/// What an error's body says besides its members.
#[derive(Debug, Default)]
pub(crate) struct ErrorBody<'a> {
    /// The shape's name, as it is written.
    pub(crate) type_name: Option<Cow<'a, str>>,
    /// The text for humans.
    pub(crate) message: Option<Cow<'a, str>>,
}

impl<'a> ErrorBody<'a> {
    /// Reads what is a string. An empty body says nothing.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut body = Self::default();
        if bytes.is_empty() {
            return Ok(body);
        }
        let mut scanner = Scanner::new(bytes);
        let mut left: Length = scanner.open_map()?;
        while scanner.next(&mut left) {
            let key = scanner.text()?;
            let place = match &*key {
                "__type" => &mut body.type_name,
                "message" | "Message" | "errorMessage" => &mut body.message,
                _ => {
                    scanner.skip()?;
                    continue;
                }
            };
            if scanner.is_text() {
                *place = Some(scanner.text()?);
            } else {
                scanner.skip()?;
            }
        }
        scanner.end()?;
        Ok(body)
    }
}
