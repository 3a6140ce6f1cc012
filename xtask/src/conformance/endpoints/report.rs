//! What came of endpoint tests, service by service. It must not know how they were run.

use tinsmith_conformance::endpoints::Outcome;

use super::services::Service;
use crate::screen::{Screen, Style};

/// What came of all cases.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Report {
    passed: usize,
    /// The cases that failed, and why.
    failed: Vec<(String, String)>,
    /// How often rules were asked.
    resolved: usize,
    /// The services of which all cases passed, and how many those are.
    sound: Vec<(String, usize)>,
    services: usize,
    /// How many regions of a file were compared, and which of them failed.
    regions: Option<(usize, Vec<String>)>,
}

impl Report {
    /// The outcomes are in the order of the services' cases.
    pub(super) fn new(
        services: &[Service],
        outcomes: &[Outcome],
        regions: Option<(usize, Vec<String>)>,
    ) -> Self {
        let (mut outcomes, missing) = (outcomes.iter(), Outcome::default());
        let mut report = Self { services: services.len(), regions, ..Self::default() };
        for service in services {
            let failed = report.failed.len();
            for (index, case) in service.cases.iter().enumerate() {
                let outcome = outcomes.next().unwrap_or(&missing);
                let title = format!("{} {}: {}", service.name, index + 1, case.documentation);
                report.add(title, outcome);
            }
            if report.failed.len() == failed {
                report.sound.push((service.name.clone(), service.cases.len()));
            }
        }
        report
    }

    fn add(&mut self, title: String, outcome: &Outcome) {
        self.resolved += outcome.resolved;
        match outcome.failures.as_slice() {
            // A case that asked for nothing has proved nothing.
            [] if outcome.resolved == 0 => self.failed.push((title, "it did not run".to_owned())),
            [] => self.passed += 1,
            failures => self.failed.push((title, failures.join("\n"))),
        }
    }

    pub(super) fn all_passed(&self) -> bool {
        let regions = self.regions.as_ref();
        self.failed.is_empty() && regions.is_none_or(|(_, failures)| failures.is_empty())
    }

    pub(super) fn print(&self, verbose: bool, screen: &mut Screen) {
        for (name, cases) in self.sound.iter().filter(|_| verbose) {
            let name = screen.paint(Style::Green, name);
            screen.line(format_args!("{name}: {cases} passed"));
        }
        for (title, failure) in &self.failed {
            screen.line(screen.paint(Style::Red, title));
            if verbose {
                screen.line(format_args!("    {}", failure.replace('\n', "\n    ")));
            }
        }
        if let Some((count, failures)) = &self.regions {
            for failure in failures {
                screen.line(screen.paint(Style::Red, failure));
            }
            screen.line(format_args!("{count} regions, {} failures", failures.len()));
        }
        screen.line(format_args!(
            "{} services; rules asked {} times, for parameters and for operations' requests",
            self.services, self.resolved
        ));
        screen.line(format_args!("{} passed, {} failed", self.passed, self.failed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(name: &str, cases: &[&str]) -> Service {
        let case = |documentation: &&str| {
            let case = format!(r#"{{"documentation":"{documentation}","expect":{{"error":""}}}}"#);
            serde_json::from_str(&case).unwrap()
        };
        Service {
            name: name.to_owned(),
            cases: cases.iter().map(case).collect(),
            module: String::new(),
            files: None,
        }
    }

    fn outcome(resolved: usize, failures: &[&str]) -> Outcome {
        Outcome { resolved, failures: failures.iter().map(|it| (*it).to_owned()).collect() }
    }

    #[test]
    fn a_case_passes_fails_or_did_not_run() {
        let services = [service("one", &["a", "b"]), service("two", &["c", "d", "e"])];
        let outcomes = [outcome(1, &[]), outcome(2, &[]), outcome(2, &["x", "y"]), outcome(0, &[])];
        let report = Report::new(&services, &outcomes, None);
        let failed = |title: &str, why: &str| (title.to_owned(), why.to_owned());
        let expected = Report {
            passed: 2,
            failed: vec![
                failed("two 1: c", "x\ny"),
                failed("two 2: d", "it did not run"),
                failed("two 3: e", "it did not run"),
            ],
            resolved: 5,
            sound: vec![("one".to_owned(), 2)],
            services: 2,
            regions: None,
        };
        assert_eq!(report, expected);
        assert!(!report.all_passed());
        let report = |regions| Report::new(&services[..1], &outcomes[..2], regions);
        assert!(report(None).all_passed() && report(Some((3, Vec::new()))).all_passed());
        assert!(!report(Some((3, vec!["x".to_owned()]))).all_passed());
    }
}
