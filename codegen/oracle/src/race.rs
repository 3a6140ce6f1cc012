//! An operation's two codecs at work on the same message, timed. It must not know how often, nor what comes of it.

use std::fmt::Debug;
use std::hint::black_box;
use std::marker::PhantomData;
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::error::display::DisplayErrorContext;
use http::Response;
use tinsmith_runtime::Operation;

use crate::clock::Clock;
use crate::compare;
use crate::content::Content;
use crate::convert::{Same, To};
use crate::fill::EnumsOf;
use crate::official::{Official, official_response};

/// Two codecs at work on the same message.
///
/// What a run is given is made before the clock is started, and what it makes is dropped when it has stopped: of
/// either codec, as much as is some 16 KB of messages, or one.
pub trait Race {
    /// The length of the message's body, in bytes.
    fn length(&self) -> usize;

    /// How long the generated crate takes over so many runs.
    fn ours(&mut self, runs: usize) -> Duration;

    /// How long the official crate takes over so many runs.
    fn theirs(&mut self, runs: usize) -> Duration;

    /// How much of it is the drop of what the runs are given: of the generated crate's types, and the official one's.
    fn drops(&mut self, runs: [usize; 2]) -> [Duration; 2];
}

/// So many bytes of messages are made between two looks at the clock, or one message: those who send messages don't
/// keep many, so that memory that was freed is there for the next one.
const AT_ONCE: usize = 1 << 14;

/// The content of a message of about this length; `length` tells how long one becomes.
fn content(
    enums: EnumsOf,
    wanted: usize,
    length: impl Fn(&Content) -> Result<usize, String>,
) -> Result<Content, String> {
    let mut content = Content { enums, bytes: wanted / 2 };
    let mut best: Option<(usize, Content)> = None;
    for _ in 0..16 {
        let found = length(&content)?;
        let off = found.abs_diff(wanted);
        if best.is_none_or(|(least, _)| off < least) {
            best = Some((off, content));
        }
        if off <= wanted / 50 {
            break;
        }
        content.bytes = (content.bytes * wanted).div_ceil(found.max(1)).max(1);
    }
    match best {
        Some((off, content)) if off <= wanted / 5 => Ok(content),
        _ => Err(format!("no message of it has a body of about {wanted} bytes")),
    }
}

/// Runs in portions: `make` what they are given, then `run` on the clock, then drop what came of it.
fn timed<G, M>(
    runs: usize,
    length: usize,
    mut make: impl FnMut() -> G,
    mut run: impl FnMut(G) -> M,
) -> Duration {
    let portion = (AT_ONCE / length.max(1)).clamp(1, runs.max(1));
    let mut made = Vec::with_capacity(portion);
    let (mut taken, mut done) = (Duration::ZERO, 0);
    while done < runs {
        let given: Vec<G> = (done..runs).take(portion).map(|_| make()).collect();
        done += given.len();
        let start = Clock::start();
        made.extend(given.into_iter().map(|given| run(black_box(given))));
        taken += start.elapsed();
        black_box(&made);
        made.clear();
    }
    taken
}

/// From input to request. The official serializer takes the input by value and drops it; so that both do the
/// same, the generated crate's time has a drop of the input in it, too. How much that is can be told.
pub(crate) struct Serializing<O, I, By> {
    official: Official,
    content: Content,
    length: usize,
    types: PhantomData<fn(O) -> (I, By)>,
}

impl<O, I, By> Serializing<O, I, By>
where
    O: Operation,
    O::Input: To<I, By>,
    I: Debug + Send + Sync + 'static,
{
    /// # Errors
    /// If a codec can't make the request, or they make different ones.
    pub(crate) fn new(
        operation: &dyn RuntimePlugin,
        enums: EnumsOf,
        wanted: usize,
    ) -> Result<Self, String> {
        let ours = |content: &Content| O::request(&content.make()).map_err(said);
        let content =
            content(enums, wanted, |content| ours(content).map(|made| made.body().len()))?;
        let official = Official::of(operation);
        let request = ours(&content)?;
        let input = content.make::<O::Input>().to().map_err(said)?;
        let theirs = official.request(input).map_err(|error| said(&*error))?;
        compare::same_request(&request, theirs)?;
        Ok(Self { official, content, length: request.body().len(), types: PhantomData })
    }
}

impl<O, I, By> Race for Serializing<O, I, By>
where
    O: Operation,
    O::Input: To<I, By>,
    I: Debug + Send + Sync + 'static,
{
    fn length(&self) -> usize {
        self.length
    }

    fn ours(&mut self, runs: usize) -> Duration {
        let make = || self.content.make::<O::Input>();
        timed(runs, self.length, make, |input| O::request(&input))
    }

    fn theirs(&mut self, runs: usize) -> Duration {
        let make = || self.content.make::<O::Input>().to().expect("it could be built before");
        timed(runs, self.length, make, |input| self.official.request(input))
    }

    fn drops(&mut self, [ours, theirs]: [usize; 2]) -> [Duration; 2] {
        let make = || self.content.make::<O::Input>();
        let made = || make().to().expect("it could be built before");
        [timed(ours, self.length, make, drop), timed(theirs, self.length, made, drop)]
    }
}

/// From response to output.
pub(crate) struct Parsing<O, T, By> {
    official: Official,
    ours: Response<Vec<u8>>,
    theirs: HttpResponse,
    types: PhantomData<fn(O) -> (T, By)>,
}

impl<O, T, By> Parsing<O, T, By>
where
    O: Operation,
    O::Output: Same<T, By>,
    T: Debug + Send + Sync + 'static,
{
    /// # Errors
    /// If the response can't be written, or the codecs don't read the same in it.
    pub(crate) fn new(
        operation: &dyn RuntimePlugin,
        enums: EnumsOf,
        wanted: usize,
    ) -> Result<Self, String> {
        let write = |content: &Content| O::write_response(&content.make()).map_err(said);
        let content =
            content(enums, wanted, |content| write(content).map(|made| made.body().len()))?;
        let ours = write(&content)?;
        let theirs = official_response(&ours);
        let official = Official::of(operation);
        let output = O::response(&ours).map_err(said)?;
        let official_output: T =
            official.parse(&theirs).map_err(|_| "the official crate refuses the response")?;
        output.same(&official_output).map_err(|mismatch| {
            let (path, ours, theirs) = (mismatch.path(), mismatch.ours(), mismatch.theirs());
            format!("at {path} we read {ours}, they {theirs}")
        })?;
        Ok(Self { official, ours, theirs, types: PhantomData })
    }
}

impl<O, T, By> Race for Parsing<O, T, By>
where
    O: Operation,
    T: Debug + Send + Sync + 'static,
{
    fn length(&self) -> usize {
        self.ours.body().len()
    }

    fn ours(&mut self, runs: usize) -> Duration {
        timed(runs, self.length(), || (), |()| O::response(black_box(&self.ours)))
    }

    fn theirs(&mut self, runs: usize) -> Duration {
        timed(runs, self.length(), || (), |()| self.official.parse::<T>(black_box(&self.theirs)))
    }

    fn drops(&mut self, _: [usize; 2]) -> [Duration; 2] {
        [Duration::ZERO; 2]
    }
}

fn said(error: impl std::error::Error) -> String {
    DisplayErrorContext(error).to_string()
}
