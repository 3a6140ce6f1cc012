//! Credentials of a console session, from Sign-In: the call is authenticated by a scheme of `aws-config`'s own.

use dropin::Scene;

use crate::{loader, provide, replies};

const PROFILE: &str = "\
[default]
region = eu-central-1
login_session = arn:aws:iam::123456789012:user/Ann
";

/// The token's file is named by the hash of the session.
const TOKEN: &str =
    "/home/.aws/login/cache/078af0b03f7d465e65525171a95b9c2b95b49b098b0e98967d0ca4df523f9fb0.json";

/// The key was made for this program, and opens nothing.
const SESSION: &str = "{\"accessToken\":{\"accessKeyId\":\"ASIALOGIN\",\"secretAccessKey\":\"a secret\",\
\"sessionToken\":\"a token\",\"accountId\":\"123456789012\",\"expiresAt\":\"2026-03-01T12:01:00Z\"},\
\"tokenType\":\"aws_sigv4\",\"refreshToken\":\"to refresh\",\"idToken\":\"an.id.token\",\
\"clientId\":\"arn:aws:signin:::devtools/same-device\",\"dpopKey\":\"-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIGjGHrQOijWAT1vZ1D4ykNKwdP8DJe5HkIJptsCBIt69oAoGCCqGSM49\\nAwEHoUQDQgAE2dGIC7IWDpSZI1ITSTY6BcCcKXYxaeSYh0Sz7mBGU2lgARiFTuV+\\nB105oOh9I5z4rAICBgvEmwfAiidyKjoYpQ==\\n-----END EC PRIVATE KEY-----\"}";

async fn login(scene: &Scene, status: u16, body: &str) {
    let files = [("/home/.aws/config", PROFILE), (TOKEN, SESSION)];
    let loading = loader(scene, &[], &files, [replies::json(status, body)]);
    provide(scene, loading.load().await.credentials_provider()).await;
}

pub async fn with_a_token_that_is_refreshed(scene: Scene) {
    let refreshed = "{\"accessToken\":{\"accessKeyId\":\"ASIANEW\",\"secretAccessKey\":\"another secret\",\
                     \"sessionToken\":\"another token\"},\"tokenType\":\"aws_sigv4\",\"expiresIn\":900,\
                     \"refreshToken\":\"next\",\"idToken\":\"an.id.token\"}";
    login(&scene, 200, refreshed).await;
}

pub async fn refused(scene: Scene) {
    for error in ["TOKEN_EXPIRED", "USER_CREDENTIALS_CHANGED", "SOMETHING_NEW"] {
        let body = format!(
            "{{\"error\":\"{error}\",\"message\":\"No.\",\"__type\":\"AccessDeniedException\"}}"
        );
        login(&scene, 401, &body).await;
    }
}
