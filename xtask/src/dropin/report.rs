//! What the comparison says: a line a program, what differs, a table of the faults, the totals. It must not know how
//! transcripts are compared.

use serde_json::Value;

use super::compare::{Accepted, Difference, Event, Program, Scenario};
use crate::Outcome;
use crate::screen::{Screen, Style};

/// So many differences of a scenario are shown, and so much of their texts, unless all is wanted.
const DIFFERENCES: usize = 3;
const LENGTH: usize = 300;

/// So much of a text is shown before the place where it differs.
const BEFORE: usize = 40;

/// Prints it all; whether all passed.
pub(super) fn print(
    programs: &[Program],
    accepted: &[Accepted],
    verbose: bool,
    screen: &mut Screen,
) -> miette::Result<Outcome> {
    let mut total = (0, 0);
    for program in programs {
        let failed = program.scenarios.iter().filter(|it| !it.differences.is_empty()).count();
        let passed = program.scenarios.len() - failed;
        let events: usize = program.scenarios.iter().map(|scenario| scenario.events).sum();
        let style = if failed == 0 { Style::Green } else { Style::Red };
        let name = screen.paint(style, &program.name);
        screen.line(format_args!("{name} ({events} events): {passed} passed, {failed} failed"));
        if verbose && program.name == "faults" {
            table(&program.scenarios, screen);
        }
        for scenario in program.scenarios.iter().filter(|it| !it.differences.is_empty()) {
            show(scenario, verbose, screen);
        }
        total = (total.0 + passed, total.1 + failed);
    }
    if verbose {
        on_purpose(programs, accepted, screen);
    }
    let (passed, failed) = total;
    screen.line(format_args!("{passed} passed, {failed} failed"));
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Differences })
}

fn on_purpose(programs: &[Program], accepted: &[Accepted], screen: &mut Screen) {
    for (at, Accepted { reason, program, .. }) in accepted.iter().enumerate() {
        let scenarios = programs.iter().flat_map(|program| &program.scenarios);
        let count = scenarios.filter(|scenario| scenario.accepted.contains(&at)).count();
        if count > 0 {
            screen.line(format_args!("differs on purpose in {count} of {program}'s: {reason}"));
        }
    }
}

fn show(scenario: &Scenario, verbose: bool, screen: &mut Screen) {
    let count = scenario.differences.len();
    screen.line(format_args!(
        "  {}: {count} of {} events differ",
        screen.paint(Style::Red, &scenario.name),
        scenario.events
    ));
    let shown = if verbose { count } else { DIFFERENCES };
    for Difference { expected, found } in scenario.differences.iter().take(shown) {
        let texts =
            [expected, found].map(|event| event.as_ref().map_or("nothing".to_owned(), text));
        // A text is shown from just before the place where it differs.
        let same = texts[0].chars().zip(texts[1].chars()).take_while(|(a, b)| a == b).count();
        let event = expected.as_ref().or(found.as_ref()).map_or("", |event| event.name.as_str());
        screen.line(format_args!("    {event}"));
        for (word, text) in ["expected", "found   "].iter().zip(&texts) {
            screen.line(format_args!("      {word} {}", window(text, same, verbose)));
        }
    }
    if shown < count {
        screen.line(format_args!("    {} more like these", count - shown));
    }
}

fn text(event: &Event) -> String {
    match &event.value {
        Value::String(text) => format!("{}: {text}", event.name),
        value => format!("{}: {value}", event.name),
    }
}

/// The part of a text around a place, unless all is wanted.
fn window(text: &str, at: usize, all: bool) -> String {
    let from = at.saturating_sub(BEFORE);
    if all || text.chars().count() <= LENGTH {
        return text.to_owned();
    }
    let part: String = text.chars().skip(from).take(LENGTH).collect();
    let before = if from > 0 { "… " } else { "" };
    let after = if text.chars().count() > from + LENGTH { " …" } else { "" };
    format!("{before}{part}{after}")
}

/// What each fault leads to, with the official crates; what differs from it with ours is marked.
fn table(scenarios: &[Scenario], screen: &mut Screen) {
    let columns = ["requests", "connections", "calls", "took", "outcomes"];
    screen.line(screen.paint(
        Style::Bold,
        &format!(
            "  {:<46} {:>8} {:>11} {:>5} {:<16} {}",
            "fault", columns[0], columns[1], columns[2], columns[3], columns[4]
        ),
    ));
    // They took place at the same time, and ended in any order.
    let mut scenarios: Vec<&Scenario> = scenarios.iter().collect();
    scenarios.sort_by(|a, b| a.name.cmp(&b.name));
    for scenario in scenarios {
        let [official, generated] = &scenario.both;
        let cell = |events: &[Event], column: &str| {
            let event = events.iter().find(|event| event.name == column);
            event.map_or_else(|| "none".to_owned(), |event| short(&event.value))
        };
        let row = columns.map(|column| {
            let (theirs, ours) = (cell(official, column), cell(generated, column));
            if theirs == ours { theirs } else { format!("{theirs}, ours {ours}") }
        });
        let [requests, connections, calls, took, outcomes] = row;
        screen.line(format_args!(
            "  {:<46} {requests:>8} {connections:>11} {calls:>5} {took:<16} {outcomes}",
            scenario.name
        ));
    }
}

/// A cell of the table: outputs by the name of their type, errors by their kind and code.
fn short(value: &Value) -> String {
    match value {
        Value::Array(outcomes) => outcomes.iter().map(short).collect::<Vec<_>>().join("; "),
        Value::Object(error) => {
            let kind = error.get("error").and_then(Value::as_str).unwrap_or_default();
            let told = ["code", "status"].iter().filter_map(|key| match error.get(*key)? {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            });
            std::iter::once(kind.to_owned()).chain(told).collect::<Vec<_>>().join(" ")
        }
        Value::String(text) => match text.split_once(" {") {
            Some((name, _)) => name.to_owned(),
            None => text.clone(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_begins_before_the_difference() {
        let text = "x".repeat(500) + "y" + &"z".repeat(500);
        let shown = window(&text, 500, false);
        assert!(shown.starts_with("… x") && shown.ends_with("z …") && shown.contains('y'));
        assert_eq!(shown.chars().count(), LENGTH + 4);
        assert_eq!(window(&text, 500, true), text);
        assert_eq!(window("short", 3, false), "short");
    }

    #[test]
    fn a_cell_is_short() {
        let value = serde_json::json!([
            "Output { a: 1 }",
            { "error": "service", "code": "Busy", "status": 503 },
            { "error": "timeout", "code": null, "status": null },
        ]);
        assert_eq!(short(&value), "Output; service Busy 503; timeout");
    }
}
