//! A few services that stand for all. It must not know what makes a service hard.

use std::collections::BTreeSet;

use super::make::Made;

/// Crates that are chosen, by their positions.
pub(super) struct Sample {
    pub(super) chosen: Vec<usize>,
    /// What no chosen one has.
    pub(super) uncovered: BTreeSet<String>,
}

impl Sample {
    pub(super) fn text(&self, made: &[Made]) -> String {
        let names: Vec<&str> = self.chosen.iter().map(|at| made[*at].name.as_str()).collect();
        let mut text = format!("sample of {}: {}", names.len(), names.join(", "));
        if !self.uncovered.is_empty() {
            let uncovered: Vec<&str> = self.uncovered.iter().map(String::as_str).collect();
            text.push_str("\nnot in the sample: ");
            text.push_str(&uncovered.join(", "));
        }
        text
    }
}

/// Chooses so many crates: first those that have all hazards between them, small ones rather than large ones, then
/// others by a hash of their names, so that a new service changes little, and again no large ones while there are others.
pub(super) fn choose(made: &[Made], count: usize) -> Sample {
    let mut uncovered: BTreeSet<String> =
        made.iter().flat_map(|made| made.hazards.iter().cloned()).collect();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < count {
        let gain = |made: &Made| made.hazards.intersection(&uncovered).count();
        let worth = |made: &Made| gain(made) as f64 / (made.bytes as f64 + SMALL);
        let best = made.iter().enumerate().filter(|(_, made)| gain(made) > 0).max_by(|a, b| {
            let by_name = || b.1.name.cmp(&a.1.name);
            worth(a.1).total_cmp(&worth(b.1)).then_with(by_name)
        });
        let Some((best, made)) = best else { break };
        uncovered.retain(|hazard| !made.hazards.contains(hazard));
        chosen.push(best);
    }
    let mut others: Vec<usize> = (0..made.len()).filter(|at| !chosen.contains(at)).collect();
    let large = |at: usize| made[at].bytes as f64 > SMALL;
    others.sort_by_key(|at| (large(*at), hash(&made[*at].name), *at));
    let missing = count.saturating_sub(chosen.len());
    chosen.extend(others.into_iter().take(missing));
    chosen.sort_unstable();
    Sample { chosen, uncovered }
}

/// Below so many bytes a crate's size does not matter.
const SMALL: f64 = 500_000.0;

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(name: &str, bytes: usize, hazards: &[&str]) -> Made {
        Made {
            name: name.to_owned(),
            package: String::new(),
            protocol: String::new(),
            operations: 0,
            shapes: 0,
            files: 0,
            lines: 0,
            bytes,
            milliseconds: 0,
            sha256: String::new(),
            checked: None,
            hazards: hazards.iter().map(|hazard| (*hazard).to_owned()).collect(),
            dependency: String::new(),
        }
    }

    #[test]
    fn small_crates_that_have_everything_come_first() {
        let large = 9_000_000;
        let made = [
            made("large", large, &["a", "b"]),
            made("small", 10, &["a"]),
            made("other", 20, &["b"]),
            made("plain", 30, &[]),
            made("vast", 2 * large, &["c"]),
        ];
        let names = |count: usize| -> Vec<&str> {
            choose(&made, count).chosen.iter().map(|at| made[*at].name.as_str()).collect()
        };
        // What only a large crate has is no reason to leave it out.
        assert_eq!(names(3), ["small", "other", "vast"]);
        // Of the others a small one goes before a large one, whatever their names.
        assert_eq!(names(4), ["small", "other", "plain", "vast"]);
        assert_eq!(names(5).len(), 5);
        let sample = choose(&made, 2);
        assert_eq!(sample.uncovered.into_iter().collect::<Vec<_>>(), ["c"]);
    }
}
