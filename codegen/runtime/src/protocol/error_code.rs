//! Which error a JSON response is. It must not know which errors there are.

use std::borrow::Cow;

use super::{ErrorHead, metadata, query_compatible};
use crate::codec::json::Scanner;
use crate::error::Error;
use crate::operation::View;
use crate::service::OperationSchema;

/// Code and message, from the header `x-amzn-errortype` or else the body's `code` or `__type`, and
/// the body's `message`, `Message` or `errorMessage`. See
/// [operation error serialization](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization).
pub(super) fn head(operation: &OperationSchema, response: View<'_>) -> Result<ErrorHead, Error> {
    let body = Body::read(response.body)?;
    let code = response.header("x-amzn-errortype").or(body.code.as_deref());
    let name = code.or(body.type_name.as_deref()).map(shape_name);
    Ok(query_compatible::head(operation, response, name, metadata(name, body.message)))
}

/// The shape's name in `namespace#Name:http://…`: servers may add either, clients take both off.
pub(super) fn shape_name(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.split_once('#').map_or(code, |(_, name)| name)
}

#[derive(Default)]
struct Body<'a> {
    code: Option<Cow<'a, str>>,
    type_name: Option<Cow<'a, str>>,
    message: Option<Cow<'a, str>>,
}

impl<'a> Body<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut scanner = Scanner::from_utf8(bytes)?;
        let mut body = Self::default();
        match scanner.peek() {
            Some(b'{') => scanner.open_object()?,
            // Some errors come without a body, such as those that a load balancer answers.
            None => return Ok(body),
            // A value of another kind names no error; text that isn't JSON can't be read.
            Some(_) => {
                scanner.skip()?;
                return scanner.end().map(|()| body);
            }
        }
        let mut first = true;
        while scanner.next_entry(&mut first)? {
            let key = scanner.key()?;
            if scanner.peek() != Some(b'"') {
                scanner.skip()?;
                continue;
            }
            match &*key {
                "code" => body.code = Some(scanner.string()?),
                "__type" => body.type_name = Some(scanner.string()?),
                "message" | "Message" | "errorMessage" => body.message = Some(scanner.string()?),
                _ => scanner.skip()?,
            }
        }
        scanner.end()?;
        Ok(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lose_namespace_and_url() {
        for code in [
            "FooError",
            "FooError:http://internal.example.com/coral/",
            "example.test#FooError",
            "example.test#FooError:http://internal.example.com/a#b",
        ] {
            assert_eq!(shape_name(code), "FooError");
        }
    }

    #[test]
    fn bodies_that_name_no_error() {
        for bytes in [&b""[..], b" ", b"{}", b"[]", b"\"x\"", br#"{"code":1,"message":null}"#] {
            let body = Body::read(bytes).unwrap();
            assert!(body.code.is_none() && body.type_name.is_none() && body.message.is_none());
        }
        for bytes in [&b"<html>"[..], b"{", b"{} x", b"\xFF"] {
            assert!(Body::read(bytes).is_err());
        }
    }
}
