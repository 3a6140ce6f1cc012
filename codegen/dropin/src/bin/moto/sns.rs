//! SNS at a real server: topics in pages, subscriptions of a queue, messages, and errors.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use aws_config::SdkConfig;
use aws_sdk_sns::Client;
use aws_sdk_sns::error::ProvideErrorMetadata;
use aws_sdk_sns::types::{MessageAttributeValue, PublishBatchRequestEntry, Tag};

fn main() -> ExitCode {
    dropin::main_with_server(dropin::real_scenarios![
        topics_in_pages,
        attributes_and_tags,
        messages_reach_a_queue,
        batches,
        errors_by_type,
    ])
}

async fn topic(config: &SdkConfig, name: &str) -> (Client, String) {
    let client = Client::new(config);
    let created = client.create_topic().name(name).send().await.expect("a topic is created");
    let arn = created.topic_arn().expect("it has an ARN").to_owned();
    (client, arn)
}

/// A page holds a hundred.
async fn topics_in_pages(config: SdkConfig) {
    for i in 0..105 {
        topic(&config, &format!("paged-{i}")).await;
    }
    let client = Client::new(&config);
    let mut pages = client.list_topics().into_paginator().send();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        assert!(!page.expect("a page comes").topics().is_empty());
        count += 1;
    }
    assert!(count >= 2, "{count} pages");
    let topics = client.list_topics().into_paginator().items().send();
    let topics = topics.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    let paged = topics.iter().filter_map(|it| it.topic_arn()).filter(|it| it.contains(":paged-"));
    assert_eq!(paged.count(), 105);
}

async fn attributes_and_tags(config: SdkConfig) {
    let client = Client::new(&config);
    let tag = |key: &str, value: &str| {
        Tag::builder().key(key).value(value).build().expect("all is there")
    };
    let create = client.create_topic().name("attributes").attributes("DisplayName", "Ann & Bob");
    let created = create.tags(tag("a", "1")).send().await.expect("a topic is created");
    let arn = created.topic_arn().expect("it has an ARN");
    let got = client.get_topic_attributes().topic_arn(arn).send().await.expect("it is there");
    let name = got.attributes().and_then(|all| all.get("DisplayName")).map(String::as_str);
    assert_eq!(name, Some("Ann & Bob"));
    let tagging = client.tag_resource().resource_arn(arn).tags(tag("b", "2"));
    tagging.send().await.expect("it is tagged");
    let tags = client.list_tags_for_resource().resource_arn(arn).send().await.expect("it has tags");
    let mut tags: Vec<_> = tags.tags().iter().map(|tag| (tag.key(), tag.value())).collect();
    tags.sort_unstable();
    assert_eq!(tags, [("a", "1"), ("b", "2")]);
}

async fn messages_reach_a_queue(config: SdkConfig) {
    let (client, arn) = topic(&config, "reaching").await;
    let sqs = aws_sdk_sqs::Client::new(&config);
    let queue = sqs.create_queue().queue_name("reached").send().await.expect("a queue is created");
    let url = queue.queue_url().expect("it has a URL");
    let subscribe = client.subscribe().topic_arn(&arn).protocol("sqs");
    let subscribe = subscribe.endpoint("arn:aws:sqs:us-east-1:123456789012:reached");
    let subscribe =
        subscribe.attributes("RawMessageDelivery", "true").return_subscription_arn(true);
    let subscribed = subscribe.send().await.expect("the queue is subscribed");
    let attribute = MessageAttributeValue::builder().data_type("String").string_value("v");
    let publish = client.publish().topic_arn(&arn).message("hello: ü <&>").subject("a subject");
    let publish = publish.message_attributes("a", attribute.build().expect("all is there"));
    assert!(publish.send().await.expect("it is published").message_id().is_some());
    let receive = sqs.receive_message().queue_url(url).message_attribute_names("All");
    let received = receive.send().await.expect("messages come");
    assert_eq!(received.messages().first().and_then(|it| it.body()), Some("hello: ü <&>"));
    let listed =
        client.list_subscriptions_by_topic().topic_arn(&arn).into_paginator().items().send();
    let listed = listed.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    assert_eq!(listed.first().and_then(|it| it.subscription_arn()), subscribed.subscription_arn());
}

async fn batches(config: SdkConfig) {
    let (client, arn) = topic(&config, "batches").await;
    let entries = (0..3).map(|i| {
        let entry = PublishBatchRequestEntry::builder().id(format!("id-{i}"));
        entry.message(format!("message {i}")).build().expect("all is there")
    });
    let publish = client.publish_batch().topic_arn(&arn);
    let publish = publish.set_publish_batch_request_entries(Some(entries.collect()));
    let published = publish.send().await.expect("they are published");
    let ids: Vec<_> = published.successful().iter().filter_map(|it| it.id()).collect();
    assert_eq!(ids, ["id-0", "id-1", "id-2"]);
}

async fn errors_by_type(config: SdkConfig) {
    let client = Client::new(&config);
    let missing = "arn:aws:sns:us-east-1:123456789012:missing";
    let error = client.get_topic_attributes().topic_arn(missing).send().await;
    let error = error.expect_err("it is missing").into_service_error();
    assert!(error.is_not_found_exception(), "{error:?}");
    let error = client.create_topic().name("no name!").send().await;
    let error = error.expect_err("the name is wrong").into_service_error();
    assert!(error.is_invalid_parameter_exception(), "{error:?}");
    assert_eq!(error.code(), Some("InvalidParameter"));
}
