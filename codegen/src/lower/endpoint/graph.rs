//! The graph that both forms of rules become: every condition, outcome and node once, in an order in which all ways lead
//! forward. It must not know either form.

use std::hash::Hash;

use indexmap::IndexSet;

use crate::ir::endpoint::{Condition, Outcome};

/// Where to go on.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Way {
    Node(usize),
    Outcome(usize),
    /// No rule matches.
    Nothing,
}

/// A graph that grows from its ends to its beginning.
#[derive(Default)]
pub(super) struct Graph {
    conditions: IndexSet<Condition>,
    outcomes: IndexSet<Outcome>,
    nodes: IndexSet<(usize, Way, Way)>,
}

/// A graph in the order in which it is emitted.
#[derive(Debug)]
pub(super) struct Ordered {
    pub(super) conditions: Vec<Condition>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) nodes: Vec<[usize; 3]>,
}

impl Graph {
    pub(super) fn outcome(&mut self, outcome: Outcome) -> Way {
        Way::Outcome(self.outcomes.insert_full(outcome).0)
    }

    /// What goes one way if the condition holds, and the other if it doesn't.
    pub(super) fn node(&mut self, condition: Condition, yes: Way, no: Way) -> Way {
        // A variable may be asked for whichever way it goes.
        if yes == no && condition.variable.is_none() {
            return yes;
        }
        let condition = self.conditions.insert_full(condition).0;
        Way::Node(self.nodes.insert_full((condition, yes, no)).0)
    }

    /// What can be reached from the beginning.
    pub(super) fn ordered(&self, root: Way) -> Ordered {
        let mut reached: IndexSet<Way> = IndexSet::from([root]);
        // A node comes after those that it leads to: seen from its end, each is met before them.
        let last = if let Way::Node(node) = root { node + 1 } else { 0 };
        let mut nodes: IndexSet<usize> = IndexSet::new();
        for node in (0..last).rev() {
            if reached.contains(&Way::Node(node)) {
                let (_, yes, no) = self.nodes[node];
                reached.extend([yes, no]);
                nodes.insert(node);
            }
        }
        let (mut conditions, mut outcomes) = (IndexSet::new(), IndexSet::new());
        for way in &reached {
            if let Way::Outcome(outcome) = way {
                outcomes.insert(*outcome);
            }
        }
        let place = |way: Way| match way {
            Way::Node(node) => nodes.get_index_of(&node),
            Way::Outcome(outcome) => {
                outcomes.get_index_of(&outcome).map(|position| nodes.len() + position)
            }
            Way::Nothing => None,
        };
        let nowhere = nodes.len() + outcomes.len();
        let ordered = nodes.iter().map(|node| {
            let (condition, yes, no) = self.nodes[*node];
            let condition = conditions.insert_full(condition).0;
            [condition, place(yes).unwrap_or(nowhere), place(no).unwrap_or(nowhere)]
        });
        let nodes = ordered.collect();
        Ordered {
            conditions: picked(&self.conditions, &conditions),
            outcomes: picked(&self.outcomes, &outcomes),
            nodes,
        }
    }
}

fn picked<T: Clone + Eq + Hash>(all: &IndexSet<T>, positions: &IndexSet<usize>) -> Vec<T> {
    positions.iter().map(|position| all[*position].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::endpoint::Expr;

    fn condition(position: usize, variable: Option<usize>) -> Condition {
        Condition { test: Expr::Ref(position), variable }
    }

    fn error(text: &str) -> Outcome {
        Outcome::Error(Expr::String(text.to_owned()))
    }

    #[test]
    fn ways_lead_forward_and_what_is_the_same_is_there_once() {
        let mut graph = Graph::default();
        let (a, b) = (graph.outcome(error("a")), graph.outcome(error("b")));
        graph.outcome(error("of no use"));
        let low = graph.node(condition(1, None), a, Way::Nothing);
        graph.node(condition(9, None), low, b);
        let again = graph.node(condition(1, None), a, Way::Nothing);
        assert_eq!(low, again);
        let root = graph.node(condition(2, None), low, b);
        let ordered = graph.ordered(root);
        assert_eq!(ordered.nodes, [[0, 1, 2], [1, 3, 4]]);
        assert_eq!(ordered.conditions, [condition(2, None), condition(1, None)]);
        assert_eq!(ordered.outcomes, [error("b"), error("a")]);
    }

    #[test]
    fn a_condition_without_effect_is_left_out() {
        let mut graph = Graph::default();
        let a = graph.outcome(error("a"));
        assert_eq!(graph.node(condition(1, None), a, a), a);
        assert_ne!(graph.node(condition(1, Some(5)), a, a), a);
    }

    #[test]
    fn an_outcome_needs_no_condition() {
        let mut graph = Graph::default();
        let a = graph.outcome(error("a"));
        let ordered = graph.ordered(a);
        assert_eq!((ordered.nodes.len(), ordered.outcomes.len()), (0, 1));
        assert_eq!(graph.ordered(Way::Nothing).outcomes.len(), 0);
    }
}
