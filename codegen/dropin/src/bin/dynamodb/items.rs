//! Items: values of every kind, written and read.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeValue, DeleteRequest, KeysAndAttributes, Put, PutRequest, ReturnConsumedCapacity,
    ReturnValue, TransactWriteItem, Update, WriteRequest,
};
use dropin::Scene;

use crate::replies;
use crate::settings::builder;

/// A value that has all kinds in it. Maps have one key: there is no order of more.
fn value() -> AttributeValue {
    AttributeValue::L(vec![
        AttributeValue::S("text \"ü\" \u{1f980} \\ \u{7f} \u{1}".to_owned()),
        AttributeValue::N("-12.5e3".to_owned()),
        AttributeValue::B(Blob::new([0, 255, 128, 10])),
        AttributeValue::Ss(vec!["a".to_owned(), "b".to_owned()]),
        AttributeValue::Ns(vec!["1".to_owned(), "2".to_owned()]),
        AttributeValue::Bs(vec![Blob::new("one"), Blob::new("")]),
        AttributeValue::M(HashMap::from([("k".to_owned(), AttributeValue::Null(true))])),
        AttributeValue::L(Vec::new()),
        AttributeValue::M(HashMap::new()),
        AttributeValue::Bool(false),
    ])
}

pub async fn every_kind_of_value(scene: Scene) {
    let item = "{\"Item\":{\"v\":{\"L\":[{\"S\":\"\\u00fc\\ud83e\\udd80\"},{\"N\":\"1\"},{\"B\":\"AP+ACg==\"},\
                {\"SS\":[\"a\"]},{\"NS\":[\"1\"]},{\"BS\":[\"AA==\"]},{\"M\":{\"k\":{\"NULL\":true}}},{\"BOOL\":false},\
                {\"L\":[]}]}},\"ConsumedCapacity\":{\"TableName\":\"one\",\"CapacityUnits\":0.5}}";
    let client =
        Client::from_conf(builder(&scene, [replies::json("{}"), replies::json(item)]).build());
    let put = client.put_item().table_name("one").item("v", value());
    scene.result("put", &put.send().await);
    let get = client
        .get_item()
        .table_name("one")
        .key("k", AttributeValue::S("a".to_owned()))
        .consistent_read(true)
        .return_consumed_capacity(ReturnConsumedCapacity::Total)
        .projection_expression("#v")
        .expression_attribute_names("#v", "v");
    let output = get.send().await;
    scene.result("got", &output);
    let item = output.ok().and_then(|output| output.item);
    scene.debug("value", item.as_ref().and_then(|item| item.get("v")));
}

pub async fn values_can_be_asked(scene: Scene) {
    let AttributeValue::L(values) = value() else { return };
    for value in values {
        scene.debug("text", value.as_s());
        scene.debug("number", value.as_n().is_ok());
        scene.debug("list", value.as_l().map(Vec::len));
        scene.debug("map", value.as_m().map(HashMap::len));
        scene.debug("bytes", value.as_b().map(AsRef::as_ref));
        scene.debug("null", value.is_null());
        scene.debug("bool", value.as_bool());
        scene.debug("unknown", value.is_unknown());
        scene.debug("equal", value == value.clone());
    }
}

pub async fn many_attributes(scene: Scene) {
    scene.without_order();
    let client = Client::from_conf(builder(&scene, [replies::json("{}")]).build());
    let item = |count: usize| {
        let attributes = (0..count).map(|i| (format!("a{i}"), AttributeValue::N(i.to_string())));
        attributes.collect::<HashMap<_, _>>()
    };
    let put = client
        .put_item()
        .table_name("one")
        .set_item(Some(item(20)))
        .item("more", AttributeValue::M(item(5)));
    scene.debug("count", put.get_item().as_ref().map(HashMap::len));
    scene.result("put", &put.send().await);
}

pub async fn conditions_and_updates(scene: Scene) {
    let attributes = "{\"Attributes\":{\"n\":{\"N\":\"2\"}}}";
    let replies = [replies::json(attributes), replies::json(attributes)];
    let client = Client::from_conf(builder(&scene, replies).build());
    let update = client
        .update_item()
        .table_name("one")
        .key("k", AttributeValue::S("a".to_owned()))
        .update_expression("SET #n = #n + :one")
        .condition_expression("attribute_exists(#n)")
        .expression_attribute_names("#n", "n")
        .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
        .return_values(ReturnValue::UpdatedNew);
    let output = update.send().await;
    scene.result("updated", &output);
    let delete = client
        .delete_item()
        .table_name("one")
        .key("k", AttributeValue::S("a".to_owned()))
        .return_values(ReturnValue::AllOld);
    let output = delete.send().await.expect("the reply is sound");
    scene.debug("deleted", output.attributes());
}

pub async fn batches(scene: Scene) {
    let key = |key: &str| HashMap::from([("k".to_owned(), AttributeValue::S(key.to_owned()))]);
    let unprocessed =
        "{\"UnprocessedItems\":{\"one\":[{\"DeleteRequest\":{\"Key\":{\"k\":{\"S\":\"b\"}}}}]}}";
    let got = "{\"Responses\":{\"one\":[{\"k\":{\"S\":\"a\"}},{\"k\":{\"S\":\"b\"}}]},\"UnprocessedKeys\":{}}";
    let replies = [replies::json(unprocessed), replies::json(got)];
    let client = Client::from_conf(builder(&scene, replies).build());
    let put = PutRequest::builder().set_item(Some(key("a"))).build().expect("all is there");
    let delete = DeleteRequest::builder().set_key(Some(key("b"))).build().expect("all is there");
    let requests = vec![
        WriteRequest::builder().put_request(put).build(),
        WriteRequest::builder().delete_request(delete).build(),
    ];
    let output = client.batch_write_item().request_items("one", requests).send().await;
    scene.result("written", &output);
    let keys = KeysAndAttributes::builder().keys(key("a")).keys(key("b")).consistent_read(false);
    let keys = keys.build().expect("all is there");
    scene.result("got", &client.batch_get_item().request_items("one", keys).send().await);
}

fn put() -> TransactWriteItem {
    let put = Put::builder().table_name("one").item("k", AttributeValue::S("a".to_owned()));
    TransactWriteItem::builder().put(put.build().expect("all is there")).build()
}

pub async fn transactions(scene: Scene) {
    let client = Client::from_conf(builder(&scene, [replies::json("{}")]).build());
    let update = Update::builder()
        .table_name("one")
        .key("k", AttributeValue::S("b".to_owned()))
        .update_expression("REMOVE x")
        .build()
        .expect("all is there");
    let call = client
        .transact_write_items()
        .transact_items(put())
        .transact_items(TransactWriteItem::builder().update(update).build())
        .client_request_token("a token of mine");
    scene.result("written", &call.send().await);
}

/// A token that a retry keeps, and another one for the next call.
pub async fn tokens_made_up(scene: Scene) {
    let failing = replies::error(500, "InternalServerError", "");
    let replies = [failing, replies::json("{}"), replies::json("{}")];
    let config =
        builder(&scene, replies).idempotency_token_provider("00000000-0000-4000-8000-000000000000");
    let client = Client::from_conf(config.build());
    for _ in 0..2 {
        let call = client.transact_write_items().transact_items(put());
        scene.result("written", &call.send().await);
    }
    // One that is drawn at random is 36 characters long.
    let (http, captured) = aws_smithy_http_client::test_util::capture_request(None);
    let client = Client::from_conf(builder(&scene, []).http_client(http).build());
    let _ = client.transact_write_items().transact_items(put()).send().await;
    let request = captured.expect_request();
    let body: serde_json::Value =
        serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
    scene.event("length", body["ClientRequestToken"].as_str().map(str::len));
}
