//! What `bench compile` found, and the table of it. It must not know how anything was measured.

use serde::Serialize;

use super::figure::{Figure, grouped, number, ratio};
use super::wrapper::Build;
use crate::machine::Machine;

/// The official crate and the generated one, measured in one run.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Report {
    /// The name of both packages.
    pub(crate) package: String,
    /// The official crate's version.
    pub(crate) version: String,
    /// The model's file name.
    pub(crate) model: String,
    /// How many operations the generated crate has.
    pub(crate) operations: usize,
    /// How many the service has, and the official crate with it.
    pub(crate) operations_of_service: usize,
    pub(crate) machine: Machine,
    pub(crate) official: Costs,
    pub(crate) generated: Costs,
}

/// What one of the crates costs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Costs {
    /// Lines of Rust that are neither blank nor a comment.
    pub(crate) lines: usize,
    pub(crate) dev: Builds,
    pub(crate) release: Builds,
}

/// The builds of one profile.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Builds {
    /// Cargo's only build from a clean target directory, with the dependencies.
    pub(crate) whole: Whole,
    /// The crate's own compilation, time and again.
    pub(crate) alone: Vec<Build>,
}

/// What one run of Cargo cost, the processes it started included.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Whole {
    pub(crate) wall_s: f64,
    /// Where the system tells.
    pub(crate) cpu_s: Option<f64>,
}

/// A number that is read off a measurement, where there is one, and its name.
type Measure<T> = (&'static str, fn(&T) -> Option<f64>);

const ALONE: [Measure<Build>; 5] = [
    ("wall time, s", |build| Some(build.wall_s)),
    ("CPU time, s", |build| Some(build.usage?.cpu_s)),
    ("peak memory, MiB", |build| Some(build.usage?.peak_bytes as f64 / f64::from(1 << 20))),
    ("rlib, MB", |build| Some(build.rlib_bytes as f64 / 1e6)),
    ("rmeta, MB", |build| Some(build.rmeta_bytes as f64 / 1e6)),
];

const WHOLE: [Measure<Whole>; 2] =
    [("wall time, s", |whole| Some(whole.wall_s)), ("CPU time, s", |whole| whole.cpu_s)];

/// The builds of a crate that a name stands for.
type Profile = (&'static str, fn(&Costs) -> &Builds);

const PROFILES: [Profile; 2] = [("dev", |costs| &costs.dev), ("release", |costs| &costs.release)];

/// A line of the table: what is measured, official, generated, ratio.
type Row = [String; 4];

impl Report {
    /// The table, in Markdown that can be read as it is.
    pub(crate) fn table(&self) -> String {
        let mut rows = vec![["", "official", "generated", "ratio"].map(str::to_owned)];
        rows.push(row("lines of code".to_owned(), self.both(|costs| Some(lines(costs)))));
        for (profile, builds) in PROFILES {
            for (name, value) in ALONE {
                let figures =
                    self.both(|costs| Figure::of(builds(costs).alone.iter().filter_map(value)));
                let cells =
                    figures.map(|figure| figure.map(|figure| (figure.median, figure.text())));
                rows.push(row(format!("{profile}: {name}"), cells));
            }
        }
        for (profile, builds) in PROFILES {
            for (name, value) in WHOLE {
                let cells = self.both(|costs| {
                    let value = value(&builds(costs).whole)?;
                    Some((value, number(value)))
                });
                rows.push(row(format!("{profile}, dependencies included: {name}"), cells));
            }
        }
        aligned(&rows)
    }

    fn both<T>(&self, of: impl Fn(&Costs) -> T) -> [T; 2] {
        [of(&self.official), of(&self.generated)]
    }

    /// What was compared, in words.
    pub(crate) fn subject(&self) -> String {
        let Report { package, version, model, operations, operations_of_service: all, .. } = self;
        let share = if operations == all {
            format!("with all {all} operations of `{model}`")
        } else {
            let plural = if *operations == 1 { "" } else { "s" };
            format!("with {operations} operation{plural} of the {all} in `{model}`")
        };
        let runs = self.official.dev.alone.len();
        let figures = if runs == 1 {
            "one run".to_owned()
        } else {
            format!("medians of {runs} runs (least–most)")
        };
        format!("`{package}` {version}, all of it, and the generated crate {share}; {figures}:")
    }

    /// Where and when, in words.
    pub(crate) fn circumstances(&self) -> String {
        let Machine { cores, rustc, host, date } = &self.machine;
        let plural = if *cores == 1 { "" } else { "s" };
        format!("On {date}, with {cores} core{plural}, rustc {rustc} for {host}.")
    }
}

fn lines(costs: &Costs) -> (f64, String) {
    (costs.lines as f64, grouped(costs.lines))
}

/// The line of two cells, which come with the values that their ratio is of.
fn row(name: String, cells: [Option<(f64, String)>; 2]) -> Row {
    let ratio = match &cells {
        [Some((official, _)), Some((generated, _))] => ratio(*official, *generated),
        _ => None,
    };
    let [official, generated] = cells.map(|cell| {
        cell.map_or_else(|| "not measured on this system".to_owned(), |(_, text)| text)
    });
    [name, official, generated, ratio.unwrap_or_default()]
}

/// A Markdown table; the first row is its head. Names are to the left, the rest is to the right.
pub(super) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or_default().max(3));
    let mut text = String::new();
    for (at, cells) in rows.iter().enumerate() {
        for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
            text.push_str(&match column {
                0 => format!("| {cell:<width$} |"),
                _ => format!(" {cell:>width$} |"),
            });
        }
        text.push('\n');
        if at == 0 {
            for (column, width) in widths.iter().enumerate() {
                let line = "-".repeat(width + 1);
                text.push_str(&if column == 0 {
                    format!("|:{line}|")
                } else {
                    format!("{line}:|")
                });
            }
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::Usage;

    fn costs(factor: f64) -> Costs {
        let build = |wall_s| Build {
            wall_s,
            usage: Some(Usage { cpu_s: wall_s * 2.0, peak_bytes: 3 << 30 }),
            rlib_bytes: (factor * 1.5e6) as u64,
            rmeta_bytes: 1_000_000,
        };
        let builds = Builds {
            whole: Whole { wall_s: factor * 40.0, cpu_s: None },
            alone: [1.0, 1.2, 1.1].map(|wall_s| build(wall_s * factor)).to_vec(),
        };
        Costs { lines: (factor * 1000.0) as usize, dev: builds.clone(), release: builds }
    }

    fn report() -> Report {
        Report {
            package: "aws-sdk-one".to_owned(),
            version: "1.2.3".to_owned(),
            model: "one.json".to_owned(),
            operations: 1,
            operations_of_service: 63,
            machine: Machine {
                cores: 2,
                rustc: "1.95.0".to_owned(),
                host: "x86_64-unknown-linux-gnu".to_owned(),
                date: "2026-01-31".to_owned(),
            },
            official: costs(10.0),
            generated: costs(1.0),
        }
    }

    #[test]
    fn the_table_has_a_row_for_each_measure() {
        let table = report().table();
        let squeezed: Vec<String> = table
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        for expected in [
            "| | official | generated | ratio |",
            "| lines of code | 10,000 | 1,000 | 10× |",
            "| dev: wall time, s | 11.0 (10.0–12.0) | 1.10 (1.00–1.20) | 10× |",
            "| release: CPU time, s | 22.0 (20.0–24.0) | 2.20 (2.00–2.40) | 10× |",
            "| dev: peak memory, MiB | 3,072 | 3,072 | 1.0× |",
            "| release: rlib, MB | 15.0 | 1.50 | 10× |",
            "| dev, dependencies included: wall time, s | 400 | 40.0 | 10× |",
            "| release, dependencies included: CPU time, s | not measured on this system \
             | not measured on this system | |",
        ] {
            assert!(squeezed.iter().any(|line| line == expected), "{expected}\n{table}");
        }
        let widths: Vec<usize> = table.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    }

    #[test]
    fn the_words_say_what_was_compared() {
        let mut report = report();
        assert_eq!(
            report.subject(),
            "`aws-sdk-one` 1.2.3, all of it, and the generated crate with 1 operation of the 63 in \
             `one.json`; medians of 3 runs (least–most):"
        );
        report.operations = 63;
        assert!(report.subject().contains("with all 63 operations of `one.json`"));
        assert_eq!(
            report.circumstances(),
            "On 2026-01-31, with 2 cores, rustc 1.95.0 for x86_64-unknown-linux-gnu."
        );
    }
}
