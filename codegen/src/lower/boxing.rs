//! Which members recursion forces into a `Box`. It must not know names or types of Rust.

use std::collections::HashMap;

use indexmap::IndexSet;
use tinsmith_model::{Model, ShapeRef};

/// A member by which one structure or union holds another directly.
struct Edge<'a> {
    from: ShapeRef,
    to: ShapeRef,
    name: &'a str,
}

/// The members to box: as long as structures and unions hold themselves without a list, map or box
/// between, the one with the lowest member ID in such a cycle.
pub(super) fn boxed_members(
    model: &Model,
    shapes: &IndexSet<ShapeRef>,
) -> IndexSet<(ShapeRef, String)> {
    let holds = |r: ShapeRef| model.shape(r).is_structure() || model.shape(r).is_union();
    let mut edges = Vec::new();
    for &from in shapes.iter().filter(|&&r| holds(r)) {
        for member in model.shape(from).members().iter().filter(|member| holds(member.target)) {
            edges.push(Edge { from, to: member.target, name: &member.name });
        }
    }
    // Boxing in the order of member IDs takes the lowest one of each cycle that is left.
    edges.sort_by_key(|edge| format!("{}${}", model.shape(edge.from).id, edge.name));
    let mut boxed = IndexSet::new();
    let mut open = vec![true; edges.len()];
    while let Some(lowest) = lowest_in_a_cycle(&edges, &open) {
        open[lowest] = false;
        boxed.insert((edges[lowest].from, edges[lowest].name.to_owned()));
    }
    boxed
}

/// The first open edge both of whose ends lie in the same strongly connected component.
fn lowest_in_a_cycle(edges: &[Edge<'_>], open: &[bool]) -> Option<usize> {
    let mut successors: HashMap<ShapeRef, Vec<ShapeRef>> = HashMap::new();
    for (edge, _) in edges.iter().zip(open).filter(|(_, open)| **open) {
        successors.entry(edge.from).or_default().push(edge.to);
    }
    let reaches = |from: ShapeRef, to: ShapeRef| {
        let mut seen = IndexSet::from([from]);
        let mut next = 0;
        while let Some(&shape) = seen.get_index(next) {
            if shape == to {
                return true;
            }
            seen.extend(successors.get(&shape).into_iter().flatten().copied());
            next += 1;
        }
        false
    };
    (0..edges.len()).find(|&i| open[i] && reaches(edges[i].to, edges[i].from))
}
