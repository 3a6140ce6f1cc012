//! Paginators: pages, items, and how they end.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use dropin::{Reply, Scene};

use crate::replies;
use crate::settings::builder;

fn page(count: usize, next: Option<&str>) -> Reply {
    let items = vec!["{\"k\":{\"S\":\"a\"}}"; count].join(",");
    let next = next.map_or_else(String::new, |key| {
        format!(",\"LastEvaluatedKey\":{{\"k\":{{\"S\":\"{key}\"}}}}")
    });
    replies::json(&format!(
        "{{\"Items\":[{items}],\"Count\":{count},\"ScannedCount\":{count}{next}}}"
    ))
}

pub async fn of_queries(scene: Scene) {
    let replies = [page(2, Some("b")), page(0, Some("c")), page(1, None)];
    let client = Client::from_conf(builder(&scene, replies).build());
    let mut pages = client
        .query()
        .table_name("one")
        .key_condition_expression("k = :k")
        .expression_attribute_values(":k", AttributeValue::S("a".to_owned()))
        .into_paginator()
        .page_size(2)
        .send();
    while let Some(page) = pages.next().await {
        scene.result("page", &page);
    }
    scene.debug("after the last", pages.next().await.is_none());
}

pub async fn items_of_scans(scene: Scene) {
    let replies = [page(2, Some("b")), page(0, Some("c")), page(1, None)];
    let client = Client::from_conf(builder(&scene, replies).build());
    let items = client.scan().table_name("one").into_paginator().items().send();
    scene.debug("items", items.collect::<Result<Vec<_>, _>>().await);
}

pub async fn names_of_tables(scene: Scene) {
    let replies = [
        replies::json("{\"TableNames\":[\"a\",\"b\"],\"LastEvaluatedTableName\":\"b\"}"),
        replies::json("{\"LastEvaluatedTableName\":\"\"}"),
    ];
    let client = Client::from_conf(builder(&scene, replies).build());
    let mut names = client.list_tables().into_paginator().page_size(100).items().send();
    while let Some(name) = names.next().await {
        scene.debug("name", name);
    }
}

pub async fn the_same_token_twice(scene: Scene) {
    for stop in [true, false] {
        let replies = [page(1, Some("b")), page(1, Some("b")), page(1, None)];
        let client = Client::from_conf(builder(&scene, replies).build());
        let pages = client.scan().table_name("one").into_paginator();
        let mut pages = pages.stop_on_duplicate_token(stop).send();
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => scene.event("count", page.count()),
                Err(error) => scene.failure("page", &error),
            }
        }
    }
}

pub async fn errors_on_the_way(scene: Scene) {
    let failing = replies::error(400, "ResourceNotFoundException", "");
    let client =
        Client::from_conf(builder(&scene, [page(1, Some("b")), failing, page(1, None)]).build());
    let mut pages = client.scan().table_name("one").into_paginator().send();
    for _ in 0..4 {
        match pages.next().await {
            Some(page) => scene.result("page", &page),
            None => scene.event("page", "none"),
        }
    }
    let failing = replies::error(400, "ResourceNotFoundException", "");
    let client = Client::from_conf(builder(&scene, [page(1, Some("b")), failing]).build());
    let items = client.scan().table_name("one").into_paginator().items().send();
    let found = items.collect::<Result<Vec<_>, _>>().await;
    scene.event("failed", found.is_err());
}

pub async fn left_in_the_middle(scene: Scene) {
    let client = Client::from_conf(builder(&scene, [page(1, Some("b")), page(1, None)]).build());
    let mut pages = client.scan().table_name("one").into_paginator().send();
    let page = pages.try_next().await.expect("the reply is sound");
    scene.debug("first", page.map(|page| page.count()));
    drop(pages);
    tokio::task::yield_now().await;
}
