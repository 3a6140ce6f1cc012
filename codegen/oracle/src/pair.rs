//! An operation as both crates have it. It must not know what is compared, nor how values are made up.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use http::{Request, Response};
use tinsmith_runtime::AnyError;
use tinsmith_runtime::{
    ErrorMetadata, Operation, OperationError, OperationSchema, Unhandled, Value,
};

use crate::convert::{Mismatch, Same, To};
use crate::fill::{EnumsOf, Filler};
use crate::official::{Failure, Official, official_response};
use crate::race::{Parsing, Race, Serializing};

/// An operation in two crates.
pub trait AnyPair: Sync {
    /// What the generated crate's operation says of itself.
    fn schema(&self) -> &'static OperationSchema;

    /// The requests that both make of the same random input.
    fn requests(&self, filler: &mut Filler) -> Requests;

    /// A response with a random output.
    ///
    /// # Errors
    /// If what it holds can't be sent.
    fn output(&self, filler: &mut Filler) -> Written;

    /// A response with the random error at this position of [`OperationSchema::errors`].
    ///
    /// # Errors
    /// If what it holds can't be sent.
    fn error(&self, index: usize, filler: &mut Filler) -> Written;

    /// What both read in a response; in two if the generated crate is to get another one than the official crate.
    fn read(&self, ours: &Response<Vec<u8>>, theirs: &Response<Vec<u8>>) -> Readings;

    /// Both serializers with an input whose request has a body of about this length.
    ///
    /// # Errors
    /// If there is none, or they make different requests of it.
    fn serializing(&self, enums: EnumsOf, length: usize) -> Result<Box<dyn Race>, String>;

    /// Both parsers with a response that has a body of about this length.
    ///
    /// # Errors
    /// If there is none, or they read different outputs in it.
    fn parsing(&self, enums: EnumsOf, length: usize) -> Result<Box<dyn Race>, String>;
}

/// A response, or why it can't be written; with the value's text.
pub type Written = (String, Result<Response<Vec<u8>>, String>);

/// Two requests.
#[derive(Debug)]
pub struct Requests {
    /// The texts of the inputs: ours, and theirs unless it can't be built.
    pub inputs: (String, Option<String>),
    /// What the generated crate makes, or why it doesn't.
    pub ours: Result<Request<Vec<u8>>, String>,
    /// What the official crate makes.
    pub theirs: Result<Request<Vec<u8>>, String>,
}

/// What a response was read to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reading {
    /// The output's text.
    Output(String),
    /// The text of an error that the operation models, and what it displays.
    Error(String, String),
    /// Any other error, or a response that can't be read.
    Unhandled {
        /// What it displays.
        display: String,
        /// Code, message and request ID. An error without a code has none of them in the official crates,
        /// which drop them; generated crates keep what there is.
        metadata: Option<[Option<String>; 3]>,
    },
}

/// What both crates read.
#[derive(Debug)]
pub struct Readings {
    /// What the generated crate reads.
    pub ours: Reading,
    /// What the official crate reads; nothing if it panics.
    pub theirs: Option<Reading>,
    /// Why either says that it can't read the response.
    pub causes: (Option<String>, Option<String>),
    /// Where the values differ, what `Debug` redacts included.
    pub mismatch: Option<Mismatch>,
}

/// The operation `O` of a generated crate and `P` of the official one, with the latter's input, output and
/// error; `By` is the program that converts them.
pub struct Pair<O, P, I, T, E, By> {
    operations: PhantomData<fn(O) -> P>,
    messages: PhantomData<fn(I) -> T>,
    error: PhantomData<fn(E) -> By>,
}

impl<O, P, I, T, E, By> Pair<O, P, I, T, E, By> {
    /// The pair.
    #[must_use]
    pub const fn new() -> Self {
        Self { operations: PhantomData, messages: PhantomData, error: PhantomData }
    }
}

impl<O, P, I, T, E, By> Default for Pair<O, P, I, T, E, By> {
    fn default() -> Self {
        Self::new()
    }
}

impl<O, P, I, T, E, By> AnyPair for Pair<O, P, I, T, E, By>
where
    O: Operation,
    P: RuntimePlugin + Default,
    O::Input: To<I, By> + Debug,
    O::Output: Same<T, By> + Debug,
    O::Error: Same<E, By> + Debug,
    I: Debug + Send + Sync + 'static,
    T: Debug + Send + Sync + 'static,
    E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    O: 'static,
    By: 'static,
{
    fn schema(&self) -> &'static OperationSchema {
        O::schema()
    }

    fn requests(&self, filler: &mut Filler) -> Requests {
        let mut input = O::Input::empty();
        filler.fill(&mut input);
        let converted = input.to();
        let inputs = (format!("{input:?}"), converted.as_ref().ok().map(|i| format!("{i:?}")));
        let ours = O::request(&input).map_err(|error| DisplayErrorContext(error).to_string());
        let theirs = match converted {
            Ok(input) => guarded(|| Official::of(&P::default()).request(input))
                .and_then(|made| made.map_err(|error| DisplayErrorContext(&*error).to_string()))
                .and_then(request),
            Err(error) => Err(error.to_string()),
        };
        Requests { inputs, ours, theirs }
    }

    fn output(&self, filler: &mut Filler) -> Written {
        let mut output = O::Output::empty();
        filler.fill(&mut output);
        (format!("{output:?}"), O::write_response(&output).map_err(said))
    }

    fn error(&self, index: usize, filler: &mut Filler) -> Written {
        let mut error = O::Error::from_unhandled(Unhandled::generic(ErrorMetadata::default()));
        error.select(index, &mut |structure| filler.fill(structure));
        (format!("{error:?}"), O::write_error(&error).map_err(said))
    }

    fn read(&self, ours: &Response<Vec<u8>>, theirs: &Response<Vec<u8>>) -> Readings {
        let ours = O::response(ours);
        let theirs = guarded(|| Official::of(&P::default()).read::<T>(official_response(theirs)));
        let mismatch = match (&ours, &theirs) {
            (Ok(ours), Ok(Ok(theirs))) => ours.same(theirs).err(),
            (Err(ours), Ok(Err(theirs))) => ours.same(theirs.error::<E>()).err(),
            _ => None,
        };
        let causes = (our_cause(&ours), their_cause::<T, E>(&theirs));
        let theirs = theirs.ok().map(|theirs| match theirs {
            Ok(output) => Reading::Output(format!("{output:?}")),
            Err(failure) => their_error(failure.error::<E>()),
        });
        let ours = match ours {
            Ok(output) => Reading::Output(format!("{output:?}")),
            Err(error) => our_error(&error),
        };
        Readings { ours, theirs, causes, mismatch }
    }

    fn serializing(&self, enums: EnumsOf, length: usize) -> Result<Box<dyn Race>, String> {
        Ok(Box::new(Serializing::<O, I, By>::new(&P::default(), enums, length)?))
    }

    fn parsing(&self, enums: EnumsOf, length: usize) -> Result<Box<dyn Race>, String> {
        Ok(Box::new(Parsing::<O, T, By>::new(&P::default(), enums, length)?))
    }
}

fn said(error: tinsmith_runtime::Error) -> String {
    DisplayErrorContext(error).to_string()
}

/// What the official crate does; what it says if it panics.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        format!("it panics: {}", text.unwrap_or_default())
    })
}

pub(crate) fn request(request: HttpRequest) -> Result<Request<Vec<u8>>, String> {
    let request = request.try_into_http1x().map_err(|error| error.to_string())?;
    let (head, body) = request.into_parts();
    let body = body.bytes().ok_or("the body isn't in memory")?.to_vec();
    Ok(Request::from_parts(head, body))
}

fn unhandled(display: String, metadata: &ErrorMetadata) -> Reading {
    let parts = [metadata.code(), metadata.message(), metadata.extra("aws_request_id")];
    let metadata = metadata.code().map(|_| parts.map(|part| part.map(str::to_owned)));
    Reading::Unhandled { display, metadata }
}

fn our_error<E: OperationError + Debug>(error: &E) -> Reading {
    match error.as_any() {
        AnyError::Modeled(_) => Reading::Error(format!("{error:?}"), error.to_string()),
        AnyError::Unhandled(_) => unhandled(error.to_string(), error.meta()),
    }
}

/// The variant `Unhandled` can be told by its text alone: it is deprecated, and differs in type from crate to
/// crate.
fn their_error<E: StdError + ProvideErrorMetadata>(error: &E) -> Reading {
    let text = format!("{error:?}");
    if text.starts_with("Unhandled(") {
        return unhandled(error.to_string(), error.meta());
    }
    Reading::Error(text, error.to_string())
}

fn our_cause<T, E: OperationError>(read: &Result<T, E>) -> Option<String> {
    match read.as_ref().err()?.as_any() {
        AnyError::Modeled(_) => None,
        AnyError::Unhandled(unhandled) => Some(chain(unhandled.source())),
    }
}

fn their_cause<T, E>(read: &Result<Result<T, Failure>, String>) -> Option<String>
where
    E: StdError + Send + Sync + 'static,
{
    match read {
        Ok(Ok(_)) => None,
        Ok(Err(failure)) => Some(chain(failure.error::<E>())),
        Err(panic) => Some(panic.clone()),
    }
}

/// An error with all that caused it.
fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
