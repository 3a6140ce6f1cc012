//! What the programs share: scenarios, the transcript of what each of them saw, HTTP clients that answer by a script,
//! and a world that stands still. It must not know which crates the programs are built with.

#![forbid(unsafe_code)]

mod exchange;
mod facts;
mod outcome;
mod real;
mod scene;
mod server;
mod transcript;
mod witness;

pub use exchange::{Exchange, Reply};
pub use facts::{Clock, credentials, hours_from_now, static_time};

pub use outcome::kind;
pub use real::{RealScenario, main_with_server};
pub use scene::{Scenario, Scene, main, main_at_once};
pub use server::{Seen, Server, Step};
pub use transcript::Transcript;
pub use witness::Witness;

/// A table of scenarios: functions that take a [`Scene`], each named by its path in the program.
#[macro_export]
macro_rules! scenarios {
    ($($module:ident :: $function:ident),+ $(,)?) => {
        &[$($crate::Scenario {
            name: concat!(stringify!($module), "::", stringify!($function)),
            run: |scene| ::std::boxed::Box::pin($module::$function(scene)),
        }),+]
    };
}
