//! A source's tokens: what is code, and what is text in it. It must not know where the text comes from.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

/// What a source consists of.
pub(super) struct Tokens {
    /// All of it.
    pub(super) source: String,
    /// Its tokens in order, without documentation, with `T` in the place of each text.
    pub(super) skeleton: String,
    /// What is in texts and documentation.
    pub(super) texts: Vec<String>,
}

impl Tokens {
    pub(super) fn of(source: &str) -> Self {
        let stream = TokenStream::from_str(source).unwrap();
        let mut tokens =
            Tokens { source: source.to_owned(), skeleton: String::new(), texts: Vec::new() };
        tokens.add(stream);
        tokens
    }

    fn add(&mut self, stream: TokenStream) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            if let Some(length) = self.documentation(&trees[at..]) {
                at += length;
                continue;
            }
            // Some things depend on how long lines are: a comma at the end of a list, braces around the body of a
            // closure or a match's arm, which then needs no comma.
            let after = |char| at > 0 && is(&trees[at - 1], char);
            let arm = after('>') && at > 1 && is(&trees[at - 2], '=');
            let last = at + 1 == trees.len();
            match &trees[at] {
                comma if last && is(comma, ',') => {}
                TokenTree::Group(body)
                    if (after('|') || arm) && body.delimiter() == Delimiter::Brace =>
                {
                    self.add(body.stream());
                    self.skeleton.push_str(if arm && !last { ", " } else { "" });
                }
                tree => self.tree(tree),
            }
            at += 1;
        }
    }

    fn tree(&mut self, tree: &TokenTree) {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                self.skeleton.push_str(open);
                self.add(group.stream());
                self.skeleton.push_str(close);
            }
            TokenTree::Literal(literal) => match text(&Lit::new(literal.clone())) {
                Some(text) => {
                    self.skeleton.push_str("T ");
                    self.texts.push(text);
                }
                None => self.skeleton.push_str(&format!("{literal} ")),
            },
            other => self.skeleton.push_str(&format!("{other} ")),
        }
    }

    /// The length of `#[doc = "…"]` or `#![doc = "…"]`, if the tokens begin with that.
    fn documentation(&mut self, trees: &[TokenTree]) -> Option<usize> {
        let is =
            |tree: &TokenTree, char| matches!(tree, TokenTree::Punct(it) if it.as_char() == char);
        let begin = 1 + usize::from(is(trees.get(1)?, '!'));
        let TokenTree::Group(group) = trees.get(begin).filter(|_| is(&trees[0], '#'))? else {
            return None;
        };
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        let [TokenTree::Ident(name), equals, TokenTree::Literal(literal)] = &inner[..] else {
            return None;
        };
        if name != "doc" || !is(equals, '=') {
            return None;
        }
        self.texts.extend(text(&Lit::new(literal.clone())));
        Some(begin + 1)
    }
}

fn is(tree: &TokenTree, char: char) -> bool {
    matches!(tree, TokenTree::Punct(it) if it.as_char() == char)
}

/// What a literal of characters or bytes says.
fn text(literal: &Lit) -> Option<String> {
    match literal {
        Lit::Str(text) => Some(text.value()),
        Lit::ByteStr(bytes) => Some(String::from_utf8_lossy(&bytes.value()).into_owned()),
        Lit::Char(char) => Some(char.value().to_string()),
        _ => None,
    }
}

#[test]
fn code_and_text_are_told_apart() {
    let tokens = Tokens::of("//! A.\n#[doc = \"B\"]\nfn f() { g(\"C\", 1, '\\'') } // D");
    assert_eq!(tokens.skeleton, "fn f (){g (T , 1 , T )}");
    assert_eq!(tokens.texts, [" A.", "B", "C", "'"]);
}
