//! Why a value could not be written or bytes could not be read, with the member path and the byte
//! offset. It must not know which format or protocol failed.

use std::borrow::Cow;
use std::fmt;

/// A value that can't be written, or bytes that can't be read.
///
/// `Display` names the member and, for bytes, the offset:
/// `ForecastExportJobs[3].Status: expected a string, found a number, at byte 118`.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    message: Cow<'static, str>,
    offset: Option<usize>,
    /// Innermost first: filled in while the error travels outwards.
    path: Vec<Step>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Debug)]
enum Step {
    Member(&'static str),
    Index(usize),
    Key(String),
}

impl Error {
    /// An error with this message, of no known place yet.
    #[cold]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            message: message.into(),
            offset: None,
            path: Vec::new(),
            source: None,
        }))
    }

    /// Adds the byte offset into the body.
    #[cold]
    #[must_use]
    pub fn at(mut self, offset: usize) -> Self {
        self.0.offset = Some(offset);
        self
    }

    /// Adds the byte offset, unless one is known that lies further in: much of what finds an error knows what is wrong,
    /// but not where.
    #[cold]
    #[must_use]
    pub(crate) fn or_at(self, offset: usize) -> Self {
        if self.0.offset.is_none() { self.at(offset) } else { self }
    }

    /// Adds the error that caused this one.
    #[cold]
    #[must_use]
    pub fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Says that the place lies in this member of a structure or union.
    #[cold]
    #[must_use]
    pub fn in_member(mut self, name: &'static str) -> Self {
        self.0.path.push(Step::Member(name));
        self
    }

    /// Says that the place lies in this element of a list.
    #[cold]
    #[must_use]
    pub fn in_element(mut self, index: usize) -> Self {
        self.0.path.push(Step::Index(index));
        self
    }

    /// Says that the place lies in this entry of a map.
    #[cold]
    #[must_use]
    pub fn in_entry(mut self, key: &str) -> Self {
        self.0.path.push(Step::Key(key.chars().take(64).collect()));
        self
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The offset into the body, in bytes from its start, where that is known.
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// The path of Smithy member names to the place, such as `Jobs[3].Status`; empty for the whole.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.path.iter().rev() {
            match step {
                Step::Member(name) if path.is_empty() => path.push_str(name),
                Step::Member(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key(key) => path.push_str(&format!("[{key:?}]")),
            }
        }
        path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.0.message)?;
        match self.0.offset {
            Some(offset) => write!(f, ", at byte {offset}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
