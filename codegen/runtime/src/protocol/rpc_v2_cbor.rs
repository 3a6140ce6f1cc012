//! [Smithy RPC v2 CBOR](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html): every
//! request is a POST to a path that names service and operation, with the input as a CBOR body. It
//! must not know any shape.

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri};

use super::{ErrorHead, Protocol, error_code, metadata, query_compatible, status};
use crate::codec::Codec;
use crate::codec::cbor::{self, Cbor, ErrorBody, Writer};
use crate::error::Error;
use crate::operation::{RequestView, View};
use crate::service::{ErrorSchema, OperationSchema};
use crate::service_error::ErrorStructure;
use crate::value::Structure;

/// RPC v2 CBOR. HTTP bindings don't count.
#[derive(Debug)]
pub struct RpcV2Cbor(());

/// RPC v2 CBOR.
pub static RPC_V2_CBOR: RpcV2Cbor = RpcV2Cbor(());

const SMITHY_PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const THIS_PROTOCOL: HeaderValue = HeaderValue::from_static("rpc-v2-cbor");
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/cbor");

/// Headers that name operations of other protocols: a request with one is ambiguous.
const FOREIGN: [&str; 2] = ["x-amz-target", "x-amzn-target"];

fn path(operation: &OperationSchema) -> String {
    ["/service/", operation.service().name(), "/operation/", operation.name()].concat()
}

/// The body that holds a structure, and the headers of the message around these: its type comes first, and its length
/// last, as official clients have them. The unit type, which stands for an operation without input or output, has none.
fn body(
    structure: &dyn Structure,
    headers: &mut HeaderMap,
    others: impl FnOnce(&mut HeaderMap),
) -> Result<Vec<u8>, Error> {
    if structure.schema().id() == "smithy.api#Unit" {
        others(headers);
        return Ok(Vec::new());
    }
    let body = cbor::write(structure)?;
    headers.insert(CONTENT_TYPE, MEDIA_TYPE);
    others(headers);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    Ok(body)
}

/// Whether the message says that it is one of this protocol.
fn claims(headers: &HeaderMap) -> bool {
    headers.get(SMITHY_PROTOCOL).is_some_and(|value| *value == THIS_PROTOCOL)
}

/// Whether these are the last segments of the path. The service may go by its absolute shape ID, with
/// a dot in the place of the `#`.
fn is_path_of(operation: &OperationSchema, path: &str) -> bool {
    let mut segments = path.rsplit('/');
    let mut next = || segments.next().unwrap_or_default();
    let (name, literal) = (next(), next());
    if name != operation.name() || literal != "operation" {
        return false;
    }
    let (service, literal) = (next(), next());
    let id = operation.service().id();
    let is_service = service == operation.service().name()
        || service.len() == id.len()
            && id.split_once('#').is_some_and(|(namespace, name)| {
                service.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('.'))
                    == Some(name)
            });
    is_service && literal == "service"
}

impl Protocol for RpcV2Cbor {
    fn id(&self) -> &'static str {
        "smithy.protocols#rpcv2Cbor"
    }

    fn codec(&self) -> &'static dyn Codec {
        &Cbor
    }

    fn initial_messages_in_stream(&self) -> bool {
        true
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Request<Vec<u8>>, Error> {
        let mut headers = HeaderMap::with_capacity(8);
        let body = body(input, &mut headers, |headers| {
            headers.insert(SMITHY_PROTOCOL, THIS_PROTOCOL);
            headers.insert(ACCEPT, MEDIA_TYPE);
            query_compatible::mark_request(operation, headers);
        })?;
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.headers_mut() = headers;
        *request.uri_mut() = Uri::try_from(path(operation)).map_err(|error| {
            Error::new("the names of service and operation can't be a path").caused_by(error)
        })?;
        Ok(request)
    }

    /// A response that isn't one of this protocol can't be read, whatever its status.
    fn is_error(&self, response: View<'_>) -> bool {
        !response.status.is_success() || !claims(response.headers)
    }

    fn read_output(
        &self,
        _operation: &OperationSchema,
        response: View<'_>,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        cbor::read(response.body, output)
    }

    fn read_error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error> {
        if !claims(response.headers) {
            return Err(Error::new(format!(
                "a response of status {} without the header `smithy-protocol: rpc-v2-cbor`: \
                 something else than the service answered",
                response.status.as_u16()
            )));
        }
        let body = ErrorBody::read(response.body)?;
        let name = body.type_name.as_deref().map(error_code::shape_name);
        Ok(query_compatible::head(operation, response, name, metadata(name, body.message)))
    }

    fn read_error(
        &self,
        _operation: &OperationSchema,
        response: View<'_>,
        error: &mut dyn ErrorStructure,
    ) -> Result<(), Error> {
        cbor::read(response.body, error)
    }

    fn parse_request(
        &self,
        operation: &OperationSchema,
        request: RequestView<'_>,
        input: &mut dyn Structure,
    ) -> Result<(), Error> {
        if request.method != Method::POST {
            return Err(Error::new(format!("expected a POST, found a {}", request.method)));
        }
        if !claims(request.headers) {
            return Err(Error::new("expected the header `smithy-protocol: rpc-v2-cbor`"));
        }
        if let Some(name) = FOREIGN.iter().find(|name| request.headers.contains_key(**name)) {
            return Err(Error::new(format!("the header {name} is one of another protocol")));
        }
        if !is_path_of(operation, request.uri.path()) {
            return Err(Error::new(format!(
                "expected the path `{}`, found `{}`",
                path(operation),
                request.uri.path()
            )));
        }
        cbor::read(request.body, input)
    }

    fn write_response(
        &self,
        _operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut headers = HeaderMap::with_capacity(4);
        let body = body(output, &mut headers, |headers| {
            headers.insert(SMITHY_PROTOCOL, THIS_PROTOCOL);
        })?;
        let mut response = Response::new(body);
        *response.headers_mut() = headers;
        Ok(response)
    }

    fn write_error(
        &self,
        operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn ErrorStructure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let status = status(schema.status())?;
        let mut writer = Writer::new();
        writer.structure_with("__type", schema.schema().id(), error)?;
        let mut response = Response::new(writer.into_bytes());
        *response.status_mut() = status;
        let length = HeaderValue::from(response.body().len());
        let headers = response.headers_mut();
        headers.insert(SMITHY_PROTOCOL, THIS_PROTOCOL);
        headers.insert(CONTENT_TYPE, MEDIA_TYPE);
        headers.insert(CONTENT_LENGTH, length);
        query_compatible::mark_error(operation, schema, headers)?;
        Ok(response)
    }
}
