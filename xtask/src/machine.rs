//! What a measurement depends on besides its subject: cores, compiler, day. It must not know what is measured.

use std::env;
use std::ffi::OsString;
use std::process::Command;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Serialize;

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

/// Where and when something was measured.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
    /// As many as this process may use.
    pub(crate) cores: usize,
    /// The compiler's version.
    pub(crate) rustc: String,
    /// The target triple of the host.
    pub(crate) host: String,
    /// In UTC, as `2026-01-31`.
    pub(crate) date: String,
}

impl Machine {
    pub(crate) fn here_and_now() -> miette::Result<Self> {
        let cores = thread::available_parallelism()
            .into_diagnostic()
            .wrap_err("the number of cores is not known")?;
        let since_1970 = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .into_diagnostic()
            .wrap_err("the clock is wrong")?;
        Ok(Machine {
            cores: cores.get(),
            rustc: rustc("release")?,
            host: rustc("host")?,
            date: date(since_1970.as_secs() / SECONDS_PER_DAY),
        })
    }
}

impl Machine {
    /// Where and when, in words.
    pub(crate) fn text(&self) -> String {
        let Machine { cores, rustc, host, date } = self;
        let plural = if *cores == 1 { "" } else { "s" };
        format!("On {date}, with {cores} core{plural}, rustc {rustc} for {host}.")
    }
}

/// What `rustc -vV` says about itself under a key.
pub(crate) fn rustc(key: &str) -> miette::Result<String> {
    let program = env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let output = Command::new(program)
        .arg("-vV")
        .output()
        .into_diagnostic()
        .wrap_err("cannot run rustc -vV")?;
    let said = String::from_utf8_lossy(&output.stdout);
    said.lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
        .map(str::to_owned)
        .ok_or_else(|| miette!("rustc -vV does not name its {key}"))
}

/// The date so many days after 1970-01-01, in the Gregorian calendar.
fn date(mut days: u64) -> String {
    let is_leap =
        |year: u64| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (364, "1970-12-31"),
            (365, "1971-01-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_512, "2026-02-28"),
            (20_513, "2026-03-01"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(days), expected);
        }
    }
}
