//! STS and IAM at a real server: who is calling, roles, users in pages, waiters, and errors.

#![forbid(unsafe_code)]

use std::error::Error as _;
use std::process::ExitCode;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_iam::Client;
use aws_sdk_iam::client::Waiters;
use aws_sdk_iam::error::ProvideErrorMetadata;
use aws_sdk_iam::operation::create_user::CreateUserError;
use aws_sdk_iam::types::{PolicyScopeType, Tag};

fn main() -> ExitCode {
    dropin::main_with_server(dropin::real_scenarios![
        callers_are_told_who_they_are,
        roles_are_assumed,
        roles_in_pages,
        policies_in_pages,
        what_was_made_is_waited_for,
        errors_by_type,
    ])
}

const PATIENCE: Duration = Duration::from_secs(30);

const TRUST: &str = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\
                     \"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"}]}";

async fn callers_are_told_who_they_are(config: SdkConfig) {
    let client = aws_sdk_sts::Client::new(&config);
    let identity = client.get_caller_identity().send().await.expect("somebody is calling");
    assert_eq!(identity.account(), Some("123456789012"));
    assert!(identity.arn().is_some_and(|arn| arn.starts_with("arn:aws:")), "{identity:?}");
}

async fn roles_are_assumed(config: SdkConfig) {
    let iam = Client::new(&config);
    let create = iam.create_role().role_name("assumed").assume_role_policy_document(TRUST);
    let created = create.send().await.expect("a role is created");
    let arn = created.role().expect("it is described").arn().to_owned();
    let sts = aws_sdk_sts::Client::new(&config);
    let assume = sts.assume_role().role_arn(&arn).role_session_name("s").duration_seconds(900);
    let assumed = assume.send().await.expect("the role is assumed");
    let credentials = assumed.credentials().expect("it has credentials");
    assert!(credentials.access_key_id().starts_with("ASIA"));
    assert!(credentials.expiration().secs() > created.role().expect("it is").create_date().secs());
    let user = assumed.assumed_role_user().expect("it has a user");
    assert!(user.arn().ends_with("assumed-role/assumed/s"), "{user:?}");
}

async fn roles_in_pages(config: SdkConfig) {
    let client = Client::new(&config);
    for i in 0..5 {
        let create = client.create_role().role_name(format!("paged-{i}")).path("/paged/");
        let tag = Tag::builder().key("i").value(i.to_string()).build().expect("all is there");
        let create = create.tags(tag).assume_role_policy_document(TRUST);
        create.send().await.expect("a role is created");
    }
    let list = client.list_roles().path_prefix("/paged/");
    let mut pages = list.clone().into_paginator().page_size(2).send();
    let (mut sizes, mut names) = (Vec::new(), Vec::new());
    while let Some(page) = pages.next().await {
        let page = page.expect("a page comes");
        sizes.push(page.roles().len());
        names.extend(page.roles().iter().map(|role| role.role_name().to_owned()));
    }
    names.sort_unstable();
    assert_eq!(sizes, [2, 2, 1]);
    assert_eq!(names, ["paged-0", "paged-1", "paged-2", "paged-3", "paged-4"]);
    let roles = list.into_paginator().items().send();
    let roles = roles.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    assert_eq!(roles.len(), 5);
    assert!(roles.iter().all(|role| role.create_date().secs() > 0 && role.path() == "/paged/"));
}

/// There are more than a thousand that AWS has made.
async fn policies_in_pages(config: SdkConfig) {
    let client = Client::new(&config);
    let list = client.list_policies().scope(PolicyScopeType::Aws).into_paginator().page_size(400);
    let mut pages = list.send();
    let (mut count, mut policies) = (0, 0);
    while let Some(page) = pages.next().await {
        policies += page.expect("a page comes").policies().len();
        count += 1;
    }
    assert!(count >= 2 && policies > 400, "{policies} policies on {count} pages");
}

async fn what_was_made_is_waited_for(config: SdkConfig) {
    let client = Client::new(&config);
    client.create_user().user_name("waited").send().await.expect("a user is created");
    let user = client.wait_until_user_exists().user_name("waited").wait(PATIENCE).await;
    let user = user.expect("the user comes").into_result().expect("it is described");
    assert_eq!(user.user().map(|user| user.user_name()), Some("waited"));
    let create = client.create_role().role_name("waited").assume_role_policy_document(TRUST);
    create.send().await.expect("a role is created");
    let role = client.wait_until_role_exists().role_name("waited").wait(PATIENCE).await;
    assert!(role.expect("the role comes").as_result().is_ok());
    let create = client.create_policy().policy_name("waited").policy_document(TRUST.replace(
        "\"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"",
        "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"",
    ));
    let created = create.send().await.expect("a policy is created");
    let arn = created.policy().and_then(|policy| policy.arn()).expect("it has an ARN");
    let policy = client.wait_until_policy_exists().policy_arn(arn).wait(PATIENCE).await;
    assert!(policy.expect("the policy comes").as_result().is_ok());
    let attach = client.attach_role_policy().role_name("waited").policy_arn(arn);
    attach.send().await.expect("the policy is attached");
    let attached = client.list_attached_role_policies().role_name("waited").send().await;
    let attached = attached.expect("the role is there");
    let attached: Vec<_> = attached.attached_policies().iter().map(|it| it.policy_arn()).collect();
    assert_eq!(attached, [Some(arn)]);
    let waiting = client.wait_until_user_exists().user_name("never");
    let waited = waiting.wait(Duration::from_millis(1500)).await;
    let error = aws_sdk_iam::Error::from(waited.expect_err("nobody comes"));
    assert!(error.code().is_none() && error.source().is_some(), "{error:?}");
}

async fn errors_by_type(config: SdkConfig) {
    let client = Client::new(&config);
    let error = client.get_user().user_name("missing").send().await;
    let error = error.expect_err("the user is missing").into_service_error();
    assert!(error.is_no_such_entity_exception(), "{error:?}");
    assert_eq!(error.code(), Some("NoSuchEntity"));
    client.create_user().user_name("twice").send().await.expect("a user is created");
    let error = client.create_user().user_name("twice").send().await;
    match error.expect_err("the user is there").into_service_error() {
        CreateUserError::EntityAlreadyExistsException(error) => {
            assert!(error.message().is_some_and(|text| text.contains("twice")), "{error:?}");
        }
        other => panic!("another error: {other:?}"),
    }
    client.delete_user().user_name("twice").send().await.expect("the user goes");
    let create = client.create_policy().policy_name("bad").policy_document("no document");
    let error = create.send().await.expect_err("it is no document").into_service_error();
    assert!(error.is_malformed_policy_document_exception(), "{error:?}");
}
