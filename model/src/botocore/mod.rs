//! The reader for botocore's models: `service-2.json` and the files beside it, to raw shapes as a Smithy model has
//! them. It must not know where files come from, nor which shapes Smithy's prelude has.
//!
//! botocore's format is older than Smithy's and was made from it for years, so that nearly each of its facts has a
//! trait; [`syntax`] says which have none. What Smithy's traits cannot express is kept as it is written, in traits of
//! the namespace `botocore` (`traits::botocore_trait_id`). What botocore does not say stays unsaid: defaults, resources,
//! what unions and the values of enums are called.

mod document;
mod endpoints;
mod ids;
mod known;
mod members;
mod object;
mod operations;
mod paginators;
mod reader;
mod service;
mod shapes;
mod syntax;
mod uses;
mod waiters;

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Map;

use crate::ast::{Ast, RawShape, Version};
use crate::errors::{Error, Errors};
use crate::source::Source;

use document::Document;
use ids::Ids;
use reader::Reader;
use service::Service;
use uses::Uses;

/// The files of one service, at one version of its API.
#[derive(Debug)]
pub(crate) struct Files {
    /// `service-2.json`.
    pub(crate) service: WithExtras,
    /// `paginators-1.json`.
    pub(crate) paginators: Option<WithExtras>,
    /// `waiters-2.json`.
    pub(crate) waiters: Option<WithExtras>,
    /// `endpoint-rule-set-1.json`.
    pub(crate) endpoint_rule_set: Option<Arc<Source>>,
    /// `endpoint-bdd-1.json`, the same rules as a decision diagram.
    pub(crate) endpoint_bdd: Option<Arc<Source>>,
}

/// A file, and the `*.sdk-extras.json` to lay over it.
#[derive(Debug)]
pub(crate) struct WithExtras {
    pub(crate) file: Arc<Source>,
    pub(crate) extras: Option<Arc<Source>>,
}

impl Files {
    /// A `service-2.json` alone.
    pub(crate) fn alone(file: Arc<Source>) -> Self {
        Files {
            service: WithExtras { file, extras: None },
            paginators: None,
            waiters: None,
            endpoint_rule_set: None,
            endpoint_bdd: None,
        }
    }

    fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        let merged = [Some(&self.service), self.paginators.as_ref(), self.waiters.as_ref()];
        let rules = [self.endpoint_rule_set.as_ref(), self.endpoint_bdd.as_ref()];
        let merged = merged.into_iter().flatten();
        let merged = merged.flat_map(|with| std::iter::once(&with.file).chain(&with.extras));
        merged.chain(rules.into_iter().flatten())
    }
}

/// Reads a service.
pub(crate) fn read(files: &Files) -> Result<Ast, Errors> {
    let mut reader = Reader::new(files);
    let document = Document::read(&mut reader, &files.service);
    let document = reader.checked(document)?;
    let service = Service::read(&mut reader, &document);
    let service = reader.checked(service)?;
    let ids = Ids::of(&mut reader, &document, &service);
    let ids = reader.checked(Some(ids))?;
    let uses = Uses::of(&mut reader, &document);
    let uses = reader.checked(Some(uses))?;
    let converter = Converter { document: &document, service: &service, ids: &ids, uses: &uses };
    let ast = converter.convert(&mut reader, files);
    reader.checked(Some(ast))
}

/// All that is known when shapes are converted.
struct Converter<'c, 'a> {
    document: &'c Document<'a>,
    service: &'c Service,
    ids: &'c Ids<'a>,
    uses: &'c Uses<'a>,
}

impl<'a> Converter<'_, 'a> {
    fn convert(&self, reader: &mut Reader<'a>, files: &'a Files) -> Ast {
        let mut shapes: IndexMap<_, RawShape> = IndexMap::new();
        let mut add = |shape: RawShape| drop(shapes.insert(shape.id.clone(), shape));
        let mut service = self.service_shape(reader);
        endpoints::read(reader, files, &mut service.traits);
        let mut operations = self.operations(reader);
        known::add(&self.service.service_id, &mut service.traits, &mut operations);
        add(service);
        paginators::read(reader, self, files.paginators.as_ref(), &mut operations);
        waiters::read(reader, self, files.waiters.as_ref(), &mut operations);
        operations.into_iter().map(|(_, shape)| shape).for_each(&mut add);
        self.shapes(reader).into_iter().for_each(&mut add);
        Ast { version: Version::V2, metadata: Map::new(), shapes, applies: Vec::new() }
    }
}

/// Whether the text is a model of botocore's, by the keys it has up to the first that tells.
///
/// Text that is no JSON is not.
pub(crate) fn is_model(text: &str) -> bool {
    document::is_model(text)
}

fn missing(file: &Source, message: &str, help: &str) -> Error {
    Error::new(file.name(), message).with_help(help)
}
