//! The text of a file, plain or compressed. It must not know what the text means.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use crate::errors::Error;
use crate::source::Source;

/// A compressed file may hold so many bytes for each of its own. Models have at most 40.
const MOST_RATIO: u64 = 200;
/// Small files may hold more than the ratio allows.
const ALWAYS_ALLOWED: u64 = 1 << 16;

/// Reads a file as UTF-8, through gzip if its name ends in `.gz`.
pub(crate) fn read(path: &Path) -> Result<Arc<Source>, Error> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| unreadable(&name, &error))?;
    let bytes = if is_compressed(path) { decompressed(&name, &bytes)? } else { bytes };
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("the file is not UTF-8: byte {at} begins no character");
        Error::new(&name, message).with_help("save it as UTF-8; is it a model at all?")
    })?;
    Ok(Arc::new(Source::new(&name, text)))
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

fn decompressed(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let limit = length.saturating_mul(MOST_RATIO).max(ALWAYS_ALLOWED);
    let mut text = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes).take(limit);
    decoder.read_to_end(&mut text).map_err(|error| {
        let message = format!("the file cannot be decompressed: {error}");
        Error::new(name, message).with_help("a name ending in `.gz` stands for a whole gzip file")
    })?;
    if u64::try_from(text.len()).is_ok_and(|length| length == limit) {
        let message =
            format!("the file holds more than {limit} bytes, {MOST_RATIO} for each of its own");
        return Err(Error::new(name, message).with_help("no model does; is it one?"));
    }
    Ok(text)
}

fn unreadable(name: &str, error: &std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Error::new(name, "there is no such file").with_help("check the path");
    }
    Error::new(name, format!("the file cannot be read: {error}"))
}
