//! The generated crates as one workspace below the target folder: clippy, rustdoc and the behaviour tests
//! pass. Cargo keeps what it built there, so that only what changed is compiled again.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::cases::Case;
use crate::names;

#[test]
fn generated_crates_compile_and_behave() {
    let workspace = Workspace::write();
    // Tests and examples come last: Cargo has built what they need by then.
    // With the client, but without HTTP and TLS, which no fixture has anything to do with.
    let features = ["--no-default-features", "--features", "client,registry,test-util"];
    let all = |command| [&[command, "--workspace", "--keep-going"], &features[..]].concat();
    workspace.cargo(&all("clippy"), &["--", "-D", "warnings"]);
    workspace.cargo(
        &["clippy", "--workspace", "--keep-going", "--no-default-features"],
        &["--", "-D", "warnings"],
    );
    workspace.cargo(&["clippy", "--package", "behaviour", "--tests"], &["--", "-D", "warnings"]);
    workspace.cargo(&[&all("doc")[..], &["--no-deps"]].concat(), &[]);
    let packages = ["test", "--package", "behaviour", "--package", "fixture-naming-shapes"];
    workspace.cargo(&[&packages, &features[..]].concat(), &[]);
}

struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    fn write() -> Self {
        let workspace =
            Workspace { folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures") };
        let crates: Vec<_> = Case::all()
            .iter()
            .filter(|case| !case.is_rejected())
            .map(|case| (case.name.clone(), case.generate().unwrap()))
            .chain(names::every_name())
            .collect();
        for (name, files) in &crates {
            files.write(&workspace.folder.join(name)).unwrap();
        }
        let names: Vec<&str> = crates.iter().map(|(name, _)| name.as_str()).collect();
        workspace.write_manifests(&names);
        workspace
    }

    fn write_manifests(&self, members: &[&str]) {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let runtime = home.join("runtime").canonicalize().unwrap();
        let root = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
             [patch.crates-io]\ntinsmith-runtime = {{ path = {runtime:?} }}\n\n\
             [profile.dev]\ndebug = false\n",
            members = [members, &["behaviour"]].concat(),
        );
        self.write_file("Cargo.toml", &root);
        let library = home.join("tests/behaviour/lib.rs").canonicalize().unwrap();
        let dependencies: String = [
            "authentication",
            "compression",
            "enums",
            "errors",
            "event-streams",
            "event-streams-rpc",
            "machine-learning",
            "naming-members",
            "nullability",
            "recursion",
            "sensitive",
            "traits",
            "unions",
        ]
        .iter()
        .map(|name| {
            let features = match *name {
                "authentication" | "compression" | "machine-learning" => {
                    ", features = [\"client\", \"rt-tokio\"]"
                }
                _ => "",
            };
            format!(
                "fixture-{name} = {{ path = \"../{name}\", default-features = false{features} }}\n"
            )
        })
        .collect();
        let behaviour = format!(
            "[package]\nname = \"behaviour\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [lib]\npath = {library:?}\ndoctest = false\n\n\
             [dependencies]\ntinsmith-runtime = \"0.1.0\"\n{dependencies}\
             # Streams, and the official SDK's reader of what they are made of.\n\
             aws-smithy-eventstream = \"0.61\"\naws-smithy-types = \"1\"\nhttp-body = \"1\"\nhttp-body-util = \"0.1\"\n\
             futures-util = {{ version = \"0.3\", default-features = false }}\n\
             # Calls of clients, to an HTTP client of the tests' own.\n\
             aws-smithy-runtime-api = {{ version = \"1\", features = [\"client\"] }}\n\
             bytes = \"1\"\nflate2 = \"1\"\nmd-5 = \"0.11\"\n\
             tokio = {{ version = \"1\", default-features = false, features = [\"rt\", \"time\"] }}\n"
        );
        self.write_file("behaviour/Cargo.toml", &behaviour);
        // The versions that the main workspace uses are those that are surely there.
        let lock = fs::read_to_string(home.join("../Cargo.lock")).unwrap();
        self.write_file("Cargo.lock", &lock);
    }

    fn write_file(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs Cargo without a network, and fails with all it has to say.
    fn cargo(&self, arguments: &[&str], last: &[&str]) {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(arguments)
            .args(["--offline", "--quiet", "--color", "never", "--target-dir", "target"])
            .args(last)
            .current_dir(&self.folder)
            .env("RUSTDOCFLAGS", "-D warnings")
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "cargo {} fails in {}:\n{}{}",
            arguments.join(" "),
            self.folder.display(),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
    }
}
