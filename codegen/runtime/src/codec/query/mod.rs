//! Forms (`application/x-www-form-urlencoded`), as the query protocols use them: a structure is a flat
//! list of `path.to.member=value`. It must not know HTTP, actions or any shape.
//!
//! Reading takes hostile input: nothing is allocated by an index that a key only claims, nesting is
//! limited, nothing panics, and an error says where in the bytes and in which member it happened.
//!
//! What a form can't say: a structure without members that are set leaves nothing behind, in a list a
//! gap in the numbering; nor does an empty map, and an empty list only in [`Dialect::Aws`].

mod form;
mod read;
mod write;

pub use form::Form;
pub use write::Writer;

use std::borrow::Cow;

pub use super::MAX_DEPTH;
use crate::schema::Member;

/// What differs between the two query protocols.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Dialect {
    /// [awsQuery](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html): names are those of XML,
    /// and lists and maps have a name between their own and the index unless they are flattened.
    Aws,
    /// [ec2Query](https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html): names start with a
    /// capital unless `@ec2QueryName` gives another, lists are always flattened, maps don't exist.
    Ec2,
}

impl Dialect {
    /// The part of a key that stands for this member of a structure or union. See query key
    /// resolution of [awsQuery](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#query-key-resolution)
    /// and [ec2Query](https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#query-key-resolution).
    fn name(self, member: &Member) -> Name {
        let name = member.modeled_xml_name().unwrap_or(member.name());
        match self {
            Self::Aws => Name { text: name, capital: false },
            Self::Ec2 => match member.ec2_query_name() {
                Some(name) => Name { text: name, capital: false },
                None => Name { text: name, capital: true },
            },
        }
    }

    /// What stands between the name of a list and the index, if anything does.
    fn list_name(self, member: &Member) -> Option<&'static str> {
        let flattened = self == Self::Ec2 || member.is_xml_flattened();
        let name = || member.element().modeled_xml_name().unwrap_or("member");
        (!flattened).then(name)
    }
}

/// What stands between the name of a map and the index, if anything does.
fn map_name(member: &Member) -> Option<&'static str> {
    (!member.is_xml_flattened()).then_some("entry")
}

/// The names of a map's keys and values.
fn entry_names(member: &Member) -> (&'static str, &'static str) {
    (
        member.key().modeled_xml_name().unwrap_or("key"),
        member.value().modeled_xml_name().unwrap_or("value"),
    )
}

/// A member's name in keys.
#[derive(Clone, Copy)]
struct Name {
    text: &'static str,
    /// Whether the first letter is a capital, whatever `text` has.
    capital: bool,
}

impl Name {
    /// The name in two parts: its first byte, as far as it becomes a capital, and the rest.
    fn parts(self) -> (Option<u8>, &'static [u8]) {
        match self.text.as_bytes() {
            [first, rest @ ..] if self.capital => (Some(first.to_ascii_uppercase()), rest),
            all => (None, all),
        }
    }

    fn is(self, found: &[u8]) -> bool {
        match (self.parts(), found) {
            ((Some(first), rest), [found_first, found_rest @ ..]) => {
                *found_first == first && found_rest == rest
            }
            ((None, all), found) => all == found,
            _ => false,
        }
    }
}

/// Text from a key, for a message.
fn shown(key: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&key[..key.len().min(64)])
}
