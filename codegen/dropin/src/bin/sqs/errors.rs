//! Errors: their codes are those of AWS Query, which a header has.

use aws_sdk_sqs::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_sqs::operation::RequestId;
use aws_sdk_sqs::operation::delete_message::DeleteMessageError;
use dropin::{Reply, Scene};

use crate::queues::client;
use crate::replies;

pub async fn modeled(scene: Scene) {
    let missing = replies::error(
        400,
        "QueueDoesNotExist",
        Some("AWS.SimpleQueueService.NonExistentQueue;Sender"),
    );
    let call = client(&scene, [missing]).get_queue_url().queue_name("none");
    let error = call.send().await.expect_err("the reply is an error");
    scene.failure("URL", &error);
    let error = error.into_service_error();
    scene.event("missing", error.is_queue_does_not_exist());
    scene.event("code", error.code());
    scene.event("message", error.message());
    scene.debug("metadata", error.meta());
}

pub async fn with_a_request_id(scene: Scene) {
    let query = Some("AWS.SimpleQueueService.NonExistentQueue;Sender");
    let missing = replies::error(400, "QueueDoesNotExist", query);
    let client = client(&scene, [missing.with("x-amzn-requestid", "a-request")]);
    let error = client.get_queue_url().queue_name("none").send().await;
    let error = error.expect_err("the reply is an error");
    scene.event("request", error.request_id());
    let error = error.into_service_error();
    scene.event("request", error.request_id());
    scene.event("fault", error.meta().extra("type"));
}

/// Where the codes contradict each other, generated crates go by both, and official ones by that of AWS Query alone.
pub async fn of_both_kinds(scene: Scene) {
    let errors = [
        ("QueueDoesNotExist", Some("AWS.SimpleQueueService.NonExistentQueue;Sender")),
        ("ReceiptHandleIsInvalid", Some("ReceiptHandleIsInvalid;Sender")),
        ("AnotherException", Some("InvalidIdFormat;Sender")),
        ("AccessDeniedException", Some("AccessDenied;Sender")),
        ("ReceiptHandleIsInvalid", Some("no fault")),
        ("ReceiptHandleIsInvalid", Some("")),
    ];
    for (code, query) in errors {
        scene.debug("code", (code, query));
        let client = client(&scene, [replies::error(400, code, query)]);
        let call = client.delete_message().queue_url("url").receipt_handle("handle");
        let error = call.send().await.expect_err("the reply is an error");
        scene.failure("deleted", &error);
        let error = error.into_service_error();
        let invalid = matches!(&error, DeleteMessageError::ReceiptHandleIsInvalid(_));
        scene.event("invalid", invalid);
    }
}

pub async fn retried_or_not(scene: Scene) {
    let errors = [
        (400, "RequestThrottled", Some("RequestThrottled;Sender")),
        (400, "Throttled", Some("ThrottlingException;Sender")),
        (400, "ThrottlingException", Some("Other;Sender")),
        (403, "OverLimit", Some("OverLimit;Sender")),
        (503, "ServiceUnavailable", Some("ServiceUnavailable;Receiver")),
        (400, "KmsThrottled", Some("KMS.ThrottlingException;Sender")),
    ];
    for (status, code, query) in errors {
        scene.debug("code", (code, query));
        let client = client(&scene, [replies::error(status, code, query), replies::json("{}")]);
        let call = client.receive_message().queue_url("url");
        scene.result("received", &call.send().await);
        scene.elapsed("meanwhile");
    }
}

pub async fn damaged_responses(scene: Scene) {
    let bodies = [
        (200, "{\"Messages\":[{\"MessageId\":"),
        (200, "<ReceiveMessageResponse/>"),
        (200, "{\"Messages\":{}}"),
        (200, "\u{0}"),
        (400, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"),
        (400, "{\"__type\":"),
    ];
    for (status, body) in bodies {
        scene.event("body", body);
        let client =
            client(&scene, [Reply::new(status, body).with("x-amzn-requestid", "a-request")]);
        scene.brief_result("received", &client.receive_message().queue_url("url").send().await);
    }
}

pub async fn into_the_crates_error(scene: Scene) {
    let errors = [
        ("OverLimit", Some("OverLimit;Sender")),
        ("AccessDeniedException", Some("AccessDenied;Sender")),
    ];
    for (code, query) in errors {
        let client = client(&scene, [replies::error(403, code, query)]);
        let error = client.receive_message().queue_url("url").send().await;
        let error = aws_sdk_sqs::Error::from(error.expect_err("the reply is an error"));
        scene.event("text", error.to_string());
        scene.event("causes", DisplayErrorContext(&error).to_string());
        scene.event("code", error.code());
        let over = matches!(&error, aws_sdk_sqs::Error::OverLimit(_));
        scene.event("over the limit", over);
    }
}
