//! What an answer means to a waiter: acceptors as `static` plain data, and the one function that reads them. It must not
//! know how answers come, nor how long one waits.

use crate::path::{Absence, Expression, Found};
use crate::value::Structure;

/// A [waiter](https://smithy.io/2.0/additional-specs/waiters.html).
#[derive(Clone, Copy, Debug)]
pub struct Waiter {
    min_delay: u64,
    max_delay: u64,
    acceptors: &'static [Acceptor],
}

/// What answers of a kind mean.
#[derive(Clone, Copy, Debug)]
pub struct Acceptor {
    state: State,
    matcher: Matcher,
}

/// What an answer means.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// What is waited for is so.
    Success,
    /// It will never be so.
    Failure,
    /// It may be so later.
    Retry,
}

/// A kind of answers.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Matcher {
    /// Any output, or else any error.
    Success(bool),
    /// The error with this code.
    ErrorType(&'static str),
    /// An output in which the expression finds this.
    Output(Expression, Expected),
    /// The same, where the expression begins at an object of the `input` and the `output`.
    InputOutput(Expression, Expected),
}

/// What an expression has to find.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Expected {
    /// This string.
    String(&'static str),
    /// This boolean.
    Boolean(bool),
    /// A list of some strings, each of them this one.
    AllStrings(&'static str),
    /// A list with this string in it.
    AnyString(&'static str),
}

impl Acceptor {
    /// Answers of this kind mean this.
    pub const fn new(state: State, matcher: Matcher) -> Self {
        Self { state, matcher }
    }
}

impl Waiter {
    /// The waiter with these acceptors, the first that matches counts. Delays between two tries are in seconds.
    pub const fn new(min_delay: u64, max_delay: u64, acceptors: &'static [Acceptor]) -> Self {
        Self { min_delay, max_delay, acceptors }
    }

    /// The shortest time between two tries, in seconds.
    #[must_use]
    pub const fn min_delay(&self) -> u64 {
        self.min_delay
    }

    /// The longest time between two tries, in seconds.
    #[must_use]
    pub const fn max_delay(&self) -> u64 {
        self.max_delay
    }

    /// What the answer to an input means, an output or an error with its code; `None` if no acceptor matches.
    pub fn accept(
        &self,
        input: &dyn Structure,
        answer: Result<&dyn Structure, Option<&str>>,
    ) -> Option<State> {
        let meant = self.acceptors.iter().find(|it| it.matcher.matches(input, answer));
        meant.map(|acceptor| acceptor.state)
    }
}

impl Matcher {
    fn matches(&self, input: &dyn Structure, answer: Result<&dyn Structure, Option<&str>>) -> bool {
        match (self, answer) {
            (Self::Success(success), answer) => answer.is_ok() == *success,
            (Self::ErrorType(name), Err(code)) => code == Some(name),
            (Self::Output(path, expected), Ok(output)) => expected.is_in(path, output.into()),
            (Self::InputOutput(path, expected), Ok(output)) => {
                let both = vec![("input", input.into()), ("output", output.into())];
                expected.is_in(path, Found::Object(both))
            }
            _ => false,
        }
    }
}

impl Expected {
    /// Official clients don't match what isn't there, whatever it is compared with.
    fn is_in(self, path: &Expression, root: Found<'_>) -> bool {
        let found = path.evaluate_with(root, Absence::Unknown);
        match self {
            Self::String(text) => found.as_str() == Some(text),
            Self::Boolean(value) => found.as_bool() == Some(value),
            Self::AllStrings(text) => found.elements().is_some_and(|mut elements| {
                elements.len() > 0 && elements.all(|element| element.as_str() == Some(text))
            }),
            Self::AnyString(text) => found
                .elements()
                .is_some_and(|mut elements| elements.any(|element| element.as_str() == Some(text))),
        }
    }
}
