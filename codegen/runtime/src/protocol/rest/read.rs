//! From a message to a structure: one pass over the members takes each from where it belongs. It must
//! not know documents.

use http::{HeaderMap, StatusCode};

use super::query::Query;
use super::text::{self, Place};
use super::uri::{self, Labels};
use super::{Rest, headers, payload};
use crate::error::Error;
use crate::operation::View;
use crate::schema::{Binding, Member, Payload};
use crate::value::{Slot, Structure, Value};

/// A message to read from.
#[derive(Debug)]
pub(super) struct Message<'a> {
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
    pub(super) of: Of<'a>,
}

/// What only one kind of message has.
#[derive(Debug)]
pub(super) enum Of<'a> {
    Request { labels: Labels<'a>, query: Query<'a> },
    Response { status: StatusCode },
}

impl<'a> Message<'a> {
    /// The message that is this response.
    pub(super) fn of(response: View<'a>) -> Self {
        let View { status, headers, body } = response;
        Self { headers, body, of: Of::Response { status } }
    }
}

impl Rest {
    /// Reads all members but those in a document. Returns whether there are any of those.
    ///
    /// # Errors
    /// If a member can't be read.
    pub(super) fn read_bound(
        &self,
        message: &Message<'_>,
        structure: &mut dyn Structure,
    ) -> Result<bool, Error> {
        let schema = structure.schema();
        if !schema.has_bound() {
            return Ok(!schema.members().is_empty());
        }
        let mut has_document = false;
        for (index, member) in schema.members().iter().enumerate() {
            match member.binding() {
                Binding::Document => has_document = true,
                binding => self
                    .read_member(message, binding, member, structure.member_mut(index))
                    .map_err(|error| error.in_member(member.name()))?,
            }
        }
        Ok(has_document)
    }

    fn read_member(
        &self,
        message: &Message<'_>,
        binding: Binding,
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        match (binding, &message.of) {
            (Binding::Header(name), of) => {
                let empty_lists = matches!(of, Of::Request { .. });
                headers::read(message.headers, name, member, value, empty_lists)
            }
            (Binding::PrefixHeaders(prefix), _) => {
                headers::read_prefixed(message.headers, prefix, member, value)
            }
            // A request stands for a payload that isn't set as the writer does.
            (Binding::Payload, Of::Request { .. })
                if member.payload() == Some(Payload::Structure)
                    && message.body == self.dialect.unset_structure() =>
            {
                Ok(())
            }
            (Binding::Payload, _) => payload::read(self.codec, member, message.body, value),
            (Binding::Label, Of::Request { labels, .. }) => {
                match labels.iter().find(|(name, _)| *name == member.name()) {
                    Some((_, label)) => {
                        text::read(&uri::unescape(label)?, member, Place::Uri, value.slot())
                    }
                    None => Ok(()),
                }
            }
            (Binding::Query(key), Of::Request { query, .. }) => query.read(key, member, value),
            (Binding::QueryParams, Of::Request { query, .. }) => query.read_params(member, value),
            (Binding::ResponseCode, Of::Response { status }) => match value.slot() {
                Slot::Integer(code) => {
                    *code = i32::from(status.as_u16());
                    Ok(())
                }
                _ => Err(Error::new("only an integer can be a status code")),
            },
            // Those of the other direction.
            _ => Ok(()),
        }
    }
}
