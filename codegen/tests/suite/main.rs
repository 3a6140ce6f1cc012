//! The crates that are generated from the models in `fixtures`: what their files say (`golden`), whether
//! they compile and how they behave (`compiled`), that no model's text breaks one (`hostile`), and what
//! a crate has on request or says of itself (`wanted`).

#![expect(clippy::unwrap_used, reason = "a test fails by a panic, in helpers too")]

mod cases;
mod compiled;
mod golden;
mod hostile;
mod names;
mod wanted;
