//! What this program does in another one's place: in rustc's, when Cargo runs it as `RUSTC_WRAPPER`, to record what one
//! crate's compilation cost; in Cargo's, to record what all that it runs cost. It must not know what the record is for.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::usage::{self, Usage};

/// The variable that turns this program into a compiler: the file for the record.
pub(crate) const RECORD: &str = "TINSMITH_BENCH_RECORD";

/// The variable that names the package whose library is recorded.
pub(crate) const PACKAGE: &str = "TINSMITH_BENCH_PACKAGE";

/// The variable that has this program run another one: the file for the record of what that cost.
pub(crate) const WHOLE: &str = "TINSMITH_BENCH_WHOLE";

/// What a program cost, with all processes that it started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Whole {
    /// Seconds from its start to its end.
    pub(crate) wall_s: f64,
    /// Where the system tells; the memory is that of the largest process.
    pub(crate) usage: Option<Usage>,
}

/// What one compilation of one crate cost, and what came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Build {
    /// Seconds from the compiler's start to its end.
    pub(crate) wall_s: f64,
    /// Where the system tells.
    pub(crate) usage: Option<Usage>,
    /// The size of the library, unless it was only checked.
    pub(crate) rlib_bytes: Option<u64>,
    /// The size of its metadata, which is all that a dependent's type check reads.
    pub(crate) rmeta_bytes: u64,
}

/// Does another program's work, if that is what this process was started for.
pub(crate) fn in_place_of_another() -> Option<ExitCode> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let ended = match (env::var_os(WHOLE), env::var_os(RECORD)) {
        (Some(record), _) => run(&arguments, Path::new(&record)),
        (None, Some(record)) => compile(&arguments, Path::new(&record)),
        (None, None) => return None,
    };
    Some(ended.unwrap_or_else(|error| {
        // If stderr is closed there is nobody to tell.
        let _ = writeln!(io::stderr(), "error: the measured program cannot run: {error}");
        ExitCode::FAILURE
    }))
}

/// Runs a program, and records what it and its children cost. This process has no other children.
fn run(arguments: &[OsString], record: &Path) -> io::Result<ExitCode> {
    let (program, arguments) = arguments
        .split_first()
        .ok_or_else(|| io::Error::other(format!("{WHOLE} is set, but no program is named")))?;
    let start = Instant::now();
    let status = Command::new(program).args(arguments).env_remove(WHOLE).status()?;
    let whole = Whole { wall_s: start.elapsed().as_secs_f64(), usage: usage::of_children() };
    fs::write(record, serde_json::to_vec(&whole)?)?;
    Ok(exit_code(status))
}

fn compile(arguments: &[OsString], record: &Path) -> io::Result<ExitCode> {
    let (rustc, arguments) = arguments
        .split_first()
        .ok_or_else(|| io::Error::other(format!("{RECORD} is set, but no compiler is named")))?;
    let start = Instant::now();
    let status = Command::new(rustc).args(arguments).status()?;
    let wall_s = start.elapsed().as_secs_f64();
    if status.success()
        && let Some(library) = Library::of(arguments)
        && is_measured(&library)
    {
        let build = Build {
            wall_s,
            usage: usage::of_children(),
            rlib_bytes: Library::links(arguments).then(|| size(&library, "rlib")).transpose()?,
            rmeta_bytes: size(&library, "rmeta")?,
        };
        fs::write(record, serde_json::to_vec(&build)?)?;
    }
    Ok(exit_code(status))
}

fn size(library: &Library, extension: &str) -> io::Result<u64> {
    Ok(fs::metadata(library.file(extension))?.len())
}

fn is_measured(library: &Library) -> bool {
    let package = |variable| env::var(variable).ok();
    package(PACKAGE).is_some_and(|name| {
        library.name == name.replace('-', "_") && package("CARGO_PKG_NAME") == Some(name)
    })
}

fn exit_code(status: ExitStatus) -> ExitCode {
    // A compiler that a signal ended has no code.
    let code = status.code().unwrap_or(101);
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// What Cargo asks the compiler for.
#[derive(Debug, Eq, PartialEq)]
struct Library {
    name: String,
    folder: PathBuf,
    suffix: String,
}

impl Library {
    /// Reads the arguments as Cargo writes them; questions such as `rustc -vV` ask for no library.
    fn of(arguments: &[OsString]) -> Option<Self> {
        let after = |option: &str| {
            let at = arguments.iter().position(|argument| argument == option)?;
            arguments.get(at + 1)
        };
        let suffix = arguments
            .iter()
            .filter_map(|argument| argument.to_str()?.strip_prefix("extra-filename="))
            .next_back();
        Some(Library {
            name: after("--crate-name").and_then(|name| name.to_str())?.to_owned(),
            folder: after("--out-dir").map(OsStr::new).map(PathBuf::from)?,
            suffix: suffix.unwrap_or_default().to_owned(),
        })
    }

    /// Whether it is compiled, or else only checked.
    fn links(arguments: &[OsString]) -> bool {
        let emitted = arguments.iter().filter_map(|it| it.to_str()?.strip_prefix("--emit="));
        emitted.flat_map(|kinds| kinds.split(',')).any(|kind| kind == "link")
    }

    fn file(&self, extension: &str) -> PathBuf {
        self.folder.join(format!("lib{}{}.{extension}", self.name, self.suffix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(arguments: &str) -> Option<Library> {
        let arguments: Vec<OsString> = arguments.split_whitespace().map(OsString::from).collect();
        Library::of(&arguments)
    }

    #[test]
    fn the_library_stands_in_the_arguments() {
        let library = library(
            "--crate-name aws_sdk_one --edition=2021 src/lib.rs --crate-type lib -C opt-level=3 \
             -C metadata=12 -C extra-filename=-ab12 --out-dir target/deps -L dependency=target/deps",
        );
        let file = library.unwrap().file("rlib");
        assert_eq!(file, Path::new("target/deps/libaws_sdk_one-ab12.rlib"));
    }

    #[test]
    fn a_check_makes_no_library() {
        let arguments = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert!(Library::links(&arguments("a.rs --emit=dep-info,metadata,link -C x")));
        assert!(!Library::links(&arguments("a.rs --emit=dep-info,metadata")));
    }

    #[test]
    fn a_question_asks_for_no_library() {
        assert_eq!(library("-vV"), None);
        assert_eq!(library("- --crate-name ___ --print=file-names --crate-type bin"), None);
    }
}
