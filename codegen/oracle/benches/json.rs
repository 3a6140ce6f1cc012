//! Parsing and serializing the seed operation: the generated crate beside the official one and a
//! `serde_json` derive, in one run. The ratios count, not the times.

#![allow(missing_docs, reason = "criterion's macros make items without documentation")]
#![allow(clippy::unwrap_used, reason = "a bench that fails has nothing to measure")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use generated::operation::Operation;
use generated::operation::list_forecast_export_jobs as ours;
use official::operation::list_forecast_export_jobs as theirs;
use tinsmith_oracle::{Official, official_response};

/// The peer that knows nothing but JSON.
mod derived {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(super) struct Output {
        pub(super) forecast_export_jobs: Option<Vec<Job>>,
        pub(super) next_token: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    #[expect(dead_code, reason = "parsed, not read")]
    pub(super) struct Job {
        forecast_export_job_arn: Option<String>,
        forecast_export_job_name: Option<String>,
        destination: Option<Destination>,
        status: Option<String>,
        message: Option<String>,
        creation_time: Option<f64>,
        last_modification_time: Option<f64>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "parsed, not read")]
    struct Destination {
        #[serde(rename = "S3Config")]
        s3_config: Option<S3Config>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    #[expect(dead_code, reason = "parsed, not read")]
    struct S3Config {
        path: Option<String>,
        role_arn: Option<String>,
        #[serde(rename = "KMSKeyArn")]
        kms_key_arn: Option<String>,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(super) struct Input {
        pub(super) next_token: Option<String>,
        pub(super) max_results: Option<i32>,
        pub(super) filters: Vec<Filter>,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(super) struct Filter {
        pub(super) key: String,
        pub(super) value: String,
        pub(super) condition: String,
    }
}

/// A response of so many jobs, as the service writes it: 42 KB for a hundred.
fn body(jobs: usize) -> String {
    let jobs: Vec<String> = (0..jobs)
        .map(|i| {
            format!(
                r#"{{"CreationTime":169{i:07}.{:03},"Destination":{{"S3Config":{{"KMSKeyArn":"arn:aws:kms:eu-west-1:123456789012:key/0f5c{i:04}","Path":"s3://forecasts/exports/daily/{i}","RoleArn":"arn:aws:iam::123456789012:role/ForecastExport"}}}},"ForecastExportJobArn":"arn:aws:forecast:eu-west-1:123456789012:forecast-export-job/daily/export_{i}","ForecastExportJobName":"export_{i}","LastModificationTime":169{i:07},"Status":"ACTIVE"}}"#,
                i % 1000
            )
        })
        .collect();
    format!(r#"{{"ForecastExportJobs":[{}],"NextToken":"token"}}"#, jobs.join(","))
}

fn parse(c: &mut Criterion) {
    let body = body(100);
    let mut group = c.benchmark_group("parse 100 jobs");
    group.throughput(Throughput::Bytes(body.len() as u64));
    let response = http::Response::new(body.clone().into_bytes());

    group.bench_function("official", |b| {
        let official = Official::of(&theirs::ListForecastExportJobs::new());
        let response = official_response(&response);
        b.iter(|| {
            let output: theirs::ListForecastExportJobsOutput =
                official.parse(black_box(&response)).unwrap();
            output
        });
    });
    group.bench_function("serde_json derive", |b| {
        b.iter(|| {
            let output: derived::Output =
                serde_json::from_slice(black_box(body.as_bytes())).unwrap();
            assert!(output.next_token.is_some() && output.forecast_export_jobs.is_some());
            output
        });
    });
    group.bench_function("generated", |b| {
        b.iter(|| ours::ListForecastExportJobs::response(black_box(&response)).unwrap());
    });
    group.finish();
}

const FILTERS: usize = 20;

fn value(i: usize) -> String {
    format!("arn:aws:forecast:eu-west-1:123456789012:forecast/daily_{i}")
}

fn generated_input() -> ours::ListForecastExportJobsInput {
    let filter = |i| {
        generated::types::Filter::builder()
            .key("ForecastArn")
            .value(value(i))
            .condition("IS_NOT".into())
            .build()
            .unwrap()
    };
    ours::ListForecastExportJobsInput::builder()
        .next_token("token")
        .max_results(100)
        .set_filters(Some((0..FILTERS).map(filter).collect()))
        .build()
        .unwrap()
}

/// The official serializer takes its input by value and so drops it, which the generated crate's
/// leaves to the caller: its figure is given both ways.
fn serialize(c: &mut Criterion) {
    let mut group = c.benchmark_group("serialize 20 filters");

    group.bench_function("official", |b| {
        let official = Official::of(&theirs::ListForecastExportJobs::new());
        let filter = |i| {
            official::types::Filter::builder()
                .key("ForecastArn")
                .value(value(i))
                .condition("IS_NOT".into())
                .build()
                .unwrap()
        };
        let input = theirs::ListForecastExportJobsInput::builder()
            .next_token("token")
            .max_results(100)
            .set_filters(Some((0..FILTERS).map(filter).collect()))
            .build()
            .unwrap();
        b.iter_batched(
            || input.clone(),
            |input| official.request(black_box(input)).unwrap(),
            criterion::BatchSize::NumIterations(64),
        );
    });
    group.bench_function("serde_json derive", |b| {
        let filter = |i| derived::Filter {
            key: "ForecastArn".to_owned(),
            value: value(i),
            condition: "IS_NOT".to_owned(),
        };
        let input = derived::Input {
            next_token: Some("token".to_owned()),
            max_results: Some(100),
            filters: (0..FILTERS).map(filter).collect(),
        };
        b.iter(|| serde_json::to_vec(black_box(&input)).unwrap());
    });
    group.bench_function("generated", |b| {
        let input = generated_input();
        b.iter(|| ours::ListForecastExportJobs::request(black_box(&input)).unwrap());
    });
    group.bench_function("generated, input dropped", |b| {
        let input = generated_input();
        b.iter_batched(
            || input.clone(),
            |input| ours::ListForecastExportJobs::request(black_box(&input)).unwrap(),
            criterion::BatchSize::NumIterations(64),
        );
    });
    group.finish();
}

criterion_group!(benches, parse, serialize);
criterion_main!(benches);
