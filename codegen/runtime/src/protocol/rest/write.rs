//! From a structure to a message: one pass over the members puts each where it belongs. It must not
//! know what of the message is the protocol's business rather than the bindings'.

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use super::payload::{self, Body};
use super::{Rest, headers, query, status};
use crate::error::Error;
use crate::schema::{Binding, Member};
use crate::service::OperationSchema;
use crate::value::{Ref, Structure};

/// What [`bound`] leaves to do.
#[derive(Debug, Default)]
pub(super) struct Bound {
    /// Whether members go into a document.
    pub(super) has_document: bool,
    /// The member that is the body.
    pub(super) payload: Option<Place>,
    /// The status code that the structure has.
    pub(super) status: Option<StatusCode>,
}

/// A member and its position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    index: usize,
    pub(super) member: &'static Member,
}

/// Room for the headers of most messages, and for those that signing adds.
pub(super) fn new_headers() -> HeaderMap {
    HeaderMap::with_capacity(12)
}

/// Puts members into headers and, of a request, into the query.
///
/// # Errors
/// If a value can't be written.
pub(super) fn bound(
    structure: &dyn Structure,
    headers: &mut HeaderMap,
    mut query: Option<&mut query::Writer<'_>>,
    scratch: &mut String,
) -> Result<Bound, Error> {
    let schema = structure.schema();
    let mut bound = Bound::default();
    let takes_document = query.as_ref().is_some_and(|query| query.takes_document);
    if !schema.has_bound() && !takes_document {
        bound.has_document = !schema.members().is_empty();
        return Ok(bound);
    }
    let mut prefixed = None;
    for (index, member) in schema.members().iter().enumerate() {
        let value = || structure.member(index).get();
        let written = match (member.binding(), &mut query) {
            (Binding::Document, Some(query)) if takes_document => {
                query.query(member.name(), member, value(), scratch)
            }
            (Binding::Document, _) => {
                bound.has_document = true;
                Ok(())
            }
            (Binding::Header(name), _) => headers::write(headers, name, member, value(), scratch),
            (Binding::PrefixHeaders(prefix), _) => {
                prefixed = Some((prefix, index, member));
                Ok(())
            }
            (Binding::Payload, _) => {
                bound.payload = Some(Place { index, member });
                Ok(())
            }
            (Binding::Query(key), Some(query)) => query.query(key, member, value(), scratch),
            (Binding::QueryParams, Some(query)) => {
                query.params(structure, member, value(), scratch)
            }
            (Binding::ResponseCode, None) => {
                response_code(value()).map(|status| bound.status = status)
            }
            // Those of the other direction, and labels, which the path has already.
            _ => Ok(()),
        };
        written.map_err(|error| error.in_member(member.name()))?;
    }
    // A header that has a member of its own counts for more, wherever that member stands.
    if let Some((prefix, index, member)) = prefixed {
        headers::write_prefixed(headers, prefix, structure, index, scratch)
            .map_err(|error| error.in_member(member.name()))?;
    }
    Ok(bound)
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

impl Rest {
    /// The payload as a body, if it is set.
    pub(super) fn payload(
        &self,
        operation: &OperationSchema,
        structure: &dyn Structure,
        Place { index, member }: Place,
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
}

/// Whether a response with this status code never has a body.
pub(super) fn is_bodiless(status: StatusCode) -> bool {
    matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
        || status.is_informational()
}

/// Adds the headers that tell of a body, where members haven't set them.
pub(super) fn finish(headers: &mut HeaderMap, body: Body) -> Result<Vec<u8>, Error> {
    if !headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, headers::static_value(body.media_type)?);
    }
    headers.entry(CONTENT_LENGTH).or_insert_with(|| HeaderValue::from(body.bytes.len()));
    Ok(body.bytes)
}

/// The response of these parts.
pub(super) fn response(
    status: StatusCode,
    mut headers: HeaderMap,
    body: Option<Body>,
) -> Result<Response<Vec<u8>>, Error> {
    let bytes = match body {
        Some(body) => finish(&mut headers, body)?,
        None => {
            if !is_bodiless(status) {
                headers.entry(CONTENT_LENGTH).or_insert_with(|| HeaderValue::from(0));
            }
            Vec::new()
        }
    };
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}
