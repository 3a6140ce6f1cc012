//! The paths of traits, each at its shape. It must not know what they are for.

use tinsmith_model::ShapeRef;

use super::Lowering;
use crate::path::{self, Expression, Type};

impl Lowering<'_> {
    /// The JMESPath expression `text`, which a trait of the shape `on` asks of values of the type `root`, and the type of
    /// what it finds. One that can't find anything is reported.
    pub(super) fn expression(
        &mut self,
        on: ShapeRef,
        root: &Type,
        text: &str,
    ) -> Option<(Expression, Type)> {
        match path::parse(self.model, root, text) {
            Ok(found) => Some(found),
            Err(problem) => {
                self.report(on, None, problem.message, &problem.help);
                None
            }
        }
    }
}
