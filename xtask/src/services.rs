//! `services.toml`: which crates to generate from which models. It must not know how that is done.

use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use miette::{
    Diagnostic, IntoDiagnostic, LabeledSpan, MietteDiagnostic, NamedSource, Report, SourceCode,
    WrapErr,
};
use serde::Deserialize;
use tinsmith_codegen::{Client, Selection};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// A crate to generate: a table of the file.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// The table's name.
    pub(crate) name: String,
    /// The model: a file, or a folder of botocore's.
    pub(crate) model: PathBuf,
    /// The service, where the model has several.
    pub(crate) service: Option<String>,
    /// The operations.
    pub(crate) operations: Selection,
    /// The patterns that they are named by.
    pub(crate) patterns: Vec<String>,
    /// Types that no operation of these needs, by their Rust names.
    pub(crate) types: Vec<String>,
    /// The protocol, where the service speaks several.
    pub(crate) protocol: Option<String>,
    /// Whether the crate comes with a client.
    pub(crate) client: Client,
    /// The package's name, if it is said.
    pub(crate) package: Option<String>,
    /// The package's version, if it is said.
    pub(crate) version: Option<String>,
    /// The crate's folder, relative to the workspace.
    pub(crate) out: PathBuf,
}

/// A table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    model: String,
    service: Option<String>,
    operations: Operations,
    #[serde(default)]
    types: Vec<String>,
    protocol: Option<String>,
    client: Option<String>,
    package: Option<String>,
    version: Option<String>,
    out: String,
}

/// When a crate comes with a client, by the words for it.
pub(crate) const CLIENTS: [(&str, Client); 2] =
    [("optional", Client::Optional), ("always", Client::Always)];

/// When a crate comes with a client, by the word for it.
pub(crate) fn client_of(word: &str) -> Option<Client> {
    CLIENTS.iter().find(|(known, _)| *known == word).map(|(_, client)| *client)
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a list of operations, \"all\" or \"none\"")]
enum Operations {
    Word(String),
    List(Vec<String>),
}

/// Reads the file; its services come sorted by name.
pub(crate) fn read(file: &Path) -> miette::Result<Vec<Service>> {
    let text = fs::read_to_string(file)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot read {}", file.display()))?;
    let (services, mut mistakes) = parse(&text, file.parent().unwrap_or(Path::new("")));
    let name = file.display().to_string();
    let source = NamedSource::new(&name, text).with_language("TOML");
    match mistakes.pop() {
        None => Ok(services),
        Some(only) if mistakes.is_empty() => Err(Report::new(only).with_source_code(source)),
        Some(last) => {
            mistakes.push(last);
            Err(Report::new(Mistakes { file: name, found: mistakes, source }))
        }
    }
}

/// All services that are sound, and what is wrong with the others. Models are relative to `folder`.
fn parse(text: &str, folder: &Path) -> (Vec<Service>, Vec<MietteDiagnostic>) {
    let tables = match DeTable::parse(text) {
        Ok(tables) => tables.into_inner(),
        Err(error) => return (Vec::new(), vec![mistake(error.message(), error.span())]),
    };
    let mut services: Vec<Service> = Vec::new();
    let mut mistakes = Vec::new();
    for (name, table) in tables {
        let span = name.span();
        match service(name.get_ref(), table, folder) {
            Ok(service) => {
                if let Some(other) = services.iter().find(|other| other.out == service.out) {
                    let text =
                        format!("`{}.out` is the folder of `{}` as well", service.name, other.name);
                    mistakes.push(mistake(&text, Some(span)).with_help("give each crate its own"));
                }
                services.push(service);
            }
            Err(found) => mistakes.extend(found.into_iter().map(|mut diagnostic| {
                diagnostic.labels.get_or_insert_with(|| vec![label(span.clone())]);
                diagnostic
            })),
        }
    }
    (services, mistakes)
}

fn service(
    name: &str,
    table: Spanned<DeValue<'_>>,
    folder: &Path,
) -> Result<Service, Vec<MietteDiagnostic>> {
    let places = Places::of(name, &table);
    let table = Table::deserialize(ValueDeserializer::from(table)).map_err(|error| {
        let (key, span) = places.around(error.span());
        vec![mistake(&format!("{key}: {}", error.message()), span)]
    })?;
    let mut mistakes = Vec::new();
    let client = match table.client.as_deref() {
        None => Client::default(),
        Some(word) => client_of(word).unwrap_or_else(|| {
            let text = format!("`{name}.client` is \"{word}\"");
            let help = "write \"optional\" for a client behind the feature `client`, or \"always\"";
            mistakes.push(mistake(&text, places.value("client")).with_help(help));
            Client::default()
        }),
    };
    let patterns = match &table.operations {
        Operations::Word(word) if word == "none" => Vec::new(),
        Operations::Word(_) => vec!["*".to_owned()],
        Operations::List(patterns) => patterns.clone(),
    };
    let operations = match table.operations {
        Operations::Word(word) if word == "all" => Selection::all(),
        Operations::Word(word) if word == "none" => Selection::none(),
        Operations::Word(word) => {
            let text = format!("`{name}.operations` is \"{word}\"");
            let help = format!(
                "write [\"{word}\"] for an operation, \"all\" for all of them, \"none\" for types alone"
            );
            mistakes.push(mistake(&text, places.value("operations")).with_help(help));
            Selection::all()
        }
        Operations::List(patterns) => Selection::parse(&patterns).unwrap_or_else(|errors| {
            mistakes.extend(errors.iter().map(|error| {
                let text = format!("`{name}.operations`: {}", error.message());
                let found = mistake(&text, places.value("operations"));
                error.help_text().map_or(found.clone(), |help| found.with_help(help))
            }));
            Selection::all()
        }),
    };
    let out = Path::new(&table.out);
    if table.out.is_empty() || !out.components().all(|part| matches!(part, Component::Normal(_))) {
        let text = format!("`{name}.out` must be a folder below the workspace");
        let help = format!("write for instance \"generated/{name}\"");
        mistakes.push(mistake(&text, places.value("out")).with_help(help));
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(Service {
        name: name.to_owned(),
        model: folder.join(&table.model),
        service: table.service,
        operations,
        patterns,
        types: table.types,
        protocol: table.protocol,
        client,
        package: table.package,
        version: table.version,
        // Its components, so that `a//b/` is the same folder as `a/b`.
        out: out.components().collect(),
    })
}

/// Where the keys and values of a table are written.
struct Places {
    table: String,
    keys: Vec<(String, Range<usize>, Range<usize>)>,
}

impl Places {
    fn of(table: &str, value: &Spanned<DeValue<'_>>) -> Self {
        let keys = value.get_ref().as_table().into_iter().flatten();
        let keys = keys.map(|(key, value)| (key.get_ref().to_string(), key.span(), value.span()));
        Places { table: table.to_owned(), keys: keys.collect() }
    }

    fn value(&self, key: &str) -> Option<Range<usize>> {
        self.keys.iter().find(|(name, ..)| name == key).map(|(.., value)| value.clone())
    }

    /// The key that a place belongs to, with the place; the table, if none does.
    fn around(&self, span: Option<Range<usize>>) -> (String, Option<Range<usize>>) {
        let inside = |range: &Range<usize>, at: usize| range.start <= at && at < range.end;
        let key = span.clone().and_then(|span| {
            self.keys
                .iter()
                .find(|(_, key, value)| inside(key, span.start) || inside(value, span.start))
        });
        match key {
            Some((key, ..)) => (format!("`{}.{key}`", self.table), span),
            None => (format!("`{}`", self.table), None),
        }
    }
}

fn mistake(text: &str, span: Option<Range<usize>>) -> MietteDiagnostic {
    let diagnostic = MietteDiagnostic::new(text);
    match span {
        Some(span) => diagnostic.with_label(label(span)),
        None => diagnostic,
    }
}

fn label(span: Range<usize>) -> LabeledSpan {
    LabeledSpan::at(span, "here")
}

/// Several things that are wrong with the file.
#[derive(Debug)]
struct Mistakes {
    file: String,
    found: Vec<MietteDiagnostic>,
    source: NamedSource<String>,
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mistakes in {}", self.found.len(), self.file)
    }
}

impl std::error::Error for Mistakes {}

impl Diagnostic for Mistakes {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.found.iter().map(|mistake| mistake as &dyn Diagnostic)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "
        [one]
        model = 'one.json'
        operations = ['List*']
        package = 'aws-sdk-one'
        version = '1.2.3'
        out = 'generated/one'
        [all]
        model = '../all.json'
        operations = 'all'
        out = 'generated/all'
    ";

    fn mistakes(text: &str) -> Vec<String> {
        let (_, found) = parse(text, Path::new(""));
        assert!(found.iter().all(|found| found.labels.is_some()), "each has a place: {found:?}");
        found.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_table_is_a_crate() {
        let (services, mistakes) = parse(SOUND, Path::new("models"));
        assert!(mistakes.is_empty(), "{mistakes:?}");
        assert_eq!(services[0].name, "all");
        assert_eq!(services[0].operations, Selection::all());
        assert_eq!(services[0].model, Path::new("models/../all.json"));
        assert!(services[0].types.is_empty());
        let none = SOUND.replace("'all'", "'none'\ntypes = ['Tag']");
        let (services, mistakes) = parse(&none, Path::new("models"));
        assert!(mistakes.is_empty(), "{mistakes:?}");
        assert_eq!(services[0].operations, Selection::none());
        assert_eq!(services[0].types, ["Tag"]);
        assert_eq!(services[1].package.as_deref(), Some("aws-sdk-one"));
        assert_eq!(services[1].out, Path::new("generated/one"));
    }

    #[test]
    fn mistakes_name_the_table_and_the_key() {
        for (old, new, expected) in [
            ("model = 'one.json'", "modl = 'one.json'", "`one.modl`: unknown field `modl`"),
            ("model = 'one.json'", "", "`one`: missing field `model`"),
            ("'1.2.3'", "1.2", "`one.version`: invalid type: floating point `1.2`"),
            (
                "['List*']",
                "7",
                "`one.operations`: expected a list of operations, \"all\" or \"none\"",
            ),
            ("['List*']", "'List*'", "`one.operations` is \"List*\""),
            ("['List*']", "[]", "`one.operations`: no operation is named"),
            ("['List*']", "['a b']", "`one.operations`: `a b` has the character ' '"),
            ("'generated/one'", "'../one'", "`one.out` must be a folder below the workspace"),
            ("'generated/one'", "'/one'", "`one.out` must be a folder below the workspace"),
            ("'generated/one'", "''", "`one.out` must be a folder below the workspace"),
            ("'generated/one'", "'generated//all/'", "`one.out` is the folder of `all` as well"),
            ("[one]", "x = 1\n[one]", "`x`: invalid type: integer `1`"),
            ("[one]", "[one", "unclosed table"),
        ] {
            assert!(SOUND.contains(old));
            let found = mistakes(&SOUND.replacen(old, new, 1));
            assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?}\n{expected}");
        }
    }

    #[test]
    fn mistakes_of_several_tables_come_together() {
        let text = SOUND.replace("model", "modell");
        assert_eq!(mistakes(&text).len(), 2);
    }
}
