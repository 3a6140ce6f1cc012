//! Operations whose types the caller doesn't know: values come and go as JSON documents in Smithy
//! member names. It must not know how protocols work.

use std::marker::PhantomData;

use aws_smithy_types::error::ErrorMetadata;
use http::{Request, Response};

use crate::codec::json::{self, Settings};
use crate::error::Error;
use crate::event_stream::{self, Direction, EventAnswer};
use crate::operation::{Operation, Via};
use crate::protocol::Protocol;
use crate::service::OperationSchema;
use crate::service_error::{
    AnyError, ErrorStructure, OperationError, ServiceError as _, blank_error,
};
use crate::value::{Structure, Value};

/// An operation by which documents travel: what a crate's registry lists.
///
/// The documents are JSON objects of Smithy member names. Bytes are base64 and timestamps are seconds
/// since 1970, or as the caller's [`Terms`] say.
pub trait AnyOperation: Sync {
    /// What the operation says of itself.
    fn schema(&self) -> &'static OperationSchema;

    /// The request that carries this input.
    ///
    /// # Errors
    /// If the document isn't one of the operation's input, or a value in it can't be sent.
    fn request(&self, input: &[u8], terms: Terms) -> Result<Request<Vec<u8>>, Error>;

    /// What goes before the endpoint's host for this input, if anything does.
    ///
    /// # Errors
    /// If the document isn't one of the operation's input, or a member can't be part of a host name.
    fn host_prefix(&self, input: &[u8], terms: Terms) -> Result<Option<String>, Error>;

    /// The endpoint that this input names, if it names one.
    ///
    /// # Errors
    /// If the document isn't one of the operation's input, or what it names isn't an endpoint.
    fn endpoint(&self, input: &[u8], terms: Terms) -> Result<Option<http::Uri>, Error>;

    /// Shows this input as a structure, to whatever works on any: endpoint parameters, paths.
    ///
    /// # Errors
    /// If the document isn't one of the operation's input.
    fn with_input(
        &self,
        input: &[u8],
        terms: Terms,
        show: &mut dyn FnMut(&dyn Structure),
    ) -> Result<(), Error>;

    /// The input that this request carries.
    ///
    /// # Errors
    /// If the request isn't one of this operation, or can't be read.
    fn parse_request(&self, request: &Request<Vec<u8>>, terms: Terms) -> Result<Vec<u8>, Error>;

    /// What this response means.
    ///
    /// # Errors
    /// If a value of it can't be written as a document.
    fn response(&self, response: &Response<Vec<u8>>, terms: Terms) -> Result<Answer, Error>;

    /// The response that carries this output.
    ///
    /// # Errors
    /// If the document isn't one of the operation's output, or a value in it can't be sent.
    fn write_response(&self, output: &[u8], terms: Terms) -> Result<Response<Vec<u8>>, Error>;

    /// The response that carries the error of this shape ID.
    ///
    /// # Errors
    /// If the operation doesn't model the error, the document isn't one of it, or a value in it can't
    /// be sent.
    fn write_error(&self, id: &str, error: &[u8], terms: Terms)
    -> Result<Response<Vec<u8>>, Error>;

    /// The bytes of the message that carries this event of the operation's stream: a document of the
    /// union, whose member may be an error.
    ///
    /// # Errors
    /// If the operation has no stream in this direction, the document isn't one of its union, or a value
    /// in it can't be sent.
    fn write_event(
        &self,
        direction: Direction,
        event: &[u8],
        terms: Terms,
    ) -> Result<Vec<u8>, Error>;

    /// What the message of these bytes is to the operation's stream in this direction.
    ///
    /// # Errors
    /// If there is no such stream, or the bytes aren't one message of it.
    fn read_event(
        &self,
        direction: Direction,
        message: &[u8],
        terms: Terms,
    ) -> Result<EventAnswer, Error>;

    /// A document of the operation's input as it looks once it has been read: with what is missing
    /// filled in, without what isn't known.
    ///
    /// # Errors
    /// If the document isn't one of the operation's input.
    fn normal_input(&self, input: &[u8], terms: Terms) -> Result<Vec<u8>, Error>;

    /// The same for its output.
    ///
    /// # Errors
    /// If the document isn't one of the operation's output.
    fn normal_output(&self, output: &[u8], terms: Terms) -> Result<Vec<u8>, Error>;

    /// The same for the error of this shape ID.
    ///
    /// # Errors
    /// If the operation doesn't model the error, or the document isn't one of it.
    fn normal_error(&self, id: &str, error: &[u8], terms: Terms) -> Result<Vec<u8>, Error>;

    /// The same for an event of its stream in this direction; an error is without the name of its
    /// member.
    ///
    /// # Errors
    /// If the operation has no such stream, or the document isn't one of its union.
    fn normal_event(
        &self,
        direction: Direction,
        event: &[u8],
        terms: Terms,
    ) -> Result<Vec<u8>, Error>;
}

/// How documents and messages look.
#[derive(Clone, Copy)]
pub struct Terms {
    /// The protocol; the crate's own if none is given.
    pub protocol: Option<&'static dyn Protocol>,
    /// How documents look.
    pub documents: Settings,
    /// The idempotency token of inputs that take one and have none.
    pub idempotency_token: Option<&'static str>,
}

impl Terms {
    /// The crate's own protocol, plain documents, no idempotency token.
    pub const DEFAULT: Self =
        Self { protocol: None, documents: Settings::DOCUMENT, idempotency_token: None };

    fn via<O: Operation>(self) -> Via<O> {
        match self.protocol {
            Some(protocol) => O::via(protocol),
            None => O::via_default(),
        }
    }

    fn input<O: Operation>(self, document: &[u8]) -> Result<O::Input, Error> {
        let mut input = read(document, self.documents)?;
        if let Some(token) = self.idempotency_token {
            O::set_idempotency_token(&mut input, token);
        }
        Ok(input)
    }
}

/// What a response means.
#[derive(Debug)]
pub enum Answer {
    /// The output, as a document.
    Output(Vec<u8>),
    /// An error that the operation models.
    Error {
        /// Its shape ID.
        id: &'static str,
        /// Its code, its message and more, as the response had them.
        meta: ErrorMetadata,
        /// Itself, as a document.
        document: Vec<u8>,
    },
    /// Any other error, or a response that can't be read: its code and its text.
    Unhandled(Option<String>, String),
}

/// An operation without its types.
#[derive(Debug)]
pub struct Dynamic<O>(PhantomData<fn() -> O>);

impl<O> Dynamic<O> {
    /// The operation `O`.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<O> Default for Dynamic<O> {
    fn default() -> Self {
        Self::new()
    }
}

fn read<T: Structure + Value>(document: &[u8], settings: Settings) -> Result<T, Error> {
    let mut value = T::empty();
    json::read(document, settings, &mut value)?;
    Ok(value)
}

fn read_error<O: Operation>(
    id: &str,
    document: &[u8],
    settings: Settings,
) -> Result<O::Error, Error> {
    let schema = O::schema();
    let index = schema.errors().iter().position(|error| error.schema().id() == id);
    let mut error = blank_error::<O::Error>();
    let mut read = Ok(());
    let mut fill = |structure: &mut dyn ErrorStructure| {
        read = json::read(document, settings, structure);
    };
    if !index.is_some_and(|index| error.select(index, &mut fill)) {
        return Err(Error::new(format!("{} doesn't model the error {id}", schema.name())));
    }
    read.map(|()| error)
}

fn document(error: &dyn crate::ServiceError, settings: Settings) -> Result<Answer, Error> {
    match error.as_any() {
        AnyError::Modeled(structure) => {
            let document = json::write(structure, settings)?;
            let (id, meta) = (structure.schema().id(), structure.meta().clone());
            Ok(Answer::Error { id, meta, document })
        }
        AnyError::Unhandled(unhandled) => {
            let code = unhandled.meta().code().map(str::to_owned);
            Ok(Answer::Unhandled(code, unhandled.source().to_string()))
        }
    }
}

impl<O: Operation> AnyOperation for Dynamic<O> {
    fn schema(&self) -> &'static OperationSchema {
        O::schema()
    }

    fn request(&self, input: &[u8], terms: Terms) -> Result<Request<Vec<u8>>, Error> {
        terms.via::<O>().request(&terms.input::<O>(input)?)
    }

    fn host_prefix(&self, input: &[u8], terms: Terms) -> Result<Option<String>, Error> {
        O::host_prefix(&terms.input::<O>(input)?)
    }

    fn endpoint(&self, input: &[u8], terms: Terms) -> Result<Option<http::Uri>, Error> {
        O::endpoint(&terms.input::<O>(input)?)
    }

    fn with_input(
        &self,
        input: &[u8],
        terms: Terms,
        show: &mut dyn FnMut(&dyn Structure),
    ) -> Result<(), Error> {
        show(&terms.input::<O>(input)?);
        Ok(())
    }

    fn parse_request(&self, request: &Request<Vec<u8>>, terms: Terms) -> Result<Vec<u8>, Error> {
        json::write(&terms.via::<O>().parse_request(request)?, terms.documents)
    }

    fn response(&self, response: &Response<Vec<u8>>, terms: Terms) -> Result<Answer, Error> {
        match terms.via::<O>().response(response) {
            Ok(output) => Ok(Answer::Output(json::write(&output, terms.documents)?)),
            Err(error) => document(&error, terms.documents),
        }
    }

    fn write_response(&self, output: &[u8], terms: Terms) -> Result<Response<Vec<u8>>, Error> {
        terms.via::<O>().write_response(&read(output, terms.documents)?)
    }

    fn write_error(
        &self,
        id: &str,
        error: &[u8],
        terms: Terms,
    ) -> Result<Response<Vec<u8>>, Error> {
        terms.via::<O>().write_error(&read_error::<O>(id, error, terms.documents)?)
    }

    fn normal_input(&self, input: &[u8], terms: Terms) -> Result<Vec<u8>, Error> {
        json::write(&terms.input::<O>(input)?, terms.documents)
    }

    fn normal_output(&self, output: &[u8], terms: Terms) -> Result<Vec<u8>, Error> {
        json::write(&read::<O::Output>(output, terms.documents)?, terms.documents)
    }

    fn normal_error(&self, id: &str, error: &[u8], terms: Terms) -> Result<Vec<u8>, Error> {
        let error = read_error::<O>(id, error, terms.documents)?;
        match error.as_any() {
            AnyError::Modeled(structure) => json::write(structure, terms.documents),
            AnyError::Unhandled(unhandled) => Err(Error::new(unhandled.source().to_string())),
        }
    }

    fn write_event(
        &self,
        direction: Direction,
        event: &[u8],
        terms: Terms,
    ) -> Result<Vec<u8>, Error> {
        let context = terms.via::<O>().events();
        at_boundary::<O, _>(direction, |boundary| {
            event_stream::write_event(context, boundary, event, terms.documents)
        })
    }

    fn read_event(
        &self,
        direction: Direction,
        message: &[u8],
        terms: Terms,
    ) -> Result<EventAnswer, Error> {
        let context = terms.via::<O>().events();
        at_boundary::<O, _>(direction, |boundary| {
            event_stream::read_event(context, boundary, message, terms.documents)
        })
    }

    fn normal_event(
        &self,
        direction: Direction,
        event: &[u8],
        terms: Terms,
    ) -> Result<Vec<u8>, Error> {
        at_boundary::<O, _>(direction, |boundary| {
            event_stream::normal_event(boundary, event, terms.documents)
        })
    }
}

/// Looks at an empty input or output, which tells of its stream of events.
fn at_boundary<O: Operation, T>(direction: Direction, look: impl FnOnce(&dyn Structure) -> T) -> T {
    match direction {
        Direction::Request => look(&O::Input::empty()),
        Direction::Response => look(&O::Output::empty()),
    }
}
