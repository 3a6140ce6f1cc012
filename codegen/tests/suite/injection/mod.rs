//! The model's text never becomes code: with hostile text in any place of a model, the tokens of the crate are those
//! that harmless text gives, but for what stands in literals and documentation, and these have the text. It must not
//! know how that is done.

mod tokens;

use std::collections::BTreeMap;

use serde_json::json;
use tinsmith_codegen::{Errors, Files, Model, Settings, generate};

use crate::cases::settings;
use tokens::Tokens;

const SERVICE: &str = include_str!("service.json");

/// What ends a literal, a comment or an attribute, begins one, or looks like something else than it is.
const TEXTS: [&str; 36] = [
    "\"",
    "'",
    "\\",
    "\\\"",
    "\\u{22}",
    "\\\n",
    "\"#",
    "\"###;",
    "r#\"",
    "b'",
    "*/",
    "/*",
    "/**/",
    "//",
    "\n//!",
    "\n///",
    "\n#![allow(warnings)]",
    "#[cfg(any())]",
    "\"]\n#[doc = \"",
    "\"); panic!(\"",
    "}\nfn evil() {}\n",
    "\nfn evil() {}",
    "\r",
    "\r\n",
    "\u{85}\u{2028}\u{2029}",
    "\u{202e}\u{2066}\u{200b}",
    "\u{feff}",
    "\u{0}\u{7}\u{1b}[31m\u{7f}",
    "{}",
    "{0:?}",
    "{{",
    "$crate",
    "<script>",
    "]]>",
    "```\n",
    "\"\n[dependencies]\nevil = \"1\"\n",
];

/// Documentation in HTML as deep as it comes, and longer than any.
fn markup() -> [String; 4] {
    let deep = |open: &str, close: &str| format!("{}x{}", open.repeat(800), close.repeat(800));
    [
        deep("<ul><li>", "</li></ul>"),
        deep("<div><p><b>", ""),
        "</p></div>*/ </code></pre>\"<!-- \n# [a]: b \n".repeat(40),
        "long ".repeat(20_000),
    ]
}

/// The places, by the names that the model has between at signs.
fn places() -> Vec<&'static str> {
    let mut places: Vec<&str> = SERVICE.split('@').skip(1).step_by(2).collect();
    places.sort_unstable();
    places.dedup();
    assert!(places.len() > 55, "{places:?}");
    places
}

/// A text that begins as that of no other place does, and sorts as harmless text would.
fn text_at(place: &str, text: &str) -> String {
    format!("{}{text}", marker(place))
}

fn marker(place: &str) -> String {
    format!("{}mark", place.to_ascii_lowercase())
}

/// The crate with a text in a place, and harmless texts in the others.
fn made(place: &str, text: &str) -> Result<Files, Errors> {
    let mut model = SERVICE.to_owned();
    for name in places() {
        let text = if name == place { text_at(name, text) } else { marker(name) };
        let quoted = json!(text).to_string();
        model = model.replace(&format!("@{name}@"), &quoted[1..quoted.len() - 1]);
    }
    generate_from(&model, &settings("hostile"))
}

fn generate_from(model: &str, settings: &Settings) -> Result<Files, Errors> {
    generate(&Model::from_smithy_json("hostile.json", model)?, settings)
}

/// Holds a crate against the harmless one; whether some literal or documentation has the beginning of what the place
/// has, and whether one has all of it.
#[track_caller]
fn held(
    harmless: &BTreeMap<String, Tokens>,
    files: &Files,
    place: &str,
    text: &str,
) -> (bool, bool) {
    let (mut seen, mut whole) = (false, false);
    let there: Vec<&str> =
        files.iter().map(|(path, _)| path).filter(|path| is_rust(path)).collect();
    let expected: Vec<&str> = harmless.keys().map(String::as_str).collect();
    assert_eq!(there, expected, "{place}: {text:?}");
    for (path, expected) in harmless {
        let source = files.get(path).unwrap();
        if *source == expected.source {
            continue;
        }
        assert!(syn::parse_file(source).is_ok(), "{place}: {text:?}: {path}\n{source}");
        let tokens = Tokens::of(source);
        assert_eq!(tokens.skeleton, expected.skeleton, "{place}: {text:?}: {path}\n{source}");
        seen |= tokens.texts.iter().any(|it| it.contains(&marker(place)));
        whole |= tokens.texts.iter().any(|it| it.contains(&text_at(place, text)));
        for char in ['\u{202e}', '\u{2066}', '\r', '\0', '\u{1b}'] {
            assert!(!source.contains(char), "{place}: {text:?}: {path} has a {char:?}");
        }
    }
    manifest(files, place, text);
    (seen, whole)
}

/// The manifest says the same but for texts.
#[track_caller]
fn manifest(files: &Files, place: &str, text: &str) {
    let source = files.get("Cargo.toml").unwrap();
    let manifest: toml::Table = source.parse().unwrap_or_else(|error| {
        panic!("{place}: {text:?}: {error}\n{source}");
    });
    let dependencies: Vec<&String> = manifest["dependencies"].as_table().unwrap().keys().collect();
    assert!(!dependencies.iter().any(|name| name.contains("evil")), "{source}");
    let keys: Vec<&String> = manifest.keys().collect();
    assert!(keys.iter().all(|key| !key.contains("evil")), "{keys:?}");
    let package = &manifest["package"];
    assert_eq!(package["name"].as_str(), Some("hostile"), "{source}");
    let described = package["description"].as_str().unwrap();
    assert!(place != "title" || described.contains(&marker(place)), "{source}");
}

/// A package that nobody gave a name is called after the service, in characters that Cargo takes.
#[test]
fn packages_have_names_of_packages() {
    for text in TEXTS {
        let model = places().into_iter().fold(SERVICE.to_owned(), |model, place| {
            let text = if place == "sdkId" { text_at(place, text) } else { marker(place) };
            let quoted = json!(text).to_string();
            model.replace(&format!("@{place}@"), &quoted[1..quoted.len() - 1])
        });
        let files = generate_from(&model, &Settings { package: None, ..settings("x") }).unwrap();
        let manifest: toml::Table = files.get("Cargo.toml").unwrap().parse().unwrap();
        let name = manifest["package"]["name"].as_str().unwrap();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(name.starts_with("aws-sdk-") && name.chars().all(plain), "{text:?}: {name}");
    }
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

fn harmless() -> BTreeMap<String, Tokens> {
    let files = made("", "").unwrap();
    let rust = files.iter().filter(|(path, _)| is_rust(path));
    rust.map(|(path, text)| (path.to_owned(), Tokens::of(text))).collect()
}

/// Every text in one place at a time, all of them together where that is a text that the place may have.
#[test]
fn text_stays_text_in_every_place() {
    let harmless = harmless();
    let (mut refused, mut unseen, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for place in places() {
        let mut tried = Tried::default();
        tried.texts(&harmless, place, &TEXTS);
        if tried.taken == 0 {
            refused.push(place);
        } else if !tried.seen {
            unseen.push(place);
        } else if !tried.whole && !is_docs(place) {
            changed.push(place);
        }
    }
    assert_eq!(refused, REFUSED, "no hostile text is taken at these places");
    assert_eq!(unseen, UNSEEN, "texts of these places are in no literal and no documentation");
    assert_eq!(changed, CHANGED, "texts of these places are in no literal as they are");
}

/// Text for people is written otherwise: documentation as Markdown, titles and notes on a line.
fn is_docs(place: &str) -> bool {
    place.ends_with("Docs") || place.ends_with("Deprecated") || place == "title"
}

/// What came of a place.
#[derive(Default)]
struct Tried {
    taken: usize,
    /// Whether a literal or documentation has the text's beginning.
    seen: bool,
    /// Whether one has all of it, as it is.
    whole: bool,
}

impl Tried {
    /// All texts at once; where the model's rules forbid some of them, either half, down to single ones.
    fn texts(&mut self, harmless: &BTreeMap<String, Tokens>, place: &str, texts: &[&str]) {
        match made(place, &texts.concat()) {
            Ok(files) => {
                let (seen, whole) = held(harmless, &files, place, &texts.concat());
                self.taken += texts.len();
                self.seen |= seen;
                self.whole |= whole;
                // Something may have been cut at one of them.
                let settled = seen && is_docs(place) || UNSEEN.contains(&place);
                if whole || settled || texts.len() == 1 {
                    return;
                }
            }
            Err(_) if texts.len() == 1 => return,
            Err(_) => {}
        }
        let (one, other) = texts.split_at(texts.len() / 2);
        self.texts(harmless, place, one);
        self.texts(harmless, place, other);
    }
}

/// Places where a model may only have plain names.
const REFUSED: [&str; 0] = [];

/// Places whose text crates have no use for.
const UNSEEN: [&str; 2] = ["unnamedDocs", "unnamedValue"];

/// Places whose text is taken apart or written otherwise.
const CHANGED: [&str; 0] = [];

#[test]
fn documentation_of_any_depth_and_length_is_documentation() {
    let harmless = harmless();
    for text in markup() {
        for place in ["serviceDocs", "operationDocs", "memberDocs", "enumDocs", "errorDocs"] {
            let files = made(place, &text).unwrap();
            assert!(held(&harmless, &files, place, &text).0, "{place}: {text:.80}");
        }
    }
}

#[test]
fn the_models_own_name_is_no_code() {
    let harmless = harmless();
    for text in TEXTS {
        let settings = Settings { source: text.to_owned(), ..settings("hostile") };
        let model = places().into_iter().fold(SERVICE.to_owned(), |model, place| {
            model.replace(&format!("@{place}@"), &marker(place))
        });
        let files = generate_from(&model, &settings).unwrap();
        held(&harmless, &files, "title", text);
    }
}

/// Names of thousands of characters are either names of Rust, in files that any file system takes, or refused.
#[test]
fn long_names_are_names() {
    let long = format!("L{}", "ong".repeat(2_000));
    for (from, kept) in [
        ("a#PutInput", true),
        ("a#Kind", true),
        ("a#Either", true),
        ("a#Failed", true),
        ("\"docs\"", true),
        ("\"ONE\"", true),
        ("\"text\"", true),
        ("a#Put\"", false),
        ("\"Seen\"", false),
    ] {
        let mut model = SERVICE.to_owned();
        for place in places() {
            model = model.replace(&format!("@{place}@"), &marker(place));
        }
        let name = from.trim_matches('"').trim_start_matches("a#");
        let to = from.replace(name, &long);
        match generate_from(&model.replace(from, &to), &settings("hostile")) {
            Ok(files) => {
                assert!(kept, "{from}");
                for (path, text) in files.iter() {
                    let longest = path.split('/').map(str::len).max();
                    assert!(longest <= Some(255), "{path}");
                    assert!(!is_rust(path) || syn::parse_file(text).is_ok(), "{path}");
                }
            }
            Err(errors) => {
                assert!(!kept, "{from}: {errors:?}");
                assert!(errors.to_string().contains("too long"), "{errors}");
            }
        }
    }
}
