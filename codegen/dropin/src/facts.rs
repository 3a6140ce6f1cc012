//! A world without chance: the time, credentials, and identifiers that are otherwise made up. It must not know
//! services.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_smithy_async::time::{StaticTimeSource, TimeSource};
use tokio::time::Instant;

/// 2026-03-01T12:00:00Z, in seconds: when all scenarios begin.
const BEGIN: u64 = 1_772_366_400;

/// A time source that goes on with the scenario's own clock, which stands still unless all are waiting.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    begin: Instant,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self { begin: Instant::now() }
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(BEGIN) + self.begin.elapsed()
    }
}

/// A time source that never goes on.
pub fn static_time() -> StaticTimeSource {
    StaticTimeSource::from_secs(BEGIN)
}

/// So long after a scenario's begin, or before it.
pub fn hours_from_now(hours: i64) -> SystemTime {
    let begin = SystemTime::UNIX_EPOCH + Duration::from_secs(BEGIN);
    let distance = Duration::from_secs(hours.unsigned_abs() * 3600);
    if hours < 0 { begin - distance } else { begin + distance }
}

/// Credentials that never expire.
pub fn credentials() -> Credentials {
    Credentials::new("AKIDDROPIN", "a secret of the dropin programs", None, None, "dropin")
}
