//! What two models of one service say differently, as far as code generation sees it. It must not know which formats
//! they came in.
//!
//! Both models are walked together, from the operations down: operations and members are matched by name, what they
//! refer to by position, so that it does not matter what lists and simple shapes are called. A fact counts where it
//! takes effect: whether a trait is on a member or on its target, whether a name or a timestamp's format is spelled
//! out or implied, is no difference.

mod facts;
mod walk;

use std::fmt;

use crate::model::Model;
use crate::shape::ShapeRef;

/// Which of the two models have a fact.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Side {
    /// The first alone.
    First,
    /// The second alone.
    Second,
    /// Both, with different values.
    Both,
}

/// One thing that two models say differently.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub struct Difference {
    /// What it is: a trait's ID, or `type`, `name`, `operation`, `input`, `output`, `error`, `member`, `value` (of
    /// an enum), `value name`, `version`, `protocols`.
    pub what: &'static str,
    /// Which of the models have it.
    pub side: Side,
    /// Where: an operation's name, a structure's, `Structure$member`, with `[]`, `{key}` and `{value}` for what is
    /// in lists and maps; empty for the service.
    pub place: String,
    /// What the first says, shortened.
    pub first: String,
    /// What the second says, shortened.
    pub second: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { "the service" } else { &self.place };
        match self.side {
            Side::First => write!(f, "{place}: only the first has {} {}", self.what, self.first),
            Side::Second => write!(f, "{place}: only the second has {} {}", self.what, self.second),
            Side::Both => {
                write!(f, "{place}: {} is {} or {}", self.what, self.first, self.second)
            }
        }
    }
}

/// All that a service says differently in two models, in the order of a walk.
pub fn compare(first: (&Model, ShapeRef), second: (&Model, ShapeRef)) -> Vec<Difference> {
    walk::Walk::new(first, second).run()
}
