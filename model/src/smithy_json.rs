//! The reader for Smithy's JSON AST: text to raw shapes. It must not know which shapes exist or what they refer to.
//!
//! Smithy specification, "JSON AST". What a shape's type does not allow is reported here; what an ID names is not
//! looked at.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::ast::{
    Apply, Ast, Property, PropertyReference, RawMember, RawShape, Reference, Type, Version,
};
use crate::errors::{Error, Errors};
use crate::id::{ShapeId, is_identifier};
use crate::json::{self, Entries, Key, Parts};
use crate::names::{did_you_mean, nearest, shorten};
use crate::source::{Source, Span};
use crate::traits::{Traits, trait_id};

const SUPPORTED: &str = "supported are Smithy JSON AST \"1.0\" and \"2.0\" (and later 2.x)";

/// Reads a whole file.
pub(crate) fn read(source: &Arc<Source>) -> Result<Ast, Errors> {
    // Some editors put a byte order mark in front, which JSON does not allow but means no harm.
    let text = source.text().trim_start_matches('\u{feff}');
    let file: File<'_> =
        serde_json::from_str(text).map_err(|found| broken(source, text, &found))?;
    let (version, closed) = version(source, file.smithy)?;
    let mut reader = Reader { source, version, closed, errors: Vec::new() };
    let mut ast = Ast {
        version,
        metadata: reader.metadata(file.metadata),
        shapes: IndexMap::with_capacity(file.shapes.len()),
        applies: Vec::new(),
    };
    for (key, raw) in &file.shapes {
        reader.entry(&mut ast, key, raw);
    }
    Errors::check(reader.errors).map(|()| ast)
}

/// The top level: Smithy specification, "JSON AST: Top level properties".
struct File<'a> {
    smithy: Option<&'a RawValue>,
    metadata: Option<&'a RawValue>,
    shapes: Vec<(Key<'a>, &'a RawValue)>,
}

impl<'de> Deserialize<'de> for File<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FileVisitor;

        impl<'de> Visitor<'de> for FileVisitor {
            type Value = File<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with `smithy` and `shapes`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut smithy = None;
                let mut metadata = None;
                let mut shapes: Option<Entries<'de, &'de RawValue>> = None;
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    match &*key.text {
                        "smithy" if smithy.is_none() => smithy = Some(map.next_value()?),
                        "metadata" if metadata.is_none() => metadata = Some(map.next_value()?),
                        "shapes" if shapes.is_none() => shapes = Some(map.next_value()?),
                        "smithy" => return Err(A::Error::duplicate_field("smithy")),
                        "metadata" => return Err(A::Error::duplicate_field("metadata")),
                        "shapes" => return Err(A::Error::duplicate_field("shapes")),
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(File { smithy, metadata, shapes: shapes.map_or_else(Vec::new, |s| s.0) })
            }
        }

        deserializer.deserialize_map(FileVisitor)
    }
}

fn broken(source: &Arc<Source>, text: &str, found: &serde_json::Error) -> Errors {
    let error = json::error(source, text, found);
    if found.is_data() {
        let message = format!("this is no Smithy model: {}", error.message());
        return error
            .with_message(message)
            .with_help(format!("a model is one JSON object; {SUPPORTED}"))
            .into();
    }
    let message = format!("this is not JSON: {}", error.message());
    let help = if found.is_eof() {
        "the text ends too early: is the file cut off?"
    } else {
        "JSON cannot be read from here on; look just before this place, too"
    };
    error.with_message(message).with_help(help).into()
}

/// The version, and whether its set of properties is closed; a later point release may add to it.
fn version(source: &Arc<Source>, smithy: Option<&RawValue>) -> Result<(Version, bool), Errors> {
    let Some(raw) = smithy else {
        let start = source.text().len() - source.text().trim_start().len();
        let place = Some(Span { start, end: start + 1 });
        let error = Error::at(source, place, "this is no Smithy model: it has no `smithy` version");
        return Err(error.with_help(SUPPORTED).into());
    };
    let text = json::string(raw.get()).unwrap_or_default();
    match &*text {
        "1" | "1.0" => Ok((Version::V1, true)),
        "2" | "2.0" => Ok((Version::V2, true)),
        other if other.strip_prefix("2.").is_some_and(is_number) => Ok((Version::V2, false)),
        _ => {
            let message = format!("Smithy version {} is not supported", shorten(raw.get()));
            Err(Error::at(source, Some(source.span_of(raw.get())), message)
                .with_help(SUPPORTED)
                .into())
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What an error is about: a shape as written, and a member of it.
#[derive(Copy, Clone)]
struct Subject<'s> {
    shape: &'s str,
    member: Option<&'s str>,
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    version: Version,
    closed: bool,
    errors: Vec<Error>,
}

impl<'a> Reader<'a> {
    fn report(&mut self, on: Subject<'_>, span: Span, message: impl Into<String>, help: &str) {
        let mut message = message.into();
        if !message.contains(on.shape) {
            let member = on.member.map(|member| format!("${}", shorten(member)));
            message = format!("`{}{}`: {message}", shorten(on.shape), member.unwrap_or_default());
        }
        let error = Error::at(self.source, Some(span), message).on(on.shape, on.member);
        self.errors.push(if help.is_empty() { error } else { error.with_help(help) });
    }

    /// Parses a piece of the text, or reports why it cannot be.
    fn parse<T: Deserialize<'a>>(
        &mut self,
        on: Subject<'_>,
        what: &str,
        raw: &'a RawValue,
    ) -> Option<T> {
        match serde_json::from_str(raw.get()) {
            Ok(value) => Some(value),
            Err(found) => {
                let error = json::error(self.source, raw.get(), &found);
                let message = format!("{what} cannot be read: {}", error.message());
                self.report(on, error.span().unwrap_or_default(), message, "");
                None
            }
        }
    }

    fn metadata(&mut self, raw: Option<&'a RawValue>) -> Map<String, Value> {
        let nothing = Subject { shape: "metadata", member: None };
        raw.and_then(|raw| self.parse(nothing, "`metadata`", raw)).unwrap_or_default()
    }

    /// One entry of `shapes`: a shape or an `apply`.
    fn entry(&mut self, ast: &mut Ast, key: &Key<'a>, raw: &'a RawValue) {
        let on = Subject { shape: &key.text, member: None };
        let span = key.span(self.source);
        let Some(mut parts) = self.parse::<Parts<'a>>(on, "the shape", raw) else { return };
        let Some(name) = self.type_name(on, span, &mut parts) else { return };
        if name == "apply" {
            self.apply(ast, key, parts);
            return;
        }
        let (kind, is_set) = match name.as_str() {
            "set" => (Some(Type::List), true),
            other => (Type::from_name(other), false),
        };
        let Some(id) = self.id(on, &key.text, span) else { return };
        let Some(kind) = kind.filter(|kind| self.version_has(*kind)) else {
            return self.unknown_type(on, span, &name);
        };
        let mut shape = RawShape::new(id, Some(span), kind);
        self.shape(&mut shape, parts);
        if is_set {
            shape.traits.insert_if_absent(trait_id::UNIQUE_ITEMS, Value::Object(Map::new()));
        }
        match ast.shapes.entry(shape.id.clone()) {
            Entry::Vacant(vacant) => drop(vacant.insert(shape)),
            Entry::Occupied(first) => {
                let line = first.get().span.map_or(0, |at| self.source.line(at.start));
                let message = format!("shape `{}` is defined twice", shape.id);
                let help = format!("the first definition is on line {line}; keep one of them");
                self.report(on, span, message, &help);
            }
        }
    }

    fn version_has(&self, kind: Type) -> bool {
        self.version == Version::V2 || !matches!(kind, Type::Enum | Type::IntEnum)
    }

    fn type_name(&mut self, on: Subject<'_>, span: Span, parts: &mut Parts<'a>) -> Option<String> {
        let Some(raw) = parts.take("type") else {
            self.report(on, span, "the shape has no `type`", "add it: \"type\": \"structure\", …");
            return None;
        };
        self.parse(on, "`type`", raw)
    }

    fn unknown_type(&mut self, on: Subject<'_>, span: Span, name: &str) {
        if self.version == Version::V1 && matches!(name, "enum" | "intEnum") {
            let message = format!("Smithy 1.0 has no shape type `{name}`");
            return self.report(on, span, message, "state \"smithy\": \"2.0\"");
        }
        let help = did_you_mean(&nearest(name, Type::names())).unwrap_or_else(|| {
            format!("types are {}", Type::names().collect::<Vec<_>>().join(", "))
        });
        self.report(on, span, format!("unknown shape type `{}`", shorten(name)), &help);
    }

    fn id(&mut self, on: Subject<'_>, text: &str, span: Span) -> Option<ShapeId> {
        match text.parse() {
            Ok(id) => Some(id),
            Err(found) => {
                let help = "an absolute shape ID is written `namespace.of.it#Name`";
                self.report(on, span, found.to_string(), help);
                None
            }
        }
    }

    fn apply(&mut self, ast: &mut Ast, key: &Key<'a>, parts: Parts<'a>) {
        let span = key.span(self.source);
        let (shape, member) = match key.text.split_once('$') {
            Some((shape, member)) => (shape, Some(member)),
            None => (&*key.text, None),
        };
        let on = Subject { shape, member };
        for (property, _) in &parts.properties {
            let message = format!("`apply` has no property `{}`", shorten(&property.text));
            self.report(on, property.span(self.source), message, "it takes `traits` alone");
        }
        let traits = self.traits(on, parts.traits);
        if let Some(id) = self.id(on, shape, span) {
            let target = Reference { id, span: Some(span) };
            ast.applies.push(Apply { target, member: member.map(str::to_owned), traits });
        }
    }

    fn shape(&mut self, shape: &mut RawShape, parts: Parts<'a>) {
        let id = shape.id.clone();
        let on = Subject { shape: id.as_str(), member: None };
        shape.traits = self.traits(on, parts.traits);
        if let Some((key, members)) = parts.members {
            match shape.kind {
                Type::Structure | Type::Union | Type::Enum | Type::IntEnum => {
                    self.members(shape, &members);
                }
                kind => self.unknown_property(on, kind, &key),
            }
        }
        let mut seen = HashSet::new();
        for (key, raw) in parts.properties {
            if seen.insert(key.text.clone()) {
                self.property(shape, on, &key, raw);
            } else {
                let message = format!("property `{}` is given twice", shorten(&key.text));
                self.report(on, key.span(self.source), message, "keep one of them");
            }
        }
    }

    fn members(&mut self, shape: &mut RawShape, members: &[(Key<'a>, &'a RawValue)]) {
        let id = shape.id.clone();
        let mut seen: HashMap<&str, Span> = HashMap::with_capacity(members.len());
        shape.members.reserve_exact(members.len());
        for (key, raw) in members {
            let on = Subject { shape: id.as_str(), member: Some(&key.text) };
            let span = key.span(self.source);
            if !is_identifier(&key.text) {
                let message = format!("`{}` is not a member name", shorten(&key.text));
                self.report(on, span, message, "a name has letters, digits and underscores");
            }
            if let Some(first) = seen.insert(&key.text, span) {
                let line = self.source.line(first.start);
                let message = format!("member `{}` is defined twice", key.text);
                let help = format!("the first definition is on line {line}; keep one of them");
                self.report(on, span, message, &help);
            }
            if let Some(member) = self.member(on, &key.text, span, raw) {
                shape.members.push(member);
            }
        }
    }

    /// Smithy specification, "JSON AST: AST member".
    fn member(
        &mut self,
        on: Subject<'_>,
        name: &str,
        span: Span,
        raw: &'a RawValue,
    ) -> Option<RawMember> {
        let mut parts = self.parse::<Parts<'a>>(on, "the member", raw)?;
        let target = match parts.take("target") {
            Some(raw) => Some(self.target(on, raw)?),
            None => None,
        };
        for (key, _) in &parts.properties {
            if self.closed {
                let message = format!("a member has no property `{}`", shorten(&key.text));
                let help = "it takes `target` and `traits`";
                self.report(on, key.span(self.source), message, help);
            }
        }
        let traits = self.traits(on, parts.traits);
        Some(RawMember { name: name.to_owned(), target, traits, span: Some(span), applied: false })
    }

    fn traits(&mut self, on: Subject<'_>, entries: Vec<(Key<'a>, Value)>) -> Traits {
        let mut traits = Traits::default();
        for (key, value) in entries {
            if !ShapeId::is_valid(&key.text) {
                let message = format!("`{}` is not the absolute ID of a trait", shorten(&key.text));
                let help = "traits are named like `smithy.api#required`";
                self.report(on, key.span(self.source), message, help);
            } else if traits.insert(&key.text, value).is_some() {
                let message = format!("trait `{}` is given twice", key.text);
                self.report(on, key.span(self.source), message, "keep one of them");
            }
        }
        traits
    }

    /// A property other than `type`, `traits` and `members`: Smithy specification, "JSON AST", by shape.
    fn property(
        &mut self,
        shape: &mut RawShape,
        on: Subject<'_>,
        key: &Key<'a>,
        raw: &'a RawValue,
    ) {
        use Property as P;
        let property = match (shape.kind, &*key.text) {
            (_, "mixins") => return shape.mixins.extend(self.references(on, "mixins", raw)),
            (Type::List, name @ "member") | (Type::Map, name @ ("key" | "value")) => {
                let on = Subject { member: Some(name), ..on };
                let span = key.span(self.source);
                return shape.members.extend(self.member(on, name, span, raw));
            }
            (Type::Service, "version") => {
                shape.version = self.parse(on, "`version`", raw);
                return;
            }
            (Type::Service, "rename") => return self.rename(shape, on, raw),
            (Type::Service | Type::Operation, "errors") => P::Errors,
            (Type::Service | Type::Resource, "operations") => P::Operations,
            (Type::Service | Type::Resource, "resources") => P::Resources,
            (Type::Operation, "input") => P::Input,
            (Type::Operation, "output") => P::Output,
            (Type::Resource, "collectionOperations") => P::CollectionOperations,
            (Type::Resource, "create") => P::Create,
            (Type::Resource, "put") => P::Put,
            (Type::Resource, "read") => P::Read,
            (Type::Resource, "update") => P::Update,
            (Type::Resource, "delete") => P::Delete,
            (Type::Resource, "list") => P::List,
            (Type::Resource, "identifiers") => P::Identifiers,
            (Type::Resource, "properties") => P::Properties,
            (kind, _) => return self.unknown_property(on, kind, key),
        };
        let found: Vec<(String, Reference)> = if property.is_single() {
            self.reference(on, property.name(), raw)
                .map(|r| (String::new(), r))
                .into_iter()
                .collect()
        } else if matches!(property, P::Identifiers | P::Properties) {
            self.named_references(on, property.name(), raw)
        } else {
            let listed = self.references(on, property.name(), raw);
            listed.into_iter().map(|reference| (String::new(), reference)).collect()
        };
        shape.references.extend(found.into_iter().map(|(name, reference)| PropertyReference {
            property,
            name,
            reference,
        }));
    }

    fn unknown_property(&mut self, on: Subject<'_>, kind: Type, key: &Key<'a>) {
        if !self.closed {
            return;
        }
        let article = crate::names::article(kind.name());
        let message = format!("{article} {} has no property `{}`", kind.name(), shorten(&key.text));
        let help = did_you_mean(&nearest(&key.text, properties_of(kind).iter().copied()))
            .unwrap_or_else(|| format!("it may have {}", properties_of(kind).join(", ")));
        self.report(on, key.span(self.source), message, &help);
    }

    fn references(&mut self, on: Subject<'_>, what: &str, raw: &'a RawValue) -> Vec<Reference> {
        let items: Vec<&'a RawValue> =
            self.parse(on, &format!("`{what}`"), raw).unwrap_or_default();
        items.into_iter().filter_map(|item| self.reference(on, what, item)).collect()
    }

    fn named_references(
        &mut self,
        on: Subject<'_>,
        what: &str,
        raw: &'a RawValue,
    ) -> Vec<(String, Reference)> {
        let what = format!("`{what}`");
        let Some(Entries(entries)) = self.parse::<Entries<'a, &'a RawValue>>(on, &what, raw) else {
            return Vec::new();
        };
        entries
            .into_iter()
            .filter_map(|(key, raw)| {
                let on = Subject { member: Some(&key.text), ..on };
                Some((key.text.clone().into_owned(), self.reference(on, &what, raw)?))
            })
            .collect()
    }

    /// Smithy specification, "JSON AST: AST shape reference".
    fn reference(&mut self, on: Subject<'_>, what: &str, raw: &'a RawValue) -> Option<Reference> {
        let mut parts = self.parse::<Parts<'a>>(on, what, raw)?;
        let Some(target) = parts.take("target") else {
            let help = "a reference is written {\"target\": \"namespace#Name\"}";
            self.report(
                on,
                self.source.span_of(raw.get()),
                format!("`{what}` has no `target`"),
                help,
            );
            return None;
        };
        self.target(on, target)
    }

    fn target(&mut self, on: Subject<'_>, raw: &'a RawValue) -> Option<Reference> {
        let text: String = self.parse(on, "`target`", raw)?;
        let span = json::inside_quotes(self.source.span_of(raw.get()));
        Some(Reference { id: self.id(on, &text, span)?, span: Some(span) })
    }

    fn rename(&mut self, shape: &mut RawShape, on: Subject<'_>, raw: &'a RawValue) {
        let Some(Entries(entries)) = self.parse::<Entries<'a, String>>(on, "`rename`", raw) else {
            return;
        };
        for (key, name) in entries {
            let span = key.span(self.source);
            if !is_identifier(&name) {
                let message = format!("`{}` is not a name to rename a shape to", shorten(&name));
                self.report(on, span, message, "a name has letters, digits and underscores");
            }
            if let Some(id) = self.id(on, &key.text, span) {
                shape.rename.push((Reference { id, span: Some(span) }, name));
            }
        }
    }
}

fn properties_of(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::List => &["member", "traits", "mixins"],
        Type::Map => &["key", "value", "traits", "mixins"],
        Type::Structure | Type::Union | Type::Enum | Type::IntEnum => {
            &["members", "traits", "mixins"]
        }
        Type::Operation => &["input", "output", "errors", "traits", "mixins"],
        Type::Service => {
            &["version", "operations", "resources", "errors", "rename", "traits", "mixins"]
        }
        Type::Resource => &[
            "identifiers",
            "properties",
            "create",
            "put",
            "read",
            "update",
            "delete",
            "list",
            "operations",
            "collectionOperations",
            "resources",
            "traits",
            "mixins",
        ],
        _ => &["traits", "mixins"],
    }
}
