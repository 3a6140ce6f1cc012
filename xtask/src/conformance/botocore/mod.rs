//! botocore's own protocol cases, as suites: its models and cases in the form of Smithy's. It must not know how
//! crates are built or cases run.

mod convert;
mod fetch;
mod syntax;

use std::path::Path;

use miette::{IntoDiagnostic, WrapErr, miette};
use tinsmith_codegen::{Errors, Model};

use super::cases::{self, Suite};
use convert::Group;
use fetch::File;

/// What `--suite` calls them.
pub(super) const NAME: &str = "botocore";

/// So many cases the pinned release has: fewer would be some that nobody looks at.
const CASES: usize = 732;

/// Fetches the cases, unless that is done, into a folder.
pub(super) fn fetch(folder: &Path) -> miette::Result<Vec<File>> {
    fetch::files(folder)
}

/// The suites, one for each file that has cases.
pub(super) fn suites(files: &[File], filter: Option<&str>) -> miette::Result<Vec<Suite>> {
    let mut suites = Vec::new();
    let mut count = 0;
    for file in files {
        let what = || format!("cannot read {}", file.path);
        let groups = syntax::read(&file.text).into_diagnostic().wrap_err_with(what)?;
        let groups = convert::groups(groups);
        count += groups.iter().map(|group| group.cases.len()).sum::<usize>();
        let suite = suite(file, &groups, filter).wrap_err_with(what)?;
        if !suite.services.is_empty() {
            suites.push(suite);
        }
    }
    if count != CASES {
        return Err(miette!(
            help = "when the release is changed, count its cases anew",
            "botocore {} should have {CASES} cases, but has {count}",
            fetch::VERSION
        ));
    }
    Ok(suites)
}

fn suite(file: &File, groups: &[Group], filter: Option<&str>) -> miette::Result<Suite> {
    let name = format!("{NAME}-{}-{}", file.side, file.name);
    let mut services = Vec::new();
    for (number, group) in (1..).zip(groups) {
        let model =
            Model::from_botocore_json(&file.path, group.model()).map_err(Errors::into_report)?;
        let service = model.service(None).map_err(Errors::into_report)?;
        let package = format!("{name}-{number}");
        let mut cases = group.cases(&model, service, &package)?;
        cases::keep(&mut cases, filter);
        if !cases.is_empty() {
            services.push(cases::service(&model, service, package, &file.path, cases));
        }
    }
    Ok(Suite { name, services })
}
