//! Credentials of IAM Identity Center, from SSO and its OIDC.

use dropin::{Reply, Scene};

use crate::{loader, provide, replies};

const START: &str = "\
[default]
region = eu-central-1
sso_start_url = https://example.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = demo
";

const SESSION: &str = "\
[default]
region = eu-central-1
sso_session = ann
sso_account_id = 123456789012
sso_role_name = demo/role
[sso-session ann]
sso_start_url = https://example.com/start
sso_region = us-east-1
";

/// The token's file is named by the hash of the URL where users sign in, or of the session's name.
const TOKEN_OF_START: &str = "/home/.aws/sso/cache/b343494cf15ba6b81449840ea93161cf3b27e5e3.json";
const TOKEN_OF_SESSION: &str = "/home/.aws/sso/cache/744cb9a9fb3d5583744ea3ece9b4d819d90bdee2.json";

fn token(expires: &str) -> String {
    format!(
        "{{\"accessToken\":\"an access token\",\"expiresAt\":\"{expires}\",\"refreshToken\":\"to refresh\",\
         \"clientId\":\"client\",\"clientSecret\":\"a secret\",\"registrationExpiresAt\":\"2027-01-01T00:00:00Z\",\
         \"region\":\"us-east-1\",\"startUrl\":\"https://example.com/start\"}}"
    )
}

fn role() -> Reply {
    let body = "{\"roleCredentials\":{\"accessKeyId\":\"ASIASSO\",\"secretAccessKey\":\"a secret\",\
                \"sessionToken\":\"a token\",\"expiration\":1772370000000}}";
    replies::json(200, body)
}

async fn of_a_session(scene: &Scene, expires: &str, replies: impl IntoIterator<Item = Reply>) {
    let token = token(expires);
    let files = [("/home/.aws/config", SESSION), (TOKEN_OF_SESSION, token.as_str())];
    let loading = loader(scene, &[], &files, replies);
    provide(scene, loading.load().await.credentials_provider()).await;
}

pub async fn with_a_token(scene: Scene) {
    let token = token("2026-03-02T00:00:00Z");
    let files = [("/home/.aws/config", START), (TOKEN_OF_START, token.as_str())];
    let loading = loader(&scene, &[], &files, [role()]);
    provide(&scene, loading.load().await.credentials_provider()).await;
}

pub async fn with_a_session(scene: Scene) {
    of_a_session(&scene, "2026-03-02T00:00:00Z", [role()]).await;
}

pub async fn with_a_token_that_is_refreshed(scene: Scene) {
    let refreshed = "{\"accessToken\":\"a new one\",\"tokenType\":\"Bearer\",\"expiresIn\":3600,\
                     \"refreshToken\":\"another\",\"idToken\":null}";
    of_a_session(&scene, "2026-03-01T12:01:00Z", [replies::json(200, refreshed), role()]).await;
    let refused = replies::json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"No.\"}");
    of_a_session(
        &scene,
        "2026-03-01T11:00:00Z",
        [refused.with("x-amzn-errortype", "InvalidGrantException"), role()],
    )
    .await;
}

pub async fn without_a_token(scene: Scene) {
    let loading = loader(&scene, &[], &[("/home/.aws/config", START)], []);
    provide(&scene, loading.load().await.credentials_provider()).await;
}

pub async fn refused(scene: Scene) {
    scene.without_times();
    for (status, code) in [
        (401, "UnauthorizedException"),
        (404, "ResourceNotFoundException"),
        (429, "TooManyRequestsException"),
    ] {
        let refused =
            || replies::json(status, "{\"message\":\"No.\"}").with("x-amzn-errortype", code);
        of_a_session(&scene, "2026-03-02T00:00:00Z", [(); 3].map(|()| refused())).await;
    }
}
