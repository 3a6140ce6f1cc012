//! XML, as [Smithy binds shapes to it](https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings)
//! and as REST XML, AWS Query and EC2 Query use it. It must not know HTTP or any shape.
//!
//! Reading takes hostile input: nesting is limited, nothing panics, document type declarations and
//! entities beyond the predefined ones are refused, and an error says where in the bytes and in which
//! member it happened.

mod head;
mod out;
mod read;
mod scan;
#[cfg(test)]
mod tests;
mod write;

pub use head::{error_head, is_root};
pub use read::{read_at, read_part_at, read_unwrapped};
pub use write::{Writer, write_unwrapped};

pub use super::MAX_DEPTH;
use super::{Codec, Part};
use crate::error::Error;
use crate::schema::{Member, Schema, XmlNamespace};
use crate::value::{Ref, Slot, Structure, Value};

/// In a path of element names: an element of any name.
pub const ANY: &str = "*";

/// XML as the document that a message's body or payload holds.
///
/// The root element of a structure is called as its `@xmlName` says or as the structure. Reading
/// insists on that name; [`read_at`] with [`ANY`] doesn't.
#[derive(Clone, Copy, Debug)]
pub struct Xml;

impl Codec for Xml {
    fn media_type(&self) -> &'static str {
        "application/xml"
    }

    fn write(
        &self,
        structure: &dyn Structure,
        part: Part,
        namespace: Option<XmlNamespace>,
    ) -> Result<Vec<u8>, Error> {
        let schema = structure.schema();
        let (name, namespace) = (shape_name(schema), schema.modeled_xml_namespace().or(namespace));
        let mut writer = Writer::new();
        writer.start_structure(name, namespace, structure, part)?;
        writer.members(structure, part)?;
        writer.end(name);
        Ok(writer.into_bytes())
    }

    fn read(&self, body: &[u8], part: Part, structure: &mut dyn Structure) -> Result<(), Error> {
        read_part_at(body, &[shape_name(structure.schema())], part, structure)
    }

    fn write_payload(
        &self,
        member: &'static Member,
        value: Ref<'_>,
        namespace: Option<XmlNamespace>,
    ) -> Result<Vec<u8>, Error> {
        let schema = match value {
            Ref::Structure(structure) => Some(structure.schema()),
            Ref::Union(union) => Some(union.schema()),
            _ => None,
        };
        let modeled = schema.and_then(Schema::modeled_xml_namespace);
        let namespace = member.xml_namespace().or(modeled).or(namespace);
        let mut writer = Writer::new();
        writer.element(payload_name(member, schema), namespace, member, value)?;
        Ok(writer.into_bytes())
    }

    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        let schema = match value.slot() {
            Slot::Structure(structure) => Some(structure.schema()),
            Slot::Union(union) => Some(union.schema()),
            _ => None,
        };
        read::read_value(body, payload_name(member, schema), member, value)
    }
}

/// The name of the element that stands for a structure or union on its own.
fn shape_name(schema: &Schema) -> &'static str {
    schema.modeled_xml_name().unwrap_or_else(|| schema.name())
}

/// The name of the root element of a payload: as the member's `@xmlName` says, or else that of the
/// structure or union with this schema, or else of any other member's element.
fn payload_name(member: &Member, schema: Option<&Schema>) -> &'static str {
    match (member.modeled_xml_name(), schema) {
        (None, Some(schema)) => shape_name(schema),
        _ => element_name(member),
    }
}

/// The name of the element, or attribute, of a member.
/// See [`@xmlName`](https://smithy.io/2.0/spec/protocol-traits.html#xmlname-trait).
#[inline]
fn element_name(member: &Member) -> &'static str {
    member.modeled_xml_name().unwrap_or(member.name())
}
