//! Route 53 at a real server: zones in pages, records, changes that are waited for, and errors.

#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_route53::Client;
use aws_sdk_route53::client::Waiters;
use aws_sdk_route53::error::ProvideErrorMetadata;
use aws_sdk_route53::types::{
    Change, ChangeAction, ChangeBatch, ChangeStatus, HostedZoneConfig, ResourceRecord,
    ResourceRecordSet, RrType,
};

fn main() -> ExitCode {
    dropin::main_with_server(dropin::real_scenarios![
        zones_come_and_go,
        zones_in_pages,
        records_are_changed,
        errors_by_type,
    ])
}

/// A client, and the ID of a zone of this name, as the service gives it: with `/hostedzone/` before it.
async fn zone(config: &SdkConfig, name: &str) -> (Client, String) {
    let client = Client::new(config);
    let create = client.create_hosted_zone().name(name).caller_reference(name);
    let comment = HostedZoneConfig::builder().comment("a zone: ü & <b>").private_zone(false);
    let created = create.hosted_zone_config(comment.build()).send().await;
    let created = created.expect("a zone is created");
    let id = created.hosted_zone().expect("it is described").id().to_owned();
    assert!(created.location().contains("hostedzone"), "{created:?}");
    (client, id)
}

fn record(name: &str, kind: RrType, values: &[&str]) -> ResourceRecordSet {
    let values = values
        .iter()
        .map(|value| ResourceRecord::builder().value(*value).build().expect("all is there"));
    let set = ResourceRecordSet::builder().name(name).r#type(kind).ttl(300);
    set.set_resource_records(Some(values.collect())).build().expect("all is there")
}

async fn change(
    client: &Client,
    zone: &str,
    action: ChangeAction,
    record: ResourceRecordSet,
) -> String {
    let change = Change::builder().action(action).resource_record_set(record);
    let batch = ChangeBatch::builder().comment("a change");
    let batch = batch.changes(change.build().expect("all is there")).build().expect("all is there");
    let change = client.change_resource_record_sets().hosted_zone_id(zone).change_batch(batch);
    let changed = change.send().await.expect("a record is changed");
    changed.change_info().expect("it is described").id().to_owned()
}

async fn zones_come_and_go(config: SdkConfig) {
    let (client, id) = zone(&config, "goes.example.com").await;
    let got = client.get_hosted_zone().id(&id).send().await.expect("the zone is there");
    let zone = got.hosted_zone().expect("it is described");
    assert_eq!(zone.name(), "goes.example.com.");
    assert_eq!(zone.config().and_then(|it| it.comment()), Some("a zone: ü & <b>"));
    assert_eq!(zone.config().map(|it| it.private_zone()), Some(false));
    let names = got.delegation_set().expect("it is delegated").name_servers();
    assert!(!names.is_empty());
    client.delete_hosted_zone().id(&id).send().await.expect("the zone goes");
    let error = client.get_hosted_zone().id(&id).send().await.expect_err("it is gone");
    assert!(error.into_service_error().is_no_such_hosted_zone());
}

async fn zones_in_pages(config: SdkConfig) {
    for i in 0..5 {
        zone(&config, &format!("paged-{i}.example.com")).await;
    }
    let client = Client::new(&config);
    let mut pages = client.list_hosted_zones().into_paginator().page_size(2).send();
    let (mut names, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.next().await {
        let page = page.expect("a page comes");
        assert!(page.hosted_zones().len() <= 2);
        names.extend(page.hosted_zones().iter().map(|zone| zone.name().to_owned()));
        count += 1;
    }
    let paged = names.iter().filter(|name| name.starts_with("paged-")).count();
    assert!(count >= 3 && paged == 5, "{names:?} on {count} pages");
    let zones = client.list_hosted_zones().into_paginator().items().send();
    let zones = zones.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    assert_eq!(zones.len(), names.len());
}

async fn records_are_changed(config: SdkConfig) {
    let (client, id) = zone(&config, "records.example.com").await;
    let a = record("a.records.example.com", RrType::A, &["192.0.2.1", "192.0.2.2"]);
    let made = change(&client, &id, ChangeAction::Create, a.clone()).await;
    let waiting = client.wait_until_resource_record_sets_changed().id(&made);
    let done = waiting.wait(Duration::from_secs(60)).await.expect("the change is done");
    let done = done.into_result().expect("it is described");
    let status = done.change_info().expect("it is described").status().clone();
    assert_eq!(status, ChangeStatus::Insync);
    let text = record("t.records.example.com", RrType::Txt, &["\"a text; with <&>\""]);
    change(&client, &id, ChangeAction::Upsert, text).await;
    let list = client.list_resource_record_sets().hosted_zone_id(&id).max_items(100);
    let listed = list.send().await.expect("the records are there");
    let found = |kind: &RrType| {
        let record = listed.resource_record_sets().iter().find(|it| it.r#type() == kind);
        let values = record.map(|it| it.resource_records().iter().map(|it| it.value().to_owned()));
        values.into_iter().flatten().collect::<Vec<_>>()
    };
    assert_eq!(found(&RrType::A), ["192.0.2.1", "192.0.2.2"]);
    assert_eq!(found(&RrType::Txt), ["\"a text; with <&>\""]);
    change(&client, &id, ChangeAction::Delete, a).await;
}

async fn errors_by_type(config: SdkConfig) {
    let client = Client::new(&config);
    let error = client.get_hosted_zone().id("ZMISSING").send().await.expect_err("it is missing");
    let error = error.into_service_error();
    assert!(error.is_no_such_hosted_zone(), "{error:?}");
    assert_eq!(error.code(), Some("NoSuchHostedZone"));
    let error = client.get_health_check().health_check_id("missing").send().await;
    let error = error.expect_err("it is missing").into_service_error();
    assert!(error.is_no_such_health_check(), "{error:?}");
}
