//! The macros of the feature `client` where it is off: they add nothing.

/// The traits of the client for an operation's output: none without the feature `client`.
#[macro_export]
macro_rules! client_output {
    ($type:ident) => {};
}

/// The traits of the client for an error: none without the feature `client`.
#[macro_export]
macro_rules! client_error {
    ($type:ident) => {};
}

/// The traits of the client for an operation's error enum: none without the feature `client`.
#[macro_export]
macro_rules! client_operation_error {
    ($type:ident) => {};
}

/// The error of the whole service from the client's: none without the feature `client`.
#[macro_export]
macro_rules! client_error_from {
    ($type:ident) => {};
}

/// The error of the whole service from waiters': none without the feature `client`.
#[macro_export]
macro_rules! client_error_from_waiters {
    ($type:ident) => {};
}
