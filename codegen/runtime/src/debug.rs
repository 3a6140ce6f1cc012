//! `Debug` for any structure or union, from its schema: the text that a derive would print, with
//! sensitive values redacted. It must not know any format on the wire.

use std::fmt::{Debug, Formatter, Result};

use crate::operation_of::operation_name;
use crate::schema::Member;
use crate::service_error::{AnyError, ServiceError};
use crate::value::{Ref, Structure, Union};

/// What `Debug` prints in the place of a sensitive value.
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// What follows the members of an operation's output.
static REQUEST_ID: Member = Member::new("_request_id", "_request_id").optional();

/// Prints a structure as the official type does.
pub fn structure(structure: &dyn Structure, f: &mut Formatter<'_>) -> Result {
    structure_as(structure.schema().type_name(), structure, f)
}

/// Prints a structure under another name: its builder's.
pub fn structure_as(name: &str, structure: &dyn Structure, f: &mut Formatter<'_>) -> Result {
    let mut fields = f.debug_struct(name);
    let members = structure.schema().members();
    // Where something is redacted, official types don't derive the trait, and show names as they are written.
    let written = members.iter().any(Member::is_sensitive);
    for (index, member) in members.iter().enumerate() {
        let name = if written { member.written_name() } else { member.rust_name() };
        fields.field(name, &Shown { member, value: structure.member(index).get() });
    }
    if let Some(place) = structure.schema().request_id_position() {
        let member = &REQUEST_ID;
        fields.field("_request_id", &Shown { member, value: structure.member(place).get() });
    }
    if let Some((name, value)) = structure.extra() {
        fields.field(name, value);
    }
    fields.finish()
}

/// Prints the builder of a structure, which holds what was given so far.
pub(crate) fn builder(structure: &dyn Structure, f: &mut Formatter<'_>) -> Result {
    structure_as(&format!("{}Builder", structure.schema().type_name()), structure, f)
}

/// Prints a builder that calls the operation of an input, or waits with it.
pub fn fluent_builder<I>(handle: &dyn Debug, input: &dyn Debug, f: &mut Formatter<'_>) -> Result {
    f.debug_struct(&format!("{}FluentBuilder", operation_name::<I>()))
        .field("handle", handle)
        .field("inner", input)
        .field("config_override", &None::<()>)
        .finish()
}

/// Prints a union as `#[derive(Debug)]` would.
pub fn union(union: &dyn Union, f: &mut Formatter<'_>) -> Result {
    match union.variant() {
        Some((index, value)) => match union.schema().members().get(index) {
            Some(member) if is_unit(value.get()) => f.write_str(member.rust_name()),
            Some(member) => {
                let mut variant = f.debug_tuple(member.rust_name());
                variant.field(&Shown { member, value: value.get() }).finish()
            }
            None => f.write_str(union.schema().type_name()),
        },
        None => f.write_str("Unknown"),
    }
}

/// Prints an enum of errors as `#[derive(Debug)]` would.
pub fn error_enum(error: &dyn ServiceError, f: &mut Formatter<'_>) -> Result {
    match error.as_any() {
        AnyError::Modeled(error) => f.debug_tuple(error.schema().type_name()).field(error).finish(),
        AnyError::Unhandled(error) => f.debug_tuple("Unhandled").field(error).finish(),
    }
}

/// Whether the value is that of a variant without a payload.
fn is_unit(value: Ref<'_>) -> bool {
    matches!(value, Ref::Structure(unit) if unit.schema().id() == "smithy.api#Unit")
}

/// What an error structure displays: its name, that of its shape if it is another one, and its message if there
/// is one.
pub fn error(error: &dyn Structure, f: &mut Formatter<'_>) -> Result {
    let schema = error.schema();
    f.write_str(schema.type_name())?;
    if schema.type_name() != schema.name() {
        write!(f, " [{}]", schema.name())?;
    }
    let position = schema.position("message").or_else(|| schema.position("Message"));
    let Some((index, member)) = position.and_then(|i| Some((i, schema.members().get(i)?))) else {
        return Ok(());
    };
    match error.member(index).get() {
        Ref::String(_) if member.is_sensitive() => write!(f, ": {REDACTED}"),
        Ref::String(message) => write!(f, ": {message}"),
        _ => Ok(()),
    }
}

/// The value of a member; an `Option` where the member says so.
struct Shown<'a> {
    member: &'static Member,
    value: Ref<'a>,
}

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.member.is_sensitive() {
            return REDACTED.fmt(f);
        }
        match self.value {
            Ref::Unset => f.write_str("None"),
            value if self.member.is_optional() => {
                f.debug_tuple("Some").field(&Bare { member: self.member, value }).finish()
            }
            value => Bare { member: self.member, value }.fmt(f),
        }
    }
}

/// The value itself.
struct Bare<'a> {
    member: &'static Member,
    value: Ref<'a>,
}

impl Debug for Bare<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.value {
            Ref::Unset => f.write_str("None"),
            Ref::Boolean(value) => value.fmt(f),
            Ref::Byte(value) => value.fmt(f),
            Ref::Short(value) => value.fmt(f),
            Ref::Integer(value) => value.fmt(f),
            Ref::Long(value) => value.fmt(f),
            Ref::Float(value) => value.fmt(f),
            Ref::Double(value) => value.fmt(f),
            Ref::BigInteger(value) => value.fmt(f),
            Ref::BigDecimal(value) => value.fmt(f),
            Ref::String(value) => value.fmt(f),
            Ref::Enum(value) => value.fmt(f),
            Ref::Blob(value) => value.fmt(f),
            Ref::Timestamp(value) => Debug::fmt(value, f),
            Ref::Document(value) => value.fmt(f),
            Ref::Stream(value) => value.fmt(f),
            Ref::EventStream(value) => value.fmt(f),
            Ref::Structure(value) => structure(value, f),
            Ref::Union(value) => union(value, f),
            Ref::List(list) => {
                let member = self.member.element();
                let elements = (0..list.len()).filter_map(|index| list.get(index));
                f.debug_list()
                    .entries(elements.map(|value| Shown { member, value: value.get() }))
                    .finish()
            }
            Ref::Map(map) => {
                let member = self.member.value();
                f.debug_map()
                    .entries(
                        map.keys()
                            .zip(map.entries())
                            .map(|(key, (_, value))| (key, Shown { member, value: value.get() })),
                    )
                    .finish()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;
    use crate::value::Value;

    /// A structure with one text.
    struct One {
        schema: &'static Schema,
        text: Option<String>,
    }

    impl Structure for One {
        fn schema(&self) -> &'static Schema {
            self.schema
        }
        fn member(&self, _index: usize) -> &dyn Value {
            &self.text
        }
        fn member_mut(&mut self, _index: usize) -> &mut dyn Value {
            &mut self.text
        }
    }

    static PLAIN: Schema =
        Schema::new("a#Type", "Type", &[Member::new("type", "r#type").optional()]);
    static SECRET: Schema =
        Schema::new("a#Type", "Type", &[Member::new("type", "r#type").optional().sensitive()]);
    static RENAMED: Schema =
        Schema::new("a#HTTPBusy", "HttpBusy", &[Member::new("message", "message").optional()]);

    struct Shows(fn(&dyn Structure, &mut Formatter<'_>) -> Result, &'static Schema);

    impl Debug for Shows {
        fn fmt(&self, f: &mut Formatter<'_>) -> Result {
            self.0(&One { schema: self.1, text: Some("a".to_owned()) }, f)
        }
    }

    #[test]
    fn names_are_those_of_official_types() {
        assert_eq!(format!("{:?}", Shows(structure, &PLAIN)), "Type { type: Some(\"a\") }");
        let redacted = format!("Type {{ r#type: {REDACTED:?} }}");
        assert_eq!(format!("{:?}", Shows(structure, &SECRET)), redacted);
    }

    #[test]
    fn an_error_displays_the_name_of_its_shape() {
        assert_eq!(format!("{:?}", Shows(error, &RENAMED)), "HttpBusy [HTTPBusy]: a");
        assert_eq!(format!("{:?}", Shows(error, &PLAIN)), "Type");
    }
}
