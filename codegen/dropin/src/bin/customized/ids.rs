//! Amazon Route 53: IDs as its answers have them are taken where its requests have them.

use aws_sdk_route53::Client;
use aws_sdk_route53::types::{Change, ChangeAction, ChangeBatch, ResourceRecordSet, RrType};
use dropin::{Reply, Scene};

pub async fn with_prefixes(scene: Scene) {
    let client = Client::new(&scene.config([(); 30].map(|()| Reply::new(404, ""))));
    let ids = [
        "Z1",
        "hostedzone/Z1",
        "/hostedzone/Z1",
        "change/C1",
        "/change/C1",
        "/delegationset/N1",
        "delegationset/N1",
        "hostedzone/hostedzone/Z1",
        "/hostedzone/a b/c",
        "//hostedzone/Z1",
    ];
    for id in ids {
        scene.event("id", id);
        scene.brief_result("change", &client.get_change().id(id).send().await);
        scene.brief_result("zone", &client.get_hosted_zone().id(id).send().await);
        let sets = client.list_resource_record_sets().hosted_zone_id(id);
        scene.brief_result("sets", &sets.send().await);
    }
    let record = ResourceRecordSet::builder().name("hostedzone/name").r#type(RrType::A);
    let change = Change::builder()
        .action(ChangeAction::Delete)
        .resource_record_set(record.build().expect("all is there"));
    let batch = ChangeBatch::builder().changes(change.build().expect("all is there"));
    let client = Client::new(&scene.config([Reply::new(404, "")]));
    let call = client
        .change_resource_record_sets()
        .hosted_zone_id("/hostedzone/Z1")
        .change_batch(batch.build().expect("all is there"));
    scene.brief_result("batch", &call.send().await);
}

/// Only IDs of some kinds, and only in paths.
pub async fn that_are_nothing_else(scene: Scene) {
    let client = Client::new(&scene.config([(); 4].map(|()| Reply::new(404, ""))));
    let check = client.get_health_check().health_check_id("hostedzone/H1");
    scene.brief_result("check", &check.send().await);
    let zones = client.list_hosted_zones().delegation_set_id("/delegationset/N1");
    scene.brief_result("zones", &zones.send().await);
    let zone = client.get_hosted_zone().id("/hostedzone/");
    scene.event("empty", zone.send().await.is_err());
    scene.event("missing", client.get_hosted_zone().send().await.is_err());
}
