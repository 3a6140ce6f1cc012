//! What the tests put on the other side of the wire: a server and its check of signatures.

pub(crate) mod server;
pub(crate) mod sigv4;
