//! Expressions are read and checked as the specification and the shapes have them.

mod checked;
mod same;
