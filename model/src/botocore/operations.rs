//! Operations: each becomes one of Smithy's, with the traits of its behaviour, HTTP binding, endpoint and signature.
//! It must not know pages and waiters.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

use super::Converter;
use super::document::Named;
use super::object::Text;
use super::reader::{Reader, Subject};
use super::service::{deprecate, insert_text, mark, report_scheme, scheme};
use super::syntax::{Http, Operation};
use crate::ast::{Property, PropertyReference, RawShape, Reference, Type};
use crate::names::shorten;
use crate::traits::{Traits, trait_id};

/// Operations by their names.
pub(super) type Operations = indexmap::IndexMap<String, RawShape>;

/// What an operation that needs no identity says instead of a scheme.
const NO_AUTH: &str = "smithy.api#noAuth";

impl<'a> Converter<'_, 'a> {
    pub(super) fn operations(&self, reader: &mut Reader<'a>) -> Operations {
        let mut operations = Operations::with_capacity(self.document.operations.len());
        for (name, named) in &self.document.operations {
            let Some(id) = self.ids.operation(name) else { continue };
            let span = named.key.span_in(reader.main());
            let span = span.or(Some(crate::source::Span::default()));
            let mut shape = RawShape::new(id.clone(), span, Type::Operation);
            shape.traits = self.operation_traits(reader, name, named);
            self.references(reader, &named.value, &mut shape);
            operations.insert(name.to_string(), shape);
        }
        operations
    }

    fn references(&self, reader: &Reader<'a>, operation: &Operation<'a>, shape: &mut RawShape) {
        let mut refer = |property: Property, target: Option<&Text<'a>>| {
            let Some(target) = target else { return };
            if let Some(id) = self.ids.shape(&target.text) {
                let reference = Reference { id: id.clone(), span: target.span_in(reader.main()) };
                shape.references.push(PropertyReference {
                    property,
                    name: String::new(),
                    reference,
                });
            }
        };
        refer(Property::Input, operation.input.as_ref().and_then(|input| input.shape.as_ref()));
        refer(Property::Output, operation.output.as_ref().and_then(|output| output.shape.as_ref()));
        let mut seen = HashSet::new();
        for error in operation.errors.iter().flatten() {
            refer(Property::Errors, error.shape.as_ref().filter(|it| seen.insert(&*it.text)));
        }
    }

    fn operation_traits(
        &self,
        reader: &mut Reader<'a>,
        name: &str,
        named: &Named<'a, Operation<'a>>,
    ) -> Traits {
        let (on, operation) = (Subject::operation(name), &named.value);
        let mut traits = Traits::default();
        insert_text(&mut traits, trait_id::DOCUMENTATION, operation.documentation.as_ref());
        let (message, since) = (&operation.deprecated_message, &operation.deprecated_since);
        deprecate(&mut traits, operation.deprecated, message.as_ref(), since.as_ref());
        mark(&mut traits, trait_id::IDEMPOTENT, operation.idempotent);
        mark(&mut traits, trait_id::READONLY, operation.readonly);
        mark(&mut traits, trait_id::HTTP_CHECKSUM_REQUIRED, operation.http_checksum_required);
        mark(&mut traits, trait_id::UNSIGNED_PAYLOAD, operation.unsigned_payload);
        // These have the same form in both formats.
        let same = [
            (trait_id::HTTP_CHECKSUM, &operation.http_checksum),
            (trait_id::REQUEST_COMPRESSION, &operation.request_compression),
            (trait_id::STATIC_CONTEXT_PARAMS, &operation.static_context_params),
            (trait_id::OPERATION_CONTEXT_PARAMS, &operation.operation_context_params),
        ];
        for (id, value) in same {
            if let Some(value) = value {
                traits.insert(id, value.clone());
            }
        }
        if let Some(discovery) = &operation.endpoint_discovery {
            let required = discovery.required == Some(true);
            traits.insert(trait_id::CLIENT_DISCOVERED_ENDPOINT, json!({"required": required}));
        }
        if let Some(prefix) = operation.endpoint.as_ref().and_then(|it| it.host_prefix.as_ref()) {
            traits.insert(trait_id::ENDPOINT, json!({"hostPrefix": &*prefix.text}));
        }
        authenticate(reader, on, operation, &mut traits);
        self.http(reader, on, &named.key, operation, &mut traits);
        self.result_wrapper(reader, on, operation);
        traits
    }

    /// Smithy's query protocol has one name for the wrapper of a result.
    fn result_wrapper(&self, reader: &mut Reader<'a>, on: Subject<'_>, operation: &Operation<'a>) {
        let wrapper = operation.output.as_ref().and_then(|output| output.result_wrapper.as_ref());
        let Some(wrapper) = wrapper else { return };
        let expected = format!("{}Result", on.name);
        if wrapper.text != expected {
            let message = format!("the result's wrapper is `{}`", shorten(&wrapper.text));
            reader.report(on, wrapper, message, format!("the protocol has `{expected}` there"));
        }
    }

    /// Smithy specification, "HTTP binding traits: http".
    fn http(
        &self,
        reader: &mut Reader<'a>,
        on: Subject<'_>,
        key: &Text<'a>,
        operation: &Operation<'a>,
        traits: &mut Traits,
    ) {
        let Some(Http { method: Some(method), request_uri: Some(uri), response_code, .. }) =
            &operation.http
        else {
            if self.service.is_rest() {
                let help = "add it: \"http\": {\"method\": \"GET\", \"requestUri\": \"/…\"}";
                reader.report(on, key, "it has no `http` with `method` and `requestUri`", help);
            }
            return;
        };
        // What RPC protocols do anyway goes without saying.
        if !self.service.is_rest() && method.text == "POST" && uri.text == "/" {
            return;
        }
        let mut http = Map::new();
        http.insert("method".to_owned(), Value::from(&*method.text));
        http.insert("uri".to_owned(), Value::from(self.uri(reader, on, operation, uri)));
        http.insert("code".to_owned(), response_code.clone().unwrap_or_else(|| Value::from(200)));
        traits.insert(trait_id::HTTP, Value::Object(http));
    }

    /// The URI with its labels named by members: botocore's are named by the members' `locationName`.
    fn uri(
        &self,
        reader: &mut Reader<'a>,
        on: Subject<'_>,
        operation: &Operation<'a>,
        uri: &Text<'a>,
    ) -> String {
        let labels = self.labels(operation);
        let mut renamed = String::with_capacity(uri.text.len());
        let mut rest = &*uri.text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((label, after)) = after.split_once('}') else { break };
            let name = label.strip_suffix('+').unwrap_or(label);
            renamed.push_str(before);
            renamed.push('{');
            match labels.get(name) {
                Some(member) => renamed.push_str(member),
                None => {
                    let add = "give the input a member with \"location\": \"uri\"";
                    let help = reader.mend(name, labels.keys().copied(), add);
                    let message = format!("no member of the input fills the label `{{{name}}}`");
                    reader.report(on, uri, message, help);
                }
            }
            renamed.push_str(&label[name.len()..]);
            renamed.push('}');
            rest = after;
        }
        renamed.push_str(rest);
        renamed
    }

    /// The labels that the input has members for, and the members.
    fn labels(&self, operation: &Operation<'a>) -> BTreeMap<&str, &str> {
        let input = operation.input.as_ref().and_then(|input| input.shape.as_ref());
        let input = input.and_then(|input| self.document.shapes.get(&input.text));
        let members = input.iter().flat_map(|input| &input.value.members);
        members
            .flat_map(|members| &members.0)
            .filter(|(_, member)| member.location.as_ref().is_some_and(|it| it.text == "uri"))
            .map(|(key, member)| (&*member.location_name.as_ref().unwrap_or(key).text, &*key.text))
            .collect()
    }
}

/// Smithy specification, "Authentication traits: auth, optionalAuth", and AWS's "unsignedPayload".
fn authenticate(
    reader: &mut Reader<'_>,
    on: Subject<'_>,
    operation: &Operation<'_>,
    traits: &mut Traits,
) {
    let mut schemes: Vec<&str> = Vec::new();
    let mut is_open = false;
    for name in operation.auth.iter().flatten() {
        match scheme(&name.text) {
            Some(scheme) => schemes.push(scheme),
            None if name.text == NO_AUTH => is_open = true,
            None => report_scheme(reader, on, name),
        }
    }
    let says_schemes = operation.auth.is_some();
    let scheme = match operation.auth_type.as_ref().map(|it| (it, &*it.text)) {
        None => None,
        Some((_, "none")) => {
            is_open = true;
            None
        }
        Some((_, "v4")) => Some(trait_id::SIGV4),
        Some((_, "v4a")) => Some(trait_id::SIGV4A),
        Some((_, "bearer")) => Some(trait_id::HTTP_BEARER_AUTH),
        Some((_, "v4-unsigned-body")) => {
            mark(traits, trait_id::UNSIGNED_PAYLOAD, Some(true));
            None
        }
        Some((auth_type, other)) => {
            let message = format!("unknown `authtype` `{}`", shorten(other));
            let help = "known are none, v4, v4a, v4-unsigned-body and bearer";
            reader.report(on, auth_type, message, help);
            None
        }
    };
    schemes.extend(scheme.filter(|_| !says_schemes));
    if is_open || !schemes.is_empty() {
        traits.insert(trait_id::AUTH, Value::from(schemes));
    }
    mark(traits, trait_id::OPTIONAL_AUTH, Some(is_open));
}
