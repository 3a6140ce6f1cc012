//! A user's program around `aws-sdk-polly`: requests that are signed ahead, and bodies that are streams.

#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_polly::config::Builder;
use aws_sdk_polly::presigning::{PresigningConfig, PresigningConfigError};
use aws_sdk_polly::types::{Engine, OutputFormat, TaskStatus, VoiceId};
use aws_sdk_polly::{Client, Config};
use aws_smithy_types::byte_stream::ByteStream;
use dropin::{Reply, Scene, hours_from_now};

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        presigned::ahead,
        presigned::with_a_token,
        presigned::by_other_configurations,
        presigned::without_credentials,
        presigned::for_wrong_times,
        presigned::without_what_is_needed,
        streams::of_speech,
        streams::that_are_errors,
        streams::in_pages,
    ])
}

/// The configuration of a client, from the scene's.
fn builder(scene: &Scene, replies: impl IntoIterator<Item = Reply>) -> Builder {
    Builder::from(&scene.config(replies))
}

fn minutes(minutes: u64) -> PresigningConfig {
    let time = Duration::from_secs(minutes * 60);
    let config = PresigningConfig::builder().start_time(hours_from_now(0)).expires_in(time);
    config.build().expect("it isn't too long")
}

mod presigned {
    use super::*;

    fn told(scene: &Scene, request: &aws_sdk_polly::presigning::PresignedRequest) {
        scene.event("method", request.method());
        scene.event("URI", request.uri());
        let headers: Vec<_> =
            request.headers().map(|(name, value)| format!("{name}: {value}")).collect();
        scene.event("headers", headers);
        scene.debug("request", request);
    }

    pub(crate) async fn ahead(scene: Scene) {
        let client = Client::from_conf(builder(&scene, []).build());
        let speech = client
            .synthesize_speech()
            .text("hello & ü + welcome")
            .output_format(OutputFormat::Mp3)
            .voice_id(VoiceId::Joanna)
            .engine(Engine::Neural)
            .lexicon_names("one")
            .lexicon_names("two");
        let request = speech.clone().presigned(minutes(5)).await.expect("it is signed");
        told(&scene, &request);
        let customized = speech.customize().config_override(Config::builder().use_fips(true));
        let request = customized.presigned(minutes(1)).await.expect("it is signed");
        told(&scene, &request);
        let request = request.make_http_1x_request("");
        scene.debug("as HTTP", (request.method(), request.uri()));
    }

    fn speech(
        client: &Client,
    ) -> aws_sdk_polly::operation::synthesize_speech::builders::SynthesizeSpeechFluentBuilder {
        client
            .synthesize_speech()
            .text("hello")
            .output_format(OutputFormat::Json)
            .voice_id(VoiceId::Joanna)
    }

    pub(crate) async fn with_a_token(scene: Scene) {
        let token = Some("a token/+=".to_owned());
        let credentials = Credentials::new("ASIAPOLLY", "a secret", token, None, "token");
        let client =
            Client::from_conf(builder(&scene, []).credentials_provider(credentials).build());
        told(&scene, &speech(&client).presigned(minutes(10)).await.expect("it is signed"));
        let expires = Some(hours_from_now(1));
        let credentials = Credentials::new("ASIAPOLLY", "a secret", None, expires, "expiring");
        let client =
            Client::from_conf(builder(&scene, []).credentials_provider(credentials).build());
        told(&scene, &speech(&client).presigned(minutes(600)).await.expect("it is signed"));
    }

    pub(crate) async fn by_other_configurations(scene: Scene) {
        let configs = [
            builder(&scene, [])
                .use_fips(true)
                .region(aws_sdk_polly::config::Region::new("us-west-2")),
            builder(&scene, []).endpoint_url("http://localhost:8080/path"),
        ];
        for config in configs {
            let client = Client::from_conf(config.build());
            told(&scene, &speech(&client).presigned(minutes(5)).await.expect("it is signed"));
        }
        let start = PresigningConfig::builder()
            .start_time(hours_from_now(-1))
            .expires_in(Duration::from_secs(7));
        let client = Client::from_conf(builder(&scene, []).build());
        let request = speech(&client).presigned(start.build().expect("all is there")).await;
        told(&scene, &request.expect("it is signed"));
    }

    pub(crate) async fn without_credentials(scene: Scene) {
        let shared = scene.config([]);
        let config = Config::builder()
            .behavior_version(shared.behavior_version().expect("it is set"))
            .region(shared.region().cloned())
            .http_client(scene.exchange([]));
        let client = Client::from_conf(config.build());
        match speech(&client).presigned(minutes(5)).await {
            Ok(request) => told(&scene, &request),
            Err(error) => scene.failure("presigned", &error),
        }
    }

    pub(crate) async fn for_wrong_times(scene: Scene) {
        let week = Duration::from_secs(7 * 24 * 3600);
        for time in [week, week + Duration::from_secs(1)] {
            let config: Result<_, PresigningConfigError> = PresigningConfig::expires_in(time);
            // What is wrong each crate says in its own words.
            scene.debug("config", config.map(|config| config.expires()).map_err(drop));
        }
        let config = PresigningConfig::builder().build();
        scene.debug("config", config.map(drop).map_err(drop));
        let mut builder = PresigningConfig::builder();
        builder.set_expires_in(Some(Duration::from_secs(9)));
        builder.set_start_time(Some(hours_from_now(2)));
        scene.debug("config", builder.build().map_err(drop));
        let now = PresigningConfig::expires_in(week).expect("it isn't too long").start_time();
        scene.debug("now", now.elapsed().is_ok_and(|elapsed| elapsed < week));
    }

    pub(crate) async fn without_what_is_needed(scene: Scene) {
        let client = Client::from_conf(builder(&scene, []).build());
        let speech = || client.synthesize_speech();
        let calls = [
            speech(),
            speech().text("hello").output_format(OutputFormat::Mp3),
            speech().text("hello").voice_id(VoiceId::Joanna),
            speech().text("").output_format(OutputFormat::Mp3).voice_id(VoiceId::Joanna),
        ];
        for call in calls {
            match call.presigned(minutes(5)).await {
                Ok(request) => told(&scene, &request),
                Err(error) => scene.event("error", dropin::kind(&error)),
            }
        }
    }
}

mod streams {
    use super::*;

    pub(crate) async fn of_speech(scene: Scene) {
        let sound = [0, 1, 2, 255, 254];
        let reply = Reply::new(200, sound)
            .with("content-type", "audio/mpeg")
            .with("x-amzn-requestcharacters", "5")
            .with("x-amzn-requestid", "a-request");
        let client = Client::from_conf(builder(&scene, [reply.clone(), reply]).build());
        let speech = || client.synthesize_speech().text("hello").output_format(OutputFormat::Mp3);
        let output = speech().voice_id(VoiceId::Joanna).send().await.expect("the reply is sound");
        scene.event("type", output.content_type());
        scene.event("characters", output.request_characters());
        let stream: ByteStream = output.audio_stream;
        scene.debug("size", stream.size_hint());
        scene.debug(
            "bytes",
            stream.collect().await.map(|bytes| bytes.to_vec()).map_err(|error| error.to_string()),
        );
        let mut output =
            speech().voice_id(VoiceId::Joanna).send().await.expect("the reply is sound");
        while let Some(chunk) = output.audio_stream.next().await {
            scene.debug(
                "chunk",
                chunk.map(|bytes| bytes.to_vec()).map_err(|error| error.to_string()),
            );
        }
    }

    pub(crate) async fn that_are_errors(scene: Scene) {
        let refused = Reply::new(400, "{\"message\":\"Too much.\"}")
            .with("x-amzn-errortype", "TextLengthExceededException")
            .with("x-amzn-requestid", "a-request");
        let busy = Reply::new(503, "{\"message\":\"Busy.\"}")
            .with("x-amzn-errortype", "ServiceFailureException");
        for reply in [refused, busy] {
            let spoken = Reply::new(200, "spoken");
            let client = Client::from_conf(builder(&scene, [reply, spoken]).build());
            let speech = client.synthesize_speech().text("hello").output_format(OutputFormat::Mp3);
            match speech.voice_id(VoiceId::Joanna).send().await {
                Ok(output) => scene.debug("bytes", output.audio_stream.collect().await.is_ok()),
                Err(error) => scene.failure("speech", &error),
            }
        }
    }

    pub(crate) async fn in_pages(scene: Scene) {
        let page = |token: &str| {
            let task =
                "{\"TaskId\":\"one\",\"TaskStatus\":\"completed\",\"CreationTime\":1772366400.5}";
            Reply::new(200, format!("{{\"SynthesisTasks\":[{task}]{token}}}"))
        };
        let client =
            Client::from_conf(builder(&scene, [page(",\"NextToken\":\"t\""), page("")]).build());
        let pages = client.list_speech_synthesis_tasks().status(TaskStatus::Completed);
        let pages = pages.into_paginator().page_size(1).send();
        let pages = pages.collect::<Result<Vec<_>, _>>().await;
        scene.debug("pages", pages.map_err(|_| "an error"));
    }
}
