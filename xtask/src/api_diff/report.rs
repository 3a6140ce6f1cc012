//! What the comparison says, on the screen and as JSON. It must not know how it was found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::compare::{Comparison, Difference};
use crate::oracle::services::Service;
use crate::screen::{Screen, Style};

/// As many differences of one kind are shown for a service; the rest are counted.
const SHOWN: usize = 12;

/// A service's API beside the official one.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) service: &'static str,
    pub(super) package: &'static str,
    pub(super) version: &'static str,
    pub(super) operations: usize,
    /// The official crate's items.
    pub(super) items: usize,
    /// How many of them are of each kind.
    kinds: BTreeMap<&'static str, usize>,
    /// Those that ours has just so.
    pub(super) same: usize,
    /// Those that differ for a good reason.
    pub(super) accepted: usize,
    /// How many of a hundred are just so.
    pub(super) percent: f64,
    /// Further items that come from a later release of the model.
    later: Vec<String>,
    /// Items of ours alone.
    pub(super) extra: usize,
    pub(super) differences: Vec<Judged>,
}

/// A difference, and why it is accepted.
#[derive(Debug, Serialize)]
pub(super) struct Judged {
    kind: &'static str,
    name: String,
    official: String,
    ours: Option<String>,
    reason: Option<String>,
}

impl Report {
    pub(super) fn new(
        service: &Service,
        operations: usize,
        comparison: Comparison,
        reason: impl Fn(&Difference) -> Option<String>,
    ) -> Self {
        let Comparison { items, differences, later, extra } = comparison;
        let kinds = items.into_iter().map(|(kind, count)| (kind.word(), count)).collect();
        let items = BTreeMap::values(&kinds).sum();
        let same = items - differences.len();
        let differences: Vec<Judged> = differences
            .into_iter()
            .map(|it| Judged {
                reason: reason(&it),
                kind: it.kind.word(),
                name: it.name,
                official: it.official,
                ours: it.ours,
            })
            .collect();
        Report {
            service: service.name,
            package: service.package,
            version: service.version,
            operations,
            items,
            kinds,
            same,
            accepted: differences.iter().filter(|it| it.reason.is_some()).count(),
            percent: same as f64 * 100.0 / items.max(1) as f64,
            later: later.iter().map(Difference::item).collect(),
            extra,
            differences,
        }
    }

    /// How many differ without a reason.
    pub(super) fn unexpected(&self) -> usize {
        self.differences.len() - self.accepted
    }

    pub(super) fn print(&self, floor: Option<f64>, verbose: bool, screen: &mut Screen) {
        let good = self.unexpected() == 0 && floor.is_none_or(|floor| self.percent >= floor);
        let name = screen.paint(if good { Style::Green } else { Style::Red }, self.service);
        // Rounded down: what differs in one item isn't the same.
        let percent = (self.percent * 100.0).floor() / 100.0;
        screen.line(format_args!(
            "{name} ({} {}, {} operations): {percent:.2} % of {} items are the same, {} differ with a reason, {} without; \
             {} more are ours alone",
            self.package, self.version, self.operations, self.items, self.accepted, self.unexpected(), self.extra,
        ));
        if verbose {
            let kinds = self.kinds.iter().map(|(kind, count)| format!("{kind} {count}"));
            screen.line(format_args!("  items by kind: {}", kinds.collect::<Vec<_>>().join(", ")));
        }
        if !self.later.is_empty() {
            let what = "official items are of a later release of the model, and don't count";
            screen.line(format_args!("  {} more {what}", self.later.len()));
            let shown = self.later.iter().filter(|_| verbose);
            shown.for_each(|item| screen.line(format_args!("    {item}")));
        }
        if let Some(floor) = floor.filter(|floor| self.percent < *floor) {
            screen.line(format_args!("  less than {floor} % are the same"));
        }
        let unexpected = self.differences.iter().filter(|it| it.reason.is_none());
        let mut kinds: BTreeMap<(&str, bool), Vec<&Judged>> = BTreeMap::new();
        for it in unexpected {
            kinds.entry((it.kind, it.ours.is_some())).or_default().push(it);
        }
        for ((kind, there), differences) in kinds {
            let what = if there { "differs" } else { "missing" };
            screen.line(format_args!("  {what}, {kind}: {}", differences.len()));
            let shown = if verbose { differences.len() } else { SHOWN };
            differences.iter().take(shown).for_each(|it| it.print(screen));
            if differences.len() > shown {
                let more = differences.len() - shown;
                screen.line(format_args!("    and {more} more: --verbose shows all"));
            }
        }
        self.print_accepted(verbose, screen);
    }

    fn print_accepted(&self, verbose: bool, screen: &mut Screen) {
        let mut reasons: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
        for it in &self.differences {
            if let Some(reason) = &it.reason {
                reasons.entry(reason).or_default().push(it);
            }
        }
        for (reason, differences) in reasons {
            screen.line(format_args!("  accepted, {}: {reason}", differences.len()));
            if verbose {
                differences.iter().for_each(|it| it.print(screen));
            }
        }
    }
}

impl Judged {
    fn print(&self, screen: &mut Screen) {
        screen.line(format_args!("    {}", self.name));
        screen.line(format_args!("      official {}", self.official));
        if let Some(ours) = &self.ours {
            screen.line(format_args!("      ours     {ours}"));
        }
    }
}
