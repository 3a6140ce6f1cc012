//! From when and for how long a request is signed ahead. It must not know how requests are signed.

use std::fmt;
use std::time::{Duration, SystemTime};

/// Signatures aren't valid for longer.
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// From when and for how long a request that is signed ahead is valid.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct PresigningConfig {
    start_time: SystemTime,
    expires_in: Duration,
}

impl PresigningConfig {
    /// From now, and for so long.
    ///
    /// # Errors
    /// If that is longer than a week.
    pub fn expires_in(expires_in: Duration) -> Result<PresigningConfig, PresigningConfigError> {
        Self::builder().expires_in(expires_in).build()
    }

    /// A builder for [`PresigningConfig`].
    #[must_use]
    pub fn builder() -> PresigningConfigBuilder {
        PresigningConfigBuilder::default()
    }

    /// For how long the request is valid.
    #[must_use]
    pub fn expires(&self) -> Duration {
        self.expires_in
    }

    /// From when the request is valid.
    #[must_use]
    pub fn start_time(&self) -> SystemTime {
        self.start_time
    }
}

/// A builder for [`PresigningConfig`].
#[non_exhaustive]
#[derive(Debug, Default)]
pub struct PresigningConfigBuilder {
    start_time: Option<SystemTime>,
    expires_in: Option<Duration>,
}

impl PresigningConfigBuilder {
    /// From when the request is valid: from now, unless something else is said.
    #[must_use]
    pub fn start_time(mut self, start_time: SystemTime) -> Self {
        self.set_start_time(Some(start_time));
        self
    }

    /// From when the request is valid: from now, unless something else is said.
    pub fn set_start_time(&mut self, start_time: Option<SystemTime>) {
        self.start_time = start_time;
    }

    /// For how long the request is valid, a week at most. It isn't longer than the credentials are that sign it.
    #[must_use]
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.set_expires_in(Some(expires_in));
        self
    }

    /// For how long the request is valid, a week at most.
    pub fn set_expires_in(&mut self, expires_in: Option<Duration>) {
        self.expires_in = expires_in;
    }

    /// The [`PresigningConfig`].
    ///
    /// # Errors
    /// If it wasn't said for how long the request is valid, or that is longer than a week.
    pub fn build(self) -> Result<PresigningConfig, PresigningConfigError> {
        match self.expires_in {
            None => Err(PresigningConfigError(Kind::Missing)),
            Some(expires_in) if expires_in > WEEK => Err(PresigningConfigError(Kind::TooLong)),
            Some(expires_in) => {
                let start_time = self.start_time.unwrap_or_else(SystemTime::now);
                Ok(PresigningConfig { start_time, expires_in })
            }
        }
    }
}

/// A request can't be signed ahead for this time.
#[derive(Debug)]
pub struct PresigningConfigError(Kind);

#[derive(Debug)]
enum Kind {
    Missing,
    TooLong,
}

impl fmt::Display for PresigningConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Missing => "it isn't said for how long the request is valid: set `expires_in`",
            Kind::TooLong => "no signature is valid for more than a week: shorten `expires_in`",
        })
    }
}

impl std::error::Error for PresigningConfigError {}
