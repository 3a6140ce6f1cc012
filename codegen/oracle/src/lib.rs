//! Holds generated crates against the official ones: random inputs and responses, the same bytes and the
//! same values. It must not know how crates are generated, nor any service.
//!
//! A program with both crates of a service lists their operations as [`Pair`]s, and converts their types by
//! [`To`] and [`Same`]; `cargo xtask oracle` writes such programs. All else is here.

#![forbid(unsafe_code)]

mod again;
mod bench;
mod clock;
mod compare;
mod content;
mod convert;
mod damage;
mod debug_text;
mod fill;
mod macros;
mod macros_again;
mod official;
mod pair;
mod race;
mod run;
mod text;
mod world;
mod xml;

pub use again::{AnyAgain, How, Said, Taken, Worlds, run_to_end, take, taken, waited};
pub use aws_smithy_types::error::operation::BuildError;
pub use bench::{BenchPlan, Round, Subject, Timed, Work, bench};
pub use convert::{Built, Mismatch, Same, To};
pub use fill::{Enums, EnumsOf, Filler};
pub use official::{Failure as OfficialFailure, Official, official_response};
pub use pair::{AnyPair, Pair, Reading, Readings, Requests, Written};
pub use race::Race;
pub use run::{Difference, Failure, Kind, Only, Plan, Report, Which, run};
pub use world::World;

/// What the macros name of the official SDK.
#[doc(hidden)]
pub mod sdk {
    pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
    pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
    pub use aws_smithy_types::retry::RetryConfig;
    pub use aws_types::region::Region;
}

/// What a program that times two crates does: runs the [`BenchPlan`] that its argument is, as JSON, and prints
/// what was [`Timed`] as JSON.
///
/// # Errors
/// If there is no plan, or it can't be done.
pub fn time(pairs: &[&dyn AnyPair], enums: EnumsOf) -> Result<(), Box<dyn std::error::Error>> {
    let plan = std::env::args().nth(1).ok_or("the plan is missing")?;
    let plan: BenchPlan = serde_json::from_str(&plan)?;
    println!("{}", serde_json::to_string(&bench(pairs, enums, &plan)?)?);
    Ok(())
}

/// What a program that compares two crates does: runs the [`Plan`] that its argument is, as JSON, and prints
/// the [`Report`] as JSON.
///
/// # Errors
/// If there is no plan.
pub fn main(
    pairs: &[&dyn AnyPair],
    again: &[&dyn AnyAgain],
    enums: EnumsOf,
) -> Result<(), Box<dyn std::error::Error>> {
    let plan = std::env::args().nth(1).ok_or("the plan is missing")?;
    let plan: Plan = serde_json::from_str(&plan)?;
    println!("{}", serde_json::to_string(&run(pairs, again, enums, &plan))?);
    Ok(())
}
