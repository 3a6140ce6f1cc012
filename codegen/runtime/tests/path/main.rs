//! JMESPath expressions over shapes written by hand.

mod expressions;
mod shapes;
