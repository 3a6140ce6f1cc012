//! Lambda at a real server: functions come, are waited for, called, found in pages, and go; errors.

#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::client::Waiters;
use aws_sdk_lambda::error::ProvideErrorMetadata;
use aws_sdk_lambda::operation::create_function::CreateFunctionError;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::{Environment, FunctionCode, InvocationType, LogType, Runtime, State};

fn main() -> ExitCode {
    dropin::main_with_server(dropin::real_scenarios![
        functions_come_and_go,
        functions_are_called,
        functions_in_pages,
        versions_and_aliases,
        errors_by_type,
    ])
}

const PATIENCE: Duration = Duration::from_secs(30);

const TRUST: &str = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\
                     \"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

/// An archive of nothing, which is the shortest ZIP file there is.
fn archive() -> Blob {
    let mut bytes = b"PK\x05\x06".to_vec();
    bytes.resize(22, 0);
    Blob::new(bytes)
}

/// The ARN of a role that functions may have.
async fn role(config: &SdkConfig) -> String {
    let iam = aws_sdk_iam::Client::new(config);
    let create = iam.create_role().role_name("functions").assume_role_policy_document(TRUST);
    match create.send().await {
        Ok(created) => created.role().expect("it is described").arn().to_owned(),
        Err(_) => {
            let got = iam.get_role().role_name("functions").send().await.expect("it is there");
            got.role().expect("it is described").arn().to_owned()
        }
    }
}

async fn function(config: &SdkConfig, name: &str) -> Client {
    let client = Client::new(config);
    let environment = Environment::builder().variables("KEY", "a value: ü").build();
    let create = client
        .create_function()
        .function_name(name)
        .role(role(config).await)
        .handler("main.handler")
        .runtime(Runtime::Python312)
        .code(FunctionCode::builder().zip_file(archive()).build())
        .environment(environment)
        .timeout(7)
        .tags("owner", "Ann");
    let created = create.send().await.expect("a function is created");
    assert_eq!(created.function_name(), Some(name));
    let waiting = client.wait_until_function_active_v2().function_name(name).wait(PATIENCE).await;
    let active = waiting.expect("it becomes active").into_result().expect("it is described");
    assert_eq!(active.configuration().and_then(|it| it.state()), Some(&State::Active));
    client
}

async fn functions_come_and_go(config: SdkConfig) {
    let client = function(&config, "comes").await;
    let waiting = client.wait_until_function_exists().function_name("comes").wait(PATIENCE).await;
    assert!(waiting.expect("it is there").as_result().is_ok());
    let got = client.get_function_configuration().function_name("comes").send().await;
    let got = got.expect("the function is there");
    assert_eq!((got.timeout(), got.runtime()), (Some(7), Some(&Runtime::Python312)));
    let variables = got.environment().and_then(|it| it.variables());
    assert_eq!(variables.map(|all| all["KEY"].as_str()), Some("a value: ü"));
    let update = client.update_function_configuration().function_name("comes").memory_size(512);
    assert_eq!(update.send().await.expect("it is updated").memory_size(), Some(512));
    let arn = got.function_arn().expect("it has an ARN");
    let tags = client.list_tags().resource(arn).send().await.expect("it has tags");
    assert_eq!(tags.tags().map(|tags| tags["owner"].as_str()), Some("Ann"));
    client.delete_function().function_name("comes").send().await.expect("the function goes");
}

async fn functions_are_called(config: SdkConfig) {
    let client = function(&config, "called").await;
    let invoke = client
        .invoke()
        .function_name("called")
        .payload(Blob::new("{\"hello\":\"ü\"}"))
        .log_type(LogType::Tail)
        .client_context("e30=");
    let invoked = invoke.send().await.expect("the function is called");
    assert_eq!(invoked.status_code(), 200);
    let payload = invoked.payload().expect("it answers").as_ref();
    assert!(!payload.is_empty());
    assert_eq!(invoked.function_error(), None);
    let invoke = client.invoke().function_name("called").invocation_type(InvocationType::Event);
    assert_eq!(invoke.send().await.expect("the function is called").status_code(), 202);
    let invoke = client.invoke().function_name("called").invocation_type(InvocationType::DryRun);
    assert_eq!(invoke.send().await.expect("the function is not called").status_code(), 204);
}

async fn functions_in_pages(config: SdkConfig) {
    for i in 0..4 {
        function(&config, &format!("paged-{i}")).await;
    }
    let client = Client::new(&config);
    let functions = client.list_functions().into_paginator().items().send();
    let functions = functions.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    let mut names: Vec<_> = functions.iter().filter_map(|it| it.function_name()).collect();
    names.retain(|name| name.starts_with("paged-"));
    names.sort_unstable();
    assert_eq!(names, ["paged-0", "paged-1", "paged-2", "paged-3"]);
}

async fn versions_and_aliases(config: SdkConfig) {
    let client = function(&config, "versions").await;
    let publish = client.publish_version().function_name("versions").description("first");
    let published = publish.send().await.expect("a version is published");
    assert_eq!(published.version(), Some("1"));
    let alias = client.create_alias().function_name("versions").name("live").function_version("1");
    let alias = alias.send().await.expect("it has a name");
    assert!(alias.alias_arn().is_some_and(|arn| arn.ends_with(":live")), "{alias:?}");
    let versions = client.list_versions_by_function().function_name("versions");
    let versions = versions.into_paginator().items().send();
    let versions = versions.collect::<Result<Vec<_>, _>>().await.expect("all pages come");
    let versions: Vec<_> = versions.iter().filter_map(|it| it.version()).collect();
    assert_eq!(versions, ["$LATEST", "1"]);
}

async fn errors_by_type(config: SdkConfig) {
    let client = function(&config, "twice").await;
    let error = client.get_function().function_name("missing").send().await;
    let error = error.expect_err("the function is missing").into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    let create = client
        .create_function()
        .function_name("twice")
        .role(role(&config).await)
        .handler("main.handler")
        .runtime(Runtime::Python312)
        .code(FunctionCode::builder().zip_file(archive()).build());
    match create.send().await.expect_err("the function is there").into_service_error() {
        CreateFunctionError::ResourceConflictException(error) => {
            assert!(error.message().is_some_and(|text| text.contains("twice")), "{error:?}");
        }
        other => panic!("another error: {other:?}"),
    }
    let error = client.get_function_configuration().function_name("missing").send().await;
    let error = error.expect_err("the function is missing").into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
}
