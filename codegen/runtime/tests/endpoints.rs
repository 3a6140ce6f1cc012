//! Parameters of an operation's requests, and the resolver that a crate's macros make: with shapes written by hand.

#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_credential_types::attributes::AccountId;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;

use tinsmith_runtime::client::BoxError;
use tinsmith_runtime::endpoint::rules::{
    Condition, EndpointRule, Expr, Kind, Literal, Outcome, Parameter,
};
use tinsmith_runtime::endpoint::{
    ClientParam, ContextParam, Params as AnyParams, ResolveEndpoint as _, Rules,
};
use tinsmith_runtime::endpoint::{
    Endpoint, EndpointFuture, EndpointResolverParams, InvalidParams, SharedEndpointResolver,
};
use tinsmith_runtime::path::Expression;
use tinsmith_runtime::protocol::AWS_JSON_1_1;
use tinsmith_runtime::schema::{Member, Schema};
use tinsmith_runtime::service::{OperationSchema, ServiceSchema};
use tinsmith_runtime::value::{StructureShape, Value};

static RULES: Rules = Rules::new(
    &[
        Parameter::new("Region", "region", Kind::String).built_in("AWS::Region"),
        Parameter::new("UseFIPS", "use_fips", Kind::Boolean)
            .default(Literal::Boolean(false))
            .built_in("AWS::UseFIPS"),
        Parameter::new("UseDualStack", "use_dual_stack", Kind::Boolean)
            .built_in("AWS::UseDualStack"),
        Parameter::new("Endpoint", "endpoint", Kind::String).built_in("SDK::Endpoint"),
        Parameter::new("Mode", "mode", Kind::String).built_in("AWS::Auth::AccountIdEndpointMode"),
        Parameter::new("Account", "account", Kind::String).built_in("AWS::Auth::AccountId"),
        Parameter::new("Style", "style", Kind::Boolean).built_in("AWS::S3::ForcePathStyle"),
        Parameter::new("Table", "table", Kind::String),
        Parameter::new("Tables", "tables", Kind::StringArray),
        Parameter::new("Plane", "plane", Kind::String),
    ],
    0,
    &[Condition::when(Expr::IsSet(&Expr::Ref(5)))],
    &[
        Outcome::Endpoint(EndpointRule::new(Expr::Template(&[
            Expr::String("https://"),
            Expr::Ref(5),
            Expr::String("."),
            Expr::Ref(0),
        ]))),
        Outcome::Endpoint(EndpointRule::new(Expr::Template(&[
            Expr::String("https://"),
            Expr::Ref(0),
        ]))),
    ],
    &[[0, 1, 2]],
);

tinsmith_runtime::endpoints!();

impl ParamsBuilder {
    tinsmith_runtime::endpoint_param!(0, region, set_region, String);
    tinsmith_runtime::endpoint_param!(1, use_fips, set_use_fips, bool);
    tinsmith_runtime::endpoint_param!(8, tables, set_tables, Vec<String>);
}

static SERVICE: ServiceSchema = ServiceSchema::new("a#S", "1", &AWS_JSON_1_1);
static GET: OperationSchema = OperationSchema::new(&SERVICE, "Get", &[]).bind(&[
    ContextParam::fixed("Plane", Literal::String("data")),
    ContextParam::required_member("Table", "TableName"),
    ContextParam::path("Tables", &Expression::Fields(&["More"])),
]);
static LIST: OperationSchema =
    OperationSchema::new(&SERVICE, "List", &[]).bind(&[ContextParam::member("Table", "TableName")]);

static INPUT: Schema = Schema::new(
    "a#Input",
    "Input",
    &[Member::new("TableName", "table_name").optional(), Member::new("More", "more").optional()],
);

struct Input(Option<String>, Option<Vec<String>>);

impl StructureShape for Input {
    const SCHEMA: &'static Schema = &INPUT;
    fn member(&self, index: usize) -> &dyn Value {
        if index == 0 { &self.0 } else { &self.1 }
    }
    fn member_mut(&mut self, index: usize) -> &mut dyn Value {
        if index == 0 { &mut self.0 } else { &mut self.1 }
    }
    fn empty_structure() -> Self {
        Self(None, None)
    }
}

fn config(fill: impl FnOnce(&mut Layer)) -> ConfigBag {
    let mut layer = Layer::new("client");
    fill(&mut layer);
    let mut config = ConfigBag::base();
    config.push_layer(layer);
    config
}

fn named(table: &str) -> Input {
    Input(Some(table.to_owned()), Some(vec!["a".to_owned(), "b".to_owned()]))
}

fn shown(config: &ConfigBag, operation: &'static OperationSchema, input: &Input) -> String {
    match AnyParams::of(&RULES, config, operation, input) {
        Ok(params) => format!("{params:?}"),
        Err(error) => match error.source() {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    }
}

#[test]
fn parameters_come_from_the_configuration_and_the_operation() {
    let config = config(|layer| {
        layer.store_put(Region::new("eu-west-1"));
        layer.store_put(UseFips(true));
        layer.store_put(UseDualStack(false));
        layer.store_put(EndpointUrl("http://localhost".to_owned()));
        layer.store_put(AccountIdEndpointMode::Required);
        layer.store_append(ClientParam::new("Style", Some(true.into())));
    });
    assert_eq!(
        shown(&config, &GET, &named("t")),
        "Params { region: Some(\"eu-west-1\"), use_fips: true, use_dual_stack: Some(false), \
         endpoint: Some(\"http://localhost\"), mode: Some(\"required\"), account: None, \
         style: Some(true), table: Some(\"t\"), tables: Some([\"a\", \"b\"]), plane: Some(\"data\") }"
    );
}

#[test]
fn without_them_there_are_defaults() {
    assert_eq!(
        shown(&config(|_| {}), &LIST, &Input(None, None)),
        "Params { region: None, use_fips: false, use_dual_stack: None, endpoint: None, \
         mode: Some(\"preferred\"), account: None, style: None, table: None, tables: None, plane: None }"
    );
}

#[test]
fn a_request_needs_what_its_endpoint_depends_on() {
    for input in [Input(None, None), named(""), named(" \t")] {
        let error = shown(&config(|_| {}), &GET, &input);
        assert!(error.contains("table_name"), "{error}");
    }
    assert!(shown(&config(|_| {}), &LIST, &named(" ")).contains("table: Some(\" \")"));
}

#[test]
fn a_region_that_cannot_be_part_of_a_host_is_refused() {
    let config = config(|layer| {
        layer.store_put(Region::new("a/b"));
    });
    assert_eq!(
        shown(&config, &LIST, &Input(None, None)),
        "the request has no endpoint parameters: the endpoint parameter `region` can't be part of a host name"
    );
}

#[test]
fn the_last_setting_of_a_client_counts() {
    let mut config = config(|layer| {
        layer.store_append(ClientParam::new("Style", Some(false.into())));
        layer.store_append(ClientParam::new("Style", Some(true.into())));
    });
    assert_eq!(ClientParam::find(&config, "Style"), Some(true.into()));
    assert_eq!(ClientParam::find(&config, "Other"), None);
    let mut layer = Layer::new("override");
    layer.store_append(ClientParam::new("Style", None));
    config.push_layer(layer);
    assert_eq!(ClientParam::find(&config, "Style"), None);
}

fn ready(future: EndpointFuture<'_>) -> Result<Endpoint, BoxError> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(endpoint) => endpoint,
        Poll::Pending => panic!("nothing is to be waited for"),
    }
}

fn params(region: &str) -> Params {
    Params::builder().region(region).set_use_fips(Some(true)).tables(Vec::new()).build().unwrap()
}

#[test]
fn the_resolver_remembers_and_does_not_confuse() {
    let resolver = DefaultResolver::new();
    for region in ["a", "a", "b", "a", "b", "b"] {
        let endpoint = ready(resolver.resolve_endpoint(&params(region))).unwrap();
        assert_eq!(endpoint.url(), format!("https://{region}"));
    }
    assert!(Params::builder().region("-").build().is_err());
}

#[test]
fn the_account_comes_with_the_identity_which_does_not_stay() {
    let resolver = (ENDPOINTS.resolver)();
    let inner = AnyParams::of(&RULES, &config(|_| {}), &LIST, &Input(None, None)).unwrap();
    let mut all = (ENDPOINTS.params)(inner);
    let identity = Identity::builder().data("secret").property(AccountId::from("0123"));
    all.set_property(identity.build().unwrap());
    resolver.finalize_params(&mut all).unwrap();
    assert!(format!("{:?}", all.get::<Params>()).contains("account: Some(\"0123\")"));
    assert!(!format!("{all:?}").contains("secret"), "{all:?}");
}

#[test]
fn parameters_of_another_service_are_an_error() {
    let resolver = (ENDPOINTS.resolver)();
    let mut all = EndpointResolverParams::new("another");
    resolver.finalize_params(&mut all).unwrap();
    let error = ready(resolver.resolve_endpoint(&all)).unwrap_err();
    assert_eq!(error.to_string(), "the endpoint parameters are those of another service");
}

#[test]
fn a_resolver_of_ones_own_gets_the_parameters() {
    #[derive(Debug)]
    struct Stage;
    impl ResolveEndpoint for Stage {
        fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
            let url = format!("{params:?}").len().to_string();
            EndpointFuture::ready(Ok(Endpoint::builder().url(url).build()))
        }
    }
    let resolver = Stage.into_shared_resolver();
    let all = EndpointResolverParams::new(params("a"));
    assert_eq!(
        ready(resolver.resolve_endpoint(&all)).unwrap().url(),
        format!("{:?}", params("a")).len().to_string()
    );
}
