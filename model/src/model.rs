//! The finished model and the questions one can ask it. It must not know which format it was read from.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::errors::{Error, Errors};
use crate::id::ShapeId;
use crate::names::{did_you_mean, nearest, shorten};
use crate::shape::{Resource, Shape, ShapeKind, ShapeRef};
use crate::source::{Source, Span};

/// A service model, every reference in it bound: Smithy specification, "The semantic model".
///
/// Nothing changes it once it is loaded.
#[derive(Debug)]
pub struct Model {
    source: Arc<Source>,
    metadata: Map<String, Value>,
    shapes: IndexMap<ShapeId, Shape>,
    /// What generated code says the model is from, if not the source's name.
    origin: Option<String>,
    /// What a folder of services calls the service.
    called: Option<String>,
}

impl Model {
    pub(crate) fn new(
        source: Arc<Source>,
        metadata: Map<String, Value>,
        shapes: IndexMap<ShapeId, Shape>,
    ) -> Model {
        Model { source, metadata, shapes, origin: None, called: None }
    }

    /// Says what the model was made from.
    pub(crate) fn made_from(mut self, origin: &str) -> Model {
        self.origin = Some(origin.to_owned());
        self
    }

    /// Says what its service is called where it was found.
    pub(crate) fn called(mut self, name: String) -> Model {
        self.called = Some(name);
        self
    }

    /// The name errors give the model's file.
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// What the model was made from, in words that do not depend on where the file is.
    pub fn origin(&self) -> &str {
        self.origin.as_deref().unwrap_or(self.name())
    }

    /// The text the model was read from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The shape that a reference from this model stands for.
    ///
    /// # Panics
    ///
    /// If the reference is from another model that has more shapes.
    pub fn shape(&self, r: ShapeRef) -> &Shape {
        &self.shapes[r.index()]
    }

    /// The shape with an absolute ID, "namespace#Name".
    pub fn find(&self, id: &str) -> Option<ShapeRef> {
        self.shapes.get_index_of(id).and_then(to_ref)
    }

    /// All shapes: those of the file in its order, then those of the prelude.
    pub fn shapes(&self) -> impl Iterator<Item = (ShapeRef, &Shape)> {
        self.shapes.values().enumerate().filter_map(|(at, shape)| Some((to_ref(at)?, shape)))
    }

    /// The services in file order, mixins left out.
    pub fn services(&self) -> Vec<ShapeRef> {
        let services =
            self.shapes().filter(|(_, shape)| shape.as_service().is_some() && !shape.is_mixin());
        services.map(|(r, _)| r).collect()
    }

    /// The service wanted, by absolute ID or by name; without a wish, the only one.
    ///
    /// The service of a model that was found in a folder of services goes by the name it has there as well.
    ///
    /// # Errors
    ///
    /// There is none, there are several to choose from, or the one wanted is not there.
    pub fn service(&self, wanted: Option<&str>) -> Result<ShapeRef, Errors> {
        let services = self.services();
        let ids: Vec<&str> = services.iter().map(|r| self.shape(*r).id.as_str()).collect();
        let found: Vec<ShapeRef> = services
            .iter()
            .copied()
            .filter(|r| {
                let id = &self.shape(*r).id;
                let is_called = |wanted: &str| {
                    wanted == id.as_str()
                        || wanted == id.name()
                        || self.called.as_deref() == Some(wanted)
                };
                wanted.is_none_or(is_called)
            })
            .collect();
        match (&found[..], wanted) {
            ([only], _) => Ok(*only),
            ([], _) if ids.is_empty() => {
                let error = Error::new(self.name(), "the model has no service");
                Err(error.with_help("is it a part of a model, to be merged with another?").into())
            }
            ([], wanted) => {
                let wanted = wanted.unwrap_or_default();
                let names = services.iter().map(|r| self.shape(*r).id.name());
                let near = nearest(wanted, names.chain(ids.iter().copied()));
                let message = format!("the model has no service `{}`", shorten(wanted));
                let help = did_you_mean(&near).unwrap_or_else(|| format!("it has {}", list(&ids)));
                Err(Error::new(self.name(), message).with_help(help).into())
            }
            (several, _) => {
                let ids: Vec<&str> = several.iter().map(|r| self.shape(*r).id.as_str()).collect();
                let message = format!("the model has {} services: {}", ids.len(), list(&ids));
                Err(Error::new(self.name(), message).with_help("name the one you want").into())
            }
        }
    }

    /// The operations of a service and, recursively, of its resources; each once, sorted by name.
    ///
    /// Smithy specification, "Service types: Resource operations and lifecycle". Of a shape that is no service it
    /// has none.
    pub fn operations(&self, service: ShapeRef) -> Vec<ShapeRef> {
        let Some(shape) = self.shape(service).as_service() else { return Vec::new() };
        self.bound(&shape.operations, &self.resources(service))
    }

    /// The resources of a service or of a resource, and theirs; each once, sorted by name. Of other shapes there are
    /// none.
    pub fn resources(&self, of: ShapeRef) -> Vec<ShapeRef> {
        let children = |r: ShapeRef| match &self.shape(r).kind {
            ShapeKind::Service(service) => &service.resources[..],
            ShapeKind::Resource(resource) => &resource.resources[..],
            _ => &[],
        };
        let mut waiting: Vec<ShapeRef> = children(of).to_vec();
        let mut seen: HashSet<ShapeRef> = waiting.iter().copied().collect();
        while let Some(resource) = waiting.pop() {
            // Resources may not contain themselves, but a model may say that they do.
            waiting.extend(children(resource).iter().copied().filter(|r| seen.insert(*r)));
        }
        self.by_name(seen)
    }

    /// The operations of a resource and, recursively, of its resources; each once, sorted by name.
    pub fn operations_of_resource(&self, resource: ShapeRef) -> Vec<ShapeRef> {
        let mut resources = self.resources(resource);
        resources.push(resource);
        self.bound(&[], &resources)
    }

    /// These operations, and those that are bound to the resources.
    fn bound(&self, operations: &[ShapeRef], resources: &[ShapeRef]) -> Vec<ShapeRef> {
        let resources = resources.iter().filter_map(|r| self.shape(*r).as_resource());
        let of_resources = resources.flat_map(Resource::bound_operations);
        self.by_name(operations.iter().copied().chain(of_resources))
    }

    /// Each once, sorted by name.
    fn by_name(&self, shapes: impl IntoIterator<Item = ShapeRef>) -> Vec<ShapeRef> {
        let mut shapes: Vec<ShapeRef> = shapes.into_iter().collect();
        let key = |r: &ShapeRef| {
            let id = &self.shape(*r).id;
            (id.name(), id.namespace())
        };
        shapes.sort_by(|a, b| key(a).cmp(&key(b)));
        shapes.dedup();
        shapes
    }

    /// The model's metadata: Smithy specification, "The semantic model: Metadata".
    pub fn metadata(&self) -> &Map<String, Value> {
        &self.metadata
    }

    /// An error about a shape, or a member of it, at its place in the file.
    pub fn error(
        &self,
        r: ShapeRef,
        member: Option<&str>,
        message: impl Into<String>,
        help: Option<&str>,
    ) -> Error {
        let shape = self.shape(r);
        let span: Option<Span> =
            member.and_then(|name| shape.member(name)).and_then(|m| m.span).or(shape.span);
        let error = Error::at(&self.source, span, message).on(&shape.id, member);
        match help {
            Some(help) => error.with_help(help),
            None => error,
        }
    }
}

fn to_ref(at: usize) -> Option<ShapeRef> {
    u32::try_from(at).ok().map(ShapeRef)
}

/// "`a`, `b` and 3 more".
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().take(10).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(10);
    let tail = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{tail}", quoted.join(", "))
}
