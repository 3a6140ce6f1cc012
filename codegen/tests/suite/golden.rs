//! What the generated files say, or the errors. The goldens change on request only: `cargo insta review`, or
//! `INSTA_UPDATE=always cargo test -p tinsmith-codegen`.

use std::fmt::Write as _;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use miette::{GraphicalReportHandler, GraphicalTheme};
use tinsmith_codegen::{Errors, Files, Generator, RuntimeDependency, Selection};

use crate::cases::Case;

#[test]
fn fixtures() {
    for case in Case::all() {
        let outcome = case.generate();
        assert_eq!(outcome.is_err(), case.is_rejected(), "{}: {outcome:?}", case.name);
        insta::with_settings!({
            snapshot_path => &case.folder,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("expected", outcome.map_or_else(rendered, |files| joined(&files)));
        });
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for case in Case::all() {
        match (case.generate(), case.generate()) {
            (Ok(once), Ok(again)) => assert!(once == again, "{} differs", case.name),
            (Err(once), Err(again)) => assert_eq!(rendered(once), rendered(again)),
            _ => panic!("{} differs in whether it can be generated", case.name),
        }
    }
}

#[test]
fn threads_make_no_difference() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/services/forecast.json");
    let by = |threads| {
        Generator::new().threads(NonZero::new(threads).unwrap()).generate(&model).unwrap()
    };
    let alone = by(1);
    for threads in [2, 5, alone.len() + 1] {
        assert!(by(threads) == alone, "{threads} threads");
    }
}

/// The golden of the seed is the crate itself.
#[test]
fn the_seed_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = Generator::new()
        .operations(Selection::parse(&["ListForecastExportJobs"]).unwrap())
        .package("aws-sdk-forecast")
        .version("1.119.0")
        .runtime(RuntimeDependency::Path("../../codegen/runtime".to_owned()))
        .generate(root.join("model/services/forecast.json"))
        .unwrap();
    let committed = root.join("generated/forecast");
    let advice = "`cargo xtask regenerate` mends it";
    for (path, text) in files.iter() {
        let there = fs::read_to_string(committed.join(path)).unwrap_or_default();
        assert_alike(&there, text, path, advice);
    }
    for path in below(&committed) {
        let path = path.strip_prefix(&committed).unwrap().to_string_lossy().replace('\\', "/");
        assert!(files.get(&path).is_some(), "{path} is not generated any more: {advice}");
    }
}

/// Compares texts by line, so that a failure shows the first line that differs and not the whole file.
fn assert_alike(there: &str, expected: &str, path: &str, advice: &str) {
    let lines = there.lines().zip(expected.lines()).enumerate();
    for (number, (there, expected)) in lines {
        assert_eq!(there, expected, "{path}, line {}, is out of date: {advice}", number + 1);
    }
    assert!(there == expected, "{path} is out of date: {advice}");
}

/// All files of the crate's tree.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(below(&path)) } else { files.push(path) }
    }
    files
}

/// All files in one text.
fn joined(files: &Files) -> String {
    files.iter().map(|(path, text)| format!("==> {path} <==\n{text}\n")).collect()
}

/// The plain text, then what a terminal shows.
fn rendered(errors: Errors) -> String {
    let mut text = String::new();
    write!(text, "{errors}\n\n").unwrap();
    let theme = GraphicalTheme::unicode_nocolor();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
    let report = errors.into_report();
    handler.render_report(&mut text, report.as_ref()).unwrap();
    // No line ends in spaces, lest an editor change the snapshot.
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
