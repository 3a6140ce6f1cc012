//! What asks an operation again and again: paginators and waiters. It must not know the traits that it came from.

use crate::path::Expression;

/// How an operation is asked for page after page.
#[derive(Debug)]
pub(crate) struct Paginator {
    /// The Rust type.
    pub type_name: String,
    /// The Rust type of its items.
    pub items_name: String,
    /// Where the next page's tokens are, and where they go.
    pub tokens: Vec<Token>,
    /// What says whether there is a next page, where a token alone doesn't.
    pub more: Option<Expression>,
    /// The Smithy names that lead to the output's list or map of items.
    pub items: Option<Vec<String>>,
    /// The Smithy name of the input's member that says how much is on a page.
    pub page_size: Option<String>,
}

/// A token of an output.
#[derive(Debug)]
pub(crate) struct Token {
    /// The Smithy name of the input's member that takes it.
    pub input: String,
    /// What finds it in the output.
    pub output: Expression,
}

/// How an operation is asked until something is so.
#[derive(Debug)]
pub(crate) struct Waiter {
    /// The Smithy name.
    pub name: String,
    /// What its types are called after: `{pascal}FluentBuilder`.
    pub pascal: String,
    /// What its method and module are called after: `wait_until_{snake}`.
    pub snake: String,
    /// The module below `waiters`.
    pub module: String,
    pub docs: String,
    /// In seconds.
    pub min_delay: u64,
    /// In seconds.
    pub max_delay: u64,
    pub acceptors: Vec<Acceptor>,
}

impl Waiter {
    /// The Rust type of its builder.
    pub(crate) fn fluent_builder(&self) -> String {
        format!("{}FluentBuilder", self.pascal)
    }
}

/// What an answer means.
#[derive(Debug)]
pub(crate) struct Acceptor {
    pub state: State,
    pub matcher: Matcher,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum State {
    Success,
    Failure,
    Retry,
}

/// Which answers are meant.
#[derive(Debug, PartialEq)]
pub(crate) enum Matcher {
    /// Any output, or else any error.
    Success(bool),
    /// The error with this code.
    ErrorType(String),
    /// An output in which the path finds this.
    Output(Expression, Expected),
    /// The same, where the path begins at an object of the input and the output.
    InputOutput(Expression, Expected),
}

/// What a path has to find.
#[derive(Debug, PartialEq)]
pub(crate) enum Expected {
    String(String),
    Boolean(bool),
    /// A list, each element of which is this string, and which has some.
    AllStrings(String),
    /// A list with this string in it.
    AnyString(String),
}
