//! Amazon S3 Control: the account is a part of the endpoint, and each request says what its body hashes to.

use aws_sdk_s3control::Client;
use aws_sdk_s3control::config::Builder;
use aws_sdk_s3control::types::PublicAccessBlockConfiguration;
use dropin::{Reply, Scene};

const ACCOUNT: &str = "123456789012";

pub async fn before_the_host(scene: Scene) {
    let listed = "<ListAccessPointsResult><AccessPointList><AccessPoint><Name>point</Name>\
                  <NetworkOrigin>Internet</NetworkOrigin><Bucket>bucket</Bucket></AccessPoint></AccessPointList>\
                  </ListAccessPointsResult>";
    let made = "<CreateAccessPointResult><AccessPointArn>arn:aws:s3:eu-central-1:123456789012:accesspoint/point\
                </AccessPointArn></CreateAccessPointResult>";
    let replies = [Reply::new(200, listed), Reply::new(200, made), Reply::new(204, "")];
    let client = Client::new(&scene.config(replies));
    scene.result("points", &client.list_access_points().account_id(ACCOUNT).send().await);
    let block = PublicAccessBlockConfiguration::builder().block_public_acls(true).build();
    let call = client.create_access_point().account_id(ACCOUNT).name("point").bucket("bucket");
    let call = call.public_access_block_configuration(block);
    scene.result("made", &call.send().await);
    let call = client.delete_access_point().account_id(ACCOUNT).name("point");
    scene.result("gone", &call.send().await);
}

pub async fn that_are_none(scene: Scene) {
    for account in [None, Some(""), Some("a b"), Some("a.b")] {
        scene.event("account", account);
        let client = Client::new(&scene.config([Reply::new(200, "<ListAccessPointsResult/>")]));
        let call = client.list_access_points().set_account_id(account.map(str::to_owned));
        scene.brief_result("points", &call.send().await);
    }
}

pub async fn of_other_endpoints(scene: Scene) {
    let settings: [fn(Builder) -> Builder; 4] = [
        |builder| builder.use_fips(true),
        |builder| builder.use_dual_stack(true),
        |builder| builder.use_fips(true).use_dual_stack(true),
        |builder| builder.endpoint_url("https://control.example.com/base"),
    ];
    for (index, set) in settings.into_iter().enumerate() {
        scene.event("settings", index);
        let config = scene.config([Reply::new(200, "<ListAccessPointsResult/>")]);
        let client = Client::from_conf(set(Builder::from(&config)).build());
        scene.result("points", &client.list_access_points().account_id(ACCOUNT).send().await);
    }
}

/// A bucket on an Outpost: its ARN is where the bucket's name would be, and says the account as well.
pub async fn of_outposts(scene: Scene) {
    let arn =
        "arn:aws:s3-outposts:eu-central-1:123456789012:outpost/op-01234567890123456/bucket/bucket";
    for account in [Some(ACCOUNT), None, Some("999999999999")] {
        scene.event("account", account);
        let config = scene.config([Reply::new(
            200,
            "<GetBucketResult><Bucket>bucket</Bucket></GetBucketResult>",
        )]);
        let call = Client::new(&config).get_bucket().bucket(arn);
        scene.brief_result("bucket", &call.set_account_id(account.map(str::to_owned)).send().await);
    }
}
