//! The time that this thread computes, for measurements on machines that do other things, too. It must not know
//! what is measured.

use std::time::Duration;

/// A point in time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock(imp::Time);

impl Clock {
    /// Starts now.
    #[inline]
    pub(crate) fn start() -> Self {
        Self(imp::now())
    }

    /// How long this thread has computed since the start; where the system doesn't tell, how long ago that is.
    #[inline]
    pub(crate) fn elapsed(self) -> Duration {
        imp::since(self.0)
    }
}

#[cfg(target_os = "linux")]
mod imp {
    use std::time::Duration;

    use nix::time::{ClockId, clock_gettime};

    pub(super) type Time = Duration;

    pub(super) fn now() -> Time {
        let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID);
        Duration::from(time.expect("Linux has a clock for each thread"))
    }

    pub(super) fn since(start: Time) -> Duration {
        now().saturating_sub(start)
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    use std::time::{Duration, Instant};

    pub(super) type Time = Instant;

    pub(super) fn now() -> Time {
        Instant::now()
    }

    pub(super) fn since(start: Time) -> Duration {
        start.elapsed()
    }
}
