//! Calls that work.

use aws_sdk_sts::Client;
use aws_sdk_sts::operation::RequestId;
use aws_sdk_sts::operation::assume_role::AssumeRoleInput;
use aws_sdk_sts::operation::get_caller_identity::GetCallerIdentityInput;
use aws_sdk_sts::types::{PolicyDescriptorType, ProvidedContext, Tag};
use aws_smithy_http_client::test_util::{
    ReplayEvent, StaticReplayClient, capture_request, infallible_client_fn,
};
use aws_smithy_types::body::SdkBody;
use dropin::{Reply, Scene};

use crate::replies;

pub async fn caller_identity(scene: Scene) {
    let client = Client::new(&scene.config([replies::identity()]));
    let output = client.get_caller_identity().send().await.expect("the reply is sound");
    scene.event("account", output.account());
    scene.event("user", output.user_id());
    scene.event("arn", output.arn.as_deref());
    scene.event("request", output.request_id());
    scene.debug("output", &output);
    scene.debug("equal", output == output.clone());
}

pub async fn assume_role(scene: Scene) {
    let client = Client::new(&scene.config([replies::role()]));
    let output = client
        .assume_role()
        .role_arn("arn:aws:iam::123456789012:role/demo")
        .role_session_name("Ann & Bob/ü+~ *")
        .policy_arns(PolicyDescriptorType::builder().arn("arn:aws:iam::aws:policy/One").build())
        .policy_arns(PolicyDescriptorType::builder().arn("arn:aws:iam::aws:policy/Two").build())
        .policy("{\"Version\":\"2012-10-17\",\"Statement\":[]}")
        .duration_seconds(3600)
        .tags(Tag::builder().key("Project").value("Pegasus").build().expect("all is there"))
        .tags(Tag::builder().key("Cost").value("").build().expect("all is there"))
        .transitive_tag_keys("Project")
        .external_id("123ABC")
        .source_identity("Ann")
        .provided_contexts(
            ProvidedContext::builder().provider_arn("arn:p").context_assertion("a").build(),
        )
        .send()
        .await
        .expect("the reply is sound");
    let credentials = output.credentials().expect("there are some");
    scene.event("key", credentials.access_key_id());
    scene.event("secret", credentials.secret_access_key());
    scene.event("token", credentials.session_token());
    scene.debug("expiration", credentials.expiration());
    scene.debug("redacted", credentials);
    scene.debug("user", output.assumed_role_user());
    scene.debug("output", &output);
}

pub async fn builders(scene: Scene) {
    let client = Client::new(&scene.config([replies::role()]));
    let tag = |key: &str| Tag::builder().key(key).value("v").build().expect("all is there");
    let call = client
        .assume_role()
        .set_role_arn(Some("arn".to_owned()))
        .set_role_session_name(Some("session".to_owned()))
        .set_tags(Some(vec![tag("a"), tag("b")]))
        .tags(tag("c"))
        .set_duration_seconds(None);
    scene.debug("arn", call.get_role_arn());
    scene.debug("tags", call.get_tags());
    scene.debug("duration", call.get_duration_seconds());
    scene.debug("input", call.as_input());
    let second = call.clone().set_tags(None).set_transitive_tag_keys(Some(Vec::new()));
    scene.debug("second", second.get_transitive_tag_keys());
    scene.result("second", &second.send().await);
    let input = AssumeRoleInput::builder().role_arn("arn").build();
    scene.debug("input", input);
}

pub async fn inputs_are_sent_with_a_client(scene: Scene) {
    let client = Client::new(&scene.config([replies::identity(), replies::role()]));
    let output = GetCallerIdentityInput::builder().send_with(&client).await;
    scene.result("identity", &output);
    let input = AssumeRoleInput::builder().role_arn("arn").role_session_name("session");
    scene.result("role", &input.send_with(&client).await);
}

pub async fn unsigned_operations(scene: Scene) {
    let client = Client::new(&scene.config([
        Reply::new(200, "<AssumeRoleWithWebIdentityResponse/>"),
        Reply::new(
            200,
            "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Provider>p</Provider>\
             </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>",
        ),
    ]));
    for _ in 0..2 {
        let output = client
            .assume_role_with_web_identity()
            .role_arn("arn")
            .role_session_name("session")
            .web_identity_token("a token")
            .provider_id("provider")
            .send()
            .await;
        scene.brief_result("web identity", &output);
    }
}

pub async fn other_http_clients(scene: Scene) {
    let config = |http: &dyn Fn(aws_sdk_sts::config::Builder) -> aws_sdk_sts::config::Builder| {
        let shared = scene.config([]);
        let builder = aws_sdk_sts::config::Builder::from(&shared);
        http(builder).build()
    };

    let answer = http::Response::builder().status(200).body(SdkBody::from(replies::IDENTITY));
    let (http, captured) = capture_request(Some(answer.expect("it is sound")));
    let client = Client::from_conf(config(&|builder| builder.http_client(http.clone())));
    scene.result("captured", &client.get_caller_identity().send().await);
    scene.request(&captured.expect_request());

    let transcript = scene.transcript();
    let http = infallible_client_fn(move |request: http::Request<SdkBody>| {
        transcript.debug("infallible", request.uri());
        http::Response::builder().status(200).body(replies::IDENTITY).expect("it is sound")
    });
    let client = Client::from_conf(config(&|builder| builder.http_client(http.clone())));
    scene.result("infallible", &client.get_caller_identity().send().await);

    let request = http::Request::builder()
        .uri("https://sts.eu-central-1.amazonaws.com/")
        .body(SdkBody::from("Action=GetCallerIdentity&Version=2011-06-15"))
        .expect("it is sound");
    let response = http::Response::builder().status(200).body(SdkBody::from(replies::IDENTITY));
    let event = ReplayEvent::new(request, response.expect("it is sound"));
    let http = StaticReplayClient::new(vec![event]);
    let client = Client::from_conf(config(&|builder| builder.http_client(http.clone())));
    scene.result("replayed", &client.get_caller_identity().send().await);
    http.assert_requests_match(&[]);
    scene.result("no more", &client.get_caller_identity().send().await);
}

pub async fn clients_are_shared(scene: Scene) {
    let client = Client::new(&scene.config([(); 3].map(|()| replies::identity())));
    let other = client.clone();
    let (one, two) =
        tokio::join!(client.get_caller_identity().send(), other.get_caller_identity().send());
    scene.result("one", &one);
    scene.result("two", &two);
    // Futures of calls may be sent to other threads, as all runtimes with several threads ask.
    fn is_sent<T: Send + 'static>(it: T) -> T {
        it
    }
    let call = is_sent(client.get_caller_identity().send());
    scene.result("three", &tokio::spawn(call).await.expect("nobody panics"));
}
