//! The query protocols with hand-written shapes: what requests and responses look like, what hostile
//! forms do, and that what was written is read again.

#![cfg(feature = "query")]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic, in helpers too")]
#![allow(clippy::result_large_err, reason = "as large as a generated crate's errors are")]

mod hostile;
mod random;
mod requests;
mod responses;
mod shapes;
