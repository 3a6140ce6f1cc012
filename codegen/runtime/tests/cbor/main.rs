//! CBOR and what speaks it: the codec, RPC v2 CBOR in both directions, and the errors of services that
//! once spoke AWS Query.

#![cfg(feature = "cbor")]

mod codec;
mod hostile;
mod numbers;
mod protocol;
mod query_compatible;
mod shapes;
