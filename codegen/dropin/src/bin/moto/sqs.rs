//! SQS at a real server: queues in pages, messages, batches, and errors.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::primitives::Blob;
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, MessageAttributeValue, MessageSystemAttributeName,
    QueueAttributeName, SendMessageBatchRequestEntry,
};

fn main() -> ExitCode {
    dropin::main_with_server(dropin::real_scenarios![
        queues_in_pages,
        attributes_of_queues,
        messages_come_back_as_they_went,
        batches,
        errors_by_type,
    ])
}

async fn queue(config: &SdkConfig, name: &str) -> (Client, String) {
    let client = Client::new(config);
    let created = client.create_queue().queue_name(name).send().await.expect("a queue is created");
    let url = created.queue_url().expect("it has a URL").to_owned();
    (client, url)
}

async fn queues_in_pages(config: SdkConfig) {
    for i in 0..5 {
        queue(&config, &format!("paged-{i}")).await;
    }
    let client = Client::new(&config);
    let list = client.list_queues().queue_name_prefix("paged-");
    let mut pages = list.clone().into_paginator().page_size(2).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.expect("a page comes").queue_urls().len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    let urls = list.into_paginator().page_size(3).items().send();
    let urls = urls.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    assert_eq!(urls.len(), 5);
}

async fn attributes_of_queues(config: SdkConfig) {
    let (client, url) = queue(&config, "attributes").await;
    let set = client.set_queue_attributes().queue_url(&url);
    let set = set.attributes(QueueAttributeName::VisibilityTimeout, "77");
    set.send().await.expect("an attribute is set");
    let get =
        client.get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::All);
    let got = get.send().await.expect("the attributes are there");
    let attributes = got.attributes().expect("the attributes are there");
    assert_eq!(attributes[&QueueAttributeName::VisibilityTimeout], "77");
    let arn = &attributes[&QueueAttributeName::QueueArn];
    assert!(arn.ends_with(":attributes"), "{arn}");
    let named = client.get_queue_url().queue_name("attributes").send().await;
    assert_eq!(named.expect("it has a name").queue_url(), Some(url.as_str()));
}

async fn messages_come_back_as_they_went(config: SdkConfig) {
    let (client, url) = queue(&config, "messages").await;
    let body = "a body: ü \u{1f980} \"quoted\" <&> \n\t";
    let bytes = MessageAttributeValue::builder().data_type("Binary");
    let bytes = bytes.binary_value(Blob::new([0, 1, 254, 255])).build().expect("all is there");
    let send = client.send_message().queue_url(&url).message_body(body);
    let sent = send.message_attributes("bytes", bytes.clone()).send().await.expect("it is sent");
    let receive = client
        .receive_message()
        .queue_url(&url)
        .max_number_of_messages(10)
        .message_attribute_names("All")
        .message_system_attribute_names(MessageSystemAttributeName::All);
    let received = receive.send().await.expect("messages come");
    let [message] = received.messages() else { panic!("one message: {received:?}") };
    assert_eq!(message.body(), Some(body));
    assert_eq!(message.message_id(), sent.message_id());
    assert_eq!(message.md5_of_body(), sent.md5_of_message_body());
    assert_eq!(message.message_attributes().and_then(|all| all.get("bytes")), Some(&bytes));
    let count = MessageSystemAttributeName::ApproximateReceiveCount;
    let count = message.attributes().and_then(|all| all.get(&count));
    assert_eq!(count.map(String::as_str), Some("1"));
    let handle = message.receipt_handle().expect("it has a handle");
    client.delete_message().queue_url(&url).receipt_handle(handle).send().await.expect("it goes");
    let received = client.receive_message().queue_url(&url).send().await.expect("none come");
    assert!(received.messages().is_empty());
}

async fn batches(config: SdkConfig) {
    let (client, url) = queue(&config, "batches").await;
    let entries = (0..5).map(|i| {
        let entry = SendMessageBatchRequestEntry::builder().id(format!("id-{i}"));
        entry.message_body(format!("body {i}")).build().expect("all is there")
    });
    let send = client.send_message_batch().queue_url(&url).set_entries(Some(entries.collect()));
    let sent = send.send().await.expect("the messages are sent");
    assert_eq!((sent.successful().len(), sent.failed().len()), (5, 0));
    let receive = client.receive_message().queue_url(&url).max_number_of_messages(10);
    let received = receive.send().await.expect("messages come");
    assert_eq!(received.messages().len(), 5);
    let entries = received.messages().iter().enumerate().map(|(i, message)| {
        let entry = DeleteMessageBatchRequestEntry::builder().id(i.to_string());
        entry.set_receipt_handle(message.receipt_handle.clone()).build().expect("all is there")
    });
    let delete = client.delete_message_batch().queue_url(&url).set_entries(Some(entries.collect()));
    assert_eq!(delete.send().await.expect("the messages go").successful().len(), 5);
    client.purge_queue().queue_url(&url).send().await.expect("the queue is purged");
}

async fn errors_by_type(config: SdkConfig) {
    let (client, url) = queue(&config, "errors").await;
    let get = client.get_queue_url().queue_name("missing");
    let error = get.send().await.expect_err("it is missing").into_service_error();
    assert!(error.is_queue_does_not_exist(), "{error:?}");
    assert_eq!(error.code(), Some("AWS.SimpleQueueService.NonExistentQueue"));
    let delete = client.delete_message().queue_url(&url).receipt_handle("nonsense");
    let error = delete.send().await.expect_err("it is no handle").into_service_error();
    assert!(error.is_receipt_handle_is_invalid(), "{error:?}");
    let entry = SendMessageBatchRequestEntry::builder().id("same").message_body("b");
    let entry = entry.build().expect("all is there");
    let send = client.send_message_batch().queue_url(&url).entries(entry.clone()).entries(entry);
    let error = send.send().await.expect_err("the IDs are the same").into_service_error();
    assert!(error.is_batch_entry_ids_not_distinct(), "{error:?}");
    client.delete_queue().queue_url(&url).send().await.expect("the queue goes");
}
