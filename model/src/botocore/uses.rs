//! Who refers to which shape: every reference is looked up here, once, and counted. It must not know what shapes
//! become.

use std::collections::HashMap;

use super::document::{ByName, Document};
use super::object::Text;
use super::reader::{Reader, Subject};
use super::syntax::{Input, Shape, XmlNamespace};
use crate::names::shorten;

/// The references to one shape.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Use {
    pub(super) inputs: u32,
    pub(super) outputs: u32,
    pub(super) errors: u32,
    /// From members of structures, lists and maps.
    pub(super) members: u32,
}

/// What an operation says of the document that its input becomes.
#[derive(Debug)]
pub(super) struct Root<'a> {
    /// The root element's name.
    pub(super) name: Option<Text<'a>>,
    /// Its namespace, and the prefix of that.
    pub(super) namespace: Option<(Text<'a>, Option<Text<'a>>)>,
}

/// The references to all shapes, by their positions in the document.
#[derive(Debug)]
pub(super) struct Uses<'a> {
    uses: Vec<Use>,
    /// By the positions of inputs.
    roots: HashMap<usize, Vec<Root<'a>>>,
}

impl<'a> Uses<'a> {
    pub(super) fn of(reader: &mut Reader<'a>, document: &Document<'a>) -> Self {
        let mut counter = Counter {
            reader,
            shapes: &document.shapes,
            uses: vec![Use::default(); document.shapes.len()],
        };
        let mut roots: HashMap<usize, Vec<Root<'a>>> = HashMap::new();
        for (name, operation) in &document.operations {
            let (on, key, operation) = (Subject::operation(name), &operation.key, &operation.value);
            if let Some(input) = &operation.input {
                let at = counter.count(on, key, "input", input.shape.as_ref(), |it| &mut it.inputs);
                if let (Some(at), Some(root)) = (at, root(input)) {
                    roots.entry(at).or_default().push(root);
                }
            }
            if let Some(output) = &operation.output {
                counter.count(on, key, "output", output.shape.as_ref(), |it| &mut it.outputs);
            }
            for error in operation.errors.iter().flatten() {
                counter.count(on, key, "error", error.shape.as_ref(), |it| &mut it.errors);
            }
        }
        for (name, shape) in &document.shapes {
            counter.members(name, &shape.key, &shape.value);
        }
        let uses = counter.uses;
        Uses { uses, roots }
    }

    pub(super) fn at(&self, position: usize) -> Use {
        self.uses[position]
    }

    /// What operations say of the documents that the input at this position becomes.
    pub(super) fn roots(&self, position: usize) -> &[Root<'a>] {
        self.roots.get(&position).map_or(&[], Vec::as_slice)
    }
}

fn root<'a>(input: &Input<'a>) -> Option<Root<'a>> {
    let namespace = |it: &XmlNamespace<'a>| Some((it.uri.clone()?, it.prefix.clone()));
    let namespace = input.xml_namespace.as_ref().and_then(namespace);
    let name = input.location_name.clone();
    (name.is_some() || namespace.is_some()).then_some(Root { name, namespace })
}

struct Counter<'c, 'a> {
    reader: &'c mut Reader<'a>,
    shapes: &'c ByName<'a, Shape<'a>>,
    uses: Vec<Use>,
}

impl<'a> Counter<'_, 'a> {
    /// Counts one reference and gives the shape's position, or reports that there is no such shape.
    fn count(
        &mut self,
        on: Subject<'_>,
        owner: &Text<'a>,
        what: &str,
        target: Option<&Text<'a>>,
        field: fn(&mut Use) -> &mut u32,
    ) -> Option<usize> {
        let Some(target) = target else {
            let what = if on.member.is_some() { "it".to_owned() } else { format!("the {what}") };
            let message = format!("{what} has no `shape`");
            self.reader.report(on, owner, message, "add it: \"shape\": \"NameOfAShape\"");
            return None;
        };
        if let Some(at) = self.shapes.get_index_of(&target.text) {
            let count = field(&mut self.uses[at]);
            *count = count.saturating_add(1);
            return Some(at);
        }
        let what = if on.member.is_some() { "it".to_owned() } else { format!("the {what}") };
        let message = format!("{what} names `{}`, which is not in `shapes`", shorten(&target.text));
        let define = format!("define `{}`", shorten(&target.text));
        let names = self.shapes.keys().map(|name| &**name);
        let help = self.reader.mend(&target.text, names, &define);
        self.reader.report(on, target, message, help);
        None
    }

    fn members(&mut self, name: &str, key: &Text<'a>, shape: &Shape<'a>) {
        let on = Subject::shape(name);
        for (member, value) in shape.members.iter().flat_map(|members| &members.0) {
            let target = value.shape.as_ref();
            let on = on.member(&member.text);
            self.count(on, member, "member", target, |it| &mut it.members);
        }
        let elements = [("member", &shape.member), ("key", &shape.key), ("value", &shape.value)];
        for (what, element) in elements {
            if let Some(element) = element {
                self.count(on, key, what, element.shape.as_ref(), |it| &mut it.members);
            }
        }
    }
}
