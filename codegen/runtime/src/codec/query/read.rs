//! Reads a form into any structure, in place. It must not know protocols.

use std::borrow::Cow;

use super::form::{Form, Pair, Text, sort, twice};
use super::{Dialect, entry_names, map_name, shown};
use crate::codec::{self, Depth, simple};
use crate::error::Error;
use crate::schema::Member;
use crate::value::{List, Map, Slot, Structure, Union, Value, correct};

impl Form<'_> {
    /// Reads the form into a structure.
    ///
    /// Parameters that the schema doesn't have are skipped, and missing `@required` members are
    /// filled in as far as [client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)
    /// does. An empty value stands for an empty list, map or structure.
    ///
    /// # Errors
    /// If a parameter comes twice, a value isn't one of its member's type, or the indexes of a list or
    /// map don't count up from 1.
    pub fn read(mut self, dialect: Dialect, structure: &mut dyn Structure) -> Result<(), Error> {
        let (text, pairs) = self.parts();
        Reader { dialect, depth: Depth::default() }
            .structure(Children::new(text, pairs, 0), structure)
    }
}

/// The pairs whose keys are the same up to `end`, where a part of the key ends. There is at least one.
struct Node<'f> {
    text: &'f Text<'f>,
    pairs: &'f mut [Pair],
    end: usize,
}

/// Pairs whose keys are the same up to `at`, where a part of the key starts; as an iterator, the
/// [`Node`]s of the different parts, in order.
struct Children<'f> {
    text: &'f Text<'f>,
    pairs: &'f mut [Pair],
    at: usize,
}

impl<'f> Children<'f> {
    fn new(text: &'f Text<'f>, pairs: &'f mut [Pair], at: usize) -> Self {
        sort(text, pairs, at);
        Self { text, pairs, at }
    }
}

impl<'f> Iterator for Children<'f> {
    /// The part's text and its pairs.
    type Item = (&'f [u8], Node<'f>);

    fn next(&mut self) -> Option<Self::Item> {
        let (text, at) = (self.text, self.at);
        let name = text.part(*self.pairs.first()?, at);
        let end = at + name.len();
        let count = self.pairs.iter().take_while(|pair| text.part(**pair, at) == name).count();
        let (pairs, rest) = std::mem::take(&mut self.pairs).split_at_mut(count);
        self.pairs = rest;
        Some((name, Node { text, pairs, end }))
    }
}

impl<'f> Node<'f> {
    /// Where the first of its pairs starts.
    fn offset(&self) -> usize {
        self.pairs.first().map_or(0, |pair| pair.offset())
    }

    /// The pair that has this very key, with the rest.
    fn split(self) -> Result<(Option<Pair>, &'f mut [Pair]), Error> {
        let (text, pairs) = (self.text, self.pairs);
        match pairs.iter().take_while(|pair| pair.is_whole()).count() {
            0 => Ok((None, pairs)),
            1 => {
                let (first, rest) = pairs.split_at_mut(1);
                Ok((first.first().copied(), rest))
            }
            _ => Err(twice(text.key(pairs[1]), pairs[1].offset())),
        }
    }

    /// A value that isn't made of others, with its offset.
    fn value(self) -> Result<(Cow<'f, str>, usize), Error> {
        let text = self.text;
        match self.split()? {
            (Some(pair), []) => Ok((text.value(pair)?, pair.value_offset())),
            (Some(own), rest) => Err(conflict(text, own, rest)),
            (None, rest) => Err(unexpected("a value", text, rest)),
        }
    }

    /// What a value is made of. An empty value of its own stands for nothing.
    fn children(self) -> Result<Children<'f>, Error> {
        let (text, end) = (self.text, self.end);
        let (own, rest) = self.split()?;
        if let Some(pair) = own {
            if !rest.is_empty() {
                return Err(conflict(text, pair, rest));
            }
            if !text.value(pair)?.is_empty() {
                let key = shown(text.key(pair));
                let what = format!("expected parameters that start with `{key}.`, found a value");
                return Err(Error::new(what).at(pair.value_offset()));
            }
        }
        Ok(Children::new(text, rest, end + 1))
    }

    #[cold]
    fn unexpected(&self, expected: &str) -> Error {
        unexpected(expected, self.text, self.pairs)
    }
}

/// Something else was expected than the first of these pairs.
#[cold]
fn unexpected(expected: &str, text: &Text<'_>, pairs: &[Pair]) -> Error {
    let Some(pair) = pairs.first() else { return Error::new(format!("expected {expected}")) };
    let found = shown(text.key(*pair));
    Error::new(format!("expected {expected}, found the parameter `{found}`")).at(pair.offset())
}

/// A parameter has a value of its own, and is made of others.
#[cold]
fn conflict(text: &Text<'_>, own: Pair, rest: &[Pair]) -> Error {
    let own = shown(text.key(own));
    unexpected(&format!("either a value of `{own}` or what it is made of"), text, rest)
}

struct Reader {
    dialect: Dialect,
    depth: Depth,
}

impl Reader {
    /// Runs `read` on what a value is made of, one level further in.
    fn nested(
        &mut self,
        node: Node<'_>,
        read: impl FnOnce(&mut Self, Children<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.depth.enter(node.offset())?;
        let result = node.children().and_then(|children| read(self, children));
        self.depth.leave();
        result
    }

    fn position(
        &self,
        members: &'static [Member],
        name: &[u8],
    ) -> Option<(usize, &'static Member)> {
        members.iter().enumerate().find(|(_, member)| self.dialect.name(member).is(name))
    }

    fn structure(
        &mut self,
        children: Children<'_>,
        structure: &mut dyn Structure,
    ) -> Result<(), Error> {
        let members = structure.schema().members();
        for (name, node) in children {
            if let Some((index, member)) = self.position(members, name) {
                self.value(member, node, structure.member_mut(index))
                    .map_err(|error| error.in_member(member.name()))?;
            }
        }
        correct(structure);
        Ok(())
    }

    fn value(
        &mut self,
        member: &'static Member,
        node: Node<'_>,
        value: &mut dyn Value,
    ) -> Result<(), Error> {
        let offset = node.offset();
        let result = match value.slot() {
            Slot::List(list) => {
                self.nested(node, |reader, children| reader.list(member, children, list))
            }
            Slot::Map(map) => {
                self.nested(node, |reader, children| reader.map(member, children, map))
            }
            Slot::Structure(structure) => {
                self.nested(node, |reader, children| reader.structure(children, structure))
            }
            Slot::Union(union) => {
                self.nested(node, |reader, children| reader.union(children, union))
            }
            slot => {
                let (text, offset) = node.value()?;
                simple::read(text, member, slot).map_err(|error| error.or_at(offset))
            }
        };
        result.map_err(|error| error.or_at(offset))
    }

    fn list(
        &mut self,
        member: &'static Member,
        children: Children<'_>,
        list: &mut dyn List,
    ) -> Result<(), Error> {
        list.clear();
        let element = member.element();
        for numbered in numbered(children, self.dialect.list_name(member))? {
            let node = numbered.map_err(|error| error.in_element(list.len()))?;
            if let Err(error) = self.value(element, node, list.push()) {
                return Err(error.in_element(list.len().saturating_sub(1)));
            }
        }
        Ok(())
    }

    fn map(
        &mut self,
        member: &'static Member,
        children: Children<'_>,
        map: &mut dyn Map,
    ) -> Result<(), Error> {
        if self.dialect == Dialect::Ec2 {
            return Err(Error::new("ec2Query has no maps"));
        }
        map.clear();
        for node in numbered(children, map_name(member))? {
            self.entry(member, node?, map)?;
        }
        Ok(())
    }

    fn entry(
        &mut self,
        member: &'static Member,
        node: Node<'_>,
        map: &mut dyn Map,
    ) -> Result<(), Error> {
        let (of, (key_name, value_name)) = (member.value(), entry_names(member));
        let offset = node.offset();
        let (mut key, mut value) = (None, None);
        for (name, child) in node.children()? {
            if name == key_name.as_bytes() {
                key = Some(child.value()?.0);
            } else if name == value_name.as_bytes() {
                value = Some(child);
            } else {
                return Err(child.unexpected(&format!("`{key_name}` and `{value_name}`")));
            }
        }
        let Some(key) = key else {
            return Err(Error::new(format!("an entry without `{key_name}`")).at(offset));
        };
        let count = map.len();
        let place = map.insert(&key);
        let result = match value {
            Some(value) => self.value(of, value, place),
            None => absent(of, place, value_name).map_err(|error| error.or_at(offset)),
        };
        result.map_err(|error| error.in_entry(&key))?;
        if map.len() == count {
            return Err(Error::new("the key comes twice").at(offset).in_entry(&key));
        }
        Ok(())
    }

    fn union(&mut self, mut children: Children<'_>, union: &mut dyn Union) -> Result<(), Error> {
        let Some((name, node)) = children.next() else {
            return Err(codec::no_variant());
        };
        if let Some((_, other)) = children.next() {
            return Err(codec::second_variant(other.offset()));
        }
        let position = self.position(union.schema().members(), name);
        match position.and_then(|(index, member)| Some((member, union.select(index)?))) {
            Some((member, value)) => {
                self.value(member, node, value).map_err(|error| error.in_member(member.name()))
            }
            // A variant from a newer client: it stays unknown.
            None => Ok(()),
        }
    }
}

/// The elements of a list or the entries of a map, which are numbered from 1 without a gap, perhaps
/// behind a name of their own. However high a number is, it costs nothing: the first that isn't the
/// one to come is an error.
fn numbered<'f>(
    mut children: Children<'f>,
    name: Option<&'static str>,
) -> Result<impl Iterator<Item = Result<Node<'f>, Error>>, Error> {
    if let Some(expected) = name {
        let unexpected = |node: &Node<'_>| node.unexpected(&format!("`{expected}`"));
        let is_named = |found: &[u8]| found == expected.as_bytes();
        if let Some((found, node)) = children.next() {
            if !is_named(found) {
                return Err(unexpected(&node));
            }
            if let Some((_, other)) = children.next() {
                return Err(unexpected(&other));
            }
            children = node.children()?;
        }
    }
    Ok(children.enumerate().map(|(position, (index, node))| {
        let mut expected = itoa::Buffer::new();
        let expected = expected.format(position + 1);
        if index == expected.as_bytes() {
            return Ok(node);
        }
        let what = format!("expected the index {expected}, found `{}`", shown(index));
        Err(Error::new(what).at(node.offset()))
    }))
}

/// What stands for the value of an entry that has none: nothing where nulls are allowed, and what
/// leaves nothing behind in a form.
fn absent(of: &Member, value: &mut dyn Value, name: &str) -> Result<(), Error> {
    if of.is_optional() {
        value.unset();
        return Ok(());
    }
    match value.slot() {
        Slot::Structure(structure) => correct(structure),
        Slot::Map(_) => {}
        _ => return Err(Error::new(format!("an entry without `{name}`"))),
    }
    Ok(())
}
