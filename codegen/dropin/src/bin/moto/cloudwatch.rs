//! CloudWatch at a real server: metrics in pages, their statistics, alarms that are waited for, and errors.

#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::client::Waiters;
use aws_sdk_cloudwatch::error::ProvideErrorMetadata;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{
    ComparisonOperator, Dimension, DimensionFilter, Metric, MetricDataQuery, MetricDatum,
    MetricStat, StandardUnit, StateValue, Statistic,
};

fn main() -> ExitCode {
    dropin::main_with_server(dropin::real_scenarios![
        metrics_in_pages,
        statistics,
        metric_data_in_pages,
        alarms_are_waited_for,
        alarms_in_pages,
        dashboards_and_errors,
    ])
}

const PATIENCE: Duration = Duration::from_secs(30);

fn hours_from_now(hours: i64) -> DateTime {
    let now = DateTime::from(SystemTime::now());
    DateTime::from_secs(now.secs() + hours * 3600)
}

fn dimension(value: &str) -> Dimension {
    Dimension::builder().name("host").value(value).build()
}

async fn put(client: &Client, namespace: &str, name: &str, values: &[f64]) {
    let data = values.iter().map(|value| {
        let datum =
            MetricDatum::builder().metric_name(name).value(*value).unit(StandardUnit::Count);
        datum.timestamp(hours_from_now(-1)).dimensions(dimension("a")).build()
    });
    let put = client.put_metric_data().namespace(namespace).set_metric_data(Some(data.collect()));
    put.send().await.expect("data are put");
}

/// A page holds five hundred.
async fn metrics_in_pages(config: SdkConfig) {
    let client = Client::new(&config);
    for part in 0..6 {
        let data = (0..100).map(|i| {
            MetricDatum::builder().metric_name(format!("m-{part}-{i}")).value(1.0).build()
        });
        let put = client.put_metric_data().namespace("paged").set_metric_data(Some(data.collect()));
        put.send().await.expect("data are put");
    }
    let list = client.list_metrics().namespace("paged");
    let mut pages = list.clone().into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.expect("a page comes").metrics().len());
    }
    assert_eq!(sizes, [500, 100]);
    let pages = list.into_paginator().send();
    let pages = pages.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    let mut metrics = pages.iter().flat_map(|page| page.metrics());
    assert!(metrics.all(|metric| metric.namespace() == Some("paged")));
    put(&client, "filtered", "with a dimension", &[1.0]).await;
    let filter = DimensionFilter::builder().name("host").value("a").build();
    let list = client.list_metrics().namespace("filtered").dimensions(filter).send().await;
    assert_eq!(list.expect("it is there").metrics()[0].dimensions(), [dimension("a")]);
}

async fn statistics(config: SdkConfig) {
    let client = Client::new(&config);
    put(&client, "statistics", "m", &[1.0, 2.5, 100.0]).await;
    let get = client
        .get_metric_statistics()
        .namespace("statistics")
        .metric_name("m")
        .dimensions(dimension("a"))
        .start_time(hours_from_now(-3))
        .end_time(hours_from_now(1))
        .period(3600 * 6)
        .statistics(Statistic::Sum)
        .statistics(Statistic::Maximum)
        .statistics(Statistic::SampleCount);
    let got = get.send().await.expect("statistics are there");
    let point = got.datapoints().first().expect("there is a point");
    assert_eq!((point.sum(), point.maximum()), (Some(103.5), Some(100.0)));
    assert_eq!(point.sample_count(), Some(3.0));
    assert_eq!(point.average(), None);
}

async fn metric_data_in_pages(config: SdkConfig) {
    let client = Client::new(&config);
    put(&client, "data", "m-of-data", &[1.0, 2.0]).await;
    let metric =
        Metric::builder().namespace("data").metric_name("m-of-data").dimensions(dimension("a"));
    let stat =
        MetricStat::builder().metric(metric.build()).period(3600 * 6).stat("Average").build();
    let query = MetricDataQuery::builder().id("q").metric_stat(stat).build();
    let get = client
        .get_metric_data()
        .metric_data_queries(query)
        .start_time(hours_from_now(-3))
        .end_time(hours_from_now(1));
    let results = get.into_paginator().send();
    let pages = results.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    let result = pages[0].metric_data_results().first().expect("there is a result");
    assert_eq!((result.id(), result.values()), (Some("q"), &[1.5][..]));
}

async fn alarm(client: &Client, name: &str) {
    let put = client
        .put_metric_alarm()
        .alarm_name(name)
        .alarm_description("an alarm: ü & <b>")
        .namespace("alarms")
        .metric_name("m")
        .comparison_operator(ComparisonOperator::GreaterThanOrEqualToThreshold)
        .evaluation_periods(1)
        .period(60)
        .threshold(1.5)
        .statistic(Statistic::Average)
        .actions_enabled(false);
    put.send().await.expect("an alarm is put");
}

async fn alarms_are_waited_for(config: SdkConfig) {
    let client = Client::new(&config);
    alarm(&client, "waited").await;
    let waiting = client.wait_until_alarm_exists().alarm_names("waited").wait(PATIENCE).await;
    let found = waiting.expect("the alarm comes").into_result().expect("it is described");
    let found = &found.metric_alarms()[0];
    assert_eq!(found.alarm_description(), Some("an alarm: ü & <b>"));
    assert_eq!((found.threshold(), found.actions_enabled()), (Some(1.5), Some(false)));
    let set = client.set_alarm_state().alarm_name("waited").state_value(StateValue::Alarm);
    set.state_reason("because").send().await.expect("it rings");
    let described = client.describe_alarms().alarm_names("waited").send().await;
    let described = described.expect("the alarm is there");
    assert_eq!(described.metric_alarms()[0].state_value(), Some(&StateValue::Alarm));
    client.delete_alarms().alarm_names("waited").send().await.expect("the alarm goes");
    let waiting = client.wait_until_alarm_exists().alarm_names("never");
    assert!(waiting.wait(Duration::from_secs(1)).await.is_err());
}

async fn alarms_in_pages(config: SdkConfig) {
    let client = Client::new(&config);
    for i in 0..5 {
        alarm(&client, &format!("paged-{i}")).await;
    }
    let alarms = client.describe_alarms().alarm_name_prefix("paged-").into_paginator().page_size(2);
    let alarms = alarms.send().collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    let names = alarms.iter().flat_map(|page| page.metric_alarms());
    let mut names: Vec<_> = names.filter_map(|alarm| alarm.alarm_name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["paged-0", "paged-1", "paged-2", "paged-3", "paged-4"]);
}

async fn dashboards_and_errors(config: SdkConfig) {
    let client = Client::new(&config);
    let body = "{\"widgets\":[{\"type\":\"text\",\"properties\":{\"markdown\":\"ü & <b>\"}}]}";
    let put = client.put_dashboard().dashboard_name("one").dashboard_body(body);
    put.send().await.expect("a dashboard is put");
    let got = client.get_dashboard().dashboard_name("one").send().await.expect("it is there");
    assert_eq!(got.dashboard_body(), Some(body));
    let error = client.get_dashboard().dashboard_name("missing").send().await;
    let error = error.expect_err("it is missing").into_service_error();
    assert!(error.is_dashboard_not_found_error(), "{error:?}");
    assert!(error.code().is_some());
    let set = client.set_alarm_state().alarm_name("missing").state_value(StateValue::Ok);
    let error = set.state_reason("because").send().await.expect_err("it is missing");
    assert!(error.into_service_error().is_resource_not_found());
}
