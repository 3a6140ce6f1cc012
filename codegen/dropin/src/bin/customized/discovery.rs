//! Amazon Timestream: an endpoint is asked for first, and again before it expires.

use std::time::Duration;

use aws_sdk_timestreamquery::Client;
use aws_sdk_timestreamquery::config::Builder;
use aws_sdk_timestreamwrite as write;
use aws_sdk_timestreamwrite::types::{MeasureValueType, Record};
use dropin::{Reply, Scene};

fn told(address: &str, minutes: u32) -> Reply {
    let body =
        format!(r#"{{"Endpoints":[{{"Address":"{address}","CachePeriodInMinutes":{minutes}}}]}}"#);
    Reply::new(200, body).with("content-type", "application/x-amz-json-1.0")
}

fn answer() -> Reply {
    Reply::new(200, r#"{"QueryId":"1","Rows":[],"ColumnInfo":[]}"#)
        .with("content-type", "application/x-amz-json-1.0")
}

async fn query(scene: &Scene, client: &Client) {
    let call = client.query().query_string("SELECT 1").client_token("not drawn at random");
    scene.result("query", &call.send().await);
}

pub async fn once(scene: Scene) {
    let config =
        scene.config([told("one.example.com", 5), answer(), told("two.example.com", 5), answer()]);
    let (client, reload) =
        Client::new(&config).with_endpoint_discovery_enabled().await.expect("the endpoint is told");
    scene.debug("reload", &reload);
    query(&scene, &client).await;
    reload.reload_once().await;
    query(&scene, &client).await;
}

pub async fn again_and_again(scene: Scene) {
    let replies = [
        told("one.example.com", 5),
        told("two.example.com", 3),
        Reply::new(400, r#"{"__type":"AccessDeniedException"}"#),
        answer(),
        told("three.example.com", 60),
        answer(),
    ];
    let (client, reload) = Client::new(&scene.config(replies))
        .with_endpoint_discovery_enabled()
        .await
        .expect("the endpoint is told");
    let reloading = tokio::spawn(reload.reload_task());
    tokio::time::sleep(Duration::from_secs(6 * 60 + 30)).await;
    query(&scene, &client).await;
    tokio::time::sleep(Duration::from_secs(2 * 60)).await;
    query(&scene, &client).await;
    scene.event("reloading", !reloading.is_finished());
    drop(client);
    tokio::time::sleep(Duration::from_secs(61)).await;
    scene.event("ended", reloading.is_finished());
}

pub async fn without_an_answer(scene: Scene) {
    let denied = Reply::new(400, r#"{"__type":"AccessDeniedException","message":"no"}"#);
    let found = Client::new(&scene.config([denied])).with_endpoint_discovery_enabled().await;
    scene.event("denied", found.err().map(|error| error.to_string()));
    let config = Builder::from(&scene.config([told("one.example.com", 5), answer()]));
    let client = Client::from_conf(config.endpoint_url("http://localhost:1").build());
    let (client, _reload) =
        client.with_endpoint_discovery_enabled().await.expect("the endpoint is told");
    query(&scene, &client).await;
}

pub async fn of_the_service_that_writes(scene: Scene) {
    let json =
        |body: &str| Reply::new(200, body).with("content-type", "application/x-amz-json-1.0");
    let replies = [
        told("one.example.com", 5),
        json(r#"{"Databases":[{"DatabaseName":"database","TableCount":1}]}"#),
        json(r#"{"RecordsIngested":{"Total":1,"MemoryStore":1,"MagneticStore":0}}"#),
        Reply::new(419, r#"{"__type":"RejectedRecordsException","Message":"no","RejectedRecords":[{"RecordIndex":0}]}"#)
            .with("content-type", "application/x-amz-json-1.0"),
    ];
    let (client, _reload) = write::Client::new(&scene.config(replies))
        .with_endpoint_discovery_enabled()
        .await
        .expect("the endpoint is told");
    scene.result("databases", &client.list_databases().send().await);
    let record = Record::builder().measure_name("heat").measure_value("1.5");
    let record = record.measure_value_type(MeasureValueType::Double).time("1700000000000").build();
    for _ in 0..2 {
        let call = client.write_records().database_name("database").table_name("table");
        scene.result("written", &call.records(record.clone()).send().await);
    }
}
