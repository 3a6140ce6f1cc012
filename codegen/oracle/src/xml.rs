//! What XML is apart from either crate: whether it is well-formed, and the same document in plain markup. It must
//! not know any shape or protocol.

use roxmltree::{Document, ParsingOptions};

/// Whether the bytes are no well-formed XML document, as `roxmltree` finds.
pub(crate) fn is_ill_formed(body: &[u8]) -> bool {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    std::str::from_utf8(body)
        .map_or(true, |text| Document::parse_with_options(text, options).is_err())
}

/// The same document with text for CDATA sections, and without comments and processing instructions; nothing if
/// it has none of them, or isn't well-formed.
pub(crate) fn plain(body: &[u8]) -> Option<Vec<u8>> {
    if is_ill_formed(body) {
        return None;
    }
    let mut rest = std::str::from_utf8(body).ok()?;
    let mut plain = String::with_capacity(rest.len());
    let mut has_any = false;
    // In a well-formed document an angle bracket always begins markup.
    while let Some(start) = rest.find('<') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = if let Some(section) = rest.strip_prefix("<![CDATA[") {
            let text = &section[..section.find("]]>")?];
            plain.push_str(&text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
            "]]>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            "?>"
        } else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        has_any = true;
        rest = &rest[rest.find(end)? + end.len()..];
    }
    plain.push_str(rest);
    has_any.then(|| plain.into_bytes())
}

/// Whether there is white space around the text of an element.
pub(crate) fn is_padded(body: &[u8]) -> bool {
    let text = body
        .split(|byte| *byte == b'<')
        .filter_map(|piece| piece.splitn(2, |byte| *byte == b'>').nth(1));
    text.map(|text| (text, text.trim_ascii()))
        .any(|(text, inner)| !inner.is_empty() && inner != text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_or_not() {
        for well in [
            "<a/>",
            "<?xml version='1.0'?><!-- b --><a c='d'>&amp;&#x41;</a>\n",
            "<!DOCTYPE a><a/>",
        ] {
            assert!(!is_ill_formed(well.as_bytes()), "{well}");
        }
        for ill in [
            "",
            "a",
            "<a>",
            "<a></b>",
            "<a/><a/>",
            "<a/>b",
            "<a>&b;</a>",
            "<a>\u{8}</a>",
            "<a b=c/>",
        ] {
            assert!(is_ill_formed(ill.as_bytes()), "{ill}");
        }
        assert!(is_ill_formed(b"<a>\xFF</a>"));
    }

    #[test]
    fn padded_or_not() {
        for padded in ["<a> 1</a>", "<a><b>1\n</b></a>"] {
            assert!(is_padded(padded.as_bytes()), "{padded}");
        }
        for bare in ["<a>\n<b>1</b>\n</a>", "<a b=' c '/>", "<a>b c</a>", ""] {
            assert!(!is_padded(bare.as_bytes()), "{bare}");
        }
    }

    #[test]
    fn plain_markup() {
        let text =
            |body: &str| plain(body.as_bytes()).map(|plain| String::from_utf8(plain).unwrap());
        let document =
            "<?xml version='1.0'?><a b='>'><![CDATA[<c>&]]>d<!-- <e> -->f<?g h?></a><!-- -->";
        assert_eq!(text(document).as_deref(), Some("<a b='>'>&lt;c&gt;&amp;df</a>"));
        // What is escaped is no markup.
        for none in ["<a b='x'>y &lt;!-- z</a>", "<a/>", "", "<a><!-- b --></c>"] {
            assert_eq!(text(none), None, "{none}");
        }
    }
}
