//! What came of endpoint tests, service by service. It must not know how they were run.

use tinsmith_conformance::endpoints::Outcome as CaseOutcome;

use super::services::Service;
use crate::Outcome;
use crate::screen::{Screen, Style};

/// Prints the cases that failed, and how many did; the outcomes are in the order of the cases.
pub(super) fn print(
    services: &[Service],
    outcomes: &[CaseOutcome],
    verbose: bool,
    screen: &mut Screen,
) -> Outcome {
    let (mut outcomes, missing) = (outcomes.iter(), CaseOutcome::default());
    let (mut passed, mut failed, mut resolved) = (0, 0, 0);
    for service in services {
        let before = (passed, failed);
        for (number, case) in service.cases.iter().enumerate() {
            let outcome = outcomes.next().unwrap_or(&missing);
            resolved += outcome.resolved;
            // A case that asked for nothing has proved nothing.
            if outcome.resolved > 0 && outcome.failures.is_empty() {
                passed += 1;
                continue;
            }
            failed += 1;
            let title = format!("{} {}: {}", service.name, number + 1, case.documentation);
            screen.line(screen.paint(Style::Red, &title));
            let failures = match outcome.failures.as_slice() {
                [] => "it did not run".to_owned(),
                failures => failures.join("\n"),
            };
            if verbose {
                screen.line(format_args!("    {}", failures.replace('\n', "\n    ")));
            }
        }
        if verbose && failed == before.1 {
            let name = screen.paint(Style::Green, &service.name);
            screen.line(format_args!("{name}: {} passed", passed - before.0));
        }
    }
    screen.line(format_args!(
        "{} services; rules asked {resolved} times, for parameters and for operations' requests",
        services.len()
    ));
    screen.line(format_args!("{passed} passed, {failed} failed"));
    if failed == 0 { Outcome::Done } else { Outcome::Differences }
}
