//! What the comparison says: services with their differences, then all of them by kind. It must not know how they were
//! found.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use tinsmith_model::compare::{Difference, Side};

use super::Compared;
use super::accepted::Class;
use crate::screen::{Screen, Style};

/// As many of one kind are shown for a service; the rest are counted.
const SHOWN: usize = 20;

/// A kind of difference: how it is judged, what differs, and who has it.
type Kind = (Option<Class>, &'static str, Side);

/// The differences of a service by kind, the unexpected first.
type ByKind<'c> = BTreeMap<Kind, Vec<&'c Difference>>;

/// How much differs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    services: usize,
    pub(super) unexpected: usize,
    lacking: usize,
    release: usize,
}

/// Prints the services in which something unexpected differs, or all of them, and how often which kind was found.
pub(super) fn print(compared: &[Compared], verbose: bool, screen: &mut Screen) -> Count {
    let mut total = Count::default();
    let mut kinds: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    for service in compared {
        let by_kind = by_kind(service);
        let count = Count::of(&by_kind);
        total.add(count);
        for (kind, differences) in &by_kind {
            let (found, services) = kinds.entry(*kind).or_default();
            *found += differences.len();
            *services += 1;
        }
        if verbose || count.unexpected > 0 {
            print_service(service, &by_kind, count, verbose, screen);
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|((class, ..), (found, _))| (*class, Reverse(*found)));
    for (kind, (found, services)) in kinds {
        let plural = if services == 1 { "" } else { "s" };
        screen.line(format_args!("{}: {found} in {services} service{plural}", title(kind)));
    }
    screen.line(format_args!("{total}"));
    total
}

fn by_kind(service: &Compared) -> ByKind<'_> {
    let mut by_kind = ByKind::new();
    for (difference, class) in &service.found {
        let kind = (*class, difference.what, difference.side);
        by_kind.entry(kind).or_default().push(difference);
    }
    by_kind
}

fn title((class, what, side): Kind) -> String {
    let class = class.map_or("unexpected", Class::name);
    let side = match side {
        Side::First => "only in Smithy's",
        Side::Second => "only in botocore's",
        Side::Both => "in both",
    };
    format!("{class}: {what}, {side}")
}

fn print_service(
    service: &Compared,
    by_kind: &ByKind<'_>,
    count: Count,
    verbose: bool,
    screen: &mut Screen,
) {
    let style = if count.unexpected == 0 { Style::Green } else { Style::Red };
    let name = screen.paint(style, &service.name);
    screen.line(format_args!("{name} ({}): {}", service.release, count.of_one()));
    for (kind, differences) in by_kind {
        if kind.0.is_some() && !verbose {
            continue;
        }
        screen.line(format_args!("  {}: {}", title(*kind), differences.len()));
        for difference in differences.iter().take(SHOWN) {
            let values = match (difference.first.as_str(), difference.second.as_str()) {
                (first, "") => first.to_owned(),
                ("", second) => second.to_owned(),
                (first, second) => format!("{first} | {second}"),
            };
            screen.line(format_args!("    {} {values}", difference.place));
        }
        if differences.len() > SHOWN {
            screen.line(format_args!("    and {} more", differences.len() - SHOWN));
        }
    }
}

impl Count {
    fn of(by_kind: &ByKind<'_>) -> Self {
        let mut count = Count { services: 1, ..Count::default() };
        for ((class, ..), differences) in by_kind {
            let field = match class {
                None => &mut count.unexpected,
                Some(Class::Lacking) => &mut count.lacking,
                Some(Class::Release) => &mut count.release,
            };
            *field += differences.len();
        }
        count
    }

    fn add(&mut self, other: Count) {
        self.services += other.services;
        self.unexpected += other.unexpected;
        self.lacking += other.lacking;
        self.release += other.release;
    }

    fn of_one(self) -> String {
        if self.unexpected + self.lacking + self.release == 0 {
            return "the same".to_owned();
        }
        format!(
            "{} unexpected, {} that botocore lacks, {} of another release",
            self.unexpected, self.lacking, self.release
        )
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.services == 1 { "" } else { "s" };
        write!(f, "{} service{plural}: {}", self.services, self.of_one())
    }
}
