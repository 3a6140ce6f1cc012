//! Which members recursion forces into a `Box`, and where it can't end. It must not know names or types of Rust.

use std::collections::HashMap;

use indexmap::IndexSet;
use tinsmith_model::{Member, Model, ShapeRef, trait_id};

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
    cut(model, shapes, |from, member| holds(from) && holds(member.target))
}

/// The members by which structures require themselves: no value of such a structure would ever end.
pub(super) fn endless_members(
    model: &Model,
    shapes: &IndexSet<ShapeRef>,
) -> IndexSet<(ShapeRef, String)> {
    let is_structure = |r: ShapeRef| model.shape(r).is_structure();
    cut(model, shapes, |from, member| {
        member.traits.has(trait_id::REQUIRED) && is_structure(from) && is_structure(member.target)
    })
}

/// A member of each cycle of the members that count: the one with the lowest ID.
fn cut(
    model: &Model,
    shapes: &IndexSet<ShapeRef>,
    counts: impl Fn(ShapeRef, &Member) -> bool,
) -> IndexSet<(ShapeRef, String)> {
    let mut edges = Vec::new();
    for &from in shapes {
        for member in model.shape(from).members().iter().filter(|member| counts(from, member)) {
            edges.push(Edge { from, to: member.target, name: &member.name });
        }
    }
    // Cutting in the order of member IDs takes the lowest one of each cycle that is left.
    edges.sort_by_key(|edge| format!("{}${}", model.shape(edge.from).id, edge.name));
    let mut found = IndexSet::new();
    let mut open = vec![true; edges.len()];
    while let Some(lowest) = lowest_in_a_cycle(&edges, &open) {
        open[lowest] = false;
        found.insert((edges[lowest].from, edges[lowest].name.to_owned()));
    }
    found
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
