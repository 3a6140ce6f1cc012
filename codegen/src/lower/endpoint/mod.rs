//! The endpoint rules of a service, and where its operations get the values of parameters: traits → IR. Of the two forms
//! that rules may have the diagram is taken, for it asks no condition twice. It must not know how rules are evaluated.

mod context;
mod diagram;
mod expr;
mod functions;
mod graph;
mod outcome;
mod place;
#[cfg(test)]
mod tests;
mod tree;

use serde_json::{Value, json};
use tinsmith_model::trait_id;

use self::expr::Scope;
use self::functions::Kind;
use self::graph::Graph;
use self::place::{Mistake, Place};
use super::Lowering;
use crate::docs;
use crate::ir::endpoint::{ClientParam, Endpoint, Literal, ParamKind, Parameter};
use crate::naming;

impl Lowering<'_> {
    /// The service's endpoint rules; without any, the endpoint is what the client's configuration says.
    pub(super) fn endpoint(&mut self) -> Endpoint {
        let traits = &self.model.shape(self.service).traits;
        let own = [trait_id::ENDPOINT_BDD, trait_id::ENDPOINT_RULE_SET]
            .into_iter()
            .find_map(|id| Some((id, traits.get(id)?.clone())));
        let (id, value) = own.unwrap_or_else(|| (trait_id::ENDPOINT_RULE_SET, without_rules()));
        match rules(id, &value) {
            Ok(endpoint) => self.with_client_params(endpoint),
            Err(mistake) => {
                self.report(self.service, None, mistake.message, &mistake.help);
                let (parameters, client_params) = (Vec::new(), Vec::new());
                let (conditions, outcomes, nodes) = (Vec::new(), Vec::new(), Vec::new());
                Endpoint { parameters, variables: 0, conditions, outcomes, nodes, client_params }
            }
        }
    }

    fn with_client_params(&mut self, mut endpoint: Endpoint) -> Endpoint {
        let id = trait_id::CLIENT_CONTEXT_PARAMS;
        let Some(value) = self.model.shape(self.service).traits.get(id) else { return endpoint };
        match client_params(&Place::root(short(id), value), &endpoint.parameters) {
            Ok(client_params) => endpoint.client_params = client_params,
            Err(mistake) => self.report(self.service, None, mistake.message, &mistake.help),
        }
        endpoint
    }
}

/// A trait's name without its namespace.
fn short(id: &'static str) -> &'static str {
    id.rsplit_once('#').map_or(id, |(_, name)| name)
}

/// The rules of services that have none: the configured endpoint, or an error.
fn without_rules() -> Value {
    json!({
        "parameters": {
            "Endpoint": {
                "type": "string",
                "builtIn": "SDK::Endpoint",
                "documentation": "The URL that requests go to."
            }
        },
        "rules": [
            {
                "type": "endpoint",
                "conditions": [{ "fn": "isSet", "argv": [{ "ref": "Endpoint" }] }],
                "endpoint": { "url": { "ref": "Endpoint" } }
            },
            {
                "type": "error",
                "conditions": [],
                "error": "the service has no endpoints of its own: configure an endpoint URL"
            }
        ]
    })
}

/// Rules in one of the two forms.
fn rules(id: &'static str, value: &Value) -> Result<Endpoint, Mistake> {
    let place = Place::root(short(id), value);
    let parameters = parameters(&place)?;
    let kinds = parameters.iter().map(|parameter| {
        let kind = match parameter.kind {
            ParamKind::String => Kind::String,
            ParamKind::Boolean => Kind::Boolean,
            ParamKind::StringArray => Kind::Array,
        };
        (parameter.name.clone(), kind)
    });
    let (mut graph, mut scope) = (Graph::default(), Scope::new(kinds.collect()));
    let root = if id == trait_id::ENDPOINT_BDD {
        diagram::diagram(&mut graph, &mut scope, &place)?
    } else {
        tree::tree(&mut graph, &mut scope, &place)?
    };
    let graph::Ordered { conditions, outcomes, nodes } = graph.ordered(root);
    let positions = parameters.len() + scope.variables();
    if positions > usize::from(u8::MAX) || nodes.len() + outcomes.len() > usize::from(u16::MAX) {
        let message = format!(
            "there are {positions} parameters and variables, {} conditions and {} results",
            nodes.len(),
            outcomes.len()
        );
        let help = "make do with 255 parameters and variables, and 65535 of the others together";
        return Err(place.mistake(message, help));
    }
    let (variables, client_params) = (scope.variables(), Vec::new());
    Ok(Endpoint { parameters, variables, conditions, outcomes, nodes, client_params })
}

fn parameters(rules: &Place<'_>) -> Result<Vec<Parameter>, Mistake> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for (name, place) in rules.need("parameters")?.members()? {
        let parameter = parameter(name, &place)?;
        if let Some(other) = parameters.iter().find(|other| other.field == parameter.field) {
            let message = format!("it would be called `{}`, as `{}` is", other.field, other.name);
            return Err(place.mistake(message, "give it another name"));
        }
        parameters.push(parameter);
    }
    Ok(parameters)
}

fn parameter(name: &str, place: &Place<'_>) -> Result<Parameter, Mistake> {
    let kind = kind(place)?;
    let default = place.get("default").map(|default| literal(&default, kind)).transpose()?;
    let text = |key| place.get(key).and_then(|place| place.value().as_str());
    let flag = |key| place.get(key).and_then(|place| place.value().as_bool()) == Some(true);
    let deprecated = place.get("deprecated").map(|deprecated| {
        let message = deprecated.get("message").and_then(|message| message.value().as_str());
        docs::summary(message.unwrap_or("deprecated by the service"))
    });
    Ok(Parameter {
        name: name.to_owned(),
        field: naming::field(name),
        snake: naming::setter_suffix(name),
        docs: docs::markdown(text("documentation").unwrap_or_default()),
        kind,
        required: flag("required") || default.is_some(),
        default,
        built_in: text("builtIn").map(str::to_owned),
        deprecated,
    })
}

/// The type of a parameter, whose name's case doesn't count.
fn kind(place: &Place<'_>) -> Result<ParamKind, Mistake> {
    let kind = place.need("type")?;
    match kind.text()?.to_ascii_lowercase().as_str() {
        "string" => Ok(ParamKind::String),
        "boolean" => Ok(ParamKind::Boolean),
        "stringarray" => Ok(ParamKind::StringArray),
        _ => Err(kind.mistake(
            "there is no such type of parameter",
            "parameters are of the types `string`, `boolean` and `stringArray`",
        )),
    }
}

/// The value of a parameter of this type.
fn literal(place: &Place<'_>, kind: ParamKind) -> Result<Literal, Mistake> {
    match (kind, place.value()) {
        (ParamKind::String, Value::String(text)) => Ok(Literal::String(text.clone())),
        (ParamKind::Boolean, Value::Bool(value)) => Ok(Literal::Boolean(*value)),
        (ParamKind::StringArray, Value::Array(_)) => {
            let items = place.items()?;
            let texts = items.iter().map(|item| item.text().map(str::to_owned));
            Ok(Literal::StringArray(texts.collect::<Result<_, _>>()?))
        }
        (_, value) => {
            let help = "give it a value of the parameter's type";
            Err(place.mistake(format_args!("`{value}` isn't of the parameter's type"), help))
        }
    }
}

/// The parameters that a client's configuration sets.
fn client_params(place: &Place<'_>, parameters: &[Parameter]) -> Result<Vec<ClientParam>, Mistake> {
    let mut client_params = Vec::new();
    for (name, place) in place.members()? {
        let kind = kind(&place)?;
        context::check(&place, name, kind, parameters)?;
        let text = place.get("documentation").and_then(|text| text.value().as_str());
        client_params.push(ClientParam {
            name: name.to_owned(),
            field: naming::field(name),
            snake: naming::setter_suffix(name),
            docs: docs::markdown(text.unwrap_or_default()),
            kind,
        });
    }
    Ok(client_params)
}
