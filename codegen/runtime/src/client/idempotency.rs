//! [Idempotency tokens](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait): where they
//! come from, and how they get into inputs that have none. It must not know any operation.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

use super::call::{Call, wrong_input};
use crate::operation;

/// Makes idempotency tokens: random UUIDs, unless a test wants to know them.
#[derive(Debug)]
pub struct IdempotencyTokenProvider(Tokens);

#[derive(Debug)]
enum Tokens {
    Fixed(&'static str),
    Random(Mutex<fastrand::Rng>),
}

impl IdempotencyTokenProvider {
    /// Random tokens that are the same in each run with the same seed.
    #[must_use]
    pub fn with_seed(seed: u64) -> Self {
        Self(Tokens::Random(Mutex::new(fastrand::Rng::with_seed(seed))))
    }

    /// Random tokens.
    #[must_use]
    pub fn random() -> Self {
        Self(Tokens::Random(Mutex::default()))
    }

    /// The same token each time: for tests.
    #[must_use]
    pub fn fixed(token: &'static str) -> Self {
        Self(Tokens::Fixed(token))
    }

    /// The next token.
    #[must_use]
    pub fn make_idempotency_token(&self) -> String {
        match &self.0 {
            Tokens::Fixed(token) => (*token).to_owned(),
            Tokens::Random(rng) => {
                uuid(rng.lock().unwrap_or_else(PoisonError::into_inner).u128(..))
            }
        }
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::fixed(token)
    }
}

impl Clone for IdempotencyTokenProvider {
    fn clone(&self) -> Self {
        match &self.0 {
            Tokens::Fixed(token) => Self::fixed(token),
            Tokens::Random(_) => Self::random(),
        }
    }
}

impl Storable for IdempotencyTokenProvider {
    type Storer = StoreReplace<Self>;
}

/// A version 4 UUID of these bits, lowest digit first, as the official clients write them.
fn uuid(bits: u128) -> String {
    let mut digits = (0..32).map(|index| (bits >> (index * 4) & 0xF) as u32);
    let mut text = String::with_capacity(36);
    for position in 0..36 {
        let digit = match position {
            8 | 13 | 18 | 23 => {
                text.push('-');
                continue;
            }
            14 => 4,
            19 => digits.next().unwrap_or_default() | 8,
            _ => digits.next().unwrap_or_default(),
        };
        text.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
    text
}

/// Gives an input the token that it lacks.
pub(crate) struct TokenInterceptor(pub(crate) &'static dyn Call);

impl fmt::Debug for TokenInterceptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenInterceptor").finish_non_exhaustive()
    }
}

#[dyn_dispatch_hint]
impl Intercept for TokenInterceptor {
    fn name(&self) -> &'static str {
        "IdempotencyTokenInterceptor"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = self.0.input_mut(context.input_mut());
        let input = input.ok_or_else(|| wrong_input(self.0.schema()))?;
        let provider = cfg.load::<IdempotencyTokenProvider>();
        let provider = provider.ok_or("no idempotency token provider is configured")?;
        operation::set_idempotency_token(input, || provider.make_idempotency_token());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_uuids() {
        assert_eq!(uuid(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid(u128::MAX), "ffffffff-ffff-4fff-ffff-ffffffffffff");
        let token = IdempotencyTokenProvider::with_seed(7).make_idempotency_token();
        assert_eq!(token, IdempotencyTokenProvider::with_seed(7).make_idempotency_token());
        assert_ne!(token, IdempotencyTokenProvider::with_seed(8).make_idempotency_token());
    }
}
