//! [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html): which member goes where in a
//! request or response, in both directions, for all protocols that have them. It must not know the
//! format of documents, nor how errors are told apart: that is what a [`Dialect`] is for.

mod headers;
mod payload;
mod query;
mod read;
#[cfg(test)]
mod tests;
mod text;
mod uri;
mod write;

use http::{HeaderMap, Method, Request, Response, Uri};

pub(super) use self::headers::field_value;
use self::payload::Body;
use self::query::Query;
use self::read::{Message, Of};
use self::uri::Pattern;
use super::{ErrorHead, Protocol, status};
use crate::codec::{Codec, Part};
use crate::error::Error;
use crate::operation::{RequestView, View};
use crate::service::{ErrorSchema, Http, OperationSchema};
use crate::service_error::ErrorStructure;
use crate::value::{Structure, correct};

/// A protocol with HTTP bindings.
pub struct Rest {
    pub(super) id: &'static str,
    pub(super) codec: &'static dyn Codec,
    pub(super) dialect: &'static dyn Dialect,
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Rest").field(&self.id).finish()
    }
}

/// What differs between protocols with HTTP bindings, besides the format of documents. A document holds
/// the members that aren't bound to another place; who reads one corrects the structure.
pub(super) trait Dialect: Sync {
    /// The body of a request whose payload is a structure that isn't set.
    fn unset_structure(&self) -> &'static [u8];

    /// Whether a response has a document though no member goes there.
    fn has_empty_documents(&self) -> bool;

    /// The document of an output.
    fn write_output(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Vec<u8>, Error>;

    /// Reads the document of an output.
    fn read_output(
        &self,
        operation: &OperationSchema,
        body: &[u8],
        output: &mut dyn Structure,
    ) -> Result<(), Error>;

    /// The document of an error; `headers` gets what else tells the error.
    fn write_error(
        &self,
        operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn Structure,
        headers: &mut HeaderMap,
    ) -> Result<Vec<u8>, Error>;

    /// Reads the document of an error.
    fn read_error(
        &self,
        operation: &OperationSchema,
        body: &[u8],
        error: &mut dyn Structure,
    ) -> Result<(), Error>;

    /// Which error a response is, and its message.
    fn error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error>;
}

fn http(operation: &OperationSchema) -> Result<Http, Error> {
    operation.modeled_http().ok_or_else(|| {
        let name = operation.name();
        Error::new(format!("{name} has no `@http`, without which this protocol can't carry it"))
    })
}

impl Protocol for Rest {
    fn id(&self) -> &'static str {
        self.id
    }

    fn codec(&self) -> &'static dyn Codec {
        self.codec
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Request<Vec<u8>>, Error> {
        let http = http(operation)?;
        let pattern = Pattern::new(http.uri);
        let mut scratch = String::new();
        let mut uri = String::with_capacity(http.uri.len() + 64);
        pattern.write_path(input, &mut uri, &mut scratch)?;
        let mut query = query::Writer::new(pattern, uri, operation.has_document_in_query());
        let mut headers = write::new_headers();
        let bound = write::bound(input, &mut headers, Some(&mut query), &mut scratch)?;
        let body = match bound.payload {
            Some(payload) => self.payload(operation, input, payload)?.or_else(|| {
                payload::unset(self.codec, payload.member, self.dialect.unset_structure())
            }),
            None if bound.has_document => {
                let namespace = operation.service().modeled_xml_namespace();
                Some(self.document(self.codec.write(input, Part::UnboundByName, namespace)?))
            }
            None => None,
        };
        let bytes = match body {
            Some(body) => write::finish(&mut headers, body)?,
            None => Vec::new(),
        };
        let mut request = Request::new(bytes);
        *request.method_mut() = Method::from_bytes(http.method.as_bytes())
            .map_err(|error| Error::new("not an HTTP method").caused_by(error))?;
        *request.uri_mut() = Uri::try_from(query.finish())
            .map_err(|error| Error::new("the URI can't be made").caused_by(error))?;
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn read_output(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        if self.read_bound(&Message::of(response), output)? {
            return self.dialect.read_output(operation, response.body, output);
        }
        correct(output);
        Ok(())
    }

    fn read_error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error> {
        self.dialect.error_head(operation, response)
    }

    fn read_error(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
        error: &mut dyn ErrorStructure,
    ) -> Result<(), Error> {
        if self.read_bound(&Message::of(response), error)? {
            return self.dialect.read_error(operation, response.body, error);
        }
        correct(error);
        Ok(())
    }

    fn parse_request(
        &self,
        operation: &OperationSchema,
        request: RequestView<'_>,
        input: &mut dyn Structure,
    ) -> Result<(), Error> {
        let http = http(operation)?;
        let RequestView { method, uri, headers, body } = request;
        if method.as_str() != http.method {
            let expected = http.method;
            return Err(Error::new(format!("expected the method {expected}, found {method}")));
        }
        let pattern = Pattern::new(http.uri);
        let Some(labels) = pattern.match_path(uri.path()) else {
            let (expected, found) = (http.uri, uri.path());
            return Err(Error::new(format!("expected a path of `{expected}`, found `{found}`")));
        };
        let query = Query::parse(uri.query().unwrap_or_default())?;
        query.check(pattern)?;
        let message = Message { headers, body, of: Of::Request { labels, query } };
        if self.read_bound(&message, input)? {
            return self.codec.read(body, Part::Unbound, input);
        }
        correct(input);
        Ok(())
    }

    fn write_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut headers = write::new_headers();
        let bound = write::bound(output, &mut headers, None, &mut String::new())?;
        let status = match bound.status {
            Some(status) => status,
            None => status(http(operation)?.code)?,
        };
        let has_document =
            bound.has_document || self.dialect.has_empty_documents() && !write::is_bodiless(status);
        let body = match bound.payload {
            Some(payload) => self.payload(operation, output, payload)?,
            None if has_document => {
                Some(self.document(self.dialect.write_output(operation, output)?))
            }
            None => None,
        };
        write::response(status, headers, body)
    }

    fn write_error(
        &self,
        operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn ErrorStructure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut headers = write::new_headers();
        let bound = write::bound(error, &mut headers, None, &mut String::new())?;
        let document = self.dialect.write_error(operation, schema, error, &mut headers)?;
        let body = match bound.payload {
            Some(payload) => self.payload(operation, error, payload)?,
            None => Some(self.document(document)),
        };
        write::response(status(schema.status())?, headers, body)
    }
}

impl Rest {
    fn document(&self, bytes: Vec<u8>) -> Body {
        Body { media_type: self.codec.media_type(), bytes }
    }
}
