//! Lists Amazon Forecast export jobs with a generated crate, which does no I/O of its own: what is
//! left to its user is here, a signer, an HTTP client and a loop over pages.
//!
//! ```text
//! Query ─▶ input ─request─▶ endpoint ─▶ signature ─▶ HTTP ─response─▶ output ─▶ Pages ─▶ table
//!          └───── generated ──────┘ └───── this crate ─────┘ └─ generated ─┘ └─ this crate ─┘
//! ```
//!
//! [`Client::call`] is the middle of it, for any operation of any generated crate. Where the
//! arguments come from and where the table goes, only `main.rs` knows.

#![forbid(unsafe_code)]

mod client;
mod credentials;
mod endpoint;
mod error;
mod jobs;
mod printable;
mod signer;
mod table;
mod transport;

pub use client::Client;
pub use credentials::{MissingCredentials, credentials};
pub use endpoint::{Endpoint, InvalidEndpoint, InvalidRegion, Region};
pub use error::{BoxError, CallError, ListError, Refusal};
pub use jobs::{Pages, Query};
pub use printable::printable;
pub use signer::Signer;
pub use table::table;
pub use transport::Transport;
