//! `parseURL`: the parts of a
//! [URL](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parseurl-function). It must not know
//! rules.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::value::part;

const AFTER_SCHEME: &str = "://";

/// A URL, as text and where its parts end.
#[derive(Clone, Debug)]
pub(super) struct Url<'a> {
    text: Cow<'a, str>,
    /// Where the scheme, the authority and the path end.
    ends: [usize; 3],
}

impl<'a> Url<'a> {
    /// The URL that this text is, if it is one of HTTP without a query.
    pub(super) fn parse(text: Cow<'a, str>) -> Option<Self> {
        let uri: http::Uri = text.parse().ok()?;
        let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
        if !is_http || uri.query().is_some() || uri.host().is_none_or(str::is_empty) {
            return None;
        }
        let scheme = text.find(AFTER_SCHEME)?;
        let authority = scheme + AFTER_SCHEME.len();
        let end_of = |from: usize, marks: &[char]| {
            text.get(from..)?.find(marks).map_or(Some(text.len()), |length| Some(from + length))
        };
        let path = end_of(authority, &['/', '?', '#'])?;
        let end = end_of(path, &['?', '#'])?;
        Some(Self { text, ends: [scheme, path, end] })
    }

    /// The scheme, in lower case.
    pub(super) fn scheme(&self) -> Cow<'a, str> {
        let is_secure = self.ends[0] == "https".len();
        Cow::Borrowed(if is_secure { "https" } else { "http" })
    }

    /// The host, and the port if one is given.
    pub(super) fn authority(&self) -> Cow<'a, str> {
        part(&self.text, self.ends[0] + AFTER_SCHEME.len()..self.ends[1])
    }

    /// The path as it is, which may be empty.
    pub(super) fn path(&self) -> Cow<'a, str> {
        part(&self.text, self.ends[1]..self.ends[2])
    }

    /// The path, with a slash at either end.
    pub(super) fn normalized_path(&self) -> Cow<'a, str> {
        match self.path() {
            path if path.ends_with('/') => path,
            path => Cow::Owned(format!("{path}/")),
        }
    }

    /// Whether the host is an address.
    pub(super) fn is_ip(&self) -> bool {
        let authority = self.authority();
        let host = authority.rsplit_once('@').map_or(&*authority, |(_, host)| host);
        match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((address, _)) => address.parse::<Ipv6Addr>().is_ok(),
            None => {
                let address = host.split_once(':').map_or(host, |(address, _)| address);
                address.parse::<Ipv4Addr>().is_ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_has_parts() {
        for (text, parts, is_ip) in [
            ("https://example.com", ["https", "example.com", "", "/"], false),
            ("HTTP://example.com/", ["http", "example.com", "/", "/"], false),
            (
                "http://example.com:80/foo/bar",
                ["http", "example.com:80", "/foo/bar", "/foo/bar/"],
                false,
            ),
            ("https://127.0.0.1", ["https", "127.0.0.1", "", "/"], true),
            ("https://127.0.0.1:8443/", ["https", "127.0.0.1:8443", "/", "/"], true),
            ("https://127.0.0.1.example", ["https", "127.0.0.1.example", "", "/"], false),
            ("https://[fe80::1]", ["https", "[fe80::1]", "", "/"], true),
            ("https://[fe80::1]:443/a", ["https", "[fe80::1]:443", "/a", "/a/"], true),
            ("https://me@10.0.0.1/a", ["https", "me@10.0.0.1", "/a", "/a/"], true),
        ] {
            let url = Url::parse(text.into()).unwrap();
            let found = [url.scheme(), url.authority(), url.path(), url.normalized_path()];
            assert_eq!(found, parts, "{text}");
            assert_eq!(url.is_ip(), is_ip, "{text}");
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "example.com",
            "/path",
            "wss://example.com",
            "https:example.com",
            "https://",
            "https:///path",
            "https://example.com:8443?foo=bar&faz=baz",
            "https://exa mple.com",
            "https://bücher.example",
        ] {
            assert!(Url::parse(text.into()).is_none(), "{text}");
        }
    }
}
