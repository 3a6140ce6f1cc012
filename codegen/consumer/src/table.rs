//! The table of jobs, in text. It must not know where the jobs come from or where the text goes.

use aws_sdk_forecast::primitives::{DateTime, DateTimeFormat};
use aws_sdk_forecast::types::ForecastExportJobSummary;

use crate::printable::printable;

const HEAD: [&str; 4] = ["NAME", "STATUS", "CREATED", "DESTINATION"];

/// What stands for a value that isn't there.
const ABSENT: &str = "-";

/// A line for the columns' names and a line for each job; columns are aligned, two blanks apart.
#[must_use]
pub fn table(jobs: &[ForecastExportJobSummary]) -> String {
    let rows: Vec<_> =
        std::iter::once(HEAD.map(str::to_owned)).chain(jobs.iter().map(row)).collect();
    let mut widths = [0; HEAD.len()];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn row(job: &ForecastExportJobSummary) -> [String; HEAD.len()] {
    let destination = job.destination().and_then(|destination| destination.s3_config());
    [
        cell(job.forecast_export_job_name()),
        cell(job.status()),
        cell(job.creation_time().map(time).as_deref()),
        cell(destination.map(|config| config.path())),
    ]
}

fn time(time: &DateTime) -> String {
    // A time beyond the year 9999 has no text of this format.
    time.fmt(DateTimeFormat::DateTime).unwrap_or_else(|_| time.secs().to_string())
}

fn cell(value: Option<&str>) -> String {
    printable(value.filter(|value| !value.is_empty()).unwrap_or(ABSENT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_jobs_are_a_head_alone() {
        assert_eq!(table(&[]), "NAME  STATUS  CREATED  DESTINATION\n");
    }

    #[test]
    fn cells_hold_anything() {
        let jobs = [
            ForecastExportJobSummary::builder()
                .forecast_export_job_name("\u{1b}[2Jü\n")
                .status("")
                .creation_time(DateTime::from_secs_f64(1_577_836_800.25))
                .build(),
            ForecastExportJobSummary::builder()
                .creation_time(DateTime::from_secs(i64::MAX))
                .build(),
        ];
        assert_eq!(
            table(&jobs),
            "NAME          STATUS  CREATED                  DESTINATION\n\
             \\u{1b}[2Jü\\n  -       2020-01-01T00:00:00.25Z  -\n\
             -             -       9223372036854775807      -\n"
        );
    }
}
