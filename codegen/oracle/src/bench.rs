//! A bench: which messages there are, how often both codecs have their turn, and how long they take. It must not
//! know how a message is made or timed, nor which figures are good ones.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::fill::EnumsOf;
use crate::pair::AnyPair;
use crate::race::Race;

/// What a bench is asked to do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct BenchPlan {
    /// What is timed.
    pub subjects: Vec<Subject>,
    /// So often both codecs have their turn with each subject.
    pub rounds: usize,
    /// About so long a turn takes.
    pub milliseconds: u64,
}

/// Something that is timed.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Subject {
    /// The operation's name.
    pub operation: String,
    /// What is done.
    pub work: Work,
    /// About so long the body is, in bytes.
    pub size: usize,
}

/// What a codec does.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// It makes a request of an input.
    Serialize,
    /// It reads the output from a response.
    Parse,
}

/// How long both codecs take over a subject.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Timed {
    /// What was timed.
    pub subject: Subject,
    /// The length of the body, in bytes.
    pub length: usize,
    /// What the rounds gave.
    pub rounds: Vec<Round>,
}

/// How long one run takes, in nanoseconds: with the generated crate, and with the official one.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Round {
    /// All of it.
    pub whole: [f64; 2],
    /// The part of it that is the drop of a serializer's input.
    pub drop: [f64; 2],
}

/// Both codecs with a subject, and how many runs are a turn of each.
struct Match {
    race: Box<dyn Race>,
    runs: [usize; 2],
    timed: Timed,
}

/// Times all subjects. Turns are short, and after one with a subject comes one with the next: so a disturbance
/// from without meets both codecs, and no subject alone.
///
/// # Errors
/// If there is no such operation, its message can't be made so long, or the codecs disagree about it.
pub fn bench(
    pairs: &[&dyn AnyPair],
    enums: EnumsOf,
    plan: &BenchPlan,
) -> Result<Vec<Timed>, String> {
    let turn = Duration::from_millis(plan.milliseconds);
    let subjects = plan.subjects.iter().map(|subject| prepare(pairs, enums, subject, turn));
    let mut matches = subjects.collect::<Result<Vec<_>, _>>()?;
    for round in 0..plan.rounds {
        for Match { race, runs, timed } in &mut matches {
            // Who comes first finds other things in the cache than who comes second.
            let whole = if round % 2 == 0 {
                let ours = race.ours(runs[0]);
                [ours, race.theirs(runs[1])]
            } else {
                let theirs = race.theirs(runs[1]);
                [race.ours(runs[0]), theirs]
            };
            let drop = per_run(race.drops(*runs), *runs);
            timed.rounds.push(Round { whole: per_run(whole, *runs), drop });
        }
    }
    Ok(matches.into_iter().map(|found| found.timed).collect())
}

fn per_run(taken: [Duration; 2], runs: [usize; 2]) -> [f64; 2] {
    std::array::from_fn(|which| taken[which].as_nanos() as f64 / runs[which] as f64)
}

fn prepare(
    pairs: &[&dyn AnyPair],
    enums: EnumsOf,
    subject: &Subject,
    turn: Duration,
) -> Result<Match, String> {
    let Subject { operation, work, size } = subject;
    let pair = pairs.iter().find(|pair| pair.schema().name() == operation);
    let pair = pair.ok_or_else(|| format!("there is no operation {operation}"))?;
    let race = match work {
        Work::Serialize => pair.serializing(enums, *size),
        Work::Parse => pair.parsing(enums, *size),
    };
    let mut race = race.map_err(|why| format!("{operation}: {why}"))?;
    let runs = [runs(turn, |runs| race.ours(runs)), runs(turn, |runs| race.theirs(runs))];
    let timed = Timed { subject: subject.clone(), length: race.length(), rounds: Vec::new() };
    Ok(Match { race, runs, timed })
}

/// How many runs take about that long.
fn runs(turn: Duration, mut take: impl FnMut(usize) -> Duration) -> usize {
    let mut runs = 1;
    loop {
        let taken = take(runs);
        if taken * 2 >= turn {
            let per_run = taken.as_nanos() / runs as u128;
            return usize::try_from(turn.as_nanos() / per_run.max(1)).unwrap_or(runs).max(1);
        }
        runs *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_has_as_many_runs_as_fit() {
        let each = |nanos| move |runs: usize| Duration::from_nanos(nanos) * runs as u32;
        let turn = Duration::from_millis(4);
        assert_eq!(runs(turn, each(1_000)), 4_000);
        assert_eq!(runs(turn, each(3_000_000)), 1);
        assert_eq!(runs(turn, each(9_000_000)), 1);
    }
}
