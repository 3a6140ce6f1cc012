//! What is wrong with a model or a request, where, and how to mend it. It must not know how anything is found out.

use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use crate::source::{Source, Span};

/// At most this many errors are printed; the rest are counted.
const SHOWN: usize = 20;

/// One mistake in a model, or in what was asked of it.
///
/// Its [`Display`](fmt::Display) is the message alone; [`Error::line`] and its siblings say where.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    file: String,
    source: Option<Arc<Source>>,
    span: Option<Span>,
    shape: Option<String>,
    member: Option<String>,
    message: String,
    help: Option<String>,
}

impl Error {
    /// An error about a file as a whole.
    pub fn new(file: &str, message: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            file: file.to_owned(),
            source: None,
            span: None,
            shape: None,
            member: None,
            message: message.into(),
            help: None,
        }))
    }

    /// An error at a place in a source.
    pub(crate) fn at(source: &Arc<Source>, span: Option<Span>, message: impl Into<String>) -> Self {
        let mut error = Error::new(source.name(), message);
        error.0.source = Some(Arc::clone(source));
        error.0.span = span;
        error
    }

    /// Names the shape, and the member if there is one, that the error is about.
    #[must_use]
    pub fn on(mut self, shape: impl fmt::Display, member: Option<&str>) -> Self {
        self.0.shape = Some(shape.to_string());
        self.0.member = member.map(str::to_owned);
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The same error in other words.
    #[must_use]
    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    pub(crate) fn span(&self) -> Option<Span> {
        self.0.span
    }

    /// The name of the model file.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The one-based line, where the place is known.
    pub fn line(&self) -> Option<usize> {
        self.line_column().map(|(line, _)| line)
    }

    /// The one-based column in characters, where the place is known.
    pub fn column(&self) -> Option<usize> {
        self.line_column().map(|(_, column)| column)
    }

    /// The absolute shape ID of the shape at fault.
    pub fn shape(&self) -> Option<&str> {
        self.0.shape.as_deref()
    }

    /// The member at fault.
    pub fn member(&self) -> Option<&str> {
        self.0.member.as_deref()
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// How to mend it.
    pub fn help_text(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    fn line_column(&self) -> Option<(usize, usize)> {
        let inner = &self.0;
        Some(inner.source.as_ref()?.line_column(inner.span?.start))
    }

    /// `file:line:col: message (help)`, on one line.
    fn write_line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.file)?;
        if let Some((line, column)) = self.line_column() {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.0.message)?;
        match &self.0.help {
            Some(help) => write!(f, " (help: {help})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    /// The line a person would want from an `unwrap`, without the source text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_line(f)
    }
}

impl std::error::Error for Error {}

impl Diagnostic for Error {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display + 'a>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.0.span?;
        self.0.source.as_deref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let place = self.0.source.as_ref()?.highlight(self.0.span?);
        let label = match (&self.0.shape, &self.0.member) {
            (Some(shape), Some(member)) => format!("{shape}${member}"),
            (Some(shape), None) => shape.clone(),
            _ => "here".to_owned(),
        };
        let label = if label.len() > 120 { "here".to_owned() } else { label };
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(Some(label), place))))
    }
}

/// One or more [`Error`]s, in the order they were found.
///
/// [`Display`](fmt::Display) prints a line each, for plain text. For miette's graphical output turn it into
/// [`Errors::into_report`], whose headline is a count and not the same lines again.
#[derive(Clone)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// `Ok` if nothing was found.
    pub fn check(found: Vec<Error>) -> Result<(), Errors> {
        if found.is_empty() { Ok(()) } else { Err(Errors(found)) }
    }

    /// The errors; there is at least one.
    pub fn iter(&self) -> std::slice::Iter<'_, Error> {
        self.0.iter()
    }

    /// The errors as a slice; it is not empty.
    pub fn as_slice(&self) -> &[Error] {
        &self.0
    }

    /// For miette: one error as itself, several under a headline that counts them.
    pub fn into_report(mut self) -> miette::Report {
        match self.0.pop() {
            Some(only) if self.0.is_empty() => miette::Report::new(only),
            Some(last) => {
                self.0.push(last);
                miette::Report::new(Headed(self))
            }
            None => miette::Report::msg("no errors"),
        }
    }

    fn left_out(&self) -> usize {
        self.0.len().saturating_sub(SHOWN)
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Errors(vec![error])
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Error;
    type IntoIter = std::slice::Iter<'a, Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().take(SHOWN).enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            error.write_line(f)?;
        }
        match self.left_out() {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl fmt::Debug for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Errors {}

impl Diagnostic for Errors {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.0.iter().take(SHOWN).map(|error| error as &dyn Diagnostic)))
    }
}

/// [`Errors`] under a one-line headline.
#[derive(Debug)]
struct Headed(Errors);

impl fmt::Display for Headed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.0.len();
        let file = self.0.0.first().map_or("the model", Error::file);
        write!(f, "{count} errors in {file}")?;
        match self.0.left_out() {
            0 => Ok(()),
            more => write!(f, "; the first {SHOWN} are shown, and there are {more} more"),
        }
    }
}

impl std::error::Error for Headed {}

impl Diagnostic for Headed {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        self.0.related()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: usize) -> Error {
        let source = Arc::new(Source::new("m.json", "one\ntwo\n"));
        Error::at(&source, Some(Span { start, end: start + 3 }), "bad")
    }

    #[test]
    fn a_line_names_file_line_column_message_and_help() {
        let errors = Errors::from(at(4).with_help("mend it"));
        assert_eq!(errors.to_string(), "m.json:2:1: bad (help: mend it)");
    }

    #[test]
    fn an_error_about_a_whole_file_has_no_line() {
        let error = Error::new("m.json", "bad");
        assert_eq!((error.line(), error.column()), (None, None));
        assert_eq!(Errors::from(error).to_string(), "m.json: bad");
    }

    #[test]
    fn printing_stops_at_a_sensible_number() {
        let errors = Errors::check(vec![at(0); 23]).unwrap_err();
        let text = errors.to_string();
        assert_eq!(text.lines().count(), SHOWN + 1);
        assert!(text.ends_with("and 3 more"), "{text}");
        assert_eq!(errors.iter().count(), 23);
    }

    #[test]
    fn nothing_found_is_no_error() {
        assert!(Errors::check(Vec::new()).is_ok());
    }
}
