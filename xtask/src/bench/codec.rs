//! `bench codec`: what our serializers and parsers take over messages of all sizes, and what the official ones do.
//! It must not know how a message is made or timed, nor how the programs are built.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Serialize;
use tinsmith_oracle::{BenchPlan, Round, Subject, Timed, Work};

use super::figure::{Figure, number};
use super::page;
use super::table::aligned;
use crate::machine::Machine;
use crate::oracle::program::{Profile, Programs};
use crate::oracle::services::{SERVICES, Service};
use crate::screen::{Screen, Style, tell};
use crate::{Outcome, workspace};

/// Where the programs are made, below `target/`.
const FOLDER: &str = "bench/codec";

/// Where the figures go unless it is said, in the workspace.
const FIGURES: &str = "target/bench/codec.json";

/// What the page calls this measurement.
const PART: &str = "codec";

/// How often both codecs have their turn unless it is said.
const ROUNDS: &str = "41";

/// About so long a turn takes.
const TURN_MS: u64 = 5;

const SIZES: [&str; 3] = ["1KB", "40KB", "1MB"];

const EXAMPLES: &str = "\
Examples:
  All protocols, and whether they are as fast as they must be:
    cargo xtask bench codec --models ../shared/models --check
  One of them, with a message of 200 KB:
    cargo xtask bench codec --models ../shared/models --protocol restXml --size 200KB

A message is made from the model: its lists grow until the body has the size, 1 KB being 1,000
bytes. Both crates must say the same in it before they are timed. They then have their turns one
after the other, and the ratio is the median of each round's, so that what else the machine does
meets both. Inputs are made before the clock is started, results are dropped after it has stopped.
The official serializer drops its input; what that takes is measured apart, for both crates, and
no part of the ratio: 20.5 + 3.00 are 20.5 µs of serializing, and 3 of dropping the input.

The official crates come from the registry; everything is made below target/bench/codec.

Exit codes: 0 done, 1 with --check: some figure is below its floor, 2 wrong usage or input.";

/// What is timed of a protocol: an operation of a service whose input can be long, and one whose output can.
struct Example {
    protocol: &'static str,
    service: &'static str,
    /// The operation that is serialized, and the one that is parsed.
    operations: [&'static str; 2],
}

static EXAMPLE_OF_EACH: [Example; 5] = [
    Example {
        protocol: "awsJson1_0",
        service: "dynamodb",
        operations: ["TransactWriteItems", "Query"],
    },
    Example {
        protocol: "restJson1",
        service: "lambda",
        operations: ["CreateEventSourceMapping", "ListFunctions"],
    },
    Example {
        protocol: "restXml",
        service: "route53",
        operations: ["ChangeResourceRecordSets", "ListResourceRecordSets"],
    },
    Example {
        protocol: "awsQuery",
        service: "iam",
        operations: ["SimulateCustomPolicy", "GetAccountAuthorizationDetails"],
    },
    Example {
        protocol: "rpcv2Cbor",
        service: "arc-region-switch",
        operations: ["CreatePlan", "GetPlanExecution"],
    },
];

const WORKS: [Work; 2] = [Work::Serialize, Work::Parse];

/// How many times as fast as the official codec ours must be.
fn floor(work: Work) -> f64 {
    match work {
        Work::Serialize => 1.5,
        Work::Parse => 2.0,
    }
}

/// Times the serializers and parsers of both crates of a service, for each protocol, in turn.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The folder with the services' models.
    #[arg(long, value_name = "DIR")]
    models: PathBuf,
    /// The protocols [default: all of them].
    #[arg(long, value_name = "NAME", num_args = 1.., value_parser = protocols())]
    protocol: Vec<String>,
    /// About so long the bodies are.
    #[arg(long, value_name = "SIZE", num_args = 1.., default_values = SIZES, value_parser = size)]
    size: Vec<usize>,
    /// How often both codecs have their turn with each message.
    #[arg(long, value_name = "N", default_value = ROUNDS, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// Fails where a figure is below its floor: 2 for parsers, 1.5 for serializers.
    #[arg(long)]
    check: bool,
    /// The page to write the table to, between its markers; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// The file to write every single measurement to [default: target/bench/codec.json].
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

fn protocols() -> PossibleValuesParser {
    PossibleValuesParser::new(EXAMPLE_OF_EACH.iter().map(|example| example.protocol))
}

/// `40KB` as 40,000.
fn size(text: &str) -> Result<usize, String> {
    let units = [("MB", 1_000_000), ("KB", 1_000)];
    let parts = units.iter().find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, bytes)));
    let count = parts.and_then(|(digits, unit)| digits.parse::<usize>().ok()?.checked_mul(*unit));
    match count {
        Some(bytes @ 1_000..=100_000_000) => Ok(bytes),
        _ => Err("a size is a number with KB or MB, from 1KB to 100MB".to_owned()),
    }
}

/// `40KB` for 40,000.
fn size_text(bytes: usize) -> String {
    match bytes {
        _ if bytes.is_multiple_of(1_000_000) => format!("{}MB", bytes / 1_000_000),
        _ => format!("{}KB", bytes / 1_000),
    }
}

/// All that was measured.
#[derive(Debug, Serialize)]
struct Report {
    machine: Machine,
    rows: Vec<Row>,
}

/// Both codecs with one message.
#[derive(Debug, Serialize)]
struct Row {
    protocol: &'static str,
    package: &'static str,
    version: &'static str,
    #[serde(flatten)]
    timed: Timed,
    /// The median of the rounds' ratios: the official codec's time by ours, without drops.
    ratio: f64,
    floor: f64,
}

pub(crate) fn run(args: &Args, screen: &mut Screen) -> miette::Result<Outcome> {
    if let Some(path) = &args.write {
        page::updated(path, PART, "")?;
    }
    let examples: Vec<_> = EXAMPLE_OF_EACH
        .iter()
        .filter(|example| {
            args.protocol.is_empty() || args.protocol.iter().any(|name| name == example.protocol)
        })
        .map(|example| Ok((example, service(example)?)))
        .collect::<miette::Result<_>>()?;
    let programs = Programs::new(FOLDER, Profile::Release, "tinsmith_oracle::time")?;
    let services: Vec<&Service> = examples.iter().map(|(_, service)| service).collect();
    programs.make(&services, &args.models)?;
    let mut report = Report { machine: Machine::here_and_now()?, rows: Vec::new() };
    for (example, service) in &examples {
        tell(format_args!("time {} with {}", example.protocol, service.package));
        report.rows.extend(time(example, service, &programs, args)?);
    }
    let text = report.text(args);
    screen.line(text.trim_end());
    if let Some(path) = &args.write {
        page::write(path, PART, &text)?;
    }
    let json = serde_json::to_string_pretty(&report).into_diagnostic()?;
    let path = match &args.json {
        Some(path) => path.clone(),
        None => workspace::root()?.join(FIGURES),
    };
    page::write_whole(&path, &format!("{json}\n"))?;
    Ok(if args.check { check(&report, screen) } else { Outcome::Done })
}

/// The service of an example, with its operations alone.
fn service(example: &'static Example) -> miette::Result<Service> {
    let service = SERVICES.iter().find(|service| service.name == example.service);
    let service = service.ok_or_else(|| miette!("there is no service {}", example.service))?;
    Ok(Service { operations: &example.operations, without: &[], ..*service })
}

fn time(
    example: &Example,
    service: &Service,
    programs: &Programs,
    args: &Args,
) -> miette::Result<Vec<Row>> {
    let works = WORKS.iter().zip(example.operations);
    let subjects = works.flat_map(|(work, operation)| {
        let subject =
            |size: &usize| Subject { operation: operation.to_owned(), work: *work, size: *size };
        args.size.iter().map(subject).collect::<Vec<_>>()
    });
    let plan = BenchPlan {
        subjects: subjects.collect(),
        rounds: args.rounds.into(),
        milliseconds: TURN_MS,
    };
    let printed = programs.start(service, &serde_json::to_string(&plan).into_diagnostic()?)?;
    let timed: Vec<Timed> = serde_json::from_slice(&printed)
        .into_diagnostic()
        .wrap_err("the program printed something else than what it timed")?;
    let row = |timed: Timed| {
        let ratio = ratios(&timed).ok_or_else(|| miette!("the program timed nothing"))?.median;
        Ok(Row {
            protocol: example.protocol,
            package: service.package,
            version: service.version,
            floor: floor(timed.subject.work),
            ratio,
            timed,
        })
    };
    timed.into_iter().map(row).collect()
}

/// What the codecs take, without the drop of what they are given.
fn codec(Round { whole, drop }: &Round) -> [f64; 2] {
    std::array::from_fn(|which| whole[which] - drop[which])
}

fn ratios(timed: &Timed) -> Option<Figure> {
    Figure::of_middle(timed.rounds.iter().map(|round| {
        let [ours, theirs] = codec(round);
        theirs / ours
    }))
}

/// Says which figures are below their floors.
fn check(report: &Report, screen: &mut Screen) -> Outcome {
    let below: Vec<&Row> = report.rows.iter().filter(|row| row.ratio < row.floor).collect();
    for row in &below {
        let below = screen.paint(Style::Red, "below its floor");
        let (work, size) = (work(row.timed.subject.work), size_text(row.timed.subject.size));
        screen.line(format_args!(
            "{below}: {} {work} {size}, {:.2}× of {:.1}×",
            row.protocol, row.ratio, row.floor
        ));
    }
    if below.is_empty() { Outcome::Done } else { Outcome::Differences }
}

fn work(work: Work) -> &'static str {
    match work {
        Work::Serialize => "serialize",
        Work::Parse => "parse",
    }
}

impl Report {
    /// The table with what must be known of it.
    fn text(&self, args: &Args) -> String {
        let Machine { cores, rustc, host, date } = &self.machine;
        let plural = if *cores == 1 { "" } else { "s" };
        format!(
            "Medians of {} rounds, in µs a message, and what the drop of the input takes beside that; the ratio is the\n\
             median of each round's, the official codec's time by ours, with the middle half of them:\n\n{}\n\
             On {date}, with {cores} core{plural}, rustc {rustc} for {host}, release profile.\nMade by `{}`.\n",
            args.rounds,
            self.table(),
            command_line(args),
        )
    }

    fn table(&self) -> String {
        let head = ["", "body, bytes", "official", "generated", "ratio"].map(str::to_owned);
        let rows = self.rows.iter().map(Row::cells);
        aligned(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
    }
}

impl Row {
    fn cells(&self) -> [String; 5] {
        let Timed { subject, length, rounds } = &self.timed;
        let name = format!("{}: {} {}", self.protocol, work(subject.work), subject.operation);
        let median = |values: &dyn Fn(&Round) -> f64| {
            Figure::of(rounds.iter().map(values)).map_or(0.0, |figure| figure.median)
        };
        let micros = |which: usize| {
            let codec = number(median(&|round| codec(round)[which]) / 1000.0);
            match median(&|round| round.drop[which]) {
                0.0 => codec,
                drop => format!("{codec} + {}", number(drop / 1000.0)),
            }
        };
        let ratio = ratios(&self.timed)
            .map(|ratio| format!("{:.2}× ({:.2}–{:.2})", ratio.median, ratio.least, ratio.most));
        let length = super::figure::grouped(*length);
        [name, length, micros(1), micros(0), ratio.unwrap_or_default()]
    }
}

/// What to type to measure the same again, on any machine.
fn command_line(args: &Args) -> String {
    // An absolute path says more about this machine than about the measurement.
    let path = |path: &Path| match path.file_name().filter(|_| path.is_absolute()) {
        Some(name) => name.to_string_lossy().into_owned(),
        None => workspace::with_slashes(path),
    };
    let mut command = format!("cargo xtask bench codec --models {}", path(&args.models));
    let mut add = |option: &str, values: &str| {
        command.push_str(&format!(" {option} {values}"));
    };
    if !args.protocol.is_empty() {
        add("--protocol", &args.protocol.join(" "));
    }
    let sizes: Vec<String> = args.size.iter().map(|size| size_text(*size)).collect();
    if sizes != SIZES {
        add("--size", &sizes.join(" "));
    }
    let rounds = args.rounds.to_string();
    if rounds != ROUNDS {
        add("--rounds", &rounds);
    }
    if let Some(page) = &args.write {
        add("--write", &path(page));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(rest: &[&str]) -> Result<Args, clap::Error> {
        use clap::{Args as _, FromArgMatches};
        let command = Args::augment_args(clap::Command::new("codec"));
        let matches = command.try_get_matches_from([&["codec"], rest].concat())?;
        Args::from_arg_matches(&matches)
    }

    #[test]
    fn sizes_have_a_unit() {
        for (text, bytes) in [("1KB", 1_000), ("40KB", 40_000), ("1MB", 1_000_000)] {
            assert_eq!(size(text), Ok(bytes));
            assert_eq!(size_text(bytes), text);
        }
        for wrong in ["", "1", "KB", "0KB", "-1KB", "1.5MB", "1KBKB", "1MBMB", "1KBMB", "101MB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_command_is_one_that_others_can_type() {
        let line = |rest: &[&str]| command_line(&args(rest).unwrap());
        assert_eq!(line(&["--models", "m"]), "cargo xtask bench codec --models m");
        let rest = ["--protocol", "restXml", "awsQuery", "--size", "2MB", "--rounds", "5"];
        let with_models = [&rest[..], &["--models", "m"]].concat();
        let expected = format!("cargo xtask bench codec --models m {}", rest.join(" "));
        assert_eq!(line(&with_models), expected);
        assert!(args(&["--models", "m", "--protocol", "soap"]).is_err());
    }

    #[test]
    fn every_example_has_its_service() {
        for example in &EXAMPLE_OF_EACH {
            assert_eq!(service(example).unwrap().operations, example.operations);
        }
    }

    #[test]
    fn a_row_shows_the_median_of_the_ratios() {
        let timed = Timed {
            subject: Subject { operation: "One".to_owned(), work: Work::Parse, size: 1_000 },
            length: 1_012,
            rounds: [[1_100.0, 2_500.0], [2_100.0, 5_500.0], [1_100.0, 9_500.0]]
                .map(|whole| Round { whole, drop: [100.0, 500.0] })
                .to_vec(),
        };
        let row = Row {
            protocol: "restXml",
            package: "aws-sdk-one",
            version: "1.0.0",
            ratio: ratios(&timed).unwrap().median,
            floor: floor(Work::Parse),
            timed,
        };
        let expected =
            ["restXml: parse One", "1,012", "5.00 + 0.50", "1.00 + 0.10", "2.50× (2.00–9.00)"];
        assert_eq!(row.cells(), expected);
    }
}
