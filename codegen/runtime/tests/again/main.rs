//! Pages and waiters over shapes written by hand.

mod pages;
mod shapes;
mod waiters;
