//! Operations by their inputs: what a generated crate says of one is said by its input, and its type is an instance of a
//! generic one. It must not know any operation.

use std::fmt::{Debug, Formatter, Result};
use std::marker::PhantomData;

use crate::operation::Operation;
use crate::service::OperationSchema;
use crate::service_error::OperationError;
use crate::value::{Structure, Value};

/// The input of an operation, which says all of it.
pub trait OperationInput: Structure + Value + Sized {
    /// What the service answers.
    type Output: Structure + Value;
    /// What it answers when it won't or can't.
    type Error: OperationError;

    /// What the operation says of itself.
    const OPERATION: &'static OperationSchema;
}

/// The operation of an input.
pub struct OperationOf<I>(PhantomData<fn(I)>);

impl<I> OperationOf<I> {
    /// The operation.
    #[inline]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

/// The name of the operation's type, which is that of its input but for the ending.
pub(crate) fn operation_name<I>() -> &'static str {
    let path = std::any::type_name::<I>();
    let name = path.rsplit_once("::").map_or(path, |(_, name)| name);
    name.strip_suffix("Input").unwrap_or(name)
}

impl<I> Clone for OperationOf<I> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<I> Default for OperationOf<I> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I: OperationInput> Debug for OperationOf<I> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(operation_name::<I>())
    }
}

impl<I: OperationInput> Operation for OperationOf<I> {
    type Input = I;
    type Output = I::Output;
    type Error = I::Error;

    fn schema() -> &'static OperationSchema {
        I::OPERATION
    }
}
