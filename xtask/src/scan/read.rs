//! The source files of a package: those below its folder, and those outside that its targets or other files take in. It
//! must not know what is in them.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr};

use super::examples::examples;
use super::graph::Package;
use super::uses::Uses;
use crate::{parallel, workspace};

/// It is only taken as far as it is used.
const STACK: usize = 512 << 20;

/// Reads the sources of a package, but for files and folders that are to be skipped; of a package that isn't the user's,
/// only those that its dependents compile. Files are shown as they are seen from `root`.
pub(super) fn sources(
    package: &Package,
    root: &Path,
    skipped: &[PathBuf],
) -> miette::Result<Vec<Uses>> {
    // A parser goes as deep as expressions are nested, and chains of calls and sums are.
    let read = parallel::deep(STACK, || read(package, root, skipped));
    read.into_diagnostic().wrap_err("cannot start a thread")?
}

fn read(package: &Package, root: &Path, skipped: &[PathBuf]) -> miette::Result<Vec<Uses>> {
    let mut waiting = BTreeSet::new();
    let mut folders = HashSet::new();
    if package.is_member {
        files_below(&package.folder, &mut folders, &mut waiting)?;
    }
    for target in &package.roots {
        // A library's modules are beside it; those of a member are in its folder, unless it lies elsewhere.
        if !package.is_member || !target.starts_with(&package.folder) {
            files_below(target.parent().unwrap_or(target), &mut folders, &mut waiting)?;
        }
    }
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    while let Some(file) = waiting.pop_first() {
        if skipped.iter().any(|path| file.starts_with(path)) || !seen.insert(file.clone()) {
            continue;
        }
        let text = fs::read(&file)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot read {}", file.display()))?;
        let text = String::from_utf8_lossy(&text);
        let uses = Uses::of(shown(package, root, &file), &text);
        if package.is_member {
            let examples = examples(&text).into_iter();
            let examples = examples.map(|text| Uses::of(uses.file.clone(), &text));
            // What is no Rust may be meant to be none.
            all.extend(examples.map(|example| Uses { unread: None, ..example }));
        }
        let folder = file.parent().unwrap_or(&file);
        for other in &uses.files {
            // Within a module in braces, a path begins in a folder of this name, which isn't known here.
            let other = workspace::real(&folder.join(other));
            if other.is_file() {
                waiting.insert(other);
            }
        }
        all.push(uses);
    }
    all.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(all)
}

/// A file's path for people.
fn shown(package: &Package, root: &Path, file: &Path) -> PathBuf {
    match file.strip_prefix(root) {
        Ok(below) => below.to_owned(),
        Err(_) => Path::new(&package.name).join(file.strip_prefix(&package.folder).unwrap_or(file)),
    }
}

/// The Rust files below a folder, but for those of other packages and what Cargo made. Links are followed; a folder that
/// several ways lead to is read once.
fn files_below(
    folder: &Path,
    folders: &mut HashSet<PathBuf>,
    files: &mut BTreeSet<PathBuf>,
) -> miette::Result<()> {
    let problem = || format!("cannot read {}", folder.display());
    if !folders.insert(folder.canonicalize().into_diagnostic().wrap_err_with(problem)?) {
        return Ok(());
    }
    for entry in fs::read_dir(folder).into_diagnostic().wrap_err_with(problem)? {
        let path = entry.into_diagnostic()?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            let skipped = name.starts_with('.') || name == "target";
            if !skipped && !path.join("Cargo.toml").is_file() && !leads_up(&path) {
                files_below(&path, folders, files)?;
            }
        } else if name.ends_with(".rs") && path.is_file() {
            files.insert(path);
        }
    }
    Ok(())
}

/// Whether a path is a link to a folder that it lies in.
fn leads_up(path: &Path) -> bool {
    let Some(folder) = path.parent() else { return false };
    path.is_symlink() && workspace::real(folder).starts_with(workspace::real(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deep_is_read() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().canonicalize().unwrap();
        let (chain, sum) = (".b()".repeat(10_000), "+ 1".repeat(10_000));
        let nested = format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000));
        let text = format!("fn f() {{ a{chain}; 1 {sum}; {nested}; }} use last::one;");
        fs::write(root.join("lib.rs"), text).unwrap();
        let package = Package { folder: root.clone(), is_member: true, ..Package::default() };
        let sources = sources(&package, &root, &[]).unwrap();
        assert_eq!((sources[0].calls.len(), sources[0].imports.len()), (10_000, 1));
    }

    #[test]
    fn files_outside_and_nested_packages_are_told_apart() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().canonicalize().unwrap();
        let put = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("app/src/lib.rs", "#[path = \"../../shared/a.rs\"] mod a; mod b;");
        put("app/src/b.rs", "include!(\"missing.rs\");");
        put("app/tests/t.rs", "");
        put("app/tests/broken.rs", "fn (");
        put("app/nested/Cargo.toml", "");
        put("app/nested/src/lib.rs", "");
        put("app/target/debug/x.rs", "");
        put("shared/a.rs", "include!(\"part.rs\");");
        put("shared/part.rs", "");
        put("shared/other.rs", "");
        put(if cfg!(unix) { "linked/l.rs" } else { "app/src/more/l.rs" }, "");
        put("tool/main.rs", "mod x;");
        put("tool/x.rs", "");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root.join("linked"), root.join("app/src/more")).unwrap();
            std::os::unix::fs::symlink(&root, root.join("app/src/up")).unwrap();
        }
        let files = |is_member, skipped: &[&str]| -> Vec<String> {
            let package = Package {
                folder: root.join("app"),
                roots: ["app/src/lib.rs", "tool/main.rs"].map(|path| root.join(path)).to_vec(),
                is_member,
                ..Package::default()
            };
            let skipped: Vec<PathBuf> = skipped.iter().map(|path| root.join(path)).collect();
            let sources = sources(&package, &root, &skipped).unwrap();
            sources.iter().map(|uses| workspace::with_slashes(&uses.file)).collect()
        };
        let outside = ["shared/a.rs", "shared/part.rs", "tool/main.rs", "tool/x.rs"];
        let library = ["app/src/b.rs", "app/src/lib.rs", "app/src/more/l.rs"];
        let tests = ["app/tests/broken.rs", "app/tests/t.rs"];
        assert_eq!(files(true, &[]), [&library[..], &tests, &outside].concat());
        let skipped = ["app/tests", "tool/x.rs"];
        assert_eq!(files(true, &skipped), [&library[..], &outside[..3]].concat());
        assert_eq!(files(false, &[]), [&library[..], &outside].concat());
    }
}
