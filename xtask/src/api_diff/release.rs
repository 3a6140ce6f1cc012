//! Which items of an official crate come from a later release of its model: what stands for a shape, a member, a value
//! or an error that the model doesn't have can't be in a crate that is made from it. It must not know how that is done.

use std::collections::{BTreeMap, BTreeSet};

use tinsmith_model::{Model, Shape};

use super::surface::{Kind, Surface};

/// The names that a model has, without what case conversion changes.
#[derive(Default)]
pub(super) struct ModelNames {
    /// Of shapes, members and values.
    all: BTreeSet<String>,
    /// Members, values or errors by what has them: a shape, or an operation's input, output or error.
    of: BTreeMap<String, BTreeSet<String>>,
}

impl ModelNames {
    pub(super) fn of(model: &Model) -> Self {
        let mut names = ModelNames::default();
        let services = model.shapes().filter_map(|(_, shape)| shape.as_service());
        let common: Vec<&str> =
            services.flat_map(|it| &it.errors).map(|error| model.shape(*error).id.name()).collect();
        for (_, shape) in model.shapes() {
            let name = shape.id.name();
            names.add(name, members(shape));
            if let Some(operation) = shape.as_operation() {
                let (input, output) = (model.shape(operation.input), model.shape(operation.output));
                names.add(&format!("{name}Input"), members(input));
                names.add(&format!("{name}Output"), members(output));
                let errors = operation.errors.iter().map(|it| model.shape(*it).id.name());
                names.add(&format!("{name}Error"), errors.chain(common.iter().copied()).collect());
            }
        }
        names
    }

    fn add(&mut self, owner: &str, names: Vec<&str>) {
        let names: BTreeSet<String> = names.into_iter().map(plain).collect();
        self.all.insert(plain(owner));
        self.all.extend(names.iter().cloned());
        self.of.entry(plain(owner)).or_default().extend(names);
    }

    #[cfg(test)]
    pub(super) fn from_names(owners: &[(&str, &[&str])]) -> Self {
        let mut names = ModelNames::default();
        owners.iter().for_each(|(owner, members)| names.add(owner, members.to_vec()));
        names
    }

    /// Whether a name is the model's, or what is left of it without one of these endings.
    fn have(&self, name: &str, endings: &[&str]) -> bool {
        has(&self.all, name, endings)
    }

    /// Whether the type has this member or value in the model; if it isn't named after a shape, whether anything has.
    fn have_member(&self, type_name: &str, member: &str) -> bool {
        let type_name = plain(type_name);
        let builds = type_name.strip_suffix("fluentbuilder").map(|it| format!("{it}input"));
        let plainly = type_name.strip_suffix("builder").map(str::to_owned);
        let owners = [builds, plainly, Some(type_name)];
        let members = owners.into_iter().flatten().find_map(|it| self.of.get(&it));
        has(members.unwrap_or(&self.all), member, &["value"])
    }
}

fn has(names: &BTreeSet<String>, name: &str, endings: &[&str]) -> bool {
    let name = plain(name);
    let shorter = endings.iter().filter_map(|ending| name.strip_suffix(ending));
    [name.as_str()].into_iter().chain(shorter).any(|name| names.contains(name))
}

/// The names of a shape's members, and its values.
fn members(shape: &Shape) -> Vec<&str> {
    let mut names = Vec::new();
    for member in shape.all_members() {
        names.push(member.name.as_str());
        names.extend(member.enum_value().and_then(|value| value.as_str()));
    }
    let values = shape.traits.get("smithy.api#enum").and_then(|it| it.as_array());
    let values = values.into_iter().flatten().flat_map(|it| [it.get("name"), it.get("value")]);
    names.extend(values.flatten().filter_map(|it| it.as_str()));
    names
}

/// Letters and digits in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether an official item is one that the model doesn't know yet. Only what is named after shapes, members and values
/// can be; the rest of the API is the same in all releases.
pub(super) fn is_later(
    official: &Surface,
    kind: Kind,
    name: &str,
    text: &str,
    names: &ModelNames,
) -> bool {
    let mentioned = super::selection::paths(name).chain(super::selection::paths(text));
    if mentioned.into_iter().any(|path| is_of_unknown_shape(path, names)) {
        return true;
    }
    let Some((parent, last)) = name.rsplit_once("::") else { return false };
    let is_shape = parent.starts_with("crate::types::") || parent.starts_with("crate::operation::");
    let type_name = parent.rsplit("::").next().unwrap_or_default();
    let unknown = |name: &str| !names.have_member(type_name, name);
    match kind {
        Kind::Field | Kind::Variant => is_shape && unknown(last),
        Kind::Method if is_shape => member(official, parent, last).is_some_and(unknown),
        _ => false,
    }
}

/// The member or value that a method is made for.
fn member<'n>(official: &Surface, parent: &str, method: &'n str) -> Option<&'n str> {
    let has = |kind, name: &str| official.contains_key(&(kind, format!("{parent}::{name}")));
    let set = |name: &str| has(Kind::Method, &format!("set_{name}"));
    let bare = ["set_", "get_"].iter().find_map(|it| method.strip_prefix(it)).filter(|it| set(it));
    if bare.is_some() || set(method) || has(Kind::Field, method) {
        return bare.or(Some(method));
    }
    let value = ["is_", "as_"].iter().find_map(|it| method.strip_prefix(it))?;
    let is_variant = |(kind, name): &(Kind, String)| {
        *kind == Kind::Variant
            && name
                .strip_prefix(parent)
                .and_then(|rest| rest.strip_prefix("::"))
                .is_some_and(|variant| plain(variant) == plain(value))
    };
    official.keys().any(is_variant).then_some(value)
}

/// Whether the path leads to a type, or the module of an operation, of which the model has no shape.
fn is_of_unknown_shape(path: &str, names: &ModelNames) -> bool {
    if let Some(rest) = path.strip_prefix("crate::operation::") {
        return rest.split("::").next().is_some_and(|module| !names.have(module, &[]));
    }
    let Some(rest) = path.strip_prefix("crate::types::") else { return false };
    let is_type = |part: &&str| part.starts_with(|c: char| c.is_uppercase());
    // A stream's errors are an enum called after the stream.
    let endings: &[&str] = if rest.starts_with("error::") {
        &["builder", "error", "value"]
    } else {
        &["builder", "value"]
    };
    rest.split("::").find(is_type).is_some_and(|it| !names.have(it, endings))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surface(items: &[(Kind, &str)]) -> Surface {
        items.iter().map(|(kind, name)| ((*kind, (*name).to_owned()), String::new())).collect()
    }

    #[test]
    fn names_that_the_model_lacks_are_of_a_later_release() {
        let names = ModelNames::from_names(&[
            ("Thing", &["KMSKeyArn", "type", "FAST_ONE"]),
            ("GetThingInput", &["name"]),
            ("GetThingError", &["Missing"]),
            ("GetThing", &[]),
            ("Elsewhere", &["there"]),
        ]);
        let official = surface(&[
            (Kind::Field, "crate::types::Thing::kms_key_arn"),
            (Kind::Field, "crate::types::Thing::newer"),
            (Kind::Method, "crate::types::builders::ThingBuilder::set_newer"),
            (
                Kind::Method,
                "crate::operation::get_thing::builders::GetThingFluentBuilder::set_newer",
            ),
            (Kind::Variant, "crate::types::Thing::FastOne"),
            (Kind::Variant, "crate::types::Thing::Newest"),
            (Kind::Variant, "crate::operation::get_thing::GetThingError::Missing"),
            (Kind::Variant, "crate::operation::get_thing::GetThingError::There"),
        ]);
        let later = |kind, name: &str, text: &str| is_later(&official, kind, name, text, &names);
        for (kind, name) in [
            (Kind::Field, "crate::types::Thing::newer"),
            (Kind::Field, "crate::types::Thing::there"),
            (Kind::Variant, "crate::operation::get_thing::GetThingError::There"),
            (Kind::Method, "crate::operation::get_thing::GetThingError::is_there"),
            (Kind::Method, "crate::types::Thing::newer"),
            (Kind::Method, "crate::types::builders::ThingBuilder::get_newer"),
            (Kind::Method, "crate::operation::get_thing::builders::GetThingFluentBuilder::newer"),
            (Kind::Variant, "crate::types::Thing::Newest"),
            (Kind::Method, "crate::types::Thing::is_newest"),
            (Kind::Type, "crate::types::Other"),
            (Kind::Type, "crate::types::ThingError"),
            (Kind::Type, "crate::types::builders::OtherBuilder"),
            (Kind::Module, "crate::operation::get_other"),
            (Kind::Method, "crate::operation::get_other::builders::GetOtherFluentBuilder::send"),
            (Kind::Impl, "core::clone::Clone for crate::types::Other"),
        ] {
            assert!(later(kind, name, ""), "{name}");
        }
        for (kind, name) in [
            (Kind::Field, "crate::types::Thing::kms_key_arn"),
            (Kind::Field, "crate::types::Thing::type_value"),
            (Kind::Method, "crate::operation::get_thing::builders::GetThingFluentBuilder::send"),
            (Kind::Method, "crate::types::Thing::as_str"),
            (Kind::Method, "crate::types::Thing::is_fast_one"),
            (Kind::Method, "crate::operation::get_thing::GetThingError::is_missing"),
            (Kind::Method, "crate::Client::newer"),
            (Kind::Type, "crate::types::builders::ThingBuilder"),
            (Kind::Type, "crate::types::error::ThingError"),
            (Kind::Type, "crate::config::Newer"),
            (Kind::Module, "crate::operation::get_thing::paginator"),
        ] {
            assert!(!later(kind, name, ""), "{name}");
        }
        let other = "fn get_other(&self) -> crate::operation::get_other::builders::X";
        assert!(later(Kind::Method, "crate::Client::get_other", other));
    }
}
