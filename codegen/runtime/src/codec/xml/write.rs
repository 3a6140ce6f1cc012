//! Writes any shape as XML. It must not know protocols.

use aws_smithy_types::base64;

use super::element_name;
use super::out::Out;
use crate::codec::{self, Part, simple};
use crate::error::Error;
use crate::schema::{Member, XmlNamespace};
use crate::value::{List, Map, Ref, Structure, Union};

/// The element of a structure's one member that isn't bound to another place, as a whole document
/// without an element for the structure
/// ([`@s3UnwrappedXmlOutput`](https://smithy.io/2.0/aws/customizations/s3-customizations.html#aws-customizations-s3unwrappedxmloutput-trait)).
/// Its namespace is that of the member, or of the structure, or else `namespace`. Where the member is
/// absent, nothing is written.
///
/// # Errors
/// If a value can't be written, or there is more than one.
pub fn write_unwrapped(
    structure: &dyn Structure,
    namespace: Option<XmlNamespace>,
) -> Result<Vec<u8>, Error> {
    let schema = structure.schema();
    let namespace = schema.modeled_xml_namespace().or(namespace);
    let mut writer = Writer::new();
    for (index, member) in schema.members().iter().enumerate() {
        let value = structure.member(index).get();
        if matches!(value, Ref::Unset) || member.is_bound() {
            continue;
        }
        if !writer.out.is_empty() {
            return Err(Error::new(
                "a second member, which an unwrapped document has no place for",
            )
            .in_member(member.name()));
        }
        writer
            .element(element_name(member), member.xml_namespace().or(namespace), member, value)
            .map_err(|error| error.in_member(member.name()))?;
    }
    Ok(writer.into_bytes())
}

/// Writes XML, for documents that hold more than a structure: each [`start`](Writer::start) needs its
/// [`end`](Writer::end).
///
/// ```
/// # use tinsmith_runtime::codec::xml::Writer;
/// let mut writer = Writer::new();
/// writer.start("FooResponse", None);
/// writer.text_element("RequestId", "a & b")?;
/// writer.end("FooResponse");
/// assert_eq!(
///     writer.into_bytes(),
///     b"<FooResponse><RequestId>a &amp; b</RequestId></FooResponse>"
/// );
/// # Ok::<(), tinsmith_runtime::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer {
    out: Out,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// A writer of nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { out: Out::new() }
    }

    /// What has been written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    /// Starts an element. The name must be one that XML allows.
    pub fn start(&mut self, name: &str, namespace: Option<XmlNamespace>) {
        self.open(name, namespace);
        self.out.push(b'>');
    }

    /// Starts the element of part of a structure, with those members that are attributes.
    ///
    /// # Errors
    /// If a value can't be written.
    pub fn start_structure(
        &mut self,
        name: &str,
        namespace: Option<XmlNamespace>,
        structure: &dyn Structure,
        part: Part,
    ) -> Result<(), Error> {
        self.open(name, namespace);
        self.attributes(structure, part)?;
        self.out.push(b'>');
        Ok(())
    }

    /// Writes the elements of the members that are set, in the schema's order. Members that are
    /// attributes are not among them: [`start_structure`](Writer::start_structure) writes those.
    ///
    /// # Errors
    /// If a value can't be written.
    pub fn members(&mut self, structure: &dyn Structure, part: Part) -> Result<(), Error> {
        part.write(structure, false, |member, value| {
            if member.is_xml_attribute() { Ok(()) } else { self.member(member, value) }
        })
    }

    /// Writes an element that holds this text.
    ///
    /// # Errors
    /// If the text has a character that XML can't hold.
    pub fn text_element(&mut self, name: &str, text: &str) -> Result<(), Error> {
        self.start(name, None);
        self.out.text(text)?;
        self.end(name);
        Ok(())
    }

    /// Ends an element.
    pub fn end(&mut self, name: &str) {
        self.out.end(name);
    }

    /// The start of an element up to where attributes may follow.
    #[inline]
    fn open(&mut self, name: &str, namespace: Option<XmlNamespace>) {
        self.out.push(b'<');
        self.out.raw(name);
        if let Some(namespace) = namespace {
            self.namespace(namespace);
        }
    }

    fn namespace(&mut self, namespace: XmlNamespace) {
        self.out.raw(" xmlns");
        if let Some(prefix) = namespace.prefix {
            self.out.push(b':');
            self.out.raw(prefix);
        }
        self.out.raw("=\"");
        self.out.uri(namespace.uri);
        self.out.push(b'"');
    }

    /// See [`@xmlAttribute`](https://smithy.io/2.0/spec/protocol-traits.html#xmlattribute-trait).
    fn attributes(&mut self, structure: &dyn Structure, part: Part) -> Result<(), Error> {
        let schema = structure.schema();
        if !schema.has_xml_attributes() {
            return Ok(());
        }
        for (index, member) in schema.members().iter().enumerate() {
            let value = structure.member(index).get();
            if matches!(value, Ref::Unset) || !member.is_xml_attribute() || !part.has(member) {
                continue;
            }
            self.out.push(b' ');
            self.out.raw(element_name(member));
            self.out.raw("=\"");
            self.content(member, value).map_err(|error| error.in_member(member.name()))?;
            self.out.push(b'"');
        }
        Ok(())
    }

    /// The element, or elements, of a member of a structure or union.
    fn member(&mut self, member: &'static Member, value: Ref<'_>) -> Result<(), Error> {
        let name = element_name(member);
        let namespace = member.xml_namespace();
        match value {
            Ref::List(list) if member.is_xml_flattened() => {
                let element = member.element();
                self.list(name, namespace.or(element.xml_namespace()), element, list)
            }
            Ref::Map(map) if member.is_xml_flattened() => self.map(name, namespace, member, map),
            value => self.element(name, namespace, member, value),
        }
    }

    /// An element that holds a value.
    pub(super) fn element(
        &mut self,
        name: &str,
        namespace: Option<XmlNamespace>,
        member: &'static Member,
        value: Ref<'_>,
    ) -> Result<(), Error> {
        self.open(name, namespace);
        if let Ref::Structure(structure) = value {
            self.attributes(structure, Part::Whole)?;
        }
        self.out.push(b'>');
        self.content(member, value)?;
        self.out.end(name);
        Ok(())
    }

    /// What stands in the element, or attribute, of a value.
    fn content(&mut self, member: &'static Member, value: Ref<'_>) -> Result<(), Error> {
        match value {
            // An absent element of a sparse list: its place is kept by an element without content.
            Ref::Unset => {}
            Ref::Boolean(value) => self.out.raw(if value { "true" } else { "false" }),
            Ref::Byte(value) => self.integer(value.into()),
            Ref::Short(value) => self.integer(value.into()),
            Ref::Integer(value) => self.integer(value.into()),
            Ref::Long(value) => self.integer(value),
            Ref::Float(value) => self.float(value),
            Ref::Double(value) => self.float(value),
            Ref::BigInteger(value) => self.out.text(value.as_ref())?,
            Ref::BigDecimal(value) => self.out.text(value.as_ref())?,
            Ref::String(value) => self.out.text(value)?,
            Ref::Enum(value) => self.out.text(value.as_str())?,
            Ref::Blob(value) => self.out.raw(&base64::encode(value)),
            Ref::Stream(value) => self.out.raw(&base64::encode(codec::buffered(value)?)),
            Ref::Timestamp(value) => {
                let format = member.timestamp_format().unwrap_or(simple::TIMESTAMPS);
                self.out.raw(&codec::format_timestamp(value, format)?);
            }
            Ref::Document(_) => return Err(Error::new("XML has no documents")),
            Ref::EventStream(_) => return Err(codec::event_stream_in_a_document()),
            Ref::Structure(value) => self.members(value, Part::Whole)?,
            Ref::Union(value) => self.union(value)?,
            Ref::List(list) => {
                let element = member.element();
                self.list(element_name(element), element.xml_namespace(), element, list)?;
            }
            Ref::Map(map) => self.map("entry", None, member, map)?,
        }
        Ok(())
    }

    fn integer(&mut self, value: i64) {
        self.out.raw(itoa::Buffer::new().format(value));
    }

    fn float<T: ryu::Float + Into<f64>>(&mut self, value: T) {
        self.out.raw(codec::float_text(value, &mut ryu::Buffer::new()));
    }

    /// The elements of a list, each of this name.
    fn list(
        &mut self,
        name: &str,
        namespace: Option<XmlNamespace>,
        element: &'static Member,
        list: &dyn List,
    ) -> Result<(), Error> {
        for index in 0..list.len() {
            let value = list.get(index).map_or(Ref::Unset, |value| value.get());
            self.element(name, namespace, element, value)
                .map_err(|error| error.in_element(index))?;
        }
        Ok(())
    }

    /// The entries of the map that `member` targets, each in an element of this name.
    fn map(
        &mut self,
        name: &str,
        namespace: Option<XmlNamespace>,
        member: &'static Member,
        map: &dyn Map,
    ) -> Result<(), Error> {
        let (key_member, of) = (member.key(), member.value());
        let (key_name, value_name) = (element_name(key_member), element_name(of));
        let (key_namespace, value_namespace) = (key_member.xml_namespace(), of.xml_namespace());
        for (key, value) in map.entries() {
            self.start(name, namespace);
            self.element(key_name, key_namespace, key_member, Ref::String(key))
                .and_then(|()| self.element(value_name, value_namespace, of, value.get()))
                .map_err(|error| error.in_entry(key))?;
            self.out.end(name);
        }
        Ok(())
    }

    fn union(&mut self, union: &dyn Union) -> Result<(), Error> {
        let (member, value) = codec::variant(union)?;
        self.member(member, value).map_err(|error| error.in_member(member.name()))
    }
}
