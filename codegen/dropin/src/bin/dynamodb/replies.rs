//! What DynamoDB answers.

use dropin::Reply;

/// A response with this body.
pub fn json(body: &str) -> Reply {
    Reply::new(200, body)
        .with("content-type", "application/x-amz-json-1.0")
        .with("x-amzn-requestid", "A-REQUEST")
        .with("x-amz-crc32", "2745614147")
}

/// An error with this code, and members that it has beside its message.
pub fn error(status: u16, code: &str, more: &str) -> Reply {
    let body = format!(
        "{{\"__type\":\"com.amazonaws.dynamodb.v20120810#{code}\",\"message\":\"This is a message.\"{more}}}"
    );
    Reply::new(status, body)
        .with("content-type", "application/x-amz-json-1.0")
        .with("x-amzn-requestid", "A-REQUEST")
}
