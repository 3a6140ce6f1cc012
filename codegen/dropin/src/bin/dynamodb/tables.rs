//! Tables: made, described, and waited for.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, TableStatus,
};
use aws_smithy_runtime_api::client::waiters::error::WaiterError;
use dropin::{Reply, Scene};

use crate::replies;
use crate::settings::builder;

fn table(status: &str) -> Reply {
    replies::json(&format!(
        "{{\"Table\":{{\"TableName\":\"one\",\"TableStatus\":\"{status}\",\"CreationDateTime\":1.7723664001E9,\
         \"ItemCount\":0,\"KeySchema\":[{{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}}]}}}}"
    ))
}

fn missing() -> Reply {
    replies::error(400, "ResourceNotFoundException", "")
}

pub async fn created_and_described(scene: Scene) {
    let created = "{\"TableDescription\":{\"TableName\":\"one\",\"TableStatus\":\"CREATING\"}}";
    let client =
        Client::from_conf(builder(&scene, [replies::json(created), table("NEW_STATUS")]).build());
    let attribute = AttributeDefinition::builder()
        .attribute_name("k")
        .attribute_type(ScalarAttributeType::S)
        .build()
        .expect("all is there");
    let key = KeySchemaElement::builder().attribute_name("k").key_type(KeyType::Hash);
    let call = client
        .create_table()
        .table_name("one")
        .attribute_definitions(attribute)
        .key_schema(key.build().expect("all is there"))
        .billing_mode(BillingMode::PayPerRequest);
    let output = call.send().await.expect("the reply is sound");
    let created = output.table_description().and_then(|table| table.table_status());
    scene.event("creating", created == Some(&TableStatus::Creating));
    let output =
        client.describe_table().table_name("one").send().await.expect("the reply is sound");
    let table = output.table().expect("it is there");
    scene.debug("status", table.table_status());
    scene.event("status", table.table_status().map(TableStatus::as_str));
    scene.debug("made", table.creation_date_time());
    scene.debug("keys", table.key_schema());
    scene.debug("attributes", table.attribute_definitions());
    scene.debug("values", TableStatus::values());
}

const PATIENCE: Duration = Duration::from_secs(3600);

pub async fn waited_for(scene: Scene) {
    scene.without_times();
    let busy = replies::error(500, "InternalServerError", "");
    let client = Client::from_conf(
        builder(&scene, [missing(), busy, table("CREATING"), table("ACTIVE")]).build(),
    );
    let waiting = client.wait_until_table_exists().table_name("one");
    scene.debug("input", waiting.as_input());
    let found = waiting.wait(PATIENCE).await.expect("the last reply is what was waited for");
    let found = found.into_result().expect("the last poll was no error");
    scene.debug("status", found.table().and_then(|table| table.table_status()));
}

pub async fn waited_for_until_gone(scene: Scene) {
    scene.without_times();
    let client = Client::from_conf(builder(&scene, [table("DELETING"), missing()]).build());
    let waiting = client.wait_until_table_not_exists().table_name("one");
    let found = waiting.wait(PATIENCE).await.expect("the last reply is what was waited for");
    scene.debug("final", found.as_result().map(drop));
    scene.debug("code", found.into_result().expect_err("it is gone").meta().code());
}

pub async fn waited_for_too_long(scene: Scene) {
    let client = Client::from_conf(builder(&scene, [(); 4].map(|()| table("CREATING"))).build());
    let waiting = client.wait_until_table_exists().table_name("one");
    let error = waiting.wait(Duration::from_secs(5)).await.expect_err("it takes too long");
    scene.event("text", error.to_string());
    scene.debug("error", &error);
    if let WaiterError::ExceededMaxWait(exceeded) = &error {
        scene.debug("at most", exceeded.max_wait());
        scene.debug("polls", exceeded.poll_count());
    }
}

pub async fn waited_for_in_vain(scene: Scene) {
    scene.without_times();
    let failing =
        [replies::error(400, "AccessDeniedException", ""), Reply::Unusable, table("ACTIVE")];
    for reply in failing {
        let replies = std::iter::once(reply).chain([(); 3].map(|()| table("ACTIVE")));
        let client = Client::from_conf(builder(&scene, replies).build());
        let waiting = client.wait_until_table_not_exists().table_name("one");
        let waited = waiting.wait(Duration::from_secs(5)).await;
        let Err(error) = waited else {
            scene.event("waited", "all is as it should be");
            continue;
        };
        scene.event("text", error.to_string());
        scene.event("code", error.code());
        scene.debug("error", &error);
    }
}

pub async fn waited_for_without_a_name(scene: Scene) {
    let client = Client::from_conf(builder(&scene, [missing()]).build());
    let waited = client.wait_until_table_exists().wait(Duration::from_secs(1)).await;
    let error = waited.expect_err("the table is missing");
    scene.event("text", error.to_string());
    let construction = matches!(error, WaiterError::ConstructionFailure(_));
    scene.event("construction", construction);
}
