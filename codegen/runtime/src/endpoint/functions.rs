//! Functions of texts in the
//! [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) and in
//! [AWS's](https://smithy.io/2.0/aws/rules-engine/library-functions.html). It must not know rules.

use std::borrow::Cow;
use std::ops::Range;

const LONGEST_LABEL: usize = 63;
const BUCKET_LENGTHS: std::ops::RangeInclusive<usize> = 3..=63;
const HEX_DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// `isValidHostLabel`. As official clients have it, a label may end with a hyphen.
pub(super) fn is_valid_host_label(text: &str, allow_dots: bool) -> bool {
    if allow_dots { text.split('.').all(is_host_label) } else { is_host_label(text) }
}

fn is_host_label(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LONGEST_LABEL).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(is_part)
}

/// `aws.isVirtualHostableS3Bucket`
pub(super) fn is_virtual_hostable_bucket(text: &str, allow_dots: bool) -> bool {
    if allow_dots { text.split('.').all(is_bucket_label) } else { is_bucket_label(text) }
}

fn is_bucket_label(text: &str) -> bool {
    BUCKET_LENGTHS.contains(&text.len())
        && is_host_label(text)
        && !text.ends_with('-')
        && !text.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// The range that `substring` gives of a text, if the text is long enough and ASCII.
pub(super) fn substring(
    text: &str,
    start: usize,
    stop: usize,
    reverse: bool,
) -> Option<Range<usize>> {
    let length = text.len();
    let fits = start < stop && stop <= length && text.is_ascii();
    fits.then(|| if reverse { length - stop..length - start } else { start..stop })
}

/// `uriEncode`
pub(super) fn uri_encode(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    if text.bytes().all(is_plain) {
        return text;
    }
    let mut encoded = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if is_plain(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX_DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX_DIGITS[usize::from(byte & 0xf)]));
        }
    }
    Cow::Owned(encoded)
}

/// `split`
pub(super) fn split<'t>(text: &'t str, delimiter: &str, limit: usize) -> Vec<&'t str> {
    match limit {
        // Between no characters there are no parts.
        _ if delimiter.is_empty() => vec![text],
        0 => text.split(delimiter).collect(),
        _ => text.splitn(limit, delimiter).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_labels() {
        let longest = "a".repeat(LONGEST_LABEL);
        for (text, one, several) in [
            ("us-east-1", true, true),
            ("A1-", true, true),
            ("a.b", false, true),
            (&longest, true, true),
            (&format!("{longest}.{longest}"), false, true),
            (&format!("{longest}a"), false, false),
            ("", false, false),
            (".", false, false),
            ("a.", false, false),
            ("-a", false, false),
            ("a.-b", false, false),
            ("a_b", false, false),
            ("a b", false, false),
            ("bücher", false, false),
        ] {
            assert_eq!(is_valid_host_label(text, false), one, "{text}");
            assert_eq!(is_valid_host_label(text, true), several, "{text}");
        }
    }

    #[test]
    fn buckets_that_can_be_part_of_a_host() {
        for (text, one, several) in [
            ("bucket", true, true),
            ("my-bucket-1", true, true),
            ("buck.et-a", false, true),
            ("bucket.name", false, true),
            ("ab", false, false),
            ("Bucket", false, false),
            ("bucket-", false, false),
            ("-bucket", false, false),
            ("bucket.-name", false, false),
            ("192.168.100.200", false, true),
            ("192.168.1.2", false, false),
            ("buc_ket", false, false),
        ] {
            assert_eq!(is_virtual_hostable_bucket(text, false), one, "{text}");
            assert_eq!(is_virtual_hostable_bucket(text, true), several, "{text}");
        }
    }

    #[test]
    fn substrings_count_from_either_end() {
        let of = |text: &'static str, start, stop, reverse| {
            substring(text, start, stop, reverse).map(|range| &text[range])
        };
        assert_eq!(of("abcdef", 0, 3, false), Some("abc"));
        assert_eq!(of("abcdef", 0, 3, true), Some("def"));
        assert_eq!(of("abcdef", 1, 3, true), Some("de"));
        assert_eq!(of("abc", 0, 3, true), Some("abc"));
        assert_eq!(of("abc", 0, 4, false), None);
        assert_eq!(of("abc", 2, 2, false), None);
        assert_eq!(of("abc", 2, 1, false), None);
        assert_eq!(of("aéc", 0, 1, false), None);
    }

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        assert_eq!(uri_encode("aZ09-_.~".into()), "aZ09-_.~");
        assert_eq!(uri_encode("a b/c%é\u{1}".into()), "a%20b%2Fc%25%C3%A9%01");
    }

    #[test]
    fn splits_have_limits() {
        assert_eq!(split("a--b--c", "--", 0), ["a", "b", "c"]);
        assert_eq!(split("a--b--c", "--", 1), ["a--b--c"]);
        assert_eq!(split("a--b--c", "--", 2), ["a", "b--c"]);
        assert_eq!(split("", "--", 0), [""]);
        assert_eq!(split("--a", "--", 0), ["", "a"]);
        assert_eq!(split("ab", "", 0), ["ab"]);
    }
}
