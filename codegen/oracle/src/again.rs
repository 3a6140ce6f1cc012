//! Paginators and waiters as both crates have them: what each makes of the same answers. It must not know any service,
//! nor how a client is configured.

use std::fmt::Debug;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::waiters::FinalPoll;
use aws_smithy_runtime_api::client::waiters::error::WaiterError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::error::operation::BuildError;
use fastrand::Rng;
use http::Response;

use crate::convert::Same;
use crate::fill::{EnumsOf, Filler, Style};
use crate::pair::AnyPair;
use crate::world::World;

/// A paginator or a waiter in two crates.
pub trait AnyAgain: Sync {
    /// The name of the operation that is asked again and again.
    fn operation(&self) -> &'static str;

    /// Whether it waits, or else asks for page after page.
    fn waits(&self) -> bool;

    /// What both say, with the same random input, each in its world.
    ///
    /// # Errors
    /// If the official crate can't build the input.
    fn run(&self, filler: &mut Filler, worlds: &Worlds, how: How) -> Result<Said, BuildError>;
}

/// The worlds of both clients.
#[derive(Debug)]
pub struct Worlds {
    /// That of the generated crate's client.
    pub ours: World,
    /// That of the official crate's.
    pub theirs: World,
}

impl Worlds {
    pub(crate) fn new(replies: &[Response<Vec<u8>>]) -> Self {
        Self { ours: World::new(replies), theirs: World::new(replies) }
    }
}

/// How one asks again.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// Whether the same token ends.
    pub stop_on_duplicate_token: bool,
    /// Whether items are asked for instead of pages, where there are some.
    pub items: bool,
    /// How long one waits at most.
    pub max_wait: Duration,
}

/// What both say, in the same words if it is the same.
#[derive(Debug)]
pub struct Said {
    /// What the generated crate says.
    pub ours: String,
    /// What the official crate says.
    pub theirs: String,
}

/// Random answers, and how one asks for them.
pub(crate) struct Case {
    pub(crate) replies: Vec<Response<Vec<u8>>>,
    pub(crate) how: How,
    /// The values that the answers hold.
    pub(crate) text: String,
    seed: u64,
}

impl Case {
    pub(crate) fn new(pair: &dyn AnyPair, waits: bool, seed: u64, enums: EnumsOf) -> Self {
        let mut rng = Rng::with_seed(seed);
        let max_wait = Duration::from_secs([1, 100_000][rng.usize(0..2)]);
        let how = How { stop_on_duplicate_token: rng.u8(0..4) > 0, items: rng.bool(), max_wait };
        let (mut replies, mut text) = (Vec::new(), format!("{how:?}"));
        let errors = pair.schema().errors().len();
        for _ in 0..rng.usize(1..6) {
            let style = if rng.u8(0..3) == 0 { Style::Any } else { Style::Full };
            let mut filler = Filler::new(rng.u64(..), style, enums);
            if filler.has_long_maps() {
                // A token with several entries is sent in an order of anyone's choice.
                filler = Filler::new(rng.u64(..), Style::Full, enums);
            }
            let fails = errors > 0 && rng.u8(0..8) < if waits { 2 } else { 1 };
            let (value, reply) = match replies.last().cloned() {
                // The same token twice.
                Some(last) if rng.u8(0..4) == 0 => ("the same".to_owned(), Ok(last)),
                _ if fails => pair.error(rng.usize(0..errors), &mut filler),
                _ => pair.output(&mut filler),
            };
            // What can't be sent is for others to see.
            let Ok(reply) = reply else { continue };
            text.push('\n');
            text.push_str(&value);
            replies.push(reply);
        }
        Self { replies, how, text, seed }
    }

    /// What fills the input.
    pub(crate) fn input(&self, enums: EnumsOf) -> Filler {
        Filler::new(self.seed, Style::Full, enums)
    }
}

/// No script is as long.
const MOST_POLLS: usize = 1_000_000;

/// Runs what never waits for anything but itself.
///
/// # Panics
/// If it does.
pub fn run_to_end<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..MOST_POLLS {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
    }
    panic!("it waits for something that never comes");
}

/// Why a call failed.
fn failure<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> String {
    match error {
        SdkError::ConstructionFailure(_) => "construction failure".to_owned(),
        SdkError::TimeoutError(_) => "timeout".to_owned(),
        SdkError::DispatchFailure(failure) => {
            format!("dispatch failure, by the user: {}", failure.is_user())
        }
        SdkError::ResponseError(_) => "unreadable response".to_owned(),
        SdkError::ServiceError(error) => format!("error {:?}", error.err().code()),
        _ => "failure of another kind".to_owned(),
    }
}

/// All pages or items, and what ends them if that is an error.
pub struct Taken<T> {
    taken: Vec<T>,
    end: Option<String>,
}

/// Takes pages or items until there are no more.
pub fn take<T, E: ProvideErrorMetadata>(
    mut stream: PaginationStream<Result<T, SdkError<E, HttpResponse>>>,
) -> Taken<T> {
    run_to_end(async {
        let (mut taken, mut end) = (Vec::new(), None);
        while let Some(next) = stream.next().await {
            match next {
                Ok(next) => taken.push(next),
                Err(error) => end = Some(failure(&error)),
            }
        }
        Taken { taken, end }
    })
}

/// What was taken by both.
pub fn taken<A: Same<B, By>, B, By>(ours: &Taken<A>, theirs: &Taken<B>) -> Said {
    let count = |count: usize, end: &Option<String>| format!("{count}, then {end:?}");
    let mut said = Said {
        ours: count(ours.taken.len(), &ours.end),
        theirs: count(theirs.taken.len(), &theirs.end),
    };
    for (index, (ours, theirs)) in ours.taken.iter().zip(&theirs.taken).enumerate() {
        if let Err(mismatch) = ours.same(theirs) {
            let place = format!("\nat {index} {}: ", mismatch.path());
            said.ours.push_str(&(place.clone() + mismatch.ours()));
            said.theirs.push_str(&(place + mismatch.theirs()));
        }
    }
    said
}

/// How waiting ended.
pub fn waited<O: Debug, E: ProvideErrorMetadata + Debug>(
    result: Result<FinalPoll<O, SdkError<E, HttpResponse>>, WaiterError<O, E>>,
) -> String {
    match result {
        Ok(poll) => match poll.into_result() {
            Ok(_) => "success, an output".to_owned(),
            Err(error) => format!("success, {}", failure(&error)),
        },
        Err(WaiterError::ConstructionFailure(_)) => "construction failure".to_owned(),
        Err(WaiterError::ExceededMaxWait(exceeded)) => {
            format!("too long: {} polls in {:?}", exceeded.poll_count(), exceeded.elapsed())
        }
        Err(WaiterError::FailureState(state)) => match state.final_poll().as_result() {
            Ok(_) => "failure, an output".to_owned(),
            Err(error) => format!("failure, error {:?}", error.code()),
        },
        Err(WaiterError::OperationFailed(failed)) => format!("failed: {}", failure(failed.error())),
        Err(_) => "failure of another kind".to_owned(),
    }
}
