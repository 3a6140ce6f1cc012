//! The shapes that operations need: the one downward walker. It must not know why the operations were chosen.

use indexmap::IndexSet;

use crate::model::Model;
use crate::shape::{ShapeKind, ShapeRef};

/// Every data shape reachable from the operations' inputs, outputs and errors, the service's errors among them.
///
/// In the order of a walk, breadth first: inputs, outputs and errors by operation, then the service's errors, then
/// what those target. Prelude shapes are included where they are targets; what members of enums target is not.
/// Smithy specification, "Service types: Service closure". The model is not changed.
pub fn closure(model: &Model, service: ShapeRef, operations: &[ShapeRef]) -> IndexSet<ShapeRef> {
    let mut reached = IndexSet::new();
    for operation in operations.iter().filter_map(|r| model.shape(*r).as_operation()) {
        reached.insert(operation.input);
        reached.insert(operation.output);
        reached.extend(operation.errors.iter().copied());
    }
    if let Some(service) = model.shape(service).as_service() {
        reached.extend(service.errors.iter().copied());
    }
    reachable(model, reached)
}

/// Adds to a set of data shapes whatever their members reach.
pub fn reachable(model: &Model, mut reached: IndexSet<ShapeRef>) -> IndexSet<ShapeRef> {
    let mut next = 0;
    // The set is the queue: a shape is walked once, however often it is reached.
    while let Some(r) = reached.get_index(next).copied() {
        next += 1;
        let shape = model.shape(r);
        if !matches!(shape.kind, ShapeKind::Enum(_) | ShapeKind::IntEnum(_)) {
            reached.extend(shape.all_members().map(|member| member.target));
        }
    }
    reached
}
