//! JMESPath expressions of a model: text → IR, checked against the shapes that they are about. It must not know which
//! trait an expression stands in, nor how it is written down.

mod check;
mod function;
#[cfg(test)]
mod tests;
mod types;

use jmespath::ErrorReason;
use tinsmith_model::Model;

pub(crate) use function::Function;
pub(crate) use types::Type;

/// An expression, as the runtime's `path::Expression` has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    Current,
    Literal(Literal),
    Fields(Vec<String>),
    Index(i32),
    Slice(Option<i32>, Option<i32>, i32),
    Within(Box<Expression>, Box<Expression>),
    Flatten(Box<Expression>),
    Values(Box<Expression>),
    Each(Box<Expression>, Box<Expression>),
    When(Box<Expression>, Box<Expression>),
    List(Vec<Expression>),
    Object(Vec<(String, Expression)>),
    Not(Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    /// With the name of the runtime's comparator.
    Compare(&'static str, Box<Expression>, Box<Expression>),
    Call(&'static Function, Vec<Expression>),
}

/// A value that an expression states.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(String),
    List(Vec<Literal>),
    Object(Vec<(String, Literal)>),
}

/// What is wrong with an expression, and the mend.
#[derive(Debug)]
pub(crate) struct Problem {
    pub message: String,
    pub help: String,
}

impl Problem {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// More operators than any model's expression has; each may take the parser a level deeper.
const MOST_OPERATORS: usize = 64;

/// Reads an expression about values of a type, and says what type of value it finds.
///
/// # Errors
/// If it isn't an expression, or can't find anything in such values.
pub(crate) fn parse(model: &Model, root: &Type, text: &str) -> Result<(Expression, Type), Problem> {
    let within = |problem: Problem| Problem {
        message: format!("the path `{}` {}", shortened(text), problem.message),
        help: problem.help,
    };
    let is_operator = |c: &char| "([{!&|.<>=,".contains(*c);
    if text.chars().filter(is_operator).count() > MOST_OPERATORS {
        let message = format!("has more than {MOST_OPERATORS} operators");
        return Err(within(Problem::new(message, "say it in fewer")));
    }
    let ast = jmespath::parse(text).map_err(|error| {
        let reason = match &error.reason {
            ErrorReason::Parse(reason) => reason.clone(),
            ErrorReason::Runtime(reason) => reason.to_string(),
        };
        // The parser's words for the two places of a token mean nothing to a reader.
        let reason = reason.trim().replace(" nud ", " ").replace(" led ", " ");
        let message = format!("isn't JMESPath: at character {}: {reason}", error.offset + 1);
        within(Problem::new(message, "see the grammar at https://jmespath.org/specification.html"))
    })?;
    check::Check { model }.lower(&ast, root).map_err(within)
}

/// The text, if a message can hold it, or as much of it as one can.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Expression {
    /// What the second finds within what the first finds, in as few nodes as can be.
    fn within(outer: Self, inner: Self) -> Self {
        match (outer, inner) {
            (Self::Current, inner) => inner,
            (outer, Self::Current) => outer,
            (Self::Fields(mut names), Self::Fields(more)) => {
                names.extend(more);
                Self::Fields(names)
            }
            (Self::Within(outermost, outer), inner) => {
                Self::Within(outermost, Box::new(Self::within(*outer, inner)))
            }
            (outer, inner) => Self::Within(Box::new(outer), Box::new(inner)),
        }
    }

    /// The names, if it is nothing but members of members.
    pub(crate) fn names(&self) -> Option<&[String]> {
        match self {
            Self::Fields(names) => Some(names),
            _ => None,
        }
    }
}
