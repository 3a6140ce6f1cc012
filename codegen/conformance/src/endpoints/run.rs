//! Runs cases: by their parameters, and by requests of operations with a configuration. It must not know what outcomes
//! look like.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_credential_types::attributes::AccountId;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use serde_json::{Map, Value};
use tinsmith_runtime::dynamic::{AnyOperation, Terms};
use tinsmith_runtime::endpoint::{
    ClientParam, ParamValue, Params, ResolveEndpoint as _, Rules, ServiceEndpoints,
    SharedEndpointResolver,
};

use super::case::{Case, OperationInput, Outcome};
use super::compare::difference;

/// A service: what cases call it, its endpoints, and those of its operations that cases make requests of.
pub type Service = (&'static str, &'static ServiceEndpoints, &'static [&'static dyn AnyOperation]);

/// Runs the cases, in their order.
#[must_use]
pub fn run(cases: &[Case], services: &[Service]) -> Vec<Outcome> {
    let runners: BTreeMap<&str, Runner> = services
        .iter()
        .map(|(name, endpoints, operations)| (*name, Runner::new(endpoints, operations)))
        .collect();
    let run = |case: &Case| match runners.get(case.service.as_str()) {
        Some(runner) => runner.run(case),
        None => Outcome { resolved: 0, failures: vec!["the service isn't there".to_owned()] },
    };
    cases.iter().map(run).collect()
}

/// The program that a run builds: reads cases from the file named by its first argument, and prints their outcomes as
/// JSON.
///
/// # Errors
/// If the file can't be read, or isn't a list of cases.
pub fn main(services: &[Service]) -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("the file with the cases is missing")?;
    let cases: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    println!("{}", serde_json::to_string(&run(&cases, services))?);
    Ok(())
}

struct Runner {
    endpoints: &'static ServiceEndpoints,
    operations: &'static [&'static dyn AnyOperation],
    /// One for all cases, as a client has it: what it remembers of one must not show in another.
    resolver: SharedEndpointResolver,
}

impl Runner {
    fn new(
        endpoints: &'static ServiceEndpoints,
        operations: &'static [&'static dyn AnyOperation],
    ) -> Self {
        Self { endpoints, operations, resolver: (endpoints.resolver)() }
    }

    fn run(&self, case: &Case) -> Outcome {
        let mut outcome = Outcome::default();
        let mut check = |what: &str, resolve: &dyn Fn() -> Result<Endpoint, BoxError>| {
            outcome.resolved += 1;
            // A panic is this case's defect, and no reason not to run the others.
            let failure = match std::panic::catch_unwind(AssertUnwindSafe(resolve)) {
                Ok(found) => difference(&case.expect, &found),
                Err(_) => Some("it panics".to_owned()),
            };
            outcome.failures.extend(failure.map(|failure| format!("{what}:\n{failure}")));
        };
        let nothing = Map::new();
        let params = case.params.as_ref().or_else(|| {
            let alone = case.operation_inputs.is_empty();
            alone.then_some(&nothing)
        });
        if let Some(params) = params {
            check("by parameters", &|| self.by_params(params));
        }
        for input in &case.operation_inputs {
            check(&input.operation_name, &|| self.by_operation(input));
        }
        outcome
    }

    fn by_params(&self, values: &Map<String, Value>) -> Result<Endpoint, BoxError> {
        let mut params = Params::builder(self.endpoints.rules);
        for (name, value) in values {
            if !params.set_named(name, Some(param(value)?)) {
                return Err(format!("there is no parameter {name}").into());
            }
        }
        self.resolve(params.build_unvalidated()?, None)
    }

    fn by_operation(&self, input: &OperationInput) -> Result<Endpoint, BoxError> {
        let name = &input.operation_name;
        let operation = self.operations.iter().find(|operation| operation.schema().name() == name);
        let operation = operation.ok_or_else(|| format!("there is no operation {name}"))?;
        let config = config(self.endpoints.rules, input)?;
        let document = serde_json::to_vec(&input.operation_params)?;
        let mut params = Err(BoxError::from("the operation showed no input"));
        operation.with_input(&document, Terms::DEFAULT, &mut |input| {
            params = Params::of(self.endpoints.rules, &config, operation.schema(), input);
        })?;
        let account = input.built_in_params.get("AWS::Auth::AccountId").and_then(Value::as_str);
        self.resolve(params?, account)
    }

    /// Goes the way that a client's calls go.
    fn resolve(&self, params: Params, account: Option<&str>) -> Result<Endpoint, BoxError> {
        let mut params = (self.endpoints.params)(params);
        if let Some(account) = account {
            let identity = Identity::builder().data(()).property(AccountId::from(account)).build();
            params.set_property(identity?);
        }
        self.resolver.finalize_params(&mut params)?;
        let future = pin!(self.resolver.resolve_endpoint(&params));
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(endpoint) => endpoint,
            Poll::Pending => Err("the resolver waits for something".into()),
        }
    }
}

/// The value of a parameter.
fn param(value: &Value) -> Result<ParamValue, BoxError> {
    let unknown = || format!("{value} is no value of a parameter");
    match value {
        Value::Bool(value) => Ok((*value).into()),
        Value::String(text) => Ok(text.as_str().into()),
        Value::Array(items) => {
            let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
            Ok(texts.collect::<Option<Vec<String>>>().ok_or_else(unknown)?.into())
        }
        _ => Err(unknown().into()),
    }
}

/// What a client's configuration holds for the request.
fn config(rules: &'static Rules, input: &OperationInput) -> Result<ConfigBag, BoxError> {
    let mut layer = Layer::new("case");
    for (name, value) in &input.built_in_params {
        built_in(&mut layer, rules, name, param(value)?)?;
    }
    for (name, value) in &input.client_params {
        let position =
            rules.position(name).ok_or_else(|| format!("there is no parameter {name}"))?;
        let name = rules.parameters()[position].name();
        layer.store_append(ClientParam::new(name, Some(param(value)?)));
    }
    let mut bag = ConfigBag::base();
    bag.push_layer(layer);
    Ok(bag)
}

/// Stores what a client stores for a setting.
fn built_in(
    layer: &mut Layer,
    rules: &'static Rules,
    name: &str,
    value: ParamValue,
) -> Result<(), BoxError> {
    match (name, value) {
        ("AWS::Region", ParamValue::String(region)) => {
            layer.store_put(Region::new(region));
        }
        ("AWS::UseFIPS", ParamValue::Boolean(value)) => {
            layer.store_put(UseFips(value));
        }
        ("AWS::UseDualStack", ParamValue::Boolean(value)) => {
            layer.store_put(UseDualStack(value));
        }
        ("SDK::Endpoint", ParamValue::String(url)) => {
            layer.store_put(EndpointUrl(url));
        }
        ("AWS::Auth::AccountIdEndpointMode", ParamValue::String(mode)) => {
            layer.store_put(mode.parse::<AccountIdEndpointMode>()?);
        }
        // It comes with the identity.
        ("AWS::Auth::AccountId", _) => {}
        (name, value) => {
            let position = rules.built_in(name);
            let position = position.ok_or_else(|| format!("no parameter is bound to {name}"))?;
            let parameter = rules.parameters()[position].name();
            layer.store_append(ClientParam::new(parameter, Some(value)));
        }
    }
    Ok(())
}
