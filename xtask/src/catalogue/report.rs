//! What came of the catalogue: a summary to read, and all of it as JSON. It must not know how it was found out.

use std::collections::BTreeMap;
use std::path::Path;

use miette::IntoDiagnostic;
use serde::Serialize;

use super::make::Made;
use crate::bench::figure::grouped;
use crate::bench::page;
use crate::bench::table::aligned;
use crate::machine::Machine;
use crate::usage::Usage;

/// What is wrong with a service.
#[derive(Debug, Serialize)]
pub(super) struct Failure {
    pub(super) service: String,
    pub(super) message: String,
}

/// All services together.
#[derive(Debug, Serialize)]
pub(super) struct Totals {
    services: usize,
    failures: usize,
    operations: usize,
    shapes: usize,
    files: usize,
    lines: usize,
    bytes: usize,
    /// Of generation, from the first model to the last file.
    seconds: f64,
    /// Of this process: CPU time and the most memory, where the system tells.
    usage: Option<Usage>,
}

/// The report.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    models: String,
    machine: Machine,
    totals: Totals,
    services: Vec<Made>,
    failures: Vec<Failure>,
}

impl Totals {
    pub(super) fn of(made: &[Made], failures: usize, seconds: f64, usage: Option<Usage>) -> Self {
        let sum = |of: fn(&Made) -> usize| made.iter().map(of).sum();
        Totals {
            services: made.len(),
            failures,
            operations: sum(|made| made.operations),
            shapes: sum(|made| made.shapes),
            files: sum(|made| made.files),
            lines: sum(|made| made.lines),
            bytes: sum(|made| made.bytes),
            seconds,
            usage,
        }
    }

    /// In a line or two.
    pub(super) fn text(&self, checked_names: bool) -> String {
        let memory = self.usage.map_or(String::new(), |usage| {
            format!(", {:.0} MiB at most", usage.peak_bytes as f64 / f64::from(1 << 20))
        });
        let names = match (checked_names, self.failures) {
            (true, 0) => "\nnames are sound, and a second generation gives the same bytes",
            _ => "",
        };
        format!(
            "{} services generated, {} failures: {} operations, {} shapes, {} files, {} lines of code, \
             {:.1} MB in {:.1} s{memory}{names}",
            self.services,
            self.failures,
            grouped(self.operations),
            grouped(self.shapes),
            grouped(self.files),
            grouped(self.lines),
            self.bytes as f64 / 1e6,
            self.seconds,
        )
    }
}

impl Report {
    pub(super) fn new(
        models: String,
        machine: Machine,
        totals: Totals,
        services: Vec<Made>,
        failures: Vec<Failure>,
    ) -> Self {
        Report { models, machine, totals, services, failures }
    }

    /// The services of each protocol, and all of them, as a table for the page of measurements.
    pub(super) fn put(&self, page: &Path, command: &str) -> miette::Result<()> {
        let mut protocols: BTreeMap<&str, Vec<&Made>> = BTreeMap::new();
        for made in &self.services {
            protocols.entry(&made.protocol).or_default().push(made);
        }
        let head = [
            "",
            "services",
            "operations",
            "shapes",
            "files",
            "lines of code",
            "MB",
            "type-checked",
        ];
        let mut rows = vec![head.map(str::to_owned)];
        rows.extend(protocols.iter().map(|(protocol, made)| row(&format!("`{protocol}`"), made)));
        rows.push(row("all", &self.services.iter().collect::<Vec<_>>()));
        let memory = self.totals.usage.map_or(String::new(), |usage| {
            format!(
                ", with at most {:.0} MiB of memory",
                usage.peak_bytes as f64 / f64::from(1 << 20)
            )
        });
        let body = format!(
            "{}\n{} failures. Generation took {:.1} s{memory}.\n\n{}\nMade by `{command}`.",
            aligned(&rows),
            self.failures.len(),
            self.totals.seconds,
            self.machine.text(),
        );
        page::write(page, "catalogue", &body)
    }

    pub(super) fn write(&self, path: &Path) -> miette::Result<()> {
        let json = serde_json::to_string_pretty(self).into_diagnostic()?;
        page::write_whole(path, &format!("{json}\n"))
    }
}

fn row(name: &str, made: &[&Made]) -> [String; 8] {
    let sum = |of: fn(&Made) -> usize| made.iter().map(|made| of(made)).sum();
    let passed = made.iter().filter(|made| made.checked == Some(true)).count();
    [
        name.to_owned(),
        grouped(made.len()),
        grouped(sum(|made| made.operations)),
        grouped(sum(|made| made.shapes)),
        grouped(sum(|made| made.files)),
        grouped(sum(|made| made.lines)),
        format!("{:.1}", sum(|made| made.bytes) as f64 / 1e6),
        grouped(passed),
    ]
}
