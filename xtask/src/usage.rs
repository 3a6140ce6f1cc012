//! What processes cost, this one or finished children, where the system tells. It must not know what they did.

use serde::{Deserialize, Serialize};

/// The cost of processes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Usage {
    /// Seconds of all cores, in user mode and in the system.
    pub(crate) cpu_s: f64,
    /// The largest resident set of any one of them, in bytes.
    pub(crate) peak_bytes: u64,
}

/// What all child processes that have ended so far cost, with their own children.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(crate) fn of_children() -> Option<Usage> {
    of(nix::sys::resource::UsageWho::RUSAGE_CHILDREN)
}

/// What this process has cost so far, without its children.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(crate) fn of_self() -> Option<Usage> {
    of(nix::sys::resource::UsageWho::RUSAGE_SELF)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn of(whose: nix::sys::resource::UsageWho) -> Option<Usage> {
    use nix::sys::time::TimeValLike;

    let usage = nix::sys::resource::getrusage(whose).ok()?;
    let time = usage.user_time() + usage.system_time();
    let cpu_s = std::time::Duration::from_micros(time.num_microseconds().try_into().ok()?);
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "linux") { 1024 } else { 1 };
    let peak_bytes = u64::try_from(usage.max_rss()).ok()? * unit;
    Some(Usage { cpu_s: cpu_s.as_secs_f64(), peak_bytes })
}

/// Not measured on this system.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(crate) fn of_children() -> Option<Usage> {
    None
}

/// Not measured on this system.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(crate) fn of_self() -> Option<Usage> {
    None
}
