//! Model → IR: every question about names, nullability, boxing, placement and documentation is
//! answered here. It must not know how the answers are written down.

mod boxing;
mod client;
mod defaults;
mod endpoint;
mod events;
mod members;
mod pagination;
mod paths;
mod schema;
mod shapes;
mod waiters;

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexSet;
use serde_json::Value;
use tinsmith_model::{
    Error, Errors, Model, Shape, ShapeKind, ShapeRef, Traits, closure, did_you_mean, nearest,
    reachable, trait_id,
};

use crate::customize;
use crate::docs;
use crate::ir;
use crate::naming::{self, FileStems};
use crate::protocols::{self, Asks, Protocol};
use crate::settings::{Defaults, Settings};

/// Lowers the chosen operations of a service, with all they need.
pub(crate) fn lower(
    model: &Model,
    service: ShapeRef,
    operations: &[ShapeRef],
    settings: &Settings,
) -> Result<ir::Crate, Errors> {
    let mut lowering = Lowering::new(model, service, operations, settings);
    let mut result = lowering.lower(operations);
    Errors::check(lowering.errors)?;
    customize::customize(&mut result);
    Ok(result)
}

struct Lowering<'a> {
    model: &'a Model,
    service: ShapeRef,
    /// The protocols that the service declares and the runtime speaks, the chosen one first.
    protocols: Vec<&'static Protocol>,
    /// What they ask of schemas.
    asks: Asks,
    defaults: Defaults,
    /// The shapes that get a type or stand in one, operations' inputs and outputs aside.
    shapes: IndexSet<ShapeRef>,
    /// Shapes of which something that they reach is sensitive.
    sensitive: HashSet<ShapeRef>,
    /// Members that recursion forces into a `Box`: their structure or union, and name.
    boxed: IndexSet<(ShapeRef, String)>,
    /// The names of types and their files.
    types: HashMap<ShapeRef, (String, String)>,
    /// The same of the error enums of streams of events, by their unions.
    stream_errors: HashMap<ShapeRef, (String, String)>,
    errors: Vec<Error>,
}

impl<'a> Lowering<'a> {
    fn new(
        model: &'a Model,
        service: ShapeRef,
        operations: &[ShapeRef],
        settings: &Settings,
    ) -> Self {
        let mut roots = IndexSet::new();
        for operation in operations.iter().filter_map(|&r| model.shape(r).as_operation()) {
            for boundary in [operation.input, operation.output] {
                roots.extend(model.shape(boundary).all_members().map(|member| member.target));
            }
            roots.extend(operation.errors.iter().copied());
        }
        roots.extend(model.shape(service).as_service().into_iter().flat_map(|s| s.errors.clone()));
        let (extra, unknown) = extra_types(model, service, &settings.types);
        roots.extend(extra);
        let shapes = reachable(model, roots);
        let boxed = boxing::boxed_members(model, &shapes);
        let sensitive = client::sensitive_shapes(model, &shapes);
        let mut lowering = Self {
            model,
            service,
            protocols: Vec::new(),
            asks: Asks::default(),
            defaults: settings.defaults,
            shapes,
            sensitive,
            boxed,
            types: HashMap::new(),
            stream_errors: HashMap::new(),
            errors: unknown,
        };
        lowering.choose_protocol(settings.protocol.as_deref());
        for (r, member) in boxing::endless_members(model, &lowering.shapes) {
            let message = "the structure requires itself, so that no value of it ends";
            let help = "make a member of the cycle optional: remove its `smithy.api#required`";
            lowering.report(r, Some(&member), message, help);
        }
        lowering.name_types();
        lowering
    }

    fn lower(&mut self, operations: &[ShapeRef]) -> ir::Crate {
        let endpoint = self.endpoint();
        let mut lowered = ir::Crate {
            service: self.service(operations),
            operations: self.operations(operations, &endpoint.parameters),
            structures: Vec::new(),
            unions: Vec::new(),
            enums: Vec::new(),
            errors: Vec::new(),
            stream_errors: Vec::new(),
            endpoint,
        };
        for r in self.shapes.clone() {
            let shape = self.model.shape(r);
            match &shape.kind {
                _ if !self.types.contains_key(&r) => {}
                ShapeKind::Structure(_) if shape.is_error() => {
                    lowered.errors.push(self.error_structure(r));
                }
                ShapeKind::Structure(_) => {
                    let docs = self.docs(shape);
                    let (name, file) = self.type_and_file(r);
                    lowered.structures.push(self.structure(r, name, file, ir::Role::Nested, docs));
                }
                ShapeKind::Union(_) => {
                    lowered.unions.push(self.union(r));
                    if events::is_event_stream(shape) {
                        lowered.stream_errors.push(self.stream_errors(r));
                    }
                }
                _ => lowered.enums.push(self.string_enum(r)),
            }
        }
        let built_ins = lowered.endpoint.parameters.iter().filter_map(|p| p.built_in.as_deref());
        lowered.service.client.account_id_endpoints =
            built_ins.into_iter().any(|name| name == "AWS::Auth::AccountIdEndpointMode");
        lowered.errors.sort_by(|a, b| a.type_name.cmp(&b.type_name));
        lowered.stream_errors.sort_by(|a, b| a.type_name.cmp(&b.type_name));
        lowered
    }

    fn service(&mut self, operations: &[ShapeRef]) -> ir::Service {
        let client = self.client(operations);
        let shape = self.model.shape(self.service);
        let text = |id: &str, key: &str| {
            let value = shape.traits.get(id).and_then(|value| value.get(key));
            value.and_then(Value::as_str).map(str::to_owned)
        };
        let title = shape.traits.str(trait_id::TITLE).unwrap_or(shape.id.name());
        ir::Service {
            id: shape.id.to_string(),
            sdk_id: text(trait_id::SERVICE, "sdkId"),
            version: shape.as_service().map(|s| s.version.clone()).unwrap_or_default(),
            title: docs::markdown(title).split_whitespace().collect::<Vec<_>>().join(" "),
            docs: self.docs(shape),
            protocols: self.protocols.clone(),
            xml_namespace: self.asks.xml.then(|| xml_namespace(&shape.traits)).flatten(),
            query_compatible: shape.traits.has(trait_id::AWS_QUERY_COMPATIBLE),
            no_error_wrapping: shape
                .traits
                .get(trait_id::REST_XML)
                .and_then(|rest_xml| rest_xml.get("noErrorWrapping"))
                .and_then(Value::as_bool)
                == Some(true),
            headers: Vec::new(),
            endpoint_prefix: text(trait_id::SERVICE, "endpointPrefix"),
            signing_name: text(trait_id::SIGV4, "name"),
            client,
        }
    }

    /// Finds the protocols that the service declares and the runtime speaks, the one that the caller
    /// chose, if any, first.
    fn choose_protocol(&mut self, chosen: Option<&str>) {
        let shape = self.model.shape(self.service);
        let declared: Vec<&str> = shape
            .traits
            .iter()
            .map(|(id, _)| id)
            .filter(|id| {
                id.starts_with("aws.protocols#") && !id.ends_with("Compatible")
                    || id.starts_with("smithy.protocols#")
            })
            .collect();
        let spoken: Vec<_> = protocols::all().iter().filter(|p| shape.traits.has(p.id)).collect();
        let names = |protocols: &[&'static Protocol]| {
            protocols.iter().map(|protocol| protocol.id).collect::<Vec<_>>().join(", ")
        };
        if spoken.is_empty() {
            let message = if declared.is_empty() {
                "the service declares no protocol".to_owned()
            } else {
                format!("none of the service's protocols is supported: {}", declared.join(", "))
            };
            let all: Vec<_> = protocols::all().iter().collect();
            self.report(self.service, None, message, &format!("supported are {}", names(&all)));
        }
        let is_chosen = |protocol: &Protocol| {
            let name = protocol.id.rsplit_once('#').map_or(protocol.id, |(_, name)| name);
            chosen.is_none_or(|chosen| chosen == protocol.id || chosen == name)
        };
        match spoken.iter().position(|protocol| is_chosen(protocol)) {
            Some(first) => {
                self.protocols.clone_from(&spoken);
                self.protocols[..=first].rotate_right(1);
            }
            None if spoken.is_empty() => {}
            None => {
                let message =
                    format!("the service doesn't speak the protocol `{}`", chosen.unwrap_or(""));
                self.report(self.service, None, message, &format!("it speaks {}", names(&spoken)));
            }
        }
        self.asks = self.protocols.iter().fold(Asks::default(), |asks, p| asks.or(p.asks));
    }

    /// Whether codes of query errors, and whose fault they are, count.
    fn speaks_of_query_errors(&self) -> bool {
        let service = self.model.shape(self.service);
        self.asks.query_errors || service.traits.has(trait_id::AWS_QUERY_COMPATIBLE)
    }

    /// The status code of an error's response.
    fn status(&self, error: &Shape, is_server: bool) -> u16 {
        let of_query = || error.traits.get(trait_id::AWS_QUERY_ERROR)?.get("httpResponseCode");
        let status = match self.asks.query_errors.then(of_query).flatten() {
            Some(status) => Some(status),
            None => error.traits.get(trait_id::HTTP_ERROR),
        };
        let status = status.and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
        status.unwrap_or(if is_server { 500 } else { 400 })
    }

    fn http(&mut self, r: ShapeRef) -> Option<ir::Http> {
        let Some(http) = self.model.shape(r).traits.get(trait_id::HTTP) else {
            let message = "the operation says nothing of HTTP, which the service's protocol needs";
            self.report(r, None, message, "give it the trait `smithy.api#http`");
            return None;
        };
        let text = |key: &str| http.get(key).and_then(Value::as_str).map(str::to_owned);
        let code = http.get("code").map_or(Some(200), Value::as_u64);
        let code = code.and_then(|code| u16::try_from(code).ok());
        match (text("method"), text("uri"), code) {
            (Some(method), Some(uri), Some(code)) if uri.starts_with('/') => {
                Some(ir::Http { method, uri, code })
            }
            _ => {
                let message = format!("`{http}` isn't an HTTP binding");
                let help = "it needs a `method`, a `uri` that begins with `/` and perhaps a `code`";
                self.report(r, None, message, help);
                None
            }
        }
    }

    /// The operations; those that would have the same module are reported.
    fn operations(
        &mut self,
        operations: &[ShapeRef],
        parameters: &[ir::endpoint::Parameter],
    ) -> Vec<ir::Operation> {
        let mut taken: HashMap<String, ShapeRef> = HashMap::new();
        let mut lowered = Vec::with_capacity(operations.len());
        for &r in operations {
            let operation = self.operation(r, parameters);
            if let Some(other) = taken.insert(operation.module.clone(), r) {
                let other = &self.model.shape(other).id;
                let module = &operation.module;
                let message =
                    format!("the modules of this operation and {other} would be called `{module}`");
                self.report(r, None, message, "leave one of them out");
            }
            lowered.push(operation);
        }
        self.check_waiters(operations, &lowered);
        lowered
    }

    fn operation(&mut self, r: ShapeRef, parameters: &[ir::endpoint::Parameter]) -> ir::Operation {
        let shape = self.model.shape(r);
        let name = shape.id.name().to_owned();
        let type_name = plain(&naming::operation(&name));
        let Some(operation) = shape.as_operation() else {
            unreachable!("{} was resolved as an operation", shape.id)
        };
        let (input, output) = (operation.input, operation.output);
        let input_name = plain(&naming::pascal_case(&format!("{name}Input")));
        let output_name = plain(&naming::pascal_case(&format!("{name}Output")));
        let input = self.boundary(input, input_name, "input", ir::Role::Input, &name);
        let output = self.boundary(output, output_name, "output", ir::Role::Output, &name);
        ir::Operation {
            module: plain(&naming::module(&name)),
            method: naming::client_method(&name),
            docs: self.docs(shape),
            idempotency_token: self.takes_idempotency_token(r),
            unsigned_payload: shape.traits.has(trait_id::UNSIGNED_PAYLOAD),
            sensitive_output: self.is_output_sensitive(operation.output),
            may_stall: input.has_events() || output.has_events(),
            presigning: None,
            input,
            output,
            error_type: format!("{type_name}Error"),
            errors: self.error_variants(&operation.errors),
            http: self.asks.http.then(|| self.http(r)).flatten(),
            checksum_required: shape.traits.has(trait_id::HTTP_CHECKSUM_REQUIRED),
            compressed: is_compressed(shape),
            unwrapped_xml_output: shape.traits.has(trait_id::S3_UNWRAPPED_XML_OUTPUT),
            tree_hash: false,
            endpoint_member: None,
            context_params: self.context_params(r, parameters),
            host_prefix: shape
                .traits
                .get(trait_id::ENDPOINT)
                .and_then(|endpoint| endpoint.get("hostPrefix"))
                .and_then(Value::as_str)
                .map(str::to_owned),
            paginator: self.paginator(r),
            waiters: self.waiters(r),
            deprecated: deprecated(&shape.traits),
            type_name,
            name,
        }
    }

    /// Whether anything in an operation's output is sensitive.
    fn is_output_sensitive(&self, output: ShapeRef) -> bool {
        let sensitive = |traits: &Traits| traits.has(trait_id::SENSITIVE);
        let shape = self.model.shape(output);
        let mut members = shape.all_members();
        sensitive(&shape.traits)
            || members.any(|m| sensitive(&m.traits) || self.sensitive.contains(&m.target))
    }

    /// An operation's input or output, which is a structure of its own whatever it targets.
    fn boundary(
        &mut self,
        r: ShapeRef,
        name: String,
        file: &str,
        role: ir::Role,
        operation: &str,
    ) -> ir::Structure {
        let shape = self.model.shape(r);
        let docs = if shape.traits.has(trait_id::DOCUMENTATION) {
            self.docs(shape)
        } else {
            let what = if role == ir::Role::Input { "What to ask of" } else { "The answer of" };
            format!("{what} `{operation}`.")
        };
        self.structure(r, name, file.to_owned(), role, docs)
    }

    /// The errors of an operation and of its service, by name, each once.
    fn error_variants(&mut self, errors: &[ShapeRef]) -> Vec<ir::ErrorVariant> {
        let common = self.model.shape(self.service).as_service();
        let all = errors.iter().chain(common.into_iter().flat_map(|service| &service.errors));
        let (mut variants, mut methods) = (BTreeMap::new(), HashMap::new());
        for &r in all {
            let variant = self.error_variant(r);
            self.check_method(&mut methods, &variant.snake, r);
            variants.insert(variant.name.clone(), variant);
        }
        variants.into_values().collect()
    }

    /// Reports an error that an enum would ask for by the same method as another.
    fn check_method(&mut self, methods: &mut HashMap<String, ShapeRef>, snake: &str, r: ShapeRef) {
        let method = format!("is_{snake}");
        if let Some(other) = methods.insert(method.clone(), r).filter(|other| *other != r) {
            let other = &self.model.shape(other).id;
            let message = format!("this error and {other} would both be asked for by `{method}`");
            let help = "give one of them another name with the service's `rename`";
            self.report(r, None, message, help);
        }
    }

    /// An error as a variant of an enum.
    fn error_variant(&self, r: ShapeRef) -> ir::ErrorVariant {
        let shape = self.model.shape(r);
        let (name, _) = self.type_and_file(r);
        let is_server = shape.traits.str(trait_id::ERROR) == Some("server");
        let query_error = shape.traits.get(trait_id::AWS_QUERY_ERROR);
        let query_code = query_error
            .and_then(|error| error.get("code"))
            .and_then(Value::as_str)
            .filter(|code| *code != shape.id.name());
        ir::ErrorVariant {
            snake: naming::snake_case(&name),
            docs: self.docs(shape),
            status: self.status(shape, is_server),
            query_code: self
                .speaks_of_query_errors()
                .then(|| query_code.map(str::to_owned))
                .flatten(),
            server: is_server && self.speaks_of_query_errors(),
            deprecated: deprecated(&shape.traits),
            name,
        }
    }

    /// Gives each shape that gets a type its name and file, and reports the names that two of them
    /// would have.
    fn name_types(&mut self) {
        let service = self.model.shape(self.service).as_service();
        let mut taken: HashMap<(bool, String), ShapeRef> = HashMap::new();
        let (mut types, mut errors) = (FileStems::new(), FileStems::new());
        for r in self.shapes.clone() {
            let shape = self.model.shape(r);
            let has_type = shape.is_structure() || shape.is_union() || is_string_enum(shape);
            if !has_type || shape.id.as_str() == "smithy.api#Unit" {
                continue;
            }
            let renamed = service.and_then(|service| service.rename.get(&r));
            let name = plain(&naming::type_name(renamed.map_or(shape.id.name(), String::as_str)));
            let files = if shape.is_error() { &mut errors } else { &mut types };
            let mut file = files.allocate(&name);
            // Only a name without letters is its own module's: `_1`.
            if file == name {
                file.push('_');
            }
            self.types.insert(r, (name.clone(), file));
            if events::is_event_stream(shape) {
                let error = format!("{name}Error");
                let file = errors.allocate(&error);
                self.stream_errors.insert(r, (error.clone(), file));
                self.check_type(&mut taken, (true, error), r);
            }
            if shape.is_error() && name == "Unhandled" {
                let message = "every enum of errors has a variant `Unhandled` of its own";
                let help = "give the error another name with the service's `rename`";
                self.report(r, None, message, help);
            }
            self.check_type(&mut taken, (shape.is_error(), name), r);
        }
    }

    /// Reports a shape that needs the same type as another: one of an error, or not.
    fn check_type(
        &mut self,
        taken: &mut HashMap<(bool, String), ShapeRef>,
        (is_error, name): (bool, String),
        r: ShapeRef,
    ) {
        if let Some(other) = taken.insert((is_error, name.clone()), r) {
            let other = &self.model.shape(other).id;
            let message = format!("both this shape and {other} would be called `{name}`");
            let help = "give one of them another name with the service's `rename`";
            self.report(r, None, message, help);
        }
    }

    fn type_and_file(&self, r: ShapeRef) -> (String, String) {
        match self.types.get(&r) {
            Some(names) => names.clone(),
            None => unreachable!("{} has no type of its own", self.model.shape(r).id),
        }
    }

    fn type_name(&self, r: ShapeRef) -> String {
        self.type_and_file(r).0
    }

    fn docs(&self, shape: &Shape) -> String {
        docs::markdown(shape.traits.str(trait_id::DOCUMENTATION).unwrap_or_default())
    }

    fn report(
        &mut self,
        r: ShapeRef,
        member: Option<&str>,
        message: impl Into<String>,
        help: &str,
    ) {
        let shape = &self.model.shape(r).id;
        let place = member.map_or(shape.to_string(), |member| format!("{shape}${member}"));
        let message = format!("{place}: {}", message.into());
        self.errors.push(self.model.error(r, member, message, Some(help)));
    }
}

/// The shapes of types that are wanted whatever the operations, and errors for those that the service doesn't have.
fn extra_types(model: &Model, service: ShapeRef, names: &[String]) -> (Vec<ShapeRef>, Vec<Error>) {
    if names.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let renames = model.shape(service).as_service().map(|service| &service.rename);
    let mut types: BTreeMap<String, ShapeRef> = BTreeMap::new();
    for r in closure(model, service, &model.operations(service)) {
        let shape = model.shape(r);
        if shape.is_structure() || shape.is_union() || is_string_enum(shape) {
            let renamed = renames.and_then(|renames| renames.get(&r));
            let name = naming::type_name(renamed.map_or(shape.id.name(), String::as_str));
            types.entry(plain(&name)).or_insert(r);
        }
    }
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for name in names {
        match types.get(name) {
            Some(r) => found.push(*r),
            None => {
                let message = format!("the service has no type `{name}`");
                let near = nearest(name, types.keys().map(String::as_str));
                let help = did_you_mean(&near);
                let help = help.unwrap_or_else(|| "name a type by its Rust name".to_owned());
                unknown.push(model.error(service, None, message, Some(&help)));
            }
        }
    }
    (found, unknown)
}

/// The name as an identifier, without the `r#` that it may need: `1st` → `_1st`.
fn plain(name: &str) -> String {
    let ident = naming::ident(name).to_string();
    ident.strip_prefix("r#").map_or(ident.clone(), str::to_owned)
}

/// Whether the shape is an enum of strings: by its type, or by the trait that came before it.
fn is_string_enum(shape: &Shape) -> bool {
    match shape.kind {
        ShapeKind::Enum(_) => true,
        ShapeKind::String => shape.traits.has(trait_id::ENUM),
        _ => false,
    }
}

fn xml_namespace(traits: &Traits) -> Option<ir::XmlNamespace> {
    let namespace = traits.get(trait_id::XML_NAMESPACE)?;
    let text = |key: &str| namespace.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(ir::XmlNamespace { prefix: text("prefix"), uri: text("uri").unwrap_or_default() })
}

/// Whether requests are compressed by an encoding that the runtime knows.
fn is_compressed(operation: &Shape) -> bool {
    let encodings = operation
        .traits
        .get(trait_id::REQUEST_COMPRESSION)
        .and_then(|compression| compression.get("encodings"))
        .and_then(Value::as_array);
    encodings.is_some_and(|encodings| encodings.iter().any(|e| e.as_str() == Some("gzip")))
}

/// The note of `@deprecated`, as one line.
fn deprecated(traits: &Traits) -> Option<String> {
    let value = traits.get(trait_id::DEPRECATED)?;
    let message =
        value.get("message").and_then(Value::as_str).unwrap_or("deprecated by the service");
    Some(docs::summary(message))
}
