//! What a shape says of itself, as `static` plain data: names, and the traits that a codec or a
//! protocol needs. It must not know how any format writes them.

use aws_smithy_types::date_time::Format;

/// A structure or union: its shape ID and its members, in the model's order.
///
/// A schema is `static` data without drop glue, cells or functions, so it costs a program that
/// doesn't use it nothing but the bytes.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    id: &'static str,
    type_name: &'static str,
    members: &'static [Member],
    has_corrected: bool,
}

impl Schema {
    /// The schema of the shape with the absolute shape ID `id` (`namespace#Name`), whose Rust type
    /// is called `type_name`.
    pub const fn new(
        id: &'static str,
        type_name: &'static str,
        members: &'static [Member],
    ) -> Self {
        let mut has_corrected = false;
        let mut index = 0;
        while index < members.len() {
            has_corrected |= members[index].is_corrected();
            index += 1;
        }
        Self { id, type_name, members, has_corrected }
    }

    /// Whether some member [is corrected](Member::is_corrected).
    pub const fn has_corrected(&self) -> bool {
        self.has_corrected
    }

    /// The absolute [shape ID](https://smithy.io/2.0/spec/model.html#shape-id), `namespace#Name`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The shape's name without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// The name of the Rust type, as `Debug` prints it.
    pub const fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// The members, in the order in which [`Structure::member`](crate::Structure::member) counts.
    pub const fn members(&self) -> &'static [Member] {
        self.members
    }

    /// The position of the member with this Smithy name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }
}

/// A member of a structure, union, list or map.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    name: &'static str,
    rust_name: &'static str,
    json_name: Option<&'static str>,
    of: &'static [Member],
    timestamp_format: Option<Format>,
    flags: u8,
}

const OPTIONAL: u8 = 1;
const SENSITIVE: u8 = 1 << 1;
const CORRECTED: u8 = 1 << 2;

/// The member of a list or map that has no traits of its own.
const PLAIN: &Member = &Member::new("member", "");

impl Member {
    /// A member with its Smithy name and the name of the Rust field or variant.
    pub const fn new(name: &'static str, rust_name: &'static str) -> Self {
        Self { name, rust_name, json_name: None, of: &[], timestamp_format: None, flags: 0 }
    }

    /// The Rust type is an `Option`. On the element of a list or the value of a map:
    /// [`@sparse`](https://smithy.io/2.0/spec/type-refinement-traits.html#sparse-trait).
    pub const fn optional(mut self) -> Self {
        self.flags |= OPTIONAL;
        self
    }

    /// The value, or what it is made of, is
    /// [`@sensitive`](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait).
    pub const fn sensitive(mut self) -> Self {
        self.flags |= SENSITIVE;
        self
    }

    /// `@required`, yet an `Option` in Rust: where a response lacks it, the reader fills it in
    /// ([client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)).
    pub const fn corrected(mut self) -> Self {
        self.flags |= CORRECTED;
        self
    }

    /// The key of a JSON object that stands for this member where the protocol honours
    /// [`@jsonName`](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait).
    pub const fn json_name(mut self, name: &'static str) -> Self {
        self.json_name = Some(name);
        self
    }

    /// The member's [`@timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait).
    pub const fn timestamp(mut self, format: Format) -> Self {
        self.timestamp_format = Some(format);
        self
    }

    /// For a list its `member`, for a map its `key` and `value`; needed only if they carry something.
    pub const fn of(mut self, members: &'static [Member]) -> Self {
        self.of = members;
        self
    }

    /// The Smithy member name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The Rust field's or variant's name, as `Debug` prints it.
    pub fn rust_name(&self) -> &'static str {
        self.rust_name.strip_prefix("r#").unwrap_or(self.rust_name)
    }

    /// The `@jsonName`, if there is one.
    pub const fn modeled_json_name(&self) -> Option<&'static str> {
        self.json_name
    }

    /// The `@timestampFormat` of the member or its target, if there is one.
    pub const fn timestamp_format(&self) -> Option<Format> {
        self.timestamp_format
    }

    /// Whether the Rust type is an `Option`.
    pub const fn is_optional(&self) -> bool {
        self.flags & OPTIONAL != 0
    }

    /// Whether `Debug` redacts the value.
    pub const fn is_sensitive(&self) -> bool {
        self.flags & SENSITIVE != 0
    }

    /// Whether an absent value is filled in after reading.
    pub const fn is_corrected(&self) -> bool {
        self.flags & CORRECTED != 0
    }

    /// The `member` of the list that this member targets.
    pub fn element(&self) -> &'static Member {
        self.of.first().unwrap_or(PLAIN)
    }

    /// The `key` of the map that this member targets.
    pub fn key(&self) -> &'static Member {
        self.element()
    }

    /// The `value` of the map that this member targets.
    pub fn value(&self) -> &'static Member {
        self.of.get(1).unwrap_or(PLAIN)
    }
}
