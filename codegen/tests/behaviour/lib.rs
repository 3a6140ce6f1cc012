//! How generated code behaves. This is compiled in a workspace with the crates of the fixtures, which
//! `../suite/compiled.rs` makes; it must not know how they are generated.
#![cfg(test)]
