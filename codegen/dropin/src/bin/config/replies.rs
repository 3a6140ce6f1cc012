//! What the services answer that credentials come from.

use dropin::Reply;

/// Credentials of STS, as this operation gives them.
pub fn sts(operation: &str, key: &str, expiration: &str) -> Reply {
    let body = format!(
        "<{operation}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{operation}Result><Credentials>\
         <AccessKeyId>{key}</AccessKeyId><SecretAccessKey>a secret</SecretAccessKey><SessionToken>a token\
         </SessionToken><Expiration>{expiration}</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>R:s\
         </AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/demo/s</Arn></AssumedRoleUser>\
         </{operation}Result></{operation}Response>"
    );
    Reply::new(200, body)
}

/// Who is calling.
pub fn identity() -> Reply {
    Reply::new(
        200,
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account>\
         </GetCallerIdentityResult></GetCallerIdentityResponse>",
    )
}

/// An error of STS.
pub fn refused(code: &str) -> Reply {
    let body = format!(
        "<ErrorResponse><Error><Code>{code}</Code><Message>No.</Message></Error></ErrorResponse>"
    );
    Reply::new(403, body)
}

/// A response in JSON.
pub fn json(status: u16, body: &str) -> Reply {
    Reply::new(status, body)
        .with("content-type", "application/json")
        .with("x-amzn-requestid", "a-request")
}
