//! The command line: reads arguments and environment, prints the table or the error, and turns the
//! outcome into an exit code. It must not know how the list is got.

#![forbid(unsafe_code)]

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;
use forecast_export_jobs::{
    Client, Endpoint, ListError, Query, Region, Signer, Transport, credentials, printable, table,
};

const NOTES: &str = "\
Credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for temporary ones,
AWS_SESSION_TOKEN. The table is printed once all pages are there, or not at all.

Examples:
  forecast-export-jobs --region eu-west-1 --status ACTIVE
  forecast-export-jobs --region us-east-1 --endpoint http://127.0.0.1:8080/

Exit codes: 0 done, 1 no list to be had, 2 wrong usage or no credentials.";

/// Lists the jobs that export Amazon Forecast forecasts to Amazon S3.
#[derive(Parser)]
#[command(version, after_help = NOTES)]
struct Arguments {
    /// The AWS region whose jobs to list
    #[arg(long, env = "AWS_REGION")]
    region: Region,

    /// Where to send the requests [default: https://forecast.REGION.amazonaws.com/]
    #[arg(long, value_name = "URL")]
    endpoint: Option<Endpoint>,

    /// List only jobs in this state, such as ACTIVE or CREATE_FAILED
    #[arg(long, value_name = "STATE")]
    status: Option<String>,

    /// List only jobs that export this forecast
    #[arg(long, value_name = "ARN")]
    forecast_arn: Option<String>,

    /// How many jobs to ask for at a time; all pages are listed, whatever their size
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..=100))]
    page_size: Option<i32>,
}

/// Why there is no table.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Setup(Box<dyn std::error::Error>),
    #[error("{0}")]
    List(ListError),
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(text) => print(&text),
        Err(failure) => {
            eprintln!("error: {}", printable(&failure.to_string()));
            ExitCode::from(match failure {
                Failure::Setup(_) => 2,
                Failure::List(_) => 1,
            })
        }
    }
}

fn run(arguments: Arguments) -> Result<String, Failure> {
    let Arguments { region, endpoint, status, forecast_arn, page_size } = arguments;
    let endpoint = match endpoint {
        Some(endpoint) => endpoint,
        None => Endpoint::of(&region).map_err(|error| Failure::Setup(error.into()))?,
    };
    let credentials = credentials(|name| std::env::var(name).ok())
        .map_err(|error| Failure::Setup(error.into()))?;
    let client = Client::new(endpoint, Signer::new(credentials, region), Transport::new());
    let jobs = client.jobs(&Query { status, forecast_arn, page_size }).map_err(Failure::List)?;
    Ok(table(&jobs))
}

/// A reader that goes away, such as `head`, has seen enough.
fn print(text: &str) -> ExitCode {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("error: the table can't be printed: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}
