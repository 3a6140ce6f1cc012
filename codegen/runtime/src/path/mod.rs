//! [JMESPath](https://jmespath.org/specification.html) over shapes: what an expression says, as `static` plain data, and
//! what it finds in a value, reflectively. It must not know who asks, nor how an expression is written.
//!
//! Names are those of Smithy's members. What a value is to an expression is said in
//! [waiters](https://smithy.io/2.0/additional-specs/waiters.html#jmespath-data-model): numbers and timestamps are numbers;
//! strings, enums and (in base64) blobs are strings; structures, unions and maps are objects.

mod compare;
mod evaluate;
mod found;
mod function;

pub(crate) use compare::equal;
pub use found::{Elements, Found};
pub use function::Function;

/// An expression. It is `static` plain data: the generator has checked it against the shapes that it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Expression {
    /// `@`: the current node.
    Current,
    /// `` `1` `` or `'text'`
    Literal(Literal),
    /// `a.b.c`: members of the current node, each of the one before.
    Fields(&'static [&'static str]),
    /// `[0]`, or from the end `[-1]`
    Index(i32),
    /// `[start:stop:step]`, before its projection
    Slice(Option<i32>, Option<i32>, i32),
    /// `a.b` and `a | b`: the second within what the first finds.
    Within(&'static Expression, &'static Expression),
    /// `a[]`, before its projection: elements that are lists are replaced by their elements.
    Flatten(&'static Expression),
    /// `a.*`, before its projection: the values of an object.
    Values(&'static Expression),
    /// A projection: the second within each element that the first finds, nulls left out.
    Each(&'static Expression, &'static Expression),
    /// The condition of a filter, and what is found where it holds.
    When(&'static Expression, &'static Expression),
    /// `[a, b]`
    List(&'static [Expression]),
    /// `{a: b}`
    Object(&'static [(&'static str, Expression)]),
    /// `!a`
    Not(&'static Expression),
    /// `a && b`
    And(&'static Expression, &'static Expression),
    /// `a || b`
    Or(&'static Expression, &'static Expression),
    /// `a == b` and its like
    Compare(Comparator, &'static Expression, &'static Expression),
    /// `length(a)` and its like
    Call(Function, &'static [Expression]),
}

/// A value that an expression states.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    String(&'static str),
    /// An array.
    List(&'static [Literal]),
    /// An object.
    Object(&'static [(&'static str, Literal)]),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// What a comparison, or `!`, makes of an operand that isn't there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Absence {
    /// It is `null`, as in JMESPath: `null` differs from every string.
    Null,
    /// Nothing is known of it, so that nothing follows: the result is absent as well. The acceptors of official clients'
    /// waiters take it so. A literal `null` is compared as such.
    Unknown,
}

impl Expression {
    /// What the expression finds, as JMESPath has it.
    ///
    /// An argument of a type that its function can't take, which in JMESPath is an error, gives `null`. Members' names
    /// alone cost no memory, unless they lead through a map.
    pub fn evaluate<'a>(&self, root: impl Into<Found<'a>>) -> Found<'a> {
        self.evaluate_with(root, Absence::Null)
    }

    /// The same, where absence counts for what is said.
    pub fn evaluate_with<'a>(&self, root: impl Into<Found<'a>>, absence: Absence) -> Found<'a> {
        evaluate::Evaluation(absence).evaluate(self, &root.into())
    }
}
