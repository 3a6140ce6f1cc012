//! The release of botocore whose cases are run, fetched from the Python package index by pip. It must not know what
//! is in the files.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;
use miette::{IntoDiagnostic, WrapErr, miette};
use sha2::{Digest as _, Sha256};

use crate::pip::{self, Release};

/// The release: these two lines are all there is to change, and the count of its cases.
pub(super) const VERSION: &str = "1.44.5";
const SHA256: &str = "a988f39e3a4484def0b8010f41128f71157da0515a4804fccce4739aa8f216da";

/// Where its cases are.
const TESTS: [&str; 3] = ["tests", "unit", "protocols"];
const SIDES: [&str; 2] = ["input", "output"];

/// No file of cases is longer.
const MAX_FILE: u64 = 16 << 20;

/// A file of cases.
pub(in super::super) struct File {
    /// Its folder: `input` or `output`.
    pub(super) side: String,
    /// Its name without its ending.
    pub(super) name: String,
    /// What errors call it.
    pub(super) path: String,
    pub(super) text: String,
}

/// The files of cases, sorted; fetched and unpacked in a folder unless they are there.
pub(super) fn files(folder: &Path) -> miette::Result<Vec<File>> {
    let unpacked = folder.join(VERSION);
    if !unpacked.is_dir() {
        let archive = archive(folder)?;
        let temporary = folder.join(format!("{VERSION}.part"));
        unpack(&archive, &temporary)
            .and_then(|()| fs::rename(&temporary, &unpacked).into_diagnostic())
            .wrap_err_with(|| format!("cannot unpack {}", archive.display()))?;
    }
    let mut files = Vec::new();
    for side in SIDES {
        let folder = unpacked.join(side);
        let read = fs::read_dir(&folder).and_then(|entries| {
            entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()
        });
        let paths =
            read.into_diagnostic().wrap_err_with(|| format!("cannot read {}", folder.display()))?;
        for path in paths {
            let text = fs::read_to_string(&path)
                .into_diagnostic()
                .wrap_err_with(|| format!("cannot read {}", path.display()))?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let path = format!("botocore's {side}/{name}.json");
            files.push(File { side: side.to_owned(), name, path, text });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The release's source archive, whose hash is right.
fn archive(folder: &Path) -> miette::Result<PathBuf> {
    let path = folder.join(format!("botocore-{VERSION}.tar.gz"));
    if path.is_file() {
        check(&path)?;
        return Ok(path);
    }
    fs::create_dir_all(folder)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot create {}", folder.display()))?;
    download(folder)?;
    check(&path)?;
    Ok(path)
}

fn check(path: &Path) -> miette::Result<()> {
    let bytes = fs::read(path)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot read {}", path.display()))?;
    let found = hex(&Sha256::digest(bytes));
    if found == SHA256 {
        return Ok(());
    }
    Err(miette!(
        help = "remove the file, to have it downloaded anew",
        "{} is not botocore {VERSION}: its SHA-256 is {found}, not {SHA256}",
        path.display()
    ))
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string doesn't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Lets pip download the archive.
fn download(folder: &Path) -> miette::Result<()> {
    let help = format!(
        "it takes Python with pip, and a network; or put botocore-{VERSION}.tar.gz into {} yourself",
        folder.display()
    );
    let options = ["--no-binary", "botocore", "--dest"].map(OsStr::new);
    let options = [&options[..], &[folder.as_os_str()]].concat();
    let release = Release { package: "botocore", version: VERSION, sha256: SHA256 };
    pip::fetch("download", &options, release, folder, &help)
}

/// Unpacks the files of cases, and no others, below a folder.
fn unpack(archive: &Path, folder: &Path) -> miette::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).into_diagnostic()?;
    }
    for side in SIDES {
        fs::create_dir_all(folder.join(side)).into_diagnostic()?;
    }
    let file = fs::File::open(archive).into_diagnostic()?;
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    for entry in archive.entries().into_diagnostic()? {
        let mut entry = entry.into_diagnostic()?;
        let path = entry.path().into_diagnostic()?.into_owned();
        let Some((side, name)) = place(&path)? else { continue };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        if entry.size() > MAX_FILE {
            return Err(miette!("{} is longer than {MAX_FILE} bytes", path.display()));
        }
        let mut text = String::new();
        entry
            .read_to_string(&mut text)
            .and_then(|_| fs::write(folder.join(side).join(name), text))
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot unpack {}", path.display()))?;
    }
    Ok(())
}

/// Folder and name of a file of cases, if the path is that of one; a path that leaves its folder is an error.
fn place(path: &Path) -> miette::Result<Option<(&'static str, String)>> {
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_string_lossy()),
            Component::CurDir => {}
            _ => return Err(miette!("the path {} leaves its folder", path.display())),
        }
    }
    let [_, tests @ .., side, name] = &parts[..] else { return Ok(None) };
    let is_test = tests.len() == TESTS.len() && tests.iter().zip(TESTS).all(|(a, b)| a == b);
    let side = SIDES.into_iter().find(|known| side == known);
    let is_json = Path::new(&**name).extension().is_some_and(|extension| extension == "json");
    Ok(side.filter(|_| is_test && is_json).map(|side| (side, name.to_string())))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[track_caller]
    fn placed(path: &str) -> Option<(&'static str, String)> {
        place(Path::new(path)).unwrap()
    }

    #[test]
    fn only_files_of_cases_have_a_place() {
        let place = placed("botocore-1/tests/unit/protocols/input/ec2.json");
        assert_eq!(place, Some(("input", "ec2.json".to_owned())));
        for path in [
            "botocore-1/tests/unit/protocols/legacy/input/ec2.json",
            "botocore-1/tests/unit/protocols/input/ec2.py",
            "botocore-1/tests/unit/protocols/other/ec2.json",
            "botocore-1/tests/unit/protocols/protocol-tests-ignore-list.json",
            "botocore-1/botocore/data/ec2.json",
            "input/ec2.json",
            "",
        ] {
            assert_eq!(placed(path), None, "{path}");
        }
        for path in ["/etc/passwd", "a/../../b", "botocore-1/tests/unit/protocols/input/../x.json"]
        {
            assert!(super::place(Path::new(path)).is_err(), "{path}");
        }
    }

    fn archive_of(path: &Path, files: &[(&str, &str)]) {
        let mut builder =
            tar::Builder::new(GzEncoder::new(fs::File::create(path).unwrap(), Compression::fast()));
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            // `set_path` refuses what leaves the folder, as others might not.
            let field = &mut header.as_old_mut().name;
            field[..name.len()].copy_from_slice(name.as_bytes());
            header.set_size(text.len() as u64);
            header.set_cksum();
            builder.append(&header, text.as_bytes()).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap().flush().unwrap();
    }

    #[test]
    fn an_archive_is_unpacked_as_far_as_it_is_of_use() {
        let temp = tempfile::tempdir().unwrap();
        let archive = temp.path().join("a.tar.gz");
        let folder = temp.path().join("out");
        archive_of(
            &archive,
            &[("a/tests/unit/protocols/output/b.json", "[]"), ("a/setup.py", "print()")],
        );
        unpack(&archive, &folder).unwrap();
        assert_eq!(fs::read_to_string(folder.join("output/b.json")).unwrap(), "[]");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        archive_of(&archive, &[("a/../../tests/unit/protocols/output/b.json", "[]")]);
        assert!(unpack(&archive, &folder).unwrap_err().to_string().contains("leaves its folder"));
    }

    #[test]
    fn another_archive_is_refused() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join(format!("botocore-{VERSION}.tar.gz"));
        fs::write(&path, "something else").unwrap();
        let Err(error) = files(temp.path()) else { panic!("it is accepted") };
        assert!(error.to_string().contains("its SHA-256 is "), "{error}");
    }
}
