//! What all parts of the reader share: parsing a piece of a file, and reporting what is wrong at its place. It must
//! not know what the pieces mean.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::object::{Node, Strange, Text};
use super::syntax::Extras;
use super::{Files, WithExtras};
use crate::errors::{Error, Errors};
use crate::json;
use crate::names::{did_you_mean, nearest, shorten};
use crate::source::{Source, Span};

/// What an error is about: a shape or operation by its name, and a member of it.
#[derive(Copy, Clone, Default)]
pub(super) struct Subject<'s> {
    /// "shape" or "operation"; empty for the service as a whole.
    pub(super) kind: &'static str,
    pub(super) name: &'s str,
    pub(super) member: Option<&'s str>,
}

impl<'s> Subject<'s> {
    pub(super) fn shape(name: &'s str) -> Self {
        Subject { kind: "shape", name, member: None }
    }

    pub(super) fn operation(name: &'s str) -> Self {
        Subject { kind: "operation", name, member: None }
    }

    pub(super) fn member(self, member: &'s str) -> Self {
        Subject { member: Some(member), ..self }
    }

    /// "member `a` of shape `B`: ", or nothing.
    fn prefix(self) -> String {
        let Subject { kind, name, member } = self;
        let name = shorten(name);
        match member {
            _ if kind.is_empty() => String::new(),
            Some(member) => format!("member `{}` of {kind} `{name}`: ", shorten(member)),
            None => format!("{kind} `{name}`: "),
        }
    }
}

/// Names are compared with all others for so many errors only; nobody reads more, and it is quadratic.
const SUGGESTIONS: usize = 20;

pub(super) struct Reader<'a> {
    files: &'a Files,
    errors: Vec<Error>,
    suggestions: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Reader { files, errors: Vec::new(), suggestions: SUGGESTIONS }
    }

    /// What a phase gave, unless it found errors.
    pub(super) fn checked<T>(&mut self, given: Option<T>) -> Result<T, Errors> {
        Errors::check(std::mem::take(&mut self.errors))?;
        // A phase that gives nothing has said why.
        given.ok_or_else(|| Error::new(self.main().name(), "this is no model of botocore's").into())
    }

    /// `service-2.json`.
    pub(super) fn main(&self) -> &'a Arc<Source> {
        &self.files.service.file
    }

    /// Reports an error at a piece of any of the files.
    pub(super) fn report(
        &mut self,
        on: Subject<'_>,
        at: &Text<'_>,
        message: impl AsRef<str>,
        help: impl Into<String>,
    ) {
        let place = self.files.sources().find_map(|file| Some((file, at.span_in(file)?)));
        let (file, span) = match place {
            Some((file, span)) => (file, Some(span)),
            None => (self.main(), None),
        };
        self.add(on, file, span, message.as_ref(), help.into());
    }

    /// Reports an error about a file as a whole.
    pub(super) fn report_file(&mut self, file: &Source, message: &str, help: &str) {
        self.errors.push(super::missing(file, message, help));
    }

    fn add(
        &mut self,
        on: Subject<'_>,
        file: &Arc<Source>,
        span: Option<Span>,
        message: &str,
        help: String,
    ) {
        let message = format!("{}{message}", on.prefix());
        let mut error = Error::at(file, span, message);
        if !on.kind.is_empty() {
            error = error.on(on.name, on.member);
        }
        self.errors.push(if help.is_empty() { error } else { error.with_help(help) });
    }

    /// The mend for a name that is not among the known: the nearest of them, or else the other words.
    pub(super) fn mend<'k>(
        &mut self,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
        or_else: &str,
    ) -> String {
        let near = match self.suggestions {
            0 => Vec::new(),
            _ => nearest(name, known),
        };
        self.suggestions = self.suggestions.saturating_sub(1);
        did_you_mean(&near).unwrap_or_else(|| or_else.to_owned())
    }

    /// Parses a whole file, reports the keys in it that should not be there, and lays its extras over it.
    pub(super) fn parse_merged<T>(&mut self, files: &'a WithExtras) -> Option<T>
    where
        T: Deserialize<'a> + Node<'a>,
    {
        let mut value: T = self.parse_file(&files.file)?;
        self.strange(Subject::default(), &value);
        if let Some(over) = self.parse_extras(files) {
            value.merge(over);
        }
        Some(value)
    }

    /// Parses what is to be laid over a file, if there is anything.
    pub(super) fn parse_extras<T>(&mut self, files: &'a WithExtras) -> Option<T>
    where
        T: Deserialize<'a> + Node<'a>,
    {
        let file = files.extras.as_ref()?;
        let extras: Extras<'a> = self.parse_file(file)?;
        self.strange(Subject::default(), &extras);
        let Some(over) = extras.merge else {
            let help = "what is to be laid over the other file stands in an object `merge`";
            self.report_file(file, "these are no extras: they have no `merge`", help);
            return None;
        };
        self.parse(Subject::default(), over)
    }

    /// Parses a whole file.
    pub(super) fn parse_file<T: Deserialize<'a>>(&mut self, file: &'a Arc<Source>) -> Option<T> {
        let text = file.text().trim_start_matches('\u{feff}');
        match serde_json::from_str(text) {
            Ok(value) => Some(value),
            Err(found) => {
                let error = json::error(file, text, &found);
                let what = if found.is_data() { "this cannot be read" } else { "this is not JSON" };
                let message = format!("{what}: {}", error.message());
                let help = if found.is_eof() {
                    "the text ends too early: is the file cut off?"
                } else {
                    "what is wrong stands at this place or just before it"
                };
                self.errors.push(error.with_message(message).with_help(help));
                None
            }
        }
    }

    /// Parses a piece of a file, and reports the keys in it that should not be there.
    pub(super) fn parse<T: Deserialize<'a> + Node<'a>>(
        &mut self,
        on: Subject<'_>,
        raw: &'a RawValue,
    ) -> Option<T> {
        match serde_json::from_str::<T>(raw.get()) {
            Ok(value) => {
                self.strange(on, &value);
                Some(value)
            }
            Err(found) => {
                let file = self.files.sources().find(|file| file.find(raw.get()).is_some());
                let error = json::error(file.unwrap_or(self.main()), raw.get(), &found);
                let file = file.unwrap_or(self.main());
                self.add(on, file, error.span(), error.message(), String::new());
                None
            }
        }
    }

    /// Reports the keys that should not be there.
    pub(super) fn strange<T: Node<'a>>(&mut self, on: Subject<'_>, value: &T) {
        let mut found = Vec::new();
        value.strange(&mut found);
        for strange in found {
            match strange {
                Strange::Unknown(key, known) => {
                    let message = format!("unknown key `{}`", shorten(&key.text));
                    let known_ones = format!("known are {}", known.join(", "));
                    let help = self.mend(&key.text, known.iter().copied(), &known_ones);
                    self.report(on, &key, message, help);
                }
                Strange::Repeated(key) => {
                    let message = format!("`{}` is given twice", shorten(&key.text));
                    self.report(on, &key, message, "keep one of them");
                }
            }
        }
    }
}
