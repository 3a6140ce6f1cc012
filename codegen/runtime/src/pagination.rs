//! Page after page of an operation's answers: where the next page's token is, and where it goes. It must not know how
//! pages are asked for.

use crate::copy::copy;
use crate::path::{Expression, Found, equal};
use crate::value::{Ref, Structure};

/// What an operation says of its pages, as `static` plain data: see
/// [`@paginated`](https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait).
#[derive(Clone, Copy, Debug)]
pub struct Pagination {
    tokens: &'static [Token],
    more: Option<Expression>,
}

/// A token: what finds it in the output, and the name of the input's member that takes it.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    input: &'static str,
    output: Expression,
}

impl Token {
    /// The token that `output` finds and the member `input` takes.
    pub const fn new(input: &'static str, output: Expression) -> Self {
        Self { input, output }
    }
}

impl Pagination {
    /// Pages with these tokens, none of them set on the last.
    pub const fn new(tokens: &'static [Token]) -> Self {
        Self { tokens, more: None }
    }

    /// With what finds whether there is a next page, where tokens alone don't say it.
    #[must_use]
    pub const fn more(mut self, more: Expression) -> Self {
        self.more = Some(more);
        self
    }

    /// Makes the input that of the page after the one with this output; says whether there is such a page.
    ///
    /// There is none if no token is set, or only to nothing; nor, if `stop_on_duplicate_token`, if the tokens are those
    /// that this page was asked for with. Then the input stays as it is.
    pub fn advance(
        &self,
        output: &dyn Structure,
        input: &mut dyn Structure,
        stop_on_duplicate_token: bool,
    ) -> bool {
        if self.more.is_some_and(|more| !more.evaluate(output).is_true()) {
            return false;
        }
        let given = |token: &Token| token.output.evaluate(output);
        if !self.tokens.iter().any(|token| given(token).is_true()) {
            return false;
        }
        let is_duplicate = |token: &Token| {
            let sent = Found::from(&*input).field(token.input);
            equal(&given(token), &sent)
        };
        if stop_on_duplicate_token && self.tokens.iter().all(is_duplicate) {
            return false;
        }
        self.tokens.iter().all(|token| put(&given(token), input, token.input))
    }
}

/// Puts a token into the member of this name; says whether it could.
fn put(token: &Found<'_>, input: &mut dyn Structure, name: &str) -> bool {
    let Some(index) = input.schema().position(name) else { return false };
    match token {
        token if !token.is_true() => copy(Ref::Unset, input.member_mut(index)),
        Found::Value(token) => copy(*token, input.member_mut(index)),
        _ => false,
    }
}
