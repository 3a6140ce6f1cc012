//! JSON, as the AWS JSON and REST JSON protocols use it. It must not know HTTP or any shape.
//!
//! Reading takes hostile input: nesting is limited, nothing panics, and an error says where in the
//! bytes and in which member it happened.

mod out;
mod read;
mod scan;
mod write;

pub use read::{Reader, read, read_part, read_value};
pub use scan::Scanner;
pub use write::{Writer, write, write_part, write_value};

use aws_smithy_types::date_time::Format;

pub use super::MAX_DEPTH;
use super::{Codec, Part};
use crate::error::Error;
use crate::schema::{Member, XmlNamespace};
use crate::value::{Ref, Structure, Value};

/// What differs between the protocols that speak JSON.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Whether `@jsonName` gives a member its key; otherwise its own name does.
    pub json_names: bool,
    /// The format of a timestamp without `@timestampFormat`, or of every timestamp.
    pub timestamps: Format,
    /// Whether `@timestampFormat` counts.
    pub timestamp_formats: bool,
    /// How bytes are written.
    pub blobs: Blobs,
    /// Whether defaults are written that needn't be sent.
    pub defaults: bool,
}

/// How the bytes of a blob become a JSON string.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Blobs {
    /// As base64.
    Base64,
    /// As they are, if they are UTF-8.
    Text,
}

impl Settings {
    /// Those of [AWS JSON 1.0 and 1.1](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).
    pub const AWS_JSON: Self = Self {
        json_names: false,
        timestamps: Format::EpochSeconds,
        timestamp_formats: true,
        blobs: Blobs::Base64,
        defaults: false,
    };

    /// Those of [restJson1](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).
    pub const REST_JSON: Self = Self { json_names: true, ..Self::AWS_JSON };

    /// Those of a shape as a document: Smithy member names, base64, seconds since 1970.
    pub const DOCUMENT: Self = Self { timestamp_formats: false, defaults: true, ..Self::AWS_JSON };

    /// Those of the parameters of
    /// [protocol tests](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html#parameter-format):
    /// a document with the bytes of blobs as text.
    pub const TEST_PARAMETERS: Self = Self { blobs: Blobs::Text, ..Self::DOCUMENT };

    fn key(&self, member: &Member) -> &'static str {
        match member.modeled_json_name() {
            Some(name) if self.json_names => name,
            _ => member.name(),
        }
    }

    fn timestamp(&self, member: &Member) -> Format {
        match member.timestamp_format() {
            Some(format) if self.timestamp_formats => format,
            _ => self.timestamps,
        }
    }
}

/// JSON as the document that a message's body or payload holds.
#[derive(Debug)]
pub struct Json(pub Settings);

impl Codec for Json {
    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn write(
        &self,
        structure: &dyn Structure,
        part: Part,
        _namespace: Option<XmlNamespace>,
    ) -> Result<Vec<u8>, Error> {
        write_part(structure, self.0, part)
    }

    fn read(&self, body: &[u8], part: Part, structure: &mut dyn Structure) -> Result<(), Error> {
        read_part(body, self.0, structure, part)
    }

    fn write_payload(
        &self,
        member: &'static Member,
        value: Ref<'_>,
        _namespace: Option<XmlNamespace>,
    ) -> Result<Vec<u8>, Error> {
        write_value(member, value, self.0)
    }

    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        read_value(body, self.0, member, value)
    }
}
