//! What macros are given, and what they are made of: tokens, in which paths and calls are found without a grammar where
//! none fits. It must not know which of these are an official crate's.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::visit::Visit as _;

use super::bindings::Value;
use super::uses::{At, Call, Path, Uses, Word, line, plain};

/// Looks at what a macro is given: as items, statements or expressions if it is made of such, or else token by token.
pub(super) fn invocation(uses: &mut Uses, of: &str, tokens: &TokenStream) {
    words(uses, of, tokens);
    if !parsed(uses, tokens) {
        scan(uses, tokens);
    }
}

/// Looks through a macro's definition. If it calls a method that it is given the name of, its name is kept.
pub(super) fn definition(uses: &mut Uses, name: &str, tokens: &TokenStream) {
    if calls_what_it_is_given(tokens) {
        uses.macros.calling.push(name.to_owned());
    }
    invoked(uses, name, tokens);
    scan(uses, tokens);
}

/// Looks at tokens as at the syntax that they are, if they are any that is looked at.
fn parsed(uses: &mut Uses, tokens: &TokenStream) -> bool {
    if let Ok(items) = syn::parse2::<syn::File>(tokens.clone()) {
        uses.visit_file(&items);
    } else if let Ok(statements) = syn::Block::parse_within.parse2(tokens.clone()) {
        statements.iter().for_each(|statement| uses.visit_stmt(statement));
    } else if let Ok(expressions) =
        Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated.parse2(tokens.clone())
    {
        expressions.iter().for_each(|expression| uses.visit_expr(expression));
    } else {
        return false;
    }
    true
}

/// Looks through tokens one by one.
pub(super) fn scan(uses: &mut Uses, tokens: &TokenStream) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                if is_pasted(&tokens, at) {
                    let what = "a macro puts names together, which can't be seen";
                    uses.blind.push(At { line: line(group.span()), what });
                }
                let inner = group.stream();
                if group.delimiter() != Delimiter::Brace || !parsed(uses, &inner) {
                    scan(uses, &inner);
                }
                at += 1;
            }
            TokenTree::Ident(ident) if ident == "use" => {
                at += 1;
                let tree = tokens[at..].iter().take_while(|token| !is(token, ';')).cloned();
                if let Ok(tree) = syn::parse2::<syn::UseTree>(tree.collect()) {
                    uses.import(&tree, &mut Vec::new(), true);
                }
            }
            TokenTree::Ident(ident) => {
                let (mut path, next) = path(&tokens, at);
                if at > 0 && is_punct(&tokens, at - 1, '$') {
                    path[0].insert(0, '$');
                }
                let at_line = line(ident.span());
                let method = at > 0 && is_punct(&tokens, at - 1, '.');
                if !method || path.len() > 1 {
                    uses.path(ident.span(), path);
                } else if is_empty_call(&tokens, next) {
                    let receiver = receiver(&tokens, at - 1);
                    let scope = uses.reading.scope;
                    let call = Call { method: plain(ident), receiver, scope };
                    uses.calls.push(At { line: at_line, what: call });
                }
                at = next;
            }
            _ => at += 1,
        }
    }
}

/// The single words in what a macro is given: it may call them.
fn words(uses: &mut Uses, of: &str, tokens: &TokenStream) {
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => words(uses, of, &group.stream()),
            TokenTree::Ident(ident) => {
                let word = Word { of: of.to_owned(), word: plain(&ident) };
                uses.words.push(At { line: line(ident.span()), what: word });
            }
            _ => {}
        }
    }
}

/// The macros that a definition invokes.
fn invoked(uses: &mut Uses, name: &str, tokens: &TokenStream) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => invoked(uses, name, &group.stream()),
            TokenTree::Ident(ident) if is_punct(&tokens, at + 1, '!') => {
                uses.macros.invoking.push((name.to_owned(), plain(ident)));
            }
            _ => {}
        }
    }
}

/// `.$name(` somewhere, or `::$name(`.
fn calls_what_it_is_given(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let here = (0..tokens.len()).any(|at| {
        (is_punct(&tokens, at, '.') || is_punct(&tokens, at, ':'))
            && is_punct(&tokens, at + 1, '$')
            && matches!(tokens.get(at + 2), Some(TokenTree::Ident(_)))
            && is_group(&tokens, at + 3, Delimiter::Parenthesis)
    });
    here || tokens.iter().any(|token| match token {
        TokenTree::Group(group) => calls_what_it_is_given(&group.stream()),
        _ => false,
    })
}

/// The path that begins here, and where it ends: `a::b<T>::c` is `a::b`, then `c`.
fn path(tokens: &[TokenTree], start: usize) -> (Path, usize) {
    let mut path = Vec::new();
    let mut at = start;
    while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
        path.push(plain(ident));
        at += 1;
        let goes_on = is_punct(tokens, at, ':')
            && is_punct(tokens, at + 1, ':')
            && matches!(tokens.get(at + 2), Some(TokenTree::Ident(_)));
        if !goes_on {
            break;
        }
        at += 2;
    }
    (path, at)
}

/// What is before the dot: a variable or a field, if it is no call's result.
fn receiver(tokens: &[TokenTree], dot: usize) -> Value {
    let before = |back: usize| dot.checked_sub(back).map(|at| &tokens[at]);
    match before(1) {
        Some(TokenTree::Ident(ident)) => match before(2) {
            Some(TokenTree::Punct(punct)) if punct.as_char() == '.' => Value::Field(plain(ident)),
            // `$client` is whatever the macro is given.
            Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '$' | ':') => Value::Unknown,
            _ => Value::Local(plain(ident)),
        },
        Some(TokenTree::Literal(literal)) => Value::Field(literal.to_string()),
        _ => Value::Unknown,
    }
}

fn is_empty_call(tokens: &[TokenTree], at: usize) -> bool {
    match tokens.get(at) {
        Some(TokenTree::Group(group)) => {
            group.delimiter() == Delimiter::Parenthesis && group.stream().is_empty()
        }
        _ => false,
    }
}

/// `[<`: what `paste!` and the like put together.
fn is_pasted(tokens: &[TokenTree], at: usize) -> bool {
    is_group(tokens, at, Delimiter::Bracket)
        && match &tokens[at] {
            TokenTree::Group(group) => matches!(
                group.stream().into_iter().next(),
                Some(TokenTree::Punct(punct)) if punct.as_char() == '<'
            ),
            _ => false,
        }
}

fn is_group(tokens: &[TokenTree], at: usize, delimiter: Delimiter) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
}

fn is_punct(tokens: &[TokenTree], at: usize, char: char) -> bool {
    tokens.get(at).is_some_and(|token| is(token, char))
}

fn is(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}
