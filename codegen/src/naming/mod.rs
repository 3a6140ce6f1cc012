//! Every name in generated code: what the official crates call a shape, member, module or package. Must not
//! know the model or the IR; it turns text into text and identifiers.

mod case;
mod files;
mod reserved;
#[cfg(test)]
mod tests;

pub(crate) use case::{pascal_case, snake_case};
pub(crate) use files::FileStems;
pub(crate) use reserved::ident;

use reserved::{BUILDER_METHODS, PATH_KEYWORDS, RAW_KEYWORDS};

/// The type of a structure, union, enum or error: PascalCase. `Self` cannot be a type's name and becomes
/// `SelfValue`, which in turn moves a modeled `SelfValue` to `SelfValue_`.
pub(crate) fn type_name(shape: &str) -> String {
    step_aside(pascal_case(shape), "Self", "SelfValue")
}

/// The field, accessor and plain setter of a structure's member, without `r#`: [`ident`] adds it.
///
/// Names of builder and operation methods gain `_value` (`build` → `build_value`), and names that begin a
/// path a `_` (`crate` → `crate_`).
pub(crate) fn field(member: &str) -> String {
    let mut name = snake_case(member);
    if BUILDER_METHODS.contains(&name.as_str()) {
        name.push_str("_value");
    } else if PATH_KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// What follows `set_` and `get_` for a member: plain snake_case, for the prefix rules out any clash.
pub(crate) fn setter_suffix(member: &str) -> String {
    snake_case(member)
}

/// A public module, such as an operation's or a waiter's. Keywords gain `_`, except `gen`: the official
/// crates are of edition 2021, where it is an ordinary name ([`ident`] writes it `r#gen`).
pub(crate) fn module(name: &str) -> String {
    let mut name = snake_case(name);
    let keyword = RAW_KEYWORDS.contains(&name.as_str()) || PATH_KEYWORDS.contains(&name.as_str());
    if keyword && name != "gen" {
        name.push('_');
    }
    name
}

/// The client's method that calls an operation; not yet `r#`. One that the client has itself gets a `_`.
pub(crate) fn client_method(operation: &str) -> String {
    let mut name = snake_case(operation);
    if matches!(name.as_str(), "clone" | "config" | "from_conf" | "new") {
        name.push('_');
    }
    name
}

/// A variant of an enum, from its modeled name or, lacking one, its value: PascalCase applied twice, so
/// `A_A_COMPROMISE` becomes `AaCompromise`. `Unknown` is kept for values that the model lacks.
pub(crate) fn enum_variant(value_or_name: &str) -> String {
    variant(pascal_case(&pascal_case(value_or_name)))
}

/// A variant of a union: PascalCase applied once. `Unknown` is kept for members that the model lacks.
pub(crate) fn union_variant(member: &str) -> String {
    variant(pascal_case(member))
}

fn variant(name: String) -> String {
    step_aside(step_aside(name, "Self", "SelfValue"), "Unknown", "UnknownValue")
}

/// `name`, unless it is `reserved`, which becomes `substitute`, or is `substitute` itself and so gains `_`.
fn step_aside(mut name: String, reserved: &str, substitute: &str) -> String {
    if name == reserved {
        substitute.clone_into(&mut name);
    } else if name == substitute {
        name.push('_');
    }
    name
}

/// An operation's type: only the first letter changes, to uppercase.
pub(crate) fn operation(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
}

/// The Cargo package of a service, from the `sdkId` of its `aws.api#service` trait: `Directory Service` →
/// `aws-sdk-directory`. What Cargo doesn't take in a name is left out.
pub(crate) fn package(sdk_id: &str) -> String {
    let kept = sdk_id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let id: String = kept.map(|c| c.to_ascii_lowercase()).collect();
    let id = id.strip_suffix("service").unwrap_or(&id);
    let id = id.strip_suffix("api").unwrap_or(id);
    format!("aws-sdk-{id}")
}
