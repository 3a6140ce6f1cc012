//! What services that once spoke AWS Query still do by other protocols, so that their errors keep
//! their codes. It must not know how those protocols write anything else. See
//! [`@awsQueryCompatible`](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait).

use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::ErrorHead;
use crate::error::Error;
use crate::operation::View;
use crate::service::{ErrorSchema, OperationSchema};

const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
const QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");

/// The field of the metadata in which the official SDK puts whose fault an error is.
const FAULT: &str = "type";

/// Says in a request that the client knows the codes of AWS Query.
pub(super) fn mark_request(operation: &OperationSchema, headers: &mut HeaderMap) {
    if operation.service().is_query_compatible() {
        headers.insert(QUERY_MODE, HeaderValue::from_static("true"));
    }
}

/// Says in the response of an error which code it has in AWS Query, if the model gives it one.
pub(super) fn mark_error(
    operation: &OperationSchema,
    error: &ErrorSchema,
    headers: &mut HeaderMap,
) -> Result<(), Error> {
    let Some(code) = error.modeled_query_code() else { return Ok(()) };
    if operation.service().is_query_compatible() {
        let value =
            HeaderValue::try_from([code, ";", error.fault()].concat()).map_err(|error| {
                Error::new("the error's code can't be a header's value").caused_by(error)
            })?;
        headers.insert(QUERY_ERROR, value);
    }
    Ok(())
}

/// Which error a response is of which the body gives this name, with the metadata that it gives.
///
/// The code of AWS Query comes first, as in the official SDK; of errors that share one, the name says
/// which it is. A name that is no shape's may be such a code itself.
pub(super) fn head(
    operation: &OperationSchema,
    response: View<'_>,
    name: Option<&str>,
    metadata: ErrorMetadataBuilder,
) -> ErrorHead {
    let named = name.and_then(|name| operation.error_named(name));
    if !operation.service().is_query_compatible() {
        return ErrorHead { metadata, modeled: named };
    }
    let coded = |code: &str| {
        let has_code = |error: &ErrorSchema| error.query_code() == code;
        named
            .filter(|&index| operation.errors().get(index).is_some_and(has_code))
            .or_else(|| operation.errors().iter().position(has_code))
    };
    match response.headers.get(QUERY_ERROR).and_then(code_and_fault) {
        Some((code, fault)) => ErrorHead {
            metadata: metadata.code(code).custom(FAULT, fault),
            modeled: coded(code).or(named),
        },
        None => ErrorHead { metadata, modeled: named.or_else(|| name.and_then(coded)) },
    }
}

fn code_and_fault(value: &HeaderValue) -> Option<(&str, &str)> {
    value.to_str().ok()?.split_once(';')
}
