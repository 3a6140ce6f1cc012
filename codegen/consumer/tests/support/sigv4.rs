//! A service's check of a Signature Version 4, from the bytes that came and the secret it knows.
//! It must not know the signer.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use sha2::{Digest, Sha256};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What the header `authorization` says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Authorization {
    pub(crate) access_key_id: String,
    pub(crate) date: String,
    pub(crate) region: String,
    pub(crate) service: String,
    pub(crate) signed_headers: Vec<String>,
    pub(crate) signature: String,
}

impl Authorization {
    /// Reads the header.
    pub(crate) fn of(request: &Request<Vec<u8>>) -> Option<Self> {
        let value = header(request, "authorization")?.strip_prefix(ALGORITHM)?.trim_start();
        let mut fields = value.split(", ");
        let mut field = |name: &str| fields.next()?.strip_prefix(name)?.strip_prefix('=');
        let credential: Vec<_> = field("Credential")?.split('/').collect();
        let [access_key_id, date, region, service, "aws4_request"] = credential[..] else {
            return None;
        };
        Some(Self {
            access_key_id: access_key_id.to_owned(),
            date: date.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            signed_headers: field("SignedHeaders")?.split(';').map(str::to_owned).collect(),
            signature: field("Signature")?.to_owned(),
        })
    }
}

/// Whether the request is as it was when someone with this secret signed it.
pub(crate) fn verify(
    request: &Request<Vec<u8>>,
    secret: &str,
) -> Result<Authorization, &'static str> {
    let authorization = Authorization::of(request).ok_or("no authorization to read")?;
    let time = header(request, "x-amz-date").ok_or("no time")?;
    if !time.starts_with(&authorization.date) {
        return Err("the time is not of the scope's day");
    }
    let signed = &authorization.signed_headers;
    if !signed.is_sorted() || !signed.iter().any(|name| name == "host") {
        return Err("the signed headers are not as they should be");
    }
    let mut amz = request.headers().keys().filter(|name| name.as_str().starts_with("x-amz-"));
    if amz.any(|name| !signed.iter().any(|signed| signed == name.as_str())) {
        return Err("a header x-amz-* is not signed");
    }
    let Authorization { date, region, service, .. } = &authorization;
    let request_hash = hex(&Sha256::digest(canonical(request, signed)?));
    let scope = format!("{date}/{region}/{service}/aws4_request");
    let text = format!("{ALGORITHM}\n{time}\n{scope}\n{request_hash}");
    let key = [date, region, service, "aws4_request"]
        .into_iter()
        .fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part));
    match hex(&mac(&key, &text)) == authorization.signature {
        true => Ok(authorization),
        false => Err("the signature is another"),
    }
}

/// The canonical request, for a path that needs no escapes and no query.
fn canonical(request: &Request<Vec<u8>>, signed: &[String]) -> Result<String, &'static str> {
    if request.uri().query().is_some() {
        return Err("a query");
    }
    let mut text = format!("{}\n{}\n\n", request.method(), request.uri().path());
    for name in signed {
        let value = header(request, name).ok_or("a signed header is not there")?;
        writeln!(text, "{name}:{}", value.split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap();
    }
    let body = hex(&Sha256::digest(request.body()));
    write!(text, "\n{}\n{body}", signed.join(";")).unwrap();
    Ok(text)
}

/// A header that is there once and is text.
pub(crate) fn header<'a>(request: &'a Request<Vec<u8>>, name: &str) -> Option<&'a str> {
    let mut values = request.headers().get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    value.to_str().ok()
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
