//! What `bench compile` found, and the tables of it. It must not know how anything was measured.

use serde::Serialize;

use super::figure::{Figure, grouped, number, ratio};
use super::table::{self, aligned};
use super::wrapper::{Build, Whole};
use crate::machine::Machine;

/// All that was measured in one run of the command.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    /// How often each crate was compiled alone in each profile.
    pub(crate) runs: u16,
    /// Whether the generated crates have a client, as the official ones do.
    pub(crate) client: bool,
    pub(crate) comparisons: Vec<Comparison>,
}

/// An official crate and generated ones that take its place.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Comparison {
    /// The name of all packages.
    pub(crate) package: String,
    /// The official crate's version.
    pub(crate) version: String,
    /// The model's file name.
    pub(crate) model: String,
    /// How many operations the service has, and the official crate with it.
    pub(crate) operations_of_service: usize,
    pub(crate) official: Costs,
    pub(crate) generated: Vec<Generated>,
}

/// A generated crate.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Generated {
    /// How many operations it has.
    pub(crate) operations: usize,
    pub(crate) costs: Costs,
}

/// What one of the crates costs.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Costs {
    /// Lines of Rust that are neither blank nor a comment.
    pub(crate) lines: usize,
    pub(crate) check: Builds,
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

/// A number that is read off a measurement, where there is one, and its name.
pub(crate) type Measure<T> = (&'static str, fn(&T) -> Option<f64>);

pub(crate) const WALL: Measure<Build> = ("wall time, s", |build| Some(build.wall_s));
pub(crate) const MEMORY: Measure<Build> =
    ("peak memory, MiB", |build| Some(mebibytes(build.usage?.peak_bytes)));

const RLIB: &str = "rlib, MB";

const ALONE: [Measure<Build>; 5] = [
    WALL,
    ("CPU time, s", |build| Some(build.usage?.cpu_s)),
    MEMORY,
    (RLIB, |build| Some(build.rlib_bytes? as f64 / 1e6)),
    ("rmeta, MB", |build| Some(build.rmeta_bytes as f64 / 1e6)),
];

const WHOLE: [Measure<Whole>; 3] = [
    ("wall time, s", |whole| Some(whole.wall_s)),
    ("CPU time, s", |whole| Some(whole.usage?.cpu_s)),
    ("peak memory, MiB", |whole| Some(mebibytes(whole.usage?.peak_bytes))),
];

/// The builds of a crate that a name stands for.
type Profile = (&'static str, fn(&Costs) -> &Builds);

const PROFILES: [Profile; 3] = [
    ("check", |costs| &costs.check),
    ("dev", |costs| &costs.dev),
    ("release", |costs| &costs.release),
];

pub(crate) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// What repeated builds of one crate came to.
pub(crate) fn figure(builds: &Builds, measure: Measure<Build>) -> Option<Figure> {
    Figure::of(builds.alone.iter().filter_map(measure.1))
}

impl Report {
    /// What was compared, and its tables, in Markdown that can be read as it is.
    pub(crate) fn text(&self) -> String {
        let tables = match &self.comparisons[..] {
            [only] if only.generated.len() == 1 => {
                let generated = &only.generated[0];
                let subject = only.subject(generated, self);
                format!("{subject}\n\n{}", only.table(generated))
            }
            all => {
                let rows = all.iter().flat_map(Comparison::overview);
                let rows: Vec<_> = std::iter::once(overview_head()).chain(rows).collect();
                format!(
                    "Official crates, all of each, and generated ones{}, official → generated and the ratio; {}:\n\n{}",
                    self.with_client(),
                    self.figures(false),
                    aligned(&rows)
                )
            }
        };
        format!("{tables}\n{}", self.machine.text())
    }

    fn with_client(&self) -> &'static str {
        if self.client { " with a client" } else { " without a client" }
    }

    fn figures(&self, with_ranges: bool) -> String {
        match self.runs {
            1 => "one run".to_owned(),
            runs if with_ranges => format!("medians of {runs} runs (least–most)"),
            runs => format!("medians of {runs} runs"),
        }
    }
}

impl Comparison {
    /// Everything, a row a measure.
    fn table(&self, generated: &Generated) -> String {
        let both = [&self.official, &generated.costs];
        let mut rows = vec![["", "official", "generated", "ratio"].map(str::to_owned)];
        let lines = both.map(|costs| Some((costs.lines as f64, grouped(costs.lines))));
        rows.push(table::row("lines of code".to_owned(), lines));
        for (profile, builds) in PROFILES {
            for measure in ALONE {
                let figures = both.map(|costs| figure(builds(costs), measure));
                // A check makes no library: that is no gap.
                if profile != "check" || measure.0 != RLIB {
                    let cells = figures.map(|it| it.map(|figure| (figure.median, figure.text())));
                    rows.push(table::row(format!("{profile}: {}", measure.0), cells));
                }
            }
        }
        for (profile, builds) in PROFILES {
            for (name, value) in WHOLE {
                let cells = both.map(|costs| {
                    let value = value(&builds(costs).whole)?;
                    Some((value, number(value)))
                });
                rows.push(table::row(format!("{profile}, dependencies included: {name}"), cells));
            }
        }
        aligned(&rows)
    }

    /// A row a crate and profile.
    fn overview(&self) -> Vec<[String; 7]> {
        let mut rows = Vec::new();
        for generated in &self.generated {
            for (profile, builds) in PROFILES {
                let (official, ours) = (builds(&self.official), builds(&generated.costs));
                let name = format!("{}: {profile}", self.name(generated));
                let alone = ALONE.map(|measure| {
                    arrow([official, ours].map(|it| Some(figure(it, measure)?.median)))
                });
                let whole = arrow([official, ours].map(|it| Some(it.whole.wall_s)));
                let mut cells = [name].into_iter().chain(alone).chain([whole]);
                rows.push(std::array::from_fn(|_| cells.next().unwrap_or_default()));
            }
        }
        rows
    }

    /// The service and, if not all are there, how many operations.
    pub(crate) fn name(&self, generated: &Generated) -> String {
        let service = self.package.trim_start_matches("aws-sdk-");
        let all = self.operations_of_service;
        match generated.operations {
            some if some == all => format!("{service}, all {all} operations"),
            some => format!("{service}, {some} of {all} operations"),
        }
    }

    /// What was compared, in words.
    fn subject(&self, generated: &Generated, report: &Report) -> String {
        let Comparison { package, version, model, operations_of_service: all, .. } = self;
        let operations = generated.operations;
        let share = if operations == *all {
            format!("with all {all} operations of `{model}`")
        } else {
            let plural = if operations == 1 { "" } else { "s" };
            format!("with {operations} operation{plural} of the {all} in `{model}`")
        };
        format!(
            "`{package}` {version}, all of it, and the generated crate{} {share}; {}:",
            if report.client { "" } else { " without a client," },
            report.figures(true)
        )
    }
}

fn overview_head() -> [String; 7] {
    let names = ALONE.map(|(name, _)| name);
    let mut cells = [""].into_iter().chain(names).chain(["with dependencies: wall time, s"]);
    std::array::from_fn(|_| cells.next().unwrap_or_default().to_owned())
}

/// Both values, and how many times the one is the other.
fn arrow(values: [Option<f64>; 2]) -> String {
    let [Some(official), Some(generated)] = values else { return "–".to_owned() };
    let ratio = ratio(official, generated).unwrap_or_default();
    format!("{} → {}, {ratio}", number(official), number(generated))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::Usage;

    fn costs(factor: f64) -> Costs {
        let build = |wall_s| Build {
            wall_s,
            usage: Some(Usage { cpu_s: wall_s * 2.0, peak_bytes: 3 << 30 }),
            rlib_bytes: Some((factor * 1.5e6) as u64),
            rmeta_bytes: 1_000_000,
        };
        let builds = Builds {
            whole: Whole { wall_s: factor * 40.0, usage: None },
            alone: [1.0, 1.2, 1.1].map(|wall_s| build(wall_s * factor)).to_vec(),
        };
        let mut check = builds.clone();
        check.alone.iter_mut().for_each(|build| build.rlib_bytes = None);
        Costs { lines: (factor * 1000.0) as usize, check, dev: builds.clone(), release: builds }
    }

    fn report() -> Report {
        Report {
            machine: Machine {
                cores: 2,
                rustc: "1.95.0".to_owned(),
                host: "x86_64-unknown-linux-gnu".to_owned(),
                date: "2026-01-31".to_owned(),
            },
            runs: 3,
            client: true,
            comparisons: vec![Comparison {
                package: "aws-sdk-one".to_owned(),
                version: "1.2.3".to_owned(),
                model: "one.json".to_owned(),
                operations_of_service: 63,
                official: costs(10.0),
                generated: vec![Generated { operations: 1, costs: costs(1.0) }],
            }],
        }
    }

    fn squeezed(text: &str) -> Vec<String> {
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        text.lines().map(words).collect()
    }

    #[test]
    fn the_table_has_a_row_for_each_measure() {
        let text = report().text();
        let lines = squeezed(&text);
        for expected in [
            "| | official | generated | ratio |",
            "| lines of code | 10,000 | 1,000 | 10× |",
            "| check: wall time, s | 11.0 (10.0–12.0) | 1.10 (1.00–1.20) | 10× |",
            "| dev: wall time, s | 11.0 (10.0–12.0) | 1.10 (1.00–1.20) | 10× |",
            "| release: CPU time, s | 22.0 (20.0–24.0) | 2.20 (2.00–2.40) | 10× |",
            "| dev: peak memory, MiB | 3,072 | 3,072 | 1.0× |",
            "| release: rlib, MB | 15.0 | 1.50 | 10× |",
            "| dev, dependencies included: wall time, s | 400 | 40.0 | 10× |",
            "| release, dependencies included: CPU time, s | not measured on this system \
             | not measured on this system | |",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{expected}\n{text}");
        }
        assert!(!text.contains("check: rlib"), "{text}");
        let table = text.lines().filter(|line| line.starts_with('|'));
        let widths: Vec<usize> = table.map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{text}");
    }

    #[test]
    fn several_crates_have_a_row_for_each_profile() {
        let mut report = report();
        let all = Generated { operations: 63, costs: costs(2.0) };
        report.comparisons[0].generated.insert(0, all);
        let text = report.text();
        let lines = squeezed(&text);
        let sizes =
            "| 3,072 → 3,072, 1.0× | 15.0 → 1.50, 10× | 1.00 → 1.00, 1.0× | 400 → 40.0, 10× |";
        for expected in [
            &format!(
                "| one, 1 of 63 operations: dev | 11.0 → 1.10, 10× | 22.0 → 2.20, 10× {sizes}"
            ),
            "| one, all 63 operations: check | 11.0 → 2.20, 5.0× | 22.0 → 4.40, 5.0× \
             | 3,072 → 3,072, 1.0× | – | 1.00 → 1.00, 1.0× | 400 → 80.0, 5.0× |",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{expected}\n{text}");
        }
        assert!(
            lines[0]
                .ends_with("with a client, official → generated and the ratio; medians of 3 runs:"),
            "{text}"
        );
    }

    #[test]
    fn the_words_say_what_was_compared() {
        let mut report = report();
        let text = report.text();
        assert!(text.starts_with(
            "`aws-sdk-one` 1.2.3, all of it, and the generated crate with 1 operation of the 63 in \
             `one.json`; medians of 3 runs (least–most):\n"
        ));
        assert!(
            text.ends_with(
                "On 2026-01-31, with 2 cores, rustc 1.95.0 for x86_64-unknown-linux-gnu."
            )
        );
        report.client = false;
        report.runs = 1;
        report.comparisons[0].generated[0].operations = 63;
        let expected = "crate without a client, with all 63 operations of `one.json`; one run:";
        assert!(report.text().contains(expected), "{}", report.text());
    }
}
