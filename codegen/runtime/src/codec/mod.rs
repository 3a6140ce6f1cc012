//! The formats, each of which reads and writes any shape by its schema. A codec must not know
//! protocols: which member goes where in a request is not its business.

pub mod json;

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use crate::error::Error;

/// The first second of the year 1, before which neither text format can name a moment.
const YEAR_ONE: i64 = -62_135_596_800;

/// The timestamp as text of this format.
pub(crate) fn format_timestamp(value: &DateTime, format: Format) -> Result<String, Error> {
    if format != Format::EpochSeconds && value.secs() < YEAR_ONE {
        return Err(Error::new("the timestamp lies before the year 1"));
    }
    value.fmt(format).map_err(|error| Error::new("the timestamp can't be written").caused_by(error))
}
