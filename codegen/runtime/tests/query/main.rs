//! The query protocols with hand-written shapes: what requests and responses look like, what hostile
//! forms do, and that what was written is read again.

#![cfg(feature = "query")]

mod hostile;
mod random;
mod requests;
mod responses;
mod shapes;
