//! [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html): which member goes where in a
//! request or response, in both directions, for all protocols that have them. It must not know the
//! format of documents, nor how errors are told apart: that is what a [`Dialect`] is for.

mod headers;
mod payload;
mod query;
mod text;
mod uri;

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri};

pub(super) use self::headers::field_value;
use self::payload::Body;
use self::query::Query;
use self::uri::{Labels, Pattern};
use super::{ErrorHead, Protocol};
use crate::codec::{Codec, Part};
use crate::error::Error;
use crate::operation::{ErrorStructure, RequestView, View};
use crate::schema::{Binding, Member, Payload};
use crate::service::{ErrorSchema, Http, OperationSchema};
use crate::value::{Ref, Structure, correct};

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

/// What differs between protocols with HTTP bindings, besides the format of documents.
pub(super) trait Dialect: Sync {
    /// The body of a request with a structure as its payload that isn't set.
    fn unset_structure(&self) -> &'static [u8];

    /// Whether a response has a document though no member goes there.
    fn has_empty_documents(&self) -> bool;

    /// Reads the document of an output that isn't an error, and corrects the output.
    fn read_output(
        &self,
        operation: &OperationSchema,
        body: &[u8],
        output: &mut dyn Structure,
    ) -> Result<(), Error>;

    /// Which error a response is, and its message.
    fn error_head(
        &self,
        operation: &OperationSchema,
        response: View<'_>,
    ) -> Result<ErrorHead, Error>;

    /// Reads the document of an error, and corrects the error.
    fn read_error(
        &self,
        operation: &OperationSchema,
        body: &[u8],
        error: &mut dyn Structure,
    ) -> Result<(), Error>;

    /// The document of an error, and the header by which the error is known, if there is one.
    fn write_error(
        &self,
        operation: &OperationSchema,
        error: &dyn Structure,
        headers: &mut HeaderMap,
    ) -> Result<Vec<u8>, Error>;
}

/// Everything of a message but its document, to read from.
struct Message<'a> {
    headers: &'a HeaderMap,
    body: &'a [u8],
    of: Of<'a>,
}

/// What only one kind of message has.
enum Of<'a> {
    Request { labels: Labels<'a>, query: Query<'a> },
    Response(StatusCode),
}

impl Rest {
    /// Puts what the structure says into a message, whose query is there if it is a request. Returns
    /// whether members go into a document, and the payload if there is one.
    fn write_bound(
        &self,
        structure: &dyn Structure,
        headers: &mut HeaderMap,
        mut query: Option<&mut query::Writer<'_>>,
        scratch: &mut String,
    ) -> Result<Bound, Error> {
        let members = structure.schema().members();
        let mut bound = Bound { has_document: false, payload: None, status: None };
        let mut prefixed = None;
        for (index, member) in members.iter().enumerate() {
            let value = structure.member(index).get();
            let written = match (member.binding(), &mut query) {
                (Binding::Header(name), _) => headers::write(headers, name, member, value, scratch),
                (Binding::Query(key), Some(query)) => query.query(key, member, value, scratch),
                (Binding::QueryParams, Some(query)) => {
                    query.params(structure, member, value, scratch)
                }
                (Binding::PrefixHeaders(prefix), _) => {
                    prefixed = Some((index, member, prefix));
                    Ok(())
                }
                (Binding::Payload, _) => {
                    bound.payload = Some((index, member));
                    Ok(())
                }
                (Binding::ResponseCode, None) => {
                    response_code(value).map(|status| bound.status = status)
                }
                (Binding::Document, _) => {
                    bound.has_document = true;
                    Ok(())
                }
                _ => Ok(()),
            };
            written.map_err(|error| error.in_member(member.name()))?;
        }
        // A header that has a member of its own counts for more, wherever that member stands.
        if let Some((index, member, prefix)) = prefixed {
            headers::write_prefixed(headers, prefix, structure, index, scratch)
                .map_err(|error| error.in_member(member.name()))?;
        }
        Ok(bound)
    }

    fn document(
        &self,
        operation: &OperationSchema,
        structure: &dyn Structure,
    ) -> Result<Body, Error> {
        let namespace = operation.service().modeled_xml_namespace();
        let bytes = self.codec.write(structure, Part::Unbound, namespace)?;
        Ok(Body { media_type: self.codec.media_type(), bytes })
    }

    /// The payload, if it is set.
    fn payload(
        &self,
        operation: &OperationSchema,
        structure: &dyn Structure,
        (index, member): (usize, &'static Member),
    ) -> Result<Option<Body>, Error> {
        match structure.member(index).get() {
            Ref::Unset => Ok(None),
            value => {
                let namespace = operation.service().modeled_xml_namespace();
                payload::write(self.codec, member, value, namespace)
                    .map(Some)
                    .map_err(|error| error.in_member(member.name()))
            }
        }
    }

    /// Reads all members but those in a document. Returns whether there are any of those.
    fn read_bound(
        &self,
        message: &Message<'_>,
        structure: &mut dyn Structure,
    ) -> Result<bool, Error> {
        let schema = structure.schema();
        if !schema.has_bound() {
            return Ok(!schema.members().is_empty());
        }
        let mut has_document = false;
        for (index, member) in schema.members().iter().enumerate() {
            let binding = member.binding();
            if binding == Binding::Document {
                has_document = true;
                continue;
            }
            self.read_member(message, binding, member, structure.member_mut(index))
                .map_err(|error| error.in_member(member.name()))?;
        }
        Ok(has_document)
    }

    fn read_member(
        &self,
        message: &Message<'_>,
        binding: Binding,
        member: &'static Member,
        value: &mut dyn crate::value::Value,
    ) -> Result<(), Error> {
        match (binding, &message.of) {
            (Binding::Header(name), _) => headers::read(message.headers, name, member, value),
            (Binding::PrefixHeaders(prefix), _) => {
                headers::read_prefixed(message.headers, prefix, member, value)
            }
            (Binding::Payload, of) => {
                let is_unset = matches!(of, Of::Request { .. })
                    && member.payload() == Some(Payload::Structure)
                    && message.body == self.dialect.unset_structure();
                let body = if is_unset { &[] } else { message.body };
                payload::read(self.codec, member, body, value)
            }
            (Binding::Label, Of::Request { labels, .. }) => {
                match labels.iter().find(|(name, _)| *name == member.name()) {
                    Some((_, label)) => {
                        let label = uri::unescape(label)?;
                        text::read(&label, member, text::Place::Uri, value.slot())
                    }
                    None => Ok(()),
                }
            }
            (Binding::Query(key), Of::Request { query, .. }) => query.read(key, member, value),
            (Binding::QueryParams, Of::Request { query, .. }) => query.read_params(member, value),
            (Binding::ResponseCode, Of::Response(status)) => {
                let code = HeaderValue::from(status.as_u16());
                let code = code.to_str().unwrap_or_default();
                text::read(code, member, text::Place::Header, value.slot())
            }
            _ => Ok(()),
        }
    }

    fn response(
        status: StatusCode,
        mut headers: HeaderMap,
        body: Option<Body>,
    ) -> Result<Response<Vec<u8>>, Error> {
        let bytes = match body {
            Some(body) => finish(&mut headers, body)?,
            None => {
                if !is_bodiless(status) {
                    headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from(0));
                }
                Vec::new()
            }
        };
        let mut response = Response::new(bytes);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// What [`Rest::write_bound`] leaves to do.
struct Bound {
    /// Whether members go into a document.
    has_document: bool,
    /// The member that is the body.
    payload: Option<(usize, &'static Member)>,
    /// The status code that the structure has.
    status: Option<StatusCode>,
}

fn http(operation: &OperationSchema) -> Result<Http, Error> {
    operation.modeled_http().ok_or_else(|| {
        Error::new(format!("{} has no `@http`, so this protocol can't carry it", operation.name()))
    })
}

fn status(code: u16) -> Result<StatusCode, Error> {
    StatusCode::from_u16(code)
        .map_err(|error| Error::new(format!("{code} is not an HTTP status code")).caused_by(error))
}

fn response_code(value: Ref<'_>) -> Result<Option<StatusCode>, Error> {
    match value {
        Ref::Unset => Ok(None),
        Ref::Integer(code) => match u16::try_from(code) {
            Ok(code) => status(code).map(Some),
            Err(_) => Err(Error::new(format!("{code} is not an HTTP status code"))),
        },
        _ => Err(Error::new("only an integer can be a status code")),
    }
}

/// Whether a response with this status code never has a body.
fn is_bodiless(status: StatusCode) -> bool {
    matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
        || status.is_informational()
}

/// Adds the headers that tell of a body, where members haven't set them.
fn finish(headers: &mut HeaderMap, body: Body) -> Result<Vec<u8>, Error> {
    if !headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, headers::field_value(body.media_type)?);
    }
    headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from(body.bytes.len()));
    Ok(body.bytes)
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
        let mut query = query::Writer::new(pattern, uri);
        let mut headers = HeaderMap::new();
        let bound = self.write_bound(input, &mut headers, Some(&mut query), &mut scratch)?;
        let body = match bound.payload {
            Some(payload) => self
                .payload(operation, input, payload)?
                .or_else(|| payload::unset(self.codec, payload.1, self.dialect.unset_structure())),
            None if bound.has_document => Some(self.document(operation, input)?),
            None => None,
        };
        let bytes = body.map(|body| finish(&mut headers, body)).transpose()?.unwrap_or_default();
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
        let View { status, headers, body } = response;
        let message = Message { headers, body, of: Of::Response(status) };
        if self.read_bound(&message, output)? {
            self.dialect.read_output(operation, body, output)
        } else {
            correct(output);
            Ok(())
        }
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
        let View { status, headers, body } = response;
        let message = Message { headers, body, of: Of::Response(status) };
        if self.read_bound(&message, error)? {
            self.dialect.read_error(operation, body, error)
        } else {
            correct(error);
            Ok(())
        }
    }

    fn parse_request(
        &self,
        operation: &OperationSchema,
        request: RequestView<'_>,
        input: &mut dyn Structure,
    ) -> Result<(), Error> {
        let http = http(operation)?;
        if request.method.as_str() != http.method {
            return Err(Error::new(format!(
                "expected the method {}, found {}",
                http.method, request.method
            )));
        }
        let pattern = Pattern::new(http.uri);
        let Some(labels) = pattern.match_path(request.uri.path()) else {
            return Err(Error::new(format!(
                "expected a path like `{}`, found `{}`",
                http.uri,
                request.uri.path()
            )));
        };
        let query = Query::parse(request.uri.query().unwrap_or_default())?;
        query.check(pattern)?;
        let RequestView { headers, body, .. } = request;
        let message = Message { headers, body, of: Of::Request { labels, query } };
        if self.read_bound(&message, input)? {
            self.codec.read(body, Part::Unbound, input)
        } else {
            correct(input);
            Ok(())
        }
    }

    fn write_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut headers = HeaderMap::new();
        let bound = self.write_bound(output, &mut headers, None, &mut String::new())?;
        let status = match bound.status {
            Some(status) => status,
            None => status(http(operation)?.code)?,
        };
        let body = match bound.payload {
            Some(payload) => self.payload(operation, output, payload)?,
            None if bound.has_document
                || self.dialect.has_empty_documents() && !is_bodiless(status) =>
            {
                Some(self.document(operation, output)?)
            }
            None => None,
        };
        Self::response(status, headers, body)
    }

    fn write_error(
        &self,
        operation: &OperationSchema,
        schema: &ErrorSchema,
        error: &dyn ErrorStructure,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut headers = HeaderMap::new();
        let bound = self.write_bound(error, &mut headers, None, &mut String::new())?;
        let document = self.dialect.write_error(operation, error, &mut headers)?;
        let body = match bound.payload {
            Some(payload) => self.payload(operation, error, payload)?,
            None => Some(Body { media_type: self.codec.media_type(), bytes: document }),
        };
        Self::response(status(schema.status())?, headers, body)
    }
}
