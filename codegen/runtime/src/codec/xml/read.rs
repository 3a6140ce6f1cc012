//! Reads XML into any shape, in place. It must not know protocols.

use std::borrow::Cow;

use super::scan::{Scanner, Tag, is_called};
use super::{ANY, element_name};
use crate::codec::{self, Depth, Part, simple};
use crate::error::Error;
use crate::schema::Member;
use crate::value::{List, Map, Slot, Structure, Union, Value, correct};

/// Reads the members of a structure from the element at the end of a path of element names, which
/// begins with that of the root element: `["FooResponse", "FooResult"]`. [`ANY`] stands for any name.
///
/// Elements may come in any order. Those the schema doesn't have are skipped, of a simple value, list or
/// map that comes twice the last one counts, and missing `@required` members are filled in
/// ([client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)).
/// An empty body stands for no members.
///
/// # Errors
/// If the bytes aren't such a document: the root element has another name, or an inner one of the path is missing.
pub fn read_at(body: &[u8], path: &[&str], structure: &mut dyn Structure) -> Result<(), Error> {
    read_part_at(body, path, Part::Whole, structure)
}

/// The same for part of a structure: elements of members that lie elsewhere are skipped like unknown
/// ones.
///
/// # Errors
/// As for [`read_at`].
pub fn read_part_at(
    body: &[u8],
    path: &[&str],
    part: Part,
    structure: &mut dyn Structure,
) -> Result<(), Error> {
    let found = inside(body, path, |scanner, tag| {
        let mut reader = Reader { scanner, depth: Depth::default() };
        reader.structure(tag, structure, part)
    })?;
    match found {
        Some(()) => Ok(()),
        None if is_blank(body) => {
            correct(structure);
            Ok(())
        }
        None => Err(Error::new(format!("expected the element `{}`, found none", path.join("/")))),
    }
}

/// Whether there is no document at all.
fn is_blank(body: &[u8]) -> bool {
    body.trim_ascii().is_empty()
}

/// Reads a document whose root element is that of the structure's one member that isn't bound to
/// another place, without an element for the structure
/// ([`@s3UnwrappedXmlOutput`](https://smithy.io/2.0/aws/customizations/s3-customizations.html#aws-customizations-s3unwrappedxmloutput-trait)).
/// An empty body stands for no member.
///
/// # Errors
/// If the bytes aren't such a document, or the root element isn't that of a member.
pub fn read_unwrapped(body: &[u8], structure: &mut dyn Structure) -> Result<(), Error> {
    inside(body, &[ANY], |scanner, tag| {
        let mut reader = Reader { scanner, depth: Depth::default() };
        let members = structure.schema().members();
        let Some((index, member)) = position(members, 0, tag.name(), Part::Unbound) else {
            let message = format!("the root element `{}` isn't a member's", tag.shown_name());
            return Err(Error::new(message).at(reader.scanner.offset()));
        };
        reader.member(tag, member, structure.member_mut(index))
    })?;
    correct(structure);
    Ok(())
}

/// Reads a document whose root element, `name`, is the value of a member.
pub(super) fn read_value(
    body: &[u8],
    name: &str,
    member: &'static Member,
    value: &mut dyn Value,
) -> Result<(), Error> {
    let mut scanner = Scanner::new(body)?;
    let root = scanner.root(name)?;
    Reader { scanner: &mut scanner, depth: Depth::default() }.value(&root, member, value)?;
    scanner.end()
}

/// Runs `read` in the first element at the end of the path, if there is one, and reads on to the end
/// of the document.
pub(super) fn inside<'a, T>(
    body: &'a [u8],
    path: &[&str],
    read: impl FnOnce(&mut Scanner<'a>, &Tag<'a>) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let Some((root, path)) = path.split_first() else {
        return Err(Error::new("a path that names no root element"));
    };
    if is_blank(body) {
        return Ok(None);
    }
    let mut scanner = Scanner::new(body)?;
    let mut tag = scanner.root(root)?;
    let mut depth = 0;
    for name in path {
        match find(&mut scanner, name)? {
            Some(found) => tag = found,
            None => {
                // The search for it has read to the end of the element around it.
                leave(&mut scanner, depth)?;
                return Ok(None);
            }
        }
        depth += 1;
    }
    let result = read(&mut scanner, &tag)?;
    leave(&mut scanner, depth)?;
    Ok(Some(result))
}

/// Steps into the first child of this name.
fn find<'a>(scanner: &mut Scanner<'a>, name: &str) -> Result<Option<Tag<'a>>, Error> {
    while let Some(tag) = scanner.child()? {
        if tag.is(name) {
            return Ok(Some(tag));
        }
        scanner.skip()?;
    }
    Ok(None)
}

/// Steps out of this many elements, and expects that the document ends then.
fn leave(scanner: &mut Scanner<'_>, depth: usize) -> Result<(), Error> {
    for _ in 0..depth {
        scanner.skip()?;
    }
    scanner.end()
}

/// The member that an element of this name stands for.
#[inline]
fn position(
    members: &'static [Member],
    expected: usize,
    name: &str,
    part: Part,
) -> Option<(usize, &'static Member)> {
    let is = |member: &Member| {
        element_name(member) == name && !member.is_xml_attribute() && part.has(member)
    };
    match members.get(expected) {
        Some(member) if is(member) => Some((expected, member)),
        _ => search(members, expected, name, part),
    }
}

/// The same: first by the whole name, then by the name without its prefix.
fn search(
    members: &'static [Member],
    expected: usize,
    name: &str,
    part: Part,
) -> Option<(usize, &'static Member)> {
    let find = |name: &str| {
        let is = |(_, member): &(usize, &'static Member)| {
            element_name(member) == name && !member.is_xml_attribute() && part.has(member)
        };
        // Members that are absent are passed over, so what comes is likely not far behind.
        let members = || members.iter().enumerate();
        members().skip(expected).find(is).or_else(|| members().take(expected).find(is))
    };
    find(name).or_else(|| find(name.split_once(':')?.1))
}

/// Reads elements into shapes.
#[derive(Debug)]
struct Reader<'s, 'a> {
    scanner: &'s mut Scanner<'a>,
    depth: Depth,
}

impl<'a> Reader<'_, 'a> {
    /// Runs `read` one level further in.
    #[inline]
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        self.depth.enter(self.scanner.offset())?;
        let result = read(self);
        self.depth.leave();
        result
    }

    fn structure(
        &mut self,
        tag: &Tag<'a>,
        structure: &mut dyn Structure,
        part: Part,
    ) -> Result<(), Error> {
        let schema = structure.schema();
        if schema.has_xml_attributes() && tag.has_attributes() {
            self.attributes(tag, structure, part)?;
        }
        let members = schema.members();
        // Services write members in an order of their own, but the same one each time and mostly
        // the model's: the member after the last one found is tried first.
        let mut expected = 0;
        while let Some(child) = self.scanner.child()? {
            match position(members, expected, child.name(), part) {
                Some((index, member)) => {
                    expected = index + usize::from(!member.is_xml_flattened());
                    self.member(&child, member, structure.member_mut(index))?;
                }
                None => self.scanner.skip()?,
            }
        }
        correct(structure);
        Ok(())
    }

    /// See [`@xmlAttribute`](https://smithy.io/2.0/spec/protocol-traits.html#xmlattribute-trait).
    fn attributes(
        &self,
        tag: &Tag<'_>,
        structure: &mut dyn Structure,
        part: Part,
    ) -> Result<(), Error> {
        let start = self.scanner.offset();
        let members = structure.schema().members();
        tag.attributes(|name, text| {
            let found = members.iter().enumerate().find(|(_, member)| {
                member.is_xml_attribute()
                    && is_called(name, element_name(member))
                    && part.has(member)
            });
            let Some((index, member)) = found else { return Ok(()) };
            simple::read(text, member, structure.member_mut(index).slot())
                .map_err(|error| error.in_member(member.name()))
        })
        .map_err(|error| error.or_at(start))
    }

    /// Reads the element of a member of a structure or union.
    fn member(
        &mut self,
        tag: &Tag<'a>,
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        let result = if member.is_xml_flattened() {
            self.flattened(tag, member, value)
        } else {
            self.value(tag, member, value)
        };
        result.map_err(|error| error.in_member(member.name()))
    }

    /// Reads one of the elements of a flattened list or map.
    /// See [`@xmlFlattened`](https://smithy.io/2.0/spec/protocol-traits.html#xmlflattened-trait).
    fn flattened(
        &mut self,
        tag: &Tag<'a>,
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        match value.slot() {
            Slot::List(list) => self.element(tag, member.element(), list),
            Slot::Map(map) => self.nested(|reader| reader.entry(member, map)),
            _ => self.value(tag, member, value),
        }
    }

    fn value(
        &mut self,
        tag: &Tag<'a>,
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        let start = self.scanner.offset();
        // Conversions know what is wrong, but not where.
        self.slot(tag, member, value.slot()).map_err(|error| error.or_at(start))
    }

    fn slot(
        &mut self,
        tag: &Tag<'a>,
        member: &'static Member,
        slot: Slot<'_>,
    ) -> Result<(), Error> {
        match slot {
            Slot::List(list) => self.nested(|reader| reader.list(member, list)),
            Slot::Map(map) => self.nested(|reader| reader.map(member, map)),
            Slot::Structure(structure) => {
                self.nested(|reader| reader.structure(tag, structure, Part::Whole))
            }
            Slot::Union(union) => self.nested(|reader| reader.union(union)),
            simple => simple::read(self.scanner.text()?, member, simple),
        }
    }

    fn list(&mut self, member: &'static Member, list: &mut dyn List) -> Result<(), Error> {
        let element = member.element();
        let name = element_name(element);
        list.clear();
        while let Some(tag) = self.scanner.child()? {
            if is_called(tag.name(), name) {
                self.element(&tag, element, list)?;
            } else {
                self.scanner.skip()?;
            }
        }
        Ok(())
    }

    fn element(
        &mut self,
        tag: &Tag<'a>,
        element: &'static Member,
        list: &mut dyn List,
    ) -> Result<(), Error> {
        match self.sparse(tag, element, list.push()) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.in_element(list.len().saturating_sub(1))),
        }
    }

    /// Reads an element of a list or a value of a map. Where those may be absent, an element without
    /// text that isn't a value of its type stands for one that is.
    #[inline]
    fn sparse(
        &mut self,
        tag: &Tag<'a>,
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        if !member.is_optional() || has_empty_value(&value.slot()) {
            return self.value(tag, member, value);
        }
        let start = self.scanner.offset();
        let text = self.scanner.text()?;
        if text.trim_ascii().is_empty() {
            value.unset();
            return Ok(());
        }
        simple::read(text, member, value.slot()).map_err(|error| error.or_at(start))
    }

    fn map(&mut self, member: &'static Member, map: &mut dyn Map) -> Result<(), Error> {
        map.clear();
        while let Some(tag) = self.scanner.child()? {
            if tag.is("entry") {
                self.entry(member, map)?;
            } else {
                self.scanner.skip()?;
            }
        }
        Ok(())
    }

    /// Reads an entry of the map that `member` targets: a key and a value, in any order.
    fn entry(&mut self, member: &'static Member, map: &mut dyn Map) -> Result<(), Error> {
        let (key_name, of) = (element_name(member.key()), member.value());
        let value_name = element_name(of);
        let start = self.scanner.offset();
        let mut key: Option<Cow<'a, str>> = None;
        // The value's place, if it came before the key.
        let mut early = None;
        let mut found = false;
        while let Some(tag) = self.scanner.child()? {
            if tag.is(key_name) {
                key = Some(self.scanner.text()?);
            } else if tag.is(value_name) {
                found = true;
                match &key {
                    Some(key) => {
                        early = None;
                        self.sparse(&tag, of, map.insert(key))
                            .map_err(|error| error.in_entry(key))?;
                    }
                    None => {
                        early = Some((tag, self.scanner.clone()));
                        self.scanner.skip()?;
                    }
                }
            } else {
                self.scanner.skip()?;
            }
        }
        let Some(key) = key else {
            return Err(Error::new(format!("an entry without `{key_name}`")).at(start));
        };
        if let Some((tag, mut scanner)) = early {
            let mut reader = Reader { scanner: &mut scanner, depth: self.depth };
            reader.sparse(&tag, of, map.insert(&key)).map_err(|error| error.in_entry(&key))?;
        } else if !found {
            let message = format!("an entry without `{value_name}`");
            return Err(Error::new(message).at(start).in_entry(&key));
        }
        Ok(())
    }

    /// Reads an element with one child, the variant. Of several that the schema has the last one counts,
    /// as it does for other elements that come twice.
    fn union(&mut self, union: &mut dyn Union) -> Result<(), Error> {
        let members = union.schema().members();
        let mut next = self.scanner.child()?;
        if next.is_none() {
            return Err(codec::no_variant());
        }
        while let Some(tag) = next {
            let position = |tag: &Tag<'_>| position(members, 0, tag.name(), Part::Whole);
            let found = position(&tag);
            match found.and_then(|(index, member)| Some((index, member, union.select(index)?))) {
                Some((index, member, value)) => {
                    self.member(&tag, member, value)?;
                    next = self.scanner.child()?;
                    // The elements of a flattened list or map are one variant.
                    while member.is_xml_flattened()
                        && let Some(tag) = &next
                        && position(tag).is_some_and(|(found, _)| found == index)
                    {
                        self.member(tag, member, value)?;
                        next = self.scanner.child()?;
                    }
                }
                None => {
                    self.scanner.skip()?;
                    next = self.scanner.child()?;
                }
            }
        }
        Ok(())
    }
}

/// Whether an element without text is a value of its type.
fn has_empty_value(slot: &Slot<'_>) -> bool {
    match slot {
        Slot::String(_)
        | Slot::Enum(_)
        | Slot::Blob(_)
        | Slot::Stream(_)
        | Slot::List(_)
        | Slot::Map(_)
        | Slot::Structure(_)
        | Slot::Union(_) => true,
        Slot::Boolean(_)
        | Slot::Byte(_)
        | Slot::Short(_)
        | Slot::Integer(_)
        | Slot::Long(_)
        | Slot::Float(_)
        | Slot::Double(_)
        | Slot::BigInteger(_)
        | Slot::BigDecimal(_)
        | Slot::Timestamp(_)
        | Slot::EventStream(_)
        | Slot::Document(_) => false,
    }
}
