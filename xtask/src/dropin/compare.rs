//! What two transcripts of a program have in common, scenario by scenario. It must not know the programs.

use std::fs;
use std::path::Path;

use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Deserialize;
use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// An event of a scenario, as a line has it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
struct Line {
    scenario: String,
    event: String,
    value: Value,
}

/// An event of a scenario.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Event {
    pub(super) name: String,
    pub(super) value: Value,
}

/// What a program printed: its scenarios, in the order of their first events.
#[derive(Clone, Debug, Default)]
pub(super) struct Transcript {
    scenarios: Vec<(String, Vec<Event>)>,
}

impl Transcript {
    /// Reads what a program printed. Scenarios may have taken place at the same time.
    pub(super) fn read(text: &str) -> miette::Result<Self> {
        let mut scenarios: Vec<(String, Vec<Event>)> = Vec::new();
        for line in text.lines() {
            let read: Line = serde_json::from_str(line).into_diagnostic().wrap_err_with(|| {
                format!("a program printed something else than an event: {line}")
            })?;
            let event = Event { name: read.event, value: read.value };
            // It's most often the last one.
            match scenarios.iter_mut().rev().find(|(name, _)| *name == read.scenario) {
                Some((_, events)) => events.push(event),
                None => scenarios.push((read.scenario, vec![event])),
            }
        }
        if scenarios.is_empty() {
            return Err(miette!(help = "look at --filter", "there is no scenario to run"));
        }
        Ok(Self { scenarios })
    }

    fn take(&mut self, name: &str) -> Option<Vec<Event>> {
        let at = self.scenarios.iter().position(|(other, _)| other == name)?;
        Some(self.scenarios.remove(at).1)
    }
}

/// A text that generated crates have where official ones have another one, on purpose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Accepted {
    /// The program in which it is.
    pub(super) program: String,
    /// A part of the names of the scenarios in which it is.
    pub(super) scenario: String,
    /// What official crates have.
    pub(super) official: String,
    /// What generated crates have in its place.
    pub(super) generated: String,
    /// Why.
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    #[serde(default)]
    difference: Vec<Accepted>,
}

/// Reads the file with the differences that are there on purpose.
pub(super) fn accepted(path: &Path) -> miette::Result<Vec<Accepted>> {
    let text = fs::read_to_string(path).into_diagnostic();
    let read = text.and_then(|text| toml::from_str::<Differences>(&text).into_diagnostic());
    let read = read.wrap_err_with(|| format!("cannot read {}", path.display()))?.difference;
    match read.iter().find(|it| it.official.is_empty() || it.official == it.generated) {
        Some(wide) => Err(miette!(
            "in {}, `official` must be a text that differs from `generated`: {}",
            path.display(),
            wide.reason
        )),
        None => Ok(read),
    }
}

/// What became of a program's scenarios.
pub(super) struct Program {
    pub(super) name: String,
    pub(super) scenarios: Vec<Scenario>,
}

/// What became of a scenario.
pub(super) struct Scenario {
    pub(super) name: String,
    /// How many events it has with official crates.
    pub(super) events: usize,
    /// Where the crates differ, and not on purpose.
    pub(super) differences: Vec<Difference>,
    /// Which differences on purpose there are, by their position.
    pub(super) accepted: Vec<usize>,
    /// All of it, with the official crates and with ours.
    pub(super) both: [Vec<Event>; 2],
}

/// Events that the crates don't have in common.
pub(super) struct Difference {
    /// With official crates, if it is there.
    pub(super) expected: Option<Event>,
    /// With ours, if it is there.
    pub(super) found: Option<Event>,
}

impl Program {
    /// Compares a program's transcripts.
    pub(super) fn new(
        name: &str,
        official: Transcript,
        mut generated: Transcript,
        accepted: &[Accepted],
    ) -> Self {
        let mut scenarios = Vec::new();
        for (scenario, expected) in official.scenarios {
            let found = generated.take(&scenario).unwrap_or_default();
            let known = accepted.iter().enumerate();
            let known: Vec<_> = known
                .filter(|(_, it)| it.program == name && scenario.contains(&it.scenario))
                .collect();
            scenarios.push(compare(scenario, expected, found, &known));
        }
        // What only generated crates do is a difference as well.
        for (scenario, found) in generated.scenarios {
            scenarios.push(compare(scenario, Vec::new(), found, &[]));
        }
        Program { name: name.to_owned(), scenarios }
    }
}

fn compare(
    name: String,
    expected: Vec<Event>,
    found: Vec<Event>,
    known: &[(usize, &Accepted)],
) -> Scenario {
    let mut differences = Vec::new();
    let mut accepted = Vec::new();
    for op in capture_diff_slices(
        Algorithm::Myers,
        &expected.iter().map(key).collect::<Vec<_>>(),
        &found.iter().map(key).collect::<Vec<_>>(),
    ) {
        let (old, new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        for at in 0..old.len().max(new.len()) {
            let expected = expected[old.clone()].get(at).cloned();
            let found = found[new.clone()].get(at).cloned();
            if let (Some(expected), Some(found)) = (&expected, &found)
                && let Some(used) = on_purpose(expected, found, known)
            {
                accepted.extend(used);
                continue;
            }
            differences.push(Difference { expected, found });
        }
    }
    accepted.sort_unstable();
    accepted.dedup();
    Scenario { name, events: expected.len(), differences, accepted, both: [expected, found] }
}

fn key(event: &Event) -> String {
    format!("{}: {}", event.name, event.value)
}

/// Which differences on purpose make one event of the other, if some do.
fn on_purpose(expected: &Event, found: &Event, known: &[(usize, &Accepted)]) -> Option<Vec<usize>> {
    let mut text = key(expected);
    let mut used = Vec::new();
    for (at, Accepted { official, generated, .. }) in known {
        if text.contains(official) {
            text = text.replace(official, generated);
            used.push(*at);
        }
    }
    (text == key(found)).then_some(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript(lines: &[(&str, &str, &str)]) -> Transcript {
        let lines = lines.iter().map(|(scenario, event, value)| {
            serde_json::json!({ "scenario": scenario, "event": event, "value": value }).to_string()
        });
        Transcript::read(&lines.collect::<Vec<_>>().join("\n")).unwrap()
    }

    fn differences(
        official: &[(&str, &str, &str)],
        generated: &[(&str, &str, &str)],
        accepted: &[Accepted],
    ) -> Vec<usize> {
        let program = Program::new("p", transcript(official), transcript(generated), accepted);
        program.scenarios.iter().map(|scenario| scenario.differences.len()).collect()
    }

    #[test]
    fn scenarios_are_compared_event_by_event() {
        let one = [("a", "x", "1"), ("b", "x", "1"), ("a", "y", "2")];
        assert_eq!(differences(&one, &one, &[]), [0, 0]);
        assert_eq!(differences(&one, &[one[1], one[0], one[2]], &[]), [0, 0]);
        assert_eq!(differences(&one, &[one[0], one[1]], &[]), [1, 0]);
        assert_eq!(differences(&one, &[one[0], ("b", "x", "2"), one[2]], &[]), [0, 1]);
        assert_eq!(differences(&one[..1], &one[..2], &[]), [0, 1]);
        assert_eq!(differences(&one[..2], &one[..1], &[]), [0, 1]);
    }

    #[test]
    fn a_difference_on_purpose_is_about_a_text_of_a_scenario() {
        let known = |scenario: &str| Accepted {
            program: "p".to_owned(),
            scenario: scenario.to_owned(),
            official: ", new: None".to_owned(),
            generated: String::new(),
            reason: "newer".to_owned(),
        };
        let (official, generated) =
            ([("a", "x", "T { old: 1, new: None }")], [("a", "x", "T { old: 1 }")]);
        assert_eq!(differences(&official, &generated, &[]), [1]);
        assert_eq!(differences(&official, &generated, &[known("a")]), [0]);
        assert_eq!(differences(&official, &generated, &[known("b")]), [1]);
        assert_eq!(differences(&official, &[("a", "x", "T { old: 2 }")], &[known("a")]), [1]);
    }

    #[test]
    fn what_is_no_event_is_refused() {
        assert!(Transcript::read("hello").is_err());
        assert!(Transcript::read("").is_err());
    }
}
