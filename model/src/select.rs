//! Which operations of a service are wanted: syntax first, then resolution. It must not know what they will need.

use std::collections::BTreeSet;

use crate::errors::{Error, Errors};
use crate::model::Model;
use crate::names::{article, did_you_mean, nearest, shorten};
use crate::shape::ShapeRef;

/// Errors in patterns have no file; they name this instead.
const REQUEST: &str = "operations";

/// What patterns for names of resources begin with.
const RESOURCE: &str = "resource:";

/// Patterns for names of operations and resources, or all of them.
///
/// A pattern is a name, or a name with `*` for any run of characters, as in `Describe*`. It may be an absolute
/// shape ID, `namespace#Name`, where names alone would be ambiguous. After `resource:` it names resources, as in
/// `resource:Function`, and stands for all operations that are bound to these and to the resources below them: Smithy
/// specification, "Service types: Resource".
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Selection {
    /// `None` selects all.
    patterns: Option<Vec<Pattern>>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Pattern {
    Operations(String),
    Resources(String),
}

impl Selection {
    /// Every operation of the service.
    pub fn all() -> Self {
        Selection { patterns: None }
    }

    /// None of them.
    pub fn none() -> Self {
        Selection { patterns: Some(Vec::new()) }
    }

    /// Reads patterns; nothing is looked up yet.
    ///
    /// # Errors
    ///
    /// There is no pattern, or one is empty or has characters that no name has; all such are reported.
    pub fn parse<S: AsRef<str>>(patterns: &[S]) -> Result<Self, Errors> {
        let mut parsed = Vec::with_capacity(patterns.len());
        let mut errors = Vec::new();
        if patterns.is_empty() {
            let error = Error::new(REQUEST, "no operation is named");
            errors.push(error.with_help("name one, or `*` for all of them"));
        }
        for text in patterns {
            match Pattern::parse(text.as_ref()) {
                Ok(pattern) => parsed.push(pattern),
                Err(error) => errors.push(error),
            }
        }
        Errors::check(errors).map(|()| Selection { patterns: Some(parsed) })
    }

    /// The operations of the service that the selection names, sorted by name.
    ///
    /// # Errors
    ///
    /// A name is unknown or a pattern matches nothing; all such are reported, with the nearest names.
    pub fn resolve(&self, model: &Model, service: ShapeRef) -> Result<Vec<ShapeRef>, Errors> {
        let operations = model.operations(service);
        let Some(patterns) = &self.patterns else { return Ok(operations) };
        let mut selected = BTreeSet::new();
        let mut errors = Vec::new();
        for pattern in patterns {
            let matched = pattern.matched(model, service, &operations);
            if matched.is_empty() {
                errors.push(pattern.unmatched(model, service, &operations));
            }
            selected.extend(matched);
        }
        Errors::check(errors)?;
        Ok(operations.into_iter().filter(|operation| selected.contains(operation)).collect())
    }
}

impl Pattern {
    fn parse(text: &str) -> Result<Pattern, Error> {
        let (name, what) = match text.strip_prefix(RESOURCE) {
            Some(name) => (name, "resource"),
            None => (text, "operation"),
        };
        if name.is_empty() {
            let error = match what {
                "operation" => Error::new(REQUEST, "a pattern is empty"),
                _ => Error::new(REQUEST, format!("`{RESOURCE}` names no resource")),
            };
            return Err(
                error.with_help(format!("name {} {what}, or `*` for all of them", article(what)))
            );
        }
        let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"_*.#".contains(*c));
        match bad {
            None if what == "resource" => Ok(Pattern::Resources(name.to_owned())),
            None => Ok(Pattern::Operations(name.to_owned())),
            Some(bad) => {
                let message = format!(
                    "`{}` has the character {bad:?}, which no {what}'s name has",
                    shorten(text)
                );
                let help = format!(
                    "a pattern has letters, digits, underscores and `*`, perhaps after `{RESOURCE}`"
                );
                Err(Error::new(REQUEST, message).with_help(help))
            }
        }
    }

    /// The operations that it stands for.
    fn matched(
        &self,
        model: &Model,
        service: ShapeRef,
        operations: &[ShapeRef],
    ) -> BTreeSet<ShapeRef> {
        match self {
            Pattern::Operations(pattern) => {
                operations.iter().copied().filter(|r| matches(model, pattern, *r)).collect()
            }
            Pattern::Resources(pattern) => {
                let resources = model.resources(service).into_iter();
                let resources = resources.filter(|r| matches(model, pattern, *r));
                resources.flat_map(|r| model.operations_of_resource(r)).collect()
            }
        }
    }

    fn unmatched(&self, model: &Model, service: ShapeRef, operations: &[ShapeRef]) -> Error {
        let resources = model.resources(service);
        let (pattern, what, shapes) = match self {
            Pattern::Operations(pattern) => (pattern, "operation", operations),
            Pattern::Resources(pattern) => (pattern, "resource", &resources[..]),
        };
        let names: Vec<&str> = shapes.iter().map(|r| model.shape(*r).id.name()).collect();
        let wanted = pattern.rsplit('#').next().unwrap_or_default();
        let service = &model.shape(service).id;
        let resource = resources.iter().map(|r| model.shape(*r).id.name());
        let resource = resource.filter(|_| what == "operation").find(|name| *name == wanted);
        let there = what == "resource" && names.iter().any(|name| glob(wanted, name));
        let message = match self {
            Pattern::Resources(_) if names.is_empty() => {
                format!("`{service}` has no resources: its model binds operations to none")
            }
            _ if there => {
                format!("resource `{}` of `{service}` has no operations", shorten(pattern))
            }
            _ if pattern.contains('*') => {
                format!("pattern `{pattern}` matches no {what} of `{service}`")
            }
            _ => format!("`{service}` has no {what} `{}`", shorten(pattern)),
        };
        let help = match resource {
            Some(name) => Some(format!("it has a resource of this name: `{RESOURCE}{name}`")),
            None if there => None,
            None => did_you_mean(&near(wanted, &names)),
        };
        let help = help.unwrap_or_else(|| match names.len() {
            0 => "name operations, or `*` for all of them".to_owned(),
            count => format!("it has {count} {what}s; `{}*` names them all", self.prefix()),
        });
        Error::new(model.name(), message).with_help(help)
    }

    fn prefix(&self) -> &'static str {
        match self {
            Pattern::Operations(_) => "",
            Pattern::Resources(_) => RESOURCE,
        }
    }
}

fn matches(model: &Model, pattern: &str, r: ShapeRef) -> bool {
    let id = &model.shape(r).id;
    glob(pattern, if pattern.contains('#') { id.as_str() } else { id.name() })
}

/// The names that may have been meant: of a pattern, those that have its letters in them.
fn near<'a>(wanted: &str, names: &[&'a str]) -> Vec<&'a str> {
    if !wanted.contains('*') {
        return nearest(wanted, names.iter().copied());
    }
    let stem = wanted.trim_matches('*');
    let folded = stem.to_lowercase();
    let having = names.iter().copied();
    let having = having.filter(|it| !folded.is_empty() && it.to_lowercase().contains(&folded));
    let having: Vec<&str> = having.take(3).collect();
    if having.is_empty() { nearest(stem, names.iter().copied()) } else { having }
}

/// Whether `text` matches `pattern`, where `*` stands for any run of characters.
pub fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where to resume if what follows the last `*` does not fit: one byte further on.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            p += 1;
            retry = Some((p, t));
        } else if pattern.get(p) == Some(&text[t]) {
            p += 1;
            t += 1;
        } else if let Some((after_star, from)) = retry {
            p = after_star;
            t = from + 1;
            retry = Some((after_star, t));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_match_any_run() {
        for (pattern, text) in [
            ("A", "A"),
            ("*", ""),
            ("*", "Any"),
            ("De*", "Describe"),
            ("*Job*", "ListJobs"),
            ("a*b*c", "aXbbYc"),
        ] {
            assert!(glob(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("A", "AB"), ("", "A"), ("De*", "List"), ("a*b", "abc"), ("a", "A")]
        {
            assert!(!glob(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn bad_patterns_are_all_reported() {
        let patterns =
            ["", "List Jobs", "Fine*", "a$b", "resource:", "resource:a b", "resource:Fine*"];
        let errors = Selection::parse(&patterns).unwrap_err();
        assert_eq!(errors.iter().count(), 5);
        assert!(Selection::parse::<&str>(&[]).is_err());
    }
}
