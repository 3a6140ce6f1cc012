//! What of one API another one lacks, adds or has differently, and which of that breaks programs. It must not know
//! models.

use std::collections::BTreeMap;

use serde::Serialize;
use tinsmith_codegen::api::{Api, Field, Kind, Operation, Type, Waiter};

use super::renames::Renames;

/// Something that differs.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(super) struct Change {
    /// The operation or type, such as `types::Filter`.
    pub(super) item: String,
    /// In words.
    pub(super) change: String,
    /// Whether programs that compiled, or worked, may not any more.
    pub(super) breaking: bool,
}

/// All that differs, sorted by items: operations first.
pub(super) fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let renames = Renames::between(old, new);
    let mut changes = Changes::default();
    changes.all(&old.operations, &new.operations, &Changes::operation);
    let (operations, mut changes) = (changes.found, Changes::default());
    let mut old_types = BTreeMap::new();
    for (path, ty) in &old.types {
        let called = renames.path(path);
        if called != path {
            changes.add(called, format!("renamed from `{path}`"), true);
        }
        old_types.insert(called.to_owned(), renames.in_type(ty));
    }
    // What comes and goes with its operation needs no lines of its own.
    let of_one = |path: &str| {
        let module = path.strip_prefix("operation::").and_then(|path| path.split("::").next());
        let in_api = |api: &Api| api.operations.values().any(|it| Some(&*it.module) == module);
        module.is_some() && in_api(old) != in_api(new)
    };
    old_types.retain(|path, _| !of_one(path));
    let new_types = new.types.iter().filter(|(path, _)| !of_one(path));
    let new_types = new_types.map(|(path, ty)| (path.clone(), ty.clone())).collect();
    changes.all(&old_types, &new_types, &Changes::ty);
    changes.found.sort();
    [operations, changes.found].concat()
}

/// Names of variants and fields that only one of two types has, and those that both have.
fn sides<'a, T>(
    old: &'a BTreeMap<String, T>,
    new: &'a BTreeMap<String, T>,
) -> impl Iterator<Item = (&'a String, Option<&'a T>, Option<&'a T>)> {
    let gone = old.iter().map(|(name, it)| (name, Some(it), new.get(name)));
    let came = new.iter().filter(|(name, _)| !old.contains_key(*name));
    gone.chain(came.map(|(name, it)| (name, None, Some(it))))
}

#[derive(Default)]
struct Changes {
    found: Vec<Change>,
}

impl Changes {
    fn add(&mut self, item: &str, change: String, breaking: bool) {
        self.found.push(Change { item: item.to_owned(), change, breaking });
    }

    /// Whole items come and go; those that stay are looked into.
    fn all<T>(
        &mut self,
        old: &BTreeMap<String, T>,
        new: &BTreeMap<String, T>,
        look_into: &dyn Fn(&mut Self, &str, &T, &T),
    ) {
        for (name, old, new) in sides(old, new) {
            match (old, new) {
                (Some(old), Some(new)) => look_into(self, name, old, new),
                (None, _) => self.add(name, "added".to_owned(), false),
                (_, None) => self.add(name, "removed".to_owned(), true),
            }
        }
    }

    fn operation(&mut self, name: &str, old: &Operation, new: &Operation) {
        if old.method != new.method {
            let text = format!("the client's method `{}` is now `{}`", old.method, new.method);
            self.add(name, text, true);
        }
        if old.module != new.module {
            let text = format!("its module `{}` is now `{}`", old.module, new.module);
            self.add(name, text, true);
        }
        for (what, old, new) in
            [("the paginator", old.pages, new.pages), ("`presigned`", old.presigned, new.presigned)]
        {
            match (old, new) {
                (true, false) => self.add(name, format!("{what} removed"), true),
                (false, true) => self.add(name, format!("{what} added"), false),
                _ => {}
            }
        }
        let plain = |waiters: &[Waiter]| waiters.iter().map(|it| (it.method.clone(), ())).collect();
        self.members(name, "the waiter", &plain(&old.waiters), &plain(&new.waiters));
        self.deprecated(name, "", old.deprecated, new.deprecated);
    }

    fn ty(&mut self, path: &str, old: &Type, new: &Type) {
        match (&old.kind, &new.kind) {
            (
                Kind::Structure { fields, fallible },
                Kind::Structure { fields: new_fields, fallible: now_fallible },
            ) => {
                self.fields(path, fields, new_fields);
                match (fallible, now_fallible) {
                    (false, true) => {
                        self.add(path, "the builder's `build()` gives a `Result` now".into(), true);
                    }
                    (true, false) => {
                        let text = "the builder's `build()` gives no `Result` any more";
                        self.add(path, text.to_owned(), true);
                    }
                    _ => {}
                }
            }
            (Kind::Union(old), Kind::Union(new)) => {
                self.members(path, "the variant", old, new);
                for (name, old, new) in both(old, new) {
                    self.differs(path, &format!("what the variant `{name}` holds"), old, new);
                }
            }
            (Kind::Enum(old), Kind::Enum(new)) => self.values(path, old, new),
            (Kind::Newtype, Kind::Newtype) => {}
            (Kind::Errors(old), Kind::Errors(new)) => {
                let plain = |names: &[String]| names.iter().map(|it| (it.clone(), ())).collect();
                self.members(path, "the error variant", &plain(old), &plain(new));
            }
            (old, new) => {
                let text = format!("was {}, is {} now", kind(old), kind(new));
                self.add(path, text, true);
            }
        }
        self.deprecated(path, "", old.deprecated, new.deprecated);
    }

    fn fields(&mut self, path: &str, old: &BTreeMap<String, Field>, new: &BTreeMap<String, Field>) {
        for (name, old, new) in sides(old, new) {
            match (old, new) {
                (Some(old), Some(new)) => {
                    self.field_type(path, name, &old.ty, &new.ty);
                    if new.needed && !old.needed {
                        self.add(path, format!("`build()` fails now without `{name}`"), true);
                    }
                    if old.needed && !new.needed {
                        self.add(path, format!("`build()` does without `{name}` now"), false);
                    }
                    let of = format!("the field `{name}` is ");
                    self.deprecated(path, &of, old.deprecated, new.deprecated);
                }
                (None, Some(new)) => {
                    let (needed, breaking) = match new.needed {
                        true => (", without which `build()` fails", true),
                        false => ("", false),
                    };
                    let text = format!("the field `{name}: {}` added{needed}", new.ty);
                    self.add(path, text, breaking);
                }
                (Some(old), None) => {
                    self.add(path, format!("the field `{name}: {}` removed", old.ty), true);
                }
                (None, None) => {}
            }
        }
    }

    fn field_type(&mut self, path: &str, name: &str, old: &str, new: &str) {
        let inner = |ty: &str| {
            ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')).map(str::to_owned)
        };
        let text = if inner(old).as_deref() == Some(new) {
            format!("the field `{name}` is no `Option` any more: `{new}`")
        } else if inner(new).as_deref() == Some(old) {
            format!("the field `{name}` is an `Option` now: `{new}`")
        } else {
            return self.differs(path, &format!("the field `{name}`"), old, new);
        };
        self.add(path, text, true);
    }

    /// The variants of an enum of strings. Its variant of another name for the same string is a rename.
    fn values(
        &mut self,
        path: &str,
        old: &BTreeMap<String, String>,
        new: &BTreeMap<String, String>,
    ) {
        let (mut old, mut new) = (old.clone(), new.clone());
        for (name, value, now) in both(&old, &new) {
            if value != now {
                let text = format!("the variant `{name}` stands for {now:?} now, not {value:?}");
                self.add(path, text, true);
            }
        }
        let gone: Vec<_> = old.iter().filter(|(name, _)| !new.contains_key(*name)).collect();
        let mut renamed = Vec::new();
        for (name, value) in gone {
            let of_value = |(now, it): &(&String, &String)| *it == value && !old.contains_key(*now);
            if let Some((now, _)) = new.iter().find(of_value) {
                renamed.push((name.clone(), now.clone()));
            }
        }
        for (name, now) in renamed {
            self.add(path, format!("the variant `{name}` is called `{now}` now"), true);
            old.remove(&name);
            new.remove(&now);
        }
        self.members(path, "the variant", &old, &new);
    }

    /// Members come and go by their names; new ones break nothing, because all enums may get more.
    fn members<T>(
        &mut self,
        path: &str,
        what: &str,
        old: &BTreeMap<String, T>,
        new: &BTreeMap<String, T>,
    ) {
        for (name, old, new) in sides(old, new) {
            match (old, new) {
                (None, _) => self.add(path, format!("{what} `{name}` added"), false),
                (_, None) => self.add(path, format!("{what} `{name}` removed"), true),
                _ => {}
            }
        }
    }

    fn differs(&mut self, path: &str, what: &str, old: &str, new: &str) {
        let shown = |ty: &str| {
            if ty.is_empty() { "nothing".to_owned() } else { format!("`{ty}`") }
        };
        if old != new {
            let text = format!("{what} was {}, is {} now", shown(old), shown(new));
            self.add(path, text, true);
        }
    }

    fn deprecated(&mut self, path: &str, of: &str, old: bool, new: bool) {
        match (old, new) {
            (false, true) => self.add(path, format!("{of}deprecated"), false),
            (true, false) => self.add(path, format!("{of}no longer deprecated"), false),
            _ => {}
        }
    }
}

/// What both have, by name.
fn both<'a>(
    old: &'a BTreeMap<String, String>,
    new: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    old.iter()
        .filter_map(|(name, old)| Some((name.as_str(), old.as_str(), new.get(name)?.as_str())))
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Structure { .. } => "a structure",
        Kind::Union(_) => "an enum that holds values",
        Kind::Enum(_) => "an enum of strings",
        Kind::Newtype => "a string",
        Kind::Errors(_) => "an enum of errors",
    }
}
