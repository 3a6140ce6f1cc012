//! [Endpoints that a service tells](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery): asked for
//! before the first call, kept, and asked for again before they expire. It must not know any service.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use aws_smithy_async::future::BoxFuture;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep, default_async_sleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_types::endpoint::Endpoint;

/// How often it is looked whether an endpoint expires.
const PERIOD: Duration = Duration::from_secs(60);

/// So long before it expires, an endpoint is asked for again.
const MARGIN: Duration = Duration::from_secs(120);

/// An endpoint, as a service tells it.
#[derive(Clone, Debug)]
pub struct Discovered {
    /// Its host.
    pub address: String,
    /// For how many minutes it is valid.
    pub minutes: i64,
}

/// Asks the service for endpoints.
type Ask = Box<dyn Fn() -> BoxFuture<'static, Discovered, BoxError> + Send + Sync>;

/// What resolver and reloader share.
#[derive(Debug, Default)]
struct Known {
    endpoint: Option<(Endpoint, SystemTime)>,
    error: Option<BoxError>,
}

fn lock(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Resolves endpoints by what is known.
#[derive(Debug)]
struct Resolver(Arc<Mutex<Known>>);

impl Resolver {
    fn endpoint(&self) -> Result<Endpoint, BoxError> {
        let mut known = lock(&self.0);
        match &known.endpoint {
            Some((endpoint, _)) => Ok(endpoint.clone()),
            None => Err(known.error.take().unwrap_or_else(|| "no endpoint is known".into())),
        }
    }
}

impl ResolveEndpoint for Resolver {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(self.endpoint())
    }
}

/// Keeps the endpoint of a client up to date: see [`reload_task`](Self::reload_task).
#[must_use]
pub struct ReloadEndpoint {
    ask: Ask,
    /// Gone when the last client is.
    known: Weak<Mutex<Known>>,
    sleep: SharedAsyncSleep,
    time: SharedTimeSource,
}

impl fmt::Debug for ReloadEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReloadEndpoint").finish()
    }
}

impl ReloadEndpoint {
    /// Asks for the endpoint once. If that fails, the one that is known stays.
    pub async fn reload_once(&self) {
        if let Some(known) = self.known.upgrade() {
            self.reload(&known).await;
        }
    }

    /// Asks for the endpoint again whenever it is about to expire, until the client is dropped: give this to a task of
    /// its own.
    pub async fn reload_task(self) {
        loop {
            // A strong reference mustn't be held while it sleeps.
            {
                let Some(known) = self.known.upgrade() else { return };
                if self.expires(&known) {
                    self.reload(&known).await;
                }
            }
            self.sleep.sleep(PERIOD).await;
        }
    }

    fn expires(&self, known: &Mutex<Known>) -> bool {
        match &lock(known).endpoint {
            Some((_, expiry)) => {
                expiry.duration_since(self.time.now()).map_or(true, |rest| rest < MARGIN)
            }
            None => true,
        }
    }

    async fn reload(&self, known: &Mutex<Known>) {
        match (self.ask)().await {
            Ok(Discovered { address, minutes }) => {
                let endpoint = Endpoint::builder().url(format!("https://{address}")).build();
                let valid =
                    Duration::from_secs(u64::try_from(minutes).unwrap_or(0).saturating_mul(60));
                let now = self.time.now();
                // One that is valid beyond all time is looked at again as one that isn't valid.
                let expiry = now.checked_add(valid).unwrap_or(now);
                lock(known).endpoint = Some((endpoint, expiry));
            }
            Err(error) => lock(known).error = Some(error),
        }
    }
}

/// Asks for the endpoint of a client with these components, and gives what resolves it and what keeps it up to date.
///
/// # Errors
/// If the service doesn't tell the endpoint, or there is no time source or nothing to sleep with.
pub async fn discover(
    sleep: Option<SharedAsyncSleep>,
    time: Option<SharedTimeSource>,
    ask: impl Fn() -> BoxFuture<'static, Discovered, BoxError> + Send + Sync + 'static,
) -> Result<(SharedEndpointResolver, ReloadEndpoint), BoxError> {
    let sleep = sleep
        .or_else(default_async_sleep)
        .ok_or("no `sleep_impl` is configured, without which endpoints can't be kept")?;
    let time =
        time.ok_or("no `time_source` is configured, without which endpoints can't be kept")?;
    let known = Arc::new(Mutex::new(Known::default()));
    let reload = ReloadEndpoint { ask: Box::new(ask), known: Arc::downgrade(&known), sleep, time };
    reload.reload(&known).await;
    let resolver = Resolver(known);
    resolver.endpoint()?;
    Ok((SharedEndpointResolver::new(resolver), reload))
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::task::{Context, Poll, Waker};

    use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
    use aws_smithy_async::time::TimeSource;

    use super::*;

    /// A clock that whoever sleeps by it moves on, one period each time that it is polled.
    #[derive(Clone, Debug, Default)]
    struct Clock(Arc<AtomicI64>);

    impl TimeSource for Clock {
        fn now(&self) -> SystemTime {
            let seconds = u64::try_from(self.0.load(Ordering::SeqCst)).unwrap();
            SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
        }
    }

    impl AsyncSleep for Clock {
        fn sleep(&self, duration: Duration) -> Sleep {
            let (clock, mut polled) = (self.clone(), false);
            Sleep::new(std::future::poll_fn(move |_| {
                if std::mem::replace(&mut polled, true) {
                    return Poll::Ready(());
                }
                clock.0.fetch_add(i64::try_from(duration.as_secs()).unwrap(), Ordering::SeqCst);
                Poll::Pending
            }))
        }
    }

    /// What comes of the first question.
    fn discovered(
        clock: &Clock,
        ask: impl Fn() -> BoxFuture<'static, Discovered, BoxError> + Send + Sync + 'static,
    ) -> Result<(SharedEndpointResolver, ReloadEndpoint), BoxError> {
        let sleep = Some(SharedAsyncSleep::new(clock.clone()));
        let time = Some(SharedTimeSource::new(clock.clone()));
        let mut context = Context::from_waker(Waker::noop());
        match pin!(discover(sleep, time, ask)).poll(&mut context) {
            Poll::Ready(found) => found,
            Poll::Pending => panic!("it is there at once"),
        }
    }

    #[test]
    fn an_endpoint_is_asked_for_again_before_it_expires_until_the_client_is_gone() {
        let clock = Clock::default();
        let asked = Arc::new(AtomicI64::new(0));
        let counter = Arc::clone(&asked);
        let ask = move || -> BoxFuture<'static, Discovered, BoxError> {
            let number = counter.fetch_add(1, Ordering::SeqCst);
            Box::pin(
                async move { Ok(Discovered { address: format!("{number}.example"), minutes: 5 }) },
            )
        };
        let (resolver, reload) = discovered(&clock, ask).unwrap();
        let mut context = Context::from_waker(Waker::noop());
        let mut task = pin!(reload.reload_task());
        // Each time it sleeps for a minute: after four of the five there are fewer than two left.
        let mut counts = Vec::new();
        for _ in 0..9 {
            assert!(task.as_mut().poll(&mut context).is_pending());
            counts.push(asked.load(Ordering::SeqCst));
        }
        assert_eq!(counts, [1, 1, 1, 1, 2, 2, 2, 2, 3]);
        drop(resolver);
        assert!(task.as_mut().poll(&mut context).is_ready());
    }

    #[test]
    fn what_the_service_does_not_tell_is_an_error_at_once() {
        let ask = || -> BoxFuture<'static, Discovered, BoxError> {
            Box::pin(async { Err("it is not for you".into()) })
        };
        let error = discovered(&Clock::default(), ask).unwrap_err();
        assert_eq!(error.to_string(), "it is not for you");
    }
}
