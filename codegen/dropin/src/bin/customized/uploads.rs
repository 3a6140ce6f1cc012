//! Amazon S3 Glacier: a version in each request, the caller's own account, and hashes of what is uploaded.

use aws_sdk_glacier::Client;
use aws_smithy_types::byte_stream::ByteStream;
use dropin::{Reply, Scene};

fn client(scene: &Scene) -> Client {
    Client::new(&scene.config([Reply::new(201, ""), Reply::new(201, "")]))
}

pub async fn are_hashed(scene: Scene) {
    let mebibytes = |number: usize| vec![b'm'; number << 20];
    let bodies = [Vec::new(), b"short".to_vec(), mebibytes(1), [mebibytes(2), vec![1]].concat()];
    for body in bodies {
        scene.event("length", body.len());
        let call = client(&scene).upload_archive().vault_name("vault").body(ByteStream::from(body));
        scene.result("upload", &call.send().await);
    }
    let call = client(&scene)
        .upload_archive()
        .vault_name("vault")
        .checksum("the caller's own")
        .archive_description("an archive")
        .body(ByteStream::from_static(b"body"));
    scene.result("upload", &call.send().await);
    let call = client(&scene)
        .upload_multipart_part()
        .vault_name("vault")
        .upload_id("upload")
        .range("bytes 0-3/*")
        .body(ByteStream::from_static(b"body"));
    scene.result("part", &call.send().await);
}

pub async fn of_the_caller_or_another(scene: Scene) {
    for account in [None, Some(""), Some("-"), Some("123456789012")] {
        scene.event("account", account);
        let client = client(&scene);
        let call = client.list_vaults().set_account_id(account.map(str::to_owned));
        scene.result("vaults", &call.send().await);
        let call = client.describe_vault().set_account_id(account.map(str::to_owned));
        scene.result("vault", &call.vault_name("a vault").send().await);
    }
}
