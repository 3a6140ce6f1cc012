//! Amazon API Gateway: answers in plain JSON are asked for in each request.

use aws_sdk_apigateway::Client;
use aws_sdk_apigateway::types::{Op, PatchOperation};
use dropin::{Reply, Scene};

fn json(status: u16, body: &str) -> Reply {
    Reply::new(status, body).with("content-type", "application/json")
}

pub async fn answers(scene: Scene) {
    let replies = [
        json(
            200,
            r#"{"item":[{"id":"one","name":"first","createdDate":1700000000}],"position":"next"}"#,
        ),
        json(200, r#"{"item":[{"id":"two","binaryMediaTypes":["image/png"]}]}"#),
        json(201, r#"{"id":"three","name":"third"}"#),
        json(200, r#"{"id":"three","description":"changed"}"#),
        Reply::new(202, ""),
    ];
    let client = Client::new(&scene.config(replies));
    let mut items = client.get_rest_apis().into_paginator().items().send();
    while let Some(item) = items.next().await {
        scene.debug("item", item);
    }
    scene.result("made", &client.create_rest_api().name("third").send().await);
    let change = PatchOperation::builder().op(Op::Replace).path("/description").value("changed");
    let call = client.update_rest_api().rest_api_id("three").patch_operations(change.build());
    scene.result("changed", &call.send().await);
    scene.result("gone", &client.delete_rest_api().rest_api_id("three").send().await);
}

pub async fn errors(scene: Scene) {
    let replies = [
        json(404, r#"{"message":"Invalid API identifier specified"}"#)
            .with("x-amzn-errortype", "NotFoundException"),
        json(429, r#"{"message":"Slow down","retryAfterSeconds":"1"}"#)
            .with("x-amzn-errortype", "TooManyRequestsException"),
        json(200, r#"{"id":"a b"}"#),
    ];
    let client = Client::new(&scene.config(replies));
    scene.result("missing", &client.delete_rest_api().rest_api_id("none").send().await);
    let call = client.update_rest_api().rest_api_id("a b");
    scene.result("again", &call.send().await);
    scene.brief_result("without an ID", &client.delete_rest_api().send().await);
}
