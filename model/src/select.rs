//! Which operations of a service are wanted: syntax first, then resolution. It must not know what they will need.

use std::collections::BTreeSet;

use crate::errors::{Error, Errors};
use crate::model::Model;
use crate::names::{did_you_mean, nearest, shorten};
use crate::shape::ShapeRef;

/// Errors in patterns have no file; they name this instead.
const REQUEST: &str = "operations";

/// Patterns for names of operations, or all of them.
///
/// A pattern is a name, or a name with `*` for any run of characters, as in `Describe*`. It may be an absolute
/// shape ID, `namespace#Name`, where names alone would be ambiguous.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Selection {
    /// `None` selects all.
    patterns: Option<Vec<Pattern>>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Pattern(String);

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
            let mut matched = operations
                .iter()
                .enumerate()
                .filter(|(_, r)| pattern.matches(model, **r))
                .peekable();
            if matched.peek().is_none() {
                errors.push(pattern.unmatched(model, service, &operations));
            }
            selected.extend(matched.map(|(at, _)| at));
        }
        Errors::check(errors)?;
        // Positions keep the order that `operations` has.
        Ok(selected.into_iter().map(|at| operations[at]).collect())
    }
}

impl Pattern {
    fn parse(text: &str) -> Result<Pattern, Error> {
        if text.is_empty() {
            let error = Error::new(REQUEST, "a pattern is empty");
            return Err(error.with_help("name an operation, or `*` for all of them"));
        }
        let bad = text.chars().find(|c| !c.is_ascii_alphanumeric() && !"_*.#".contains(*c));
        match bad {
            None => Ok(Pattern(text.to_owned())),
            Some(bad) => {
                let message = format!(
                    "`{}` has the character {bad:?}, which no operation's name has",
                    shorten(text)
                );
                let help = "a pattern has letters, digits, underscores and `*`";
                Err(Error::new(REQUEST, message).with_help(help))
            }
        }
    }

    fn matches(&self, model: &Model, r: ShapeRef) -> bool {
        let id = &model.shape(r).id;
        let text = if self.0.contains('#') { id.as_str() } else { id.name() };
        glob(&self.0, text)
    }

    fn unmatched(&self, model: &Model, service: ShapeRef, operations: &[ShapeRef]) -> Error {
        let service = &model.shape(service).id;
        let names = operations.iter().map(|r| model.shape(*r).id.name());
        let wanted = self.0.rsplit('#').next().unwrap_or_default();
        let (message, help) = if self.0.contains('*') {
            let stem = wanted.trim_matches('*');
            let folded = stem.to_lowercase();
            let near: Vec<&str> = names
                .clone()
                .filter(|name| !folded.is_empty() && name.to_lowercase().contains(&folded))
                .take(3)
                .collect();
            let near = if near.is_empty() { nearest(stem, names) } else { near };
            let message = format!("pattern `{}` matches no operation of `{service}`", self.0);
            (message, did_you_mean(&near))
        } else {
            let message = format!("`{service}` has no operation `{}`", shorten(&self.0));
            (message, did_you_mean(&nearest(wanted, names)))
        };
        let help = help.unwrap_or_else(|| {
            format!("it has {} operations; `*` names them all", operations.len())
        });
        Error::new(model.name(), message).with_help(help)
    }
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
        let errors = Selection::parse(&["", "List Jobs", "Fine*", "a$b"]).unwrap_err();
        assert_eq!(errors.iter().count(), 3);
        assert!(Selection::parse::<&str>(&[]).is_err());
    }
}
