//! Whether the names in generated files can be: on every file system, and in Rust. It must not know how they were
//! made, so that it does not repeat their maker's mistakes.

use std::collections::HashMap;

use quote::ToTokens as _;
use syn::{Fields, ImplItem, Item, UseTree, Visibility};
use tinsmith_codegen::Files;

/// What Windows keeps for itself, whatever follows the first dot.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Paths must differ by more than case, and be ones that every file system takes.
pub(super) fn paths(files: &Files) -> Result<(), Vec<String>> {
    let mut found = Vec::new();
    let mut taken: HashMap<String, &str> = HashMap::with_capacity(files.len());
    for (path, _) in files.iter() {
        if let Some(other) = taken.insert(path.to_lowercase(), path) {
            found.push(format!("the files {other} and {path} differ by case alone"));
        }
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap_or_default().to_lowercase();
            let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
            let device = DEVICES.contains(&stem.as_str())
                || numbered.is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
            if device || stem.is_empty() || part.ends_with('.') || !part.chars().all(plain) {
                found.push(format!("not every file system takes the name of {path}"));
            }
            // What file systems allow, less what a temporary name needs beside it.
            if part.len() > 200 {
                found.push(format!("the name of {path} is too long for some file systems"));
            }
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Every file must be Rust, and no two things in it that share a space of names may have the same.
pub(super) fn items(files: &Files) -> Result<(), Vec<String>> {
    let mut found = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        match syn::parse_file(text) {
            Ok(file) => module(path, &file.items, &mut found),
            Err(error) => found.push(format!("{path} is not Rust: {error}")),
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Names that were seen in a place, each with the space it is of.
struct Scope<'a> {
    place: String,
    seen: HashMap<(&'static str, String), ()>,
    found: &'a mut Vec<String>,
}

impl<'a> Scope<'a> {
    fn new(place: impl Into<String>, found: &'a mut Vec<String>) -> Self {
        Self { place: place.into(), seen: HashMap::new(), found }
    }

    fn add(&mut self, space: &'static str, name: &impl ToString) {
        // `r#x` is the same name as `x`.
        let name = name.to_string().trim_start_matches("r#").to_owned();
        if name == "_" {
            return;
        }
        if self.seen.insert((space, name.clone()), ()).is_some() {
            self.found.push(format!("{}: two {space}s are called `{name}`", self.place));
        }
    }
}

fn module(place: &str, items: &[Item], found: &mut Vec<String>) {
    let mut scope = Scope::new(place, found);
    let mut methods: HashMap<String, Vec<String>> = HashMap::new();
    for item in items {
        match item {
            Item::Struct(it) => {
                scope.add("type", &it.ident);
                // A tuple or unit struct is a value as well.
                if !matches!(it.fields, Fields::Named(_)) {
                    scope.add("value", &it.ident);
                }
            }
            Item::Enum(it) => scope.add("type", &it.ident),
            Item::Type(it) => scope.add("type", &it.ident),
            Item::Trait(it) => scope.add("type", &it.ident),
            Item::Mod(it) => scope.add("type", &it.ident),
            Item::Static(it) => scope.add("value", &it.ident),
            Item::Const(it) => scope.add("value", &it.ident),
            Item::Fn(it) => scope.add("value", &it.sig.ident),
            // A type and a value may come by one `use`; ours bring types.
            Item::Use(it) if !matches!(it.vis, Visibility::Inherited) => {
                imports(&it.tree, &mut scope);
            }
            Item::Impl(it) if it.trait_.is_none() => {
                let names = it.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(it) => Some(it.sig.ident.to_string()),
                    ImplItem::Const(it) => Some(it.ident.to_string()),
                    _ => None,
                });
                // A type's arguments are part of it: methods of `Builder<A>` aren't those of `Builder<B>`.
                let of = it.self_ty.to_token_stream().to_string();
                methods.entry(of).or_default().extend(names);
            }
            _ => {}
        }
    }
    for (of, names) in methods {
        let mut scope = Scope::new(format!("{place}: {of}"), found);
        names.iter().for_each(|name| scope.add("method", name));
    }
    for item in items {
        inside(place, item, found);
    }
}

fn imports(tree: &UseTree, scope: &mut Scope<'_>) {
    match tree {
        UseTree::Path(path) => imports(&path.tree, scope),
        UseTree::Name(name) => scope.add("type", &name.ident),
        UseTree::Rename(rename) => scope.add("type", &rename.rename),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imports(tree, scope)),
        UseTree::Glob(_) => {}
    }
}

/// Fields, variants, and what inline modules have.
fn inside(place: &str, item: &Item, found: &mut Vec<String>) {
    match item {
        Item::Struct(it) => {
            let mut scope = Scope::new(format!("{place}: {}", it.ident), found);
            it.fields.iter().filter_map(|field| field.ident.as_ref()).for_each(|name| {
                scope.add("field", name);
            });
        }
        Item::Enum(it) => {
            let mut scope = Scope::new(format!("{place}: {}", it.ident), found);
            it.variants.iter().for_each(|variant| scope.add("variant", &variant.ident));
        }
        Item::Mod(it) => {
            if let Some((_, items)) = &it.content {
                module(&format!("{place}: {}", it.ident), items, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        module("a.rs", &syn::parse_file(text).unwrap().items, &mut found);
        found
    }

    #[test]
    fn what_collides_is_named() {
        for (text, expected) in [
            ("struct A { a: u8, r#a: u8 }", "a.rs: A: two fields are called `a`"),
            ("enum A { B, C, B }", "a.rs: A: two variants are called `B`"),
            ("struct A {} impl A { fn b() {} } impl A { fn b() {} }", "two methods are called `b`"),
            ("impl a::B<C> { fn d() {} } impl a::B<C> { fn d() {} }", "two methods are called `d`"),
            ("mod a {} enum a {}", "a.rs: two types are called `a`"),
            ("pub use b::A; struct A {}", "a.rs: two types are called `A`"),
            ("mod m { struct A; static A: u8 = 0; }", "a.rs: m: two values are called `A`"),
        ] {
            let found = of(text);
            assert!(found.len() == 1 && found[0].ends_with(expected), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_does_not_collide_is_left_alone() {
        let sound =
            "struct A { b: u8 } impl A { fn b() {} } impl T for A { fn b() {} } fn b() {} mod b {}";
        assert_eq!(of(sound), Vec::<String>::new());
        let other = "struct B {} impl B { fn c() {} } impl a::B<B> { fn c() {} }";
        assert_eq!(of(other), Vec::<String>::new());
    }
}
