//! Calls that fail, and what a caller may ask of the error.

use aws_sdk_sts::Client;
use aws_sdk_sts::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_sts::operation::RequestId;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::get_caller_identity::GetCallerIdentityError;
use aws_sdk_sts::types::Tag;
use aws_sdk_sts::types::error::ExpiredTokenException;
use dropin::{Reply, Scene};

use crate::replies;

pub async fn modeled(scene: Scene) {
    let client = Client::new(&scene.config([replies::error(403, "ExpiredTokenException")]));
    let call = client.assume_role().role_arn("arn").role_session_name("session");
    let error = call.send().await.expect_err("the reply is an error");
    scene.failure("role", &error);
    scene.event("code", error.code());
    scene.event("message", error.message());
    scene.event("request", error.request_id());
    scene
        .event("expired", error.as_service_error().is_some_and(|e| e.is_expired_token_exception()));
    scene.event(
        "malformed",
        error.as_service_error().is_some_and(|e| e.is_malformed_policy_document_exception()),
    );
    match error.into_service_error() {
        AssumeRoleError::ExpiredTokenException(error) => {
            scene.event("message", error.message());
            scene.event("text", error.to_string());
            scene.event("request", error.request_id());
            scene.debug("metadata", error.meta());
            scene.debug("error", &error);
        }
        other => scene.debug("another one", other),
    }
}

/// The same error is modeled for some operations, and has another code on the wire for one of them.
pub async fn every_operation_knows_its_own(scene: Scene) {
    let codes = [
        "MalformedPolicyDocument",
        "PackedPolicyTooLarge",
        "RegionDisabledException",
        "ExpiredTokenException",
        "IDPRejectedClaim",
        "MalformedPolicyDocumentException",
    ];
    for code in codes {
        let replies =
            [replies::error(400, code), replies::error(400, code), replies::error(400, code)];
        let client = Client::new(&scene.config(replies));
        let role = client.assume_role().role_arn("arn").role_session_name("session");
        let error = role.send().await.expect_err("the reply is an error").into_service_error();
        scene.debug("role", &error);
        scene.event("role", error.to_string());
        let web =
            client.assume_role_with_web_identity().role_arn("arn").role_session_name("session");
        let web = web.web_identity_token("token").send().await;
        let error = web.expect_err("the reply is an error").into_service_error();
        scene.debug("web", &error);
        scene.event("web", error.is_idp_rejected_claim_exception());
        let error = client.get_caller_identity().send().await.expect_err("the reply is an error");
        scene.debug("identity", error.into_service_error());
    }
}

pub async fn not_modeled(scene: Scene) {
    let client = Client::new(&scene.config([replies::error(403, "AccessDenied")]));
    let error = client.get_caller_identity().send().await.expect_err("the reply is an error");
    scene.failure("identity", &error);
    let SdkError::ServiceError(service) = &error else {
        scene.event("error", "of another kind");
        return;
    };
    scene.debug("metadata", service.err().meta());
    scene.event("status", service.raw().status().as_u16());
    let error = error.into_service_error();
    #[allow(deprecated, reason = "users match it all the same")]
    let unhandled = matches!(error, GetCallerIdentityError::Unhandled(_));
    scene.event("unhandled", unhandled);
    scene.event("context", DisplayErrorContext(&error).to_string());
    let source = std::error::Error::source(&error).map(ToString::to_string);
    scene.event("source", source);
}

/// What comes through proxies. What breaks off is read differently on purpose: `cargo xtask oracle` says how.
pub async fn damaged_responses(scene: Scene) {
    let bodies: [(u16, &str); 7] = [
        (200, "<Other><GetCallerIdentityResult/></Other>"),
        (200, "<GetCallerIdentityResponse><Other/></GetCallerIdentityResponse>"),
        (200, "no XML"),
        (404, "<html><body>Not found</body></html>"),
        (403, "no XML"),
        (301, ""),
        (400, "<ErrorResponse><Error><Code></Code></Error></ErrorResponse>"),
    ];
    for (status, body) in bodies {
        let client = Client::new(&scene.config([Reply::new(status, body)]));
        scene.event("body", body);
        scene.brief_result("identity", &client.get_caller_identity().send().await);
    }
}

pub async fn into_the_crates_error(scene: Scene) {
    let replies = ["ExpiredTokenException", "AccessDenied"].map(|code| replies::error(403, code));
    let client =
        Client::new(&scene.config(replies.into_iter().chain([(); 3].map(|()| Reply::Broken))));
    for _ in 0..3 {
        let call = client.assume_role().role_arn("arn").role_session_name("session");
        let error = call.send().await.expect_err("the reply is an error");
        let error = aws_sdk_sts::Error::from(error);
        scene.event("text", error.to_string());
        scene.event("causes", DisplayErrorContext(&error).to_string());
        scene.debug("error", &error);
        scene.event("code", error.code());
        scene.event("request", error.request_id());
        let expired = matches!(&error, aws_sdk_sts::Error::ExpiredTokenException(_));
        scene.event("expired", expired);
    }
    let mine = ExpiredTokenException::builder().message("made by hand").build();
    let error = aws_sdk_sts::Error::from(AssumeRoleError::ExpiredTokenException(mine));
    scene.debug("made by hand", error);
}

/// The texts of such errors are each crate's own.
pub async fn inputs_that_lack_something(scene: Scene) {
    let client = Client::new(&scene.config([replies::role()]));
    scene.event("tag", Tag::builder().key("only").build().is_err());
    let call = client.assume_role().role_session_name("session");
    scene.result("what may be missing", &call.send().await);
}
