//! Types that only have another name in the newer API: told by the fields and variants that were of the one type and
//! are of the other. It must not know what else changes.

use std::collections::BTreeMap;

use tinsmith_codegen::api::{Api, Kind, Type};

/// Old paths of types and their new ones.
#[derive(Debug, Default)]
pub(super) struct Renames(BTreeMap<String, String>);

impl Renames {
    /// All that can be told. What the uses of a type contradict each other about was not renamed.
    pub(super) fn between(old: &Api, new: &Api) -> Self {
        let mut renames = Renames::default();
        // A renamed type's own fields lead to further ones.
        loop {
            let found = renames.further(old, new);
            if found.is_empty() {
                return renames;
            }
            renames.0.extend(found);
        }
    }

    fn further(&self, old: &Api, new: &Api) -> BTreeMap<String, String> {
        let mut votes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, ty) in &old.types {
            let Some(now) = new.types.get(self.path(path)) else { continue };
            for (old_type, new_type) in used(&ty.kind, &now.kind) {
                for (from, to) in pairs(&old_type, &new_type) {
                    votes.entry(from).or_default().push(to);
                }
            }
        }
        let candidate = |(from, mut to): (String, Vec<String>)| {
            to.sort();
            to.dedup();
            let to = (to.len() == 1).then(|| to.remove(0))?;
            let (was, is) = (old.types.get(&from)?, new.types.get(&to)?);
            let alike = std::mem::discriminant(&was.kind) == std::mem::discriminant(&is.kind);
            let fresh = !new.types.contains_key(&from) && !old.types.contains_key(&to);
            let free = !self.0.contains_key(&from) && !self.0.values().any(|taken| *taken == to);
            (alike && fresh && free).then_some((from, to))
        };
        let found: BTreeMap<String, String> = votes.into_iter().filter_map(candidate).collect();
        // Two types that became one weren't renamed.
        let once = |to: &String| found.values().filter(|it| *it == to).count() == 1;
        found.iter().filter(|(_, to)| once(to)).map(|(a, b)| (a.clone(), b.clone())).collect()
    }

    /// The new path of a type.
    pub(super) fn path<'a>(&'a self, old: &'a str) -> &'a str {
        self.0.get(old).map_or(old, String::as_str)
    }

    /// The type as it would be if nothing but these names had changed.
    pub(super) fn in_type(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        match &mut ty.kind {
            Kind::Structure { fields, .. } => {
                fields.values_mut().for_each(|field| field.ty = self.in_text(&field.ty));
            }
            Kind::Union(variants) => {
                variants.values_mut().for_each(|held| *held = self.in_text(held));
            }
            Kind::Enum(_) | Kind::Newtype | Kind::Errors(_) => {}
        }
        ty
    }

    fn in_text(&self, ty: &str) -> String {
        words(ty).map(|word| self.path(word)).collect()
    }
}

/// The types of what two types have in common.
fn used(old: &Kind, new: &Kind) -> Vec<(String, String)> {
    match (old, new) {
        (Kind::Structure { fields, .. }, Kind::Structure { fields: new, .. }) => fields
            .iter()
            .filter_map(|(name, field)| Some((field.ty.clone(), new.get(name)?.ty.clone())))
            .collect(),
        (Kind::Union(old), Kind::Union(new)) => old
            .iter()
            .filter_map(|(name, held)| Some((held.clone(), new.get(name)?.clone())))
            .collect(),
        _ => Vec::new(),
    }
}

/// The paths in two texts of types that are the same but for them.
fn pairs(old: &str, new: &str) -> Vec<(String, String)> {
    let (old, new): (Vec<_>, Vec<_>) = (words(old).collect(), words(new).collect());
    if old.len() != new.len() {
        return Vec::new();
    }
    let both = old.into_iter().zip(new).filter(|(old, new)| old != new);
    both.map(|(old, new)| (old.to_owned(), new.to_owned())).collect()
}

/// Paths, and what stands between them.
fn words(ty: &str) -> impl Iterator<Item = &str> {
    let in_path = |c: char| c.is_alphanumeric() || "_:#".contains(c);
    let mut rest = ty;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| in_path(c) != in_path(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_taken_apart_at_their_paths() {
        let parts: Vec<&str> = words("Option<Vec<types::A>>").collect();
        assert_eq!(parts, ["Option", "<", "Vec", "<", "types::A", ">>"]);
        let renamed = pairs("Option<Vec<types::A>>", "Option<Vec<types::B>>");
        assert_eq!(renamed, [("types::A".to_owned(), "types::B".to_owned())]);
        assert!(pairs("Vec<types::A>", "types::B").is_empty());
    }
}
