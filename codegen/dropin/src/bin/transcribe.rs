//! A user's program around `aws-sdk-transcribestreaming`: streams of events in both directions, signed one after the
//! other.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use aws_sdk_transcribestreaming::Client;
use aws_sdk_transcribestreaming::config::Builder;
use aws_sdk_transcribestreaming::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_transcribestreaming::operation::start_stream_transcription::StartStreamTranscriptionOutput;
use aws_sdk_transcribestreaming::operation::start_stream_transcription::builders::StartStreamTranscriptionFluentBuilder;
use aws_sdk_transcribestreaming::primitives::Blob;
use aws_sdk_transcribestreaming::primitives::event_stream::{Header, HeaderValue, Message};
use aws_sdk_transcribestreaming::types::error::AudioStreamError;
use aws_sdk_transcribestreaming::types::{
    AudioEvent, AudioStream, LanguageCode, MediaEncoding, TranscriptResultStream,
};
use aws_smithy_eventstream::frame::write_message_to;
use dropin::{Reply, Scene};
use futures_util::stream;

fn main() -> ExitCode {
    dropin::main(dropin::scenarios![
        events::both_ways,
        events::that_are_none,
        events::modeled_errors,
        events::unmodeled_errors,
        events::streams_that_break,
        events::refused_requests,
    ])
}

mod events {
    use super::*;

    /// An event with these headers beside its type.
    fn event(kind: &str, name: &str, payload: &str) -> Message {
        let text = |text: &str| HeaderValue::String(text.to_owned().into());
        let named = match kind {
            "event" => ":event-type",
            "exception" => ":exception-type",
            _ => ":error-code",
        };
        let message = Message::new(payload.as_bytes().to_vec())
            .add_header(Header::new(":message-type", text(kind)))
            .add_header(Header::new(named, text(name)))
            .add_header(Header::new(":content-type", text("application/json")));
        match kind {
            "error" => {
                message.add_header(Header::new(":error-message", text("This is a message.")))
            }
            _ => message,
        }
    }

    fn bytes(messages: &[Message]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for message in messages {
            write_message_to(message, &mut bytes).expect("it isn't too long");
        }
        bytes
    }

    fn reply(body: Vec<u8>) -> Reply {
        Reply::new(200, body)
            .with("content-type", "application/vnd.amazon.eventstream")
            .with("x-amzn-request-id", "a-request")
            .with("x-amzn-transcribe-language-code", "en-GB")
            .with("x-amzn-transcribe-sample-rate", "8000")
    }

    const TRANSCRIPT: &str = "{\"Transcript\":{\"Results\":[{\"ResultId\":\"one\",\"StartTime\":0.5,\"IsPartial\":true,\
                              \"Alternatives\":[{\"Transcript\":\"hello\"}]}]}}";

    fn sound(text: &str) -> Result<AudioStream, AudioStreamError> {
        Ok(AudioStream::AudioEvent(AudioEvent::builder().audio_chunk(Blob::new(text)).build()))
    }

    fn call(
        scene: &Scene,
        reply: Reply,
        sounds: Vec<Result<AudioStream, AudioStreamError>>,
    ) -> StartStreamTranscriptionFluentBuilder {
        Client::from_conf(Builder::from(&scene.config([reply])).build())
            .start_stream_transcription()
            .language_code(LanguageCode::EnGb)
            .media_sample_rate_hertz(8000)
            .media_encoding(MediaEncoding::Pcm)
            .audio_stream(stream::iter(sounds).into())
    }

    async fn received(scene: &Scene, mut output: StartStreamTranscriptionOutput) {
        scene.event("request", output.request_id());
        scene.debug("language", output.language_code());
        for _ in 0..5 {
            match output.transcript_result_stream.recv().await {
                Ok(Some(TranscriptResultStream::TranscriptEvent(event))) => {
                    scene.debug("event", event);
                }
                Ok(Some(other)) => scene.debug("another event", other),
                Ok(None) => return scene.event("received", "all"),
                Err(error) => {
                    scene.event("error", dropin::kind(&error));
                    scene.event("text", error.to_string());
                    scene.event("code", error.code());
                    let service = error.as_service_error();
                    scene.event(
                        "bad",
                        service.is_some_and(|error| error.is_bad_request_exception()),
                    );
                    scene.event("service's", service.map(ToString::to_string));
                }
            }
        }
    }

    pub(crate) async fn both_ways(scene: Scene) {
        let events = [
            event("event", "TranscriptEvent", TRANSCRIPT),
            event("event", "TranscriptEvent", "{}"),
        ];
        let sounds = vec![sound("one"), sound(""), sound("three")];
        match call(&scene, reply(bytes(&events)), sounds).send().await {
            Ok(output) => received(&scene, output).await,
            Err(error) => scene.failure("transcription", &error),
        }
    }

    pub(crate) async fn that_are_none(scene: Scene) {
        let events =
            [event("event", "NewEvent", "{}"), event("event", "TranscriptEvent", TRANSCRIPT)];
        let output = call(&scene, reply(bytes(&events)), Vec::new()).send().await;
        received(&scene, output.expect("the reply is sound")).await;
    }

    pub(crate) async fn modeled_errors(scene: Scene) {
        let events = [
            event("event", "TranscriptEvent", TRANSCRIPT),
            event("exception", "BadRequestException", "{\"Message\":\"This is a message.\"}"),
        ];
        let output = call(&scene, reply(bytes(&events)), vec![sound("one")]).send().await;
        received(&scene, output.expect("the reply is sound")).await;
    }

    /// What becomes of them is different on purpose; that nothing comes after them isn't.
    pub(crate) async fn unmodeled_errors(scene: Scene) {
        for kind in ["exception", "error"] {
            let events = [event(kind, "NewException", "{}")];
            let output = call(&scene, reply(bytes(&events)), Vec::new()).send().await;
            let mut output = output.expect("the reply is sound");
            let error = output.transcript_result_stream.recv().await.is_err();
            scene.event("an error", error);
        }
    }

    pub(crate) async fn streams_that_break(scene: Scene) {
        let mut damaged = bytes(&[event("event", "TranscriptEvent", TRANSCRIPT)]);
        if let Some(byte) = damaged.last_mut() {
            *byte ^= 1;
        }
        for body in [damaged, b"no message, but long enough for one".to_vec()] {
            let output = call(&scene, reply(body), Vec::new()).send().await;
            match output {
                Ok(mut output) => {
                    let error = output.transcript_result_stream.recv().await.is_err();
                    scene.event("an error", error);
                }
                Err(error) => scene.event("no output", dropin::kind(&error)),
            }
        }
    }

    pub(crate) async fn refused_requests(scene: Scene) {
        let refused = Reply::new(400, "{\"Message\":\"This is a message.\"}")
            .with("x-amzn-errortype", "BadRequestException")
            .with("x-amzn-request-id", "a-request");
        let output = call(&scene, refused, vec![sound("one")]).send().await;
        let error = output.expect_err("the reply is an error");
        scene.failure("transcription", &error);
        scene.event("causes", DisplayErrorContext(&error).to_string());
        scene.event("bad", error.into_service_error().is_bad_request_exception());
    }
}
