//! DynamoDB at a real server: tables and waiters, items, pages, batches, transactions, and their errors.

#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::process::ExitCode;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, ConditionCheck, KeySchemaElement, KeyType,
    KeysAndAttributes, Put, PutRequest, ReturnValue, ReturnValuesOnConditionCheckFailure,
    ScalarAttributeType, TableStatus, TransactWriteItem, WriteRequest,
};

fn main() -> ExitCode {
    dropin::main_with_server(dropin::real_scenarios![
        tables_come_and_go,
        tables_in_pages,
        values_come_back_as_they_went,
        queries_and_scans_in_pages,
        updates_with_conditions,
        batches,
        transactions,
        errors_by_type,
    ])
}

const PATIENCE: Duration = Duration::from_secs(30);

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

fn number(value: usize) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A client, and a table of this name that is ready.
async fn table(config: &SdkConfig, name: &str) -> Client {
    let client = Client::new(config);
    let attribute = |name: &str, kind| {
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(kind);
        attribute.build().expect("all is there")
    };
    let key = |name: &str, kind| {
        let key = KeySchemaElement::builder().attribute_name(name).key_type(kind);
        key.build().expect("all is there")
    };
    let created = client
        .create_table()
        .table_name(name)
        .attribute_definitions(attribute("group", ScalarAttributeType::S))
        .attribute_definitions(attribute("number", ScalarAttributeType::N))
        .key_schema(key("group", KeyType::Hash))
        .key_schema(key("number", KeyType::Range))
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .expect("a table is created");
    assert_eq!(created.table_description().and_then(|table| table.table_name()), Some(name));
    let waited = client.wait_until_table_exists().table_name(name).wait(PATIENCE).await;
    let output = waited.expect("the table comes").into_result().expect("it is described");
    let status = output.table().and_then(|table| table.table_status().cloned());
    assert_eq!(status, Some(TableStatus::Active));
    client
}

/// Puts so many items into a group.
async fn fill(client: &Client, name: &str, group: &str, count: usize) {
    for i in 0..count {
        let put = client.put_item().table_name(name).item("group", text(group));
        put.item("number", number(i)).send().await.expect("an item is put");
    }
}

async fn tables_come_and_go(config: SdkConfig) {
    let client = table(&config, "comes-and-goes").await;
    client.delete_table().table_name("comes-and-goes").send().await.expect("it is deleted");
    let waiting = client.wait_until_table_not_exists().table_name("comes-and-goes");
    let gone = waiting.wait(PATIENCE).await.expect("the table goes").into_result();
    let error = gone.expect_err("it isn't found any more").into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
}

async fn tables_in_pages(config: SdkConfig) {
    for i in 0..5 {
        table(&config, &format!("paged-{i}")).await;
    }
    let client = Client::new(&config);
    let mut pages = client.list_tables().into_paginator().page_size(2).send();
    let (mut names, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.next().await {
        let page = page.expect("a page comes");
        assert!(page.table_names().len() <= 2);
        names.extend(page.table_names().iter().filter(|name| name.starts_with("paged-")).cloned());
        count += 1;
    }
    assert_eq!(names, ["paged-0", "paged-1", "paged-2", "paged-3", "paged-4"]);
    assert!(count >= 3, "{count} pages");
    let items = client.list_tables().into_paginator().page_size(3).items().send();
    let items = items.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    assert!(names.iter().all(|name| items.contains(name)));
}

async fn values_come_back_as_they_went(config: SdkConfig) {
    let client = table(&config, "values").await;
    let item = HashMap::from([
        ("group".to_owned(), text("ü \u{1f980} \"quoted\" \\ <&>")),
        ("number".to_owned(), AttributeValue::N("-12.5".to_owned())),
        ("bytes".to_owned(), AttributeValue::B(Blob::new([0, 1, 254, 255]))),
        ("texts".to_owned(), AttributeValue::Ss(vec!["a".to_owned()])),
        ("numbers".to_owned(), AttributeValue::Ns(vec!["7".to_owned()])),
        ("list".to_owned(), AttributeValue::L(vec![text("a"), AttributeValue::Null(true)])),
        ("map".to_owned(), AttributeValue::M(HashMap::from([("k".to_owned(), number(1))]))),
        ("yes".to_owned(), AttributeValue::Bool(true)),
        ("none".to_owned(), AttributeValue::L(Vec::new())),
    ]);
    let put = client.put_item().table_name("values").set_item(Some(item.clone()));
    put.send().await.expect("the item is put");
    let get = client
        .get_item()
        .table_name("values")
        .key("group", item["group"].clone())
        .key("number", item["number"].clone())
        .consistent_read(true);
    let got = get.send().await.expect("the item is there");
    assert_eq!(got.item(), Some(&item));
    let get = client.get_item().table_name("values").key("group", text("none"));
    let got = get.key("number", number(0)).send().await.expect("nothing is no error");
    assert_eq!(got.item(), None);
}

async fn queries_and_scans_in_pages(config: SdkConfig) {
    let client = table(&config, "pages").await;
    fill(&client, "pages", "a", 10).await;
    fill(&client, "pages", "b", 3).await;
    let query = client
        .query()
        .table_name("pages")
        .key_condition_expression("#g = :g and #n >= :n")
        .expression_attribute_names("#g", "group")
        .expression_attribute_names("#n", "number")
        .expression_attribute_values(":g", text("a"))
        .expression_attribute_values(":n", number(1));
    let mut pages = query.clone().into_paginator().page_size(4).send();
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        counts.push(page.expect("a page comes").count());
    }
    assert_eq!(counts.iter().sum::<i32>(), 9, "{counts:?}");
    assert!(counts.len() >= 3, "{counts:?}");
    let items = query.scan_index_forward(false).into_paginator().page_size(4).items().send();
    let items = items.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    assert_eq!(items.first().and_then(|item| item.get("number")), Some(&number(9)));
    let scan = client.scan().table_name("pages").into_paginator().page_size(5).items().send();
    let items = scan.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    assert_eq!(items.len(), 13);
}

async fn updates_with_conditions(config: SdkConfig) {
    let client = table(&config, "updates").await;
    fill(&client, "updates", "a", 1).await;
    let update = client
        .update_item()
        .table_name("updates")
        .key("group", text("a"))
        .key("number", number(0))
        .update_expression("SET #c = if_not_exists(#c, :zero) + :two")
        .expression_attribute_names("#c", "count")
        .expression_attribute_values(":zero", number(0))
        .expression_attribute_values(":two", number(2))
        .return_values(ReturnValue::UpdatedNew);
    let updated = update.send().await.expect("the item is updated");
    assert_eq!(updated.attributes().and_then(|all| all.get("count")), Some(&number(2)));
    let put = client
        .put_item()
        .table_name("updates")
        .item("group", text("a"))
        .item("number", number(0))
        .condition_expression("attribute_not_exists(#g)")
        .expression_attribute_names("#g", "group")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let error = put.send().await.expect_err("the condition fails").into_service_error();
    match error {
        PutItemError::ConditionalCheckFailedException(error) => {
            assert!(error.message().is_some());
            assert_eq!(error.item().and_then(|item| item.get("count")), Some(&number(2)));
        }
        other => panic!("another error: {other:?}"),
    }
    let delete = client.delete_item().table_name("updates").key("group", text("a"));
    let delete = delete.key("number", number(0)).return_values(ReturnValue::AllOld);
    let deleted = delete.send().await.expect("the item is deleted");
    assert_eq!(deleted.attributes().and_then(|all| all.get("count")), Some(&number(2)));
}

async fn batches(config: SdkConfig) {
    let client = table(&config, "batches").await;
    let key = |i: usize| {
        HashMap::from([("group".to_owned(), text("a")), ("number".to_owned(), number(i))])
    };
    let writes = (0..5).map(|i| {
        let put = PutRequest::builder().set_item(Some(key(i))).build().expect("all is there");
        WriteRequest::builder().put_request(put).build()
    });
    let write = client.batch_write_item().request_items("batches", writes.collect());
    let written = write.send().await.expect("the items are written");
    assert!(written.unprocessed_items().is_none_or(HashMap::is_empty));
    let keys = (0..6).fold(KeysAndAttributes::builder(), |keys, i| keys.keys(key(i)));
    let keys = keys.build().expect("all is there");
    let got = client.batch_get_item().request_items("batches", keys).send().await;
    let got = got.expect("the items are there");
    let found = got.responses().and_then(|all| all.get("batches")).map(Vec::len);
    assert_eq!(found, Some(5));
}

async fn transactions(config: SdkConfig) {
    let client = table(&config, "transactions").await;
    let put = |i: usize| {
        let put = Put::builder().table_name("transactions").item("group", text("a"));
        let put = put.item("number", number(i)).build().expect("all is there");
        TransactWriteItem::builder().put(put).build()
    };
    let write = client.transact_write_items().transact_items(put(1)).transact_items(put(2));
    write.send().await.expect("both are written");
    let check = ConditionCheck::builder()
        .table_name("transactions")
        .key("group", text("a"))
        .key("number", number(1))
        .condition_expression("attribute_not_exists(#g)")
        .expression_attribute_names("#g", "group")
        .build()
        .expect("all is there");
    let check = TransactWriteItem::builder().condition_check(check).build();
    let write = client.transact_write_items().transact_items(put(3)).transact_items(check);
    let error = write.send().await.expect_err("the condition fails").into_service_error();
    match error {
        TransactWriteItemsError::TransactionCanceledException(error) => {
            let codes = error.cancellation_reasons().iter().map(|it| it.code().unwrap_or_default());
            assert_eq!(codes.collect::<Vec<_>>(), ["None", "ConditionalCheckFailed"]);
        }
        other => panic!("another error: {other:?}"),
    }
    let scan = client.scan().table_name("transactions").send().await.expect("the table is there");
    assert_eq!(scan.count(), 2);
}

async fn errors_by_type(config: SdkConfig) {
    let client = table(&config, "errors").await;
    let get = client.get_item().table_name("missing").key("group", text("a"));
    let error = get.send().await.expect_err("the table is missing").into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    let get = client.get_item().table_name("errors").key("other", text("a"));
    let error = get.send().await.expect_err("the key is wrong");
    assert_eq!(error.code(), Some("ValidationException"));
    assert_eq!(error.raw_response().map(|response| response.status().as_u16()), Some(400));
    assert!(!error.into_service_error().is_resource_not_found_exception());
}
