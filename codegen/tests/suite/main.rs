//! The crates that are generated from the models in `fixtures`: what their files say (`golden`), whether
//! they compile and how they behave (`compiled`), whether their API is what it is said to be (`api`), that no
//! model's text breaks one (`hostile`, `injection`), and what a crate has on request (`wanted`).

#![expect(clippy::unwrap_used, reason = "a test fails by a panic, in helpers too")]

mod api;
mod cases;
mod compiled;
mod golden;
mod hostile;
mod injection;
mod names;
mod wanted;
