//! The text of a paragraph: guarded against what rustdoc would misread, split into words, wrapped. Must not
//! know blocks; a word is whatever may stand on a line by itself.

use std::collections::BTreeSet;

/// Longest text of a link, in bytes: an open bracket is not searched for its end farther than this.
const MAX_LINK_TEXT: usize = 1000;

/// What `&lt;` in Markdown is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entities {
    /// A character reference: the text was Markdown.
    Markup,
    /// Four characters: the text was HTML, whose references are resolved.
    Data,
}

/// What is separated by spaces where a line may break.
#[derive(Debug)]
struct Word {
    text: String,
    /// Whether the word is part of a link that goes on after it.
    in_link: bool,
}

/// The paragraph in lines of at most `width` columns, unless a word is longer.
pub(super) fn wrap(text: &str, bold: bool, width: usize, entities: Entities) -> Vec<String> {
    let words = guarded_words(text, entities);
    let mut lines: Vec<String> = Vec::new();
    let mut columns = 0;
    for word in &words {
        let len = word.text.chars().count();
        match lines.last_mut() {
            Some(line) if columns + 1 + len <= width || is_block_start(&word.text) => {
                line.push(' ');
                line.push_str(&word.text);
                columns += 1 + len;
            }
            Some(_) => {
                lines.push(word.text.clone());
                columns = len;
            }
            None => {
                lines.push(escape_start(&word.text));
                columns = len;
            }
        }
    }
    // Asterisks in a title would close the bold text early.
    if bold && !words.iter().any(|word| word.text.contains('*')) {
        if let Some(first) = lines.first_mut() {
            first.insert_str(0, "**");
        }
        if let Some(last) = lines.last_mut() {
            last.push_str("**");
        }
    }
    lines
}

/// The text on one line.
pub(super) fn one_line(text: &str, entities: Entities) -> String {
    let words: Vec<_> = guarded_words(text, entities).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// The first sentence, on one line.
pub(super) fn first_sentence(text: &str, entities: Entities) -> String {
    let words = guarded_words(text, entities);
    let mut sentence = String::new();
    for (i, word) in words.iter().enumerate() {
        if i == 0 {
            sentence.push_str(&escape_start(&word.text));
        } else {
            sentence.push(' ');
            sentence.push_str(&word.text);
        }
        if words.get(i + 1).is_some_and(|next| ends_sentence(word, next)) {
            break;
        }
    }
    sentence
}

/// Whether a sentence ends between the words: a full stop that is not an abbreviation's, then a capital.
fn ends_sentence(word: &Word, next: &Word) -> bool {
    let text = word.text.trim_end_matches(['"', '\'', ')', '*', '_']);
    let stem = text.trim_end_matches(['.', '!', '?']);
    let initials = stem.contains('.')
        && stem.len() <= 4
        && stem.chars().all(|c| c == '.' || c.is_alphabetic());
    let abbreviated = initials || matches!(stem, "etc" | "vs" | "Inc" | "No" | "approx" | "ex");
    let begins = next.text.trim_start_matches(['"', '\'', '(', '*', '_', '[', '`', '<', '\\']);
    stem.len() > 1
        && stem.len() < text.len()
        && !word.in_link
        && !abbreviated
        && begins.starts_with(|c: char| c.is_uppercase())
}

/// Whether a line that starts with the word would not be text of the paragraph: a list, a heading, a quote,
/// a rule, a fence, a row of a table.
fn is_block_start(word: &str) -> bool {
    let marks = word.bytes().all(|b| b"-=+*_#|:~".contains(&b));
    let number =
        word.strip_suffix(['.', ')']).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    marks
        || number
        || word.starts_with(['>', '|'])
        || word.starts_with("```")
        || word.starts_with("~~~")
}

/// The first word of a paragraph with a backslash where Markdown would see more than text.
fn escape_start(word: &str) -> String {
    let table = word.starts_with('|');
    if !is_block_start(word) || table || word.starts_with('`') {
        return word.to_owned();
    }
    let mark = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    format!("{}\\{}", &word[..mark], &word[mark..])
}

/// The words of the text; those that a space separates inside code stay one word.
fn guarded_words(text: &str, entities: Entities) -> Vec<Word> {
    let mut guard = Guard {
        text,
        entities,
        in_link: false,
        words: Vec::new(),
        word: String::new(),
        unclosed: BTreeSet::new(),
    };
    guard.run();
    guard.words
}

/// Reads Markdown text and writes it so that rustdoc reads the same, without links that it cannot resolve.
struct Guard<'a> {
    text: &'a str,
    entities: Entities,
    /// Whether the text is that of a link, which holds no other links.
    in_link: bool,
    words: Vec<Word>,
    word: String,
    /// Lengths of runs of backticks known not to be closed: each is searched for once.
    unclosed: BTreeSet<usize>,
}

impl Guard<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(c) = self.text[at..].chars().next() {
            at += match c {
                ' ' | '\n' => {
                    self.end_word();
                    1
                }
                '\\' => self.backslash(at),
                '`' => self.backticks(at),
                '[' => self.bracket(at),
                ']' => self.escaped(c),
                '!' if link(&self.text[at + 1..]).is_some() => 1,
                '<' => self.angle(at),
                'h' => self.letter_h(at),
                '&' if self.entities == Entities::Data && is_entity(&self.text[at..]) => {
                    self.escaped(c)
                }
                _ => {
                    self.word.push(c);
                    c.len_utf8()
                }
            };
        }
        self.end_word();
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            let text = std::mem::take(&mut self.word);
            self.words.push(Word { text, in_link: self.in_link });
        }
    }

    fn escaped(&mut self, c: char) -> usize {
        self.word.push('\\');
        self.word.push(c);
        1
    }

    /// An escape stays, except before an underscore within a word, which needs none. A backslash that escapes
    /// nothing is doubled, lest it meet punctuation.
    fn backslash(&mut self, at: usize) -> usize {
        let mut rest = self.text[at + 1..].chars();
        let next = rest.next().filter(char::is_ascii_punctuation);
        if next == Some('_')
            && self.word.ends_with(char::is_alphanumeric)
            && rest.next().is_some_and(char::is_alphanumeric)
        {
            self.word.push('_');
            return 2;
        }
        self.word.push('\\');
        self.word.push(next.unwrap_or('\\'));
        1 + next.map_or(0, char::len_utf8)
    }

    /// A code span stays as it is, its white space normalized; backticks without partner are text.
    fn backticks(&mut self, at: usize) -> usize {
        let len = run_length(&self.text[at..]);
        let start = at + len;
        let end =
            if self.unclosed.contains(&len) { None } else { closing_run(&self.text[start..], len) };
        let Some(end) = end else {
            self.unclosed.insert(len);
            self.word.push_str(&"\\`".repeat(len));
            return len;
        };
        let code = self.text[start..start + end].split_whitespace().collect::<Vec<_>>().join(" ");
        let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        let fence = &self.text[at..start];
        if code.is_empty() {
            self.word.push_str(&"\\`".repeat(2 * len));
        } else {
            self.word.extend([fence, pad, &code, pad, fence]);
        }
        2 * len + end
    }

    /// A link with an address stays; all else in brackets would be taken for a path of Rust items.
    fn bracket(&mut self, at: usize) -> usize {
        let found = link(&self.text[at..]).filter(|_| !self.in_link);
        let Some(Link { text, address, len }) = found else { return self.escaped('[') };
        let mut inner = Guard {
            text,
            entities: self.entities,
            in_link: true,
            words: Vec::new(),
            word: String::new(),
            unclosed: BTreeSet::new(),
        };
        inner.run();
        self.word.push('[');
        let last = inner.words.pop();
        for word in inner.words {
            self.word.push_str(&word.text);
            let text = std::mem::take(&mut self.word);
            self.words.push(Word { text, in_link: true });
        }
        self.word.push_str(&last.map(|word| word.text).unwrap_or_default());
        self.word.extend(["](", address, ")"]);
        len
    }

    /// An autolink stays; what could be a tag or a comment is text.
    fn angle(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        let scheme =
            ["https://", "http://", "mailto:"].iter().any(|scheme| rest.starts_with(scheme));
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '\\' | '`'));
        if let Some(end) =
            end.filter(|&end| scheme && !self.in_link && rest[end..].starts_with('>'))
        {
            self.word.extend(["<", &rest[..end], ">"]);
            return end + 2;
        }
        if rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            return self.escaped('<');
        }
        self.word.push('<');
        1
    }

    /// A bare address becomes an autolink.
    fn letter_h(&mut self, at: usize) -> usize {
        let found = address(&self.text[at..]).filter(|_| !self.in_link);
        let Some((address, len)) = found else {
            self.word.push('h');
            return 1;
        };
        self.word.extend(["<", &address, ">"]);
        len
    }
}

/// `[text](address)`
struct Link<'a> {
    text: &'a str,
    address: &'a str,
    len: usize,
}

/// The link to the web that `text` starts with.
fn link(text: &str) -> Option<Link<'_>> {
    let inner = text.strip_prefix('[')?;
    let end = closing_bracket(inner)?;
    let target = inner[end + 1..].strip_prefix('(')?;
    let scheme =
        ["https://", "http://", "mailto:"].iter().find(|scheme| target.starts_with(**scheme))?;
    let stop = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '<' | '>' | '\\' | '`')
    };
    let address = &target[..target.find(stop)?];
    let closed = target[address.len()..].starts_with(')') && address.len() > scheme.len();
    let text = &inner[..end];
    (closed && !text.trim().is_empty()).then(|| Link {
        text,
        address,
        len: 1 + end + 2 + address.len() + 1,
    })
}

/// Where the bracket before `text` closes. Brackets do not nest here, and code may hold any.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut at = 0;
    while at < MAX_LINK_TEXT {
        at += match text.as_bytes().get(at)? {
            b']' => return Some(at),
            b'[' => return None,
            b'\\' => 2,
            b'`' => {
                let len = run_length(&text[at..]);
                let window = &text[at + len..];
                let window = &window[..window.floor_char_boundary(MAX_LINK_TEXT)];
                closing_run(window, len).map_or(len, |end| end + 2 * len)
            }
            _ => 1,
        };
    }
    None
}

/// How many backticks `text` starts with.
fn run_length(text: &str) -> usize {
    text.bytes().take_while(|&b| b == b'`').count()
}

/// Where the next run of exactly `len` backticks starts.
fn closing_run(text: &str, len: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find('`') {
        at += next;
        let run = run_length(&text[at..]);
        if run == len {
            return Some(at);
        }
        at += run;
    }
    None
}

/// The address that `text` starts with, without the backslashes of Markdown, and its length as written.
fn address(text: &str) -> Option<(String, usize)> {
    let scheme = ["https://", "http://"].iter().find(|scheme| text.starts_with(**scheme))?;
    let mut address = (*scheme).to_owned();
    let mut lengths = vec![address.len()];
    let mut chars = text[scheme.len()..].chars().peekable();
    let mut len = scheme.len();
    while let Some(mut c) = chars.next() {
        let mut width = c.len_utf8();
        if c == '\\' {
            // An escape stands for its punctuation; any other backslash is not part of an address.
            match chars.next_if(char::is_ascii_punctuation) {
                Some(next) => (c, width) = (next, 2),
                None => break,
            }
        }
        if c.is_whitespace() || c.is_control() || "<>[]{}|\\^`\"'".contains(c) {
            break;
        }
        address.push(c);
        len += width;
        lengths.push(len);
    }
    // What ends a sentence or a phrase is not meant to be part of the address.
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    while lengths.len() > 1
        && address.ends_with(['.', ',', ';', ':', '!', '?', ')', '*', '_', '~', '&'])
    {
        if address.ends_with(')') {
            if opened >= closed {
                break;
            }
            closed -= 1;
        }
        address.pop();
        lengths.pop();
    }
    (lengths.len() > 1).then(|| (address, lengths.last().copied().unwrap_or(len)))
}

/// Whether `text` starts with what Markdown takes for a character reference.
fn is_entity(text: &str) -> bool {
    let name = text[1..].trim_start_matches('#');
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (1..=32).contains(&len) && name[len..].starts_with(';')
}
