//! CBOR and what speaks it: the codec, RPC v2 CBOR in both directions, and the errors of services that
//! once spoke AWS Query.

#![cfg(feature = "cbor")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod codec;
mod hostile;
mod numbers;
mod protocol;
mod query_compatible;
mod shapes;
