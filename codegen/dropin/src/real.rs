//! Programs that call a real server: scenarios that say whether all was as it should be. It must not know which server
//! that is, nor the services.

use std::future::Future;
use std::panic;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region;

use crate::Transcript;

/// A scenario of a program that calls a server: it panics where something isn't as it should be.
#[derive(Clone, Copy)]
pub struct RealScenario {
    /// Its name.
    pub name: &'static str,
    /// What it does, with the configuration that leads to the server.
    pub run: fn(SdkConfig) -> Pin<Box<dyn Future<Output = ()>>>,
}

/// A table of such scenarios, named by their functions.
#[macro_export]
macro_rules! real_scenarios {
    ($($function:ident),+ $(,)?) => {
        &[$($crate::RealScenario {
            name: stringify!($function),
            run: |config| ::std::boxed::Box::pin($function(config)),
        }),+]
    };
}

/// Runs the scenarios, one after the other, against the server whose URL is the first argument; only those whose names
/// contain the second one.
pub fn main_with_server(scenarios: &[RealScenario]) -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(url) = arguments.next() else {
        eprintln!("the first argument must be the URL of a server");
        return ExitCode::from(2);
    };
    let filter = arguments.next().unwrap_or_default();
    let panicked = Arc::new(Mutex::new(String::new()));
    let told = Arc::clone(&panicked);
    panic::set_hook(Box::new(move |info| {
        if let Ok(mut text) = told.lock() {
            *text = info.to_string();
        }
    }));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    for scenario in scenarios.iter().filter(|scenario| scenario.name.contains(&filter)) {
        let run = scenario.run;
        let config = config(url.clone());
        // What a scenario waits for comes within seconds.
        let bounded =
            async move { tokio::time::timeout(Duration::from_secs(120), run(config)).await };
        let ended = panic::catch_unwind(panic::AssertUnwindSafe(|| runtime.block_on(bounded)));
        let transcript = runtime.block_on(async { Transcript::new(scenario.name) });
        match ended {
            Ok(Ok(())) => transcript.event("passed", "all is as it should be"),
            Ok(Err(_)) => transcript.event("failed", "it takes too long"),
            Err(_) => {
                let text = panicked.lock().map(|text| text.clone()).unwrap_or_default();
                transcript.event("failed", text);
            }
        }
    }
    ExitCode::SUCCESS
}

fn config(url: String) -> SdkConfig {
    let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "a secret", None, None, "real");
    let timeouts =
        TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(60)).build();
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(url)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .timeout_config(timeouts)
        .build()
}
