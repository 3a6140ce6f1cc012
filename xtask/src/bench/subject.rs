//! The two crates that are compared: where they lie, and how Cargo builds them. It must not know what a build
//! costs.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr};

use super::cargo::Cargo;
use super::wrapper::{Build, Whole};
use crate::lines;
use crate::machine;

/// How a crate is built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Profile {
    /// Only its types.
    Check,
    Dev,
    Release,
}

impl Profile {
    pub(crate) const ALL: [Profile; 3] = [Profile::Check, Profile::Dev, Profile::Release];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Profile::Check => "check",
            Profile::Dev => "dev",
            Profile::Release => "release",
        }
    }

    fn command(self) -> &'static str {
        match self {
            Profile::Check => "check",
            Profile::Dev | Profile::Release => "build",
        }
    }

    fn option(self) -> &'static [&'static str] {
        match self {
            Profile::Check | Profile::Dev => &[],
            Profile::Release => &["--release"],
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One of the crates.
pub(crate) struct Subject {
    /// What progress calls it.
    pub(crate) name: String,
    /// The folder in which Cargo is run.
    folder: PathBuf,
    /// Where its target directories are, one for each profile.
    target: String,
    /// The package that is measured, as `name@version`.
    package: String,
    /// How many lines of code it has.
    pub(crate) lines: usize,
}

impl Subject {
    /// The crate in a folder, whose sources are below `sources`; an old target directory is removed.
    pub(crate) fn new(
        name: &str,
        folder: PathBuf,
        sources: &Path,
        package: String,
    ) -> miette::Result<Self> {
        let target = folder.with_file_name(format!("{name}-target"));
        if target.exists() {
            fs::remove_dir_all(&target)
                .into_diagnostic()
                .wrap_err_with(|| format!("cannot remove {}", target.display()))?;
        }
        let lines = lines::below(&sources.join("src"))
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot count the lines of {}", sources.display()))?;
        // Relative to the folder, because errors show it.
        let target = format!("../{name}-target");
        Ok(Subject { name: name.to_owned(), folder, target, package, lines })
    }

    /// Builds everything from nothing; to be done once for each profile.
    pub(crate) fn build_whole(&self, cargo: &Cargo, profile: Profile) -> miette::Result<Whole> {
        cargo.whole(&self.folder, &self.building(profile))
    }

    /// Builds the crate again, and nothing else.
    pub(crate) fn build_alone(&self, cargo: &Cargo, profile: Profile) -> miette::Result<Build> {
        let words = ["clean", "--offline", "--package", &self.package];
        let clean = words.iter().map(ToString::to_string).chain(self.options(profile));
        cargo.run(&self.folder, &clean.collect::<Vec<_>>())?;
        cargo.build(&self.folder, &self.building(profile))
    }

    /// Removes all that was built in a profile: what large crates leave takes gigabytes.
    pub(crate) fn clear(&self, profile: Profile) -> miette::Result<()> {
        let target = self.folder.join(&self.target).join(profile.name());
        fs::remove_dir_all(&target)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot remove {}", target.display()))
    }

    fn building(&self, profile: Profile) -> Vec<String> {
        let words = [profile.command(), "--offline", "--lib", "--no-default-features"];
        words.iter().map(ToString::to_string).chain(self.options(profile)).collect()
    }

    fn options(&self, profile: Profile) -> Vec<String> {
        // Of its own for each profile, so that a check shares nothing with a dev build.
        let target = format!("{}/{profile}", self.target);
        let options = ["--target-dir".to_owned(), target].into_iter();
        options.chain(profile.option().iter().map(ToString::to_string)).collect()
    }
}

/// Downloads what the crate in a folder needs.
pub(crate) fn fetch(cargo: &Cargo, folder: &Path) -> miette::Result<()> {
    let platform = machine::rustc("host")?;
    cargo.run(folder, &["fetch", "--target", platform.as_str()]).map(drop)
}

/// Makes a crate that has only the official one as a dependency.
pub(crate) fn write_dependent(
    folder: &Path,
    package: &str,
    requirement: &str,
) -> miette::Result<()> {
    let sources = folder.join("src");
    let manifest = manifest(package, requirement);
    fs::create_dir_all(&sources)
        .and_then(|()| fs::write(folder.join("Cargo.toml"), manifest))
        .and_then(|()| fs::write(sources.join("lib.rs"), ""))
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot make the crate {}", folder.display()))
}

fn manifest(package: &str, requirement: &str) -> String {
    format!(
        "[package]\nname = \"bench-official\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n\
         [dependencies]\n{package} = {{ version = \"{requirement}\", default-features = false }}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_crate_comes_without_default_features() {
        let manifest: toml::Table = manifest("aws-sdk-one", "=1.2.3").parse().unwrap();
        let dependency = &manifest["dependencies"]["aws-sdk-one"];
        assert_eq!(dependency["version"].as_str(), Some("=1.2.3"));
        assert_eq!(dependency["default-features"].as_bool(), Some(false));
        assert!(manifest.contains_key("workspace"));
    }

    #[test]
    fn each_profile_has_a_target_directory() {
        let subject = Subject {
            name: "official".to_owned(),
            folder: PathBuf::new(),
            target: "../t".to_owned(),
            package: "p@1".to_owned(),
            lines: 0,
        };
        let [check, dev, release] = Profile::ALL.map(|profile| subject.building(profile).join(" "));
        assert_eq!(check, "check --offline --lib --no-default-features --target-dir ../t/check");
        assert_eq!(dev, "build --offline --lib --no-default-features --target-dir ../t/dev");
        assert!(release.ends_with("--target-dir ../t/release --release"), "{release}");
    }
}
