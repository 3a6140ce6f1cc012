//! The tree of [`endpointRuleSet`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointruleset-trait)
//! → the graph. It must not know diagrams.

use super::expr::{Scope, condition};
use super::graph::{Graph, Way};
use super::outcome::outcome;
use super::place::{Mistake, Place};
use crate::ir::endpoint::Condition;

/// The beginning of the graph of a tree.
pub(super) fn tree(
    graph: &mut Graph,
    scope: &mut Scope,
    trait_value: &Place<'_>,
) -> Result<Way, Mistake> {
    rules(graph, scope, &trait_value.need("rules")?)
}

/// The first rule whose conditions hold counts; where none is left, no rule matches, whatever comes after this tree.
fn rules(graph: &mut Graph, scope: &mut Scope, place: &Place<'_>) -> Result<Way, Mistake> {
    let mut rules = Vec::new();
    for place in place.items()? {
        rules.push(rule(graph, scope, &place)?);
    }
    let mut next = Way::Nothing;
    for (conditions, mut way) in rules.into_iter().rev() {
        for condition in conditions.into_iter().rev() {
            way = graph.node(condition, way, next);
        }
        next = way;
    }
    Ok(next)
}

/// The conditions of a rule, and where to go on if all of them hold.
fn rule(
    graph: &mut Graph,
    scope: &mut Scope,
    place: &Place<'_>,
) -> Result<(Vec<Condition>, Way), Mistake> {
    let entered = scope.enter();
    let mut conditions = Vec::new();
    if let Some(place) = place.get("conditions") {
        for place in place.items()? {
            conditions.push(condition(scope, &place)?);
        }
    }
    let way = match outcome(scope, place)? {
        Some(outcome) => graph.outcome(outcome),
        None => subtree(graph, scope, place)?,
    };
    scope.leave(entered);
    Ok((conditions, way))
}

fn subtree(graph: &mut Graph, scope: &mut Scope, place: &Place<'_>) -> Result<Way, Mistake> {
    let of_type = place.need("type")?;
    if of_type.text()? != "tree" {
        let help = "rules are of the types `endpoint`, `error` and `tree`";
        return Err(of_type.mistake("there is no such type of rule", help));
    }
    rules(graph, scope, &place.need("rules")?)
}
