//! The formats, each of which reads and writes any shape by its schema. A codec must not know
//! protocols: which member goes where in a request is not its business.

mod buffer;
#[cfg(feature = "cbor")]
pub mod cbor;
pub mod json;
#[cfg(feature = "query")]
pub mod query;
#[cfg(feature = "xml")]
mod simple;
#[cfg(feature = "xml")]
pub mod xml;

use aws_smithy_types::DateTime;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::date_time::Format;

use crate::error::Error;
use crate::schema::{Member, XmlNamespace};
use crate::value::{Ref, Structure, Union, Value};

/// A format of documents, as protocols use it that put parts of a structure elsewhere: the body of an
/// HTTP message beside its headers, or the payload of an event.
pub trait Codec: Sync {
    /// The media type of documents, such as `application/json`.
    fn media_type(&self) -> &'static str;

    /// Part of a structure as a document. In XML its root element is called as the structure, and
    /// `namespace` is its default namespace unless the structure has one.
    ///
    /// # Errors
    /// If a value can't be written, such as the `Unknown` variant of a union.
    fn write(
        &self,
        structure: &dyn Structure,
        part: Part,
        namespace: Option<XmlNamespace>,
    ) -> Result<Vec<u8>, Error>;

    /// Reads what [`write`](Codec::write) wrote. Members that the document lacks though they are
    /// `@required` are filled in; an empty body stands for a document without members.
    ///
    /// # Errors
    /// If the bytes aren't such a document.
    fn read(&self, body: &[u8], part: Part, structure: &mut dyn Structure) -> Result<(), Error>;

    /// The value of a member as a document of its own: a structure, union, document, list or map. In
    /// XML the member's `@xmlName` takes precedence over that of its target.
    ///
    /// # Errors
    /// If a value can't be written, or not as a document.
    fn write_payload(
        &self,
        member: &'static Member,
        value: Ref<'_>,
        namespace: Option<XmlNamespace>,
    ) -> Result<Vec<u8>, Error>;

    /// Reads what [`write_payload`](Codec::write_payload) wrote. `body` isn't empty.
    ///
    /// # Errors
    /// If the bytes aren't such a document.
    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error>;
}

/// Which members of a structure a document has. A stream of events is never part of one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    /// All of them.
    Whole,
    /// Those of an HTTP message that aren't [bound](Member::is_bound) to another place in it.
    Unbound,
    /// The same, written in the order of their names: so official clients write the document of a request.
    UnboundByName,
    /// Those of an event that aren't [bound](Member::is_event_bound) to another place in it.
    Event,
}

impl Part {
    /// Whether the member is one of them.
    #[inline]
    #[must_use]
    pub fn has(self, member: &Member) -> bool {
        let is_elsewhere = match self {
            Self::Whole => false,
            Self::Unbound | Self::UnboundByName => member.is_bound(),
            Self::Event => member.is_event_bound(),
        };
        !is_elsewhere && !member.is_event_stream()
    }

    /// Writes those members of a structure that it has and that are set, `all` of them or without those
    /// that are what the service takes them for anyway.
    #[inline]
    pub(crate) fn write(
        self,
        structure: &dyn Structure,
        all: bool,
        mut write: impl FnMut(&'static Member, Ref<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let members = structure.schema().members();
        let order = (self == Self::UnboundByName).then(|| by_name(structure));
        for position in 0..order.as_ref().map_or(members.len(), Vec::len) {
            let index = order.as_ref().map_or(position, |order| order[position].1);
            let (member, value) = (&members[index], structure.member(index).get());
            let left_out = matches!(value, Ref::Unset) || !all && member.is_default(value);
            if !left_out && self.has(member) {
                write(member, value).map_err(|error| error.in_member(member.name()))?;
            }
        }
        Ok(())
    }
}

/// The positions of the members that are set, in the order of their names; before each, how its name begins.
fn by_name(structure: &dyn Structure) -> Vec<(u64, usize)> {
    // As a number, the first bytes tell most names apart, and numbers are quick to compare.
    let start = |name: &str| {
        let mut start = [0; 8];
        let length = name.len().min(start.len());
        start[..length].copy_from_slice(&name.as_bytes()[..length]);
        u64::from_be_bytes(start)
    };
    let members = structure.schema().members();
    let mut order = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        if !matches!(structure.member(index).get(), Ref::Unset) {
            order.push((start(member.name()), index));
        }
    }
    order.sort_unstable_by(|(a, first), (b, second)| {
        a.cmp(b).then_with(|| members[*first].name().cmp(members[*second].name()))
    });
    order
}

/// How deeply shapes may nest in what is read: each structure, union, list and map takes a level. The official SDK
/// stops here too.
pub const MAX_DEPTH: usize = 128;

/// How deep a reader is in what it reads.
#[derive(Clone, Copy, Debug, Default)]
struct Depth(usize);

impl Depth {
    /// One level further in, at this offset.
    #[inline]
    fn enter(&mut self, offset: usize) -> Result<(), Error> {
        if self.0 >= MAX_DEPTH {
            return Err(too_deep(offset));
        }
        self.0 += 1;
        Ok(())
    }

    /// One level out again.
    #[inline]
    fn leave(&mut self) {
        self.0 -= 1;
    }
}

#[cold]
fn too_deep(offset: usize) -> Error {
    Error::new("nested too deeply").at(offset)
}

/// The variant that a union holds, and its value.
pub(crate) fn variant(union: &dyn Union) -> Result<(&'static Member, Ref<'_>), Error> {
    let schema = union.schema();
    let variant = union.variant();
    match variant.and_then(|(index, value)| Some((schema.members().get(index)?, value))) {
        Some((member, value)) => Ok((member, value.get())),
        None => Err(Error::new(format!(
            "the `Unknown` variant of `{}` can't be sent: it stands for values from a newer service",
            schema.type_name()
        ))),
    }
}

/// Whether the entry of a union with this key, at this offset, is its variant, of which there is one. In another a service
/// may say which shape it sends.
fn is_variant(key: &str, offset: usize, found: &mut bool) -> Result<bool, Error> {
    if key == "__type" {
        return Ok(false);
    }
    if std::mem::replace(found, true) { Err(second_variant(offset)) } else { Ok(true) }
}

#[cold]
fn second_variant(offset: usize) -> Error {
    Error::new("more than one variant of a union is set").at(offset)
}

#[cold]
fn no_variant() -> Error {
    Error::new("no variant of a union is set")
}

/// The word for a float that no digits stand for.
#[inline]
pub(crate) fn float_word(value: f64) -> Option<&'static str> {
    match value {
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        value if value.is_nan() => Some("NaN"),
        _ => None,
    }
}

/// A float as text: digits, or a word.
#[cfg(any(feature = "rest", feature = "query", feature = "xml"))]
pub(crate) fn float_text<T: ryu::Float + Into<f64>>(value: T, buffer: &mut ryu::Buffer) -> &str {
    match float_word(value.into()) {
        Some(word) => word,
        None => buffer.format_finite(value),
    }
}

/// Whether text that was read as this float is what [`float_text`] may write: a number beyond the range of its type is
/// read as infinite.
#[cfg(any(feature = "rest", feature = "xml"))]
pub(crate) fn is_float_text(text: &str, value: f64) -> bool {
    value.is_finite() || float_word(value) == Some(text)
}

/// The whole number that a float is. Beyond 2^53 it no longer says which one was meant.
pub(crate) fn whole(value: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
    (value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0).then_some(value as i64)
}

/// The first second of the year 1, before which neither text format can name a moment.
const YEAR_ONE: i64 = -62_135_596_800;

/// The timestamp as text of this format.
pub(crate) fn format_timestamp(value: &DateTime, format: Format) -> Result<String, Error> {
    if format != Format::EpochSeconds && value.secs() < YEAR_ONE {
        return Err(Error::new("the timestamp lies before the year 1"));
    }
    value.fmt(format).map_err(|error| Error::new("the timestamp can't be written").caused_by(error))
}

/// Why a stream of events can't be a value in a document.
#[cold]
pub(crate) fn event_stream_in_a_document() -> Error {
    Error::new("a stream of events is no part of a document, and this protocol has no other place")
}

/// The bytes of a stream that lies in memory.
pub(crate) fn buffered(stream: &ByteStream) -> Result<&[u8], Error> {
    stream.bytes().ok_or_else(|| {
        Error::new("the stream isn't in memory: send it with `Operation::into_request`")
    })
}
