//! How far long work has come, on stderr: a bar on a terminal, lines elsewhere. It must not know what the
//! steps do.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

/// Steps, counted.
pub(crate) struct Progress {
    begun: usize,
    steps: usize,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(crate) fn new(steps: usize) -> Self {
        let bar = io::stderr().is_terminal().then(|| bar(steps));
        Progress { begun: 0, steps, bar }
    }

    /// Ends the step before, and begins the next one.
    pub(crate) fn step(&mut self, what: impl fmt::Display) {
        self.begun += 1;
        match &self.bar {
            Some(bar) => {
                bar.set_position(self.begun as u64);
                bar.set_message(what.to_string());
            }
            // If stderr is closed there is nobody to tell.
            None => {
                let _ = writeln!(io::stderr(), "[{}/{}] {what}", self.begun, self.steps);
            }
        }
    }
}

/// Items that several threads do, in whatever order.
pub(crate) struct Tally {
    what: &'static str,
    done: AtomicUsize,
    items: usize,
    bar: Option<ProgressBar>,
}

impl Tally {
    /// What is done to each item, and how many there are.
    pub(crate) fn new(what: &'static str, items: usize) -> Self {
        let bar = io::stderr().is_terminal().then(|| bar(items));
        Tally { what, done: AtomicUsize::new(0), items, bar }
    }

    /// One more is done. Off a terminal every tenth part of all is worth a line.
    pub(crate) fn done(&self, item: impl fmt::Display) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
            bar.set_message(format!("{item} {}", self.what));
        } else if done * 10 / self.items.max(1) > (done - 1) * 10 / self.items.max(1) {
            // If stderr is closed there is nobody to tell.
            let _ = writeln!(io::stderr(), "[{done}/{}] {}", self.items, self.what);
        }
    }
}

fn bar(steps: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} [{pos}/{len}] {wide_msg} {elapsed}")
        .expect("the template is sound");
    let bar = ProgressBar::new(steps as u64).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar.with_finish(ProgressFinish::AndClear)
}
