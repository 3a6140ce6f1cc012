//! Errors: their forms on the wire, what they carry, and which of them are tried again.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
};
use dropin::{Reply, Scene};

use crate::replies;
use crate::settings::builder;

fn client(scene: &Scene, replies: impl IntoIterator<Item = Reply>) -> Client {
    Client::from_conf(builder(scene, replies).build())
}

pub async fn conditions_that_fail(scene: Scene) {
    let failing =
        replies::error(400, "ConditionalCheckFailedException", ",\"Item\":{\"k\":{\"S\":\"old\"}}");
    let call = client(&scene, [failing])
        .put_item()
        .table_name("one")
        .item("k", AttributeValue::S("a".to_owned()))
        .condition_expression("attribute_not_exists(k)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let error = call.send().await.expect_err("the reply is an error");
    scene.failure("put", &error);
    match error.into_service_error() {
        PutItemError::ConditionalCheckFailedException(error) => {
            scene.debug("item", error.item());
            scene.event("message", error.message());
            scene.event("text", error.to_string());
        }
        other => scene.debug("another one", other),
    }
}

pub async fn cancelled_transactions(scene: Scene) {
    let reasons = ",\"CancellationReasons\":[{\"Code\":\"None\"},{\"Code\":\"ConditionalCheckFailed\",\
                   \"Message\":\"The condition failed\",\"Item\":{\"k\":{\"S\":\"b\"}}}]";
    let failing = replies::error(400, "TransactionCanceledException", reasons);
    let put = Put::builder().table_name("one").item("k", AttributeValue::S("a".to_owned()));
    let put = TransactWriteItem::builder().put(put.build().expect("all is there")).build();
    let call = client(&scene, [failing]).transact_write_items().transact_items(put);
    let error = call.client_request_token("mine").send().await.expect_err("the reply is an error");
    let error = error.into_service_error();
    scene.event("cancelled", error.is_transaction_canceled_exception());
    let TransactWriteItemsError::TransactionCanceledException(error) = error else {
        scene.debug("another one", error);
        return;
    };
    for reason in error.cancellation_reasons() {
        scene.debug("reason", (reason.code(), reason.message(), reason.item()));
    }
    scene.debug("error", &error);
}

/// Without a code, generated crates keep the request ID and the message, and official ones don't.
pub async fn in_every_form(scene: Scene) {
    let code = "ResourceNotFoundException";
    let bodies = [
        format!("{{\"__type\":\"{code}\",\"Message\":\"upper\"}}"),
        format!(
            "{{\"__type\":\"com.amazonaws#{code}:http://example.com/\",\"message\":\"lower\"}}"
        ),
        format!("{{\"code\":\"{code}\",\"message\":\"lower\",\"Message\":\"upper\"}}"),
        format!("{{\"__type\":\"{code}\"}}"),
        "{\"__type\":\"OtherException\",\"message\":\"another one\"}".to_owned(),
        format!("{{\"__type\":\"{code}\",\"message\":null}}"),
    ];
    for body in bodies {
        scene.event("body", body.as_str());
        let reply = Reply::new(400, body).with("x-amzn-requestid", "A-REQUEST");
        let output = client(&scene, [reply]).describe_table().table_name("one").send().await;
        scene.result("table", &output);
    }
    let reply = Reply::new(400, "{\"message\":\"in a header\"}")
        .with("x-amzn-errortype", "ResourceNotFoundException:http://example.com/")
        .with("x-amz-request-id", "ANOTHER");
    let output = client(&scene, [reply]).describe_table().table_name("one").send().await;
    scene.result("table", &output);
}

pub async fn retried_or_not(scene: Scene) {
    let codes = [
        (400, "ProvisionedThroughputExceededException"),
        (400, "ThrottlingException"),
        (400, "RequestLimitExceeded"),
        (400, "LimitExceededException"),
        (400, "TransactionInProgressException"),
        (400, "ValidationException"),
        (500, "InternalServerError"),
        (503, "ServiceUnavailable"),
        (413, "RequestEntityTooLarge"),
    ];
    for (status, code) in codes {
        scene.event("code", code);
        let client = client(&scene, [replies::error(status, code, ""), replies::json("{}")]);
        let put = client.put_item().table_name("one").item("k", AttributeValue::Null(true));
        scene.result("put", &put.send().await);
        scene.elapsed("meanwhile");
    }
}

pub async fn damaged_responses(scene: Scene) {
    let bodies: [(u16, &str); 10] = [
        (200, ""),
        (200, "{"),
        (200, "[]"),
        (200, "{\"Item\":{\"k\":{\"S\":7}}}"),
        (200, "{\"Item\":{\"k\":{\"S\":\"a\",\"N\":\"1\"}}}"),
        (200, "{\"Item\":{\"k\":{\"NEW\":\"a\"}}}"),
        (200, "{\"Item\":{\"k\":{}}}"),
        (200, "{\"Item\":null,\"Unknown\":[{}]}"),
        (400, ""),
        (404, "<html></html>"),
    ];
    for (status, body) in bodies {
        scene.event("body", body);
        let client = client(&scene, [Reply::new(status, body)]);
        let get = client.get_item().table_name("one").key("k", AttributeValue::Null(true));
        scene.brief_result("got", &get.send().await);
    }
}

pub async fn into_the_crates_error(scene: Scene) {
    for code in ["ResourceNotFoundException", "ValidationException", "ThrottlingException"] {
        let replies = [(); 4].map(|()| replies::error(400, code, ""));
        let get = client(&scene, replies).get_item().table_name("one");
        let error = get.key("k", AttributeValue::Null(true)).send().await;
        let error = aws_sdk_dynamodb::Error::from(error.expect_err("the reply is an error"));
        scene.event("text", error.to_string());
        scene.event("causes", DisplayErrorContext(&error).to_string());
        scene.debug("error", &error);
        scene.event("code", error.code());
    }
}
