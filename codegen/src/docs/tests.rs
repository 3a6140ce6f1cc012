//! What models write and what hostile ones could, against what rustdoc accepts.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{markdown, summary};

fn assert_markdown(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(markdown(text), *expected, "of {text:?}");
    }
}

#[test]
fn paragraphs_and_phrases() {
    assert_markdown(&[
        ("", ""),
        (" \n\t ", ""),
        ("<p></p>", ""),
        ("plain", "plain"),
        ("<p>One\n     line.</p>", "One line."),
        ("<p>One</p><p>two</p>\n\n\n<p>three</p>", "One\n\ntwo\n\nthree"),
        ("<p>One<p>two", "One\n\ntwo"),
        ("<p>An <i>old</i> <b>bold</b> <code>x[0]</code>.</p>", "An *old* **bold** `x[0]`."),
        ("<b>one</b><strong>two</strong>", "**onetwo**"),
        ("<p>NEEDS_ATTENTION, _x_ and 2*3*4</p>", "NEEDS_ATTENTION, \\_x\\_ and 2\\*3\\*4"),
        ("<fullname>Kettle Service</fullname><p>Boils.</p>", "**Kettle Service**\n\nBoils."),
        ("<h1>Title</h1>text", "**Title**\n\ntext"),
        ("one<br/>two", "one\n\ntwo"),
        ("a <!-- hidden --> b<p>c</p>", "a b\n\nc"),
    ]);
}

#[test]
fn placeholders_are_text() {
    assert_markdown(&[
        ("<p>arn:aws:<region>:<Account-ID></p>", "arn:aws:\\<region>:\\<Account-ID>"),
        ("<code>s3://<bucket>/<i>key</i></code>", "`s3://<bucket>/key`"),
        ("Vec<String>", "Vec\\<String>"),
        ("a < b & c > d", "a < b & c > d"),
        ("<p>1 &lt; 2 &amp;lt; &#x202e;x</p>", "1 < 2 \\&lt; x"),
    ]);
}

#[test]
fn code_that_is_not_closed_ends_with_its_paragraph() {
    assert_markdown(&[
        ("<p>a <code>b</p><p>c</p>", "a `b`\n\nc"),
        ("<p><code>b<code> c</p>", "`b` c"),
        ("<p>a ` b</p>", "a \\` b"),
        ("<code>a`b</code>", "``a`b``"),
        ("<code></code>", ""),
    ]);
}

#[test]
fn links_lead_somewhere_or_are_text() {
    assert_markdown(&[
        (
            "<a href=\"https://example.com/a(b)\">see [this]</a>",
            "[see \\[this\\]](https://example.com/a%28b%29)",
        ),
        ("<a href='https://example.com'>https://example.com</a>", "<https://example.com>"),
        ("<a href=\"/guide/page\">the guide</a>", "the guide"),
        ("<a href=\"CreateKettle\">create</a>", "create"),
        ("<a>CreateKettle</a>, <a>a few words</a>", "`CreateKettle`, a few words"),
        ("<p>At https://example.com/a_b.</p>", "At <https://example.com/a_b>."),
        ("<p>(https://example.com/x)</p>", "(<https://example.com/x>)"),
        ("<p>See [1] and [text](Path).</p>", "See \\[1\\] and \\[text\\](Path)."),
        (
            "[text](https://example.com) ![x](https://e.com) <https://f.com>",
            "[text](https://example.com) [x](https://e.com) <https://f.com>",
        ),
        ("[![a](https://e.com)](https://f.com)", "\\[[a](https://e.com)\\](<https://f.com>)"),
    ]);
}

#[test]
fn lists_are_aligned() {
    assert_markdown(&[
        (
            "<ul><li><p>a</p></li> <li>b<ul><li>c</li></ul></li></ul>after",
            "* a\n* b\n  * c\n\nafter",
        ),
        (
            "<p>x</p><ol><li>a</li><li><p>b</p><p>c</p></li><li>d</li></ol>",
            "x\n\n1. a\n2. b\n\n   c\n\n3. d",
        ),
        ("<ul><li></li><li>a</li></ul>", "* a"),
        ("<li>stray</li>", "* stray"),
        ("<dl><dt>Term</dt><dd><p>Text</p></dd></dl>", "* **Term**\n\n  Text"),
        ("- a\nlazy\n  - b\n\n\n      c", "* a lazy\n  * b\n\n    c"),
        ("3) c\n4) d", "3. c\n4. d"),
        ("-", "\\-"),
        ("+ ", "\\+"),
        ("1.", "1\\."),
    ]);
}

#[test]
fn boxes_become_labels() {
    assert_markdown(&[
        ("<note> <p>Hot.</p> <p>Very.</p> </note>", "**Note:** Hot.\n\nVery."),
        ("<important><ul><li>a</li></ul></important>", "**Important:**\n\n* a"),
        ("<ul><li><note><p>x</p></note></li></ul>", "* **Note:** x"),
        ("<note></note>", ""),
    ]);
}

#[test]
fn code_blocks_are_text() {
    assert_markdown(&[
        ("<pre>fn x() {\n    y[0]\n}</pre>", "```text\nfn x() {\n    y[0]\n}\n```"),
        ("<ul><li>a<pre>x\n  y</pre></li></ul>", "* a\n\n  ```text\n  x\n    y\n  ```"),
        ("```rust\nlet x;\n```", "```text\nlet x;\n```"),
        ("~~~\n```\n~~~", "````text\n```\n````"),
        ("```\nopen", "```text\nopen\n```"),
        ("a\n\n    indented", "a\n\nindented"),
        ("<pre>a\n\n\n\nb</pre>", "```text\na\n\nb\n```"),
    ]);
}

#[test]
fn headings_quotes_and_rules_do_not_structure_the_page() {
    assert_markdown(&[
        ("# Title\ntext", "**Title**\n\ntext"),
        ("Title\n=====\ntext", "**Title**\n\ntext"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("> quoted", "\\> quoted"),
    ]);
}

#[test]
fn tables_keep_their_rows() {
    let html = "<table>stray<tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x_y</td></tr></table>";
    assert_eq!(markdown(html).lines().count(), 3, "{}", markdown(html));
    assert_markdown(&[(
        "| a | b |\n|---|---|\n| [x] | 2 |",
        "| a | b |\n|---|---|\n| \\[x\\] | 2 |",
    )]);
}

#[test]
fn hidden_characters_vanish() {
    assert_markdown(&[
        ("a\u{202e}b\u{2066}c\0d\u{7}e\u{200b}f\u{feff}", "abcdef"),
        ("a\rb\r\nc\td\u{a0}e", "a b c d e"),
        ("*/ \"quoted\" \\d \\\\", "*/ \"quoted\" \\\\d \\\\"),
    ]);
}

#[test]
fn wrapping_never_starts_a_block() {
    for word in ["-", "+", "1.", "2)", "#", ">", "===", "|---|", "*"] {
        for lead in 80..100 {
            let text = format!("{} {word} more words", "x ".repeat(lead / 2));
            let wrapped = markdown(&text);
            assert!(wrapped.lines().skip(1).all(|line| !line.starts_with(word)), "{wrapped}");
        }
    }
}

#[test]
fn summaries_are_first_sentences() {
    let cases = [
        ("<p>Boils water, e.g. for tea. Then whistles.</p>", "Boils water, e.g. for tea."),
        ("<p>Uses <code>A. B</code> always. <i>Never</i> fails.</p>", "Uses `A. B` always."),
        ("<p>Version 1.5 Beta or so</p><p>x</p>", "Version 1.5 Beta or so"),
        (
            "See [Part A. Basics](https://example.com). Then go.",
            "See [Part A. Basics](https://example.com).",
        ),
        ("<ul><li>a. B</li></ul>", "a. B"),
        ("<pre>x</pre>", ""),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(summary(text), expected, "of {text:?}");
    }
}

/// Each is a way to make a parser recurse, or look again at what it has read.
#[test]
fn hostile_documentation_ends_soon() {
    let pieces = [
        "<ul><li>",
        "<div>",
        "<b><i>",
        "<b>x</i>",
        "<a href='x'>",
        "<table><tr><td>",
        "<table>x<br>",
        "<p>",
        "<pre>",
        "</p>",
        "<!--",
        "<p \"",
        "<code>a</code>",
        "[",
        "[`",
        "![",
        "`",
        "` `` ",
        "- ",
        "> ",
        "<",
        "&lt;",
        "http://",
        "https://)))",
        "\\",
        "*",
        "**a",
        "1. ",
        "|",
        "\n- ",
        "\n  - ",
        "\n```",
        "<dl><dt>",
        "<https://a",
    ];
    for piece in pieces {
        for start in ["", "<p>"] {
            let text = format!("{start}{}", piece.repeat(40_000 / piece.len()));
            let began = Instant::now();
            let _ = (markdown(&text), summary(&text));
            assert!(
                began.elapsed() < Duration::from_secs(10),
                "{piece:?} took {:?}",
                began.elapsed()
            );
        }
    }
}

fn assert_clean(text: &str) {
    let converted = markdown(text);
    let lines: Vec<_> = converted.split('\n').collect();
    assert_eq!(converted.trim(), converted, "blank ends");
    assert!(lines.windows(2).all(|pair| pair != ["", ""]), "blank lines: {converted:?}");
    assert!(lines.iter().all(|line| line.trim_end() == *line), "trailing space: {converted:?}");
    assert!(!converted.contains(|c: char| c.is_control() && c != '\n'), "control: {converted:?}");
    assert!(!converted.contains(['\u{202e}', '\u{2066}']), "bidi: {converted:?}");
    assert!(!summary(text).contains('\n'), "summary: {:?}", summary(text));
}

proptest! {
    #[test]
    fn any_text_is_made_clean(text in any::<String>()) {
        assert_clean(&text);
    }

    #[test]
    fn any_markup_is_made_clean(pieces in proptest::collection::vec(prop_oneof![
        proptest::sample::select(vec![
            "<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<ol>", "<b>", "</b>", "<i>", "<code>", "</code>", "<pre>",
            "</pre>", "<a>", "</a>", "<a href=\"https://example.com\">", "<note>", "</note>", "<dl>", "<dt>", "<dd>", "<br>",
            "<table>", "<tr>", "<td>", "</table>", "<h1>", "<x>", "\n", "\n\n", " ", "- ", "1. ", "# ", "> ", "```", "`", "[",
            "](https://example.com)", "\\", "&lt;", "&#13;", "&#10;", "&nbsp;", "https://example.com", "|", "\n|---|---|\n",
            "\u{202e}", "    ", "*", "_", "---", "===", "word", "é",
        ]).prop_map(str::to_owned),
        "[a-z]{1,20}",
    ], 0..40)) {
        assert_clean(&pieces.concat());
    }
}
