//! What came of the cases, suite by suite. It must not know how they were run.

use std::collections::BTreeMap;
use std::fmt;

use tinsmith_conformance::{Case, Kind, Outcome};

use super::cases::Suite;
use super::excluded::Excluded;
use crate::screen::{Screen, Style};

/// What came of all suites.
pub(super) struct Report<'a> {
    suites: Vec<SuiteReport<'a>>,
}

/// What came of a suite.
struct SuiteReport<'a> {
    name: &'a str,
    passed: usize,
    /// The cases that failed, by ID and kind, and why.
    failed: Vec<(String, String)>,
    /// The cases that don't count, and why not.
    excluded: Vec<(String, String)>,
    /// Why crates were not generated.
    refused: Vec<&'a str>,
}

/// What tells cases apart: a request and a response may have the same ID.
type Key<'a> = (&'a str, &'a str, &'a Kind, &'a str);

impl<'a> Report<'a> {
    /// `whole` says that no case was left out, so that an exclusion without a case is stale.
    pub(super) fn new(
        suites: &'a [Suite],
        outcomes: &[Outcome],
        excluded: &Excluded,
        whole: bool,
    ) -> Self {
        let by_case: BTreeMap<Key<'_>, &Outcome> = outcomes
            .iter()
            .map(|outcome| {
                let Outcome { service, operation, kind, id, .. } = outcome;
                ((service.as_str(), operation.as_str(), kind, id.as_str()), outcome)
            })
            .collect();
        let outcome = |case: &'a Case| {
            let Case { service, operation, kind, case, .. } = case;
            by_case.get(&(service.as_str(), operation.as_str(), kind, case.id.as_str())).copied()
        };
        let suites = suites.iter().map(|suite| {
            let mut report = SuiteReport::new(suite, outcome, excluded);
            if whole {
                report.stale(suite, excluded);
            }
            report
        });
        Self { suites: suites.collect() }
    }

    pub(super) fn all_passed(&self) -> bool {
        self.suites.iter().all(|suite| suite.failed.is_empty())
    }

    pub(super) fn print(&self, verbose: bool, screen: &mut Screen) {
        for suite in &self.suites {
            suite.print(verbose, screen);
        }
        let sum = |of: fn(&SuiteReport<'_>) -> usize| self.suites.iter().map(of).sum::<usize>();
        let excluded = sum(|suite| suite.excluded.len());
        if excluded > 0 {
            screen.line(format_args!("excluded, for the reasons in excluded.toml: {excluded}"));
        }
        let (passed, failed) = (sum(|suite| suite.passed), sum(|suite| suite.failed.len()));
        screen.line(format_args!("{passed} passed, {failed} failed"));
    }
}

impl<'a> SuiteReport<'a> {
    fn new<'o>(
        suite: &'a Suite,
        outcome: impl Fn(&'a Case) -> Option<&'o Outcome>,
        excluded: &Excluded,
    ) -> Self {
        let mut report = SuiteReport {
            name: &suite.name,
            passed: 0,
            failed: Vec::new(),
            excluded: Vec::new(),
            refused: suite.services.iter().filter_map(|it| it.refused.as_deref()).collect(),
        };
        for case in suite.services.iter().flat_map(|service| &service.cases) {
            let failure = match outcome(case) {
                Some(outcome) if outcome.failures.is_empty() => None,
                Some(outcome) => Some(outcome.failures.join("\n")),
                None => Some("it did not run".to_owned()),
            };
            let name = format!("{} ({})", case.case.id, case.kind);
            let reason = excluded.reason(&suite.name, &case.case.id, &case.kind);
            match (reason, failure) {
                (None, None) => report.passed += 1,
                (None, Some(failure)) => report.failed.push((name, failure)),
                (Some(reason), Some(_)) => report.excluded.push((name, reason.to_owned())),
                (Some(_), None) => {
                    report.failed.push((name, "it passes: take it off excluded.toml".to_owned()));
                }
            }
        }
        report
    }

    /// Exclusions of cases that aren't there.
    fn stale(&mut self, suite: &Suite, excluded: &Excluded) {
        let cases = suite.services.iter().flat_map(|service| &service.cases);
        let known: Vec<(&str, &Kind)> =
            cases.map(|case| (case.case.id.as_str(), &case.kind)).collect();
        for name in excluded.unknown(&suite.name, &known) {
            let failure = "the suite has no such case: take it off excluded.toml";
            self.failed.push((name.to_owned(), failure.to_owned()));
        }
    }

    fn print(&self, verbose: bool, screen: &mut Screen) {
        let mark = if self.failed.is_empty() { Style::Green } else { Style::Red };
        let name = screen.paint(mark, self.name);
        screen.line(format_args!("{name}: {self}"));
        for reason in &self.refused {
            screen
                .line(format_args!("  not generated: {}", reason.trim_end().replace('\n', "\n  ")));
        }
        for (name, failure) in &self.failed {
            screen.line(format_args!("  {name}"));
            if verbose {
                screen.line(format_args!("    {}", failure.replace('\n', "\n    ")));
            }
        }
        if verbose {
            for (name, reason) in &self.excluded {
                screen.line(format_args!("  {name} is excluded: {reason}"));
            }
        }
    }
}

/// How many cases came out how.
impl fmt::Display for SuiteReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed.len())?;
        let excluded = self.excluded.len();
        if excluded > 0 { write!(f, ", {excluded} excluded") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::Service;
    use super::super::excluded;
    use super::*;

    fn case(id: &str, kind: Kind) -> Case {
        Case {
            service: "a#S".to_owned(),
            operation: "O".to_owned(),
            kind,
            maps: Vec::new(),
            case: serde_json::from_value(serde_json::json!({ "id": id, "protocol": "a#p" }))
                .unwrap(),
            events: None,
        }
    }

    fn suite() -> Suite {
        let cases = vec![
            case("Same", Kind::Request),
            case("Same", Kind::Response),
            case("Lost", Kind::Request),
            case("Other", Kind::Error("a#E".to_owned())),
        ];
        let (id, package) = ("a#S".to_owned(), "s".to_owned());
        let services = vec![Service { id, package, cases, files: None, refused: None }];
        Suite { name: "one".to_owned(), services }
    }

    /// `Lost` has none.
    fn outcomes(suite: &Suite, failing: &[&str]) -> Vec<Outcome> {
        let cases = suite.services[0].cases.iter().filter(|case| case.case.id != "Lost");
        let outcome = |case: &Case| {
            let name = format!("{} ({})", case.case.id, case.kind);
            Outcome {
                service: case.service.clone(),
                operation: case.operation.clone(),
                kind: case.kind.clone(),
                id: case.case.id.clone(),
                failures: failing.contains(&&*name).then(|| "why".to_owned()).into_iter().collect(),
            }
        };
        cases.map(outcome).collect()
    }

    #[track_caller]
    fn report(failing: &[&str], excluded: &str, whole: bool) -> (String, Vec<(String, String)>) {
        let suite = [suite()];
        let outcomes = outcomes(&suite[0], failing);
        let excluded = excluded::parse(excluded).unwrap();
        let report = Report::new(&suite, &outcomes, &excluded, whole);
        assert_eq!(report.all_passed(), report.suites[0].failed.is_empty());
        (report.suites[0].to_string(), report.suites[0].failed.clone())
    }

    #[test]
    fn a_case_passes_fails_or_did_not_run() {
        let (counts, failed) = report(&["Same (response)"], "", true);
        assert_eq!(counts, "2 passed, 2 failed");
        let failed: Vec<(&str, &str)> = failed.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(failed, [("Same (response)", "why"), ("Lost (request)", "it did not run")]);
    }

    #[test]
    fn excluded_cases_are_counted_apart() {
        let excluded = "[one]\n\"Same (response)\" = \"x\"\nLost = \"y\"\n[two]\nNo = \"z\"";
        let (counts, failed) = report(&["Same (response)"], excluded, true);
        assert_eq!((counts.as_str(), failed.len()), ("2 passed, 0 failed, 2 excluded", 0));
    }

    #[test]
    fn an_exclusion_that_does_not_hold_is_a_failure() {
        let excluded = "[one]\nSame = \"x\"\nLost = \"y\"\n\"Lost (response)\" = \"z\"";
        let (counts, failed) = report(&["Same (response)"], excluded, true);
        assert_eq!(counts, "1 passed, 2 failed, 2 excluded");
        assert_eq!(failed[0].1, "it passes: take it off excluded.toml");
        assert_eq!(failed[1].0, "Lost (response)");
        let (counts, _) = report(&["Same (response)"], excluded, false);
        assert_eq!(counts, "1 passed, 1 failed, 2 excluded");
    }
}
