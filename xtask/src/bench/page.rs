//! The page of measurements: a part of it is replaced between its markers, the rest is left as it is. It must
//! not know what was measured.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use miette::{IntoDiagnostic, WrapErr, miette};

/// The page before anything is measured.
const NEW: &str = "\
# Measurements

What Tinsmith's crates cost, beside the official ones. The tables are written by the commands below them, which
anyone can run; the words around the tables are written by hand.

## Compile time

How long rustc takes over the official crate and over the generated one that takes its place. Both are compiled in
turn, in one run, by the same compiler with the same profile:

- Without default features, and not incrementally, as Cargo compiles every crate from a registry.
- `check` is `cargo check`; `dev` and `release` are `cargo build` in these profiles.
- Only the crate itself is compiled anew, not its dependencies. Wall time, CPU time (user and system) and peak memory
  (the largest resident set) are those of the one rustc process. What is called \"with\" or \"including\" dependencies is
  one run of Cargo from an empty target directory, everything downloaded before; its memory is the largest process's.
- The official crate always has every operation, and comes with a client; both are what its users have to compile. The
  generated crate has a client as well, unless the line above the table says that it has none: then it has types,
  serializer, parser and errors, for the caller's HTTP stack.
- Nearly every function of the generated crate is inline or generic. What a dependent calls is compiled together with
  the dependent, in each of its builds, and is not counted here.
- The rlib is what a dependent links, the rmeta is what its type check reads. Lines of code are those that are neither
  blank nor a comment.

<!-- bench compile:begin -->
<!-- bench compile:end -->

## A first program

What a whole program costs that calls one operation with the crates' default features, TLS among them: Cargo's build of it
from an empty target directory, with the official crate and with the generated one by a patch section. Its source is the
same, and so is what it prints. CPU time is that of all processes, memory that of the largest.

<!-- bench hello:begin -->
<!-- bench hello:end -->

## Codecs

How long the serializers and parsers of both crates take over the same messages, in turn, in one run:

- Serializing is from the operation's input to the whole request, parsing is from the whole response to its output.
  Both crates must make the same request, or read the same output, before they are timed.
- Bodies are made from the model, always the same: lists grow until the body has its size. They hold names, ARNs,
  sentences, policies, numbers and times, nested as the service nests them.
- Times are those that the thread computes (on Linux; elsewhere, wall time), so that what else the machine does counts
  little.
- Inputs are made before the clock is started, and what a codec makes is dropped after it has stopped. The official
  serializer takes its input by value and drops it, the generated crate's takes a reference. Both are timed with a drop
  of the input; what that takes alone is measured in the same round, taken off, and shown beside.

<!-- bench codec:begin -->
<!-- bench codec:end -->

## All of AWS

What all services of a set of models are together, generated in full with their clients, and whether rustc takes them with
warnings denied: by the protocol that each speaks first.

<!-- bench catalogue:begin -->
<!-- bench catalogue:end -->

## Run time

<!-- bench run:begin -->
<!-- bench run:end -->
";

/// Replaces a part of the page; the page is made if it is not there.
pub(crate) fn write(path: &Path, part: &str, body: &str) -> miette::Result<()> {
    write_whole(path, &updated(path, part, body)?)
}

/// The page, or a new one if it is not there, with a part replaced.
///
/// It fails where writing would, so that it is known before anything is measured.
pub(crate) fn updated(path: &Path, part: &str, body: &str) -> miette::Result<String> {
    let page = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(NEW.to_owned()),
        page => page,
    };
    let page =
        page.into_diagnostic().wrap_err_with(|| format!("cannot read {}", path.display()))?;
    with_part(&page, part, body).wrap_err_with(|| format!("{} is left as it is", path.display()))
}

/// Writes a file beside its place, then renames it into it, so that a failure leaves the old one.
pub(crate) fn write_whole(path: &Path, text: &str) -> miette::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))
        .and_then(|()| fs::write(&new, text))
        .and_then(|()| fs::rename(&new, path))
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot write {}", path.display()))
}

/// The page with a part replaced.
fn with_part(page: &str, part: &str, body: &str) -> miette::Result<String> {
    let [begin, end] = ["begin", "end"].map(|side| format!("<!-- bench {part}:{side} -->"));
    let problem = || {
        miette!(
            help = "put the two lines where the measurements shall stand",
            "it must have the lines `{begin}` and `{end}`, once each and in this order"
        )
    };
    let (before, rest) = page.split_once(&begin).ok_or_else(problem)?;
    let (there, after) = rest.split_once(&end).ok_or_else(problem)?;
    let again =
        [before, there, after].iter().any(|text| text.contains(&begin) || text.contains(&end));
    if again {
        return Err(problem());
    }
    let body = body.trim_matches('\n');
    Ok(format!("{before}{begin}\n\n{body}\n\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_part_changes() {
        let page = "a\n<!-- bench x:begin -->\nold\n<!-- bench x:end -->\nb\n";
        let expected = "a\n<!-- bench x:begin -->\n\nnew\n\n<!-- bench x:end -->\nb\n";
        let once = with_part(page, "x", "new\n").unwrap();
        assert_eq!(once, expected);
        assert_eq!(with_part(&once, "x", "new").unwrap(), expected);
    }

    #[test]
    fn a_page_without_its_markers_is_refused() {
        let (begin, end) = ("<!-- bench x:begin -->", "<!-- bench x:end -->");
        for page in [
            String::new(),
            format!("{begin}\n"),
            format!("{end}\n{begin}\n"),
            format!("{begin}\n{end}\n{end}\n"),
            format!("{begin}\n{begin}\n{end}\n"),
        ] {
            let error = with_part(&page, "x", "new").unwrap_err().to_string();
            assert!(error.contains("once each and in this order"), "{error}");
        }
    }

    #[test]
    fn a_new_page_has_every_part() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("docs/measurements.md");
        write(&path, "compile", "fast").unwrap();
        write(&path, "run", "faster").unwrap();
        let page = fs::read_to_string(&path).unwrap();
        assert!(page.contains("\nfast\n") && page.contains("\nfaster\n"), "{page}");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
