//! Case conversion as the official crates do it: what becomes of a modeled name's words. Must not know
//! of keywords, reserved names or which kind of item is named.

/// Tokens that stay one word although case or digits change inside them.
const WHOLE_WORDS: [&str; 7] = ["ipv4", "ipv6", "sigv4", "mib", "gib", "kib", "ttl"];

/// `snake_case` in the official crates' sense: `KMSKeyArn` → `kms_key_arn`, `ACLs` → `acls`.
///
/// Letters and digits outside ASCII count as parts of words; every other character ends one. An input
/// without letters and digits gives an empty string: [`super::ident`] turns that into a valid name.
pub(crate) fn snake_case(name: &str) -> String {
    let mut words = Words { text: String::with_capacity(name.len() + 4), start: 0 };
    let lowercase_only = !name.chars().any(char::is_uppercase);
    let mut previous = None;
    let mut rest = name.chars();
    while let Some(current) = rest.next() {
        if !current.is_alphanumeric() {
            words.end();
            previous = None;
            continue;
        }
        if let Some(previous) = previous
            && breaks_before(&words, previous, current, rest.as_str(), lowercase_only)
        {
            words.end();
        }
        words.text.extend(current.to_lowercase());
        previous = Some(current);
    }
    words.finish()
}

/// Whether a new word starts at `current`, with `rest` after it.
fn breaks_before(
    words: &Words,
    previous: char,
    current: char,
    rest: &str,
    lowercase_only: bool,
) -> bool {
    if previous.is_uppercase() && current.is_uppercase() {
        return ends_capitals(rest);
    }
    let after_lower = current.is_uppercase() && (previous.is_lowercase() || previous.is_numeric());
    let after_digit = lowercase_only && current.is_lowercase() && previous.is_numeric();
    (after_lower || after_digit) && !words.becomes_whole(current, rest)
}

/// In a run of capitals the last one starts a word, unless what follows is a plural `s` or a version `v1`.
fn ends_capitals(rest: &str) -> bool {
    let mut rest = rest.chars();
    let (Some(next), after) = (rest.next(), rest.next()) else { return false };
    match next {
        's' => after.is_some_and(char::is_lowercase),
        'v' => !after.is_some_and(|c| c.is_ascii_digit()),
        _ => next.is_lowercase(),
    }
}

/// Words already separated, and the one that grows.
struct Words {
    text: String,
    start: usize,
}

impl Words {
    fn end(&mut self) {
        if self.text.len() > self.start {
            self.text.push('_');
            self.start = self.text.len();
        }
    }

    /// Whether the growing word together with what follows begins with one of [`WHOLE_WORDS`], and is not
    /// complete yet: `Ip` goes on in `IpV4` but not in `IpVersion`.
    fn becomes_whole(&self, next: char, rest: &str) -> bool {
        let word = &self.text[self.start..];
        WHOLE_WORDS.iter().filter_map(|whole| whole.strip_prefix(word)).any(|tail| {
            let (first, others) = tail.split_at_checked(1).unwrap_or_default();
            let following = rest.get(..others.len());
            first.starts_with(next.to_ascii_lowercase())
                && following.is_some_and(|following| following.eq_ignore_ascii_case(others))
        })
    }

    fn finish(mut self) -> String {
        if self.text.ends_with('_') {
            self.text.pop();
        }
        self.text
    }
}

/// `PascalCase` in the official crates' sense: `KMSKeyArn` → `KmsKeyArn`, `A_A_COMPROMISE` → `AACompromise`.
///
/// Whatever is neither letter nor digit delimits words and is dropped. Applying the conversion twice is not
/// the same as once, and enum variants rely on that.
pub(crate) fn pascal_case(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut pascal = String::with_capacity(name.len());
    let mut at_start = true;
    for (i, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            at_start = true;
            continue;
        }
        if at_start || starts_pascal_word(&chars, i) {
            pascal.extend(c.to_uppercase());
        } else {
            pascal.extend(c.to_lowercase());
        }
        at_start = false;
    }
    pascal
}

/// A capital starts a word after a lowercase letter or digit, and as the last of a run of capitals.
fn starts_pascal_word(chars: &[char], i: usize) -> bool {
    let (Some(previous), current) = (i.checked_sub(1).map(|p| chars[p]), chars[i]) else {
        return true;
    };
    if !current.is_ascii_uppercase() {
        return false;
    }
    let capitals_end =
        previous.is_ascii_uppercase() && chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
    capitals_end || previous.is_ascii_lowercase() || previous.is_ascii_digit()
}
