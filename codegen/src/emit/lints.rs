//! Lints that a service's own names and deprecations would set off, none of which a user of the crate
//! could mend. It must not know what the lints' subjects hold.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Crate, Structure};
use crate::naming::snake_case;

/// Names that clippy keeps for methods of the standard library's traits.
const TRAIT_METHODS: [&str; 29] = [
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
];

/// Beginnings of names that tell clippy that a method doesn't take `self`, or not by value.
const CONVENTIONS: [&str; 5] = ["as_", "from_", "into_", "is_", "to_"];

/// `#![allow(…)]` for the lints that some name or deprecation of the service needs, and only these.
pub(super) fn allowed(lowered: &Crate) -> TokenStream {
    let structures: Vec<&Structure> = lowered.all_structures().collect();
    let fields: BTreeSet<&str> =
        structures.iter().flat_map(|s| &s.members).map(|member| member.field.as_str()).collect();
    let is_builder = |s: &&Structure| fields.contains(snake_case(&s.builder_name()).as_str());
    // Constructors of our own, which a type may happen to be called like.
    let is_constructor = |name: &str| matches!(name, "New" | "TryParse" | "Builder" | "Generic");
    let named_constructors =
        structures.iter().any(is_builder) || lowered.type_names().any(is_constructor);
    let orders_enums = lowered.enums.iter().any(|e| e.variants.is_some());
    let starts = |field: &&str| CONVENTIONS.iter().any(|prefix| field.starts_with(prefix));
    let operators = ["sub"].iter().chain(&TRAIT_METHODS);
    let lints = [
        (lowered.has_deprecations(), quote!(deprecated)),
        (has_odd_case(lowered), quote!(non_camel_case_types)),
        // `PartialOrd` of an enum is its `Ord`, which is derived.
        (orders_enums, quote!(clippy::derive_ord_xor_partial_ord)),
        (fields.contains("len"), quote!(clippy::len_without_is_empty)),
        (repeats_a_module(lowered), quote!(clippy::module_inception)),
        (fields.contains("new"), quote!(clippy::new_ret_no_self)),
        (named_constructors, quote!(clippy::self_named_constructors)),
        (operators.into_iter().any(|m| fields.contains(m)), quote!(clippy::should_implement_trait)),
        (has_unsafe_name(lowered), quote!(clippy::unsafe_removed_from_name)),
        (fields.iter().any(starts), quote!(clippy::wrong_self_convention)),
    ];
    let lints: Vec<_> = lints.into_iter().filter(|(needed, _)| *needed).map(|(_, l)| l).collect();
    if lints.is_empty() { TokenStream::new() } else { quote!(#![allow(#(#lints),*)]) }
}

/// Whether a type or variant is called in a way that Rust's types aren't.
fn has_odd_case(lowered: &Crate) -> bool {
    let variants = lowered.enums.iter().flat_map(|e| e.variants.iter().flatten());
    let names = lowered.type_names().chain(variants.map(|variant| variant.variant.as_str()));
    let unions = lowered.unions.iter().flat_map(|u| &u.variants).map(|v| v.variant.as_str());
    names.chain(unions).any(|name| {
        name.contains('_') || !name.starts_with(|first: char| first.is_ascii_uppercase())
    })
}

/// Whether a module is called like the one it lies in.
fn repeats_a_module(lowered: &Crate) -> bool {
    let mut waiters = lowered.operations.iter().flat_map(|operation| &operation.waiters);
    lowered.operations.iter().any(|operation| operation.module == "operation")
        || waiters.any(|waiter| waiter.module == "waiters")
        || lowered.type_files().any(|file| file == "types")
        || lowered.errors.iter().any(|error| error.file == "error")
}

/// Whether a module's name says `unsafe` where its type's may seem not to.
fn has_unsafe_name(lowered: &Crate) -> bool {
    let operations = lowered.operations.iter().map(|operation| operation.module.as_str());
    let errors = lowered.errors.iter().map(|error| error.file.as_str());
    lowered.type_files().chain(operations).chain(errors).any(|module| module.contains("unsafe"))
}
