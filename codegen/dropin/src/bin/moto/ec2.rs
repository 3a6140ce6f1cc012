//! EC2 at a real server: instances run, are waited for, come in pages, and go; security groups; errors.

#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_ec2::Client;
use aws_sdk_ec2::client::Waiters;
use aws_sdk_ec2::error::ProvideErrorMetadata;
use aws_sdk_ec2::operation::RequestId;
use aws_sdk_ec2::types::{
    Filter, InstanceStateName, InstanceType, IpPermission, IpRange, ResourceType, Tag,
    TagSpecification,
};

fn main() -> ExitCode {
    dropin::main_with_server(dropin::real_scenarios![
        instances_run_and_go,
        instances_in_pages,
        instances_by_their_tags,
        security_groups,
        errors_by_code,
    ])
}

const PATIENCE: Duration = Duration::from_secs(60);

/// An image that is there.
async fn image(client: &Client) -> String {
    let images = client.describe_images().owners("amazon").send().await.expect("images are there");
    images.images()[0].image_id().expect("it has an ID").to_owned()
}

/// Runs so many instances, whose tag `group` has this value.
async fn run(client: &Client, group: &str, count: i32) -> Vec<String> {
    let tag = Tag::builder().key("group").value(group).build();
    let tags = TagSpecification::builder().resource_type(ResourceType::Instance).tags(tag).build();
    let run = client
        .run_instances()
        .image_id(image(client).await)
        .instance_type(InstanceType::T2Micro)
        .min_count(count)
        .max_count(count)
        .tag_specifications(tags);
    let run = run.send().await.expect("instances run");
    run.instances().iter().filter_map(|it| it.instance_id().map(str::to_owned)).collect()
}

fn group(value: &str) -> Filter {
    Filter::builder().name("tag:group").values(value).build()
}

async fn instances_run_and_go(config: SdkConfig) {
    let client = Client::new(&config);
    let ids = run(&client, "goes", 1).await;
    let waiting = client.wait_until_instance_running().instance_ids(&ids[0]);
    let running = waiting.wait(PATIENCE).await.expect("it runs").into_result().expect("it's there");
    let instance = &running.reservations()[0].instances()[0];
    assert_eq!(instance.state().and_then(|it| it.name()), Some(&InstanceStateName::Running));
    assert_eq!(instance.instance_type(), Some(&InstanceType::T2Micro));
    assert!(instance.launch_time().is_some_and(|time| time.secs() > 0));
    let terminate = client.terminate_instances().instance_ids(&ids[0]).send().await;
    let terminated = terminate.expect("it goes");
    let change = &terminated.terminating_instances()[0];
    assert_eq!(change.previous_state().and_then(|it| it.name()), Some(&InstanceStateName::Running));
    let waiting = client.wait_until_instance_terminated().instance_ids(&ids[0]);
    let gone = waiting.wait(PATIENCE).await.expect("it is gone").into_result().expect("it's there");
    let state = gone.reservations()[0].instances()[0].state().and_then(|it| it.code());
    assert_eq!(state, Some(48));
}

async fn instances_in_pages(config: SdkConfig) {
    let client = Client::new(&config);
    for _ in 0..12 {
        run(&client, "paged", 1).await;
    }
    let describe = client.describe_instances().filters(group("paged"));
    let mut pages = describe.clone().into_paginator().page_size(5).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page comes");
        sizes.push(page.reservations().iter().map(|it| it.instances().len()).sum::<usize>());
    }
    assert_eq!(sizes, [5, 5, 2]);
    let reservations = describe.into_paginator().items().send();
    let reservations = reservations.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    assert_eq!(reservations.len(), 12);
}

async fn instances_by_their_tags(config: SdkConfig) {
    let client = Client::new(&config);
    let ids = run(&client, "tagged", 2).await;
    let tag = Tag::builder().key("name").value("ü & <b>").build();
    let create = client.create_tags().resources(&ids[0]).tags(tag.clone());
    create.send().await.expect("it is tagged");
    let filter = Filter::builder().name("tag:name").values("ü & <b>").build();
    let describe = client.describe_instances().filters(filter).filters(group("tagged"));
    let found = describe.send().await.expect("it is found");
    let found: Vec<_> = found.reservations().iter().flat_map(|it| it.instances()).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].instance_id(), Some(ids[0].as_str()));
    assert!(found[0].tags().contains(&tag), "{:?}", found[0].tags());
}

async fn security_groups(config: SdkConfig) {
    let client = Client::new(&config);
    let create = client.create_security_group().group_name("web").description("a group");
    let created = create.send().await.expect("a group is created");
    let id = created.group_id().expect("it has an ID");
    let range = IpRange::builder().cidr_ip("10.0.0.0/8").description("inside").build();
    let rule =
        IpPermission::builder().ip_protocol("tcp").from_port(80).to_port(443).ip_ranges(range);
    let authorize = client.authorize_security_group_ingress().group_id(id);
    let authorized = authorize.ip_permissions(rule.build()).send().await.expect("it is allowed");
    assert_eq!(authorized.r#return(), Some(true));
    let described = client.describe_security_groups().group_ids(id).send().await;
    let described = described.expect("the group is there");
    let permission = &described.security_groups()[0].ip_permissions()[0];
    assert_eq!((permission.from_port(), permission.to_port()), (Some(80), Some(443)));
    assert_eq!(permission.ip_ranges()[0].cidr_ip(), Some("10.0.0.0/8"));
    client.delete_security_group().group_id(id).send().await.expect("the group goes");
}

/// None of EC2's errors is modeled.
async fn errors_by_code(config: SdkConfig) {
    let client = Client::new(&config);
    let describe = client.describe_instances().instance_ids("i-0123456789abcdef0").send().await;
    let error = describe.expect_err("it is missing");
    assert_eq!(error.code(), Some("InvalidInstanceID.NotFound"));
    assert!(error.message().is_some_and(|text| text.contains("i-0123456789abcdef0")));
    assert!(error.request_id().is_some(), "{error:?}");
    let delete = client.delete_security_group().group_id("sg-0123456789abcdef0").send().await;
    let error = delete.expect_err("it is missing").into_service_error();
    assert_eq!(error.code(), Some("InvalidGroup.NotFound"));
    let waiting = client.wait_until_instance_running().instance_ids("i-0123456789abcdef0");
    assert!(waiting.wait(Duration::from_secs(1)).await.is_err());
}
