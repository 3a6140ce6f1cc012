//! A user's program around services whose clients do more than their models say.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    dropin::main(&[])
}
