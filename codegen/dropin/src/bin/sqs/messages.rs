//! Messages: sent, received, and waited for.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::retry::{RetryPartition, TokenBucket};
use aws_sdk_sqs::config::timeout::TimeoutConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Builder};
use aws_sdk_sqs::primitives::Blob;
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, MessageAttributeValue, MessageSystemAttributeName,
    SendMessageBatchRequestEntry,
};
use dropin::{Reply, Scene, Witness};

use crate::queues::client;
use crate::replies;

fn text(value: &str) -> MessageAttributeValue {
    let value = MessageAttributeValue::builder().data_type("String").string_value(value);
    value.build().expect("all is there")
}

pub async fn sent(scene: Scene) {
    let sent = "{\"MD5OfMessageBody\":\"5d41402abc4b2a76b9719d911017c592\",\"MessageId\":\"one\"}";
    let call = client(&scene, [replies::json(sent)])
        .send_message()
        .queue_url("url")
        .message_body("hello\u{0}\u{1f980}\n\t\"<&>")
        .delay_seconds(0)
        .message_group_id("group")
        .message_attributes("a", text("value"));
    scene.result("sent", &call.send().await);
}

pub async fn sent_in_batches(scene: Scene) {
    let sent = "{\"Successful\":[{\"Id\":\"1\",\"MessageId\":\"m\",\"MD5OfMessageBody\":\"d\"}],\
                \"Failed\":[{\"Id\":\"2\",\"Code\":\"InternalError\",\"SenderFault\":false}]}";
    let client = client(&scene, [replies::json(sent), replies::json("{\"Failed\":[]}")]);
    let entry = |id: &str| {
        let entry =
            SendMessageBatchRequestEntry::builder().id(id).message_body(format!("body {id}"));
        entry.build().expect("all is there")
    };
    let call = client.send_message_batch().queue_url("url").entries(entry("1")).entries(entry("2"));
    let output = call.send().await.expect("the reply is sound");
    for failed in output.failed() {
        scene.event("failed", failed.id());
        scene.debug("code", failed.code());
        scene.debug("mine", failed.sender_fault());
    }
    scene.debug("sent", output.successful());
    let entry = DeleteMessageBatchRequestEntry::builder().id("1").receipt_handle("handle");
    let call = client.delete_message_batch().queue_url("url");
    let call = call.entries(entry.build().expect("all is there"));
    scene.result("deleted", &call.send().await);
}

pub async fn received(scene: Scene) {
    let received = "{\"Messages\":[{\"MessageId\":\"m\",\"ReceiptHandle\":\"h\",\"Body\":\"b\",\"MD5OfBody\":\"d\",\
                    \"Attributes\":{\"ApproximateReceiveCount\":\"1\"},\"MessageAttributes\":{\"a\":\
                    {\"BinaryValue\":\"AAEC/w==\",\"DataType\":\"Binary\",\"StringListValues\":[]}}},{}]}";
    let call = client(&scene, [replies::json(received)])
        .receive_message()
        .queue_url("url")
        .max_number_of_messages(10)
        .wait_time_seconds(20)
        .message_system_attribute_names(MessageSystemAttributeName::ApproximateReceiveCount)
        .message_attribute_names("All");
    let output = call.send().await.expect("the reply is sound");
    for message in output.messages() {
        scene.debug("message", message);
        scene.debug("body", message.body());
        let attribute = message.message_attributes().and_then(|all| all.get("a"));
        scene.debug("bytes", attribute.and_then(|it| it.binary_value()).map(AsRef::as_ref));
    }
}

pub async fn with_every_kind_of_attribute(scene: Scene) {
    let values = [
        MessageAttributeValue::builder().data_type("Number.int").string_value("-1"),
        MessageAttributeValue::builder()
            .data_type("Binary")
            .binary_value(Blob::new([0, 1, 2, 255])),
        MessageAttributeValue::builder()
            .data_type("List")
            .string_list_values("a")
            .string_list_values(""),
        MessageAttributeValue::builder().data_type("List").binary_list_values(Blob::new("a")),
    ];
    for value in values {
        let client = client(&scene, [replies::json("{}")]);
        let call = client.send_message().queue_url("url").message_body("b");
        let call = call.message_attributes("a", value.build().expect("all is there"));
        scene.result("sent", &call.send().await);
    }
}

/// A poll that fails because there are no more retries in the bucket still takes its time, lest the caller's loop
/// turns too fast.
pub async fn polled_for_long(scene: Scene) {
    polled(&scene, BehaviorVersion::latest(), "long").await;
}

pub async fn polled_for_long_with_an_older_behavior(scene: Scene) {
    #[allow(deprecated, reason = "users have it in their code")]
    let older = BehaviorVersion::v2025_08_07();
    polled(&scene, older, "older").await;
}

async fn polled(scene: &Scene, behavior: BehaviorVersion, partition: &'static str) {
    let bucket = TokenBucket::builder().capacity(20).build();
    let partition = RetryPartition::custom(partition).token_bucket(bucket).build();
    let replies = [(); 20].map(|()| replies::error(500, "InternalFailure", None));
    let config = Builder::from(&scene.config(replies))
        .behavior_version(behavior)
        .retry_partition(partition)
        .interceptor(Witness::new(scene.transcript()));
    let client = Client::from_conf(config.build());
    for _ in 0..3 {
        let call = client.receive_message().queue_url("url").wait_time_seconds(1);
        scene.debug("received", call.send().await.is_ok());
        scene.elapsed("meanwhile");
    }
    let call = client.send_message().queue_url("url").message_body("b");
    scene.debug("sent", call.send().await.is_ok());
    scene.elapsed("meanwhile");
}

pub async fn sent_by_an_operation_that_is_customized(scene: Scene) {
    let replies = [Reply::Never, replies::json("{}")];
    let client = Client::from_conf(Builder::from(&scene.config(replies)).build());
    let timeouts =
        TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(1)).build();
    let call = client
        .send_message()
        .queue_url("url")
        .message_body("b")
        .customize()
        .config_override(Builder::new().timeout_config(timeouts))
        .mutate_request(|request| {
            request.headers_mut().insert("x-trace", "me");
        });
    scene.result("sent", &call.send().await);
}
