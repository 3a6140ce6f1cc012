//! What becomes of rules, whatever they look like.

#![allow(clippy::needless_pass_by_value, reason = "`json!` gives values")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};
use tinsmith_model::trait_id::{ENDPOINT_BDD, ENDPOINT_RULE_SET};

use super::{Endpoint, rules};
use crate::ir::endpoint::{Condition, Expr, Outcome};

fn parameters() -> Value {
    json!({
        "Region": { "type": "string", "builtIn": "AWS::Region" },
        "UseFIPS": { "type": "Boolean", "default": false },
        "Names": { "type": "stringArray" }
    })
}

/// A tree of these rules.
fn tree(rules: Value) -> Value {
    json!({ "version": "1.0", "parameters": parameters(), "rules": rules })
}

/// A diagram of these nodes, each with a condition that asks for a parameter; results are the errors `a` and `b`.
fn diagram(root: i32, nodes: &[[i32; 3]]) -> Value {
    let bytes: Vec<u8> = nodes.iter().flatten().flat_map(|number| number.to_be_bytes()).collect();
    json!({
        "version": "1.1",
        "parameters": parameters(),
        "conditions": [
            { "fn": "isSet", "argv": [{ "ref": "Region" }] },
            { "fn": "isSet", "argv": [{ "ref": "Names" }] }
        ],
        "results": [
            { "type": "error", "conditions": [], "error": "a" },
            { "type": "error", "conditions": [], "error": "b" }
        ],
        "root": root,
        "nodeCount": nodes.len(),
        "nodes": STANDARD.encode(bytes)
    })
}

fn error(text: &str, conditions: Value) -> Value {
    json!({ "type": "error", "conditions": conditions, "error": text })
}

fn is_set(name: &str) -> Value {
    json!({ "fn": "isSet", "argv": [{ "ref": name }] })
}

fn lowered(id: &'static str, value: &Value) -> Endpoint {
    rules(id, value).unwrap_or_else(|mistake| panic!("{} ({})", mistake.message, mistake.help))
}

/// The only expression of a rule set: the test of a condition.
fn test(condition: Value) -> Expr {
    let endpoint = lowered(ENDPOINT_RULE_SET, &tree(json!([error("", json!([condition]))])));
    let [Condition { test, .. }] = endpoint.conditions.as_slice() else {
        panic!("one condition is expected: {:?}", endpoint.conditions);
    };
    test.clone()
}

fn is_set_of(position: usize) -> Expr {
    Expr::Call("IsSet", vec![Expr::Ref(position)])
}

fn text(text: &str) -> Expr {
    Expr::String(text.to_owned())
}

#[test]
fn a_tree_becomes_a_graph() {
    let rules = json!([
        {
            "type": "tree",
            "conditions": [is_set("Region"), is_set("Names")],
            "rules": [error("a", json!([is_set("UseFIPS")]))]
        },
        error("b", json!([is_set("Region")])),
        error("c", json!([]))
    ]);
    let endpoint = lowered(ENDPOINT_RULE_SET, &tree(rules));
    let tests: Vec<Expr> = endpoint.conditions.into_iter().map(|it| it.test).collect();
    assert_eq!(tests, [0, 2, 1].map(is_set_of));
    let outcomes = ["a", "b", "c"].map(|it| Outcome::Error(text(it)));
    let of = |outcome: &Outcome| 4 + endpoint.outcomes.iter().position(|it| it == outcome).unwrap();
    let [a, b, c] = outcomes.each_ref().map(of);
    // The tree doesn't go on to the rules after it: behind the outcomes there is nothing.
    assert_eq!(endpoint.nodes, [[0, 1, 2], [1, 3, 2], [0, b, c], [2, a, 7]]);
}

#[test]
fn a_diagram_becomes_the_same_kind_of_graph() {
    // The second node is asked the other way round by the first.
    let nodes = [[-1, 1, -1], [0, 100_000_001, -3], [1, 100_000_002, -1]];
    let endpoint = lowered(ENDPOINT_BDD, &diagram(2, &nodes));
    assert_eq!(endpoint.nodes, [[0, 2, 1], [1, 4, 3]]);
    assert_eq!(endpoint.outcomes, ["a", "b"].map(|it| Outcome::Error(text(it))));
    let at_once = lowered(ENDPOINT_BDD, &diagram(100_000_002, &[]));
    assert_eq!((at_once.nodes.len(), at_once.outcomes), (0, vec![Outcome::Error(text("b"))]));
    assert!(lowered(ENDPOINT_BDD, &diagram(100_000_000, &[])).outcomes.is_empty());
}

#[test]
fn a_long_diagram_takes_no_stack() {
    let nodes: Vec<[i32; 3]> = (0..20_000).map(|at| [at % 2, at + 3, 100_000_001]).collect();
    let mut nodes = [vec![[-1, 1, -1]], nodes].concat();
    let last = nodes.len() - 1;
    nodes[last][1] = 100_000_002;
    assert_eq!(lowered(ENDPOINT_BDD, &diagram(2, &nodes)).nodes.len(), 20_000);
}

#[test]
fn variables_share_a_place_by_name() {
    let assign = |condition: Value, name: &str| {
        let mut condition = condition;
        condition["assign"] = name.into();
        condition
    };
    let partition = json!({ "fn": "aws.partition", "argv": [{ "ref": "Region" }] });
    let url = json!({ "fn": "parseURL", "argv": ["http://a"] });
    let rules = json!([
        error("{it#name}", json!([assign(partition, "it")])),
        error("{it#scheme}{other#path}", json!([assign(url.clone(), "it"), assign(url, "other")])),
    ]);
    let endpoint = lowered(ENDPOINT_RULE_SET, &tree(rules));
    assert_eq!(endpoint.variables, 2);
    let variables: Vec<_> = endpoint.conditions.iter().map(|it| it.variable).collect();
    assert_eq!(variables, [Some(3), Some(3), Some(4)]);
}

#[test]
fn expressions_are_as_short_as_can_be() {
    let fips = json!({ "ref": "UseFIPS" });
    let equals = |a: &Value, b: &Value| test(json!({ "fn": "booleanEquals", "argv": [a, b] }));
    assert_eq!(equals(&fips, &true.into()), Expr::Ref(1));
    assert_eq!(equals(&true.into(), &fips), Expr::Ref(1));
    assert_eq!(equals(&fips, &false.into()), Expr::Call("Not", vec![Expr::Ref(1)]));
    let both = vec![Expr::Ref(1), Expr::Ref(1)];
    assert_eq!(equals(&fips, &fips), Expr::Call("BooleanEquals", both));
}

#[test]
fn templates_have_parts() {
    let of = |template: &str| {
        let equals = json!({ "fn": "stringEquals", "argv": [template, ""] });
        let Expr::Call("StringEquals", mut arguments) = test(equals) else { panic!() };
        arguments.remove(0)
    };
    assert_eq!(of(""), text(""));
    assert_eq!(of("a"), text("a"));
    assert_eq!(of("{Region}"), Expr::Ref(0));
    assert_eq!(of("{{a}}"), text("{a}"));
    assert_eq!(of("a{Region}.{{}}"), Expr::Template(vec![text("a"), Expr::Ref(0), text(".{}")]));
    let element = Expr::Element(Box::new(Expr::Ref(2)), -1);
    assert_eq!(of("{Names#[-1]}"), element);
}

#[test]
fn functions_of_all_kinds_have_kinds() {
    let path = |path: &str| json!({ "fn": "getAttr", "argv": [{ "fn": "aws.parseArn", "argv": ["a"] }, path] });
    let arn = Expr::Call("ParseArn", vec![text("a")]);
    let resource = Expr::Attr(Box::new(arn), "ResourceId");
    assert_eq!(test(path("resourceId")), resource);
    assert_eq!(test(path("resourceId[1]")), Expr::Element(Box::new(resource), 1));
    let coalesce = json!({ "fn": "coalesce", "argv": [{ "ref": "Region" }, "b", "c"] });
    let arguments = vec![Expr::Ref(0), text("b"), text("c")];
    assert_eq!(test(coalesce), Expr::Variadic("Coalesce", arguments));
}

/// The message about rules that can't be.
fn refused(id: &'static str, value: &Value) -> String {
    match rules(id, value) {
        Ok(endpoint) => panic!("it is taken: {endpoint:?}"),
        Err(mistake) => mistake.message,
    }
}

/// The same of rules with one condition, without the way to it.
fn refused_condition(condition: &Value) -> String {
    let message = refused(ENDPOINT_RULE_SET, &tree(json!([error("", json!([condition]))])));
    let at = "endpointRuleSet.rules[0].conditions[0]";
    message.strip_prefix(at).unwrap_or_else(|| panic!("{message}")).to_owned()
}

#[test]
fn mistakes_in_expressions_are_named() {
    for (condition, expected) in [
        (json!(null), ": it isn't an expression"),
        (json!({ "fn": "isSet" }), ": `argv` is missing"),
        (json!({ "fn": 7, "argv": [] }), ".fn: it isn't a string"),
        (json!({ "fn": "is", "argv": [] }), ".fn: there is no function `is`"),
        (json!({ "fn": "isSet", "argv": {} }), ".argv: it isn't an array"),
        (json!({ "fn": "isSet", "argv": [] }), ".argv: the number of arguments is wrong"),
        (json!({ "fn": "not", "argv": [true, true] }), ".argv: the number of arguments is wrong"),
        (json!({ "fn": "coalesce", "argv": [""] }), ".argv: the number of arguments is wrong"),
        (
            json!({ "fn": "isSet", "argv": [{ "ref": "No" }] }),
            ".argv[0].ref: there is no parameter or variable `No` here",
        ),
        (
            json!({ "fn": "not", "argv": [{ "ref": "Region" }] }),
            ".argv[0]: it gives a string, not a boolean",
        ),
        (
            json!({ "fn": "uriEncode", "argv": [{ "fn": "isSet", "argv": [1] }] }),
            ".argv[0]: it gives a boolean, not a string",
        ),
        (json!({ "fn": "uriEncode", "argv": [1.5] }), ".argv[0]: 1.5 isn't a whole number"),
        (json!({ "fn": "uriEncode", "argv": ["a{"] }), ".argv[0]: a `{` stands alone"),
        (json!({ "fn": "uriEncode", "argv": ["a}b"] }), ".argv[0]: a `}` stands alone"),
        (json!({ "fn": "uriEncode", "argv": ["{a"] }), ".argv[0]: a `{` stands alone"),
        (
            json!({ "fn": "uriEncode", "argv": ["{Names}"] }),
            ".argv[0]: `{Names}` gives an array of strings, not a string",
        ),
        (
            json!({ "fn": "uriEncode", "argv": ["{Region#name}"] }),
            ".argv[0]: a string has no part `name`",
        ),
        (
            json!({ "fn": "uriEncode", "argv": ["{Region#[0]}"] }),
            ".argv[0]: `[0]` isn't an element of a string",
        ),
        (
            json!({ "fn": "uriEncode", "argv": ["{Names#[x]}"] }),
            ".argv[0]: `[x]` isn't an element of an array of strings",
        ),
        (
            json!({ "fn": "getAttr", "argv": [{ "ref": "Names" }, ""] }),
            ".argv[1]: an array of strings has no part ``",
        ),
        (
            json!({ "fn": "isSet", "argv": [1], "assign": "Region" }),
            ".assign: `Region` is the name of a parameter",
        ),
    ] {
        assert_eq!(refused_condition(&condition), expected);
    }
}

#[test]
fn mistakes_in_rules_are_named() {
    let refused = |rules: Value| {
        let message = refused(ENDPOINT_RULE_SET, &tree(rules));
        message.strip_prefix("endpointRuleSet.rules").unwrap_or(&message).to_owned()
    };
    let endpoint = |endpoint: Value| refused(json!([{ "type": "endpoint", "endpoint": endpoint }]));
    for (found, expected) in [
        (refused(json!({})), ": it isn't an array"),
        (refused(json!([{}])), "[0]: `type` is missing"),
        (refused(json!([{ "type": "leaf" }])), "[0].type: there is no such type of rule"),
        (refused(json!([{ "type": "tree" }])), "[0]: `rules` is missing"),
        (
            refused(json!([{ "type": "error", "error": true }])),
            "[0].error: it gives a boolean, not a string",
        ),
        (endpoint(json!({})), "[0].endpoint: `url` is missing"),
        (
            endpoint(json!({ "url": "", "headers": { "a": "b" } })),
            "[0].endpoint.headers.a: it isn't an array",
        ),
        (
            endpoint(json!({ "url": "", "properties": [] })),
            "[0].endpoint.properties: it isn't an object",
        ),
        (
            endpoint(json!({ "url": "", "properties": { "a": [0.5] } })),
            "[0].endpoint.properties.a[0]: 0.5 isn't a whole number",
        ),
        (
            endpoint(json!({ "url": "", "properties": { "authSchemes": [{}] } })),
            "[0].endpoint.properties.authSchemes[0]: `name` is missing",
        ),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn a_variable_is_known_in_its_rule_only() {
    let assigned = json!({ "fn": "parseURL", "argv": ["http://a"], "assign": "url" });
    let rules = json!([error("{url#path}", json!([assigned])), error("{url#path}", json!([]))]);
    let message = refused(ENDPOINT_RULE_SET, &tree(rules));
    assert_eq!(
        message,
        "endpointRuleSet.rules[1].error: there is no parameter or variable `url` here"
    );
}

#[test]
fn mistakes_in_parameters_are_named() {
    let refused = |parameters: Value| {
        let rules = json!({ "parameters": parameters, "rules": [] });
        refused(ENDPOINT_RULE_SET, &rules)
    };
    for (parameters, expected) in [
        (json!([]), "endpointRuleSet.parameters: it isn't an object"),
        (json!({ "A": {} }), "endpointRuleSet.parameters.A: `type` is missing"),
        (
            json!({ "A": { "type": "int" } }),
            "endpointRuleSet.parameters.A.type: there is no such type of parameter",
        ),
        (
            json!({ "A": { "type": "string", "default": true } }),
            "endpointRuleSet.parameters.A.default: `true` isn't of the parameter's type",
        ),
        (
            json!({ "UseFips": { "type": "string" }, "UseFIPS": { "type": "string" } }),
            "endpointRuleSet.parameters.UseFIPS: it would be called `use_fips`, as `UseFips` is",
        ),
    ] {
        assert_eq!(refused(parameters), expected);
    }
    let parameters: serde_json::Map<_, _> =
        (0..300).map(|index| (format!("p{index}"), json!({ "type": "string" }))).collect();
    let message = refused(parameters.into());
    assert!(message.contains("300 parameters"), "{message}");
}

#[test]
fn mistakes_in_diagrams_are_named() {
    let nodes = "endpointBdd.nodes: ";
    for (value, expected) in [
        (diagram(0, &[]), "the reference 0 leads nowhere"),
        (diagram(2, &[]), "the reference 2 leads nowhere"),
        (diagram(100_000_003, &[]), "the reference 100000003 leads nowhere"),
        (diagram(1, &[[0, 1, i32::MIN]]), ""),
        (diagram(2, &[[0; 3], [0, 1, i32::MIN]]), "the reference -2147483648 leads nowhere"),
        (diagram(2, &[[0; 3], [2, 1, 1]]), "the condition of the node 2 isn't there"),
        (diagram(2, &[[0; 3], [-1, 1, 1]]), "the condition of the node 2 isn't there"),
        (diagram(2, &[[0; 3], [0, 2, 1]]), "the node 2 leads back to itself"),
        (diagram(2, &[[0; 3], [0, 3, 1], [1, 1, 2]]), "the node 3 leads back to itself"),
    ] {
        match rules(ENDPOINT_BDD, &value) {
            Ok(_) => assert_eq!(expected, "", "{value} is taken"),
            Err(mistake) => assert_eq!(mistake.message, format!("{nodes}{expected}")),
        }
    }
    for (key, value, expected) in [
        ("nodes", json!("AAAA"), "endpointBdd.nodes: the last node isn't whole"),
        ("root", json!("x"), "endpointBdd.root: it isn't a reference"),
        ("results", json!([{ "type": "tree" }]), "endpointBdd.results[0]: it is no result"),
    ] {
        let mut rules = diagram(2, &[]);
        rules[key] = value;
        assert_eq!(refused(ENDPOINT_BDD, &rules), expected);
    }
    let mut rules = diagram(2, &[]);
    rules["nodes"] = json!("*");
    assert!(refused(ENDPOINT_BDD, &rules).starts_with("endpointBdd.nodes: it can't be read: "));
}

/// Puts a value in the place of another, the one that is met at this number.
fn replace(value: &mut Value, number: &mut usize, by: &Value) {
    if *number == 0 {
        value.clone_from(by);
    }
    *number = number.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, number, by)),
        Value::Object(members) => members.values_mut().for_each(|it| replace(it, number, by)),
        _ => {}
    }
}

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[{}#a-zA-Z\\[\\]0-9.]{0,12}".prop_map(Value::from),
        Just(json!({ "ref": "Region" })),
        Just(json!({ "fn": "parseURL", "argv": [{ "ref": "Region" }], "assign": "url" })),
        Just(json!([])),
        Just(json!({})),
    ]
}

proptest! {
    #[test]
    fn no_rules_are_too_odd(at in 0..80_usize, by in anything(), again in 0..80_usize, more in anything()) {
        let url = json!({ "fn": "parseURL", "argv": ["http://{Region}"], "assign": "url" });
        let endpoint = json!({
            "url": "{url#scheme}://a",
            "headers": { "x": ["{Names#[0]}"] },
            "properties": { "authSchemes": [{ "name": "sigv4", "more": [1, true, {}] }] }
        });
        let rules = json!([{
            "type": "tree",
            "conditions": [is_set("Names"), url],
            "rules": [
                { "type": "endpoint", "conditions": [is_set("Region")], "endpoint": endpoint },
                error("{Region}", json!([]))
            ]
        }]);
        let mut value = tree(rules);
        for (mut number, by) in [(at, by), (again, more)] {
            replace(&mut value, &mut number, &by);
        }
        let _ = super::rules(ENDPOINT_RULE_SET, &value);
    }

    #[test]
    fn no_diagram_is_too_odd(
        root in -6..6_i32,
        nodes in prop::collection::vec(prop::array::uniform3(-7..7_i32), 0..6),
    ) {
        let _ = super::rules(ENDPOINT_BDD, &diagram(root, &nodes));
    }
}
