//! Runs [tests of endpoint rules](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointtests-trait)
//! against the modules `config::endpoint` of generated crates. It must not know how they are generated.
//!
//! The types of cases are there for those who write them; what runs them is behind the feature `endpoints`.

mod case;
#[cfg(feature = "endpoints")]
mod compare;
pub mod partitions;
#[cfg(feature = "endpoints")]
mod run;

pub use case::{Case, Expectation, ExpectedEndpoint, OperationInput, Outcome};
#[cfg(feature = "endpoints")]
pub use run::{Service, main, run};
