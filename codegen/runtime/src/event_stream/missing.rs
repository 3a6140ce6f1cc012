//! Streams of events without the feature `event-stream`: no value is one, and what is asked of them is
//! an error. It must not do anything else.

use aws_smithy_types::body::SdkBody;
use http::{Request, Response};

use super::{Context, EventAnswer, SignMessage};
use crate::codec::json::Settings;
use crate::error::Error;
use crate::finish::Finish;
use crate::operation::{RequestView, View};
use crate::value::Structure;

#[cold]
fn missing<T>() -> Result<T, Error> {
    Err(Error::new("a stream of events needs the feature `event-stream` of tinsmith-runtime"))
}

pub(crate) fn request(_: Context, _: &dyn Structure, _: Finish) -> Result<Request<Vec<u8>>, Error> {
    missing()
}

pub(crate) fn into_request(
    _: Context,
    _: &mut dyn Structure,
    _: Option<Box<dyn SignMessage + Send + Sync>>,
    _: Finish,
) -> Result<Request<SdkBody>, Error> {
    missing()
}

pub(crate) fn parse_request(
    _: Context,
    _: RequestView<'_>,
    _: &mut dyn Structure,
) -> Result<(), Error> {
    missing()
}

pub(crate) fn read_response(_: Context, _: View<'_>, _: &mut dyn Structure) -> Result<(), Error> {
    missing()
}

pub(crate) fn stream_response(
    _: Context,
    _: View<'_>,
    _: SdkBody,
    _: &mut dyn Structure,
) -> Result<(), Error> {
    missing()
}

pub(crate) fn write_response(_: Context, _: &dyn Structure) -> Result<Response<Vec<u8>>, Error> {
    missing()
}

pub(crate) fn write_event(
    _: Context,
    _: &dyn Structure,
    _: &[u8],
    _: Settings,
) -> Result<Vec<u8>, Error> {
    missing()
}

pub(crate) fn read_event(
    _: Context,
    _: &dyn Structure,
    _: &[u8],
    _: Settings,
) -> Result<EventAnswer, Error> {
    missing()
}

pub(crate) fn normal_event(_: &dyn Structure, _: &[u8], _: Settings) -> Result<Vec<u8>, Error> {
    missing()
}
