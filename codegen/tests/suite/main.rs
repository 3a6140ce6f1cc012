//! The crates that are generated from the models in `fixtures`: what their files say (`golden`), whether
//! they compile and how they behave (`compiled`), and that no model's text breaks one (`hostile`).

mod cases;
mod compiled;
mod golden;
mod hostile;
mod names;
