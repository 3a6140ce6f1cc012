//! Scenarios, and the program around them: each runs by itself, on a clock of its own. It must not know what they do.

use std::future::Future;
use std::ops::Deref;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::process::ExitCode;

use aws_config::SdkConfig;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_types::retry::RetryConfig;
use aws_types::region::Region;

use crate::{Clock, Exchange, Reply, Transcript, credentials};

/// A scenario of a program.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub run: fn(Scene) -> Pin<Box<dyn Future<Output = ()>>>,
}

/// Where a scenario takes place: what it needs, and the transcript of it.
#[derive(Clone, Debug)]
pub struct Scene {
    transcript: Transcript,
    /// The time.
    pub clock: Clock,
}

impl Deref for Scene {
    type Target = Transcript;

    fn deref(&self) -> &Transcript {
        &self.transcript
    }
}

impl Scene {
    /// The transcript.
    pub fn transcript(&self) -> Transcript {
        self.transcript.clone()
    }

    /// An HTTP client that gives these replies.
    pub fn exchange(&self, replies: impl IntoIterator<Item = Reply>) -> Exchange {
        Exchange::new(self.transcript(), replies)
    }

    /// A configuration without chance, and without anything else that is unusual.
    pub fn config(&self, replies: impl IntoIterator<Item = Reply>) -> SdkConfig {
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials()))
            .http_client(self.exchange(replies))
            .retry_config(RetryConfig::standard().with_use_static_exponential_base(true))
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .time_source(SharedTimeSource::new(self.clock))
            .build()
    }
}

/// Runs the scenarios whose names have the first argument in them; all of them without one.
pub fn main(scenarios: &[Scenario]) -> ExitCode {
    // The transcript has what panics say.
    panic::set_hook(Box::new(|_| {}));
    let filter = std::env::args().nth(1).unwrap_or_default();
    for scenario in scenarios.iter().filter(|scenario| scenario.name.contains(&filter)) {
        run(scenario);
    }
    ExitCode::SUCCESS
}

fn run(scenario: &Scenario) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a runtime can be made");
    let transcript = runtime.block_on(async { Transcript::new(scenario.name) });
    let scene =
        runtime.block_on(async { Scene { transcript: transcript.clone(), clock: Clock::new() } });
    let ended = catch_unwind(AssertUnwindSafe(|| runtime.block_on((scenario.run)(scene))));
    match ended {
        Ok(()) => transcript.event("end", "of the scenario"),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            transcript.event("panic", text.unwrap_or("of another type"));
        }
    }
}

/// Runs scenarios whose clock is everybody's, all of them at once.
pub fn main_at_once<F: Future<Output = ()> + Send + 'static>(
    scenarios: impl Iterator<Item = (String, impl FnOnce(Transcript) -> F)>,
) -> ExitCode {
    let filter = std::env::args().nth(1).unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    runtime.block_on(async {
        let running: Vec<_> = scenarios
            .filter(|(name, _)| name.contains(&filter))
            .map(|(name, run)| {
                let transcript = Transcript::new(&name);
                (transcript.clone(), tokio::spawn(run(transcript)))
            })
            .collect();
        for (transcript, running) in running {
            match running.await {
                Ok(()) => transcript.event("end", "of the scenario"),
                Err(error) => transcript.event("panic", error.to_string()),
            }
        }
    });
    ExitCode::SUCCESS
}
