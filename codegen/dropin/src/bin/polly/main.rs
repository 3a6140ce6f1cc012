//! A user's program around `aws-sdk-polly`: REST JSON, and bodies that are streams.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use aws_sdk_polly::Client;
use aws_sdk_polly::config::Builder;
use aws_sdk_polly::types::{OutputFormat, TaskStatus, VoiceId};
use aws_smithy_types::byte_stream::ByteStream;
use dropin::{Reply, Scene};

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        streams::of_speech,
        streams::that_are_errors,
        streams::in_pages,
    ])
}

/// The configuration of a client, from the scene's.
fn builder(scene: &Scene, replies: impl IntoIterator<Item = Reply>) -> Builder {
    Builder::from(&scene.config(replies))
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
