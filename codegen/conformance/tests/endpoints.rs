//! Endpoint tests that are right, and ones that each expect something else: the runner must see it.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use tinsmith_conformance::endpoints::{Outcome, run};
use tinsmith_runtime::endpoint::rules::{
    Condition, EndpointRule, Expr, Kind, Literal, Outcome as End, Parameter, Property,
};
use tinsmith_runtime::endpoint::{EndpointFuture, InvalidParams, Rules, SharedEndpointResolver};

static RULES: Rules = Rules::new(
    &[
        Parameter::new("Region", "region", Kind::String).built_in("AWS::Region"),
        Parameter::new("UseFIPS", "use_fips", Kind::Boolean).default(Literal::Boolean(false)),
    ],
    0,
    &[Condition::when(Expr::IsSet(&Expr::Ref(0)))],
    &[
        End::Endpoint(
            EndpointRule::new(Expr::Template(&[Expr::String("https://"), Expr::Ref(0)]))
                .headers(&[("x-fips", &[Expr::String("1"), Expr::String("2")])])
                .properties(&[("fips", Property::Value(Expr::Ref(1)))])
                .auth_schemes(&[(
                    Expr::String("sigv4"),
                    &[
                        ("signingRegion", Property::Value(Expr::Ref(0))),
                        ("hops", Property::List(&[Property::Value(Expr::Integer(-1))])),
                    ],
                )]),
        ),
        End::Error(Expr::String("no region")),
    ],
    &[[0, 1, 2]],
);

tinsmith_runtime::endpoints!();

/// What comes of a case with these fields changed.
fn outcome(case: &Value, changes: &[(&str, Value)]) -> Outcome {
    let mut case = case.clone();
    case["service"] = "s".into();
    for (pointer, value) in changes {
        *case.pointer_mut(pointer).unwrap() = value.clone();
    }
    let case = serde_json::from_value(case).unwrap();
    run(&[case], &[("s", &ENDPOINTS, &[])]).remove(0)
}

#[track_caller]
fn fails(case: &Value, changes: &[(&str, Value)], why: &str) {
    let outcome = outcome(case, changes);
    let [failure] = outcome.failures.as_slice() else { panic!("{outcome:?}") };
    assert!(failure.contains(why), "{failure}");
}

fn found() -> Value {
    json!({
        "params": { "Region": "a", "UseFIPS": true },
        "expect": { "endpoint": {
            "url": "https://a",
            "headers": { "x-fips": ["1", "2"] },
            "properties": {
                "fips": true,
                "authSchemes": [{ "signingRegion": "a", "name": "sigv4", "hops": [-1] }]
            }
        }}
    })
}

fn refused() -> Value {
    json!({ "params": {}, "expect": { "error": "no region" } })
}

#[test]
fn what_is_expected_passes() {
    for case in [found(), refused()] {
        let outcome = outcome(&case, &[]);
        assert_eq!((outcome.resolved, outcome.failures.len()), (1, 0), "{outcome:?}");
    }
}

#[test]
fn what_differs_fails() {
    let endpoint = "/expect/endpoint";
    let changed = |path: &str, value: Value| {
        fails(&found(), &[(&format!("{endpoint}{path}"), value)], "found    https://a headers");
    };
    changed("/url", "https://b".into());
    changed("/headers/x-fips", json!(["1"]));
    changed("/headers", json!({}));
    changed("/properties/fips", false.into());
    changed("/properties/authSchemes/0/name", "sigv4a".into());
    changed("/properties/authSchemes", json!([]));
    changed("/properties", json!({}));
    fails(&found(), &[("/expect", json!({ "error": "no" }))], "expected the error: no\n");
    fails(&found(), &[("/params", json!({}))], "found    the error: no region");
    fails(&refused(), &[("/expect/error", "no".into())], "found    no region");
}

#[test]
fn what_cannot_be_asked_fails() {
    fails(&found(), &[("/params", json!({ "Zone": "a" }))], "there is no parameter Zone");
    fails(&found(), &[("/params", json!({ "Region": 1 }))], "1 is no value of a parameter");
    fails(&found(), &[("/params", json!({ "Region": true }))], "`region` takes a text");
    let mut case = refused();
    case["operationInputs"] = json!([{ "operationName": "Get" }]);
    let outcome = outcome(&case, &[]);
    assert_eq!(outcome.resolved, 2);
    assert!(outcome.failures[0].contains("there is no operation Get"), "{outcome:?}");
    let other = serde_json::from_value(found()).unwrap();
    assert_eq!(run(&[other], &[])[0].failures, ["the service isn't there"]);
}
