//! Queues.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{Builder, Region};
use aws_sdk_sqs::types::QueueAttributeName;
use dropin::{Reply, Scene};

use crate::replies;

/// A client with the scene's configuration.
pub fn client(scene: &Scene, replies: impl IntoIterator<Item = Reply>) -> Client {
    Client::new(&scene.config(replies))
}

pub async fn created(scene: Scene) {
    let replies = [
        replies::json("{\"QueueUrl\":\"https://sqs.eu-central-1.amazonaws.com/123456789012/one\"}"),
        replies::json("{\"Attributes\":{\"VisibilityTimeout\":\"30\"}}"),
        replies::json(""),
    ];
    let client = client(&scene, replies);
    let create = client
        .create_queue()
        .queue_name("one.fifo")
        .attributes(QueueAttributeName::FifoQueue, "true")
        .tags("owner", "Ann & \"Bob\"");
    let output = create.send().await.expect("the reply is sound");
    scene.debug("created", &output);
    let url = output.queue_url().expect("it is there");
    let asked = client.get_queue_attributes().queue_url(url);
    let asked = asked.attribute_names(QueueAttributeName::All).send().await.expect("it is sound");
    scene.debug("attributes", asked.attributes());
    let visibility =
        asked.attributes().and_then(|all| all.get(&QueueAttributeName::VisibilityTimeout));
    scene.debug("visibility", visibility);
    scene.result("deleted", &client.delete_queue().queue_url(url).send().await);
}

pub async fn with_many_attributes(scene: Scene) {
    scene.without_order();
    let attributes = HashMap::from([
        (QueueAttributeName::DelaySeconds, "1".to_owned()),
        (QueueAttributeName::MaximumMessageSize, "1024".to_owned()),
        (QueueAttributeName::from("NewAttribute"), "x".to_owned()),
        (QueueAttributeName::Policy, "{}".to_owned()),
    ]);
    let call = client(&scene, [replies::json("{}")]).set_queue_attributes().queue_url("url");
    scene.result("set", &call.set_attributes(Some(attributes)).send().await);
}

pub async fn in_pages(scene: Scene) {
    let pages = || {
        [
            replies::json("{\"QueueUrls\":[\"a\",\"b\"],\"NextToken\":\"t\"}"),
            replies::json("{\"QueueUrls\":[\"c\"],\"NextToken\":null}"),
        ]
    };
    let asked = client(&scene, pages());
    let mut found =
        asked.list_queues().queue_name_prefix("p").max_results(2).into_paginator().send();
    while let Some(page) = found.next().await {
        scene.result("page", &page);
    }
    let urls = client(&scene, pages()).list_queues().into_paginator().page_size(7).items().send();
    scene.debug("URLs", urls.collect::<Result<Vec<_>, _>>().await);
}

pub async fn of_dead_letters(scene: Scene) {
    let pages = [
        replies::json("{\"queueUrls\":[\"a\"],\"NextToken\":\"t\"}"),
        replies::json("{\"queueUrls\":[]}"),
    ];
    let asked = client(&scene, pages).list_dead_letter_source_queues().queue_url("url");
    let mut urls = asked.into_paginator().items().send();
    while let Some(url) = urls.next().await {
        scene.debug("URL", url);
    }
}

/// The URL of a queue doesn't say where a request goes.
pub async fn on_other_endpoints(scene: Scene) {
    let config = || Builder::from(&scene.config([replies::json("{}")]));
    let configs = [
        config().region(Region::new("us-gov-west-1")),
        config().region(Region::new("us-gov-west-1")).use_fips(true),
        config().region(Region::new("cn-north-1")).use_dual_stack(true),
        config().endpoint_url("http://localhost:9324"),
    ];
    for config in configs {
        let client = Client::from_conf(config.build());
        let call = client.purge_queue().queue_url("https://sqs.us-east-1.amazonaws.com/1/one");
        scene.result("purged", &call.send().await);
    }
}
