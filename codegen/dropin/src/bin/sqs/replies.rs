//! What SQS answers.

use dropin::Reply;

/// A response with this body.
pub fn json(body: &str) -> Reply {
    Reply::new(200, body)
        .with("content-type", "application/x-amz-json-1.0")
        .with("x-amzn-requestid", "a-request")
}

/// An error with the code of AWS JSON, and that of AWS Query with its fault. It has no request ID: in the text of an
/// error, what it has beside code and message comes in no order.
pub fn error(status: u16, code: &str, query: Option<&str>) -> Reply {
    let body =
        format!("{{\"__type\":\"com.amazonaws.sqs#{code}\",\"message\":\"This is a message.\"}}");
    let reply = Reply::new(status, body).with("content-type", "application/x-amz-json-1.0");
    match query {
        Some(query) => reply.with("x-amzn-query-error", query),
        None => reply,
    }
}
