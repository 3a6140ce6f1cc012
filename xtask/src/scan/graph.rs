//! The packages of a user's workspace, and which official crates the sources of each can name or reach. It must not
//! know what is in the sources.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use miette::{IntoDiagnostic, WrapErr, miette};
use serde::Deserialize;

use crate::lines::last_lines;
use crate::workspace;

/// How the packages of official crates begin.
const OFFICIAL: &str = "aws-sdk-";

/// Packages that depend on official crates.
#[derive(Debug)]
pub(super) struct Graph {
    /// The workspace's folder.
    pub(super) root: PathBuf,
    pub(super) packages: Vec<Package>,
    /// The versions of the official crates that Cargo.lock has.
    pub(super) versions: BTreeMap<String, Vec<String>>,
}

/// A package that depends on official crates, by itself or by another one.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    /// Whether it is the user's own, and no dependency.
    pub(super) is_member: bool,
    /// The files that its targets begin with; of a dependency, those of its library.
    pub(super) roots: Vec<PathBuf>,
    /// What sources outside of its library call that.
    pub(super) library: Option<String>,
    /// The official crates that it depends on, by the names that sources have for them.
    pub(super) direct: BTreeMap<String, String>,
    /// The other packages of this graph that it depends on, by the names that sources have for them.
    pub(super) others: BTreeMap<String, usize>,
    /// The names of all its dependencies.
    pub(super) dependencies: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<MetadataPackage>,
    resolve: Option<Resolve>,
    workspace_members: Vec<String>,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct MetadataPackage {
    id: String,
    name: String,
    version: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    src_path: PathBuf,
}

impl Target {
    /// Whether dependents compile it.
    fn is_library(&self) -> bool {
        self.kind.iter().any(|kind| kind.ends_with("lib") || kind == "proc-macro")
    }
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    pkg: String,
}

impl Graph {
    /// Asks Cargo about the package or workspace in a folder.
    pub(super) fn read(path: &Path) -> miette::Result<Self> {
        let folder = if path.is_file() { path.parent().unwrap_or(path) } else { path };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !folder.is_dir() {
            let help = "name the folder of a package or of a workspace";
            return Err(miette!(help = help, "there is no folder {}", path.display()));
        }
        let output = Command::new(workspace::cargo())
            // What is only compiled with some feature is needed as well.
            .args(["metadata", "--format-version=1", "--all-features", "--color=never"])
            .current_dir(folder)
            .output()
            .into_diagnostic()
            .wrap_err("cannot run cargo")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let help = "name the folder of a package or of a workspace that builds";
            return Err(miette!(help = help, "{}", last_lines(&said, 20))
                .wrap_err(format!("cargo does not know the package in {}", folder.display())));
        }
        let metadata: Metadata = serde_json::from_slice(&output.stdout)
            .into_diagnostic()
            .wrap_err("what cargo metadata says is not understood")?;
        Self::of(metadata)
    }

    fn of(metadata: Metadata) -> miette::Result<Self> {
        let resolve = metadata.resolve.ok_or_else(|| miette!("cargo metadata resolves nothing"))?;
        let by_id: HashMap<&str, &MetadataPackage> =
            metadata.packages.iter().map(|package| (package.id.as_str(), package)).collect();
        let members: BTreeSet<&str> =
            metadata.workspace_members.iter().map(String::as_str).collect();
        let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for package in metadata.packages.iter().filter(|it| is_official(&it.name)) {
            versions.entry(package.name.clone()).or_default().push(package.version.clone());
        }
        let name = |id: &str| by_id.get(id).map_or("", |package| package.name.as_str());
        let reaching = reaching(&resolve.nodes, |id| is_official(name(id)));
        let mut chosen: Vec<&Node> =
            resolve.nodes.iter().filter(|node| reaching.contains(node.id.as_str())).collect();
        chosen.sort_by_key(|node| (name(&node.id).to_owned(), node.id.clone()));
        let at: HashMap<&str, usize> =
            chosen.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
        let packages = chosen.iter().filter_map(|node| {
            let package = by_id.get(node.id.as_str())?;
            let is_member = members.contains(node.id.as_str());
            let roots = package.targets.iter().filter(|it| is_member || it.is_library());
            let library = package.targets.iter().find(|target| target.is_library());
            let direct = node.deps.iter().filter(|of| is_official(name(&of.pkg)));
            let others = node
                .deps
                .iter()
                .filter_map(|of| Some((of.name.clone(), *at.get(of.pkg.as_str())?)));
            Some(Package {
                name: package.name.clone(),
                folder: package.manifest_path.parent()?.to_owned(),
                is_member,
                roots: roots.map(|target| target.src_path.clone()).collect(),
                library: library.map(|target| target.name.replace('-', "_")),
                direct: direct.map(|of| (of.name.clone(), name(&of.pkg).to_owned())).collect(),
                others: others.collect(),
                dependencies: node.deps.iter().map(|of| of.name.clone()).collect(),
            })
        });
        Ok(Graph { packages: packages.collect(), root: metadata.workspace_root, versions })
    }

    /// The packages whose public items a package may name: those that it depends on, and so on.
    pub(super) fn behind(&self, package: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![package];
        while let Some(package) = waiting.pop() {
            for other in self.packages[package].others.values() {
                if found.insert(*other) {
                    waiting.push(*other);
                }
            }
        }
        found
    }
}

/// The packages that depend on an official crate, by themselves or by others: whatever hands one on is read.
fn reaching(nodes: &[Node], official: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    let mut dependents: HashMap<&str, Vec<&str>> = HashMap::new();
    for node in nodes {
        for of in &node.deps {
            dependents.entry(&of.pkg).or_default().push(&node.id);
        }
    }
    let mut waiting: Vec<&str> =
        nodes.iter().map(|node| node.id.as_str()).filter(|id| official(id)).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        let by = dependents.get(id).into_iter().flatten().copied().filter(|id| !official(id));
        waiting.extend(by.filter(|id| found.insert(*id)));
    }
    found
}

fn is_official(name: &str) -> bool {
    name.starts_with(OFFICIAL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A workspace where `app` has `kit`, a member, and `kit` has an official crate by another name.
    fn metadata() -> Metadata {
        let package = |id: &str, name: &str, version: &str| {
            let path = format!("/w/{name}/Cargo.toml");
            let lib = json!({"name": name, "kind": ["rlib"], "src_path": format!("/w/{name}/src/lib.rs")});
            let bin =
                json!({"name": name, "kind": ["bin"], "src_path": format!("/w/{name}/main.rs")});
            json!({"id": id, "name": name, "version": version, "manifest_path": path, "targets": [lib, bin]})
        };
        let node = |id: &str, deps: &[(&str, &str)]| {
            let deps: Vec<_> =
                deps.iter().map(|(name, pkg)| json!({"name": name, "pkg": pkg})).collect();
            json!({"id": id, "deps": deps})
        };
        let value = json!({
            "packages": [
                package("app", "app", "0.1.0"),
                package("kit", "kit", "0.1.0"),
                package("ec2", "aws-sdk-ec2", "1.2.3"),
                package("cfg", "aws-config", "1.0.0"),
                package("sts", "aws-sdk-sts", "1.5.0"),
                package("log", "log", "0.4.0"),
                package("wrap", "wrap-it", "0.4.0"),
            ],
            "resolve": {"nodes": [
                node("app", &[("kit", "kit"), ("log", "log"), ("w", "wrap")]),
                node("wrap", &[("aws_config", "cfg")]),
                node("kit", &[("cloud", "ec2")]),
                node("ec2", &[]),
                node("cfg", &[("aws_sdk_sts", "sts")]),
                node("sts", &[]),
                node("log", &[]),
            ]},
            "workspace_members": ["app", "kit"],
            "workspace_root": "/w",
        });
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn packages_know_their_official_crates() {
        let graph = Graph::of(metadata()).unwrap();
        let names: Vec<&str> = graph.packages.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["app", "aws-config", "kit", "wrap-it"]);
        let app = &graph.packages[0];
        assert_eq!(app.others, BTreeMap::from([("kit".to_owned(), 2), ("w".to_owned(), 3)]));
        assert!(app.dependencies.contains("log") && app.direct.is_empty());
        assert_eq!(app.roots.len(), 2);
        let wrap = &graph.packages[3];
        assert_eq!(wrap.library.as_deref(), Some("wrap_it"));
        assert_eq!(wrap.roots, [Path::new("/w/wrap-it/src/lib.rs")]);
        let kit = &graph.packages[2];
        assert_eq!(kit.direct["cloud"], "aws-sdk-ec2");
        assert!(kit.is_member && !graph.packages[1].is_member);
        assert_eq!(graph.behind(0), BTreeSet::from([1, 2, 3]));
        assert_eq!(graph.versions["aws-sdk-sts"], ["1.5.0"]);
    }
}
