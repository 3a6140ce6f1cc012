//! A run: which cases there are, what comes of each, and what differs on purpose. It must not know how a
//! value is made up, written or read.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use serde::{Deserialize, Serialize};

use crate::again::AnyAgain;
use crate::compare::{self, Outcome};
use crate::damage::Format;
use crate::fill::{EnumsOf, Filler, Style};
use crate::pair::AnyPair;

/// What a run is asked to do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Plan {
    /// So many requests, responses and damaged responses of each operation, and fewer of each error.
    pub cases: u64,
    /// Where chance starts from: the same seed makes the same cases.
    pub seed: u64,
    /// The operation, if it is to be only one.
    pub operation: Option<String>,
    /// What differs on purpose.
    pub differences: Vec<Difference>,
}

/// Something that differs on purpose. A case is one of these only if all that is said here holds.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The protocols where it does, by the names of their traits.
    pub protocols: Vec<String>,
    /// The kinds of cases where it does.
    pub kinds: Vec<Kind>,
    /// What differs, unless that may be anything.
    pub which: Option<Which>,
    /// What is said there: part of why one of them refuses, or of the place where values differ. Any of these;
    /// anything if none is given.
    #[serde(default)]
    pub says: Vec<String>,
    /// What must be true of the message, as found without either crate's help.
    pub only: Option<Only>,
    /// Why.
    pub reason: String,
}

/// What differs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The generated crate refuses what the official one takes.
    WeRefuse,
    /// The official crate refuses what the generated one takes.
    TheyRefuse,
    /// Both take it, for different values.
    Values,
}

/// What is true of a message.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Only {
    /// It has no body, or one of white space where that is XML's.
    Empty,
    /// Its body is XML that isn't well-formed, as a third parser finds. Of a request it is the official one's.
    IllFormed,
    /// Its body has CDATA sections, comments or processing instructions, and the official crate reads in the same
    /// document without them what the generated crate reads in this one.
    Markup,
    /// Its body is XML that has white space around the text of an element.
    Padded,
    /// The values that differ are whole numbers, theirs the one that is left of ours in a `f64`.
    Rounded,
}

/// What a case is about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An input's requests.
    Request,
    /// An output's response.
    Response,
    /// An error's response.
    Error,
    /// A response that is damaged.
    Damaged,
    /// An error's response that is damaged.
    DamagedError,
    /// Pages or items, and what is sent for them.
    Pages,
    /// How waiting ends, and what is sent meanwhile.
    Waits,
}

/// What came of a run.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Report {
    /// The protocol, by the name of its trait.
    pub protocol: String,
    /// How many operations there were.
    pub operations: usize,
    /// How many cases passed, by kind.
    pub passed: BTreeMap<Kind, u64>,
    /// In how many of them neither crate took what there was, by kind.
    pub refused: BTreeMap<Kind, u64>,
    /// How many cases differ on purpose, by reason.
    pub different: BTreeMap<String, u64>,
    /// How many cases failed.
    pub failed: u64,
    /// Some of the failures: a few of each operation and kind.
    pub failures: Vec<Failure>,
    /// Fields that the official crate alone has, because its model is newer.
    pub newer: BTreeSet<String>,
}

/// A case that failed.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Failure {
    /// The operation's name.
    pub operation: String,
    /// What it is about.
    pub kind: Kind,
    /// Its number.
    pub case: u64,
    /// What differs.
    pub what: String,
    /// What the official crate says.
    pub expected: String,
    /// What the generated crate says.
    pub found: String,
    /// What was sent or read.
    pub subject: String,
}

/// So many failures of an operation and kind are told.
const TOLD: usize = 3;

/// Runs the cases of all operations.
#[must_use]
pub fn run(pairs: &[&dyn AnyPair], again: &[&dyn AnyAgain], enums: EnumsOf, plan: &Plan) -> Report {
    // What an official crate's panic says is part of its case.
    std::panic::set_hook(Box::new(|_| {}));
    let mut run = Run { plan, enums, report: Report::default() };
    for pair in pairs {
        let name = pair.schema().name();
        if plan.operation.as_deref().is_none_or(|only| only == name) {
            run.report.operations += 1;
            run.operation(*pair);
            let again = again.iter().filter(|again| again.operation() == name);
            for (number, again) in again.enumerate() {
                run.again(*pair, *again, number);
            }
        }
    }
    let _ = std::panic::take_hook();
    run.report
}

struct Run<'a> {
    plan: &'a Plan,
    enums: EnumsOf,
    report: Report,
}

impl Run<'_> {
    fn operation(&mut self, pair: &dyn AnyPair) {
        let protocol = pair.schema().service().protocol().id();
        let format = Format::of_protocol(protocol);
        self.report.protocol = name(protocol).to_owned();
        let errors = pair.schema().errors().len() as u64;
        // Errors are many, and mostly alike.
        let of_errors = if errors == 0 { 0 } else { self.plan.cases.div_ceil(8).max(2) * errors };
        let kinds = [
            (Kind::Request, self.plan.cases),
            (Kind::Response, self.plan.cases),
            (Kind::Damaged, self.plan.cases),
            (Kind::Error, of_errors),
            (Kind::DamagedError, of_errors),
        ];
        for (kind, cases) in kinds {
            let mut told = 0;
            for case in 0..cases {
                let mut filler = self.filler(pair.schema().name(), kind, case);
                let newer = &mut self.report.newer;
                let outcome = match kind {
                    Kind::Request => compare::requests(pair, &mut filler, newer),
                    Kind::Response => compare::output(pair, &mut filler, None, newer),
                    Kind::Damaged => compare::output(pair, &mut filler, Some(format), newer),
                    _ => {
                        let damage = (kind == Kind::DamagedError).then_some(format);
                        let index = usize::try_from(case % errors).unwrap_or_default();
                        compare::error(pair, index, &mut filler, damage, newer)
                    }
                };
                self.count(pair, kind, case, outcome, &mut told);
            }
        }
    }

    fn again(&mut self, pair: &dyn AnyPair, again: &dyn AnyAgain, number: usize) {
        let kind = if again.waits() { Kind::Waits } else { Kind::Pages };
        let name = format!("{} {number}", again.operation());
        let mut told = 0;
        for case in 0..self.plan.cases {
            let seed = seed(self.plan.seed, &name, kind, case);
            let outcome = compare::again(pair, again, seed, self.enums);
            self.count(pair, kind, case, outcome, &mut told);
        }
    }

    fn filler(&self, operation: &str, kind: Kind, case: u64) -> Filler {
        let style = match case {
            0 => Style::Empty,
            1 => Style::Full,
            _ => Style::Any,
        };
        Filler::new(seed(self.plan.seed, operation, kind, case), style, self.enums)
    }

    fn count(
        &mut self,
        pair: &dyn AnyPair,
        kind: Kind,
        case: u64,
        outcome: Outcome,
        told: &mut usize,
    ) {
        let report = &mut self.report;
        let difference = match outcome {
            Outcome::Same | Outcome::Refused => {
                *report.passed.entry(kind).or_default() += 1;
                if matches!(outcome, Outcome::Refused) {
                    *report.refused.entry(kind).or_default() += 1;
                }
                return;
            }
            Outcome::Different(difference) => difference,
        };
        let protocol = pair.schema().service().protocol().id();
        if let Some(known) = known(&self.plan.differences, protocol, kind, &difference) {
            *report.different.entry(known.reason.clone()).or_default() += 1;
            return;
        }
        report.failed += 1;
        *told += 1;
        if *told <= TOLD {
            report.failures.push(Failure {
                operation: pair.schema().name().to_owned(),
                kind,
                case,
                what: difference.what,
                expected: difference.theirs,
                found: difference.ours,
                subject: difference.subject,
            });
        }
    }
}

/// A shape ID without its namespace.
fn name(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

/// The difference that this is one of, if it is on purpose.
fn known<'a>(
    differences: &'a [Difference],
    protocol: &str,
    kind: Kind,
    found: &compare::Difference,
) -> Option<&'a Difference> {
    let protocol = name(protocol);
    differences.iter().find(|known| {
        known.protocols.iter().any(|known| known == protocol)
            && known.kinds.contains(&kind)
            && known.which.is_none_or(|which| which == found.which)
            && (known.says.is_empty() || known.says.iter().any(|part| found.says.contains(part)))
            && known.only.is_none_or(|only| found.is.contains(&only))
    })
}

/// A seed of the case's own, so that it is the same whatever else is run.
fn seed(seed: u64, operation: &str, kind: Kind, case: u64) -> u64 {
    let mut mixed = Rng::with_seed(seed);
    for byte in operation.bytes() {
        mixed = Rng::with_seed(mixed.u64(..) ^ u64::from(byte));
    }
    mixed = Rng::with_seed(mixed.u64(..) ^ kind as u64);
    mixed.u64(..) ^ case
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(which: Which, says: &str, is: &[Only]) -> compare::Difference {
        compare::Difference {
            which,
            what: String::new(),
            says: says.to_owned(),
            ours: String::new(),
            theirs: String::new(),
            subject: "<!-- -->".to_owned(),
            is: is.to_vec(),
        }
    }

    #[test]
    fn all_that_is_said_of_a_difference_must_hold() {
        let known_one = [Difference {
            protocols: vec!["restXml".to_owned()],
            kinds: vec![Kind::Damaged],
            which: Some(Which::TheyRefuse),
            says: vec!["a".to_owned(), "root".to_owned()],
            only: Some(Only::Empty),
            reason: String::new(),
        }];
        let is_known = |protocol, kind, found: &compare::Difference| {
            known(&known_one, protocol, kind, found).is_some()
        };
        let xml = "aws.protocols#restXml";
        let fits = found(Which::TheyRefuse, "no root", &[Only::Empty]);
        assert!(is_known(xml, Kind::Damaged, &fits));
        assert!(!is_known("aws.protocols#restJson1", Kind::Damaged, &fits));
        assert!(!is_known(xml, Kind::Response, &fits));
        for other in [
            found(Which::WeRefuse, "no root", &[Only::Empty]),
            found(Which::TheyRefuse, "else", &[Only::Empty]),
            found(Which::TheyRefuse, "no root", &[Only::Markup]),
            found(Which::TheyRefuse, "no root", &[]),
        ] {
            assert!(!is_known(xml, Kind::Damaged, &other), "{other:?}");
        }
    }
}
