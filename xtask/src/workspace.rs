//! Where things are: the workspace, the runtime, and paths from one place to another. It must not know commands.

use std::env;
use std::ffi::OsString;
use std::fmt::Display;
use std::fs;
use std::path::{Component, Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr, miette};
use tinsmith_codegen::RuntimeDependency;

/// The runtime's folder in the workspace.
const RUNTIME: &str = "codegen/runtime";

/// The workspace that this command line is a part of.
///
/// Cargo says where the package is that it runs; otherwise the current folder must lie in the workspace.
pub(crate) fn root() -> miette::Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let starts = package.into_iter().chain(env::current_dir());
    let found = starts.filter_map(|start| around(&start));
    found.into_iter().find(|root| root.join(RUNTIME).is_dir()).ok_or_else(|| {
        miette!(
            help = "run it as `cargo xtask` in a folder of the workspace",
            "the workspace of Tinsmith is not found"
        )
    })
}

/// The workspace that a path lies in: the nearest folder whose manifest has a `[workspace]`.
pub(crate) fn around(path: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        fs::read_to_string(folder.join("Cargo.toml"))
            .ok()
            .and_then(|text| text.parse::<toml::Table>().ok())
            .is_some_and(|manifest| manifest.contains_key("workspace"))
    };
    real(path).ancestors().find(is_root).map(Path::to_owned)
}

/// Whether Cargo, in this folder, would look for a workspace further up and find some manifest.
pub(crate) fn lies_in_a_package(folder: &Path) -> bool {
    real(folder).ancestors().skip(1).any(|above| above.join("Cargo.toml").is_file())
}

/// How the crate in the folder `out` depends on a runtime: the given one, or the workspace's.
pub(crate) fn runtime(given: Option<&Path>, out: &Path) -> miette::Result<RuntimeDependency> {
    let folder = match given {
        Some(folder) if folder.join("Cargo.toml").is_file() => folder.to_owned(),
        Some(folder) => {
            return Err(miette!(
                help = "name the folder of the crate `tinsmith-runtime`",
                "{} holds no Cargo.toml",
                folder.display()
            ));
        }
        None => root()?.join(RUNTIME),
    };
    let (folder, out) = (real(&folder), real(out));
    // A relative path survives only where both move together.
    let together = around(&folder).is_some_and(|root| out.starts_with(root));
    let path = if together { relative(&out, &folder) } else { folder };
    Ok(RuntimeDependency::Path(with_slashes(&path)))
}

/// The absolute path, with the symbolic links of the part that exists resolved.
pub(crate) fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing: Vec<OsString> = Vec::new();
    for folder in absolute.ancestors() {
        if let Ok(mut found) = folder.canonicalize() {
            for name in missing.iter().rev() {
                // What does not exist is no link, so that `..` may be taken at its word.
                if name == ".." {
                    found.pop();
                } else {
                    found.push(name);
                }
            }
            return found;
        }
        let last = folder.components().next_back();
        missing.extend(last.map(|part| part.as_os_str().to_owned()));
    }
    absolute
}

/// A path as it is written in a manifest in a folder: relative if it lies below that folder.
pub(crate) fn seen_from(folder: &Path, path: &Path) -> String {
    let (folder, path) = (real(folder), real(path));
    with_slashes(path.strip_prefix(&folder).unwrap_or(&path))
}

/// A path as it is written in a file of a folder: the way from there, or absolute if they have nothing in common.
pub(crate) fn from(folder: &Path, path: &Path) -> String {
    let (folder, path) = (real(folder), real(path));
    let shared = folder.components().zip(path.components()).filter(|(a, b)| a == b).count();
    with_slashes(&if shared > 1 { relative(&folder, &path) } else { path })
}

/// The way from a folder to a path, both of them absolute.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

/// The path as manifests and messages have it on every system.
pub(crate) fn with_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) {
        text.strip_prefix(r"\\?\").unwrap_or(&text).replace('\\', "/")
    } else {
        text.into_owned()
    }
}

/// The Cargo that this command line was started by.
pub(crate) fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Makes a folder a workspace of these members, for programs that are built once and run once: nobody looks into them
/// with a debugger, or builds them again in part.
pub(crate) fn put_workspace(
    folder: &Path,
    members: impl IntoIterator<Item = impl Display>,
) -> miette::Result<()> {
    let members: String =
        members.into_iter().map(|member| format!("    \"{member}\",\n")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    put(&folder.join("Cargo.toml"), &manifest)
}

/// Gives a folder the versions of dependencies that this workspace has.
pub(crate) fn lock(folder: &Path) -> miette::Result<()> {
    let ours = root()?.join("Cargo.lock");
    fs::copy(&ours, folder.join("Cargo.lock"))
        .map(drop)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot copy {}", ours.display()))
}

/// The same, unless it has versions already.
pub(crate) fn lock_once(folder: &Path) -> miette::Result<()> {
    if folder.join("Cargo.lock").exists() { Ok(()) } else { lock(folder) }
}

/// Writes a file if it differs, so that nothing is compiled anew without need.
pub(crate) fn put(path: &Path, text: &str) -> miette::Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let written =
        path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.into_diagnostic().wrap_err_with(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_goes_up_and_then_down() {
        for (from, to, way) in [
            ("/w/generated/forecast", "/w/codegen/runtime", "../../codegen/runtime"),
            ("/w", "/w/codegen/runtime", "codegen/runtime"),
            ("/w/codegen/runtime/a", "/w/codegen/runtime", ".."),
        ] {
            assert_eq!(with_slashes(&relative(Path::new(from), Path::new(to))), way);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_yet_has_a_path() {
        let temp = tempfile::tempdir().unwrap();
        let expected = temp.path().canonicalize().unwrap().join("c");
        assert_eq!(real(&temp.path().join("a/b/../../c")), expected);
    }

    #[test]
    fn the_workspace_is_found_from_below() {
        let root = root().unwrap();
        assert!(root.join("xtask/Cargo.toml").is_file());
        assert_eq!(around(&root.join("target/nowhere/at/all")), Some(root));
    }

    #[test]
    fn a_folder_becomes_a_workspace_with_the_versions_of_this_one() {
        let temp = tempfile::tempdir().unwrap();
        put_workspace(temp.path(), ["one", "two/three"]).unwrap();
        let manifest = fs::read_to_string(temp.path().join("Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let members = manifest["workspace"]["members"].as_array().unwrap();
        assert_eq!(
            members.iter().filter_map(|it| it.as_str()).collect::<Vec<_>>(),
            ["one", "two/three"]
        );
        let lock_file = temp.path().join("Cargo.lock");
        fs::write(&lock_file, "chosen").unwrap();
        lock_once(temp.path()).unwrap();
        assert_eq!(fs::read_to_string(&lock_file).unwrap(), "chosen");
        lock(temp.path()).unwrap();
        let ours = fs::read_to_string(root().unwrap().join("Cargo.lock")).unwrap();
        assert_eq!(fs::read_to_string(&lock_file).unwrap(), ours);
    }

    #[test]
    fn a_runtime_is_named_from_the_crate_or_absolutely() {
        let root = root().unwrap();
        let inside = runtime(None, &root.join("generated/forecast")).unwrap();
        assert_eq!(inside, RuntimeDependency::Path("../../codegen/runtime".to_owned()));
        let temp = tempfile::tempdir().unwrap();
        let RuntimeDependency::Path(outside) = runtime(None, temp.path()).unwrap() else {
            panic!("a path is expected");
        };
        assert!(Path::new(&outside).is_absolute());
        assert!(runtime(Some(temp.path()), temp.path()).is_err());
    }
}
