//! The binary decision diagram of [`endpointBdd`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait)
//! → the graph. It must not know trees.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::expr::{Scope, condition};
use super::graph::{Graph, Way};
use super::outcome::outcome;
use super::place::{Mistake, Place};
use crate::ir::endpoint::Condition;

/// References from here on are to results.
const RESULTS: i32 = 100_000_000;
/// A condition and two references, of four bytes each.
const NODE: usize = 12;

/// The beginning of the graph of a diagram.
pub(super) fn diagram(
    graph: &mut Graph,
    scope: &mut Scope,
    trait_value: &Place<'_>,
) -> Result<Way, Mistake> {
    let mut conditions = Vec::new();
    for place in trait_value.need("conditions")?.items()? {
        conditions.push(condition(scope, &place)?);
    }
    let mut results = Vec::new();
    for place in trait_value.need("results")?.items()? {
        let Some(outcome) = outcome(scope, &place)? else {
            return Err(
                place.mistake("it is no result", "results are of the types `endpoint` and `error`")
            );
        };
        results.push(graph.outcome(outcome));
    }
    let place = trait_value.need("nodes")?;
    let nodes = nodes(&place)?;
    let root = trait_value.need("root")?;
    let reference = root.value().as_i64().and_then(|root| i32::try_from(root).ok());
    let wrong = || root.mistake("it isn't a reference", "it is a whole number");
    let reference = reference.ok_or_else(wrong)?;
    let mut diagram = Diagram { conditions, results, nodes, place, ways: HashMap::new() };
    diagram.graph(graph, reference)
}

/// The triples of a condition, where to go on if it holds, and where if it doesn't.
fn nodes(place: &Place<'_>) -> Result<Vec<[i32; 3]>, Mistake> {
    let help = "it is the Base64 text of three big-endian 32-bit numbers a node";
    let bytes = STANDARD.decode(place.text()?);
    let bytes =
        bytes.map_err(|error| place.mistake(format_args!("it can't be read: {error}"), help))?;
    if bytes.len() % NODE != 0 {
        return Err(place.mistake("the last node isn't whole", help));
    }
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | i32::from(*byte));
    let node = |bytes: &[u8]| [0, 4, 8].map(|at| number(&bytes[at..at + 4]));
    Ok(bytes.chunks_exact(NODE).map(node).collect())
}

struct Diagram<'a> {
    conditions: Vec<Condition>,
    results: Vec<Way>,
    nodes: Vec<[i32; 3]>,
    place: Place<'a>,
    /// What references lead to, as far as it is known; `None` while that is found out.
    ways: HashMap<i32, Option<Way>>,
}

impl Diagram<'_> {
    /// What a reference leads to. Nodes wait on a stack for those that they lead to, which may be many.
    fn graph(&mut self, graph: &mut Graph, root: i32) -> Result<Way, Mistake> {
        let mut waiting = vec![root];
        while let Some(&reference) = waiting.last() {
            if let Some(Some(_)) = self.ways.get(&reference) {
                waiting.pop();
                continue;
            }
            if let Some(way) = self.end(reference)? {
                self.ways.insert(reference, Some(way));
                continue;
            }
            let (condition, ways) = self.node(reference)?;
            let known = ways.map(|way| self.ways.get(&way).copied());
            match known {
                [Some(Some(yes)), Some(Some(no))] => {
                    let way = graph.node(condition, yes, no);
                    self.ways.insert(reference, Some(way));
                }
                _ if known.contains(&Some(None)) => {
                    let message = format!("the node {reference} leads back to itself");
                    return Err(self.place.mistake(message, "lead it forward"));
                }
                _ => {
                    self.ways.insert(reference, None);
                    let unknown = ways.into_iter().filter(|way| !self.ways.contains_key(way));
                    waiting.extend(unknown);
                }
            }
        }
        Ok(self.ways.get(&root).copied().flatten().unwrap_or(Way::Nothing))
    }

    /// The end that a reference names, if it isn't a node.
    fn end(&self, reference: i32) -> Result<Option<Way>, Mistake> {
        match reference {
            // The result at zero says that no rule matches, and isn't in the list.
            1 | -1 | RESULTS => Ok(Some(Way::Nothing)),
            _ if reference > RESULTS => {
                let index = usize::try_from(reference - RESULTS - 1).ok();
                let result = index.and_then(|index| self.results.get(index));
                result.map(|result| Some(*result)).ok_or_else(|| self.dangling(reference))
            }
            _ => Ok(None),
        }
    }

    /// The condition of a node, and where to go on if it holds and if not: below zero it is the other way round.
    fn node(&self, reference: i32) -> Result<(Condition, [i32; 2]), Mistake> {
        let index = usize::try_from(reference.unsigned_abs()).ok().and_then(|at| at.checked_sub(1));
        let node = index.and_then(|index| self.nodes.get(index));
        let &[condition, high, low] = node.ok_or_else(|| self.dangling(reference))?;
        let condition = usize::try_from(condition).ok().and_then(|at| self.conditions.get(at));
        let condition = condition.ok_or_else(|| {
            let message = format!("the condition of the node {reference} isn't there");
            self.place.mistake(message, "name one of `conditions`, from zero")
        })?;
        let ways = if reference < 0 { [low, high] } else { [high, low] };
        Ok((condition.clone(), ways))
    }

    fn dangling(&self, reference: i32) -> Mistake {
        let message = format!("the reference {reference} leads nowhere");
        self.place.mistake(message, "name a node, or a result")
    }
}
